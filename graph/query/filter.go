package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
)

// Match says how many of a list of ids an event must be linked to.
type Match string

// The ways to match inside a list of ids.
const (
	// MatchAll: to every id of the list. The default.
	MatchAll Match = "ALL"
	// MatchAny: to at least one.
	MatchAny Match = "ANY"
)

// EventFilter is the question that users ask of events: the contract's input of that name. All conditions hold
// together; the zero EventFilter and a nil one are the default: every event of the kind EVENT.
type EventFilter struct {
	// From and To are days, both inclusive; zero is open.
	From, To  edtf.Day
	DateMatch graph.DateMatch
	// Year, Month and Day are the event's. A day needs its month; a month needs its year or a day (历史上的今天).
	Year, Month, Day *int
	// Dated: only dated events, or only undated ones.
	Dated     *bool
	Basis     []graph.DateBasis
	Precision []edtf.Precision
	// ConfidenceBelow: dates to check first.
	ConfidenceBelow *float64
	// Kinds: nil is [EVENT]; an empty list is no condition.
	Kinds []graph.EventKind
	// Officials, Departments and Locations are ids of entities or of their atoms. One that names no entity of the
	// kind matches nothing.
	Officials, Departments, Locations []graph.ID
	// Match works inside each of the three lists; "" is MatchAll.
	Match Match
	// OfficialRoles and DepartmentRoles: an official, a department counts as linked only with one of these.
	OfficialRoles   []graph.OfficialRole
	DepartmentRoles []graph.DepartmentRole
	// PresentOnly: only links that are presence count. nil is what the question says.
	PresentOnly *bool
	// AtPlace: only places where the event took place count; nil is false.
	AtPlace *bool
	// Descendants counts a place's descendants as the place itself; nil is true.
	Descendants *bool
	// Subordinates counts a department's children as the department itself; nil is false.
	Subordinates *bool
	Sections     []string
	Publications []graph.ID
	Issues       []graph.ID
	// OnePerEvent leaves of several reports of one event only the first that the filter lets through; nil is false.
	OnePerEvent *bool
	// Text is contained in the title or the body, both folded. "" and what folds to nothing is no condition.
	Text string
}

// Resolve returns the filter that an engine answers, with ids resolved to the atoms of their entities. presentDefault
// is what a nil PresentOnly means. What makes no sense is graph.ErrBadInput.
//
// A year, a month of a year or a day of one is a span of days, and so are From and To; the date must fall in what the
// two have in common.
func Resolve(ctx context.Context, r graph.Reader, f *EventFilter, presentDefault bool) (graph.Filter, error) {
	if f == nil {
		f = &EventFilter{}
	}
	out := graph.Filter{
		Match:           f.DateMatch,
		Dated:           f.Dated,
		Basis:           f.Basis,
		Precision:       f.Precision,
		ConfidenceBelow: f.ConfidenceBelow,
		Kinds:           f.Kinds,
		Sections:        f.Sections,
		Publications:    f.Publications,
		Issues:          f.Issues,
	}
	if text := fold.String(f.Text); text != "" {
		out.Texts = []string{text}
	}
	if f.Kinds == nil {
		out.Kinds = []graph.EventKind{graph.EventKindEvent}
	}
	if err := f.resolveDays(&out); err != nil {
		return graph.Filter{}, err
	}
	if err := f.resolveLinks(ctx, r, &out, presentDefault); err != nil {
		return graph.Filter{}, err
	}
	if or(f.OnePerEvent, false) {
		asked := out
		out.OnePerEvent = &asked
	}
	return out, nil
}

func (f *EventFilter) resolveDays(out *graph.Filter) error {
	if f.From != 0 && f.To != 0 && f.From > f.To {
		return fmt.Errorf("%w: from %s is after to %s", graph.ErrBadInput, f.From, f.To)
	}
	out.Days = graph.DayRange{From: f.From, To: f.To}
	if f.Day != nil && f.Month == nil {
		return fmt.Errorf("%w: day without month", graph.ErrBadInput)
	}
	if f.Month != nil && (*f.Month < 1 || *f.Month > 12) {
		return fmt.Errorf("%w: there is no month %d", graph.ErrBadInput, *f.Month)
	}
	if f.Year == nil {
		if f.Month == nil {
			return nil
		}
		if f.Day == nil {
			return fmt.Errorf("%w: month without year or day", graph.ErrBadInput)
		}
		if *f.Day < 1 || *f.Day > edtf.DaysIn(2000, *f.Month) { // a leap year: 29 February is asked for in any
			return fmt.Errorf("%w: month %d has no day %d", graph.ErrBadInput, *f.Month, *f.Day)
		}
		out.Month, out.Day = *f.Month, *f.Day
		return nil
	}
	days, err := span(*f.Year, f.Month, f.Day)
	if err != nil {
		return err
	}
	out.Days.From = max(out.Days.From, days.From)
	if out.Days.To == 0 || out.Days.To > days.To {
		out.Days.To = days.To
	}
	out.Nothing = out.Days.From > out.Days.To
	return nil
}

// span returns the days of a year, of a month of it or of a day of that.
func span(year int, month, day *int) (graph.DayRange, error) {
	fromMonth, toMonth := 1, 12
	if month != nil {
		fromMonth, toMonth = *month, *month
	}
	fromDay, toDay := 1, edtf.DaysIn(year, toMonth)
	if day != nil {
		fromDay, toDay = *day, *day
	}
	from, okFrom := edtf.NewDay(year, fromMonth, fromDay)
	to, okTo := edtf.NewDay(year, toMonth, toDay)
	switch {
	case okFrom && okTo:
		return graph.DayRange{From: from, To: to}, nil
	case day != nil:
		return graph.DayRange{}, fmt.Errorf("%w: there is no day %d-%d-%d", graph.ErrBadInput, year, *month, *day)
	default:
		return graph.DayRange{}, fmt.Errorf("%w: year %d is outside -9999 to 9999", graph.ErrBadInput, year)
	}
}

// MaxIDs is the longest list of ids that a filter takes: each is a posting list to walk.
const MaxIDs = 100

func (f *EventFilter) resolveLinks(ctx context.Context, r graph.Reader, out *graph.Filter, presentDefault bool) error {
	ids := slices.Concat(f.Officials, f.Departments, f.Locations)
	if len(ids) == 0 {
		return nil
	}
	if most := max(len(f.Officials), len(f.Departments), len(f.Locations)); most > MaxIDs {
		return fmt.Errorf("%w: a list of %d ids, at most %d are answered", graph.ErrLimit, most, MaxIDs)
	}
	found, err := r.Entities(ctx, ids)
	if err != nil {
		return err
	}
	links := f.linking(presentDefault)
	for _, list := range []struct {
		kind graph.EntityKind
		ids  []graph.ID
	}{{graph.KindOfficial, f.Officials}, {graph.KindDepartment, f.Departments}, {graph.KindLocation, f.Locations}} {
		entities := found[:len(list.ids)]
		found = found[len(list.ids):]
		if len(entities) == 0 {
			continue
		}
		var any []graph.ID
		seen := map[graph.ID]bool{}
		for _, e := range entities {
			if e != nil && seen[e.ID] {
				continue
			}
			if e != nil {
				seen[e.ID] = true
			}
			switch {
			case e == nil || e.Kind != list.kind:
				out.Nothing = out.Nothing || f.Match != MatchAny
			case f.Match == MatchAny:
				any = append(any, e.Atoms...)
			default:
				out.Links = append(out.Links, links.Condition(list.kind, e.Atoms))
			}
		}
		if f.Match == MatchAny {
			out.Links = append(out.Links, links.Condition(list.kind, any))
			out.Nothing = out.Nothing || len(any) == 0
		}
	}
	return nil
}

// linking returns what an EventFilter says of links beside its ids. presentDefault is what a nil PresentOnly means.
func (f *EventFilter) linking(presentDefault bool, kinds ...graph.EntityKind) graph.Linking {
	if f == nil {
		f = &EventFilter{}
	}
	return graph.Linking{
		Kinds:           kinds,
		OfficialRoles:   f.OfficialRoles,
		DepartmentRoles: f.DepartmentRoles,
		PresentOnly:     or(f.PresentOnly, presentDefault),
		AtPlace:         or(f.AtPlace, false),
		Descendants:     or(f.Descendants, true),
		Subordinates:    or(f.Subordinates, false),
	}
}

func or(given *bool, otherwise bool) bool {
	if given == nil {
		return otherwise
	}
	return *given
}

// about returns the filter with one more condition that is part of the question: of several reports of one event the first that
// meets it too is left. An official's timeline shows the first report that names the official.
func about(f graph.Filter, c ...graph.LinkCondition) graph.Filter {
	return asking(with(f, c...), c...)
}

// asking makes the condition part of the question for those several reports of one event alone.
func asking(f graph.Filter, c ...graph.LinkCondition) graph.Filter {
	if f.OnePerEvent != nil {
		asked := with(*f.OnePerEvent, c...)
		f.OnePerEvent = &asked
	}
	return f
}

// with returns the filter with one more condition, which lets in no report that the question itself does not leave.
func with(f graph.Filter, c ...graph.LinkCondition) graph.Filter {
	f.Links = slices.Concat(f.Links, c)
	return f
}

// containing returns the filter whose events contain one more text, which is part of the question as about says. A text that
// another one contains goes without saying.
func containing(f graph.Filter, text string) graph.Filter {
	if !slices.ContainsFunc(f.Texts, func(t string) bool { return strings.Contains(t, text) }) {
		f.Texts = append(besides(f.Texts, text), text)
	}
	if f.OnePerEvent != nil {
		asked := containing(*f.OnePerEvent, text)
		f.OnePerEvent = &asked
	}
	return f
}

// besides returns those of the texts that the text does not contain.
func besides(texts []string, text string) []string {
	return slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return strings.Contains(text, t) })
}
