package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
)

// An appointment says that people were given or relieved of posts: 任命X为Y, 免去X的Y职务, 选举X为Y, X任Y.
type appointment struct {
	names []nameMention
	posts []*postMention
	kind  graph.AttestationKind
}

// A connector stands between the names and the posts of an appointment. One that says itself which way the post goes
// needs no 任命 or 免去 before it; the empty kind does.
type connector struct {
	word string
	kind graph.AttestationKind
	// held: what stands before the word must not be 时, 曾 and the like: 时任县长 is no appointment.
	held bool
}

// connectors are tried longest first.
var connectors = func() []connector {
	var all []connector
	add := func(kind graph.AttestationKind, held bool, words string) {
		for _, w := range strings.Fields(words) {
			all = append(all, connector{w, kind, held})
			if !strings.HasPrefix(w, "同志") {
				all = append(all, connector{"同志" + w, kind, held})
			}
		}
	}
	add(graph.AttestsAppointed, true, "任 担任 挂任 挂职任 挂职担任 兼任 调任 改任 升任 转任 继任 接任 出任 提任 连任 续任 就任 选任 当选 当选为 被任命为 被选为 被选举为 被推选为 被推举为 被聘为 被聘任为 被提拔为 被增补为 被补选为")
	add(graph.AttestsRemoved, false, "不再担任 不再兼任 不再任 不再代理 辞去 请求辞去 申请辞去 请辞 卸任 被免去 被撤销 被罢免")
	add("", false, "为 的 代理")
	all = append(all, connector{word: "同志"}, connector{word: "同志任职"})
	slices.SortStableFunc(all, func(a, b connector) int { return len(b.word) - len(a.word) })
	return all
}()

// heldBefore are the characters that make of 任 what someone was or is: 时任, 曾任, 历任, 现任.
const heldBefore = "时曾历原现前新主责后先"

// connectorEnds are the last characters of connectors.
var connectorEnds = func() *trie.Runes {
	var ends []rune
	for _, c := range connectors {
		word := []rune(c.word)
		ends = append(ends, word[len(word)-1])
	}
	return trie.NewRunes(string(ends))
}()

// connectorBefore returns the connector that ends right before i.
func connectorBefore(f *field, i int) (connector, bool) {
	if !connectorEnds.Has(f.at(i - 1)) {
		return connector{}, false
	}
	for _, c := range connectors {
		if f.hadBefore(i, c.word) {
			before := f.at(i - len([]rune(c.word)) - 1)
			if c.held && len([]rune(c.word)) == 1 && before != 0 && strings.ContainsRune(heldBefore, before) {
				return connector{}, false
			}
			return c, true
		}
	}
	return connector{}, false
}

var (
	givers = []string{"任命", "选举", "补选", "增选", "改选", "当选", "聘任", "聘请", "推选", "推举", "任职", "决定任", "通知任", "任："}
	takers = []string{"免去", "不再", "辞去", "免职", "撤销", "罢免", "免："}
	// nominators propose, and give nothing yet.
	nominators = []string{"提名", "拟任", "推荐", "建议"}
)

// appointments finds them by the posts: what stands before one must be a connector, and before that the names.
func (d *document) appointments(f *field, tokens []token) []appointment {
	var out []appointment
	var posts []*postMention // room for those of the next
	endsAt := map[int]*token{}
	for k := range tokens {
		if tokens[k].kind == tokenName {
			endsAt[tokens[k].end] = &tokens[k]
		}
	}
	end := 0 // of the last appointment
	for k := 0; k < len(tokens); k++ {
		t := tokens[k]
		if t.kind != tokenPost {
			continue
		}
		ap := appointment{posts: append(posts[:0], t.post)}
		last := k
		for last+1 < len(tokens) && tokens[last+1].kind == tokenPost && chained(f, ap.posts[len(ap.posts)-1], tokens[last+1].start) {
			last++
			ap.posts = append(ap.posts, tokens[last].post)
		}
		if !d.readAppointment(f, &ap, t.start, endsAt, out, end) && !d.takenOver(f, &ap, tokens[last].end, endsAt) {
			posts = ap.posts
			continue
		}
		posts = nil
		k = last
		end = tokens[last].end
		out = append(out, ap)
	}
	return out
}

// readAppointment fills the names and the kind of one whose posts begin at start; done are those before it, the last of
// which ends at end.
func (d *document) readAppointment(f *field, ap *appointment, start int, endsAt map[int]*token, done []appointment, end int) bool {
	if f.at(start-1) == '其' {
		return d.samePerson(f, ap, start, done, end)
	}
	c, ok := connectorBefore(f, start)
	if d.framed(f, ap, start, c, endsAt) {
		return true
	}
	e := start - len([]rune(c.word))
	if !ok && f.at(start-1) != 0 && (isHan(f.at(start-1)) || f.at(start-1) == '）') { // 免去周衡青石县财政局局长职务
		e = start
	} else if !ok {
		return false
	}
	from := frameStart(f, e)
	ap.names = d.namesBefore(f, e, from, endsAt)
	if len(ap.names) == 0 {
		return c.kind == graph.AttestsRemoved && f.at(e-1) == '，' && d.samePerson(f, ap, start, done, end)
	}
	first := ap.names[0].start
	kind, ok := appointKind(f.between(from, e), c)
	if !ok && c.word != "" && len(done) > 0 && onlyPunctuation(f, end, first) {
		kind = done[len(done)-1].kind
		ok = strings.HasSuffix(c.word, "的") == (kind == graph.AttestsRemoved)
	}
	if c.word == "" && !acting(ap.posts[0]) && (!ok || !f.hadBefore(first, "免去") && !f.hadBefore(first, "免去：") && !f.hadBefore(first, "撤销") && !f.hadBefore(first, "罢免")) {
		return false
	}
	if (c.word == "同志" || c.word == "") && acting(ap.posts[0]) { // 沈知秋同志代理县长职务
		ap.kind = graph.AttestsAppointed
		return true
	}
	if c.word == "同志" && kind == graph.AttestsAppointed {
		return false // 任命李明同志副主任 is not how it is said
	}
	if c.kind == graph.AttestsAppointed && occasional(ap.posts[0]) && !containsAny(f.between(from, first), "成立", "组建", "设立", "组成", "调整", "任命") {
		return false // 担任总指挥, of the exercise that is told
	}
	if ok && c.kind != "" && !slices.ContainsFunc(ap.posts, func(p *postMention) bool { return p.title.Class == lexicon.TitleOffice || p.organ != nil }) {
		return false // 担任裁判员
	}
	ap.kind = kind
	return ok
}

// takeOver are the verbs of who comes into a post: 县长由甲接任.
var takeOver = []string{"担任", "接任", "继任", "兼任", "出任", "代理"}

// takenOver reads an appointment whose posts, which end at e, stand before the name: 县长一职由甲接任.
func (d *document) takenOver(f *field, ap *appointment, e int, endsAt map[int]*token) bool {
	for _, w := range []string{"一职", "职务"} {
		if f.has(e, w) {
			e += 2
		}
	}
	if f.at(e) != '由' {
		return false
	}
	for n := e + 3; n <= e+1+maxForeign && isHan(f.at(n-1)); n++ {
		for _, w := range takeOver {
			if !f.has(n, w) {
				continue
			}
			ap.names = d.namesBefore(f, n, e+1, endsAt)
			ap.kind = graph.AttestsAppointed
			return len(ap.names) > 0 && ap.names[0].start == e+1
		}
	}
	return false
}

// occasional reports whether a post without an organ is one for the occasion: 总指挥 of an exercise, 组长.
func occasional(p *postMention) bool {
	if p.organ != nil {
		return false
	}
	switch p.title.Name {
	case "总指挥", "指挥长", "组长", "团长", "队长", "主持人", "召集人", "领队":
		return true
	}
	return false
}

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// acting reports whether a post is held for the time being: 代理县长.
func acting(p *postMention) bool {
	return strings.HasPrefix(p.name, "代理") || strings.HasPrefix(p.name, "代") && p.title.Level != ""
}

// samePerson reads 免去其Y职务: the one last appointed loses another post.
func (d *document) samePerson(f *field, ap *appointment, start int, done []appointment, end int) bool {
	if len(done) == 0 || start-end > 60 || strings.ContainsAny(f.between(end, start), "。\n") {
		return false
	}
	last := done[len(done)-1]
	if len(last.names) != 1 {
		return false
	}
	kind, ok := appointKind(f.between(end, start), connector{word: "的"})
	ap.names, ap.kind = last.names, kind
	return ok
}

// maxFrame bounds how far before an item 任命： is looked for, in code points: a long list goes on from item to item.
const maxFrame = 400

// frameStart returns where the sentence of e begins, with the lines before it that it goes on from: 决定任命：⏎甲为…；⏎乙为….
func frameStart(f *field, e int) int {
	s := f.sentence(e).start
	for s >= 2 && e-s < maxFrame && f.text[s-1] == '\n' && strings.ContainsRune("：:；;，,、", f.text[s-2]) {
		next := f.sentence(s - 2).start
		if next >= s {
			break
		}
		s = next
	}
	return s
}

// onlyPunctuation reports whether nothing but 职务, notes, numbers and punctuation stands from a to b: the list goes on.
func onlyPunctuation(f *field, a, b int) bool {
	if b < a || b-a > 40 {
		return false
	}
	for i := a; i < b; {
		if n := skipBracket(f, i); n > i && n <= b {
			i = n
			continue
		}
		if f.has(i, "职务") || f.has(i, "同志") {
			i += 2
			continue
		}
		if f.has(i, "试用期一年") {
			i += 5
			continue
		}
		if isHan(f.text[i]) && !strings.ContainsRune("一二三四五六七八九十", f.text[i]) {
			return false
		}
		i++
	}
	return true
}

// skipBracket returns where a short bracket that opens at i has closed, i for none.
func skipBracket(f *field, i int) int {
	if c := f.at(i); c != '（' && c != '(' {
		return i
	}
	for n := i + 1; n < len(f.text) && n-i <= 20; n++ {
		if c := f.text[n]; c == '）' || c == ')' {
			return n + 1
		}
	}
	return i
}

// appointKind reads from what stands before the post whether it is given or taken; "" with true attests nothing.
func appointKind(before string, c connector) (graph.AttestationKind, bool) {
	lastOf := func(words []string) int {
		at := -1
		for _, w := range words {
			if strings.Contains(before, w) { // seldom, and sooner said than where it stands last
				at = max(at, strings.LastIndex(before, w))
			}
		}
		return at
	}
	word := strings.TrimPrefix(c.word, "同志")
	if c.kind != "" && (word != "任" || !strings.HasSuffix(before, "不再")) {
		return c.kind, true // as most do, whatever stands before
	}
	given, taken, proposed := lastOf(givers), lastOf(takers), lastOf(nominators)
	switch {
	case c.kind != "":
		if taken > given {
			return graph.AttestsRemoved, true
		}
		return c.kind, true
	case word == "的" || word == "":
		if strings.HasSuffix(before, "同志") || word == "的" || c.word == "" || taken > given {
			return graph.AttestsRemoved, taken > given
		}
		return graph.AttestsAppointed, c.word == "同志"
	case word == "代理":
		return graph.AttestsAppointed, true
	case proposed > given && proposed > taken:
		return "", true
	case given < 0 && taken < 0 && strings.Contains(before, "决定"), given > taken, strings.HasPrefix(c.word, "同志") && given >= taken:
		return graph.AttestsAppointed, true
	}
	return "", false
}

// addAppointments adds what the appointments of a field say to the mentions of their names.
func (d *document) addAppointments(f *field, out []mention) []mention {
	at := map[int]int{} // where a mention ends -> its index
	for i := range out {
		at[out[i].span.end] = i
	}
	d.addElected(f, out, at)
	c := &postContext{d: d, f: f} // goes on from one appointment to the next
	for _, ap := range d.appointments(f, f.tokens) {
		c.at(ap.posts[0].start)
		c.hear(ap.posts[0].start)
		posts := c.resolve(ap.posts)
		c.lead(posts)
		for i := range posts {
			posts[i].Attests = ap.kind
			posts[i].Membership = false
		}
		whole := span{ap.posts[0].start, ap.posts[len(ap.posts)-1].end}
		text := withoutSpace(f.slice(whole))
		for _, n := range ap.names {
			m := mention{field: f, span: n.span, whole: span{min(n.start, whole.start), max(n.end, whole.end)}, name: n.name, attests: ap.kind, organs: organsOf(ap.posts)}
			m.posts, m.postText, m.rule = slices.Clone(posts), text, "appointment"
			m.roles = []graph.OfficialRole{graph.RoleSubject}
			i, known := at[n.end]
			if !known {
				at[n.end] = len(out)
				out = append(out, m)
				continue
			}
			if old := out[i]; old.name != m.name {
				continue
			} else if len(old.posts) > 0 { // 区委书记甲当选…; 任命乙为…，免去其…
				m.posts = append(slices.Clone(old.posts), m.posts...)
				if m.postText = old.postText; ap.kind != graph.AttestsRemoved || old.attests == "" {
					m.postText = old.postText + "、" + text
				}
				m.attests = old.attests
				if m.attests == "" {
					m.attests = ap.kind
				}
				m.whole.start = min(m.whole.start, old.whole.start)
			}
			out[i] = m
		}
	}
	sortMentions(out)
	return out
}

// addElected marks the people whom an election gives the posts before their names.
func (d *document) addElected(f *field, out []mention, at map[int]int) {
	for k := 0; k < len(f.tokens); k++ {
		t := f.tokens[k]
		if t.kind != tokenPost {
			continue
		}
		kind := graph.AttestsAppointed
		if fr := f.frameAt(t.start); fr != nil && f.postFirst(fr, k) {
			kind = fr.kind
		} else if !afterElector(f, t.start) {
			continue
		}
		posted := false
		for end := t.start; k < len(f.tokens) && (f.tokens[k].start == end || listGlue(f, end, f.tokens[k].start)); k++ {
			t := f.tokens[k]
			end = t.end
			if t.kind == tokenPost {
				posted = true
				continue
			}
			i, ok := at[t.end]
			if t.kind != tokenName || !ok || !posted {
				continue
			}
			m := &out[i]
			m.attests, m.roles = kind, []graph.OfficialRole{graph.RoleSubject}
			m.posts = slices.Clone(m.posts)
			for j := range m.posts {
				m.posts[j].Attests = kind
			}
		}
		k-- // the loop goes on with what ended the list
	}
}

// afterElector reports whether a word of election stands right before i, 了 between them or not.
func afterElector(f *field, i int) bool {
	if f.at(i-1) == '了' {
		i--
	}
	for _, w := range []string{"选举产生", "选举出", "选出", "选举", "补选", "增选"} {
		if f.hadBefore(i, w) {
			return true
		}
	}
	return false
}

// listGlue reports whether nothing but the separators of a list and short brackets stands from a to b.
func listGlue(f *field, a, b int) bool {
	if b < a || b-a > 20 {
		return false
	}
	for i := a; i < b; {
		if n := skipBracket(f, i); n > i && n <= b {
			i = n
			continue
		}
		if c := f.text[i]; !isComma(c) && c != '；' && c != '和' && c != '：' && !isSpace(c) {
			return false
		}
		i++
	}
	return true
}

func sortMentions(ms []mention) {
	slices.SortStableFunc(ms, func(a, b mention) int { return a.span.start - b.span.start })
}
