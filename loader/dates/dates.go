// Package dates finds what an article says about time: the day that it happened, and the other dates
// that it mentions.
//
// Three questions are answered one after another, each in files of its own. Which words are a date? A
// form (day.go, month.go, year.go …) reads one way of writing dates, and names.go knows what only looks
// like one. Which of them dates the event? event.go. Which year is meant where none is written?
// infer.go, with the lines above the article (heading.go), the reigns and the Chinese calendar (lean.go, package lunar).
// Rules follow genre.md §2 and §6; where they leave a doubt the date stays unknown.
package dates

import (
	"cmp"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Context is what surrounds an article and can date it. Every field may be zero: then it says nothing.
type Context struct {
	// Issued is the day of publication.
	Issued edtf.Day
	// Year and Month are the masthead's, which name the publication, not the content. The last month of
	// a double issue.
	Year, Month int
	// Heading holds the lines above the article that say when it was, outermost first (layout.Article.Heading):
	// 2021年大事记, 12月, 10日. HEADING evidence counts code points in it.
	Heading string
	// Headings remembers Heading for the next article; nil remembers nothing.
	Headings *Headings
	// ContentYear is the year that the volume is about where no heading says it: a yearbook of 2021 tells of 2020.
	ContentYear int
	// Carried tells that the last line of Heading belongs to an earlier article, on which this one hangs by a marker (△, ※)
	// or 同日.
	Carried bool
	// Votes counts the years that the document's articles write out, see Text.Vote.
	Votes map[int]int
	// Coverage is the month that the document's articles are about, see Coverage: it dates 近日 and 17日,
	// and is known only when the other articles have been read without it.
	Coverage edtf.Date
	// Previous is the date of the article before this one, for 同日 and as a last resort for the year.
	Previous edtf.Date
}

// A Warning says what in a body is doubtful as a date.
type Warning struct {
	// Offset counts code points in the body.
	Offset int
	// Code is stable, one of the constants below.
	Code string
	// Message is Chinese and quotes the date.
	Message string
}

// The codes of warnings.
const (
	WarnImpossibleDay    = "impossible-day"    // 11月31日: only the month is kept
	WarnMissingDaySign   = "missing-day-sign"  // 7月28上午: no 日
	WarnWeekdayMismatch  = "weekday-mismatch"  // 12月1日（星期三） in a year where it is a Tuesday
	WarnYearDisagreement = "year-disagreement" // two rules give different years
	WarnAfterIssue       = "after-issue"       // the event is dated after the issue came out
	WarnYearMismatch     = "year-mismatch"     // 康熙三十二年（1963）: the reign and the year beside it do not agree
	WarnNoSuchYear       = "no-such-year"      // 康熙七十年: the reign had no such year
	WarnRepaired         = "repaired"          // l2月, 4目: read as a scan's mistake
)

// Found is what Find says of an article.
type Found struct {
	// Event is the event's date, unknown (XXXX, basis NONE) where the article does not date it; its Reason then says why.
	Event graph.EventDate
	// Rule names the rule that dated the event, "" where it is undated.
	Rule string
	// Others are the other dates that the body mentions, in the order of the text and one a date.
	Others []reading.DateMention
	// Warnings say what is doubtful, in the order of the text.
	Warnings []Warning
	// Open tells that Context.Coverage was asked for, and unknown: a second Find that has it may say more.
	Open bool
}

// Find returns the event's date and the other dates that the body mentions, in the order of the text
// and one a date: a date that is mentioned again adds its evidence. A body is paragraphs separated by
// line feeds. What the event's date says again is no other date. Where neither the body nor the heading dates the event,
// event is unknown (XXXX, basis NONE) and its Reason says why. Evidence counts code points in the body or in the heading.
// A yearbook's article that tells no date has the year of the volume, without evidence.
//
// The same body and context give the same dates. Find never fails: what is doubtful comes back as
// warnings, in the order of the text.
func Find(body string, at Context) Found { return Read(body).Find(at) }

// Find is the function Find for a text that has been read.
func (t *Text) Find(at Context) Found {
	f := newFinder(t, at)
	f.warnings = append(f.warnings, t.notes...)
	event := f.event()
	others := f.others(event)
	slices.SortFunc(f.warnings, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return Found{Event: event, Rule: f.rule, Others: others, Warnings: slices.Compact(f.warnings), Open: f.open}
}

// Vote adds to votes the years written out at dates in the text: not those inside titles and quotes, in names of events or at
// plans for the future. With those of all articles of a document it is Context.Votes.
func (t *Text) Vote(votes map[int]int) {
	for _, m := range t.mentions {
		if m.from.hasYear && m.from.reign == 0 && !m.from.foreign && !m.weak && !m.future() {
			votes[m.from.year]++
		}
	}
}

// Coverage returns the month in which most of the given dates lie, Unknown unless it is more than
// half of those that lie in one month. For Context.Coverage, from the dates of a document's articles.
func Coverage(dates []edtf.Date) edtf.Date {
	type yearMonth struct{ year, month int }
	months := map[yearMonth]int{}
	total := 0
	for _, d := range dates {
		year, month, _ := d.Start().Date()
		endYear, endMonth, _ := d.End().Date()
		if month == 0 || year != endYear || month != endMonth {
			continue
		}
		months[yearMonth{year, month}]++
		total++
	}
	for m, n := range months {
		if 2*n > total {
			return edtf.OfMonth(m.year, m.month) // at most one month has more than half
		}
	}
	return edtf.Unknown
}

// finder is one run of Find.
type finder struct {
	text     *Text
	at       Context
	head     heading
	warnings []Warning
	own      *mention // what dates the event, nil for none
	ownDate  resolved // of own
	rule     string   // see Found

	// later tells that the article opens with 次年 or the like, of a year that is not known.
	later bool

	limit edtf.Day // see Context.limit
	open  bool     // see Found.Open

	// headDate is what headingDate says, once headDone.
	headDate         resolved
	headOK, headDone bool
}

func newFinder(t *Text, at Context) *finder {
	f := &finder{text: t, at: at, head: at.Headings.read(at.Heading)}
	f.limit = at.limit()
	if y := f.head.year; y != nil && y.fixed == edtf.Unknown {
		if n, ok := f.lean(y, nil); ok {
			f.head.replace(y, n.m)
		}
	}
	return f
}

// coverage returns Context.Coverage.
func (f *finder) coverage() edtf.Date {
	if f.at.Coverage == edtf.Unknown {
		f.open = true
	}
	return f.at.Coverage
}

// warn says what is doubtful of a mention; what is so in a heading is said of the article's beginning.
func (f *finder) warn(m *mention, code, message string) {
	w := Warning{Code: code, Message: message}
	if m.shown.text == f.text {
		w.Offset = m.shown.offset()
	}
	f.warnings = append(f.warnings, w)
}

// others resolves every date but the event's own.
func (f *finder) others(event graph.EventDate) []reading.DateMention {
	var out []reading.DateMention
	at := map[edtf.Date]int{} // in out
	var before *resolved
	for _, m := range f.text.mentions {
		if m == f.own {
			before = nil
			if m.from.reign != 0 || f.ownDate.mention.from.calendar == lunisolar {
				before = &f.ownDate
			}
			continue
		}
		if !m.worthMentioning() || m.weak && !f.supportsOther(m, before) || f.isCustom(m, before) {
			continue
		}
		r, ok := f.resolveOther(m, event, before)
		if !ok {
			continue
		}
		before = &r
		if repeats(r.date, event.EDTF) {
			continue
		}
		evidence := m.shown.evidence()
		if i, ok := at[r.date]; ok {
			out[i].Evidence = append(out[i].Evidence, evidence)
			continue
		}
		at[r.date] = len(out)
		out = append(out, reading.DateMention{
			DateMention: graph.DateMention{EDTF: r.date, Basis: r.basis, Text: evidence.Text, Evidence: []graph.Evidence{evidence}},
			Rule:        m.form,
		})
	}
	return out
}

// isCustom tells whether a day of the Chinese calendar stands in a modern text for what is always done on it:
// 正月十五闹元宵, but 农历正月十五 and 腊月廿三，.
func (f *finder) isCustom(m *mention, before *resolved) bool {
	w := m.from
	return w.calendar == lunisolar && m.form == formDay && !w.hasYear && w.ordinal == 0 && m.line.after(m.first, lunarPrefixes) == 0 &&
		f.head.calendar(true) != lunisolar && (before == nil || before.mention.from.calendar != lunisolar) &&
		(!m.signs.clauseStart || m.line.rune(m.last) != ',')
}

// supportsOther is supports for a date beside the event's own. A season or the end of a month alone is none.
func (f *finder) supportsOther(m *mention, before *resolved) bool {
	w := m.from
	switch {
	case w.ordinal != 0 || w.cycleYear != 0:
		return true // see lean
	case w.day != 0 || w.cycle != 0:
		return w.hasMonth() && f.yearAbove() || before != nil && before.mention.from.calendar == lunisolar
	case w.hasMonth():
		return f.head.calendar(true) == lunisolar || before != nil && before.mention.from.calendar == lunisolar || f.yearAbove() && m.line.rune(m.last) == ','
	case m.form == formSeason && m.from.edge >= spring:
		return f.head.calendar(true) == lunisolar && m.line.rune(m.last) == ','
	}
	return false
}

// repeats tells whether a date says the event's own date again: the same, or its first or last day.
func repeats(d, own edtf.Date) bool {
	return d == own || d.Precision() == edtf.PrecisionDay && own.Precision() == edtf.PrecisionInterval &&
		(d.Start() == own.Start() || d.Start() == own.End())
}
