// Package open opens a graph by its address: one plain switch, no registry.
package open

import (
	"errors"
	"fmt"
	"strings"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
)

// ErrScheme is returned for an address of a kind that no engine has.
var ErrScheme = errors.New("unknown kind of graph")

// Memory is the address of an empty graph in memory that is forgotten when it is closed.
const Memory = "mem:"

// Open opens the graph at an address: the path of a folder (made if it is not there), or Memory. What looks like an
// address of another scheme, x://…, is ErrScheme. The store must be closed.
func Open(address string) (graph.Store, error) { return at(address, false) }

// Bulk is Open for bringing in very much, which an engine may do in another way: reading is slower meanwhile, and closing
// may take a while.
func Bulk(address string) (graph.Store, error) { return at(address, true) }

func at(address string, bulk bool) (graph.Store, error) {
	switch scheme, _, isURL := strings.Cut(address, "://"); {
	case address == "":
		return nil, fmt.Errorf("%w: the address is empty: give the path of a folder", ErrScheme)
	case address == Memory:
		return embedded("", badgerstore.Options{InMemory: true, Bulk: bulk})
	case isURL:
		return nil, fmt.Errorf("%w %s://: give the path of a folder, or %s", ErrScheme, scheme, Memory)
	}
	return embedded(address, badgerstore.Options{Bulk: bulk})
}

func embedded(dir string, opts badgerstore.Options) (graph.Store, error) {
	store, err := badgerstore.Open(dir, opts)
	if err != nil {
		return nil, err // not a nil *Store in an interface
	}
	return store, nil
}
