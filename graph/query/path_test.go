package query_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

var meetings = []article{
	{title: "一", date: "2021-01-09", people: []string{"甲 ATTEND", "乙 ATTEND"}},
	{title: "二", date: "2021-01-02", people: []string{"甲 ATTEND", "乙 ATTEND"}},
	{title: "三", date: "2021-01-03", people: []string{"乙 ATTEND", "戊 CHAIR"}},
	{title: "四", date: "2021-01-04", people: []string{"甲 ATTEND", "丙 ATTEND"}},
	{title: "五", date: "2021-01-05", people: []string{"丙 ATTEND", "戊 ATTEND"}},
	{title: "六", date: "2021-01-06", people: []string{"甲 ATTEND"}, organs: []string{"区教育局 HOST"}},
	{title: "七", date: "2021-01-07", people: []string{"戊 ATTEND"}, organs: []string{"区教育局 HOST"}},
	{title: "八", date: "2021-01-08", people: []string{"甲 MENTIONED", "戊 ATTEND"}},
	{title: "九", date: "2021-01-10", people: []string{"戊 ATTEND", "己 ATTEND"}},
	{title: "十", date: "2021-01-11", people: []string{"甲 ATTEND"}, organs: []string{"区政府 MENTIONED"}},
}

// chain is a path in one line: 甲-二(2)-乙.
func chain(p query.EventPath) string {
	var b strings.Builder
	for i, s := range p.Steps {
		if i == 0 {
			b.WriteString(s.From.Data().Name)
		}
		fmt.Fprintf(&b, "-%s(%d)-%s", s.Event.Title, s.SharedEvents, s.To.Data().Name)
	}
	return b.String()
}

func TestPaths(t *testing.T) {
	r := mustLoad(t, yunhe, meetings...)
	for _, tt := range []struct {
		name string
		args query.PathArgs
		want string
	}{
		{"shortest, more shared events first, by the first event", query.PathArgs{}, "甲-二(2)-乙-三(1)-戊"},
		{"the next", query.PathArgs{First: ptr(5)}, "甲-二(2)-乙-三(1)-戊 甲-四(1)-丙-五(1)-戊"},
		{"through departments", query.PathArgs{First: ptr(5), Through: []graph.EntityKind{graph.KindDepartment}}, "甲-六(1)-区教育局-七(1)-戊"},
		{"through several kinds", query.PathArgs{First: ptr(1), Through: []graph.EntityKind{graph.KindDepartment, graph.KindOfficial}}, "甲-二(2)-乙-三(1)-戊"},
		{"only what is passed is of those kinds", query.PathArgs{To: department("区教育局")}, "甲-六(1)-区教育局"},
		{"to an organ, presence on both ends", query.PathArgs{To: department("区政府")}, ""},
		{"through nothing", query.PathArgs{Through: []graph.EntityKind{}}, ""},
		{"mentions too", query.PathArgs{Filter: &query.EventFilter{PresentOnly: ptr(false)}}, "甲-八(1)-戊"},
		{"a filter", query.PathArgs{Filter: &query.EventFilter{From: 1, To: mustDay(t, "2021-01-05")}}, "甲-二(1)-乙-三(1)-戊"},
		{"past hubs", query.PathArgs{First: ptr(5), AvoidHubsAbove: ptr(2)}, "甲-四(1)-丙-五(1)-戊"},
		{"too few hops", query.PathArgs{MaxHops: ptr(1)}, ""},
		{"to where nothing leads", query.PathArgs{To: official("己"), MaxHops: ptr(2)}, ""},
		{"three hops", query.PathArgs{To: official("己")}, "甲-二(2)-乙-三(1)-戊-九(1)-己"},
		{"to itself", query.PathArgs{To: official("甲")}, ""},
		{"an id that names nothing", query.PathArgs{To: "o0"}, ""},
		{"none", query.PathArgs{First: ptr(0)}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.args.From, tt.args.To = official("甲"), cmp.Or(tt.args.To, official("戊"))
			paths, err := query.Paths(t.Context(), r, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range paths {
				got = append(got, chain(p))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got  %q\nwant %q", strings.Join(got, " "), tt.want)
			}
		})
	}
	for want, args := range map[error]query.PathArgs{graph.ErrLimit: {MaxHops: ptr(query.MaxHops + 1)}, graph.ErrBadInput: {AvoidHubsAbove: ptr(-1)}} {
		if _, err := query.Paths(t.Context(), r, args); !errors.Is(err, want) {
			t.Errorf("Paths(%+v): got %v, want %v", args, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := query.Paths(ctx, r, query.PathArgs{From: official("甲"), To: official("戊")}); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: got %v", err)
	}
}

func TestPathsThatShareEquallyGoByIDs(t *testing.T) {
	var articles []article
	var want []graph.ID
	for i := range 20 {
		between := fmt.Sprintf("间%d", i)
		want = append(want, official(between))
		articles = append(articles,
			article{title: fmt.Sprint("上", i), date: "2021-01-01", people: []string{"甲 ATTEND", between + " ATTEND"}},
			article{title: fmt.Sprint("下", i), date: "2021-01-02", people: []string{"戊 ATTEND", between + " ATTEND"}})
	}
	slices.Sort(want)
	for _, first := range []int{1, 7, 20} {
		paths, err := query.Paths(t.Context(), mustLoad(t, yunhe, articles...), query.PathArgs{From: official("甲"), To: official("戊"), First: &first})
		if err != nil {
			t.Fatal(err)
		}
		var got []graph.ID
		for _, p := range paths {
			got = append(got, p.Steps[0].To.Data().ID)
		}
		if !slices.Equal(got, want[:first]) {
			t.Errorf("the first %d lead through %v, want %v", first, got, want[:first])
		}
	}
}

// Every chain there is, the slow way: what Paths must give in this order.
func TestPathsAreAllChainsInOrder(t *testing.T) {
	people := []string{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"}
	organs := []string{"区政府", "区教育局", "区民政局"}
	all := slices.Concat(people, organs)
	kind := func(name string) graph.EntityKind {
		if slices.Contains(organs, name) {
			return graph.KindDepartment
		}
		return graph.KindOfficial
	}
	rapid.Check(t, func(rt *rapid.T) {
		var articles []article
		shared := map[[2]string]int{} // with itself: how many events there are
		firstShared := map[[2]string]string{}
		for i := range rapid.IntRange(1, 14).Draw(rt, "events") {
			there := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, 4, rapid.ID).Draw(rt, "there")
			a := article{title: fmt.Sprint(i), date: fmt.Sprintf("2021-01-%02d", i+1)}
			for _, x := range there {
				if kind(x) == graph.KindOfficial {
					a.people = append(a.people, x+" ATTEND")
				} else {
					a.organs = append(a.organs, x+" HOST")
				}
				for _, y := range there {
					if shared[[2]string{x, y}]++; shared[[2]string{x, y}] == 1 {
						firstShared[[2]string{x, y}] = a.title
					}
				}
			}
			articles = append(articles, a)
		}
		w := yunhe
		w.people, w.organs = people, organs
		r := mustLoad(t, w, articles...)
		args := query.PathArgs{
			First: ptr(rapid.IntRange(0, 12).Draw(rt, "first")), MaxHops: ptr(rapid.IntRange(0, 6).Draw(rt, "hops")),
			Through: rapid.SampledFrom([][]graph.EntityKind{nil, {graph.KindOfficial}, {graph.KindDepartment}, {graph.KindOfficial, graph.KindDepartment}, {}}).Draw(rt, "through"),
		}
		if rapid.Bool().Draw(rt, "avoid hubs") {
			args.AvoidHubsAbove = ptr(rapid.IntRange(0, 5).Draw(rt, "hub"))
		}
		ends := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 2, 2, rapid.ID).Draw(rt, "ends")
		args.From, args.To = id(kind(ends[0]), ends[0]), id(kind(ends[1]), ends[1])
		passable := func(name string) bool {
			through := args.Through
			if through == nil {
				through = []graph.EntityKind{graph.KindOfficial}
			}
			return slices.Contains(through, kind(name)) && (args.AvoidHubsAbove == nil || shared[[2]string{name, name}] <= *args.AvoidHubsAbove)
		}

		type found struct {
			ids  []graph.ID
			sum  int
			line string
		}
		var every []found
		var walk func(path []string, line string, sum int)
		walk = func(path []string, line string, sum int) {
			last := path[len(path)-1]
			if last == ends[1] {
				f := found{sum: sum, line: line}
				for _, p := range path {
					f.ids = append(f.ids, id(kind(p), p))
				}
				every = append(every, f)
				return
			}
			if len(path) > *args.MaxHops {
				return
			}
			for _, next := range all {
				step := [2]string{last, next}
				if n := shared[step]; n > 0 && !slices.Contains(path, next) && (next == ends[1] || passable(next)) {
					walk(append(slices.Clone(path), next), fmt.Sprintf("%s-%s(%d)-%s", line, firstShared[step], n, next), sum+n)
				}
			}
		}
		walk(ends[:1], ends[0], 0)
		slices.SortFunc(every, func(a, b found) int {
			return cmp.Or(cmp.Compare(len(a.ids), len(b.ids)), cmp.Compare(b.sum, a.sum), slices.Compare(a.ids, b.ids))
		})
		var want []string
		for _, f := range every[:min(*args.First, len(every))] {
			want = append(want, f.line)
		}

		paths, err := query.Paths(t.Context(), r, args)
		if err != nil {
			rt.Fatal(err)
		}
		var got []string
		for _, p := range paths {
			got = append(got, chain(p))
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
