package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
)

// passesAlone reports whether a name may stand without a title: it scores like one and is no word.
func (d *document) passesAlone(name string) bool {
	if d.taken(name) {
		return true
	}
	if strings.ContainsRune(name, '·') {
		return true
	}
	r := []rune(name)
	score, ok := lexicon.NameScore(r)
	return ok && score >= lexicon.NameScoreLikely && !lexicon.NameLikeWord(name) && lexicon.NameLikePrefix(r) == 0
}

// bareNames reads, at the start of a sentence or clause, a name or a list of names without titles that a verb of speech
// or of taking part follows: 吴安民开班致辞, 王一、苏晚、白静等委员发言.
func (d *document) bareNames(f *field, i int) []nameMention {
	prev := f.at(i - 1)
	opens := i == 0 || isStop(prev) || isSpace(prev) || markerSet.Has(prev)
	if prev == '是' && f.hadBefore(i, "的是") { // 获冠军的是甲
		if n, score := d.bareName(f, i); n > 0 && score >= 2*lexicon.NameScoreLikely && contextAt(f, i+n) == contextStrong {
			return []nameMention{{span{i, i + n}, string(f.text[i : i+n])}}
		}
		return nil
	}
	if !opens && prev != '，' && prev != '；' && prev != '由' && !f.hadBefore(i, "会见") || !isHan(f.at(i)) || f.word[i] > 0 {
		return nil
	}
	var names []nameMention
	e := i
	best := 0.0
	for {
		n, score := d.bareName(f, e)
		if n == 0 {
			return nil
		}
		best = max(best, score)
		names = append(names, nameMention{span{e, e + n}, string(f.text[e : e+n])})
		e += n
		if f.at(e) != '、' {
			break
		}
		e++
	}
	if best < lexicon.NameScoreLikely+1 {
		return nil
	}
	if prev == '由' || f.hadBefore(i, "会见") { // 由李牧原主持
		if v, n := lexicon.MatchVerb(f.text[e:min(len(f.text), e+8)]); n >= 2 && v.Role != "" || f.has(e, "一行") {
			return names
		}
		return nil
	}
	if len(names) == 1 && d.subject(f, names[0], best, opens || prev == '；') {
		return names
	}
	if len(names) == 1 && !d.speaks(f, e, !opens) || len(names) > 1 && !d.actTogether(f, e) {
		return nil
	}
	return names
}

// markers stand before an entry of a chronicle.
const markers = "△▲※☆★●○◆◇■□◎"

var markerSet = trie.NewRunes(markers)

// subject reports whether a single bare name is likely enough by itself: three characters with a verb behind them.
func (d *document) subject(f *field, m nameMention, score float64, sentence bool) bool {
	if len([]rune(m.name)) < 3 {
		return sentence && score >= 2*lexicon.NameScoreLikely && f.at(m.end) == '率' && f.leadsTroops(m.end+1)
	}
	v, n := lexicon.MatchVerb(f.text[m.end:min(len(f.text), m.end+8)])
	switch {
	case n >= 2 && v.Role != "":
		return sentence || score >= 2*lexicon.NameScoreLikely
	case n >= 2:
		return sentence && score >= lexicon.NameScoreLikely+1
	case n == 1 && sentence && strings.ContainsRune("到赴率", f.at(m.end)):
		return score >= lexicon.NameScoreLikely+1 && d.goesThere(f, m.end+1)
	case n == 1 && strings.ContainsRune("说与和为向对就在把带将", f.at(m.end)):
		return score >= lexicon.NameScoreLikely+1.5 || f.at(m.end) == '说' || sentence && score >= lexicon.NameScoreLikely+1
	}
	return false
}

// leadsTroops reports whether what stands at e is a force that someone leads: 率|红二军团.
func (f *field) leadsTroops(e int) bool {
	for j := e; j < len(f.text) && j-e < 12 && isHan(f.text[j]); j++ {
		if strings.ContainsRune("部军师旅团兵队", f.text[j]) {
			return true
		}
	}
	return false
}

// goesThere reports whether the clause from e on, or the next, has a verb of what officials do: 到张集镇调研, 赴省城参加会议.
func (d *document) goesThere(f *field, e int) bool {
	for j := e; j < len(f.text) && j-e < 40 && !isStop(f.text[j]); j++ {
		if v, n := lexicon.MatchVerb(f.text[j:min(len(f.text), j+8)]); n >= 2 && v.Role != "" {
			return true
		}
	}
	return false
}

// notedName reads a name that a note on the person stands behind: 吉克阿依（女，彝族）.
func (d *document) notedName(f *field, i int) (nameMention, bool) {
	if f.word[i] > 0 || f.quoted[i] || !f.soon(i, 7, '（') && !f.soon(i, 7, '(') || !isHan(f.at(i)) || !f.boundary(i) {
		return nameMention{}, false
	}
	n := 2
	for n <= 6 && isHan(f.at(i+n)) {
		n++
	}
	if c := f.at(i + n); c != '（' && c != '(' || !allHan(f.text[i:i+n]) {
		return nameMention{}, false
	}
	end := skipBracket(f, i+n)
	note := f.between(i+n+1, end-1)
	if end == i+n || note != "女" && !strings.HasPrefix(note, "女，") && !strings.HasPrefix(note, "女、") && !isNationality(note) {
		return nameMention{}, false
	}
	s := f.text[i : i+n]
	if n < 4 && lexicon.Surname(s) == 0 || n >= 4 && !(n == 4 && lexicon.Surname(s) == 2) && !lexicon.YiSurname(s) && !transliterated(s) || titleInside(s) || strings.ContainsRune(string(s), '某') {
		return nameMention{}, false
	}
	return nameMention{span{i, i + n}, string(s)}, true
}

// isNationality reports whether a note begins with a nationality: 彝族, 回族，中共党员.
func isNationality(note string) bool {
	head, _, _ := strings.Cut(note, "，")
	n := len([]rune(head))
	return strings.HasSuffix(head, "族") && n >= 2 && n <= 5
}

// masked reports whether a name is written with characters left out: 李某, 李×.
func masked(s []rune) bool { return slices.Contains(s, '某') || slices.Contains(s, '×') }

func transliterated(s []rune) bool {
	for _, r := range s {
		if !lexicon.Transliterates(r) {
			return false
		}
	}
	return true
}

// bareName returns the code points of a name at i that is likely by itself, 0 for none, and its score.
func (d *document) bareName(f *field, i int) (int, float64) {
	s := f.text[i:min(len(f.text), i+4)]
	lengths := []int{3, 2}
	if lexicon.CompoundSurname(s) {
		lengths = []int{4, 3, 2}
	}
	for _, n := range lengths {
		if len(s) < n || !allHan(s[:n]) || masked(s[:n]) || f.word[i+1] > 0 || n == 3 && f.word[i+2] > 0 {
			continue
		}
		c := contextAt(f, i+n)
		if c == contextNone || n >= 3 && strings.ContainsRune(notInThird, s[n-1]) {
			continue
		}
		score, ok := lexicon.NameScore(s[:n])
		if n > 2 && lexicon.CompoundSurname(s) {
			score += 4 // two characters that are a surname by themselves
		}
		if !ok || score < 1.5+max(0, float64(3-n)) || titleInside(s[:n]) {
			continue
		}
		if p := lexicon.NameLikePrefix(s); p >= n || p == 2 && score < 2*lexicon.NameScoreLikely {
			continue
		}
		return n, score
	}
	return 0, 0
}

// speaks reports whether what follows a bare name at e shows a person: a verb of speech, or one after 对 or 就 in the clause.
func (d *document) speaks(f *field, e int, clause bool) bool {
	v, n := lexicon.MatchVerb(f.text[e:min(len(f.text), e+8)])
	if !clause && (v.Word == "荣获" || v.Word == "获评" || v.Word == "被授予" || v.Word == "当选") {
		return true
	}
	if n >= 2 && (v.Role == string(graph.RoleSpeak) || v.Role == string(graph.RoleChair) || v.Role == string(graph.RoleLecture)) {
		return true
	}
	if clause {
		return false
	}
	if n >= 2 && (v.Role == string(graph.RoleAttend) || v.Role == string(graph.RoleAccompany) || v.Role == string(graph.RoleLead) || v.Role == string(graph.RoleInspect)) {
		return true
	}
	for j := e; j < len(f.text) && j-e < 60 && !isStop(f.text[j]) && f.text[j] != '：'; j++ {
		for _, w := range []string{"指出", "强调", "讲话", "致辞", "要求：", "点要求", "点意见", "具体要求", "表示"} {
			if f.has(j, w) && strings.ContainsRune("对就围向结在从", f.at(e)) {
				return true
			}
		}
	}
	return false
}

// actTogether reports whether what follows a list of bare names at e is what people do.
func (d *document) actTogether(f *field, e int) bool {
	for j := e; j < len(f.text) && j-e < 40 && !isStop(f.text[j]); j++ {
		if v, n := lexicon.MatchVerb(f.text[j:min(len(f.text), j+8)]); n >= 2 {
			switch graph.OfficialRole(v.Role) {
			case graph.RoleSpeak, graph.RoleOther, graph.RoleAttend, graph.RoleAccompany, graph.RoleChair, graph.RoleLead, graph.RoleInspect, graph.RoleLecture:
				return true
			}
		}
		if isDigit(f.text[j]) && j-e < 3 {
			return false // 等800余株
		}
	}
	return false
}

// countedNames reads a list of names that a head-count ends, wherever it stands: 收下莫某、才某等5名年轻人. All must score like names.
func (d *document) countedNames(f *field, i int) []nameMention {
	if f.at(i+2) != '、' && f.at(i+3) != '、' {
		return nil
	}
	var names []nameMention
	for e := i; ; e++ {
		n, score := d.bareName(f, e)
		if n == 0 {
			n, score = d.foreignName(f, e), 2*lexicon.NameScoreLikely
		}
		if n == 0 || score < lexicon.NameScoreLikely || len(names) == 0 && score < 2*lexicon.NameScoreLikely {
			return nil
		}
		names = append(names, nameMention{span{e, e + n}, string(f.text[e : e+n])})
		e += n
		if f.at(e) == '、' {
			continue
		}
		if len(names) < 2 || f.at(e) != '等' || !isDigit(f.at(e+1)) && f.at(e+1) != '人' {
			return nil
		}
		for e++; isDigit(f.at(e)); e++ {
		}
		if f.at(e) == '余' || f.at(e) == '多' {
			e++
		}
		if !strings.ContainsRune("名人位", f.at(e)) || f.at(e) == 0 {
			return nil
		}
		return names
	}
}

// honours follow the full name of someone who holds no post: 92岁的凌某某老人.
var honours = newWordSet("同志", "老人", "大爷", "大妈", "大娘", "奶奶", "爷爷", "阿姨", "师傅", "同学", "女士", "先生", "夫妇", "老师", "医生")

// nameBeforeHonor reads a full name with a word of respect behind it, at a boundary.
func (d *document) nameBeforeHonor(f *field, i int) (nameMention, bool) {
	if !isHan(f.at(i)) || !f.boundary(i) || f.word[i] > 0 {
		return nameMention{}, false
	}
	for _, n := range []int{3, 2} {
		if i+n > len(f.text) || f.prefixIn(i+n, honours) == 0 || !allHan(f.text[i:i+n]) {
			continue
		}
		s := f.text[i : i+n]
		if score, ok := lexicon.NameScore(s); ok && score >= lexicon.NameScoreLikely+1.5 && lexicon.NameLikePrefix(s) == 0 && !titleInside(s) {
			return nameMention{span{i, i + n}, string(s)}, true
		}
	}
	return nameMention{}, false
}
