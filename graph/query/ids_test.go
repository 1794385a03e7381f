package query_test

import (
	"errors"
	"slices"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// A list of ids has a longest length, and an id that stands in it again asks nothing more.
func TestListsOfIDs(t *testing.T) {
	r := mustLoad(t, yunhe)
	id := mustEntity(t, r, location("澜州市")).ID
	f, err := query.Resolve(t.Context(), r, &query.EventFilter{Locations: slices.Repeat([]graph.ID{id}, query.MaxIDs)}, false)
	if err != nil || len(f.Links) != 1 {
		t.Errorf("%d times one id: %d conditions, %v, want 1", query.MaxIDs, len(f.Links), err)
	}
	_, err = query.Resolve(t.Context(), r, &query.EventFilter{Locations: slices.Repeat([]graph.ID{id}, query.MaxIDs+1)}, false)
	if !errors.Is(err, graph.ErrLimit) {
		t.Errorf("%d ids: %v, want ErrLimit", query.MaxIDs+1, err)
	}
}
