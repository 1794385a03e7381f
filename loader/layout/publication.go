package layout

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	// titlePeriod is the time that a title says its volume or issue is of, with the brackets around it.
	titlePeriod = regexp.MustCompile(`[（(〔\[]?(?:` + digit + `{4}年?(?:度)?(?:` + numeral + `月)?` + dash + `)?` + digit + `{4}年(?:度|份)?(?:` + numeral + `(?:月?` + dash + numeral + `)?月(?:份)?|[上下]半年|第?[一二三四]季度)?[）)〕\]]?`)
	// titleYear is one without 年: （2021）, （1986—2005）, and behind the title of a yearbook 2021 or ·2021.
	titleYear = regexp.MustCompile(`[（(〔\[](?:\d{4}` + dash + `)?\d{4}[）)〕\]]|(年鉴)[·.-]?\d{4}$`)
)

// publicationTitle returns the title of a publication without the year of the volume or issue that bears it: 云河区大事记 of
// 云河区2021年大事记 and 2021年云河区大事记, 云河年鉴 of 云河年鉴（2021）. Years stand in Issue.Label.
func publicationTitle(s string) string {
	if !strings.ContainsAny(s, "0123456789年") {
		return s
	}
	title := titleYear.ReplaceAllString(titlePeriod.ReplaceAllString(s, ""), "$1")
	if title = strings.Trim(title, "·-—、 "); utf8.RuneCountInString(title) < 3 || strings.HasPrefix(title, "的") {
		return s
	}
	return title
}

// bareYears are years without 年, in brackets or not.
var bareYears = regexp.MustCompile(`^[（(〔\[]?(\d{4})(?:` + dash + `(\d{4}))?年?[）)〕\]]?$`)

// yearLabel writes a label that is nothing but years as all labels have them: 2021年, 1986—2005年.
func yearLabel(s string) string {
	m := bareYears.FindStringSubmatch(s)
	switch {
	case m == nil:
		return s
	case m[2] != "":
		return m[1] + "—" + m[2] + "年"
	}
	return m[1] + "年"
}
