package dates

import (
	"sync"

	"fangzhi/edtf"
)

// Periods of the five-year plans (五年规划, before 2006 五年计划): “十三五”期间, “十四五”时期, 第十四个五年规划,
// “十二五”末. The first was from 1953 to 1957, the second to 1962, and after the years of adjustment
// from 1966 on a new one every five years.

// planFollowers show that a plan's short name means the plan; without quotation marks, or for the
// early plans, one of them must follow, for “七五”普法 and 三五 are other things.
var planFollowers = words("期间", "时期", "规划", "计划", "以来", "末", "初", "期末", "期初", "收官", "开局")

var (
	planWords  = words("规划", "计划")
	planEnds   = words("期末", "末")
	planStarts = words("期初", "初")
	planSpans  = words("期间", "时期", "规划", "计划")
)

func readPlan(l *line, i int) (m *mention, end int, ok bool) {
	if l.rune(i) == '第' {
		n, next, found := l.chinese(i + 1)
		if !found || !l.has(next, "个五年") || l.after(next+3, planWords) == 0 {
			return nil, i, false
		}
		return planPeriod(n, l, next+5)
	}
	quoted := l.rune(i) == '"'
	j := i
	if quoted {
		j++
	}
	n, next := readPlanNumber(l, j)
	if n == 0 || !quoted && isNumeral(l.rune(i-1)) {
		return nil, i, false
	}
	if quoted {
		if l.rune(next) != '"' {
			return nil, i, false
		}
		next++
	}
	if l.after(next, planFollowers) == 0 && (!quoted || n < 10) {
		return nil, i, false
	}
	return planPeriod(n, l, next)
}

// readPlanNumber reads 一五 to 十九五: a number and 五. 0 for none.
func readPlanNumber(l *line, i int) (n, next int) {
	for next = i; next < i+2; next++ {
		r := l.rune(next)
		switch {
		case r == '十' && next == i:
			n = 10
		case r > '9' && digitValue(r) > 0 && (next == i || n == 10):
			n += digitValue(r)
		default:
			return 0, i
		}
		if l.rune(next+1) == '五' && (n != 10 || l.rune(next+2) != '五') {
			return n, next + 2
		}
		if n < 10 {
			return 0, i
		}
	}
	return 0, i
}

// planDates holds the years of the plans, by their number.
var planDates = sync.OnceValue(func() (dates [maxPlan + 1]edtf.Date) {
	for n := range dates {
		first, last := planYears(n)
		dates[n] = edtf.Interval(edtf.OfYear(first), edtf.OfYear(last))
	}
	return dates
})

// maxPlan is the number of the last plan that can be written: 十九五.
const maxPlan = 19

// planYears returns the first and the last year of the n-th plan.
func planYears(n int) (first, last int) {
	first = 1953 + 5*(n-1)
	if n >= 3 {
		first = 1966 + 5*(n-3)
	}
	return first, first + 4
}

// planPeriod returns the years of the n-th plan, with what is said behind its name at i.
func planPeriod(n int, l *line, i int) (m *mention, end int, ok bool) {
	if n > maxPlan {
		return nil, i, false
	}
	first, last := planYears(n)
	m = &mention{}
	if k := l.after(i, planEnds); k > 0 {
		m.fixed = mustParse(edtf.OfYear(last).String() + "~")
		return m, i + k, true
	}
	if k := l.after(i, planStarts); k > 0 && !l.has(i, "初步") {
		m.fixed = mustParse(edtf.OfYear(first).String() + "~")
		return m, i + k, true
	}
	if l.has(i, "以来") { // written by signs.go: the period is open then
		m.fixed = edtf.OfYear(first)
		return m, i, true
	}
	m.fixed = planDates()[n]
	return m, i + l.after(i, planSpans), true
}
