package query_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// counted is the answer in one line: 要闻:2 民生:1.
func counted(counts []query.Count) string {
	var all []string
	for _, c := range counts {
		all = append(all, fmt.Sprintf("%s:%d", c.Label, c.Count))
	}
	return strings.Join(all, " ")
}

func TestCounts(t *testing.T) {
	r := mustLoad(t, yunhe, binned...)
	present, alone, below, there := &query.EventFilter{PresentOnly: ptr(true)}, &query.EventFilter{Descendants: ptr(false)}, &query.EventFilter{Subordinates: ptr(true)}, &query.EventFilter{AtPlace: ptr(true)}
	for _, tt := range []struct {
		name, want string
		args       query.CountArgs
	}{
		{"sections, the undated included, most first", "民生:3 要闻:2", query.CountArgs{By: query.BySection}},
		{"equals by label", "民生:1 要闻:1", query.CountArgs{By: query.BySection, Filter: &query.EventFilter{Year: ptr(2020), Precision: []edtf.Precision{edtf.PrecisionMonth, edtf.PrecisionYear}}}},
		{"bases, none of them too", "原文写明:4 不详:1 据他处日期推算:1", query.CountArgs{By: query.ByBasis}},
		{"of one basis", "不详:1", query.CountArgs{By: query.ByBasis, Filter: &query.EventFilter{Basis: []graph.DateBasis{graph.BasisNone, graph.BasisEdited}}}},
		{"publications", "云河区大事月报:6", query.CountArgs{By: query.ByPublication}},
		{"of no publication", "", query.CountArgs{By: query.ByPublication, Filter: &query.EventFilter{Publications: []graph.ID{"p0"}}}},
		{"officials, mentions included, equals by pinyin", "沈知秋（云河区）:3 方砚清（云河区）:2 顾怀瑾（云河区）:2", query.CountArgs{By: query.ByOfficial}},
		{"officials who were there", "顾怀瑾（云河区）:2 沈知秋（云河区）:2 方砚清（云河区）:1", query.CountArgs{By: query.ByOfficial, Filter: present}},
		{"officials in a role", "顾怀瑾（云河区）:2", query.CountArgs{By: query.ByOfficial, Filter: &query.EventFilter{OfficialRoles: []graph.OfficialRole{graph.RoleLead}}}},
		{"departments", "区教育局（云河区）:1", query.CountArgs{By: query.ByDepartment}},
		{"departments with their children", "区教育局（云河区）:1 区政府（云河区）:1", query.CountArgs{By: query.ByDepartment, Filter: below}},
		{"places with what lies in them", "河东省:2 澜州市:2 云河区:2 建设路:1 望江街道:1", query.CountArgs{By: query.ByLocation}},
		{"places alone", "建设路:1 云河区:1", query.CountArgs{By: query.ByLocation, Filter: alone}},
		{"where it took place", "河东省:1 建设路:1 澜州市:1 望江街道:1 云河区:1", query.CountArgs{By: query.ByLocation, Filter: there}},
		{"the first", "沈知秋（云河区）:3", query.CountArgs{By: query.ByOfficial, First: ptr(1)}},
		{"the first section", "民生:3", query.CountArgs{By: query.BySection, First: ptr(1)}},
		{"none", "", query.CountArgs{By: query.BySection, First: ptr(0)}},
		{"of no event", "", query.CountArgs{By: query.BySection, Filter: &query.EventFilter{Officials: []graph.ID{"o0"}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			counts, err := query.Counts(t.Context(), r, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if got := counted(counts); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
	for name, tt := range map[string]struct {
		args query.CountArgs
		want error
	}{
		"most":            {query.CountArgs{By: query.BySection, First: ptr(query.MaxFirst)}, nil},
		"more":            {query.CountArgs{By: query.BySection, First: ptr(query.MaxFirst + 1)}, graph.ErrLimit},
		"below 0":         {query.CountArgs{By: query.BySection, First: ptr(-1)}, graph.ErrBadInput},
		"no dimension":    {query.CountArgs{By: "MONTH"}, graph.ErrBadInput},
		"a filter's fail": {query.CountArgs{By: query.BySection, Filter: &query.EventFilter{Day: ptr(1)}}, graph.ErrBadInput},
	} {
		if _, err := query.Counts(t.Context(), r, tt.args); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
	}
}

// The keys are what a filter takes, and a filter by one leaves as many events as were counted.
func TestCountsKeysAreForFilters(t *testing.T) {
	r := mustLoad(t, yunhe, binned...)
	for by, filter := range map[query.Dimension]func(string) query.EventFilter{
		query.ByOfficial:    func(key string) query.EventFilter { return query.EventFilter{Officials: []graph.ID{graph.ID(key)}} },
		query.ByDepartment:  func(key string) query.EventFilter { return query.EventFilter{Departments: []graph.ID{graph.ID(key)}} },
		query.ByLocation:    func(key string) query.EventFilter { return query.EventFilter{Locations: []graph.ID{graph.ID(key)}} },
		query.ByPublication: func(key string) query.EventFilter { return query.EventFilter{Publications: []graph.ID{graph.ID(key)}} },
		query.BySection:     func(key string) query.EventFilter { return query.EventFilter{Sections: []string{key}} },
		query.ByBasis: func(key string) query.EventFilter {
			return query.EventFilter{Basis: []graph.DateBasis{graph.DateBasis(key)}}
		},
	} {
		counts, err := query.Counts(t.Context(), r, query.CountArgs{By: by})
		if err != nil || len(counts) == 0 {
			t.Fatalf("%s: %v, %v", by, counts, err)
		}
		for _, c := range counts {
			f := filter(c.Key)
			if n := len(strings.Fields(timeline(t, r, &f))); n != c.Count {
				t.Errorf("%s %s has %d events, a filter by %s leaves %d", by, c.Label, c.Count, c.Key, n)
			}
		}
	}
}

// Counts are what counting every event gives.
func TestCountsCountEveryEvent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		articles := drawArticles(rt)
		r := mustLoad(t, yunhe, articles...)
		args := query.CountArgs{
			By:    rapid.SampledFrom([]query.Dimension{query.ByOfficial, query.ByLocation, query.BySection, query.ByPublication, query.ByBasis}).Draw(rt, "by"),
			First: ptr(rapid.IntRange(0, 6).Draw(rt, "first")),
		}
		events := map[string]int{}
		for _, a := range articles {
			for _, label := range a.labels(args.By) {
				events[label]++
			}
		}
		var want []query.Count
		for label, n := range events {
			want = append(want, query.Count{Label: label, Count: n})
		}
		slices.SortFunc(want, func(a, b query.Count) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(order(args.By, a.Label), order(args.By, b.Label)))
		})
		got, err := query.Counts(t.Context(), r, args)
		if err != nil {
			rt.Fatal(err)
		}
		if got, want := counted(got), counted(want[:min(*args.First, len(want))]); got != want {
			rt.Fatalf("by %s: got %s, want %s", args.By, got, want)
		}
	})
}
