package layout_test

import "testing"

// TestPublicationTitle: a publication is called the same whatever year its volume is of; the year is in the label.
func TestPublicationTitle(t *testing.T) {
	const days = "\n\n1月\n4日　县委召开会议。\n5日　大桥通车。\n6日　大雪。\n"
	const entries = "\n\n【社区换届】　5月29日，完成社区换届。\n【大桥通车】　6月1日，大桥通车。\n【教育】　7月1日，小学竣工。\n"
	const row = "\n\n| 时间 | 事件 |\n| --- | --- |\n| 1月2日 | 大桥通车。 |\n| 1月3日 | 大雪。 |\n"
	for _, c := range []struct {
		name, text, title, label string
		year                     int
	}{
		{"year inside", "澄溪县2019年大事记" + days, "澄溪县大事记", "2019年", 2019},
		{"year first", "2021年云河区大事记" + days, "云河区大事记", "2021年", 2021},
		{"year and month first", "2021年1月云河区大事记\n\n4日　县委召开会议。\n5日　大桥通车。\n6日　大雪。\n", "云河区大事记", "2021年1月", 2021},
		{"year in Chinese numerals", "二〇二一年云河区大事记" + days, "云河区大事记", "2021年", 2021},
		{"year of a half", "云河区2021年度大事记（上半年）" + days, "云河区大事记", "2021年1—6月", 2021},
		{"year behind", "澄溪县大事记（2019年）" + days, "澄溪县大事记", "2019年", 2019},
		{"yearbook", "云河年鉴（2021）" + entries, "云河年鉴", "2021年", 2021},
		{"yearbook with the bare year behind", "云河年鉴2021" + entries, "云河年鉴", "2021年", 2021},
		{"table", "云河县2021年重大活动一览表" + row, "云河县重大活动一览表", "2021年", 2021},
		{"a number that is no year", "云河县109国道大事记（2021年）" + days, "云河县109国道大事记", "2021年", 2021},
		{"nothing but the year", "2021年大事记" + days, "大事记", "2021年", 2021},
	} {
		t.Run(c.name, func(t *testing.T) {
			is := mustRead(t, c.text)[0]
			if is.Publication != c.title || is.Label != c.label || is.Year != c.year {
				t.Errorf("got %s, %s, %d (%s), want %s, %s, %d", is.Publication, is.Label, is.Year, is.Dialect, c.title, c.label, c.year)
			}
		})
	}
}
