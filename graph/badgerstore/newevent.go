package badgerstore

import (
	"context"

	"golang.org/x/sync/errgroup"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// A newEvent is an event that is put. What is written of it is made when all events of the batch have their numbers, beside the rest of the
// update and on all processors: it is a third of what there is to do of an issue.
type newEvent struct {
	*graph.Event
	body    string
	targets []uint32 // of its departments and its locations

	card []change // its values
	head []byte   // as it is written
	doc  gram.Doc // as it is indexed
	odd  bool     // whether it has a title that is no part of the body
}

// make makes it of the event of an ordinal, and returns its texts. number returns that of an atom of the event.
func (n *newEvent) make(o uint32, number func(graph.ID) uint32) textOf {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	card := encoder{b: (*room)[:0], atom: number}
	card.card(n.Event, n.targets)
	n.card = encodeBytes(numberKey(keyCard, o), card.b, false)
	var head encoder
	head.head(n.Event)
	n.head = head.b
	text := textOf{Body: n.body}
	text.Title, n.odd = titled(n.Event, n.body)
	n.doc = text.doc(o)
	return text
}

// bodiesOf is what a block of bodies is to hold, and its values.
type bodiesOf struct {
	texts  []textOf
	values []change
}

// texts returns the texts of a block as they were, to be changed.
func (c *changes) texts(block uint32) ([]textOf, error) {
	if b, ok := c.bodies[block]; ok {
		return b.texts, nil
	}
	b := &bodiesOf{texts: make([]textOf, bodiesARecord)}
	c.bodies[block] = b
	if c.isNew(block) {
		return b.texts, nil
	}
	read, err := readTextBlock(c.r.txn, block)
	for i := range b.texts {
		b.texts[i] = read.at(i)
	}
	return b.texts, err
}

// isNew tells whether a block of bodies is of new events alone.
func (c *changes) isNew(block uint32) bool { return block*bodiesARecord >= c.r.index.n() }

// makeEvents has a group make what is written of the new events and of the bodies that change, and the new events take their places in time.
// Until it is done nothing gets a number.
func (c *changes) makeEvents(group *errgroup.Group) {
	number := func(atom graph.ID) uint32 { return c.numbers[atom] }
	first := c.r.index.n()
	for block, b := range c.bodies {
		group.Go(func() error {
			for i := range b.texts {
				if o := block*bodiesARecord + uint32(i); o >= first && o-first < uint32(len(c.events)) {
					b.texts[i] = c.events[o-first].make(o, number)
				}
			}
			b.values = encodeTextBlock(block, b.texts)
			return nil
		})
	}
	group.Go(func() error {
		c.w.place()
		return nil
	})
}

// putEvents writes what was made of the new events, and the bodies that changed. Blocks that hold none any more go.
func (c *changes) putEvents(context.Context, *graph.Batch) error {
	for i := range c.events {
		e := &c.events[i]
		c.setAll(e.card)
		if e.odd {
			c.w.mark(keyOdd, c.r.index.n()+uint32(i), true)
		}
	}
	for block, b := range c.bodies {
		if b.values == nil || !c.isNew(block) {
			if err := c.dropRecord(numberKey(keyBodies, block)); err != nil {
				return err
			}
		}
		c.setAll(b.values)
	}
	return nil
}
