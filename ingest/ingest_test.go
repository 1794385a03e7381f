package ingest_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/loader/reading"
)

var (
	province = reading.Place{Name: "河南省", Type: graph.LocProvince, Code: "410000"}
	city     = reading.Place{Name: "澜州市", Type: graph.LocCity}
	county   = chain(province, city, reading.Place{Name: "云河区", Type: graph.LocCounty})
	next     = chain(province, city, reading.Place{Name: "松溪县", Type: graph.LocCounty})
)

func chain(places ...reading.Place) reading.Jurisdiction { return reading.Jurisdiction{Chain: places} }

// draw makes an issue whose articles name officials, organs and places at random, with evidence.
func draw(t *rapid.T, region reading.Jurisdiction, month int) *reading.Document {
	if len(region.Chain) > 2 && rapid.Bool().Draw(t, "no province") {
		region.Chain = region.Chain[1:] // not every issue names it
	}
	doc := &reading.Document{
		File: fmt.Sprintf("%s-%02d.txt", region.Self().Name, month),
		Issue: reading.Issue{
			Publication: region.Self().Name + "大事月报", Label: fmt.Sprintf("2022年%d月", month), Year: 2022, Month: month,
			Region: region, Publisher: fmt.Sprintf("史志办公室%d", month), Dialect: "monthly",
		},
	}
	government := &reading.Organ{Name: "澜州市" + region.Self().Name + "人民政府", Type: graph.DeptGovernment, Region: region}
	organs := []*reading.Organ{
		government,
		{Name: "澜州市" + region.Self().Name + "教育局", Type: graph.DeptGovernment, Region: region, Parent: government},
		{Name: "澜州市林业局", Type: graph.DeptGovernment, Region: chain(province, city)},
		{Name: "河南省林业局", Type: graph.DeptGovernment, Region: chain(province)},
	}
	health := &reading.Organ{Name: "澜州市" + region.Self().Name + "卫生健康委员会", Type: graph.DeptGovernment, Region: region}
	bureau := &reading.Organ{Name: "澜州市" + region.Self().Name + "卫生健康局", Type: graph.DeptGovernment, Region: region}
	other := &reading.Organ{Name: bureau.Name, Type: graph.DeptGovernment, Region: region, Plates: []string{health.Name}}
	office := &reading.Organ{Name: "政务办", Type: graph.DeptGovernment, Region: region, Plates: []string{"大数据局"}}
	plate := &reading.Organ{Name: "大数据局", Type: graph.DeptGovernment, Region: region}
	for n := range rapid.IntRange(1, 4).Draw(t, "articles") {
		e := reading.Event{Title: fmt.Sprintf("第%d件大事", n%3), Kind: graph.EventKindEvent, Section: "时政要点", Page: n + 1}
		e.PrintedTitle = e.Title
		say := func(word string) []graph.Evidence {
			start := len([]rune(e.Body))
			e.Body += word
			return []graph.Evidence{{Field: graph.FieldBody, Start: start, End: start + len([]rune(word)), Text: word}}
		}
		day, _ := edtf.NewDay(2022, rapid.SampledFrom([]int{1, month}).Draw(t, "month"), 1+n) // issues may tell of one day
		date := edtf.OfDay(day)
		if rapid.IntRange(0, 3).Draw(t, "interval") == 0 {
			date, _ = edtf.Parse(day.String() + "/" + (day + edtf.Day(rapid.SampledFrom([]int{1, 6, 7}).Draw(t, "length"))).String())
		}
		e.Date = graph.EventDate{EDTF: date, Basis: graph.BasisYearInferred, Text: "3日", Confidence: 0.9, Evidence: say("3日")}
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"王磊", "张晓", "沈知秋"}), 0, 3, rapid.ID).Draw(t, "people") {
			o := reading.Official{Name: name, Region: region, Roles: []graph.OfficialRole{graph.RoleAttend}, Evidence: say(name)}
			for _, organ := range rapid.SliceOfNDistinct(rapid.SampledFrom(organs), 0, 2, func(o *reading.Organ) string { return o.Name }).Draw(t, "organs") {
				o.Posts = append(o.Posts, reading.Post{Title: "局长", Organ: organ, Text: "局长", Attests: graph.AttestsHeld})
				o.Organ = organ
			}
			e.Officials = append(e.Officials, o)
		}
		for _, o := range rapid.SliceOfNDistinct(rapid.SampledFrom(append(organs, office, plate, health, bureau, other)), 0, 3, func(o *reading.Organ) string { return o.Name }).Draw(t, "departments") {
			e.Departments = append(e.Departments, reading.Department{Organ: *o, Text: o.Name, Surfaces: []string{o.Name}, Role: graph.DeptHost, Evidence: say(o.Name)})
		}
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"记事广场", "纪事广场", "纪事新广场"}), 0, 2, rapid.ID).Draw(t, "squares") {
			above := region
			if rapid.Bool().Draw(t, "street") {
				above = chain(append(slices.Clone(region.Chain), reading.Place{Name: "柳湖街道", Type: graph.LocTownship})...)
			}
			e.Locations = append(e.Locations, reading.Location{Place: reading.Place{Name: name, Type: graph.LocVenue}, Above: above, Text: name, IsPlace: true, Evidence: say(name)})
		}
		if rapid.Bool().Draw(t, "place") {
			place := reading.Place{Name: "柳湖街道", Type: graph.LocTownship}
			e.Locations = append(e.Locations, reading.Location{Place: place, Above: region, Text: "柳湖街道", IsPlace: true, Evidence: say("柳湖街道")})
		}
		say(rapid.SampledFrom([]string{
			"", "澜州市第三届花灯艺术节在南塘开幕", "第三届花灯艺术节开幕，数万市民到南塘观灯", "全市夏粮收购现场推进会在沙岗粮库举行",
		}).Draw(t, "text"))
		doc.Events = append(doc.Events, e)
		doc.Text += e.Title + e.Body + "\n"
	}
	doc.Text += doc.File
	return doc
}

// Loading in any order, twice, and taking out and in again gives one graph, in both engines.
func TestOneGraphWhateverTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var documents []*reading.Document
		for _, region := range []reading.Jurisdiction{county, next, {}} {
			for month := range rapid.IntRange(0, 2).Draw(t, "issues") {
				if !region.Known() {
					region = reading.Jurisdiction{Chain: []reading.Place{{Name: "无名县", Type: graph.LocCounty}}}
				}
				documents = append(documents, draw(t, region, month+1))
			}
		}
		first, second := memstore.New(), newBadger(t)
		defer func() { _ = second.Close() }()
		for _, doc := range documents {
			mustLoad(t, first, doc)
		}
		for _, doc := range rapid.Permutation(documents).Draw(t, "order") {
			mustLoad(t, second, doc)
			if rapid.Bool().Draw(t, "again") {
				mustLoad(t, second, doc)
			}
		}
		want := digest(t, first)
		if got := digest(t, second); got != want {
			t.Fatalf("another order gives another graph")
		}
		if len(documents) == 0 {
			return
		}
		doc := rapid.SampledFrom(documents).Draw(t, "out and in")
		id := ingest.Preview(doc, graph.LoadOptions{}).Issue.ID
		if _, err := ingester(second).Remove(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		check(t, second)
		mustLoad(t, second, doc)
		if got := digest(t, second); got != want {
			t.Fatalf("taking %s out and in again changes the graph", doc.File)
		}
		for _, doc := range documents {
			if _, err := ingester(second).Remove(t.Context(), ingest.Preview(doc, graph.LoadOptions{}).Issue.ID); err != nil {
				t.Fatal(err)
			}
		}
		if got, empty := digest(t, second), digest(t, memstore.New()); got != empty {
			t.Fatalf("something is left when everything is taken out")
		}
	})
}

type tester interface {
	Fatal(...any)
	Fatalf(string, ...any)
	Helper()
}

func newBadger(t tester) graph.Store {
	t.Helper()
	s, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ingester(s graph.Store) *ingest.Ingester {
	return &ingest.Ingester{Store: s, Now: func() time.Time { return time.Date(2022, 6, 1, 0, 0, 0, 0, time.UTC) }}
}

func mustLoad(t *rapid.T, s graph.Store, doc *reading.Document) {
	t.Helper()
	if _, err := ingester(s).Load(t.Context(), doc, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	check(t, s)
}

func check(t *rapid.T, s graph.Store) {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := graph.Check(t.Context(), r); err != nil {
		t.Fatalf("the graph is not sound: %v", err)
	}
}

func digest(t *rapid.T, s graph.Store) string {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	d, err := graph.Digest(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func article(text string) *reading.Document {
	return &reading.Document{
		File: "a.txt", Text: text,
		Issue:  reading.Issue{Publication: "云河区大事月报", Label: "2022年3月", Year: 2022, Month: 3, Region: county, Dialect: "monthly"},
		Events: []reading.Event{{Title: "开会", PrintedTitle: "开会", Kind: graph.EventKindEvent, Body: text, Date: graph.EventDate{Basis: graph.BasisNone}}},
	}
}

func TestAnotherTextOfALoadedIssueIsRefused(t *testing.T) {
	s := memstore.New()
	in := ingester(s)
	if _, err := in.Load(t.Context(), article("区委召开会议。"), graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	edited := article("区委召开大会。")
	edited.File = "b.txt"
	_, err := in.Load(t.Context(), edited, graph.LoadOptions{})
	conflict, is := ingest.IsConflict(err)
	if !is || !errors.Is(err, graph.ErrConflict) || conflict.Loaded != "a.txt" || conflict.File != "b.txt" {
		t.Fatalf("Load of another text = %v, want a conflict of a.txt and b.txt", err)
	}
	report, err := in.Load(t.Context(), article("区委召开会议。"), graph.LoadOptions{})
	if err != nil || !report.Unchanged {
		t.Errorf("the first text again = %+v, %v, want unchanged", report, err)
	}
	// What readers hold equal is the same text.
	if report, err = in.Load(t.Context(), article("区委 召开会议。\r\n"), graph.LoadOptions{}); err != nil || !report.Unchanged {
		t.Errorf("the text with other spaces = %+v, %v, want unchanged", report, err)
	}
}

func TestOtherOptionsReadTheTextAgain(t *testing.T) {
	s := memstore.New()
	in := ingester(s)
	if _, err := in.Load(t.Context(), article("区委召开会议。"), graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	again := article("区委召开会议。")
	again.Events[0].Section = "时政要点"
	old := eventIDs(t, s)
	report, err := in.Load(t.Context(), again, graph.LoadOptions{Published: "2022-03-20"})
	if err != nil || report.Unchanged {
		t.Fatalf("Load with other options = %+v, %v, want it loaded", report, err)
	}
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	page, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 10})
	if err != nil || len(page.Events) != 1 || page.Events[0].Section != "时政要点" {
		t.Errorf("events = %+v, %v, want the one of the new reading", page.Events, err)
	}
	if got := titlesAt(t, s, old); got != "开会" || eventIDs(t, s)[0] == old[0] {
		t.Errorf("the old id leads to %s, want 开会 under another id", got)
	}
}

func TestADocumentWithoutEventsIsRefused(t *testing.T) {
	s := memstore.New()
	empty := article("")
	empty.Events = nil
	if _, err := ingester(s).Load(t.Context(), empty, graph.LoadOptions{}); !errors.Is(err, ingest.ErrEmpty) {
		t.Errorf("Load = %v, want ErrEmpty", err)
	}
	if _, err := ingester(s).Load(t.Context(), article("区委召开会议。"), graph.LoadOptions{}); err != nil {
		t.Errorf("the whole issue after it: %v", err)
	}
}

func TestRemoveOfNothing(t *testing.T) {
	if _, err := ingester(memstore.New()).Remove(t.Context(), "i123"); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("Remove = %v, want ErrNotFound", err)
	}
}

func TestALoadIsOneLineOfLog(t *testing.T) {
	var log bytes.Buffer
	in := ingester(memstore.New())
	in.Log = slog.New(slog.NewTextHandler(&log, nil))
	for range 2 {
		if _, err := in.Load(t.Context(), article("区委召开会议。"), graph.LoadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if lines := strings.Count(log.String(), "\n"); lines != 1 || strings.Contains(log.String(), "召开") {
		t.Errorf("two loads of one text log %q, want one line without the text", log.String())
	}
}

func TestPublicationKey(t *testing.T) {
	var keys []string
	for _, is := range []reading.Issue{
		{Publication: "云河区大事月报", Region: county}, {Publication: "云河区 2022年 大事月报", Region: county},
		{Publication: "雲河區大事月報", Region: county}, {Publication: "云河区大事月报", Region: chain(province, reading.Place{Name: "松溪县", Type: graph.LocCounty, Code: "419921"})}, {Publication: "云河区大事月报"}, {Publication: "云河区大事月报第12期（2022年三月）", Region: county},
	} {
		keys = append(keys, ingest.PublicationKey(&is))
	}
	want := []string{
		"云河区大事月报|~", "云河区大事月报|~", "云河区大事月报|~", "云河区大事月报|419921", "云河区大事月报|~", "云河区大事月报()|~",
	}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
}

// The bounds that a roster states are kept with the post.
func TestStatedTermsAreKept(t *testing.T) {
	doc := article("名录。")
	o := &reading.Organ{Name: "澜州市云河区人民政府", Type: graph.DeptGovernment, Region: county}
	doc.Events[0].Kind = graph.EventKindRoster
	doc.Events[0].Officials = []reading.Official{{
		Name: "沈知秋", Region: county, Organ: o, Roles: []graph.OfficialRole{graph.RoleSubject},
		Posts:    []reading.Post{{Title: "区长", Text: "区长", Organ: o, Attests: graph.AttestsRoster, From: edtf.OfMonth(2020, 6)}},
		Evidence: []graph.Evidence{{Field: graph.FieldBody, Start: 0, End: 2, Text: "名录"}},
	}}
	store := memstore.New()
	if _, err := ingester(store).Load(t.Context(), doc, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	r, err := store.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = r.Each(t.Context(), graph.Filter{}, func(e *graph.Event) error {
		for _, o := range e.Officials {
			for _, p := range o.Posts {
				got = append(got, fmt.Sprint(p.Title, " ", p.From, " ", p.To.IsZero()))
			}
		}
		return nil
	})
	if want := []string{"区长 2020-06 true"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("posts %q, %v, want %q", got, err, want)
	}
}

func TestReportCountsPeopleNotPosts(t *testing.T) {
	doc := article("沈知秋主持会议。沈知秋讲话。")
	for i, organ := range []string{"澜州市云河区人民政府", "中共澜州市云河区委员会"} {
		e := doc.Events[0]
		e.Title = fmt.Sprint("会议", i)
		o := &reading.Organ{Name: organ, Type: graph.DeptGovernment, Region: county}
		e.Officials = []reading.Official{{
			Name: "沈知秋", Region: county, Organ: o, Roles: []graph.OfficialRole{graph.RoleChair},
			Posts:    []reading.Post{{Title: "区长", Text: "区长", Organ: o, Attests: graph.AttestsHeld}},
			Evidence: []graph.Evidence{{Field: graph.FieldBody, Start: 0, End: 3, Text: "沈知秋"}},
		}}
		doc.Events = append(doc.Events, e)
	}
	report, err := ingester(memstore.New()).Load(t.Context(), doc, graph.LoadOptions{})
	if err != nil || report.Officials != 1 {
		t.Errorf("one person in two posts: %d officials, %v, want 1", report.Officials, err)
	}
	if n := ingest.Preview(doc, graph.LoadOptions{}).Officials; n != 1 {
		t.Errorf("the preview counts %d officials, want 1", n)
	}
}
