package reading

import (
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/internal/pack"
)

// BlockSize is the number of events in a block of Blocks; only the last may have fewer.
const BlockSize = 16

// Blocks holds the events of one document. They are put in and taken out a block at a time, by several goroutines if each has
// blocks of its own. The events of a long document are held in few bytes: a tenth of what []Event takes. Bodies are not copied,
// and names, titles and evidence come out as pieces of them.
type Blocks struct {
	boxes []pack.Box
	// held are the blocks of a short document as they were put; nil where blocks are packed.
	held [][]Event
}

// A document is short, and what is read of it is held as it is, while it has no more events with no more text than this: then
// all that is held of it takes some 40 MB.
const (
	shortEvents = 10_000
	shortBytes  = 5 << 18
)

// NewBlocks returns the blocks of as many events, all still to be put, whose bodies have so many bytes together.
func NewBlocks(events, bytes int) *Blocks {
	n := (events + BlockSize - 1) / BlockSize
	if events <= shortEvents && bytes <= shortBytes {
		return &Blocks{held: make([][]Event, n)}
	}
	return PackedBlocks(events)
}

// PackedBlocks returns the blocks of as many events, all still to be put, which hold them in few bytes however few they are.
func PackedBlocks(events int) *Blocks {
	return &Blocks{boxes: make([]pack.Box, (events+BlockSize-1)/BlockSize)}
}

// Packed reports whether the events are packed: then whoever goes over them several times should hold as little.
func (b *Blocks) Packed() bool { return b.held == nil }

// Len returns the number of blocks.
func (b *Blocks) Len() int { return max(len(b.boxes), len(b.held)) }

// Block returns the events of block k. What the caller changes in them is seen by others only once it is Put.
func (b *Blocks) Block(k int) []Event {
	if !b.Packed() {
		return b.held[k]
	}
	var events []Event
	b.boxes[k].Unpack(func(c *pack.Coder) { pack.List(c, &events, eventFields) })
	return events
}

// Take returns the events of block k for the last time: they are no longer held here.
func (b *Blocks) Take(k int) []Event {
	events := b.Block(k)
	b.Put(k, nil)
	return events
}

// Put lets events be block k. They are no longer the caller's, save to Put them again.
func (b *Blocks) Put(k int, events []Event) {
	switch {
	case !b.Packed():
		b.held[k] = events
	case events == nil:
		b.boxes[k] = pack.Box{}
	default:
		b.boxes[k] = pack.Pack(func(c *pack.Coder) { pack.List(c, &events, eventFields) })
	}
}

// The fields of each type in the order in which they are kept.

func eventFields(c *pack.Coder, e *Event) {
	pack.Ref(c, &e.Body)
	pack.Piece(c, e.Body, &e.PrintedTitle)
	pack.Piece(c, e.Body, &e.Summary)
	pack.Piece(c, e.Body, &e.Title)
	for _, s := range []*string{&e.TOCTitle, &e.Heading, &e.Section, &e.DateRule} {
		pack.String(c, s)
	}
	pack.String(c, &e.Kind)
	pack.Int(c, &e.Page)
	pack.Int(c, &e.Line)
	pack.Int(c, &e.Place)
	f := fields{e: e}
	f.date(c, &e.Date)
	pack.List(c, &e.OtherDates, f.otherDate)
	pack.List(c, &e.Officials, f.official)
	pack.List(c, &e.Departments, f.department)
	pack.List(c, &e.Locations, f.location)
	pack.List(c, &e.Documents, f.document)
	pack.List(c, &e.Figures, f.figure)
}

// fields keeps what belongs to an event whose texts are known.
type fields struct {
	e *Event
	// passed code points of the body end before byte at: evidence mostly stands in the order of the text.
	passed, at int
}

// text keeps a string that is likely to stand in the body.
func (f *fields) text(c *pack.Coder, s *string) { pack.Piece(c, f.e.Body, s) }

func (f *fields) date(c *pack.Coder, d *graph.EventDate) {
	pack.Ref(c, &d.EDTF)
	f.text(c, &d.Text)
	pack.String(c, &d.Basis)
	pack.String(c, &d.Reason)
	pack.Ref(c, &d.Confidence)
	pack.List(c, &d.Evidence, f.evidence)
}

func (f *fields) otherDate(c *pack.Coder, d *DateMention) {
	pack.Ref(c, &d.EDTF)
	pack.String(c, &d.Basis)
	f.text(c, &d.Text)
	pack.List(c, &d.Evidence, f.evidence)
	pack.String(c, &d.Rule)
}

func (f *fields) official(c *pack.Coder, o *Official) {
	f.text(c, &o.Name)
	f.text(c, &o.Title)
	pack.List(c, &o.Posts, f.post)
	pack.Ref(c, &o.Organ)
	pack.List(c, &o.Roles, pack.String)
	pack.List(c, &o.Evidence, f.evidence)
	pack.Shared(c, &o.Region.Chain)
	c.Bools(&o.RegionStated, &o.Apart)
	pack.String(c, &o.Rule)
}

func (f *fields) post(c *pack.Coder, p *Post) {
	f.text(c, &p.Title)
	pack.Ref(c, &p.Organ)
	f.text(c, &p.Text)
	pack.String(c, &p.Attests)
	pack.Int(c, &p.Rank)
	c.Bools(&p.Single, &p.Membership)
	pack.Ref(c, &p.From)
	pack.Ref(c, &p.To)
}

func (f *fields) department(c *pack.Coder, d *Department) {
	pack.String(c, &d.Name)
	pack.String(c, &d.Type)
	pack.Shared(c, &d.Region.Chain)
	pack.Ref(c, &d.Parent)
	pack.Shared(c, &d.Plates)
	pack.Shared(c, &d.Successors)
	pack.Shared(c, &d.Predecessors)
	f.text(c, &d.Text)
	pack.List(c, &d.Surfaces, f.text)
	pack.String(c, &d.Role)
	pack.List(c, &d.Evidence, f.evidence)
	pack.String(c, &d.Rule)
}

func (f *fields) location(c *pack.Coder, l *Location) {
	pack.String(c, &l.Name)
	pack.String(c, &l.Type)
	pack.String(c, &l.Code)
	pack.Int(c, &l.ValidFrom)
	pack.Int(c, &l.ValidTo)
	pack.Shared(c, &l.Above.Chain)
	f.text(c, &l.Text)
	pack.List(c, &l.Surfaces, f.text)
	c.Bools(&l.IsPlace)
	pack.List(c, &l.Evidence, f.evidence)
	pack.Shared(c, &l.Successors)
	pack.String(c, &l.Rule)
}

func (f *fields) document(c *pack.Coder, d *CitedDocument) {
	f.text(c, &d.Title)
	f.text(c, &d.ShortTitle)
	f.text(c, &d.Number)
	pack.List(c, &d.Evidence, f.evidence)
	pack.String(c, &d.Rule)
}

func (f *fields) figure(c *pack.Coder, q *Figure) {
	pack.Ref(c, &q.Value)
	pack.String(c, &q.Qualifier)
	f.text(c, &q.Unit)
	f.text(c, &q.Subject)
	f.text(c, &q.Text)
	pack.List(c, &q.Evidence, f.evidence)
	pack.String(c, &q.Rule)
}

// evidence keeps where a piece of the body stands, not the piece.
func (f *fields) evidence(c *pack.Coder, v *graph.Evidence) {
	pack.String(c, &v.Field)
	pack.Int(c, &v.Start)
	length := v.End - v.Start
	pack.Int(c, &length)
	v.End = v.Start + length
	stands := ""
	own := v.Field == graph.FieldBody
	if own {
		stands, own = f.between(v.Start, v.End)
	}
	other := !own || v.Text != stands
	if c.Bools(&other); other {
		pack.String(c, &v.Text)
	} else {
		v.Text = stands
	}
}

// between returns the code points of the body from start to end; false where it has not so many.
func (f *fields) between(start, end int) (string, bool) {
	if start < f.passed {
		f.passed, f.at = 0, 0
	}
	if start < 0 || start > end || !f.pass(start) {
		return "", false
	}
	from := *f
	if !f.pass(end) {
		return "", false
	}
	to := f.at
	*f = from // what stands here may be asked for again
	return f.e.Body[f.at:to], true
}

// pass goes on to code point n; false where the body has not so many.
func (f *fields) pass(n int) bool {
	for ; f.passed < n && f.at < len(f.e.Body); f.passed++ {
		_, size := utf8.DecodeRuneInString(f.e.Body[f.at:])
		f.at += size
	}
	return f.passed == n
}
