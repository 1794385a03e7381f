package query

import (
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"fangzhi/fold"
	"fangzhi/graph"
)

// A matcher tells how a query matches the names of entities. From the best: a name is the query, begins with it,
// contains it; its pinyin is the query, begins with it; its initials are, begin with it; a later part of its pinyin,
// of its initials begins with it. The canonical name goes before an alias. Only queries of Latin letters are taken for pinyin.
type matcher struct {
	folded string
	// letters is the query as pinyin is typed: a to z alone, ü as v; "" for other queries.
	letters string
}

// The ranks of a match, for the canonical name; an alias is one more.
const (
	rankExact = 2 * iota
	rankPrefix
	rankInside
	rankPinyin
	rankPinyinPrefix
	rankInitials
	rankInitialsPrefix
	rankPinyinInside
	rankInitialsInside
)

func newMatcher(query string) matcher {
	m := matcher{folded: fold.String(query)}
	var letters strings.Builder
	for _, r := range m.folded {
		switch {
		case r >= 'a' && r <= 'z':
			letters.WriteRune(r)
		case r == 'ü':
			letters.WriteByte('v')
		case unicode.IsPunct(r): // xi'an, yun-he
		default:
			return m
		}
	}
	m.letters = letters.String()
	return m
}

// match returns the best rank and the form of the name that has it, "" for none.
func (m matcher) match(d *graph.EntityData) (rank int, form string) {
	official := d.Kind == graph.KindOfficial
	best, form := -1, ""
	if n := m.rank(d.Name, official); n >= 0 {
		best, form = n, d.Name
	}
	for _, alias := range d.Aliases {
		if n := m.rank(alias, official); n >= 0 && (best < 0 || n+1 < best) {
			best, form = n+1, alias
		}
	}
	return best, form
}

// rank returns how the query matches the name, below zero for not at all.
func (m matcher) rank(name string, official bool) int {
	folded := fold.String(name)
	switch i := strings.Index(folded, m.folded); {
	case folded == m.folded:
		return rankExact
	case i == 0:
		return rankPrefix
	case i > 0:
		return rankInside
	}
	if m.letters == "" {
		return -1
	}
	syllables := spell(folded, official)
	initials := make([][]string, len(syllables))
	for i, readings := range syllables {
		for _, reading := range readings {
			initials[i] = append(initials[i], reading[:1])
		}
	}
	begins, whole := spells(syllables, m.letters)
	beginsInitials, wholeInitials := spells(initials, m.letters)
	switch {
	case whole:
		return rankPinyin
	case begins:
		return rankPinyinPrefix
	case wholeInitials:
		return rankInitials
	case beginsInitials:
		return rankInitialsPrefix
	}
	inside := -1
	for i := 1; i < len(syllables) && len(m.letters) > 1; i++ { // one letter stands in nearly every name
		if begins, _ := spells(syllables[i:], m.letters); begins {
			return rankPinyinInside
		}
		if begins, _ := spells(initials[i:], m.letters); begins {
			inside = rankInitialsInside
		}
	}
	return inside
}

// spells tells whether the letters are the beginning of a reading of the syllables, and whether the whole of one.
func spells(syllables [][]string, letters string) (begins, whole bool) {
	if letters == "" {
		return true, len(syllables) == 0
	}
	if len(syllables) == 0 {
		return false, false
	}
	for _, reading := range syllables[0] {
		if rest, ok := strings.CutPrefix(letters, reading); ok {
			b, w := spells(syllables[1:], rest)
			begins, whole = begins || b, whole || w
		} else if strings.HasPrefix(reading, letters) {
			begins = true
		}
	}
	return begins, whole
}

// surnames are those that are read otherwise than the dictionary's first reading of the character; where bearers differ, all
// readings. Compound ones have one reading a character. The table was written from general knowledge and has not been
// looked up row by row.
var surnames = map[string][]string{
	"薄": {"bo"}, "卜": {"bu"}, "长": {"chang"}, "谌": {"chen", "shen"}, "种": {"chong"}, "褚": {"chu"}, "都": {"du"}, "繁": {"po"},
	"盖": {"ge"}, "句": {"gou"}, "黑": {"he"}, "郇": {"xun", "huan"}, "阚": {"kan"}, "隗": {"wei", "kui"}, "乐": {"yue", "le"},
	"缪": {"miao"}, "牟": {"mu", "mou"}, "佴": {"nai"}, "区": {"ou"}, "秘": {"bi"}, "朴": {"piao"}, "覃": {"qin", "tan"}, "仇": {"qiu"},
	"单": {"shan"}, "召": {"shao"}, "折": {"she"}, "蔚": {"yu"}, "洗": {"xian"}, "解": {"xie"}, "郗": {"xi", "chi"}, "么": {"yao"},
	"员": {"yun"}, "曾": {"zeng"}, "查": {"zha"}, "翟": {"zhai", "di"}, "祭": {"zhai"},
	"尉迟": {"yu", "chi"}, "万俟": {"mo", "qi"}, "长孙": {"zhang", "sun"}, "单于": {"chan", "yu"}, "澹台": {"tan", "tai"}, "宰父": {"zai", "fu"},
}

// SortName returns what lists by name are ordered by (graph.EntityData.SortName): the first reading of each syllable,
// and after them the name itself.
func SortName(d *graph.EntityData) string {
	var s strings.Builder
	for _, syllable := range spell(fold.String(d.Name), d.Kind == graph.KindOfficial) {
		s.WriteString(syllable[0] + " ")
	}
	return s.String() + "\x01" + d.Name // a name before those that go on
}

// spell returns the readings of every code point of a folded name. A person's surname has the reading of surnames, or
// else the first of its readings; other Han characters have all of theirs, other letters and digits stand for themselves.
func spell(folded string, person bool) [][]string {
	runes := []rune(folded)
	var syllables [][]string
	rest := runes
	if person && len(runes) > 1 {
		n := 1
		if len(runes) > 2 {
			if compound := surnames[string(runes[:2])]; compound != nil {
				syllables = append(syllables, compound[:1], compound[1:])
				n = 2
			}
		}
		if n == 1 {
			given := surnames[string(runes[:1])]
			if all := readings(runes[0]); given == nil && len(all) > 0 {
				given = all[:1]
				if u := withU(all[0]); u != all[0] {
					given = all[:2]
				}
			}
			if len(given) > 0 {
				syllables = append(syllables, given)
			}
		}
		rest = runes[n:]
	}
	for _, r := range rest {
		if all := readings(r); len(all) > 0 {
			syllables = append(syllables, all)
		}
	}
	return syllables
}

// withU returns how ü is typed by those who do not type v.
func withU(reading string) string { return strings.ReplaceAll(reading, "v", "u") }

// known holds what readings returned, a rune once: at most as many as there are characters with a reading.
var known sync.Map // rune -> []string

// readings returns how a character is read, without tones, ü as v and also as u (lu for 吕); a Latin letter or a digit is
// read as itself, and anything else not at all.
func readings(r rune) []string {
	if r < unicode.MaxASCII {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return []string{string(r)}
		}
		return nil
	}
	if all, ok := known.Load(r); ok {
		return all.([]string)
	}
	args := pinyin.NewArgs()
	args.Heteronym = true
	all := []string{}
	add := func(s string) {
		for _, seen := range all {
			if s == seen {
				return
			}
		}
		all = append(all, s)
	}
	for _, reading := range pinyin.SinglePinyin(r, args) {
		if reading != "" {
			reading = strings.ReplaceAll(reading, "ü", "v")
			add(reading)
			add(withU(reading))
		}
	}
	if len(all) > 0 {
		known.Store(r, all)
	}
	return all
}
