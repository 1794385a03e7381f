package ingest

import (
	"context"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/ingest/identity"
)

// reportDays is the longest event of which reports are told.
const reportDays = 7

// reporting finds which articles report one event, after a batch, and writes the groups that change into it.
//
// Two do where their days overlap, a person is present at both or an organ hosts both, and they are alike; whether they do is told
// by the two alone, so the order of loads cannot matter. A group is a component. A load reads the events that name its own
// people and hosts on its own days, and the groups that these stand in.
type reporting struct {
	r     graph.Reader
	batch *graph.Batch
	gone  map[graph.ID]bool // events of the issues that go
	// person is the key that a person goes by in reports, by the atom of a link: who is called by two posts in two articles of a
	// county is one. atoms are those of a person.
	person map[graph.ID]graph.ID
	atoms  map[graph.ID][]graph.ID
	learnt map[graph.Atom]bool
	nodes  map[graph.ID]*report // by event
	groups map[graph.ID]bool    // the first events of those that are taken apart
}

// report is an article that may be one of several reports.
type report struct {
	event  *graph.Event
	grams  func() []uint64 // leadGrams, made when they are asked for first: most articles are compared with none
	parent *report
}

func (n *report) root() *report {
	for n.parent != nil {
		n = n.parent
	}
	return n
}

func union(a, b *report) {
	if a, b = a.root(), b.root(); a != b {
		b.parent = a
	}
}

// reports writes the groups of reports into a batch that puts built in. before are the blocks that the load read, come are its own
// facts, by block.
func reports(ctx context.Context, r graph.Reader, batch *graph.Batch, built []*builder, before map[string]graph.Block, come map[string][]graph.Fact) error {
	p := &reporting{
		r: r, batch: batch, gone: map[graph.ID]bool{}, person: map[graph.ID]graph.ID{}, atoms: map[graph.ID][]graph.ID{},
		nodes: map[graph.ID]*report{}, groups: map[graph.ID]bool{}, learnt: map[graph.Atom]bool{},
	}
	for key, facts := range come {
		if strings.HasPrefix(key, string(graph.KindOfficial)) { // facts of others name no people
			p.learn(facts, nil)
			p.learn(before[key].Facts, codesOf(facts)) // namesakes elsewhere are present at nothing that is new
		}
	}
	if err := p.leave(ctx); err != nil {
		return err
	}
	if err := p.join(ctx, built); err != nil {
		return err
	}
	p.write()
	return nil
}

// codesOf returns the jurisdictions of the atoms of some facts.
func codesOf(facts []graph.Fact) []string {
	codes := []string{}
	for i := range facts {
		for _, a := range []*graph.Atom{facts[i].A, facts[i].B} {
			if a != nil && !slices.Contains(codes, a.Code) {
				codes = append(codes, a.Code)
			}
		}
	}
	return codes
}

// learn notes the people of a block, those of some jurisdictions or, for nil, all.
func (p *reporting) learn(facts []graph.Fact, codes []string) {
	learn := func(a *graph.Atom) {
		if a == nil || a.Kind != graph.KindOfficial || codes != nil && !slices.Contains(codes, a.Code) || p.learnt[*a] {
			return
		}
		p.learnt[*a] = true
		id := a.ID()
		key := id
		if a.Organ != "" {
			key = graph.Atom{Kind: a.Kind, Code: a.Code, Name: a.Name}.ID()
		}
		if _, known := p.person[id]; !known {
			p.person[id] = key
			p.atoms[key] = append(p.atoms[key], id)
		}
	}
	for i := range facts {
		if i == 0 || facts[i].A != facts[i-1].A {
			learn(facts[i].A)
		}
		learn(facts[i].B)
	}
}

// reportable tells whether an article can be one of several reports of an event.
func reportable(e *graph.Event) bool {
	return e.Kind == graph.EventKindEvent && graph.AtMostDays(e.Date.Start(), e.Date.End(), reportDays)
}

// keys returns what a report shares with others: the people present and the hosts.
func (p *reporting) keys(e *graph.Event) (people, hosts []graph.ID) {
	for i := range e.Officials {
		if o := &e.Officials[i]; o.Present() {
			key := o.Atom
			if person, known := p.person[key]; known {
				key = person
			}
			people = append(people, key)
		}
	}
	for i := range e.Departments {
		if d := &e.Departments[i]; d.Role == graph.DeptHost {
			hosts = append(hosts, d.Atom)
		}
	}
	return people, hosts
}

func overlap(a, b *graph.Event) bool {
	return a.Date.Start() <= b.Date.End() && b.Date.Start() <= a.Date.End()
}

// leave takes the groups apart that lose an event, and joins anew what is left of each.
func (p *reporting) leave(ctx context.Context) error {
	if len(p.batch.Remove) == 0 {
		return nil
	}
	var ids []graph.ID
	err := p.r.Each(ctx, graph.Filter{Issues: p.batch.Remove}, func(e *graph.Event) error {
		ids = append(ids, e.ID)
		p.gone[e.ID] = true
		return nil
	})
	if err != nil {
		return err
	}
	found, err := p.r.Reports(ctx, ids)
	if err != nil {
		return err
	}
	var left [][]graph.ID
	for _, group := range found {
		if len(group) == 0 || p.groups[group[0]] {
			continue
		}
		p.groups[group[0]] = true
		rest := slices.DeleteFunc(slices.Clone(group), func(id graph.ID) bool { return p.gone[id] })
		if len(rest) > 0 {
			left = append(left, rest)
		}
	}
	nodes, err := p.read(ctx, slices.Concat(left...))
	if err != nil {
		return err
	}
	if err := p.learnPeople(ctx, nodes); err != nil {
		return err
	}
	for _, group := range left {
		for i, a := range group {
			for _, b := range group[:i] {
				if p.same(p.nodes[a], p.nodes[b]) {
					union(p.nodes[a], p.nodes[b])
				}
			}
		}
	}
	return nil
}

// read makes nodes of events, with their grams. Those that are nodes already are left as they are.
func (p *reporting) read(ctx context.Context, ids []graph.ID) ([]*report, error) {
	ids = slices.DeleteFunc(ids, func(id graph.ID) bool { return p.nodes[id] != nil })
	if len(ids) == 0 {
		return nil, nil
	}
	events, err := p.r.EventsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	return p.add(ctx, events)
}

func (p *reporting) add(ctx context.Context, events []*graph.Event) ([]*report, error) {
	const batch = 512 // bodies in memory at a time
	var nodes []*report
	for chunk := range slices.Chunk(events, batch) {
		ids := make([]graph.ID, len(chunk))
		for i, e := range chunk {
			ids[i] = e.ID
		}
		bodies, err := p.r.Bodies(ctx, ids)
		if err != nil {
			return nil, err
		}
		for i, e := range chunk {
			lead := leadGrams(e, bodies[i])
			n := &report{event: e, grams: func() []uint64 { return lead }}
			p.nodes[e.ID] = n
			nodes = append(nodes, n)
		}
	}
	return nodes, nil
}

// learnPeople finds out by which key the people of events go whose blocks nobody has read.
func (p *reporting) learnPeople(ctx context.Context, nodes []*report) error {
	var unknown []graph.ID
	for _, n := range nodes {
		for i := range n.event.Officials {
			if atom := n.event.Officials[i].Atom; p.person[atom] == "" && !slices.Contains(unknown, atom) {
				unknown = append(unknown, atom)
			}
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	found, err := p.r.Entities(ctx, unknown)
	if err != nil {
		return err
	}
	var keys []string
	for _, d := range found {
		if d != nil {
			keys = append(keys, identity.BlockKey(graph.Atom{Kind: d.Kind, Name: fold.String(d.Name)}))
		}
	}
	slices.Sort(keys)
	blocks, err := p.r.Blocks(ctx, slices.Compact(keys))
	for _, b := range blocks {
		p.learn(b.Facts, nil)
	}
	return err
}

// same tells whether two articles report one event.
func (p *reporting) same(a, b *report) bool {
	if !overlap(a.event, b.event) || !alike(a.grams(), b.grams()) {
		return false
	}
	people, hosts := p.keys(a.event)
	otherPeople, otherHosts := p.keys(b.event)
	meet := func(x, y []graph.ID) bool {
		return slices.ContainsFunc(x, func(id graph.ID) bool { return slices.Contains(y, id) })
	}
	return meet(people, otherPeople) || meet(hosts, otherHosts)
}

// join finds what the new issues report that others report too, or they themselves elsewhere.
func (p *reporting) join(ctx context.Context, built []*builder) error {
	blocks := map[string][]*report{} // of the new events, by day and person or host
	near := map[*report][]graph.ID{}
	found := map[graph.ID]*graph.Event{}
	about := map[graph.DayRange][]asked{}
	for _, b := range built {
		for i, e := range b.events {
			if !reportable(e) {
				continue
			}
			n := &report{event: e, grams: func() []uint64 { return b.lead(i) }}
			people, hosts := p.keys(e)
			if len(people)+len(hosts) == 0 {
				continue
			}
			p.nodes[e.ID] = n
			p.joinNew(blocks, n, slices.Concat(people, hosts))
			days := graph.DayRange{From: e.Date.Start(), To: e.Date.End()}
			about[days] = append(about[days], asked{n, people, hosts})
		}
	}
	met, err := p.met(ctx, about)
	if err != nil {
		return err
	}
	for _, m := range met {
		if len(m.n.grams()) >= alikeGrams {
			found[m.event.ID] = m.event
			near[m.n] = append(near[m.n], m.event.ID)
		}
	}
	var unread []*graph.Event
	for _, id := range slices.Sorted(maps.Keys(found)) {
		if p.nodes[id] == nil {
			unread = append(unread, found[id])
		}
	}
	if _, err := p.add(ctx, unread); err != nil {
		return err
	}
	var joined []graph.ID
	for n, ids := range near {
		for _, id := range ids {
			if other := p.nodes[id]; alike(n.grams(), other.grams()) {
				union(n, other)
				joined = append(joined, id)
			}
		}
	}
	return p.joinGroups(ctx, joined)
}

// joinNew compares an event with those of its issue that came before it.
func (p *reporting) joinNew(blocks map[string][]*report, n *report, keys []graph.ID) {
	seen := map[*report]bool{}
	for day := n.event.Date.Start(); day <= n.event.Date.End(); day++ {
		for _, key := range keys {
			block := day.String() + string(key)
			for _, other := range blocks[block] {
				if !seen[other] && other != n && alike(n.grams(), other.grams()) {
					union(n, other)
				}
				seen[other] = true
			}
			blocks[block] = append(blocks[block], n)
		}
	}
}

// asked is a new event of which candidates are asked for, with its people and hosts.
type asked struct {
	n             *report
	people, hosts []graph.ID
}

// meeting is a new event and one of another issue that has one of its people present or one of its hosts as host, on its days.
type meeting struct {
	n     *report
	event *graph.Event
}

// met returns the meetings of new events, which are asked for by their days, and on two processors.
func (p *reporting) met(ctx context.Context, about map[graph.DayRange][]asked) ([]meeting, error) {
	of := make([][]meeting, len(about))
	var group errgroup.Group
	group.SetLimit(2)
	i := 0
	for _, some := range about {
		one := &of[i]
		group.Go(func() (err error) {
			*one, err = p.candidates(ctx, some)
			return err
		})
		i++
	}
	err := group.Wait()
	return slices.Concat(of...), err
}

// candidates returns the meetings of new events, all of the same days. One question for all of a day costs what one for each would.
func (p *reporting) candidates(ctx context.Context, all []asked) (met []meeting, err error) {
	date := &all[0].n.event.Date
	f := graph.Filter{
		Days: graph.DayRange{From: date.Start(), To: date.End()}, MaxDays: reportDays, Kinds: []graph.EventKind{graph.EventKindEvent},
	}
	for _, link := range []graph.LinkCondition{
		{Kind: graph.KindOfficial, PresentOnly: true},
		{Kind: graph.KindDepartment, DepartmentRoles: []graph.DepartmentRole{graph.DeptHost}},
	} {
		own := make([]graph.Filter, len(all)) // what each of the new events asks
		var atoms []graph.ID
		for i := range all {
			one := link
			if one.Atoms = all[i].hosts; link.Kind == graph.KindOfficial {
				one.Atoms = p.atomsOf(all[i].people)
			}
			own[i].Links = []graph.LinkCondition{one}
			atoms = append(atoms, one.Atoms...)
		}
		slices.Sort(atoms)
		link.Atoms = slices.Compact(atoms)
		if len(link.Atoms) == 0 {
			continue
		}
		f.Links = []graph.LinkCondition{link}
		err := p.r.Each(ctx, f, func(c *graph.Event) error {
			if p.gone[c.ID] {
				return nil
			}
			for i := range all {
				if own[i].Matches(c) {
					met = append(met, meeting{all[i].n, c})
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return met, nil
}

// atomsOf returns the atoms of people by their keys.
func (p *reporting) atomsOf(people []graph.ID) []graph.ID {
	var atoms []graph.ID
	for _, key := range people {
		if known := p.atoms[key]; len(known) > 0 {
			atoms = append(atoms, known...)
		} else {
			atoms = append(atoms, key)
		}
	}
	return atoms
}

// joinGroups has the groups of events join whole, but for those that lost an event and were taken apart before.
func (p *reporting) joinGroups(ctx context.Context, events []graph.ID) error {
	slices.Sort(events)
	events = slices.Compact(events)
	if len(events) == 0 {
		return nil
	}
	found, err := p.r.Reports(ctx, events)
	if err != nil {
		return err
	}
	var whole [][]graph.ID
	for _, group := range found {
		if len(group) > 0 && !p.groups[group[0]] {
			p.groups[group[0]] = true
			whole = append(whole, group)
		}
	}
	members := slices.DeleteFunc(slices.Concat(whole...), func(id graph.ID) bool { return p.nodes[id] != nil })
	if len(members) > 0 {
		more, err := p.r.EventsByID(ctx, members)
		if err != nil {
			return err
		}
		for _, e := range more {
			p.nodes[e.ID] = &report{event: e}
		}
	}
	for _, group := range whole {
		for _, id := range group[1:] {
			union(p.nodes[group[0]], p.nodes[id])
		}
	}
	return nil
}

// write puts the components of more than one report into the batch.
func (p *reporting) write() {
	byRoot := map[*report][]graph.SortKey{}
	for _, n := range p.nodes {
		byRoot[n.root()] = append(byRoot[n.root()], n.event.SortKey())
	}
	for _, keys := range byRoot {
		if len(keys) > 1 {
			slices.Sort(keys)
			p.batch.Reports = append(p.batch.Reports, graph.ReportGroup{Events: keys})
		}
	}
	slices.SortFunc(p.batch.Reports, func(a, b graph.ReportGroup) int { return strings.Compare(string(a.Events[0]), string(b.Events[0])) })
	p.batch.DropReports = slices.Sorted(maps.Keys(p.groups))
}
