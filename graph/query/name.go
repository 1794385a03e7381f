package query

import (
	"strings"
	"sync/atomic"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"fangzhi/fold"
	"fangzhi/graph"
)

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

// Spell sets what an entity is found by in pinyin, and ordered by in lists by name: graph.EntityData.Pinyin, and SortName, which is the
// first reading of each syllable and after them the name itself.
func Spell(d *graph.EntityData) {
	person := d.Kind == graph.KindOfficial
	name := spell(fold.String(d.Name), person)
	var s strings.Builder
	s.Grow(len(d.Name) + 1 + 7*len(name)) // zhuang is the longest
	for _, syllable := range name {
		s.WriteString(syllable[0])
		s.WriteByte(' ')
	}
	s.WriteByte(1) // a name before those that go on
	s.WriteString(d.Name)
	d.SortName = s.String()
	d.Pinyin = []string{spelling(name)}
	for _, alias := range d.Aliases {
		d.Pinyin = append(d.Pinyin, spelling(spell(fold.String(alias), person)))
	}
}

// spelling returns syllables as graph.EntityData.Pinyin has them.
func spelling(syllables [][]string) string {
	var s strings.Builder
	s.Grow(7 * len(syllables))
	for i, readings := range syllables {
		if i > 0 {
			s.WriteByte(' ')
		}
		for j, reading := range readings {
			if j > 0 {
				s.WriteByte('/')
			}
			s.WriteString(reading)
		}
	}
	return s.String()
}

// spell returns the readings of every code point of a folded name. A person's surname has the reading of surnames, or
// else the first of its readings; other Han characters have all of theirs, other letters and digits stand for themselves.
func spell(folded string, person bool) [][]string {
	runes := []rune(folded)
	syllables := make([][]string, 0, len(runes))
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

// known holds what readings returned, by rune, in pages: less than 1 MB for the characters of names, and 40 MB should every code point be in one.
var known [(unicode.MaxRune + 1) / 256]atomic.Pointer[[256]atomic.Pointer[[]string]]

// readings returns how a character is read, without tones, ü as v and also as u (lu for 吕); a Latin letter or a digit is
// read as itself, and anything else not at all.
func readings(r rune) []string {
	if r < unicode.MaxASCII {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return []string{string(r)}
		}
		return nil
	}
	page := known[r>>8].Load()
	if page == nil {
		known[r>>8].CompareAndSwap(nil, new([256]atomic.Pointer[[]string]))
		page = known[r>>8].Load()
	}
	if all := page[r&0xFF].Load(); all != nil {
		return *all
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
	page[r&0xFF].Store(&all)
	return all
}
