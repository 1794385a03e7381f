package badgerstore

import (
	"bytes"
	"hash/maphash"

	"github.com/dgraph-io/badger/v4"
)

// present holds hashes of keys that an import asks for and that are not there nearly always: a key whose hash it has not is not
// there. Badger would look for each in the filters of all its tables, of which a bulk store has hundreds, unsorted. It holds all
// keys of its kinds that there are, and maybe some that there were; 11 to 21 bytes each.
type present struct {
	seed  maphash.Seed
	slots []uint64 // open addressing, a power of two; 0 where it is empty
	used  int
}

// presentKinds are the kinds of keys that it holds.
var presentKinds = []byte{keyIssue, keyRedirect, keyBlock}

// readPresent returns the set of what a transaction shows.
func readPresent(txn *badger.Txn) *present {
	p := &present{seed: maphash.MakeSeed(), slots: make([]uint64, 1024)}
	for _, kind := range presentKinds {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{kind}})
		for it.Rewind(); it.Valid(); it.Next() {
			p.add(it.Item().Key())
		}
		it.Close()
	}
	return p
}

func (p *present) hash(key []byte) uint64 { return max(maphash.Bytes(p.seed, key), 1) }

// slot returns where a hash stands, or would.
func (p *present) slot(hash uint64) int {
	mask := uint64(len(p.slots) - 1)
	i := hash & mask
	for p.slots[i] != 0 && p.slots[i] != hash {
		i = (i + 1) & mask
	}
	return int(i)
}

// add enters a key; one of another kind is left out.
func (p *present) add(key []byte) {
	if bytes.IndexByte(presentKinds, key[0]) < 0 {
		return
	}
	hash := p.hash(key)
	i := p.slot(hash)
	if p.slots[i] == hash {
		return
	}
	p.slots[i] = hash
	if p.used++; p.used <= len(p.slots)/4*3 {
		return
	}
	old := p.slots
	p.slots = make([]uint64, 2*len(old))
	for _, hash := range old {
		if hash != 0 {
			p.slots[p.slot(hash)] = hash
		}
	}
}

// lacks tells whether it is certain that there is no such key.
func (p *present) lacks(key []byte) bool {
	return bytes.IndexByte(presentKinds, key[0]) >= 0 && p.slots[p.slot(p.hash(key))] == 0
}

// item is find of a snapshot.
func (r *snapshot) item(key []byte) (*badger.Item, error) {
	if r.present != nil && r.present.lacks(key) {
		return nil, nil
	}
	return find(r.txn, key)
}

// getBytes is getBytes of a snapshot.
func (r *snapshot) getBytes(key []byte, use func([]byte) error) (bool, error) {
	if r.present != nil && r.present.lacks(key) {
		return false, nil
	}
	return getBytes(r.txn, key, use)
}
