package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// bareFirst are the characters at which bareNames looks around: the ends of names, what stands before and behind them,
// and the first characters of the known waters.
var bareFirst = trie.NewRunes("公区集城一等知境在到至自从由赴驻工来" + oldSiteHeads + bareWaterLast + lexicon.KnownWaterHeads())

const bareWaterLast = "河湖江渠溪淀洼圩"

var bareWaterEnds = trie.NewRunes(bareWaterLast)

// suffers reports whether the clause tells what befell the place that ends there.
func (b *bareReader) suffers(end int) bool {
	return b.f.tellsOf(b.t, placeChunk{}, end)
}

// commune reads X公社 and X公社Y大队, of which i is 公社.
func (b *bareReader) commune(i int) {
	end := i + 2
	if b.t.has(end, "化") || b.t.has(end, "社员") || b.t.has(end, "党委") || b.t.has(end, "书记") {
		return
	}
	from := i
	if b.t.has(i-2, "人民") {
		from -= 2
	}
	start, framed := b.stem(from, 2, 4)
	if start < 0 || strings.ContainsAny(string(b.t.runes[start:from]), "全各该本此个办农村社民年月") || b.stops(start, from) {
		return
	}
	town := placeSpan{start, end}
	at := placeBelow(b.f.home(), reading.Place{Name: b.t.name(town), Type: graph.LocTownship})
	for n := 1; n <= 4; n++ {
		if !isHan(b.t.at(end + n - 1)) {
			break
		}
		if !b.t.has(end+n, "大队") || b.stops(end, end+n) || b.t.has(end+n+2, "长") || b.f.organFollows(b.t, end+n+2, nil) {
			continue
		}
		s := placeSpan{end, end + n + 2}
		whole := placeSpan{start, s.end}
		if b.free(whole) || b.t.organ(whole) != (placeOrgan{}) && b.suffers(s.end) {
			b.record("brigade", placeBelow(at, reading.Place{Name: b.t.name(s), Type: graph.LocCommunity}), whole, framed || start < b.t.first || b.suffers(s.end), nil)
		}
		return
	}
	if !b.free(town) {
		return
	}
	w, n := lexicon.MatchPlaceWord(b.t.runes[min(end, len(b.t.runes)):])
	if n > 0 && w.Class == lexicon.PlaceEnd && w.Kind != string(graph.LocOther) && w.Kind != string(graph.LocVenue) {
		return
	}
	if b.f.organFollows(b.t, end, nil) {
		return
	}
	b.record("commune", at, town, framed || b.suffers(end), nil)
}

// stops reports whether a verb or a word that no name holds stands in the span.
func (b *bareReader) stops(start, end int) bool {
	for i := start; i < end; i++ {
		w, n := lexicon.MatchPlaceWord(b.t.runes[i:end])
		if n > 0 && (w.Class == lexicon.PlaceStop || w.Class == lexicon.PlaceTrap || w.Class == lexicon.PlaceFrame && n > 1) {
			return true
		}
	}
	return false
}

// plainDistricts stand before 区 and make no name of a county's 区.
var plainDistricts = newWordSet(strings.Fields("开发 风景 保护 试验 实验 示范 自治 工业 工矿 居民 住宅 生活 生产 旅游 度假 军分 军 城 郊 山 灾 老 库 牧 林 农 重灾 灌 沿海 沿江 沿湖 低洼 圩 行洪 蓄洪 蓄 洪 棚户 解放 敌占 游击 根据 边 苏 白 各 全 该 本 新 旧 丘陵 平原 高寒 缺水 禁猎 渔 矿 厂 营 疫 震 特 战 地 社 小 市 县 辖 片 园 街 校 景 港 湖 河 贫困 经济 高新 合作 商业 文教 学 沦陷 统治 占领 中心 湿地 库 水 多 两 三 几 个")...)

// innerDistrict reports whether X区 is a 区 below the document's own county: counties had them until the end of the 1980s.
func (f *placeFinder) innerDistrict() bool {
	return f.year > 0 && f.year < 1990 && f.region.Self().Type == graph.LocCounty && strings.HasSuffix(f.region.Self().Name, "县")
}

// innerDistrictNamed reports whether a 区 elsewhere in the table is no more than the namesake of one below the document's county:
// 河口区 is Dongying's today.
func (f *placeFinder) innerDistrictNamed(name string, d lexicon.Division) bool {
	return f.innerDistrict() && strings.HasSuffix(name, "区") && d.Level == lexicon.LevelCounty && len(f.near) >= 4 && !strings.HasPrefix(d.Code, f.near[:4])
}

// district reads X区 of a county, of which i is 区: 在河口区、长集区试点.
func (b *bareReader) district(i int) {
	if !b.f.innerDistrict() {
		return
	}
	end := i + 1
	start, framed := b.stem(i, 2, 3)
	if start < 0 || b.plainDistrict(start, i) || b.stops(start, i) || b.t.wordFollows(end) {
		return
	}
	listed := b.t.at(start-1) == '、' && b.t.at(start-2) == '区' || b.t.at(end) == '、' && isHan(b.t.at(end+1))
	if !framed && !listed || !b.closes(end) && !b.acts(end) && !b.has(end, bareDone) {
		return
	}
	s := placeSpan{start, end}
	if !b.free(s) || b.f.organFollows(b.t, end, nil) {
		return
	}
	b.add("inner-district", s, graph.LocTownship)
}

// plainDistrict reports whether what stands before 区 is no name.
func (b *bareReader) plainDistrict(start, end int) bool {
	_, n := plainDistricts.Longest(b.t.runes[start:end])
	return n == end-start || strings.ContainsRune("全各该本此", b.t.at(start))
}

// bareDone follows a place where something is tried or set up.
var bareDone = newWordSet(strings.Fields("试点 试行 搞试点 进行 设立 设点 一带 等地 境内 附近 发生 遭 成立 召开 建立 建成 动工 集会 集中 召集 登陆 会师 接见 视察 插队 落户 受灾 受害 溃 决口 决堤 堤防")...)

// plainMarkets end with 集 and are words.
const plainMarkets = "召收征筹采聚汇密赶市文全影诗募调选续专齐云编汉辑搜"

// market reads X集, a market town, of which i is 集.
func (b *bareReader) market(i int) {
	end := i + 1
	if strings.ContainsRune(plainMarkets, b.t.at(i-1)) {
		return
	}
	start, framed := b.stem(i, 1, 2)
	if start < 0 {
		if start = i - 2; start < 0 || lexicon.KnownWaterBefore(b.t.runes[:start]) == 0 || !b.t.has(end, "水位") && !b.t.has(end, "流量") && !b.t.has(end, "段") {
			return
		}
		framed = true
	}
	if !framed || !b.closes(end) && !b.acts(end) && !b.has(end, bareDone) && !b.t.has(end, "水位") {
		return
	}
	s := placeSpan{start, end}
	if b.stops(start, end) || b.word(s) || !b.free(s) {
		return
	}
	if b.ownTown("market-town", s, true) {
		return
	}
	b.add("market-town", s, graph.LocVenue)
}

// seat reads 城关 behind a frame: 在城关召开.
func (b *bareReader) seat(i int) {
	s := placeSpan{i, i + 2}
	if !b.t.has(i, "城关") || !b.before(i, []string{"在", "到", "至", "抵", "进驻"}) || !b.closes(s.end) && !b.acts(s.end) && !b.has(s.end, bareDone) || !b.free(s) {
		return
	}
	b.add("county-seat", s, graph.LocOther)
}

// ownTown records the span if it is the name of a town of the document's county without its unit.
func (b *bareReader) ownTown(rule string, s placeSpan, isPlace bool) bool {
	name := b.t.name(s)
	if name == "城关" || b.word(s) || lexicon.NameLikeWord(name) || plainWords[name] {
		return false
	}
	for _, unit := range []string{"镇", "乡"} {
		d, ok := placeTown(b.f.towns, name+unit)
		if !ok && b.f.innerDistrict() && len(b.f.near) == 6 { // a town that lies in a county beside today
			d, ok = placeTown([]string{b.f.near[:4] + "00"}, name+unit)
		}
		if ok && d.Name == name+unit {
			b.record(rule, placeChain(d), s, isPlace, d.Successors())
			return true
		}
	}
	if at, ok := b.f.written[name]; ok {
		b.record("written-town", at, s, isPlace, nil)
		return true
	}
	return false
}

// townBehind reads a town without its unit behind the frame at i: 在姚李成立.
func (b *bareReader) townBehind(i int) {
	if len(b.f.towns) == 0 && b.f.written == nil || i > 0 && strings.ContainsRune("现实存正内所得受达直甚各来亲不感遇等找想谈看听做经理", b.t.at(i-1)) {
		return
	}
	for n := 3; n >= 2; n-- {
		s := placeSpan{i + 1, i + 1 + n}
		if s.end > len(b.t.runes) || !allHan(b.t.runes[s.start:s.end]) {
			continue
		}
		if !b.closes(s.end) && !b.acts(s.end) && !b.has(s.end, bareDone) && !strings.ContainsRune("至到", b.t.at(s.end)) || !b.free(s) {
			continue
		}
		if b.ownTown("bare-town", s, b.t.at(i) != '自' && b.t.at(i) != '从' && b.t.at(i) != '由') {
			return
		}
	}
}

// bareLists follow a list of places.
var bareLists = newWordSet("一带", "等地", "等处", "境内", "知识青年", "知青")

// listBefore reads the list of places without their units that ends before the word at i: 王截流、周集一带, 上海、合肥知识青年.
func (b *bareReader) listBefore(i int) {
	if !b.has(i, bareLists) {
		return
	}
	home := b.t.at(i) != '知'
	for end := i; end > 0; {
		s, ok := b.item(end, home)
		if !ok || b.t.at(s.start-1) != '、' {
			return
		}
		end = s.start - 1
	}
}

// item records the place of a list that ends at end. home: it may be a town of the document's county.
func (b *bareReader) item(end int, home bool) (placeSpan, bool) {
	for n := 4; n >= 2; n-- {
		s := placeSpan{end - n, end}
		if s.start < 0 || !allHan(b.t.runes[s.start:s.end]) {
			continue
		}
		if home && n < 4 && (b.opens(s.start) || b.before(s.start, bareFrames)) && b.free(s) && b.ownTown("bare-town", s, true) {
			return s, true
		}
		if d, ok := bigCity(string(b.t.runes[s.start:s.end])); ok && d.Code != b.f.region.Self().Code {
			if b.free(s) {
				b.record("big-city", placeChain(d), s, false, d.Successors())
			}
			return s, true
		}
	}
	return placeSpan{}, false
}

// bigCity returns the municipality or the capital of a province that bears the name with 市 behind it.
func bigCity(name string) (lexicon.Division, bool) {
	for _, d := range lexicon.DivisionsNamed(name + "市") {
		if d.Name == name+"市" && d.InForce(0) && (d.Level == lexicon.LevelProvince || d.Level == lexicon.LevelCity && strings.HasSuffix(d.Code, "0100")) {
			return d, true
		}
	}
	return lexicon.Division{}, false
}
