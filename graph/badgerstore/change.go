package badgerstore

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"golang.org/x/sync/errgroup"

	"fangzhi/graph"
)

// A change sets a key to a sealed value, or deletes it where value is nil.
type change struct {
	key, value []byte
}

// maxKeyBytes is below what Badger takes (65,000), so that the time it adds fits.
const maxKeyBytes = 64_000

// meta counts the records, so that a folder of which a file was lost is noticed when it is opened.
type meta struct {
	Events   int `cbor:"1,keyasint"`
	Entities int `cbor:"2,keyasint"`
	Issues   int `cbor:"3,keyasint"`
	// The lengths of the columns; Series is that of the issues by number, removed ones included.
	Ordinals uint32 `cbor:"4,keyasint,omitempty"`
	Links    uint32 `cbor:"5,keyasint,omitempty"`
	Atoms    uint32 `cbor:"6,keyasint,omitempty"`
	Targets  uint32 `cbor:"7,keyasint,omitempty"`
	Series   uint32 `cbor:"8,keyasint,omitempty"`
	// Sorted and Ranks are of the order that is written down: dateOrder.sorted, and the length of base.
	Sorted uint32 `cbor:"9,keyasint,omitempty"`
	Ranks  uint32 `cbor:"10,keyasint,omitempty"`
	// Marked is how many events the sets odd and later hold together, plus one; 0 where that was not counted.
	Marked uint64 `cbor:"11,keyasint,omitempty"`
	// How many keys of these kinds there are. They hold in a graph that was Counted from its beginning.
	Publications int  `cbor:"12,keyasint,omitempty"`
	Redirects    int  `cbor:"13,keyasint,omitempty"`
	Blocks       int  `cbor:"14,keyasint,omitempty"`
	Pairs        int  `cbor:"15,keyasint,omitempty"`
	Counted      bool `cbor:"16,keyasint,omitempty"`
	// Heads are the numbers of the small records at the end of the heads: see putMembers.
	Heads []uint32 `cbor:"17,keyasint,omitempty"`
	// Totals are the numbers of the records of how many events entities have, as they were written: see putTotals.
	Totals []uint32 `cbor:"19,keyasint,omitempty"`
	// Revision is drawn anew for each batch: a number that is counted up would come back when all was removed, or from a copy of the folder.
	Revision string `cbor:"18,keyasint,omitempty"`
}

// changes gathers what a batch does to the keys of the state that r shows, and to its index. Of several changes of one key the
// last counts.
type changes struct {
	r     *snapshot
	byID  map[string][]byte // nil for a key that goes
	w     *indexer
	ahead ahead

	numbers map[graph.ID]uint32 // of atoms that are new or were asked for
	atoms   map[uint32]bool     // records of atoms that change
	changed []uint32            // first atoms of entities that change
	// rewritten are those of them whose records change, or go.
	rewritten []uint32
	// roll are the rows of these, where there is a roll to keep up.
	roll      []rollChange
	keepsRoll bool
	blocks    map[uint32]*eventBlock // by number
	events    []newEvent             // from the first new ordinal on
	ordinals  map[graph.ID]uint32    // of these
	oldHeads  map[uint32][]string    // records as they were before, by their numbers
	removed   []uint32               // events
	wiped     bool
}

func noChanges(r *snapshot) *changes {
	return &changes{
		r: r, byID: map[string][]byte{}, w: r.index.edit(), numbers: map[graph.ID]uint32{}, atoms: map[uint32]bool{},
		blocks: map[uint32]*eventBlock{}, oldHeads: map[uint32][]string{}, ordinals: map[graph.ID]uint32{},
	}
}

// newChanges returns what the batch, which is valid, does.
func newChanges(ctx context.Context, r *snapshot, b *graph.Batch) (*changes, error) {
	c := noChanges(r)
	var group errgroup.Group
	c.ahead.make(&group, r, b)
	begin := func(context.Context, *graph.Batch) error { c.makeEvents(&group); return nil }
	await := func(context.Context, *graph.Batch) error { return group.Wait() }
	for _, step := range []func(context.Context, *graph.Batch) error{
		c.remove, c.putIssues, begin, c.putReports, c.putPublications, c.putPairs, await,
		c.putEvents, c.putTexts, c.putDocuments, c.putBlocks, c.putEntities, c.putColumns,
	} {
		if err := step(ctx, b); err != nil {
			_ = group.Wait() // nothing of it is wanted, but it reads
			return nil, err
		}
	}
	for key := range c.byID {
		if len(key) > maxKeyBytes {
			return nil, fmt.Errorf("%w: a name of %d bytes", graph.ErrBadInput, len(key))
		}
	}
	return c, nil
}

func (c *changes) set(key, value []byte) {
	c.byID[string(key)] = value
	if c.r.present != nil {
		c.r.present.add(key)
	}
}

func (c *changes) setAll(values []change) {
	for _, v := range values {
		c.set(v.key, v.value)
	}
}

// mark sets a key that says all by being there.
func (c *changes) mark(key []byte) { c.set(key, seal(key, plain, nil)) }

func (c *changes) drop(key []byte) { c.byID[string(key)] = nil }

// put sets the record at key, in place of one that may be there.
func (c *changes) put(key []byte, v any) error {
	if err := c.dropRecord(key); err != nil {
		return err
	}
	return c.add(key, v)
}

// add sets the record at key, where there is none.
func (c *changes) add(key []byte, v any) error {
	values, err := encode(key, v)
	c.setAll(values)
	return err
}

// dropRecord drops the record at key with its pieces.
func (c *changes) dropRecord(key []byte) error {
	if _, ok := c.r.remembered(key); ok { // those have no pieces
		c.drop(key)
		return nil
	}
	item, err := find(c.r.txn, key)
	if item == nil || err != nil {
		return err
	}
	c.drop(key)
	return item.Value(func(value []byte) error {
		count, err := pieces(key, value)
		c.dropPieces(key, count)
		return err
	})
}

func (c *changes) dropPieces(key []byte, count int) {
	for i := range count {
		c.drop(pieceKey(key, i+1))
	}
}

// has tells whether there is a record at key, the changes so far included.
func (c *changes) has(key []byte) (bool, error) {
	if value, changed := c.byID[string(key)]; changed {
		return value != nil, nil
	}
	item, err := c.r.item(key)
	return item != nil, err
}

// putBytes is put for a record that is bytes already.
func (c *changes) putBytes(key, data []byte) error {
	if err := c.dropRecord(key); err != nil {
		return err
	}
	c.setAll(cutUp(key, plain, data))
	return nil
}

func (c *changes) remove(ctx context.Context, b *graph.Batch) error {
	for _, id := range b.Remove {
		if there, err := c.has(idKey(keyIssue, id)); !there || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		issue, err := record[graph.Issue](c.r, keyIssue, id)
		if err != nil {
			return err
		}
		if err := c.removeEvents(ctx, id); err != nil {
			return err
		}
		c.drop(issueOrderKey(issue))
		c.drop(issueOfKey(issue))
		if err := c.dropRecord(idKey(keyIssue, id)); err != nil {
			return err
		}
		document, err := record[documentRecord](c.r, keyDocument, id)
		if err != nil {
			return err
		}
		if document != nil {
			for old := range document.Redirects {
				c.drop(idKey(keyRedirect, old))
			}
		}
		if err := c.dropRecord(idKey(keyDocument, id)); err != nil {
			return err
		}
		c.w.counts.Issues--
	}
	return nil
}

func (c *changes) removeEvents(ctx context.Context, issue graph.ID) error {
	for i := len(c.w.issues) - 1; i >= 0; i-- {
		is := &c.w.issues[i]
		if is.ID != issue {
			continue
		}
		for o := is.Lo; o < is.Hi; o++ {
			if c.w.dead.Contains(o) {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := c.removeEvent(o); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *changes) removeEvent(o uint32) error {
	c.removed = append(c.removed, o)
	block, err := c.eventBlock(o / eventsARecord)
	if err != nil {
		return err
	}
	block.texts[o%eventsARecord], block.cards[o%eventsARecord] = textOf{}, nil
	c.w.remove(o)
	c.w.counts.Events--
	return nil
}

func (c *changes) putIssues(ctx context.Context, b *graph.Batch) error {
	for _, d := range b.Put {
		if err := c.putIssue(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (c *changes) putIssue(ctx context.Context, d *graph.IssueData) error {
	key := idKey(keyIssue, d.Issue.ID)
	if there, err := c.has(key); err != nil {
		return err
	} else if there {
		return fmt.Errorf("%w: issue %s is there already", graph.ErrConflict, d.Issue.ID)
	}
	if err := c.add(key, &d.Issue); err != nil {
		return err
	}
	for old, id := range d.Document.Redirects {
		key := idKey(keyRedirect, old)
		c.set(key, seal(key, plain, []byte(id)))
	}
	c.mark(issueOrderKey(&d.Issue))
	c.mark(issueOfKey(&d.Issue))
	c.w.counts.Issues++
	if len(d.Events) == 0 {
		return nil
	}
	c.w.issues = append(c.w.issues, issueRow{d.Issue.ID, d.Issue.Order, d.Issue.PublicationID, c.w.n(), c.w.n() + uint32(len(d.Events))})
	for n, i := range inOrder(d.Events) {
		if n%askEvery == askEvery-1 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := c.putEvent(ctx, d.Events[i], d.Bodies[i]); err != nil {
			return err
		}
	}
	return nil
}

// putDocuments writes what is kept of the documents of the issues that are put.
func (c *changes) putDocuments(context.Context, *graph.Batch) error {
	for _, values := range c.ahead.documents {
		c.setAll(values)
	}
	return nil
}

// inOrder returns the indexes of an issue's events by place, and by id where they have the same, as those of an unknown place do: so
// ordinals decide between events of one day that only their ids tell apart (index.compare).
func inOrder(events []*graph.Event) []int {
	all := make([]int, len(events))
	for i := range all {
		all[i] = i
	}
	slices.SortFunc(all, func(i, j int) int {
		a, b := events[i], events[j]
		return cmp.Or(cmp.Compare(uint32(a.Place), uint32(b.Place)), cmp.Compare(a.ID, b.ID))
	})
	return all
}

func (c *changes) putEvent(ctx context.Context, e *graph.Event, body string) error {
	o := c.w.n()
	if there, err := c.ordinal(ctx, e.ID); err != nil {
		return err
	} else if there != noOrdinal {
		return fmt.Errorf("%w: event %s is there already", graph.ErrConflict, e.ID)
	}
	c.ordinals[e.ID] = o
	l := linker{c}
	links, targets := l.links(e)
	if _, err := c.eventBlock(o / eventsARecord); err != nil {
		return err
	}
	c.events = append(c.events, newEvent{Event: e, body: body, targets: targets})
	r := row{
		first: e.Date.Start(), last: e.Date.End(), what: packed(e.Kind, e.Date.Basis, e.Date.Precision()), confidence: manyConfidences,
		issue: uint32(len(c.w.issues) - 1), place: uint32(e.Place),
	}
	if i := number(&c.w.sections, e.Section); i <= math.MaxUint16 {
		r.section = uint16(i)
	} else {
		return fmt.Errorf("%w: more than %d different sections", graph.ErrLimit, math.MaxUint16)
	}
	if i := slices.Index(c.w.confidences, e.Date.Confidence); i >= 0 {
		r.confidence = uint8(i)
	} else if len(c.w.confidences) < manyConfidences {
		r.confidence = uint8(number(&c.w.confidences, e.Date.Confidence))
	}
	c.w.put(r, links)
	c.w.counts.Events++
	return nil
}

// A linker numbers what an event is linked to.
type linker struct{ c *changes }

// number returns the number of an atom, a new one where it has none yet.
func (l *linker) number(id graph.ID) uint32 {
	c := l.c
	if n, ok := c.numbers[id]; ok {
		return n
	}
	n, ok := c.r.index.atom(id)
	if !ok {
		n = uint32(len(c.w.atoms))
		c.w.atoms = append(c.w.atoms, id)
		c.atoms[n/pageSize] = true
	}
	c.numbers[id] = n
	return n
}

// links returns the links of an event, and the targets of its departments and its locations, one by one.
func (l *linker) links(e *graph.Event) (links []link, targets []uint32) {
	for i := range e.Officials {
		f := &e.Officials[i]
		links = append(links, newLink(l.number(f.Atom), officialCodes.mask(f.Roles), toOfficial))
		for j := range f.Posts {
			if atom := f.Posts[j].DepartmentAtom; atom != "" {
				links = append(links, newLink(l.number(atom), 0, toPost))
			}
		}
		if f.DepartmentAtom != "" {
			l.number(f.DepartmentAtom) // the card has it
		}
	}
	for i := range e.Departments {
		d := &e.Departments[i]
		t := l.target(d.Atom, d.Above)
		targets = append(targets, t)
		links = append(links, newLink(t, 1<<deptCodes.of(d.Role), toDepartment))
	}
	for i := range e.Locations {
		d := &e.Locations[i]
		t := l.target(d.Atom, d.Above)
		targets = append(targets, t)
		var bits uint16
		if d.IsPlace {
			bits = 1
		}
		links = append(links, newLink(t, bits, toLocation))
	}
	return links, targets
}

func (l *linker) target(atom graph.ID, above []graph.ID) uint32 {
	numbers := make([]uint32, len(above))
	for i, id := range above {
		numbers[i] = l.number(id)
	}
	return l.c.w.target(l.number(atom), numbers)
}
