package query_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/query"
	"fangzhi/graph/storetest"
)

// What is read is the answer and what decides it, each record once and all of a sort in one call.
func TestReadsAreThoseOfTheAnswer(t *testing.T) {
	store := storetest.NewCounting(memstore.New())
	mustAdd(t, store, yunhe, crowded(300)...)
	r := mustSnapshot(t, store)
	shen := mustEntity(t, r, official("沈知秋"))
	road := mustEntity(t, r, location("建设路"))
	type reads = map[string]storetest.Calls
	one := storetest.Calls{Calls: 1}
	of := func(ids int) storetest.Calls { return storetest.Calls{Calls: 1, IDs: ids} }
	for _, tt := range []struct {
		name string
		ask  func(context.Context) error
		want reads
	}{
		{"related, as far as all share equally", func(ctx context.Context) error {
			c, err := query.RelatedTo(ctx, r, shen, query.RelatedArgs{Page: query.PageArgs{First: ptr(3)}})
			if err == nil {
				_, err = c.TotalCount(ctx)
			}
			return err
		}, reads{"Refs": of(1), "Ties": of(1), "EntitiesAt": of(6)}}, // the organ, the road and those around it share 300 events each
		{"related, among those who share one", func(ctx context.Context) error {
			_, err := query.RelatedTo(ctx, r, shen, query.RelatedArgs{Page: query.PageArgs{First: ptr(7)}})
			return err
		}, reads{"Refs": of(1), "Ties": of(1), "EntitiesAt": of(6 + 300)}},
		{"related places, whose line is told by themselves", func(ctx context.Context) error {
			_, err := query.RelatedTo(ctx, r, road, query.RelatedArgs{Kind: graph.KindLocation})
			return err
		}, reads{"Refs": of(1), "Ties": of(1), "EntitiesAt": of(4)}},
		{"top", func(ctx context.Context) error {
			_, err := query.Top(ctx, r, query.TopArgs{Kind: graph.KindOfficial, First: ptr(1)})
			return err
		}, reads{"Top": one, "EntitiesAt": of(1)}},
		{"histogram", func(ctx context.Context) error {
			_, err := query.Histogram(ctx, r, query.HistogramArgs{Unit: query.UnitYear})
			return err
		}, reads{"Extent": one, "CountSpans": of(22)}},
		{"histogram of given days", func(ctx context.Context) error {
			_, err := query.Histogram(ctx, r, query.HistogramArgs{Filter: &query.EventFilter{Year: ptr(2010)}})
			return err
		}, reads{"CountSpans": of(12)}},
		{"histogram by officials", func(ctx context.Context) error {
			_, err := query.Histogram(ctx, r, query.HistogramArgs{By: query.ByOfficial, First: ptr(1), Filter: &query.EventFilter{Year: ptr(2010)}})
			return err
		}, reads{"Top": one, "EntitiesAt": of(1), "CountSpans": of(12)}},
		{"histogram by publications", func(ctx context.Context) error {
			_, err := query.Histogram(ctx, r, query.HistogramArgs{By: query.ByPublication, Filter: &query.EventFilter{Year: ptr(2010)}})
			return err
		}, reads{"Values": one, "Publications": of(1), "CountSpans": of(12)}},
		{"histogram by basis", func(ctx context.Context) error {
			_, err := query.Histogram(ctx, r, query.HistogramArgs{By: query.ByBasis, Filter: &query.EventFilter{Year: ptr(2010)}})
			return err
		}, reads{"Values": one, "CountSpans": of(12)}},
		{"search", func(ctx context.Context) error {
			_, err := query.Search(ctx, r, query.SearchArgs{Query: "会", Page: query.PageArgs{First: ptr(7)}})
			return err
		}, reads{"Search": of(7)}},
		{"search, and how many", func(ctx context.Context) error {
			c, err := query.Search(ctx, r, query.SearchArgs{Query: "会", Page: query.PageArgs{First: ptr(7)}})
			if err == nil {
				_, err = c.TotalCount(ctx)
			}
			return err
		}, reads{"Search": of(7), "Count": one}},
		{"search with a filter that asks for a part of the text", func(ctx context.Context) error {
			c, err := query.Search(ctx, r, query.SearchArgs{Query: "全区", Filter: &query.EventFilter{Text: "区"}, Page: query.PageArgs{First: ptr(7)}})
			if err == nil {
				_, err = c.TotalCount(ctx)
			}
			return err
		}, reads{"Search": of(7), "Count": one}},
		{"search with a filter that asks for another text", func(ctx context.Context) error {
			c, err := query.Search(ctx, r, query.SearchArgs{Query: "会", Filter: &query.EventFilter{Text: "全区", OnePerEvent: ptr(true)}, Page: query.PageArgs{First: ptr(7)}})
			if err == nil {
				_, err = c.TotalCount(ctx)
			}
			return err
		}, reads{"Search": of(7), "Count": one}},
		{"entities", func(ctx context.Context) error {
			c, err := query.Entities(ctx, r, query.EntityArgs{Query: "jia", Region: location("云河区"), Page: query.PageArgs{First: ptr(7)}})
			if err == nil {
				_, err = c.TotalCount(ctx)
			}
			return err
		}, reads{"FindEntities": of(7)}},
		{"roots", func(ctx context.Context) error {
			_, err := query.Roots(ctx, r, query.RootArgs{Kind: graph.KindOfficial, Page: query.PageArgs{Last: ptr(7)}})
			return err
		}, reads{"FindEntities": of(7)}},
		{"a path through one who is known by both", func(ctx context.Context) error {
			_, err := query.Paths(ctx, r, query.PathArgs{From: shen.ID, To: official("末")})
			return err
		}, reads{
			"Refs": of(2), "Degrees": {Calls: 2, IDs: 2}, "Ties": of(1), "Between": {Calls: 2, IDs: 2}, "EntitiesAt": {Calls: 2, IDs: 2 + 1}, "EventsAt": of(2)}},
		{"no path", func(ctx context.Context) error {
			_, err := query.Paths(ctx, r, query.PathArgs{From: shen.ID, To: official("末"), Through: []graph.EntityKind{graph.KindDepartment}})
			return err
		}, reads{
			"Refs": of(2), "EntitiesAt": of(2), "Degrees": {Calls: 4, IDs: 3}, "Ties": {Calls: 2, IDs: 2}, "Between": of(1)}},
		{"counts of places", func(ctx context.Context) error {
			_, err := query.Counts(ctx, r, query.CountArgs{By: query.ByLocation})
			return err
		}, reads{"Top": one, "EntitiesAt": of(5)}},
		{"counts of columns", func(ctx context.Context) error {
			_, err := query.Counts(ctx, r, query.CountArgs{By: query.BySection})
			return err
		}, reads{"Values": one}},
		{"links among", func(ctx context.Context) error {
			_, err := query.Among(ctx, r, query.SubgraphArgs{IDs: []graph.ID{shen.ID, official("末"), shen.ID}})
			return err
		}, reads{"Refs": of(3), "EntitiesAt": of(2), "Between": of(2)}},
		{"who is nearest", func(ctx context.Context) error {
			_, err := query.Neighborhood(ctx, r, query.NeighborhoodArgs{ID: official("末"), First: ptr(3)})
			return err
		}, reads{"Refs": of(1), "EntitiesAt": {Calls: 2, IDs: 2}, "Ties": of(1), "Between": of(1)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			store.Reset()
			if err := tt.ask(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, store.Reads()); diff != "" {
				t.Errorf("reads (-want +got):\n%s", diff)
			}
		})
	}
}
