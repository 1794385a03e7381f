// Package dates finds what an article says about time: the day that it happened, and the other dates
// that it mentions.
//
// Three questions are answered one after another, each in files of its own. Which words are a date? A
// form (day.go, month.go, year.go …) reads one way of writing dates, and names.go knows what only looks
// like one. Which of them dates the event? event.go. Which year is meant where none is written?
// infer.go. Rules follow genre.md §2; where they leave a doubt the date stays unknown. The forms read so
// far are those of monthly reports (大事月报).
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
	// ContentYear is the year that the volume is about where no heading says it: a yearbook of 2021 tells of 2020.
	ContentYear int
	// Carried tells that the last line of Heading belongs to an earlier article, on which this one hangs by a marker (△, ※)
	// or 同日.
	Carried bool
	// HeadingYear is a year in a heading or a title above the article that governs it (2021年大事记, the
	// content year of a yearbook), HeadingMonth a month in one (12月).
	HeadingYear, HeadingMonth int
	// Votes counts the years that the document's articles write out, see Votes.
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
	// Code is stable: impossible-day, missing-day-sign, weekday-mismatch, year-disagreement, after-issue.
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
}

// Find returns the event's date and the other dates that the body mentions, in the order of the text
// and one a date: a date that is mentioned again adds its evidence. A body is paragraphs separated by
// line feeds. What the event's date says again is no other date. Where the body does not date the event,
// event is unknown (XXXX, basis NONE) and its Reason says why. Evidence counts code points in the body.
//
// The same body and context give the same dates. Find never fails: what is doubtful comes back as
// warnings, in the order of the text.
func Find(body string, at Context) Found {
	t := read(body)
	f := finder{text: t, at: at}
	event := f.event()
	others := f.others(event)
	slices.SortFunc(f.warnings, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
	return Found{Event: event, Rule: f.rule, Others: others, Warnings: slices.Compact(f.warnings)}
}

// Votes counts the years written out at dates in the bodies of a document: not those inside titles
// and quotes, in names of events or at plans for the future. For Context.Votes.
func Votes(bodies []string) map[int]int {
	votes := map[int]int{}
	for _, body := range bodies {
		for _, m := range read(body).mentions {
			if m.from.hasYear && !m.future() && m.form != formPlan && m.form != formDecade {
				votes[m.from.year]++
			}
		}
	}
	return votes
}

// Coverage returns the month in which most of the given dates lie, Unknown unless it is more than
// half of those that lie in one month. For Context.Coverage, from the dates of a document's articles.
func Coverage(dates []edtf.Date) edtf.Date {
	months := map[edtf.Date]int{}
	total := 0
	for _, d := range dates {
		year, month, _ := d.Start().Date()
		endYear, endMonth, _ := d.End().Date()
		if month == 0 || year != endYear || month != endMonth {
			continue
		}
		months[edtf.OfMonth(year, month)]++
		total++
	}
	for month, n := range months {
		if 2*n > total {
			return month // at most one month has more than half
		}
	}
	return edtf.Unknown
}

// finder is one run of Find.
type finder struct {
	text     *text
	at       Context
	warnings []Warning
	own      *mention // what dates the event, nil for none
	rule     string   // see Found
}

func (f *finder) warn(m *mention, code, message string) {
	f.warnings = append(f.warnings, Warning{Offset: m.start, Code: code, Message: message})
}

// evidence returns the span of a mention.
func (f *finder) evidence(start, end int) []graph.Evidence {
	return []graph.Evidence{{Field: graph.FieldBody, Start: start, End: end, Text: string(f.text.body[start:end])}}
}

// others resolves every date but the event's own.
func (f *finder) others(event graph.EventDate) []reading.DateMention {
	var out []reading.DateMention
	at := map[edtf.Date]int{} // in out
	var before *resolved
	for _, m := range f.text.mentions {
		if m == f.own {
			before = nil
			continue
		}
		if !m.worthMentioning() {
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
		evidence := f.evidence(m.start, m.end)
		if i, ok := at[r.date]; ok {
			out[i].Evidence = append(out[i].Evidence, evidence...)
			continue
		}
		at[r.date] = len(out)
		out = append(out, reading.DateMention{
			DateMention: graph.DateMention{EDTF: r.date, Basis: r.basis, Text: evidence[0].Text, Evidence: evidence},
			Rule:        m.form,
		})
	}
	return out
}

// repeats tells whether a date says the event's own date again: the same, or its first or last day.
func repeats(d, own edtf.Date) bool {
	return d == own || d.Precision() == edtf.PrecisionDay && own.Precision() == edtf.PrecisionInterval &&
		(d.Start() == own.Start() || d.Start() == own.End())
}
