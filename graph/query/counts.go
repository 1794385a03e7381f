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
func valuesOf(ctx context.Context, r graph.Reader, f graph.Filter, l graph.Linking, by Dimension, first int) ([]value, error) {
	switch by {
	case ByOfficial, ByDepartment, ByLocation:
		l.Kinds = []graph.EntityKind{graph.EntityKind(by)}
		return countEntities(ctx, r, f, l, first)
	case BySection:
		return countColumn(ctx, r, f, graph.FieldSection, first)
	case ByPublication:
		return countColumn(ctx, r, f, graph.FieldPublication, first)
	case ByBasis:
		return countColumn(ctx, r, f, graph.FieldBasis, first)
	}
	return nil, fmt.Errorf("%w: unknown dimension %q", graph.ErrBadInput, by)
}

// countEntities counts by links that the filter lets count, and returns the first, equals by name.
func countEntities(ctx context.Context, r graph.Reader, f graph.Filter, l graph.Linking, first int) ([]value, error) {
	ranked, err := rank(ctx, r, f, l, first)
	if err != nil {
		return nil, err
	}
	values := make([]value, len(ranked))
	for i, e := range ranked {
		linked := l.Condition(e.data.Kind, e.data.Atoms)
		values[i] = value{string(e.data.ID), e.data.Label, e.tie.Events, func(f graph.Filter) graph.Filter { return with(f, linked) }}
	}
	return values, nil
}

// countColumn counts what a field says, and returns the first, equals by label.
func countColumn(ctx context.Context, r graph.Reader, f graph.Filter, field graph.Field, first int) ([]value, error) {
	counts, err := r.Values(ctx, f, field)
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
		values = append(values, value{c.Value, label, c.Count, func(f graph.Filter) graph.Filter {
			switch field {
			case graph.FieldPublication:
				f.Publications = []graph.ID{graph.ID(c.Value)}
			case graph.FieldBasis:
				f.Basis = []graph.DateBasis{graph.DateBasis(c.Value)}
			case graph.FieldSection:
				f.Sections = []string{c.Value}
			}
			return f
		}})
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
