// Package ingest is the one way into a graph: it turns readings into batches and has the store apply them, one
// document whole or not at all.
//
// Loading the same document again changes nothing; loading documents in any order gives the same ids, order,
// cursors and answers, because ids are hashed from keys and identity is a function of the sum of all facts.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"fangzhi/graph"
	"fangzhi/graph/query"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

// Ingester brings readings into a store. It may be used by several goroutines; the store takes one at a time.
type Ingester struct {
	Store graph.Store
	// Now is the clock that LoadedAt is read from.
	Now func() time.Time
	// Log gets one line for each change of the graph; nil for none.
	Log *slog.Logger
}

// Report says what a load did.
type Report struct {
	Issue graph.Issue
	// Officials, Departments and Locations count the distinct ones that the events of the issue link to.
	Events, Officials, Departments, Locations int
	// Unchanged: the very same text was loaded before with the same options and reader, and nothing was done.
	Unchanged bool
}

// ErrEmpty is returned for a document without any event: it would keep the issue's place from the whole one.
var ErrEmpty = errors.New("no article in it")

// A ConflictError is returned for another text of an issue that is already loaded. It is a graph.ErrConflict.
type ConflictError struct {
	// Issue and Label are the loaded issue's; Loaded and File are the names of the files, "" for standard input.
	Issue                            graph.ID
	Publication, Label, Loaded, File string
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("%s %s is already loaded from %s, and %s has another text of it: nothing changed",
		e.Publication, e.Label, fileName(e.Loaded), fileName(e.File))
}

// Unwrap makes the error a graph.ErrConflict.
func (e *ConflictError) Unwrap() error { return graph.ErrConflict }

func fileName(name string) string {
	if name == "" {
		return "standard input"
	}
	return name
}

// Load brings one document into the graph. One without events is ErrEmpty. Another text of an issue that is there is a *ConflictError; the same text
// read with other options or by another reader takes the place of the earlier reading, and ids hold as in Reread.
func (in *Ingester) Load(ctx context.Context, doc *reading.Document, options graph.LoadOptions) (Report, error) {
	return in.LoadEvents(ctx, doc, slices.Values(doc.Events), options)
}

// LoadEvents is Load for a document whose events come one after another, so that nobody need hold them: doc.Events is not read.
// All have come before the graph is touched.
func (in *Ingester) LoadEvents(ctx context.Context, doc *reading.Document, events iter.Seq[reading.Event], options graph.LoadOptions) (Report, error) {
	b := in.build(ctx, doc, events, options)
	if len(b.events) == 0 {
		return Report{}, fmt.Errorf("load %s: %w", fileName(doc.File), ErrEmpty)
	}
	var report Report
	err := in.Store.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
		there, err := r.Issues(ctx, []graph.ID{b.issue.ID})
		if err != nil {
			return nil, err
		}
		var remove []graph.ID
		if old := there[0]; old != nil {
			if old.Digest != b.issue.Digest {
				return nil, &ConflictError{old.ID, doc.Issue.Publication, old.Label, old.File, doc.File}
			}
			if old.Options == options && old.Reader == reading.Version {
				b.count(identity.Resolve(b.facts)) // as far as the document alone tells
				report = b.report()
				report.Unchanged, report.Issue = true, *old
				return nil, nil
			}
			remove = append(remove, old.ID)
			kept, err := keptIssue(ctx, r, old.ID)
			if err != nil {
				return nil, err
			}
			b.redirects = redirects(kept, b, match(kept, b.events, b.bodies))
		}
		batch, err := plan(ctx, r, remove, b)
		report = b.report()
		return batch, err
	})
	if err != nil {
		return Report{}, fmt.Errorf("load %s: %w", fileName(doc.File), err)
	}
	if in.Log != nil && !report.Unchanged {
		in.Log.Info("issue loaded", "file", doc.File, "issue", report.Issue.ID, "publication", doc.Issue.Publication,
			"label", report.Issue.Label, "events", report.Events, "warnings", len(report.Issue.Warnings))
	}
	return report, nil
}

// build builds the issue of a document, and has the store read meanwhile what the update will ask for.
func (in *Ingester) build(ctx context.Context, doc *reading.Document, events iter.Seq[reading.Event], options graph.LoadOptions) *builder {
	ahead := readAhead(ctx, in.Store)
	defer ahead.end() // events may panic
	return newBuilder(doc, events, options, in.Now(), ahead.named)
}

// Preview says what Load would bring, without a graph.
func Preview(doc *reading.Document, options graph.LoadOptions) Report {
	return PreviewEvents(doc, slices.Values(doc.Events), options)
}

// PreviewEvents says what LoadEvents would bring, without a graph.
func PreviewEvents(doc *reading.Document, events iter.Seq[reading.Event], options graph.LoadOptions) Report {
	b := newBuilder(doc, events, options, time.Time{}, nil)
	b.count(identity.Resolve(b.facts))
	return b.report()
}

// Remove takes an issue out of the graph with all that only it said; graph.ErrNotFound where there is none.
func (in *Ingester) Remove(ctx context.Context, issue graph.ID) (*graph.Issue, error) {
	var removed *graph.Issue
	err := in.Store.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
		there, err := r.Issues(ctx, []graph.ID{issue})
		if err != nil {
			return nil, err
		}
		if removed = there[0]; removed == nil {
			return nil, graph.ErrNotFound
		}
		return plan(ctx, r, []graph.ID{removed.ID})
	})
	if err != nil {
		return nil, fmt.Errorf("remove issue %s: %w", issue, err)
	}
	if in.Log != nil {
		in.Log.Info("issue removed", "issue", issue, "label", removed.Label, "events", removed.EventCount)
	}
	return removed, nil
}

// plan makes the batch that takes issues out and puts the built ones in. What it reads are the blocks of the names in them:
// it rewrites no event of another issue.
func plan(ctx context.Context, r graph.Reader, remove []graph.ID, built ...*builder) (*graph.Batch, error) {
	batch := &graph.Batch{Remove: remove, Atoms: map[graph.ID]graph.ID{}}
	var removed, put [][]graph.Fact
	for _, id := range remove {
		doc, err := r.Document(ctx, id)
		if err != nil {
			return nil, err
		}
		if doc == nil {
			return nil, fmt.Errorf("document of issue %s: %w", id, graph.ErrNotFound)
		}
		removed = append(removed, doc.Facts)
	}
	for _, b := range built {
		batch.Put = append(batch.Put, b.data())
		put = append(put, b.facts)
	}
	gone, come := identity.SplitBlocks(removed...), identity.SplitBlocks(put...)
	before, err := closure(ctx, r, gone, come)
	if err != nil {
		return nil, err
	}
	var after map[string]graph.Block
	var entities, earlier, others []graph.EntityData
	var group errgroup.Group // none waits for another, and the store waits for all
	group.Go(func() error {
		after = change(before, gone, come)
		c := identity.NewChange(before, after, gone, come)
		group.Go(func() error {
			earlier, others = c.Before(), c.Same()
			return nil
		})
		entities = c.After()
		return nil
	})
	group.Go(func() error { return reports(ctx, r, batch, built, before, come) })
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for _, b := range built {
		b.count(entities)
	}
	differences(batch, earlier, entities)
	if err := recount(ctx, r, batch); err != nil {
		return nil, err
	}
	group.Go(func() error {
		for i := range batch.Entities {
			query.Spell(&batch.Entities[i])
		}
		return nil
	})
	group.Go(func() error { return publications(ctx, r, batch) })
	return batch, errors.Join(putBlocks(ctx, r, batch, before, after, gone, come, earlier, entities, others), group.Wait())
}

// closure reads the blocks that the facts touch, and those that they are tied to, before the change or after it.
func closure(ctx context.Context, r graph.Reader, gone, come map[string][]graph.Fact) (map[string]graph.Block, error) {
	want := append(sortedKeys(gone), sortedKeys(come)...) // a fact that ties stands in both blocks
	blocks := make(map[string]graph.Block, len(want))
	for len(want) > 0 {
		slices.Sort(want)
		want = slices.Compact(want)
		read, err := r.Blocks(ctx, want)
		if err != nil {
			return nil, err
		}
		var next []string
		for _, block := range read {
			blocks[block.Key] = block
			identity.Ties(&block, func(key string) { next = append(next, key) })
		}
		want = slices.DeleteFunc(next, func(key string) bool { _, known := blocks[key]; return known })
	}
	return blocks, nil
}

// change returns the blocks with the facts that go and come, without pairs; before is not changed.
func change(before map[string]graph.Block, gone, come map[string][]graph.Fact) map[string]graph.Block {
	after := make(map[string]graph.Block, len(before))
	for key, block := range before {
		after[key] = graph.Block{Key: key, Facts: block.Facts}
	}
	add := func(blocks map[string][]graph.Fact, sign int) {
		for key, facts := range blocks {
			after[key] = graph.Block{Key: key, Facts: identity.Add(after[key].Facts, facts, sign)}
		}
	}
	add(gone, -1)
	add(come, 1)
	return after
}

// differences writes what the entities become into the batch.
func differences(batch *graph.Batch, before, after []graph.EntityData) {
	old := make(map[graph.ID]*graph.EntityData, len(before))
	holds := make(map[graph.ID]graph.ID, 2*len(before))
	for i := range before {
		old[before[i].ID] = &before[i]
		for _, atom := range before[i].Atoms {
			holds[atom] = before[i].ID
		}
	}
	batch.Entities = make([]graph.EntityData, 0, len(after)) // most are others, and each is large
	for i := range after {
		e := &after[i]
		for _, atom := range e.Atoms {
			if holds[atom] != e.ID {
				batch.Atoms[atom] = e.ID
			}
			delete(holds, atom)
		}
		if was := old[e.ID]; was == nil || !equal(was, e) {
			batch.Entities = append(batch.Entities, *e)
		}
		delete(old, e.ID)
	}
	for atom := range holds {
		batch.Atoms[atom] = ""
	}
	for id := range old {
		batch.DropEntities = append(batch.DropEntities, id)
	}
	slices.Sort(batch.DropEntities)
}

// equal tells whether two entities of one id are told alike. Neither is spelled yet.
func equal(a, b *graph.EntityData) bool {
	return a.EventCount == b.EventCount && a.Kind == b.Kind && a.Name == b.Name && a.Label == b.Label && a.Type == b.Type && a.Code == b.Code &&
		a.ValidFrom == b.ValidFrom && a.ValidTo == b.ValidTo && a.RegionAtom == b.RegionAtom && a.ParentAtom == b.ParentAtom &&
		slices.Equal(a.Aliases, b.Aliases) && slices.Equal(a.Atoms, b.Atoms) &&
		slices.Equal(a.SuccessorAtoms, b.SuccessorAtoms) && slices.Equal(a.PredecessorAtoms, b.PredecessorAtoms)
}

// recount counts the events of organs and places with several atoms one by one: an article may name two plates that only
// another article tells to be one organ, and facts count each. Of officials one article links one atom at most.
func recount(ctx context.Context, r graph.Reader, batch *graph.Batch) error {
	for i := range batch.Entities {
		e := &batch.Entities[i]
		if e.Kind == graph.KindOfficial || len(e.Atoms) < 2 {
			continue
		}
		f := graph.Filter{Links: []graph.LinkCondition{e.Linked()}}
		count, err := r.Count(ctx, f)
		if err != nil {
			return err
		}
		for _, d := range batch.Put {
			for _, event := range d.Events {
				if f.Matches(event) {
					count++
				}
			}
		}
		if f.Issues = batch.Remove; len(f.Issues) > 0 {
			gone, err := r.Count(ctx, f)
			if err != nil {
				return err
			}
			count -= gone
		}
		e.EventCount = count
	}
	return nil
}

// publications shows each publication that the batch touches as its latest issue prints it, and drops those whose last
// issue goes.
func publications(ctx context.Context, r graph.Reader, batch *graph.Batch) error {
	latest := map[graph.ID]*graph.Issue{}
	removed, err := r.Issues(ctx, batch.Remove)
	if err != nil {
		return err
	}
	for _, issue := range removed {
		if issue != nil {
			latest[issue.PublicationID] = nil
		}
	}
	for _, d := range batch.Put {
		if last := latest[d.Issue.PublicationID]; last == nil || d.Issue.Order > last.Order {
			latest[d.Issue.PublicationID] = &d.Issue
		}
	}
	for _, id := range slices.Sorted(maps.Keys(latest)) {
		last := latest[id]
		there, err := r.LastIssue(ctx, id, batch.Remove)
		if err != nil {
			return err
		}
		if there != nil && (last == nil || there.Order > last.Order) {
			last = there
		}
		if last == nil {
			batch.DropPublications = append(batch.DropPublications, id)
		} else {
			batch.Publications = append(batch.Publications, last.Masthead)
		}
	}
	return nil
}

// IsConflict tells whether an error says that another text of the issue is loaded.
func IsConflict(err error) (*ConflictError, bool) {
	var conflict *ConflictError
	ok := errors.As(err, &conflict)
	return conflict, ok
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
