package graph

import (
	"fmt"
	"slices"
)

// ReportGroup is several articles that report one event, in the order of a timeline: two at least. Who tells that they do is
// package ingest (docs/decisions/0005-reports-of-one-event.md); an event is in one group at most.
type ReportGroup struct {
	Events []SortKey `cbor:"1,keyasint"`
}

// ID returns the id of the first event, by which the group is kept.
func (g *ReportGroup) ID() ID { return g.Events[0].EventID() }

// EventIDs returns the ids of the events in their order.
func (g *ReportGroup) EventIDs() []ID {
	ids := make([]ID, len(g.Events))
	for i, key := range g.Events {
		ids[i] = key.EventID()
	}
	return ids
}

func validateReports(drop []ID, groups []ReportGroup) error {
	seen := map[ID]bool{"": true}
	for i := range groups {
		g := &groups[i]
		if len(g.Events) < 2 || !slices.IsSorted(g.Events) {
			return fmt.Errorf("%w: reports of one event are one alone, or out of order: %q", ErrBadInput, g.Events)
		}
		for _, key := range g.Events {
			if len(key) < 6 || !endsInID([]byte(key[6:])) || seen[key.EventID()] {
				return fmt.Errorf("%w: reports of one event: %q is no key of an event, or comes twice", ErrBadInput, key)
			}
			seen[key.EventID()] = true
		}
	}
	if slices.Contains(drop, "") {
		return fmt.Errorf("%w: a group of reports without an id", ErrBadInput)
	}
	return nil
}
