package lexicon_test

import (
	"fmt"
	"strings"
	"testing"

	"fangzhi/lexicon"
)

func TestMatchDivision(t *testing.T) {
	for _, tt := range []struct{ name, within, text, want string }{
		{"street of the county", "330106", "翠苑街道开展活动", "4 330106005 翠苑街道"},
		{"its office, longest form", "330106", "翠苑街道办事处主任", "7 330106005 翠苑街道"},
		{"short office", "330106", "翠苑办召开会议", "3 330106005 翠苑街道"},
		{"street of another county", "330106", "湖滨街道开展活动", ""},
		{"street of the city's county", "330100", "湖滨街道开展活动", "4 330102003 湖滨街道"},
		{"城关镇 without a jurisdiction", "", "城关镇举行", ""},
		{"城关镇 of the county", "410325", "城关镇举行", "3 410325100 城关镇"},
		{"one 城关镇 for each county of the province", "410000", "城关镇举行", "3 many"},
		{"district of elsewhere, both", "330106", "西湖区政府", "3 330106 西湖区, 360103 西湖区"},
		{"chain", "410000", "江西省南昌市西湖区政府", "9@6 360103 西湖区"},
		{"chain down to a town", "", "杭州市西湖区三墩镇", "9@6 330106109 三墩镇"},
		{"chain over a short name", "", "杭州西湖区调研", "5@2 330106 西湖区"},
		{"chain that stops", "", "杭州市民", "3 330100 杭州市"},
		{"bare city", "", "赴杭州调研", ""},
		{"bare city at its start", "", "杭州调研", "2 bare 330100 杭州市"},
		{"bare county is none", "330106", "西湖边", ""},
		{"bare province and city", "", "吉林调研", "2 bare 220000 吉林省, 220200 吉林市"},
		{"past name", "410100", "邙山区", "3 410108 邙山区 1987-2003"},
		{"郊区 is a word", "330106", "郊区面貌", ""},
		{"郊区 of the prefecture", "140300", "郊区面貌", "2 140311 郊区"},
		{"郊区 beside the county", "140302", "郊区面貌", "2 140311 郊区"},
		{"郊区 somewhere in the province", "140000", "郊区面貌", ""},
		{"郊区 in a chain", "", "阳泉市郊区", "5@3 140311 郊区"},
		{"zone of the prefecture", "410302", "高新区管委会", "3 410371 洛阳高新技术产业开发区"},
		{"zone of nobody knows where", "", "高新区管委会", ""},
		{"zone with its city", "", "洛阳高新区管委会", "5 410371 洛阳高新技术产业开发区"},
		{"without the people", "", "瀍河区人民政府", "3 410304 瀍河回族区"},
		{"longest wins", "", "瀍河回族区人民政府", "5 410304 瀍河回族区"},
		{"two districts of one city", "", "城东区", "3 630102 城东区"},
		{"no division", "330106", "同志们", ""},
		{"one character", "330106", "市", ""},
		{"nothing", "330106", "", ""},
		{"township as jurisdiction", "330106002", "北山街道", "4 330106002 北山街道"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, ok := lexicon.MatchDivision([]rune(tt.text), tt.within)
			if got := describe(m); got != tt.want || ok != (tt.want != "") {
				t.Errorf("MatchDivision(%q, %q) = %q, %v, want %q", tt.text, tt.within, got, ok, tt.want)
			}
		})
	}
}

// describe writes a match as length, @ and where the last name begins, bare, and the divisions or many.
func describe(m lexicon.DivisionMatch) string {
	if m.Length == 0 {
		return ""
	}
	s := fmt.Sprint(m.Length)
	if m.Last > 0 {
		s += fmt.Sprint("@", m.Last)
	}
	if m.Bare {
		s += " bare"
	}
	if len(m.Divisions) > 9 {
		return s + " many"
	}
	return s + " " + strings.Join(labels(m.Divisions), ", ")
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct {
		name, query, within string
		year                int
		want                string
	}{
		{"same county", "西湖区", "330106", 0, "330106 西湖区"},
		{"same prefecture", "西湖区", "360102", 0, "360103 西湖区"},
		{"prefecture before province", "桥西区", "130102", 0, "130104 桥西区"},
		{"same province", "西湖区", "330200", 0, "330106 西湖区"},
		{"two as far away", "西湖区", "410000", 0, ""},
		{"nothing known", "西湖区", "", 0, ""},
		{"only one", "翠苑街道", "", 0, "330106005 翠苑街道"},
		{"town of the county", "城关镇", "410325", 0, "410325100 城关镇"},
		{"many in the prefecture", "城关镇", "410000", 0, ""},
		{"as it was in the year", "邙山区", "410100", 1990, "410108 邙山区 1987-2003"},
		{"one place, two codes", "密县", "410100", 0, "410126 密县 1983-1994"},
		{"what holds the county", "浙江", "330106", 0, "330000 浙江省"},
		{"none", "云河区", "330106", 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, ok := lexicon.Nearest(lexicon.DivisionsNamed(tt.query), tt.within, tt.year)
			if got := label(d); got != tt.want || ok != (tt.want != "") {
				t.Errorf("Nearest(%s, %q, %d) = %q, %v, want %q", tt.query, tt.within, tt.year, got, ok, tt.want)
			}
		})
	}
}
