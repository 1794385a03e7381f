package lexicon

import (
	"cmp"
	"slices"
	"strings"
)

// A Level is the rank of a division. The zero Level is none.
type Level int

// The levels, from the province down.
const (
	LevelProvince Level = iota + 1 // 省级: province, autonomous region, municipality
	LevelCity                      // 地级: prefecture-level city, prefecture, league, autonomous prefecture
	LevelCounty                    // 县级: county, district, county-level city, banner, statistical zone
	LevelTownship                  // 乡级: street, town, township, and units of the same rank
)

func (l Level) String() string {
	switch l {
	case LevelProvince:
		return "province"
	case LevelCity:
		return "city"
	case LevelCounty:
		return "county"
	case LevelTownship:
		return "township"
	}
	return ""
}

// A Division is an administrative division (行政区划) under one name: a division that was renamed or got another code
// is another Division, and Successors leads from one to the next. The zero Division is none.
type Division struct {
	// Code is of six digits (GB/T 2260, padded: 330000, 330100, 330106), of nine for a township (330106002). A code
	// may have been given anew, so that only Code and From together name one Division.
	Code  string
	Name  string // 河南省, 郑州市, 管城回族区, 北山街道: as the table prints it
	Level Level
	// From is the year of the change that made the division, 0 where it is not known: townships and statistical
	// zones. The history begins in 1981, which therefore stands for every earlier year. To is the year of the change
	// that ended it, 0 while it is still in force (counties as of 2024-12-31, townships as of 2023-06-30).
	From, To int
}

// IsZero reports whether d is no division.
func (d Division) IsZero() bool { return d == Division{} }

// InForce reports whether d existed on some day of the year; a division and its successor both did in the year of
// the change. Year 0 asks for today's divisions. A year before 1981 is asked as 1981, where the history begins.
func (d Division) InForce(year int) bool {
	if year == 0 {
		return d.To == 0
	}
	year = max(year, firstYear)
	return d.From <= year && (d.To == 0 || year <= d.To)
}

// DivisionByCode returns the division that has the code today or had it last. The code has two, four or six digits,
// nine for a township; of twelve (villages) the first nine count. There is none for a level without a name of its own
// (市辖区 330101, 省直辖县级行政区划 419000).
func DivisionByCode(code string) (Division, bool) {
	n, ok := codeNumber(code)
	if !ok {
		return Division{}, false
	}
	if n >= firstTownship {
		t := townships()
		if i, ok := slices.BinarySearchFunc(t.rows, n, func(r townshipRow, n uint32) int { return cmp.Compare(r.code, n) }); ok {
			return t.rows[i].division(), true
		}
		return Division{}, false
	}
	if rows := counties().byCode(n); len(rows) > 0 {
		return rows[len(rows)-1].division(), true
	}
	return Division{}, false
}

// DivisionInYear returns the division that had the code in the year; of two in one year the later one. A year of 0 is
// today.
func DivisionInYear(code string, year int) (Division, bool) {
	n, ok := codeNumber(code)
	if !ok {
		return Division{}, false
	}
	if n >= firstTownship {
		return DivisionByCode(code)
	}
	rows := counties().byCode(n)
	for i := len(rows) - 1; i >= 0; i-- {
		if d := rows[i].division(); d.InForce(year) {
			return d, true
		}
	}
	return Division{}, false
}

// Parent returns the division right above d that has a name of its own: 市辖区, 县 and 省直辖县级行政区划 are passed
// over, so that a district of Beijing has 北京市 and 济源市 has 河南省. Of several parents in the course of time it is
// the last. A province has none.
func (d Division) Parent() (Division, bool) {
	parents := d.parents()
	if len(parents) == 0 {
		return Division{}, false
	}
	return parents[len(parents)-1], true
}

// parents returns the divisions that were right above d while it was in force, oldest first: they have one code.
func (d Division) parents() []Division {
	n, ok := codeNumber(d.Code)
	if !ok {
		return nil
	}
	for _, up := range ancestorCodes(n) {
		var parents []Division
		for _, r := range counties().byCode(up) {
			if p := r.division(); p.Level < d.Level && overlap(p, d) {
				parents = append(parents, p)
			}
		}
		if parents != nil {
			return parents
		}
	}
	return nil
}

// Path returns the divisions from the province down to d itself; nil for the zero Division.
func (d Division) Path() []Division {
	if d.IsZero() {
		return nil
	}
	path := []Division{d}
	for p, ok := d.Parent(); ok; p, ok = p.Parent() {
		path = append(path, p)
	}
	slices.Reverse(path)
	return path
}

// FullName returns the names of the path in a row: 浙江省杭州市西湖区, 北京市西城区. A name that begins with its
// parent's is not said twice: 河南省济源市沁园街道.
func (d Division) FullName() string {
	var b strings.Builder
	above := ""
	for _, p := range d.Path() {
		b.WriteString(strings.TrimPrefix(p.Name, above))
		above = p.Name
	}
	return b.String()
}

// Children returns the divisions right below d, sorted by code, then year: those in force where d is in force, else
// those that were while d was. Townships have none (villages are not in the table).
func (d Division) Children() []Division {
	n, ok := codeNumber(d.Code)
	if !ok || d.Level == LevelTownship {
		return nil
	}
	var children []Division
	add := func(c Division) {
		if (d.To != 0 || c.To == 0) && slices.Contains(c.parents(), d) {
			children = append(children, c)
		}
	}
	for _, r := range counties().below(n) {
		add(r.division())
	}
	towns, _ := townships().below(n)
	for _, r := range towns {
		add(r.division())
	}
	return children
}

// Successors returns the codes of the divisions that took over what d was when it ended, most often one, in the order
// of the source; nil while d is in force or where the source names none. A renamed division names its own code.
func (d Division) Successors() []string {
	r, ok := counties().row(d)
	if !ok || r.successors == "" {
		return nil
	}
	return strings.Fields(r.successors)
}

// Heirs returns today's divisions that d has become through all its Successors, sorted by code: 密县 is 新密市 today.
// A division in force is its own heir.
func (d Division) Heirs() []Division {
	var heirs []Division
	seen := map[Division]bool{}
	for todo := []Division{d}; len(todo) > 0; todo = todo[1:] {
		d := todo[0]
		if seen[d] || d.IsZero() {
			continue
		}
		seen[d] = true
		if d.To == 0 {
			heirs = append(heirs, d)
			continue
		}
		for _, code := range d.Successors() {
			if s, ok := successor(d, code); ok {
				todo = append(todo, s)
			}
		}
	}
	sortDivisions(heirs)
	return heirs
}

// successor returns the division that had the code right after d ended.
func successor(d Division, code string) (Division, bool) {
	n, _ := codeNumber(code)
	for _, r := range counties().byCode(n) {
		if s := r.division(); s != d && s.From <= d.To && (s.To == 0 || s.To > d.To) {
			return s, true
		}
	}
	return Division{}, false
}

// overlap reports whether a and b were in force together for more than the year of a change. An unknown year is no
// hindrance.
func overlap(a, b Division) bool {
	return (a.To == 0 || b.From < a.To) && (b.To == 0 || a.From < b.To)
}

// sortDivisions sorts by code, then year.
func sortDivisions(ds []Division) {
	slices.SortFunc(ds, func(a, b Division) int {
		return cmp.Or(strings.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From))
	})
}
