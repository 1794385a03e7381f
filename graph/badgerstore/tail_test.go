package badgerstore_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

// texted are issues with titles that are printed, made and odd, and with texts that say the same more than once.
func texted() []*graph.IssueData {
	var issues []*graph.IssueData
	for n := range 6 {
		var entries []storetest.Entry
		for i, text := range []string{
			"會议强调，推进工作。会议强调推进。", "慰问，慰问，慰问。", "", "沈知秋到云河广场调研，会议强调。", "aＡａ 1１①，慰问。",
		} {
			title := []string{"会议强调", "慰问" + strings.Repeat("会", n), "无文"}[(i+n)%3] + "甲乙丙丁戊"[3*i:3*i+3]
			if i%3 == 0 {
				text = title + text
			}
			entries = append(entries, storetest.Entry{
				Title: title, Text: text, EDTF: fmt.Sprintf("20%02d-0%d", n, 1+i),
				Kind: graph.EventKindEvent, Basis: graph.BasisExplicit, Links: []storetest.Link{{Name: "云河广场", Place: n%2 == 0}},
			})
		}
		d := storetest.NewIssue(storetest.Monthly, 2000+n, 1, entries...)
		for i := range d.Events {
			if (i+n)%2 == 0 && n < 5 {
				d.Events[i].PrintedTitle = "" // the made one is a part of the body, or is odd
			}
		}
		issues = append(issues, d)
	}
	return issues
}

// substrings are those of at most so many code points of the folded texts.
func substrings(issues []*graph.IssueData, most int) []string {
	found := map[string]bool{}
	for _, d := range issues {
		for i, e := range d.Events {
			for _, text := range []string{e.Title, d.Bodies[i]} {
				runes := []rune(fold.String(text))
				for from := range runes {
					for to := from + 1; to <= min(from+most, len(runes)); to++ {
						found[string(runes[from:to])] = true
					}
				}
			}
		}
	}
	var all []string
	for text := range found {
		all = append(all, text)
	}
	slices.Sort(all)
	return all
}

// searched asks for all hits of each string, with and without a filter beside it, and for their number.
func searched(t testing.TB, s graph.Store, texts []string) (answers []string) {
	t.Helper()
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	return answersOf(t, r, texts)
}

func answersOf(t testing.TB, r graph.Reader, texts []string) (answers []string) {
	t.Helper()
	ctx := context.Background()
	for _, text := range texts {
		answer := text
		for _, f := range []graph.Filter{{}, {Issues: []graph.ID{storetest.NewIssue(storetest.Monthly, 2001, 1).Issue.ID}}} {
			hits, err := r.Search(ctx, f, text, graph.HitPage{First: 100})
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			f.Texts = []string{text}
			n, err := r.Count(ctx, f)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			answer += fmt.Sprintf(" %d:", n)
			for _, h := range hits.Hits {
				answer += fmt.Sprintf(" %s %d %v", h.Event.ID, h.Hits, h.Title)
			}
		}
		answers = append(answers, answer)
	}
	return answers
}

// A string is found alike wherever the texts are: in a tail in memory, read again or left on disk, in segments, or some here and some there.
func TestAnswersDoNotDependOnWhatIsIndexed(t *testing.T) {
	issues := texted()
	texts := substrings(issues, 9)
	gone := issues[2].Issue.ID
	naive := memstore.New()
	mustLoad(t, naive, issues...)
	if err := storetest.Remove(t.Context(), naive, gone); err != nil {
		t.Fatal(err)
	}
	want := searched(t, naive, texts)
	const none, all = 1 << 30, 0
	for _, tt := range []struct {
		name                   string
		fewOpen, fewUnread     uint32
		from                   int // this issue and those after it come when the others are settled
		fewTexts               uint64
		reopen, settle, remove bool // remove: before it is settled
	}{
		{name: "a tail", fewOpen: none},
		{name: "a tail, by looking", fewOpen: none, fewTexts: none},
		{name: "a tail that is read", fewOpen: none, fewUnread: none, reopen: true},
		{name: "a tail on disk", fewOpen: none, reopen: true},
		{name: "segments", fewOpen: all, settle: true},
		{name: "segments without the dead", fewOpen: all, settle: true, remove: true},
		{name: "segments of a tail on disk", fewOpen: all, reopen: true, settle: true},
		{name: "segments and a tail", fewOpen: 12, from: 4, settle: true},
		{name: "segments and a tail that is read", fewOpen: 12, fewUnread: none, from: 4, settle: true, reopen: true},
		{name: "segments and a tail on disk", fewOpen: 12, from: 4, settle: true, reopen: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			badgerstore.Tune(t, badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 4, FewTexts: tt.fewTexts, FewOpen: tt.fewOpen, ManyOpen: tt.fewOpen, FewUnread: tt.fewUnread})
			dir := t.TempDir()
			s := mustOpen(t, dir)
			settle := func() {
				t.Helper()
				if !tt.settle {
					return
				}
				if err := s.Settle(); err != nil {
					t.Fatal(err)
				}
			}
			remove := func(when bool) {
				t.Helper()
				if !when {
					return
				}
				if err := storetest.Remove(t.Context(), s, gone); err != nil {
					t.Fatal(err)
				}
			}
			first := len(issues)
			if tt.from > 0 {
				first = tt.from
			}
			mustLoad(t, s, issues[:first]...)
			remove(tt.remove)
			settle()
			for _, is := range issues[first:] {
				mustLoad(t, s, is)
			}
			remove(!tt.remove)
			if tt.reopen {
				mustClose(t, s)
				s = mustOpen(t, dir)
				settle()
			}
			if diff := cmp.Diff(want, searched(t, s, texts)); diff != "" {
				t.Errorf("the answers differ (-naive +got):\n%s", diff)
			}
			headers, _ := segments(s)
			if (len(headers) > 0) != tt.settle {
				t.Errorf("%d segments: this test does not reach what it says", len(headers))
			}
			mustClose(t, s)
		})
	}
}

// What is kept of a search serves other states too: one from before a removal goes on finding what was removed.
func TestASnapshotFindsWhatWasRemovedSince(t *testing.T) {
	issues := texted()
	texts := substrings(issues, 4)
	for name, gone := range map[string]*graph.IssueData{"without odd titles": issues[5], "with one that says what the body says": issues[0]} {
		t.Run(name, func(t *testing.T) {
			s := mustOpen(t, t.TempDir())
			mustIndex(t, s, issues...)
			naive := memstore.New()
			mustLoad(t, naive, issues...)
			want := searched(t, naive, texts)
			before, err := s.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer before.Close()
			for _, each := range []graph.Store{s, naive} {
				if err := storetest.Remove(t.Context(), each, gone.Issue.ID); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(searched(t, naive, texts), searched(t, s, texts)); diff != "" { // and keeps it
				t.Errorf("after the removal (-naive +got):\n%s", diff)
			}
			if diff := cmp.Diff(want, answersOf(t, before, texts)); diff != "" {
				t.Errorf("before the removal (-naive +got):\n%s", diff)
			}
			before.Close()
			mustClose(t, s)
		})
	}
}
