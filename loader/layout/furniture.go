package layout

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"fangzhi/fold"
)

// Page furniture: what stands on a page and belongs to no article.
var (
	pageNumber  = regexp.MustCompile(`^(?:[-—–~～·•.\s(（]*(?:第|[Pp](?:age)?\.?)? ?\d{1,4} ?页?[-—–~～·•.\s)）]*(?:共 ?\d+ ?页|/ ?\d+)?[)）]?|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[-—–] ?[IVX]+ ?[-—–])$`)
	runningPage = regexp.MustCompile(`^[·•—–-] ?\d{1,4} ?[·•—–-]|[·•—–-] ?\d{1,4} ?[·•—–-]$|^Page \d+|^第 ?\d+ ?页`)
	caption     = regexp.MustCompile(`摄[)）]$|^图片\d*\.(?:png|jpe?g|gif)$|^!\[|^<!--|^<img|^当前位置|^\[?打印\]?$|^[(（]?责任编辑[：:]|^发布时间[：:]`)
	tableRule   = regexp.MustCompile(`^[|:\s-]+$`)
)

// isPageFurniture tells whether a line is a page number or another thing that pages alone have, whatever is printed on them.
func isPageFurniture(l *line) bool {
	return !l.long && (strings.Trim(l.text, "-=*_—~.·#+ ") == "" || l.runes <= 25 && pageNumber.MatchString(l.text) || l.runes <= 60 && strings.ContainsAny(l.text, "摄.!<") && caption.MatchString(l.text))
}

// Web furniture: what the pages of governments set around a text, genre.md §1.1. A line is furniture if it is one of
// webWords, or several of them, begins with one of webOpenings, or holds one of webMarks. Collected by hand from the
// wording that the national standard for government sites (GB/T 23269 and the 2017 development guide of the State
// Council's office) asks for and that site software prints.
var (
	webWords = strings.Fields("打印 打印本页 关闭 关闭窗口 关闭本页 分享 分享到 收藏 收藏本页 返回 返回顶部 返回首页 返回列表 回到顶部 首页 网站首页 纠错 我要纠错 字体 字号 大 中 小 默认 超大 " +
		"微信 微博 新浪微博 腾讯微博 空间 二维码 无障碍 无障碍阅读 长者模式 长者版 关怀版 适老化 繁体 简体 繁體 登录 注册 搜索 站内搜索 高级搜索 网站地图 联系我们 关于我们 加入收藏 设为首页 正文 手机版 " +
		"听全文 语音播报 下载 附件下载 扫一扫 更多 点赞 在看 赞 原创 评论 QQ QQ空间 English | >> > 》 « » [ ] 【 】 A A+ A- + -")
	webOpenings = strings.Fields("当前位置 您的位置 您现在的位置 您当前的位置 所在位置 现在位置 你的位置 你现在的位置 上一篇 下一篇 上一条 下一条 上一页 下一页 相关链接 相关附件 分享到 分享至 分享： 字体： 字号： 【字体 【字号 [字体 " +
		"[字号 （字体 【打印 [打印 【关闭 [关闭 【大 扫一扫 扫码 用手机扫 微信扫 浏览次数 浏览量 点击数 点击量 访问量 访问次数 阅读次数 阅读量 责任编辑 责编 编辑： 审核： 初审： 复审： 终审： 一审 二审 三审 校对： 录入： 打印本页 " +
		"网站标识码 版权所有 Copyright copyright ©  技术支持： 建议使用 您是第 本站访问量 违法和不良信息举报 免责声明 （责任编辑 （责编 [责任编辑 【责任编辑 【编辑 （编辑 监制： 总监制： 阅读原文 点击蓝字 点击上方 点击关注 长按 喜欢作者 收录于 轻触阅读原文 预览时标签 （此件公开 （此件主动公开 （此件依申请公开 （此件不公开 此件公开发布")
	webMarks = strings.Fields("ICP备 公网安备 网站标识码 All Rights Reserved 版权所有 建议使用1024 建议分辨率 最佳分辨率 IE浏览器")
)

// webWord holds webWords.
var webWord = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range webWords {
		m[w] = true
	}
	return m
}()

// isWebFurniture tells whether a line is what a web page sets around its text: 当前位置：首页 > 政务要闻, 【打印】【关闭】,
// 上一篇：…, 网站标识码：….
func isWebFurniture(l *line) bool {
	const longest = 120 // runes; a footer may stand in one line
	if l.long || l.runes > longest {
		return false
	}
	text := strings.TrimLeft(l.text, "·•>-—|* ")
	if trail, ok := strings.CutPrefix(strings.TrimPrefix(text, "网站"), "首页"); ok && strings.IndexAny(strings.TrimLeft(trail, " "), ">»›→/-") == 0 {
		return true
	}
	for _, w := range webOpenings {
		if strings.HasPrefix(text, w) {
			return l.runes <= 60 || !strings.Contains(text, "。")
		}
	}
	for _, w := range webMarks {
		if strings.Contains(text, w) {
			return true
		}
	}
	if l.runes > 40 {
		return false
	}
	n := 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("【】[]（）()|｜/：:>", r) }) {
		if !webWord[w] {
			return false
		}
		n++
	}
	return n > 0
}

// furniture marks the lines from on that are page furniture. A line that stands three times on its own is a running
// head where it is the title or the number of the publication, or where it cuts a sentence at least once: titles may
// be equal too, but they never stand in the middle of one. keep tells which lines are known to be something else.
func furniture(lines []line, from int, m *masthead, keep func(i int) bool) []bool {
	drop := make([]bool, len(lines))
	seen := map[string][]int{}
	for i := from; i < len(lines); i++ {
		l := &lines[i]
		if l.long || keep(i) {
			continue
		}
		switch {
		case l.runes <= 25 && pageNumber.MatchString(l.text), l.isTableRow() && tableRule.MatchString(l.text),
			l.runes <= 60 && strings.ContainsAny(l.text, "摄.!<当打责发") && caption.MatchString(l.text),
			l.runes <= 25 && strings.ContainsAny(l.text, "0123456789") && runningPage.MatchString(l.text) && !strings.ContainsAny(l.text, "，。；"),
			m.repeats(l.text):
			drop[i] = true
		case l.runes <= 30 && !strings.ContainsAny(l.text, "。；"):
			seen[withoutPage(l.text)] = append(seen[withoutPage(l.text)], i)
		}
	}
	above := make([]int, len(lines)) // the nearest line above that is kept so far, -1 for none
	last := -1
	for i := range lines {
		above[i] = last
		if !drop[i] {
			last = i
		}
	}
	for _, at := range seen {
		if len(at) >= 3 && slices.ContainsFunc(at, func(i int) bool {
			return above[i] >= from && !lines[above[i]].mayHead() && unfinished(tail(lines[above[i]].text))
		}) {
			for _, i := range at {
				drop[i] = true
			}
		}
	}
	return drop
}

// withoutPage returns a line folded, without the number that may stand at either end of it.
func withoutPage(s string) string {
	return strings.TrimFunc(fold.String(s), func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
	})
}

// repeats tells whether a line is the publication's title with or without number and page, as running heads have it.
func (m *masthead) repeats(text string) bool {
	packed := pack(text)
	rest, ok := strings.CutPrefix(packed, m.title)
	if !ok {
		if rest, ok = strings.CutSuffix(packed, m.title); !ok {
			n, ok := readIssueNumber(packed)
			return ok && n.year != 0 && n.year == m.number.year && n.month == m.number.month
		}
	}
	rest = strings.TrimFunc(rest, func(r rune) bool {
		return unicode.IsDigit(r) && len(rest) <= 4 || unicode.IsPunct(r) || unicode.IsSymbol(r)
	})
	if rest == "" || pageNumber.MatchString(rest) {
		return true
	}
	_, ok = readIssueNumber(strings.TrimRight(rest, "0123456789·—-"))
	if !ok {
		_, ok = readIssueNumber(rest)
	}
	return ok
}
