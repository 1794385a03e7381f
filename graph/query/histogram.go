package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// TimeUnit is the width of a histogram's bins.
type TimeUnit string

// The units.
const (
	UnitDay     TimeUnit = "DAY"
	UnitMonth   TimeUnit = "MONTH"
	UnitQuarter TimeUnit = "QUARTER"
	UnitYear    TimeUnit = "YEAR"
)

// Dimension is what events are told apart by.
type Dimension string

// The dimensions.
const (
	ByOfficial    Dimension = "OFFICIAL"
	ByDepartment  Dimension = "DEPARTMENT"
	ByLocation    Dimension = "LOCATION"
	BySection     Dimension = "SECTION"
	ByPublication Dimension = "PUBLICATION"
	ByBasis       Dimension = "BASIS"
)

// The bounds of a histogram.
const (
	// DefaultValues is how many values of a dimension have rows where nothing is said.
	DefaultValues = 10
	// MaxRows is the most rows that a histogram has.
	MaxRows = 5000
)

// HistogramArgs asks for the number of events a period.
type HistogramArgs struct {
	// Filter leaves events. Its days bound the periods; where it has none they are those of the first and the last dated
	// event. With POSSIBLE an event counts in every period that its date may fall in, with CERTAIN only where it lies wholly inside.
	Filter *EventFilter
	// Unit is "" for UnitMonth.
	Unit TimeUnit
	// By is "" for one row a period.
	By Dimension
	// First is how many values have rows, the most frequent ones; nil is DefaultValues, at most MaxFirst.
	First *int
}

// HistogramBin is a row: so many events in a period, of one value where a dimension was asked for.
type HistogramBin struct {
	// Period is 2020-12-17, 2020-12, 2020-33 to 2020-36 for the quarters, or 2020; From and To are its days.
	Period   edtf.Date
	From, To edtf.Day
	// Key is an entity's or a publication's id, a section's name, a basis; Label says it in words. Both are "" without
	// a dimension.
	Key, Label string
	Count      int
}

// Histogram returns a row for every period, zeros included, oldest first; with a dimension one for every period and
// value, the most frequent value first. A value counts an event once, and is as frequent as the dated events that it has.
func Histogram(ctx context.Context, r graph.Reader, a HistogramArgs) ([]HistogramBin, error) {
	first, err := checkFirst("first", a.First, DefaultValues, MaxFirst)
	if err != nil {
		return nil, err
	}
	unit := cmp.Or(a.Unit, UnitMonth)
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	match := cmp.Or(f.Match, graph.MatchPossible)
	counted, err := countDays(ctx, r, f, a)
	if err != nil || len(counted.dates) == 0 && (f.Days.From == 0 || f.Days.To == 0) {
		return nil, err
	}
	values := []value{{}}
	if a.By != "" {
		values = counted.most(first)
	}
	span := counted.span(f.Days)
	bins, err := binsOver(span, unit, max(len(values), 1))
	if err != nil {
		return nil, err
	}
	column := map[string]int{}
	for i, v := range values {
		column[v.key] = i
	}
	rows := make([]HistogramBin, 0, len(bins)*len(values))
	for _, b := range bins {
		for _, v := range values {
			b.Key, b.Label = v.key, v.label
			rows = append(rows, b)
		}
	}
	work := budget{most: limits.histogram, what: "the histogram"}
	for i, d := range counted.dates {
		from, to := binsOf(bins, d, match)
		if err := work.spend(ctx, 1+(to-from)*max(len(counted.keys[i]), 1)); err != nil {
			return nil, err
		}
		for bin := from; bin < to; bin++ {
			if a.By == "" {
				rows[bin].Count++
				continue
			}
			for _, key := range counted.keys[i] {
				if c, shown := column[key]; shown {
					rows[bin*len(values)+c].Count++
				}
			}
		}
	}
	return rows, nil
}

// value is one of a dimension; order tells values with the same number of events apart.
type value struct {
	key, label string
	order      sortKey
	events     int
}

// daysCounted are the dated events of a filter: what their dates cover, and their values of a dimension.
type daysCounted struct {
	dates  []graph.DayRange
	keys   [][]string
	values map[string]*value
}

func countDays(ctx context.Context, r graph.Reader, f graph.Filter, a HistogramArgs) (*daysCounted, error) {
	c := &daysCounted{values: map[string]*value{}}
	var kinds []graph.EntityKind
	switch a.By {
	case ByOfficial, ByDepartment, ByLocation:
		kinds = []graph.EntityKind{graph.EntityKind(a.By)}
	}
	titles := map[graph.ID]string{}
	if a.By == ByPublication {
		all, err := r.Publications(ctx, nil)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			titles[p.ID] = p.Title
		}
	}
	work := budget{most: limits.histogram, what: "the histogram"}
	err := eachLinked(ctx, r, f, a.Filter.linking(false), kinds, func(e *graph.Event, linked []*graph.EntityData) error {
		if !e.Date.Dated() {
			return nil
		}
		c.dates = append(c.dates, graph.DayRange{From: e.Date.Start(), To: e.Date.End()})
		switch a.By {
		case ByOfficial, ByDepartment, ByLocation:
			keys := make([]string, len(linked))
			for i, d := range linked {
				keys[i] = c.count(string(d.ID), d.Label, sortKey("").named(d))
			}
			c.keys = append(c.keys, keys)
		case BySection:
			c.one(e.Section, e.Section)
		case ByPublication:
			c.one(string(e.PublicationID), titles[e.PublicationID])
		case ByBasis:
			c.one(string(e.Date.Basis), basisLabels[e.Date.Basis])
		default:
			c.keys = append(c.keys, nil)
		}
		return work.spend(ctx, 1+len(linked))
	})
	return c, err
}

// one counts the only value of an event; "" is none.
func (c *daysCounted) one(key, label string) {
	if key == "" {
		c.keys = append(c.keys, nil)
		return
	}
	c.keys = append(c.keys, []string{c.count(key, label, sortKey("").text(label).text(key))})
}

// count adds an event to a value and returns its key.
func (c *daysCounted) count(key, label string, order sortKey) string {
	v := c.values[key]
	if v == nil {
		v = &value{key, label, order, 0}
		c.values[key] = v
	}
	v.events++
	return v.key
}

// basisLabels say in words how a date was had.
var basisLabels = map[graph.DateBasis]string{
	graph.BasisExplicit: "原文写明", graph.BasisYearInferred: "年份推定", graph.BasisRelative: "据他处日期推算",
	graph.BasisConverted: "历法换算", graph.BasisEdited: "编者改定", graph.BasisNone: "不详",
}

// most returns the most frequent values, the most frequent first, equals by name.
func (c *daysCounted) most(first int) []value {
	var all []value
	for _, v := range c.values {
		all = append(all, *v)
	}
	slices.SortFunc(all, func(a, b value) int { return cmp.Or(cmp.Compare(b.events, a.events), cmp.Compare(a.order, b.order)) })
	return all[:min(first, len(all))]
}

// span returns the days that the histogram covers: those asked for, where one is open that of the first or last event.
func (c *daysCounted) span(asked graph.DayRange) graph.DayRange {
	out := asked
	for _, d := range c.dates {
		from, to := cmp.Or(d.From, d.To), cmp.Or(d.To, d.From)
		if asked.From == 0 && (out.From == 0 || from < out.From) {
			out.From = from
		}
		if asked.To == 0 {
			out.To = max(out.To, to)
		}
	}
	if asked.To == 0 {
		out.To = max(out.To, out.From)
	}
	if asked.From == 0 {
		out.From = min(out.From, out.To)
	}
	return out
}

// binsOver returns the periods that the days touch. Over MaxRows with so many values each it is graph.ErrLimit.
func binsOver(days graph.DayRange, unit TimeUnit, values int) ([]HistogramBin, error) {
	var bins []HistogramBin
	for day := days.From; day <= days.To; {
		b, err := binOf(day, unit)
		if err != nil {
			return nil, err
		}
		if (len(bins)+1)*values > MaxRows {
			return nil, fmt.Errorf("%w: more than %d rows from %s to %s; ask for fewer days or longer periods", graph.ErrLimit, MaxRows, days.From, days.To)
		}
		bins = append(bins, b)
		day = b.To + 1
	}
	return bins, nil
}

// binOf returns the period that the day lies in.
func binOf(day edtf.Day, unit TimeUnit) (HistogramBin, error) {
	year, month, _ := day.Date()
	var period edtf.Date
	switch unit {
	case UnitDay:
		period = edtf.OfDay(day)
	case UnitMonth:
		period = edtf.OfMonth(year, month)
	case UnitQuarter:
		parsed, err := edtf.Parse(fmt.Sprintf("%s-%d", edtf.OfYear(year), 33+(month-1)/3))
		if err != nil {
			return HistogramBin{}, fmt.Errorf("quarter of %s: %w", day, err)
		}
		period = parsed
	case UnitYear:
		period = edtf.OfYear(year)
	default:
		return HistogramBin{}, fmt.Errorf("%w: unknown unit %q", graph.ErrBadInput, unit)
	}
	return HistogramBin{Period: period, From: period.Start(), To: period.End()}, nil
}

// binsOf returns which bins, from and up to but not to, count an event of the days.
func binsOf(bins []HistogramBin, d graph.DayRange, match graph.DateMatch) (from, to int) {
	if d.From != 0 {
		from, _ = slices.BinarySearchFunc(bins, d.From, func(b HistogramBin, day edtf.Day) int { return cmp.Compare(b.To, day) })
	}
	to = len(bins)
	if d.To != 0 {
		to, _ = slices.BinarySearchFunc(bins, d.To+1, func(b HistogramBin, day edtf.Day) int { return cmp.Compare(b.From, day) })
	}
	if match == graph.MatchCertain && (from >= to || !match.MeetsDays(d.From, d.To, graph.DayRange{From: bins[from].From, To: bins[from].To})) {
		return 0, 0
	}
	return from, max(from, to)
}

// TopArgs asks for the entities of a kind with most events.
type TopArgs struct {
	Kind graph.EntityKind
	// Filter leaves events, and the links that count.
	Filter *EventFilter
	// First is how many; nil is DefaultValues, at most MaxFirst.
	First *int
}

// RankedEntity is an entity and the number of its events.
type RankedEntity struct {
	Node  graph.Entity
	Count int
}

// Top returns the entities with most of the filtered events, equals by name, then by id. An event counts once an entity.
func Top(ctx context.Context, r graph.Reader, a TopArgs) ([]RankedEntity, error) {
	first, err := checkFirst("first", a.First, DefaultValues, MaxFirst)
	if err != nil {
		return nil, err
	}
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	counts := map[graph.ID]int{}
	var found []*graph.EntityData
	work := budget{most: limits.histogram, what: "the ranking"}
	err = eachLinked(ctx, r, f, a.Filter.linking(false), kindsOf(a.Kind), func(_ *graph.Event, linked []*graph.EntityData) error {
		for _, d := range linked {
			if counts[d.ID] == 0 {
				found = append(found, d)
			}
			counts[d.ID]++
		}
		return work.spend(ctx, 1+len(linked))
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(found, func(a, b *graph.EntityData) int {
		return cmp.Or(cmp.Compare(counts[b.ID], counts[a.ID]), cmp.Compare(sortKey("").named(a), sortKey("").named(b)))
	})
	ranked := make([]RankedEntity, min(first, len(found)))
	for i := range ranked {
		ranked[i] = RankedEntity{found[i].Entity(), counts[found[i].ID]}
	}
	return ranked, nil
}
