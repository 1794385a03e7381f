package layout

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fangzhi/edtf"
)

// The line below a title on the page of a government or a paper: 发布时间：2021-03-05 来源：云河区融媒体中心 浏览次数：12.

// info is what such a line says.
type info struct {
	published edtf.Day
	// issued is the day on which a document was signed (成文日期).
	issued edtf.Day
	// source is who the text is from, site the site that it stands on, by who wrote it, number a document's number.
	source, site, by, number string
	// labelled: it has labels, not a bare day.
	labelled bool
	// words are those of its parts that stay the same from visit to visit: no counts.
	words []string
}

// infoLabel is what a labelled part says.
type infoLabel int

const (
	labelNothing infoLabel = iota
	labelPublished
	labelIssued
	labelSource
	labelBy
	labelNumber
)

// infoLabels are the labels of such lines, by what they say. By hand from government sites.
var infoLabels = map[infoLabel]string{
	labelPublished: "发布时间 发布日期 发表时间 发表日期 发稿时间 更新时间 更新日期 公开时间 公开日期 发文时间 发文日期 上传时间 添加时间 时间 日期",
	labelIssued:    "成文日期 成文时间 印发日期 印发时间 生成日期 签发日期",
	labelSource:    "来源 信息来源 文章来源 稿件来源 稿源 新闻来源 出处 发布机构 发布单位 发布部门 发文机关 发文单位 发文机构 公开机构 信息提供 供稿单位",
	labelBy:        "作者 记者 通讯员 撰稿 撰稿人 供稿 供稿人 文字 文 图 图/文 文/图 图文 摄影 摄影报道",
	labelNumber:    "文号 发文字号 文件编号 发文号",
	labelNothing: "浏览次数 浏览量 浏览 浏览数 点击 点击数 点击量 点击率 点击次数 阅读 阅读量 阅读次数 阅读数 访问次数 访问量 人气 字号 字体 打印 分享 分享到 责任编辑 责编 编辑 审核 校对 初审 复审 终审 录入 " +
		"索引号 信息索引号 主题分类 信息分类 主题词 体裁分类 有效性 公开方式 公开范围 关键词 内容分类 信息名称 名称 标题 状态 组配分类 服务对象 栏目 所属栏目 生效日期 废止日期",
}

// gluedLabels are labels that are known by themselves, also where no space stands before them.
const gluedLabels = " 发布时间 发布日期 信息来源 文章来源 稿件来源 来源 成文日期 发文字号 浏览次数 浏览量 点击数 点击量 点击次数 点击率 阅读次数 阅读量 访问次数 责任编辑 字体 字号 作者 "

var infoLabelOf = func() map[string]infoLabel {
	m := map[string]infoLabel{}
	for what, labels := range infoLabels {
		for w := range strings.FieldsSeq(labels) {
			m[w] = what
		}
	}
	return m
}()

// infoPart is where a label stands in a line, and where its value begins.
type infoPart struct{ from, to, value int }

// infoParts finds the labels of a line, each before a colon.
func infoParts(text string) []infoPart {
	var out []infoPart
	floor := 0
	for i, r := range text {
		if r != '：' && r != ':' {
			continue
		}
		if p, ok := labelBefore(text, floor, i); ok {
			p.value = i + utf8.RuneLen(r)
			out = append(out, p)
			floor = p.value
		}
	}
	return out
}

// labelBefore finds the longest label that ends at i.
func labelBefore(text string, floor, i int) (p infoPart, ok bool) {
	const longest = 6 // runes
	end := len(strings.TrimSuffix(text[:i], " "))
	k := end
	for n := 0; n < longest && k > floor; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:k])
		k -= size
		label := text[k:end]
		if _, known := infoLabelOf[label]; !known {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[:k])
		if k == floor || isDigit(before) || strings.ContainsRune(" |【[（(/", before) || strings.Contains(gluedLabels, " "+label+" ") {
			p, ok = infoPart{from: k, to: end}, true
		}
	}
	return p, ok
}

// maxInfoRunes is longer than such lines are.
const maxInfoRunes = 160

var (
	infoDay         = regexp.MustCompile(`^(` + digit + `{4}) ?[年./-] ?(\d{1,2}|[一二三四五六七八九十]{1,3}) ?[月./-] ?(\d{1,2}|[一二三四五六七八九十廿卅]{1,3}) ?日?`)
	infoDayAnywhere = regexp.MustCompile(digit + `{4} ?年 ?` + numeral + ` ?月 ?` + numeral + ` ?日`)
	infoClock       = regexp.MustCompile(`^[ T]*(?:(?:星期|周)[一二三四五六日天])? ?(?:[上下]午|晚上|凌晨)? ?(?:\d{1,2}[:：时点]\d{0,2}(?:[:：分]\d{0,2})?(?:\.\d+)?秒?)?`)
	siteWord        = regexp.MustCompile(`(?:网|网站|门户|人民政府|发布|日报|晚报|早报|时报|都市报|报|融媒体中心|融媒|电视台|广播电视台|融媒体|公众号|客户端|新闻社|通讯社|新华社|政务)$`)
	noSource        = regexp.MustCompile(`^(?:本站|本网|本站原创|原创|网络|互联网|未知|转载|其他|无|admin)$`)
)

// readInfoDay reads a day and the clock behind it at the start of a text.
func readInfoDay(s string) (day edtf.Day, rest string) {
	s = strings.TrimLeft(s, " 【[（(")
	m := infoDay.FindStringSubmatch(s)
	if m == nil {
		return 0, s
	}
	day, ok := edtf.NewDay(readNumber(m[1]), readNumber(m[2]), readNumber(m[3]))
	if !ok {
		return 0, s
	}
	rest = s[len(m[0]):]
	rest = rest[len(infoClock.FindString(rest)):]
	return day, strings.Trim(rest, " 】]）)|/")
}

// hasDigit tells whether one of 0 to 9 stands in s.
func hasDigit(s string) bool {
	for i := range len(s) {
		if isDigit(rune(s[i])) {
			return true
		}
	}
	return false
}

// readInfo reads a line that consists of such parts and nothing else.
func readInfo(l *line) (in info, ok bool) {
	if l.long || l.runes > maxInfoRunes || strings.Contains(l.text, "。") || !hasDigit(l.text) && strings.IndexByte(l.text, ':') < 0 && !strings.Contains(l.text, "：") {
		return in, false
	}
	text := strings.Trim(l.text, "| ")
	if l.isTableRow() { // 文号 and 成文日期 stand in a table above a document
		if text, ok = infoRow(text); !ok {
			return in, false
		}
	}
	at := infoParts(text)
	if len(at) == 0 {
		return in, in.bare(text)
	}
	if lead := strings.Trim(text[:at[0].from], "【[（( |/"); lead != "" && !in.bare(lead) {
		return in, false
	}
	in.labelled = true
	for i, p := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1].from
		}
		if !in.take(text[p.from:p.to], strings.Trim(text[p.value:end], " 【】[]（）()|/；，")) {
			return info{}, false
		}
	}
	return in, true
}

// take takes over a labelled part. false where the value is none of its label: then the line is running text.
func (in *info) take(label, value string) bool {
	if strings.ContainsAny(value, "。") {
		return false
	}
	what := infoLabelOf[label]
	switch what {
	case labelPublished, labelIssued:
		day, rest := readInfoDay(value)
		if day == 0 {
			return value == "" && utf8.RuneCountInString(label) == 4
		}
		if rest != "" && !in.bareName(rest) {
			return false
		}
		if what == labelIssued {
			in.issued = day
		} else if in.published == 0 {
			in.published = day
		}
	case labelSource:
		if day, _ := readInfoDay(value); day == 0 && !noSource.MatchString(value) && in.source == "" {
			in.source = oneSpace(value)
		}
	case labelBy:
		if value != "" {
			in.by = joinWords(in.by, oneSpace(label+" "+value))
		}
	case labelNumber:
		in.number = pack(value)
	case labelNothing:
		return true
	}
	in.words = append(in.words, label+"："+value)
	return true
}

// bareName reads what stands unlabelled beside a day: the name of a site or a paper.
func (in *info) bareName(s string) bool {
	for name := range strings.FieldsSeq(s) {
		if !siteWord.MatchString(name) || utf8.RuneCountInString(name) > 25 || strings.ContainsAny(name, "，。：") {
			return false
		}
		if in.site == "" {
			in.site = name
		}
	}
	return true
}

// bare reads a day without a label, alone or beside the name of a site: 2021年3月5日 云河区人民政府网.
func (in *info) bare(text string) bool {
	if len(text) > 160 {
		return false
	}
	day, rest := readInfoDay(text)
	if day == 0 {
		i := strings.IndexAny(text, " 0123456789")
		if i <= 0 {
			return false
		}
		if day, rest = readInfoDay(text[i:]); day == 0 || rest != "" {
			return false
		}
		rest = strings.TrimSpace(text[:i])
	}
	if !in.bareName(rest) {
		*in = info{}
		return false
	}
	in.published = day
	in.words = append(in.words, text)
	return true
}

// infoRow turns the cells of a row, label beside value, into labelled parts. false for any other row.
func infoRow(text string) (string, bool) {
	cells := strings.Split(text, "|")
	var b strings.Builder
	for i := 0; i < len(cells); i++ {
		label := strings.Trim(pack(cells[i]), "：:")
		if label == "" {
			continue
		}
		_, whole := infoLabelOf[label]
		if !whole {
			if len(infoParts(cells[i])) > 0 { // label and value in one cell
				b.WriteString(" " + strings.TrimSpace(cells[i]))
				continue
			}
			return "", false
		}
		value := ""
		if i+1 < len(cells) {
			value = strings.TrimSpace(cells[i+1])
			i++
		}
		b.WriteString(" " + label + "：" + value)
	}
	return strings.TrimSpace(b.String()), b.Len() > 0
}
