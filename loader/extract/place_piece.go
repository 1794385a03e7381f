package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// A placePiece is a part of an expression of places: 沙岗镇, 白家村 and 村委会 of 沙岗镇白家村村委会.
type placePiece struct {
	placeSpan
	kind  graph.LocationKind
	word  lexicon.PlaceWord // the ending; zero for divisions of the table and of the region's chain
	div   *placeDiv
	level reading.Jurisdiction // what the level that it begins with stands for: 区 of 区人民会堂
	from  int                  // index of the first piece that its name takes in, its own for none
	stem  int                  // code points of the name before the ending
	// institution: it ends like one, or is a room of one. weak: made of endings that are none by themselves.
	institution, weak bool
	// firm: what it takes in is strong, so that it is (云岭水库大坝).
	firm bool
	// lead is the city or province elsewhere that a venue's name begins with: 北京 of 北京人民大会堂.
	lead *placeDiv
}

// strong reports whether the name is a place wherever it stands.
func (p placePiece) strong() bool { return p.word.Strong || p.firm }

// pieces cuts a chunk into the parts of an expression of places. What ends as an institution or in nothing but words of
// purpose takes in the part before it.
func (f *placeFinder) pieces(t *placeText, c placeChunk) []placePiece {
	var pieces []placePiece
	stem := c.tokens[0].start
	var lead *placeDiv
	for i := range c.tokens {
		tok := &c.tokens[i]
		switch tok.kind {
		case placeDivision:
			last := tok.divs[len(tok.divs)-1]
			if last.bare && i < len(c.tokens)-1 {
				if tok.start == stem && !last.country && !f.isOwn(tok.divs) {
					lead = &tok.divs[len(tok.divs)-1]
				}
				continue // 河南 of 河南农业学院
			}
			if stem < tok.start && (len(pieces) > 0 || !f.isOwn(tok.divs) && !f.below(last.at)) {
				continue // in the middle of words only the document's own divisions count
			}
			for k := range tok.divs {
				d := &tok.divs[k]
				pieces = append(pieces, placePiece{placeSpan: d.placeSpan, kind: d.at.Self().Type, div: d, from: len(pieces)})
			}
			stem = tok.end
		case placeNumber:
			if n := len(pieces); n > 0 && stem == tok.start && pieces[n-1].kind == graph.LocRoad {
				pieces = append(pieces, placePiece{
					placeSpan: placeSpan{pieces[n-1].start, tok.end}, kind: graph.LocAddress, word: tok.word, from: n - 1, stem: 1,
				})
			}
			stem = tok.end
		case placeEnd:
			if tok.whole {
				pieces = append(pieces, placePiece{
					placeSpan: tok.placeSpan, kind: graph.LocationKind(tok.word.Kind), word: tok.word, from: len(pieces), stem: min(tok.end-tok.start, 4),
				})
				stem = tok.end
				continue
			}
			if tok.word.Temporary && tok.end-tok.start == 1 && i < len(c.tokens)-1 {
				continue // 口 of 河口水库
			}
			p, ok := f.piece(t, pieces, stem, tok, i+1 < len(c.tokens) && c.tokens[i+1].kind == placeEnd)
			if ok {
				if lead != nil && p.start == lead.start && p.kind == graph.LocVenue && p.end-lead.end > 2 {
					p.lead = lead
				}
				pieces = append(pieces, p)
			}
			if !ok && !tok.word.Strong && tok.end-tok.start == 1 && endsLater(c.tokens[i+1:]) {
				continue // 淀 of 大淀头村
			}
			if ok || stem < tok.start || tok.word.Temporary && len(pieces) > 0 {
				stem = tok.end
			}
		}
	}
	return pieces
}

// endsLater reports whether an ending of a place is among the tokens.
func endsLater(tokens []placeToken) bool {
	return slices.ContainsFunc(tokens, func(k placeToken) bool { return k.kind == placeEnd && !k.word.Temporary })
}

func (f *placeFinder) isOwn(divs []placeDiv) bool {
	for _, d := range divs {
		for _, p := range f.region.Chain {
			if d.at.Self().Name == p.Name && d.at.Self().Code == p.Code {
				return true
			}
		}
	}
	return false
}

// piece reads what ends with tok and begins at stem, or takes in the piece before it. goesOn: another ending follows.
func (f *placeFinder) piece(t *placeText, pieces []placePiece, stem int, tok *placeToken, goesOn bool) (placePiece, bool) {
	w := tok.word
	p := placePiece{
		placeSpan: placeSpan{stem, tok.end}, kind: graph.LocationKind(w.Kind), word: w, from: len(pieces), stem: tok.start - stem,
		institution: w.Institution,
	}
	var before *placePiece
	if len(pieces) > 0 {
		before = &pieces[len(pieces)-1]
	}
	takeIn := func() (placePiece, bool) {
		p.start, p.from = before.start, len(pieces)-1
		p.stem = tok.start - p.start
		p.level = before.level
		p.institution = p.institution || w.Room && before.institution
		p.weak = before.div == nil && !before.strong() && !w.Strong
		p.firm = before.div == nil && before.strong()
		return p, true
	}
	s := t.runes[stem:tok.start]
	if w.Temporary && before != nil && before.div == nil {
		if w.Word == "口" && len(s) == 0 && before.kind == graph.LocOther { // 昆仑山口
			p.kind, p.word = graph.LocOther, before.word
			return takeIn()
		}
		return p, false
	}
	if strings.HasPrefix(w.Word, "第") && w.Institution { // 第九中学: the number is the name
		switch {
		case len(s) == 0 && before != nil && before.div != nil && before.kind != graph.LocTownship:
			return takeIn()
		case len(s) == 1:
			p.level = f.levelAt(s)
			return p, p.level.Known()
		}
		return p, len(s) == 0 && before == nil
	}
	if len(s) == 0 {
		switch {
		case before == nil || before.end != stem:
			return p, false
		case goesOn && (before.div != nil || before.word.Strong) && (before.kind == graph.LocTownship || before.kind == graph.LocCommunity):
			return p, false // 渡口 of 望江楼街道渡口社区
		case before.div == nil: // 渡口社区, 酒店会议室
			return takeIn()
		case !goesOn && len([]rune(w.Word)) > 2 && w.Kind != string(graph.LocAddress): // 云河区图书馆, 松山湖高新区
			return takeIn()
		}
		return p, false
	}
	plain, purpose := lexicon.PlainPlace(s, w)
	if !w.Named && onlyEndings(s) {
		plain, purpose = true, false // 学校食堂
	}
	if strings.ContainsRune("进来入出去往", s[len(s)-1]) && len(s) > 1 {
		plain, purpose = true, false // 名家进社区
	}
	short := len(s) == 1 && before != nil && before.end == stem && before.kind == graph.LocTownship && // 沙岗镇前村
		p.kind == graph.LocCommunity && !strings.ContainsRune("全各该本某每两几多农乡", s[0])
	adjacent := before != nil && before.end == stem
	switch {
	case adjacent && before.kind == graph.LocTownship && before.div == nil && w.Kind == string(graph.LocTownship) && len(s) <= 2:
		return takeIn() // 东乡 of 东乡堡镇: no town lies in a town
	case adjacent && before.kind == graph.LocTownship && (w.Room || w.Word == "楼") && offices(s): // 白塘镇政府三楼会议室
		return takeIn()
	case s[0] == '第' && len(s) > 1 && strings.Trim(string(s[1:]), placeNumerals) == "" && w.Kind != string(graph.LocVenue): // 鞍山四村第三小区
		if adjacent && before.div == nil {
			return takeIn()
		}
		return p, false
	case !plain && adjacent && w.Institution && s[0] == '第' && before.div != nil && before.kind != graph.LocTownship:
		return takeIn() // 河南省第一师范学院
	case !plain && adjacent && before.div == nil && before.kind == graph.LocVenue && w.Kind == string(graph.LocVenue) && !w.Named && !w.Temporary:
		return takeIn() // 莲塘口岸旅检大厅
	case plain && !short && adjacent && purpose && w.Kind == string(graph.LocVenue):
		return takeIn()
	case plain && !short && adjacent && before.div == nil && !before.word.Strong && before.kind == graph.LocOther:
		return takeIn()
	case plain && !short:
		if before == nil && (w.Kind == string(graph.LocVenue) || zoneWord(w.Word)) && !w.Temporary && (len(s) > 1 || w.Institution || w.Named || len([]rune(w.Word)) > 2) {
			if _, ok := lexicon.PlainPlace(s[1:], w); ok || w.Named {
				p.level = f.levelAt(s) // 区人民会堂
			}
		}
		return p, p.level.Known()
	case adjacent && before.kind == graph.LocRoad && bridging(s):
		return takeIn()
	case adjacent && before.div == nil && !before.word.Strong: // 云岭轴承公司: the ending 岭 was none
		return takeIn()
	}
	if before == nil && p.kind == graph.LocVenue && (w.Institution || !strings.ContainsRune("旗州盟", s[0])) {
		p.level = f.levelAt(s) // 区实验幼儿园
	}
	return p, true
}

// offices reports whether what stands between a town and a room is the seat of an organ of the town.
func offices(s []rune) bool {
	for _, w := range []string{"政府", "党委", "人大", "机关", "办事处", "村委会", "居委会"} {
		if strings.HasPrefix(string(s), w) {
			return true
		}
	}
	return false
}

// zoneWord reports whether an ending is that of a zone, of which a county has one: 县产业集聚区.
func zoneWord(w string) bool {
	for _, z := range []string{"开发区", "高新区", "经开区", "集聚区", "示范区"} {
		if strings.HasSuffix(w, z) {
			return true
		}
	}
	return false
}

// onlyEndings reports whether s is a row of endings of at least two characters each.
func onlyEndings(s []rune) bool {
	for len(s) > 0 {
		w, n := lexicon.MatchPlaceWord(s)
		if n < 2 || w.Class != lexicon.PlaceEnd {
			return false
		}
		s = s[n:]
	}
	return true
}

// bridging reports whether the words between a road and an ending tie the two: 丰登路跨云河大桥.
func bridging(s []rune) bool { return s[0] == '跨' || s[0] == '下' && len(s) > 1 && s[1] == '穿' }
