package lexicon

import (
	"cmp"
	"slices"

	"fangzhi/internal/trie"
)

// A DivisionMatch is the name of a division as it stands in a text.
type DivisionMatch struct {
	Length int // code points of the whole match, a chain included
	// Last is where the last name of a chain begins, in code points from the start of the match: 3 in
	// 杭州市西湖区; 0 for a single name.
	Last int
	// Bare: the last name stands without its 省 or 市 (郑州). Such names are found for provinces and cities in
	// force only, and some are ordinary words too (朝阳, 大同, 安康).
	Bare      bool
	Divisions []Division // all that the name may mean, past and present, sorted by code, then year
}

// MatchDivision finds the longest name of a division that s begins with, and the chain of names that goes on from it:
// 杭州市西湖区 is one match, whose Divisions are those of 西湖区 in 郑州市. s is the text from the position on.
//
// Names of provinces, cities and counties are looked for in the whole country and all years, in full or as short as
// 管城区 and 恩施州. Townships (also as X街道办事处, X办事处, X街道办, X办) are looked for below within only, the code of
// the document's county or of any division above it, or below what the chain names before them; "" names none. 郊区,
// 城区, 矿区, 东区, 高新区 and their like are names only within the prefecture of within or in a chain.
//
// A match is what the letters say, no more: the caller decides whether a place is meant, and Nearest whose. A text
// with no match at its start gives the zero DivisionMatch and false.
func MatchDivision(s []rune, within string) (DivisionMatch, bool) {
	m, ok := matchOne(s, within, nil)
	if !ok {
		return DivisionMatch{}, false
	}
	for !m.Bare || len(m.Divisions) == 1 {
		next, ok := matchOne(s[m.Length:], "", m.Divisions)
		if !ok {
			break
		}
		next.Last = m.Length
		next.Length += m.Length
		m = next
	}
	return m, true
}

// MayBeginDivision tells whether MatchDivision may find anything that begins with r.
func MayBeginDivision(r rune, within string) bool {
	if counties().names.heads.May(r) {
		return true
	}
	n, ok := codeNumber(within)
	return ok && townships().index(sixDigits(n)).heads.May(r)
}

// matchOne finds the longest single name at the start of s; above, if not nil, are the divisions that it must lie in.
func matchOne(s []rune, within string, above []Division) (DivisionMatch, bool) {
	if len(s) < 2 {
		return DivisionMatch{}, false
	}
	c, towns := counties(), townshipsIn(within, above)
	mayCounty := c.pairs.May(s[0], s[1])
	if !mayCounty && !slices.ContainsFunc(towns.list(), func(x *nameIndex) bool { return x.heads.May(s[0]) }) {
		return DivisionMatch{}, false // most texts
	}
	var hits [24]nameHit // no name is longer than that by far
	found := hits[:0]
	if mayCounty {
		found = appendHits(found, -1, &c.names.heads, s)
	}
	for i, x := range towns.list() {
		found = appendTownHits(found, i, &x.heads, s)
	}
	if len(found) == 0 {
		return DivisionMatch{}, false
	}
	slices.SortFunc(found, func(a, b nameHit) int {
		return cmp.Or(cmp.Compare(b.length, a.length), cmp.Compare(a.index, b.index))
	})
	for i := 0; i < len(found); {
		m := DivisionMatch{Length: found[i].length}
		for ; i < len(found) && found[i].length == m.Length; i++ {
			h := found[i]
			if h.index < 0 {
				m.Divisions, m.Bare = c.matches(h.head, string(s[:m.Length]), within, above)
				continue
			}
			towns.list()[h.index].from(h.head, func(row int, _ nameForm) {
				if m.Bare {
					m.Divisions, m.Bare = nil, false
				}
				m.Divisions = append(m.Divisions, townships().rows[row].division())
			})
		}
		if len(m.Divisions) > 0 {
			sortDivisions(m.Divisions)
			m.Divisions = slices.Compact(m.Divisions)
			return m, true
		}
	}
	return DivisionMatch{}, false
}

// A nameHit is a name that a text begins with.
type nameHit struct {
	length int // code points
	index  int // of townshipNames, -1 for the counties
	head   int // first entry of the name
}

// appendHits adds the names of at least two code points that s begins with.
func appendHits(hits []nameHit, index int, names *trie.Trie, s []rune) []nameHit {
	if !names.May(s[0]) {
		return hits
	}
	node := trie.Root
	for i, r := range s {
		if node = names.Step(node, r); node == 0 {
			break
		}
		if head := names.Value(node); head >= 0 && i > 0 {
			hits = append(hits, nameHit{i + 1, index, head})
		}
	}
	return hits
}

// appendTownHits adds the names of townships that s begins with, and those that townshipKey reads as them: X街道办事处,
// X街道办, X办事处 and X办 are X街道, X地区办事处 is X地区.
func appendTownHits(hits []nameHit, index int, names *trie.Trie, s []rune) []nameHit {
	if !names.May(s[0]) {
		return hits
	}
	node := trie.Root
	for i, r := range s {
		if node = names.Step(node, r); node == 0 {
			break
		}
		if i == 0 {
			continue
		}
		head := names.Value(node)
		if head >= 0 {
			hits = append(hits, nameHit{i + 1, index, head})
		}
		office := officeLength(s[i+1:])
		if office == 0 {
			continue
		}
		if head < 0 || !isOffice(s[:i+1]) { // X办: the name is X街道
			if i < 1 || head >= 0 && string(s[i-1:i+1]) == "地区" {
				continue
			}
			head = names.Value(names.Step(names.Step(node, '街'), '道'))
		}
		if head >= 0 {
			hits = append(hits, nameHit{i + 1 + office, index, head})
			if office > 1 {
				hits = append(hits, nameHit{i + 2, index, head})
			}
		}
	}
	return hits
}

// officeLength returns the code points of 办事处 or 办 that s begins with.
func officeLength(s []rune) int {
	switch {
	case len(s) >= 3 && s[0] == '办' && s[1] == '事' && s[2] == '处':
		return 3
	case len(s) >= 1 && s[0] == '办':
		return 1
	}
	return 0
}

// isOffice tells whether a name ends with 街道 or 地区.
func isOffice(name []rune) bool {
	end := string(name[len(name)-2:])
	return end == "街道" || end == "地区"
}

// townshipNames are the indexes of the townships that may be named.
type townshipNames struct {
	few  [4]*nameIndex
	n    int
	more []*nameIndex
}

func (t *townshipNames) list() []*nameIndex {
	if t.more != nil {
		return t.more
	}
	return t.few[:t.n]
}

func (t *townshipNames) add(x *nameIndex) {
	if t.n == len(t.few) && t.more == nil {
		t.more = slices.Clone(t.few[:])
	}
	if t.more != nil {
		t.more = append(t.more, x)
		return
	}
	t.few[t.n] = x
	t.n++
}

// townshipsIn returns the townships that may be named: below within, or below the names above.
func townshipsIn(within string, above []Division) (names townshipNames) {
	if above == nil {
		if n, ok := codeNumber(within); ok {
			names.add(townships().index(sixDigits(n)))
		}
		return names
	}
	for i, a := range above {
		first := a.Level < LevelTownship && !slices.ContainsFunc(above[:i], func(b Division) bool { return b.Code == a.Code && b.Level < LevelTownship })
		if n, ok := codeNumber(a.Code); ok && first {
			names.add(townships().index(sixDigits(n)))
		}
	}
	return names
}

func sixDigits(code uint32) uint32 {
	if code >= firstTownship {
		return code / 1000
	}
	return code
}

// matches returns the provinces, cities and counties of one name, whose first entry is head, and whether they have it in
// bare form only.
func (t *countyTable) matches(head int, name, within string, above []Division) (found []Division, bare bool) {
	var bares []Division
	t.names.from(head, func(row int, form nameForm) {
		r := t.rows[row]
		d := r.division()
		switch {
		case above != nil && !belowAny(d, r.code, above):
		case form == formBare:
			if d.Level < LevelCounty && d.To == 0 {
				bares = append(bares, d)
			}
		case above == nil && genericNames[name] && !below(r.code, prefecture(within)):
		default:
			found = append(found, d)
		}
	})
	if found == nil {
		return bares, true
	}
	return found, false
}

// genericNames are names of districts that are words first, or that every city has.
var genericNames = map[string]bool{
	"郊区": true, "城区": true, "矿区": true, "市区": true, "新区": true, "东区": true, "西区": true, "南区": true, "北区": true,
	"高新区": true, "经开区": true,
}

// prefecture returns the first four digits of a code with 00, or a code that nothing lies below.
func prefecture(code string) string {
	if n, ok := codeNumber(code); ok && n%10000 != 0 {
		if n >= firstTownship {
			return code[:4] + "00"
		}
		return countyRow{code: n / 100 * 100}.division().Code
	}
	return "none"
}

// belowAny reports whether d, whose code is given as a number, lies below one of the divisions and was in force
// together with it.
func belowAny(d Division, code uint32, above []Division) bool {
	for _, a := range above {
		if a.Level < d.Level && below(code, a.Code) && overlap(a, d) {
			return true
		}
	}
	return false
}

// Nearest returns the one of the candidates that a document of the division within (a code, or "") means in the year
// (0: today): those in force come before others, then the nearest ring that holds any of them: within itself and
// below, its prefecture, its province, the country. Two in the same ring are refused: nothing is guessed. Candidates
// that are one place under different codes count as the last of them.
func Nearest(candidates []Division, within string, year int) (Division, bool) {
	var inForce []Division
	for _, c := range candidates {
		if c.InForce(year) {
			inForce = append(inForce, c)
		}
	}
	if inForce == nil {
		inForce = slices.Clone(candidates)
	}
	if len(inForce) == 0 {
		return Division{}, false
	}
	ring := func(d Division) int { return ringOf(d, within) }
	slices.SortStableFunc(inForce, func(a, b Division) int {
		return cmp.Or(cmp.Compare(ring(a), ring(b)), cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From))
	})
	n := 1
	for n < len(inForce) && ring(inForce[n]) == ring(inForce[0]) {
		n++
	}
	if n == 1 {
		return inForce[0], true
	}
	return lastOfOnePlace(inForce[:n])
}

// ringOf returns 0 for the division of the code within, what lies below it and what it lies in; 1 for the rest of the
// same prefecture, 2 of the same province, 3 for the rest of the country.
func ringOf(d Division, within string) int {
	w, ok := codeNumber(within)
	n, okD := codeNumber(d.Code)
	if !ok || !okD {
		return 3
	}
	if w >= firstTownship {
		w /= 1000
	}
	six := n
	if six >= firstTownship {
		six /= 1000
	}
	top := countyRow{code: w}.division().Code
	switch {
	case n == w || below(n, top) || below(w, countyRow{code: six}.division().Code) && d.Level < LevelTownship:
		return 0
	case six/100 == w/100:
		return 1
	case six/10000 == w/10000:
		return 2
	}
	return 3
}
