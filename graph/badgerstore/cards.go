package badgerstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"fangzhi/graph"
)

// Cards stand in blocks of eventsARecord events, those of neighbours being alike: packed by S2 eight take 0.63 of their bytes, and one alone
// 0.96. A block is
//
//	varint   the bytes of each card, 0 for an event that was removed or is still to come
//	the cards

// cutCards cuts a block into its cards, which share its memory. The error is ErrCorrupt.
func cutCards(b []byte) (cards [eventsARecord][]byte, err error) {
	var sizes [eventsARecord]uint64
	all := uint64(0)
	for i := range sizes {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)) {
			return cards, fmt.Errorf("%w: a block of cards", ErrCorrupt)
		}
		sizes[i], b = n, b[k:]
		all += n
	}
	if all != uint64(len(b)) {
		return cards, fmt.Errorf("%w: a block of cards", ErrCorrupt)
	}
	for i, n := range sizes {
		cards[i], b = b[:n:n], b[n:]
	}
	return cards, nil
}

// encodeCards returns the values of a block; one without any cards is none.
func encodeCards(number uint32, cards *[eventsARecord][]byte) []change {
	if !slices.ContainsFunc(cards[:], func(card []byte) bool { return len(card) > 0 }) {
		return nil
	}
	return squeeze(numberKey(keyCards, number), joinCards(cards))
}

func joinCards(cards *[eventsARecord][]byte) (b []byte) {
	for _, card := range cards {
		b = binary.AppendUvarint(b, uint64(len(card)))
	}
	for _, card := range cards {
		b = append(b, card...)
	}
	return b
}

// cards returns the events of ordinals, nil for noOrdinal. Those of one block that stand in a row are read together.
func (r *snapshot) cards(ctx context.Context, ordinals []uint32) ([]*graph.Event, error) {
	events := make([]*graph.Event, len(ordinals))
	r.state.kept.cards.getMany(ordinals, func(i int, e *graph.Event) { events[i] = e })
	blocks := inBlocks(ordinals, eventsARecord, func(i int) bool { return events[i] == nil && ordinals[i] < r.index.n() })
	return events, inTwo(ctx, len(blocks), func(n int) error { return r.readCards(ordinals, blocks[n], events) })
}

// card returns the event of an ordinal.
func (r *snapshot) card(o uint32) (*graph.Event, error) {
	if e, ok := r.state.kept.cards.get(o); ok {
		return e, nil
	}
	if o >= r.index.n() {
		return nil, fmt.Errorf("%w: event %d is not there", ErrCorrupt, o)
	}
	events := make([]*graph.Event, 1)
	err := r.readCards([]uint32{o}, []int{0}, events)
	return events[0], err
}

// readCards reads the events of those of the ordinals, all of one block, that stand at some places.
func (r *snapshot) readCards(ordinals []uint32, places []int, events []*graph.Event) error {
	number := ordinals[places[0]] / eventsARecord
	ok, err := getBytes(r.txn, numberKey(keyCards, number), func(b []byte) error {
		cards, err := cutCards(b)
		if err != nil {
			return err
		}
		for _, i := range places {
			if events[i], err = r.readEvent(ordinals[i], cards[ordinals[i]%eventsARecord]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !ok {
		err = fmt.Errorf("%w: there are no cards from event %d on", ErrCorrupt, number*eventsARecord)
	}
	return err
}

// readEvent makes the event of an ordinal of its card, its head and its row, and keeps it.
func (r *snapshot) readEvent(o uint32, card []byte) (*graph.Event, error) {
	h, err := r.head(o)
	if err != nil {
		return nil, err
	}
	if len(card) == 0 {
		return nil, fmt.Errorf("%w: there is no event %d", ErrCorrupt, o)
	}
	h.own() // the card is kept, and weighs nothing of the record
	e := new(graph.Event)
	r.begin(e, o, &h)
	if err := readCard(string(card), e, r.index, r.index.linksOf(o)); err != nil {
		return nil, err
	}
	r.state.kept.cards.put(o, e, len(card))
	return e, nil
}
