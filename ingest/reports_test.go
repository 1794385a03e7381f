package ingest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
	"fangzhi/ingest"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

// Two counties that the tables know: their names are the same whatever the publication.
var (
	codedCity = reading.Place{Name: "澜州市", Type: graph.LocCity, Code: "419900"}
	coded     = chain(province, codedCity, reading.Place{Name: "云河区", Type: graph.LocCounty, Code: "419902"})
	codedNext = chain(province, codedCity, reading.Place{Name: "松溪县", Type: graph.LocCounty, Code: "419921"})
)

// reportOf makes an article that names people of a county and an organ that is host.
func reportOf(date, title, body string, region reading.Jurisdiction, host string, people ...string) reading.Event {
	e := reading.Event{Title: title, PrintedTitle: title, Kind: graph.EventKindEvent, Body: body}
	parsed, err := edtf.Parse(date)
	if err != nil {
		panic(err)
	}
	e.Date = graph.EventDate{EDTF: parsed, Basis: graph.BasisExplicit, Confidence: 1}
	for _, p := range people {
		name, post, _ := strings.Cut(p, "|")
		o := reading.Official{Name: name, Region: region, Roles: []graph.OfficialRole{graph.RoleAttend}}
		if post == "提及" {
			o.Roles = []graph.OfficialRole{graph.RoleMentioned}
		} else if post != "" {
			organ := &reading.Organ{Name: post, Type: graph.DeptGovernment, Region: region}
			o.Posts, o.Organ = []reading.Post{{Title: "负责人", Organ: organ, Text: post + "负责人", Attests: graph.AttestsHeld}}, organ
		}
		if at := strings.Index(body, name); at >= 0 {
			start := len([]rune(body[:at]))
			o.Evidence = []graph.Evidence{{Field: graph.FieldBody, Start: start, End: start + len([]rune(name)), Text: name}}
		}
		e.Officials = append(e.Officials, o)
	}
	if host != "" {
		e.Departments = []reading.Department{{
			Organ: reading.Organ{Name: host, Type: graph.DeptGovernment, Region: region}, Text: host, Surfaces: []string{host}, Role: graph.DeptHost,
		}}
	}
	return e
}

// chronicleOf makes an issue of a publication of the county.
func chronicleOf(publication string, month int, events ...reading.Event) *reading.Document {
	doc := &reading.Document{
		File:   fmt.Sprintf("%s-%d.txt", publication, month),
		Issue:  reading.Issue{Publication: publication, Label: fmt.Sprintf("2022年%d月", month), Year: 2022, Month: month, Region: coded, Dialect: "monthly"},
		Events: events,
	}
	for i := range events {
		doc.Text += events[i].Title + events[i].Body + "\n"
	}
	return doc
}

const (
	long = "2月9日，云河区召开“能力作风建设年”活动动员会，深入学习关于作风建设的重要论述，对全区开展活动作出安排部署。区委书记沈知秋出席会议并讲话，" +
		"区长李牧原主持会议。沈知秋指出，开展“能力作风建设年”活动，是破解发展难题、回应群众期盼的现实需要。"
	short = "全区“能力作风建设年”活动动员会召开，沈知秋讲话。"
	other = "2月9日，区委书记沈知秋到云岭轴承公司调研企业复工复产情况，要求有关单位做好服务。"
)

// What makes two articles reports of one event, and what does not.
func TestReportsOfOneEvent(t *testing.T) {
	first := reportOf("2022-02-09", "云河区召开“能力作风建设年”活动动员会", long, coded, "中共云河区委", "沈知秋", "李牧原")
	for _, tt := range []struct {
		name   string
		second reading.Event
		want   bool
	}{
		{"a short entry of another chronicle", reportOf("2022-02-09", "", short, coded, "", "沈知秋"), true},
		{"the same person by another post", reportOf("2022-02-09", "", short, coded, "", "沈知秋|中共云河区委"), true},
		{"the same host alone", reportOf("2022-02-09", "", short, coded, "中共云河区委"), true},
		{"nobody in common", reportOf("2022-02-09", "", short, coded, "云河区人民政府", "石砚农"), false},
		{"a namesake of the next county", reportOf("2022-02-09", "", short, codedNext, "", "沈知秋"), false},
		{"one who is only named", reportOf("2022-02-09", "", short, coded, "", "沈知秋|提及"), false},
		{"another event of the same people and day", reportOf("2022-02-09", "沈知秋调研企业复工", other, coded, "中共云河区委", "沈知秋"), false},
		{"the day after", reportOf("2022-02-10", "", short, coded, "", "沈知秋"), false},
		{"days that overlap", reportOf("2022-02-08/2022-02-09", "", short, coded, "", "沈知秋"), true},
		{"seven days", reportOf("2022-02-03/2022-02-09", "", short, coded, "", "沈知秋"), true},
		{"eight days", reportOf("2022-02-02/2022-02-09", "", short, coded, "", "沈知秋"), false},
		{"the month alone", reportOf("2022-02", "", short, coded, "", "沈知秋"), false},
		{"no date", reportOf("XXXX", "", short, coded, "", "沈知秋"), false},
		{"too few words to tell", reportOf("2022-02-09", "", "动员会召开。", coded, "", "沈知秋"), false},
		{"a meeting of which nothing is said", reportOf("2022-02-09", "", "2月9日，沈知秋主持召开会议，研究部署有关工作。", coded, "", "沈知秋"), false},
		{"an overview", func() reading.Event {
			e := reportOf("2022-02-09", "", short, coded, "", "沈知秋")
			e.Kind = graph.EventKindOverview
			return e
		}(), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, documents := range [][]*reading.Document{
				{chronicleOf("云河区大事月报", 2, first), chronicleOf("云河区年鉴", 12, tt.second)},
				{chronicleOf("云河区年鉴", 12, tt.second), chronicleOf("云河区大事月报", 2, first)},
				{chronicleOf("云河区年鉴", 12, first, tt.second)}, // a 大事记 inside the volume repeats its 条目
			} {
				s := memstore.New()
				for _, d := range documents {
					mustIngest(t, s, d)
				}
				want := 0
				if tt.want {
					want = 2
				}
				if got := reportsIn(t, s); len(got) != want {
					t.Errorf("%d documents: reports %q, want %d", len(documents), got, want)
				}
			}
		})
	}
}

// reportsIn returns the publications that report each event that has several reports, in the order of a timeline.
func reportsIn(t testing.TB, s graph.Store) []string {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := graph.Check(t.Context(), r); err != nil {
		t.Error(err)
	}
	var all []string
	err = r.Each(t.Context(), graph.Filter{}, func(e *graph.Event) error {
		groups, err := r.Reports(t.Context(), []graph.ID{e.ID})
		if err != nil || len(groups[0]) == 0 {
			return err
		}
		events, err := r.EventsByID(t.Context(), groups[0])
		line := e.Citation + ":"
		for _, o := range events {
			line += o.Citation
		}
		all = append(all, line)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func mustIngest(t testing.TB, s graph.Store, d *reading.Document) {
	t.Helper()
	if _, err := ingester(s).Load(t.Context(), d, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
}

// The one in the middle is alike to both ends: when its issue goes the group falls apart, when it comes back it is whole.
func TestAGroupOfReportsFallsApart(t *testing.T) {
	a := "第三届花灯艺术节在南塘公园开幕。"
	b := "第三届花灯艺术节在南塘公园开幕，首届非遗美食展同时在云河夜巷迎客。"
	c := "首届非遗美食展在云河夜巷迎客。"
	issues := []*reading.Document{
		chronicleOf("甲志", 2, reportOf("2022-02-15", "", a, coded, "", "纪望舒|云河区文化馆")),
		chronicleOf("乙志", 2, reportOf("2022-02-15", "", b, coded, "", "纪望舒")),
		chronicleOf("丙志", 2, reportOf("2022-02-15", "", c, coded, "", "纪望舒|云河区商务局")),
	}
	s := memstore.New()
	for _, d := range issues {
		mustIngest(t, s, d)
	}
	if got := reportsIn(t, s); len(got) != 3 {
		t.Fatalf("the middle ties all three: %q", got)
	}
	id := ingest.Preview(issues[1], graph.LoadOptions{}).Issue.ID
	if _, err := ingester(s).Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if got := reportsIn(t, s); len(got) != 0 {
		t.Errorf("without the middle: %q, want none", got)
	}
	mustIngest(t, s, issues[1])
	if got := reportsIn(t, s); len(got) != 3 {
		t.Errorf("the middle again: %q, want three", got)
	}
}

// Whatever a load reads to find reports, it finds exactly those that a look at every two events finds.
func TestReportsAreThoseOfEveryTwo(t *testing.T) {
	groups := 0
	rapid.Check(t, func(t *rapid.T) {
		var documents []*reading.Document
		for _, region := range []reading.Jurisdiction{county, next} {
			for month := range rapid.IntRange(1, 3).Draw(t, "issues") {
				documents = append(documents, draw(t, region, month+1))
			}
		}
		s := memstore.New()
		for _, doc := range documents {
			mustLoad(t, s, doc)
		}
		gone := rapid.IntRange(-1, len(documents)-1).Draw(t, "gone")
		if gone >= 0 {
			if _, err := ingester(s).Remove(t.Context(), ingest.Preview(documents[gone], graph.LoadOptions{}).Issue.ID); err != nil {
				t.Fatal(err)
			}
			documents = slices.Delete(documents, gone, gone+1)
		}
		r, err := s.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		want := everyTwo(t, r, documents)
		groups += len(want)
		got := map[graph.ID][]graph.ID{}
		err = r.Each(t.Context(), graph.Filter{}, func(e *graph.Event) error {
			found, err := r.Reports(t.Context(), []graph.ID{e.ID})
			if err == nil && len(found[0]) > 0 {
				got[e.ID] = slices.Sorted(slices.Values(found[0]))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("reports (-every two +kept):\n%s", diff)
		}
	})
	if groups < 20 {
		t.Errorf("%d events with other reports in all: this test proves little", groups)
	}
}

// everyTwo compares every two events of the graph and returns the components of more than one.
func everyTwo(t *rapid.T, r graph.Reader, documents []*reading.Document) map[graph.ID][]graph.ID {
	type one struct {
		event *graph.Event
		grams []uint64
		keys  []string
		group *[]graph.ID
	}
	var all []*one
	for _, doc := range documents {
		scope := identity.Scope{Publication: ingest.PublicationKey(&doc.Issue), Region: doc.Issue.Region}
		issue := ingest.Preview(doc, graph.LoadOptions{}).Issue.ID
		page, err := r.Events(t.Context(), graph.Filter{Issues: []graph.ID{issue}}, graph.Page{First: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Events {
			from := doc.Events[e.Place-1]
			n := &one{event: e, grams: ingest.LeadGrams(e, from.Body)}
			for i := range from.Officials {
				a := scope.Official(&from.Officials[i])[0]
				n.keys = append(n.keys, a.Code+" "+a.Name)
			}
			for i := range from.Departments {
				a := scope.Organ(&from.Departments[i].Organ)
				n.keys = append(n.keys, "主办 "+a.Code+" "+a.Name)
			}
			n.group = &[]graph.ID{e.ID}
			all = append(all, n)
		}
	}
	for _, a := range all {
		for _, b := range all {
			short := func(n *one) bool { return n.event.Date.End()-n.event.Date.Start() < ingest.ReportDays }
			if a == b || a.group == b.group || !short(a) || !short(b) || !ingest.Alike(a.grams, b.grams) ||
				a.event.Date.Start() > b.event.Date.End() || b.event.Date.Start() > a.event.Date.End() ||
				!slices.ContainsFunc(a.keys, func(k string) bool { return slices.Contains(b.keys, k) }) {
				continue
			}
			joined, old := a.group, b.group
			*joined = append(*joined, *old...)
			for _, n := range all {
				if n.group == old {
					n.group = joined
				}
			}
		}
	}
	out := map[graph.ID][]graph.ID{}
	for _, n := range all {
		if len(*n.group) > 1 {
			out[n.event.ID] = slices.Sorted(slices.Values(*n.group))
		}
	}
	return out
}

// planned counts what updates read; what is read ahead of them hangs on how soon the issue is built.
type planned struct{ *storetest.Counting }

func (s planned) Snapshot(ctx context.Context) (graph.Snapshot, error) {
	return s.Store.Snapshot(ctx)
}

// A load asks twice an event, and reads only events of its own people and days: as many in a large graph as in a small one.
func TestReportsCostTheBlocksOfTheLoad(t *testing.T) {
	var reads []map[string]storetest.Calls
	for _, months := range []int{2, 11} {
		s := planned{storetest.NewCounting(memstore.New())}
		for month := 1; month <= months; month++ {
			day := fmt.Sprintf("2022-%02d-09", month)
			mustIngest(t, s, chronicleOf("云河区大事月报", month,
				reportOf(day, "", long, coded, "中共云河区委", "沈知秋", "李牧原"), reportOf(day, "", other, coded, "", "沈知秋")))
		}
		s.Reset()
		mustIngest(t, s, chronicleOf("云河区年鉴", 12, reportOf("2022-02-09", "", short, coded, "中共云河区委", "沈知秋")))
		reads = append(reads, s.Reads())
		want := storetest.Calls{Calls: 2, IDs: 2 + 1} // of two events on the day for the one who is present, of one for the host
		if got := s.Reads()["Each"]; got != want {
			t.Errorf("%d months: Each %+v, want %+v", months, got, want)
		}
	}
	if diff := cmp.Diff(reads[0], reads[1]); diff != "" {
		t.Errorf("reads in a small and in a large graph (-small +large):\n%s", diff)
	}
}
