package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/loader/reading"
)

// A numbered school is known by its number and kind in whichever way they are written: 第九中学, 第9中学, 9中.
type numbered struct {
	number int
	kind   string // 中学, 小学, 高级中学 …
}

// learnSchools collects the fullest form of every numbered school.
func (d *document) learnSchools(f *field) {
	for i := range f.text {
		n, end := numberedAt(f, i)
		if end == 0 {
			continue
		}
		p := d.prefixBefore(f, i)
		if p.length > 0 && p.at.Known() {
			if _, ok := d.schools[n]; !ok {
				d.schools[n] = p.at
			}
		}
	}
}

// prefixBefore returns the prefix that ends right before i.
func (d *document) prefixBefore(f *field, i int) prefix {
	for k := min(i, 14); k > 0; k-- {
		if p := d.prefixAt(f, i-k); p.length == k {
			return p
		}
	}
	return prefix{}
}

// numberedAt reads the number and kind of a school at i: 第九中学, 十二中学, 9中, 十二中.
func numberedAt(f *field, i int) (numbered, int) {
	j := i
	if c := f.at(i); c != '第' && !isDigit(c) && !digitsOfChinese.Has(c) {
		return numbered{}, 0
	}
	if f.at(j) == '第' {
		for j++; isSpace(f.at(j)); j++ {
		}
	} else if isDigit(f.at(i-1)) || digitsOfChinese.Has(f.at(i-1)) || f.at(i-1) == '第' {
		return numbered{}, 0
	}
	start := j
	for isDigit(f.at(j)) || digitsOfChinese.Has(f.at(j)) {
		j++
	}
	if j == start || j-start > 5 {
		return numbered{}, 0
	}
	n := number(string(f.text[start:j]))
	for start != i && isSpace(f.at(j)) && f.at(j+1) == '中' {
		j++
	}
	if j-start > 5 || n == 0 || n > 999 {
		return numbered{}, 0
	}
	if start == i && i > 0 && levelChars.Has(f.at(i-1)) { // 县一高, 县二小
		for _, w := range []struct{ word, kind string }{{"高中", "高级中学"}, {"初中", "初级中学"}, {"高", "高级中学"}, {"小", "小学"}} {
			if end := j + len([]rune(w.word)); f.has(j, w.word) && (!isHan(f.at(end)) || schoolContext(f, end)) && f.at(end) != '等' {
				return numbered{n, w.kind}, end
			}
		}
	}
	for _, w := range []struct{ word, kind string }{{"初级中学", "初级中学"}, {"高级中学", "高级中学"}, {"实验中学", "实验中学"}, {"实验小学", "实验小学"}, {"中学", "中学"}, {"小学", "小学"}, {"中", "中学"}} {
		if !f.has(j, w.word) {
			continue
		}
		end := j + len([]rune(w.word))
		if w.word == "中" && (start != i || isHan(f.at(end)) && !schoolContext(f, end) && !ofLevel(f, i, end)) {
			return numbered{}, 0
		}
		if strings.HasSuffix(w.kind, "小学") && start == i || f.at(end) == '生' || f.has(end, "教育") {
			return numbered{}, 0
		}
		return numbered{n, w.kind}, end
	}
	return numbered{}, 0
}

// ofLevel reports whether 二中 stands behind a level (县二中) and does not begin another word (市二中院).
func ofLevel(f *field, i, end int) bool {
	return i > 0 && levelChars.Has(f.at(i-1)) && !strings.ContainsRune("院全心学国医队型期级央华间年旬途层等专", f.at(end))
}

// schoolContext reports whether what follows 9中 shows that a school is meant.
func schoolContext(f *field, end int) bool {
	for _, w := range []string{"的学生", "的师生", "师生", "学生", "校", "教师", "举", "开展", "召开", "等", "和", "与", "及", "、", "党", "团委", "副", "组织", "参加", "的"} {
		if f.has(end, w) {
			return true
		}
	}
	return false
}

const chineseDigits = "〇零一二三四五六七八九十百"

var digitsOfChinese = trie.NewRunes(chineseDigits)

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// number reads Arabic or Chinese digits below 1000; 0 for anything else.
func number(s string) int {
	n, digit := 0, 0
	for _, r := range s {
		switch {
		case isDigit(r):
			n = n*10 + int(r-'0')
			if n > 9999 {
				return 0
			}
			continue
		case r == '十':
			n += max(digit, 1) * 10
			digit = 0
			continue
		case r == '百':
			n += max(digit, 1) * 100
			digit = 0
			continue
		}
		for k, c := range []rune("零一二三四五六七八九") {
			if r == c {
				digit = k
			}
		}
	}
	return n + digit
}

// chinese writes a number below 1000 in Chinese: 25 is 二十五, 12 十二.
func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	s := ""
	if n >= 100 {
		s += string(digits[n/100]) + "百"
		if n%100 != 0 && n%100 < 10 {
			s += "零"
		}
		n %= 100
		if n >= 10 && n < 20 {
			s += "一"
		}
	}
	if n >= 10 {
		if n >= 20 {
			s += string(digits[n/10])
		}
		s += "十"
		n %= 10
	}
	if n > 0 {
		s += string(digits[n])
	}
	return s
}

// schoolAt reads a numbered school without a prefix: it is the one that the document names in full.
func (d *document) schoolAt(f *field, i int) (organMention, bool) {
	n, end := numberedAt(f, i)
	if end == 0 {
		return organMention{}, false
	}
	m := organMention{span: span{i, end}}
	at, ok := d.schools[n]
	if !ok {
		m.organ = d.organ(reading.Organ{Name: f.slice(m.span), Type: graph.DeptSchool})
		return m, true
	}
	m.general = true
	m.organ = d.schoolNamed(n, at)
	return m, true
}

func (d *document) schoolNamed(n numbered, at reading.Jurisdiction) *reading.Organ {
	return d.organ(reading.Organ{Name: organName(at) + "第" + chinese(n.number) + n.kind, Type: graph.DeptSchool, Region: at})
}
