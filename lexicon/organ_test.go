package lexicon_test

import (
	"slices"
	"strings"
	"testing"

	"fangzhi/lexicon"
)

// organKinds are the DepartmentKinds of the contract: the lexicon imports nothing, so they are written out here.
var organKinds = strings.Fields("PARTY GOVERNMENT CONGRESS CPPCC JUDICIAL MILITARY MASS SUBDISTRICT VILLAGE INSTITUTION SCHOOL HOSPITAL ENTERPRISE TEMPORARY GROUP OTHER")

func allOrgans(t *testing.T) []lexicon.OrganForm {
	t.Helper()
	all := lexicon.Organs()
	if len(all) < 400 {
		t.Fatalf("%d forms of organs, want the 144 rows of genre.md §4.2 and what they abbreviate", len(all))
	}
	return all
}

func TestOrganTable(t *testing.T) {
	parents := []string{"", "party", "gov", "congress", "standing", "cppcc", "police", "policeof", "env"}
	for _, f := range allOrgans(t) {
		if !slices.Contains(organKinds, f.Kind) || !slices.Contains(parents, f.Parent) {
			t.Errorf("%s: kind %q or parent %q is none of the contract's", f.Short, f.Kind, f.Parent)
		}
		if named := strings.Contains(f.Full, "{"); named == f.Central {
			t.Errorf("%s: %q: an organ of the centre has no jurisdiction, any other has", f.Short, f.Full)
		}
		rest := strings.NewReplacer("{X}", "", "{N}", "", "{B}", "", "{OFFICE}", "", "{POLICE}", "", "{ENV}", "").Replace(f.Full + f.Plate)
		if strings.ContainsAny(rest, "{}") {
			t.Errorf("%s: unknown part in %q", f.Short, f.Full+f.Plate)
		}
		if f.From != 0 && f.To != 0 && f.From > f.To {
			t.Errorf("%s is valid from %d to %d", f.Short, f.From, f.To)
		}
	}
}

// yearOf returns a year in which a form meant what its row says.
func yearOf(f lexicon.OrganForm) int {
	if f.To != 0 {
		return f.To - 1
	}
	return f.From
}

// A full name that the table gives is a form of itself, so that 卫健委 and 卫生健康委员会 are one organ.
func TestOrganFullNames(t *testing.T) {
	for _, f := range allOrgans(t) {
		core, ok := strings.CutPrefix(f.Full, "{X}")
		if !ok || strings.Contains(core, "{") || f.Kind != "GOVERNMENT" && f.Kind != "MASS" {
			continue
		}
		switch f.Short {
		case "国税局", "地税局":
			continue // their full names begin with words that have forms of their own
		}
		if same, ok := lexicon.OrganNamed(core); !ok || same.In(yearOf(f)).Full != f.Full {
			if f.Parent == "gov" || f.Kind == "MASS" {
				t.Errorf("%s is %q, but %q is %q", f.Short, f.Full, core, same.Full)
			}
		}
	}
}

func TestMatchOrgan(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string // longest first
	}{
		{"委宣传部部长", []string{"委宣传部", "委"}},
		{"人大常委会主任", []string{"人大常委会", "人大"}},
		{"卫健委主任", []string{"卫健委"}},
		{"中央巡视办主任", []string{"中央巡视办"}},
		{"某某", nil},
		{"", nil},
	} {
		var got []string
		for _, f := range lexicon.MatchOrgan([]rune(tt.text)) {
			got = append(got, f.Short)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("MatchOrgan(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestOrganRenamings(t *testing.T) {
	for _, r := range lexicon.OrganRenamings() {
		if r.Old == r.New || r.Year < 1978 {
			t.Errorf("%+v renames nothing", r)
		}
		if _, ok := lexicon.OrganNamed(r.New); !ok {
			t.Errorf("%s became %s, which the table does not have", r.Old, r.New)
		}
	}
}

// One short form, several organs: the year decides.
func TestOrganFormIn(t *testing.T) {
	for _, tt := range []struct {
		short string
		year  int
		want  string
	}{
		{"农委", 1995, "{X}农业委员会"},
		{"农委", 2021, "{X}农业农村工作委员会"},
		{"农委", 0, "{X}农业农村工作委员会"},
		{"计委", 1985, "{X}计划委员会"},
		{"计委", 2000, "{X}发展计划委员会"},
		{"粮食局", 1995, "{X}粮食局"},
		{"税务局", 1985, "{X}税务局"},
		{"税务局", 2020, "国家税务总局{X}税务局"},
		{"卫健委", 1990, "{X}卫健委"}, // there was none: no later name is lent to it
	} {
		f, ok := lexicon.OrganNamed(tt.short)
		if got := f.In(tt.year).Full; !ok || got != tt.want {
			t.Errorf("%s in %d is %q, want %q", tt.short, tt.year, got, tt.want)
		}
	}
}
