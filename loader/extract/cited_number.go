package extract

import (
	"slices"
	"strings"
)

// docNumbers returns the spans of the numbers of papers in the text, in text order: 豫政办〔2019〕5号, [2003]5号, (87)政字第5号.
func docNumbers(text []rune) []span {
	var all []span
	last := 0
	for i := 0; i < len(text); i++ {
		closer := yearCloser(text[i])
		if closer == 0 {
			continue
		}
		n := i + 1
		for n < len(text) && (figureDigit(text[n]) || isSpace(text[n])) && n-i < 7 {
			n++
		}
		digits := countDigits(text[i+1 : n])
		if n >= len(text) || text[n] != closer || digits != 4 && digits != 2 {
			continue
		}
		end, led := numberTail(text, n+1)
		if end == 0 {
			continue
		}
		start := codeStart(text, i, last, beforeCode, paperOffices)
		if (closer == '）' || closer == ')' || digits == 2) && start == i && !led {
			continue // （2019）5号 is a case, a lot, a house
		}
		all = append(all, span{start, end})
		last = end
		i = end - 1
	}
	return all
}

// yearCloser returns what closes the bracket around a year, 0 for what opens none.
func yearCloser(r rune) rune {
	switch r {
	case '〔':
		return '〕'
	case '［':
		return '］'
	case '[':
		return ']'
	case '（':
		return '）'
	case '(':
		return ')'
	case '【':
		return '】'
	case '﹝':
		return '﹞'
	case '〈':
		return '〉'
	}
	return 0
}

func countDigits(s []rune) int {
	n := 0
	for _, r := range s {
		if figureDigit(r) {
			n++
		}
	}
	return n
}

// numberTail reads what stands behind the year: 5号, 第5号, 字第5号, 政字5号. It returns the end of 号, 0 for none, and whether a
// 字 leads.
func numberTail(text []rune, i int) (end int, led bool) {
	for i < len(text) && isSpace(text[i]) {
		i++
	}
	for j := i; j < len(text) && j-i < 6 && isHan(text[j]) && text[j] != '第'; j++ {
		if text[j] == '字' {
			i, led = j+1, true
			break
		}
	}
	if i < len(text) && text[i] == '第' {
		i++
	}
	for i < len(text) && isSpace(text[i]) {
		i++
	}
	n := i
	for n < len(text) && n-i < 6 && (figureDigit(text[n]) || text[n] == '-') {
		n++
	}
	if n == i {
		return 0, false
	}
	for n < len(text) && isSpace(text[n]) {
		n++
	}
	if n < len(text) && text[n] == '号' {
		return n + 1, led
	}
	return 0, false
}

// maxCode is how long the code of an office before the year may be: 国管房地.
const maxCode = 12

// codeStart returns where the code of the office begins that ends right before i, i for none. after are the words that stand
// before codes.
func codeStart(text []rune, i, from int, after ...[]string) int {
	start := i
	for start > from && i-start < maxCode && (isHan(text[start-1]) || latinLetter(text[start-1])) {
		start--
	}
	if i-start == maxCode && start > from && isHan(text[start-1]) {
		start = i - maxCode/2 // a sentence runs on to the left
	}
	ends := func(j int) bool {
		for _, words := range after {
			for _, w := range words {
				if figureWordBefore(text, j, w) {
					return true
				}
			}
		}
		return false
	}
	for j := i - 1; j > start; j-- {
		if ends(j) {
			return j
		}
	}
	if i-start > 2 && text[start] == '经' && !strings.ContainsRune("贸委信济发协管营", text[start+1]) {
		start++ // 经国函〔1994〕15号批准
	}
	if len(after) > 0 && slices.ContainsFunc(after[0], func(w string) bool { return figureWordBefore(text, i, w) }) {
		return i
	}
	return start
}

// beforeCode are words that end right before the code of an office, paperOffices are whose papers they are: 国务院国发〔1985〕42号.
var (
	beforeCode = []string{
		"文号", "文号为", "根据", "按照", "依据", "依照", "印发", "下发", "转发", "批转", "颁发", "颁布", "公布", "发布", "下达", "以", "按", "贯彻", "落实", "执行", "批复", "同意", "批准",
		"接到", "收到", "的", "了", "发文",
	}
	paperOffices = []string{"国务院", "省政府", "市政府", "县政府", "区政府", "人民政府", "省委", "市委", "县委", "区委", "地委", "行署", "办公厅", "办公室", "委员会", "公署", "委办", "府办", "局", "厅", "部"}
)

// orderBefore returns the span of the number of an order that ends at i (国务院令第591号, 省政府第35号令), empty for none.
func orderBefore(text []rune, i int) span {
	j := i
	if j > 0 && text[j-1] == '令' {
		j--
		if j == 0 || text[j-1] != '号' {
			return span{}
		}
	}
	if j == 0 || text[j-1] != '号' {
		return span{}
	}
	ends := j < i // 号令
	j--
	for n := 0; j > 0 && n < 8 && (figureDigit(text[j-1]) || isNumeral(text[j-1]) || isSpace(text[j-1])); n++ {
		j--
	}
	if j > 0 && text[j-1] == '第' {
		j--
	} else if !ends {
		return span{}
	}
	if !ends {
		if j == 0 || text[j-1] != '令' {
			return span{}
		}
	}
	return span{codeStart(text, j, 0, beforeCode), i}
}
