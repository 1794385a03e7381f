package extract

import (
	"slices"
	"strings"
)

// placeBuilt are words that say what becomes of a building or a site: behind a name with a weak ending they show a place.
var placeBuilt = strings.Fields("开工 竣工 动工 奠基 落成 建成 建起 开通 通水 投用 启用 投产 通车 通航 合龙 封顶 开园 开馆 开街 开业 蓄水 扩建 改建 重建 复建 修复 修缮 加固 迁址 揭牌 挂牌 起火 失火 发生 坍塌 倒塌 决口 决堤 完工 开放 试开放 试营业 通过验收 通过 投入 正式 全线 关闭 兴建 修筑 修建 新建")

// built reports whether a name that nothing stands before is told of as a site: 青岚北站|启用.
func (f *placeFinder) built(t *placeText, c placeChunk, last placePiece) bool {
	if c.next.kind != placeHalt || last.end != c.tokens[len(c.tokens)-1].end || last.stem < 2 || last.weak || last.word.Temporary || last.word.Room || t.said(last.start) || t.organ(last.placeSpan) != (placeOrgan{}) {
		return false
	}
	for _, r := range t.runes[last.start : last.start+last.stem] {
		if placeNumeral(r) || placeDigit(r) || strings.ContainsRune("全各所等大小新老旧批类家座处个", r) {
			return false // 三大水厂
		}
	}
	return slices.Contains(placeBuilt, c.next.word.Word)
}

// placeWater are words behind the name of a river: 梅江流域, 澄河水位.
var placeWater = []string{"流域", "水位", "水系", "洪峰", "上游", "中游", "下游", "支流", "干流", "故道", "大堤", "堤防", "决口", "泛滥", "暴涨", "涨水", "断流", "改道", "结冰", "水质", "河段", "两岸", "沿岸", "溢", "治理", "综合治理", "清淤", "疏浚", "整治", "生态修复", "改造", "出现洪峰", "出现"}

// flows reports whether the name of a river or a lake is told of as one.
func (c placeChunk) flows(t *placeText, last placePiece) bool {
	if !strings.ContainsRune("江河湖渠溪", t.at(last.end-1)) || last.from != 0 && last.div != nil || last.stem > 3 {
		return false
	}
	for _, w := range placeWater {
		if t.has(last.end, w) {
			return true
		}
	}
	return false
}

// placeBefalls are what befalls a place.
var placeBefalls = []string{"受灾", "遭受", "遭遇", "遭", "发生", "降雨", "降雪", "冰雹", "暴雨", "普降", "地震", "决口", "洪水", "山洪", "漫决", "溃决", "决堤", "溃堤", "火灾", "失火", "龙卷风", "大风", "大旱", "旱灾", "受旱", "霜冻", "霜灾", "塌方", "滑坡", "蝗", "流行", "沉船", "翻船", "试行", "试点", "损毁", "受损", "受淹", "被淹", "冲毁"}

// sends reports whether a county elsewhere is named as the home of a delegation: 甘洛县党政考察团. The group is no organ
// of the county, so that the county itself is what the text names.
func (f *placeFinder) sends(t *placeText, p placePiece) bool {
	if p.div.bare || p.div.at.Key() == f.region.Key() || f.ancestor(p.div.at) || f.below(p.div.at) {
		return false
	}
	for _, r := range f.region.Chain {
		if r.Name == p.div.at.Self().Name {
			return false
		}
	}
	for _, w := range []string{"党政代表团", "党政考察团", "考察团", "代表团", "代表队", "党政"} {
		if t.has(p.end, w) {
			return true
		}
	}
	return false
}
