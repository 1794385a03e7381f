package lunar_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/loader/dates/lunar"
)

func TestDay(t *testing.T) {
	for _, tt := range []struct {
		name             string
		year, month, day int
		leap             bool
		want             string
	}{
		{"康熙三十二年六月初一", 1693, 6, 1, false, "1693-07-03"},
		{"嘉靖三十四年十二月十二, printed as 1556-01-23", 1555, 12, 12, false, "1556-02-02"},
		{"光绪三十四年十二月初一", 1908, 12, 1, false, "1908-12-23"},
		{"康熙六十一年十二月初一", 1722, 12, 1, false, "1723-01-07"},
		{"淳熙四年五月初一", 1177, 5, 1, false, "1177-06-06"},
		{"spring festival", 2021, 1, 1, false, "2021-02-12"},
		{"dragon boat", 2020, 5, 5, false, "2020-06-25"},
		{"mid-autumn", 2020, 8, 15, false, "2020-10-01"},
		{"腊月廿三", 2020, 12, 23, false, "2021-02-04"},
		{"leap month", 2020, 4, 1, true, "2020-05-23"},
		{"no leap month", 2021, 4, 1, true, ""},
		{"30th of a short month", 2021, 1, 30, false, ""},
		{"month 13", 2021, 13, 1, false, ""},
		{"beyond the tables", 9999, 1, 1, false, ""},
	} {
		d, ok := lunar.Day(tt.year, tt.month, tt.leap, tt.day)
		if d.String() != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: Day = %s %v, want %q", tt.name, d, ok, tt.want)
		}
	}
}

func TestTerms(t *testing.T) {
	for _, tt := range []struct {
		year int
		term lunar.Term
		want string
	}{
		{2021, lunar.Qingming, "2021-04-04"}, {2020, lunar.Qingming, "2020-04-04"}, {2019, lunar.Qingming, "2019-04-05"},
		{2020, lunar.Dongzhi, "2020-12-21"}, {2019, lunar.Dongzhi, "2019-12-22"}, {1958, lunar.Qingming, "1958-04-05"},
	} {
		if d, ok := lunar.TermIn(tt.year, tt.term); d.String() != tt.want || !ok {
			t.Errorf("TermIn(%d, %s) = %s, want %s", tt.year, tt.term, d, tt.want)
		}
	}
}

func TestJulianAndCycle(t *testing.T) {
	d, _ := edtf.NewDay(1556, 2, 2)
	if y, m, day := lunar.Julian(d); fmt.Sprint(y, m, day) != "1556 1 23" {
		t.Errorf("Julian(1556-02-02) = %d-%d-%d, want 1556-1-23", y, m, day)
	}
	d, _ = edtf.NewDay(1177, 6, 6) // 庚子
	if got := lunar.Cycle(d); got != 37 {
		t.Errorf("Cycle(1177-06-06) = %d, want 37", got)
	}
	d, _ = edtf.NewDay(2000, 1, 7) // 甲子
	if got := lunar.Cycle(d); got != 1 {
		t.Errorf("Cycle(2000-01-07) = %d, want 1", got)
	}
	if got := lunar.CycleOfYear(1900); got != 37 { // 庚子
		t.Errorf("CycleOfYear(1900) = %d, want 37", got)
	}
}

// A lunar year has twelve months or thirteen, which follow one another without a gap, and so do the years.
func TestMonthsAreWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(705, 2200).Draw(t, "year")
		months := lunar.Months(year)
		if len(months) != 12 && len(months) != 13 {
			t.Fatalf("%d has %d months", year, len(months))
		}
		for i, m := range months[1:] {
			if m.First != months[i].Last()+1 {
				t.Fatalf("%d: month %d ends on %s, the next begins on %s", year, i+1, months[i].Last(), m.First)
			}
		}
		if next := lunar.Months(year + 1); next[0].First != months[len(months)-1].Last()+1 {
			t.Fatalf("%d ends on %s, the next year begins on %s", year, months[len(months)-1].Last(), next[0].First)
		}
	})
}
