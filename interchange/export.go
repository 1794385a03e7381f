package interchange

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"slices"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Export writes the events that the filter leaves of a graph, a line each, and returns how many. They come issue by issue in the
// order of Reader.IssueList, in an issue by place, date and words; so the same graph gives the same bytes. Of events it holds those of
// one issue at a time, and their bodies a few at a time.
func Export(ctx context.Context, r graph.Reader, f graph.Filter, w io.Writer) (int, error) {
	x := &exporter{r: r, w: w, entities: map[graph.ID]*graph.EntityData{}, regions: map[graph.ID]*Region{}, parser: NewParser()}
	issues, err := x.issues(ctx, f)
	if err != nil {
		return 0, err
	}
	for _, id := range issues {
		if err := x.issue(ctx, f, id); err != nil {
			return x.written, err
		}
	}
	return x.written, nil
}

// exporter lives for one Export.
type exporter struct {
	r        graph.Reader
	w        io.Writer
	written  int
	entities map[graph.ID]*graph.EntityData // by atom; nil for none
	regions  map[graph.ID]*Region           // by atom of the division
	parser   *Parser
	last     *graph.Event // whose line was made before
	// publication is the key of that of the issue at hand.
	publication string
}

// issues returns the ids of the issues that have events which the filter leaves, in their order.
func (x *exporter) issues(ctx context.Context, f graph.Filter) ([]graph.ID, error) {
	all, err := x.r.IssueList(ctx, "")
	if err != nil || allOf(f) {
		return all, err
	}
	found := map[graph.ID]bool{}
	err = x.r.Each(ctx, f, func(e *graph.Event) error {
		found[e.IssueID] = true
		return nil
	})
	return slices.DeleteFunc(slices.Clone(all), func(id graph.ID) bool { return !found[id] }), err
}

// allOf tells whether a filter leaves every event.
func allOf(f graph.Filter) bool {
	return f.Days == graph.DayRange{} && f.Month == 0 && f.Dated == nil && f.ConfidenceBelow == nil && f.MaxDays == 0 && len(f.Texts) == 0 &&
		f.OnePerEvent == nil && !f.Nothing && len(f.Basis)+len(f.Precision)+len(f.Kinds)+len(f.Links)+len(f.Sections)+len(f.Publications)+len(f.Issues) == 0
}

func (x *exporter) issue(ctx context.Context, f graph.Filter, id graph.ID) error {
	issues, err := x.r.Issues(ctx, []graph.ID{id})
	if err != nil || issues[0] == nil {
		return err
	}
	if len(f.Issues) == 0 || slices.Contains(f.Issues, id) {
		f.Issues = []graph.ID{id}
	}
	var events []*graph.Event
	err = x.r.Each(ctx, f, func(e *graph.Event) error {
		events = append(events, e)
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(events, compareEvents)
	x.publication = issues[0].Masthead.Key
	head, region, err := x.head(ctx, issues[0])
	if err != nil {
		return err
	}
	const atOnce = 128 // bodies in memory
	var run []string   // lines of events that nothing but their lines tells apart
	for chunk := range slices.Chunk(events, atOnce) {
		bodies, err := x.fetch(ctx, chunk)
		if err != nil {
			return err
		}
		for i, e := range chunk {
			line, err := x.line(ctx, head, region, e, bodies[i])
			if err != nil {
				return err
			}
			if x.last != nil && compareEvents(x.last, e) != 0 {
				if run, err = x.flush(run); err != nil {
					return err
				}
			}
			x.last = e
			run = append(run, line)
		}
	}
	_, err = x.flush(run)
	return err
}

// compareEvents is the order of the events of an issue: by place, those without one first, then by date and words.
func compareEvents(a, b *graph.Event) int {
	return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Date.EDTF.String(), b.Date.EDTF.String()),
		cmp.Compare(a.Section, b.Section), cmp.Compare(a.Title, b.Title), cmp.Compare(a.PrintedTitle, b.PrintedTitle), cmp.Compare(a.Page, b.Page))
}

// flush writes lines in their order and returns an empty list.
func (x *exporter) flush(lines []string) ([]string, error) {
	slices.Sort(lines)
	for _, line := range lines {
		if _, err := io.WriteString(x.w, line); err != nil {
			return nil, err
		}
		x.written++
	}
	return lines[:0], nil
}

// fetch reads the bodies of events, and the entities that they name where they are not known yet.
func (x *exporter) fetch(ctx context.Context, events []*graph.Event) ([]string, error) {
	ids := make([]graph.ID, len(events))
	var atoms []graph.ID
	for i, e := range events {
		ids[i] = e.ID
		for j := range e.Officials {
			o := &e.Officials[j]
			atoms = append(atoms, o.Atom, o.DepartmentAtom)
			for k := range o.Posts {
				atoms = append(atoms, o.Posts[k].DepartmentAtom)
			}
		}
		for j := range e.Departments {
			atoms = append(atoms, e.Departments[j].Atom)
		}
		for j := range e.Locations {
			atoms = append(append(atoms, e.Locations[j].Atom), e.Locations[j].Above...)
		}
	}
	if err := x.learn(ctx, atoms); err != nil {
		return nil, err
	}
	return x.r.Bodies(ctx, ids)
}

// maxEntities bounds how many entities are kept.
const maxEntities = 50_000

func (x *exporter) learn(ctx context.Context, atoms []graph.ID) error {
	if len(x.entities) > maxEntities {
		clear(x.entities)
		clear(x.regions)
	}
	slices.Sort(atoms)
	atoms = slices.DeleteFunc(slices.Compact(atoms), func(id graph.ID) bool {
		_, known := x.entities[id]
		return known || id == ""
	})
	if len(atoms) == 0 {
		return nil
	}
	found, err := x.r.Entities(ctx, atoms)
	for i, e := range found {
		x.entities[atoms[i]] = e
	}
	return err
}

// entity returns the entity that holds an atom, nil for none.
func (x *exporter) entity(ctx context.Context, atom graph.ID) (*graph.EntityData, error) {
	if atom == "" {
		return nil, nil
	}
	if e, known := x.entities[atom]; known {
		return e, nil
	}
	err := x.learn(ctx, []graph.ID{atom})
	return x.entities[atom], err
}

// maxDepth bounds the chain of what lies above a thing, whatever facts say.
const maxDepth = 12

// region returns the jurisdiction whose division an atom names, in the shortest form that reads back as it is; nil for none.
func (x *exporter) region(ctx context.Context, atom graph.ID) (*Region, error) {
	if atom == "" {
		return nil, nil
	}
	if r, known := x.regions[atom]; known {
		return r, nil
	}
	places, err := x.chain(ctx, atom)
	if err != nil {
		return nil, err
	}
	r := x.spell(places)
	x.regions[atom] = r
	return r, nil
}

// chain returns a division with all around it, the outermost first. Above one with a code stands what its code tells: what else a
// document of another publication may have said of it is no matter of this one.
func (x *exporter) chain(ctx context.Context, atom graph.ID) ([]Place, error) {
	var places []Place // innermost first
	for at := atom; at != "" && len(places) < maxDepth; {
		e, err := x.entity(ctx, at)
		if err != nil {
			return nil, err
		}
		if e == nil || e.Code == "" && len(places) > 0 && places[len(places)-1].Code != "" {
			break
		}
		places = append(places, placeOf(e))
		at = e.ParentAtom
		if above, inTable := aboveCode(e.Code); inTable {
			for j := above; j.Known(); j = j.Parent() {
				self := j.Self()
				known, err := x.entity(ctx, graph.Atom{Kind: graph.KindLocation, Code: self.Code}.ID())
				if err != nil {
					return nil, err
				}
				if known != nil {
					self.Name, self.Type = known.Name, graph.LocationKind(known.Type)
				}
				places = append(places, Place{Name: self.Name, Type: self.Type, Code: self.Code})
			}
			break
		}
	}
	slices.Reverse(places)
	return places, nil
}

func placeOf(e *graph.EntityData) Place {
	return Place{Name: e.Name, Type: graph.LocationKind(e.Type), Code: e.Code}
}

// spell returns the shortest form of a jurisdiction that reads back as it is.
func (x *exporter) spell(places []Place) *Region {
	if len(places) == 0 {
		return nil
	}
	names := ""
	for _, p := range places {
		names += p.Name
	}
	for _, text := range []string{places[len(places)-1].Code, names} {
		r := &Region{Text: text}
		if j, err := x.parser.jurisdiction(r); err == nil && sameChain(j, places) {
			return r
		}
	}
	return &Region{Chain: places}
}

func sameChain(j reading.Jurisdiction, places []Place) bool {
	return slices.EqualFunc(j.Chain, places, func(a reading.Place, b Place) bool {
		return a.Name == b.Name && a.Type == b.Type && a.Code == b.Code
	})
}

// head returns the part of a line that is the issue's, and its jurisdiction.
func (x *exporter) head(ctx context.Context, is *graph.Issue) (Line, reading.Jurisdiction, error) {
	label := is.Label
	l := Line{
		Publication: is.Masthead.Title, Publisher: text(is.Masthead.Publisher),
		Issue: &Issue{
			Label: &label, Number: is.Number, NumberTo: is.NumberTo, Year: is.Year, Month: is.Month, MonthTo: is.MonthTo, Published: is.Published,
			Digest: digestOf(is),
		},
	}
	var err error
	if l.Region, err = x.region(ctx, is.Masthead.RegionAtom); err != nil || l.Region == nil {
		return l, reading.Jurisdiction{}, err
	}
	region, err := x.parser.jurisdiction(l.Region)
	return l, region, err
}

// digestOf returns what the key of an issue has in the place of a date and a number.
func digestOf(is *graph.Issue) string {
	const digits = 64
	at := len(is.Key) - digits
	if at < 1 || is.Key[at-1] != '|' || is.Key[:at-1] != is.Masthead.Key {
		return ""
	}
	return is.Key[at:]
}

// line prints one event, with its line feed.
func (x *exporter) line(ctx context.Context, head Line, region reading.Jurisdiction, e *graph.Event, body string) (string, error) {
	l := head
	b := lineBuilder{exporter: x, line: &l, region: region, publication: x.publication}
	if err := b.fill(ctx, e, body); err != nil {
		return "", err
	}
	if err := b.merge(); err != nil {
		return "", err
	}
	printed, err := encode(&l)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	out.Grow(len(printed) + 1)
	out.Write(printed)
	out.WriteByte('\n')
	return out.String(), nil
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
