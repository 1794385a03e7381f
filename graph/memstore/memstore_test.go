package memstore_test

import (
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Engine{Open: func(testing.TB) graph.Store { return memstore.New() }})
}
