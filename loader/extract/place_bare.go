package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// Gazetteers name waters, towns and communes as everybody there knows them: 史河大水, 王截流、周集一带, 三流公社东楼大队. The grammar of
// frames and endings takes some of these names for the beginning of something longer. bareNames reads them by what stands
// right before and right behind.

// bareNames records the places of a text that only their neighbours show; what has been found already stays as it is.
func (f *placeFinder) bareNames(t *placeText) {
	b := bareReader{f: f, t: t}
	for i, r := range t.runes {
		if t.hidden[i] || !bareFirst.Has(r) {
			continue
		}
		switch r {
		case '公':
			if t.has(i, "公社") {
				b.commune(i)
			}
		case '区':
			b.district(i)
		case '集':
			b.market(i)
		case '城':
			b.seat(i)
		case '工':
			b.works(i)
		case '来':
			b.visit(i)
		case '一', '等', '知', '境':
			b.listBefore(i)
		case '在', '到', '至', '自', '从', '由', '赴', '驻':
			b.townBehind(i)
		default:
			b.water(i)
		}
		b.oldSite(i)
		if n := lexicon.KnownWater(t.runes[i:]); n > 0 {
			b.knownWater(i, n)
		}
	}
}

// A bareReader is bareNames at work on one text.
type bareReader struct {
	f *placeFinder
	t *placeText
	// taken marks the code points of places and organs found before; nil until it is needed.
	taken []bool
}

// free reports whether nothing found before lies in the span, and marks it found.
func (b *bareReader) free(s placeSpan) bool {
	if b.taken == nil {
		b.taken = make([]bool, len(b.t.runes))
		for _, p := range b.f.found {
			for _, e := range p.evidence {
				if e.Field == b.t.field {
					b.take(e.Start, e.End)
				}
			}
		}
		for _, o := range b.t.organs {
			b.take(o.Start, o.End)
		}
	}
	for i := s.start; i < s.end; i++ {
		if b.taken[i] || b.t.hidden[i] {
			return false
		}
	}
	return true
}

func (b *bareReader) take(start, end int) {
	for i := max(start, 0); i < min(end, len(b.taken)); i++ {
		b.taken[i] = true
	}
}

// add records that the event took place where a span names a place, below the document's county.
func (b *bareReader) add(rule string, s placeSpan, kind graph.LocationKind) {
	at := placeBelow(b.f.home(), reading.Place{Name: b.t.name(s), Type: kind})
	b.record(rule, at, s, true, nil)
}

func (b *bareReader) record(rule string, at reading.Jurisdiction, s placeSpan, isPlace bool, successors []string) {
	b.take(s.start, s.end)
	b.f.add(rule, at, false, isPlace && !b.t.said(s.start), b.t.evidence(s), successors)
}

// has reports whether a word of the set begins at i.
func (b *bareReader) has(i int, set wordSet) bool { return b.t.prefixIn(i, set) }

// before reports whether a word of the list ends at i.
func (b *bareReader) before(i int, words []string) bool {
	for _, w := range words {
		if b.t.has(i-len([]rune(w)), w) {
			return true
		}
	}
	return false
}

// opens reports whether a name may begin at i: nothing or no letter stands before it.
func (b *bareReader) opens(i int) bool {
	r := b.t.at(i - 1)
	return !isHan(r) && r != '”' && r != '》'
}

// closes reports whether the clause or the item of a list ends at i.
func (b *bareReader) closes(i int) bool {
	r := b.t.at(i)
	return !isHan(r) || strings.ContainsRune("和与及", r)
}

// acts reports whether a verb begins at i.
func (b *bareReader) acts(i int) bool {
	if i >= len(b.t.runes) {
		return false
	}
	w, n := lexicon.MatchPlaceWord(b.t.runes[i:])
	return n > 1 && w.Class == lexicon.PlaceStop
}

// stem returns where the Han name of at most longest characters begins that ends at end, and whether what stands before it
// shows that: punctuation, or a word that stands before places. It is -1 for none.
func (b *bareReader) stem(end, shortest, longest int) (start int, framed bool) {
	for n := 1; n <= longest; n++ {
		i := end - n
		if i < 0 || !isHan(b.t.at(i)) || b.t.hidden[i] || strings.ContainsRune("在到至自从沿赴", b.t.at(i)) {
			return -1, false
		}
		if n < shortest {
			continue
		}
		if b.before(i, bareFrames) {
			return i, true
		}
		if b.opens(i) {
			return i, false
		}
	}
	return -1, false
}

// bareFrames stand right before a place that is named by custom.
var bareFrames = strings.Fields("在 到 至 自 从 沿 于 赴 开赴 奔赴 进驻 前往 抵达 横渡 强渡 抢渡 渡过 疏浚 治理 根治 开挖 整治 修建 兴修 修筑 跨 引 导 围垦 流经 流入 注入 汇入 穿过 越过 率部 围攻 攻占 解放 撤离 撤至 批准")

// bareVerbs are those of bareFrames that say by themselves that a water or a mountain is meant.
var bareVerbs = strings.Fields("沿 横渡 强渡 抢渡 渡过 疏浚 治理 根治 开挖 整治 修建 兴修 修筑 围垦 流经 流入 注入 汇入")

// bareWaters is what a water is told to do, or what is done at it, right behind its name.
var bareWaters = newWordSet(append(strings.Fields("大水 洪水 水势 水涨 猛涨 上涨 陡涨 漫溢 漫堤 漫决 溃决 溃堤 决堤 出槽 倒灌 干涸 水枯 封冻 冰封 开闸 被迫开闸 蓄洪 行洪 分洪 泄洪 围湖 围垦 垦殖 提水 引水 取水 抽水 退水 堤 大坝 堤坝 沿线 滩地 河堤 湖堤 圩堤 圩区 防汛 汛情 航道 河道 河水 湖水 干支流 灌区 北岸 南岸 东岸 西岸 以北 以南 以东 以西 西岸 水利 截流 清障 裁弯 裁弯取直 水文 洼地 蓄水 通航 沿 退渔还湖 退田还湖 退耕还湖 禁捕 禁渔 采砂 河床 冰厚 冰封 龙舟 沉船 翻船 渡船 水面 河面"), placeWater...)...)

// bareNever are characters that stand in no short name of a water.
const bareNever = "全各该本此大小内外老旧运冰过挖治修筑渡条座处的了是有为及和与或县市省区乡镇一二三四五六七八九十两几多先再又也被把将使让等上下出入进沿在到至自从"

// plainWaters stand before the ending of a water and make no name.
var plainWaters = newWordSet(strings.Fields("水 引水 灌溉 排水 防渗 石 土 泄洪 分洪 干 支 斗 农 毛 人工 天然 主 排灌 淡水 咸水 高原 堰塞 人造 江 河 湖 池 山 深 浅 险 界 暗 明 冰 黑臭 城市 农村")...)

// water reads the name of a river, a lake or a canal that ends at i.
func (b *bareReader) water(i int) {
	if !bareWaterEnds.Has(b.t.at(i)) || b.t.at(i+1) == b.t.at(i) {
		return
	}
	end := i + 1
	start, framed := b.stem(i, 1, 3)
	if start < 0 || strings.ContainsAny(string(b.t.runes[start:i]), bareNever) {
		return
	}
	told := (b.has(end, bareWaters) || !framed && b.gauge(end)) && !b.t.has(end, "水利局") && !b.t.has(end, "水文站")
	if !told && !(framed && b.before(start, bareVerbs) && b.closes(end)) {
		return
	}
	s := placeSpan{start, end}
	_, plain := plainWaters.Longest(b.t.runes[start:i])
	if plain == i-start || b.word(s) || !b.free(s) {
		return
	}
	b.add("water", s, graph.LocOther)
}

// knownWater reads a river that everybody knows, which stands for itself.
func (b *bareReader) knownWater(i, n int) {
	s := placeSpan{i, i + n}
	if !b.opens(i) && !b.before(i, bareFrames) && !b.before(i, []string{"治", "根治", "和", "与"}) {
		return
	}
	if !b.closes(s.end) && !b.has(s.end, bareWaters) && !b.gauge(s.end) {
		return
	}
	if b.free(s) {
		b.add("known-water", s, graph.LocOther)
	}
}

// gauge reports whether a place on the river and the height of the water follow: 淮河|润河集水位.
func (b *bareReader) gauge(i int) bool {
	for n := 2; n <= 6; n++ {
		if b.t.has(i+n, "水位") || b.t.has(i+n, "水文站水位") || b.t.has(i+n, "站水位") || b.t.has(i+n, "流量") {
			return true
		}
	}
	return false
}

// word reports whether the span is a word first: a verb, a common noun that looks like a name.
func (b *bareReader) word(s placeSpan) bool {
	name := b.t.runes[s.start:s.end]
	if _, n := lexicon.MatchVerb(name); n == len(name) {
		return true
	}
	w, n := lexicon.MatchPlaceWord(name)
	return n == len(name) && w.Class != lexicon.PlaceName
}
