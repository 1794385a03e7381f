package lexicon_test

import (
	"testing"

	"fangzhi/lexicon"
)

func TestSurname(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int
	}{
		{"沈知秋", 1},
		{"沈", 1},
		{"欧阳澈", 2},
		{"欧阳若兰", 2},
		{"欧阳", 1}, // 欧 with the given name 阳
		{"上官", 0}, // 上 is no surname
		{"上官文清", 2},
		{"司徒", 1},
		{"肖立", 1}, // lacking in friso
		{"金钟哲", 1},
		{"庹大山", 1}, // by hand
		{"候选人", 0}, // 候 is 侯 misspelt
		{"的", 0},
		{"", 0},
		{"A", 0},
	} {
		if got := lexicon.Surname([]rune(tt.text)); got != tt.want {
			t.Errorf("Surname(%q) = %d, want %d", tt.text, got, tt.want)
		}
	}
	for s, want := range map[string]bool{"欧阳": true, "沈": true, "沈知": false, "": false, "的": false} {
		if got := lexicon.IsSurname(s); got != want {
			t.Errorf("IsSurname(%q) = %v", s, got)
		}
	}
	for s, want := range map[string]bool{"欧阳澈": true, "欧阳": true, "欧": false, "沈知秋": false, "": false} {
		if got := lexicon.CompoundSurname([]rune(s)); got != want {
			t.Errorf("CompoundSurname(%q) = %v", s, got)
		}
	}
}

// TestNameScoreTellsNamesFromWords has the hard negatives of genre.md §3.3 and invented names.
func TestNameScoreTellsNamesFromWords(t *testing.T) {
	for _, name := range []string{"沈知秋", "陈玉林", "李国强", "王建军", "赵敏", "刘志远", "孙晓梅", "周文博", "吴淑芳", "何俊", "欧阳建国"} {
		if s, ok := lexicon.NameScore([]rune(name)); !ok || s < lexicon.NameScoreLikely {
			t.Errorf("NameScore(%s) = %.1f, %v, want at least %.1f", name, s, ok, lexicon.NameScoreLikely)
		}
	}
	for _, text := range []string{
		"高度重", "全面统", "和谐稳", "常务副", "于十九", "关于印", "明确要", "成立了", "常委会", "安全生", "管理局", "方案制", "和区委", "应急管",
		"项目建", "从严治", "于推进", "向社会", "计划", "全面", "关于", "高度",
	} {
		if s, ok := lexicon.NameScore([]rune(text)); !ok || s >= lexicon.NameScoreLikely {
			t.Errorf("NameScore(%s) = %.1f, %v, want less than %.1f", text, s, ok, lexicon.NameScoreLikely)
		}
	}
	for _, text := range []string{"", "沈", "的确是", "沈知秋在", "欧阳"[:3], "欧阳若兰在"} {
		if s, ok := lexicon.NameScore([]rune(text)); ok {
			t.Errorf("NameScore(%q) = %.1f, want no score", text, s)
		}
	}
}

func TestNameLikeWord(t *testing.T) {
	for _, word := range []string{"高度", "和谐", "康复", "石楠", "周密", "常务", "关于", "文明", "常委会", "宣传部", "和平共处", "高度重视", "阿拉伯语",
		"丁亥", "龙齿", "丁二酸", "龙骨车", "丁一卯二", "龙鬼蛇神", // first and last of each length
	} {
		if !lexicon.NameLikeWord(word) {
			t.Errorf("NameLikeWord(%s) = false", word)
		}
	}
	for _, s := range []string{"", "高", "高度重", "沈知秋", "李国强", "王建军", "陈毅", "杜甫", "的确", "abc", "高度重视民生", "abcdef"} {
		if lexicon.NameLikeWord(s) {
			t.Errorf("NameLikeWord(%q) = true", s)
		}
	}
	for _, tt := range []struct {
		text string
		want int
	}{
		{"高度重视民生", 4}, {"和谐稳定", 2}, {"常委会议", 3}, {"沈知秋主持", 0}, {"高", 0}, {"", 0},
	} {
		if got := lexicon.NameLikePrefix([]rune(tt.text)); got != tt.want {
			t.Errorf("NameLikePrefix(%s) = %d, want %d", tt.text, got, tt.want)
		}
	}
}
