package lexicon_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"fangzhi/lexicon"
)

func TestEras(t *testing.T) {
	for _, tt := range []struct {
		name     string
		n, want  int
		ok       bool
		calendar lexicon.Calendar
	}{
		{"康熙", 32, 1693, true, lexicon.CalendarLunar},
		{"嘉靖", 34, 1555, true, lexicon.CalendarLunar},
		{"康熙", 62, 1723, false, lexicon.CalendarLunar},
		{"宣统", 0, 1908, false, lexicon.CalendarLunar},
		{"民国", 24, 1935, true, lexicon.CalendarSolar},
		{"康德", 2, 1935, true, lexicon.CalendarSolar},
	} {
		found := false
		for _, e := range lexicon.Eras() {
			if e.Name != tt.name {
				continue
			}
			found = true
			if year, ok := e.YearOf(tt.n); year != tt.want || ok != tt.ok || e.Calendar != tt.calendar {
				t.Errorf("%s%d = %d %v %s, want %d %v %s", tt.name, tt.n, year, ok, e.Calendar, tt.want, tt.ok, tt.calendar)
			}
		}
		if !found {
			t.Errorf("no era %s", tt.name)
		}
	}
}

// Every row is one that can be counted with.
func TestErasAreWhole(t *testing.T) {
	calendars := map[lexicon.Calendar]bool{lexicon.CalendarLunar: true, lexicon.CalendarSolar: true, lexicon.CalendarYear: true}
	for _, e := range lexicon.Eras() {
		if len([]rune(e.Name)) < 2 || e.Years < 1 || e.First < 618 || e.Dynasty == "" || !calendars[e.Calendar] {
			t.Errorf("era %+v", e)
		}
	}
}

// The specification's list names the same eras.
func TestErasAgreeWithTheList(t *testing.T) {
	text, err := os.ReadFile("../../shared/corpus/eras.txt")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	row := regexp.MustCompile(`^(\p{Han}+)(\d+)/(\d+)$`)
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		for _, f := range fields[min(1, len(fields)):] {
			m := row.FindStringSubmatch(f)
			if m == nil {
				t.Fatalf("row %q", f)
			}
			first, _ := strconv.Atoi(m[2])
			years, _ := strconv.Atoi(m[3])
			found := false
			for _, e := range lexicon.Eras() {
				found = found || e.Name == m[1] && e.First == first && e.Years == years && e.Dynasty == fields[0]
			}
			if !found {
				t.Errorf("no era %s %s", fields[0], f)
			}
		}
	}
}
