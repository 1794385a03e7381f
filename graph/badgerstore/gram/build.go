package gram

import (
	"bytes"
	"math"
	"math/bits"
	"unicode/utf8"
)

const (
	// fewOf is the part of the events that are few: one in so many.
	fewOf = 150
	// frequentOf is the part of the events that a gram is frequent from: one in so many.
	frequentOf = 400
)

// minFew events are few, and make no gram frequent, however few there are: so many are looked at faster than a posting is read. Tests
// lower it.
var minFew = 10

// Build indexes docs, which ascend by ordinal and span at most MaxSpan of them, and hands the blocks to write.
//
// If frequent is nil, the set of frequent grams is chosen from docs themselves: those in more than 0.25 % of them, and in more
// than ten. That is worth while from about a thousand events; fewer take over the set of a larger segment, see Header.Sets, and
// then leave no gram out that it covers.
//
// Errors are ErrRange, ErrTooLong and those of write. Build keeps neither docs nor their strings. It needs about 20 bytes
// of memory a code point, and the length of the index.
func Build(docs []Doc, frequent *Set, write Writer) (*Header, error) {
	b, err := newBuilder(docs, frequent)
	if err != nil {
		return nil, err
	}
	for n := 2; n <= MaxLen && b.index(n); n++ {
	}
	w := newBlockWriter(write)
	if err := b.emit(w); err != nil {
		return nil, err
	}
	return b.header(docs, w)
}

// A builder holds all code points of the texts, one after the other, and works length by length: a gram of n code points
// is the pair of its prefix and its suffix of n-1, which have numbers if they are frequent. So the grams of every length
// are found by sorting pairs of numbers, and no gram is ever compared or hashed as a string.
type builder struct {
	texts []text
	// ids has for the code point at i the number of the gram of n-1 code points that begins there, or none; in the
	// beginning, for n = 2, the code point itself.
	ids []uint32
	// alphabet has the code points that occur, ascending. rank has for each its place there: a few thousand sort by fewer bits.
	alphabet, rank []uint32
	set            *Set
	own            bool // set is chosen here
	rare           int  // a gram in more events than that is frequent
	few            int  // so many are looked at for a gram that is not
	levels         [MaxLen]level
	of             []int    // the entries, in the level before the one in work, of the grams with numbers; -1 for those that do not occur
	a, b           []uint64 // room to sort
	// halves has the events of the grams with numbers, next those of one code point more. Both are empty if set is not chosen here.
	halves, next postings
	prefix       marked // in halves
}

// postings are lists of ordinals, one after the other.
type postings struct {
	all  []uint16
	ends []int
}

func (p *postings) add(v []uint16) {
	p.all = append(p.all, v...)
	p.ends = append(p.ends, len(p.all))
}

func (p *postings) at(i uint32) []uint16 {
	start := 0
	if i > 0 {
		start = p.ends[i-1]
	}
	return p.all[start:p.ends[i]]
}

// marked is one list as bits.
type marked struct {
	number uint32 // of the list, or none
	list   []uint16
	bits   [MaxSpan / 64]uint64
}

func (m *marked) mark(number uint32, list []uint16) {
	for _, o := range m.list {
		m.bits[o/64] = 0
	}
	for _, o := range list {
		m.bits[o/64] |= 1 << (o % 64)
	}
	m.number, m.list = number, list
}

// A text is a title or a body: code points [start, end) of all.
type text struct {
	start, end int
	event      uint64 // the event's ordinal from the segment's first, and the title flag, as in an occurrence
}

// A level has the entries of all grams of one length, in ascending order.
type level struct {
	keys []uint64 // code points, or pairs as in a Set
	ends []int    // of an entry in data
	data []byte   // entries: form, then what follows in a block
	// same has the grams that share the entry of a part, by index.
	same map[int]shared
}

// A shared entry is that of a part of the gram: entry i of the level of part.n code points.
type shared struct {
	part span
	i    int
}

func (l *level) entry(i int) (form, []byte) {
	start := 0
	if i > 0 {
		start = l.ends[i-1]
	}
	return form(l.data[start]), l.data[start+1 : l.ends[i]]
}

// An occurrence of a gram is one number, so that sorting brings those of a gram together and leaves them in text order:
// the numbers of prefix and suffix, then 16 bits of ordinal, a title flag, and a flag for a hit: that no hit before it
// overlaps it.
const (
	hitFlag   = 1 << 0
	titleFlag = 1 << 1
	eventBit  = 2
	keyBit    = 18
)

func newBuilder(docs []Doc, frequent *Set) (*builder, error) {
	size := 0
	for i, d := range docs {
		if i > 0 && d.Ordinal <= docs[i-1].Ordinal || d.Ordinal-docs[0].Ordinal >= MaxSpan {
			return nil, ErrRange
		}
		size += utf8.RuneCountInString(d.Title) + utf8.RuneCountInString(d.Body)
	}
	if size > MaxText {
		return nil, ErrTooLong
	}
	b := &builder{set: frequent, own: frequent == nil, few: max(len(docs)/fewOf, minFew), rare: max(len(docs)/frequentOf, minFew), ids: make([]uint32, 0, size)}
	if b.own {
		b.set = new(Set)
		b.halves.all, b.next.all = make([]uint16, 0, size/2), make([]uint16, 0, size/2)
	} else {
		b.set = frequent.forBuild()
	}
	b.prefix.number = none
	b.texts = make([]text, 0, 2*len(docs))
	for _, d := range docs {
		event := uint64(d.Ordinal-docs[0].Ordinal) << eventBit
		b.add(d.Title, event|titleFlag)
		b.add(d.Body, event)
	}
	b.rankAlphabet()
	b.a, b.b = make([]uint64, 0, size), make([]uint64, size)
	return b, nil
}

func (b *builder) add(s string, event uint64) {
	if s == "" {
		return
	}
	start := len(b.ids)
	for _, r := range s {
		if b.ids = append(b.ids, uint32(r)); int(r) >= len(b.rank) {
			b.rank = append(b.rank, make([]uint32, int(r)+1-len(b.rank))...)
		}
		b.rank[r] = 1
	}
	b.texts = append(b.texts, text{start: start, end: len(b.ids), event: event})
}

// rankAlphabet puts places into rank, which has a 1 for every code point that occurs.
func (b *builder) rankAlphabet() {
	for r, occurs := range b.rank {
		if occurs != 0 {
			b.rank[r] = uint32(len(b.alphabet))
			b.alphabet = append(b.alphabet, uint32(r))
		}
	}
}

// index makes the entries of the grams of n code points, for n = 2 those of one as well, and numbers the frequent ones
// for the next length. It is false when no longer gram can come.
func (b *builder) index(n int) bool {
	var found, other []uint64
	var width uint
	if n == 2 {
		width = uint(bits.Len(uint(len(b.alphabet))))
		found, other = radixSort(b.pairs(width), b.b, keyBit, width)
		b.group(1, found, width) // every code point is the second of a pair, so this order is that of single ones as well
		found, other = radixSort(found, other, keyBit+width, width)
		found = found[:len(found)-len(b.texts)] // the first ones of texts, sorted last, have done their service
	} else {
		width = uint(bits.Len(uint(len(b.set.pairs[n-3]))))
		found, other = radixSort(b.occurrences(n, width), b.b, keyBit, 2*width)
	}
	if len(found) == 0 {
		return false
	}
	frequent := b.group(n, found, width)
	b.prefix.mark(none, nil)
	b.halves, b.next = b.next, postings{all: b.halves.all[:0], ends: b.halves.ends[:0]}
	b.a, b.b = found[:0], other[:cap(other)]
	if n == MaxLen {
		return false
	}
	if b.own {
		b.set.pairs[n-2] = frequent
		b.number(newTable(frequent))
	} else {
		b.number(b.set.table(n))
	}
	b.of = b.levels[n-1].entries(b.set.pairs[n-2])
	return true
}

// pairs lists the grams of two code points in text order, with ranks for these. Each text begins with the pair of a code point
// that there is not and its first one.
func (b *builder) pairs(width uint) []uint64 {
	found := b.a[:0]
	for _, t := range b.texts {
		before, prefix, hit := none, uint32(len(b.alphabet)), false
		for _, id := range b.ids[t.start:t.end] {
			suffix := b.rank[id]
			o := uint64(prefix)<<(keyBit+width) | uint64(suffix)<<keyBit | t.event
			if hit = !hit || before != prefix || prefix != suffix; hit {
				o |= hitFlag
			}
			found = append(found, o)
			before, prefix = prefix, suffix
		}
	}
	return found
}

// occurrences lists the grams of n code points, more than two, whose prefix and suffix have numbers, in text order.
func (b *builder) occurrences(n int, width uint) []uint64 {
	found := b.a[:0]
	for _, t := range b.texts {
		ids := b.ids[t.start:t.end]
		hits := uint(0) // bit d: a hit begins d code points before i
		for i := 0; i+1 < len(ids); i++ {
			hits <<= 1
			prefix, suffix := ids[i], ids[i+1]
			if prefix == none || suffix == none {
				continue
			}
			o := uint64(prefix)<<(keyBit+width) | uint64(suffix)<<keyBit | t.event
			if !overlaps(ids[:i+2], n, hits) {
				hits |= 1
				o |= hitFlag
			}
			found = append(found, o)
		}
	}
	return found
}

// overlaps tells whether a hit of the gram that begins at the last but one of ids overlaps it.
func overlaps(ids []uint32, n int, hits uint) bool {
	i := len(ids) - 2
	for d := 1; d < n && d <= i; d++ {
		if ids[i-d] == ids[i] && ids[i-d+1] == ids[i+1] && hits>>d&1 != 0 {
			return true
		}
	}
	return false
}

// number puts the numbers of the frequent grams of one code point more into ids.
func (b *builder) number(t *table) {
	for k := range b.texts {
		x := &b.texts[k]
		ids := b.ids[x.start:x.end]
		for i := 0; i+1 < len(ids); i++ {
			prefix, suffix := ids[i], ids[i+1]
			if prefix == none || suffix == none {
				ids[i] = none
				continue
			}
			ids[i] = t.number(prefix, suffix)
		}
		if len(ids) > 0 {
			x.end--
		}
	}
}

// group makes an entry of each gram of n code points out of sorted occurrences, and returns the keys of the frequent ones.
func (b *builder) group(n int, found []uint64, width uint) (frequent []uint64) {
	low := uint64(1)<<width - 1
	whole, always := low, uint64(hitFlag) // the flag of a pair says nothing of its second code point
	if n > 1 {
		whole, always = 1<<(2*width)-1, 0
	}
	var lists lists
	for i := 0; i < len(found); {
		key := found[i] >> keyBit & whole
		lists.reset()
		for i < len(found) && found[i]>>keyBit&whole == key {
			event := uint16(found[i] >> eventBit)
			hits, flags := 0, uint64(0)
			for i < len(found) && found[i]>>keyBit&whole == key && uint16(found[i]>>eventBit) == event {
				hits += int((found[i] | always) & hitFlag)
				flags |= found[i]
				i++
			}
			lists.add(event, hits, flags&titleFlag != 0)
		}
		switch n {
		case 1:
			key = uint64(b.alphabet[key])
		case 2:
			key = pair(b.alphabet[key>>width], b.alphabet[key&low])
		default:
			key = pair(uint32(key>>width), uint32(key&low))
		}
		switch {
		case len(lists.of[allList]) > b.rare:
			frequent = append(frequent, key)
			if b.own && n > 1 {
				b.next.add(lists.of[allList])
			}
		case b.own && n > 2 && b.fewHaveBoth(uint32(key>>32), uint32(key)):
			continue
		}
		b.keep(n, key, &lists)
	}
	return frequent
}

// fewHaveBoth tells whether few events have both the prefix and the suffix of a gram, given by their numbers. Both have entries: they are
// frequent, and so is what they are made of.
func (b *builder) fewHaveBoth(prefix, suffix uint32) bool {
	if b.prefix.number != prefix {
		b.prefix.mark(prefix, b.halves.at(prefix))
	}
	both := 0
	for _, o := range b.halves.at(suffix) {
		if b.prefix.bits[o/64]>>(o%64)&1 != 0 {
			if both++; both > b.few {
				return false
			}
		}
	}
	return true
}

// keep adds an entry to the level of n code points.
func (b *builder) keep(n int, key uint64, lists *lists) {
	l := &b.levels[n-1]
	at := len(l.data)
	l.data = append(l.data, 0)
	var f form
	l.data, f = lists.append(l.data)
	l.data[at] = byte(f)
	if n > 2 && len(l.data)-at > minShared {
		if s, ok := b.part(n, key, f, l.data[at+1:]); ok {
			if l.same == nil {
				l.same = map[int]shared{}
			}
			l.same[len(l.keys)] = s
			l.data = s.part.append(append(l.data[:at], byte(several)))
		}
	}
	l.keys = append(l.keys, key)
	l.ends = append(l.ends, len(l.data))
}

// part looks for a part of a gram of n code points with the same entry, among its prefix and its suffix and what they
// share theirs with.
func (b *builder) part(n int, key uint64, f form, body []byte) (shared, bool) {
	for from, number := range []uint64{key >> 32, key & math.MaxUint32} {
		i := b.of[number]
		s, ok := b.levels[n-2].same[i]
		if !ok {
			s = shared{part: span{n: n - 1}, i: i}
		}
		if g, other := b.levels[s.part.n-1].entry(s.i); g == f && bytes.Equal(body, other) {
			s.part.from += from
			return s, true
		}
	}
	return shared{}, false
}

// entries returns for each of the pairs, sorted as the keys are, the entry with that key, or -1.
func (l *level) entries(pairs []uint64) []int {
	of := make([]int, len(pairs))
	i := 0
	for number, p := range pairs {
		for i < len(l.keys) && l.keys[i] < p {
			i++
		}
		of[number] = -1
		if i < len(l.keys) && l.keys[i] == p {
			of[number] = i
		}
	}
	return of
}

// emit writes the entries of all lengths in one order: after each gram the longer ones that begin with it.
func (b *builder) emit(w *blockWriter) error {
	var next [MaxLen]int // the first gram of each length that is not written yet
	gram := make([]byte, 0, MaxLen*utf8.UTFMax)
	var walk func(n int) error
	walk = func(n int) error { // writes the next gram of n code points, whose first n-1 are in gram, and those that begin with it
		l, i := &b.levels[n-1], next[n-1]
		next[n-1]++
		f, body := l.entry(i)
		before := len(gram)
		gram = utf8.AppendRune(gram, b.last(n, l.keys[i]))
		if err := w.add(gram, f, body); err != nil {
			return err
		}
		for n < MaxLen && next[n] < len(b.levels[n].keys) && b.isPrefix(n, l.keys[i], b.levels[n].keys[next[n]]) {
			if err := walk(n + 1); err != nil {
				return err
			}
		}
		gram = gram[:before]
		return nil
	}
	for next[0] < len(b.levels[0].keys) {
		if err := walk(1); err != nil {
			return err
		}
	}
	return nil
}

// last returns the last code point of the gram of n code points that has the key.
func (b *builder) last(n int, key uint64) rune {
	for ; n > 2; n-- {
		key = b.set.pairs[n-3][uint32(key)]
	}
	return rune(uint32(key))
}

// isPrefix tells whether the gram of n code points with the key short begins the one of n+1 with the key long.
func (b *builder) isPrefix(n int, short, long uint64) bool {
	if n == 1 {
		return long>>32 == short
	}
	return b.set.pairs[n-2][long>>32] == short
}

func (b *builder) header(docs []Doc, w *blockWriter) (*Header, error) {
	index, err := w.finish()
	if err != nil || len(docs) == 0 {
		return &Header{index: index}, err
	}
	h := &Header{lo: docs[0].Ordinal, index: index, parts: []part{{set: b.set}}}
	if b.own {
		h.parts[0].few = b.few
	}
	for _, d := range docs {
		h.events = append(h.events, uint16(d.Ordinal-h.lo))
	}
	h.span = int(h.events[len(docs)-1]) + 1
	h.parts[0].in = []interval{{0, h.span}}
	return h, nil
}
