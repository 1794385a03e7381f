package extract

import (
	"strings"

	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// The lengths of a name of another language without dots, in code points.
const (
	minForeign = 3
	maxForeign = 9
)

// autonomous reports whether people of a jurisdiction often bear names of other languages: a banner, a league, an
// autonomous division, or what lies in one.
func autonomous(own reading.Jurisdiction) bool {
	for _, p := range own.Chain {
		for _, w := range []string{"旗", "盟", "自治区", "自治州", "自治县", "民族乡", "苏木", "西藏", "青海", "地区"} {
			if strings.HasSuffix(p.Name, w) || strings.HasPrefix(p.Name, w) {
				return true
			}
		}
	}
	return false
}

// foreignName returns the code points of the name of another language at i, written without dots, 0 for none: 苏日勒和克,
// 才让东珠, 阿不都热依木, 沙马拉毅. What follows must end it; strict asks for more than one character's word.
//
// All its characters are such as names are transliterated with; where the document is of an autonomous division, one in
// four may be another. 和 joins two names where both halves are long enough to be one.
func (d *document) foreignName(f *field, i int) int {
	if f.word[i] > 0 {
		return 0
	}
	run, strange := 0, 0
	best := 0
	for n := 0; n < maxForeign && isHan(f.at(i+n)); n++ {
		r := f.at(i + n)
		if n >= 2 && (f.word[i+n] > 0 || r == '等') {
			break
		}
		if n >= minForeign && strings.ContainsRune("作做家", r) {
			best = n // 吉日嘎拉|作动员, 朝克图|家
			break
		}
		if !lexicon.Transliterates(r) {
			strange++
			if !d.autonomous || strange*4 > n+1 || n < 2 || strings.ContainsRune("省市区县旗盟州镇乡局委会长任的为同兼主到赴在对就被把从说率与及将作", r) {
				break
			}
		}
		run = n + 1
		if run < minForeign {
			if run == 2 && strange == 0 && d.autonomous && contextAt(f, i+run) >= contextWord && lexicon.Surname(f.text[i:i+2]) == 0 {
				best = run // 多杰, 达瓦
			}
			continue
		}
		switch c := contextAt(f, i+run); {
		case c >= contextWord, c == contextChar && !lexicon.Transliterates(f.at(i+run)) && (run > 3 || d.autonomous):
			best = run
		}
	}
	if best == 0 {
		if n := yiName(f, i); n > 0 {
			return n
		}
		return 0
	}
	for k := 2; k+2 < best; k++ {
		if f.text[i+k] == '和' {
			best = k
		}
	}
	if best < 2 || lexicon.NameLikeWord(string(f.text[i:i+best])) {
		return 0
	}
	return best
}

// yiName returns the code points of a name that begins with a Yi surname of two characters, 0 for none.
func yiName(f *field, i int) int {
	if !lexicon.YiSurname(f.text[i:min(len(f.text), i+2)]) {
		return 0
	}
	for n := 4; n >= 3; n-- {
		if i+n <= len(f.text) && allHan(f.text[i:i+n]) && contextAt(f, i+n) > contextNone && f.word[i+2] == 0 && (n == 3 || f.word[i+3] == 0) {
			return n
		}
	}
	return 0
}

// rareName returns the code points of a name with a surname that hardly anyone bears (庆 冒 奉), 0 for none: two or three
// characters behind a post or in a list, which punctuation or 等 ends.
func (d *document) rareName(f *field, i int) int {
	if !lexicon.RareSurname(f.at(i)) || f.word[i] > 0 {
		return 0
	}
	for _, n := range []int{3, 2} {
		if i+n > len(f.text) || !allHan(f.text[i:i+n]) || strings.ContainsAny(string(f.text[i:i+n]), "某×") || titleInside(f.text[i:i+n]) {
			continue
		}
		if c := contextAt(f, i+n); c < contextWord || f.word[i+1] > 0 || n == 3 && f.word[i+2] > 0 || strings.ContainsRune(notInThird, f.at(i+n-1)) || contains(notRare, string(f.text[i:i+2])) {
			continue
		}
		return n
	}
	return 0
}

// notRare are words that begin with a rare surname and stand in lists behind posts.
var notRare = strings.Fields("后勤 爱心 福利 良好 隐患 雪亮 津贴 源头 思想 德育 显著 晓得 肇事 亚运 野外 流动 火灾 特殊 特色 永久 水利 水务 治安 治理 沿线 科室 员工 光荣 光伏 兴趣 仍然 忽视 浩大 润滑 昆虫 月度 淮河 桃花 棋牌 毒品 汉族 直属 眼科 私营 私人 礼仪 科技 种植 第三 维修 绵羊 舍得 艺人 词曲 象征 赤脚 酒店 酒业 重大 重点 长期 长江 阳光 附近 音乐 顶层 飞行 香港")

// skipItem returns where the item of a list after the one at e begins, 0 where what stands at e is no item that might be a
// name which cannot be read: two to four characters, 庆 某, up to the next 、.
func skipItem(f *field, e int) int {
	n := 0
	for k := e; k < len(f.text) && k-e <= 5; k++ {
		r := f.text[k]
		switch {
		case r == '、':
			if n >= 2 && n <= 4 {
				return k + 1
			}
			return 0
		case isHan(r) || r == '×':
			if f.word[k] > 0 || strings.ContainsRune("省市区县旗盟州镇乡局委部办会厅处科院校所站队组村社员长任等", r) {
				return 0
			}
			n++
		case !isSpace(r):
			return 0
		}
	}
	return 0
}

// foreignEndingAt reads the longest name of another language that ends right before e and begins where a name may: behind
// punctuation or a word, or else behind a character that may open one.
func (d *document) foreignEndingAt(f *field, e, from int) (nameMention, bool) {
	strange, best := 0, 0
	for n := 1; n <= maxForeign && e-n >= from && isHan(f.text[e-n]); n++ {
		start := e - n
		if !lexicon.Transliterates(f.text[start]) {
			strange++
		}
		if n < minForeign || !f.boundary(start) || f.word[start] > 0 {
			continue
		}
		yi := n <= 4 && lexicon.YiSurname(f.text[start:e])
		if !yi && (strange > 0 && !d.autonomous || strange*4 > n) || joinsHalves(f.text[start:e]) {
			continue
		}
		if hard := start == 0 || !isHan(f.text[start-1]) || f.wordEnd[start]; hard || best == 0 {
			best = n
		}
	}
	if best == 0 {
		return nameMention{}, false
	}
	return nameMention{span{e - best, e}, string(f.text[e-best : e])}, true
}

// joinsHalves reports whether 和 stands between two halves that are long enough to be names.
func joinsHalves(s []rune) bool {
	for k := 2; k+2 < len(s); k++ {
		if s[k] == '和' {
			return true
		}
	}
	return false
}

// japaneseName returns the code points of a Japanese name at i, 0 for none: a surname of lexicon.JapaneseSurname with one to three
// characters, behind a post of Japan's forces or firms (日军中队长).
func japaneseName(f *field, i int) int {
	if !lexicon.JapaneseSurname(f.text[i:min(len(f.text), i+2)]) {
		return 0
	}
	from := max(0, i-12)
	if s := f.between(from, i); !containsAny(s, "日军", "日寇", "日伪", "日本", "日籍", "日方", "日商", "鬼子", "日酋", "敌酋") {
		return 0
	}
	for n := 4; n >= 3; n-- {
		if i+n <= len(f.text) && allHan(f.text[i:i+n]) && contextAt(f, i+n) > contextNone && f.word[i+2] == 0 && (n == 3 || f.word[i+3] == 0) {
			return n
		}
	}
	return 0
}
