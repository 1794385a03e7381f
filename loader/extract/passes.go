package extract

import (
	"maps"
	"runtime"
	"sync"
	"sync/atomic"

	"fangzhi/loader/reading"
)

// The articles of a document are read in blocks, several at a time. A block reads by what the document knew when the pass
// began, and what it learns is added block by block, in the order of the text: the answer does not depend on which block
// was done first, nor on the number of cores.

// inBlocks calls do for each block of events with a document of its own, which knows what d knew before, and then join with these
// documents in the order of the blocks: what a block has learnt is not held until the last is done. The size of a block,
// reading.BlockSize, is part of what a reading says: see above.
func (d *document) inBlocks(do func(w *document, k int), join func(w *document, k int)) {
	const many = 256 // so that no processor waits long for the last of them
	known := *d
	for from := 0; from < d.events.Len(); from += many {
		workers := make([]*document, min(many, d.events.Len()-from))
		several(len(workers), func(i int) {
			workers[i] = known.worker()
			workers[i].year = known.yearBefore[from+i]
			do(workers[i], from+i)
		})
		for i, w := range workers {
			join(w, from+i)
		}
	}
}

// several calls do for 0 to n-1, as many at a time as there are processors. Each has one goroutine for all its calls, whose stack
// need not grow again with each.
func several(n int, do func(i int)) {
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			do(i)
		}
	}
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) - 1 {
		group.Go(work)
	}
	work()
	group.Wait()
}

// worker returns a document that knows what d knows, and keeps what it learns for itself.
func (d *document) worker() *document {
	w := *d
	w.room = nil
	w.organs = organTable{before: d.organs.all()}
	w.forms = formTable{before: d.forms.all()}
	w.regionIn = maps.Clone(d.regionIn)
	w.counts, w.holders = map[string]int{}, map[string][]string{}
	w.named, w.sites = writtenTowns{}, siteTable{}
	w.plates, w.namings, w.warnings = nil, namings{}, nil
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

// join adds the organs that block k has named to those of the document, and lets what was found in it mean these. Of two that are
// one the first stays.
func (d *document) join(w *document, k int) {
	main := sameOrgans{}
	for _, o := range w.organs.named {
		key := organKey(o)
		if known := d.organs.get(key); known != nil {
			main[o] = known
		} else {
			d.organs.addAs(key, o)
		}
	}
	for _, o := range w.organs.named {
		o.Parent = main.of(o.Parent)
	}
	for form, o := range w.forms.own { // what later passes ask for is made already
		if d.forms.get(form) == nil {
			d.forms.set(form, main.of(o))
		}
	}
	d.rejoin(k, main)
	for _, pair := range w.plates {
		d.joinPlates(main.of(pair[0]), main.of(pair[1]))
	}
	for _, n := range w.namings.all {
		n.organ = main.of(n.organ)
		d.namings.add(n)
	}
}

// rejoin lets the organs that were found in block k be those of the document.
func (d *document) rejoin(k int, main sameOrgans) {
	if len(main) == 0 {
		return
	}
	for _, a := range d.opened[k] {
		for i := range a.body.tokens {
			t := &a.body.tokens[i]
			if t.organ != nil {
				t.organ.organ = main.of(t.organ.organ)
			}
			if t.post != nil && t.post.organ != nil {
				t.post.organ.organ = main.of(t.post.organ.organ)
			}
		}
	}
	d.scanned[k] = d.scanned[k].Map(func(shared any) any {
		if o, ok := shared.(*reading.Organ); ok {
			return main.of(o)
		}
		return shared
	})
}

// sameOrgans are the document's values of organs that a block has made for itself and a block before it, too.
type sameOrgans map[*reading.Organ]*reading.Organ

// of returns the document's value of an organ.
func (s sameOrgans) of(o *reading.Organ) *reading.Organ {
	if main := s[o]; main != nil {
		return main
	}
	return o
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

// addAs adds an organ whose organKey is key.
func (t *organTable) addAs(key string, o *reading.Organ) {
	if t.own == nil {
		t.own = map[string]*reading.Organ{}
	}
	t.own[key] = o
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
