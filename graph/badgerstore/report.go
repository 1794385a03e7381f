package badgerstore

import (
	"context"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// putReports drops and adds groups of reports.
func (c *changes) putReports(_ context.Context, b *graph.Batch) error {
	for _, id := range b.DropReports {
		g, err := record[graph.ReportGroup](c.r, keyGroup, id)
		if err != nil {
			return err
		}
		if g == nil {
			continue
		}
		for _, sort := range g.Events {
			c.drop(idKey(keyReported, sort.EventID()))
			c.drop(list{0, termLater}.key(sort))
		}
		if err := c.dropRecord(idKey(keyGroup, id)); err != nil {
			return err
		}
	}
	for i := range b.Reports {
		g := &b.Reports[i]
		first := g.ID()
		for j, sort := range g.Events {
			key := idKey(keyReported, sort.EventID())
			c.set(key, seal(key, plain, []byte(first)))
			if j > 0 {
				key = list{0, termLater}.key(sort)
				c.set(key, seal(key, plain, []byte(first)))
			}
		}
		if err := c.put(idKey(keyGroup, first), g, false); err != nil {
			return err
		}
	}
	return nil
}

// group returns the reports of the event of which a sealed value at key names the first.
func (r *snapshot) group(key []byte, item *badger.Item) (*graph.ReportGroup, error) {
	var first graph.ID
	err := item.Value(func(value []byte) error {
		_, payload, err := unseal(key, value)
		first = graph.ID(payload)
		return err
	})
	if err != nil {
		return nil, err
	}
	g, err := record[graph.ReportGroup](r, keyGroup, first)
	if err == nil && (g == nil || len(g.Events) < 2) {
		err = fmt.Errorf("%w: the reports of event %s are not there", ErrCorrupt, first)
	}
	return g, err
}

// Reports implements graph.Reader.
func (r *snapshot) Reports(ctx context.Context, ids []graph.ID) ([][]graph.ID, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	found := make([][]graph.ID, len(ids))
	for i, id := range ids {
		if i%askEvery == askEvery-1 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		key := idKey(keyReported, id)
		item, err := find(r.txn, key)
		if err != nil {
			return nil, err
		}
		if item == nil {
			continue
		}
		g, err := r.group(key, item)
		if err != nil {
			return nil, err
		}
		found[i] = g.EventIDs()
	}
	return found, nil
}

// laterReports walks the list of the events that an earlier one reports too, beside a walk of events in the same
// direction: it asks for each whether it is in the list without a search from the top.
type laterReports struct {
	it     *badger.Iterator
	prefix []byte
	// backward: towards lesser keys.
	backward, begun bool
}

// steps is how far the list is walked to the next event before it is searched: a step takes about a tenth of a search.
const steps = 8

func (r *snapshot) laterReports(backward bool) *laterReports {
	prefix := list{0, termLater}.prefix()
	return &laterReports{it: r.txn.NewIterator(badger.IteratorOptions{Prefix: prefix, Reverse: backward}), prefix: prefix, backward: backward}
}

func (l *laterReports) close() { l.it.Close() }

// at returns the entry of the key, nil for none. Keys that are asked for come in the order of the walk, but the undated
// half of a timeline may follow on the dated one in either direction; no undated event is in the list.
func (l *laterReports) at(key graph.SortKey) *badger.Item {
	if !key.Dated() {
		return nil
	}
	behind := func() bool { // whether the list stands before the key
		at := graph.SortKey(l.it.Item().Key()[len(l.prefix):])
		return l.backward && at > key || !l.backward && at < key
	}
	for n := 0; l.begun && l.it.Valid() && behind() && n < steps; n++ {
		l.it.Next()
	}
	if !l.begun || l.it.Valid() && behind() {
		l.begun = true
		l.it.Seek(append(l.prefix[:len(l.prefix):len(l.prefix)], key...))
	}
	if l.it.Valid() && graph.SortKey(l.it.Item().Key()[len(l.prefix):]) == key {
		return l.it.Item()
	}
	return nil
}

// preceded tells whether an earlier report of the event at key meets the filter of OnePerEvent.
func (q *question) preceded(later *laterReports, key graph.SortKey) (bool, error) {
	item := later.at(key)
	if item == nil {
		return false, nil
	}
	g, err := q.r.group(item.Key(), item)
	if err != nil {
		return false, err
	}
	for _, earlier := range g.Events {
		if earlier >= key {
			break
		}
		e, err := q.event(earlier)
		if err != nil {
			return false, err
		}
		if ok, err := q.r.eventMeets(e, q.f.OnePerEvent); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}
