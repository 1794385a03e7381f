package server_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	gql "github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
	"fangzhi/server"
)

// leftTypes are the object types that have no table: their fields are pages and what asks the store.
var leftTypes = []string{"Query", "Relationship", "Subgraph"}

// takeArguments are the fields whose columns know their arguments; all others would drop them in silence.
var takeArguments = []string{
	"Department.events(after)", "Department.events(before)", "Department.events(filter)", "Department.events(first)", "Department.events(last)", "Department.events(order)",
	"Event.departments(role)", "Event.officials(role)",
	"Location.events(after)", "Location.events(before)", "Location.events(filter)", "Location.events(first)", "Location.events(last)", "Location.events(order)",
	"Official.events(after)", "Official.events(before)", "Official.events(filter)", "Official.events(first)", "Official.events(last)", "Official.events(order)",
}

// Every field of the schema is written by tables, or said to be left to the executor.
func TestTablesKnowTheSchema(t *testing.T) {
	var took []string
	for _, d := range servedSchema(t).Types {
		if d.BuiltIn || d.Kind != gql.Object && d.Kind != gql.Interface {
			continue
		}
		if server.HasTable(d.Name) == slices.Contains(leftTypes, d.Name) {
			t.Errorf("%s: has a table: %v, stands in leftTypes: %v; want one of them", d.Name, server.HasTable(d.Name), slices.Contains(leftTypes, d.Name))
		}
		columns, satisfies := server.Columns(d.Name)
		if columns == nil {
			continue
		}
		if diff := cmp.Diff(sorted(append([]string{d.Name}, d.Interfaces...)), sorted(satisfies)); diff != "" {
			t.Errorf("%s is (-schema +table):\n%s", d.Name, diff)
		}
		want := []string{"__typename"}
		for _, f := range d.Fields {
			if slices.Contains(server.LeftToExecutor[d.Name], f.Name) {
				continue
			}
			want = append(want, f.Name)
			for _, a := range f.Arguments {
				took = append(took, fmt.Sprintf("%s.%s(%s)", d.Name, f.Name, a.Name))
			}
		}
		if diff := cmp.Diff(sorted(want), columns); diff != "" {
			t.Errorf("%s (-schema +columns): add a column (lists_*.go) or leave the field to the executor (leftToExecutor):\n%s", d.Name, diff)
		}
	}
	if diff := cmp.Diff(takeArguments, sorted(took)); diff != "" {
		t.Errorf("fields with arguments (-known +in columns):\n%s", diff)
	}
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

// faulty is a snapshot with one fault.
type faulty struct {
	graph.Snapshot
	fault  fault
	cancel context.CancelFunc
}

// fault says what goes wrong, and in which method; the zero fault is none.
type fault struct{ what, method string }

// faults are those that are the same whatever order resolvers run in.
var faults = []fault{
	{}, {}, {}, {}, {}, {}, {}, {},
	{"error", "Entities"}, {"error", "Bodies"}, {"error", "Issues"}, {"error", "Publications"}, {"error", "Extent"}, {"error", "Reports"}, {"error", "EventsByID"}, {"error", "Count"}, {"error", "Events"},
	{"missing", "Entities"}, {"missing", "Issues"}, {"missing", "Publications"}, {"missing", "EventsByID"},
	{"panic", "Entities"}, {"panic", "Bodies"}, {"panic", "Extent"},
}

// spoilt returns what a method answers with the fault: of what is missing, the records of every other id.
func spoilt[V any](s faulty, method string, ids []graph.ID, found []V, err error) ([]V, error) {
	if s.fault.method != method || err != nil {
		return found, err
	}
	switch s.fault.what {
	case "error":
		return nil, errDisk
	case "panic":
		panic("secret of a stack")
	case "cancel":
		s.cancel()
		return nil, context.Canceled
	case "missing":
		found = slices.Clone(found)
		for i, id := range ids {
			if id[len(id)-1]%2 == 0 {
				clear(found[i : i+1])
			}
		}
	}
	return found, nil
}

func (s faulty) Events(ctx context.Context, f graph.Filter, p graph.Page) (graph.EventPage, error) {
	if s.fault == (fault{"error", "Events"}) {
		return graph.EventPage{}, errDisk
	}
	page, err := s.Snapshot.Events(ctx, f, p)
	if s.fault == (fault{"cancel", "Events"}) {
		s.cancel()
	}
	return page, err
}

func (s faulty) Count(ctx context.Context, f graph.Filter) (int, error) {
	if s.fault == (fault{"error", "Count"}) {
		return 0, errDisk
	}
	return s.Snapshot.Count(ctx, f)
}

func (s faulty) Entities(ctx context.Context, ids []graph.ID) ([]*graph.EntityData, error) {
	found, err := s.Snapshot.Entities(ctx, ids)
	if s.fault == (fault{"twice", "Entities"}) { // two of its successors' names turned out to be one organ's
		for i := range found {
			organ := *found[i]
			organ.SuccessorAtoms = slices.Repeat(organ.SuccessorAtoms, 2)
			found[i] = &organ
		}
	}
	if s.fault == (fault{"other kind", "Entities"}) {
		for i := range found {
			official := *found[i]
			official.Kind = graph.KindOfficial
			found[i] = &official
		}
	}
	return spoilt(s, "Entities", ids, found, err)
}

func (s faulty) Bodies(ctx context.Context, ids []graph.ID) ([]string, error) {
	found, err := s.Snapshot.Bodies(ctx, ids)
	return spoilt(s, "Bodies", ids, found, err)
}

func (s faulty) Issues(ctx context.Context, ids []graph.ID) ([]*graph.Issue, error) {
	found, err := s.Snapshot.Issues(ctx, ids)
	return spoilt(s, "Issues", ids, found, err)
}

func (s faulty) Publications(ctx context.Context, ids []graph.ID) ([]*graph.Publication, error) {
	found, err := s.Snapshot.Publications(ctx, ids)
	return spoilt(s, "Publications", ids, found, err)
}

func (s faulty) Extent(ctx context.Context, f graph.Filter) (graph.Span, error) {
	span, err := s.Snapshot.Extent(ctx, f)
	found, err := spoilt(s, "Extent", nil, []graph.Span{span}, err)
	if err != nil {
		return graph.Span{}, err
	}
	return found[0], nil
}

func (s faulty) Reports(ctx context.Context, ids []graph.ID) ([][]graph.ID, error) {
	found, err := s.Snapshot.Reports(ctx, ids)
	return spoilt(s, "Reports", ids, found, err)
}

func (s faulty) EventsByID(ctx context.Context, ids []graph.ID) ([]*graph.Event, error) {
	found, err := s.Snapshot.EventsByID(ctx, ids)
	return spoilt(s, "EventsByID", ids, found, err)
}

// newLinked returns a store in which every sort of record and of link is.
func newLinked(t testing.TB) graph.Store {
	t.Helper()
	store := memstore.New()
	mustLoad(t, store, documents(t)...)
	mustLoad(t, store, twice(t)[1])
	report := withArticles(issue("z.txt", "2022年", 0, 0), newArticle(t, "大事记", "义务植树活动", 1, "1月12日，区长陈望舒带队到柳湖街道书院社区植树，河南省林业局野保处副处长王磊参加。").
		dated("2022-01-12", "1月12日", graph.BasisExplicit, 1, "").official("区长", "陈望舒", roles(graph.RoleLead), mayor))
	report.Issue.Publication = "云河区年鉴（别本）"
	mustLoad(t, store, report)
	return store
}

// asker asks one question of two servers, of which one leaves every list to the executor.
type asker struct {
	fault            fault // of the next question
	cancel           context.CancelFunc
	tables, executor *server.Server
	wrote, gaveUp    atomic.Int64 // values that tables were to write
}

func newAsker(store graph.Store) *asker {
	a := &asker{}
	config := server.Config{
		Store:  &wrapped{Store: store, wrap: func(s graph.Snapshot) graph.Snapshot { return faulty{s, a.fault, a.cancel} }},
		Limits: server.Limits{Tokens: 1 << 20, Depth: 100, RootFields: 1000, Aliases: 1 << 20, Cost: 1 << 21, Time: time.Minute},
	}
	alone := config
	alone.ExecutorAlone = true
	a.executor = server.New(alone)
	a.tables = server.New(server.Observed(config, func(ok bool) {
		if ok {
			a.wrote.Add(1)
		} else {
			a.gaveUp.Add(1)
		}
	}))
	return a
}

// ask returns both answers.
func (a *asker) ask(t testing.TB, query string, variables map[string]any) (executor, tables string) {
	a.wrote.Store(0)
	a.gaveUp.Store(0)
	one := func(s *server.Server) string {
		ctx, end := context.WithCancel(context.Background())
		defer end()
		a.cancel = end
		answer, _, err := s.Execute(ctx, query, variables)
		if err != nil {
			t.Fatalf("%v\n%s", err, query)
		}
		return string(answer)
	}
	return one(a.executor), one(a.tables)
}

// What goes wrong while a list is written by tables is told by the executor, which then writes the rest of the answer.
func TestFaultsInLists(t *testing.T) {
	a := newAsker(newLinked(t))
	for _, tt := range []struct {
		what, method, query string
		gaveUp              int64
		shows               string // what the answer has
	}{
		{"", "", `{timeline{nodes{id title body otherReports{id otherReports{title}} issue{label publication{title}} officials(role: ATTEND){official{name}}}}}`, 0, `"otherReports":[{"id":`},
		{"", "", `{timeline{edges{cursor node{__typename departments{department{name parent{name}}} locations{location{path{name}}}}}}}`, 0, `"path":[{"name":"河南省"},`},
		{"twice", "Entities", `{department(name: "卫计委"){successors{name predecessors{name}}}}`, 0, `"successors":[{`},
		{"cancel", "Events", `{timeline{nodes{id title date{edtf}}}}`, 0, `"edtf":"1964-05"`}, // all that is needed is there
		{"cancel", "Events", `{timeline{nodes{id body officials{official{name}}}}}`, 0, "the client has left"},
		{"cancel", "Bodies", `{timeline{nodes{id body}}}`, 1, "the client has left"},
		{"cancel", "Entities", `{timeline{edges{cursor node{officials{official{name}}}}}}`, 1, "the client has left"},
		{"error", "Bodies", `{timeline{nodes{id body} edges{node{body}}}}`, 1, "internal error"},
		{"error", "Entities", `{timeline{nodes{officials{posts{department{name}}}}}}`, 1, "internal error"}, // null, and an error for each
		{"error", "Issues", `{timeline{nodes{issue{label}}}}`, 1, "internal error"},
		{"error", "Publications", `{timeline{nodes{issue{publication{title}}}}}`, 1, "internal error"}, // null up to the issue
		{"error", "Count", `{timeline{nodes{id} totalCount}}`, 1, "internal error"},
		{"error", "Extent", `{entities{nodes{firstSeen}}}`, 1, "internal error"},
		{"", "", `{official(name: "陈望舒"){name events(first: 1, order: DESC){nodes{id} totalCount}}}`, 0, `"totalCount":`},
		{"error", "Events", `{official(name: "陈望舒"){name events{nodes{id}}}}`, 1, "internal error"}, // null up to the official
		{"", "", `{entities{nodes{id events(after: "x"){nodes{id}}}}}`, 1, "is no cursor"},
		{"error", "Reports", `{timeline{nodes{otherReports{id}}}}`, 1, "internal error"}, // null up to data
		{"error", "EventsByID", `{timeline{nodes{otherReports{id}}}}`, 1, "internal error"},
		{"missing", "Entities", `{timeline{nodes{officials{official{name}}}}}`, 1, "internal error"},
		{"missing", "Entities", `{timeline{nodes{officials{department{name}}}}}`, 0, `"department":null`}, // nullable
		{"missing", "Entities", `{locations: entities(kind: LOCATION){nodes{... on Location{path{name}}}}}`, 0, `"path":[{`},
		{"missing", "Publications", `{issues{nodes{publication{title}}}}`, 1, "internal error"},
		{"missing", "Issues", `{timeline{nodes{issue{label}}}}`, 0, `"issue":null`},
		{"missing", "EventsByID", `{timeline{nodes{otherReports{id}}}}`, 1, "not found"},
		{"other kind", "Entities", `{timeline{nodes{departments{department{name}}}}}`, 1, "internal error"},
		{"other kind", "Entities", `{timeline{nodes{locations{location{path{name}}}}}}`, 1, "internal error"},
		{"panic", "Bodies", `{timeline{nodes{id body}}}`, 1, "internal error"},
		{"panic", "Entities", `{timeline{nodes{departments{department{name}}}}}`, 1, "internal error"},
	} {
		a.fault = fault{tt.what, tt.method}
		want, got := a.ask(t, tt.query, nil)
		if got != want {
			t.Errorf("%v: %s\nexecutor %s\ntables   %s", a.fault, tt.query, want, got)
		}
		if !strings.Contains(want, tt.shows) {
			t.Errorf("%v: %s: does not show %q: %s", a.fault, tt.query, tt.shows, want)
		}
		if a.gaveUp.Load() != tt.gaveUp {
			t.Errorf("%v: %s: tables gave up %d times, want %d", a.fault, tt.query, a.gaveUp.Load(), tt.gaveUp)
		}
	}
}

// A plan that is kept is that of another request with the same query, never that of other variables or of another selection.
func TestKeptPlans(t *testing.T) {
	a := newAsker(newLinked(t))
	const (
		byRole    = `query($role: OfficialRole) { timeline { nodes { officials(role: $role) { role official { name } } } } }`
		directed  = `query($title: Boolean!) { timeline { nodes { id title @include(if: $title) } } }`
		twoLists  = `query { few: official(name: "陈望舒") { ...Head events(first: 1) { nodes { title } } } more: official(name: "陈望舒") { ...Head events(first: 1) { nodes { citation } } } } fragment Head on Official { events(first: 1) { nodes { id } } }`
		operation = `query { timeline { nodes { id } } }`
	)
	for _, tt := range []struct {
		query     string
		variables map[string]any
		shows     string
	}{
		{byRole, map[string]any{"role": "LEAD"}, `"role":"LEAD"`},
		{byRole, map[string]any{"role": "ATTEND"}, `"role":"ATTEND"`},
		{byRole, nil, `"official":{`},
		{directed, map[string]any{"title": true}, `"title":`},
		{directed, map[string]any{"title": false}, `"id":`},
		{twoLists, nil, `"citation":`},
		{operation, nil, `{"id":`},
		{operation, nil, `{"id":`},
	} {
		want, got := a.ask(t, tt.query, tt.variables)
		if got != want || !strings.Contains(want, tt.shows) || a.wrote.Load() == 0 {
			t.Errorf("%s %v: should show %s, tables wrote %d values\nexecutor %s\ntables   %s", tt.query, tt.variables, tt.shows, a.wrote.Load(), want, got)
		}
	}
}

// Whatever is selected, and whatever goes wrong, tables answer as the executor does: byte for byte, errors included.
func TestTablesAnswerAsTheExecutor(t *testing.T) {
	schema, ids := servedSchema(t), newIDs(t)
	a := newAsker(newLinked(t))
	seen := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		a.fault = rapid.SampledFrom(faults).Draw(rt, "fault")
		query, variables := (&selector{T: rt, schema: schema}).query(ids)
		want, got := a.ask(t, query, variables)
		if got != want {
			rt.Fatalf("fault %v\nexecutor %s\ntables   %s\n%s", a.fault, want, got, query)
		}
		failed := strings.Contains(want, `"errors":`)
		if a.gaveUp.Load() > 0 && !failed {
			rt.Fatalf("tables gave up an answer without an error (fault %v): %s\n%s", a.fault, want, query)
		}
		switch {
		case !strings.Contains(want, `"data":`):
			seen["refused"]++
			rt.Logf("%s\n%s", want, query)
		case a.gaveUp.Load() > 0:
			seen["given up"]++
		case a.wrote.Load() > 0:
			seen["written"]++
		}
		if failed {
			seen["errors"]++
		}
		seen["all"]++
	})
	t.Log(seen)
	if seen["written"]*3 < seen["all"] || seen["refused"]*10 > seen["all"] { // 7 in 10, and none
		t.Errorf("%v: the queries do not try what they are for", seen)
	}
}

// A page is asked for as much of its events as is selected of them, and not less.
func TestPagesHoldWhatIsSelected(t *testing.T) {
	schema, a := servedSchema(t), newAsker(newLinked(t))
	selections := []string{"edges{cursor}", "nodes{issue{id}}"}
	for of, form := range map[string]string{"Event": "nodes{%s}", "EventDate": "nodes{date{%s}}"} {
		for _, f := range schema.Types[of].Fields {
			if !strings.HasPrefix(f.Name, "__") && schema.Types[f.Type.Name()].IsLeafType() {
				selections = append(selections, fmt.Sprintf(form, f.Name))
			}
		}
	}
	for _, selection := range selections {
		for _, form := range []string{"{timeline{%s}}", "{entities{nodes{events{%s}}}}", `{search(query:"会"){%s}}`} {
			query := fmt.Sprintf(form, selection)
			if want, got := a.ask(t, query, nil); got != want || strings.Contains(want, `"errors":`) {
				t.Errorf("%s\nexecutor %s\ntables   %s", query, want, got)
			}
		}
	}
}

// A query that is asked again with other values is answered by these, in a page inside a page too.
func TestVariablesOfPagesAreThoseOfTheRequest(t *testing.T) {
	a := newAsker(newLinked(t))
	query := `query($role: OfficialRole, $first: Int, $order: TimelineOrder = DESC) {
		entities { nodes { name events(first: $first, order: $order) { nodes { title officials(role: $role) { roles } } } } } }`
	seen := map[string]bool{}
	for _, variables := range []map[string]any{
		{}, {"role": "ATTEND"}, {"role": "CHAIR"}, {"role": nil, "first": 1}, {"first": 1, "order": "ASC"}, {"first": nil},
	} {
		want, got := a.ask(t, query, variables)
		if got != want || strings.Contains(want, `"errors":`) {
			t.Errorf("%v\nexecutor %s\ntables   %s", variables, want, got)
		}
		if a.gaveUp.Load() > 0 {
			t.Errorf("%v: the executor wrote it", variables)
		}
		seen[got] = true
	}
	if len(seen) != 5 { // all but the first and the last
		t.Errorf("%d different answers, want 5", len(seen))
	}
}

// Strings and numbers are written as the executor writes them.
func TestScalarsAreWrittenAsByTheExecutor(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(rt, "s")
		var want bytes.Buffer
		graphql.MarshalString(s).MarshalGQL(&want)
		if got := server.Quoted(s); got != want.String() {
			rt.Fatalf("%q is written %s, want %s", s, got, want.String())
		}
		f := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, 1, 0.5, 1e21, 1e-7, 123456789, math.Inf(1), math.NaN()})).Draw(rt, "f")
		want.Reset()
		err := graphql.MarshalFloatContext(f).MarshalGQLContext(t.Context(), &want)
		if got, ok := server.Float(f); ok != (err == nil) || ok && got != want.String() {
			rt.Fatalf("%v is written %s, %v, want %s, %v", f, got, ok, want.String(), err)
		}
	})
}

// Every byte, wherever it stands among those that are looked at together.
func TestQuotedBytes(t *testing.T) {
	for _, fill := range []byte{'a', 0x1f, 0x20, 0x80, 0xff} {
		for c := range 256 {
			for at := range 17 {
				b := bytes.Repeat([]byte{fill}, 17)
				b[at] = byte(c)
				var want bytes.Buffer
				graphql.MarshalString(string(b)).MarshalGQL(&want)
				if got := server.Quoted(string(b)); got != want.String() {
					t.Fatalf("%q is written %s, want %s", b, got, want.String())
				}
			}
		}
	}
}

// An event more on a page costs next to no allocation: the executor takes 4 µs and 18 allocations a field.
func TestAllocationsOfAPage(t *testing.T) {
	store := storetest.NewCounting(memstore.New())
	mustLoad(t, store, newYear(t)...)
	for _, tt := range []struct {
		name, selection string
		perEvent, page  float64
	}{
		{"three fields", "{id title date{edtf}}", 0.1, 130},
		{"cursors", "{id} edges{cursor node{id}}", 5, 360},
		{"ten fields", pageOfTen[strings.Index(pageOfTen, "nodes")+len("nodes") : len(pageOfTen)-2], 0.5, 190},
		{"what organs and places belong to", "{officials{posts{department{parent{name}}}} locations{location{path{name}}}}", 4, 180},
	} {
		t.Run(tt.name, func(t *testing.T) {
			snapshot, err := store.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer snapshot.Close()
			all, err := snapshot.Events(t.Context(), graph.Filter{}, graph.Page{First: 50, Order: graph.Ascending})
			if err != nil {
				t.Fatal(err)
			}
			allocations := func(events int) float64 {
				page := graph.EventPage{Events: all.Events[:events]}
				s := server.New(server.Config{Store: &wrapped{Store: store, wrap: func(s graph.Snapshot) graph.Snapshot { return held{s, page} }}})
				query := "{timeline{nodes" + tt.selection + "}}"
				return testing.AllocsPerRun(10, func() {
					if answer, failed, err := s.Execute(t.Context(), query, nil); failed || err != nil {
						t.Fatalf("%s %v", answer, err)
					}
				})
			}
			few, many := allocations(10), allocations(50)
			if each := (many - few) / 40; each > tt.perEvent {
				t.Errorf("%.1f allocations an event, want at most %.1f (10 events: %.0f, 50: %.0f)", each, tt.perEvent, few, many)
			} else {
				t.Logf("%.2f allocations an event, %.0f a page", each, many)
			}
			if many > tt.page {
				t.Errorf("%.0f allocations a page of 50 events, want at most %.0f", many, tt.page)
			}
		})
	}
}
