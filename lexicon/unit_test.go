package lexicon_test

import (
	"testing"

	"fangzhi/lexicon"
)

func TestMatchUnit(t *testing.T) {
	for _, tt := range []struct {
		text, word string
		class      lexicon.UnitClass
	}{
		{"个月，", "个月", lexicon.UnitTime},
		{"平方公里", "平方公里", lexicon.UnitMeasure},
		{"千瓦时", "千瓦时", lexicon.UnitMeasure},
		{"名师生", "名", lexicon.UnitPeople},
		{"人次", "人次", lexicon.UnitPeople},
		{"美元", "美元", lexicon.UnitMoney},
		{"%以上", "%", lexicon.UnitShare},
		{"乡镇", "乡镇", lexicon.UnitNoun},
		{"km", "km", lexicon.UnitMeasure},
		{"点要求", "点", lexicon.UnitContext},
		{"人民", "", ""},
		{"部门", "部门", lexicon.UnitNoun},
		{"部队", "", ""},
		{"名称", "", ""},
		{"家庭", "", ""},
		{"mp", "", ""},
		{"日", "", ""},
		{"", "", ""},
	} {
		u, n := lexicon.MatchUnit([]rune(tt.text))
		if u.Word != tt.word || u.Class != tt.class || n != len([]rune(tt.word)) {
			t.Errorf("MatchUnit(%q) = %+v, %d; want %q, %q", tt.text, u, n, tt.word, tt.class)
		}
	}
}
