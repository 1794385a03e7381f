package interchange

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

// lineBuilder fills one line with what the graph has of an event.
type lineBuilder struct {
	*exporter
	line   *Line
	region reading.Jurisdiction
	// publication is the key of the publication.
	publication string
	// described are the organs of line.Departments and then those of line.Organs.
	described []*graph.EntityData
}

func (b *lineBuilder) fill(ctx context.Context, e *graph.Event, body string) error {
	l := b.line
	printed, confidence := e.PrintedTitle, e.Date.Confidence
	l.Section, l.Place, l.Kind, l.Title, l.PrintedTitle, l.Heading, l.Body = text(e.Section), e.Place, e.Kind, e.Title, &printed, text(e.Heading), body
	if e.Page != 0 {
		page := e.Page
		l.Page = &page
	}
	d := e.Date
	l.Date = &Date{
		EDTF: d.EDTF, Start: d.Start(), End: d.End(), Precision: d.Precision(), Text: text(d.Text), Basis: d.Basis, Reason: text(d.Reason),
		Confidence: &confidence, Evidence: list(d.Evidence),
	}
	l.OtherDates, l.Officials, l.Departments, l.Locations = []OtherDate{}, []Official{}, []Department{}, []Location{}
	l.Documents, l.Figures = []CitedDocument{}, []Figure{}
	for _, o := range e.OtherDates {
		l.OtherDates = append(l.OtherDates, OtherDate{o.EDTF, o.Start(), o.End(), o.Basis, o.Text, list(o.Evidence)})
	}
	for _, c := range e.Documents {
		l.Documents = append(l.Documents, CitedDocument{text(c.Title), text(c.ShortTitle), text(c.Number), list(c.Evidence)})
	}
	for _, q := range e.Figures {
		l.Figures = append(l.Figures, Figure{q.Value, q.Qualifier, q.Unit, text(q.Subject), q.Text, list(q.Evidence)})
	}
	for _, step := range []func(context.Context, *graph.Event) error{b.departments, b.officials, b.locations, b.finish} {
		if err := step(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// departments come first: what posts name beside them stands among the organs.
func (b *lineBuilder) departments(ctx context.Context, e *graph.Event) error {
	for i := range e.Departments {
		d := &e.Departments[i]
		entity, err := b.must(ctx, graph.KindDepartment, d.Atom, e)
		if err != nil {
			return err
		}
		organ, err := b.organ(ctx, entity)
		if err != nil {
			return err
		}
		b.line.Departments = append(b.line.Departments, Department{Organ: organ, Text: written(entity, d.Evidence), Role: d.Role, Evidence: list(d.Evidence)})
		b.described = append(b.described, entity)
	}
	for _, entity := range slices.Clone(b.described) {
		if err := b.describeAbove(ctx, entity); err != nil {
			return err
		}
	}
	return nil
}

// finish says of which jurisdiction a parent is where several organs of the line have its name.
func (b *lineBuilder) finish(ctx context.Context, _ *graph.Event) error {
	for i := range b.line.Departments {
		if err := b.finishOrgan(ctx, &b.line.Departments[i].Organ, b.described[i]); err != nil {
			return err
		}
	}
	for i := range b.line.Organs {
		if err := b.finishOrgan(ctx, &b.line.Organs[i], b.described[len(b.line.Departments)+i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *lineBuilder) finishOrgan(ctx context.Context, o *Organ, entity *graph.EntityData) error {
	parent, err := b.parent(ctx, entity)
	if err == nil && parent != nil {
		o.ParentCode, err = b.code(ctx, parent)
	}
	return err
}

// code returns the jurisdiction of an organ where its name alone leads to another one of the line.
func (b *lineBuilder) code(ctx context.Context, organ *graph.EntityData) (optionalRegion, error) {
	first := slices.IndexFunc(b.described, func(o *graph.EntityData) bool { return o.Name == organ.Name })
	if first >= 0 && b.described[first].ID == organ.ID {
		return optionalRegion{}, nil
	}
	region, err := b.exporter.region(ctx, organ.RegionAtom)
	return optionalRegion{Given: true, Region: region}, err
}

// must returns the entity of an atom; a graph that has none is damaged.
func (b *lineBuilder) must(ctx context.Context, kind graph.EntityKind, atom graph.ID, e *graph.Event) (*graph.EntityData, error) {
	entity, err := b.entity(ctx, atom)
	if err == nil && (entity == nil || entity.Kind != kind) {
		err = fmt.Errorf("event %s names %s %s: %w", e.ID, kind, atom, graph.ErrNotFound)
	}
	return entity, err
}

// written returns the first form in the text by which the entity is found, its name where there is none.
func written(entity *graph.EntityData, evidence []graph.Evidence) string {
	for _, v := range evidence {
		if v.Text == entity.Name || slices.Contains(entity.Aliases, v.Text) {
			return v.Text
		}
	}
	return entity.Name
}

// organ returns what is known of a department.
func (b *lineBuilder) organ(ctx context.Context, entity *graph.EntityData) (Organ, error) {
	o := Organ{Name: entity.Name, Type: graph.DepartmentKind(entity.Type), Code: optionalRegion{Given: true}}
	var err error
	if o.Code.Region, err = b.exporter.region(ctx, entity.RegionAtom); err != nil {
		return o, err
	}
	parent, err := b.parent(ctx, entity)
	if parent != nil {
		o.Parent = parent.Name
	}
	return o, err
}

// parent returns the organ that one belongs to, nil for none. One whose jurisdiction no table knows is known to its own publication
// alone, and so are those that belong to it.
func (b *lineBuilder) parent(ctx context.Context, entity *graph.EntityData) (*graph.EntityData, error) {
	parent, err := b.entity(ctx, entity.ParentAtom)
	if err != nil || parent == nil || parent.ID == entity.ID {
		return nil, err
	}
	own, err := b.ownOfPublication(ctx, entity)
	if err != nil || own {
		return parent, err
	}
	if own, err = b.ownOfPublication(ctx, parent); err != nil || own {
		return nil, err
	}
	return parent, nil
}

// ownOfPublication tells whether the key of an organ's jurisdiction is that of its publication.
func (b *lineBuilder) ownOfPublication(ctx context.Context, organ *graph.EntityData) (bool, error) {
	region, err := b.exporter.region(ctx, organ.RegionAtom)
	if err != nil || region == nil {
		return true, err
	}
	at, err := b.parser.jurisdiction(region)
	return strings.HasPrefix(at.Key(), "~"), err
}

// describe adds an organ to those that the line describes, with what it belongs to.
func (b *lineBuilder) describe(ctx context.Context, entity *graph.EntityData) error {
	if slices.ContainsFunc(b.described, func(o *graph.EntityData) bool { return o.ID == entity.ID }) {
		return nil
	}
	b.described = append(b.described, entity)
	organ, err := b.organ(ctx, entity)
	if err != nil {
		return err
	}
	b.line.Organs = append(b.line.Organs, organ)
	return b.describeAbove(ctx, entity)
}

func (b *lineBuilder) describeAbove(ctx context.Context, entity *graph.EntityData) error {
	parent, err := b.parent(ctx, entity)
	if err != nil || parent == nil {
		return err
	}
	return b.describe(ctx, parent)
}

func (b *lineBuilder) officials(ctx context.Context, e *graph.Event) error {
	for i := range e.Officials {
		o := &e.Officials[i]
		entity, err := b.must(ctx, graph.KindOfficial, o.Atom, e)
		if err != nil {
			return err
		}
		out := Official{Name: entity.Name, Title: text(o.Title), Posts: []Post{}, Role: o.Role(), Roles: o.Roles, Evidence: list(o.Evidence)}
		if out.Code, err = b.jurisdictionOf(ctx, entity, o); err != nil {
			return err
		}
		for _, p := range o.Posts {
			post, err := b.post(ctx, &p, e, !slices.ContainsFunc(o.Roles, func(r graph.OfficialRole) bool { return r != graph.RoleMentioned }))
			if err != nil {
				return err
			}
			out.Posts = append(out.Posts, post)
		}
		if o.DepartmentAtom != "" {
			organ, err := b.must(ctx, graph.KindDepartment, o.DepartmentAtom, e)
			if err != nil {
				return err
			}
			if err := b.describe(ctx, organ); err != nil {
				return err
			}
			out.Department = &organ.Name
			if told := b.lastOf(o.Posts, organ.Name); told == "" {
				out.DepartmentCode, err = b.code(ctx, organ)
			} else if told != organ.ID {
				out.DepartmentCode.Given = true
				out.DepartmentCode.Region, err = b.exporter.region(ctx, organ.RegionAtom)
			}
			if err != nil {
				return err
			}
		}
		b.line.Officials = append(b.line.Officials, out)
	}
	return nil
}

// jurisdictionOf returns whose official a link names: that of the first office with an organ; of a bare name the publication's, where
// that is how it is known, else the official's.
func (b *lineBuilder) jurisdictionOf(ctx context.Context, official *graph.EntityData, o *graph.EventOfficial) (*Region, error) {
	for i := range o.Posts {
		if p := &o.Posts[i]; p.DepartmentAtom != "" && !postOf(p.Title, p.Text, false).Membership {
			organ, err := b.entity(ctx, p.DepartmentAtom)
			if err != nil || organ == nil {
				return nil, err
			}
			return b.exporter.region(ctx, organ.RegionAtom)
		}
	}
	bare := graph.Atom{Kind: graph.KindOfficial, Code: identity.Code(b.region.Key(), b.publication), Name: fold.String(official.Name)}
	if b.line.Region != nil && official.RegionAtom != "" && bare.ID() == o.Atom {
		return b.line.Region, nil
	}
	if len(official.Atoms) == 1 {
		return b.exporter.region(ctx, official.RegionAtom)
	}
	return b.regionOfAtom(ctx, official, o.Atom)
}

// regionOfAtom returns the jurisdiction of one of the atoms of an official: who moved has several.
func (b *lineBuilder) regionOfAtom(ctx context.Context, official *graph.EntityData, atom graph.ID) (*Region, error) {
	blocks, err := b.r.Blocks(ctx, []string{identity.BlockKey(graph.Atom{Kind: official.Kind, Name: fold.String(official.Name)})})
	if err != nil {
		return nil, err
	}
	var best *graph.Fact
	for i := range blocks[0].Facts { // in their order, so that the first of equals counts
		f := &blocks[0].Facts[i]
		if f.Kind == graph.FactRegion && f.A.ID() == atom && (best == nil || f.N > best.N) {
			best = f
		}
	}
	if best == nil {
		return nil, nil
	}
	return b.exporter.region(ctx, best.B.ID())
}

// lastOf returns the organ of that name which the last post has that has one, "" for none.
func (b *lineBuilder) lastOf(posts []graph.Post, name string) graph.ID {
	for i := range slices.Backward(posts) {
		if organ := b.entities[posts[i].DepartmentAtom]; organ != nil && organ.Name == name {
			return organ.ID
		}
	}
	return ""
}

// post leaves out what its words tell.
func (b *lineBuilder) post(ctx context.Context, p *graph.Post, e *graph.Event, mentioned bool) (Post, error) {
	out := Post{Title: p.Title, Text: p.Text, From: p.From, To: p.To}
	told := postOf(p.Title, p.Text, mentioned)
	if told.Attests != p.Attests {
		attests := p.Attests
		out.Attests = &attests
	}
	if told.Rank != p.Rank {
		rank := p.Rank
		out.Rank = &rank
	}
	if told.Single != p.Single {
		single := p.Single
		out.Single = &single
	}
	if p.DepartmentAtom == "" {
		return out, nil
	}
	organ, err := b.must(ctx, graph.KindDepartment, p.DepartmentAtom, e)
	if err != nil {
		return out, err
	}
	if err := b.describe(ctx, organ); err != nil {
		return out, err
	}
	out.Department = &organ.Name
	out.Code, err = b.code(ctx, organ)
	return out, err
}

func (b *lineBuilder) locations(ctx context.Context, e *graph.Event) error {
	for i := range e.Locations {
		link := &e.Locations[i]
		entity, err := b.must(ctx, graph.KindLocation, link.Atom, e)
		if err != nil {
			return err
		}
		place := placeOf(entity)
		out := Location{
			Name: place.Name, Type: place.Type, Code: text(place.Code), Text: written(entity, link.Evidence), IsPlace: link.IsPlace, Evidence: list(link.Evidence),
		}
		above := []Place{}
		if len(link.Above) > 0 {
			if above, err = b.chain(ctx, link.Above[0]); err != nil {
				return err
			}
		}
		if told := b.parser.above(reading.Place{Name: place.Name, Type: place.Type, Code: place.Code}, b.region); !sameChain(told, above) {
			slices.Reverse(above)
			out.Above = &above
		}
		b.line.Locations = append(b.line.Locations, out)
	}
	return nil
}

func list(e []graph.Evidence) []graph.Evidence {
	if e == nil {
		return []graph.Evidence{}
	}
	return e
}

// merge makes one of what a reader of the line would take for one: two plates of an organ, of which only another event tells that they
// are one, are one here.
func (b *lineBuilder) merge() error {
	l := b.line
	if !twice(l.Officials, func(o *Official) string { return o.Name }) && !twice(l.Departments, func(d *Department) string { return d.Name }) &&
		!twice(l.Locations, func(p *Location) string { return p.Name }) {
		return nil
	}
	record, err := b.parser.record(l)
	if err != nil {
		return err
	}
	scope := identity.Scope{Publication: b.publication, Region: b.region}
	mergeAll(&l.Officials, func(i int) graph.Atom { return scope.Official(&record.Event.Officials[i])[0] }, func(have, more *Official) {
		have.Roles = graph.SortRoles(append(slices.Clone(have.Roles), more.Roles...))
		have.Role = have.Roles[0]
		if have.Title == nil {
			have.Title = more.Title
		}
		if have.Department == nil {
			have.Department = more.Department
		}
		have.Posts, have.Evidence = append(have.Posts, more.Posts...), list(slices.Concat(have.Evidence, more.Evidence))
	})
	mergeAll(&l.Departments, func(i int) graph.Atom { return scope.Organ(&record.Event.Departments[i].Organ) }, func(have, more *Department) {
		if slices.Index(graph.DepartmentRoles, more.Role) < slices.Index(graph.DepartmentRoles, have.Role) {
			have.Role = more.Role
		}
		have.Evidence = list(slices.Concat(have.Evidence, more.Evidence))
	})
	mergeAll(&l.Locations, func(i int) graph.Atom {
		p := &record.Event.Locations[i]
		return scope.Place(p.Place, p.Above)
	}, func(have, more *Location) {
		have.IsPlace = have.IsPlace || more.IsPlace
		have.Evidence = list(slices.Concat(have.Evidence, more.Evidence))
	})
	return nil
}

func twice[T any](all []T, name func(*T) string) bool {
	for i := range all {
		for j := range i {
			if name(&all[i]) == name(&all[j]) {
				return true
			}
		}
	}
	return false
}

// mergeAll joins those of a list that have one key, in the place of the first.
func mergeAll[T any](all *[]T, key func(int) graph.Atom, join func(have, more *T)) {
	at := map[graph.Atom]int{}
	var out []T
	for i := range *all {
		k := key(i)
		if have, seen := at[k]; seen {
			join(&out[have], &(*all)[i])
			continue
		}
		at[k] = len(out)
		out = append(out, (*all)[i])
	}
	if out != nil {
		*all = out
	}
}
