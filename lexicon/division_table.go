package lexicon

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"fangzhi/internal/trie"
)

const (
	// firstYear is the year in which the history of the codes begins.
	firstYear = 1981
	// firstTownship is the lowest number of nine digits; smaller ones are codes of six.
	firstTownship = 100_000_000
)

// A countyRow is one line of divisions.tsv, a province, city or county:
//
//	code TAB level TAB from TAB to TAB name TAB successors, separated by spaces
type countyRow struct {
	code       uint32
	level      Level
	from, to   int16
	name       string
	successors string
}

func (r countyRow) division() Division {
	return Division{Code: strconv.Itoa(int(r.code)), Name: r.name, Level: r.level, From: int(r.from), To: int(r.to)}
}

// A townshipRow is one line of townships.txt, where a line of six digits names the county of the lines that follow:
// three digits and the name.
type townshipRow struct {
	code uint32 // nine digits
	name string
}

func (r townshipRow) division() Division {
	return Division{Code: strconv.Itoa(int(r.code)), Name: r.name, Level: LevelTownship}
}

// A countyTable is divisions.tsv, sorted by code, then year.
type countyTable struct {
	rows  []countyRow
	names *nameIndex
	pairs trie.Pairs // what names begin with: half of the characters of a text begin one, and few of the pairs
}

// A townshipTable is townships.txt, sorted by code. Names are indexed when they are asked for, most often for one
// county: the index of the whole country takes longer than the table.
type townshipTable struct {
	rows    []townshipRow
	indexes sync.Map // code of six digits, or wholeCountry -> *nameIndex of the rows below it; never changed
}

const wholeCountry uint32 = 0

// counties unpacks the table at the first call: 6,825 rows, 5 ms (BenchmarkLoad, November 2026, one core of a small machine).
var counties = sync.OnceValue(loadCounties)

func loadCounties() *countyTable {
	text := mustUnpack("divisions.tsv.gz")
	t := &countyTable{rows: make([]countyRow, 0, strings.Count(text, "\n"))}
	for line := range strings.Lines(text) {
		var field [6]string
		rest := strings.TrimSuffix(line, "\n")
		for i := range field {
			field[i], rest, _ = strings.Cut(rest, "\t")
		}
		r := countyRow{code: uint32(mustNumber(field[0])), level: Level(mustNumber(field[1])), name: field[4], successors: field[5]}
		r.from, r.to = int16(mustNumber(field[2])), int16(mustNumber(field[3]))
		t.rows = append(t.rows, r)
	}
	t.names = newNameIndex(len(t.rows) * 2)
	add := func(name string, row int, form nameForm) {
		t.names.add(name, row, form)
		if s := []rune(name); len(s) > 1 {
			t.pairs.Add(s[0], s[1])
		}
	}
	for i, r := range t.rows {
		add(r.name, i, formFull)
		for _, a := range divisionAliases(r.name) {
			add(a.name, i, a.form)
		}
	}
	return t
}

// townships unpacks the table at the first call: 41,352 rows, 5 ms, without any index of names.
var townships = sync.OnceValue(loadTownships)

func loadTownships() *townshipTable {
	text := mustUnpack("townships.txt.gz")
	t := &townshipTable{rows: make([]townshipRow, 0, strings.Count(text, "\n"))}
	var county uint32
	for len(text) > 0 {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		if len(line) == 6 && line[3] <= '9' {
			county = uint32(mustNumber(line))
			continue
		}
		t.rows = append(t.rows, townshipRow{code: county*1000 + uint32(mustNumber(line[:3])), name: line[3:]})
	}
	return t
}

// index returns the names of the townships below a division of six digits, or of wholeCountry.
func (t *townshipTable) index(code uint32) *nameIndex {
	if x, ok := t.indexes.Load(code); ok {
		return x.(*nameIndex)
	}
	rows, first := t.rows, 0
	if code != wholeCountry {
		rows, first = t.below(code)
	}
	x := newNameIndex(len(rows))
	var county uint32
	var above []string
	for i, r := range rows {
		if r.code/1000 != county {
			county = r.code / 1000
			above = namesAbove(county)
		}
		full := townshipKey(r.name)
		x.add(full, first+i, formFull)
		for _, p := range above {
			if short := strings.TrimPrefix(full, p); short != full && utf8.RuneCountInString(short) >= 2 && short != "街道" {
				x.add(short, first+i, formShort)
			}
		}
		if short := withoutPeople(full); short != "" {
			x.add(short, first+i, formShort)
		}
	}
	kept, _ := t.indexes.LoadOrStore(code, x)
	return kept.(*nameIndex)
}

// namesAbove returns the full names of the county and of its prefecture: 济源市 prints them before its streets'.
func namesAbove(county uint32) []string {
	var names []string
	for _, code := range []uint32{county, county / 100 * 100} {
		if rows := counties().byCode(code); len(rows) > 0 {
			names = append(names, rows[len(rows)-1].name)
		}
	}
	return names
}

// byCode returns the rows of one code, oldest first.
func (t *countyTable) byCode(code uint32) []countyRow { return t.span(code, code) }

// below returns the rows whose codes begin like code, which is of six digits, the trailing pairs of zeros left out.
func (t *countyTable) below(code uint32) []countyRow { return t.span(codeSpan(code)) }

func (t *countyTable) span(first, last uint32) []countyRow {
	i, j := span(t.rows, first, last, func(r countyRow) uint32 { return r.code })
	return t.rows[i:j]
}

// row returns the row that d was read from.
func (t *countyTable) row(d Division) (countyRow, bool) {
	n, ok := codeNumber(d.Code)
	if !ok {
		return countyRow{}, false
	}
	for _, r := range t.byCode(n) {
		if r.division() == d {
			return r, true
		}
	}
	return countyRow{}, false
}

// below returns the townships of a division of six digits, and the number of the first of them.
func (t *townshipTable) below(code uint32) (rows []townshipRow, first int) {
	from, to := codeSpan(code)
	i, j := span(t.rows, from*1000, to*1000+999, func(r townshipRow) uint32 { return r.code })
	return t.rows[i:j], i
}

// span returns the bounds, end exclusive, of the rows with first <= code <= last; rows are sorted by code.
func span[R any](rows []R, first, last uint32, code func(R) uint32) (int, int) {
	find := func(n uint32) int {
		i, _ := slices.BinarySearchFunc(rows, n, func(r R, n uint32) int {
			if code(r) < n {
				return -1
			}
			return 1
		})
		return i
	}
	return find(first), find(last + 1)
}

// codeSpan returns the first and last code of six digits that may lie in the division: 410000–419999, 410100–410199.
func codeSpan(code uint32) (first, last uint32) {
	switch {
	case code%10000 == 0:
		return code, code + 9999
	case code%100 == 0:
		return code, code + 99
	}
	return code, code
}

// ancestorCodes returns the codes above a code of six or nine digits, nearest first.
func ancestorCodes(code uint32) []uint32 {
	var up []uint32
	if code >= firstTownship {
		code /= 1000
		up = append(up, code)
	}
	for _, unit := range []uint32{100, 10000} {
		if code%unit != 0 {
			code -= code % unit
			up = append(up, code)
		}
	}
	return up
}

// codeNumber reads a code of 2, 4, 6, 9 or 12 digits as a number of six or nine digits.
func codeNumber(code string) (uint32, bool) {
	switch len(code) {
	case 2:
		code += "0000"
	case 4:
		code += "00"
	case 12:
		code = code[:9]
	case 6, 9:
	default:
		return 0, false
	}
	n, err := strconv.ParseUint(code, 10, 32)
	if err != nil || code[0] == '0' {
		return 0, false
	}
	return uint32(n), true
}

// mustNumber reads a number of an embedded table.
func mustNumber(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			panic(fmt.Sprintf("lexicon: %q is no number", s))
		}
		n = n*10 + int(c-'0')
	}
	return n
}
