package layout

import (
	"regexp"
	"strings"

	"fangzhi/edtf"
)

// labelWords are the labels of an imprint (版权页). Letters of a label may be set apart: 主 办, 电　话.
var labelWords = []string{
	"主办单位", "主办", "主管单位", "主管", "承办单位", "编辑出版", "编印单位", "编辑单位", "编纂单位", "编印", "编辑部", "编辑", "编纂", "责任编辑", "执行主编", "主编", "副主编", "编委", "编审", "顾问",
	"审核", "审定", "签发", "校对", "发放范围", "发送范围", "发送", "印发范围", "赠阅", "送阅", "主送", "报送", "抄送", "抄报", "报", "送", "发", "印发份数", "共印", "电话", "联系电话", "传真", "邮箱", "电子邮箱", "投稿邮箱", "电子信箱", "E-mail", "Email", "QQ", "邮编", "邮政编码",
	"地址", "通讯地址", "网址", "网站", "微信公众号", "公众号", "印数", "准印证号", "准印证", "印刷单位", "印刷", "印制", "出版日期", "出版时间", "出刊日期", "印刷日期", "联系人", "定价", "刊号", "内部资料准印证号", "期数", "封面题字", "摄影", "技术支持",
}

var labelPattern = func() *regexp.Regexp {
	var alternatives []string
	for _, w := range labelWords {
		alternatives = append(alternatives, strings.Join(strings.Split(w, ""), " ?"))
	}
	return regexp.MustCompile(`(?i)(?:^|[\s|])(` + strings.Join(alternatives, "|") + `) ?[：:]`)
}()

// strongLabels open an imprint by themselves; the others need company.
var strongLabels = map[string]bool{"发放范围": true, "发送范围": true, "印发范围": true, "印发份数": true, "主送": true, "编辑出版": true, "准印证号": true, "准印证": true, "内部资料准印证号": true}

// labelled is one labelled part of an imprint.
type labelled struct{ label, value string }

// readLabels returns the labelled parts of a line that begins with a label; nil for other lines.
func readLabels(text string) []labelled {
	if len(text) > 4*maxHeadingBytes || !strings.ContainsAny(text, "：:") {
		return nil
	}
	at := labelPattern.FindAllStringSubmatchIndex(text, -1)
	if len(at) == 0 || at[0][0] != 0 || at[0][2] != 0 {
		return nil
	}
	var parts []labelled
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		parts = append(parts, labelled{pack(text[m[2]:m[3]]), strings.TrimSpace(text[m[1]:end])})
	}
	return parts
}

// imprintStart returns the first line of the imprint in lines from on, len(lines) where there is none. Nothing may
// follow an imprint but itself: after a title it is text of its article.
func imprintStart(lines []line, from int, isTitle func(i int) bool) int {
	labels, start := 0, len(lines)
	strong := false
	for i := len(lines) - 1; i >= from; i-- {
		l := &lines[i]
		if isTitle(i) {
			break
		}
		if parts := readLabels(l.text); parts != nil {
			labels += len(parts)
			strong = strong || strongLabels[parts[0].label]
			start = i
			continue
		}
		if isNotice(pack(l.text)) {
			strong, start = true, i
			continue
		}
		if startsWithDate(l.text) && l.isProse() {
			break
		}
	}
	if !strong && labels < 2 {
		return len(lines)
	}
	return start
}

// readImprint takes publisher, host and day of issue from an imprint.
func (is *Issue) readImprint(lines []line) {
	last := ""
	for i := range lines {
		parts := readLabels(lines[i].text)
		for _, p := range parts {
			last = p.label
			switch p.label {
			case "主办", "主办单位":
				is.Host = join(is.Host, p.value)
			case "编辑出版", "编印单位", "编辑单位", "编纂单位", "编印", "编纂":
				is.Publisher = join(is.Publisher, p.value)
			case "编辑":
				if officeWord.MatchString(p.value) {
					is.Publisher = join(is.Publisher, p.value)
				}
			case "出版日期", "出版时间", "出刊日期", "印刷日期":
				if is.Published == edtf.Day(0) {
					is.Published, _ = readDay(pack(p.value))
				}
			}
		}
		// The value of a label may stand on the next line.
		if parts == nil && !lines[i].long && officeWord.MatchString(pack(lines[i].text)) {
			switch {
			case strings.HasPrefix(last, "主办") && is.Host == "":
				is.Host = pack(lines[i].text)
			case last == "编辑出版" && is.Publisher == "":
				is.Publisher = pack(lines[i].text)
			}
		}
	}
}

// join adds a value to those that stand before it.
func join(values, value string) string {
	value = oneSpace(value)
	switch {
	case values == "":
		return value
	case value == "" || value == values:
		return values
	}
	return values + "、" + value
}
