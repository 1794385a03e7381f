package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/storetest"
	"fangzhi/loader/reading"
	"fangzhi/server"
)

// twice returns 40 events in a monthly report and the first 30 of them again in a yearbook, each as one sentence.
func twice(t testing.TB) []*reading.Document {
	t.Helper()
	var monthly, yearbook []*article
	for n := range 40 {
		day := (mustDay(t, "2022-01-01") + edtf.Day(n)).String()
		what := fmt.Sprintf("第%c届%c湖花灯艺术节在南塘公园开幕", '一'+rune(n), '丁'+rune(7*n))
		text := fmt.Sprintf("%s，区委书记沈知秋出席，区教育局承办。数万市民冒着小雪前来观灯，文艺轻骑兵演出戏曲、秧歌和旱船。", what)
		monthly = append(monthly, newArticle(t, "文化", what, n+1, text).dated(day, "", graph.BasisExplicit, 1, "").
			official("区委书记", "沈知秋", roles(graph.RoleAttend), secretary).department("区教育局", education, graph.DeptOrganizer))
		if n < 30 {
			entry := newArticle(t, "大事记", what, n+1, what+"，沈知秋出席。").dated(day, "", graph.BasisExplicit, 1, "").
				official("", "沈知秋", roles(graph.RoleAttend))
			if n == 0 { // whom the monthly report does not name
				entry = newArticle(t, "大事记", what, n+1, what+"，沈知秋、李云帆出席。").dated(day, "", graph.BasisExplicit, 1, "").
					official("", "沈知秋", roles(graph.RoleAttend)).official("", "李云帆", roles(graph.RoleAttend))
			}
			entry.PrintedTitle = ""
			yearbook = append(yearbook, entry)
		}
	}
	second := withArticles(issue("y.txt", "2022年", 0, 0), yearbook...)
	second.Issue.Publication = "云河区年鉴"
	return []*reading.Document{withArticles(issue("m.txt", "2022年1月", 1, 1), monthly...), second}
}

// Every question that takes a filter counts an event that two chronicles report once where that is asked for.
func TestOnePerEvent(t *testing.T) {
	for engine, open := range engines {
		store := open(t)
		mustLoad(t, store, twice(t)...)
		c := newClient(t, server.Config{Store: store})
		for _, tt := range []struct{ name, query, want string }{
			{"timeline", `{all: timeline{totalCount} one: timeline(filter:{onePerEvent:true}){totalCount}}`,
				`{"all":{"totalCount":70},"one":{"totalCount":40}}`},
			{"other reports", `{timeline(filter:{onePerEvent:true}, first:1){nodes{issue{label} otherReports{issue{label} otherReports{issue{label}}}}}}`,
				`{"timeline":{"nodes":[{"issue":{"label":"2022年1月"},"otherReports":[{"issue":{"label":"2022年"},"otherReports":[{"issue":{"label":"2022年1月"}}]}]}]}}`},
			{"the one that the filter lets through", `{timeline(filter:{onePerEvent:true, sections:["大事记"]}){totalCount}}`, `{"timeline":{"totalCount":30}}`},
			{"histogram", `{histogram(filter:{onePerEvent:true}, unit:YEAR){count} by: histogram(filter:{onePerEvent:true}, unit:YEAR, by:PUBLICATION){label count}}`,
				`{"histogram":[{"count":40}],"by":[{"label":"云河区大事月报","count":40}]}`},
			{"top", `{top(kind:OFFICIAL, filter:{onePerEvent:true}){node{name} count} department: top(kind:DEPARTMENT, filter:{onePerEvent:true}){count}}`,
				`{"top":[{"node":{"name":"沈知秋"},"count":40}],"department":[{"count":40}]}`},
			{"counts", `{counts(by:PUBLICATION, filter:{onePerEvent:true}){label count} official: counts(by:OFFICIAL, filter:{onePerEvent:true}, first:1){count}
				sections: counts(by:SECTION, filter:{onePerEvent:true}){label count}}`,
				`{"counts":[{"label":"云河区大事月报","count":40}],"official":[{"count":40}],"sections":[{"label":"文化","count":40}]}`},
			{"search", `{all: search(query:"花灯艺术节"){totalCount} one: search(query:"花灯艺术节", filter:{onePerEvent:true}){totalCount}}`,
				`{"all":{"totalCount":70},"one":{"totalCount":40}}`},
			{"an official's events", `{official(name:"沈知秋"){events(filter:{onePerEvent:true}){totalCount} appearances(filter:{onePerEvent:true}){totalCount} eventCount}}`,
				`{"official":{"events":{"totalCount":40},"appearances":{"totalCount":40},"eventCount":70}}`},
			{"whom only the later report names", `{official(name:"李云帆"){events(filter:{onePerEvent:true}){totalCount} appearances(filter:{onePerEvent:true}){totalCount}
				related(kind:OFFICIAL, filter:{onePerEvent:true}){edges{sharedEvents}}}}`,
				`{"official":{"events":{"totalCount":1},"appearances":{"totalCount":1},"related":{"edges":[{"sharedEvents":1}]}}}`},
			{"related", `{official(name:"沈知秋"){related(kind:DEPARTMENT, filter:{onePerEvent:true}){edges{sharedEvents}}}}`,
				`{"official":{"related":{"edges":[{"sharedEvents":40}]}}}`},
		} {
			t.Run(engine+"/"+tt.name, func(t *testing.T) {
				var got bytes.Buffer
				if err := json.Compact(&got, []byte((&client{t, c.url}).data(tt.query, nil))); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, got.String()); diff != "" {
					t.Errorf("answer (-want +got):\n%s", diff)
				}
			})
		}
	}
}

// A page with the other reports of its events reads them in one call; a page of pairs reads the pairs of the page and their entities.
func TestReportsAndPairsAreReadInOneCall(t *testing.T) {
	for engine, open := range engines {
		t.Run(engine, func(t *testing.T) {
			store := storetest.NewCounting(open(t))
			mustLoad(t, store, twice(t)...)
			for n := range 12 { // 沈知秋 of twelve more counties: 78 pairs
				doc := withArticles(issue("x.txt", "2022年2月", 2, 2), newArticle(t, "", "甲", 1, "甲，沈知秋到场。").
					dated("2022-02-01", "", graph.BasisExplicit, 1, "").official("", "沈知秋", roles(graph.RoleAttend)))
				doc.Issue.Region = below(province, city, reading.Place{Name: fmt.Sprintf("第%c县", '一'+rune(n)), Type: graph.LocCounty, Code: fmt.Sprint(419930 + n)})
				doc.Events[0].Officials[0].Region = doc.Issue.Region
				mustLoad(t, store, doc)
			}
			c := newClient(t, server.Config{Store: store})
			type reads = map[string]storetest.Calls
			for _, tt := range []struct {
				name, query string
				want        reads
			}{
				{"other reports", `{timeline(first:20, filter:{sections:["大事记"]}){nodes{title otherReports{title body}}}}`,
					reads{"Events": {Calls: 1, IDs: 20}, "Reports": {Calls: 1, IDs: 20}, "EventsByID": {Calls: 1, IDs: 20}, "Bodies": {Calls: 1, IDs: 40}}},
				{"pairs", `{possibleSame(first:5){nodes{score a{name} b{name}} pageInfo{hasNextPage}}}`,
					reads{"EachSame": {Calls: 1, IDs: 6}, "Entities": {Calls: 1, IDs: 10}}},
				{"pairs from a cursor on", fmt.Sprintf(`{possibleSame(first:5, after:%q){nodes{score}}}`, mustPair(t, c, 40)),
					reads{"EachSame": {Calls: 2, IDs: 6 + 1}, "Entities": {Calls: 1, IDs: 10}}},
			} {
				store.Reset()
				(&client{t, c.url}).data(tt.query, nil)
				if diff := cmp.Diff(tt.want, store.Reads()); diff != "" {
					t.Errorf("%s: reads (-want +got):\n%s", tt.name, diff)
				}
			}
		})
	}
}

// mustPair returns the cursor of the n-th pair.
func mustPair(t *testing.T, c *client, n int) string {
	t.Helper()
	p := readPage(t, (&client{t, c.url}).data(`{possibleSame(first:100){totalCount edges{cursor node{score}} nodes{score} pageInfo{hasNextPage}}}`, nil), []string{"possibleSame"})
	if p.TotalCount != 78 || len(p.Edges) != 78 {
		t.Fatalf("%d pairs on the page, %d in all, want 78", len(p.Edges), p.TotalCount)
	}
	return p.Edges[n].Cursor
}
