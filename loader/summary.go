package loader

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/internal/trie"
)

// titleRunes is the length of the longest title that is made of a first clause.
const titleRunes = 30

// summary returns the first sentence of a body without the date and the time that it begins with: what a 大事记 prints
// behind the date.
func summary(body string, date *graph.EventDate) string {
	first, _, _ := strings.Cut(body, "\n")
	first = firstSentence(first)
	rest, dated := first, false
	for _, e := range date.Evidence {
		if e.Field == graph.FieldBody && e.Start == 0 && strings.HasPrefix(first, e.Text) {
			rest, dated = first[len(e.Text):], true
			break
		}
	}
	rest = rest[timeOfDay(rest, dated):]
	if dated {
		for _, w := range []string{"起，", "起 ", "以来，", "开始，"} { // 3月1日起，…
			rest = strings.TrimPrefix(rest, w)
		}
	}
	if len(rest) == len(first) || !startsClause(rest) {
		return first
	}
	if rest = strings.TrimLeft(rest, "，,、 "); rest == "" || strings.ContainsRune("。！？", firstRune(rest)) {
		return first
	}
	return rest
}

// startsClause tells whether a sentence without the date before s still is one: 12月4日，区司法局…, 12月4日区司法局…, but
// not 12月1日是第33个“世界艾滋病日”, nor 12月4日至6日 where only a part of the date was found.
func startsClause(s string) bool {
	s = strings.TrimLeft(s, " ")
	if strings.ContainsRune("，,", firstRune(s)) {
		return true
	}
	for _, p := range []string{"是", "为", "至", "—", "-", "、", "的", "起", "前", "后", "以", "（", "("} {
		if strings.HasPrefix(s, p) {
			return false
		}
	}
	return true
}

var (
	// dayParts are parts of a day. Those of one character begin other words too: see notParts.
	dayParts = strings.Fields("当天上午 当天下午 当日上午 当日下午 当天晚上 上午 下午 中午 正午 午前 午后 凌晨 清晨 早晨 早上 晨 黎明 拂晓 傍晚 黄昏 晚上 晚间 当晚 当夜 深夜 夜间 午夜 半夜 入夜 是晚 是夜 晚 夜 早 " +
		"子时 丑时 寅时 卯时 辰时 巳时 午时 未时 申时 酉时 戌时 亥时")
	// notParts go on with a word that begins like a part of a day: 晚稻, 夜校.
	notParts = map[string]string{"晚": "会稻报宴餐季期育婚", "夜": "校市景大以班巡经", "早": "稻餐市期在日已就教", "晨": "练报检会光", "夜间": "经", "中午": "饭", "午后": ""}
	// asideWords open brackets behind a date that say the same day in other words: （农历腊月廿四）, （星期三）.
	asideWords = strings.Fields("农历 阴历 夏历 旧历 古历 公历 阳历 星期 周 礼拜 即 正月 冬月 腊月 闰 除夕 春节 元旦 元宵 清明 端午 中秋 重阳 冬至 立春 小年 国庆 农 第")
)

// timeOfDay returns the length in bytes of what belongs to a date and says no more than the time: a weekday, the lunar
// date in brackets, a part of the day, an hour. dated tells that a date stands before s; without one the words must be set
// off from the text, as below a heading with the day.
func timeOfDay(s string, dated bool) int {
	end, i := 0, 0
	for {
		j := i
		if end > 0 || dated {
			j += spaces(s[j:])
		}
		if end > 0 && strings.HasPrefix(s[j:], "，") { // 同日，上午9时，
			j += len("，")
			j += spaces(s[j:])
		}
		n := timeWord(s[j:], dated && j == 0 || j == i && end > 0)
		if n == 0 && dated && end == 0 && strings.HasPrefix(s[j:], "，") { // 3日，凌晨，…
			j += len("，")
			j += spaces(s[j:])
			if n = timeWord(s[j:], false); n > 0 && !isSetOff(s[j+n:]) && timeWord(s[j+n:], true) == 0 {
				n = 0
			}
		}
		if n == 0 {
			break
		}
		i = j + n
		end = i
	}
	if end > 0 && !dated && !isSetOff(s[end:]) {
		return 0
	}
	return end
}

// isSetOff tells whether a comma or a space stands before s.
func isSetOff(s string) bool { return strings.HasPrefix(s, "，") || strings.HasPrefix(s, " ") }

// timeWord returns the length of one of them at the beginning of s, 0 for none. near tells that a date or another of them
// stands right before.
func timeWord(s string, near bool) int {
	if n := aside(s); n > 0 && near {
		return n
	}
	if rest, ok := strings.CutPrefix(s, "星期"); ok && strings.ContainsRune("一二三四五六日天", firstRune(rest)) {
		return len("星期") + len("一")
	}
	if rest, ok := strings.CutPrefix(s, "周"); ok && near && strings.ContainsRune("一二三四五六日", firstRune(rest)) && (isSetOff(rest[len("一"):]) || timeWord(rest[len("一"):], false) > 0) {
		return len("周") + len("一")
	}
	for _, w := range dayParts {
		if rest, ok := strings.CutPrefix(s, w); ok {
			if rest != "" && strings.ContainsRune(notParts[w], firstRune(rest)) || len(w) == len("晚") && !near && !isSetOff(rest) && clock(rest) == 0 {
				return 0
			}
			return len(w) + spanEnd(rest)
		}
	}
	if n := clock(s); n > 0 {
		return n + spanEnd(s[n:])
	}
	return 0
}

// aside returns the length of brackets that say the day in other words.
func aside(s string) int {
	open := firstRune(s)
	if open != '（' && open != '(' {
		return 0
	}
	const longest = 20 * 3 // bytes
	i := strings.IndexAny(s[:min(len(s), longest)], "）)")
	if i < 0 {
		return 0
	}
	inner := s[utf8.RuneLen(open):i]
	if !slices.ContainsFunc(asideWords, func(w string) bool { return strings.HasPrefix(inner, w) }) && !isCycle(inner) {
		return 0
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size
}

// isCycle tells whether s begins with a pair of the sixty: 甲子.
func isCycle(s string) bool {
	a, n := utf8.DecodeRuneInString(s)
	b, _ := utf8.DecodeRuneInString(s[n:])
	return strings.ContainsRune("甲乙丙丁戊己庚辛壬癸", a) && strings.ContainsRune("子丑寅卯辰巳午未申酉戌亥", b)
}

// clock returns the length of an hour at the beginning of s: 9时, 22时55分, 8时许, 9:30, 三点半.
func clock(s string) int {
	n := numberLen(s)
	if n == 0 {
		return 0
	}
	i := n
	switch r, size := utf8.DecodeRuneInString(s[i:]); r {
	case '时', '点':
		i += size
		rest := s[i:]
		if r == '点' && numberLen(rest) == 0 && !strings.HasPrefix(rest, "半") && !strings.HasPrefix(rest, "许") && !strings.HasPrefix(rest, "整") && !strings.HasPrefix(rest, "钟") && !strings.HasPrefix(rest, "左右") && !isSetOff(rest) {
			return 0 // 三点要求
		}
		for _, w := range []string{"代", "段", "期", "间"} {
			if strings.HasPrefix(rest, w) {
				return 0
			}
		}
		if m := numberLen(rest); m > 0 && strings.HasPrefix(rest[m:], "分") {
			i += m + len("分")
			if m := numberLen(s[i:]); m > 0 && strings.HasPrefix(s[i+m:], "秒") {
				i += m + len("秒")
			}
		}
	case ':', '：':
		m := numberLen(s[i+size:])
		if m != 2 {
			return 0
		}
		i += size + m
	default:
		return 0
	}
	for _, w := range []string{"半", "一刻", "三刻", "钟"} {
		if strings.HasPrefix(s[i:], w) {
			i += len(w)
		}
	}
	for _, w := range []string{"左右", "前后", "许", "整", "多"} {
		if strings.HasPrefix(s[i:], w) {
			return i + len(w)
		}
	}
	return i
}

// spanEnd returns the length of the other end of a span of hours: 至次日3时, —11时30分, 至9日14时.
func spanEnd(s string) int {
	i := 0
	for _, w := range []string{"至", "到", "—", "－", "-", "～", "~"} {
		if strings.HasPrefix(s, w) {
			i = len(w)
			break
		}
	}
	if i == 0 {
		return 0
	}
	for _, w := range []string{"次日", "翌日", "当日", "第二天"} {
		if strings.HasPrefix(s[i:], w) {
			i += len(w)
			break
		}
	}
	for _, sign := range []string{"月", "日"} {
		if n := numberLen(s[i:]); n > 0 && strings.HasPrefix(s[i+n:], sign) {
			i += n + len(sign)
		}
	}
	if n := clock(s[i:]); n > 0 {
		return i + n
	}
	for _, w := range dayParts {
		if strings.HasPrefix(s[i:], w) && len(w) > len("晚") {
			return i + len(w) + clock(s[i+len(w):])
		}
	}
	return 0
}

// numberLen returns the length of a number of one or two digits, or of Chinese numerals up to three.
func numberLen(s string) int {
	n, runes := 0, 0
	for _, r := range s {
		if isASCII := '0' <= r && r <= '9'; !isASCII && !strings.ContainsRune("〇零一二三四五六七八九十", r) || runes > 2 {
			break
		}
		n += utf8.RuneLen(r)
		runes++
	}
	if runes > 2 && n == runes || runes > 3 {
		return 0
	}
	return n
}

func spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

var (
	openers      = trie.NewRunes("“‘《〈（(【〔［[")
	closers      = trie.NewRunes("”’》〉）)】〕］]")
	sentenceEnds = trie.NewRunes("。！？")
	clauseEnds   = trie.NewRunes("，。；：！？")
)

// firstSentence returns s up to and with its first stop outside quotes and brackets.
func firstSentence(s string) string {
	i := indexOutside(s, sentenceEnds)
	if i < 0 {
		return s
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return s[:i+size]
}

// indexOutside returns where the first of some characters stands in s outside quotes and brackets, -1 for nowhere. Quotes or
// brackets that never close hide nothing.
func indexOutside(s string, chars *trie.Runes) int {
	depth, opened := 0, 0
	for i, r := range s {
		switch {
		case openers.Has(r):
			if depth == 0 {
				opened = i
			}
			depth++
		case closers.Has(r):
			depth = max(depth-1, 0)
		case depth == 0 && chars.Has(r):
			return i
		}
	}
	if depth > 0 {
		if i := strings.IndexFunc(s[opened:], chars.Has); i >= 0 {
			return opened + i
		}
	}
	return -1
}

// firstClause returns what stands before the first comma or stop outside quotes and brackets, at most titleRunes code
// points.
func firstClause(s string) string {
	if i := indexOutside(s, clauseEnds); i > 0 {
		s = s[:i]
	}
	if rs := []rune(s); len(rs) > titleRunes {
		s = string(rs[:titleRunes])
	}
	return s
}
