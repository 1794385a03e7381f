package badgerstore_test

import (
	"fmt"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/query"
)

// mustPutPeople puts officials: five of them, 沈知秋, and others of other names.
func mustPutPeople(t testing.TB, s *badgerstore.Store, others int) {
	t.Helper()
	b := &graph.Batch{Atoms: map[graph.ID]graph.ID{}}
	for i := range others + 5 {
		d := graph.EntityData{Kind: graph.KindOfficial, Name: "沈知秋", EventCount: i}
		if i >= 5 {
			d.Name = string([]rune{'方', '一' + rune(i)})
		}
		d.ID = graph.Atom{Kind: d.Kind, Code: fmt.Sprint(i), Name: d.Name}.ID()
		d.Label = fmt.Sprintf("%s（%d）", d.Name, i)
		d.Atoms = []graph.ID{d.ID}
		query.Spell(&d)
		b.Entities = append(b.Entities, d)
		b.Atoms[d.ID] = d.ID
	}
	if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
		t.Fatal(err)
	}
}

// A page allocates what it shows, not what there is: neither records of others nor lists of them.
func TestAPageOfEntitiesCostsThePage(t *testing.T) {
	questions := []graph.EntityQuery{{}, {ByName: true}, {Kind: graph.KindOfficial, Roots: true}, {Linked: true}, {Text: "知秋"}, {Text: "shenzhiqiu"}, {Text: "szq"}}
	allocs := map[int][]float64{}
	for _, others := range []int{100, 4000} {
		s := mustOpen(t, t.TempDir())
		mustPutPeople(t, s, others)
		r, err := s.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range questions {
			ask := func() {
				page, err := r.FindEntities(t.Context(), q, graph.EntityPage{First: 5})
				if err != nil || len(page.Hits) != 5 || q.Text != "" && page.Total != 5 {
					t.Errorf("%+v: %d of %d, %v", q, len(page.Hits), page.Total, err)
				}
			}
			ask()
			allocs[others] = append(allocs[others], testing.AllocsPerRun(20, ask))
		}
		r.Close()
	}
	for i, q := range questions {
		if few, many := allocs[100][i], allocs[4000][i]; many > few+2 {
			t.Errorf("%+v: %v allocations with 100 others, and %v with 4000", q, few, many)
		}
	}
}
