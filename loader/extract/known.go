package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// findKnown adds to a field's tokens the names that stand without a title: known ones, 李区长, 李春副市长.
func (d *document) findKnown(f *field) {
	var found []token
	next := 0
	for i := 0; i < len(f.text); {
		for next < len(f.tokens) && f.tokens[next].end <= i {
			next++
		}
		if next < len(f.tokens) && f.tokens[next].start <= i {
			t := f.tokens[next]
			if t.kind == tokenName {
				if m, title, ok := d.titleBehind(f, t.span); ok {
					f.tokens[next].post = title
					_ = m
				}
			}
			i = t.end
			continue
		}
		if f.quoted[i] || !isHan(f.text[i]) {
			i++
			continue
		}
		if t, ok := d.aloneAt(f, i); ok {
			found = append(found, t)
			i = t.end
			if t.post != nil {
				i = t.post.end
			}
			continue
		}
		i++
	}
	f.tokens = append(f.tokens, found...)
	slices.SortStableFunc(f.tokens, func(a, b token) int { return a.start - b.start })
	f.tokens = dropOverlaps(f.tokens)
}

// dropOverlaps leaves out organs and posts that a name with its title covers (主席 in 习主席).
func dropOverlaps(tokens []token) []token {
	kept := tokens[:0]
	end := 0
	for _, t := range tokens {
		if t.start < end {
			continue
		}
		kept = append(kept, t)
		end = t.end
		if t.kind == tokenName && t.post != nil {
			end = max(end, t.post.end)
		}
	}
	return kept
}

// aloneAt reads a name that stands without a title before it.
func (d *document) aloneAt(f *field, i int) (token, bool) {
	t := token{kind: tokenName, field: f}
	if m, ok := d.knownAlone(f, i); ok {
		t.span, t.name = m.span, m.name
		if _, title, ok := d.titleBehind(f, m.span); ok {
			t.post = title
		}
		return t, true
	}
	if m, title, ok := d.nameBeforeTitle(f, i); ok && d.counts[m.name] > 0 {
		t.span, t.name = m.span, m.name
		t.post = afterName(m, title)
		if _, p, ok := d.titleBehind(f, m.span); ok {
			t.post = p
		}
		return t, true
	}
	if name, s, title, ok := d.surnameWithTitle(f, i); ok && name != "" {
		t.span, t.name = s, name
		_ = title
		return t, true
	}
	return t, false
}

func afterName(m nameMention, title titleMatch) *postMention {
	p := &postMention{}
	p.span = span{m.end, title.end}
	p.title, p.deputy, p.name = title.Title, title.deputy, ""
	return p
}

// knownAlone finds a known name at i where it is a person's: not in 焦裕禄精神, and with a boundary where it is short.
func (d *document) knownAlone(f *field, i int) (nameMention, bool) {
	for _, k := range d.known[f.at(i)] {
		n := len([]rune(k))
		if !f.has(i, k) || f.prefixIn(i+n, notPerson) > 0 {
			continue
		}
		c := contextAt(f, i+n)
		if n <= 2 {
			if c == contextNone || !f.boundary(i) || lexicon.NameLikeWord(k) && (c < contextWord || isHan(f.at(i-1))) {
				continue
			}
		}
		return nameMention{span{i, i + n}, k}, true
	}
	if m, ok := paddedName(f, i); ok && d.counts[m.name] > 0 && f.boundary(i) {
		return m, true
	}
	return nameMention{}, false
}

// notPerson are words behind a name that make it the name of something else.
var notPerson = newWordSet("精神", "故里", "故居", "纪念", "思想", "新时代", "主义", "理论", "诗词", "塑像", "雕像", "事迹", "杯", "路", "街", "小学", "中学", "学院", "工作室", "大桥", "公园", "广场", "陵", "祠", "墓", "镇", "村", "庄", "乡", "社区")

// titleBehind reads the title that stands right behind a name: 某总书记, 李春副市长.
func (d *document) titleBehind(f *field, s span) (nameMention, *postMention, bool) {
	t, ok := titleAt(f, s.end)
	if !ok || t.Class != lexicon.TitleOffice && t.Name != "教授" && t.Name != "院士" || t.Name == "代表" || contextAt(f, t.end) == contextNone && t.Name != "总书记" {
		return nameMention{}, nil, false
	}
	if _, organ := d.organAt(f, s.end, d.regions.own); organ {
		return nameMention{}, nil, false
	}
	m := nameMention{s, ""}
	p := afterName(m, t)
	p.name = string(f.text[t.start:t.end])
	if t.Level != "" {
		p.level, p.levelOnly = d.level([]rune(t.Level)[0]), true
	}
	return m, p, true
}

// nameBeforeTitle reads a name of a surname and one or two characters with a title right behind it, at a boundary.
func (d *document) nameBeforeTitle(f *field, i int) (nameMention, titleMatch, bool) {
	if !isHan(f.at(i)) || !f.boundary(i) && !f.has(i+3, "总书记") && !f.has(i+2, "总书记") {
		return nameMention{}, titleMatch{}, false
	}
	s := f.text[i:min(len(f.text), i+6)]
	surname := lexicon.Surname(s)
	if surname == 0 || f.word[i] > 0 {
		return nameMention{}, titleMatch{}, false
	}
	for n := surname + 2; n > surname; n-- {
		if len(s) < n || !allHan(s[:n]) {
			continue
		}
		t, ok := titleAt(f, i+n)
		if !ok || t.Class != lexicon.TitleOffice && t.Name != "教授" && t.Name != "院士" || t.Name != "总书记" && contextAt(f, t.end) == contextNone {
			continue
		}
		score, _ := lexicon.NameScore(s[:n])
		if t.Name != "总书记" && (score < lexicon.NameScoreLikely && !(f.at(i-1) == '受' && f.has(t.end, "委托")) || lexicon.NameLikePrefix(s) > 1) || strings.ContainsAny(string(s[:n]), "某×") || titleInside(s[:n]) {
			continue
		}
		return nameMention{span{i, i + n}, string(s[:n])}, t, true
	}
	return nameMention{}, titleMatch{}, false
}

// titleInside reports whether a title or a level begins inside what would be a given name: 郑州市 in 郑州市长.
func titleInside(s []rune) bool {
	for k := 1; k < len(s); k++ {
		if _, n := lexicon.MatchTitle(s[k:]); n > 0 || strings.ContainsRune("省市区县旗州盟镇乡局厅处科部委院校村副", s[k]) {
			return true
		}
	}
	return false
}

func allHan(s []rune) bool {
	for _, r := range s {
		if !isHan(r) {
			return false
		}
	}
	return true
}

// surnameWithTitle reads 李区长 and finds the only one in the document it can be; name is "" where there is none or more.
func (d *document) surnameWithTitle(f *field, i int) (string, span, titleMatch, bool) {
	if !f.boundary(i) && !(i > 0 && f.wordEnd[i]) {
		return "", span{}, titleMatch{}, false
	}
	s := f.text[i:min(len(f.text), i+3)]
	n := lexicon.Surname(s)
	if n == 0 || f.word[i] > 0 {
		return "", span{}, titleMatch{}, false
	}
	t, ok := titleAt(f, i+n)
	if !ok || t.Class != lexicon.TitleOffice || len([]rune(t.Name)) < 2 || t.Name == "总书记" || t.former {
		return "", span{}, titleMatch{}, false
	}
	key := holderKey(string(s[:n]), t.Name, t.deputy)
	who := d.holders[key]
	if len(who) == 0 && t.Level != "" && !t.deputy { // a deputy is called 李区长 too
		who = d.holders[holderKey(string(s[:n]), t.Name, true)]
	}
	if len(who) != 1 {
		return "", span{i, t.end}, t, len(who) > 1
	}
	return who[0], span{i, t.end}, t, true
}

// passesAlone reports whether a name may stand without a title: it scores like one and is no word.
func (d *document) passesAlone(name string) bool {
	if d.counts[name] > 0 {
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
	if i > 0 && !isStop(prev) && prev != '，' && prev != '；' || !isHan(f.at(i)) || f.word[i] > 0 {
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
	if len(names) == 1 && d.subject(f, names[0], best, i == 0 || isStop(prev) || prev == '；') {
		return names
	}
	if len(names) == 1 && !d.speaks(f, e, i > 0 && !isStop(prev)) || len(names) > 1 && !d.actTogether(f, e) {
		return nil
	}
	return names
}

// subject reports whether a single bare name is likely enough by itself: three characters with a verb behind them.
func (d *document) subject(f *field, m nameMention, score float64, sentence bool) bool {
	if len([]rune(m.name)) < 3 {
		return false
	}
	v, n := lexicon.MatchVerb(f.text[m.end:min(len(f.text), m.end+8)])
	switch {
	case n >= 2 && v.Role != "":
		return sentence || score >= 2*lexicon.NameScoreLikely
	case n >= 2:
		return sentence && score >= lexicon.NameScoreLikely+1
	case n == 1 && strings.ContainsRune("说与和为向对就在把带将", f.at(m.end)):
		return score >= lexicon.NameScoreLikely+1.5 || f.at(m.end) == '说' || sentence && score >= lexicon.NameScoreLikely+1
	}
	return false
}

// bareName returns the code points of a name at i that is likely by itself, 0 for none, and its score.
func (d *document) bareName(f *field, i int) (int, float64) {
	s := f.text[i:min(len(f.text), i+4)]
	lengths := []int{3, 2}
	if lexicon.CompoundSurname(s) {
		lengths = []int{4, 3, 2}
	}
	for _, n := range lengths {
		if len(s) < n || !allHan(s[:n]) || strings.ContainsAny(string(s[:n]), "某×") || f.word[i+1] > 0 {
			continue
		}
		c := contextAt(f, i+n)
		if c == contextNone || n == 3 && strings.ContainsRune(notInThird, s[2]) {
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
			n, score = minorityName(f, e), 2*lexicon.NameScoreLikely
		}
		if n == 0 || score < lexicon.NameScoreLikely || len(names) == 0 && score < 2*lexicon.NameScoreLikely {
			return nil
		}
		names = append(names, nameMention{span{e, e + n}, string(f.text[e : e+n])})
		e += n
		if f.at(e) == '、' {
			continue
		}
		if len(names) < 2 || f.at(e) != '等' || !isDigit(f.at(e+1)) {
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
var honours = newWordSet("老人", "大爷", "大妈", "大娘", "奶奶", "爷爷", "阿姨", "师傅", "同学", "女士", "先生", "夫妇", "老师", "医生")

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
