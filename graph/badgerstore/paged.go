package badgerstore

// pageSize is how many values a page of a paged vector has, and how many atoms stand in one record.
const pageSize = 64

// paged is a vector of which a changed copy shares all pages but those that changed, and the lists of pages too. The zero value is
// empty; a value that was never set is the zero T.
type paged[T any] struct{ books []*book[T] }

// A book is a list of pages; nil for a page of which no value was set.
type book[T any] [pageSize]*[pageSize]T

const bookSize = pageSize * pageSize

// at returns the value at i.
func (p *paged[T]) at(i uint32) (v T) {
	if n := int(i / bookSize); n < len(p.books) && p.books[n] != nil {
		if page := p.books[n][i/pageSize%pageSize]; page != nil {
			return page[i%pageSize]
		}
	}
	return v
}

// editor changes a copy of a paged vector.
type editor[T any] struct {
	paged[T]
	own  map[uint32]bool // pages that are the copy's own; books that are, behind ownBook
	last uint32          // the one of these that was asked for last, plus one: values are mostly changed in order
}

const ownBook = 1 << 31

// edit returns an editor, which copies a pointer for every 4,096 values.
func (p paged[T]) edit() *editor[T] {
	return &editor[T]{paged: paged[T]{append([]*book[T](nil), p.books...)}, own: map[uint32]bool{}}
}

// ref returns where the value at i stands, to be changed.
func (e *editor[T]) ref(i uint32) *T {
	number := i / pageSize
	if e.last != number+1 && !e.own[number] {
		e.own[number] = true
		page := &e.book(i / bookSize)[number%pageSize]
		own := new([pageSize]T)
		if *page != nil {
			*own = **page
		}
		*page = own
	}
	e.last = number + 1
	return &e.books[i/bookSize][number%pageSize][i%pageSize]
}

// book returns a book that is the copy's own.
func (e *editor[T]) book(n uint32) *book[T] {
	for int(n) >= len(e.books) {
		e.books = append(e.books, nil)
	}
	if !e.own[ownBook|n] {
		e.own[ownBook|n] = true
		own := new(book[T])
		if e.books[n] != nil {
			*own = *e.books[n]
		}
		e.books[n] = own
	}
	return e.books[n]
}
