package lexicon_test

import (
	"testing"

	"fangzhi/lexicon"
)

func TestTitleTable(t *testing.T) {
	all := lexicon.Titles()
	if len(all) < 150 {
		t.Fatalf("%d titles, want more", len(all))
	}
	for i, x := range all {
		switch x.Class {
		case lexicon.TitleOffice, lexicon.TitleMember, lexicon.TitleExpert, lexicon.TitleHonor, lexicon.TitleOld:
		default:
			t.Errorf("%s: unknown class %q", x.Name, x.Class)
		}
		if x.Single && x.Class != lexicon.TitleOffice {
			t.Errorf("%s is held by one person, but is no office", x.Name)
		}
		if i > 0 && all[i-1].Rank > x.Rank {
			t.Errorf("%s (%d) stands after %s (%d)", x.Name, x.Rank, all[i-1].Name, all[i-1].Rank)
		}
	}
}

// The usual order of offices, and who holds one alone.
func TestTitleRanks(t *testing.T) {
	order := []string{"书记", "区长", "主任", "秘书长", "常委", "党组成员", "一级巡视员", "一级调研员", "主任科员"}
	last := 0
	for _, name := range order {
		x, ok := lexicon.TitleNamed(name)
		if !ok || x.Rank <= last {
			t.Errorf("%s has rank %d, want it after %d", name, x.Rank, last)
		}
		last = x.Rank
	}
	for name, single := range map[string]bool{"区长": true, "书记": true, "常委": false, "代表": false, "教授": false} {
		if x, _ := lexicon.TitleNamed(name); x.Single != single {
			t.Errorf("%s: single is %v, want %v", name, x.Single, single)
		}
	}
}

func TestMatchTitle(t *testing.T) {
	for text, want := range map[string]string{
		"主任医师某": "主任医师", "主任某": "主任", "党组书记": "党组书记", "区长": "区长", "某区长": "", "": "",
	} {
		if got, n := lexicon.MatchTitle([]rune(text)); got.Name != want || n != len([]rune(want)) {
			t.Errorf("MatchTitle(%q) = %q, %d; want %q", text, got.Name, n, want)
		}
	}
	if x, _ := lexicon.TitleNamed("区长"); x.Level != "区" {
		t.Errorf("区长 implies level %q, want 区", x.Level)
	}
}
