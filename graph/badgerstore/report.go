package badgerstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/fold"
	"fangzhi/graph"
)

// putReports drops and adds groups of reports.
func (c *changes) putReports(ctx context.Context, b *graph.Batch) error {
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
			if o, err := c.ordinal(ctx, sort.EventID()); err != nil {
				return err
			} else if o != noOrdinal {
				c.w.mark(keyLater, o, false)
			}
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
			if j == 0 {
				continue
			}
			if o, err := c.ordinal(ctx, sort.EventID()); err != nil {
				return err
			} else if o != noOrdinal {
				c.w.mark(keyLater, o, true)
			}
		}
		if err := c.put(idKey(keyGroup, first), g); err != nil {
			return err
		}
	}
	return nil
}

// ordinal returns that of an event, the changes so far included; noOrdinal where there is none.
func (c *changes) ordinal(ctx context.Context, id graph.ID) (uint32, error) {
	if o, ok := c.ordinals[id]; ok {
		return o, nil
	}
	o, err := c.r.ordinal(ctx, id)
	if o != noOrdinal && c.w.dead.Contains(o) {
		o = noOrdinal
	}
	return o, err
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

// preceded tells whether an earlier report of the event of an ordinal meets the filter.
func (r *snapshot) preceded(ctx context.Context, o uint32, f *graph.Filter) (bool, error) {
	own, err := r.card(o)
	if err != nil {
		return false, err
	}
	key := idKey(keyReported, own.ID)
	item, err := find(r.txn, key)
	if item == nil || err != nil {
		return false, err
	}
	g, err := r.group(key, item)
	if err != nil {
		return false, err
	}
	for _, earlier := range g.EventIDs() {
		if earlier == own.ID {
			break
		}
		if err := ctx.Err(); err != nil {
			return false, err
		}
		o, err := r.ordinal(ctx, earlier)
		if err != nil {
			return false, err
		}
		if o == noOrdinal {
			continue
		}
		if ok, err := r.eventMeets(o, f); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// eventMeets asks the event itself whether it meets all conditions but OnePerEvent.
func (r *snapshot) eventMeets(o uint32, f *graph.Filter) (bool, error) {
	e, err := r.card(o)
	if err != nil || !f.Matches(e) {
		return false, err
	}
	title := fold.String(e.Title)
	missing := slices.DeleteFunc(slices.Clone(f.Texts), func(text string) bool { return strings.Contains(title, text) })
	if len(missing) == 0 {
		return true, nil
	}
	body, err := r.body(o)
	if err != nil {
		return false, err
	}
	body = fold.String(body)
	return !slices.ContainsFunc(missing, func(text string) bool { return !strings.Contains(body, text) }), nil
}
