package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// An appointment says that people were given or relieved of posts: 任命X为Y, 免去X的Y职务, 选举X为Y.
type appointment struct {
	names []nameMention
	posts []*postMention
	kind  graph.AttestationKind
}

// connectors stand between the names and the posts of an appointment; 的 needs 免去 before it.
var connectors = []string{"同志为", "当选为", "同志任", "同志的", "不再担任", "不再兼任", "辞去", "当选", "担任", "兼任", "代理", "为", "任", "的"}

// appointments finds them by the posts: what stands before one must be a connector, and before that the names.
func (d *document) appointments(f *field, tokens []token) []appointment {
	var out []appointment
	for k := 0; k < len(tokens); k++ {
		t := tokens[k]
		if t.kind != tokenPost {
			continue
		}
		conn := ""
		for _, w := range connectors {
			if f.hadBefore(t.start, w) && len(w) > len(conn) {
				conn = w
			}
		}
		if conn == "" {
			continue
		}
		s := f.sentence(t.start)
		kind, ok := appointKind(string(f.text[s.start:t.start]), conn)
		if !ok {
			continue
		}
		e := t.start - len([]rune(conn))
		names := d.namesBefore(f, e, s.start)
		if len(names) == 0 {
			continue
		}
		ap := appointment{names: names, posts: []*postMention{t.post}, kind: kind}
		for k+1 < len(tokens) && tokens[k+1].kind == tokenPost && chained(f, ap.posts[len(ap.posts)-1], tokens[k+1].start) {
			k++
			ap.posts = append(ap.posts, tokens[k].post)
		}
		out = append(out, ap)
	}
	return out
}

// appointKind reads from what stands before the post whether it is given or taken.
func appointKind(before, conn string) (graph.AttestationKind, bool) {
	given, taken := -1, -1
	for _, w := range []string{"任命", "选举", "补选", "当选", "聘任", "聘请", "提名", "推选", "任职", "决定任", "通知任", "任："} {
		given = max(given, strings.LastIndex(before, w))
	}
	for _, w := range []string{"免去", "不再", "辞去", "免职", "撤销", "免："} {
		taken = max(taken, strings.LastIndex(before, w))
	}
	switch {
	case conn == "当选为" || conn == "当选":
		return graph.AttestsAppointed, true
	case strings.HasPrefix(conn, "不再"), conn == "辞去":
		return graph.AttestsRemoved, true
	case conn == "的" || conn == "同志的":
		return graph.AttestsRemoved, taken > given
	case given > taken, strings.HasPrefix(conn, "同志任"), strings.HasPrefix(conn, "同志为") && given >= taken:
		return graph.AttestsAppointed, true
	}
	return "", false
}

// namesBefore reads the list of names that ends at e, not before from.
func (d *document) namesBefore(f *field, e, from int) []nameMention {
	var names []nameMention
	for {
		if f.hadBefore(e, "同志") {
			e -= 2
		}
		if c := f.at(e - 1); c == '）' || c == ')' { // 马某（女，回族）
			k := e - 2
			for k > from && e-k < 14 && f.at(k) != '（' && f.at(k) != '(' {
				k--
			}
			if skipNote(f, k) == e {
				e = k
			}
		}
		m, ok := d.nameEndingAt(f, e, from)
		if !ok {
			return names
		}
		names = append([]nameMention{m}, names...)
		if c := f.at(m.start - 1); c != '、' && !isSpace(c) {
			return names
		}
		e = m.start - 1
	}
}

// nameEndingAt reads the name that ends right before e and begins where a name may.
func (d *document) nameEndingAt(f *field, e, from int) (nameMention, bool) {
	if start := e - 1; start > from && isHan(f.at(start)) { // 王　珂
		k := start - 1
		for isSpace(f.at(k)) && start-k <= 3 {
			k--
		}
		if k < start-1 && k >= from && isHan(f.at(k)) && lexicon.IsSurname(string(f.text[k])) && f.boundary(k) {
			return nameMention{span{k, e}, string([]rune{f.text[k], f.text[start]})}, true
		}
	}
	if k := e - 1; k > from { // 买买提·艾力
		n := 0
		for k-n > from && n < 16 && (isHan(f.at(k-n)) || isDot(f.at(k-n))) {
			n++
		}
		for ; n > 3; n-- {
			if m, ok := dottedName(f, e-n); ok && m.end == e && f.boundary(e-n) {
				return m, true
			}
		}
	}
	for _, n := range []int{3, 2, 4} {
		start := e - n
		if start < from || !allHan(f.text[start:e]) || !f.boundary(start) || f.word[start] > 0 {
			continue
		}
		s := f.text[start:e]
		surname := lexicon.Surname(s)
		if surname == 0 || n == 4 && surname != 2 || n-surname > 2 && surname == 2 || strings.ContainsAny(string(s), "某×") || titleInside(s) {
			continue
		}
		if score, ok := lexicon.NameScore(s); strings.ContainsRune(functionSurnames, s[0]) && (!ok || score < lexicon.NameScoreLikely) {
			continue
		}
		return nameMention{span{start, e}, string(s)}, true
	}
	return nameMention{}, false
}

// addAppointments adds what the appointments of a field say to the mentions of their names.
func (d *document) addAppointments(f *field, out []mention) []mention {
	aps := d.appointments(f, f.tokens)
	if len(aps) == 0 {
		return out
	}
	at := map[int]int{} // where a mention ends -> its index
	for i := range out {
		at[out[i].span.end] = i
	}
	c := &postContext{d: d, f: f} // goes on from one appointment to the next
	for _, ap := range aps {
		c.at(ap.posts[0].start)
		posts := c.resolve(ap.posts)
		for i := range posts {
			posts[i].Attests = ap.kind
			posts[i].Membership = false
		}
		whole := span{ap.posts[0].start, ap.posts[len(ap.posts)-1].end}
		text := strings.Join(strings.Fields(f.slice(whole)), "")
		for _, n := range ap.names {
			m := mention{field: f, span: n.span, whole: span{n.start, whole.end}, name: n.name, attests: ap.kind, organs: organsOf(ap.posts)}
			m.posts, m.postText = slices.Clone(posts), text
			m.roles = []graph.OfficialRole{graph.RoleSubject}
			i, known := at[n.end]
			if !known {
				at[n.end] = len(out)
				out = append(out, m)
				continue
			}
			if old := out[i]; len(old.posts) > 0 && old.attests == "" { // 区委书记甲当选…
				m.posts = append(slices.Clone(old.posts), m.posts...)
				m.postText = old.postText + "、" + m.postText
			}
			out[i] = m
		}
	}
	sortMentions(out)
	return out
}

func sortMentions(ms []mention) {
	slices.SortStableFunc(ms, func(a, b mention) int { return a.span.start - b.span.start })
}
