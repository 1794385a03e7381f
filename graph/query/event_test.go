package query_test

import (
	"fmt"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

func TestAppearances(t *testing.T) {
	w := yunhe
	w.same = map[string]string{"老沈": "沈知秋"} // merged by people
	r := mustLoad(t, w,
		article{title: "全会", date: "2021-01-05", people: []string{"沈知秋 CHAIR,SPEAK 区长@区政府 副书记@区委", "方砚清 ATTEND"}},
		article{title: "学习", date: "2021-02-01", people: []string{"沈知秋 MENTIONED"}},
		article{title: "走访", date: "2021-03-01", people: []string{"沈知秋 INSPECT 区长@区政府", "方砚清 ACCOMPANY", "老沈 LEAD,INSPECT 主任@区委"}},
		article{title: "名录", date: "2021", kind: graph.EventKindRoster, people: []string{"沈知秋 OTHER 区长@区政府/ROSTER"}},
	)
	shen := mustEntity(t, r, official("老沈"))
	for _, tt := range []struct {
		name string
		args query.AppearanceArgs
		want []string
	}{
		{"one line an event, mentions included, two names of one person together", query.AppearanceArgs{}, []string{
			"全会 CHAIR,SPEAK 区长@区政府、副书记@区委", "学习 MENTIONED ", "走访 LEAD,INSPECT 区长@区政府、主任@区委"}},
		{"newest first", query.AppearanceArgs{Order: graph.Descending}, []string{
			"走访 LEAD,INSPECT 区长@区政府、主任@区委", "学习 MENTIONED ", "全会 CHAIR,SPEAK 区长@区政府、副书记@区委"}},
		{"roles", query.AppearanceArgs{Roles: []graph.OfficialRole{graph.RoleSpeak, graph.RoleLead}}, []string{
			"全会 CHAIR,SPEAK 区长@区政府、副书记@区委", "走访 LEAD,INSPECT 区长@区政府、主任@区委"}},
		{"no roles are all", query.AppearanceArgs{Roles: []graph.OfficialRole{}, Filter: &query.EventFilter{Text: "学习"}}, []string{"学习 MENTIONED "}},
		{"presence", query.AppearanceArgs{Filter: &query.EventFilter{PresentOnly: ptr(true), Year: ptr(2021)}}, []string{
			"全会 CHAIR,SPEAK 区长@区政府、副书记@区委", "走访 LEAD,INSPECT 区长@区政府、主任@区委"}},
		{"roster", query.AppearanceArgs{Filter: &query.EventFilter{Kinds: []graph.EventKind{graph.EventKindRoster}}}, []string{"名录 OTHER 区长@区政府"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := query.Appearances(t.Context(), r, shen, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, line := range c.Nodes() {
				roles := strings.Trim(strings.ReplaceAll(fmt.Sprint(line.Roles), " ", ","), "[]")
				got = append(got, fmt.Sprintf("%s %s %s", line.Event.Title, roles, line.Title))
				if want := strings.Count(line.Title, "@"); len(line.Posts) != want {
					t.Errorf("%s: %d posts, want %d", line.Event.Title, len(line.Posts), want)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if n, err := c.TotalCount(t.Context()); err != nil || n != len(tt.want) {
				t.Errorf("TotalCount = %d, %v, want %d", n, err, len(tt.want))
			}
		})
	}
}

func TestEventByID(t *testing.T) {
	r := mustLoad(t, yunhe, article{title: "全会"})
	for id, want := range map[graph.ID]string{event("全会"): "全会", event("别的"): ""} {
		e, err := query.EventByID(t.Context(), r, id)
		if err != nil {
			t.Fatal(err)
		}
		if got := e != nil; got != (want != "") {
			t.Errorf("EventByID(%s) = %v, want %q", id, e, want)
		}
	}
}
