package graph

import (
	"slices"

	"fangzhi/edtf"
)

// DateMatch says how a date that covers several days meets a span.
type DateMatch string

// The ways to match.
const (
	// MatchPossible: the event's date may fall in the span. The default.
	MatchPossible DateMatch = "POSSIBLE"
	// MatchCertain: it lies wholly inside.
	MatchCertain DateMatch = "CERTAIN"
)

// Filter is a question that an engine answers: all conditions hold together, the zero Filter leaves every event
// of every kind. graph/query makes it from what users ask, with entities resolved to their atoms.
type Filter struct {
	// Days bound the event's date; an undated event lies in no span.
	Days  DayRange
	Match DateMatch
	// Month (1–12) and Day (1–31), 0 for any: a month of any year, or a day of a month of any year (历史上的今天).
	Month, Day int
	// Dated: only dated events, or only undated ones.
	Dated     *bool
	Basis     []DateBasis
	Precision []edtf.Precision
	// ConfidenceBelow: dates to check first.
	ConfidenceBelow *float64
	Kinds           []EventKind
	// Links must all be met.
	Links        []LinkCondition
	Sections     []string
	Publications []ID
	Issues       []ID
	// MaxDays: the date covers at most so many days, both bounds known; 0 for any.
	MaxDays int
	// Texts are folded (package fold) and not "": each is contained in the title or in the body.
	Texts []string
	// OnePerEvent, where it is not nil, passes over each event that another report of the same event precedes which meets this
	// filter. It is what the question asked at first, so that a condition added later (a period of a histogram, an entity that is
	// counted) never lets another report in.
	OnePerEvent *Filter
	// Nothing is set where an id of the question names nothing: no event matches.
	Nothing bool
}

// LinkCondition asks that an event be linked to at least one of the atoms.
type LinkCondition struct {
	Kind  EntityKind
	Atoms []ID
	// OfficialRoles and DepartmentRoles: only links with one of these; empty for any.
	OfficialRoles   []OfficialRole
	DepartmentRoles []DepartmentRole
	// PresentOnly: only links that are presence. A place has no presence.
	PresentOnly bool
	// AtPlace: only places where the event took place.
	AtPlace bool
	// Below counts what belongs to an atom as the atom itself: a place's descendants, a department's children.
	Below bool
	// Posts asks instead for events that name an official with a post in one of the departments.
	Posts bool
}

// Matches tells whether the event meets every condition but Texts, which need the body, and OnePerEvent, which needs others.
func (f *Filter) Matches(e *Event) bool {
	if f.Nothing ||
		len(f.Kinds) > 0 && !slices.Contains(f.Kinds, e.Kind) ||
		f.Dated != nil && *f.Dated != e.Date.Dated() ||
		len(f.Basis) > 0 && !slices.Contains(f.Basis, e.Date.Basis) ||
		len(f.Precision) > 0 && !slices.Contains(f.Precision, e.Date.Precision()) ||
		f.ConfidenceBelow != nil && e.Date.Confidence >= *f.ConfidenceBelow ||
		len(f.Sections) > 0 && !slices.Contains(f.Sections, e.Section) ||
		len(f.Publications) > 0 && !slices.Contains(f.Publications, e.PublicationID) ||
		len(f.Issues) > 0 && !slices.Contains(f.Issues, e.IssueID) {
		return false
	}
	if (f.Days != DayRange{}) && !f.Match.Meets(e.Date.EDTF, f.Days) {
		return false
	}
	if f.Month != 0 && !f.Match.MeetsMonth(e.Date.Start(), e.Date.End(), f.Month, f.Day) {
		return false
	}
	if f.MaxDays != 0 && !AtMostDays(e.Date.Start(), e.Date.End(), f.MaxDays) {
		return false
	}
	for i := range f.Links {
		if !f.Links[i].matches(e) {
			return false
		}
	}
	return true
}

// AtMostDays tells whether a date that covers first to last covers at most so many days; one that is open covers more.
func AtMostDays(first, last edtf.Day, days int) bool {
	return first != 0 && last != 0 && int(last-first) < days
}

func (c *LinkCondition) matches(e *Event) bool {
	switch c.Kind {
	case KindOfficial:
		return slices.ContainsFunc(e.Officials, func(l EventOfficial) bool { return c.Official(&l) })
	case KindDepartment:
		if c.Posts {
			return slices.ContainsFunc(e.Officials, func(l EventOfficial) bool {
				return slices.ContainsFunc(l.Posts, func(p Post) bool { return slices.Contains(c.Atoms, p.DepartmentAtom) })
			})
		}
		return slices.ContainsFunc(e.Departments, func(l EventDepartment) bool { return c.Department(&l) })
	case KindLocation:
		return slices.ContainsFunc(e.Locations, func(l EventLocation) bool { return c.Location(&l) })
	}
	panic("graph: unknown entity kind " + string(c.Kind))
}

// Official tells whether the link meets the condition.
func (c *LinkCondition) Official(l *EventOfficial) bool {
	if !slices.Contains(c.Atoms, l.Atom) {
		return false
	}
	return c.OfficialCounts(l)
}

// OfficialCounts tells whether the link's roles meet the condition, whoever the official is.
func (c *LinkCondition) OfficialCounts(l *EventOfficial) bool {
	return slices.ContainsFunc(l.Roles, func(r OfficialRole) bool {
		return (len(c.OfficialRoles) == 0 || slices.Contains(c.OfficialRoles, r)) && (!c.PresentOnly || r.Presence())
	})
}

// Department tells whether the link meets the condition.
func (c *LinkCondition) Department(l *EventDepartment) bool {
	if !slices.Contains(c.Atoms, l.Atom) && !(c.Below && meet(c.Atoms, l.Above)) {
		return false
	}
	return c.DepartmentCounts(l)
}

// DepartmentCounts tells whether the link's role meets the condition, whichever the department is.
func (c *LinkCondition) DepartmentCounts(l *EventDepartment) bool {
	return (len(c.DepartmentRoles) == 0 || slices.Contains(c.DepartmentRoles, l.Role)) && (!c.PresentOnly || l.Role.Presence())
}

// Location tells whether the link meets the condition.
func (c *LinkCondition) Location(l *EventLocation) bool {
	return (slices.Contains(c.Atoms, l.Atom) || c.Below && meet(c.Atoms, l.Above)) && (!c.AtPlace || l.IsPlace)
}

func meet(a, b []ID) bool {
	return slices.ContainsFunc(a, func(id ID) bool { return slices.Contains(b, id) })
}

// Meets tells whether a date may fall in the days (POSSIBLE) or lies wholly inside (CERTAIN); see MeetsDays.
func (m DateMatch) Meets(d edtf.Date, days DayRange) bool {
	return m.MeetsDays(d.Start(), d.End(), days)
}

// MeetsDays tells whether a date that covers first to last may fall in the days (POSSIBLE) or lies wholly inside (CERTAIN).
// A bound that the date leaves open reaches as far as needed: it may fall anywhere beyond, and lies inside nothing
// that is bounded there. An unknown date meets nothing.
func (m DateMatch) MeetsDays(first, last edtf.Day, days DayRange) bool {
	if first == 0 && last == 0 {
		return false
	}
	if m == MatchCertain {
		return (days.From == 0 || first != 0 && first >= days.From) && (days.To == 0 || last != 0 && last <= days.To)
	}
	return (days.From == 0 || last == 0 || last >= days.From) && (days.To == 0 || first == 0 || first <= days.To)
}

// MeetsMonth is MeetsDays for a month (1–12), or a day of it (0 for all), of any year. A date open on one side may fall
// in any month and lies wholly inside none.
func (m DateMatch) MeetsMonth(first, last edtf.Day, month, day int) bool {
	if first == 0 && last == 0 {
		return false
	}
	if first == 0 || last == 0 {
		return m != MatchCertain
	}
	from, _, _ := first.Date()
	to, _, _ := last.Date()
	if m != MatchCertain && to-from > 8 { // every day of the year, 29 February too, comes at least once in eight years
		return true
	}
	for year := from; year <= to; year++ {
		var days DayRange
		if day != 0 {
			one, ok := edtf.NewDay(year, month, day)
			if !ok {
				continue
			}
			days = DayRange{one, one}
		} else {
			a, _ := edtf.NewDay(year, month, 1)
			b, _ := edtf.NewDay(year, month, edtf.DaysIn(year, month))
			days = DayRange{a, b}
		}
		if m.MeetsDays(first, last, days) {
			return true
		}
	}
	return false
}
