package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The wanted values are those of Python 3.11, difflib.SequenceMatcher(None, a, b, autojunk=False).ratio().
func TestSimilarity(t *testing.T) {
	for _, tt := range []struct {
		a, b         string
		common, both int // twice the characters in common, all characters
	}{
		{"", "", 1, 1},
		{"", "一", 0, 1},
		{"一", "二", 0, 2},
		{"abcd", "bcde", 6, 8},
		{"ab", "ba", 2, 4},
		{"tide", "diet", 2, 8}, // not the same the other way round
		{"diet", "tide", 4, 8},
		{"xabyabz", "abzab", 6, 12},
		{"区委书记沈知秋主持", "沈知秋书记主持", 10, 16},
		{"𠮷𠮷一", "一𠮷", 2, 5},
		{"private Thread currentThread;", "private volatile Thread currentThread;", 58, 67},
	} {
		if got, want := similarity(tt.a, tt.b), float64(tt.common)/float64(tt.both); got != want {
			t.Errorf("similarity(%q, %q) = %v, want %d/%d", tt.a, tt.b, got, tt.common, tt.both)
		}
	}
}

// TestLongestRun holds it to the slow obvious search.
func TestLongestRun(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("一二三𠮷")), 0, 20, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b := []rune(text.Draw(t, "a")), []rune(text.Draw(t, "b"))
		var i, j, n int
		for ia := range a {
			for jb := range b {
				k := 0
				for ia+k < len(a) && jb+k < len(b) && a[ia+k] == b[jb+k] {
					k++
				}
				if k > n {
					i, j, n = ia, jb, k
				}
			}
		}
		gotI, gotJ, gotN := longestRun(a, b)
		if got, want := fmt.Sprint(gotI, gotJ, gotN), fmt.Sprint(i, j, n); got != want {
			t.Errorf("longestRun(%q, %q) = %s, want %s", string(a), string(b), got, want)
		}
	})
}

func TestKey(t *testing.T) {
	for _, tt := range []struct{ name, a, b string }{
		{"width", "（１２Ａ）", "(12A)"},
		{"white space", "沈\u3000知 秋\n\t\u00a0\u2003\x1f\u0085", "沈知秋"},
		{"dots", "买买提•艾力・某‧某∙某⸱某●某∘某᛫某･某", "买买提·艾力·某·某·某·某·某·某·某·某"},
	} {
		if key(tt.a) != key(tt.b) {
			t.Errorf("%s: key(%q) = %q, key(%q) = %q, want the same", tt.name, tt.a, key(tt.a), tt.b, key(tt.b))
		}
	}
	for _, tt := range []struct{ name, a, b string }{
		{"script", "区委书记", "區委書記"},
		{"quotes", "“两委”", "\"两委\""},
		{"zero width space is none", "沈\u200b知秋", "沈知秋"},
	} {
		if key(tt.a) == key(tt.b) {
			t.Errorf("%s: %q and %q have one key", tt.name, tt.a, tt.b)
		}
	}
}

func TestGrams(t *testing.T) {
	for body, want := range map[string][]string{
		"":        {""},
		"一":       {"一"},
		"一 二三":    {"一二三"},
		"一二三𠮷三𠮷三": {"一二三", "二三𠮷", "三𠮷三", "𠮷三𠮷"},
	} {
		got := slices.Sorted(maps.Keys(grams(body)))
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("grams(%q) = %q, want %q", body, got, want)
		}
	}
}

func TestDifferenceOfBodies(t *testing.T) {
	if got := firstDifference("一二𠮷四", "一二𠮷三"); got != 3 {
		t.Errorf("firstDifference = %d, want 3 code points", got)
	}
	if got := firstDifference("一二", "一二三"); got != 2 {
		t.Errorf("firstDifference of a beginning = %d, want 2", got)
	}
	if got := excerpt("一二三", -5, 2) + "|" + excerpt("一二三", 2, 9) + "|" + excerpt("一二三", 7, 9); got != strings.Join([]string{"一二", "三", ""}, "|") {
		t.Errorf("excerpts = %q", got)
	}
}
