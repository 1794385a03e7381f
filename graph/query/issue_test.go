package query_test

import (
	"fmt"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

func TestIssues(t *testing.T) {
	r := mustLoad(t, yunhe, article{title: "一", issue: 3}, article{title: "二", issue: 1}, article{title: "三", issue: 3}, article{title: "四", issue: 2, kind: graph.EventKindRoster}, article{title: "五", issue: 9})
	for _, tt := range []struct {
		name, want string
		args       query.IssueArgs
	}{
		{"all, in their order", "[总第1期 总第2期 总第3期 总第9期]", query.IssueArgs{}},
		{"of a publication", "[总第1期 总第2期 总第3期 总第9期]", query.IssueArgs{Publication: publication}},
		{"of no publication", "[]", query.IssueArgs{Publication: "p0"}},
		{"of a year", "[总第2期]", query.IssueArgs{Year: ptr(2022)}},
		{"of no year", "[]", query.IssueArgs{Year: ptr(0)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := query.Issues(t.Context(), r, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			got := []string{}
			for _, is := range c.Nodes() {
				got = append(got, is.Label)
			}
			if fmt.Sprint(got) != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
	publications, err := query.Publications(t.Context(), r)
	if err != nil || len(publications) != 1 || publications[0].Title != "云河区大事月报" {
		t.Errorf("Publications = %v, %v", publications, err)
	}
	if n, err := query.PublicationEventCount(t.Context(), r, publication); err != nil || n != 5 {
		t.Errorf("PublicationEventCount = %d, %v, want 5", n, err)
	}
}
