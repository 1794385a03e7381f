package extract

import (
	"strings"

	"fangzhi/lexicon"
)

// A nameMention is a person's name as it stands in a field.
type nameMention struct {
	span
	name string // without padding
}

// context is how well what follows a string shows that a name ends there.
type context int

const (
	contextNone   context = iota
	contextChar           // a word of one character that may be part of the name: 为, 对
	contextWord           // a longer word: 主持, 先后
	contextStrong         // punctuation, 等, 一行, the end
)

// nameEnders are words that stand behind a name and are no verbs.
var nameEnders = newWordSet("一行", "同志", "先生", "女士", "两人", "二人", "三人", "两位", "三位", "夫妇", "本人", "老人", "同学", "大爷", "大妈", "奶奶", "爷爷", "阿姨", "师傅", "一家", "夫妻", "母子", "母女", "父子", "父女", "兄弟", "姐妹", "为首", "为团长", "为组长")

// contextAt returns what stands at e.
func contextAt(f *field, e int) context {
	r := f.at(e)
	switch {
	case r == 0:
		return contextStrong
	case isDot(r):
		return contextNone
	case isSpace(r):
		return contextStrong
	case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		return contextNone
	case isDigit(r):
		return contextChar
	case !isHan(r):
		return contextStrong
	case r == '等':
		return contextStrong
	}
	if f.prefixIn(e, nameEnders) > 0 {
		return contextStrong
	}
	if f.word[e] > 0 {
		return contextWord
	}
	if _, n := lexicon.MatchVerb(f.text[e:min(len(f.text), e+2)]); n == 1 && (isHan(f.at(e+1)) || isDigit(f.at(e+1)) || strings.ContainsRune("《“", f.at(e+1)) || r == '说') {
		return contextChar
	}
	return contextNone
}

// functionSurnames are surnames that are far more often words of grammar; after a title they make a name only of what
// scores like one.
const functionSurnames = "于和向从同因由应时来过经成为有都以及与全把将别自即并且曾任常又关管计解包强率"

// commonSurnames are those of them that many people bear: a lower score will do.
const commonSurnames = "于向任曾常关成时管应包强解计"

// notInThird are characters that follow names and hardly ever end one.
const notInThird = "等到赴在对就被把从说率与及将作做的受携也还均都给"

// maxDotted bounds the parts of a name with dots, in code points.
const maxDotted = 8

// nameAt reads the name that begins at i right after a title or, listed, after a name that does.
func (d *document) nameAt(f *field, i int, listed bool) (nameMention, bool) {
	for isSpace(f.at(i)) {
		i++
	}
	if i >= len(f.text) || !isHan(f.text[i]) || f.quoted[i] {
		return nameMention{}, false
	}
	if m, ok := dottedName(f, i); ok {
		return m, true
	}
	if m, ok := d.paddedName(f, i); ok {
		return m, true
	}
	if m, ok := d.knownAt(f, i); ok {
		return m, true
	}
	if n := japaneseName(f, i); n > 0 {
		return nameMention{span{i, i + n}, string(f.text[i : i+n])}, true
	}
	best := d.plainName(f, i, listed)
	if n := d.foreignName(f, i); n > best && (best == 0 || n > minForeign && !namesJoined(f, i, best, n)) {
		best = n
	}
	if best == 0 {
		best = d.rareName(f, i)
	}
	if best == 0 {
		return nameMention{}, false
	}
	return nameMention{span{i, i + best}, string(f.text[i : i+best])}, true
}

// namesJoined reports whether the longer reading of a name is two names, or one with what follows it: punctuation or a
// verb ends the shorter one.
func namesJoined(f *field, i, short, long int) bool {
	return contextAt(f, i+short) >= contextWord || f.at(i+short) == '和' && long-short > 2
}

// plainName returns the code points of the Han name at i, 0 for none.
func (d *document) plainName(f *field, i int, listed bool) int {
	s := f.text[i:min(len(f.text), i+5)]
	for k, r := range s {
		if !isHan(r) {
			s = s[:k]
			break
		}
	}
	surname := lexicon.Surname(s)
	if surname == 0 || f.word[i] > 0 {
		return 0
	}
	if _, n := lexicon.MatchTitle(f.text[i+1 : min(len(f.text), i+8)]); n >= 2 || f.prefixIn(i+1, honours) > 0 {
		return 0 // 李区长, 赵大爷
	}
	fits := func(n int) context {
		if len(s) < n || masked(s[:n]) {
			return contextNone
		}
		return contextAt(f, i+n)
	}
	if surname == 2 { // 欧阳澈, 司马红; 东方 alone is 东 with the given name 方
		for _, n := range []int{4, 3} {
			if c := fits(n); c > contextNone && !(n == 4 && fits(3) > contextNone && (c == contextChar || strings.ContainsRune(notInThird, s[3]))) && f.word[i+2] == 0 {
				return n
			}
		}
	}
	two, three := fits(2), fits(3)
	n := 0
	switch {
	case three > contextNone && two == contextNone:
		n = 3
	case two > contextNone && three == contextNone:
		n = 2
	case two > contextNone && three > contextNone:
		n = 3
		if two >= contextWord || strings.ContainsRune(notInThird, s[2]) {
			n = 2
		}
	default:
		return d.likelyName(f, i, s)
	}
	if strings.ContainsRune(functionSurnames, s[0]) && !(listed && strings.ContainsRune(commonSurnames, s[0])) {
		if f.word[i+1] > 0 && n == 3 {
			return 0
		}
		if score, ok := lexicon.NameScore(s[:n]); !ok || score < functionScore(s[0], fits(n), f.at(i+n)) && (fits(n) < contextStrong || lexicon.NameLikeWord(string(s[:n]))) {
			return 0
		}
	}
	if fits(n) == contextStrong && neverName(string(s[:n])) || n == 3 && neverName(string(s[:2])) && verbChar(s[2]) {
		return 0
	}
	if fits(n) < contextStrong && lexicon.NameLikePrefix(s) > n {
		return 0
	}
	if score, ok := lexicon.NameScore(s[:n]); fits(n) == contextChar && ok && score < -2 {
		return 0
	}
	if word := string(s[:n]); fits(n) < contextStrong && (contains(adverbs, word) || lexicon.NameLikeWord(word) && (fits(n) == contextWord && hardlyName(word) && !d.actsBehind(f, i+n) || fits(n) < contextWord && !strings.ContainsRune("到在对赴率就与和及", f.at(i+n)))) {
		if score, _ := lexicon.NameScore(s[:n]); score < lexicon.NameScoreLikely {
			return 0
		}
	}
	return n
}

// adverbs begin with a surname and stand between a title and its verb: 书记严肃指出.
var adverbs = strings.Fields("高度 严格 严肃 明确 安全 全面 全程 全力 全部 郑重 庄严 平时 常年 常常 时时 时刻 应当 成功 连续 白天 车辆 阴雨 双手 宁可 万一 干脆 都是 有的 有时 成为 都已 应该 向来 从来 历来 和气 和谐 能否 容易 申请 计划 幸而")

// neverName reports whether a word is no name even where punctuation ends it: 组长单位、成员单位. It must score as no name ever
// does, for people are called 程度 and 安全.
func neverName(word string) bool {
	if contains(notNames, word) {
		return true
	}
	score, ok := lexicon.NameScore([]rune(word))
	return ok && score <= -2 && lexicon.NameLikeWord(word)
}

// verbChar reports whether a character is a verb by itself: 共 in 理事单位共捐款.
func verbChar(r rune) bool {
	_, n := lexicon.MatchVerb([]rune{r})
	return n == 1
}

// notNames are words that stand behind posts and score like names or nearly.
var notNames = strings.Fields("易人 易职 沙龙 查房 信箱 师生 官兵 车辆 热线 宿舍 官邸 名单 同学 包片 包村 连心 通道 全额 党课 双向 温馨 爱心 常务 安保 安置 家属 国语 双语 高考 中考")

// hardlyName reports whether a word scores so low that only punctuation could make a name of it: 干部, 单位.
func hardlyName(word string) bool {
	score, _ := lexicon.NameScore([]rune(word))
	return score < 0
}

// functionScore is the score that a name with a surname of functionSurnames needs before c.
func functionScore(surname rune, c context, next rune) float64 {
	if c > contextChar && strings.ContainsRune(commonSurnames, surname) || c == contextChar && strings.ContainsRune("曾任关常于向成管时应包", surname) && strings.ContainsRune("率到赴在", next) {
		return 0
	}
	return lexicon.NameScoreLikely
}

// likelyName decides by statistics alone, where nothing that follows shows the end of a name.
func (d *document) likelyName(f *field, i int, s []rune) int {
	if lexicon.NameLikePrefix(s) > 0 {
		return 0
	}
	for _, n := range []int{3, 2} {
		if len(s) < n || masked(s[:n]) || n == 3 && f.word[i+1] > 0 {
			continue
		}
		if strings.ContainsRune(functionSurnames, s[0]) && !strings.ContainsRune(commonSurnames, s[0]) {
			continue // 县长由罗文清担任
		}
		if score, ok := lexicon.NameScore(s[:n]); ok && score >= lexicon.NameScoreLikely+float64(3-n)*2 {
			return n
		}
	}
	return 0
}

// paddedName reads a name of two characters set with a space between them: 王　珂.
func (d *document) paddedName(f *field, i int) (nameMention, bool) {
	e := i + 1
	for isSpace(f.at(e)) && e-i <= 3 {
		e++
	}
	if e == i+1 || !isHan(f.at(e)) || !d.padsName(f.text[i], f.at(e)) || contextAt(f, e+1) == contextNone || f.word[e] > 0 || strings.ContainsRune("某×", f.at(e)) {
		return nameMention{}, false
	}
	return nameMention{span{i, e + 1}, string([]rune{f.text[i], f.text[e]})}, true
}

// padsName reports whether two characters set apart can be a name: the first is a surname, or both are such as names of another
// language are written with where people often bear them (萨　仁).
func (d *document) padsName(first, second rune) bool {
	return lexicon.IsSurname(string(first)) || lexicon.RareSurname(first) || d.autonomous && lexicon.Transliterates(first) && lexicon.Transliterates(second)
}

// dottedName reads a name whose parts are joined by dots: 买买提·艾力.
func dottedName(f *field, i int) (nameMention, bool) {
	e, parts := i, 0
	for {
		n := 0
		for n < maxDotted && isHan(f.at(e+n)) && (parts == 0 || n == 0 || contextAt(f, e+n) < contextWord || isDot(f.at(e+n))) {
			if parts > 0 && n >= 2 && contextAt(f, e+n) == contextChar && !nearDot(f, e+n) {
				break
			}
			n++
		}
		if n == 0 {
			return nameMention{}, false
		}
		e += n
		parts++
		if !isDot(f.at(e)) || !isHan(f.at(e+1)) {
			break
		}
		e++
	}
	if parts < 2 || contextAt(f, e) == contextNone {
		return nameMention{}, false
	}
	m := nameMention{span: span{i, e}}
	for _, r := range f.text[i:e] {
		if isDot(r) {
			r = '·'
		}
		m.name += string(r)
	}
	return m, true
}

// nearDot reports whether another dot follows within a part's length.
func nearDot(f *field, e int) bool {
	for n := 0; n < maxDotted && isHan(f.at(e+n)); n++ {
		if isDot(f.at(e + n + 1)) {
			return true
		}
	}
	return false
}

// knownAt finds the longest name that the document is known to name at i, if what follows lets it end there.
func (d *document) knownAt(f *field, i int) (nameMention, bool) {
	for m := range d.known.at(f, i) {
		if contextAt(f, m.end) > contextNone || m.end-i >= 3 {
			return m, true
		}
	}
	return nameMention{}, false
}

// actsBehind reports whether what stands at e is an adverb that people act with, and a verb of a role behind it: a word that is
// a name may stand before 专程到会, not before 重视.
func (d *document) actsBehind(f *field, e int) bool {
	v, n := lexicon.MatchVerb(f.text[e:min(len(f.text), e+8)])
	if n >= 2 && v.Role != "" {
		return false // 干部参加
	}
	if n < 2 {
		return false
	}
	after, k := lexicon.MatchVerb(f.text[e+n : min(len(f.text), e+n+8)])
	return k > 0 && (after.Role != "" || strings.ContainsRune("到赴率在为", f.at(e+n)))
}
