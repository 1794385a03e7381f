package badgerstore

import (
	"crypto/sha256"
	"encoding/binary"

	"fangzhi/graph"
)

// A face tells an update, which knows what an entity is to be, whether the entity was found by the same keys before and stood in one
// value: then the new one takes its place without a look at it. Most changes are of the number of events.

// faceOf returns the hash of all that entityKeys goes by; it is never 0, which is the face of who is unknown or stands in pieces.
func faceOf(e *graph.EntityData) uint64 {
	var w encoder
	w.text(string(e.ParentAtom))
	w.text(e.Name)
	list(&w, e.Aliases)
	sum := sha256.Sum256(w.b)
	return max(binary.LittleEndian.Uint64(sum[:]), 1)
}

// face has the entity of a first atom have a face.
func (c *changes) face(atom uint32, face uint64) {
	if c.w.faces.at(atom) != face {
		*c.w.faces.ref(atom) = face
		c.atoms[atom/pageSize] = true
	}
}
