package query_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// question is any question whose work grows with the graph.
type question struct {
	name string
	ask  func(context.Context, graph.Reader) error
}

func questions(shen *graph.EntityData) []question {
	return []question{
		{"RelatedTo", func(ctx context.Context, r graph.Reader) error {
			_, err := query.RelatedTo(ctx, r, shen, query.RelatedArgs{})
			return err
		}},
		{"Paths", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Paths(ctx, r, query.PathArgs{From: shen.ID, To: official("末"), First: ptr(5)})
			return err
		}},
		{"Neighborhood", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Neighborhood(ctx, r, query.NeighborhoodArgs{ID: shen.ID, Depth: ptr(2)})
			return err
		}},
		{"Among", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Among(ctx, r, query.SubgraphArgs{IDs: []graph.ID{shen.ID, official("末"), official("甲0"), location("云河区")}})
			return err
		}},
		{"Histogram", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Histogram(ctx, r, query.HistogramArgs{By: query.ByOfficial})
			return err
		}},
		{"Top", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Top(ctx, r, query.TopArgs{Kind: graph.KindOfficial})
			return err
		}},
		{"Counts", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Counts(ctx, r, query.CountArgs{By: query.ByOfficial})
			return err
		}},
		{"Counts of columns", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Counts(ctx, r, query.CountArgs{By: query.BySection})
			return err
		}},
		{"Search", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Search(ctx, r, query.SearchArgs{Query: "会"})
			return err
		}},
		{"Tenures", func(ctx context.Context, r graph.Reader) error {
			_, err := query.Tenures(ctx, r, query.TenureArgs{Region: location("澜州市")})
			return err
		}},
		{"TenuresOf", func(ctx context.Context, r graph.Reader) error {
			_, err := query.TenuresOf(ctx, r, shen)
			return err
		}},
	}
}

// crowd is a graph of so many articles, and one more.
func crowd(t testing.TB, articles int) graph.Snapshot {
	var all []article
	for i := range articles {
		all = append(all, article{
			title: fmt.Sprintf("会%d", i), date: fmt.Sprintf("20%02d-01-05", i%20), organs: []string{"区教育局 HOST"}, places: []string{"建设路"},
			people: []string{"沈知秋 CHAIR 区长@区政府", fmt.Sprintf("甲%d ATTEND 局长@区教育局", i)},
		})
	}
	all = append(all, article{title: "会末", date: "2021-01-05", people: []string{"甲0 ATTEND", "末 ATTEND"}})
	return mustLoad(t, yunhe, all...)
}

func TestBudgets(t *testing.T) {
	r := crowd(t, 40)
	for _, q := range questions(mustEntity(t, r, official("沈知秋"))) {
		if err := q.ask(t.Context(), r); err != nil {
			t.Errorf("%s: %v", q.name, err)
		}
		restore := query.SetLimits(39)
		if err := q.ask(t.Context(), r); !errors.Is(err, graph.ErrLimit) {
			t.Errorf("%s of 40 articles with a budget of 39: got %v, want ErrLimit", q.name, err)
		}
		restore()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := q.ask(ctx, r); !errors.Is(err, context.Canceled) {
			t.Errorf("%s with a context that has ended: got %v", q.name, err)
		}
	}
}

// countingReader counts the reads that are made through it.
type countingReader struct {
	graph.Reader
	reads int
}

func (c *countingReader) Events(ctx context.Context, f graph.Filter, p graph.Page) (graph.EventPage, error) {
	c.reads++
	return c.Reader.Events(ctx, f, p)
}

func (c *countingReader) Each(ctx context.Context, f graph.Filter, visit func(*graph.Event) error) error {
	c.reads++
	return c.Reader.Each(ctx, f, visit)
}

func (c *countingReader) EventsByID(ctx context.Context, ids []graph.ID) ([]*graph.Event, error) {
	c.reads++
	return c.Reader.EventsByID(ctx, ids)
}

func (c *countingReader) Bodies(ctx context.Context, ids []graph.ID) ([]string, error) {
	c.reads++
	return c.Reader.Bodies(ctx, ids)
}

func (c *countingReader) Entities(ctx context.Context, ids []graph.ID) ([]*graph.EntityData, error) {
	c.reads++
	return c.Reader.Entities(ctx, ids)
}

// Reads are made for all at once: their number does not grow with the graph.
func TestReadsAreBatched(t *testing.T) {
	reads := func(articles int) map[string]int {
		r := crowd(t, articles)
		n := map[string]int{}
		for _, q := range questions(mustEntity(t, r, official("沈知秋"))) {
			c := &countingReader{Reader: r}
			if err := q.ask(t.Context(), c); err != nil {
				t.Fatalf("%s: %v", q.name, err)
			}
			n[q.name] = c.reads
		}
		return n
	}
	few, many := reads(5), reads(300)
	for name, n := range few {
		if n == 0 || many[name] > n {
			t.Errorf("%s: %d reads for 5 articles, %d for 300", name, n, many[name])
		}
	}
}
