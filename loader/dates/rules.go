package dates

import (
	"fmt"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// question is a date without a year, and what can answer it.
type question struct {
	*finder
	m *mention
	w written // the date whose year is asked for: m.from
	// event is the event's date where the year of another date is asked for, Unknown else.
	event edtf.Day
	// issueYear is the latest year not after limit.
	issueYear  int
	issueKnown bool
}

// yearRules in the order of genre.md §2.4: the first that knows a year gives it. What is written at the
// date itself is read before (resolveEvent, resolveOther).
var yearRules = []func(*question) (choice, bool){byHeading, byContent, byFestival, byWeekday, byEvent, byPlan, byIssue, byVotes, byPrevious}

// inferYear finds the year of a date that is written without one. event is the event's date where
// another date is asked for, which must fit it.
func (f *finder) inferYear(m *mention, event edtf.Date) choice {
	q := &question{finder: f, m: m, w: m.from, event: event.Start()}
	if q.limit != 0 {
		q.issueYear, q.issueKnown = latest(m.decisive(), q.limit)
	}
	for _, rule := range yearRules {
		if c, ok := rule(q); ok {
			return c
		}
	}
	return choice{basis: graph.BasisNone, reason: "原文未写年份，也没有可以推断年份的依据"}
}

// aheadDays is how far a date that is announced lies ahead at most.
const aheadDays = 183

// byHeading: 2021年大事记 above the article.
func byHeading(q *question) (choice, bool) {
	head, ok := q.head.singleYear()
	if !ok {
		return choice{}, false
	}
	if q.m.future() && q.event != 0 {
		if y, ok := next(q.w, q.event, aheadDays); ok {
			return yearIs(y, graph.BasisYearInferred, sureNear, ""), true
		}
	}
	year, basis := head.year, graph.BasisExplicit
	if head.reign != 0 && head.printed == 0 {
		basis = graph.BasisConverted
	}
	if head.reign == 0 && q.w.calendar == lunisolar {
		year = within(q.w, head.year)
	}
	from := "年份取自标题"
	if q.at.Carried && q.head.innermost() == q.head.year && q.m.line.Text == q.text {
		from = "年份承前条"
		if basis == graph.BasisExplicit {
			basis = graph.BasisYearInferred // from a neighbour
		}
	}
	c := yearIs(year, basis, sureHeading, "%s“%s”", from, q.head.year.shown.words())
	c.heading = true
	return c, true
}

// byContent: the yearbook of 2021 tells of 2020.
func byContent(q *question) (choice, bool) {
	year := q.contentYear()
	if year == 0 {
		return choice{}, false
	}
	return yearIs(within(q.w, year), graph.BasisYearInferred, sureHeading, "原文未写年份；%s", contentReason(year)), true
}

func contentReason(year int) string { return fmt.Sprintf("年鉴卷次：所记为%d年", year) }

// byFestival: 第33个“世界艾滋病日” in the sentence.
func byFestival(q *question) (choice, bool) {
	if q.event != 0 {
		return choice{}, false
	}
	year, why := q.m.festival()
	if year == 0 {
		return choice{}, false
	}
	if q.limit != 0 && (!q.issueKnown || year != q.issueYear) {
		q.warn(q.m, WarnYearDisagreement, fmt.Sprintf("%s，与%s不合，请核对", why, q.at.limitName()))
		return choice{}, false
	}
	return yearIs(year, graph.BasisYearInferred, sureProof, "原文未写年份；%s", why), true
}

// byWeekday: only the masthead's year is known, and the weekday shows that the year before is meant.
func byWeekday(q *question) (choice, bool) {
	if q.m.weekday == 0 || q.event != 0 || !q.issueKnown || q.at.Issued != 0 || q.at.Month != 0 {
		return choice{}, false
	}
	for year := q.issueYear; year >= q.issueYear-1; year-- {
		if d, exists := q.w.day1(year); exists && weekdayOf(d) == q.m.weekday {
			return yearIs(year, graph.BasisYearInferred, sureIssue, "原文未写年份；不晚于%s的年份中，%s为星期%s的最近一年是%d年",
				q.at.limitName(), q.w.phrase(), weekdayNames[q.m.weekday], year), true
		}
	}
	return choice{}, false
}

// byEvent: another date lies near the event's: ahead of it if it is announced, around it if nothing is
// known of the issue or the event is much older.
func byEvent(q *question) (choice, bool) {
	if q.event == 0 {
		return choice{}, false
	}
	near := nearest(q.w, q.event)
	if q.m.future() {
		if year, ok := next(q.w, q.event, aheadDays); ok {
			return yearIs(year, graph.BasisYearInferred, sureNear, ""), true
		}
	}
	if q.limit == 0 || q.limit-q.event > maxAge {
		return yearIs(near, graph.BasisYearInferred, sureNear, ""), true
	}
	// A few days after the issue may be announced without a word for the future; half a year may not.
	const announced = 10
	if d, exists := q.w.day1(near); exists && d > q.limit && d-q.limit <= announced {
		return yearIs(near, graph.BasisYearInferred, sureNear, ""), true
	}
	return choice{}, false
}

// byPlan: 12月25日将举行…, where nothing else is dated.
func byPlan(q *question) (choice, bool) {
	if q.limit == 0 || !q.m.future() || q.event != 0 {
		return choice{}, false
	}
	return yearIs(nearest(q.w, q.limit), graph.BasisYearInferred, sureOlder, "原文未写年份；取离%s最近的一个%s", q.at.limitName(), q.w.phrase()), true
}

// byIssue: the latest year not after the issue came out. The older that makes the date, the less sure it
// is.
func byIssue(q *question) (choice, bool) {
	if !q.issueKnown {
		return choice{}, false
	}
	sure := sureIssue
	switch d, _ := q.w.day1(q.issueYear); {
	case q.limit-d > 200:
		sure = sureOldest
	case q.limit-d > 100:
		sure = sureOlder
	}
	return yearIs(q.issueYear, graph.BasisYearInferred, sure, "原文未写年份；取不晚于%s的最近一个%s", q.at.limitName(), q.w.phrase()), true
}

// byVotes: the year that the document's articles write most often; none where two are written as often.
func byVotes(q *question) (choice, bool) {
	year, votes, tie := 0, 0, false
	for y, n := range q.at.Votes {
		switch {
		case n > votes:
			year, votes, tie = y, n, false
		case n == votes:
			tie = true
		}
	}
	if votes == 0 || tie {
		return choice{}, false
	}
	return yearIs(year, graph.BasisYearInferred, sureVotes, "原文未写年份；本期正文写明的年份以%d年最多（%d处）", year, votes), true
}

// byPrevious: nearest to the date of the article before.
func byPrevious(q *question) (choice, bool) {
	d := q.at.Previous.Start()
	if d == 0 {
		return choice{}, false
	}
	return yearIs(nearest(q.w, d), graph.BasisYearInferred, sureNear, "原文未写年份；取离前一条日期%s最近的一个%s", q.at.Previous, q.w.phrase()), true
}
