package badgerstore_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
)

// Whatever an entity becomes of whatever it was, it is found by the names and below the parent that it has now, and by no others: one that
// changes in nothing but its count, or its label, that grows into pieces or shrinks, that goes, goes and comes in one batch, or changes again after a commit failed.
func TestAnEntityIsFoundByWhatItIsNow(t *testing.T) {
	const none = ""
	long := strings.Repeat("长", 50_000)
	type entity struct {
		names         []string // none where it goes
		parent, label string
	}
	all := []entity{
		{}, {[]string{"甲"}, none, none}, {[]string{"甲", "乙"}, none, none}, {[]string{"乙", "甲"}, none, none}, {[]string{"甲\x00乙"}, none, none}, {[]string{"甲"}, "o2", none},
		{[]string{"甲"}, "o3", long}, {[]string{"甲"}, none, long}, {[]string{"乙"}, none, long + long}, {[]string{"甲", "甲"}, none, none}, {[]string{"", "甲"}, none, none},
		{[]string{"甲"}, none, "甲（云河区）"},
	}
	broken := errors.New("broken")
	for name, opts := range map[string]badgerstore.Options{"": {}, "in bulk": {Bulk: true}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, naive := mustOpenWith(t, dir, opts), memstore.New()
			count := 0
			update := func(is entity, dropped, fails bool) {
				t.Helper()
				b := &graph.Batch{Atoms: map[graph.ID]graph.ID{"o1": "o1"}}
				if dropped || is.names == nil {
					b.DropEntities, b.Atoms["o1"] = []graph.ID{"o1"}, ""
				}
				if is.names != nil {
					count++
					b.Atoms["o1"] = "o1"
					b.Entities = []graph.EntityData{{
						ID: "o1", Kind: graph.KindOfficial, Name: is.names[0], Aliases: is.names[1:], ParentAtom: graph.ID(is.parent), Label: is.label,
						Atoms: []graph.ID{"o1"}, EventCount: count,
					}}
				}
				plan := func(graph.Reader) (*graph.Batch, error) { return b, nil }
				if fails {
					s.FailCommit(1, broken)
					if err := s.Update(t.Context(), plan); !errors.Is(err, broken) {
						t.Fatalf("Update: %v, want that its commit fails", err)
					}
					s.FailCommit(0, nil)
					return
				}
				for _, s := range []graph.Store{s, naive} {
					if err := s.Update(t.Context(), plan); err != nil {
						t.Fatal(err)
					}
				}
			}
			other := &graph.Batch{Atoms: map[graph.ID]graph.ID{"o2": "o2"}, Entities: []graph.EntityData{{ID: "o2", Kind: graph.KindOfficial, Name: "丙", Atoms: []graph.ID{"o2"}}}}
			for _, s := range []graph.Store{s, naive} {
				if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return other, nil }); err != nil {
					t.Fatal(err)
				}
			}
			for i, was := range all {
				for j, is := range all {
					update(was, false, false)
					if j%4 == 3 {
						update(all[(i+j)%len(all)], false, true)
					}
					update(is, j%3 == 2, false)
					if diff := cmp.Diff(found(t, naive), found(t, s), cmpopts.EquateEmpty()); diff != "" {
						t.Errorf("entity %d becomes %d (-naive +store):\n%.1000s", i, j, diff)
					}
					pieces := slices.ContainsFunc(s.Keys(), func(key string) bool { return strings.HasPrefix(key, "+") })
					if want := len(is.label) >= len(long); pieces != want {
						t.Errorf("entity %d becomes %d: pieces are there: %v, want %v", i, j, pieces, want)
					}
				}
				mustClose(t, s)
				s = mustOpenWith(t, dir, opts)
			}
		})
	}
}

// found are the answers by which entities are found.
func found(t *testing.T, s graph.Store) map[string]any {
	t.Helper()
	ctx := context.Background()
	r, err := s.Snapshot(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	answers := map[string]any{}
	ask := func(key string, answer any, err error) {
		if answers[key] = answer; err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"", "甲", "乙", "甲\x00乙"} {
		ids, err := r.Named(ctx, graph.KindOfficial, fold.String(name))
		ask("named "+name, ids, err)
	}
	children, err := r.Children(ctx, "o2")
	ask("children", children, err)
	entities, err := r.Entities(ctx, []graph.ID{"o1", "o2"})
	ask("entities", entities, err)
	return answers
}
