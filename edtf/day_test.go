package edtf_test

import (
	"fmt"
	"testing"
	"time"

	"fangzhi/edtf"
)

func mustDay(t testing.TB, s string) edtf.Day {
	t.Helper()
	d, err := edtf.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Every day of twenty thousand years is one more than the day before, and the standard library,
// which counts in another way, agrees on every 97th.
func TestDaysCountUp(t *testing.T) {
	want := edtf.Day(1)
	for year := -9999; year <= 9999; year++ {
		for month := 1; month <= 12; month++ {
			for day := 1; day <= edtf.DaysIn(year, month); day++ {
				got, ok := edtf.NewDay(year, month, day)
				if !ok || got != want {
					t.Fatalf("NewDay(%d, %d, %d) = %d, %v; want %d", year, month, day, got, ok, want)
				}
				if y, m, d := got.Date(); y != year || m != month || d != day {
					t.Fatalf("Day(%d).Date() = %d, %d, %d; want %d, %d, %d", got, y, m, d, year, month, day)
				}
				if want%97 == 0 {
					at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
					if at.Day() != day || at.Weekday() != got.Weekday() {
						t.Fatalf("%s is a %s, package time says day %d, %s", got, got.Weekday(), at.Day(), at.Weekday())
					}
				}
				want++
			}
		}
	}
}

func TestNewDayRefuses(t *testing.T) {
	for _, tt := range []struct{ year, month, day int }{
		{2020, 11, 31}, {2021, 2, 29}, {1900, 2, 29}, {2020, 0, 1}, {2020, 13, 1}, {2020, 1, 0}, {2020, 1, -1}, {10000, 1, 1}, {-10000, 12, 31},
	} {
		if d, ok := edtf.NewDay(tt.year, tt.month, tt.day); ok || d != 0 {
			t.Errorf("NewDay(%d, %d, %d) = %s, %v; want none, false", tt.year, tt.month, tt.day, d, ok)
		}
	}
}

func TestParseDay(t *testing.T) {
	for _, s := range []string{"2020-12-17", "-0220-03-01", "0000-02-29", "-9999-01-01", "9999-12-31"} {
		if got := mustDay(t, s).String(); got != s {
			t.Errorf("ParseDay(%q).String() = %q", s, got)
		}
	}
	for _, s := range []string{"", "2020", "2020-12", "2020-12-1", "2020-11-31", "-0000-01-01", "+2020-12-17", "2020/12/17", "2020-12-17 ", "20-12-17", "--020-12-17", "2020-1２-17", "10000-01-01", "2020-12-17T00:00:00"} {
		if d, err := edtf.ParseDay(s); err == nil || d != 0 {
			t.Errorf("ParseDay(%q) = %s, %v; want none and an error", s, d, err)
		}
	}
}

// No number that a file may hold is a day by accident.
func TestNumbersThatAreNoDay(t *testing.T) {
	for _, d := range []edtf.Day{0, -1, 7304485, 1<<31 - 1, -1 << 31} {
		year, month, day := d.Date()
		data, err := d.MarshalJSON()
		got := fmt.Sprintf("%q %d-%d-%d %s %v %s", d, year, month, day, data, err, edtf.OfDay(d))
		if want := `"" 0-0-0 null <nil> XXXX`; got != want {
			t.Errorf("Day(%d): got %s, want %s", int32(d), got, want)
		}
	}
}
