package badgerstore

import (
	"golang.org/x/sync/errgroup"

	"fangzhi/graph"
)

// ahead is what is made of a batch beside the rest of an update, on other processors: values as they are written, and what stands where they
// are put. It hangs on nothing that the rest of the update changes.
type ahead struct {
	blocks, entities [][]change // by place in the batch; nil for a block without facts, and for an entity that has the face of what it replaces
	documents        [][]change // of the issues that are put
	faces            []uint64   // of the entities
	replaced         []stored   // by entities that do not have the face of what they replace
}

// stored is an entity as it stands on disk.
type stored struct {
	*graph.EntityData // nil where there is none
	// pieces is how many pieces its record has beside the first, unknown for an entity that is kept.
	pieces int
}

const unknown = -1

// make has it made of a batch by a group.
func (a *ahead) make(group *errgroup.Group, r *snapshot, b *graph.Batch) {
	a.blocks, a.entities, a.documents = make([][]change, len(b.Blocks)), make([][]change, len(b.Entities)), make([][]change, len(b.Put))
	a.faces, a.replaced = make([]uint64, len(b.Entities)), make([]stored, len(b.Entities))
	group.Go(func() (err error) {
		first := r.index.n()
		for i, d := range b.Put {
			if a.documents[i], err = encodeDocument(d, first); err != nil {
				return err
			}
			first += uint32(len(d.Events))
		}
		return nil
	})
	group.Go(func() (err error) {
		for i := range b.Entities {
			e := &b.Entities[i]
			a.faces[i] = faceOf(e)
			if r.hasFace(e.ID, a.faces[i]) {
				continue
			}
			if a.replaced[i], err = r.stored(e.ID); err != nil {
				return err
			}
			a.entities[i] = encodeEntity(e)
		}
		return nil
	})
	group.Go(func() error {
		for i := range b.Blocks {
			if block := &b.Blocks[i]; len(block.Facts) > 0 {
				a.blocks[i] = encodeBlock(block)
			}
		}
		return nil
	})
}

// hasFace tells whether the entity of an id has a face.
func (r *snapshot) hasFace(id graph.ID, face uint64) bool {
	n, ok := r.index.atom(id)
	return ok && r.index.faces.at(n) == face
}

// stored returns the entity that has the id itself.
func (r *snapshot) stored(id graph.ID) (e stored, err error) {
	n, ok := r.index.atom(id)
	if !ok {
		return e, nil // the id of an entity always has a number
	}
	if d, kept := r.keptEntity(n); kept {
		return stored{d, unknown}, nil
	}
	key := idKey(keyEntity, id)
	read := func(value []byte) (err error) {
		if e.pieces, err = pieces(key, value); err != nil {
			return err
		}
		e.EntityData, err = r.readEntity(key, value)
		return err
	}
	if value, ok := r.remembered(key); ok {
		return e, read(value)
	}
	item, err := r.item(key)
	if item == nil || err != nil {
		return e, err
	}
	return e, item.Value(read)
}

// encodeBlock returns the values of a block.
func encodeBlock(b *graph.Block) []change {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	return squeeze(idKey(keyBlock, b.Key), encodeFacts(*room, b.Facts, b.Pairs))
}

// encodeDocument returns the values of what is kept of the document of an issue, whose events get ordinals from first on.
func encodeDocument(is *graph.IssueData, first uint32) ([]change, error) {
	d := &is.Document
	literals, quotes := quote(is, first)
	data, err := marshal(&documentRecord{literals, encodeFacts(nil, d.Facts, nil), d.Redirects, d.FirstLine, quotes})
	if err != nil {
		return nil, err
	}
	return cutUp(idKey(keyDocument, is.Issue.ID), zstandard, squeezer().EncodeAll(data, nil)), nil
}
