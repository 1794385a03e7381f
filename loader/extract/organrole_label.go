package extract

import "fangzhi/graph"

// Notices and tables say in labels what an organ does: 主办单位：县委宣传部　承办：县文化馆.

// A roleLabel is the words before a colon and the role of the organs behind it.
type roleLabel struct {
	words string
	role  graph.DepartmentRole
}

// roleLabels are tried at the colon, so that a longer one may not end in a shorter one of another role.
var roleLabels = []roleLabel{
	{"主办单位", graph.DeptHost}, {"主办", graph.DeptHost}, {"主办方", graph.DeptHost}, {"组织单位", graph.DeptHost}, {"召集单位", graph.DeptHost}, {"发起单位", graph.DeptHost},
	{"承办单位", graph.DeptOrganizer}, {"承办", graph.DeptOrganizer}, {"承办方", graph.DeptOrganizer}, {"责任单位", graph.DeptOrganizer}, {"牵头单位", graph.DeptOrganizer}, {"牵头部门", graph.DeptOrganizer}, {"责任部门", graph.DeptOrganizer}, {"执行单位", graph.DeptOrganizer}, {"实施单位", graph.DeptOrganizer},
	{"协办单位", graph.DeptCoOrganizer}, {"协办", graph.DeptCoOrganizer}, {"协办方", graph.DeptCoOrganizer}, {"支持单位", graph.DeptCoOrganizer}, {"协助单位", graph.DeptCoOrganizer}, {"配合单位", graph.DeptCoOrganizer},
	{"指导单位", graph.DeptGuide}, {"指导", graph.DeptGuide}, {"监督单位", graph.DeptGuide},
	{"参加单位", graph.DeptParticipant}, {"参会单位", graph.DeptParticipant}, {"参与单位", graph.DeptParticipant}, {"出席单位", graph.DeptParticipant}, {"列席单位", graph.DeptParticipant}, {"参赛单位", graph.DeptParticipant}, {"参演单位", graph.DeptParticipant},
	{"发文单位", graph.DeptIssuer}, {"发文机关", graph.DeptIssuer}, {"发布单位", graph.DeptIssuer}, {"印发单位", graph.DeptIssuer}, {"颁发单位", graph.DeptAwarder}, {"授予单位", graph.DeptAwarder},
	{"获奖单位", graph.DeptAwarded}, {"先进单位", graph.DeptAwarded}, {"受表彰单位", graph.DeptAwarded}, {"检查单位", graph.DeptInspector}, {"受检单位", graph.DeptInspected}, {"被检查单位", graph.DeptInspected},
}

// maxLabelled bounds how far behind its label an organ of a list is looked for, in code points.
const maxLabelled = 200

// labelled returns the role that the label before a list of organs gives it, "" for none. A list may go on over lines that
// hold organs alone.
func (f *field) labelled(start int) graph.DepartmentRole {
	for i := start - 1; i >= 0 && start-i < maxLabelled; i-- {
		switch r := f.text[i]; {
		case r == '：' || r == ':':
			return f.labelBefore(i)
		case (r == '为' || r == '是') && f.hadBefore(i, "单位"):
			return f.labelBefore(i)
		case r == '\n' && !f.lineOfNames(i+1):
			return ""
		case isHan(r), isSpace(r), r == '\n', r == '、', r == '（', r == '）', r == '(', r == ')':
		default:
			return ""
		}
	}
	return ""
}

// labelBefore returns the role that the label ending before i gives.
func (f *field) labelBefore(i int) graph.DepartmentRole {
	longest, role := 0, graph.DepartmentRole("")
	for _, l := range roleLabels {
		if n := len([]rune(l.words)); n > longest && f.hadBefore(i, l.words) {
			longest, role = n, l.role
		}
	}
	return role
}

// lineOfNames reports whether the line that begins at i holds names alone: no sentence, no date, no label.
func (f *field) lineOfNames(i int) bool {
	for n := 0; i+n < len(f.text) && f.text[i+n] != '\n'; n++ {
		if r := f.text[i+n]; n > 60 || !isHan(r) && !isSpace(r) && r != '、' || isHan(r) && f.breaks[i+n] && !inOrgan(f, i+n) {
			return false
		}
	}
	return true
}
