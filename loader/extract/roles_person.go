package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
)

// mentionNouns are what a leader is named for who is not there: his speech, his instructions.
var mentionNouns = []string{"重要讲话", "讲话", "重要论述", "论述", "重要指示", "指示", "批示", "精神", "重要思想", "思想", "要求", "回信", "贺信", "文章", "嘱托", "著作", "理念", "重要文章", "贺电", "署名", "部署"}

// studyVerbs stand before a leader who is quoted or studied.
var studyVerbs = []string{"学习", "贯彻", "落实", "传达", "领会", "围绕", "按照", "根据", "遵照", "宣传", "重温", "践行", "牢记", "对照", "紧扣", "聆听", "收听", "观看", "收看", "学习贯彻", "坚持", "感悟", "深悟", "引用", "感恩", "体现"}

// rolesOf decides the roles of one mention from those of its group.
func (d *document) rolesOf(f *field, s span, m *mention, first, last mention, roles []graph.OfficialRole) []graph.OfficialRole {
	only := func(r graph.OfficialRole) []graph.OfficialRole { return []graph.OfficialRole{r} }
	before := f.between(s.start, first.whole.start)
	befall := strings.TrimSuffix(before, first.noun) // 枪决|匪首甲
	end := skipBracket(f, last.whole.end)
	after := f.between(end, min(s.end, end+60))
	if d.quotedPerson(m, before, after) {
		return only(graph.RoleMentioned)
	}
	if strings.HasSuffix(before, "受") && strings.Contains(after, "委托") || strings.HasSuffix(before, "代表") && strings.HasPrefix(after, "向") {
		return only(graph.RoleMentioned)
	}
	if f.inSpeech(m.span) {
		return only(graph.RoleMentioned)
	}
	for _, w := range []string{"追授", "授予", "表彰", "表扬", "悼念", "缅怀"} {
		if k := strings.LastIndex(before, w); k >= 0 && !strings.ContainsAny(before[k:], "，；") {
			if w == "追授" || w == "授予" { // 授予甲、乙“…”称号: the act concerns them
				return only(graph.RoleSubject)
			}
			return only(graph.RoleMentioned)
		}
	}
	for _, w := range []string{"的提请", "的提名", "的委托", "的邀请", "提请", "提名", "的建议", "委托"} {
		if strings.HasPrefix(after, w) && (strings.HasSuffix(before, "根据") || strings.HasSuffix(before, "按照") || strings.HasSuffix(before, "应") || strings.HasSuffix(before, "受") || strings.HasSuffix(before, "经")) {
			return only(graph.RoleMentioned)
		}
	}
	clause, _, _ := strings.Cut(after, "，")
	for _, w := range []string{"逝世", "去世", "病逝", "辞世", "牺牲"} {
		if strings.Contains(clause, w) && len(roles) == 0 || strings.HasPrefix(after, w) || strings.HasPrefix(after, "同志"+w) || strings.HasPrefix(after, "因病") || strings.HasSuffix(clause, w) {
			return only(graph.RoleSubject)
		}
	}
	for _, w := range []string{"的追悼会", "追悼会", "遗体告别", "遗体送别", "的葬礼", "告别仪式", "骨灰"} {
		if strings.HasPrefix(strings.TrimPrefix(after, "同志"), w) {
			return only(graph.RoleSubject)
		}
	}
	for _, w := range []string{"先进事迹", "事迹", "同志先进事迹", "同志事迹", "精神", "诞辰", "纪念馆", "故居", "烈士陵园", "铜像", "塑像"} {
		if strings.HasPrefix(after, w) {
			return only(graph.RoleMentioned)
		}
	}
	if kin(after) {
		return only(graph.RoleMentioned)
	}
	if strings.HasSuffix(before, "的是") && len(roles) == 0 && containsAny(before, "获", "夺", "得", "冠军", "第一") {
		return only(graph.RoleSubject)
	}
	if d.disciplined(clause, after) || suffers(clause) || strings.HasSuffix(before, "给予") || endsInAny(befall, struck) && len(roles) == 0 || rehabilitated(before, clause) {
		return only(graph.RoleSubject)
	}
	if len(roles) == 0 && (getsHonour(after) || wins(clause)) {
		return only(graph.RoleSubject)
	}
	if m.noun != "" {
		for _, w := range []string{"说", "表示", "介绍", "发言", "讲话", "致辞", "作", "做", "率", "参加", "出席", "先后", "讲述", "代表", "告诉", "宣读", "激动", "高兴", "称赞", "感慨", "提出", "建议", "认为", "展示", "分享", "回忆"} {
			if strings.HasPrefix(after, w) {
				return append([]graph.OfficialRole{}, roles...)
			}
		}
		return nil // visited, and there: what follows is what the visitor does
	}
	if len(roles) == 0 {
		roles = spoken(clause)
	}
	if len(roles) == 0 {
		roles = listedAs(before)
	}
	rs := append([]graph.OfficialRole{}, roles...)
	if strings.HasPrefix(after, "以") && strings.Contains(clause, "为题") && !strings.Contains(clause, "发言") && !strings.Contains(clause, "讲话") && !strings.Contains(clause, "致辞") {
		rs = slices.DeleteFunc(rs, func(r graph.OfficialRole) bool { return r == graph.RoleLead || r == graph.RoleSpeak })
		rs = append(rs, graph.RoleLecture)
	}
	if len(rs) > 0 && expert(m) {
		for i := range rs {
			if (rs[i] == graph.RoleOther || rs[i] == graph.RoleSpeak) && (strings.Contains(after, "讲解") || teaches(after)) {
				rs[i] = graph.RoleLecture
			}
		}
		if slices.Contains(rs, graph.RoleLecture) { // what an expert says is the lecture
			rs = slices.DeleteFunc(rs, func(r graph.OfficialRole) bool { return r == graph.RoleSpeak })
		}
	}
	return rs
}

// listedAs reads the role of a list from what stands before it: 出席会议的领导有甲、乙.
func listedAs(before string) []graph.OfficialRole {
	head := before
	if i := strings.LastIndex(before, "，"); i >= 0 {
		head = before[i+len("，"):]
	}
	if !strings.Contains(head, "的") {
		return nil
	}
	for _, w := range []struct {
		word string
		role graph.OfficialRole
	}{{"出席", graph.RoleAttend}, {"参加", graph.RoleAttend}, {"列席", graph.RoleAttend}, {"到会", graph.RoleAttend}, {"与会", graph.RoleAttend}, {"陪同", graph.RoleAccompany}, {"随同", graph.RoleAccompany}} {
		if strings.HasPrefix(head, w.word) {
			return []graph.OfficialRole{w.role}
		}
	}
	return nil
}

// spoken reads what a clause says that was given: 作了题为《…》的报告, 作专题讲座.
func spoken(clause string) []graph.OfficialRole {
	if !strings.HasPrefix(clause, "作") && !strings.HasPrefix(clause, "做") {
		return nil
	}
	switch {
	case containsAny(clause, "讲座", "辅导", "授课", "学术报告"):
		return []graph.OfficialRole{graph.RoleLecture}
	case containsAny(clause, "报告", "讲话", "发言", "说明", "动员", "致辞", "总结", "部署"):
		return []graph.OfficialRole{graph.RoleSpeak}
	}
	return nil
}

// disciplined reports whether what follows a name says that an act concerns its bearer: 被开除党籍, 接受纪律审查.
func (d *document) disciplined(clause, after string) bool {
	clause = strings.TrimPrefix(strings.TrimPrefix(clause, "等人"), "等")
	for _, w := range []string{"涉嫌", "因涉嫌", "因严重违", "严重违", "违反", "因违反", "因受贿", "因贪污", "因犯", "受到党内", "受到行政", "受到撤", "受到开除", "受到处分", "受到警告", "受处分", "接受纪律审查", "接受组织审查", "接受审查", "接受监察", "主动投案", "被立案", "被开除", "被查处", "被判", "被逮捕", "被捕", "被免", "被撤", "被双规", "被留置", "被处", "被依法", "被错划", "被平反", "得到平反", "获得平反", "平反", "被批斗", "被游斗", "被揪斗", "被夺权", "被打成", "被下放", "被隔离审查", "被撤职", "被革职", "被停职", "被罢官", "被弹劾", "撤职", "革职", "引咎", "被打倒", "遭批斗", "被给予", "被提拔", "被害", "遇害", "就义", "阵亡", "殉难", "病故", "卒"} {
		if strings.HasPrefix(clause, w) {
			return true
		}
	}
	return containsAny(after[:min(len(after), 90)], "被开除党籍", "被开除公职", "纪律审查和监察调查", "接受纪律审查", "党内警告处分", "撤销党内职务处分", "被依法逮捕")
}

// expert reports whether a mention's post is a profession.
func expert(m *mention) bool {
	for _, p := range m.posts {
		if p.Rank >= 290 && p.Rank <= 310 {
			return true
		}
	}
	return false
}

// quotedPerson reports whether the text only speaks of what the person has said or written.
func (d *document) quotedPerson(m *mention, before, after string) bool {
	general := strings.Contains(m.postText, "总书记")
	if general && !saidThere(after) && (strings.HasPrefix(after, "考察") || strings.HasPrefix(after, "到") || strings.HasPrefix(after, "视察") || strings.HasPrefix(after, "来到") || strings.HasPrefix(after, "一行")) {
		return false
	}
	if general {
		return true
	}
	noun := false
	clause, _, _ := strings.Cut(after, "，")
	if strings.HasPrefix(clause, "在") && (strings.HasSuffix(clause, "上的讲话精神") || strings.HasSuffix(clause, "上的重要讲话精神") || strings.HasSuffix(clause, "上的讲话要求")) && before != "" {
		return true
	}
	for _, w := range mentionNouns {
		if k := strings.Index(clause, w); k >= 0 {
			if head := clause[:k]; strings.HasPrefix(head, "在") || strings.HasPrefix(head, "关于") || strings.HasPrefix(head, "对") && strings.Contains(head, "的") || strings.HasPrefix(head, "的") || strings.HasPrefix(head, "同志") || head == "" {
				noun = true
			}
		}
	}
	if !noun || teaching(clause) {
		return false
	}
	for _, w := range studyVerbs {
		if k := strings.LastIndex(before, w); k >= 0 && !strings.HasPrefix(before[k:], "宣传部") && !strings.ContainsAny(before[k:], "；") && len(before)-k < 150 && !strings.Contains(before[k:], "，") {
			return true
		}
	}
	return false
}

// teaches tells whether a clause has 教 as a verb: 教居民识别假币, and not 教师, 教育, 教室.
func teaches(clause string) bool {
	rs := []rune(clause)
	for i, r := range rs {
		if r == '教' && i+1 < len(rs) && !strings.ContainsRune("师育室委体授材堂研职", rs[i+1]) && (i == 0 || rs[i-1] != '宗') {
			return true
		}
	}
	return false
}

// saidThere reports whether what follows a leader is what was said on the visit, not the visit: 考察内蒙古重要讲话精神.
func saidThere(after string) bool {
	clause, _, _ := strings.Cut(after, "，")
	return containsAny(clause, "讲话", "指示", "精神", "嘱托", "论述", "批示", "周年")
}

// teaching reports whether a clause ends in what is given to an audience: 作学习贯彻全会精神专题辅导.
func teaching(clause string) bool {
	return (strings.Contains(clause, "作") || strings.Contains(clause, "做") || strings.Contains(clause, "进行")) &&
		endsInAny(clause, []string{"辅导", "辅导报告", "讲座", "宣讲", "宣讲报告", "专题报告", "授课", "解读", "党课"})
}
