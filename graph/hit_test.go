package graph_test

import (
	"encoding/base64"
	"errors"
	"slices"
	"testing"

	"fangzhi/graph"
)

func TestHitsOrderByTitleThenNumberThenDay(t *testing.T) {
	old, young := event(t, "2020-01-01", "a", 1, "e1").SortKey(), event(t, "2021-01-01", "a", 1, "e2").SortKey()
	undated := event(t, "XXXX", "a", 1, "e3").SortKey()
	want := []graph.HitKey{ // best first
		graph.NewHitKey(true, graph.MostHits, old), graph.NewHitKey(true, 2, young), graph.NewHitKey(true, 1, young), graph.NewHitKey(true, 1, old),
		graph.NewHitKey(false, 300, young), graph.NewHitKey(false, graph.MostHits, old), graph.NewHitKey(false, 2, undated), graph.NewHitKey(false, 1, young),
		graph.NewHitKey(false, 1, old), graph.NewHitKey(false, 1, undated),
	}
	for i, k := range want {
		for j, l := range want {
			if k.Before(l) != (i < j) {
				t.Errorf("key %d before key %d: %v", i, j, k.Before(l))
			}
		}
	}
	if k := want[4]; k.Title() || k.Hits() != graph.MostHits || k.SortKey() != young {
		t.Errorf("key %q: %v, %d, %q", k, k.Title(), k.Hits(), k.SortKey())
	}
	if k := want[1]; !k.Title() || k.Hits() != 2 {
		t.Errorf("key %q: %v, %d", k, k.Title(), k.Hits())
	}
	h := graph.Hit{Event: event(t, "2021-01-01", "a", 1, "e2"), Title: true, Hits: 2}
	if h.Key() != want[1] {
		t.Errorf("the key of a hit is %q, want %q", h.Key(), want[1])
	}
}

func TestHitCursors(t *testing.T) {
	key := graph.NewHitKey(true, 3, event(t, "2021-01-01", "a", 1, "e1").SortKey())
	if got, err := graph.ParseHitCursor(key.Cursor()); got != key || err != nil {
		t.Errorf("ParseHitCursor = %q, %v; want %q", got, err, key)
	}
	raw, _ := base64.RawURLEncoding.DecodeString(key.Cursor())
	damaged := func(edit func([]byte) []byte) string {
		return base64.RawURLEncoding.EncodeToString(edit(slices.Clone(raw)))
	}
	set := func(i int, v byte) string {
		return damaged(func(b []byte) []byte { b[i] = v; return b })
	}
	for name, cursor := range map[string]string{
		"nothing": "", "no base64": "*", "a timeline's": key.SortKey().Cursor(), "of another list": set(0, 'r'), "neither title nor not": set(1, 2),
		"no hit": set(2, graph.MostHits), "no day": set(3, 2), "cut": damaged(func(b []byte) []byte { return b[:8] }), "no key": damaged(func(b []byte) []byte { return b[:3] }),
	} {
		if got, err := graph.ParseHitCursor(cursor); !errors.Is(err, graph.ErrBadInput) {
			t.Errorf("%s: ParseHitCursor(%q) = %q, %v; want ErrBadInput", name, cursor, got, err)
		}
	}
	if _, err := graph.ParseCursor(key.Cursor()); !errors.Is(err, graph.ErrBadInput) {
		t.Errorf("a timeline takes the cursor of a search: %v", err)
	}
}
