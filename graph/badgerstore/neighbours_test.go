package badgerstore

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

// settled merges until nothing is left to be merged, as a store does after each update. dead says how many of a merged segment's
// events are left out.
func settled(t interface{ Fatalf(string, ...any) }, all []extent, dead func(events int) int) []extent {
	for {
		from, to := neighbours(all)
		if to == 0 {
			return all
		}
		m := extent{lo: all[from].lo, hi: all[to-1].hi}
		for _, s := range all[from:to] {
			m.events += s.events
		}
		if to-from < 2 || m.hi-uint64(m.lo) > gram.MaxSpan {
			t.Fatalf("merging %v of %v", all[from:to], all)
		}
		m.events -= dead(m.events)
		all = slices.Concat(all[:from], []extent{m}, all[to:])
	}
}

func added(all []extent, events int) []extent {
	lo := uint64(0)
	if len(all) > 0 {
		lo = all[len(all)-1].hi
	}
	return append(all, extent{uint32(lo), lo + uint64(events), events})
}

// However updates come, merging ends and keeps to what a segment may span.
func TestMergingEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []extent
		for range rapid.IntRange(1, 300).Draw(t, "updates") {
			all = added(all, rapid.SampledFrom([]int{1, 50, 50, 50, 511, 512, 1000, 5000, docsASegment}).Draw(t, "events"))
			all = settled(t, all, func(events int) int { return rapid.IntRange(0, events/8).Draw(t, "dead") })
		}
	})
}

// A million events are in few segments at any time, whatever the size of issues.
func TestMergingLeavesFewSegments(t *testing.T) {
	for _, events := range []int{1, 50, 400, 2000, docsASegment} {
		var all []extent
		most := 0
		for range min(1_000_000/events, 40_000) {
			all = settled(t, added(all, events), func(int) int { return 0 })
			most = max(most, len(all))
		}
		if most > 64 {
			t.Errorf("issues of %d events: up to %d segments, want at most 64", events, most)
		}
		t.Logf("issues of %d events: up to %d segments", events, most)
	}
}
