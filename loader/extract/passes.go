package extract

import (
	"maps"
	"runtime"
	"sync"

	"fangzhi/loader/reading"
)

// The articles of a document are read in blocks, several at a time. A block reads by what the document knew when the pass
// began, and what it learns is added block by block, in the order of the text: the answer does not depend on which block
// was done first, nor on the number of cores.

// inBlocks calls do for each block of events with a document of its own, which knows what d knows, and returns these documents
// in the order of the blocks. The size of a block, reading.BlockSize, is part of what a reading says: see above.
func (d *document) inBlocks(do func(w *document, k int)) []*document {
	workers := make([]*document, d.events.Len())
	one := func(k int) {
		w := d.worker()
		w.year = d.yearBefore[k]
		do(w, k)
		w.forms, w.regionIn = formTable{}, nil // nobody asks again
		workers[k] = w
	}
	if len(workers) == 1 {
		one(0)
		return workers
	}
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for k := range workers {
		free <- struct{}{}
		group.Go(func() {
			defer func() { <-free }()
			one(k)
		})
	}
	group.Wait()
	return workers
}

// worker returns a document that knows what d knows, and keeps what it learns for itself.
func (d *document) worker() *document {
	w := *d
	w.organs = organTable{before: d.organs.all()}
	w.forms = formTable{before: d.forms.all()}
	w.regionIn = maps.Clone(d.regionIn)
	w.counts, w.holders = map[string]int{}, map[string][]string{}
	w.named, w.sites = writtenTowns{}, siteTable{}
	w.plates, w.namings, w.warnings = nil, nil, nil
	return &w
}

// addWords adds what names are made of, as a block has learnt it.
func (d *document) addWords(w *document) {
	maps.Copy(d.streets, w.streets)
	for n, at := range w.schools {
		if _, ok := d.schools[n]; !ok {
			d.schools[n] = at
		}
	}
	for _, name := range w.companies {
		if !d.isCompany[name] {
			d.addCompany(name)
		}
	}
}

// join adds the organs that a block has named to those of the document. Of two that are one the first stays.
func (d *document) join(w *document) {
	for _, o := range w.organs.named {
		if d.organs.get(organKey(o)) == nil {
			d.organs.add(o)
		}
	}
}

// same returns the document's value of an organ that a block has named.
func (d *document) same(o *reading.Organ) *reading.Organ {
	if o == nil {
		return nil
	}
	if known := d.organs.get(organKey(o)); known != nil {
		return known
	}
	return o
}

// rejoin lets what belongs to an organ, and the organs of the tokens, be the document's.
func (d *document) rejoin() {
	for _, o := range d.organs.named {
		o.Parent = d.same(o.Parent)
	}
	for k, box := range d.scanned {
		d.scanned[k] = box.Map(func(shared any) any {
			if o, ok := shared.(*reading.Organ); ok {
				return d.same(o)
			}
			return shared
		})
	}
}

// An organTable holds one value an organ, by organKey. Those of before are not changed.
type organTable struct {
	before map[string]*reading.Organ
	own    map[string]*reading.Organ
	// named are the own ones in the order in which they were first named.
	named []*reading.Organ
}

func (t *organTable) get(key string) *reading.Organ {
	if o := t.own[key]; o != nil {
		return o
	}
	return t.before[key]
}

func (t *organTable) add(o *reading.Organ) {
	if t.own == nil {
		t.own = map[string]*reading.Organ{}
	}
	t.own[organKey(o)] = o
	t.named = append(t.named, o)
}

// all returns all organs of a table that nothing comes before.
func (t *organTable) all() map[string]*reading.Organ { return t.own }

// A formTable holds what canonical has answered. Those of before are not changed.
type formTable struct{ before, own map[formOf]*reading.Organ }

func (t *formTable) get(key formOf) *reading.Organ {
	if o := t.own[key]; o != nil {
		return o
	}
	return t.before[key]
}

func (t *formTable) set(key formOf, o *reading.Organ) {
	if t.own == nil {
		t.own = map[formOf]*reading.Organ{}
	}
	t.own[key] = o
}

// all returns all answers of a table that nothing comes before.
func (t *formTable) all() map[formOf]*reading.Organ { return t.own }
