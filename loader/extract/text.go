package extract

import (
	"unicode"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// A span is a piece of a field in code points, end exclusive.
type span struct{ start, end int }

func (s span) empty() bool       { return s.end <= s.start }
func (s span) holds(o span) bool { return s.start <= o.start && o.end <= s.end }

// A field is a text that evidence can stand in: the body or the printed title of an article.
type field struct {
	name graph.EvidenceField
	text []rune
	// quoted marks what stands between 《 and 》: names of documents and plays say nothing about who was there.
	quoted []bool
	// word is the length of the longest word of at least two code points that ends a name on its left: verbs.
	word []uint8
	// breaks marks the words among them that stand in no name of an organ: what people do (走访), not 培训 or 投资.
	breaks []bool
	// wordEnd marks where such a word ends, inWord what stands inside one, its first character excepted.
	wordEnd, inWord []bool
	// breakEnd marks where one of breaks ends.
	breakEnd []bool
	// regions caches what names of divisions begin at a position: 0 not looked for, 1 none, else 2 more than the index
	// in found.
	regions []int32
	found   []prefix
	// undecided tells that the first scan asked for names that nobody had taken yet.
	undecided bool
	// barren marks where scan has found neither an organ nor a post.
	barren []bool
	// untitled marks where titleAt has found nothing.
	untitled []bool
	// near holds the landmarks, see ahead.
	near []distance
	// tokens are what scan has found, in text order, without overlaps.
	tokens []token
	// unresolved are words like 李区长 that can mean several people of the document.
	unresolved []string
	// speeches are spans of reported speech: what is named in them is not there.
	speeches []span
	// labels are the labels of lists of people, frames the lines of lists of appointments.
	labels []label
	frames []frame
}

// An article is one event while it is read.
type article struct {
	event       *reading.Event
	body, title *field
}

// open makes the fields of an article.
func (a *article) open() {
	a.body, a.title = newField(graph.FieldBody, a.event.Body), newField(graph.FieldTitle, a.event.PrintedTitle)
}

func newField(name graph.EvidenceField, text string) *field {
	f := &field{name: name, text: []rune(text)}
	n := len(f.text)
	all := make([]bool, 7*(n+1)) // marks in one piece
	marks := func() []bool {
		m := all[: n+1 : n+1]
		all = all[n+1:]
		return m
	}
	f.quoted, f.untitled, f.barren = marks(), marks(), marks()
	f.breaks, f.wordEnd, f.inWord, f.breakEnd = marks(), marks(), marks(), marks()
	f.word = make([]uint8, n+1)
	f.regions = make([]int32, n)
	f.mark()
	open := -1
	for i, r := range f.text {
		switch r {
		case '《':
			open = i
		case '》':
			if open >= 0 {
				for j := open; j <= i; j++ {
					f.quoted[j] = true
				}
			}
			open = -1
		case '\n':
			open = -1
		}
		if v, n := lexicon.MatchVerb(f.text[i:]); n >= 2 {
			f.word[i] = uint8(n)
			f.breaks[i] = v.Role != ""
		}
		if n := f.prefixIn(i, glue); n >= 2 {
			f.word[i] = max(f.word[i], uint8(n))
			f.breaks[i] = true
		}
		if n := int(f.word[i]); n > 0 {
			f.wordEnd[i+n] = true
			f.breakEnd[i+n] = f.breakEnd[i+n] || f.breaks[i]
			for j := i + 1; j < i+n && !f.inWord[i]; j++ {
				f.inWord[j] = true
			}
		}
	}
	f.labels = findLabels(f)
	return f
}

// boundary reports whether a name may begin at i: after punctuation, a verb, or a word of one character that stands
// before names.
func (f *field) boundary(i int) bool {
	r := f.at(i - 1)
	return !isHan(r) || f.wordEnd[i] || openers.Has(r) && !f.inWord[i]
}

// openers are characters that stand right before names.
var openers = trie.NewRunes("的和与及由在到向对请为了等是从把被将让使经给以同按据即至往去赴后前上下内时日月年各该本家名位个邀派访查受")

// at returns the code point at i, 0 outside the text.
func (f *field) at(i int) rune {
	if i < 0 || i >= len(f.text) {
		return 0
	}
	return f.text[i]
}

func (f *field) slice(s span) string { return string(f.text[s.start:s.end]) }

// between returns the text from a to b, "" where b does not come after a; bounds outside the text are its ends.
func (f *field) between(a, b int) string {
	a, b = max(a, 0), min(b, len(f.text))
	if b <= a {
		return ""
	}
	return string(f.text[a:b])
}

func (f *field) evidence(s span) graph.Evidence {
	return graph.Evidence{Field: f.name, Start: s.start, End: s.end, Text: f.slice(s)}
}

// digits returns where the row of digits that begins at i ends.
func (f *field) digits(i int) int {
	for isDigit(f.at(i)) {
		i++
	}
	return i
}

// has reports whether word stands at i.
func (f *field) has(i int, word string) bool {
	if i < 0 || i > len(f.text) {
		return word == ""
	}
	return trie.HasPrefix(f.text[i:], word)
}

// soon reports whether r stands at i or less than n code points behind it, in the same run of Han.
func (f *field) soon(i, n int, r rune) bool {
	for end := min(len(f.text), i+n); i < end; i++ {
		switch c := f.text[i]; {
		case c == r:
			return true
		case c < 0x3400:
			return false
		}
	}
	return false
}

// hadBefore reports whether word ends right before i.
func (f *field) hadBefore(i int, word string) bool {
	if i < 0 || i > len(f.text) {
		return word == ""
	}
	return trie.HasSuffix(f.text[:i], word)
}

// A wordSet holds words.
type wordSet = *trie.Trie

func newWordSet(words ...string) wordSet {
	set := &trie.Trie{}
	for i, w := range words {
		set.Add(w, i)
	}
	return set
}

// prefixIn returns the code points of the longest word of the set that stands at i, 0 for none.
func (f *field) prefixIn(i int, set wordSet) int {
	if i < 0 || i >= len(f.text) || !set.May(f.text[i]) {
		return 0
	}
	_, n := set.Longest(f.text[i:])
	return n
}

// suffixIn reports whether a word of the list ends right before i, and its code points.
func (f *field) suffixIn(i int, words []string) int {
	longest := 0
	for _, w := range words {
		if f.hadBefore(i, w) {
			longest = max(longest, utf8.RuneCountInString(w))
		}
	}
	return longest
}

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && (r < 0x4E00 || r > 0xABFF) && unicode.Is(unicode.Han, r)
}

func isSpace(r rune) bool { return r == ' ' || r == '\u3000' || r == '\u00a0' }

func isDot(r rune) bool {
	switch r {
	case '·', '•', '・', '‧', '．', '∙', '⸱':
		return true
	}
	return false
}

// isStop reports whether r ends a sentence.
func isStop(r rune) bool {
	switch r {
	case '。', '！', '？', '!', '?', '\n':
		return true
	}
	return false
}

// isComma reports whether r separates what may still be one list.
func isComma(r rune) bool { return r == '、' || r == '，' || r == ',' }

// sentence returns the sentence that i stands in, its final stop excluded.
func (f *field) sentence(i int) span {
	s := span{i, i}
	for s.start > 0 && !isStop(f.text[s.start-1]) && i-s.start < maxSentence {
		s.start--
	}
	for s.end < len(f.text) && !isStop(f.text[s.end]) && s.end-i < maxSentence {
		s.end++
	}
	return s
}

// maxSentence bounds how far a sentence is looked for, in code points to each side: a text without stops stays cheap.
const maxSentence = 600

// glue are words of two and more code points, no verbs, that never stand inside a name of a person or an organ.
var glue = newWordSet(
	"以及", "及其", "相关", "有关", "各级", "各类", "所有", "全体", "部分", "其他", "其中", "并且", "同时", "随后", "然后", "首先", "最后", "之后", "期间",
	"根据", "按照", "围绕", "通过", "关于", "对于", "由于", "为了", "因此", "要求", "邀请", "来自", "会同", "联合", "协同", "组织", "召开", "举办", "举行",
	"开展", "进行", "实施", "推进", "推动", "落实", "加强", "完善", "做好", "负责", "配合", "支持", "协助", "参与", "走进", "深入", "来到", "前往", "莅临",
	"位于", "选取", "抽取", "表彰", "授予", "命名", "评为", "成立", "任命", "免去", "决定", "设立", "设置", "建立", "联系", "协调", "督促", "安排", "印发",
	"下发", "发布", "出台", "主办", "承办", "协办", "牵头", "属于", "隶属", "入驻", "依托", "针对", "严格", "工作人员", "领导干部", "共同", "分别", "先后",
	"上午", "下午", "晚上", "今日", "近日", "日前", "当天", "当日", "目前", "截至", "今年", "去年", "明年", "全区", "全县", "全市", "全省", "全州", "全旗", "全镇", "全乡", "我区", "我县", "我市", "辖区", "带领", "率领", "陪同", "感谢", "向着", "贯彻", "学习", "领会", "践行", "遵照", "聆听", "落实", "传达", "邀请", "听取", "审议", "批准", "提升", "适用", "配发", "选举", "补选", "推选", "提名", "产生", "选举产生", "增选", "改选", "推举", "罢免", "撤销", "同意", "宣布", "当选", "聘任", "聘请", "接受", "必须", "爱心企业", "重点企业", "龙头企业", "知名企业", "施工单位", "建设单位", "承建单位", "项目单位", "参建单位", "帮扶单位", "爱心单位", "帮扶企业",
	"撤销", "更名", "改称", "改为", "改编", "改组", "改属", "挂牌", "揭牌", "划归", "迁至", "移交", "兼并", "划为", "划入", "并入", "改制", "升格", "转发", "批转", "查处", "破获", "侦破", "接收", "选派",
	"抽调", "选调", "迁入", "迁往", "搬迁", "派出", "派遣", "调集", "拨款", "号召", "发动", "组建", "接管", "撤离", "进驻", "增设", "兴办", "创办", "开办", "部署", "颁布", "颁发", "转移", "派工作", "派员", "派人", "派干部", "率队", "筹集", "征集", "收缴", "没收", "处决", "镇压", "逮捕", "捐献", "集资", "贷款", "新建", "扩建", "修建", "兴建",
)
