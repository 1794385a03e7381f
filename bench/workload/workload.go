// Package workload holds the questions that engines and servers are measured by, Q1 to Q10: each as a GraphQL document and as
// the same question of graph/query, drawn from whatever a graph holds.
//
// An answer is a list of lines, the same by both ways and from every engine, so that answers can be compared and not only
// timed.
package workload

import (
	"context"
	"strconv"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// Question is one question of a workload; what its workload does not ask for is zero.
type Question struct {
	// A and B are ids: of an official, a place or an event; of two officials.
	A graph.ID `json:",omitempty"`
	B graph.ID `json:",omitempty"`
	// From and To are days, both inclusive.
	From, To edtf.Day
	// Year and Month are those of events.
	Year, Month int
	// After is a cursor of the timeline, "" for its beginning.
	After string `json:",omitempty"`
	// Text is what is searched for.
	Text string `json:",omitempty"`
}

// Workload is a kind of question.
type Workload struct {
	// Name is Q1, Q2a; What says it in words.
	Name, What string
	// Document is the question in GraphQL; Variables are those of one question.
	Document  string
	Variables func(Question) map[string]any
	// Ask answers a question from a graph, and returns the answer's lines: see Lines.
	Ask func(context.Context, graph.Reader, Question) ([]string, error)
	// draw draws one question; see Draw.
	draw func(*drawing, int) Question
}

// Page is the size of a page of events, Few that of other lists.
const (
	Page = 50
	Few  = 20
	Top  = 10
	hops = 4
)

const (
	pageFields = `nodes { id title date { edtf } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`
	steps      = `{ length steps { from { id name } event { id title } to { id name } sharedEvents } }`
)

// All lists the workloads.
var All = []Workload{
	{
		"Q1", "an official's timeline, first page", `query($a: ID!) { official(id: $a) { events(first: 50) { ` + pageFields + ` } } }`,
		func(q Question) map[string]any { return map[string]any{"a": q.A} }, askOfficial,
		func(d *drawing, _ int) Question { return Question{A: d.official()} },
	},
	{
		"Q2a", "timeline with from and to, first page", `query($from: Date!, $to: Date!) { timeline(filter: {from: $from, to: $to}, first: 50) { ` + pageFields + ` } }`,
		func(q Question) map[string]any { return map[string]any{"from": q.From, "to": q.To} }, askTimeline,
		func(d *drawing, _ int) Question { return d.span() },
	},
	{
		"Q2z", "timeline by cursor, depth i·50", timelineAfter, afterOf, askTimeline,
		func(d *drawing, i int) Question { return Question{After: d.shallow[i%len(d.shallow)]} },
	},
	{
		"Q2b", "timeline by cursor, depth N/2 + i·50", timelineAfter, afterOf, askTimeline,
		func(d *drawing, i int) Question { return Question{After: d.deep[i%len(d.deep)]} },
	},
	{
		"Q3", "timeline of a place in one month, totalCount", `query($a: ID!, $year: Int!, $month: Int!) { timeline(filter: {locations: [$a], year: $year, month: $month}, first: 50) { ` + pageFields + ` totalCount } }`,
		func(q Question) map[string]any {
			return map[string]any{"a": q.A, "year": q.Year, "month": q.Month}
		}, askPlace,
		func(d *drawing, i int) Question { return d.placeInMonth(i) },
	},
	{
		"Q4", "an official's related officials, first 20", `query($a: ID!) { official(id: $a) { related(kind: OFFICIAL, first: 20) { edges { node { id name } sharedEvents } } } }`,
		func(q Question) map[string]any { return map[string]any{"a": q.A} }, askRelated,
		func(d *drawing, _ int) Question { return Question{A: d.official()} },
	},
	{
		"Q5c", "search for the commonest words, first 20, totalCount", search, textOf, askSearch,
		func(d *drawing, _ int) Question { return Question{Text: d.commonWord()} },
	},
	{
		"Q5r", "search for middling words, names, any 2–4 characters", search, textOf, askSearch,
		func(d *drawing, i int) Question { return Question{Text: d.rareText(i)} },
	},
	{
		"Q6", "histogram by month of a county", `query($a: ID!) { histogram(filter: {locations: [$a]}, unit: MONTH) { period count } }`,
		func(q Question) map[string]any { return map[string]any{"a": q.A} }, askHistogram,
		func(d *drawing, _ int) Question { return Question{A: pick(d.r, d.counties)} },
	},
	{
		"Q7", "an event with all that it names", `query($a: ID!) { event(id: $a) { id title body date { edtf } issue { id label } officials { official { id name } role title } departments { department { id name } role } locations { location { id name } isPlace } } }`,
		func(q Question) map[string]any { return map[string]any{"a": q.A} }, askEvent,
		func(d *drawing, _ int) Question { return Question{A: pick(d.r, d.events).ID} },
	},
	{
		"Q8", "the shortest path between two officials", `query($a: ID!, $b: ID!) { paths(from: $a, to: $b, first: 1, maxHops: 4) ` + steps + ` }`, pairOf,
		func(ctx context.Context, r graph.Reader, q Question) ([]string, error) { return askPaths(ctx, r, q, 1) },
		func(d *drawing, _ int) Question { return d.pair() },
	},
	{
		"Q8k", "the five shortest paths", `query($a: ID!, $b: ID!) { paths(from: $a, to: $b, first: 5, maxHops: 4) ` + steps + ` }`, pairOf,
		func(ctx context.Context, r graph.Reader, q Question) ([]string, error) { return askPaths(ctx, r, q, 5) },
		func(d *drawing, _ int) Question { return d.pair() },
	},
	{
		"Q9", "top 10 departments of a year", `query($year: Int!) { top(kind: DEPARTMENT, filter: {year: $year}, first: 10) { node { id name } count } }`,
		func(q Question) map[string]any { return map[string]any{"year": q.Year} }, askTop,
		func(d *drawing, _ int) Question { return Question{Year: d.year()} },
	},
	{
		"Q10", "a timeline from a year (10), Q6 and Q9 in one request", `query($a: ID!, $year: Int!, $from: Date!) {
  timeline(filter: {from: $from}, first: 10) { nodes { id title date { edtf } } }
  histogram(filter: {locations: [$a]}, unit: MONTH) { period count }
  top(kind: DEPARTMENT, filter: {year: $year}, first: 10) { node { id name } count } }`,
		func(q Question) map[string]any { return map[string]any{"a": q.A, "year": q.Year, "from": q.From} }, askBoard,
		func(d *drawing, _ int) Question {
			year := d.year()
			from, _ := edtf.NewDay(year, 1, 1)
			return Question{A: pick(d.r, d.counties), Year: year, From: from}
		},
	},
}

const (
	timelineAfter = `query($after: String) { timeline(first: 50, after: $after) { ` + pageFields + ` } }`
	search        = `query($text: String!) { search(query: $text, first: 20) { nodes { id title date { edtf } } totalCount } }`
)

func afterOf(q Question) map[string]any {
	if q.After == "" {
		return map[string]any{"after": nil}
	}
	return map[string]any{"after": q.After}
}

func textOf(q Question) map[string]any { return map[string]any{"text": q.Text} }

func pairOf(q Question) map[string]any { return map[string]any{"a": q.A, "b": q.B} }

// first is a page as the server reads it for the fields of these questions.
func first(n int) query.PageArgs { return query.PageArgs{First: &n, Detail: graph.Titles} }

func askOfficial(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	official, err := entity(ctx, r, q.A)
	if err != nil {
		return nil, err
	}
	c, err := query.EntityEvents(ctx, r, official, query.TimelineArgs{Page: first(Page)})
	if err != nil {
		return nil, err
	}
	return eventLines(c), nil
}

func askTimeline(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	page := first(Page)
	if q.After != "" {
		page.After = &q.After
	}
	c, err := query.Timeline(ctx, r, query.TimelineArgs{Filter: &query.EventFilter{From: q.From, To: q.To}, Page: page})
	if err != nil {
		return nil, err
	}
	return eventLines(c), nil
}

func askPlace(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	f := &query.EventFilter{Locations: []graph.ID{q.A}, Year: &q.Year, Month: &q.Month}
	c, err := query.Timeline(ctx, r, query.TimelineArgs{Filter: f, Page: first(Page)})
	if err != nil {
		return nil, err
	}
	total, err := c.TotalCount(ctx)
	if err != nil {
		return nil, err
	}
	return append(eventLines(c), strconv.Itoa(total)), nil
}

func askRelated(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	official, err := entity(ctx, r, q.A)
	if err != nil {
		return nil, err
	}
	c, err := query.RelatedTo(ctx, r, official, query.RelatedArgs{Kind: graph.KindOfficial, Page: first(Few)})
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, e := range c.Edges {
		lines = append(lines, e.Node.Data().Name, strconv.Itoa(e.SharedEvents))
	}
	return lines, nil
}

func askSearch(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	c, err := query.Search(ctx, r, query.SearchArgs{Query: q.Text, Page: first(Few)})
	if err != nil {
		return nil, err
	}
	total, err := c.TotalCount(ctx)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, e := range c.Edges {
		lines = append(lines, e.Node.Title, e.Node.Date.EDTF.String())
	}
	return append(lines, strconv.Itoa(total)), nil
}

func askHistogram(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	bins, err := query.Histogram(ctx, r, query.HistogramArgs{Filter: &query.EventFilter{Locations: []graph.ID{q.A}}, Unit: query.UnitMonth})
	if err != nil {
		return nil, err
	}
	lines := make([]string, len(bins))
	for i, b := range bins {
		lines[i] = strconv.Itoa(b.Count)
	}
	return lines, nil
}

func askPaths(ctx context.Context, r graph.Reader, q Question, k int) ([]string, error) {
	longest := hops
	paths, err := query.Paths(ctx, r, query.PathArgs{From: q.A, To: q.B, First: &k, MaxHops: &longest})
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, p := range paths {
		lines = append(lines, strconv.Itoa(p.Length()))
		for _, s := range p.Steps {
			lines = append(lines, s.From.Data().Name, s.Event.Title, s.To.Data().Name, strconv.Itoa(s.SharedEvents))
		}
	}
	return lines, nil
}

func askTop(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	n := Top
	ranked, err := query.Top(ctx, r, query.TopArgs{Kind: graph.KindDepartment, Filter: &query.EventFilter{Year: &q.Year}, First: &n})
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, e := range ranked {
		lines = append(lines, e.Node.Data().Name, strconv.Itoa(e.Count))
	}
	return lines, nil
}

func askBoard(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	c, err := query.Timeline(ctx, r, query.TimelineArgs{Filter: &query.EventFilter{From: q.From}, Page: first(Top)})
	if err != nil {
		return nil, err
	}
	lines := eventLines(c)
	for _, ask := range []func(context.Context, graph.Reader, Question) ([]string, error){askHistogram, askTop} {
		more, err := ask(ctx, r, q)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	return lines, nil
}

func eventLines(c *query.EventConnection) []string {
	var lines []string
	for _, e := range c.Edges {
		lines = append(lines, e.Node.Title, e.Node.Date.EDTF.String())
	}
	return lines
}
