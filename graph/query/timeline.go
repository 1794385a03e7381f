package query

import (
	"context"
	"fmt"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// TimelineArgs asks for a page of the events in date order.
type TimelineArgs struct {
	Filter *EventFilter
	// Order is "" for ascending. Undated events come last in both.
	Order graph.TimelineOrder
	// At stands in for Page.After: the page begins at the first event of that day or after it, in descending order
	// at the last one of that day or before it. Zero is none.
	At   edtf.Day
	Page PageArgs
}

// start returns the key that the page begins after, "" for none.
func (a TimelineArgs) start() (graph.SortKey, error) {
	if a.At == 0 {
		return "", nil
	}
	if a.Page.After != nil {
		return "", fmt.Errorf("%w: at together with after", graph.ErrBadInput)
	}
	if a.Order == graph.Descending {
		return graph.FirstKeyOfDay(a.At + 1), nil
	}
	return graph.FirstKeyOfDay(a.At), nil
}

// Timeline returns a page of the filtered events.
func Timeline(ctx context.Context, r graph.Reader, a TimelineArgs) (*EventConnection, error) {
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	start, err := a.start()
	if err != nil {
		return nil, err
	}
	return events(ctx, r, f, a.Order, start, a.Page)
}

// EntityEvents returns a page of the events that are linked to the entity, by links that the filter lets count.
func EntityEvents(ctx context.Context, r graph.Reader, entity *graph.EntityData, a TimelineArgs) (*EventConnection, error) {
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	start, err := a.start()
	if err != nil {
		return nil, err
	}
	links := a.Filter.linking(false)
	f = about(f, links.Condition(entity.Kind, entity.Atoms))
	return events(ctx, r, f, a.Order, start, a.Page)
}
