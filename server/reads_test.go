package server_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
	"fangzhi/loader/reading"
	"fangzhi/server"
)

// newYear returns a publication of 60 events, each with two officials, two departments and two places, in two issues, and
// one of another region with an undated event.
func newYear(t testing.TB) []*reading.Document {
	t.Helper()
	var all []*reading.Document
	for month := 1; month <= 2; month++ {
		var articles []*article
		for n := 1; n <= 30; n++ {
			day := fmt.Sprintf("2022-%02d-%02d", month, min(n, 28))
			mayorName, deputyName := fmt.Sprintf("沈知%c", '一'+rune(n)), fmt.Sprintf("李云%c", '一'+rune(n))
			a := newArticle(t, "时政要点", fmt.Sprintf("第%d件", n), n, "当日，区长"+mayorName+"、副区长"+deputyName+"与区教育局、区委宣传部到柳湖街道书院社区。").
				dated(day, "当日", graph.BasisRelative, 0.9, "").
				official("区长", mayorName, roles(graph.RoleAttend), mayor).
				official("副区长", deputyName, roles(graph.RoleAttend)).
				department("区教育局", education, graph.DeptHost).
				department("区委宣传部", propaganda, graph.DeptHost).
				location("柳湖街道", street, inCounty, true).
				location("书院社区", quarter, inStreet, true)
			a.Officials[1].Organ = committee // without a post
			articles = append(articles, a)
		}
		all = append(all, withArticles(issue("x.txt", fmt.Sprintf("2022年%d月", month), month, month), articles...))
	}
	other := withArticles(issue("y.txt", "2022年1月", 1, 1), undated(newArticle(t, "", "无", 1, "甲，无。")))
	other.Issue.Publication, other.Issue.Region = "河南大事", inProvince
	return append(all, other)
}

// What a page names is read in one call a sort of record, and what nobody selected is not read at all.
func TestReadsAreBatched(t *testing.T) {
	store := storetest.NewCounting(memstore.New())
	mustLoad(t, store, newYear(t)...)
	c := newClient(t, server.Config{Store: store})
	type reads = map[string]storetest.Calls
	for _, tt := range []struct {
		name, query string
		want        reads
	}{
		{"titles alone", `{timeline{nodes{id title summary date{edtf evidence{text}} section citation officials{role title posts{text}} departments{role} locations{isPlace}} pageInfo{endCursor}}}`,
			reads{"Events": {Calls: 1, IDs: 50}}},
		{"totalCount", `{timeline(first:2){totalCount nodes{title}}}`,
			reads{"Events": {Calls: 1, IDs: 2}, "Count": {Calls: 1}}},
		{"a page with all that it names", `{timeline{nodes{title body
			officials{official{name} posts{department{name}} department{name}}
			departments{department{name}} locations{location{name}} issue{label publication{title}}}}}`,
			reads{
				"Events": {Calls: 1, IDs: 50},
				"Bodies": {Calls: 1, IDs: 50},
				// The officials (the same 60 people in both issues), the organs of their posts, departments and locations.
				"Entities":     {Calls: 1, IDs: 60 + 2 + 2 + 2},
				"Issues":       {Calls: 1, IDs: 2},
				"Publications": {Calls: 1, IDs: 1},
			}},
		{"lists inside a list that is left to the executor", `{timeline{nodes{issue{publication{eventCount}} officials{official{name}} departments{department{name}}}}}`,
			reads{
				"Events": {Calls: 1, IDs: 50}, "Issues": {Calls: 1, IDs: 2}, "Publications": {Calls: 1, IDs: 1}, "Count": {Calls: 50},
				"Entities": {Calls: 2, IDs: 60 + 2},
			}},
		{"cursors and nodes", `{timeline{edges{cursor node{officials{official{name}}}} nodes{officials{official{name}}}}}`,
			reads{"Events": {Calls: 1, IDs: 50}, "Entities": {Calls: 1, IDs: 60}}},
		{"skipped fields", `{timeline{nodes{title body @include(if:false) officials @skip(if:true){official{name}}}}}`,
			reads{"Events": {Calls: 1, IDs: 50}}},
		{"what entities lead to", `{timeline{nodes{officials{official{name firstSeen lastSeen}}}}}`,
			reads{"Events": {Calls: 1, IDs: 50}, "Entities": {Calls: 1, IDs: 60}, "Extent": {Calls: 60}}},
		{"regions of entities", `{timeline{nodes{officials{official{name region{name path{name}}}}}}}`,
			reads{"Events": {Calls: 1, IDs: 50}, "Entities": {Calls: 4, IDs: 60 + 1 + 1 + 1}}},
		{"first and last days of a list", `{entities(first:50){nodes{name firstSeen lastSeen}}}`,
			reads{"FindEntities": {Calls: 1, IDs: 50}, "Extent": {Calls: 50}}},
		{"a list of entities alone", `{entities(first:50){nodes{name label eventCount}}}`,
			reads{"FindEntities": {Calls: 1, IDs: 50}}},
		{"parents", `{entities(kind:DEPARTMENT){nodes{name ... on Department{parent{name} region{name}}}}}`,
			reads{"FindEntities": {Calls: 1, IDs: 4}, "Entities": {Calls: 1, IDs: 3}}},
		{"appearances", `{official(name:"沈知丁"){appearances{nodes{event{body} official{name} department{name}}}}}`,
			reads{"Named": {Calls: 1, IDs: 1}, "Entities": {Calls: 2, IDs: 1 + (2 + 2)}, "Events": {Calls: 1, IDs: 2}, "Bodies": {Calls: 1, IDs: 2}}},
		{"nodes of many sorts", `{nodes(ids:["e1","e2","i1","i2","p1","o1","d1","l1"]){id}}`,
			reads{"EventsByID": {Calls: 1, IDs: 2}, "Issues": {Calls: 1, IDs: 2}, "Publications": {Calls: 1, IDs: 1}, "Entities": {Calls: 1, IDs: 3}}},
		{"regions of publications", `{publications{title region{name}}}`,
			reads{"Publications": {Calls: 1}, "Entities": {Calls: 1, IDs: 2}}},
		{"issues", `{issues{nodes{label publication{title region{name}}}}}`,
			reads{"IssueList": {Calls: 1, IDs: 1}, "Issues": {Calls: 1, IDs: 3}, "Publications": {Calls: 1, IDs: 2}, "Entities": {Calls: 1, IDs: 2}}},
		{"passages of a page", `{timeline{nodes{title body highlights(text:"区",first:5){text hits{start}}}}}`,
			reads{"Events": {Calls: 1, IDs: 50}, "Bodies": {Calls: 1, IDs: 50}}},
		{"a search reads the page that it shows", `{search(query:"书院社区"){edges{score}}}`,
			reads{"Search": {Calls: 1, IDs: 50}}},
		{"and shows passages of a page", `{search(query:"书院社区"){edges{highlights{text}}}}`,
			reads{"Search": {Calls: 1, IDs: 50}, "Bodies": {Calls: 1, IDs: 50}}},
		{"a list of titles beside one text", `{timeline{nodes{title issue{label}}} search(query:"书院社区",first:1){nodes{body}}}`,
			reads{"Events": {Calls: 1, IDs: 50}, "Issues": {Calls: 1, IDs: 2}, "Search": {Calls: 1, IDs: 1}, "Bodies": {Calls: 1, IDs: 1}}},
		{"facets of a column", `{counts(by:SECTION){label count}}`, reads{"Values": {Calls: 1}}},
		{"links among entities", `{subgraph(ids:["o1","o2","d1"]){nodes{id} links{sharedEvents}}}`, reads{"Refs": {Calls: 1, IDs: 3}}},
		{"roots", `{roots(kind:DEPARTMENT){nodes{name ... on Department{region{name}}}}}`,
			reads{"FindEntities": {Calls: 1, IDs: 2}, "Entities": {Calls: 1, IDs: 1}}},
		{"a name alone", `{__typename}`, reads{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for range 5 { // whatever order the resolvers run in
				store.Reset()
				(&client{t, c.url}).data(tt.query, nil)
				if diff := cmp.Diff(tt.want, store.Reads()); diff != "" {
					t.Fatalf("reads (-want +got):\n%s", diff)
				}
			}
		})
	}
}
