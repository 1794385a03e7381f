package query_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// question is any question whose work grows with the graph, or with its answer alone.
type question struct {
	name    string
	bounded bool // by a budget
	ask     func(context.Context, graph.Reader) error
}

func questions(shen *graph.EntityData) []question {
	return []question{
		{"RelatedTo", false, func(ctx context.Context, r graph.Reader) error {
			_, err := query.RelatedTo(ctx, r, shen, query.RelatedArgs{})
			return err
		}},
		{"Paths", true, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Paths(ctx, r, query.PathArgs{From: shen.ID, To: official("末"), First: ptr(5)})
			return err
		}},
		{"Neighborhood", true, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Neighborhood(ctx, r, query.NeighborhoodArgs{ID: shen.ID, Depth: ptr(2)})
			return err
		}},
		{"Among", false, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Among(ctx, r, query.SubgraphArgs{IDs: []graph.ID{shen.ID, official("末"), official("甲0"), location("云河区")}})
			return err
		}},
		{"Histogram", false, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Histogram(ctx, r, query.HistogramArgs{By: query.ByOfficial})
			return err
		}},
		{"Top", false, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Top(ctx, r, query.TopArgs{Kind: graph.KindOfficial})
			return err
		}},
		{"Counts", false, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Counts(ctx, r, query.CountArgs{By: query.ByOfficial})
			return err
		}},
		{"Counts of columns", false, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Counts(ctx, r, query.CountArgs{By: query.BySection})
			return err
		}},
		{"Search", false, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Search(ctx, r, query.SearchArgs{Query: "会"})
			return err
		}},
		{"Search for two texts", false, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Search(ctx, r, query.SearchArgs{Query: "会", Filter: &query.EventFilter{Text: "全区"}})
			return err
		}},
		{"Tenures", true, func(ctx context.Context, r graph.Reader) error {
			_, err := query.Tenures(ctx, r, query.TenureArgs{Region: location("澜州市")})
			return err
		}},
		{"TenuresOf", true, func(ctx context.Context, r graph.Reader) error {
			_, err := query.TenuresOf(ctx, r, shen)
			return err
		}},
	}
}

// crowd is a graph of so many articles, and one more.
func crowd(t testing.TB, articles int) graph.Snapshot {
	return mustLoad(t, yunhe, crowded(articles)...)
}

func crowded(articles int) []article {
	var all []article
	for i := range articles {
		all = append(all, article{
			title: fmt.Sprintf("会%d", i), date: fmt.Sprintf("20%02d-01-05", i%20), organs: []string{"区教育局 HOST"}, places: []string{"建设路"},
			body: "全区会议。", people: []string{"沈知秋 CHAIR 区长@区政府", fmt.Sprintf("甲%d ATTEND 局长@区教育局", i)},
		})
	}
	all = append(all, article{title: "会末", date: "2021-01-05", people: []string{"甲0 ATTEND", "末 ATTEND"}})
	return all
}

func TestBudgets(t *testing.T) {
	r := crowd(t, 40)
	for _, q := range questions(mustEntity(t, r, official("沈知秋"))) {
		if err := q.ask(t.Context(), r); err != nil {
			t.Errorf("%s: %v", q.name, err)
		}
		restore := query.SetLimits(39)
		if err := q.ask(t.Context(), r); errors.Is(err, graph.ErrLimit) != q.bounded {
			t.Errorf("%s of 40 articles with a budget of 39: got %v, want ErrLimit: %v", q.name, err, q.bounded)
		}
		restore()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := q.ask(ctx, r); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a context that has ended: got %v", q.name, err)
		}
	}
}
