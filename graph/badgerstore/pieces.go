package badgerstore

import "fangzhi/graph/badgerstore/gram"

// A bulk store keeps in memory what it makes of the tail, the pieces, until there are as many as one segment holds, and writes that.
// Written at once they would be a fourth of all that an import writes, read once from tables that nothing has sorted, and deleted. They
// are the last segments of an index. What is written down (index.list) ends before them, so that after a kill they are a tail again.

// piecesASegment is how many pieces become one segment; fewer where that would span too much, or where they have many bytes, as those of
// long texts do. Tests lower both.
var (
	piecesASegment  = 8
	manyPiecesBytes = 96 << 20
)

// A piece is a segment whose blocks are in memory.
func (s *segment) piece() bool { return s.blocks != nil }

// keep is a gram.Writer.
func (s *segment) keep(_, data []byte) error {
	s.blocks = append(s.blocks, data)
	s.bytes += len(data)
	return nil
}

// written returns how many of the segments are on disk.
func (x *index) written() int {
	n := len(x.segments)
	for n > 0 && x.segments[n-1].piece() {
		n--
	}
	return n
}

// gathered returns the first pieces if they are as many as become one segment, or if all are to be written; else none.
func (x *index) gathered(all bool) []*segment {
	pieces, bytes := x.segments[x.written():], 0
	for n := range pieces {
		lo, _ := pieces[0].header.Interval()
		if _, hi := pieces[n].header.Interval(); hi-uint64(lo) > gram.MaxSpan {
			return pieces[:n]
		}
		if bytes += pieces[n].bytes; n+1 == piecesASegment || bytes >= manyPiecesBytes {
			return pieces[:n+1]
		}
	}
	if all {
		return pieces
	}
	return nil
}

// mergeable returns neighbours that are to be made one, pieces first; none if all may stay. The caller holds s.mu.
func (s *Store) mergeable(x *index) []*segment {
	if pieces := x.gathered(s.draining && x.open() == 0); len(pieces) > 0 {
		return pieces
	}
	from, to := neighbours(extents(x.segments[:x.written()]))
	return x.segments[from:to]
}
