package dates

import (
	"fmt"

	"fangzhi/graph"
)

// What only looks like a date. Document numbers (〔2020〕181号), “12.4”, ordinals (第33个) and telephone
// numbers need no rule here: no form reads them.

// notDatesAfter stand before dates that return or belong to another calendar: 每年12月4日, 农历八月十五日.
var notDatesAfter = words("每年", "每年的", "每月", "每", "逢", "农历", "阴历", "旧历", "夏历", "第")

// nameEnds end the name of an event, a plan or a paper that has a year in it: 2020年春季全民健步走活动.
var nameEnds = words("活动", "会议", "大会", "年会", "例会", "培训班", "研修班", "研讨班", "训练营", "夏令营", "仪式", "典礼", "晚会", "运动会", "联赛", "比赛",
	"大赛", "竞赛", "论坛", "峰会", "博览会", "招聘会", "推进会", "总结会", "座谈会", "动员会", "部署会", "分析会", "调度会", "现场会", "专项行动", "抽查", "考试", "征兵",
	"宣传周", "宣传月", "活动周", "活动月", "文化节", "艺术节", "远景目标", "奥运会", "冬奥会", "亚运会")

// nameBreakers stand in no such name: the year before them dates what the sentence says.
var nameBreakers = words("了", "将", "以来", "期间", "已", "完成", "实现", "被", "由", "至", "召开", "举行", "举办", "开展", "组织", "启动", "参加", "印发", "选取", "荣获", "获")

// vetoed tells whether the words [i, end) that a form has read are no date after all.
func vetoed(l *line, m *mention, i, end int) bool {
	if l.in[l.base+i] != 0 && l.field != graph.FieldHeading || l.before(i, notDatesAfter) > 0 && !l.has(i, "第") {
		return true
	}
	if l.field == graph.FieldHeading {
		return false // the name is what says when
	}
	if l.rune(i-1) == '年' && !m.from.hasYear && (isNumeral(l.rune(i-2)) || l.rune(i-2) == '元') {
		return true // its year is written in a way that no form reads: 康熙三十二年六月, 民国24年6月
	}
	return m.inName(l, end)
}

// inName tells whether a year, or a month with its year, is part of a name that ends behind it.
func (m *mention) inName(l *line, end int) bool {
	if !m.from.hasYear && m.form != formMonth || m.from.day > 0 || m.shape != single || m.from.edge == early || m.from.edge == late {
		return false
	}
	_, clauseEnd := l.clause(end)
	const longestName = 40
	for i := end; i < min(clauseEnd, end+longestName); i++ {
		if l.after(i, nameBreakers) > 0 {
			return false
		}
		if l.after(i, nameEnds) > 0 {
			return true
		}
	}
	return false
}

var counted = words("个", "届", "次")

// festivals that are counted from their first year, so that 第33个“世界艾滋病日” proves the year 1988+32.
// first is the year of the first one. The table was written from general knowledge and has not been looked up row by
// row; where a row and the other rules for the year disagree, the reading warns (year-disagreement).
var festivals = []struct {
	name  string
	first int
}{
	{"植树节", 1979}, {"国际消费者权益日", 1983}, {"消费者权益日", 1983}, {"教师节", 1985}, {"国际志愿者日", 1986}, {"艾滋病日", 1988},
	{"国际禁毒日", 1988}, {"无烟日", 1988}, {"中国水周", 1988}, {"爱国卫生月", 1989}, {"爱牙日", 1989}, {"助残日", 1991}, {"土地日", 1991},
	{"消防日", 1992}, {"精神卫生日", 1992}, {"残疾人日", 1992}, {"世界水日", 1993}, {"世界读书日", 1996}, {"防治结核病日", 1996}, {"爱眼日", 1996},
	{"高血压日", 1998}, {"记者节", 2000}, {"安全生产月", 2002}, {"献血者日", 2004}, {"防灾减灾日", 2009}, {"交通安全日", 2012},
	{"国家宪法日", 2014}, {"国家公祭日", 2014}, {"烈士纪念日", 2014}, {"扶贫日", 2014}, {"安全教育日", 2016}, {"航天日", 2016}, {"品牌日", 2017},
	{"医师节", 2018}, {"农民丰收节", 2018}, {"人民警察节", 2021}, {"环境日", 1972}, {"红十字日", 1948}, {"国际护士节", 1912}, {"护士节", 1912}, {"全国生态日", 2023},
}

// festival returns the year that an ordinal festival in the mention's sentence proves, and why; 0 for
// none.
func (m *mention) festival() (year int, reason string) {
	l := m.line
	start, end := l.sentence(m.first)
	for i := start; i < end; i++ {
		if l.rune(i) != '第' {
			continue
		}
		n, next, ok := l.ordinal(i + 1)
		if !ok || n < 1 || l.after(next, counted) == 0 {
			continue
		}
		const longestPrefix = 5 // “全国, “联合国
		for j := next + 1; j <= min(next+1+longestPrefix, end); j++ {
			for _, f := range festivals {
				if !l.has(j, f.name) {
					continue
				}
				after := j + len([]rune(f.name))
				if l.rune(after) == '"' && l.rune(next+1) == '"' {
					after++
				}
				year = f.first + n - 1
				return year, fmt.Sprintf("%s即%d年（首个在%d年）", l.words(i, after), year, f.first)
			}
		}
	}
	return 0, ""
}
