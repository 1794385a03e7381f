package badgerstore

import (
	"bytes"
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

	head []byte   // as it is written
	doc  gram.Doc // as it is indexed
	odd  bool     // whether it has a title that is no part of the body
}

// make makes it of the event of an ordinal, and returns its card and its texts. number returns that of an atom of the event.
func (n *newEvent) make(o uint32, number func(graph.ID) uint32) (card []byte, text textOf) {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	written := encoder{b: (*room)[:0], atom: number}
	written.card(n.Event, n.targets)
	var head encoder
	head.head(n.Event)
	n.head = head.b
	text.Body = n.body
	text.Title, n.odd = titled(n.Event, n.body)
	n.doc = text.doc(o)
	return bytes.Clone(written.b), text
}

// newIDs returns the ids of the new events by their ordinals.
func (c *changes) newIDs() []graph.ID {
	ids := make([]graph.ID, len(c.events))
	for i := range c.events {
		ids[i] = c.events[i].ID
	}
	return ids
}

// eventBlock is what the records of a block of events are to hold, and their values.
type eventBlock struct {
	texts  [eventsARecord]textOf
	cards  [eventsARecord][]byte
	values []change
}

// eventBlock returns a block as it was, to be changed.
func (c *changes) eventBlock(number uint32) (*eventBlock, error) {
	if b, ok := c.blocks[number]; ok {
		return b, nil
	}
	b := new(eventBlock)
	c.blocks[number] = b
	if c.isNew(number) {
		return b, nil
	}
	err := useTextBlock(c.r.txn, number, func(read textBlock) {
		for i := range b.texts {
			b.texts[i] = read.at(i)
		}
	})
	if err != nil {
		return nil, err
	}
	_, err = getBytes(c.r.txn, numberKey(keyCards, number), func(read []byte) (err error) {
		b.cards, err = cutCards(bytes.Clone(read))
		return err
	})
	return b, err
}

// isNew tells whether a block is of new events alone.
func (c *changes) isNew(block uint32) bool { return block*eventsARecord >= c.r.index.n() }

// makeEvents has a group make what is written of the new events and of the blocks that change, and the new events take their places in time.
// Until it is done nothing gets a number.
func (c *changes) makeEvents(group *errgroup.Group) {
	number := func(atom graph.ID) uint32 { return c.numbers[atom] }
	first := c.r.index.n()
	for block, b := range c.blocks {
		group.Go(func() error {
			for i := range b.texts {
				if o := block*eventsARecord + uint32(i); o >= first && o-first < uint32(len(c.events)) {
					b.cards[i], b.texts[i] = c.events[o-first].make(o, number)
				}
			}
			b.values = append(encodeCards(block, &b.cards), encodeTextBlock(block, b.texts[:])...)
			return nil
		})
	}
	group.Go(func() error {
		c.w.place()
		return nil
	})
}

// putEvents writes what was made of the new events, and the blocks that changed. Records that hold nothing any more go.
func (c *changes) putEvents(context.Context, *graph.Batch) error {
	for i := range c.events {
		if c.events[i].odd {
			c.w.mark(keyOdd, c.r.index.n()+uint32(i), true)
		}
	}
	for block, b := range c.blocks {
		if !c.isNew(block) {
			for _, kind := range []byte{keyCards, keyBodies} {
				if err := c.dropRecord(numberKey(kind, block)); err != nil {
					return err
				}
			}
		}
		c.setAll(b.values)
	}
	return nil
}
