package storetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// question is one that all engines answer alike, in words that can be compared.
type question struct {
	text string
	ask  func(ctx context.Context, r graph.Reader) (string, error)
}

// sound asks whether the graph is, and for its digest.
var sound = question{"digest", func(ctx context.Context, r graph.Reader) (string, error) {
	if err := graph.Check(ctx, r); err != nil {
		return "", err
	}
	return graph.Digest(ctx, r)
}}

func (h *history) drawQuestion(t *rapid.T) question {
	var f graph.Filter
	if rapid.IntRange(0, 2).Draw(t, "filtered") > 0 {
		f = drawFilter(t, h.texts)
	}
	switch rapid.IntRange(0, 5).Draw(t, "question") {
	case 0:
		return eventsQuestion(f, drawPage(t, h.keys))
	case 1:
		text := drawWords(t, h.texts)
		if f.OnePerEvent != nil && rapid.Bool().Draw(t, "the text is asked of all reports") {
			asked := *f.OnePerEvent
			asked.Texts = append(slices.Clone(asked.Texts), text)
			f.OnePerEvent = &asked
		}
		return searchQuestion(f, text, h.drawHitPage(t), rapid.IntRange(1, 5).Draw(t, "size"))
	case 2:
		return countQuestion(f, drawSpans(t), drawLinking(t))
	case 3:
		known := entities(eventsOf(slices.Collect(maps.Values(h.issues))))
		q := drawEntityQuery(t, known, allAtoms())
		return entitiesQuestion(q, drawEntityPage(t, q, known), rapid.IntRange(1, 5).Draw(t, "pages"))
	case 4:
		ids := rapid.SliceOfN(rapid.SampledFrom(allAtoms()), 0, 8)
		return betweenQuestion(f, drawLinking(t), ids.Draw(t, "from"), ids.Draw(t, "to"))
	default:
		return tiesQuestion(f, drawLinking(t), rapid.SliceOfN(rapid.SampledFrom(allAtoms()), 0, 4).Draw(t, "from"))
	}
}

// filterText is the filter in words, the one that OnePerEvent points to included.
func filterText(f graph.Filter) string {
	asked := "none"
	if f.OnePerEvent != nil {
		asked = filterText(*f.OnePerEvent)
		f.OnePerEvent = nil
	}
	var bounds []string // what pointers point to
	if f.Dated != nil {
		bounds = append(bounds, fmt.Sprint("dated ", *f.Dated))
	}
	if f.ConfidenceBelow != nil {
		bounds = append(bounds, fmt.Sprint("below ", *f.ConfidenceBelow))
	}
	f.Dated, f.ConfidenceBelow = nil, nil
	return fmt.Sprintf("%+v %v, one per event of (%s)", f, bounds, asked)
}

func eventsQuestion(f graph.Filter, p graph.Page) question {
	return question{fmt.Sprintf("events %s %+v", filterText(f), p), func(ctx context.Context, r graph.Reader) (string, error) {
		page, err := r.Events(ctx, f, p)
		if err != nil {
			return "", err
		}
		n, err := r.Count(ctx, f)
		if err != nil {
			return "", err
		}
		each := ""
		err = r.Each(ctx, f, func(e *graph.Event) error {
			each += e.Title + "|"
			return nil
		})
		return fmt.Sprintf("%s %v %v, %d of %s", headsText(page.Events), page.HasPrevious, page.HasNext, n, each), err
	}}
}

func searchQuestion(f graph.Filter, text string, p graph.HitPage, size int) question {
	return question{fmt.Sprintf("search %q %s %+v", text, filterText(f), p), func(ctx context.Context, r graph.Reader) (string, error) {
		page, err := r.Search(ctx, f, text, p)
		if err != nil {
			return "", err
		}
		all, err := walkHits(ctx, r, f, text, size)
		var events []*graph.Event
		for _, h := range page.Hits {
			events = append(events, h.Event)
		}
		return fmt.Sprintf("%s %v %v of %s, heads %s", hitsText(page.Hits), page.HasPrevious, page.HasNext, hitsText(all), headsText(events)), err
	}}
}

func (h *history) drawHitPage(t *rapid.T) graph.HitPage {
	key := func(label string) graph.HitKey {
		if len(h.keys) == 0 || rapid.Bool().Draw(t, label) {
			return ""
		}
		hits := rapid.SampledFrom([]int{1, 1, 2, 3, graph.MostHits}).Draw(t, "hits")
		return graph.NewHitKey(rapid.Bool().Draw(t, "title"), hits, rapid.SampledFrom(h.keys).Draw(t, label))
	}
	p := graph.HitPage{After: key("after"), Before: key("before"), Detail: rapid.SampledFrom([]graph.Detail{graph.Whole, graph.Heads, graph.Titles}).Draw(t, "detail")}
	if n := rapid.IntRange(0, 4).Draw(t, "size"); rapid.Bool().Draw(t, "last") {
		p.Last = n
	} else {
		p.First = n
	}
	return p
}

// headsText tells what lists show of events, whether they are whole or not.
func headsText(events []*graph.Event) string {
	var lines []string
	for _, e := range events {
		lines = append(lines, fmt.Sprintf("%+v", *e.Head()))
	}
	return strings.Join(lines, " ")
}

// hitsText tells which events were found, and how.
func hitsText(hits []graph.Hit) string {
	var lines []string
	for _, h := range hits {
		where := ""
		if h.Title {
			where = "T"
		}
		lines = append(lines, fmt.Sprintf("%s%s%d", h.Event.Title, where, h.Hits))
	}
	return strings.Join(lines, " ")
}

// mostHits is more than a search of these tests has.
const mostHits = 10_000

// walkHits walks a search in pages of a size from either end and returns all hits; it is an error where the two differ.
func walkHits(ctx context.Context, r graph.Reader, f graph.Filter, text string, size int) ([]graph.Hit, error) {
	var forward, backward []graph.Hit
	for p := (graph.HitPage{First: size}); ; {
		page, err := r.Search(ctx, f, text, p)
		if err != nil {
			return nil, err
		}
		if page.HasPrevious != (len(forward) > 0) || len(page.Hits) > size || page.HasNext && len(page.Hits) < size {
			return nil, fmt.Errorf("search %q %s %+v: %s, HasPrevious = %v, HasNext = %v", text, filterText(f), p, hitsText(page.Hits), page.HasPrevious, page.HasNext)
		}
		if forward = append(forward, page.Hits...); !page.HasNext {
			break
		}
		if len(forward) > mostHits {
			return nil, fmt.Errorf("search %q %s in pages of %d does not end: %s", text, filterText(f), size, hitsText(forward[:20]))
		}
		p.After = page.Hits[len(page.Hits)-1].Key()
	}
	for p := (graph.HitPage{Last: size}); ; {
		page, err := r.Search(ctx, f, text, p)
		if err != nil {
			return nil, err
		}
		if page.HasNext != (len(backward) > 0) || len(page.Hits) > size || page.HasPrevious && len(page.Hits) < size {
			return nil, fmt.Errorf("search %q %s %+v: %s, HasPrevious = %v, HasNext = %v", text, filterText(f), p, hitsText(page.Hits), page.HasPrevious, page.HasNext)
		}
		if backward = append(slices.Clone(page.Hits), backward...); !page.HasPrevious {
			break
		}
		if len(backward) > mostHits {
			return nil, fmt.Errorf("search %q %s in pages of %d does not end backward: %s", text, filterText(f), size, hitsText(backward[:20]))
		}
		p.Before = page.Hits[0].Key()
	}
	if hitsText(forward) != hitsText(backward) {
		return nil, fmt.Errorf("search %q %s: %s from the beginning, %s from the end", text, filterText(f), hitsText(forward), hitsText(backward))
	}
	return forward, nil
}

func countQuestion(f graph.Filter, spans []graph.DayRange, l graph.Linking) question {
	return question{fmt.Sprintf("counts %s %v %+v", filterText(f), spans, l), func(ctx context.Context, r graph.Reader) (string, error) {
		counts, err := r.CountSpans(ctx, f, spans)
		if err != nil {
			return "", err
		}
		extent, err := r.Extent(ctx, f)
		if err != nil {
			return "", err
		}
		ties, err := r.Tally(ctx, f, l)
		if err != nil {
			return "", err
		}
		tally, err := tieLines(ctx, r, ties)
		if err != nil {
			return "", err
		}
		var tops []string
		for first := range 4 {
			most, err := r.Top(ctx, f, l, first)
			if err != nil {
				return "", err
			}
			top, err := topLines(ctx, r, most)
			if err != nil {
				return "", err
			}
			tops = append(tops, top)
		}
		var values []string
		for _, field := range []graph.Facet{graph.FacetSection, graph.FacetPublication, graph.FacetBasis} {
			of, err := valueLines(ctx, r, f, field)
			if err != nil {
				return "", err
			}
			values = append(values, of)
		}
		return fmt.Sprintf("%v, %v, %v, %s, %v", counts, extent, values, tally, tops), nil
	}}
}

// valueLines returns the values and how often each is there, in order.
func valueLines(ctx context.Context, r graph.Reader, f graph.Filter, field graph.Facet) (string, error) {
	values, err := r.Values(ctx, f, field)
	var lines []string
	for _, v := range values {
		lines = append(lines, fmt.Sprintf("%s:%d", v.Value, v.Count))
	}
	slices.Sort(lines)
	return strings.Join(lines, " "), err
}

// tieLines resolves ties; in the order of the ids.
func tieLines(ctx context.Context, r graph.Reader, ties []graph.Tie) (string, error) {
	to := make([]graph.Ref, len(ties))
	first := make([]graph.EventRef, len(ties))
	for i, t := range ties {
		to[i], first[i] = t.To, t.First
	}
	entities, err := r.EntitiesAt(ctx, to)
	if err != nil {
		return "", err
	}
	events, err := r.EventsAt(ctx, first)
	if err != nil {
		return "", err
	}
	lines := make([]string, len(ties))
	for i, t := range ties {
		if entities[i] == nil || events[i] == nil {
			return "", fmt.Errorf("the tie %+v leads to nothing", t)
		}
		lines[i] = fmt.Sprintf("%s %d from %s %s–%s", entities[i].ID, t.Events, events[i].ID, t.Days.First, t.Days.Last)
	}
	slices.Sort(lines)
	return strings.Join(lines, "; "), nil
}

// topLines resolves the ends of ties; in the order of the ids.
func topLines(ctx context.Context, r graph.Reader, ties []graph.Tie) (string, error) {
	lines := make([]string, len(ties))
	for i, t := range ties {
		to, err := r.EntitiesAt(ctx, []graph.Ref{t.To})
		if err != nil {
			return "", err
		}
		if to[0] == nil {
			return "", fmt.Errorf("the tie %+v leads to nothing", t)
		}
		lines[i] = fmt.Sprintf("%s %d", to[0].ID, t.Events)
	}
	slices.Sort(lines)
	return strings.Join(lines, "; "), nil
}

func tiesQuestion(f graph.Filter, l graph.Linking, ids []graph.ID) question {
	return question{fmt.Sprintf("ties of %v %s %+v", ids, filterText(f), l), func(ctx context.Context, r graph.Reader) (string, error) {
		refs, err := r.Refs(ctx, ids)
		if err != nil {
			return "", err
		}
		entities, err := r.EntitiesAt(ctx, refs)
		if err != nil {
			return "", err
		}
		var lines []string
		err = r.Ties(ctx, f, l, refs, func(i int, ties []graph.Tie) error {
			if i != len(lines) {
				return fmt.Errorf("the ties of entity %d come as those of %d", len(lines), i)
			}
			id := graph.ID("none")
			if entities[i] != nil {
				id = entities[i].ID
			}
			line, err := tieLines(ctx, r, ties)
			lines = append(lines, fmt.Sprintf("%s: %s", id, line))
			return err
		})
		if err == nil && len(lines) != len(refs) {
			err = fmt.Errorf("ties of %d entities, of %d asked for", len(lines), len(refs))
		}
		return strings.Join(lines, "\n"), err
	}}
}

func betweenQuestion(f graph.Filter, l graph.Linking, a, b []graph.ID) question {
	return question{fmt.Sprintf("ties between %v and %v %s %+v", a, b, filterText(f), l), func(ctx context.Context, r graph.Reader) (string, error) {
		from, err := distinctRefs(ctx, r, a)
		if err != nil {
			return "", err
		}
		to, err := distinctRefs(ctx, r, b)
		if err != nil {
			return "", err
		}
		ties := make([][]graph.Tie, len(from))
		err = r.Between(ctx, f, l, from, to, func(i, j int, t graph.Tie) error {
			if to[j] != t.To {
				return fmt.Errorf("the tie %+v leads to %d of %v", t, j, to)
			}
			ties[i] = append(ties[i], t)
			return nil
		})
		if err != nil {
			return "", err
		}
		lines := make([]string, len(from))
		entities, err := r.EntitiesAt(ctx, from)
		if err != nil {
			return "", err
		}
		for i, tied := range ties {
			if lines[i], err = tieLines(ctx, r, tied); err != nil {
				return "", err
			}
			if entities[i] != nil {
				lines[i] = string(entities[i].ID) + ": " + lines[i]
			}
		}
		degrees, err := r.Degrees(ctx, l, from)
		if err != nil || len(degrees) != len(from) {
			return "", fmt.Errorf("%d degrees of %d entities: %w", len(degrees), len(from), err)
		}
		for i, n := range degrees {
			if n < 0 || n == 0 && len(ties[i]) > 0 {
				return "", fmt.Errorf("entity %d has %d ties and degree %d", from[i], len(ties[i]), n)
			}
		}
		return strings.Join(lines, "\n"), nil
	}}
}

// distinctRefs returns the refs of what the ids name, and NoRef, each once.
func distinctRefs(ctx context.Context, r graph.Reader, ids []graph.ID) ([]graph.Ref, error) {
	refs, err := r.Refs(ctx, ids)
	var distinct []graph.Ref
	for _, ref := range refs {
		if !slices.Contains(distinct, ref) {
			distinct = append(distinct, ref)
		}
	}
	return distinct, err
}

// allAtoms returns the ids of all that samples may link to, in order, and one of nothing.
func allAtoms() []graph.ID {
	ids := []graph.ID{"o0"}
	for _, name := range names {
		for _, atom := range catalogue[name].atoms {
			ids = append(ids, atom.ID())
		}
	}
	return ids
}

func drawLinking(t *rapid.T) graph.Linking {
	return graph.Linking{
		Kinds:           some(t, "kinds", graph.EntityKinds),
		OfficialRoles:   some(t, "roles", graph.OfficialRoles),
		DepartmentRoles: some(t, "department roles", graph.DepartmentRoles),
		PresentOnly:     rapid.Bool().Draw(t, "present"),
		AtPlace:         rapid.Bool().Draw(t, "at place"),
		Descendants:     rapid.Bool().Draw(t, "descendants"),
		Subordinates:    rapid.Bool().Draw(t, "subordinates"),
	}
}

// drawSpans draws spans as CountSpans wants them.
func drawSpans(t *rapid.T) []graph.DayRange {
	var spans []graph.DayRange
	day := mustDay("2019-11-01")
	for range rapid.IntRange(0, 8).Draw(t, "spans") {
		from := day + rapid.SampledFrom([]edtf.Day{0, 0, 0, 1, 27, 400}).Draw(t, "gap")
		to := from + rapid.SampledFrom([]edtf.Day{0, 0, 1, 30, 365}).Draw(t, "days")
		spans = append(spans, graph.DayRange{From: from, To: to})
		day = to + 1
	}
	return spans
}
