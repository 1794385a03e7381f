package badgerstore

import (
	"cmp"
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"strings"

	"fangzhi/graph"
)

// roll is what entities are found by: their names by terms, their regions and parents, and the orders of lists. A new one shares
// with the old whatever an update has not changed. It has no one whom graph.EntityData.LeftOver tells of.
type roll struct {
	rows paged[*rollRow] // by first atom

	// lists have, by number of a term (graph.NameForms.Terms), the entities with a name that has it, ascending, and maybe some that
	// had it once: what is found there is matched.
	terms map[string]uint32
	lists paged[[]uint32]
	// residents are, by atom, the officials and departments whose RegionAtom it is; children the entities whose ParentAtom it is.
	residents, children paged[[]uint32]

	// orders are the lists of entities, by kind (0 for all), by name and the most events first. parented says how many have a parent.
	orders   [rollKinds]struct{ name, events ordered }
	parented [rollKinds]int
}

// rollRow is an entity. Nobody changes one.
type rollRow struct {
	key            graph.EntityKey // its place among names
	forms          graph.NameForms
	events         uint32
	parent, region uint32 // atoms plus one; 0 for none
	kind           uint8
}

// rollKinds counts the lists of an order: of all, and of each kind.
const rollKinds = 4

// rollKind returns the list of a kind, false for one that there is not.
func rollKind(kind graph.EntityKind) (uint8, bool) {
	if kind == "" {
		return 0, true
	}
	i := slices.Index(graph.EntityKinds, kind)
	return uint8(i + 1), i >= 0
}

// newRollRow returns the row of an entity; nil for nil and for one that is not looked for. number returns that of an atom.
func newRollRow(d *graph.EntityData, number func(graph.ID) (uint32, bool)) *rollRow {
	if d == nil || d.LeftOver() {
		return nil
	}
	kind, ok := rollKind(d.Kind)
	if !ok {
		return nil
	}
	row := &rollRow{key: d.NameKey(), forms: d.NameForms(), events: uint32(d.EventCount), kind: kind}
	row.parent, row.region = relatives(d, number)
	return row
}

// relatives returns the atoms of the parent and, of who is no place, of the region, plus one; 0 for none.
func relatives(d *graph.EntityData, number func(graph.ID) (uint32, bool)) (parent, region uint32) {
	at := func(atom graph.ID) uint32 {
		if atom != "" {
			if n, ok := number(atom); ok {
				return n + 1
			}
		}
		return 0
	}
	if parent = at(d.ParentAtom); d.Kind != graph.KindLocation {
		region = at(d.RegionAtom)
	}
	return parent, region
}

// compareName and compareEvents tell which of two entities comes first in a list.
func (x *roll) compareName(a, b *rollRow) int { return strings.Compare(string(a.key), string(b.key)) }

func (x *roll) compareEvents(a, b *rollRow) int {
	return cmp.Or(-cmp.Compare(a.events, b.events), x.compareName(a, b))
}

// compareKey compares the place of an entity whose names match with a rank to a key, byte by byte.
func (row *rollRow) compareKey(byName bool, rank int, key graph.EntityKey) int {
	if byName {
		return strings.Compare(string(row.key), string(key))
	}
	var head [8]byte
	binary.BigEndian.PutUint32(head[:], uint32(rank))
	binary.BigEndian.PutUint32(head[4:], math.MaxUint32-row.events)
	n := min(len(head), len(key))
	if c := strings.Compare(string(head[:n]), string(key[:n])); c != 0 || n < len(head) {
		return cmp.Or(c, 1)
	}
	return strings.Compare(string(row.key), string(key[n:]))
}

// rollEditor makes the roll of the next state.
type rollEditor struct {
	roll
	rows                *editor[*rollRow]
	lists               *editor[[]uint32]
	residents, children *editor[[]uint32]
	ownTerms            bool
	orders              [rollKinds]struct{ name, events orderedEditor }
}

func (x *roll) edit() *rollEditor {
	w := &rollEditor{roll: *x, rows: x.rows.edit(), lists: x.lists.edit(), residents: x.residents.edit(), children: x.children.edit()}
	for i := range x.orders {
		w.orders[i].name.ordered, w.orders[i].events.ordered = x.orders[i].name, x.orders[i].events
	}
	return w
}

// done returns the roll, which is not to be changed any more.
func (w *rollEditor) done() *roll {
	w.roll.rows, w.roll.lists, w.roll.residents, w.roll.children = w.rows.paged, w.lists.paged, w.residents.paged, w.children.paged
	for i := range w.orders {
		w.roll.orders[i].name, w.roll.orders[i].events = w.orders[i].name.ordered, w.orders[i].events.ordered
	}
	return &w.roll
}

// put sets the row of a first atom; nil where there is no entity any more.
func (w *rollEditor) put(atom uint32, row *rollRow) {
	old := w.rows.at(atom)
	if old == nil && row == nil {
		return
	}
	w.reorder(atom, old, row)
	w.list(atom, old, row)
	was, is := rollRow{}, rollRow{}
	if old != nil {
		was = *old
	}
	if row != nil {
		is = *row
	}
	move(w.children, atom, was.parent, is.parent)
	move(w.residents, atom, was.region, is.region)
}

// reorder sets the row and moves the entity in the orders.
func (w *rollEditor) reorder(atom uint32, old, row *rollRow) {
	stays := old != nil && row != nil && old.key == row.key
	each := func(row *rollRow, use func(i uint8)) {
		if row != nil {
			use(0)
			use(row.kind)
		}
	}
	each(old, func(i uint8) {
		if old.parent != 0 {
			w.parented[i]--
		}
		if !stays {
			w.orders[i].name.remove(func(a uint32) bool { return w.compareName(w.rows.at(a), old) < 0 })
		}
		if !stays || old.events != row.events {
			w.orders[i].events.remove(func(a uint32) bool { return w.compareEvents(w.rows.at(a), old) < 0 })
		}
	})
	*w.rows.ref(atom) = row
	each(row, func(i uint8) {
		if row.parent != 0 {
			w.parented[i]++
		}
		if !stays {
			w.orders[i].name.insert(atom, func(a uint32) bool { return w.compareName(w.rows.at(a), row) < 0 })
		}
		if !stays || old.events != row.events {
			w.orders[i].events.insert(atom, func(a uint32) bool { return w.compareEvents(w.rows.at(a), row) < 0 })
		}
	})
}

// list enters the entity into the lists of the terms of its names. It stays in those of terms that it has no more.
func (w *rollEditor) list(atom uint32, old, row *rollRow) {
	if row == nil || old != nil && old.forms == row.forms {
		return
	}
	row.forms.Terms(func(term []byte) {
		number, known := w.terms[string(term)]
		if !known {
			if !w.ownTerms {
				w.ownTerms, w.terms = true, maps.Clone(w.terms)
			}
			number = uint32(len(w.terms))
			w.terms[string(term)] = number
		}
		list := w.lists.ref(number)
		*list = including(*list, atom)
	})
}

// including returns the ascending list with an atom. What is behind the list's end may be written to: one state comes after the other.
func including(list []uint32, atom uint32) []uint32 {
	if n := len(list); n == 0 || list[n-1] < atom {
		return append(list, atom)
	}
	i, there := slices.BinarySearch(list, atom)
	if there {
		return list
	}
	return slices.Insert(slices.Clip(list), i, atom)
}

// move takes an atom out of one list, counted from 1, and puts it into another; 0 is none.
func move(lists *editor[[]uint32], atom, from, to uint32) {
	if from == to {
		return
	}
	if from != 0 {
		list := lists.ref(from - 1)
		if i, there := slices.BinarySearch(*list, atom); there {
			*list = slices.Concat((*list)[:i], (*list)[i+1:])
		}
	}
	if to != 0 {
		list := lists.ref(to - 1)
		*list = including(*list, atom)
	}
}

// pack puts the rows of a page and their strings side by side, as they are walked: a question that matches twenty thousand names
// took 12 ms with rows where they came to lie.
func pack(rows []*rollRow) {
	for page := range slices.Chunk(rows, pageSize) {
		var text strings.Builder
		side := make([]rollRow, 0, pageSize)
		for _, row := range page {
			if row != nil {
				text.WriteString(string(row.forms))
				text.WriteString(string(row.key))
			}
		}
		s := text.String()
		for i, row := range page {
			if row == nil {
				continue
			}
			side = append(side, *row)
			page[i] = &side[len(side)-1]
			n, m := len(row.forms), len(row.key)
			page[i].forms, page[i].key = graph.NameForms(s[:n]), graph.EntityKey(s[n:n+m])
			s = s[n+m:]
		}
	}
}

// newRoll returns the roll of all entities, by first atom.
func newRoll(rows []*rollRow) *roll {
	pack(rows)
	x := &roll{terms: map[string]uint32{}}
	w := x.edit()
	w.ownTerms = true
	var all []uint32
	for i, row := range rows {
		if atom := uint32(i); row != nil {
			*w.rows.ref(atom) = row
			w.list(atom, nil, row)
			move(w.children, atom, 0, row.parent)
			move(w.residents, atom, 0, row.region)
			all = append(all, atom)
		}
	}
	slices.SortFunc(all, func(a, b uint32) int { return w.compareName(rows[a], rows[b]) })
	rank := make([]uint32, len(rows))
	for i, atom := range all {
		rank[atom] = uint32(i)
	}
	for i := range w.orders {
		some := all
		if i > 0 {
			some = nil
			for _, atom := range all {
				if int(rows[atom].kind) == i {
					some = append(some, atom)
				}
			}
		}
		for _, atom := range some {
			if rows[atom].parent != 0 {
				w.parented[i]++
			}
		}
		w.orders[i].name.ordered = newOrdered(some)
		some = slices.Clone(some)
		slices.SortFunc(some, func(a, b uint32) int {
			return cmp.Or(-cmp.Compare(rows[a].events, rows[b].events), cmp.Compare(rank[a], rank[b]))
		})
		w.orders[i].events.ordered = newOrdered(some)
	}
	for i := range uint32(len(w.terms)) { // what grew by doubling
		list := w.lists.ref(i)
		*list = slices.Clone(*list)
	}
	return w.done()
}
