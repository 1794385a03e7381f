package storetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fangzhi/graph"
)

var pageTests = []test{
	{"EventsWithoutAPlaceStandInTheOrderOfTheirIDs", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		var entries []Entry
		for _, title := range strings.Split("一二三四五六七八九十", "") {
			entries = append(entries, Entry{Title: title, EDTF: "2021-03-01", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit})
		}
		d := NewIssue(Monthly, 2021, 3, entries...)
		for _, e := range d.Events {
			e.Place = 0
		}
		for range 2 { // the second time in the place of the first
			mustLoad(t, s, d)
			inOrder := slices.SortedFunc(slices.Values(d.Events), func(a, b *graph.Event) int { return strings.Compare(string(a.ID), string(b.ID)) })
			if got, want := timeline(t, mustSnapshot(t, s), graph.Filter{}), titles(inOrder); got != want {
				t.Errorf("timeline %s, want %s", got, want)
			}
		}
	}},
	{"UndatedComeLastInBothOrders", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		if got := timeline(t, r, graph.Filter{}); got != all {
			t.Errorf("ascending: %s, want %s", got, all)
		}
		const descending = "壬辛庚丙己乙甲丁丑卯子寅辰癸戊"
		if got := titles(mustPage(t, r, graph.Filter{}, graph.Page{First: 100, Order: graph.Descending}).Events); got != descending {
			t.Errorf("descending: %s, want %s", got, descending)
		}
	}},
	{"PagesMeetInTheMiddle", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		for _, order := range []graph.TimelineOrder{graph.Ascending, graph.Descending, ""} {
			whole := mustPage(t, r, graph.Filter{}, graph.Page{First: 100, Order: order}).Events
			for i, e := range whole {
				before := mustPage(t, r, graph.Filter{}, graph.Page{Last: 3, Before: e.SortKey(), Order: order})
				after := mustPage(t, r, graph.Filter{}, graph.Page{First: 3, After: e.SortKey(), Order: order})
				if got, want := titles(before.Events), titles(whole[max(i-3, 0):i]); got != want || before.HasPrevious != (i > 3) || !before.HasNext {
					t.Errorf("%s: before %s stand %s (more: %v, %v), want %s", order, e.Title, got, before.HasPrevious, before.HasNext, want)
				}
				if got, want := titles(after.Events), titles(whole[i+1:min(i+4, len(whole))]); got != want || after.HasNext != (i+4 < len(whole)) || !after.HasPrevious {
					t.Errorf("%s: after %s stand %s (more: %v, %v), want %s", order, e.Title, got, after.HasPrevious, after.HasNext, want)
				}
			}
		}
	}},
	{"PagesBetweenTwoCursors", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		key := map[string]graph.SortKey{"": ""}
		for _, e := range mustPage(t, r, graph.Filter{}, graph.Page{First: 100}).Events {
			key[e.Title] = e.SortKey()
		}
		for _, tt := range []struct {
			name              string
			after, before     string
			first, last       int
			order             graph.TimelineOrder
			want              string
			previous, further bool
		}{
			{"first between", "丑", "庚", 2, 0, "ASC", "丁甲", true, true},
			{"first, up to the bound", "丑", "乙", 9, 0, "ASC", "丁甲", true, true},
			{"last between", "丑", "庚", 0, 2, "ASC", "己丙", true, true},
			{"last, down to the bound", "丑", "乙", 0, 9, "ASC", "丁甲", true, true},
			{"over the edge of the dated", "辛", "癸", 9, 0, "ASC", "壬戊", true, true},
			{"over the edge, last", "辛", "癸", 0, 9, "ASC", "壬戊", true, true},
			{"over the edge, descending", "寅", "戊", 9, 0, "DESC", "辰癸", true, true},
			{"over the edge, descending, last", "寅", "戊", 0, 9, "DESC", "辰癸", true, true},
			{"none between neighbours", "丁", "甲", 5, 0, "ASC", "", true, true},
			{"crossed", "庚", "丁", 5, 0, "ASC", "", true, true},
			{"crossed, last", "庚", "丁", 0, 5, "ASC", "", true, true},
			{"crossed over the edge", "戊", "丁", 5, 0, "ASC", "", true, true},
			{"crossed at the ends", "癸", "辰", 5, 0, "ASC", "", true, false},
			{"crossed at the ends, last", "癸", "辰", 0, 5, "ASC", "", false, true},
			{"none asked for", "", "", 0, 0, "ASC", "", false, true},
			{"none asked for, after", "癸", "", 0, 0, "ASC", "", true, false},
			{"behind the end", "癸", "", 5, 0, "ASC", "", true, false},
			{"before the beginning", "", "辰", 0, 5, "ASC", "", false, true},
			{"first, all before", "", "寅", 5, 0, "ASC", "辰", false, true},
			{"last, all after", "戊", "", 0, 5, "ASC", "癸", true, false},
		} {
			p := graph.Page{First: tt.first, Last: tt.last, After: key[tt.after], Before: key[tt.before], Order: tt.order}
			page := mustPage(t, r, graph.Filter{}, p)
			if got := titles(page.Events); got != tt.want || page.HasPrevious != tt.previous || page.HasNext != tt.further {
				t.Errorf("%s: %q, %v, %v; want %q, %v, %v", tt.name, got, page.HasPrevious, page.HasNext, tt.want, tt.previous, tt.further)
			}
		}
	}},
	{"CursorsGoOnWhateverWasLoadedSince", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, January())
		first := mustPage(t, mustSnapshot(t, s), graph.Filter{}, graph.Page{First: 3}).Events
		if titles(first) != "丁甲乙" {
			t.Fatalf("first page %s", titles(first))
		}
		cursor := first[2].SortKey()
		mustLoad(t, s, February(), Year())
		if got := titles(mustPage(t, mustSnapshot(t, s), graph.Filter{}, graph.Page{First: 3, After: cursor}).Events); got != "己丙庚" {
			t.Errorf("after loads: %s", got)
		}
		mustRemove(t, s, January().Issue.ID) // and with it the event of the cursor
		r := mustSnapshot(t, s)
		after := mustPage(t, r, graph.Filter{}, graph.Page{First: 3, After: cursor})
		if got := titles(after.Events); got != "庚辛壬" || !after.HasPrevious || !after.HasNext {
			t.Errorf("after the removal: %s, %v, %v", got, after.HasPrevious, after.HasNext)
		}
		if got := titles(mustPage(t, r, graph.Filter{}, graph.Page{Last: 2, Before: cursor}).Events); got != "卯丑" {
			t.Errorf("before, after the removal: %s", got)
		}
	}},
	{"AVisitEndsWhereItIsTold", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		broken := errors.New("broken")
		for _, tt := range []struct{ give, want error }{{graph.ErrStop, nil}, {broken, broken}} {
			n := 0
			err := r.Each(context.Background(), graph.Filter{}, func(*graph.Event) error {
				if n++; n == 3 {
					return tt.give
				}
				return nil
			})
			if !errors.Is(err, tt.want) || n != 3 {
				t.Errorf("Each ended by %v: %v after %d", tt.give, err, n)
			}
			n = 0
			err = r.EachEntity(context.Background(), "", func(*graph.EntityData) error {
				if n++; n == 3 {
					return tt.give
				}
				return nil
			})
			if !errors.Is(err, tt.want) || n != 3 {
				t.Errorf("EachEntity ended by %v: %v after %d", tt.give, err, n)
			}
		}
	}},
}
