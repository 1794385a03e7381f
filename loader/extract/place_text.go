package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
)

// A placeText is the body or the title of an article while its places are looked for.
type placeText struct {
	field graph.EvidenceField
	runes []rune
	// hidden marks what names no place of the event: documents, quotations, brackets.
	hidden []bool
	// speech marks reported speech: what it names is not where the event took place.
	speech []bool
	// first is where the first sentence ends.
	first  int
	organs []placeOrgan
}

// placeQuoteMax bounds in code points how far the other half of a pair of marks is looked for.
const placeQuoteMax = 200

// placePair returns the other half of a mark that opens, 0 for no such mark.
func placePair(open rune) rune {
	switch open {
	case '《':
		return '》'
	case '“':
		return '”'
	case '‘':
		return '’'
	case '「':
		return '」'
	case '『':
		return '』'
	case '（':
		return '）'
	case '(':
		return ')'
	case '〔':
		return '〕'
	case '【':
		return '】'
	case '<':
		return '>'
	case '〈':
		return '〉'
	}
	return 0
}

func newPlaceText(field graph.EvidenceField, text []rune, organs []placeOrgan) *placeText {
	t := &placeText{field: field, runes: text, organs: organs}
	n := len(t.runes)
	marks := make([]bool, 2*n)
	t.hidden, t.speech = marks[:n:n], marks[n:]
	for i := 0; i < len(t.runes); i++ {
		closing := placePair(t.runes[i])
		if closing == 0 {
			continue
		}
		for j := i + 1; j < len(t.runes) && j-i <= placeQuoteMax && t.runes[j] != '\n'; j++ {
			if t.runes[j] == closing {
				for k := i; k <= j; k++ {
					t.hidden[k] = true
				}
				i = j
				break
			}
		}
	}
	t.first = n
	for i, r := range t.runes {
		if placeStop(r) && i > 0 {
			t.first = i
			break
		}
	}
	if field == graph.FieldBody {
		t.findSpeech()
	}
	return t
}

// placeSpeakers are words that open reported speech where a comma or a colon follows.
var placeSpeakers = []string{"指出", "强调", "要求", "表示", "认为", "建议", "希望", "提出", "说", "意见", "要求是", "叮嘱", "勉励"}

// findSpeech marks reported speech: from 指出， to the end of the paragraph, or to a sentence that tells on.
func (t *placeText) findSpeech() {
	in := false
	for i, r := range t.runes {
		switch {
		case r == '\n':
			in = false
		case r == '，' || r == '：' || r == ':':
			for _, w := range placeSpeakers {
				if trie.HasSuffix(t.runes[:i], w) && !strings.ContainsRune("）)》〕”", t.at(i-utf8.RuneCountInString(w)-1)) { // 根据《…》要求，
					in = true
				}
			}
		case in && r == '。' && t.tellsOn(i+1):
			in = false
		}
		t.speech[i] = in
	}
}

// placeTellers are words that begin a sentence in which a report goes on after speech.
var placeTellers = []string{"随后", "会后", "会前", "当天", "当日", "当晚", "活动", "仪式", "会议", "现场", "截至", "据", "目前", "此次", "下午", "演出", "座谈会", "其间", "期间"}

func (t *placeText) tellsOn(i int) bool {
	for _, w := range placeTellers {
		if t.has(i, w) {
			return true
		}
	}
	return false
}

func (t *placeText) has(i int, word string) bool {
	if i < 0 || i > len(t.runes) {
		return word == ""
	}
	return trie.HasPrefix(t.runes[i:], word)
}

func (t *placeText) evidence(s placeSpan) graph.Evidence {
	return graph.Evidence{Field: t.field, Start: s.start, End: s.end, Text: string(t.runes[s.start:s.end])}
}

// placeStop reports whether r ends a sentence.
func placeStop(r rune) bool { return isStop(r) }

// A placeSpan is a piece of a text in code points, end exclusive.
type placeSpan struct{ start, end int }

// placeKind is what a token is.
type placeKind int

const (
	placeRune     placeKind = iota + 1 // a character that a name may hold
	placeWord                          // a stop or a trap that the ending after it makes part of a name: 检查 of 检查站
	placeEnd                           // 公园
	placeNumber                        // 107号院: the number of a house, with what it numbers
	placeDivision                      // 云河区, 杭州市西湖区
	placeFrame                         // 在
	placeJoin                          // 和, 、
	placeHalt                          // 召开
	placeCut                           // ，
)

// A placeToken is a piece of a text that means one thing.
type placeToken struct {
	placeSpan
	kind placeKind
	word lexicon.PlaceWord
	divs []placeDiv
	// whole: the token is a name as it stands, not the ending of one.
	whole bool
}

// township reports whether the token is or ends a street's or town's name.
func (k placeToken) township() bool {
	if n := len(k.divs); n > 0 {
		return k.divs[n-1].at.Self().Type == graph.LocTownship
	}
	return k.word.Kind == string(graph.LocTownship)
}

// lex cuts the text into tokens, which are appended to tokens. It reads every code point once, and words of bounded length
// from each.
func (f *placeFinder) lex(t *placeText, tokens []placeToken) []placeToken {
	add := func(kind placeKind, start, end int, w lexicon.PlaceWord) {
		tokens = append(tokens, placeToken{placeSpan: placeSpan{start, end}, kind: kind, word: w})
	}
	last := func() placeKind {
		if len(tokens) == 0 {
			return placeCut
		}
		return tokens[len(tokens)-1].kind
	}
	for i := 0; i < len(t.runes); {
		r := t.runes[i]
		switch {
		case t.hidden[i] && last() == placeEnd && t.quotedName(i) > 0: // 口袋公园“拾光园”
			j := t.quotedName(i)
			add(placeFrame, i, i+1, lexicon.PlaceWord{Word: "“", Class: lexicon.PlaceFrame, Kind: "at"})
			for k := i + 1; k < j; k++ {
				t.hidden[k] = false
			}
			i++
			continue
		case t.hidden[i]:
			j := i
			for j < len(t.runes) && t.hidden[j] {
				j++
			}
			add(placeCut, i, j, lexicon.PlaceWord{})
			i = j
			continue
		case r == '、':
			add(placeJoin, i, i+1, lexicon.PlaceWord{Word: "、"})
			i++
			continue
		case unicode.IsSpace(r) && r != '\n' && (placeDigit(t.at(i+1)) || placeDigit(t.at(i-1))):
			i++
			continue
		}
		if !numberOpeners.Has(r) && !f.opens(r) {
			add(placeRune, i, i+1, lexicon.PlaceWord{})
			i++
			continue
		}
		if end, w := t.highway(i); end > 0 {
			add(placeEnd, i, end, w)
			tokens[len(tokens)-1].whole = true
			i = end
			continue
		}
		if end, w := t.house(i); end > 0 {
			add(placeNumber, i, end, w)
			i = end
			continue
		}
		if n := len(tokens); n > 0 && tokens[n-1].township() && tokens[n-1].end == i && placeDigit(r) && t.at(t.digits(i)) == '村' {
			for ; placeDigit(t.at(i)); i++ { // 团结乡7村
				add(placeRune, i, i+1, lexicon.PlaceWord{})
			}
			continue
		}
		if end, w := t.numbered(i); end > 0 {
			add(placeEnd, i, end, w)
			i = end
			continue
		}
		if !isHan(r) {
			switch {
			case t.labelAt(i):
				add(placeFrame, i, i+1, lexicon.PlaceWord{Word: "：", Class: lexicon.PlaceFrame, Kind: "at"})
			case unicode.IsLetter(r) || r == '·':
				add(placeRune, i, i+1, lexicon.PlaceWord{})
			default:
				add(placeCut, i, i+1, lexicon.PlaceWord{})
			}
			i++
			continue
		}
		if t.measure(i) {
			add(placeHalt, i, i+1, lexicon.PlaceWord{Word: string(r), Class: lexicon.PlaceStop})
			i++
			continue
		}
		if div, end := f.annalsPlace(t, i); end > 0 {
			add(placeFrame, i, i+1, lexicon.PlaceWord{Word: string(r), Class: lexicon.PlaceFrame, Kind: annalsKind(r)})
			tokens = append(tokens, placeToken{placeSpan: div.placeSpan, kind: placeDivision, divs: []placeDiv{div}})
			if i = end; t.at(i) == '城' || t.at(i) == '境' || t.at(i) == '界' {
				i++
			}
			add(placeHalt, i, i, lexicon.PlaceWord{Word: "", Class: lexicon.PlaceStop})
			continue
		}
		if (r == '年' || r == '月' || r == '日' || r == '时') && (placeDigit(t.at(i-1)) || placeNumeral(t.at(i-1))) {
			add(placeHalt, i, i+1, lexicon.PlaceWord{Word: string(r), Class: lexicon.PlaceStop}) // 8月龙湫水库动工
			i++
			continue
		}
		if strings.ContainsRune("我本该", r) && strings.ContainsRune("省市县区旗州镇乡", t.at(i+1)) && t.at(i+1) != 0 && !strings.ContainsRune("场民长", t.at(i+2)) {
			switch { // 来我县东乡堡镇: the county is the document's
			case last() == placeFrame:
			case strings.ContainsRune("来到赴抵", t.at(i-1)) && i > 0:
				add(placeFrame, i, i+2, lexicon.PlaceWord{Word: "到", Class: lexicon.PlaceFrame, Kind: "to"})
			default:
				add(placeHalt, i, i+2, lexicon.PlaceWord{Word: "我县", Class: lexicon.PlaceStop})
			}
			i += 2
			continue
		}
		if t.has(i, "县城关") {
			add(placeCut, i, i+1, lexicon.PlaceWord{}) // the town 城关镇 of the county, not its 县城
			i++
			continue
		}
		w, n := lexicon.MatchPlaceWord(t.runes[i:])
		if w.Class == lexicon.PlaceCountry {
			s := placeSpan{i, i + n}
			tokens = append(tokens, placeToken{placeSpan: s, kind: placeDivision, divs: []placeDiv{countryAt(w, s)}})
			i += n
			continue
		}
		if divs, length := f.divisionsAt(t, i); length > 0 && length >= n && !f.elsewhere(tokens, i, divs) {
			tokens = append(tokens, placeToken{placeSpan: placeSpan{i, i + length}, kind: placeDivision, divs: divs})
			i += length
			continue
		}
		if w.Temporary && n > 1 && last() != placeFrame && i > 0 && tokens[len(tokens)-1].end == i && tokens[len(tokens)-1].word.Kind != string(graph.LocRoad) {
			if road, k := lexicon.MatchPlaceWord(t.runes[i : i+1]); k == 1 && road.Kind == string(graph.LocRoad) {
				w, n = road, k // 汝河路段: the street 汝河路 and its part, not a part 路段 of 汝河
			}
		}
		if n == 0 {
			add(placeRune, i, i+1, w)
			i++
			continue
		}
		kind := placeRune
		fresh := last() == placeFrame || last() == placeJoin
		switch w.Class {
		case lexicon.PlaceEnd:
			kind = placeEnd
		case lexicon.PlaceName:
		case lexicon.PlaceFrame:
			kind = placeFrame
			if w.Opens && fresh || (w.Kind == "visit" || w.Kind == "meet") && t.endAt(i+n) && !t.dwellingAt(i+n) && !t.natureAt(i+n) {
				kind = placeRune
			}
		case lexicon.PlaceJoin:
			kind = placeJoin
			if w.Opens && (fresh || oneRune(tokens) && t.endAt(i+n)) { // 和平路, 春和小区
				kind = placeRune
			}
		default:
			kind = placeHalt
			switch {
			case w.Opens && fresh:
				kind = placeRune
			case n > 1 && t.endAt(i+n) && !t.dwellingAt(i+n) && (w.Class == lexicon.PlaceTrap || purpose(t.runes[i:i+n])):
				kind = placeWord
			}
		}
		if kind == placeRune {
			for j := range n {
				add(placeRune, i+j, i+j+1, lexicon.PlaceWord{})
			}
		} else {
			add(kind, i, i+n, w)
		}
		i += n
	}
	return tokens
}

// elsewhere reports whether divs, a street or town of the document's own county, stand right behind the name of another
// county, whose town of that name is meant: 城关镇 of 尉氏县城关镇.
func (f *placeFinder) elsewhere(tokens []placeToken, i int, divs []placeDiv) bool {
	n := len(tokens)
	if n == 0 || tokens[n-1].kind != placeDivision || tokens[n-1].end != i || len(divs) != 1 || divs[0].at.Self().Type != graph.LocTownship {
		return false
	}
	before := tokens[n-1].divs[len(tokens[n-1].divs)-1].at
	return before.Self().Type == graph.LocCounty && before.Key() != divs[0].at.Parent().Key()
}

// quotedName returns the end of the quotation that begins at i if it is one name of a place, two to eight characters with an
// ending, 0 otherwise.
func (t *placeText) quotedName(i int) int {
	if t.at(i) != '“' {
		return 0
	}
	for j := i + 1; j < len(t.runes) && j <= i+9 && t.hidden[j]; j++ {
		if t.runes[j] == '”' {
			return 0
		}
		w, n := lexicon.MatchPlaceWord(t.runes[j:])
		if n > 0 && w.Class == lexicon.PlaceEnd && w.Kind == string(graph.LocVenue) && t.at(j+n) == '”' && j > i+1 {
			return j + n
		}
		if n > 0 && w.Class != lexicon.PlaceEnd {
			return 0
		}
	}
	return 0
}

// oneRune reports whether a name has begun with the last token, a single character, behind a frame or in a list.
func oneRune(tokens []placeToken) bool {
	n := len(tokens)
	return n > 1 && tokens[n-1].kind == placeRune && (tokens[n-2].kind == placeFrame || tokens[n-2].kind == placeJoin)
}

// measure reports whether a word of measure stands at i, after a number: 个 of 12个社区, 十余个村.
func (t *placeText) measure(i int) bool {
	if !measures.Has(t.at(i)) {
		return false
	}
	for i--; unicode.IsSpace(t.at(i)); i-- {
	}
	r := t.at(i)
	return placeDigit(r) || placeNumeral(r) || r != 0 && strings.ContainsRune("余多几两数各这那某每", r)
}

// purpose reports whether a word says what a place is for: 调解 of 调解中心.
func purpose(word []rune) bool {
	_, ok := lexicon.PlainPlace(word, lexicon.PlaceWord{})
	return ok
}

func (t *placeText) at(i int) rune {
	if i < 0 || i >= len(t.runes) {
		return 0
	}
	return t.runes[i]
}

// endAt reports whether an ending begins at i that can follow a word of purpose: 站 after 检查.
func (t *placeText) endAt(i int) bool {
	if i >= len(t.runes) || t.hidden[i] {
		return false
	}
	w, n := lexicon.MatchPlaceWord(t.runes[i:])
	return n > 0 && w.Class == lexicon.PlaceEnd && !w.Temporary && w.Kind != string(graph.LocTownship)
}

// dwellingAt reports whether the ending at i is that of a village, a community or an estate, which no purpose precedes.
func (t *placeText) dwellingAt(i int) bool {
	w, _ := lexicon.MatchPlaceWord(t.runes[i:])
	return w.Kind == string(graph.LocCommunity) || w.Kind == string(graph.LocAddress)
}

// natureAt reports whether the ending at i is that of a piece of nature, which no verb of a visit names: 检查草原防火.
func (t *placeText) natureAt(i int) bool {
	w, _ := lexicon.MatchPlaceWord(t.runes[i:])
	return w.Kind == string(graph.LocOther) && !zoneWord(w.Word)
}

func placeDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

const placeNumerals = "一二三四五六七八九十百零〇"

var numerals = trie.NewRunes(placeNumerals)

// measures are classifiers: 3处 is no place.
var measures = trie.NewRunes("个处座条家所名项余多次间栋幢")

func placeNumeral(r rune) bool { return numerals.Has(r) }

// numberOpeners are the characters that names with numbers begin with: 第三中学, G30高速, 国道310.
var numberOpeners = trie.NewRunes("0123456789０１２３４５６７８９GSXY第国省县乡一二三四五六七八九十百零〇")

// opens tells whether anything but a plain character of a name may begin with r.
func (f *placeFinder) opens(r rune) bool {
	return !isHan(r) || lexicon.MayBeginPlaceWord(r) || f.mayName(r) || lexOpeners.Has(r)
}

// lexOpeners begin what lex asks for itself: classifiers behind numbers, units of dates, 我县, verbs of annals.
var lexOpeners = trie.NewRunes("个处座条家所名项余多次间栋幢年月日时我本该自由" + warVerbs)

// placeDigitsMax bounds the code points of a number: no house has a longer one.
const placeDigitsMax = 8

// digits returns the end of the number in digits that begins at i, i itself for none.
func (t *placeText) digits(i int) int {
	for n := 0; n < placeDigitsMax && placeDigit(t.at(i)); n++ {
		i++
	}
	return i
}

func (t *placeText) skipSpace(i int) int {
	for r := t.at(i); r == ' ' || r == '\u3000' || r == '\u00a0'; r = t.at(i) {
		i++
	}
	return i
}

// placeHouses are what the number of a house may number, longest first.
var placeHouses = []string{"号家属院", "号居民楼", "号小区", "号院", "号楼", "号附", "号", "弄"}

// house returns the end of the number of a house that begins at i, 0 for none: 107号院, 18号附3号.
func (t *placeText) house(i int) (int, lexicon.PlaceWord) {
	j := t.digits(i)
	if j == i {
		return 0, lexicon.PlaceWord{}
	}
	for t.at(j) == '-' || t.at(j) == '—' || t.at(j) == '－' {
		k := t.digits(j + 1)
		if k == j+1 {
			return 0, lexicon.PlaceWord{}
		}
		j = k
	}
	j = t.skipSpace(j)
	for _, w := range placeHouses {
		if t.has(j, w) {
			end := j + len([]rune(w))
			if k := t.digits(end); w == "弄" && k > end && t.at(k) == '号' {
				end = k + 1
			}
			if w == "号附" {
				k := t.digits(end)
				if k == end || t.at(k) != '号' {
					return 0, lexicon.PlaceWord{}
				}
				end = k + 1
			}
			if w == "号" && (t.has(end, "线") || t.has(end, "文") || t.has(end, "令")) {
				return 0, lexicon.PlaceWord{}
			}
			return end, lexicon.PlaceWord{Word: w, Kind: string(graph.LocAddress)}
		}
	}
	return 0, lexicon.PlaceWord{}
}

// placeSchools are what bears a number for its name, longest first. 中 and 小 are short for 中学 and 小学.
var placeSchools = []struct{ word, full string }{
	{"中学", "中学"}, {"小学", "小学"}, {"高级中学", "高级中学"}, {"初级中学", "初级中学"}, {"实验小学", "实验小学"}, {"幼儿园", "幼儿园"}, {"人民医院", "人民医院"}, {"医院", "医院"}, {"高中", "高中"}, {"初中", "初中"},
	{"中", "中学"}, {"小", "小学"},
}

// numbered reads the name of an institution that begins with a number: 第四十六中学, 第 9 中学, 46中. The word's name is
// the full form with the number as it is counted in names: 第四十六中学. The end is 0 for none.
func (t *placeText) numbered(i int) (int, lexicon.PlaceWord) {
	j := i
	ordinal := t.at(j) == '第'
	if ordinal {
		j = t.skipSpace(j + 1)
	}
	k := t.digits(j)
	digits := t.runes[j:k]
	if k == j {
		for k-j < placeDigitsMax && placeNumeral(t.at(k)) {
			k++
		}
	}
	number := t.runes[j:k]
	if k == j || k-j > 5 || !ordinal && placeNumeral(t.at(i-1)) {
		return 0, lexicon.PlaceWord{}
	}
	k = t.skipSpace(k)
	for _, s := range placeSchools {
		if !t.has(k, s.word) {
			continue
		}
		n := utf8.RuneCountInString(s.word)
		if n == 1 && !t.shortSchool(i, k+n) {
			continue
		}
		if !ordinal && n > 1 && strings.HasSuffix(s.word, "院") {
			continue
		}
		name := string(number)
		if len(digits) > 0 {
			name = placeNumberName(digits)
		}
		return k + n, lexicon.PlaceWord{Word: "第" + name + s.full, Class: lexicon.PlaceEnd, Kind: string(graph.LocVenue), Institution: true, Strong: true}
	}
	return 0, lexicon.PlaceWord{}
}

// shortSchool reports whether a short name of a school (9中) that begins at start may end at end: nothing goes on with
// 中 or 小, and no numeral is the end of a longer word.
func (t *placeText) shortSchool(start, end int) bool {
	if w, n := lexicon.MatchPlaceWord(t.runes[min(end, len(t.runes)):]); n > 0 && w.Class != lexicon.PlaceEnd {
		return placeDigit(t.at(start)) || !unicode.Is(unicode.Han, t.at(start-1)) || strings.ContainsRune("市区县进到在和与", t.at(start-1))
	}
	return end >= len(t.runes) || !unicode.Is(unicode.Han, t.at(end)) || strings.ContainsRune("学师校", t.at(end))
}

// placeNumberName writes a number of up to three digits as names count it: 七十, 十二, 一百零三. Longer ones stay digits.
func placeNumberName(digits []rune) string {
	n := 0
	for _, r := range digits {
		if r >= '０' {
			r -= '０' - '0'
		}
		n = n*10 + int(r-'0')
		if n > 999 {
			return string(digits)
		}
	}
	one := []rune("零一二三四五六七八九")
	name := ""
	if n >= 100 {
		name = string(one[n/100]) + "百"
		if n%100 != 0 && n%100 < 10 {
			name += "零"
		}
	}
	if tens := n % 100 / 10; tens > 1 || tens == 1 && n > 100 {
		name += string(one[tens]) + "十"
	} else if tens == 1 {
		name += "十"
	}
	if n%10 != 0 {
		name += string(one[n%10])
	}
	return name
}
