package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// TestPackedReadsAlike: what is read of a document is the same whether its articles are held from pass to pass or made again.
func TestPackedReadsAlike(t *testing.T) {
	read := func(blocks *reading.Blocks) (all []reading.Event) {
		events := longDocument()
		events[3].Body = "雲河區敎育局局長沈知秋主持會議。" // held in simplified characters beside its own
		for k := range blocks.Len() {
			blocks.Put(k, events[k*reading.BlockSize:min((k+1)*reading.BlockSize, len(events))])
		}
		found := extract.Read(district, blocks)
		for k := range blocks.Len() {
			all = append(all, found.Take(k)...)
		}
		return all
	}
	n := len(longDocument())
	held, packed := reading.NewBlocks(n, 0), reading.PackedBlocks(n)
	if held.Packed() || !packed.Packed() {
		t.Fatalf("packed: %v and %v, want false and true", held.Packed(), packed.Packed())
	}
	if diff := cmp.Diff(read(held), read(packed), cmp.Comparer(func(a, b edtf.Date) bool { return a == b })); diff != "" {
		t.Errorf("mismatch (-held +packed):\n%s", diff)
	}
}
