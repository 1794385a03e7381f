package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// A deptRoles decides what the organs of one field do. Lists of organs and the posts of people are found once.
type deptRoles struct {
	d *document
	f *field
	// holders are the mentions whose posts an organ stands in.
	holders map[*organMention]*mention
	// first and last are the ends of the list that each token stands in, as indexes of tokens.
	first, last []int
	// lists are the roles of lists by their first token.
	lists map[int]graph.DepartmentRole
}

func newDeptRoles(d *document, f *field, people []mention) *deptRoles {
	r := &deptRoles{d: d, f: f, holders: map[*organMention]*mention{}, lists: map[int]graph.DepartmentRole{}}
	for i := range people {
		if m := &people[i]; m.field == f {
			for _, o := range m.organs {
				if r.holders[o] == nil {
					r.holders[o] = m
				}
			}
		}
	}
	n := len(f.tokens)
	ends := make([]int, 2*n)
	r.first, r.last = ends[:n], ends[n:]
	for i := range f.tokens {
		r.first[i] = i
		if i > 0 && d.listed(f, i-1, i) {
			r.first[i] = r.first[i-1]
		}
	}
	for i := n - 1; i >= 0; i-- {
		r.last[i] = i
		if i+1 < n && r.first[i+1] == r.first[i] {
			r.last[i] = r.last[i+1]
		}
	}
	return r
}

// of returns the role of the organ of token k: by the person whose post it is in, else by the verbs around its list.
func (r *deptRoles) of(k int) graph.DepartmentRole {
	t := &r.f.tokens[k]
	if m := r.holders[t.organ]; m != nil {
		if !slices.ContainsFunc(settleRoles(append([]graph.OfficialRole{}, m.roles...)), graph.OfficialRole.Presence) {
			return graph.DeptMentioned
		}
		return graph.DeptParticipant // who inspects is the holder of the post
	}
	first := r.first[k]
	role, ok := r.lists[first]
	if !ok {
		role = r.d.roleOfList(r.f, r.f.tokens[first].start, r.f.tokens[r.last[k]].end)
		if role == graph.DeptHost && r.f.tokens[first].organ == nil {
			role = graph.DeptParticipant // 县长与云岭公司签约: a person leads the list
		}
		r.lists[first] = role
	}
	return role
}

// listed reports whether tokens i and k, its neighbour, stand in one list of organs. A name behind a comma is a new subject.
func (d *document) listed(f *field, i, k int) bool {
	a, b := &f.tokens[i], &f.tokens[k]
	between := f.between(a.end, b.start)
	if strings.Contains(between, "；") || strings.Contains(between, "，") && (b.kind == tokenName || a.kind == tokenName) {
		return false
	}
	return d.sameGroup(f, a.end, b.start)
}

// frames are what stands right before a list of organs.
var frames = []struct {
	words []string
	role  graph.DepartmentRole
}{
	{strings.Fields("会同 联合 携手 联手 协同 配合"), graph.DeptCoOrganizer},
	{strings.Fields("表彰了 表彰 表扬了 通报表扬了 通报表扬 表扬 授予 命名 评选出"), graph.DeptAwarded},
	{strings.Fields("走访 走访了 走进 检查 检查了 抽查 抽查了 调研 调研了 督导 督查 视察 考察 考察了 莅临 暗访 看望 慰问 实地查看 查看 察看 抽取检查 先后来到 来到 深入 前往 先后走进 先后到"), graph.DeptInspected},
	{strings.Fields("学习贯彻 学习 贯彻 落实 贯彻落实 传达学习 传达 按照 根据 围绕 遵照"), graph.DeptMentioned},
}

// roleOfList decides by what stands before and behind a list of organs.
func (d *document) roleOfList(f *field, start, end int) graph.DepartmentRole {
	if role := f.labelled(start); role != "" {
		return role
	}
	people := false
	for {
		if n := f.prefixIn(end, companions); n > 0 && !f.has(end, "人民") {
			if w := string(f.text[end : end+n]); strings.Contains(w, "负责人") || strings.Contains(w, "领导") || strings.Contains(w, "人员") || strings.Contains(w, "干部") || w == "代表" || strings.Contains(w, "职工") || w == "成员" || w == "同志" {
				people = true
			}
			end += n
			continue
		}
		if r := f.at(end); isDigit(r) || isSpace(r) || r == '“' && f.has(end+1, "等") {
			end++
			continue
		}
		break
	}
	after := f.text[min(end, len(f.text)):min(len(f.text), end+40)]
	before, done := "", f.at(start-1) == '了'
	for _, fr := range frames {
		for _, w := range fr.words {
			if len(w) > len(before) && (f.hadBefore(start, w) || done && f.hadBefore(start-1, w)) {
				before = w
			}
		}
	}
	tail := string(after)
	starts := func(words ...string) bool {
		for _, w := range words {
			if strings.HasPrefix(tail, w) {
				return true
			}
		}
		return false
	}
	for _, w := range []string{"联合", "共同", "具体", "精心", "分别", "独家", "、"} {
		if rest, ok := strings.CutPrefix(tail, w); ok && (strings.HasPrefix(rest, "主办") || strings.HasPrefix(rest, "承办") || strings.HasPrefix(rest, "协办")) {
			tail = rest
		}
	}
	if role := lateFrame(tail); role != "" {
		return role
	}
	switch {
	case starts("主办单位", "承办单位", "协办单位"): // the label of what follows
	case starts("主办"):
		return graph.DeptHost
	case starts("承办", "具体承办"):
		return graph.DeptOrganizer
	case starts("协办"):
		return graph.DeptCoOrganizer
	case strings.HasSuffix(f.between(start-1, start), "在") && starts("，"):
		return graph.DeptInspected // 在云岭公司，岳某走进车间
	case starts("指导下", "的指导下", "统一指导下", "大力指导下", "精心指导下", "具体指导下", "指导，", "关心指导下"):
		return graph.DeptGuide
	case starts("支持下", "的支持下", "大力支持下", "组织下", "的组织下", "带领下", "的带领下", "领导下", "的领导下", "的坚强领导下", "坚强领导下"):
		return graph.DeptMentioned
	case f.hadBefore(start, "组进驻"):
		return graph.DeptInspected // 巡察组进驻县教育局
	case starts("发布", "联合发布") && !issues(tail):
		return graph.DeptParticipant
	case starts("联合印发", "联合下发", "联合发布", "联合出台", "印发", "下发", "发布", "出台", "关于印发", "制定印发", "制定下发", "发文", "联合制定", "制定出台"):
		return graph.DeptIssuer
	case starts("被") && honoured(tail):
		return graph.DeptAwarded
	case starts("被授予", "被评为", "荣获", "获", "被命名", "受到表彰", "被表彰", "被表扬", "获评"):
		return graph.DeptAwarded
	case starts("表彰", "授予", "通报表扬", "命名"):
		return graph.DeptAwarder
	}
	if before == "" && !people && (f.hadBefore(start, "到") || f.hadBefore(start, "赴") || f.hadBefore(start, "在")) && inspectedHere(f, end) {
		return graph.DeptInspected
	}
	if before == "" && !people && (f.hadBefore(start, "到") || f.hadBefore(start, "赴") || f.hadBefore(start, "进驻")) && starts("开展", "进行", "就", "实施", "，") && inspection(strings.TrimPrefix(tail, "，")) {
		return graph.DeptInspected
	}
	if before == "" && !people && f.at(start-1) == '、' && visitedList(f, start) && inspectedHere(f, end) {
		return graph.DeptInspected
	}
	if before == "" && !people && f.hadBefore(start, "对") && inspection(tail) {
		return graph.DeptInspected
	}
	if before == "" && !people && d.awardedBefore(f, start) {
		return graph.DeptAwarded
	}
	if before != "" && !people {
		for _, fr := range frames {
			if slices.Contains(fr.words, before) {
				if fr.role == graph.DeptMentioned && !strings.Contains(tail, "精神") && !strings.Contains(tail, "部署") && !strings.Contains(tail, "要求") && !strings.Contains(tail, "决策") && !strings.Contains(tail, "会议") {
					break
				}
				return fr.role
			}
		}
	}
	if people {
		return graph.DeptParticipant
	}
	if d.hosts(f, start, end) {
		if inspects(f, end) || starts("对", "到", "赴", "进驻", "深入") && inspection(tail) {
			return graph.DeptInspector
		}
		return graph.DeptHost
	}
	return graph.DeptParticipant
}

// visitedList reports whether the list that goes on at start is one of places that people went to: 到白家村、|云岭公司调研.
func visitedList(f *field, start int) bool {
	for i := start - 1; i >= 0 && start-i < 80 && !isStop(f.text[i]) && f.text[i] != '，' && f.text[i] != '；'; i-- {
		for _, w := range []string{"到", "赴", "深入", "走进", "前往", "莅临"} {
			if f.has(i, w) && !f.inWord[i] {
				return true
			}
		}
	}
	return false
}

// honoured reports whether the clause says that its subject was honoured by another: 被省教育厅评为先进单位.
func honoured(tail string) bool {
	clause, _, _ := strings.Cut(tail, "，")
	clause, _, _ = strings.Cut(clause, "。")
	for _, w := range []string{"评为", "授予", "表彰", "命名", "表扬", "列为", "确定为", "认定为", "记集体", "记功"} {
		if strings.Contains(clause, w) {
			return true
		}
	}
	return false
}

// inspection reports whether the clause ends in an inspection: 对县财政局预算执行情况进行|审计.
func inspection(tail string) bool {
	clause, _, _ := strings.Cut(tail, "，")
	clause, _, _ = strings.Cut(clause, "。")
	for _, w := range []string{"检查", "审计", "巡察", "巡视", "督查", "督导", "督察", "考核", "评审", "验收", "评估", "抽查", "核查", "调研", "视察", "暗访", "稽查", "质询", "评议"} {
		if strings.Contains(clause, w) {
			return true
		}
	}
	return false
}

// issues reports whether what is published is a document.
func issues(tail string) bool {
	clause, _, _ := strings.Cut(tail, "，")
	for _, w := range []string{"《", "通知", "公告", "通告", "方案", "意见", "办法", "文件", "白皮书", "名单", "决定", "规定", "细则", "规划"} {
		if strings.Contains(clause, w) {
			return true
		}
	}
	return false
}

// inspectedHere reports whether a verb of inspection stands right behind the place that people went to: 到县中医院|督导.
func inspectedHere(f *field, end int) bool {
	for j := end; j < len(f.text) && j-end <= 4 && !isComma(f.text[j]) && !isStop(f.text[j]); j++ {
		if v, n := lexicon.MatchVerb(f.text[j:min(len(f.text), j+8)]); n >= 2 {
			if v.Role == string(graph.RoleInspect) {
				return true
			}
			return f.hadBefore(j+n, "实地") && inspectedHere(f, j+n)
		}
	}
	return false
}

// inspects reports whether the first thing that the subject before end does is to inspect.
func inspects(f *field, end int) bool {
	for j := end; j < len(f.text) && j-end < 40 && !isStop(f.text[j]) && f.text[j] != '，'; j++ {
		if f.quoted[j] {
			continue
		}
		if f.prefixIn(j, hostVerbs) > 0 {
			return false
		}
		if v, n := lexicon.MatchVerb(f.text[j:min(len(f.text), j+8)]); n >= 2 && v.Role == string(graph.RoleInspect) && !visits(v.Word) && predicate(f, v.Word, j, n, j) {
			return true
		}
	}
	return false
}

// visits reports whether a verb of inspection is one of care: who 慰问 inspects nothing.
func visits(verb string) bool {
	return strings.Contains(verb, "慰问") || strings.Contains(verb, "看望") || strings.Contains(verb, "走访") || strings.Contains(verb, "探望")
}

// awardedBefore reports whether a list behind a semicolon goes on with those who are honoured.
func (d *document) awardedBefore(f *field, start int) bool {
	if c := f.at(start - 1); c != '；' {
		return false
	}
	s := f.sentence(start)
	before := f.between(s.start, start)
	k := max(strings.LastIndex(before, "表彰了"), strings.LastIndex(before, "表扬了"), strings.LastIndex(before, "授予"))
	if k < 0 {
		return false
	}
	for _, w := range []string{"出席", "参加", "主持", "讲话", "会议"} {
		if strings.Contains(before[k:], w) {
			return false
		}
	}
	return true
}

// lateFrame reads 主办, 承办, 协办 behind partners that no rule can read: 区文化馆、省市级演出院团|协办.
func lateFrame(tail string) graph.DepartmentRole {
	clause, _, _ := strings.Cut(tail, "，")
	clause, _, _ = strings.Cut(clause, "。")
	if !strings.HasPrefix(clause, "、") {
		return ""
	}
	for _, fr := range []struct {
		word string
		role graph.DepartmentRole
	}{{"主办", graph.DeptHost}, {"承办", graph.DeptOrganizer}, {"协办", graph.DeptCoOrganizer}} {
		if k := strings.Index(clause, fr.word); k > 0 && (strings.HasSuffix(clause, fr.word) || strings.HasPrefix(clause[k:], fr.word+"的")) {
			return fr.role
		}
	}
	return ""
}

// hostVerbs are what an organ does that gives an event.
var hostVerbs = newWordSet("召开", "举办", "举行", "开展", "组织", "启动", "主持召开", "组织召开", "组织开展", "发起", "实施", "推出", "牵头", "积极开展", "联合举办", "联合开展", "联合举行", "联合组织", "联合召开", "联合", "会同", "承接", "筹办", "部署", "打造", "深入开展", "扎实开展", "全面开展", "持续开展", "集中开展", "集中整治", "多举措", "多措并举", "主动开展", "成功举办", "隆重举行", "顺利召开", "携手", "高度重视", "安排", "决定", "聚焦", "开启", "举办了", "承办", "组建", "成立", "建立", "创新", "协同")

// receives are verbs whose subject gives nothing itself.
var receives = newWordSet("接受", "收到", "迎来", "参加", "荣获", "获", "获得", "被", "入选", "配合", "协助", "支持", "派", "选派")

// weakHosts are verbs that give an event only where the article begins with them: what an organ also does besides.
var weakHosts = []string{"高度重视", "部署", "打造", "安排", "决定", "聚焦", "开启", "组建", "成立", "建立", "创新", "协同", "推出", "实施"}

// goesTo reports whether the clause at i says that people were sent to another's event.
func goesTo(f *field, i int) bool {
	for ; i < len(f.text) && !isComma(f.text[i]) && !isStop(f.text[i]); i++ {
		if f.has(i, "参加") || f.has(i, "参观") {
			return true
		}
	}
	return false
}

// hosts reports whether a list of organs is the subject of a clause whose verb gives the event.
func (d *document) hosts(f *field, start, end int) bool {
	if start > 0 && isHan(f.at(start-1)) && !f.hadBefore(start, "由") && !f.hadBefore(start, "日") && !f.hadBefore(start, "午") && !f.hadBefore(start, "许") && !f.hadBefore(start, "期间") && !f.hadBefore(start, "月") {
		return false
	}
	if f.prefixIn(end, receives) > 0 {
		return false
	}
	if d.ownMeeting(f, end) {
		return true
	}
	for j := end; j < len(f.text) && j-end < 60; j++ {
		r := f.text[j]
		if isStop(r) || r == '；' || r == '：' {
			return d.opens(f, start)
		}
		if f.quoted[j] {
			continue
		}
		if n := f.prefixIn(j, hostVerbs); n > 0 {
			if w := f.between(j, j+n); slices.Contains(weakHosts, w) {
				return d.opens(f, start)
			}
			if strings.HasPrefix(f.between(j, j+2), "组织") && goesTo(f, j) {
				return false // 组织80个家庭参加
			}
			if j == end || d.adverbial(f, end, j) || strings.HasPrefix(f.between(j, j+2), "联合") || strings.HasPrefix(f.between(j-2, j), "共同") {
				return true
			}
			return d.opens(f, start)
		}
		if v, n := lexicon.MatchVerb(f.text[j:min(len(f.text), j+8)]); n >= 2 && (v.Role == string(graph.RoleAttend) || v.Role == string(graph.RoleAccompany) || v.Role == string(graph.RoleSpeak)) {
			return false
		}
	}
	return d.opens(f, start)
}

// opens reports whether an organ at start is the subject of the article's first sentence, with no more than a date before it.
func (d *document) opens(f *field, start int) bool {
	i := 0
	if f.at(0) == '【' { // the title of a yearbook's entry
		for i < start && f.text[i] != '】' {
			i++
		}
		i++
	}
	for ; i < start; i++ {
		if r := f.text[i]; !isDigit(r) && !isSpace(r) && !strings.ContainsRune("年月日至—-，、上下午旬初底时起许自", r) {
			return false
		}
	}
	return f.name == graph.FieldBody
}

// ownMeeting reports whether what follows an organ makes its meeting the subject: 第三次会议召开, 工作会议在…举行.
func (d *document) ownMeeting(f *field, end int) bool {
	for j := end; j < len(f.text) && j-end < 24; j++ {
		if r := f.text[j]; isComma(r) || isStop(r) || r == '、' || strings.ContainsRune("的", r) {
			return false
		}
		for _, w := range []string{"会议", "全会", "大会", "座谈会", "动员会", "常委会", "推进会", "调度会", "例会"} {
			if !f.has(j, w) {
				continue
			}
			rest := f.between(j+len([]rune(w)), j+len([]rune(w))+14)
			rest, _, _ = strings.Cut(rest, "，")
			for _, v := range []string{"召开", "举行", "开幕", "闭幕"} {
				if strings.HasPrefix(rest, v) || strings.HasPrefix(rest, "在") && strings.Contains(rest, v) || strings.HasPrefix(rest, "顺利"+v) || strings.HasPrefix(rest, "隆重"+v) || strings.HasPrefix(rest, "胜利"+v) {
					return true
				}
			}
		}
	}
	return false
}

// adverbial reports whether what stands between a subject and its verb only says where, how, for whom: 在人民广场, 积极.
func (d *document) adverbial(f *field, from, to int) bool {
	s := string(f.text[from:to])
	if len([]rune(s)) <= 4 && !strings.ContainsAny(s, "，、") {
		return true
	}
	for _, w := range []string{"在", "于", "为", "对", "结合", "以", "围绕", "针对", "立足", "依托", "利用", "紧扣", "按照", "，在", "，为", "与", "和", "及"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}
