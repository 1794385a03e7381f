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
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	days, err := Extent(ctx, r, f)
	if err != nil || days == (graph.DayRange{}) {
		return nil, err
	}
	values := []value{{filter: f}}
	if a.By != "" {
		if values, err = valuesOf(ctx, r, f, a, first); err != nil {
			return nil, err
		}
	}
	bins, err := binsOver(days, cmp.Or(a.Unit, UnitMonth), max(len(values), 1))
	if err != nil {
		return nil, err
	}
	spans := make([]graph.DayRange, len(bins))
	for i, b := range bins {
		// An event is of the days asked for and of the period exactly if it is of the days that they share.
		spans[i] = graph.DayRange{From: max(b.From, f.Days.From), To: b.To}
		if f.Days.To != 0 {
			spans[i].To = min(b.To, f.Days.To)
		}
	}
	rows := make([]HistogramBin, len(bins)*len(values))
	for j, v := range values {
		counts, err := r.CountSpans(ctx, v.filter, spans)
		if err != nil {
			return nil, err
		}
		for i, n := range counts {
			row := bins[i]
			row.Key, row.Label, row.Count = v.key, v.label, n
			rows[i*len(values)+j] = row
		}
	}
	return rows, nil
}

// Extent returns the days that the filter asks for; where they are open, from the first day of the filtered events to the
// last. Zero where there is no dated event to tell. Of a date that is itself open on one side the other side counts.
func Extent(ctx context.Context, r graph.Reader, f graph.Filter) (graph.DayRange, error) {
	out := f.Days
	if out.From != 0 && out.To != 0 {
		return out, nil
	}
	if f.Dated != nil && !*f.Dated {
		return graph.DayRange{}, nil
	}
	f.Dated = new(bool)
	*f.Dated = true
	span, err := r.Extent(ctx, f)
	if err != nil {
		return graph.DayRange{}, err
	}
	// A date that is open on one side is placed by the other, so the ends of the timeline tell how far such dates reach.
	for _, end := range []struct {
		asked edtf.Day
		page  graph.Page
		reach func(edtf.Day)
	}{
		{out.From, graph.Page{First: 1}, func(day edtf.Day) { out.From = min(cmp.Or(span.First, day), day) }},
		{out.To, graph.Page{Last: 1}, func(day edtf.Day) { out.To = max(span.Last, day) }},
	} {
		if end.asked != 0 {
			continue
		}
		found, err := r.Events(ctx, f, end.page)
		if err != nil || len(found.Events) == 0 {
			return graph.DayRange{}, err
		}
		end.reach(found.Events[0].SortDay())
	}
	if f.Days.To != 0 {
		out.From = min(out.From, out.To)
	} else {
		out.To = max(out.To, out.From)
	}
	return out, nil
}

// value is one of a dimension, and the filter of the events that have it.
type value struct {
	key, label string
	filter     graph.Filter
	events     int
}

// valuesOf returns the most frequent values of the dated events, the most frequent first, equals by name.
func valuesOf(ctx context.Context, r graph.Reader, f graph.Filter, a HistogramArgs, first int) ([]value, error) {
	dated := f
	dated.Dated = new(bool)
	*dated.Dated = true
	var field graph.Field
	switch a.By {
	case ByOfficial, ByDepartment, ByLocation:
		links := a.Filter.linking(false, graph.EntityKind(a.By))
		items, err := rank(ctx, r, dated, links, first)
		var values []value
		for _, it := range items {
			d := it.data
			values = append(values, value{string(d.ID), d.Label, with(f, links.Condition(d.Kind, d.Atoms)), it.tie.Events})
		}
		return values, err
	case ByPublication:
		field = graph.FieldPublication
	case ByBasis:
		field = graph.FieldBasis
	case BySection:
		field = graph.FieldSection
	default:
		return nil, fmt.Errorf("%w: unknown dimension %q", graph.ErrBadInput, a.By)
	}
	counts, err := r.Values(ctx, dated, field)
	if err != nil {
		return nil, err
	}
	labels, err := labelsOf(ctx, r, field, counts)
	if err != nil {
		return nil, err
	}
	var values []value
	for _, c := range counts {
		label, ok := labels[c.Value]
		if !ok {
			continue
		}
		v := value{c.Value, label, f, c.Count}
		switch field {
		case graph.FieldPublication:
			v.filter.Publications = []graph.ID{graph.ID(c.Value)}
		case graph.FieldBasis:
			v.filter.Basis = []graph.DateBasis{graph.DateBasis(c.Value)}
		case graph.FieldSection:
			v.filter.Sections = []string{c.Value}
		}
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b value) int {
		return cmp.Or(cmp.Compare(b.events, a.events), cmp.Compare(a.label, b.label), cmp.Compare(a.key, b.key))
	})
	return values[:min(first, len(values))], nil
}

// labelsOf says the values of a field in words. No column is no value, and has no label.
func labelsOf(ctx context.Context, r graph.Reader, field graph.Field, counts []graph.ValueCount) (map[string]string, error) {
	labels := map[string]string{}
	var publications []graph.ID
	for _, c := range counts {
		switch field {
		case graph.FieldPublication:
			publications = append(publications, graph.ID(c.Value))
		case graph.FieldBasis:
			if label, ok := bases[graph.DateBasis(c.Value)]; ok {
				labels[c.Value] = label
			}
		case graph.FieldSection:
			if c.Value != "" {
				labels[c.Value] = c.Value
			}
		}
	}
	if len(publications) == 0 {
		return labels, nil
	}
	found, err := r.Publications(ctx, publications)
	for i, p := range found {
		if p != nil {
			labels[string(publications[i])] = p.Title
		}
	}
	return labels, err
}

// bases say in words how a date was had.
var bases = map[graph.DateBasis]string{
	graph.BasisExplicit: "原文写明", graph.BasisYearInferred: "年份推定", graph.BasisRelative: "据他处日期推算",
	graph.BasisConverted: "历法换算", graph.BasisEdited: "编者改定", graph.BasisNone: "不详",
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
