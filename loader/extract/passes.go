package extract

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"fangzhi/loader/reading"
)

// The articles of a document are read in blocks, several at a time. A block reads by what the document knew when the pass
// began, and what it learns is added block by block, in the order of the text: the answer does not depend on which block
// was done first, nor on the number of cores.

// blockSize is the number of articles in a block. It is part of what a reading says: see above.
const blockSize = 16

// inBlocks calls do for each block of articles with a document of its own, which knows what d knows, and returns these
// documents in the order of the blocks.
func (d *document) inBlocks(articles []*article, do func(*document, []*article)) []*document {
	var workers []*document
	var blocks [][]*article
	year := d.year
	for block := range slices.Chunk(articles, blockSize) {
		w := d.worker()
		w.year = year
		for _, a := range block {
			w.turnTo(a)
		}
		w.year, year = year, w.year
		workers, blocks = append(workers, w), append(blocks, block)
	}
	if len(workers) == 1 {
		do(workers[0], blocks[0])
		return workers
	}
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, w := range workers {
		free <- struct{}{}
		group.Go(func() {
			defer func() { <-free }()
			do(w, blocks[i])
		})
	}
	group.Wait()
	return workers
}

// worker returns a document that knows what d knows, and keeps what it learns for itself.
func (d *document) worker() *document {
	w := *d
	w.room = nil
	w.organs = organTable{before: d.organs.all()}
	w.forms = formTable{before: d.forms.all()}
	w.regionIn = maps.Clone(d.regionIn)
	w.counts, w.holders = map[string]int{}, map[string][]string{}
	w.plates, w.warnings = nil, nil
	return &w
}

// join adds the organs that a block has named to those of the document. Of two that are one the first stays.
func (d *document) join(w *document) {
	for _, o := range w.organs.named {
		if key := organKey(o); d.organs.get(key) == nil {
			d.organs.addAs(key, o)
		}
	}
	for form, o := range w.forms.own { // what later passes ask for is made already
		if d.forms.get(form) == nil {
			d.forms.set(form, d.same(o))
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
func (d *document) rejoin(articles []*article) {
	for _, o := range d.organs.named {
		o.Parent = d.same(o.Parent)
	}
	for _, a := range articles {
		for i := range a.body.tokens {
			t := &a.body.tokens[i]
			for _, m := range []*organMention{t.organ, postOrgan(t.post)} {
				if m != nil {
					m.organ = d.same(m.organ)
				}
			}
		}
	}
}

func postOrgan(p *postMention) *organMention {
	if p == nil {
		return nil
	}
	return p.organ
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
