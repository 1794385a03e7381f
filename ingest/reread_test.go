package ingest_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/loader"
	"fangzhi/loader/reading"
	"fangzhi/samples"
)

// today reads a kept text with the loader as it is.
func today(_, text string, o graph.LoadOptions) ([]reading.Document, error) {
	return loader.Read("kept.txt", []byte(text), loader.Options{Region: o.Region, Published: o.Published, Dialect: o.Dialect})
}

func digestOf(t testing.TB, s graph.Store) string {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := graph.Check(t.Context(), r); err != nil {
		t.Errorf("the graph is not sound: %v", err)
	}
	d, err := graph.Digest(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What a graph keeps of a document reads as the document did: its encoding, its line ends and what stood before it in the file
// make no difference.
func TestAKeptTextReadsAsItsDocument(t *testing.T) {
	march, april := samples.Files()[0].Text, samples.Files()[1].Text
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(bytes.ReplaceAll(march, []byte("\n"), []byte("\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		file    []byte
		issues  int
		options graph.LoadOptions
	}{
		{"UTF-8", march, 1, graph.LoadOptions{}},
		{"GB18030 and CRLF", gb, 1, graph.LoadOptions{}},
		{"a byte order mark, control and broken characters", slices.Concat([]byte("\xef\xbb\xbf"), bytes.Replace(march, []byte("沈知秋"), []byte("沈\x01知\xff秋"), 3)), 1, graph.LoadOptions{}},
		{"two issues in one file", slices.Concat(march, []byte("\n\n\n"), april), 2, graph.LoadOptions{}},
		{"an imprint above the masthead", slices.Concat([]byte("\n\n主办：中共澜州市云河区委党史和地方史志研究室\n\n"), march), 1, graph.LoadOptions{}},
		{"prose above the masthead", slices.Concat([]byte("这是一份从前的电子版，由区图书馆整理而成，文字没有改动，只是把页眉去掉了，请读者留意。\n\n"), march), 1, graph.LoadOptions{}},
		{"a region and a day of publication", april, 1, graph.LoadOptions{Region: "澜州市云河区", Published: "2022-04-21", Dialect: "monthly"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			documents, err := loader.Read("issue.txt", tt.file, loader.Options{Region: tt.options.Region, Published: tt.options.Published, Dialect: tt.options.Dialect})
			if err != nil || len(documents) != tt.issues {
				t.Fatalf("%d issues, %v, want %d", len(documents), err, tt.issues)
			}
			s := newBadger(t)
			defer func() { _ = s.Close() }()
			in := ingester(s)
			var ids []graph.ID
			for i := range documents {
				report, err := in.Load(t.Context(), &documents[i], tt.options)
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, report.Issue.ID)
			}
			before := digestOf(t, s)
			for _, id := range ids {
				changes, err := in.Reread(t.Context(), id, today, false)
				if err != nil {
					t.Fatal(err)
				}
				if changes.Changed || len(changes.Added)+len(changes.Removed)+len(changes.Dates)+len(changes.Links) > 0 {
					t.Errorf("%s: %+v; warnings (-before +after):\n%s", changes.After.Label, changes, cmp.Diff(changes.Before.Warnings, changes.After.Warnings))
				}
			}
			if after := digestOf(t, s); after != before {
				t.Error("reading again changes the graph")
			}
		})
	}
}

// oldReading is an issue as an earlier reader read it: one article too few, another cut otherwise, a date and links not found.
func oldReading() *reading.Document {
	return chronicleOf("云河区大事月报", 2,
		reportOf("2022-02-09", "动员会召开", long, coded, "中共云河区委", "沈知秋"),
		reportOf("2022-02", "沈知秋调研企业", other, coded, "", "沈知秋", "李牧原|云河区人民政府"),
		reportOf("2022-02-20", "云河夜巷", "2月20日，云河夜巷点亮，四十家老字号进驻，灯光秀将持续到月底。", coded, "云河区商务局"),
		reportOf("2022-02-21", "误读", "本页为广告。", coded, ""))
}

// newReading is the same text read better.
func newReading() *reading.Document {
	d := chronicleOf("云河区大事月报", 2,
		reportOf("2022-02-09", "动员会召开", long, coded, "中共云河区委", "沈知秋", "李牧原"),
		reportOf("2022-02-09", "区委书记沈知秋调研企业复工", other, coded, "", "沈知秋"),
		reportOf("2022-02-20", "云河夜巷点亮夏夜经济", "2月20日，云河夜巷点亮，四十家老字号进驻，灯光秀将持续到月底。", coded, "云河区商务局"),
		reportOf("2022-02-22", "春灌开始", "2月22日，全区春灌开始，水利所干部下到田间。", coded, "云河区水利局"))
	d.Text = oldReading().Text
	return d
}

func TestRereadSaysWhatChanges(t *testing.T) {
	s := newBadger(t)
	defer func() { _ = s.Close() }()
	in := ingester(s)
	report, err := in.Load(t.Context(), oldReading(), graph.LoadOptions{Region: "419902"})
	if err != nil {
		t.Fatal(err)
	}
	old := eventIDs(t, s)
	read := func(file, text string, o graph.LoadOptions) ([]reading.Document, error) {
		if file != "云河区大事月报-2.txt" || text != oldReading().Text || o.Region != "419902" {
			t.Errorf("the reader gets %q, %d bytes, %+v", file, len(text), o)
		}
		return []reading.Document{*newReading()}, nil
	}
	before := digestOf(t, s)
	dry, err := in.Reread(t.Context(), report.Issue.ID, read, true)
	if err != nil {
		t.Fatal(err)
	}
	if digestOf(t, s) != before {
		t.Error("a dry run changes the graph")
	}
	changes, err := in.Reread(t.Context(), report.Issue.ID, read, false)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(dry, changes); diff != "" {
		t.Errorf("what a dry run says (-dry +wet):\n%s", diff)
	}
	want := ingest.Changes{
		Before: changes.Before, After: changes.After, Changed: true,
		Added: []string{"春灌开始"}, Removed: []string{"误读"},
		Dates: []ingest.Change{{Title: "区委书记沈知秋调研企业复工", From: "2022-02", To: "2022-02-09"}},
		Titles: []ingest.Change{
			{Title: "区委书记沈知秋调研企业复工", From: "沈知秋调研企业", To: "区委书记沈知秋调研企业复工"},
			{Title: "云河夜巷点亮夏夜经济", From: "云河夜巷", To: "云河夜巷点亮夏夜经济"},
		},
		Links: map[graph.EntityKind]ingest.LinkChanges{graph.KindOfficial: {Added: 1, Removed: 1}, graph.KindDepartment: {Added: 1}},
	}
	if diff := cmp.Diff(want, changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}

	fresh := memstore.New()
	if _, err := ingester(fresh).Load(t.Context(), newReading(), graph.LoadOptions{Region: "419902"}); err != nil {
		t.Fatal(err)
	}
	if digestOf(t, s) != digestOf(t, fresh) {
		t.Error("the graph is not that of a load of the new reading")
	}
	// Each old id leads to what its article is now; that of the one that is gone to nothing.
	if got, want := titlesAt(t, s, old), "动员会召开 区委书记沈知秋调研企业复工 云河夜巷点亮夏夜经济 -"; got != want {
		t.Errorf("old ids lead to %s, want %s", got, want)
	}
	again, err := in.Reread(t.Context(), report.Issue.ID, read, false)
	if err != nil || again.Changed {
		t.Errorf("a second time: %+v, %v, want no change", again, err)
	}
	// Back to the old reading: the ids of then are ids again, those of now lead to them.
	now := eventIDs(t, s)
	_, err = in.Reread(t.Context(), report.Issue.ID, func(string, string, graph.LoadOptions) ([]reading.Document, error) {
		return []reading.Document{*oldReading()}, nil
	}, false)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := titlesAt(t, s, old), "动员会召开 沈知秋调研企业 云河夜巷 误读"; got != want {
		t.Errorf("read as before, old ids lead to %s, want %s", got, want)
	}
	if got, want := titlesAt(t, s, now), "动员会召开 沈知秋调研企业 云河夜巷 -"; got != want {
		t.Errorf("read as before, ids of between lead to %s, want %s", got, want)
	}
	if digestOf(t, s) != before {
		t.Error("read as before, the graph is another")
	}
}

// eventIDs returns the ids of all events in the order of their issue.
func eventIDs(t testing.TB, s graph.Store) []graph.ID {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	page, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 100})
	if err != nil {
		t.Fatal(err)
	}
	events := slices.Clone(page.Events)
	slices.SortFunc(events, func(a, b *graph.Event) int { return a.Place - b.Place })
	var ids []graph.ID
	for _, e := range events {
		ids = append(ids, e.ID)
	}
	return ids
}

// titlesAt returns the titles of the events that ids lead to, - for none.
func titlesAt(t testing.TB, s graph.Store, ids []graph.ID) string {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	found, err := r.EventsByID(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, e := range found {
		if e == nil {
			titles = append(titles, "-")
		} else {
			titles = append(titles, e.Title)
		}
	}
	return strings.Join(titles, " ")
}

// A better masthead is another key: the issue goes by another id, and the old one leads to it.
func TestRereadUnderAnotherKey(t *testing.T) {
	s := newBadger(t)
	defer func() { _ = s.Close() }()
	in := ingester(s)
	report, err := in.Load(t.Context(), oldReading(), graph.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	old := eventIDs(t, s)
	renamed := oldReading()
	renamed.Issue.Publication = "云河区大事记"
	read := func(string, string, graph.LoadOptions) ([]reading.Document, error) {
		return []reading.Document{*renamed}, nil
	}
	changes, err := in.Reread(t.Context(), report.Issue.ID, read, false)
	if err != nil || changes.After.ID == report.Issue.ID {
		t.Fatalf("Reread = %+v, %v", changes, err)
	}
	digestOf(t, s)
	if got, want := titlesAt(t, s, old), "动员会召开 沈知秋调研企业 云河夜巷 误读"; got != want {
		t.Errorf("old ids lead to %s, want %s", got, want)
	}
	if again, err := in.Reread(t.Context(), report.Issue.ID, read, false); err != nil || again.Changed {
		t.Errorf("by the old id: %+v, %v", again, err)
	}
	removed, err := in.Remove(t.Context(), report.Issue.ID)
	if err != nil || removed.ID != changes.After.ID {
		t.Errorf("Remove by the old id: %+v, %v", removed, err)
	}
	if digestOf(t, s) != digestOf(t, memstore.New()) {
		t.Error("something is left")
	}
}

// What cannot be read again stays as it is.
func TestRereadThatFails(t *testing.T) {
	s := memstore.New()
	in := ingester(s)
	report, err := in.Load(t.Context(), oldReading(), graph.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	mustIngest(t, s, chronicleOf("云河区大事月报", 3, reportOf("2022-03-09", "三月", long, coded, "")))
	before := digestOf(t, s)
	broken := errors.New("broken")
	march := oldReading()
	march.Issue.Month = 3
	for _, tt := range []struct {
		name      string
		documents []reading.Document
		err, want error
	}{
		{"refused", nil, broken, broken},
		{"no issue", nil, nil, ingest.ErrNotOne},
		{"two issues", []reading.Document{*oldReading(), *newReading()}, nil, ingest.ErrNotOne},
		{"no article", []reading.Document{{}}, nil, ingest.ErrEmpty},
		{"another issue that is there", []reading.Document{*march}, nil, graph.ErrConflict},
	} {
		_, err := in.Reread(t.Context(), report.Issue.ID, func(string, string, graph.LoadOptions) ([]reading.Document, error) {
			return tt.documents, tt.err
		}, false)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if digestOf(t, s) != before {
			t.Errorf("%s: the graph is another", tt.name)
		}
	}
	if _, err := in.Reread(t.Context(), "i0", today, false); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("no issue: %v, want ErrNotFound", err)
	}
}

// Where sections are cut otherwise all ids change, and every event is found again; similar ones pair with the most similar.
func TestRereadMatchesByBody(t *testing.T) {
	var before, after []reading.Event
	for n := range 40 {
		day := (mustDay("2022-02-01") + edtf.Day(n)).String()
		body := fmt.Sprintf("第%c小学举行%c湖诗会，师生诵读本县诗词%d首，家长到场观看。", '一'+rune(n), '丁'+rune(3*n), n+20)
		e := reportOf(day, fmt.Sprintf("诗会%d", n), body, coded, "云河区教育局")
		before = append(before, e)
		e.Section = "教育"
		if n%2 == 0 {
			e.Body = strings.Replace(body, "到场观看", "也到场观看", 1)
		}
		after = append(after, e)
	}
	slices.Reverse(after)
	s := memstore.New()
	in := ingester(s)
	report, err := in.Load(t.Context(), chronicleOf("云河区大事月报", 2, before...), graph.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	old := eventIDs(t, s)
	d := chronicleOf("云河区大事月报", 2, after...)
	changes, err := in.Reread(t.Context(), report.Issue.ID, func(string, string, graph.LoadOptions) ([]reading.Document, error) {
		return []reading.Document{*d}, nil
	}, false)
	if err != nil || len(changes.Added)+len(changes.Removed)+len(changes.Titles) > 0 {
		t.Fatalf("Reread = %+v, %v", changes, err)
	}
	for n, id := range old {
		if got, want := titlesAt(t, s, []graph.ID{id}), fmt.Sprintf("诗会%d", n); got != want {
			t.Errorf("the id of %s leads to %s", want, got)
		}
	}
}

func mustDay(s string) edtf.Day {
	day, err := edtf.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return day
}
