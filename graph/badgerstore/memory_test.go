package badgerstore_test

import (
	"testing"

	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

func TestAGraphInMemoryAnswersAsOneInAFolder(t *testing.T) {
	s, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer mustClose(t, s)
	other := mustOpen(t, t.TempDir())
	mustLoad(t, s, storetest.Sample()...)
	mustLoad(t, other, storetest.Sample()...)
	if got, want := mustDigest(t, s), mustDigest(t, other); got != want {
		t.Errorf("digest %s in memory, %s in a folder", got, want)
	}
}
