package extract

import (
	"sort"
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// A label stands before a list of people in notices, minutes and tables: 出席领导：甲、乙.
type label struct {
	span      // the label with its colon
	reach int // where its list ends: the end of the line or sentence, or the next label
	role  graph.OfficialRole
}

// labelRoles are the labels and what those behind them did (会议通知 and 会议记录 print them so).
var labelRoles = func() map[string]graph.OfficialRole {
	all := map[string]graph.OfficialRole{}
	for role, words := range map[graph.OfficialRole]string{
		graph.RoleAttend:    "参加领导 出席领导 参会领导 到会领导 与会领导 列席领导 主要领导 参加人员 出席人员 参会人员 与会人员 到会人员 列席人员 参加人 出席人 列席人 参会人 与会人 到会人 参加者 出席 列席 参会 参加 到会 出席嘉宾 与会嘉宾 参会嘉宾 主要嘉宾 领导嘉宾 参加会议人员 出席会议人员 出席会议 参加会议 列席会议",
		graph.RoleChair:     "主持人 主持 会议主持 会议主持人 主持领导 大会主持 活动主持",
		graph.RoleAccompany: "陪同人员 陪同领导 陪同人 陪同 随同人员 随行人员 随同领导",
		graph.RoleSpeak:     "讲话人 讲话领导 讲话 发言人 发言人员 发言 致辞 致辞人 致辞领导 汇报人",
		graph.RoleLecture:   "主讲人 主讲 授课人 授课 授课老师 授课教师 授课专家 授课领导 主讲老师 主讲专家 宣讲人 辅导人",
		graph.RoleLead:      "带队领导 带队人 带队 领队 率队领导 带队负责人",
		graph.RoleInspect:   "调研领导 检查领导 督查领导 督导领导 调研人员 检查人员 督查人员 督导人员 慰问领导 走访领导",
		graph.RoleOther:     "记录人 记录 签约人 揭牌人 剪彩人 接访领导 接待领导",
		graph.RoleMentioned: "缺席 缺席人员 请假 请假人员 未到人员",
	} {
		for _, w := range strings.Fields(words) {
			all[w] = role
		}
	}
	return all
}()

// maxLabel bounds a label, in code points without the spaces it is padded with.
const maxLabel = 6

// findLabels finds the labels of a field.
func findLabels(f *field) []label {
	var all []label
	open := false // the last label's list goes on
	for i, c := range f.text {
		if open && isStop(c) {
			all[len(all)-1].reach, open = i, false
		}
		if c != '：' && c != ':' {
			continue
		}
		start, role := labelBefore(f, i)
		if role == "" {
			continue
		}
		if open {
			all[len(all)-1].reach = start
		}
		all = append(all, label{span{start, i + 1}, len(f.text), role})
		open = true
	}
	return all
}

// labelBefore returns the longest label that ends at i, with or without padding (主 持 人), where it begins and its role.
func labelBefore(f *field, i int) (int, graph.OfficialRole) {
	var word [maxLabel]rune
	start, found := i, graph.OfficialRole("")
	for k, n := i-1, 0; k >= 0 && n < maxLabel; k-- {
		r := f.text[k]
		if isSpace(r) {
			continue
		}
		if !isHan(r) {
			break
		}
		n++
		word[maxLabel-n] = r
		if role, ok := labelRoles[string(word[maxLabel-n:])]; ok && !isHan(f.at(k-1)) {
			start, found = k, role
		}
	}
	return start, found
}

// labelAt returns the label in whose reach i stands, its own words included; nil for none.
func (f *field) labelAt(i int) *label {
	k := sort.Search(len(f.labels), func(k int) bool { return f.labels[k].reach > i })
	if k < len(f.labels) && f.labels[k].start <= i {
		return &f.labels[k]
	}
	return nil
}

// labelled reads what stands at i in the list of a label: the label itself, or a name that is an item as a whole. It returns
// where the reading goes on, i for nothing read, and the token of a name.
func (d *document) labelled(f *field, i int) (int, *token) {
	l := f.labelAt(i)
	switch {
	case l == nil:
		return i, nil
	case i < l.end:
		return l.end, nil
	case isHan(f.text[i-1]) && !strings.ContainsRune("和与及", f.text[i-1]):
		return i, nil
	}
	m, ok := d.wholeItem(f, i, l.reach)
	if !ok {
		return i, nil
	}
	return m.end, &token{kind: tokenName, field: f, span: m.span, name: m.name, labelled: true}
}

// wholeItem reads a name at i that punctuation, a space or 等 ends, not beyond end.
func (d *document) wholeItem(f *field, i, end int) (nameMention, bool) {
	if m, ok := d.paddedName(f, i); ok && m.end <= end && itemEnds(f, m.end) {
		return m, true
	}
	n := 0
	for i+n < end && n <= maxForeign && (isHan(f.text[i+n]) || isDot(f.text[i+n])) && !(n >= 2 && itemEnds(f, i+n)) {
		n++
	}
	s := f.text[i : i+n]
	if !itemEnds(f, i+n) || !d.rosterName(s) {
		return nameMention{}, false
	}
	word := plainDots(s)
	if score, scored := lexicon.NameScore(s); lexicon.NameLikeWord(word) && !d.taken(word) && (!scored || score < lexicon.NameScoreLikely) || scored && score < 0 && n == 2 {
		return nameMention{}, false
	}
	return nameMention{span{i, i + n}, word}, true
}

// itemEnds reports whether an item of a list ends at e.
func itemEnds(f *field, e int) bool {
	r := f.at(e)
	return !isHan(r) && !isDot(r) && !isDigit(r) || r == '等' || f.has(e, "同志")
}

// labelRole returns the role of who stands in the list of a label, "" for none.
func (f *field) labelRole(s span) graph.OfficialRole {
	if l := f.labelAt(s.start); l != nil && s.start >= l.end {
		return l.role
	}
	return ""
}
