package ingest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"time"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

// What comes in the interchange form: events that others made, an issue at a time and many issues in one batch.
// docs/decisions/0013-interchange.md says why.

// IssueKey returns what the id of an issue is hashed from: see graph.Issue.Key. publication is its PublicationKey.
func IssueKey(publication string, is *reading.Issue) string {
	return issueKey(publication, is, is.Digest)
}

// Prepared is an issue that is built and ready for Import. Building one asks no graph, so several goroutines may.
type Prepared struct {
	doc      *reading.Document
	b        *builder
	contents [][sha256.Size]byte // of the events
}

// Prepare builds an imported document (reading.Document.Imported). What becomes of it hangs on the set of its events, whatever
// their order. It sorts doc.Events.
func Prepare(doc *reading.Document, now time.Time) (*Prepared, error) {
	slices.SortStableFunc(doc.Events, compareEvents)
	doc.Issue.Dialect, doc.Issue.Sections = reading.DialectInterchange, nil
	for i := range doc.Events {
		if s := doc.Events[i].Section; s != "" && !slices.Contains(doc.Issue.Sections, s) {
			doc.Issue.Sections = append(doc.Issue.Sections, s)
		}
	}
	p := &Prepared{doc: doc}
	if err := p.build(now); err != nil {
		return nil, err
	}
	if p.sortEqual() {
		if err := p.build(now); err != nil {
			return nil, err
		}
	}
	p.b.issue.Digest = addDigests("", p.contents)
	return p, nil
}

func (p *Prepared) build(now time.Time) error {
	p.b, p.contents = newBuilder(p.doc, slices.Values(p.doc.Events), graph.LoadOptions{}, now, nil), p.contents[:0]
	for i, e := range p.b.events {
		content, err := graph.Content(e, p.b.bodies[i])
		if err != nil {
			return fmt.Errorf("event %s: %w", e.ID, err)
		}
		p.contents = append(p.contents, content)
	}
	return nil
}

// sortEqual brings the events that compareEvents does not tell apart into the order of their contents, and tells whether any moved.
func (p *Prepared) sortEqual() (moved bool) {
	events := p.doc.Events
	for first := 0; first < len(events); {
		last := first + 1
		for last < len(events) && compareEvents(events[first], events[last]) == 0 {
			last++
		}
		order := make([]int, last-first)
		for i := range order {
			order[i] = first + i
		}
		slices.SortStableFunc(order, func(i, j int) int { return bytes.Compare(p.contents[i][:], p.contents[j][:]) })
		if !slices.IsSorted(order) {
			moved = true
			run := slices.Clone(events[first:last])
			for i, at := range order {
				events[first+i] = run[at-first]
			}
		}
		first = last
	}
	return moved
}

// compareEvents is the order of the events of an imported issue: by place, those without one first, then by date and words.
func compareEvents(a, b reading.Event) int {
	return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.Date.EDTF.String(), b.Date.EDTF.String()), cmp.Compare(a.Section, b.Section),
		cmp.Compare(a.Title, b.Title), cmp.Compare(a.PrintedTitle, b.PrintedTitle), cmp.Compare(a.Page, b.Page), cmp.Compare(a.Body, b.Body))
}

// addDigests adds the contents of events to the digest of an issue, in hex: a sum, so that their order cannot matter.
func addDigests(digest string, contents [][sha256.Size]byte) string {
	sum := new(big.Int)
	sum.SetString(digest, 16)
	for i := range contents {
		sum.Add(sum, new(big.Int).SetBytes(contents[i][:]))
	}
	sum.Mod(sum, new(big.Int).Lsh(big.NewInt(1), 8*sha256.Size))
	return hex.EncodeToString(sum.FillBytes(make([]byte, sha256.Size)))
}

// Events returns how many events the issue has.
func (p *Prepared) Events() int { return len(p.b.events) }

// Outcome says what became of an issue that was imported: how many events the graph had not yet, and how many it had.
type Outcome struct {
	Issue        graph.ID
	Added, There int
}

// An EventConflictError is returned for an event of an issue that is there and says otherwise. It is a graph.ErrConflict.
type EventConflictError struct {
	// Line is reading.Event.Line of the event.
	Line int
	// Issue and Label are those of the issue that is there, Loaded is its file.
	Issue         graph.ID
	Label, Loaded string
	// Text tells that the issue was read from a text, which has no such event; else an event of this title and date has other words.
	Text bool
}

func (e *EventConflictError) Error() string {
	if e.Text {
		return fmt.Sprintf("issue %s was read from %s, which has no such event: nothing of the issue is changed", e.Label, fileName(e.Loaded))
	}
	return fmt.Sprintf("issue %s from %s has an event of this title and date with other words: nothing of the issue is changed", e.Label, fileName(e.Loaded))
}

// Unwrap makes the error a graph.ErrConflict.
func (e *EventConflictError) Unwrap() error { return graph.ErrConflict }

// Import brings issues in, all or none of them, in one batch; each must be another one. Events that the graph has are passed over, so
// that an import that was interrupted can be started again; others join the imported issue that is there. An issue that was read from
// a text takes none: the first event that it has not is an *EventConflictError.
func (in *Ingester) Import(ctx context.Context, issues []*Prepared) ([]Outcome, error) {
	var outcomes []Outcome
	err := in.Store.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
		var remove []graph.ID
		var built []*builder
		outcomes = outcomes[:0]
		ids := make([]graph.ID, len(issues))
		for i, p := range issues {
			ids[i] = p.b.issue.ID
		}
		there, err := r.Issues(ctx, ids)
		if err != nil {
			return nil, err
		}
		for i, p := range issues {
			b, added := p.b, len(p.b.events)
			if there[i] != nil {
				if b, added, err = p.beside(ctx, r, there[i]); err != nil {
					return nil, err
				}
				if b != nil {
					remove = append(remove, there[i].ID)
				}
			}
			if b != nil {
				built = append(built, b)
			}
			outcomes = append(outcomes, Outcome{Issue: ids[i], Added: added, There: len(p.b.events) - added})
		}
		if len(built) == 0 {
			return nil, nil
		}
		return plan(ctx, r, remove, built...)
	})
	if err != nil {
		return nil, err
	}
	if in.Log != nil {
		for i, o := range outcomes {
			if o.Added > 0 {
				in.Log.Info("issue imported", "issue", o.Issue, "label", issues[i].b.issue.Label, "events", o.Added, "there", o.There)
			}
		}
	}
	return outcomes, nil
}

// beside returns what takes the place of an issue that is there, and how many events that adds; nil where it stays as it is.
func (p *Prepared) beside(ctx context.Context, r graph.Reader, old *graph.Issue) (*builder, int, error) {
	if old.Digest == p.b.issue.Digest {
		return nil, 0, nil
	}
	if old.Dialect != reading.DialectInterchange {
		return nil, 0, p.allThere(ctx, r, old)
	}
	kept, err := keptIssue(ctx, r, old.ID)
	if err != nil {
		return nil, 0, err
	}
	fresh, err := p.fresh(kept)
	if err != nil || len(fresh.Events) == 0 {
		return nil, 0, err
	}
	more, err := Prepare(fresh, p.b.issue.LoadedAt)
	if err != nil {
		return nil, 0, err
	}
	return more.extend(kept), len(fresh.Events), nil
}

// allThere asks that an issue which was read from a text has all events.
func (p *Prepared) allThere(ctx context.Context, r graph.Reader, old *graph.Issue) error {
	ids := make([]graph.ID, len(p.b.events))
	for i, e := range p.b.events {
		ids[i] = e.ID
	}
	found, err := r.EventsByID(ctx, ids)
	if err != nil {
		return err
	}
	for i, e := range found {
		if e == nil || e.IssueID != old.ID {
			return &EventConflictError{Line: p.doc.Events[i].Line, Issue: old.ID, Label: old.Label, Loaded: old.File, Text: true}
		}
	}
	return nil
}

// fresh returns the document with the events alone that the imported issue has not. One of a title and date that it has must say
// the same.
func (p *Prepared) fresh(kept *graph.IssueData) (*reading.Document, error) {
	has := map[[sha256.Size]byte]int{}
	named := map[string]int{} // by section, title and date: events that no line has said yet
	name := func(e *graph.Event) string { return e.Section + "\x00" + e.Title + "\x00" + e.Date.EDTF.String() }
	for i, e := range kept.Events {
		content, err := graph.Content(e, kept.Bodies[i])
		if err != nil {
			return nil, err
		}
		has[content]++
		named[name(e)]++
	}
	doc := *p.doc
	doc.Events = nil
	var left []int
	for i, content := range p.contents {
		if has[content] > 0 {
			has[content]--
			named[name(p.b.events[i])]--
		} else {
			left = append(left, i)
		}
	}
	for _, i := range left {
		if named[name(p.b.events[i])] > 0 {
			return nil, &EventConflictError{Line: p.doc.Events[i].Line, Issue: kept.Issue.ID, Label: kept.Issue.Label, Loaded: kept.Issue.File}
		}
		doc.Events = append(doc.Events, p.doc.Events[i])
	}
	return &doc, nil
}

// extend returns the issue with the events of p beside those that it has: what one import of all of them would have made.
func (p *Prepared) extend(kept *graph.IssueData) *builder {
	b := p.b
	is, more := kept.Issue, b.issue
	is.Label, is.Number, is.NumberTo = cmp.Or(is.Label, more.Label), cmp.Or(is.Number, more.Number), cmp.Or(is.NumberTo, more.NumberTo)
	is.Published, is.Masthead.Publisher = cmp.Or(is.Published, more.Published), cmp.Or(is.Masthead.Publisher, more.Masthead.Publisher)
	is.File, is.LoadedAt, is.Reader, is.Order = more.File, more.LoadedAt, more.Reader, orderOf(b.publication.Key, &is)
	is.Digest = addDigests(is.Digest, p.contents)

	issueFacts := identity.NewFacts(identity.Scope{Publication: b.publication.Key, Region: b.doc.Issue.Region})
	issueFacts.Region(b.doc.Issue.Region) // both have said whose chronicle it is
	b.facts = identity.Add(identity.Add(kept.Document.Facts, b.facts, 1), issueFacts.List(), -1)
	b.redirects = kept.Document.Redirects
	b.events, b.bodies = slices.Concat(kept.Events, b.events), slices.Concat(kept.Bodies, b.bodies)
	is.EventCount = len(b.events)
	b.issue, b.publication, b.leads = is, is.Masthead, nil
	b.arrange()
	return b
}

// arrange sorts the events of an imported issue and gives them their ids anew, as Prepare and newBuilder do.
func (b *builder) arrange() {
	order := make([]int, len(b.events))
	for i, e := range b.events {
		order[i] = i
		own := *e // what the graph handed out is not to be changed
		b.events[i] = &own
	}
	slices.SortStableFunc(order, func(i, j int) int {
		x, y := b.events[i], b.events[j]
		return cmp.Or(cmp.Compare(x.Place, y.Place), cmp.Compare(x.Date.EDTF.String(), y.Date.EDTF.String()), cmp.Compare(x.Section, y.Section),
			cmp.Compare(x.Title, y.Title), cmp.Compare(x.PrintedTitle, y.PrintedTitle), cmp.Compare(x.Page, y.Page), cmp.Compare(b.bodies[i], b.bodies[j]),
			byContent(x, y, b.bodies[i], b.bodies[j]))
	})
	events, bodies, same := make([]*graph.Event, len(order)), make([]string, len(order)), map[string]int{}
	b.issue.Sections = nil
	for i, at := range order {
		e := b.events[at]
		key := eventKey(e.Section, e.Title)
		same[key]++
		e.ID = eventID(b.issue.Key, key, same[key])
		e.IssueOrder, e.Citation = b.issue.Order, Citation(b.publication.Title, b.issue.Label, e.Page)
		if e.Section != "" && !slices.Contains(b.issue.Sections, e.Section) {
			b.issue.Sections = append(b.issue.Sections, e.Section)
		}
		events[i], bodies[i] = e, b.bodies[at]
	}
	b.events, b.bodies = events, bodies
}

func byContent(x, y *graph.Event, bodyX, bodyY string) int {
	a, errA := graph.Content(x, bodyX)
	b, errB := graph.Content(y, bodyY)
	if errA != nil || errB != nil {
		return 0
	}
	return bytes.Compare(a[:], b[:])
}

// eventKey is what tells the events of an issue from each other, but for equal ones.
func eventKey(section, title string) string {
	return fold.String(section) + "\x01" + fold.String(title)
}

// eventID returns the id of the n-th event of a key in an issue.
func eventID(issue, key string, n int) graph.ID {
	return graph.NewID(graph.PrefixEvent, issue, key, fmt.Sprint(n))
}
