package badgerstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"fangzhi/graph"
)

// Facts are read and written more than anything else when documents come in, and a fact has a dozen strings, most of which the facts
// beside it have too. They are written so:
//
//	varint   number of strings, then each: varint its bytes, and these
//	varint   number of facts, then each:
//	         1 byte   what follows, a bit each: sameKind, sameAtom, otherAtom, hasValue
//	         its kind, A, B and value, as far as they follow, and N as a zigzag varint
//	varint   number of pairs, then each: A, B, the bits of its score in eight bytes, little endian, the number of its reasons, and these
//
// A string in a fact or pair is the varint of its number, counted from 1, and 0 for "". Whoever reads them makes one string of all.
const (
	sameKind  = 1 << iota // as the fact before
	sameAtom              // A, as the fact before
	otherAtom             // B is no zero atom
	hasValue
)

// stringTable numbers strings.
type stringTable struct {
	list    []string
	numbers map[string]uint64 // where there are many
	b       []byte            // the strings, as they are written
}

// fewStrings are looked for one by one: that of a fact is mostly one of the last. The facts of most names have fewer.
const fewStrings = 24

func (t *stringTable) number(s string) uint64 {
	if s == "" {
		return 0
	}
	if t.numbers == nil {
		if i := slices.Index(t.list, s); i >= 0 {
			return uint64(i) + 1
		}
		if len(t.list) == fewStrings {
			t.numbers = make(map[string]uint64, 4*fewStrings)
			for i, s := range t.list {
				t.numbers[s] = uint64(i) + 1
			}
		}
	} else if n, known := t.numbers[s]; known {
		return n
	}
	t.list = append(t.list, s)
	if t.numbers != nil {
		t.numbers[s] = uint64(len(t.list))
	}
	t.b = append(binary.AppendUvarint(t.b, uint64(len(s))), s...)
	return uint64(len(t.list))
}

// encodeFacts writes facts and pairs.
func encodeFacts(facts []graph.Fact, pairs []graph.SamePair) []byte {
	t := &stringTable{}
	var b []byte
	text := func(s string) { b = binary.AppendUvarint(b, t.number(s)) }
	atom := func(a *graph.Atom) {
		text(string(a.Kind))
		text(a.Code)
		text(a.Name)
		text(a.Organ)
	}
	b = binary.AppendUvarint(b, uint64(len(facts)))
	before := &graph.Fact{}
	for i := range facts {
		f, what := &facts[i], byte(0)
		if f.Kind == before.Kind {
			what |= sameKind
		}
		if f.A == before.A {
			what |= sameAtom
		}
		if f.B != (graph.Atom{}) {
			what |= otherAtom
		}
		if f.Value != "" {
			what |= hasValue
		}
		b = append(b, what)
		if what&sameKind == 0 {
			text(string(f.Kind))
		}
		if what&sameAtom == 0 {
			atom(&f.A)
		}
		if what&otherAtom != 0 {
			atom(&f.B)
		}
		if what&hasValue != 0 {
			text(f.Value)
		}
		b = binary.AppendVarint(b, int64(f.N))
		before = f
	}
	b = binary.AppendUvarint(b, uint64(len(pairs)))
	for i := range pairs {
		p := &pairs[i]
		text(string(p.A))
		text(string(p.B))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Score))
		b = binary.AppendUvarint(b, uint64(len(p.Reasons)))
		for _, reason := range p.Reasons {
			text(reason)
		}
	}
	out := make([]byte, 0, len(t.b)+len(b)+binary.MaxVarintLen64)
	out = binary.AppendUvarint(out, uint64(len(t.list)))
	return append(append(out, t.b...), b...)
}

// decodeFacts reads what encodeFacts wrote. The error is ErrCorrupt.
func decodeFacts(data []byte) (facts []graph.Fact, pairs []graph.SamePair, err error) {
	r := &factReader{decoder: decoder{s: string(data)}}
	r.strings = make([]string, r.count()+1)
	for i := range r.strings[1:] {
		r.strings[i+1] = r.text()
	}
	if n := r.count(); n > 0 {
		facts = make([]graph.Fact, n)
	}
	before := &graph.Fact{}
	for i := range facts {
		if r.err != nil {
			break
		}
		f := &facts[i]
		r.fact(f, before)
		before = f
	}
	if n := r.count(); n > 0 {
		pairs = make([]graph.SamePair, n)
	}
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
}

func (r *factReader) name() string {
	n := r.uint()
	if n >= uint64(len(r.strings)) {
		r.fail()
		return ""
	}
	return r.strings[n]
}

func (r *factReader) atom() graph.Atom {
	return graph.Atom{Kind: graph.EntityKind(r.name()), Code: r.name(), Name: r.name(), Organ: r.name()}
}

func (r *factReader) fact(f, before *graph.Fact) {
	if len(r.s) == 0 {
		r.fail()
		return
	}
	what := r.s[0]
	r.s = r.s[1:]
	if f.Kind = before.Kind; what&sameKind == 0 {
		f.Kind = graph.FactKind(r.name())
	}
	if f.A = before.A; what&sameAtom == 0 {
		f.A = r.atom()
	}
	if what&otherAtom != 0 {
		f.B = r.atom()
	}
	if what&hasValue != 0 {
		f.Value = r.name()
	}
	n := r.uint()
	f.N = int(n>>1) ^ -int(n&1)
}

func (r *factReader) pair(p *graph.SamePair) {
	p.A, p.B = graph.ID(r.name()), graph.ID(r.name())
	if len(r.s) < 8 {
		r.fail()
		return
	}
	p.Score = math.Float64frombits(binary.LittleEndian.Uint64([]byte(r.s[:8])))
	r.s = r.s[8:]
	if n := r.count(); n > 0 {
		p.Reasons = make([]string, n)
	}
	for i := range p.Reasons {
		p.Reasons[i] = r.name()
	}
}

// documentRecord is graph.Document with its facts as encodeFacts writes them.
type documentRecord struct {
	Text      string                `cbor:"1,keyasint"`
	Facts     []byte                `cbor:"2,keyasint"`
	Redirects map[graph.ID]graph.ID `cbor:"3,keyasint,omitempty"`
	FirstLine int                   `cbor:"4,keyasint,omitempty"`
}

// Document implements graph.Reader.
func (r *snapshot) Document(ctx context.Context, issue graph.ID) (*graph.Document, error) {
	found, err := records[documentRecord](ctx, r, keyDocument, []graph.ID{issue})
	if err != nil || found[0] == nil {
		return nil, err
	}
	facts, _, err := decodeFacts(found[0].Facts)
	if err != nil {
		return nil, err
	}
	return &graph.Document{Text: found[0].Text, Facts: facts, Redirects: found[0].Redirects, FirstLine: found[0].FirstLine}, nil
}
