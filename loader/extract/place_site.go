package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// oldSites are what the seat of every county had one of, and its gates and outskirts: 文庙东庑倾, 虎入东郊.
var oldSites = newWordSet(strings.Fields("文庙 孔庙 武庙 城隍庙 关帝庙 学宫 明伦堂 大成殿 文昌阁 魁星楼 奎星楼 东门 西门 南门 北门 东关 西关 南关 北关 东郊 西郊 南郊 北郊 大校场 演武场 教场")...)

const oldSiteHeads = "文孔武城关学明大魁奎东西南北演教"

// oldSiteVerbs stand right before such a site, oldSiteFates right behind it.
var (
	oldSiteVerbs = strings.Fields("重修 修葺 重建 创建 修建 拆除 拆毁 焚毁 迁建 入 毁 焚 修 在 于 至")
	oldSiteFates = newWordSet(strings.Fields("被毁 毁于 毁 倾 圮 坍 崩 焚 火灾 失火 起火 城垣 城墙 城楼 古建筑 东庑 西庑 大殿 正殿 落成 竣工 修葺 倒塌")...)
)

// oldSite reads an old site of the county's seat that begins at i.
func (b *bareReader) oldSite(i int) {
	if !strings.ContainsRune(oldSiteHeads, b.t.at(i)) {
		return
	}
	_, n := oldSites.Longest(b.t.runes[i:])
	if n == 0 {
		return
	}
	s := placeSpan{i, i + n}
	fate := b.has(s.end, oldSiteFates)
	done := b.before(i, oldSiteVerbs) && (b.closes(s.end) || b.acts(s.end) || fate)
	if !done && !(b.opens(i) && fate) || !b.free(s) {
		return
	}
	kind := graph.LocVenue
	if strings.ContainsRune("门关郊", b.t.at(s.end-1)) {
		kind = graph.LocOther
	}
	b.add("old-site", s, kind)
}

// works reads what a work is built at, of which i is 工程: 青淮岗水利枢纽|工程动工.
func (b *bareReader) works(i int) {
	if !b.t.has(i, "工程") {
		return
	}
	told := false
	for _, w := range []string{"动工", "开工", "竣工", "完工", "建成", "正式动工", "正式开工", "全面竣工", "破土动工", "奠基"} {
		told = told || b.t.has(i+2, w)
	}
	if !told {
		return
	}
	start := i
	for ; i-start < 10 && isHan(b.t.at(start-1)) && !b.t.hidden[start-1]; start-- {
	}
	if isHan(b.t.at(start - 1)) {
		return
	}
	for at := start + 2; at < i; at++ {
		w, n := lexicon.MatchPlaceWord(b.t.runes[at:i])
		if n < 2 || at+n != i || w.Class != lexicon.PlaceEnd || w.Temporary || w.Institution || w.Kind != string(graph.LocVenue) && w.Kind != string(graph.LocOther) {
			continue
		}
		stem := start
		if plain, _ := lexicon.PlainPlace(b.t.runes[stem:at], lexicon.PlaceWord{Named: true}); plain || b.stops(stem, at) || levelChars.Has(b.t.at(stem)) {
			return
		}
		if s := (placeSpan{stem, i}); b.free(s) {
			b.add("works", s, graph.LocVenue)
		}
		return
	}
}

// visit reads the document's own county without its unit behind 来: 来青河调研.
func (b *bareReader) visit(i int) {
	div, n := b.f.ownBare(b.t, i+1)
	if n == 0 || i > 0 && strings.ContainsRune("近以历年月本原将到", b.t.at(i-1)) {
		return
	}
	s := placeSpan{i + 1, i + 1 + n}
	w, k := lexicon.MatchPlaceWord(b.t.runes[min(s.end, len(b.t.runes)):])
	frame := k > 1 && w.Class == lexicon.PlaceFrame && (w.Kind == "visit" || w.Kind == "meet" || w.Kind == "tour")
	if !b.closes(s.end) && !b.acts(s.end) && !frame && !b.has(s.end, guestActs) || !b.free(s) {
		return
	}
	b.record("visited-home", div[0].at, s, true, nil)
}

// guestActs are what those do who come to a county, beside the verbs that frame places.
var guestActs = newWordSet("督察", "检查", "调研", "走访", "投资", "洽谈", "参观", "访问", "演出", "采风", "指导", "讲学", "支教", "投资兴业", "对接")

// elected reports whether a word says that someone takes a post: what stands before it is a person's name.
func elected(word string) bool {
	switch word {
	case "当选", "担任", "兼任", "任命", "出任", "就任", "调任":
		return true
	}
	return false
}
