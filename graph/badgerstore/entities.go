package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// Entities are read twenty at a time by who asks for relations, and written anew where an issue tells of them more than a number of events, which
// stands apart (totals.go). They have a codec like that of cards (codec.go): names, labels and readings are parts of one text. CBOR took five
// times as long to read.

func (w *encoder) entity(e *graph.EntityData) {
	w.entityID(e.ID)
	enum(w, graph.EntityKinds, e.Kind)
	w.text(e.Name)
	w.text(e.Label)
	w.list(e.Aliases)
	w.entityIDs(e.Atoms)
	w.entityID(e.RegionAtom)
	w.entityID(e.ParentAtom)
	w.text(e.Type)
	w.text(e.Code)
	w.int(e.ValidFrom)
	w.int(e.ValidTo)
	w.entityIDs(e.SuccessorAtoms)
	w.entityIDs(e.PredecessorAtoms)
	w.text(e.SortName)
	w.list(e.Pinyin)
}

func (r *decoder) entity(e *graph.EntityData) {
	*e = graph.EntityData{
		ID: r.entityID(), Kind: enumOf(r, graph.EntityKinds), Name: r.text(), Label: r.text(), Aliases: r.list(), Atoms: r.entityIDs(),
		RegionAtom: r.entityID(), ParentAtom: r.entityID(), Type: r.text(), Code: r.text(),
		ValidFrom: r.int(), ValidTo: r.int(), SuccessorAtoms: r.entityIDs(), PredecessorAtoms: r.entityIDs(),
		SortName: r.text(), Pinyin: r.list(),
	}
}

// list writes strings behind their number.
func (w *encoder) list(all []string) {
	w.uint(uint64(len(all)))
	for _, s := range all {
		w.text(s)
	}
}

func (r *decoder) list() []string {
	all := many[string](r.count())
	for i := range all {
		all[i] = r.text()
	}
	return all
}

// In memory (entityshelf.go) an id is the number of its atom and numberedIDs, or it is noID, or textID, which its text follows.
const (
	noID = iota
	textID
	numberedIDs
)

func (w *encoder) entityID(id graph.ID) {
	switch n, ok := uint32(0), false; {
	case w.x == nil: // on disk
		w.text(string(id))
	case id == "":
		w.uint(noID)
	default:
		if n, ok = w.x.atom(id); ok {
			w.uint(uint64(n) + numberedIDs)
			return
		}
		w.uint(textID)
		w.text(string(id))
	}
}

func (r *decoder) entityID() graph.ID {
	if r.x == nil {
		return graph.ID(r.text())
	}
	switch n := r.uint(); {
	case n == noID:
		return ""
	case n == textID:
		return graph.ID(r.text())
	case n-numberedIDs < uint64(len(r.x.atoms)):
		return r.x.atoms[n-numberedIDs]
	}
	r.fail()
	return ""
}

func (w *encoder) entityIDs(all []graph.ID) {
	w.uint(uint64(len(all)))
	for _, id := range all {
		w.entityID(id)
	}
}

func (r *decoder) entityIDs() []graph.ID {
	all := many[graph.ID](r.count())
	for i := range all {
		all[i] = r.entityID()
	}
	return all
}

// encodeEntity returns the values of an entity.
func encodeEntity(e *graph.EntityData) []change {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	w := encoder{b: (*room)[:0]}
	w.inParts(func() { w.entity(e) })
	return cutUp(idKey(keyEntity, e.ID), plain, w.b)
}

// decodeEntity reads the entity of a sealed value, without the number of its events.
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

// readEntity reads the entity of a sealed value, as it is in this state.
func (r *snapshot) readEntity(key, value []byte) (*graph.EntityData, error) {
	e, err := decodeEntity(r.txn, key, value)
	if err == nil {
		e.EventCount = r.index.total(e.ID)
	}
	return e, err
}

// storedEntity returns the entity that has the id itself, nil for none.
func (r *snapshot) storedEntity(id graph.ID) (e *graph.EntityData, err error) {
	key := idKey(keyEntity, id)
	if value, ok := r.remembered(key); ok {
		return r.readEntity(key, value)
	}
	item, err := r.item(key)
	if item == nil || err != nil {
		return nil, err
	}
	err = item.Value(func(value []byte) error {
		e, err = r.readEntity(key, value)
		return err
	})
	return e, err
}

// entityAt returns the entity of a first atom, nil where it is that of none.
func (r *snapshot) entityAt(atom uint32) (*graph.EntityData, error) {
	if d, ok := r.keptEntity(atom); ok {
		return d, nil
	}
	d, err := r.storedEntity(r.index.atoms[atom])
	if err == nil && d != nil {
		r.state.keepEntity(atom, d, true)
	}
	return d, err
}

// entity returns the entity of an id, or of an atom's.
func (r *snapshot) entity(id graph.ID) (*graph.EntityData, error) {
	if atom, ok := r.index.atom(id); ok {
		if e, held := r.index.entity(atom); held {
			return r.entityAt(e)
		}
	}
	return r.storedEntity(id)
}

// Entities implements graph.Reader.
func (r *snapshot) Entities(ctx context.Context, ids []graph.ID) ([]*graph.EntityData, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	found := make([]*graph.EntityData, len(ids))
	var missing []int
	for i, id := range ids {
		if atom, ok := r.index.atom(id); ok {
			if e, held := r.index.entity(atom); held {
				found[i], _ = r.keptEntity(e)
			}
		}
		if found[i] == nil {
			missing = append(missing, i)
		}
	}
	return found, inTwo(ctx, len(missing), func(n int) (err error) {
		i := missing[n]
		found[i], err = r.entity(ids[i])
		return err
	})
}

// letters returns the first letters of the ids of a kind, in order.
func letters(kind graph.EntityKind) string {
	switch kind {
	case graph.KindOfficial:
		return graph.PrefixOfficial
	case graph.KindDepartment:
		return graph.PrefixDepartment
	case graph.KindLocation:
		return graph.PrefixLocation
	case "":
		return graph.PrefixDepartment + graph.PrefixLocation + graph.PrefixOfficial
	}
	return "" // there are none of another kind
}

// EachEntity implements graph.Reader.
func (r *snapshot) EachEntity(ctx context.Context, kind graph.EntityKind, visit func(*graph.EntityData) error) error {
	if err := r.enter(ctx); err != nil {
		return err
	}
	defer r.leave()
	stopped := false
	for _, letter := range letters(kind) {
		prefix := []byte{keyEntity, byte(letter)}
		err := r.scan(ctx, prefix, func(_ []byte, item *badger.Item) error {
			var e *graph.EntityData
			err := item.Value(func(value []byte) (err error) {
				e, err = r.readEntity(item.Key(), value)
				return err
			})
			if err != nil {
				return err
			}
			err = visit(e)
			stopped = errors.Is(err, graph.ErrStop)
			return err
		})
		if err != nil || stopped {
			return err
		}
	}
	return nil
}

// Named implements graph.Reader.
func (r *snapshot) Named(ctx context.Context, kind graph.EntityKind, folded string) ([]graph.ID, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	var ids []graph.ID
	for _, letter := range letters(kind) {
		found, err := r.idsBelow(ctx, namesKey(byte(letter), folded))
		if err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	return ids, nil
}

// Children implements graph.Reader.
func (r *snapshot) Children(ctx context.Context, id graph.ID) ([]graph.ID, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	parent, err := r.entity(id)
	if parent == nil || err != nil {
		return nil, err
	}
	var children []graph.ID
	for _, atom := range parent.Atoms {
		found, err := r.idsBelow(ctx, childrenKey(atom))
		if err != nil {
			return nil, err
		}
		children = append(children, found...)
	}
	slices.Sort(children)
	return slices.Compact(children), nil
}
