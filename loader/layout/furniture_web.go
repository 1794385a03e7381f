package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Web furniture: what the pages of governments and papers set around a text, whatever dialect it is set in. genre.md §1.1.
// The words are collected by hand: those that the guide for government sites (国办发〔2017〕47号) asks for, and those of
// the software that most of them run. All must be safe in running text whose lines a page has cut anywhere.

var (
	// pageControls are controls of a page; a line that has nothing else is furniture.
	pageControls = strings.Fields("打印 打印本页 打印此页 关闭 关闭窗口 关闭本页 分享 分享到 收藏 收藏本页 返回 返回顶部 返回首页 返回列表 回到顶部 首页 网站首页 主页 纠错 我要纠错 字体 字号 字体大小 " +
		"大 中 小 默认 超大 特大 微信 微博 新浪微博 腾讯微博 QQ QQ空间 朋友圈 二维码 无障碍 无障碍阅读 无障碍浏览 长者模式 长者版 老年模式 关怀版 适老化 繁体 简体 繁體 登录 注册 搜索 站内搜索 高级搜索 " +
		"网站地图 联系我们 关于我们 网站声明 加入收藏 设为首页 正文 手机版 电脑版 听全文 语音播报 附件下载 扫一扫 点赞 在看 原创 English A A+ A- + -")
	// webOpenings open such a line: 上一篇：区委召开会议.
	webOpenings = strings.Fields("当前位置 您的位置 您现在的位置 您当前的位置 您所在的位置 所在位置 现在位置 你的位置 你现在的位置 当前所在位置 当前的位置 上一篇 下一篇 上一条 下一条 上一页 下一页 分享到 分享至 【字体 【字号 [字体 [字号 （字体 （字号 " +
		"【打印 [打印 【关闭 [关闭 【大 扫一扫 扫码关注 扫描二维码 用手机扫 微信扫 打印本页 版权所有 Copyright copyright © 建议使用IE 您是第 违法和不良信息举报 免责声明 点击蓝字 点击上方 长按识别 长按二维码 " +
		"阅读原文 收录于合集 收录于话题 轻触阅读原文 预览时标签不可点 （此件公开发布 （此件主动公开 （此件依申请公开 （此件不公开 此件公开发布")
	// webLabels do so before a colon: 浏览次数：12.
	webLabels = strings.Fields("字体 字号 浏览次数 浏览量 浏览 点击数 点击量 点击次数 点击 访问量 访问次数 阅读次数 阅读量 阅读数 阅读 网站标识码 技术支持 相关链接 相关附件 相关文档 本站访问量 备案序号 备案号 责任编辑 责编")
	// webMarks stand before a number anywhere in a footer.
	webMarks = []string{"ICP备", "ICP证", "公网安备", "网站标识码：", "建议使用", "建议分辨率", "最佳分辨率"}
	// credits name who worked on the page, at the head or foot of a single text; in a report they belong to its imprint.
	credits = strings.Fields("编辑 审核 初审 复审 终审 一审 二审 三审 一审一校 二审二校 三审三校 校对 录入 监制 总监制 值班编委 值班主任 责任编辑 责编 网络编辑 本期编辑 签发 制作 统筹 美编 信息员 审稿 审签")
)

var (
	pageControl = set(pageControls)
	webLabel    = set(webLabels)
	credit      = set(credits)
	webOpener   = byFirstRune(webOpenings)
)

// fileEnding holds the endings of files that pages offer below a text.
var fileEnding = set(strings.Fields("doc docx xls xlsx pdf wps et ofd zip rar ppt pptx jpg jpeg png gif"))

func set(words []string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[w] = true
	}
	return m
}

func byFirstRune(words []string) map[rune][]string {
	m := map[rune][]string{}
	for _, w := range words {
		m[firstRune(w)] = append(m[firstRune(w)], w)
	}
	return m
}

// isWebFurniture tells whether a line is what a web page sets around its text: 当前位置：首页 > 政务要闻, 【打印】【关闭】,
// 上一篇：…, 网站标识码：….
func isWebFurniture(l *line) bool {
	const longest = 120 // runes; a footer may stand in one line
	if l.long || l.runes > longest || strings.Contains(l.text, "。") {
		return false
	}
	text := strings.TrimLeft(l.text, "·•>-—|* ")
	if hasWebMark(text) || isTrail(text) {
		return true
	}
	if l.runes > 60 {
		return false
	}
	if i := strings.LastIndexByte(text, '.'); i > 0 && fileEnding[text[i+1:]] {
		return true
	}
	for _, w := range webOpener[firstRune(text)] {
		if strings.HasPrefix(text, w) && (l.runes <= 25 || !strings.ContainsRune("，、", lastRune(text))) {
			return true
		}
	}
	if label, ok := labelOf(text); ok && webLabel[label] {
		return true
	}
	return l.runes <= 40 && areWebWords(text)
}

// isCredit tells whether a line names who edited or passed a page: 编辑：周禾 审核：白鹤年.
func isCredit(l *line) bool {
	if l.long || l.runes > 60 || strings.ContainsAny(l.text, "，。；") {
		return false
	}
	label, ok := labelOf(strings.TrimLeft(l.text, "（(【[|丨 "))
	return ok && credit[label]
}

// labelOf returns what stands before the first colon of a text, packed; false where that is no label.
func labelOf(text string) (string, bool) {
	const longest = 6 * 4 // bytes
	head := firstBytes(text, longest)
	i := strings.IndexAny(head, "：:")
	if i <= 0 {
		return "", false
	}
	return pack(head[:i]), true
}

// hasWebMark tells whether one of webMarks stands before a number.
func hasWebMark(text string) bool {
	for _, w := range webMarks {
		if i := strings.Index(text, w); i >= 0 {
			next := strings.TrimLeft(text[i+len(w):], " （(：:第")
			if r, _ := utf8.DecodeRuneInString(next); isDigit(r) || r == 'I' {
				return true
			}
		}
	}
	return false
}

// isTrail tells whether a text is the way to a page: 首页 > 政务公开 > 政务要闻.
func isTrail(text string) bool {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(text, "网站"), "首页")
	if !ok {
		rest, ok = strings.CutPrefix(text, "主页")
	}
	return ok && strings.ContainsRune(">》»›→/-", firstRune(strings.TrimLeft(rest, " "))) || strings.Count(text, ">") >= 2
}

// areWebWords tells whether a text is pageControls alone, at least two or one of two letters: a lone 大 may be a piece of print.
func areWebWords(text string) bool {
	n, longest := 0, 0
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("【】[]（）()|｜丨/：:>》«»", r)
	}) {
		if !pageControl[w] {
			return false
		}
		n++
		longest = max(longest, utf8.RuneCountInString(w))
	}
	return n >= 2 || longest >= 2
}
