package query

import (
	"cmp"
	"context"
	"fmt"

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

// HistogramBin is a row: so many events in a period, of one value where a dimension was asked for. There may be thousands, so it holds
// no more than days and numbers.
type HistogramBin struct {
	// From and To are the days of the period.
	From, To edtf.Day
	Count    int

	months int8 // of the period; 0 for a day
	value  *value
}

// Period is 2020-12-17, 2020-12, 2020-33 to 2020-36 for the quarters, or 2020.
func (b HistogramBin) Period() edtf.Date {
	year, month, _ := b.From.Date()
	switch b.months {
	case 0:
		return edtf.OfDay(b.From)
	case 1:
		return edtf.OfMonth(year, month)
	case 3:
		quarter, _ := edtf.Parse(fmt.Sprintf("%s-%d", edtf.OfYear(year), 33+(month-1)/3)) // there is one of every year that has days
		return quarter
	}
	return edtf.OfYear(year)
}

// Key is an entity's or a publication's id, a section's name, a basis; "" without a dimension.
func (b HistogramBin) Key() string { return b.value.key }

// Label says the key in words.
func (b HistogramBin) Label() string { return b.value.label }

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
	values := []value{{only: func(f graph.Filter) graph.Filter { return f }}}
	if a.By != "" {
		dated := f
		dated.Dated = new(true)
		if values, err = valuesOf(ctx, r, dated, a.Filter, a.By, first); err != nil {
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
	rows := bins
	if a.By != "" {
		rows = make([]HistogramBin, len(bins)*len(values))
	}
	for j, v := range values {
		counts, err := r.CountSpans(ctx, v.only(f), spans)
		if err != nil {
			return nil, err
		}
		for i, n := range counts {
			row := bins[i]
			row.Count, row.value = n, &values[j]
			rows[i*len(values)+j] = row
		}
	}
	return rows, nil
}

// Extent returns the days that the filter asks for; where they are open, from the first day of the filtered events to the
// last. Zero where there is no dated event to tell.
func Extent(ctx context.Context, r graph.Reader, f graph.Filter) (graph.DayRange, error) {
	out := f.Days
	if out.From != 0 && out.To != 0 {
		return out, nil
	}
	if f.Dated != nil && !*f.Dated {
		return graph.DayRange{}, nil
	}
	span, err := r.Extent(ctx, f)
	if err != nil || span == (graph.Span{}) {
		return graph.DayRange{}, err
	}
	out = graph.DayRange{From: cmp.Or(out.From, span.First), To: cmp.Or(out.To, span.Last)}
	if f.Days.To != 0 {
		out.From = min(out.From, out.To)
	} else {
		out.To = max(out.To, out.From)
	}
	return out, nil
}

// binsOver returns the periods that the days touch. Over MaxRows with so many values each it is graph.ErrLimit.
func binsOver(days graph.DayRange, unit TimeUnit, values int) ([]HistogramBin, error) {
	months, known := map[TimeUnit]int{UnitDay: 0, UnitMonth: 1, UnitQuarter: 3, UnitYear: 12}[unit]
	if !known {
		return nil, fmt.Errorf("%w: unknown unit %q", graph.ErrBadInput, unit)
	}
	most := int(days.To-days.From)/max(months*28, 1) + 2
	bins := make([]HistogramBin, 0, min(max(most, 0), MaxRows))
	from := days.From
	year, month, _ := from.Date()
	if months > 0 {
		month -= (month - 1) % months
		from, _ = edtf.NewDay(year, month, 1)
	}
	for from <= days.To {
		if (len(bins)+1)*values > MaxRows {
			return nil, fmt.Errorf("%w: more than %d rows from %s to %s; ask for fewer days or longer periods", graph.ErrLimit, MaxRows, days.From, days.To)
		}
		next := from
		for range months {
			next += edtf.Day(edtf.DaysIn(year, month))
			if month++; month > 12 {
				year, month = year+1, 1
			}
		}
		if months == 0 {
			next++
		}
		bins = append(bins, HistogramBin{From: from, To: next - 1, months: int8(months)})
		from = next
	}
	return bins, nil
}
