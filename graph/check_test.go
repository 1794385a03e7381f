package graph_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

// lying is a reader that tells one thing wrong.
type lying struct {
	graph.Reader
	event  func(*graph.Event)
	entity func(*graph.EntityData)
	issue  func(*graph.Issue)
	body   func(string) string
	span   func(graph.Span) graph.Span
	tally  func([]graph.Tie) []graph.Tie
	count  int
	unfold bool // Named and Children find nothing
}

func (l lying) Each(ctx context.Context, f graph.Filter, visit func(*graph.Event) error) error {
	return l.Reader.Each(ctx, f, func(e *graph.Event) error {
		if l.event == nil {
			return visit(e)
		}
		c := *e
		c.Officials = slices.Clone(e.Officials)
		for i := range c.Officials {
			c.Officials[i].Event = &c
		}
		l.event(&c)
		return visit(&c)
	})
}

func (l lying) EachEntity(ctx context.Context, kind graph.EntityKind, visit func(*graph.EntityData) error) error {
	return l.Reader.EachEntity(ctx, kind, func(e *graph.EntityData) error {
		c := *e
		c.Atoms = slices.Clone(e.Atoms)
		if l.entity != nil {
			l.entity(&c)
		}
		return visit(&c)
	})
}

func (l lying) Issues(ctx context.Context, ids []graph.ID) ([]*graph.Issue, error) {
	issues, err := l.Reader.Issues(ctx, ids)
	for i := range issues {
		c := *issues[i]
		if l.issue != nil {
			l.issue(&c)
		}
		issues[i] = &c
	}
	return issues, err
}

func (l lying) Bodies(ctx context.Context, ids []graph.ID) ([]string, error) {
	bodies, err := l.Reader.Bodies(ctx, ids)
	for i := range bodies {
		if l.body != nil {
			bodies[i] = l.body(bodies[i])
		}
	}
	return bodies, err
}

func (l lying) Extent(ctx context.Context, f graph.Filter) (graph.Span, error) {
	span, err := l.Reader.Extent(ctx, f)
	if l.span != nil {
		span = l.span(span)
	}
	return span, err
}

func (l lying) Tally(ctx context.Context, f graph.Filter, links graph.Linking) ([]graph.Tie, error) {
	ties, err := l.Reader.Tally(ctx, f, links)
	if l.tally != nil {
		ties = l.tally(ties)
	}
	return ties, err
}

func (l lying) Count(ctx context.Context, f graph.Filter) (int, error) {
	n, err := l.Reader.Count(ctx, f)
	return n + l.count, err
}

func (l lying) Named(ctx context.Context, kind graph.EntityKind, name string) ([]graph.ID, error) {
	if l.unfold {
		return nil, nil
	}
	return l.Reader.Named(ctx, kind, name)
}

func (l lying) Children(ctx context.Context, id graph.ID) ([]graph.ID, error) {
	if l.unfold {
		return nil, nil
	}
	return l.Reader.Children(ctx, id)
}

func sample(t *testing.T) graph.Reader {
	t.Helper()
	s := memstore.New()
	if err := storetest.Load(t.Context(), s, storetest.Sample()...); err != nil {
		t.Fatal(err)
	}
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func TestCheckSeesWhatDoesNotHold(t *testing.T) {
	r := sample(t)
	if err := graph.Check(t.Context(), r); err != nil {
		t.Fatalf("the sample is not sound: %v", err)
	}
	first := storetest.January().Events[0].ID
	one := func(edit func(*graph.Event)) func(*graph.Event) {
		return func(e *graph.Event) {
			if e.ID == first {
				edit(e)
			}
		}
	}
	oneTie := func(edit func(*graph.Tie)) func([]graph.Tie) []graph.Tie {
		return func(ties []graph.Tie) []graph.Tie {
			edit(&ties[0])
			return ties
		}
	}
	for _, tt := range []struct {
		name string
		lie  lying
		says string
	}{
		{"evidence beside its text", lying{body: func(s string) string { return "　" + s }}, "evidence"},
		{"no body", lying{body: func(string) string { return "" }}, "evidence"},
		{"a document beside its text", lying{event: one(func(e *graph.Event) {
			e.Documents = []graph.CitedDocument{{Title: "无", Evidence: []graph.Evidence{{Field: graph.FieldBody, Start: 0, End: 1, Text: "无"}}}}
		})}, "evidence \"无\""},
		{"a figure beside its text", lying{event: one(func(e *graph.Event) {
			e.Figures = []graph.Figure{{Text: "一", Evidence: []graph.Evidence{{Field: graph.FieldTitle, Start: 5, End: 6, Text: "一"}}}}
		})}, "evidence \"一\""},
		{"an event out of order", lying{event: one(func(e *graph.Event) { e.Date.EDTF = edtf.Unknown })}, "out of order"},
		{"an event of another issue", lying{event: one(func(e *graph.Event) { e.IssueOrder += "x" })}, "not of its issue"},
		{"an event that its id does not find", lying{event: one(func(e *graph.Event) { e.ID += "x" })}, "not found by its id"},
		{"an atom of nobody", lying{event: one(func(e *graph.Event) { e.Officials[0].Atom = "o0" })}, "OFFICIAL o0, which resolves to none"},
		{"an official who is an organ", lying{event: one(func(e *graph.Event) { e.Officials[0].Atom = e.Departments[0].Atom })}, "resolves to none"},
		{"a post in no organ", lying{event: one(func(e *graph.Event) { e.Officials[0].DepartmentAtom = "d0" })}, "d0"},
		{"an official of no event", lying{event: one(func(e *graph.Event) { e.Officials[0].Event = nil })}, "does not know its event"},
		{"a wrong number of events", lying{count: 1}, "are counted"},
		{"an issue's wrong number of events", lying{issue: func(is *graph.Issue) { is.EventCount++ }}, "says that it has"},
		{"an entity's wrong number of events", lying{entity: func(e *graph.EntityData) { e.EventCount++ }}, "says that it has"},
		{"a wrong span", lying{span: func(s graph.Span) graph.Span { return graph.Span{First: s.First + 1, Last: s.Last} }}, "spans"},
		{"a tally that leaves one out", lying{tally: func(ties []graph.Tie) []graph.Tie { return ties[1:] }}, "have events, and"},
		{"a wrong tally", lying{tally: oneTie(func(t *graph.Tie) { t.Events++ })}, "is counted with"},
		{"a tally of wrong days", lying{tally: oneTie(func(t *graph.Tie) { t.Days.Last++ })}, "is counted with"},
		{"a tally with another first event", lying{tally: oneTie(func(t *graph.Tie) { t.First = (t.First + 3) % 8 })}, "is counted with"},
		{"a tally of nobody", lying{tally: oneTie(func(t *graph.Tie) { t.To = graph.NoRef })}, "is not there"},
		{"an id of no atom", lying{entity: func(e *graph.EntityData) { e.Atoms = append([]graph.ID{e.ID + "x"}, e.Atoms...) }}, "first atom"},
		{"an atom of two", lying{entity: func(e *graph.EntityData) { e.Atoms = append(e.Atoms, "o9") }}, "is in entities"},
		{"an atom that resolves to another", lying{entity: func(e *graph.EntityData) { e.ID += "x" }}, "does not resolve to entity"},
		{"names that find nobody", lying{unfold: true}, "is not found by the name"},
		{"a parent without the child", lying{unfold: true}, "is not among the children"},
		{"a region that is none", lying{entity: func(e *graph.EntityData) { e.RegionAtom = "l0" }}, "names l0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.lie.Reader = r
			err := graph.Check(t.Context(), tt.lie)
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Check: %v; want the words %q", err, tt.says)
			}
			if err != nil && strings.Count(err.Error(), "\n") >= 20 {
				t.Errorf("Check lists more than 20 faults:\n%v", err)
			}
		})
	}
}

func TestDigestSeesEveryRecord(t *testing.T) {
	r := sample(t)
	digest := func(r graph.Reader) string {
		d, err := graph.Digest(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	want := digest(r)
	for name, tt := range map[string]struct {
		lie  lying
		same bool
	}{
		"truth":      {lying{}, true},
		"load times": {lying{issue: func(is *graph.Issue) { is.LoadedAt = is.LoadedAt.AddDate(1, 0, 0) }}, true},
		"files":      {lying{issue: func(is *graph.Issue) { is.File = "other.txt" }}, false},
		"bodies":     {lying{body: func(s string) string { return s + "。" }}, false},
		"events":     {lying{event: func(e *graph.Event) { e.Summary = "x" }}, false},
		"entities":   {lying{entity: func(e *graph.EntityData) { e.Label = "x" }}, false},
		"atoms":      {lying{entity: func(e *graph.EntityData) { e.Atoms = append(e.Atoms, "x") }}, false},
	} {
		tt.lie.Reader = r
		if got := digest(tt.lie); (got == want) != tt.same {
			t.Errorf("another digest for other %s: %v, want %v", name, got != want, !tt.same)
		}
	}
}
