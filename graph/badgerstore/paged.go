package badgerstore

// pageSize is how many values a page of a paged vector has, and how many atoms stand in one record.
const pageSize = 64

// paged is a vector of which a changed copy shares all pages but those that changed. The zero value is empty; a value that
// was never set is the zero T.
type paged[T any] struct{ pages []*[pageSize]T }

// at returns the value at i.
func (p *paged[T]) at(i uint32) (v T) {
	if page := int(i / pageSize); page < len(p.pages) && p.pages[page] != nil {
		return p.pages[page][i%pageSize]
	}
	return v
}

// editor changes a copy of a paged vector.
type editor[T any] struct {
	paged[T]
	own map[uint32]bool // pages that are the copy's own
}

func (p paged[T]) edit() *editor[T] {
	return &editor[T]{paged[T]{append([]*[pageSize]T(nil), p.pages...)}, map[uint32]bool{}}
}

// ref returns where the value at i stands, to be changed.
func (e *editor[T]) ref(i uint32) *T {
	page := i / pageSize
	for int(page) >= len(e.pages) {
		e.pages = append(e.pages, nil)
	}
	if !e.own[page] {
		e.own[page] = true
		own := new([pageSize]T)
		if e.pages[page] != nil {
			*own = *e.pages[page]
		}
		e.pages[page] = own
	}
	return &e.pages[page][i%pageSize]
}
