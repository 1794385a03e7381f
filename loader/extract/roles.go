package extract

import (
	"sort"
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// A group is a run of people who are named as one subject: they share what follows.
type group struct {
	first, last int  // indexes of mentions, last inclusive
	zone        span // what follows, up to the next group
	rest        span // what a passive group leaves to the group before it: 甲在乙陪同下|调研
}

// assignRoles gives every mention of a field its roles, but those that have one already.
func (d *document) assignRoles(f *field, ms []mention) {
	for i := 0; i < len(ms); {
		s := f.sentence(ms[i].span.start)
		j := i
		for j < len(ms) && ms[j].span.start < s.end {
			j++
		}
		d.assignSentence(f, s, ms[i:j])
		i = max(j, i+1)
	}
}

func (d *document) assignSentence(f *field, s span, ms []mention) {
	if len(ms) == 0 {
		return
	}
	var groups []group
	for i := range ms {
		if i > 0 && d.sameGroup(f, ms[i-1].whole.end, ms[i].whole.start) {
			groups[len(groups)-1].last = i
			continue
		}
		groups = append(groups, group{first: i, last: i})
	}
	for k := range groups {
		g := &groups[k]
		g.zone = span{ms[g.last].whole.end, s.end}
		if k+1 < len(groups) {
			g.zone.end = max(g.zone.start, ms[groups[k+1].first].whole.start)
		}
		if n := passive(f, g.zone.start); n > 0 {
			g.rest = span{g.zone.start + n, g.zone.end}
			g.zone.end = g.zone.start + n
		}
	}
	for k := range groups {
		g := groups[k]
		roles := d.rolesIn(f, g.zone)
		if k+1 < len(groups) && !groups[k+1].rest.empty() && onlyGlue(f, g.zone) {
			roles = d.rolesIn(f, groups[k+1].rest)
		}
		for i := g.first; i <= g.last; i++ {
			m := &ms[i]
			if len(m.roles) > 0 {
				continue
			}
			m.roles = d.rolesOf(f, s, m, ms[g.first], ms[g.last], roles)
		}
	}
}

// passive returns the code points of 陪同下, 的主持下 and the like at e, 0 for none.
func passive(f *field, e int) int {
	i := e
	for _, w := range []string{"等人", "等", "一行", "同志"} {
		if f.has(i, w) {
			i += len([]rune(w))
			break
		}
	}
	if f.has(i, "的") {
		i++
	}
	for _, w := range []string{"陪同下", "主持下", "带领下", "率领下", "指导下", "见证下"} {
		if f.has(i, w) {
			return i + len([]rune(w)) - e
		}
	}
	return 0
}

// onlyGlue reports whether a zone says nothing but 在 or 由.
func onlyGlue(f *field, z span) bool {
	return strings.Trim(f.between(z.start, z.end), "，、在由 一行等人") == ""
}

// companions are words that stand for people in a list of people.
var companions = newWordSet("等", "一行", "一行人", "等人", "相关", "有关", "主要", "分管", "负责人", "负责同志", "领导", "部分", "同志", "及", "以及", "和", "与", "暨", "工作人员", "班子成员", "成员", "区领导", "县领导", "市领导", "镇领导", "各", "单位", "部门", "责任人", "科室", "及其", "全体", "干部", "职工", "人员", "代表", "两位", "三位", "四位", "街道", "镇", "乡", "街道办", "办事处", "社区", "村", "个", "名", "多", "余", "人", "分别", "具体", "业务", "分管领导", "主要领导", "主要负责同志", "班子", "党政", "正职", "直", "区", "县", "市", "其他", "领导干部", "政府", "人民政府")

// sameGroup reports whether what stands between two people keeps them one subject.
func (d *document) sameGroup(f *field, from, to int) bool {
	if to < from {
		return true
	}
	if to-from > 80 {
		return false
	}
	for i := from; i < to; {
		r := f.text[i]
		if isComma(r) || r == '；' || isSpace(r) || isDigit(r) {
			i++
			continue
		}
		if r == '（' || r == '(' {
			if n := skipNote(f, i); n > i {
				i = n
				continue
			}
		}
		if t := f.tokenAt(i); t != nil && t.kind != tokenName && t.end <= to {
			i = t.end
			if t.kind == tokenPost {
				i += unread(f, i, to)
			}
			continue
		}
		if n := max(f.prefixIn(i, companions), f.prefixIn(i, personNouns), f.prefixIn(i, annalsNouns)); n > 0 {
			i += n
			continue
		}
		if n := f.unknownOrgan(i, to); n > 0 {
			i += n
			continue
		}
		return false
	}
	// 甲，乙 is one subject only where the comma stands between likes: 市委书记甲，市委常委乙一行
	return true
}

// unread returns the code points of a name behind a post that could not be read: two or three characters before a comma.
func unread(f *field, i, to int) int {
	for n := 0; n <= 3 && i+n < to; n++ {
		switch {
		case isComma(f.text[i+n]) && n >= 2:
			return n
		case !isHan(f.text[i+n]), f.word[i+n] > 0:
			return 0
		}
	}
	return 0
}

// unknownOrgan returns the code points between a comma before i and the post that follows, where nothing in them is what
// people do: the name of an organ that nobody knows. 0 for none.
func (f *field) unknownOrgan(i, to int) int {
	if !isComma(f.at(i-1)) && f.at(i-1) != '；' {
		return 0
	}
	k := f.tokenFrom(i)
	if k >= len(f.tokens) || f.tokens[k].kind != tokenPost || f.tokens[k].start >= to || f.tokens[k].start-i > maxSection {
		return 0
	}
	for j := i; j < f.tokens[k].start; j++ {
		if !isHan(f.text[j]) || f.breaks[j] || f.word[j] > 0 && j == i {
			return 0
		}
	}
	return f.tokens[k].start - i
}

// tokenAt returns the token that begins at i, nil for none.
func (f *field) tokenAt(i int) *token {
	if k := f.tokenFrom(i); k < len(f.tokens) && f.tokens[k].start == i {
		return &f.tokens[k]
	}
	return nil
}

// tokenFrom returns the index of the first token that begins at i or later.
func (f *field) tokenFrom(i int) int {
	return sort.Search(len(f.tokens), func(k int) bool { return f.tokens[k].start >= i })
}

// rolesIn reads the roles that a zone shows, up to where reported speech begins in it.
func (d *document) rolesIn(f *field, z span) []graph.OfficialRole {
	half := z
	for i := z.start; i < z.end; i++ {
		if f.text[i] == '；' {
			half.end = i
			break
		}
	}
	roles := d.rolesUntil(f, half)
	if len(roles) == 0 && half != z {
		roles = d.rolesUntil(f, z)
	}
	return roles
}

func (d *document) rolesUntil(f *field, z span) (roles []graph.OfficialRole) {
	var in graph.OfficialRole // the role whose object we are in, up to the next comma
	lead := z.start
	for i := z.start; i < z.end; {
		r := f.text[i]
		if isComma(r) || r == '；' || r == '：' {
			in = ""
			i++
			if t := f.tokenAt(i); t != nil && t.kind != tokenName && len(roles) > 0 {
				return roles // another subject
			}
			continue
		}
		if f.quoted[i] {
			i++
			continue
		}
		if t := f.tokenAt(i); t != nil && t.kind != tokenName {
			i = min(t.end, z.end)
			continue
		}
		v, n := lexicon.MatchVerb(f.text[i:min(len(f.text), i+8)])
		if n == 0 {
			i++
			continue
		}
		role := graph.OfficialRole(v.Role)
		if n == 1 && i != z.start && v.Word != "说" {
			role = ""
		}
		if role == "" || !predicate(f, v.Word, i, n, lead) || in != "" && !(in == graph.RoleAttend && role == graph.RoleSpeak && strings.HasPrefix(v.Word, "致")) {
			i += n
			continue
		}
		roles = append(roles, role)
		switch role {
		case graph.RoleAttend, graph.RoleChair, graph.RoleAccompany:
			if !f.has(i+n, "并") && !contains(together, v.Word) {
				in = role
			}
			if k := clauseBreak(f, i+n, z.end); k > 0 && in != "" {
				in = ""
				i = k
				continue
			}
		case graph.RoleSpeak:
			if c := f.at(i + n); c == '：' || c == ':' || (c == '，' || c == ',') && contains(speechVerbs, v.Word) {
				return roles
			}
		}
		i += n
	}
	return roles
}

// together are adverbs that show presence and have no object: 一同调研.
var together = []string{"一同", "一道", "共同"}

// clauseBreak returns where 并 or 后 after the object of a verb opens another predicate, 0 for nowhere: 出席会议并|讲话.
func clauseBreak(f *field, i, end int) int {
	for ; i < end && !isComma(f.text[i]); i++ {
		if (f.text[i] == '并' || f.text[i] == '后') && i+1 < end {
			if v, n := lexicon.MatchVerb(f.text[i+1 : min(len(f.text), i+8)]); n > 0 && (v.Role != "" || n == 1) {
				return i + 1
			}
		}
	}
	return 0
}

// predicate reports whether a verb at i says what the subject does, and is no noun: 调研组, 讲话精神, 上级要求.
func predicate(f *field, word string, i, n, lead int) bool {
	next := f.at(i + n)
	if next != 0 && strings.ContainsRune("组团员者站所", next) && !f.has(i+n, "组织") && !f.has(i+n, "所") {
		return false
	}
	if strings.ContainsRune("组队", next) && next != 0 && !f.has(i+n, "组织") && !f.has(i+n, "队伍") {
		return false
	}
	for _, w := range []string{"精神", "座谈会上", "报告会", "工作会议精神", "活动方案"} {
		if f.has(i+n, w) {
			return false
		}
	}
	before := f.at(i - 1)
	switch word {
	case "接见", "会见", "接待":
		if f.hadBefore(i, "受") || received(f, i, lead) {
			return false // 受到甲接见
		}
		return word != "接待" || next != '日' && next != '室' && next != '处'
	case "报告":
		return f.has(lead, "向") && i-lead < 20 || f.hadBefore(i, "作") || f.hadBefore(i, "作了")
	case "要求":
		if strings.ContainsRune("按照据关新高工作习业级项有", before) && before != 0 || next == '的' {
			return false
		}
		return i-lead <= 8 || isComma(before) || next == '，' || next == '：' || before == '体' || before == '点' || before == '出'
	case "主持":
		return next != '中' && next != '人' && next != '词'
	case "说":
		return i == lead || next == '，' || next == '：' || next == '“'
	case "讲话", "总结", "部署", "建议", "提议", "解读", "指导", "总结部署", "回顾":
		if before == '要' && word == "讲话" {
			return false // 重要讲话
		}
		if word == "总结" || word == "部署" || word == "回顾" || word == "建议" {
			return f.hadBefore(i, "作") || f.hadBefore(i, "进行") || f.hadBefore(i, "作了") || f.hadBefore(i, "作出") || f.hadBefore(i, "出") || i-lead <= 4
		}
		if word == "指导" {
			return next != '下' && next != '思' && before != '示'
		}
	case "率":
		return i == lead || f.hadBefore(i, "一行")
	case "感谢", "祝贺", "希望", "认为", "告诉", "号召", "呼吁", "提醒", "动员", "提出":
		if word == "提出" {
			return true
		}
		return i-lead <= 10 || isComma(before) || before == '示'
	case "参加", "参与", "观看", "参观", "莅临":
		if f.hadBefore(i, "人次") || f.hadBefore(i, "在线") || f.hadBefore(i, "群众") || f.hadBefore(i, "居民") || f.hadBefore(i, "市民") {
			return false
		}
		return before != '的' && !f.hadBefore(i, "组织")
	case "一同", "一道", "共同":
		return i-lead <= 10
	case "调查":
		return next != '问' && next != '报' && next != '数' && next != '表' && next != '结'
	case "检查", "核查", "验收", "督查", "考核", "考评", "督办", "调研", "考察":
		return before != '受' && !f.has(i+n, "结果") && !f.has(i+n, "指标") && !f.has(i+n, "报告")
	}
	return true
}

// received reports whether the clause from lead to i is in the passive: 受到毛主席|接见.
func received(f *field, i, lead int) bool {
	for k := lead; k < i && k-lead < 8; k++ {
		if r := f.text[k]; (r == '受' || r == '被') && f.text[i-1] != '，' {
			return true
		}
	}
	return false
}
