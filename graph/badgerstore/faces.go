package badgerstore

import (
	"crypto/sha256"
	"encoding/binary"

	"fangzhi/graph"
)

// A face tells an update, which knows what an entity is to be, whether its record says just that already, in one value: then nothing of it is
// read, made or written. Most changes are of the number of events alone, which is no part of the record (totals.go).

// faceOf returns the hash of all that the record of an entity holds; it is never 0, which is the face of who is unknown or stands in pieces.
func faceOf(e *graph.EntityData) uint64 {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	w := encoder{b: (*room)[:0]}
	w.entity(e)
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
