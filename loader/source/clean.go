package source

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// radicals pairs the CJK Radicals Supplement (U+2E80 to U+2EF3), which PDF texts have in place of characters, with
// the characters: Unicode 15.0, EquivalentUnifiedIdeograph.txt. NFKC knows two of them only.
const radicals = "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬" +
	"⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶" +
	"⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"

var radicalOf = func() map[rune]rune {
	pairs := []rune(radicals)
	m := make(map[rune]rune, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return m
}()

// clean returns the line as it is read, and how many control characters it lost. Letters and digits of full width
// become narrow, every kind of space becomes one of ASCII (a tabulator two), radicals and compatibility ideographs
// become the characters that they look like; what has no width is left out. Characters of the private use areas stay.
func clean(line string) (text string, controls int) {
	var b strings.Builder
	b.Grow(len(line))
	ascii := false // punctuation that may have to become full width
	for len(line) > 0 {
		r, size := utf8.DecodeRuneInString(line)
		line = line[size:]
		switch {
		case r == '\t':
			b.WriteString("  ")
		case r == '\f', r == 0x85, 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x2069, r == 0xFEFF, r == 0xAD:
		case r < ' ' || 0x7F <= r && r < 0xA0:
			controls++
		case r < utf8.RuneSelf:
			ascii = ascii || strings.ContainsRune(",;:?!()", r)
			b.WriteByte(byte(r))
		case r == 0x3000, unicode.IsSpace(r):
			b.WriteByte(' ')
		case '０' <= r && r <= '９', 'Ａ' <= r && r <= 'Ｚ', 'ａ' <= r && r <= 'ｚ':
			b.WriteRune(r - '０' + '0')
		case 0x2E80 <= r && r <= 0x2EF3:
			if c, ok := radicalOf[r]; ok {
				r = c
			}
			b.WriteRune(r)
		case 0x2F00 <= r && r <= 0x2FDF, 0xF900 <= r && r <= 0xFAFF, 0x2F800 <= r && r <= 0x2FA1F:
			b.WriteString(norm.NFKC.String(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	text = strings.TrimRight(b.String(), " ")
	if ascii {
		text = widen(text)
	}
	return text, controls
}

// wide holds the ASCII punctuation that becomes full width beside Han characters.
var wide = map[rune]rune{',': '，', ';': '；', ':': '：', '?': '？', '!': '！'}

// widen gives punctuation of Chinese sentences its full width: beside a Han character (12月4日,区司法局), never
// between digits (8,216,781.53元); parentheses by pairs where one is wide or the text between them is Chinese.
func widen(s string) string {
	rs := []rune(s)
	type opening struct {
		at  int
		han bool
	}
	var open []opening
	for i, r := range rs {
		switch r {
		case '(', '（':
			open = append(open, opening{at: i})
			continue
		case ')', '）':
			if len(open) == 0 {
				continue
			}
			o := open[len(open)-1]
			open = open[:len(open)-1]
			if o.han || r == '）' || rs[o.at] == '（' {
				rs[o.at], rs[i] = '（', '）'
				if len(open) > 0 {
					open[len(open)-1].han = true
				}
			}
			continue
		}
		if follows(r) || precedes(r) {
			if len(open) > 0 {
				open[len(open)-1].han = true
			}
			continue
		}
		if w, ok := wide[r]; ok && i > 0 && (follows(rs[i-1]) || i+1 < len(rs) && rs[i-1] != ' ' && precedes(rs[i+1])) {
			rs[i] = w
		}
	}
	return string(rs)
}

// follows tells whether punctuation right behind r is that of a Chinese sentence. What widen itself may still change to
// the right (an opening parenthesis) does not count, so that widening twice is widening once.
func follows(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。、；：？！）”’》」』】…", r)
}

// precedes tells the same of punctuation right before r.
func precedes(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("“‘《「『【", r)
}
