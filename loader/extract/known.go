package extract

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/internal/trie"
	"fangzhi/lexicon"
)

// knownNames are the names of a document's people, found by one walk however many they are. The zero knownNames is empty.
type knownNames struct {
	names []string
	index *trie.Trie // name -> index in names
	first []rune     // what they begin with, some twice
}

func (k *knownNames) add(name string) {
	if k.index == nil {
		k.index = &trie.Trie{}
	}
	k.index.Add(name, len(k.names))
	k.names = append(k.names, name)
	r, _ := utf8.DecodeRuneInString(name)
	k.first = append(k.first, r)
}

// at yields the names that begin at i, longest first.
func (k *knownNames) at(f *field, i int) iter.Seq[nameMention] {
	return func(yield func(nameMention) bool) {
		if k.index == nil || !k.index.May(f.at(i)) {
			return
		}
		var buffer [8]trie.Match
		for _, m := range slices.Backward(k.index.All(buffer[:0], f.text[i:])) {
			if !yield(nameMention{span{i, i + m.Length}, k.names[m.Value]}) {
				return
			}
		}
	}
}

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
				if title, ok := d.titleBehind(f, t.span); ok {
					f.tokens[next].post = title
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
		if title, ok := d.titleBehind(f, m.span); ok {
			t.post = title
		}
		return t, true
	}
	if m, title, ok := d.nameBeforeTitle(f, i); ok && d.taken(m.name) {
		t.span, t.name = m.span, m.name
		t.post = afterName(m, title)
		if p, ok := d.titleBehind(f, m.span); ok {
			t.post = p
		}
		return t, true
	}
	name, s, ok := d.surnameWithTitle(f, i)
	if !ok {
		return t, false
	}
	if name == "" {
		if text := f.slice(s); !contains(f.unresolved, text) {
			f.unresolved = append(f.unresolved, text)
		}
		return t, false
	}
	t.span, t.name = s, name
	if n := lexicon.Surname(f.text[s.start:min(len(f.text), s.start+3)]); n > 0 { // 李区长: the post as written is 区长
		t.end = s.start + n
		if title, ok := d.titleBehind(f, t.span); ok {
			t.post = title
		} else {
			t.span = s
		}
	}
	return t, true
}

func afterName(m nameMention, title titleMatch) *postMention {
	p := &postMention{}
	p.span = span{m.end, title.end}
	p.title, p.deputy, p.name = title.Title, title.deputy, ""
	return p
}

// knownAlone finds a known name at i where it is a person's: not in 焦裕禄精神, and with a boundary where it is short.
func (d *document) knownAlone(f *field, i int) (nameMention, bool) {
	for m := range d.known.at(f, i) {
		if f.prefixIn(m.end, notPerson) > 0 {
			continue
		}
		c := contextAt(f, m.end)
		if m.end-i <= 2 {
			if c == contextNone || !f.boundary(i) || lexicon.NameLikeWord(m.name) && (c < contextWord || isHan(f.at(i-1))) {
				continue
			}
		}
		return m, true
	}
	if m, ok := d.paddedName(f, i); ok && d.taken(m.name) && f.boundary(i) {
		return m, true
	}
	return nameMention{}, false
}

// notPerson are words behind a name that make it the name of something else.
var notPerson = newWordSet("精神", "故里", "故居", "纪念", "思想", "新时代", "主义", "理论", "诗词", "塑像", "雕像", "事迹", "杯", "路", "街", "小学", "中学", "学院", "工作室", "大桥", "公园", "广场", "陵", "祠", "墓", "镇", "村", "庄", "乡", "社区")

// titleBehind reads the title that stands right behind a name: 某总书记, 李春副市长.
func (d *document) titleBehind(f *field, s span) (*postMention, bool) {
	t, ok := titleAt(f, s.end)
	if !ok || t.Class != lexicon.TitleOffice && t.Name != "教授" && t.Name != "院士" || t.Name == "代表" || contextAt(f, t.end) == contextNone && t.Name != "总书记" {
		return nil, false
	}
	if _, organ := d.organAt(f, s.end, d.regions.own); organ {
		return nil, false
	}
	p := afterName(nameMention{span: s}, t)
	p.name = string(f.text[t.start:t.end])
	if t.Level != "" {
		p.level, p.levelOnly = d.level([]rune(t.Level)[0]), true
	}
	return p, true
}

// nameBeforeTitle reads a name of a surname and one or two characters with a title right behind it, at a boundary.
func (d *document) nameBeforeTitle(f *field, i int) (nameMention, titleMatch, bool) {
	if f.word[i] > 0 || !isHan(f.at(i)) || !f.boundary(i) && !f.has(i+3, "总书记") && !f.has(i+2, "总书记") {
		return nameMention{}, titleMatch{}, false
	}
	s := f.text[i:min(len(f.text), i+6)]
	surname := lexicon.Surname(s)
	if surname == 0 {
		return nameMention{}, titleMatch{}, false
	}
	for n := surname + 2; n > surname; n-- {
		if len(s) < n || !allHan(s[:n]) || f.word[i+n-1] > 0 {
			continue
		}
		t, ok := titleAt(f, i+n)
		if !ok || t.Class != lexicon.TitleOffice && t.Name != "教授" && t.Name != "院士" || t.Name != "总书记" && contextAt(f, t.end) == contextNone {
			continue
		}
		score, _ := lexicon.NameScore(s[:n])
		if t.Name != "总书记" && (score < lexicon.NameScoreLikely && !(f.at(i-1) == '受' && f.has(t.end, "委托")) || lexicon.NameLikePrefix(s) > 1) || masked(s[:n]) || titleInside(s[:n]) {
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

// endsLikeLevel reports whether only the last character of what scores like a name is a level: 赵红旗, 王亚州.
func endsLikeLevel(s []rune) bool {
	score, ok := lexicon.NameScore(s)
	return ok && score >= lexicon.NameScoreLikely && strings.ContainsRune("旗州村镇科盟", s[len(s)-1]) && !titleInside(s[:len(s)-1])
}

func allHan(s []rune) bool {
	for _, r := range s {
		if !isHan(r) {
			return false
		}
	}
	return true
}

// surnameWithTitle reads 李区长 and finds the only one in the document it can be; the name is "" where it can be several.
func (d *document) surnameWithTitle(f *field, i int) (string, span, bool) {
	if !f.boundary(i) && !(i > 0 && f.wordEnd[i]) {
		return "", span{}, false
	}
	s := f.text[i:min(len(f.text), i+3)]
	n := lexicon.Surname(s)
	if n == 0 || f.word[i] > 0 {
		return "", span{}, false
	}
	t, ok := titleAt(f, i+n)
	if !ok || t.Class != lexicon.TitleOffice || len([]rune(t.Name)) < 2 || t.Name == "总书记" || t.former {
		return "", span{}, false
	}
	key := holderKey(string(s[:n]), t.Name, t.deputy)
	who := d.held[key]
	if len(who) == 0 && t.Level != "" && !t.deputy { // a deputy is called 李区长 too
		who = d.held[holderKey(string(s[:n]), t.Name, true)]
	}
	if len(who) != 1 {
		return "", span{i, t.end}, len(who) > 1
	}
	return who[0], span{i, t.end}, true
}
