package query

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
)

// TenureArgs asks for a list of office-holders (职官表). All conditions hold together.
type TenureArgs struct {
	// Region is the id of a location: the organ is of it or of what lies below it; so is the holder, where no text
	// tells the organ.
	Region graph.ID
	// Department and Official are ids of entities or of their atoms.
	Department, Official graph.ID
	// Title is a post without its organ (区长), or with it as a text writes it (云河区区长).
	Title string
	// On leaves the tenures of that day; zero for all.
	On edtf.Day
	// Match with On: CERTAIN (the default, also for "") leaves those whose attested or stated bounds contain the day, POSSIBLE also
	// those that neither a stated bound nor another holder of a one-person post excludes.
	Match graph.DateMatch
	Page  PageArgs
}

// Tenures returns a page of the posts that events bear witness to, in the rank order of posts: by rank, an unknown one
// last, then the organ's name, then the title; the holders of a post by the first attestation, then by name.
func Tenures(ctx context.Context, r graph.Reader, a TenureArgs) (*TenureConnection, error) {
	if _, err := a.Page.check(); err != nil {
		return nil, err
	}
	given := slices.DeleteFunc([]graph.ID{a.Official, a.Department, a.Region}, func(id graph.ID) bool { return id == "" })
	found, err := r.Entities(ctx, given)
	if err != nil {
		return nil, err
	}
	named := map[graph.ID]*graph.EntityData{}
	for i, id := range given {
		named[id] = found[i]
	}
	official, department, region := named[a.Official], named[a.Department], named[a.Region]
	for _, missing := range []bool{
		a.Official != "" && (official == nil || official.Kind != graph.KindOfficial),
		a.Department != "" && (department == nil || department.Kind != graph.KindDepartment),
		a.Region != "" && (region == nil || region.Kind != graph.KindLocation),
	} {
		if missing {
			return pageOf(listTenures, nil, a.Page, tenureEdge)
		}
	}
	book := newBook(r)
	switch {
	case official != nil:
		err = book.readOfficial(ctx, official)
	case department != nil:
		err = book.readPosts(ctx, []*graph.EntityData{department})
	default:
		err = book.read(ctx, graph.Filter{})
	}
	if err != nil {
		return nil, err
	}
	terms := slices.DeleteFunc(book.terms(), func(t *term) bool {
		return official != nil && t.official != official.ID || department != nil && t.department != department.ID || !t.called(a.Title)
	})
	if terms, err = book.inRegion(ctx, a.Region, terms); err != nil {
		return nil, err
	}
	if a.On != 0 {
		terms = slices.DeleteFunc(terms, func(t *term) bool { return !t.on(a.On, a.Match) })
	}
	items := make([]item[*term], len(terms))
	for i, t := range terms {
		items[i] = item[*term]{book.rankKey(t), t}
	}
	c, err := pageOf(listTenures, items, a.Page, tenureEdge)
	if err != nil {
		return nil, err
	}
	return c, book.attest(ctx, c.Nodes(), terms)
}

func tenureEdge(t *term, cursor string) TenureEdge { return TenureEdge{cursor, &t.Tenure} }

// TenuresOf returns the posts that an official held as events bear witness to them, oldest first; those of which no
// attestation is dated come last. Articles of every kind bear witness.
func TenuresOf(ctx context.Context, r graph.Reader, official *graph.EntityData) ([]*graph.Tenure, error) {
	book := newBook(r)
	if err := book.readOfficial(ctx, official); err != nil {
		return nil, err
	}
	terms := slices.DeleteFunc(book.terms(), func(t *term) bool { return t.official != official.ID })
	slices.SortFunc(terms, func(a, b *term) int {
		return cmp.Or(cmp.Compare(a.witnesses[0].key, b.witnesses[0].key), cmp.Compare(book.rankKey(a), book.rankKey(b)))
	})
	tenures := make([]*graph.Tenure, len(terms))
	for i, t := range terms {
		tenures[i] = &t.Tenure
	}
	return tenures, book.attest(ctx, tenures, terms)
}

// Attestations returns a page of what a tenure is derived from, in the order of events.
func Attestations(t *graph.Tenure, page PageArgs) (*AttestationConnection, error) {
	items := make([]item[*graph.Attestation], len(t.Attestations))
	for i := range t.Attestations {
		w := &t.Attestations[i]
		items[i] = item[*graph.Attestation]{sortKey(w.Event.SortKey()).up(attestationOrder(w.Kind)), w}
	}
	return pageOf(listAttestation, items, page, func(w *graph.Attestation, cursor string) AttestationEdge { return AttestationEdge{cursor, w} })
}

// attestationOrder is how several attestations of one event follow each other: what begins a tenure, what goes on, what ends it.
func attestationOrder(kind graph.AttestationKind) int {
	return slices.Index([]graph.AttestationKind{graph.AttestsAppointed, graph.AttestsRoster, graph.AttestsHeld, graph.AttestsRemoved}, kind)
}

// inRegion leaves the terms whose organ, or else holder, lies within the region; all for "".
func (b *book) inRegion(ctx context.Context, region graph.ID, terms []*term) ([]*term, error) {
	if region == "" {
		return terms, nil
	}
	var bearers []*graph.EntityData
	for _, t := range terms {
		bearers = append(bearers, b.bearer(t))
	}
	kept, err := within(ctx, b.reader, region, bearers)
	if err != nil {
		return nil, err
	}
	in := map[graph.ID]bool{}
	for _, d := range kept {
		in[d.ID] = true
	}
	return slices.DeleteFunc(terms, func(t *term) bool { return !in[b.bearer(t).ID] }), nil
}

// bearer is who tells the region of a post.
func (b *book) bearer(t *term) *graph.EntityData {
	if d := b.byID[t.department]; d != nil {
		return d
	}
	return b.byID[t.official]
}

// rankKey is the place of a term in a list of office-holders.
func (b *book) rankKey(t *term) sortKey {
	key := sortKey("").up(cmp.Or(t.Rank, math.MaxInt32))
	if d := b.byID[t.department]; d != nil {
		key = key.up(0).named(d)
	} else {
		key = key.up(1)
	}
	return key.text(t.folded).up(int(cmp.Or(t.witnesses[0].day, lastDay))).named(b.byID[t.official]).text(string(t.witnesses[0].event))
}

// called tells whether the post has the title, with or without its organ; "" is every title.
func (t *term) called(title string) bool {
	folded := fold.String(title)
	return folded == "" || folded == t.folded || slices.ContainsFunc(t.witnesses, func(w *witness) bool { return fold.String(w.text) == folded })
}

// errTooMany says that a question would look at more attestations than it may.
func errTooMany() error {
	return fmt.Errorf("%w: more than %d attestations; ask for one official, department or region", graph.ErrLimit, limits.witnesses)
}
