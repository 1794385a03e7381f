package layout_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAnnalsHeading sets one line between years that are known and asks what stands over the entry below it.
func TestAnnalsHeading(t *testing.T) {
	for _, tt := range []struct{ name, line, want string }{
		{"era with the common year in brackets", "万历七年（1579）", "明\n万历七年（1579）"},
		{"dynasty before the era, ASCII brackets", "明万历七年(公元1579年)", "明\n明万历七年（公元1579年）"},
		{"the common year behind a space", "嘉靖三十四年 1556年", "明\n嘉靖三十四年 1556年"},
		{"cyclic year", "崇祯十七年甲申（1644）", "明\n崇祯十七年甲申（1644）"},
		{"only the cyclic year", "万历己卯", "明\n万历己卯"},
		{"a look-alike that is a cyclic year", "嘉靖已亥（1539）", "明\n嘉靖已亥（1539）"},
		{"traditional", "萬曆七年", "明\n萬曆七年"},
		{"republic in digits", "民国27年（1938）", "明\n民国27年（1938）"},
		{"republic in Chinese", "民国廿七年", "明\n民国廿七年"},
		{"digits", "1958年", "明\n1958年"},
		{"Chinese digits, the letter O for zero", "一九六O年", "明\n一九六O年"},
		{"square brackets", "［1958年］", "明\n1958年"},
		{"black brackets", "【1958年】", "明\n1958年"},
		{"bold", "**1958年**", "明\n1958年"},
		{"Markdown", "### 1958年", "明\n1958年"},
		{"spaces inside", "1 9 5 8 年", "明\n1 9 5 8 年"},
		{"colon behind", "1958年：", "明\n1958年"},
		{"common year first", "1938年（民国二十七年）", "明\n1938年（民国二十七年）"},
		{"before the common era", "公元前221年", "明\n公元前221年"},
		{"span of years", "1946—1948年", "明\n1946—1948年"},
		{"span with two signs", "1946年至1948年", "明\n1946年至1948年"},
		{"years of an era", "嘉庆年间", "明\n嘉庆年间"},
		{"end of an era", "宣统末年", "明\n宣统末年"},
		{"span of era years", "康熙元年至三年（1662—1664）", "明\n康熙元年至三年（1662—1664）"},
		{"decade", "20世纪50年代", "明\n20世纪50年代"},
		{"year and month", "1958年7月", "明\n1958年\n7月"},
		{"month", "十月", "明\n洪武元年（1368）\n十月"},
		{"intercalary month", "閏三月", "明\n洪武元年（1368）\n閏三月"},
		{"season and month", "秋八月", "明\n洪武元年（1368）\n秋八月"},
		{"month and day", "三月初九日", "明\n洪武元年（1368）\n三月初九日"},
		{"season", "春", "明\n洪武元年（1368）\n春"},
		{"end of the year", "年底", "明\n洪武元年（1368）\n年底"},
		{"the same year", "是岁", "明\n洪武元年（1368）\n是岁"},
		{"a year of the era", "二十二年", "明\n洪武元年（1368）\n二十二年"},
		{"a year of the era with the common one", "三年（1370）", "明\n洪武元年（1368）\n三年（1370）"},
		{"the year after", "次年", "明\n洪武元年（1368）\n次年"},
		{"three years later", "越三年", "明\n洪武元年（1368）\n越三年"},
		{"dynasty", "清", "清"},
		{"numbered dynasty", "第二节 清代", "清代"},
		{"dynasty with its years", "清（1644—1911）", "清（1644—1911）"},
		{"republic", "中华民国时期", "中华民国时期"},
		{"an era that is none", "明隆道六年", "明\n明隆道六年"},
		{"impossible month", "十三月", "明\n洪武元年（1368）"},
		{"a count", "三年困难", "明\n洪武元年（1368）"},
		{"a place that is named like an era", "庆元县", "明\n洪武元年（1368）"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			issues := mustReadAs(t, "annals", "云河县志·大事记\n明\n洪武元年（1368）\n立县。\n"+tt.line+"\n知县到任。\n宣统三年（1911）\n光复。\n")
			articles := issues[0].Articles
			got := ""
			for _, a := range articles {
				if strings.HasSuffix(a.Body, "知县到任。") {
					got = a.Heading
				}
			}
			if got != tt.want {
				t.Errorf("heading below %q = %q, want %q\n%+v", tt.line, got, tt.want, articles)
			}
		})
	}
}

// TestAnnalsGlued sets words that say when at the beginning of an entry: they stay in its body, and what comes after hangs on
// them.
func TestAnnalsGlued(t *testing.T) {
	type entry struct {
		Heading string
		Carried bool
		Body    string
	}
	for _, tt := range []struct {
		name, text string
		want       []entry
	}{
		{"a year lends itself to the next entry", "万历七年（1579）  大旱。\n十月  大雪。\n", []entry{
			{"", false, "万历七年（1579） 大旱。"}, {"万历七年（1579）", true, "十月 大雪。"}}},
		{"years of the era count on its first words", "顺治三年，设驿。\n七年，建塔。\n八年，塔圮。\n", []entry{
			{"", false, "顺治三年，设驿。"}, {"顺治三年", true, "七年，建塔。"}, {"顺治三年", true, "八年，塔圮。"}}},
		{"the same year lies in the year at hand", "顺治三年，设驿。\n七年，建塔。\n是年，大有年。\n", []entry{
			{"", false, "顺治三年，设驿。"}, {"顺治三年", true, "七年，建塔。"}, {"顺治三年\n七年", true, "是年，大有年。"}}},
		{"a marker hangs on the day", "1958年\n7月3日  开工。\n△ 竣工。\n同日，剪彩。\n", []entry{
			{"1958年", false, "7月3日 开工。"}, {"1958年\n7月3日", true, "竣工。"}, {"1958年\n7月3日", true, "同日，剪彩。"}}},
		{"a day hangs on the month", "1958年\n7月3日  开工。\n15日，竣工。\n同月，剪彩。\n", []entry{
			{"1958年", false, "7月3日 开工。"}, {"1958年\n7月", true, "15日，竣工。"}, {"1958年\n7月", true, "同月，剪彩。"}}},
		{"markers before every entry mean nothing", "1958年\n△ 开工。\n△ 竣工。\n1959年\n△ 剪彩。\n", []entry{
			{"1958年", false, "开工。"}, {"1958年", false, "竣工。"}, {"1959年", false, "剪彩。"}}},
		{"paragraphs of a year are entries", "1958年\n开工。\n竣工。\n1959年\n剪彩。\n", []entry{
			{"1958年", false, "开工。"}, {"1958年", false, "竣工。"}, {"1959年", false, "剪彩。"}}},
		{"where all entries are dated a paragraph goes on", "1958年\n7月3日，开会。\n会议选举县长。\n8月，开工。\n1959年\n3月，竣工。\n5月，剪彩。\n", []entry{
			{"1958年", false, "7月3日，开会。\n会议选举县长。"}, {"1958年", false, "8月，开工。"}, {"1959年", false, "3月，竣工。"}, {"1959年", false, "5月，剪彩。"}}},
		{"several years in one sentence stay together", "正德四年（1509）旱；五年及十六年春夏旱。\n嘉靖元年，水。\n", []entry{
			{"", false, "正德四年（1509）旱；五年及十六年春夏旱。"}, {"", false, "嘉靖元年，水。"}}},
		{"sentences of other years of an era are entries", "顺治九年大水。十年，蝗。康熙元年，饥。\n", []entry{
			{"", false, "顺治九年大水。"}, {"顺治九年", true, "十年，蝗。"}, {"", false, "康熙元年，饥。"}}},
		{"years of the common era in one paragraph are one matter", "1954年，建场。1958年9月，改名。\n1960年，撤场。\n民国三年，旱。\n", []entry{
			{"", false, "1954年，建场。1958年9月，改名。"}, {"", false, "1960年，撤场。"}, {"", false, "民国三年，旱。"}}},
		{"a title in brackets", "1949年\n【县城解放】4月28日，县城解放。\n1950年\n【土改】全县土改。\n洪武元年\n立县。\n", []entry{
			{"1949年", false, "4月28日，县城解放。"}, {"1950年", false, "全县土改。"}, {"洪武元年", false, "立县。"}}},
		{"a source belongs to its entry", "1949年\n县城解放。\n资料来源：清乾隆《云河县志》卷十\n（见《县志》）\n洪武元年\n立县。\n", []entry{
			{"1949年", false, "县城解放。\n资料来源：清乾隆《云河县志》卷十\n（见《县志》）"}, {"洪武元年", false, "立县。"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			issues := mustReadAs(t, "annals", "云河县志·大事记\n"+tt.text)
			var got []entry
			for _, a := range issues[0].Articles {
				got = append(got, entry{a.Heading, a.Carried, a.Body})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("entries of %q mismatch (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}
