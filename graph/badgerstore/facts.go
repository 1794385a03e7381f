package badgerstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sync"

	"fangzhi/graph"
)

// Facts are read and written more than anything else when documents come in, and a fact has a dozen strings, most of which the facts
// beside it have too: most say one more thing of an atom that others tell of. They are written so:
//
//	varint   number of strings, then each: varint its bytes, and these
//	varint   number of atoms, then each: its kind, code, name and organ
//	varint   number of facts, then each:
//	         1 byte   what follows, a bit each: sameKind, otherAtom, hasValue, ownName, and above these N, or manyFacts
//	         its kind, the zigzag varint of how far A's number is from that of the fact before, B, and value, as far as they follow,
//	         and N as a zigzag varint where it is not in the byte
//	varint   number of pairs, then each: A, B, the bits of its score in eight bytes, little endian, the number of its reasons, and these
//
// A string is the varint of its number, counted from 1, and 0 for ""; an atom that of its own from 0. Whoever reads them makes one string
// of all.
const (
	sameKind  = 1 << iota // as the fact before
	otherAtom             // there is a B
	hasValue
	ownName // the value is the name of A

	factBits  = 4
	manyFacts = 1<<(8-factBits) - 1
)

// numbering numbers values from 0 in the order in which they are first asked for.
type numbering[K comparable] struct {
	list    []K
	numbers map[K]uint64 // empty where there are few
}

// fewNumbered are looked for one by one: that of a fact is mostly one of the last. The facts of most names have fewer.
const fewNumbered = 24

// muchNumbered is for how many there is room that is used again.
const muchNumbered = 16 * fewNumbered

func (t *numbering[K]) of(k K) (n uint64, first bool) {
	if len(t.list) <= fewNumbered {
		if i := slices.Index(t.list, k); i >= 0 {
			return uint64(i), false
		}
	} else if n, known := t.numbers[k]; known {
		return n, false
	}
	n = uint64(len(t.list))
	t.list = append(t.list, k)
	switch {
	case n > fewNumbered:
		t.numbers[k] = n
	case n == fewNumbered:
		if t.numbers == nil {
			t.numbers = make(map[K]uint64, 4*fewNumbered)
		}
		for i, k := range t.list {
			t.numbers[k] = uint64(i)
		}
	}
	return n, true
}

// forget has the numbering begin anew, in the memory that it has, but for much of it.
func (t *numbering[K]) forget() {
	if len(t.list) > muchNumbered {
		t.numbers = nil
	}
	clear(t.numbers)
	clear(t.list)
	t.list = t.list[:0]
}

// factWriter writes facts.
type factWriter struct {
	strings numbering[string]
	atoms   numbering[graph.Atom]
	texts   []byte // the strings, as they are written
	listed  []byte // the atoms
	b       []byte // what names them
}

func (w *factWriter) text(b []byte, s string) []byte {
	if s == "" {
		return append(b, 0)
	}
	n, first := w.strings.of(s)
	if first {
		w.texts = append(binary.AppendUvarint(w.texts, uint64(len(s))), s...)
	}
	return binary.AppendUvarint(b, n+1)
}

func (w *factWriter) atom(a *graph.Atom) uint64 {
	n, first := w.atoms.of(*a)
	if first {
		for _, s := range [...]string{string(a.Kind), a.Code, a.Name, a.Organ} {
			w.listed = w.text(w.listed, s)
		}
	}
	return n
}

func (w *factWriter) fact(f, before *graph.Fact, at, last uint64) {
	what := byte(0)
	if f.Kind == before.Kind {
		what |= sameKind
	}
	if f.B != nil {
		what |= otherAtom
	}
	switch f.Value {
	case "":
	case f.A.Name:
		what |= ownName
	default:
		what |= hasValue
	}
	few := f.N >= 0 && f.N < manyFacts
	if few {
		what |= byte(f.N) << factBits
	} else {
		what |= manyFacts << factBits
	}
	w.b = append(w.b, what)
	if what&sameKind == 0 {
		w.b = w.text(w.b, f.Kind.String())
	}
	w.b = binary.AppendVarint(w.b, int64(at-last))
	if what&otherAtom != 0 {
		w.b = binary.AppendUvarint(w.b, w.atom(f.B))
	}
	if what&hasValue != 0 {
		w.b = w.text(w.b, f.Value)
	}
	if !few {
		w.b = binary.AppendVarint(w.b, int64(f.N))
	}
}

// factWriters are to write with: an issue writes some hundred blocks, most of a few facts.
var factWriters = sync.Pool{New: func() any { return new(factWriter) }}

// encodeFacts writes facts and pairs, in room if they find it there.
func encodeFacts(room []byte, facts []graph.Fact, pairs []graph.SamePair) []byte {
	w := factWriters.Get().(*factWriter)
	defer factWriters.Put(w)
	w.strings.forget()
	w.atoms.forget()
	w.texts, w.listed, w.b = w.texts[:0], w.listed[:0], w.b[:0]
	before, last := &graph.Fact{}, uint64(0)
	for i := range facts {
		f, at := &facts[i], last
		if !f.A.Is(before.A) {
			at = w.atom(f.A)
		}
		w.fact(f, before, at, last)
		before, last = f, at
	}
	w.b = binary.AppendUvarint(w.b, uint64(len(pairs)))
	for i := range pairs {
		p := &pairs[i]
		w.b = w.text(w.text(w.b, string(p.A)), string(p.B))
		w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(p.Score))
		w.b = binary.AppendUvarint(w.b, uint64(len(p.Reasons)))
		for _, reason := range p.Reasons {
			w.b = w.text(w.b, reason)
		}
	}
	out := slices.Grow(room[:0], len(w.texts)+len(w.listed)+len(w.b)+3*binary.MaxVarintLen64)
	out = append(binary.AppendUvarint(out, uint64(len(w.strings.list))), w.texts...)
	out = append(binary.AppendUvarint(out, uint64(len(w.atoms.list))), w.listed...)
	return append(binary.AppendUvarint(out, uint64(len(facts))), w.b...)
}

// decodeFacts reads what encodeFacts wrote. The error is ErrCorrupt.
func decodeFacts(data []byte) (facts []graph.Fact, pairs []graph.SamePair, err error) {
	r := &factReader{decoder: decoder{s: string(data)}}
	r.strings = make([]string, r.count()+1)
	for i := range r.strings[1:] {
		r.strings[i+1] = r.text()
	}
	r.atoms = many[graph.Atom](r.count())
	for i := range r.atoms {
		if r.err != nil {
			break
		}
		r.atoms[i] = graph.Atom{Kind: graph.EntityKind(r.name()), Code: r.name(), Name: r.name(), Organ: r.name()}
	}
	facts = many[graph.Fact](r.count())
	before, at := &graph.Fact{}, uint64(0)
	for i := range facts {
		if r.err != nil {
			break
		}
		at = r.fact(&facts[i], before, at)
		before = &facts[i]
	}
	pairs = many[graph.SamePair](r.count())
	for i := range pairs {
		if r.err != nil {
			break
		}
		r.pair(&pairs[i])
	}
	if r.err == nil && len(r.s) > 0 {
		r.fail()
	}
	if r.err != nil {
		return nil, nil, fmt.Errorf("%w: facts end early or name what is not there", ErrCorrupt)
	}
	return facts, pairs, nil
}

// factReader reads facts.
type factReader struct {
	decoder
	strings []string
	atoms   []graph.Atom
}

func (r *factReader) name() string {
	n := r.uint()
	if n >= uint64(len(r.strings)) {
		r.fail()
		return ""
	}
	return r.strings[n]
}

func (r *factReader) atom(n uint64) *graph.Atom {
	if n >= uint64(len(r.atoms)) {
		r.fail()
		return new(graph.Atom)
	}
	return &r.atoms[n]
}

func (r *factReader) kind() graph.FactKind {
	k, ok := graph.ParseFactKind(r.name())
	if !ok {
		r.fail()
	}
	return k
}

// fact reads the fact behind another one, whose A has a number, and returns that of its own.
func (r *factReader) fact(f, before *graph.Fact, last uint64) (at uint64) {
	if len(r.s) == 0 {
		r.fail()
		return 0
	}
	what := r.s[0]
	r.s = r.s[1:]
	if f.Kind = before.Kind; what&sameKind == 0 {
		f.Kind = r.kind()
	}
	at = last + uint64(r.int())
	f.A = r.atom(at)
	if what&otherAtom != 0 {
		f.B = r.atom(r.uint())
	}
	switch {
	case what&ownName != 0:
		f.Value = f.A.Name
	case what&hasValue != 0:
		f.Value = r.name()
	}
	if f.N = int(what >> factBits); f.N == manyFacts {
		f.N = r.int()
	}
	return at
}

func (r *factReader) pair(p *graph.SamePair) {
	p.A, p.B = graph.ID(r.name()), graph.ID(r.name())
	if len(r.s) < 8 {
		r.fail()
		return
	}
	p.Score = math.Float64frombits(binary.LittleEndian.Uint64([]byte(r.s[:8])))
	r.s = r.s[8:]
	p.Reasons = many[string](r.count())
	for i := range p.Reasons {
		p.Reasons[i] = r.name()
	}
}

// documentRecord is graph.Document with its facts as encodeFacts writes them, and what quotes.go makes of its text.
type documentRecord struct {
	Text      []byte                `cbor:"1,keyasint"` // what of it is no quote
	Facts     []byte                `cbor:"2,keyasint"`
	Redirects map[graph.ID]graph.ID `cbor:"3,keyasint,omitempty"`
	FirstLine int                   `cbor:"4,keyasint,omitempty"`
	Quotes    []byte                `cbor:"5,keyasint,omitempty"`
}

// Document implements graph.Reader.
func (r *snapshot) Document(ctx context.Context, issue graph.ID) (*graph.Document, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	found, err := record[documentRecord](r, keyDocument, issue)
	if err != nil || found == nil {
		return nil, err
	}
	d := &graph.Document{Redirects: found.Redirects, FirstLine: found.FirstLine}
	if d.Facts, _, err = decodeFacts(found.Facts); err != nil {
		return nil, err
	}
	if len(found.Quotes) == 0 {
		d.Text = string(found.Text)
		return d, nil
	}
	d.Text, err = r.unquote(ctx, found.Text, found.Quotes)
	if err != nil {
		return nil, fmt.Errorf("document of issue %s: %w", issue, err)
	}
	return d, nil
}
