package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/loader/reading"
	"fangzhi/loader/source"
)

// A Reader reads the kept text of a document as today's loader does. file is what the document was called.
type Reader func(file, text string, options graph.LoadOptions) ([]reading.Document, error)

// Changes say what reading an issue again changes.
type Changes struct {
	// Before is the issue as it was, After as it is read now.
	Before, After graph.Issue
	// Changed: anything at all that the graph keeps of the issue, but for the reader's version.
	Changed bool
	// Added and Removed are the titles of events, in the order of the issue.
	Added, Removed []string
	// Dates and Titles are of events that stay.
	Dates, Titles []Change
	// Links counts the links that come and go, by what they lead to, those of events that come and go included.
	Links map[graph.EntityKind]LinkChanges
}

// Change is one value of an event that was read otherwise before.
type Change struct{ Title, From, To string }

// LinkChanges counts links.
type LinkChanges struct{ Added, Removed int }

// ErrNotOne is returned for a kept text in which today's reader does not find exactly one issue.
var ErrNotOne = errors.New("the kept text does not read as one issue")

// Reread reads the kept text of an issue again, with the options of its load, and puts the new reading in the place of the old,
// whole or not at all. Ids hold: events match by id, then by body, and those that go by another id since are found by the old one
// too. With dryRun nothing is written. The issue's LoadedAt stays. An imported issue has no text, and stays as it is.
//
// Errors are those of read, ErrNotOne, ErrEmpty, graph.ErrNotFound, and a *ConflictError where the text now reads as an issue that is
// there already.
func (in *Ingester) Reread(ctx context.Context, issue graph.ID, read Reader, dryRun bool) (Changes, error) {
	var changes Changes
	err := in.Store.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
		old, err := keptIssue(ctx, r, issue)
		if err != nil {
			return nil, err
		}
		if old.Issue.Dialect == reading.DialectInterchange {
			changes = Changes{Before: old.Issue, After: old.Issue}
			return nil, nil
		}
		doc, err := readKept(old, read)
		if err != nil {
			return nil, err
		}
		b := newBuilder(doc, slices.Values(doc.Events), old.Issue.Options, old.Issue.LoadedAt, nil)
		if err := freePlace(ctx, r, &old.Issue, b); err != nil {
			return nil, err
		}
		pairs := match(old, b.events, b.bodies)
		b.redirects = redirects(old, b, pairs)
		if changes, err = compare(old, b, pairs); err != nil {
			return nil, err
		}
		if dryRun || !changes.Changed && old.Issue.Reader == b.issue.Reader {
			return nil, nil
		}
		return plan(ctx, r, []graph.ID{old.Issue.ID}, b)
	})
	if err != nil {
		return Changes{}, fmt.Errorf("reread issue %s: %w", issue, err)
	}
	if in.Log != nil && changes.Changed && !dryRun {
		in.Log.Info("issue read again", "issue", changes.After.ID, "label", changes.After.Label, "reader", changes.After.Reader, "before", changes.Before.Reader)
	}
	return changes, nil
}

// keptIssue reads all that the graph has of an issue.
func keptIssue(ctx context.Context, r graph.Reader, id graph.ID) (*graph.IssueData, error) {
	issues, err := r.Issues(ctx, []graph.ID{id})
	if err != nil {
		return nil, err
	}
	if issues[0] == nil {
		return nil, graph.ErrNotFound
	}
	old := &graph.IssueData{Issue: *issues[0]}
	document, err := r.Document(ctx, old.Issue.ID)
	if err != nil {
		return nil, err
	}
	if document == nil {
		return nil, fmt.Errorf("its document: %w", graph.ErrNotFound)
	}
	old.Document = *document
	err = r.Each(ctx, graph.Filter{Issues: []graph.ID{old.Issue.ID}}, func(e *graph.Event) error {
		old.Events = append(old.Events, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(old.Events, func(a, b *graph.Event) int { return cmp.Compare(a.Place, b.Place) })
	ids := make([]graph.ID, len(old.Events))
	for i, e := range old.Events {
		ids[i] = e.ID
	}
	old.Bodies, err = r.Bodies(ctx, ids)
	return old, err
}

// readKept reads the text of an issue again. Its warnings count lines as in the file that it came from, and what the bytes of that
// file had wrong is still told.
func readKept(old *graph.IssueData, read Reader) (*reading.Document, error) {
	documents, err := read(old.Issue.File, old.Document.Text, old.Issue.Options)
	if err != nil {
		return nil, err
	}
	if len(documents) != 1 {
		return nil, fmt.Errorf("%w: %d issues", ErrNotOne, len(documents))
	}
	doc := &documents[0]
	if len(doc.Events) == 0 {
		return nil, ErrEmpty
	}
	doc.File, doc.Text, doc.FirstLine = old.Issue.File, old.Document.Text, old.Document.FirstLine
	doc.Warnings = keepOfBytes(old.Issue.Warnings, doc)
	return doc, nil
}

// keepOfBytes returns the warnings of a reading, with those that only the bytes of the file could give as they were.
func keepOfBytes(old []graph.IngestWarning, doc *reading.Document) []graph.IngestWarning {
	ofBytes := func(w graph.IngestWarning) bool {
		return w.Code == source.WarnUndecodable || w.Code == source.WarnControl
	}
	kept := slices.DeleteFunc(slices.Clone(old), func(w graph.IngestWarning) bool { return !ofBytes(w) })
	var warnings []graph.IngestWarning
	for _, w := range doc.Warnings {
		if w.Line > 0 {
			w.Line += max(doc.FirstLine, 1) - 1
		}
		if at := slices.IndexFunc(kept, func(k graph.IngestWarning) bool { return k.Code == w.Code }); at >= 0 {
			w = kept[at]
			kept = slices.Delete(kept, at, at+1)
		}
		warnings = append(warnings, w)
	}
	warnings = append(warnings, kept...)
	slices.SortStableFunc(warnings, func(a, b graph.IngestWarning) int { return cmp.Compare(a.Line, b.Line) })
	return warnings
}

// freePlace refuses a reading whose key is that of another issue which is there.
func freePlace(ctx context.Context, r graph.Reader, old *graph.Issue, b *builder) error {
	if b.issue.ID == old.ID {
		return nil
	}
	there, err := r.Issues(ctx, []graph.ID{b.issue.ID})
	if err != nil || there[0] == nil || there[0].ID == old.ID {
		return err
	}
	return &ConflictError{there[0].ID, b.doc.Issue.Publication, there[0].Label, there[0].File, old.File}
}

// sameBody is how much of two bodies is the same where they are one article read twice.
const sameBody = 0.6

// nearPlaces is how far apart in an issue two readings of one article are looked for: where sections are cut otherwise hundreds of
// ids change, and every two would be compared.
const nearPlaces = 300

// match pairs the events of two readings, by the places in their slices: by id, then by equal bodies, then the most similar bodies
// first, one to one.
func match(old *graph.IssueData, events []*graph.Event, bodies []string) map[int]int {
	pairs := map[int]int{} // old to new
	byID := map[graph.ID]int{}
	for j, e := range events {
		byID[e.ID] = j
	}
	taken := map[int]bool{}
	pair := func(i, j int) { pairs[i], taken[j] = j, true }
	for i, e := range old.Events {
		if j, ok := byID[e.ID]; ok {
			pair(i, j)
		}
	}
	byBody := map[string][]int{}
	for j, body := range bodies {
		if !taken[j] {
			byBody[fold.String(body)] = append(byBody[fold.String(body)], j)
		}
	}
	left := func() (list []int) {
		for i := range old.Events {
			if _, ok := pairs[i]; !ok {
				list = append(list, i)
			}
		}
		return list
	}
	for _, i := range left() {
		if list := byBody[fold.String(old.Bodies[i])]; len(list) > 0 {
			pair(i, list[0])
			byBody[fold.String(old.Bodies[i])] = list[1:]
		}
	}
	for _, c := range similar(left(), old.Bodies, taken, bodies) {
		if _, ok := pairs[c.old]; !ok && !taken[c.new] {
			pair(c.old, c.new)
		}
	}
	return pairs
}

// candidate is two bodies that may be one article.
type candidate struct {
	old, new int
	share    float64
}

// similar returns the candidates among those that are left, the most similar first, then in the order of the issue.
func similar(left []int, bodies []string, taken map[int]bool, others []string) []candidate {
	if len(left) == 0 {
		return nil
	}
	grams := make([][]uint64, len(others))
	var all []candidate
	for _, i := range left {
		own := bodyGrams(bodies[i])
		for j := max(i-nearPlaces, 0); j < min(i+nearPlaces, len(others)); j++ {
			if taken[j] {
				continue
			}
			if grams[j] == nil {
				grams[j] = bodyGrams(others[j])
			}
			if share := similarity(own, grams[j]); share >= sameBody {
				all = append(all, candidate{i, j, share})
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new))
	})
	return all
}

// redirects leads from every id that the issue and its events ever had to those that they have; none from an id that is one of them.
func redirects(old *graph.IssueData, b *builder, pairs map[int]int) map[graph.ID]graph.ID {
	now := map[graph.ID]graph.ID{old.Issue.ID: b.issue.ID}
	for i, j := range pairs {
		now[old.Events[i].ID] = b.events[j].ID
	}
	taken := map[graph.ID]bool{b.issue.ID: true}
	for _, e := range b.events {
		taken[e.ID] = true
	}
	var out map[graph.ID]graph.ID
	add := func(from, to graph.ID) {
		if to == "" || taken[from] {
			return
		}
		if out == nil {
			out = map[graph.ID]graph.ID{}
		}
		out[from] = to
	}
	for from, to := range old.Document.Redirects {
		add(from, now[to])
	}
	for from, to := range now {
		add(from, to)
	}
	return out
}

// compare says what the new reading changes.
func compare(old *graph.IssueData, b *builder, pairs map[int]int) (Changes, error) {
	c := Changes{Before: old.Issue, After: b.issue, Links: map[graph.EntityKind]LinkChanges{}}
	kept := map[int]bool{}
	for i, e := range old.Events {
		j, ok := pairs[i]
		if !ok {
			c.Removed = append(c.Removed, e.Title)
			c.countLinks(e, nil)
			continue
		}
		kept[j] = true
		now := b.events[j]
		if e.Title != now.Title {
			c.Titles = append(c.Titles, Change{now.Title, e.Title, now.Title})
		}
		if from, to := e.Date.EDTF.String(), now.Date.EDTF.String(); from != to {
			c.Dates = append(c.Dates, Change{now.Title, from, to})
		}
		c.countLinks(e, now)
	}
	for j, e := range b.events {
		if !kept[j] {
			c.Added = append(c.Added, e.Title)
			c.countLinks(nil, e)
		}
	}
	before := graph.IssueData{Issue: old.Issue, Document: old.Document, Events: old.Events, Bodies: old.Bodies}
	before.Issue.Reader = b.issue.Reader
	same, err := graph.KeptAlike(&before, b.data())
	c.Changed = !same
	return c, err
}

// countLinks counts what one reading of an event links to and the other does not; nil for an event that is not there.
func (c *Changes) countLinks(old, now *graph.Event) {
	atoms := func(e *graph.Event) map[graph.EntityKind]map[graph.ID]bool {
		all := map[graph.EntityKind]map[graph.ID]bool{}
		for _, kind := range graph.EntityKinds {
			all[kind] = map[graph.ID]bool{}
		}
		if e == nil {
			return all
		}
		for i := range e.Officials {
			all[graph.KindOfficial][e.Officials[i].Atom] = true
		}
		for i := range e.Departments {
			all[graph.KindDepartment][e.Departments[i].Atom] = true
		}
		for i := range e.Locations {
			all[graph.KindLocation][e.Locations[i].Atom] = true
		}
		return all
	}
	before, after := atoms(old), atoms(now)
	for _, kind := range graph.EntityKinds {
		count := c.Links[kind]
		for atom := range after[kind] {
			if !before[kind][atom] {
				count.Added++
			}
		}
		for atom := range before[kind] {
			if !after[kind][atom] {
				count.Removed++
			}
		}
		if count != (LinkChanges{}) {
			c.Links[kind] = count
		}
	}
}
