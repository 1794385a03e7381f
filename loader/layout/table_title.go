package layout

import (
	"regexp"
	"strings"
)

// tableTitle is what the title of a table says: 云河区2021年1—6月大事记（表）.
type tableTitle struct {
	name, label          string
	year, month, monthTo int
	// span: it names several years, of which year is the last.
	span bool
	// known: it ends as the titles of chronicles and tables do.
	known bool
}

var (
	titleLead = regexp.MustCompile(`^(?:附[件表]?[0-9一二三四五六七八九十]{0,2}[：:.．、]|附表|表[0-9一二三四五六七八九十]{1,2}(?:[-—－][0-9]{1,2})?[：:.．、 ]?)`)
	titleTail = regexp.MustCompile(`[（(](?:表|表格|一览表|续|续表|节选|摘录)[）)]$`)
	titleDate = regexp.MustCompile(`[（(]?(?:` + digit + `{4}年?` + dash + `)?(` + digit + `{4})年(?:度|份)?(?:(` + numeral + `)(?:月?` + dash + `(` + numeral + `))?月(?:份)?|[上下]半年|第?[一二三四]季度)?[）)]?`)
	tableWord = regexp.MustCompile(`(?:表|一览|纪实|编年|年表|大事|要事|活动|台账|清单|年谱|汇总)$`)
)

func readTableTitle(s string) tableTitle {
	packed := titleLead.ReplaceAllString(pack(s), "")
	t := tableTitle{known: true}
	t.name = strings.Trim(titleTail.ReplaceAllString(packed, ""), "《》*")
	if m := titleDate.FindStringSubmatchIndex(t.name); m != nil {
		whole := strings.Trim(t.name[m[0]:m[1]], "（）()")
		part := func(k int) int {
			if m[2*k] < 0 {
				return 0
			}
			return readNumber(t.name[m[2*k]:m[2*k+1]])
		}
		t.label, t.year, t.month, t.monthTo = whole, part(1), part(2), part(3)
		t.span = !strings.HasPrefix(whole, t.name[m[2]:m[3]])
		if t.month > 12 || t.monthTo > 12 {
			t.month, t.monthTo = 0, 0
		}
		t.name = t.name[:m[0]] + t.name[m[1]:]
	}
	t.known = isKnownTitle(t.name) || tableWord.MatchString(t.name) || titleTail.MatchString(packed)
	return t
}
