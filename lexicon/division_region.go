package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ResolveRegion is ResolveRegionIn today: past divisions count only where nothing in force fits.
func ResolveRegion(text string) (region Division, candidates []Division) {
	return ResolveRegionIn(text, 0)
}

// ResolveRegionIn reads the name of a province, city or county as people give it and returns the one division meant:
// a code (330106, 33), a name (西湖区), or a chain of names from above (杭州市西湖区, 浙江 杭州 西湖), each in any
// form that DivisionsNamed knows. Spaces and the separators , ， 、 / · - > between names are passed over.
//
// Where the text fits several, the region is zero and candidates lists them, sorted by code, then year; where it fits
// none, both are zero. These settle a choice, in this order: divisions in force in the year (0: today) before others;
// full names before short ones; of short names a province before what shares its name, and the division that holds
// all others (长沙: the city, not 长沙县 in it); several that are one place under different codes are the last of them.
func ResolveRegionIn(text string, year int) (region Division, candidates []Division) {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune(",，、/·->＞", r) {
			return -1
		}
		return r
	}, text)
	if text == "" {
		return Division{}, nil
	}
	if strings.Trim(text, "0123456789") == "" {
		return regionOfCode(text, year), nil
	}
	readings := readChain(text, Division{})
	readings = prefer(readings, func(r chainReading) bool { return r.region.InForce(year) })
	readings = prefer(readings, func(r chainReading) bool { return r.form == formFull })
	for _, r := range readings {
		candidates = append(candidates, r.region)
	}
	sortDivisions(candidates)
	candidates = slices.Compact(candidates)
	if one, ok := settle(candidates); ok {
		return one, nil
	}
	return Division{}, candidates
}

// regionOfCode returns the division of a code in the year, else the last that had it. The code of a level without a
// name means what is above it; of a township's, the county.
func regionOfCode(code string, year int) Division {
	n, ok := codeNumber(code)
	if !ok {
		return Division{}
	}
	if n >= firstTownship {
		n /= 1000
	}
	for _, n := range append([]uint32{n}, ancestorCodes(n)...) {
		code := countyRow{code: n}.division().Code
		if d, ok := DivisionInYear(code, year); ok {
			return d
		}
		if d, ok := DivisionByCode(code); ok {
			return d
		}
		if n%100 != 0 && n%100 != 1 {
			return Division{} // a county that never was is not its city
		}
	}
	return Division{}
}

// A chainReading is one way to read a text as a chain of names: the last division, and the form of its name.
type chainReading struct {
	region Division
	form   nameForm
}

// readChain returns every way to read the whole of text as names of which each lies below the one before it.
func readChain(text string, above Division) []chainReading {
	var readings []chainReading
	t := counties()
	ends := make([]int, 0, 8)
	for i := range text {
		ends = append(ends, i)
	}
	ends = append(ends, len(text))
	for _, end := range ends[min(2, len(ends)-1):] {
		t.names.each(text[:end], func(row int, form nameForm) {
			d := t.rows[row].division()
			if !above.IsZero() && (!below(t.rows[row].code, above.Code) || !overlap(above, d)) {
				return
			}
			if end == len(text) {
				readings = append(readings, chainReading{d, form})
			} else if utf8.RuneCountInString(text[end:]) >= 2 && d.Level < LevelCounty {
				readings = append(readings, readChain(text[end:], d)...)
			}
		})
	}
	return readings
}

// prefer keeps the readings that satisfy ok, or all of them if none does.
func prefer(readings []chainReading, ok func(chainReading) bool) []chainReading {
	var kept []chainReading
	for _, r := range readings {
		if ok(r) {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return readings
	}
	return kept
}

// settle returns the one division that the candidates (sorted by code, then year) mean, if they mean one.
func settle(candidates []Division) (Division, bool) {
	switch len(candidates) {
	case 0:
		return Division{}, false
	case 1:
		return candidates[0], true
	}
	var provinces []Division
	for _, c := range candidates {
		if c.Level == LevelProvince {
			provinces = append(provinces, c)
		}
	}
	if len(provinces) == 1 {
		return provinces[0], true
	}
	for _, c := range candidates {
		if holdsAll(c, candidates) {
			return c, true
		}
	}
	return lastOfOnePlace(candidates)
}

func holdsAll(top Division, others []Division) bool {
	for _, d := range others {
		if n, _ := codeNumber(d.Code); d != top && !below(n, top.Code) {
			return false
		}
	}
	return true
}

// lastOfOnePlace returns the candidate that ended last if it is the only successor, near or far, of all others.
func lastOfOnePlace(candidates []Division) (Division, bool) {
	last := candidates[0]
	for _, c := range candidates[1:] {
		if last.To != 0 && (c.To == 0 || c.To > last.To) {
			last = c
		}
	}
	for _, c := range candidates {
		for c != last {
			codes := c.Successors()
			if len(codes) != 1 {
				return Division{}, false
			}
			next, ok := successor(c, codes[0])
			if !ok {
				return Division{}, false
			}
			c = next // ends later than c, or is in force and has no successors
		}
	}
	return last, true
}
