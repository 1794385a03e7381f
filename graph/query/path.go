package query

import (
	"context"
	"fmt"
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
	refs, err := r.Refs(ctx, []graph.ID{a.From, a.To})
	if err != nil || refs[0] == graph.NoRef || refs[1] == graph.NoRef || refs[0] == refs[1] || first == 0 || hops == 0 {
		return nil, err
	}
	ends, err := r.EntitiesAt(ctx, refs)
	if err != nil {
		return nil, err
	}
	if slices.Contains(ends, nil) {
		return nil, fmt.Errorf("the ends of a path: %w", graph.ErrNotFound)
	}
	through := a.Through
	if through == nil {
		through = []graph.EntityKind{graph.KindOfficial}
	}
	p := &pathSearch{net: newNet(r, f, a.Filter.linking(true, through...), "searching the paths"), avoid: a.AvoidHubsAbove}
	defer p.release()
	p.from, p.to = newLayers(p.know(refs[0], ends[0])), newLayers(p.know(refs[1], ends[1]))
	if len(through) == 0 {
		hops = 1
	}
	chains, err := p.chains(ctx, first, hops)
	if err != nil {
		return nil, err
	}
	return p.paths(ctx, chains)
}

// pathSearch is one search for paths.
type pathSearch struct {
	*net
	avoid    *int
	from, to *layers          // around either end
	steps    map[[2]int32]tie // of the chains that were found
}

// chains returns the first chains, as numbers of nodes.
//
// Once f layers around from and b around to are read, and the ties across from the one frontier to the other, every chain of f+1+b
// steps is known: its first f steps leave read entities on the one side, its last b enter them on the other, and the step between is read
// or lies across. So of all the entities that are met in the middle nothing is read but the ties by which the sides meet. For a chain of
// one step more the cheaper side grows; both ends come first, whose kinds ties may not lead to.
func (p *pathSearch) chains(ctx context.Context, first, hops int) ([][]int32, error) {
	var found [][]int32
	p.steps = map[[2]int32]tie{}
	for length := 1; length <= hops && len(found) < first; length++ {
		if length > 1 {
			if err := p.growCheaper(ctx); err != nil {
				return nil, err
			}
		}
		if err := p.cross(ctx, p.from.frontier, p.to.frontier); err != nil {
			return nil, err
		}
		more, err := p.best(ctx, length, first-len(found))
		if err != nil {
			return nil, err
		}
		for _, chain := range more {
			for i := range chain[1:] {
				p.steps[[2]int32{chain[i], chain[i+1]}] = p.tied(chain[i], chain[i+1])
			}
		}
		found = append(found, more...)
	}
	return found, nil
}

// growCheaper grows the side whose frontier has fewer events; where one of the ends was not read, that.
func (p *pathSearch) growCheaper(ctx context.Context) error {
	if (p.from.read == 0) != (p.to.read == 0) {
		if p.from.read == 0 {
			return p.grow(ctx, p.from, p.to.start)
		}
		return p.grow(ctx, p.to, p.from.start)
	}
	n, err := p.degree(ctx, p.from.frontier)
	if err != nil {
		return err
	}
	m, err := p.degree(ctx, p.to.frontier)
	if err != nil {
		return err
	}
	if m < n {
		return p.grow(ctx, p.to, p.from.start)
	}
	return p.grow(ctx, p.from, p.to.start)
}

// layers is what a breadth-first search from one entity has reached.
type layers struct {
	start    int32
	depth    []int8 // by the number of the entity; below zero where it was not reached, as for those beyond the end
	read     int    // so many layers are read: the ties of entities at a lesser depth are known
	frontier []int32
}

func newLayers(start int32) *layers {
	l := &layers{start: start, frontier: []int32{start}}
	l.reach(start, 0)
	return l
}

func (l *layers) at(v int32) int {
	if int(v) < len(l.depth) {
		return int(l.depth[v])
	}
	return -1
}

func (l *layers) reach(v int32, depth int) {
	for int(v) >= len(l.depth) {
		l.depth = append(l.depth, -1)
	}
	l.depth[v] = int8(depth)
}

// grow reads the frontier; no chain goes on from the other end.
func (p *pathSearch) grow(ctx context.Context, l *layers, other int32) error {
	met := len(p.nodes)
	if err := p.read(ctx, l.frontier); err != nil {
		return err
	}
	if err := p.bar(ctx, met); err != nil {
		return err
	}
	var next []int32
	for _, v := range l.frontier {
		p.each(v, func(t tie) {
			if l.at(t.to) < 0 && !p.nodes[t.to].barred {
				l.reach(t.to, l.read+1)
				if t.to != other {
					next = append(next, t.to)
				}
			}
		})
	}
	l.read++
	l.frontier = next
	return nil
}

// bar keeps paths from leading through hubs among those that were met since.
func (p *pathSearch) bar(ctx context.Context, met int) error {
	if p.avoid == nil {
		return nil
	}
	var nodes []int32
	for v := met; v < len(p.nodes); v++ {
		nodes = append(nodes, int32(v))
	}
	if err := p.fetch(ctx, nodes); err != nil {
		return err
	}
	for _, v := range nodes {
		p.nodes[v].barred = p.nodes[v].data.EventCount > *p.avoid
	}
	return nil
}

// paths reads the entities and the events of the steps.
func (p *pathSearch) paths(ctx context.Context, chains [][]int32) ([]EventPath, error) {
	if len(chains) == 0 {
		return nil, nil
	}
	if err := p.fetch(ctx, slices.Concat(chains...)); err != nil {
		return nil, err
	}
	var wanted []graph.EventRef
	place := map[graph.EventRef]int{} // in wanted
	for _, t := range p.steps {
		if _, ok := place[t.first]; !ok {
			place[t.first] = len(wanted)
			wanted = append(wanted, t.first)
		}
	}
	found, err := p.reader.EventsAt(ctx, wanted)
	if err != nil {
		return nil, err
	}
	paths := make([]EventPath, len(chains))
	for c, chain := range chains {
		for i := range chain[1:] {
			t := p.steps[[2]int32{chain[i], chain[i+1]}]
			paths[c].Steps = append(paths[c].Steps, PathStep{
				From: p.nodes[chain[i]].data.Entity(), Event: found[place[t.first]], To: p.nodes[chain[i+1]].data.Entity(), SharedEvents: int(t.events),
			})
		}
	}
	return paths, nil
}
