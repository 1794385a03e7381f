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
	values, err := valuesOf(ctx, r, f, a.Filter, a.By, first)
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
func valuesOf(ctx context.Context, r graph.Reader, f graph.Filter, filter *EventFilter, by Dimension, first int) ([]value, error) {
	switch by {
	case ByOfficial, ByDepartment, ByLocation:
		return countEntities(ctx, r, f, filter.linking(false, graph.EntityKind(by)), first)
	case BySection:
		return countField(ctx, r, f, graph.FacetSection, first)
	case ByPublication:
		return countField(ctx, r, f, graph.FacetPublication, first)
	case ByBasis:
		return countField(ctx, r, f, graph.FacetBasis, first)
	}
	return nil, fmt.Errorf("%w: unknown dimension %q", graph.ErrBadInput, by)
}

// countEntities counts by links that count, and returns the first, equals by name.
func countEntities(ctx context.Context, r graph.Reader, f graph.Filter, l graph.Linking, first int) ([]value, error) {
	items, err := rank(ctx, r, f, l, first)
	if err != nil {
		return nil, err
	}
	values := make([]value, len(items))
	for i, it := range items {
		linked := l.Condition(it.data.Kind, it.data.Atoms)
		values[i] = value{string(it.data.ID), it.data.Label, it.tie.Events, func(f graph.Filter) graph.Filter { return with(f, linked) }}
	}
	return values, nil
}

// countField counts by what events say themselves, and returns the first, equals by label.
func countField(ctx context.Context, r graph.Reader, f graph.Filter, field graph.Facet, first int) ([]value, error) {
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
		if label, ok := labels[c.Value]; ok {
			values = append(values, value{c.Value, label, c.Count, func(f graph.Filter) graph.Filter { return having(f, field, c.Value) }})
		}
	}
	slices.SortFunc(values, func(a, b value) int {
		return cmp.Or(cmp.Compare(b.events, a.events), cmp.Compare(a.label, b.label), cmp.Compare(a.key, b.key))
	})
	return values[:min(first, len(values))], nil
}

// having adds to a filter that the field has the value.
func having(f graph.Filter, field graph.Facet, value string) graph.Filter {
	switch field {
	case graph.FacetSection:
		f.Sections = []string{value}
	case graph.FacetPublication:
		f.Publications = []graph.ID{graph.ID(value)}
	case graph.FacetBasis:
		f.Basis = []graph.DateBasis{graph.DateBasis(value)}
	}
	return f
}

// labelsOf says the values of a field in words. No column is no value, and has no label.
func labelsOf(ctx context.Context, r graph.Reader, field graph.Facet, counts []graph.ValueCount) (map[string]string, error) {
	labels := map[string]string{}
	var publications []graph.ID
	for _, c := range counts {
		switch field {
		case graph.FacetPublication:
			publications = append(publications, graph.ID(c.Value))
		case graph.FacetBasis:
			if label, ok := bases[graph.DateBasis(c.Value)]; ok {
				labels[c.Value] = label
			}
		case graph.FacetSection:
			if c.Value != "" {
				labels[c.Value] = c.Value
			}
		}
	}
	if len(publications) == 0 {
		return labels, ctx.Err()
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
