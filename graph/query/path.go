package query

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"maps"
	"slices"

	"fangzhi/graph"
)

// The bounds of a search for paths.
const (
	// DefaultHops is how long a path may be where nothing is said.
	DefaultHops = 4
	// MaxHops is the longest path that is searched for.
	MaxHops = 6
)

// PathArgs asks for the first shortest chains from one entity to another.
type PathArgs struct {
	// From and To are ids of entities or of their atoms. Where one names nothing, or both the same, there is no path.
	From, To graph.ID
	// First is how many paths; nil is one, at most MaxFirst.
	First *int
	// MaxHops is how many steps a path may have; nil is DefaultHops, at most MaxHops.
	MaxHops *int
	// Through are the kinds of entity that may be passed; nil is [OFFICIAL], and with none only the direct step is left.
	Through []graph.EntityKind
	// AvoidHubsAbove: no entity with more events (EventCount) is passed; nil for no bound.
	AvoidHubsAbove *int
	// Filter leaves events and links; a nil PresentOnly is true, on both ends of every step.
	Filter *EventFilter
}

// Paths returns the first chains of distinct entities, each sharing events with the next: shortest first, then those whose
// steps share more events in sum, then by the ids along the chain. It is complete or graph.ErrLimit.
func Paths(ctx context.Context, r graph.Reader, a PathArgs) ([]EventPath, error) {
	first, err := checkFirst("first", a.First, 1, MaxFirst)
	if err != nil {
		return nil, err
	}
	hops, err := checkFirst("maxHops", a.MaxHops, DefaultHops, MaxHops)
	if err != nil {
		return nil, err
	}
	if a.AvoidHubsAbove != nil && *a.AvoidHubsAbove < 0 {
		return nil, fmt.Errorf("%w: avoidHubsAbove is %d, want 0 or more", graph.ErrBadInput, *a.AvoidHubsAbove)
	}
	f, err := Resolve(ctx, r, a.Filter, true)
	if err != nil {
		return nil, err
	}
	ends, err := r.Entities(ctx, []graph.ID{a.From, a.To})
	if err != nil || ends[0] == nil || ends[1] == nil || ends[0].ID == ends[1].ID || first == 0 {
		return nil, err
	}
	through := a.Through
	if through == nil {
		through = []graph.EntityKind{graph.KindOfficial}
	}
	from, to := ends[0].ID, ends[1].ID
	n := newNet(r, f, a.Filter.linking(true), append(slices.Clone(through), ends[0].Kind, ends[1].Kind))
	n.work.what = "searching the paths"
	n.allows = func(d *graph.EntityData) bool {
		return d.ID == from || d.ID == to ||
			slices.Contains(through, d.Kind) && (a.AvoidHubsAbove == nil || d.EventCount <= *a.AvoidHubsAbove)
	}
	chains, err := n.chains(ctx, ends[0], ends[1], first, hops)
	if err != nil {
		return nil, err
	}
	return n.paths(ctx, chains)
}

// chains returns the first chains by their ids.
//
// Both ends grow, a layer at a time and the smaller one first. Once f layers around from and b around to are read, every
// chain of f+b steps is known: its first f steps leave read entities on the one side, the rest enter them on the other.
func (n *net) chains(ctx context.Context, from, to *graph.EntityData, first, hops int) ([][]graph.ID, error) {
	ahead := newLayers(from.ID)
	behind := newLayers(to.ID)
	n.nodes[from.ID], n.nodes[to.ID] = from, to
	var found [][]graph.ID
	for length := 1; length <= hops && len(found) < first; length++ {
		grown, other := ahead, to.ID
		if len(behind.frontier) < len(ahead.frontier) {
			grown, other = behind, from.ID
		}
		if err := grown.grow(ctx, n, other); err != nil {
			return nil, err
		}
		more, err := n.best(ctx, from.ID, to.ID, length, first-len(found), ahead)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// layers is what a breadth-first search from one entity has reached.
type layers struct {
	depth    map[graph.ID]int
	read     int // so many layers are read: the ties of entities at a lesser depth are known
	frontier []graph.ID
}

func newLayers(start graph.ID) *layers {
	return &layers{depth: map[graph.ID]int{start: 0}, frontier: []graph.ID{start}}
}

// grow reads the frontier; no chain goes on from the other end.
func (l *layers) grow(ctx context.Context, n *net, other graph.ID) error {
	if err := n.read(ctx, l.frontier, nil); err != nil {
		return err
	}
	var next []graph.ID
	for _, id := range l.frontier {
		for neighbour := range n.near[id] {
			if _, seen := l.depth[neighbour]; !seen {
				l.depth[neighbour] = l.read + 1
				if neighbour != other {
					next = append(next, neighbour)
				}
			}
		}
	}
	slices.Sort(next)
	l.read++
	l.frontier = next
	return nil
}

// best returns the first of the chains that have exactly so many steps.
//
// It is a best-first search. What the rest of a chain can share at most is computed backwards from to, over walks that
// may pass an entity twice; so no chain is overlooked, and those that are looked at in vain are few.
func (n *net) best(ctx context.Context, from, to graph.ID, length, first int, ahead *layers) ([][]graph.ID, error) {
	rest := make([]map[graph.ID]int, length+1) // rest[h][v]: the most that a walk of h steps from v to to shares
	rest[0] = map[graph.ID]int{to: 0}
	for h := 1; h <= length; h++ {
		rest[h] = map[graph.ID]int{}
		for v, sum := range rest[h-1] {
			if err := n.work.spend(ctx, 1+len(n.near[v])); err != nil {
				return nil, err
			}
			for u, t := range n.near[v] {
				depth, reached := ahead.depth[u]
				if (u == from) != (h == length) || u == to || !reached && length-h <= ahead.read || reached && depth > length-h {
					continue
				}
				rest[h][u] = max(rest[h][u], sum+t.events)
			}
		}
	}
	most, ok := rest[length][from]
	if !ok {
		return nil, nil
	}
	var found [][]graph.ID
	open := &chainHeap{{ids: []graph.ID{from}, most: most}}
	for open.Len() > 0 && len(found) < first {
		c := heap.Pop(open).(chain)
		if len(c.ids) == length+1 {
			found = append(found, c.ids)
			continue
		}
		last := c.ids[len(c.ids)-1]
		if err := n.work.spend(ctx, 1+len(n.near[last])); err != nil {
			return nil, err
		}
		for v, t := range n.near[last] {
			after, ok := rest[length-len(c.ids)][v]
			if !ok || slices.Contains(c.ids, v) {
				continue
			}
			sum := c.shared + t.events
			heap.Push(open, chain{append(slices.Clone(c.ids), v), sum, sum + after})
		}
	}
	return found, nil
}

// chain is the beginning of a path: what its steps share, and what the whole can share at most.
type chain struct {
	ids          []graph.ID
	shared, most int
}

// chainHeap has the chain on top that can share most; of equals the one whose ids come first. A beginning comes before
// what continues it, so equals leave the heap in the order of their ids.
type chainHeap []chain

func (h chainHeap) Len() int      { return len(h) }
func (h chainHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h chainHeap) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(h[j].most, h[i].most), slices.Compare(h[i].ids, h[j].ids)) < 0
}
func (h *chainHeap) Push(x any) { *h = append(*h, x.(chain)) }
func (h *chainHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}

// paths reads the events of the steps.
func (n *net) paths(ctx context.Context, chains [][]graph.ID) ([]EventPath, error) {
	wanted := map[graph.ID]*graph.Event{}
	for _, ids := range chains {
		for i := range ids[1:] {
			wanted[n.near[ids[i]][ids[i+1]].first] = nil
		}
	}
	ids := slices.Sorted(maps.Keys(wanted))
	found, err := n.reader.EventsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		wanted[id] = found[i]
	}
	paths := make([]EventPath, len(chains))
	for p, ids := range chains {
		for i := range ids[1:] {
			t := n.near[ids[i]][ids[i+1]]
			paths[p].Steps = append(paths[p].Steps, PathStep{
				From: n.nodes[ids[i]].Entity(), Event: wanted[t.first], To: n.nodes[ids[i+1]].Entity(), SharedEvents: t.events,
			})
		}
	}
	return paths, nil
}
