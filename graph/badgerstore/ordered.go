package badgerstore

import (
	"slices"
	"sort"
)

// stretchSize is the length to which a stretch of an ordered list grows before it is cut in two.
const stretchSize = 512

// ordered is a list of atoms in an order that its owner knows. A changed copy shares all stretches but those that changed.
type ordered struct {
	stretches [][]uint32 // none is empty
	n         int
}

// spot is a place in an ordered list: before the atom there, or behind the last.
type spot struct{ stretch, at int }

// newOrdered returns the list of atoms that are in order.
func newOrdered(atoms []uint32) ordered {
	o := ordered{n: len(atoms)}
	for part := range slices.Chunk(atoms, stretchSize/2) {
		o.stretches = append(o.stretches, slices.Clone(part))
	}
	return o
}

// end is the spot behind the last atom.
func (o *ordered) end() spot { return spot{len(o.stretches), 0} }

// find returns the spot before the first atom that does not come before what is looked for.
func (o *ordered) find(before func(atom uint32) bool) spot {
	i := sort.Search(len(o.stretches), func(i int) bool { return !before(o.stretches[i][len(o.stretches[i])-1]) })
	if i == len(o.stretches) {
		return o.end()
	}
	return spot{i, sort.Search(len(o.stretches[i]), func(j int) bool { return !before(o.stretches[i][j]) })}
}

// place returns how many atoms stand before the spot.
func (o *ordered) place(s spot) int {
	n := s.at
	for _, stretch := range o.stretches[:s.stretch] {
		n += len(stretch)
	}
	return n
}

// before tells whether one spot stands before the other.
func (s spot) before(t spot) bool {
	return s.stretch < t.stretch || s.stretch == t.stretch && s.at < t.at
}

// forward visits the atoms behind the spot in order, each with its own spot, until visit returns false.
func (o *ordered) forward(from spot, visit func(atom uint32, at spot) bool) {
	for ; from.stretch < len(o.stretches); from = (spot{from.stretch + 1, 0}) {
		for stretch := o.stretches[from.stretch]; from.at < len(stretch); from.at++ {
			if !visit(stretch[from.at], from) {
				return
			}
		}
	}
}

// backward visits the atoms before the spot, the last first, each with its own spot, until visit returns false.
func (o *ordered) backward(from spot, visit func(atom uint32, at spot) bool) {
	for {
		if from.at == 0 {
			if from.stretch == 0 {
				return
			}
			from = spot{from.stretch - 1, len(o.stretches[from.stretch-1])}
		}
		for from.at > 0 {
			from.at--
			if !visit(o.stretches[from.stretch][from.at], from) {
				return
			}
		}
	}
}

// orderedEditor changes a copy of an ordered list.
type orderedEditor struct {
	ordered
	own bool // the list of stretches is the copy's own
}

func (e *orderedEditor) change() {
	if !e.own {
		e.own, e.stretches = true, slices.Clone(e.stretches)
	}
}

// insert puts an atom before the first that does not come before it.
func (e *orderedEditor) insert(atom uint32, before func(atom uint32) bool) {
	e.change()
	e.n++
	s := e.find(before)
	if s == e.end() {
		if s.stretch == 0 {
			e.stretches = append(e.stretches, []uint32{atom})
			return
		}
		s = spot{s.stretch - 1, len(e.stretches[s.stretch-1])}
	}
	old := e.stretches[s.stretch]
	stretch := make([]uint32, 0, len(old)+1)
	stretch = append(append(append(stretch, old[:s.at]...), atom), old[s.at:]...)
	if len(stretch) <= stretchSize {
		e.stretches[s.stretch] = stretch
		return
	}
	half := len(stretch) / 2
	e.stretches[s.stretch] = slices.Clone(stretch[:half])
	e.stretches = slices.Insert(e.stretches, s.stretch+1, slices.Clone(stretch[half:]))
}

// remove takes out an atom: the first that does not come before it.
func (e *orderedEditor) remove(before func(atom uint32) bool) {
	e.change()
	e.n--
	s := e.find(before)
	old := e.stretches[s.stretch]
	if len(old) == 1 {
		e.stretches = slices.Delete(e.stretches, s.stretch, s.stretch+1)
		return
	}
	e.stretches[s.stretch] = append(append(make([]uint32, 0, len(old)-1), old[:s.at]...), old[s.at+1:]...)
}
