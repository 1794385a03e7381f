package layout

import (
	"strings"
	"unicode/utf8"
)

// rosterEnds are the ends of headings of a roster (名录): who held which post.
var rosterEnds = []string{"名录", "领导名单", "领导人名单", "负责人名单", "领导成员", "领导班子", "领导班子成员", "班子成员", "机构及负责人", "机构和负责人", "机构与负责人", "部门负责人", "单位负责人", "主要负责人", "领导人员", "领导干部名单", "组织机构及领导", "机构及领导人", "机构领导", "组成人员", "组成人员名单"}

// isRosterName tells whether a heading is that of a roster.
func isRosterName(s string) bool {
	s = pack(s)
	if i := strings.IndexAny(s, "（("); i > 0 {
		s = s[:i]
	}
	for _, w := range rosterEnds {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// isRosterHead tells whether a line is the heading of a roster.
func isRosterHead(l *line) bool {
	return !l.long && l.runes <= 36 && !strings.ContainsAny(l.text, "，。；：【】") && isRosterName(l.text)
}

// postEnds are the last characters of posts, alone or with what stands before them.
var postEnds = []string{"书记", "长", "主任", "主席", "委员", "常委", "干事", "专员", "代表", "成员", "经理", "总监", "校监", "会计师", "工程师", "农艺师", "统计师", "经济师", "政委", "参谋", "助理", "顾问", "检察官", "法官", "巡视员", "调研员", "督导员", "特派员", "秘书", "理事", "监事", "董事", "会长", "组员", "协理员", "督学", "股级", "单位", "部门", "姓名", "职务"}

// isRosterLine tells whether a line has the form of one in a roster: a post and names, or names set below those of the line
// above, or a name with what is said of it.
func isRosterLine(l *line) bool {
	if l.long || strings.ContainsAny(l.text, "。；") {
		return false
	}
	if l.isTableRow() {
		return true
	}
	text := l.text
	for _, note := range []string{"任）", "任)", "（女", "(女", "族）", "族)", "（兼", "（挂", "离任", "（常务", "（正", "（副"} {
		if strings.Contains(text, note) {
			return true
		}
	}
	// The post stands before a space or a colon; its own letters may be set apart: 书 记, 副 县 长.
	rs := []rune(text)
	for i, r := range rs {
		if (r == ' ' || r == '：' || r == ':') && i > 0 && i <= 24 {
			if isPost(pack(string(rs[:i]))) && i+1 < len(rs) && areNamesLoosely(string(rs[i+1:])) {
				return true
			}
		}
	}
	return false
}

func isPost(s string) bool {
	for _, w := range postEnds {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// areNamesLoosely tells whether what stands behind a post begins with a name, whatever is said of it.
func areNamesLoosely(s string) bool {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, "（("); i >= 0 {
		s = s[:i]
	}
	if s == "" || utf8.RuneCountInString(s) > 60 {
		return false
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '、' })
	if len(words) == 0 {
		return false
	}
	first := words[0]
	if len(words) > 1 && utf8.RuneCountInString(words[1]) == 1 {
		first += words[1]
	}
	return areNames(first) || strings.ContainsRune(s, '·')
}
