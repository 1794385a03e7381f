package layout

import (
	"strings"
	"unicode/utf8"
)

// What the columns of a table of events are, by the words above them.

// role is what a column holds.
type role int

const (
	roleOther   role = iota // what its header says, said again before each of its cells
	roleOrdinal             // the number of the row
	roleDate                // the day, in whatever words
	roleYear                // 年, month and day in columns of their own
	roleMonth
	roleDay
	roleFrom  // the first day
	roleTo    // the last day
	roleTitle // what the event is called
	roleEvent // what happened
	roleText  // the same at length
	roleClass // the column (栏目) that the event belongs to
	roleBy    // who wrote or handed in the row
)

// columnNames are the words above columns that tables of events use, without spaces. Written by hand from the forms of
// tables that county offices fill in; a name that is missing is read as roleOther. Labels of roleOther stand here to be
// known as headers at all.
var columnNames = map[role]string{
	roleOrdinal: "序号 序 编号 号 项次 No. No NO NO.",
	roleDate: "时间 日期 年月日 年月 月日 月/日 日月 大事时间 活动时间 会议时间 发生时间 发生日期 事件时间 举办时间 举行时间 召开时间 记事时间 纪事时间 时间段 " +
		"起止时间 起讫时间 活动日期 会议日期 召开日期 举办日期 时间/日期 日期/时间 时日",
	roleYear:  "年 年份 年度",
	roleMonth: "月 月份",
	roleDay:   "日 日子",
	roleFrom:  "开始时间 起始时间 开始日期 起始日期 起始",
	roleTo:    "结束时间 截止时间 终止时间 结束日期 截止日期 终止",
	roleTitle: "标题 题目 名称 大事标题 事件名称 大事名称 活动名称 会议名称 事项名称 项目名称 条目名称 大事题目 条目标题",
	roleEvent: "事件 大事 要事 大事要事 事项 纪事 记事 大事记 事由 活动 会议 工作 重要活动 重大活动 重大事件 重要事件 重大事项 重要事项 大事件 主要事件 主要活动 历史事件 大事条目 条目 灾情 灾况 灾害情况 史事 史实 事略 纪略 大事摘要 重点工作 主要工作 重要工作 重要会议 重大决策 沿革",
	roleText: "内容 主要内容 大事内容 事件内容 活动内容 会议内容 具体内容 详细内容 记事内容 纪事内容 事件经过 简要经过 事件简述 简述 概述 概况 摘要 内容摘要 内容概要 " +
		"事件概要 内容简介 简介 大事记内容 大事记述 记述 记述内容 情况 基本情况 工作内容 条目内容 事迹",
	roleClass: "类别 类型 分类 栏目 板块 门类 大事类别 事件类别 类目",
	roleBy:    "来源 资料来源 信息来源 材料来源 出处 供稿 供稿单位 供稿人 撰稿人 撰稿 填报单位 填报人 报送单位 提供单位 报送人 整理人 记录人 作者 联系人",
	roleOther: "地点 会议地点 活动地点 举办地点 举行地点 召开地点 发生地点 场所 位置 地址 参加领导 出席领导 参会领导 到会领导 与会领导 主要领导 市领导 区领导 县领导 " +
		"领导 参加人员 出席人员 参会人员 与会人员 主要人员 人员 参加对象 参会范围 参加范围 参加单位 参会单位 参与单位 陪同人员 陪同领导 陪同 主持人 主持 主讲人 讲话人 带队领导 负责人 责任人 " +
		"主要人物 人物 主办单位 主办 承办单位 承办 协办单位 协办 指导单位 责任单位 牵头单位 组织单位 实施单位 召集单位 单位 部门 责任部门 牵头部门 配合单位 " +
		"规模 人数 参加人数 参会人数 结果 成果 成效 影响 意义 备注 说明 附注 注 文号 依据 级别",
}

var roleOf = func() map[string]role {
	m := map[string]role{}
	for r, names := range columnNames {
		for name := range strings.FieldsSeq(names) {
			m[name] = r
		}
	}
	return m
}()

// column is one column of a table.
type column struct {
	role  role
	label string // as printed, packed, without what stands in parentheses
}

// maxLabelRunes is longer than every word above a column.
const maxLabelRunes = 14

// columnNamed reads the cell above a column. known is false for a name that columnNames has not.
func columnNamed(cell string) (c column, known bool) {
	label := pack(strings.Trim(cell, "*：: "))
	if i := strings.IndexAny(label, "（("); i > 0 {
		label = label[:i]
	}
	r, known := roleOf[label]
	return column{r, label}, known
}

// headerOf reads a row as the header of a table of events: at least two names, most of them known, among them one for
// the time and one for what happened.
func headerOf(cells []string) ([]column, bool) {
	columns := make([]column, len(cells))
	known, named := 0, 0
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		if len(cell) > 3*4*maxLabelRunes || utf8.RuneCountInString(pack(cell)) > maxLabelRunes || strings.ContainsAny(cell, "。，；") {
			return nil, false
		}
		c, ok := columnNamed(cell)
		named++
		if ok {
			known++
		}
		columns[i] = c
	}
	if known < 2 || 2*known < named || !hasRole(columns, roleDate, roleYear, roleMonth, roleDay, roleFrom) {
		return nil, false
	}
	if !hasRole(columns, roleEvent, roleText, roleTitle) {
		return nil, false
	}
	return nameAll(columns), true
}

// nameAll gives the columns without a name that of the one before them.
func nameAll(columns []column) []column {
	// A column without a name belongs to the one before it, whose name spans both; at the start it numbers the rows.
	for i := range columns {
		if columns[i].label != "" {
			continue
		}
		if columns[i].role = roleOrdinal; i > 0 {
			columns[i] = columns[i-1]
		}
	}
	return columns
}

// looseHeaderOf reads a row as a header that names the time but has its own word for what happened (灾情): the rows below it
// have dates under the one and sentences under the other.
func looseHeaderOf(cells []string, rows []gridRow) ([]column, bool) {
	columns := make([]column, len(cells))
	when := -1
	for i, cell := range cells {
		if utf8.RuneCountInString(pack(firstBytes(cell, 4*maxLabelRunes+4))) > maxLabelRunes || strings.ContainsAny(cell, "。，；0123456789") {
			return nil, false
		}
		columns[i], _ = columnNamed(cell)
		if when < 0 && (columns[i].role == roleDate || columns[i].role == roleYear) {
			when = i
		}
	}
	if when < 0 || len(rows) < 2 {
		return nil, false
	}
	what, longest, dates := -1, 0, 0
	for k := range columns {
		text := 0
		for _, row := range rows {
			cell := cellAt(row.cells, k)
			text += hanIn(cell)
			if k == when && cell != "" && (isDateCell(cell) || hasYear(cell) || namesMonth(cell)) {
				dates++
			}
		}
		if columns[k].role == roleOther && !knownOther[columns[k].label] && text > longest {
			what, longest = k, text
		}
	}
	const shortest = 8 // Han characters of an event on the average
	if what < 0 || longest < shortest*len(rows) || 2*dates < len(rows) {
		return nil, false
	}
	columns[what].role = roleEvent
	return nameAll(columns), true
}

// knownOther holds the names of columns that are never those of events.
var knownOther = func() map[string]bool {
	m := map[string]bool{"": true}
	for name := range strings.FieldsSeq(columnNames[roleOther]) {
		m[name] = true
	}
	return m
}()

// hanIn counts the Han characters of a cell, up to a hundred.
func hanIn(s string) int {
	n := 0
	for _, r := range s {
		if isHan(r) {
			if n++; n == 100 {
				break
			}
		}
	}
	return n
}

func hasRole(columns []column, roles ...role) bool {
	for _, c := range columns {
		for _, r := range roles {
			if c.role == r {
				return true
			}
		}
	}
	return false
}

// isTime tells whether the column holds a date or a part of one.
func (r role) isTime() bool { return r >= roleDate && r <= roleTo }

// inferColumns tells the columns of a table without a header by what stands in them: one holds dates and hardly anything
// else, another sentences. ok is false for any other table.
func inferColumns(rows []gridRow, width int) (columns []column, ok bool) {
	if width < 2 || width > 4 || len(rows) < 3 {
		return nil, false
	}
	columns = make([]column, width)
	when, what := -1, -1
	longest := 0
	for k := range columns {
		filled, dates, text := 0, 0, 0
		for _, row := range rows {
			cell := cellAt(row.cells, k)
			if cell == "" {
				continue
			}
			filled++
			if isDateCell(cell) {
				dates++
			}
			text += len(cell)
		}
		switch {
		case filled == 0:
		case when < 0 && 10*dates >= 8*filled && 2*filled >= len(rows):
			when = k
		case text > longest:
			what, longest = k, text
		}
	}
	const shortest = 3 * 12 // bytes of an event on the average: twelve characters of Chinese
	if when < 0 || what < 0 || longest < shortest*len(rows) {
		return nil, false
	}
	for k := range columns {
		switch k {
		case when:
			columns[k].role = roleDate
		case what:
			columns[k].role = roleText
		default:
			if k == 0 && k < when && onlyDigits(rows, k) {
				columns[k].role = roleOrdinal
			}
		}
	}
	return columns, true
}

func onlyDigits(rows []gridRow, k int) bool {
	for _, row := range rows {
		if strings.Trim(cellAt(row.cells, k), "0123456789.、 ") != "" {
			return false
		}
	}
	return true
}

func cellAt(cells []string, k int) string {
	if k >= 0 && k < len(cells) {
		return cells[k]
	}
	return ""
}
