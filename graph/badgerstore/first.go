package badgerstore

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/graph"
)

// searches keep what was found in segments, as long as there are these.
type searches struct {
	found *cache[string, *indexed]
	first *cache[firstKey, *firstHits]
}

func newSearches() *searches {
	return &searches{newCache[string, *indexed](keptFindings), newCache[firstKey, *firstHits](keptFirsts)}
}

// manyFirst is how many hits are kept of a string: a page is mostly one of twenty or fifty. Tests lower it.
var manyFirst = 64

// keptFirsts is how many bytes of first hits are kept, twice at most: those of some thousand strings.
const keptFirsts = 2 << 20

// firstKey names the hits of a string among all events, or among those that are not hidden.
type firstKey struct {
	text   string
	hidden bool // are left out, and not the dead alone
}

// firstHits are the first hits of a string in the segments and how many it has there, which is what most ask for: a hundredth of
// what else is kept of it, and found at once. They hold for each state with these segments that leaves out as many of their events,
// for none comes back.
type firstHits struct {
	leftOut uint64
	hits    []tierHit
	more    bool // hits than these
	total   int
}

// plain tells whether every event is an answer that is not left out.
func (p *plan) plain() bool {
	return p.all() && p.dated && p.undated && p.atMost == 0 && p.days == (graph.DayRange{}) && len(p.rows)+len(p.tests) == 0
}

// leftOut returns how many events of the segments a plan leaves out.
func (p *plan) leftOut() uint64 {
	if p.x.indexed == 0 {
		return 0
	}
	return p.minus.Rank(p.x.indexed - 1)
}

func (p *plan) firstKey(text string) firstKey { return firstKey{text, p.minus == p.x.hidden} }

// keptHits returns the first hits of a string for a plain plan if they are kept, or nil.
func (p *plan) keptHits(text string) *firstHits {
	if first, ok := p.x.searches.first.get(p.firstKey(text)); ok && first.leftOut == p.leftOut() {
		return first
	}
	return nil
}

// firstHits returns the first hits of a string for a plain plan.
func (p *plan) firstHits(ctx context.Context, text string) (*firstHits, error) {
	if first := p.keptHits(text); first != nil {
		return first, nil
	}
	first, err := p.fromCommon(ctx, text)
	if first == nil && err == nil {
		var f *finding
		if f, err = p.s.finding(ctx, text); err == nil {
			first, err = p.firstOf(ctx, text, f.indexed)
		}
	}
	if err != nil {
		return nil, err
	}
	key := p.firstKey(strings.Clone(text)) // it stands in a question
	p.x.searches.first.put(key, first, 128+len(text)+16*cap(first.hits))
	return first, nil
}

// firstOf returns the first of the hits that some segments know of.
func (p *plan) firstOf(ctx context.Context, text string, in *indexed) (*firstHits, error) {
	found := &finding{text: text, indexed: in}
	within := *p
	var err error
	if within.set, err = found.within(ctx, p.s, nil); err != nil {
		return nil, err
	}
	s := searcher{p: &within, found: found, tiers: map[int]*course{}}
	page, err := s.page(ctx, graph.HitPage{First: manyFirst})
	if err != nil {
		return nil, err
	}
	first := &firstHits{leftOut: p.leftOut(), hits: page.hits, more: page.next}
	first.total, err = within.count(ctx)
	return first, err
}

// tailHits returns the hits of a string in the tail for a plain plan, in the order of a search.
func (p *plan) tailHits(ctx context.Context, text string) ([]tierHit, error) {
	if p.x.open() == 0 {
		return nil, nil
	}
	found := &finding{text: text, indexed: &indexed{all: roaring.New(), inspection: newInspection(roaring.New())}, tail: p.s.tailOf(text)}
	within := *p
	var err error
	if within.set, err = found.within(ctx, p.s, nil); err != nil || within.set.IsEmpty() {
		return nil, err
	}
	s := searcher{p: &within, found: found, tiers: map[int]*course{}}
	page, err := s.page(ctx, graph.HitPage{First: int(p.x.open())})
	return page.hits, err
}

// firstPage returns the first n hits of a string for a plain plan, false where more than are kept are asked for.
func (p *plan) firstPage(ctx context.Context, text string, n int) (page hitPage, ok bool, err error) {
	if n > manyFirst {
		return hitPage{}, false, nil
	}
	first, err := p.firstHits(ctx, text)
	if err != nil {
		return hitPage{}, false, err
	}
	tail, err := p.tailHits(ctx, text)
	if err != nil {
		return hitPage{}, false, err
	}
	page.hits, page.next = p.course(graph.Descending).firstOfBoth(first.hits, tail, n)
	page.next = page.next || first.more
	return page, true, nil
}

// firstOfBoth returns the first n of two lists of hits, in a course that descends, and whether there are more.
func (c *course) firstOfBoth(a, b []tierHit, n int) (hits []tierHit, more bool) {
	for len(hits) < n && len(a)+len(b) > 0 {
		from := &a
		if len(a) == 0 || len(b) > 0 && c.precedes(b[0], a[0]) {
			from = &b
		}
		hits = append(hits, (*from)[0])
		*from = (*from)[1:]
	}
	return hits, len(a)+len(b) > 0
}

// precedes tells whether a hit comes before another one, in a course that descends.
func (c *course) precedes(a, b tierHit) bool {
	if a.tier != b.tier {
		return a.tier < b.tier
	}
	return c.place(a.o) < c.place(b.o)
}

// keptTotal returns how many answers a filter has that asks for one string and else for nothing; false for another one, and where it is
// not kept.
func (r *snapshot) keptTotal(ctx context.Context, f graph.Filter) (n int, ok bool, err error) {
	if len(f.Texts) != 1 || len(f.Links)+len(f.Publications)+len(f.Issues) > 0 {
		return 0, false, nil
	}
	text := f.Texts[0]
	f.Texts = nil
	p, err := r.listed(ctx, &f)
	if err != nil || !p.plain() {
		return 0, false, err
	}
	first := p.keptHits(text)
	if first == nil {
		return 0, false, nil
	}
	tail, err := p.tailHits(ctx, text)
	return first.total + len(tail), true, err
}
