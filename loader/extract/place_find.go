package extract

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// A placeChunk is the tokens between two words that no name holds, and what stands around them.
type placeChunk struct {
	tokens []placeToken // a piece of the text's
	frame  string
	next   placeToken // what ended it, zero at the end of the text
	listed bool       // joined to a place before it
}

// placeTokens keeps the tokens of texts that have been read for the next: they take thirty times the memory of the text, and
// nothing of them is kept.
var placeTokens = sync.Pool{New: func() any { return new([]placeToken) }}

// read finds the places of one text.
func (f *placeFinder) read(t *placeText) {
	buffer := placeTokens.Get().(*[]placeToken)
	tokens := f.lex(t, (*buffer)[:0])
	defer func() {
		*buffer = tokens
		placeTokens.Put(buffer)
	}()
	var c placeChunk
	var open []placeSpan // items of the running list that have no ending of a place
	listed := false      // the chunk before was a place or an item, and a join followed
	flush := func(next placeToken) bool {
		c.next, c.listed = next, listed
		had := false
		if len(c.tokens) > 0 {
			if had = f.chunk(t, c); !had {
				if s, ok := c.item(t); ok && (listed || next.word.Word == "、") {
					open = append(open, s)
				}
			}
		}
		c.tokens = nil
		return had
	}
	places := 0 // places of the running list
	held := ""  // the frame of a list whose last item went on: 观摩了A改造、B
	reset := func() {
		c.frame, listed, places, open = "", false, 0, nil
	}
	for i := range tokens {
		tok := &tokens[i]
		switch tok.kind {
		case placeRune, placeWord, placeEnd, placeNumber, placeDivision:
			c.tokens = tokens[i-len(c.tokens) : i+1]
		case placeJoin:
			some := len(c.tokens) > 0
			had := flush(*tok)
			if had {
				places++
			}
			listed = some && (had || c.frame != "")
			if !listed {
				reset()
				if tok.word.Word == "、" && held != "" {
					c.frame, listed = held, true
				}
			}
		case placeHalt:
			some := len(c.tokens) > 0
			if flush(*tok) {
				places++
			}
			if places > 0 && (tok.word.Word == "等地" || tok.word.Word == "等处") && c.frame != "" {
				for _, s := range open {
					f.place(t, s, c.frame)
				}
			}
			keep := !some && i > 0 && tokens[i-1].kind == placeFrame && c.frame != ""
			frame := c.frame
			if frame == "visit" || frame == "tour" || frame == "meet" {
				held = frame
			}
			reset()
			if keep && (tok.word.Word == "了" || tok.word.Word == "过" || tok.word.Word == "着") {
				c.frame = frame
			}
		case placeFrame:
			flush(*tok)
			was := c.frame
			reset()
			held = ""
			c.frame = tok.word.Kind
			if was == "route" && tok.word.Word == "到" {
				c.frame = "until" // 从青岚到澜州的公交
			}
			if c.frame == "until" && was != "route" {
				c.frame = ""
			}
		case placeCut:
			flush(*tok)
			reset()
			held = ""
			if placeStop(t.runes[tok.start]) {
				f.town = reading.Jurisdiction{}
			}
		}
	}
	flush(placeToken{})
	f.labelledPlaces(t)
	f.bareNames(t)
	f.town = reading.Jurisdiction{}
}

// item returns the chunk as an item of a list of places that has no ending of one: 金桥凯旋. It is two to eight characters.
func (c placeChunk) item(t *placeText) (placeSpan, bool) {
	s := placeSpan{c.tokens[0].start, c.tokens[len(c.tokens)-1].end}
	if s.end-s.start < 2 || s.end-s.start > 8 {
		return s, false
	}
	for _, r := range t.runes[s.start:s.end] {
		if !isHan(r) {
			return s, false
		}
	}
	plain, _ := lexicon.PlainPlace(t.runes[s.start:s.end], lexicon.PlaceWord{})
	return s, !plain
}

// name returns a span's text without the spaces that pad digits in print.
func (t *placeText) name(s placeSpan) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, string(t.runes[s.start:s.end]))
}

// chunk reads one chunk as an expression of places and records what it means; it reports whether it means any.
func (f *placeFinder) chunk(t *placeText, c placeChunk) bool {
	if s := (placeSpan{c.tokens[0].start, c.tokens[len(c.tokens)-1].end}); c.frame == "at" && s.end-s.start <= 5 && soleVenues[string(t.runes[s.start:s.end])] && !t.said(s.start) {
		f.add("sole-venue", placeBelow(f.home(), reading.Place{Name: t.name(s), Type: graph.LocVenue}), false, true, t.evidence(s), nil)
		return true
	}
	if f.felt(t, c) {
		return true
	}
	pieces := f.pieces(t, c)
	if len(pieces) == 0 {
		return false
	}
	last := &pieces[len(pieces)-1]
	rest := t.runes[last.end:c.tokens[len(c.tokens)-1].end]
	if f.organFollows(t, last.end, rest) {
		if last.div != nil && f.sends(t, *last) {
			f.add("delegation", last.div.at, true, false, t.evidence(f.wholeChain(pieces)), last.div.successors)
		}
		return false
	}
	if t.inOrgan(last.placeSpan) {
		return false
	}
	if last.div != nil {
		return f.division(t, c, pieces, len(rest))
	}
	switch f.accepts(t, c, pieces) {
	case placeSure:
		return f.expression(t, c, pieces)
	case placeMaybe:
		f.maybe = append(f.maybe, placeDoubt{t.evidence(last.placeSpan), last.kind, !t.said(last.start)})
	}
	return false
}

// inOrgan reports whether the name of an organ holds the span and goes on after it.
func (t *placeText) inOrgan(s placeSpan) bool {
	for _, o := range t.organs {
		if o.Start <= s.start && o.End > s.end && o.Start < s.end {
			return true
		}
	}
	return false
}

// organ returns the organ that the span names, the zero placeOrgan for none.
func (t *placeText) organ(s placeSpan) placeOrgan {
	for _, o := range t.organs {
		if o.Start == s.start && o.End == s.end {
			return o
		}
	}
	return placeOrgan{}
}

// levelAt returns the division of the document's chain that the first character of a name stands for: 区 of 区人民会堂. It
// is unknown where the character begins a word (市民广场).
func (f *placeFinder) levelAt(name []rune) reading.Jurisdiction {
	r := name[0]
	if !strings.ContainsRune("省市区县旗州盟", r) || len(name) > 1 && strings.ContainsRune(placeAfterUnit[r], name[1]) {
		return reading.Jurisdiction{}
	}
	for i := len(f.region.Chain) - 1; i >= 0; i-- {
		name := []rune(f.region.Chain[i].Name)
		if len(name) > 1 && name[len(name)-1] == r {
			return reading.Jurisdiction{Chain: f.region.Chain[:i+1]}
		}
	}
	return reading.Jurisdiction{}
}

// organFollows reports whether the name that ends at i goes on as that of an organ or as a post. rest is what follows up to
// the end of its chunk.
func (f *placeFinder) organFollows(t *placeText, i int, rest []rune) bool {
	s := t.runes[i:min(len(t.runes), i+24)]
	if lexicon.PlaceOrgan(rest) > 0 {
		return true
	}
	for len(s) > 0 && strings.ContainsRune("副原省市区县旗镇乡", s[0]) {
		if organOrPost(s) {
			return true
		}
		s = s[1:]
	}
	return organOrPost(s)
}

func organOrPost(s []rune) bool {
	if _, n := lexicon.MatchTitle(s); n > 1 {
		return true
	}
	for _, form := range lexicon.MatchOrgan(s) {
		n := len([]rune(form.Short))
		if n > 1 {
			return true
		}
		if n == 1 && (len(s) == 1 || !strings.ContainsRune("托派屈以培会婉", s[1])) {
			return true
		}
	}
	return false
}

// placeLongest bounds the names of kinds that stand without a frame, in code points of the stem: what is longer has words
// before the name that nobody knows.
var placeLongest = map[graph.LocationKind]int{graph.LocRoad: 4, graph.LocCommunity: 4, graph.LocTownship: 4, graph.LocAddress: 5, graph.LocVenue: 7}

// placeLongestFramed is the same after a frame, for all kinds.
const placeLongestFramed = 16

// soleVenues are what a county or a village has one of, so that the kind is the name: 在大礼堂召开, 在村活动室座谈.
var soleVenues = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("文化广场 中心广场 市民广场 体育场 体育馆 灯光球场 文化宫 工人文化宫 少年宫 会展中心 会议中心 影剧院 人民影剧院 电影院 剧院 大礼堂 礼堂 大会堂 人民会堂 烈士陵园 革命烈士陵园 火车站 汽车站 村活动室 社区活动室 村部 村委会 村党群服务中心 社区党群服务中心 村文化广场 村文化礼堂") {
		m[w] = true
	}
	return m
}()

// placeVerdict is what an expression is as it stands.
type placeVerdict int

const (
	placeNot   placeVerdict = iota
	placeMaybe              // only if the article names it elsewhere, too
	placeSure
)

// accepts decides whether an expression is a place as it stands.
func (f *placeFinder) accepts(t *placeText, c placeChunk, pieces []placePiece) placeVerdict {
	last := pieces[len(pieces)-1]
	w := last.word
	framed := c.frame != "" && pieces[0].start == c.tokens[0].start
	longest := placeLongestFramed
	chained := pieces[0].div != nil || len(pieces) > 1 && last.from > 0
	if !framed && !chained {
		longest = placeLongest[last.kind]
		if longest == 0 {
			longest = 6
		}
	}
	if last.kind == graph.LocTownship && last.stem > longest && strings.HasSuffix(string(t.runes[last.start:last.start+last.stem]), "族") {
		longest = placeLongestFramed // 龙船塘瑶族乡
	}
	switch {
	case last.stem > longest || framed && c.frame == "from" || !framed && last.kind == graph.LocCommunity && elected(c.next.word.Word):
		return placeNot
	case w.Land && (!framed || c.frame != "at" && c.frame != "to" || last.stem < 2 || last.stem > 4 || last.from < len(pieces)-1):
		return placeNot
	case !framed && last.kind == graph.LocOther && c.flows(t, last):
		if t.said(last.start) {
			return placeMaybe
		}
		return placeSure
	case personal(t.runes[last.start:last.end], w) && (!framed || c.frame == "meet" || c.frame == "with"):
		return placeNot
	case !w.Strong && len([]rune(w.Word)) == 1 && !c.ends(t, last.end):
		return placeNot // 尼山 of 尼山圣境
	case last.institution:
		if framed && (c.frame == "at" || c.frame == "to" && !strings.HasSuffix(w.Word, "公司") || c.frame == "tour") {
			return placeSure
		}
		return placeNot
	case framed && !w.Temporary, w.Temporary && framed && len([]rune(w.Word)) > 1 && last.stem > 1:
		return placeSure
	case w.Temporary || last.level.Known():
		return placeNot
	case !framed && t.organ(last.placeSpan) != (placeOrgan{}) && last.kind == graph.LocVenue:
		return placeNot // 石坪镇农技站, which acts
	case chained && !last.weak:
		return placeSure
	case f.built(t, c, last):
		return placeSure
	case last.weak || !last.strong() && last.kind != graph.LocAddress:
		return placeMaybe
	case t.said(last.start):
		return placeMaybe
	}
	return placeSure
}

// personal reports whether a name with a weak ending of one character may be a person's: 刘春亭.
func personal(name []rune, end lexicon.PlaceWord) bool {
	return len(name) <= 3 && !end.Strong && len([]rune(end.Word)) == 1 && lexicon.Surname(name) > 0
}

// ends reports whether nothing but a word of position follows i in the chunk.
func (c placeChunk) ends(t *placeText, i int) bool {
	end := c.tokens[len(c.tokens)-1].end
	return end <= i || strings.ContainsRune("里外上下边旁中畔口岸东西南北", t.at(i))
}

// division records a division that stands for itself.
func (f *placeFinder) division(t *placeText, c placeChunk, pieces []placePiece, rest int) bool {
	last := pieces[len(pieces)-1]
	own := last.div.at.Key() == f.region.Key() || f.ancestor(last.div.at)
	below := f.below(last.div.at)
	framed := c.frame != "" && pieces[0].start == c.tokens[0].start
	if last.div.bare && !(framed && rest == 0 && (c.frame == "to" || c.frame == "at" || c.frame == "from" || c.frame == "via")) {
		return false
	}
	if office(t.name(last.placeSpan)) {
		return false
	}
	if !own && !below && !framed && len(pieces) < 2 {
		if f.sends(t, last) {
			f.add("delegation", last.div.at, true, false, t.evidence(f.wholeChain(pieces)), last.div.successors)
		}
		return false
	}
	if !own && !below && (!framed && rest > 0 && len(pieces) < 2 || c.next.kind == placeCut && strings.ContainsRune("（(“", t.at(c.next.start))) {
		return false // 河南省（郑州）医学研究院
	}
	isPlace := f.happens(t, c, last.placeSpan, framed) && !(c.frame == "at" && rest > 0)
	if !framed {
		isPlace = below && (f.tellsOf(t, c, last.end) || t.has(pieces[0].start-2, "批准") && !t.said(last.start))
	}
	f.add(last.div.rule(), last.div.at, true, isPlace, t.evidence(f.wholeChain(pieces)), last.div.successors)
	f.visited(c, last.div.at)
	return true
}

// tellsOf reports whether the text speaks of a street or town that nothing stands before, and does not merely let it act:
// 沙岗镇2.3万亩小麦开镰 in the first sentence, 柳渡乡遭受冰雹 in any.
func (f *placeFinder) tellsOf(t *placeText, c placeChunk, end int) bool {
	if t.said(end - 1) {
		return false
	}
	if end <= t.first && c.next.kind == placeCut && placeDigit(t.at(t.skipSpace(end))) {
		return true
	}
	for i := end; i < len(t.runes) && i-end < 30 && !placeStop(t.runes[i]) && t.runes[i] != '，' && t.runes[i] != '；'; i++ {
		for _, w := range placeBefalls {
			if t.has(i, w) {
				return true
			}
		}
	}
	return false
}

// ancestor reports whether a division has become the document's own: 密县 in a chronicle of 新密市.
func (f *placeFinder) ancestor(at reading.Jurisdiction) bool {
	self, now := at.Self(), f.region.Self()
	if self.ValidTo == 0 || now.Code == "" || self.Type != now.Type {
		return false
	}
	d, ok := lexicon.DivisionInYear(self.Code, self.ValidTo-1)
	if !ok || d.Name != self.Name {
		return false
	}
	heirs := d.Heirs()
	return len(heirs) == 1 && heirs[0].Code == now.Code
}

// below reports whether a division lies in the document's own.
func (f *placeFinder) below(at reading.Jurisdiction) bool {
	n := len(f.region.Chain)
	return n > 0 && len(at.Chain) > n && at.Chain[n-1].Name == f.region.Chain[n-1].Name && at.Chain[n-1].Code == f.region.Chain[n-1].Code
}

// office reports whether the name of a township is that of its office.
func office(name string) bool {
	return strings.HasSuffix(name, "办") || strings.HasSuffix(name, "办事处")
}

// visited remembers where the article travels to, and which town the sentence speaks of.
func (f *placeFinder) visited(c placeChunk, at reading.Jurisdiction) {
	switch at.Self().Type {
	case graph.LocTownship:
		f.setTown(at)
	case graph.LocCounty, graph.LocCity:
		switch {
		case at.Key() == f.region.Key():
			if c.frame == "to" || c.frame == "at" {
				f.away = reading.Jurisdiction{}
			}
		case f.isOwn([]placeDiv{{at: at}}):
		case c.frame == "to":
			f.away = at
		}
	}
}

// setTown remembers the town that the sentence has named last, and whether it is the only one.
func (f *placeFinder) setTown(at reading.Jurisdiction) {
	f.oneTown = !f.town.Known() || f.oneTown && f.town.Key() == at.Key()
	f.town = at
}

// said reports whether i lies in reported speech.
func (t *placeText) said(i int) bool { return i < len(t.speech) && t.speech[i] }

// happens reports whether a place behind its frame is one where the event took place.
func (f *placeFinder) happens(t *placeText, c placeChunk, s placeSpan, framed bool) bool {
	if t.said(s.start) {
		return false
	}
	if !framed {
		return s.start < t.first
	}
	switch c.frame {
	case "from":
		return false
	case "with":
		return t.inspected(s.end)
	}
	return true
}

// placeInspections are verbs that make 对L a visit.
var placeInspections = []string{"检查", "抽查", "督导", "调研", "质控", "巡察", "督查", "走访", "暗访", "巡查", "视察", "拆除", "整治", "观摩"}

// inspected reports whether the sentence goes on after i with a verb of inspection.
func (t *placeText) inspected(i int) bool {
	for n := 0; n < 60 && i < len(t.runes) && !placeStop(t.runes[i]); n++ {
		for _, w := range placeInspections {
			if t.has(i, w) {
				return true
			}
		}
		i++
	}
	return false
}

// expression records the place that an expression ends with, and the villages and streets named before it.
func (f *placeFinder) expression(t *placeText, c placeChunk, pieces []placePiece) bool {
	above, told := reading.Jurisdiction{}, false
	framed := c.frame != "" && pieces[0].start == c.tokens[0].start
	for i, p := range pieces {
		if p.div != nil {
			above, told = p.div.at, true
			f.visited(c, above)
			if above.Key() == f.region.Key() && framed {
				f.add("division", above, true, f.happens(t, c, p.placeSpan, framed), t.evidence(p.placeSpan), nil)
			}
			continue
		}
		taken := false // a later piece takes this one into its name
		for _, q := range pieces[i+1:] {
			taken = taken || q.from <= i
		}
		if taken && (i+1 < len(pieces) && pieces[i+1].stem == p.end-p.start || p.kind != graph.LocTownship && p.kind != graph.LocCommunity) {
			continue // 翠苑 of 翠苑街道
		}
		if p.kind == graph.LocTownship {
			base := above
			if !told || above.Self().Type == graph.LocTownship {
				base = f.home()
			}
			at, successors := f.township(t.name(p.placeSpan), base)
			if f.away.Known() && base.Key() == f.away.Key() && at.Self().Code == "" && !told {
				f.away = reading.Jurisdiction{} // no street of the county visited: the article is home again
				at, successors = f.township(t.name(p.placeSpan), f.region)
			}
			if i == len(pieces)-1 {
				isPlace := framed && f.happens(t, c, p.placeSpan, framed) || !framed && f.tellsOf(t, c, p.end)
				f.add("township", at, true, isPlace, t.evidence(f.wholeChain(pieces)), successors)
			}
			above, told = at, true
			f.setTown(at)
			continue
		}
		if !told {
			above = f.home()
			if p.lead != nil && framed && (c.frame == "at" || c.frame == "to" || c.frame == "tour") {
				above, told = p.lead.at, true
			}
			if f.town.Known() && p.kind == graph.LocCommunity && (c.listed || f.oneTown) {
				above, told = f.town, true
			}
		}
		rule := "ending"
		if framed {
			rule = "ending-after-" + c.frame
		}
		place := reading.Place{Name: t.name(p.placeSpan), Type: p.kind}
		if p.word.Institution && strings.HasPrefix(p.word.Word, "第") {
			place.Name = t.name(placeSpan{p.start, p.start + p.stem}) + p.word.Word
		}
		if p.level.Known() {
			place.Name = p.level.Self().Name + strings.TrimPrefix(place.Name, string(t.runes[p.start]))
		}
		if o := t.organ(p.placeSpan); p.institution && len(o.Name) >= len(place.Name) {
			place.Name = o.Name
		}
		switch {
		case i == len(pieces)-1:
			f.add(rule, placeBelow(above, place), told, f.happens(t, c, p.placeSpan, framed), t.evidence(f.wholeChain(pieces)), nil)
		case p.kind == graph.LocCommunity:
			if !taken {
				f.add(rule, placeBelow(above, place), told, f.happens(t, c, p.placeSpan, framed), t.evidence(f.wholeChain(pieces[:i+1])), nil)
			}
			above, told = placeBelow(above, place), true
		}
	}
	return true
}

// wholeChain returns the span of the last piece with all that stand right before it and lead to it: a place is written at
// its full length, 浙江省湖州市安吉县, 青岩镇红光村. The document's own county before what lies in it is left out.
func (f *placeFinder) wholeChain(pieces []placePiece) placeSpan {
	last := pieces[len(pieces)-1]
	s := last.placeSpan
	for _, p := range slices.Backward(pieces) {
		if p.end != s.start || p.div != nil && f.holdsRegion(p.div.at) && (last.div == nil || f.below(last.div.at)) {
			continue
		}
		s.start = p.start
	}
	return s
}

// holdsRegion reports whether a division is the document's own or one of those above it.
func (f *placeFinder) holdsRegion(at reading.Jurisdiction) bool {
	n := len(at.Chain)
	return n > 0 && n <= len(f.region.Chain) && f.region.Chain[n-1].Name == at.Self().Name && f.region.Chain[n-1].Code == at.Self().Code
}

// home is where places stand that say nothing of it themselves.
func (f *placeFinder) home() reading.Jurisdiction {
	if f.away.Known() {
		return f.away
	}
	return f.region
}

// place records an item of a list that has no ending of a place.
func (f *placeFinder) place(t *placeText, s placeSpan, frame string) {
	p := reading.Place{Name: t.name(s), Type: graph.LocVenue}
	c := placeChunk{frame: frame}
	f.add("listed-name", placeBelow(f.home(), p), false, f.happens(t, c, s, true), t.evidence(s), nil)
}
