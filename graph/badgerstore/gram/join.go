package gram

import "github.com/RoaringBitmap/roaring/v2"

// A List names one of the lists of an Entry: ListAll, ListTitle, or the number of hits, as for Entry.Tier.
type List int

// The lists of an entry that are not of a number of hits.
const (
	ListAll   List = allList
	ListTitle List = titleList
)

// Ordinals are those of one list, read, to be joined once with those of other segments.
type Ordinals struct{ of [2]container }

// Read reads a list of the entry. The error is ErrCorrupt.
func (e *Entry) Read(which List) (Ordinals, error) {
	l := e.of[which]
	switch {
	case len(l.b) == 0:
		return Ordinals{}, nil
	case (l.form == bitmap || l.form == runs) && e.in == nil:
		b, ok := l.bits(e.span)
		if !ok {
			return Ordinals{}, ErrCorrupt
		}
		return Ordinals{bitContainers(e.lo, b)}, nil
	}
	v, err := e.ordinals(make([]uint16, 0, l.count()), int(which))
	if err != nil {
		return Ordinals{}, err
	}
	return Ordinals{containers(e.lo, v)}, nil
}

// Join returns the ordinals of lists of several segments, given in ascending order, in a bitmap of the caller's own that shares
// nothing.
func Join(lists []Ordinals) *roaring.Bitmap {
	all := make([]container, 0, 2*len(lists))
	for i := range lists {
		for _, c := range lists[i].of {
			last := len(all) - 1
			switch {
			case c.count == 0:
			case last >= 0 && all[last].high == c.high:
				all[last].add(&c)
			default:
				all = append(all, c)
			}
		}
	}
	return mapped(all)
}
