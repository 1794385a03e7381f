package extract

import (
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// A rosterReader reads a list of office-holders (名录): lines of a post and those who held it, names padded and several a
// line, under headings that name the organ.
//
//	中共云河县委员会
//	书　　记　沈知秋（女，回族，6月任）
//	副 书 记　林远舟　周　衡（挂职，至5月）
//	　　　　　何　清
type rosterReader struct {
	d    *document
	f    *field
	year int // of the volume's contents, 0 for unknown
	// organ is that of the last heading, nil for none that is known; town the township that it names.
	organ *reading.Organ
	town  reading.Jurisdiction
	// posts are those that the names now read go by.
	posts []reading.Post
	text  string
	start int // where the posts begin, -1 once a name has taken them into its evidence
	out   []reading.Official
}

// A rosterItem is a piece of a line between spaces and separators.
type rosterItem struct {
	span
	text  []rune
	note  span // what its brackets hold
	label bool // a colon stands behind it
}

// roster reads the officials of a 名录, nil where the body is none.
func (d *document) roster(a *article) []reading.Official {
	r := &rosterReader{d: d, f: a.body, year: rosterYear(a.event)}
	for _, heading := range []string{a.event.Section, a.event.Title, a.event.PrintedTitle} {
		r.heading([]rune(heading))
	}
	text := a.body.text
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && text[to] != '\n' {
			to++
		}
		r.line(span{from, to})
		from = to + 1
	}
	return r.out
}

// rosterYear returns the year that the months of a roster are of, 0 for unknown.
func rosterYear(e *reading.Event) int {
	if start := e.Date.EDTF.Start(); start != 0 {
		year, _, _ := start.Date()
		return year
	}
	for _, s := range []string{e.PrintedTitle, e.Title, e.Heading} {
		if dates := datesIn([]rune(s), 0); len(dates) > 0 {
			year, _, _ := dates[0].date.Start().Date()
			return year
		}
	}
	return 0
}

// line reads one line.
func (r *rosterReader) line(s span) {
	items := r.items(s)
	if len(items) == 0 {
		return
	}
	indented := isSpace(r.f.at(s.start))
	if !indented && r.headingLine(s, items) {
		return
	}
	for i := 0; i < len(items); {
		i += r.item(items[i:], i == 0 && !indented)
	}
}

// items cuts a line at spaces, commas and colons; brackets go with what stands before them.
func (r *rosterReader) items(s span) []rosterItem {
	var out []rosterItem
	open := false // an item goes on
	for i := s.start; i < s.end; {
		c := r.f.text[i]
		switch {
		case c == '（' || c == '(':
			end := i + 1
			for end < s.end && r.f.text[end] != '）' && r.f.text[end] != ')' {
				end++
			}
			if n := len(out); n > 0 {
				out[n-1].note = span{i + 1, end}
			}
			i, open = min(end+1, s.end), false
			continue
		case c == '：' || c == ':':
			if n := len(out); n > 0 {
				out[n-1].label = true
			}
			open = false
		case isSpace(c) || c == '\t' || isComma(c) || c == '；' || c == ';' || c == '。' || c == '|' || c == '【' || c == '】':
			open = false
		default:
			if !open {
				out = append(out, rosterItem{span: span{i, i}})
				open = true
			}
			it := &out[len(out)-1]
			it.end = i + 1
			it.text = append(it.text, c)
		}
		i++
	}
	return out
}

// maxRosterItem bounds a post or a name in a roster, in code points: what is longer is prose.
const maxRosterItem = 40

// maxJoined bounds how many pieces of a padded title are joined: 副　书　记.
const maxJoined = 4

// item reads what begins at the first of the items and returns how many it took. first: it begins the line, where a post is
// expected.
func (r *rosterReader) item(items []rosterItem, first bool) int {
	for k := min(maxJoined, len(items)); k >= 1; k-- {
		if k > 1 && !padded(items[:k]) || len(items[0].text) > maxRosterItem {
			continue
		}
		if text := joinItems(items[:k]); r.takePosts(text, items[0].start, len(text)) > 0 {
			return k
		}
	}
	it := items[0]
	if len(it.text) > maxRosterItem {
		return 1
	}
	if len(items) > 1 && len(it.text) == 1 && len(items[1].text) == 1 && it.note.empty() && !it.label {
		name := []rune{it.text[0], items[1].text[0]}
		if r.d.rosterName(name) {
			r.take(string(name), span{it.start, items[1].end}, items[1].note)
			return 2
		}
	}
	if r.d.rosterName(it.text) {
		r.take(plainDots(it.text), it.span, it.note)
		return 1
	}
	if from, to := r.bounds(it.text); !from.IsZero() || !to.IsZero() { // a column of terms: 2016.8—2020.5
		r.bound(from, to)
		return 1
	}
	if n := r.takePosts(it.text, it.start, 0); n > 0 && n < len(it.text) { // 县长沈知秋
		if rest := it.text[n:]; r.d.rosterName(rest) {
			r.take(plainDots(rest), span{it.start + n, it.end}, it.note)
			return 1
		}
	}
	if first || it.label {
		return r.otherPost(items)
	}
	return 1
}

// otherPost takes what stands at the head of a line, or before a colon, and is no post that is known: 政协主席 is one of the
// document's own level, 人大主席团主席 is called as it is written. It returns how many items it took.
func (r *rosterReader) otherPost(items []rosterItem) int {
	r.posts = nil // whoever follows does not hold the post before
	for k := min(maxJoined, len(items)); k >= 1; k-- {
		if k > 1 && !padded(items[:k]) {
			continue
		}
		text := joinItems(items[:k])
		if own := r.d.county().Self(); own.Name != "" && levelChar(own) != 0 && !r.town.Known() {
			prefixed := append([]rune{levelChar(own)}, text...)
			if r.takePosts(prefixed, items[0].start, len(prefixed)) > 0 {
				r.text = string(text)
				r.posts[0].Text = string([]rune(r.posts[0].Text)[1:])
				return k
			}
		}
		if last := text[len(text)-1]; len(text) >= 2 && len(text) <= maxSection && allHan(text) && strings.ContainsRune("长记任席员师官委事监裁理导问表书督", last) && !contains(vacant, string(text)) {
			title := string(text)
			r.posts = []reading.Post{{Title: title, Text: title, Organ: r.organ, Attests: graph.AttestsRoster}}
			r.text, r.start = title, items[0].start
			return k
		}
	}
	return 1
}

// padded reports whether pieces can be one title set wide: all short, and no note between them.
func padded(items []rosterItem) bool {
	for i, it := range items {
		if len(it.text) > 2 || i+1 < len(items) && (!it.note.empty() || it.label) {
			return false
		}
	}
	return true
}

func joinItems(items []rosterItem) []rune {
	var text []rune
	for _, it := range items {
		text = append(text, it.text...)
	}
	return text
}

// takePosts makes the posts at the head of a text those of the names that follow, and returns their length; 0 for none or
// where they are not as long as wanted (0: any length). start is where they stand in the field.
func (r *rosterReader) takePosts(text []rune, start, wanted int) int {
	chain, f, n := r.d.postsIn(text)
	if n == 0 || wanted > 0 && n != wanted {
		return 0
	}
	c := &postContext{d: r.d, f: f, stop: len(text) + 1, last: r.organ, town: r.town}
	r.posts = c.resolve(chain)
	for i := range r.posts {
		if r.posts[i].Attests != "" {
			r.posts[i].Attests = graph.AttestsRoster
		}
		r.posts[i].Membership = false
	}
	r.text, r.start = string(text[:n]), start
	return n
}

// postsIn reads the posts that a text begins with, and their length.
func (d *document) postsIn(text []rune) ([]*postMention, *field, int) {
	f := newField("", string(text))
	var chain []*postMention
	end := 0
	for n := 0; n < len(f.text); {
		post, ok := d.postBeginning(f, n)
		if !ok {
			break
		}
		chain = append(chain, &post)
		end = post.end
		for n = end; f.at(n) == '、' || f.at(n) == '兼'; n++ {
		}
		if n == end {
			break
		}
	}
	return chain, f, end
}

// postBeginning reads the post, with its organ or without, that begins at i.
func (d *document) postBeginning(f *field, i int) (postMention, bool) {
	post, ok := postMention{}, false
	if organ, isOrgan := d.organAt(f, i, reading.Jurisdiction{}); isOrgan {
		organ.organ = d.main(organ.organ)
		post, ok = d.postAfter(f, organ)
	}
	if !ok {
		post, ok = d.postAt(f, i)
	}
	return post, ok && post.start <= i && post.end > i
}

// take adds a person with the posts that now hold.
func (r *rosterReader) take(name string, s, note span) {
	if len(r.posts) == 0 {
		return
	}
	whole := s
	if r.start >= 0 {
		whole.start, r.start = r.start, -1
	}
	posts, text := slices.Clone(r.posts), r.text
	for _, p := range r.noted(note) {
		posts = append(posts, p)
		text += "、" + p.Text
	}
	from, to := r.bounds(r.f.text[note.start:max(note.start, note.end)])
	for i := range posts[:len(r.posts)] {
		posts[i].From, posts[i].To = from, to
	}
	o := reading.Official{
		Name: name, Title: text, Posts: posts, Organ: mainOrgan(posts), Roles: []graph.OfficialRole{graph.RoleSubject},
		Evidence: []graph.Evidence{r.f.evidence(whole)}, Region: r.d.regions.own, Rule: "roster",
	}
	for i := range r.out {
		if r.out[i].Name == name {
			r.merge(&r.out[i], o)
			return
		}
	}
	r.out = append(r.out, o)
}

// merge adds a second line on a person: one roster names the same secretary and county head twice.
func (r *rosterReader) merge(have *reading.Official, o reading.Official) {
	have.Evidence = append(have.Evidence, o.Evidence...)
	for _, p := range o.Posts {
		if !slices.ContainsFunc(have.Posts, func(q reading.Post) bool { return q.Title == p.Title && q.Organ == p.Organ }) {
			have.Posts = append(have.Posts, p)
			have.Title += "、" + p.Text
		}
	}
	have.Organ = mainOrgan(have.Posts)
}

// noted reads another post that a note tells: （兼县公安局局长）.
func (r *rosterReader) noted(note span) []reading.Post {
	text := r.f.between(note.start, note.end)
	_, text, ok := strings.Cut(text, "兼")
	if !ok || note.end-note.start > maxRosterItem {
		return nil
	}
	text = strings.TrimPrefix(text, "任")
	chain, f, n := r.d.postsIn([]rune(text))
	if n == 0 {
		return nil
	}
	posts := (&postContext{d: r.d, f: f, stop: len(f.text) + 1, last: r.organ, town: r.town}).resolve(chain)
	for i := range posts {
		posts[i].Attests = graph.AttestsRoster
	}
	return posts
}

// bound gives the person read last the term that a column of its own states.
func (r *rosterReader) bound(from, to edtf.Date) {
	if len(r.out) == 0 {
		return
	}
	posts := r.out[len(r.out)-1].Posts
	for i := range posts {
		if posts[i].From.IsZero() && posts[i].To.IsZero() {
			posts[i].From, posts[i].To = from, to
		}
	}
}
