package storetest

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"

	"fangzhi/fold"
	"fangzhi/graph"
)

// entry is an invented thing that sample events may link to, with its atoms in order.
type entry struct {
	kind           graph.EntityKind
	name           string
	aliases        []string
	atoms          []graph.Atom
	parent, region string // names of entries
	typ, code      string
}

func official(key, code, name string, organs ...string) entry {
	e := entry{kind: graph.KindOfficial, name: name, atoms: []graph.Atom{{Kind: graph.KindOfficial, Code: code, Name: name}}, region: "云河区"}
	if key != name {
		e.region = "石桥县"
	}
	for _, organ := range organs {
		e.atoms = append(e.atoms, graph.Atom{Kind: graph.KindOfficial, Code: code, Name: name, Organ: organ})
	}
	return e
}

func department(name, parent, region string, aliases ...string) entry {
	return entry{kind: graph.KindDepartment, name: name, aliases: aliases, parent: parent, region: region, typ: string(graph.DeptOther),
		atoms: []graph.Atom{{Kind: graph.KindDepartment, Code: region, Name: name}}}
}

func location(name, parent, code string, typ graph.LocationKind) entry {
	return entry{kind: graph.KindLocation, name: name, parent: parent, typ: string(typ), code: code,
		atoms: []graph.Atom{{Kind: graph.KindLocation, Code: cmp.Or(code, parent+"/"+name)}}}
}

// catalogue holds what sample events may link to, by a name of ours that is the entry's own but for namesakes.
var catalogue = map[string]entry{
	"沈知秋":     official("沈知秋", "990101", "沈知秋", "云河区委"),
	"石桥沈知秋":   official("石桥沈知秋", "990102", "沈知秋"),
	"顾南风":     official("顾南风", "990101", "顾南风"),
	"林见鹿":     official("林见鹿", "990101", "林见鹿", "云河区政府", "云河区教育局"),
	"云河区委":    department("云河区委", "", "云河区", "区委"),
	"云河区委宣传部": department("云河区委宣传部", "云河区委", "云河区", "区委宣传部"),
	"云河区政府":   department("云河区政府", "", "云河区", "区政府", "云河區政府"),
	"云河区教育局":  department("云河区教育局", "云河区政府", "云河区", "区教育局"),
	"石桥县教育局":  department("石桥县教育局", "", "石桥县"),
	"云河区政务办":  plates("云河区政务办", "云河区大数据局"),
	"东岭省":     location("东岭省", "", "99", graph.LocProvince),
	"澜州市":     location("澜州市", "东岭省", "9901", graph.LocCity),
	"云河区":     location("云河区", "澜州市", "990101", graph.LocCounty),
	"石桥县":     location("石桥县", "澜州市", "990102", graph.LocCounty),
	"文昌街道":    location("文昌街道", "云河区", "990101001", graph.LocTownship),
	"云河广场":    location("云河广场", "文昌街道", "", graph.LocVenue),
}

// plates is one organ under two names, each an atom.
func plates(name, second string) entry {
	e := department(name, "云河区政府", "云河区", second)
	e.atoms = append(e.atoms, graph.Atom{Kind: graph.KindDepartment, Code: "云河区", Name: second})
	slices.SortFunc(e.atoms, graph.Atom.Compare)
	return e
}

// AtomID returns the id of the n-th atom, from 0, of what the sample calls by the name. It panics on an unknown one.
func AtomID(name string, n int) graph.ID { return catalogue[name].atoms[n].ID() }

// above returns the first atoms of the ancestors of an entry, nearest first.
func above(name string) []graph.ID {
	var ids []graph.ID
	for name = catalogue[name].parent; name != ""; name = catalogue[name].parent {
		ids = append(ids, AtomID(name, 0))
	}
	return ids
}

// atomsOf calls use with each atom that an event names, and whether the event is linked to it.
func atomsOf(e *graph.Event, use func(atom graph.ID, linked bool)) {
	for i := range e.Officials {
		use(e.Officials[i].Atom, true)
		for _, p := range e.Officials[i].Posts {
			use(p.DepartmentAtom, false)
		}
	}
	for i := range e.Departments {
		use(e.Departments[i].Atom, true)
	}
	for i := range e.Locations {
		use(e.Locations[i].Atom, true)
	}
}

// entities returns the entities of events and of the regions of publications: for each entry that is named, or is an
// ancestor or the region of one that is, the component of its atoms that are named.
func entities(events []*graph.Event) []graph.EntityData {
	named := map[graph.ID]bool{}
	for _, e := range events {
		atomsOf(e, func(atom graph.ID, _ bool) { named[atom] = true })
	}
	atoms := map[string][]graph.ID{}
	for name, entry := range catalogue {
		for _, atom := range entry.atoms {
			if named[atom.ID()] {
				atoms[name] = append(atoms[name], atom.ID())
			}
		}
	}
	if len(events) > 0 { // the publications' regions
		atoms["云河区"], atoms["石桥县"] = []graph.ID{AtomID("云河区", 0)}, []graph.ID{AtomID("石桥县", 0)}
	}
	for _, name := range slices.Collect(maps.Keys(atoms)) {
		add := func(name string) {
			for ; name != ""; name = catalogue[name].parent {
				if first := AtomID(name, 0); !slices.Contains(atoms[name], first) {
					atoms[name] = append([]graph.ID{first}, atoms[name]...)
				}
			}
		}
		add(catalogue[name].region)
		add(catalogue[name].parent)
	}
	var all []graph.EntityData
	for name, ids := range atoms {
		entry := catalogue[name]
		e := graph.EntityData{
			ID: ids[0], Kind: entry.kind, Name: entry.name, Label: name, Aliases: entry.aliases, Atoms: ids,
			Type: entry.typ, Code: entry.code, SortName: sortName(entry.name), Pinyin: pinyin(entry.name, entry.aliases),
		}
		if entry.parent != "" {
			e.ParentAtom = AtomID(entry.parent, 0)
		}
		if entry.region != "" {
			e.RegionAtom = AtomID(entry.region, 0)
		}
		f := graph.Filter{Links: []graph.LinkCondition{e.Linked()}}
		for _, event := range events {
			if f.Matches(event) {
				e.EventCount++
			}
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b graph.EntityData) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// facts returns how many of the events are linked to each atom.
func facts(events []*graph.Event) []graph.Fact {
	count := map[graph.Atom]int{}
	byID := map[graph.ID]graph.Atom{}
	for _, entry := range catalogue {
		for _, atom := range entry.atoms {
			byID[atom.ID()] = atom
		}
	}
	for _, e := range events {
		atomsOf(e, func(atom graph.ID, linked bool) {
			if linked {
				count[byID[atom]]++
			}
		})
	}
	var all []graph.Fact
	for atom, n := range count {
		all = append(all, graph.Fact{Kind: graph.FactSeen, A: &atom, N: n})
	}
	slices.SortFunc(all, func(f, g graph.Fact) int { return f.Compare(&g) })
	return all
}

// blocks returns the facts by the kind and folded name of their atoms.
func blocks(events []*graph.Event) map[string][]graph.Fact {
	all := map[string][]graph.Fact{}
	for _, f := range facts(events) {
		key := BlockKey(*f.A)
		all[key] = append(all[key], f)
	}
	return all
}

// BlockKey returns the key of the block that sample batches keep the facts of an atom in.
func BlockKey(a graph.Atom) string { return string(a.Kind) + "|" + fold.String(cmp.Or(a.Name, a.Code)) }

// Batch returns the batch that takes issues out of the graph that r shows and puts others in, with all that follows for
// entities, atoms, blocks and publications.
func Batch(ctx context.Context, r graph.Reader, remove []graph.ID, put ...*graph.IssueData) (*graph.Batch, error) {
	var before, after []*graph.Event
	err := r.Each(ctx, graph.Filter{}, func(e *graph.Event) error {
		before = append(before, e)
		if !slices.Contains(remove, e.IssueID) {
			after = append(after, e)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	b := &graph.Batch{Remove: remove, Put: put, Atoms: map[graph.ID]graph.ID{}}
	left := map[graph.ID]bool{}
	for _, d := range put {
		after = append(after, d.Events...)
		left[d.Issue.PublicationID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(left)) {
		b.Publications = append(b.Publications, publications[id])
	}
	entityChanges(b, entities(before), entities(after))
	reportChanges(b, groups(before), groups(after))
	blockChanges(b, blocks(before), blocks(after))
	for _, e := range after {
		left[e.PublicationID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(publications)) {
		if !left[id] {
			b.DropPublications = append(b.DropPublications, id)
		}
	}
	return b, nil
}

func entityChanges(b *graph.Batch, before, after []graph.EntityData) {
	old := map[graph.ID]graph.EntityData{}
	for _, e := range before {
		old[e.ID] = e
		for _, atom := range e.Atoms {
			b.Atoms[atom] = ""
		}
	}
	for _, e := range after {
		for _, atom := range e.Atoms {
			b.Atoms[atom] = e.ID
		}
		if was, ok := old[e.ID]; !ok || !reflect.DeepEqual(was, e) {
			b.Entities = append(b.Entities, e)
		}
		delete(old, e.ID)
	}
	b.DropEntities = slices.Sorted(maps.Keys(old))
}

func blockChanges(b *graph.Batch, before, after map[string][]graph.Fact) {
	for key := range before {
		if after[key] == nil {
			b.Blocks = append(b.Blocks, graph.Block{Key: key})
		}
	}
	for key, facts := range after {
		if !reflect.DeepEqual(before[key], facts) {
			b.Blocks = append(b.Blocks, graph.Block{Key: key, Facts: facts, Pairs: pairs(facts)})
		}
	}
}

// Reported makes the n-th event of an issue, from 0, one of several reports of one event, that of the label. Undated events
// are none.
func Reported(d *graph.IssueData, n int, label string) *graph.IssueData {
	if d.Events[n].Date.Dated() {
		d.Events[n].Heading = label
	}
	return d
}

// groups returns the events that have a label in common, each group by its first event.
func groups(events []*graph.Event) map[graph.ID]graph.ReportGroup {
	byLabel := map[string][]graph.SortKey{}
	for _, e := range events {
		if e.Heading != "" {
			byLabel[e.Heading] = append(byLabel[e.Heading], e.SortKey())
		}
	}
	all := map[graph.ID]graph.ReportGroup{}
	for _, keys := range byLabel {
		if len(keys) > 1 {
			slices.Sort(keys)
			all[keys[0].EventID()] = graph.ReportGroup{Events: keys}
		}
	}
	return all
}

func reportChanges(b *graph.Batch, before, after map[graph.ID]graph.ReportGroup) {
	for id, g := range before {
		if !reflect.DeepEqual(g, after[id]) {
			b.DropReports = append(b.DropReports, id)
		}
	}
	for id, g := range after {
		if !reflect.DeepEqual(g, before[id]) {
			b.Reports = append(b.Reports, g)
		}
	}
}

// pairs returns pairs of the namesakes that the catalogue has, where the facts are of both: the one name is that of two people.
func pairs(facts []graph.Fact) []graph.SamePair {
	holder := func(name string) graph.ID { // the first of its atoms that the facts name
		for _, atom := range catalogue[name].atoms {
			if slices.ContainsFunc(facts, func(f graph.Fact) bool { return *f.A == atom }) {
				return atom.ID()
			}
		}
		return ""
	}
	a, b := holder("沈知秋"), holder("石桥沈知秋")
	if a == "" || b == "" {
		return nil
	}
	n := 0
	for _, f := range facts {
		n += f.N
	}
	return []graph.SamePair{newPair(a, b, float64(min(n, 100))/100)}
}

// NewPair returns a pair of the first atoms of what the sample calls by the names.
func NewPair(a, b string, score float64) graph.SamePair {
	return newPair(AtomID(a, 0), AtomID(b, 0), score)
}

func newPair(x, y graph.ID, score float64) graph.SamePair {
	return graph.SamePair{A: min(x, y), B: max(x, y), Score: score, Reasons: []string{"同名"}}
}

// Load puts issues into the store one after the other, each in place of one of its id that may be there.
func Load(ctx context.Context, s graph.Store, issues ...*graph.IssueData) error {
	for _, d := range issues {
		err := s.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
			there, err := r.Issues(ctx, []graph.ID{d.Issue.ID})
			if err != nil {
				return nil, err
			}
			var remove []graph.ID
			if there[0] != nil {
				remove = append(remove, d.Issue.ID)
			}
			return Batch(ctx, r, remove, d)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Remove takes issues out of the store.
func Remove(ctx context.Context, s graph.Store, issues ...graph.ID) error {
	return s.Update(ctx, func(r graph.Reader) (*graph.Batch, error) { return Batch(ctx, r, issues) })
}
