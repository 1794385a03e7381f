package lexicon_test

import (
	"testing"

	"fangzhi/lexicon"
)

func TestTransliterates(t *testing.T) {
	for _, name := range []string{"苏日勒和克", "哈斯巴根", "阿不都热依木", "白玛次仁", "沙马拉毅", "额尔敦达来", "乌云其木格"} {
		for _, r := range name {
			if !lexicon.Transliterates(r) {
				t.Errorf("Transliterates(%q) = false; %s is written with it", r, name)
			}
		}
	}
	for _, r := range "主持讲会县长局同志" {
		if lexicon.Transliterates(r) {
			t.Errorf("Transliterates(%q) = true", r)
		}
	}
}

func TestYiSurname(t *testing.T) {
	for s, want := range map[string]bool{"沙马拉毅": true, "吉克木呷": true, "沙": false, "": false, "沈知秋": false} {
		if got := lexicon.YiSurname([]rune(s)); got != want {
			t.Errorf("YiSurname(%q) = %v, want %v", s, got, want)
		}
	}
}

// A rare surname is one that the packed table lacks.
func TestRareSurname(t *testing.T) {
	for _, r := range "庆冒奉撒" {
		if !lexicon.RareSurname(r) || lexicon.IsSurname(string(r)) {
			t.Errorf("RareSurname(%q) = %v, IsSurname %v; want true, false", r, lexicon.RareSurname(r), lexicon.IsSurname(string(r)))
		}
	}
	if lexicon.RareSurname('的') || lexicon.RareSurname('张') {
		t.Error("的 and 张 are no rare surnames")
	}
}
