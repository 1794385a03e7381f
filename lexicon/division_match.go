package lexicon

import (
	"cmp"
	"slices"
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

// matchOne finds the longest single name at the start of s; above, if not nil, are the divisions that it must lie in.
func matchOne(s []rune, within string, above []Division) (DivisionMatch, bool) {
	t, towns := counties(), townshipsIn(within, above)
	longest := t.names.longest
	for _, x := range towns {
		longest = max(longest, x.longest+len([]rune("办事处")))
	}
	for n := min(len(s), longest); n >= 2; n-- {
		var m DivisionMatch
		name := "" // made only where a name may end
		if t.names.finals[s[n-1]] {
			name = string(s[:n])
			m.Divisions, m.Bare = t.matches(name, within, above)
		}
		for _, x := range towns {
			if !x.finals[s[n-1]] && s[n-1] != '办' && s[n-1] != '处' {
				continue
			}
			if name == "" {
				name = string(s[:n])
			}
			x.each(townshipKey(name), func(row int, _ nameForm) {
				if m.Bare {
					m.Divisions, m.Bare = nil, false
				}
				m.Divisions = append(m.Divisions, townships().rows[row].division())
			})
		}
		if len(m.Divisions) > 0 {
			sortDivisions(m.Divisions)
			m.Divisions, m.Length = slices.Compact(m.Divisions), n
			return m, true
		}
	}
	return DivisionMatch{}, false
}

// townshipsIn returns the indexes of the townships that may be named: below within, or below the names above.
func townshipsIn(within string, above []Division) []*nameIndex {
	var tops []string
	for _, a := range above {
		if a.Level < LevelTownship && !slices.Contains(tops, a.Code) {
			tops = append(tops, a.Code)
		}
	}
	if above == nil && within != "" {
		tops = []string{within}
	}
	var indexes []*nameIndex
	for _, code := range tops {
		if n, ok := codeNumber(code); ok {
			if n >= firstTownship {
				n /= 1000
			}
			indexes = append(indexes, townships().index(n))
		}
	}
	return indexes
}

// matches returns the provinces, cities and counties of one name, and whether they have it in bare form only.
func (t *countyTable) matches(name, within string, above []Division) (found []Division, bare bool) {
	var bares []Division
	t.names.each(name, func(row int, form nameForm) {
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
