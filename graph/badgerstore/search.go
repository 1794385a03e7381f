package badgerstore

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// withHits returns the events with so many hits, from 2 on, by what the lists of exact say. The caller holds in.mu.
func (in *indexed) withHits(hits int) (*roaring.Bitmap, error) {
	if in.hits[hits] == nil {
		var lists []gram.Ordinals
		for i := range in.exact {
			if !in.exact[i].Has(gram.List(hits)) {
				continue
			}
			list, err := in.exact[i].Read(gram.List(hits))
			if err != nil {
				return nil, damaged(err)
			}
			lists = append(lists, list)
		}
		in.hits[hits] = gram.Join(lists)
	}
	return in.hits[hits], nil
}

// tier returns the events of a set that have so many hits, in the title or not, by what the lists of exact say.
func (in *indexed) tier(of *roaring.Bitmap, title bool, hits int) (*roaring.Bitmap, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	set := in.all
	switch {
	case title && in.titles.IsEmpty():
		return roaring.New(), nil
	case hits > 1:
		var err error
		if set, err = in.withHits(hits); err != nil {
			return nil, err
		}
	case title:
		set = in.titles
	}
	set = roaring.And(set, of)
	switch {
	case title && hits > 1:
		set.And(in.titles)
	case !title:
		set.AndNot(in.titles)
	}
	for h := graph.MostHits; hits == 1 && h > 1; h-- {
		more, err := in.withHits(h)
		if err != nil {
			return nil, err
		}
		set.AndNot(more)
	}
	return set, nil
}

// tier returns the events of a set, all of which contain the string, that are of a tier.
func (f *finding) tier(of *roaring.Bitmap, tier int) (*roaring.Bitmap, error) {
	all := roaring.New()
	if !f.all.IsEmpty() {
		var err error
		if all, err = f.indexed.tier(of, tierTitle(tier), tierHits(tier)); err != nil {
			return nil, err
		}
	}
	for _, l := range f.inspections() {
		l.busy.Lock()
		seen := l.seen
		l.busy.Unlock()
		all.AndNot(seen.all) // of these the text tells
		if some := seen.tiers[tier]; some != nil {
			all.Or(roaring.And(some, of))
		}
	}
	return all, nil
}

// Search implements graph.Reader.
func (r *snapshot) Search(ctx context.Context, f graph.Filter, text string, pg graph.HitPage) (graph.Hits, error) {
	if err := r.enter(ctx); err != nil {
		return graph.Hits{}, err
	}
	defer r.leave()
	p, err := r.plan(ctx, &f)
	if err != nil {
		return graph.Hits{}, err
	}
	page, err := p.hits(ctx, text, pg)
	if err != nil {
		return graph.Hits{}, err
	}
	ordinals := make([]uint32, len(page.hits))
	for i, h := range page.hits {
		ordinals[i] = h.o
	}
	events, err := r.shown(ctx, ordinals, min(pg.Detail, graph.Heads))
	if err != nil {
		return graph.Hits{}, err
	}
	out := graph.Hits{HasPrevious: page.previous, HasNext: page.next}
	for i, h := range page.hits {
		out.Hits = append(out.Hits, graph.Hit{Event: events[i], Title: tierTitle(h.tier), Hits: tierHits(h.tier)})
	}
	return out, nil
}

// hits returns a page of the hits among the answers of the plan.
func (p *plan) hits(ctx context.Context, text string, pg graph.HitPage) (hitPage, error) {
	if p.plain() && pg.First > 0 && pg.After == "" && pg.Before == "" {
		if page, ok, err := p.firstPage(ctx, text, pg.First); ok || err != nil {
			return page, err
		}
	}
	all, found, err := p.s.find(ctx, text, p.set)
	if err != nil {
		return hitPage{}, err
	}
	p.set = all
	s := searcher{p: p, found: found, tiers: map[int]*course{}}
	return s.page(ctx, pg)
}

// The tiers of a search are numbered from the best: first those in the title, in each the most hits first.
const tierCount = 2 * graph.MostHits

func tierTitle(tier int) bool { return tier < graph.MostHits }
func tierHits(tier int) int   { return graph.MostHits - tier%graph.MostHits }

func tierOf(k graph.HitKey) int {
	tier := graph.MostHits - k.Hits()
	if !k.Title() {
		tier += graph.MostHits
	}
	return tier
}

// A searcher walks over the tiers of a finding, each in descending order of dates.
type searcher struct {
	p     *plan
	found *finding
	tiers map[int]*course // made when they are asked for
}

// tier returns the course of a tier, nil where there are no hits in it.
func (s *searcher) tier(n int) (*course, error) {
	if c, made := s.tiers[n]; made {
		return c, nil
	}
	set, err := s.found.tier(s.p.set, n)
	if err != nil || set.IsEmpty() {
		s.tiers[n] = nil
		return nil, err
	}
	p := *s.p
	p.set = set
	s.tiers[n] = p.course(graph.Descending)
	return s.tiers[n], nil
}

type tierHit struct {
	o    uint32
	tier int
}

type hitPage struct {
	hits           []tierHit
	previous, next bool
}

// page returns a page of the hits.
func (s *searcher) page(ctx context.Context, pg graph.HitPage) (page hitPage, err error) {
	main := walk{from: pg.After, until: pg.Before, most: max(pg.First, pg.Last, 0) + 1}
	if pg.Last > 0 {
		main.from, main.until, main.backward = pg.Before, pg.After, true
	}
	var beyond, near bool
	err = s.walk(ctx, main, func(h tierHit, within bool) bool {
		if len(page.hits) == main.most-1 || !within {
			beyond = true
			return false
		}
		page.hits = append(page.hits, h)
		return true
	})
	if err == nil && main.from != "" { // what is on the near side of the cursor, its own event included
		err = s.walk(ctx, walk{from: main.from, own: true, backward: !main.backward, most: 1}, func(tierHit, bool) bool {
			near = true
			return false
		})
	}
	page.previous, page.next = near, beyond
	if main.backward {
		slices.Reverse(page.hits)
		page.previous, page.next = beyond, near
	}
	return page, err
}

// A walk goes over the hits behind the key from, or backward over those before it; "" is the end where it begins. own takes
// the event of the key in. It tells of each hit whether it comes before the walk would reach until. Some most hits will do.
type walk struct {
	from, until   graph.HitKey
	own, backward bool
	most          int
}

// part returns which part of a tier's course lies beyond a key of that tier, as the walk goes.
func (w *walk) beyond(c *course, k graph.HitKey, own bool) (slice, error) {
	cut, err := c.cut(k.SortKey())
	switch {
	case w.backward && own:
		return slice{0, cut.after}, err
	case w.backward:
		return slice{0, cut.before}, err
	case own:
		return slice{cut.before, whole.to}, err
	}
	return slice{cut.after, whole.to}, err
}

// walk visits hits until visit returns false.
func (s *searcher) walk(ctx context.Context, w walk, visit func(h tierHit, within bool) bool) error {
	first, end, step := 0, tierCount, 1
	if w.backward {
		first, end, step = tierCount-1, -1, -1
	}
	if w.from != "" {
		first = tierOf(w.from)
	}
	going := true
	for n := first; n != end && going; n += step {
		c, err := s.tier(n)
		if err != nil {
			return err
		}
		if c == nil {
			continue
		}
		look := c.along
		if c.p.fewEnough(w.most) {
			look = c.foremost(w.most)
		}
		in, out := whole, slice{} // out is what until leaves out of this tier
		if w.from != "" && n == tierOf(w.from) {
			if in, err = w.beyond(c, w.from, w.own); err != nil {
				return err
			}
		}
		if w.until != "" {
			switch until := tierOf(w.until); {
			case until == n:
				if out, err = w.beyond(c, w.until, true); err != nil {
					return err
				}
			case until < n != w.backward:
				out = whole
			}
		}
		err = look(ctx, in, w.backward, func(o uint32, at place) bool {
			going = visit(tierHit{o, n}, at < out.from || at >= out.to)
			return going
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
