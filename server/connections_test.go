package server_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	"fangzhi/server"
)

// connections are queries for a page of every list that has pages: %s stands for first, after, last and before, and
// the answer has the page at the end of the path.
var connections = map[string]struct{ query, node, path string }{
	"Query.timeline":             {`timeline(%s)`, "id", "timeline"},
	"Query.search":               {`search(query: "。" %s)`, "id", "search"},
	"Query.entities":             {`entities(%s)`, "id", "entities"},
	"Query.roots":                {`roots(kind: DEPARTMENT %s)`, "id", "roots"},
	"Query.issues":               {`issues(%s)`, "id", "issues"},
	"Query.possibleSame":         {`possibleSame(%s)`, "a{id} b{id} score", "possibleSame"},
	"Query.tenures":              {`tenures(%s)`, "title official{id}", "tenures"},
	"Official.events":            {`official(id: $li){page: events(%s)`, "id", "official page"},
	"Official.related":           {`official(id: $li){page: related(%s)`, "id", "official page"},
	"Official.appearances":       {`official(id: $li){page: appearances(%s)`, "event{id}", "official page"},
	"Department.events":          {`department(id: $government){page: events(filter: {subordinates: true} %s)`, "id", "department page"},
	"Department.related":         {`department(name: "区教育局"){page: related(%s)`, "id", "department page"},
	"Department.children":        {`department(id: $government){page: children(%s)`, "id", "department page"},
	"Location.events":            {`location(id: $street){page: events(order: DESC %s)`, "id", "location page"},
	"Location.related":           {`location(id: $street){page: related(%s)`, "id", "location page"},
	"Location.children":          {`location(id: $province){page: children(%s)`, "id", "location page"},
	"Issue.events":               {`node(id: $january){... on Issue{page: events(%s)`, "id", "node page"},
	"Relationship.sharedEvents":  {`relationship(a: $li, b: $shen, filter: {presentOnly: false}){page: sharedEvents(%s)`, "id", "relationship page"},
	"Tenure.attestations":        {`tenures(title: "区长", official: $li, first: 5){nodes{page: attestations(%s)`, "kind event{id}", "tenures nodes page"},
	"Query.timeline, descending": {`timeline(order: DESC %s)`, "id", "timeline"},
	"Query.entities, by name":    {`entities(order: NAME %s)`, "id", "entities"},
}

// Every field of the schema that answers a page stands in connections.
func TestConnectionsAreAll(t *testing.T) {
	for _, definition := range servedSchema(t).Types {
		if definition.Kind != ast.Object {
			continue // the fields of Entity are those of its types
		}
		for _, field := range definition.Fields {
			if !strings.HasSuffix(field.Type.Name(), "Connection") {
				continue
			}
			if _, ok := connections[definition.Name+"."+field.Name]; !ok {
				t.Errorf("%s.%s has no line in connections", definition.Name, field.Name)
			}
		}
	}
}

// pageOf is a page as clients get it.
type pageOf struct {
	TotalCount int
	Edges      []struct {
		Cursor string
		Node   any
	}
	Nodes    []any
	PageInfo struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       *string
	}
}

func (p pageOf) cursors() []string {
	var all []string
	for _, e := range p.Edges {
		all = append(all, e.Cursor)
	}
	return all
}

// Pages meet in the middle: forward and backward, of any size, they are the whole list, and say rightly whether it goes
// on at either end. A page without items has no cursors.
func TestPages(t *testing.T) {
	schema, ids := servedSchema(t), newIDs(t)
	for engine, open := range engines {
		store := open(t)
		mustLoad(t, store, documents(t)...)
		c := newClient(t, server.Config{Store: store})
		for name, connection := range connections {
			t.Run(engine+"/"+name, func(t *testing.T) {
				read := func(format string, args ...any) pageOf {
					t.Helper()
					selection := "{totalCount edges{cursor node{" + connection.node + "}} nodes{" + connection.node + "} pageInfo{hasNextPage hasPreviousPage startCursor endCursor}}"
					fields := closed("{" + fmt.Sprintf(connection.query, fmt.Sprintf(format, args...)) + selection)
					var declare []string
					for id := range ids {
						if strings.Contains(fields, "$"+id+")") || strings.Contains(fields, "$"+id+",") {
							declare = append(declare, "$"+id+": ID!")
						}
					}
					query := fields
					if declare != nil {
						query = "query(" + strings.Join(declare, " ") + ")" + fields
					}
					return readPage(t, (&client{t, c.url}).data(query, declared(t, schema, query, ids)), strings.Fields(connection.path))
				}
				checkPages(t, read)
			})
		}
	}
}

// readPage returns the page at the end of the path; of a list in between the first element.
func readPage(t *testing.T, data string, path []string) pageOf {
	t.Helper()
	at := json.RawMessage(data)
	for _, name := range path {
		var list []json.RawMessage
		if json.Unmarshal(at, &list) == nil && len(list) > 0 {
			at = list[0]
		}
		var object map[string]json.RawMessage
		if err := json.Unmarshal(at, &object); err != nil {
			t.Fatalf("%s: %v in %s", name, err, data)
		}
		at = object[name]
	}
	var p pageOf
	if err := json.Unmarshal(at, &p); err != nil {
		t.Fatalf("%v: %s", err, at)
	}
	if len(p.Edges) != len(p.Nodes) {
		t.Errorf("%d edges and %d nodes", len(p.Edges), len(p.Nodes))
	}
	return p
}

func checkPages(t *testing.T, read func(format string, args ...any) pageOf) {
	t.Helper()
	whole := read("first: 100")
	all := whole.cursors()
	n := len(all)
	if n == 0 || whole.TotalCount != n || whole.PageInfo.HasNextPage || whole.PageInfo.HasPreviousPage {
		t.Fatalf("the whole list: %d items, totalCount %d, %+v", n, whole.TotalCount, whole.PageInfo)
	}
	// what is page [from, to) of the list.
	check := func(what string, p pageOf, from, to int) {
		t.Helper()
		if got := p.cursors(); !slices.Equal(got, all[from:to]) {
			t.Fatalf("%s (-want +got):\n%s", what, cmp.Diff(all[from:to], got))
		}
		for i, e := range p.Edges {
			if want := whole.Edges[from+i].Node; !cmp.Equal(want, e.Node) || !cmp.Equal(want, p.Nodes[i]) {
				t.Errorf("%s: item %d is %v and %v, want %v", what, i, e.Node, p.Nodes[i], want)
			}
		}
		if p.PageInfo.HasNextPage != (to < n) || p.PageInfo.HasPreviousPage != (from > 0) || p.TotalCount != n {
			t.Errorf("%s: %+v, totalCount %d of %d", what, p.PageInfo, p.TotalCount, n)
		}
		if from == to {
			if p.PageInfo.StartCursor != nil || p.PageInfo.EndCursor != nil {
				t.Errorf("%s: cursors of no item", what)
			}
		} else if p.PageInfo.StartCursor == nil || *p.PageInfo.StartCursor != all[from] || p.PageInfo.EndCursor == nil || *p.PageInfo.EndCursor != all[to-1] {
			t.Errorf("%s: cursors %v, %v", what, p.PageInfo.StartCursor, p.PageInfo.EndCursor)
		}
	}
	for _, size := range []int{1, 2, n} {
		for from := 0; from < n; from += size {
			after := ""
			if from > 0 {
				after = fmt.Sprintf("after: %q", all[from-1])
			}
			to := min(from+size, n)
			check(fmt.Sprintf("first %d %s", size, after), read("first: %d %s", size, after), from, to)
		}
		for to := n; to > 0; to -= size {
			before := ""
			if to < n {
				before = fmt.Sprintf("before: %q", all[to])
			}
			from := max(to-size, 0)
			check(fmt.Sprintf("last %d %s", size, before), read("last: %d %s", size, before), from, to)
		}
	}
	check("first 0", read("first: 0"), 0, 0)
	check("last 0", read("last: 0"), n, n)
	check("no size", read("after: null"), 0, n)
	if n > 2 {
		check("between two cursors", read("first: 100 after: %q before: %q", all[0], all[n-1]), 1, n-1)
	}
}
