package badgerstore

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// parts makes the text of a card.
type parts struct {
	cutUp  bool     // before, they are gathered
	all    []string // as they are asked for
	begins []int    // of each in the text
	order  []int    // of all, the longest first
	text   string
	next   int
}

// someParts are to make texts with: an issue writes some hundred cards and entities.
var someParts = sync.Pool{New: func() any { return new(parts) }}

// forget makes them ready for the next text.
func (p *parts) forget() {
	clear(p.all)
	*p = parts{all: p.all[:0], begins: p.begins[:0], order: p.order[:0]}
}

// searchedBytes are how many bytes of the text are searched for each string: most texts are shorter, and what is longer takes no time that
// grows with its square.
const searchedBytes = 4 << 10

// cut makes the text.
func (p *parts) cut() {
	size := 0
	for i, s := range p.all {
		size += len(s) // more than the text takes
		p.begins, p.order = append(p.begins, 0), append(p.order, i)
	}
	slices.SortStableFunc(p.order, func(i, j int) int { return cmp.Compare(len(p.all[j]), len(p.all[i])) })
	var text strings.Builder
	text.Grow(size)
	var behind map[string]int // where strings begin that are not searched for
	for _, i := range p.order {
		s := p.all[i]
		begin := strings.Index(text.String()[:min(text.Len(), searchedBytes)], s)
		if begin < 0 {
			var known bool
			if begin, known = behind[s]; !known {
				begin = text.Len()
				text.WriteString(s)
				if text.Len() > searchedBytes {
					if behind == nil {
						behind = map[string]int{}
					}
					behind[s] = begin
				}
			}
		}
		p.begins[i] = begin
	}
	p.text, p.cutUp = text.String(), true
}

// inParts writes what write does with its strings as parts of one text before it.
func (w *encoder) inParts(write func()) {
	w.parts = someParts.Get().(*parts)
	begin := len(w.b)
	write() // gathers
	w.b = w.b[:begin]
	w.parts.cut()
	w.uint(uint64(len(w.parts.text)))
	w.b = append(w.b, w.parts.text...)
	write()
	w.parts.forget()
	someParts.Put(w.parts)
	w.parts = nil
}
