package layout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// partNames are the names, folded, of volumes that go year by year.
var partNames = []string{
	"大事记", "大事年表", "大事纪要", "大事纪略", "大事记略", "大事编年", "大事纪年", "大事述要", "大事辑要", "大事系年", "大事志", "大事纪", "编年大事", "编年纪事", "编年纪要", "编年志", "编年史", "纪事编年",
	"祥异", "灾异", "灾祥", "祥异志", "灾异志", "灾祥志", "祥异考", "灾异考", "祥异记", "灾异记", "星野祥异", "机祥", "机祥志", "自然灾害年表", "灾害年表", "历代灾害年表", "历代灾异", "历代大事年表",
}

// partWhole are names that only stand alone: they are too common to be known by their end.
var partWhole = []string{"大事", "编年", "纪年", "纪事", "事纪", "五行", "五行志", "兵事", "兵事志", "纪事志", "纪年志", "灾害", "通纪", "前事", "前事志"}

var partWholes = set(append(partNames, partWhole...))

// volumeNames are names, folded, of volumes that describe, where no number says that a line is a volume's heading. Standard
// division of county gazetteers, old and new.
var volumeNames = func() map[string]bool {
	set := map[string]bool{}
	for _, n := range strings.Fields(`序 序言 序一 序二 前言 凡例 目录 总目 总目录 概述 总述 综述 总论 概况 建置 建置志 建置沿革 地理 地理志 自然地理 自然环境 自然环境志 政区 人口 人口志 计划生育 农业 农业志 林业 林业志 水利 水利志 工业 工业志 乡镇企业 交通 交通志 交通邮电 邮电 邮电志 商业 商业志 供销 粮油 粮食 外贸
		财政 财政志 财政税务 财税 税务 金融 金融志 经济综述 经济管理 城乡建设 城乡建设志 环境保护 党派 党派群团 中国共产党 人民代表大会 人大 人民政府 政权 政权政协 政协 人民政协 民主党派 群众团体 社会团体 政法 政法志 公安司法 司法 民政 民政志 劳动人事 人事劳动 军事 军事志
		教育 教育志 科技 科学技术 科技志 文化 文化志 文物 卫生 卫生志 医药卫生 体育 体育志 社会 社会志 社会风土 风俗 民俗 风土 民情风俗 方言 方言志 宗教 宗教志 民族 民族志 人物 人物志 人物传 附录 附录志 丛录 杂记 杂录 杂志 艺文 艺文志 跋 后记 编后记 编后 索引 编纂始末 修志始末 参考文献
		舆地 舆地志 舆图 图考 星野 疆域 疆域志 沿革 沿革志 山川 形胜 城池 公署 学校 学校志 书院 坊表 坊巷 乡都 都里 户口 田赋 赋役 赋役志 食货 食货志 盐法 驿传 驿站 邮传 武备 武备志 兵防 兵制 兵制志 职官 职官志 秩官 官师 官师志 选举 选举志 科贡 名宦 名宦志 宦迹 乡贤 列传 人物列传 忠义 孝义 孝友 儒林 文苑 隐逸 流寓 方技 仙释 列女 列女志 烈女 封荫 祠祀 祠祀志 坛庙 寺观 古迹 古迹志 陵墓 冢墓 津梁 桥梁 水利志 堤堰 物产 物产志 土产 风俗志 艺文 金石 金石志 杂志 志余 外志 补遗 辨讹 旧序`) {
		set[n] = true
	}
	return set
}()

// volumeHead is the heading of a volume or of a part of one.
type volumeHead struct {
	level int    // 1 for 编 篇 卷 部, 2 for 章, 3 for 节, 0 where it has no number
	name  string // folded, without its number
}

const maxVolumeRunes = 40

// readVolumeHead reads a line as the heading of a volume; ok is false for other lines.
func readVolumeHead(l *line) (h volumeHead, ok bool) {
	if l.long || l.runes > maxVolumeRunes {
		return h, false
	}
	r := firstRune(l.key)
	if r == '第' || r == '卷' {
		level, n := volumeNumber(l.key)
		if n == 0 || strings.ContainsAny(l.text, "。；，") {
			return h, false
		}
		return volumeHead{level, strings.Trim(sectionKey(l.key[n:]), "之·")}, true
	}
	if l.runes > 14 || strings.ContainsAny(l.text, "0123456789") && hasPage(l.text) {
		return h, false
	}
	name := strings.TrimFunc(l.key, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if (volumeNames[name] || isPartName(name)) && readTimeHead(l.text, anywhere).level == noTime {
		return volumeHead{0, name}, true
	}
	return h, false
}

// hasPage tells whether a short line begins or ends with the number of a page, as running heads do: 大 事 记 · 9 ·, 10 大事记.
func hasPage(s string) bool {
	isPage := func(r rune) bool { return isDigit(r) || strings.ContainsRune("·•—–- ", r) }
	left, right := strings.TrimLeftFunc(s, isPage), strings.TrimRightFunc(s, isPage)
	return left != "" && (left != s && strings.ContainsAny(s[:len(s)-len(left)], "0123456789") || right != s && strings.ContainsAny(s[len(right):], "0123456789"))
}

// volumeNumber reads 第二编, 卷十, 卷之首 at the start of a folded line: the level and the bytes that it takes, 0 for none.
func volumeNumber(s string) (level, n int) {
	rs := []rune(firstBytes(s, 30))
	i := 1
	if rs[0] == '卷' {
		if i < len(rs) && (rs[i] == '之' || rs[i] == '第') {
			i++
		}
		from := i
		for i < len(rs) && (isNumeral(rs[i]) && rs[i] != '元' || strings.ContainsRune("首末上中下终", rs[i])) {
			i++
		}
		if i == from {
			return 0, 0
		}
		return 1, len(string(rs[:i]))
	}
	from := i
	for i < len(rs) && isNumeral(rs[i]) && rs[i] != '元' {
		i++
	}
	if i == from || i >= len(rs) {
		return 0, 0
	}
	switch rs[i] {
	case '编', '篇', '卷', '部', '册', '辑':
		level = 1
	case '章':
		level = 2
	case '节':
		level = 3
	default:
		return 0, 0
	}
	return level, len(string(rs[:i+1]))
}

// isPartName tells whether the folded name of a volume is that of one that goes year by year.
func isPartName(name string) bool {
	if i := strings.IndexAny(name, "(（"); i > 0 {
		name = name[:i]
	}
	if partWholes[name] {
		return true
	}
	if !strings.ContainsAny(name, "事灾异祥编机") || utf8.RuneCountInString(name) > 16 {
		return false
	}
	for _, about := range []string{"灾", "祥异", "大事"} { // 灾异年表, 自然灾害纪年
		for _, kind := range []string{"年表", "纪年", "编年", "系年"} {
			if strings.Contains(name, about) && strings.HasSuffix(name, kind) {
				return true
			}
		}
	}
	return slices.ContainsFunc(partNames, func(p string) bool {
		rest, ok := strings.CutPrefix(name, p)
		return ok && (strings.HasPrefix(rest, "·") || strings.HasPrefix(rest, "-")) || strings.HasSuffix(name, p)
	})
}

// partTitle returns the name of a part as printed.
func partTitle(l *line, h volumeHead) string {
	if h.level == 0 {
		return sectionName(l.text)
	}
	packed := pack(l.text)
	if i := utf8.RuneCountInString(packed) - utf8.RuneCountInString(h.name); i > 0 {
		return sectionName(string([]rune(packed)[i:]))
	}
	return sectionName(packed)
}
