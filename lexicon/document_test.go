package lexicon_test

import (
	"testing"

	"fangzhi/lexicon"
)

func TestDocumentLists(t *testing.T) {
	for _, tt := range []struct {
		list lexicon.DocumentList
		text string
		ends bool // asked of its end, not of its beginning
		want int
	}{
		{lexicon.DocumentKind, "关于加强水利建设的实施意见", true, 2},
		{lexicon.DocumentKind, "致全县人民的一封信", true, 3},
		{lexicon.DocumentKind, "反间谍法", true, 1},
		{lexicon.DocumentNoKind, "孙子兵法", true, 2},
		{lexicon.DocumentKind, "云河谣", true, 0},
		{lexicon.DocumentPress, "云河日报", true, 2},
		{lexicon.DocumentBook, "云河县志", true, 2},
		{lexicon.DocumentWork, "演出了大型豫剧", true, 1},
		{lexicon.DocumentWorkBehind, "曲目，", false, 2},
		{lexicon.DocumentBookBehind, "续修工作", false, 2},
		{lexicon.DocumentCite, "县委印发", true, 2},
		{lexicon.DocumentCiteBehind, "精神", false, 2},
		{lexicon.DocumentShort, "意见", true, 2},
		{lexicon.DocumentKind, "", true, 0},
		{lexicon.DocumentWorkBehind, "", false, 0},
	} {
		got := tt.list.In([]rune(tt.text))
		if tt.ends {
			got = tt.list.Ends([]rune(tt.text))
		}
		if got != tt.want {
			t.Errorf("%s of %q: %d, want %d", tt.list, tt.text, got, tt.want)
		}
	}
}
