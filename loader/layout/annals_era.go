package layout

import (
	"strings"
	"sync"

	"fangzhi/fold"
)

// eraNames are reign eras (年号), folded, by which a year is known as a heading. Which years they are is asked of package
// dates: here they are only words. Sources: ../../lexicon/SOURCES.md names those of 唐 to 清; the earlier ones and those of the
// southern courts are common knowledge of the histories.
const eraNames = `
建元 元光 元朔 元狩 元鼎 元封 太初 天汉 太始 征和 后元 始元 元凤 元平 本始 地节 元康 神爵 五凤 甘露 黄龙 初元 永光 建昭 竟宁 建始 河平 阳朔 鸿嘉 永始 元延 绥和 建平 元寿 元始 居摄 初始 始建国 天凤 地皇 更始
建武 建武中元 永平 建初 元和 章和 永元 元兴 延平 永初 元初 永宁 建光 延光 永建 阳嘉 永和 汉安 建康 永憙 本初 建和 和平 元嘉 永兴 永寿 延熹 永康 建宁 熹平 光和 中平 初平 兴平 建安 延康
黄初 太和 青龙 景初 正始 嘉平 正元 景元 咸熙 章武 建兴 延熙 景耀 炎兴 黄武 黄龙 嘉禾 赤乌 太元 神凤 五凤 太平 永安 元兴 宝鼎 建衡 凤凰 天册 天玺 天纪
泰始 咸宁 太康 太熙 永熙 永平 元康 永嘉 建兴 大兴 太兴 永昌 太宁 咸和 咸康 升平 隆和 兴宁 咸安 宁康 隆安 义熙 元熙 光熙 永宁 太安
永初 景平 孝建 大明 泰豫 元徽 升明 建元 永明 隆昌 延兴 永泰 中兴 天监 普通 大通 中大通 大同 中大同 太清 大宝 承圣 绍泰 永定 天嘉 天康 光大 太建 至德 祯明
登国 皇始 天兴 天赐 永兴 神瑞 泰常 始光 神䴥 延和 太延 太平真君 正平 兴安 兴光 太安 和平 天安 皇兴 延兴 承明 景明 正始 永平 延昌 熙平 神龟 正光 孝昌 武泰 永安 普泰 太昌 永熙 天平 元象 兴和 武定 大统 天保 乾明 皇建 太宁 河清 天统 武平 隆化 承光 武成 保定 天和 建德 宣政 大成 大象 大定
开皇 仁寿 大业 义宁
武德 贞观 永徽 显庆 龙朔 麟德 乾封 总章 咸亨 上元 仪凤 调露 永隆 开耀 永淳 弘道 嗣圣 文明 光宅 垂拱 永昌 载初 天授 如意 长寿 延载 证圣 天册万岁 万岁登封 万岁通天 神功 圣历 久视 大足 长安 神龙 景龙 唐隆 景云 太极 延和 先天 开元 天宝 至德 乾元 上元 宝应 广德 永泰 大历 建中 兴元 贞元 永贞 元和 长庆 宝历 大和 太和 开成 会昌 大中 咸通 乾符 广明 中和 光启 文德 龙纪 大顺 景福 乾宁 光化 天复 天祐 天佑
开平 乾化 贞明 龙德 同光 天成 长兴 应顺 清泰 天福 开运 乾祐 广顺 显德 武义 顺义 大有 天德 保大 中兴 交泰 通正 天汉 光天 咸康 明德 广政 龙启 通文 永隆 天会 天宝 宝正
建隆 乾德 开宝 太平兴国 雍熙 端拱 淳化 至道 咸平 景德 大中祥符 天禧 乾兴 天圣 明道 景祐 景佑 宝元 康定 庆历 皇祐 皇佑 至和 嘉祐 嘉佑 治平 熙宁 元丰 元祐 元佑 绍圣 元符 建中靖国 崇宁 大观 政和 重和 宣和 靖康 建炎 绍兴 隆兴 乾道 淳熙 绍熙 庆元 嘉泰 开禧 嘉定 宝庆 绍定 端平 嘉熙 淳祐 淳佑 宝祐 宝佑 开庆 景定 咸淳 德祐 德佑 景炎 祥兴
神册 天赞 天显 会同 大同 天禄 应历 保宁 乾亨 统和 开泰 太平 景福 重熙 清宁 咸雍 大康 大安 寿昌 寿隆 乾统 天庆
收国 天辅 天会 天眷 皇统 天德 贞元 正隆 大定 明昌 承安 泰和 崇庆 至宁 贞祐 贞佑 兴定 元光 正大 开兴 天兴
中统 至元 元贞 大德 至大 皇庆 延祐 延佑 至治 泰定 致和 天顺 天历 至顺 元统 至正 宣光 龙凤 天完 大义
洪武 建文 永乐 洪熙 宣德 正统 景泰 天顺 成化 弘治 正德 嘉靖 隆庆 万历 泰昌 天启 崇祯 弘光 隆武 绍武 永历 大顺 永昌
天命 天聪 崇德 顺治 康熙 雍正 乾隆 干隆 嘉庆 道光 咸丰 同治 光绪 宣统 祺祥 太平天国
民国 中华民国 洪宪 大同 康德 昭和 大正 明治 成纪`

// dynastyNames are what a year of an era may stand under or behind, folded.
const dynastyNames = `
中华人民共和国 新中国 中华民国 民国 太平天国
夏 商 殷 周 西周 东周 春秋 战国 秦 汉 西汉 前汉 东汉 后汉 新莽 三国 魏 曹魏 蜀 蜀汉 吴 东吴 孙吴 晋 西晋 东晋 两晋 十六国 前秦 后秦 西秦 前凉 后凉 西凉 北凉 南凉 前燕 后燕 前赵 后赵 成汉
南朝 北朝 南北朝 宋 刘宋 南朝宋 南宋 北宋 两宋 齐 南齐 南朝齐 梁 南朝梁 陈 南朝陈 北魏 东魏 西魏 北齐 北周 隋 唐 武周 五代 五代十国 十国 后梁 后唐 后晋 后周 前蜀 后蜀 南唐 吴越 闽 南汉 北汉 楚 荆南 南诏 大理 渤海
辽 金 西夏 元 蒙古 明 大明 皇明 南明 清 大清 国朝 本朝 先秦 两汉 魏晋 隋唐 宋元 明清 唐宋 伪满 满洲国 伪满洲国`

// periodNames head stretches of time that are no dynasty and date nothing, folded.
const periodNames = `
古代 近代 现代 当代 近现代 上古 远古 原始社会 史前 先秦 新石器时代 旧石器时代 封建社会 奴隶社会 清末 民初 清末民初 明末清初
辛亥革命时期 北洋军阀时期 五四运动时期 大革命时期 第一次国内革命战争时期 第二次国内革命战争时期 第三次国内革命战争时期 土地革命战争时期 土地革命时期 抗日战争时期 抗战时期 解放战争时期 新民主主义革命时期 旧民主主义革命时期
社会主义时期 社会主义革命时期 社会主义建设时期 社会主义革命和建设时期 国民经济恢复时期 社会主义改造时期 大跃进时期 国民经济调整时期 文化大革命时期 十年动乱时期 社会主义现代化建设新时期 社会主义现代化建设时期 改革开放新时期 改革开放时期 改革开放以来 新时期 新时代
建国前 建国后 建国以后 建国以来 解放前 解放后 新中国成立前 新中国成立后 中华人民共和国成立前 中华人民共和国成立后 中华人民共和国成立以后`

// A wordTree finds the longest word of a set that a text begins with. Its children are looked up rune by rune.
type wordTree struct {
	ends bool
	next map[rune]*wordTree
}

func newWordTree(words string) *wordTree {
	root := &wordTree{next: map[rune]*wordTree{}}
	for _, w := range strings.Fields(words) {
		w = fold.String(w)
		t := root
		for _, r := range w {
			if t.next == nil {
				t.next = map[rune]*wordTree{}
			}
			if t.next[r] == nil {
				t.next[r] = &wordTree{}
			}
			t = t.next[r]
		}
		t.ends = true
	}
	return root
}

// lengths calls yield with the lengths of the words that rs begins with, the longest first, until it returns true.
func (t *wordTree) lengths(rs []rune, yield func(n int) bool) {
	var found [8]int
	n := 0
	for i, r := range rs {
		if t = t.next[r]; t == nil {
			break
		}
		if t.ends && n < len(found) {
			found[n] = i + 1
			n++
		}
	}
	for n--; n >= 0; n-- {
		if yield(found[n]) {
			return
		}
	}
}

// longest returns the length of the longest word that rs begins with, 0 for none.
func (t *wordTree) longest(rs []rune) (n int) {
	t.lengths(rs, func(k int) bool { n = k; return true })
	return n
}

// has tells whether rs is a word of the set.
func (t *wordTree) has(rs []rune) bool {
	for _, r := range rs {
		if t = t.next[r]; t == nil {
			return false
		}
	}
	return t.ends
}

var (
	eraTree     = sync.OnceValue(func() *wordTree { return newWordTree(eraNames) })
	dynastyTree = sync.OnceValue(func() *wordTree { return newWordTree(dynastyNames) })
	periodTree  = sync.OnceValue(func() *wordTree { return newWordTree(periodNames) })
)

const (
	stems    = "甲乙丙丁戊己庚辛壬癸"
	branches = "子丑寅卯辰巳午未申酉戌亥"
)

// lookAlikes are the characters of 干支 that recognition by machine mistakes for one another.
var lookAlikes = map[rune]string{
	'己': "己巳", '已': "己巳", '巳': "巳己", '戊': "戊戌", '戌': "戌戊", '戍': "戌戊", '末': "未", '王': "壬", '曱': "甲",
}

// isCyclic tells whether two characters are one of the sixty 干支, also where machine reading has put 已 for 己 or 戍 for 戌:
// a pair counts only where it then is one.
func isCyclic(a, b rune) bool {
	for _, x := range orSelf(a) {
		for _, y := range orSelf(b) {
			i, j := strings.IndexRune(stems, x), strings.IndexRune(branches, y)
			if i >= 0 && j >= 0 && i/3%2 == j/3%2 {
				return true
			}
		}
	}
	return false
}

func orSelf(r rune) string {
	if s, ok := lookAlikes[r]; ok {
		return s
	}
	return string(r)
}
