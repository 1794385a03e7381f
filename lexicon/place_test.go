package lexicon_test

import (
	"testing"

	"fangzhi/lexicon"
)

func TestMatchPlaceWord(t *testing.T) {
	for _, tt := range []struct {
		text   string
		length int
		class  lexicon.PlaceClass
		kind   string
	}{
		{"公园里", 2, lexicon.PlaceEnd, "VENUE"},
		{"便民服务中心", 6, lexicon.PlaceEnd, "VENUE"},
		{"路灯", 2, lexicon.PlaceTrap, ""},
		{"路口", 2, lexicon.PlaceEnd, "VENUE"},
		{"走进", 2, lexicon.PlaceFrame, "to"},
		{"以及", 2, lexicon.PlaceJoin, ""},
		{"和平路", 2, lexicon.PlaceName, ""},
		{"召开", 2, lexicon.PlaceStop, ""},
		{"柳湖", 0, "", ""},
		{"", 0, "", ""},
	} {
		w, n := lexicon.MatchPlaceWord([]rune(tt.text))
		if n != tt.length || w.Class != tt.class || w.Kind != tt.kind {
			t.Errorf("MatchPlaceWord(%q) = %s %s, %d; want %s %s, %d", tt.text, w.Class, w.Kind, n, tt.class, tt.kind, tt.length)
		}
	}
}

func TestPlainPlace(t *testing.T) {
	for _, tt := range []struct {
		stem, end      string
		plain, purpose bool
	}{
		{"老旧", "小区", true, false},
		{"翠柳", "小区", false, false},
		{"便民服务", "大厅", true, true},
		{"老旧便民", "大厅", true, false},
		{"云岭", "大厅", false, false},
		{"人民", "广场", false, false}, // a purpose names a square
		{"新", "路", true, false},
		{"新兴", "路", false, false}, // two single characters are a name
		{"", "公园", true, false},
	} {
		end, _ := lexicon.MatchPlaceWord([]rune(tt.end))
		plain, purpose := lexicon.PlainPlace([]rune(tt.stem), end)
		if plain != tt.plain || purpose != tt.purpose {
			t.Errorf("PlainPlace(%q, %s) = %v, %v; want %v, %v", tt.stem, tt.end, plain, purpose, tt.plain, tt.purpose)
		}
	}
}

func TestPlaceOrgan(t *testing.T) {
	for rest, want := range map[string]int{
		"派出所": 3, "慈善总会": 4, "局": 1, "局面": 0, "党支部书记": 3, "便民": 0, "": 0,
		"一个很长很长的名字后面很久很久才有一个委员会": 0, // too far away
	} {
		if got := lexicon.PlaceOrgan([]rune(rest)); got != want {
			t.Errorf("PlaceOrgan(%q) = %d, want %d", rest, got, want)
		}
	}
}

// Every kind in the table is one that the loader knows, and no word stands twice where it could not be told which counts.
func TestPlaceTable(t *testing.T) {
	kinds := map[string]bool{"TOWNSHIP": true, "COMMUNITY": true, "ROAD": true, "ADDRESS": true, "VENUE": true, "OTHER": true}
	frames := map[string]bool{"at": true, "to": true, "visit": true, "meet": true, "tour": true, "via": true, "from": true, "with": true, "route": true, "until": true}
	seen := map[string]bool{}
	for w := range lexicon.PlaceWords() {
		if seen[w.Word] {
			t.Errorf("%s stands there twice", w.Word)
		}
		seen[w.Word] = true
		switch w.Class {
		case lexicon.PlaceEnd:
			if !kinds[w.Kind] {
				t.Errorf("%s has the kind %q", w.Word, w.Kind)
			}
		case lexicon.PlaceFrame:
			if !frames[w.Kind] {
				t.Errorf("%s has the frame %q", w.Word, w.Kind)
			}
		case lexicon.PlaceJoin, lexicon.PlaceStop, lexicon.PlaceTrap, lexicon.PlaceName:
		case lexicon.PlaceCountry:
			if w.Kind != "-" && len(w.Kind) != 6 {
				t.Errorf("%s has the code %q", w.Word, w.Kind)
			}
		default:
			t.Errorf("%s has the class %q", w.Word, w.Class)
		}
	}
	if len(seen) < 500 {
		t.Errorf("the table has only %d words", len(seen))
	}
}
