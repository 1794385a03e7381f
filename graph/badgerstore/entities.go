package badgerstore

import (
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// Entities are read twenty at a time by who asks for relations, and written anew with each issue that names them. They have a codec like
// that of cards (codec.go): names, labels and readings are parts of one text. CBOR took five times as long to read.

func (w *encoder) entity(e *graph.EntityData) {
	w.text(string(e.ID))
	enum(w, graph.EntityKinds, e.Kind)
	w.text(e.Name)
	w.text(e.Label)
	list(w, e.Aliases)
	list(w, e.Atoms)
	w.int(e.EventCount)
	w.text(string(e.RegionAtom))
	w.text(string(e.ParentAtom))
	w.text(e.Type)
	w.text(e.Code)
	w.int(e.ValidFrom)
	w.int(e.ValidTo)
	list(w, e.SuccessorAtoms)
	list(w, e.PredecessorAtoms)
	w.text(e.SortName)
	list(w, e.Pinyin)
}

func (r *decoder) entity(e *graph.EntityData) {
	*e = graph.EntityData{
		ID: graph.ID(r.text()), Kind: enumOf(r, graph.EntityKinds), Name: r.text(), Label: r.text(), Aliases: listOf[string](r), Atoms: listOf[graph.ID](r),
		EventCount: r.int(), RegionAtom: graph.ID(r.text()), ParentAtom: graph.ID(r.text()), Type: r.text(), Code: r.text(),
		ValidFrom: r.int(), ValidTo: r.int(), SuccessorAtoms: listOf[graph.ID](r), PredecessorAtoms: listOf[graph.ID](r),
		SortName: r.text(), Pinyin: listOf[string](r),
	}
}

// list writes strings behind their number.
func list[S ~string](w *encoder, all []S) {
	w.uint(uint64(len(all)))
	for _, s := range all {
		w.text(string(s))
	}
}

func listOf[S ~string](r *decoder) []S {
	all := many[S](r.count())
	for i := range all {
		all[i] = S(r.text())
	}
	return all
}

// encodeEntity returns the values of an entity.
func encodeEntity(e *graph.EntityData) []change {
	var w encoder
	w.inParts(func() { w.entity(e) })
	return encodeBytes(idKey(keyEntity, e.ID), w.b, false)
}

// decodeEntity reads the entity of a sealed value.
func decodeEntity(txn *badger.Txn, key, value []byte) (*graph.EntityData, error) {
	data, err := decodeBytes(txn, key, value, nil)
	if err != nil {
		return nil, err
	}
	r, e := decoder{s: string(data)}, new(graph.EntityData)
	r.inParts()
	r.entity(e)
	if r.end(); r.err != nil {
		return nil, fmt.Errorf("%w at %q", r.err, key)
	}
	return e, nil
}

// storedEntity returns the entity that has the id itself, nil for none.
func (r *snapshot) storedEntity(id graph.ID) (e *graph.EntityData, err error) {
	key := idKey(keyEntity, id)
	if value, ok := r.remembered(key); ok {
		return decodeEntity(r.txn, key, value)
	}
	item, err := r.item(key)
	if item == nil || err != nil {
		return nil, err
	}
	err = item.Value(func(value []byte) error {
		e, err = decodeEntity(r.txn, key, value)
		return err
	})
	return e, err
}
