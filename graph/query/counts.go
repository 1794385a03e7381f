package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fangzhi/graph"
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

// DefaultCounts is how many values are counted where nothing is said.
const DefaultCounts = 20

// CountArgs asks for the number of events a value of a dimension.
type CountArgs struct {
	By Dimension
	// Filter leaves events, and for entities the links that count.
	Filter *EventFilter
	// First is how many values, the most frequent ones; nil is DefaultCounts, at most MaxFirst.
	First *int
}

// Count is a value of a dimension and the number of its events. Key is an entity's or a publication's id, a section's name,
// a basis; Label says it in words.
type Count struct {
	Key, Label string
	Count      int
}

// Counts returns the values that most of the filtered events have, the most frequent first; equals by label, entities among
// them by name as in Top. Undated events count, and each event once a value. None is there without an event.
func Counts(ctx context.Context, r graph.Reader, a CountArgs) ([]Count, error) {
	first, err := checkFirst("first", a.First, DefaultCounts, MaxFirst)
	if err != nil {
		return nil, err
	}
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	values, err := valuesOf(ctx, r, f, a.Filter.linking(false), a.By, first)
	if err != nil {
		return nil, err
	}
	counts := make([]Count, len(values))
	for i, v := range values {
		counts[i] = Count{v.key, v.label, v.events}
	}
	return counts, nil
}

// value is one of a dimension, and how many events have it.
type value struct {
	key, label string
	events     int
	// only adds to a filter that events have the value.
	only func(graph.Filter) graph.Filter
}

// valuesOf returns the values of the dimension that most of the filtered events have, the most frequent first.
func valuesOf(ctx context.Context, r graph.Reader, f graph.Filter, l linking, by Dimension, first int) ([]value, error) {
	var values []value
	var err error
	switch by {
	case ByOfficial, ByDepartment, ByLocation:
		return countEntities(ctx, r, f, l, graph.EntityKind(by), first)
	case BySection:
		values, err = countSections(ctx, r, f)
	case ByPublication:
		values, err = countPublications(ctx, r, f)
	case ByBasis:
		values, err = countBases(ctx, r, f)
	default:
		return nil, fmt.Errorf("%w: unknown dimension %q", graph.ErrBadInput, by)
	}
	if err != nil {
		return nil, err
	}
	values = slices.DeleteFunc(values, func(v value) bool { return v.events == 0 })
	slices.SortFunc(values, func(a, b value) int {
		return cmp.Or(cmp.Compare(b.events, a.events), cmp.Compare(a.label, b.label), cmp.Compare(a.key, b.key))
	})
	return values[:min(first, len(values))], nil
}

// countEntities counts by links that the filter lets count, and returns the first, equals by name.
func countEntities(ctx context.Context, r graph.Reader, f graph.Filter, l linking, kind graph.EntityKind, first int) ([]value, error) {
	ranked, err := rank(ctx, r, f, l, kind, first)
	if err != nil {
		return nil, err
	}
	values := make([]value, len(ranked))
	for i, e := range ranked {
		linked := l.condition(e.entity.Kind, e.entity.Atoms)
		values[i] = value{string(e.entity.ID), e.entity.Label, e.events, func(f graph.Filter) graph.Filter { return with(f, linked) }}
	}
	return values, nil
}

// countSections counts the columns; no column is no value.
func countSections(ctx context.Context, r graph.Reader, f graph.Filter) ([]value, error) {
	events := map[string]int{}
	work := budget{most: limits.histogram, what: "counting the columns"}
	err := r.Each(ctx, f, func(e *graph.Event) error {
		events[e.Section]++
		return work.spend(ctx, 1)
	})
	if err != nil {
		return nil, err
	}
	delete(events, "")
	var values []value
	for section, n := range events {
		values = append(values, value{section, section, n, func(f graph.Filter) graph.Filter {
			f.Sections = []string{section}
			return f
		}})
	}
	return values, nil
}

func countPublications(ctx context.Context, r graph.Reader, f graph.Filter) ([]value, error) {
	all, err := r.Publications(ctx, nil)
	if err != nil {
		return nil, err
	}
	var values []value
	for _, p := range all {
		if len(f.Publications) == 0 || slices.Contains(f.Publications, p.ID) {
			values = append(values, value{key: string(p.ID), label: p.Title, only: func(f graph.Filter) graph.Filter {
				f.Publications = []graph.ID{p.ID}
				return f
			}})
		}
	}
	return values, countEach(ctx, r, f, values)
}

func countBases(ctx context.Context, r graph.Reader, f graph.Filter) ([]value, error) {
	var values []value
	for _, b := range bases {
		if len(f.Basis) == 0 || slices.Contains(f.Basis, b.basis) {
			values = append(values, value{key: string(b.basis), label: b.label, only: func(f graph.Filter) graph.Filter {
				f.Basis = []graph.DateBasis{b.basis}
				return f
			}})
		}
	}
	return values, countEach(ctx, r, f, values)
}

// bases say in words how a date was had.
var bases = []struct {
	basis graph.DateBasis
	label string
}{
	{graph.BasisExplicit, "原文写明"}, {graph.BasisYearInferred, "年份推定"}, {graph.BasisRelative, "据他处日期推算"},
	{graph.BasisConverted, "历法换算"}, {graph.BasisEdited, "编者改定"}, {graph.BasisNone, "不详"},
}

// countEach asks for the events of each value; for few values.
func countEach(ctx context.Context, r graph.Reader, f graph.Filter, values []value) (err error) {
	for i := range values {
		if values[i].events, err = r.Count(ctx, values[i].only(f)); err != nil {
			return err
		}
	}
	return nil
}
