package gram

import (
	"bytes"
	"math"
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
// are found by sorting pairs of numbers, and no gram is ever compared or hashed as a string. They are laid out by prefix first,
// and what has one prefix is sorted and made entries of while it is in the processor's caches.
type builder struct {
	// stretches are where grams of n code points can be: at first all texts, then only where the grams of n-1 have numbers.
	stretches []stretch
	before    []stretch // those of the length before
	// ids has for the code point at i of a stretch the number of the gram of n-1 code points that begins there; in the
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
	found          []uint64 // occurrences of the length in work, by prefix
	ends           []uint32 // of those of each prefix, by its number, for n = 2 its rank; at first how many they are
	sorter         sorter
	lists          lists
	// halves has the events of the grams with numbers, next those of one code point more. Both are empty if set is not chosen here.
	halves, next postings
	prefix       marked // in halves
}

// A stretch is a part of a title or a body, at least two numbers long unless it is the whole: ids [start, end). Those of one text
// follow each other.
type stretch struct {
	start, end uint32
	event      uint32 // the event's ordinal from the segment's first, and the title flag, as in an occurrence
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

// An occurrence of a gram whose prefix is known is one number, so that sorting brings those of a gram together and leaves them in
// text order: the number of its suffix, for n = 2 its rank, then 16 bits of ordinal, a title flag, and a flag for a hit: that no hit
// before it overlaps it.
const (
	hitFlag   = 1 << 0
	titleFlag = 1 << 1
	eventBit  = 2
	keyBit    = 18
)

// aStretch is about how many code points of Chinese texts there are to a stretch, where these are most.
const aStretch = 8

func newBuilder(docs []Doc, frequent *Set) (*builder, error) {
	size := 0
	for i, d := range docs {
		if i > 0 && d.Ordinal <= docs[i-1].Ordinal || d.Ordinal-docs[0].Ordinal >= MaxSpan {
			return nil, ErrRange
		}
		size += len(d.Title) + len(d.Body)
	}
	size = size/3 + size/16 // code points of Chinese texts with a fifth of ASCII
	b := &builder{set: frequent, own: frequent == nil, few: max(len(docs)/fewOf, minFew), rare: max(len(docs)/frequentOf, minFew), ids: make([]uint32, 0, size)}
	if b.own {
		b.set = new(Set)
		b.halves.all, b.next.all = make([]uint16, 0, size/2), make([]uint16, 0, size/2)
	} else {
		b.set = frequent.forBuild()
	}
	b.prefix.number = none
	b.stretches, b.before = make([]stretch, 0, size/aStretch), make([]stretch, 0, size/aStretch)
	for _, d := range docs {
		event := (d.Ordinal - docs[0].Ordinal) << eventBit
		b.add(d.Title, event|titleFlag)
		if b.add(d.Body, event); len(b.ids) > MaxText {
			return nil, ErrTooLong
		}
	}
	b.rankAlphabet()
	b.found = make([]uint64, len(b.ids))
	return b, nil
}

func (b *builder) add(s string, event uint32) {
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
	b.stretches = append(b.stretches, stretch{start: uint32(start), end: uint32(len(b.ids)), event: event})
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
	if n == 2 {
		b.layPairs()
	} else {
		b.lay(n)
	}
	if len(b.found) == 0 {
		return false
	}
	var frequent []uint64
	from := uint32(0)
	for prefix, to := range b.ends {
		found := b.found[from:to]
		from = to
		if n == 2 {
			b.keepSingle(prefix, found)
		}
		frequent = b.group(n, uint32(prefix), b.sorter.sort(found), frequent)
	}
	b.prefix.mark(none, nil)
	b.halves, b.next = b.next, postings{all: b.halves.all[:0], ends: b.halves.ends[:0]}
	if n == MaxLen {
		return false
	}
	if b.own {
		b.set.pairs[n-2] = frequent
		b.number(newTable(frequent), len(frequent))
	} else {
		b.number(b.set.table(n), len(b.set.pairs[n-2]))
	}
	b.of = b.levels[n-1].entries(b.set.pairs[n-2])
	return true
}

// layPairs lays out the grams of two code points by the first of them, each in text order. The last code point of a text is the
// first of a pair as well, with a second that there is not.
func (b *builder) layPairs() {
	b.ends = make([]uint32, len(b.alphabet))
	for _, id := range b.ids {
		b.ends[b.rank[id]]++
	}
	b.begin()
	last := uint32(len(b.alphabet))
	for _, t := range b.stretches {
		ids := b.ids[t.start:t.end]
		before, prefix, hit := none, b.rank[ids[0]], false
		for i := range ids {
			suffix := last
			if i+1 < len(ids) {
				suffix = b.rank[ids[i+1]]
			}
			o := uint64(suffix)<<keyBit | uint64(t.event)
			if hit = !hit || before != prefix || prefix != suffix; hit {
				o |= hitFlag
			}
			b.put(prefix, o)
			before, prefix = prefix, suffix
		}
	}
}

// lay lays out the grams of n code points, more than two, by their prefix, each in text order.
func (b *builder) lay(n int) {
	b.begin()
	event, at := none, uint32(0)
	hits := uint(0) // bit d: a hit begins d code points before the one at
	for _, t := range b.stretches {
		if t.event != event {
			event, at, hits = t.event, t.start, 0
		}
		hits <<= t.start - at
		for at = t.start; at+1 < t.end; at++ {
			o := uint64(b.ids[at+1])<<keyBit | uint64(event)
			if !overlaps(b.ids[:at+2], n, hits) {
				hits |= 1
				o |= hitFlag
			}
			b.put(b.ids[at], o)
			hits <<= 1
		}
	}
}

// begin makes of ends, which has how many occurrences each prefix has, where those of each begin; put moves them on to where they end.
func (b *builder) begin() {
	sum := uint32(0)
	for i, n := range b.ends {
		b.ends[i] = sum
		sum += n
	}
	b.found = b.found[:sum]
}

func (b *builder) put(prefix uint32, occurrence uint64) {
	at := &b.ends[prefix]
	b.found[*at] = occurrence
	*at++
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

// number puts the numbers of count frequent grams of one code point more into ids, and counts those of them that have another behind
// them, which can be prefixes.
func (b *builder) number(t *table, count int) {
	b.ends = make([]uint32, count)
	b.stretches, b.before = b.before[:0], b.stretches
	for _, x := range b.before {
		next := stretch{start: x.start, event: x.event}
		for i := x.start; i+1 < x.end; i++ {
			number := t.number(b.ids[i], b.ids[i+1])
			if b.ids[i] = number; number != none {
				continue
			}
			next.end = i
			b.pass(next)
			next.start = i + 1
		}
		next.end = x.end - 1
		b.pass(next)
	}
}

// pass passes a stretch on to the next length unless it is too short.
func (b *builder) pass(s stretch) {
	if s.end < s.start+2 {
		return
	}
	b.stretches = append(b.stretches, s)
	for _, prefix := range b.ids[s.start : s.end-1] {
		b.ends[prefix]++
	}
}

// keepSingle makes an entry of a code point, given by its rank, of its occurrences in text order.
func (b *builder) keepSingle(rank int, found []uint64) {
	b.lists.reset()
	b.lists.take(found, hitFlag) // the flag of a pair says nothing of its first code point
	b.keep(1, uint64(b.alphabet[rank]))
}

// group makes an entry of each gram of n code points with a prefix, out of sorted occurrences, and appends the keys of the frequent ones.
func (b *builder) group(n int, prefix uint32, found, frequent []uint64) []uint64 {
	for i := 0; i < len(found); {
		suffix := uint32(found[i] >> keyBit)
		end := i + 1
		for end < len(found) && uint32(found[end]>>keyBit) == suffix {
			end++
		}
		key := pair(prefix, suffix)
		if n == 2 {
			if int(suffix) == len(b.alphabet) { // ends of texts, sorted last, have done their service
				break
			}
			key = pair(b.alphabet[prefix], b.alphabet[suffix])
		}
		b.lists.reset()
		b.lists.take(found[i:end], 0)
		i = end
		switch {
		case len(b.lists.of[allList]) > b.rare:
			frequent = append(frequent, key)
			if b.own {
				b.next.add(b.lists.of[allList])
			}
		case b.own && n > 2 && b.fewHaveBoth(prefix, suffix):
			continue
		}
		b.keep(n, key)
	}
	return frequent
}

// take adds the occurrences of one gram, in text order. always is hitFlag where all are hits.
func (l *lists) take(found []uint64, always uint64) {
	for i := 0; i < len(found); {
		event := uint16(found[i] >> eventBit)
		hits, flags := 0, uint64(0)
		for i < len(found) && uint16(found[i]>>eventBit) == event {
			hits += int((found[i] | always) & hitFlag)
			flags |= found[i]
			i++
		}
		l.add(event, hits, flags&titleFlag != 0)
	}
}

// keep adds an entry of the lists to the level of n code points.
func (b *builder) keep(n int, key uint64) {
	l := &b.levels[n-1]
	at := len(l.data)
	l.data = append(l.data, 0)
	var f form
	l.data, f = b.lists.append(l.data)
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
