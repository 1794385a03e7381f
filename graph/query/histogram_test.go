package query_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

var binned = []article{
	{title: "一", date: "2020-11-05", section: "要闻", people: []string{"沈知秋 CHAIR", "方砚清 MENTIONED"}, places: []string{"*建设路"}},
	{title: "二", date: "2020-11", section: "要闻", people: []string{"沈知秋 ATTEND"}, basis: graph.BasisRelative},
	{title: "三", date: "2020-12-30/2021-01-02", people: []string{"方砚清 ATTEND", "沈知秋 MENTIONED"}, organs: []string{"区教育局 HOST"}},
	{title: "四", date: "2020", section: "民生", places: []string{"云河区"}},
	{title: "五", date: "2021-02-14", section: "民生", people: []string{"顾怀瑾 LEAD"}},
	{title: "六", section: "民生", people: []string{"顾怀瑾 LEAD"}},
}

func TestHistogram(t *testing.T) {
	r := mustLoad(t, yunhe, binned...)
	days := func(from, to string) *query.EventFilter {
		return &query.EventFilter{From: mustDay(t, from), To: mustDay(t, to)}
	}
	certain := func(f *query.EventFilter) *query.EventFilter {
		f.DateMatch = graph.MatchCertain
		return f
	}
	for _, tt := range []struct {
		name, want string
		args       query.HistogramArgs
	}{
		{"months over from and to, zeros included; in each that the date may fall in", "2020-10:1 2020-11:3 2020-12:2 2021-01:1 2021-02:1 2021-03:0",
			query.HistogramArgs{Filter: days("2020-10-01", "2021-03-31")}},
		{"certain: only where the date lies wholly inside", "2020-10:0 2020-11:2 2020-12:0 2021-01:0 2021-02:1 2021-03:0",
			query.HistogramArgs{Filter: certain(days("2020-10-01", "2021-03-31"))}},
		{"from the first to the last dated event", "2020:4 2021:2", query.HistogramArgs{Unit: query.UnitYear}},
		{"a year, certain", "2020:3 2021:1", query.HistogramArgs{Unit: query.UnitYear, Filter: certain(&query.EventFilter{})}},
		{"quarters", "2020-33:1 2020-34:1 2020-35:1 2020-36:4 2021-33:2", query.HistogramArgs{Unit: query.UnitQuarter}},
		{"quarters from the middle of one", "2020-33:1 2020-34:1", query.HistogramArgs{Unit: query.UnitQuarter, Filter: days("2020-03-15", "2020-04-01")}},
		{"days", "2020-12-29:1 2020-12-30:2 2020-12-31:2", query.HistogramArgs{Unit: query.UnitDay, Filter: days("2020-12-29", "2020-12-31")}},
		{"from only: to the last event", "2020-12:2 2021-01:1 2021-02:1", query.HistogramArgs{Filter: days("2020-12-31", "")}},
		{"to only: from the first event", "2020-33:1 2020-34:1", query.HistogramArgs{Unit: query.UnitQuarter, Filter: days("", "2020-06-30")}},
		{"the days asked for end within a period", "2020:3 2021:1", query.HistogramArgs{Unit: query.UnitYear, Filter: days("2020-11-20", "2021-01-31")}},
		{"a filter's year is its span", "2021-01:1 2021-02:1 2021-03:0 2021-04:0 2021-05:0 2021-06:0 2021-07:0 2021-08:0 2021-09:0 2021-10:0 2021-11:0 2021-12:0",
			query.HistogramArgs{Filter: &query.EventFilter{Year: ptr(2021)}}},
		{"zeros where nothing is", "2019-01:0 2019-02:0", query.HistogramArgs{Filter: days("2019-01-03", "2019-02-01")}},
		{"zeros where an id names nothing", "2020-12:0", query.HistogramArgs{Filter: &query.EventFilter{Officials: []graph.ID{"o0"}, Year: ptr(2020), Month: ptr(12)}}},
		{"no row where the days never meet", "", query.HistogramArgs{Filter: &query.EventFilter{Year: ptr(2020), From: mustDay(t, "2021-01-01")}}},
		{"nothing dated, no span: no row", "", query.HistogramArgs{Filter: &query.EventFilter{Dated: ptr(false)}}},
		{"by section, the undated not counted, equals by name", "2020/民生:1 2020/要闻:2 2021/民生:1 2021/要闻:0", query.HistogramArgs{Unit: query.UnitYear, By: query.BySection}},
		{"the most frequent value", "2020/沈知秋（云河区）:3 2021/沈知秋（云河区）:1", query.HistogramArgs{Unit: query.UnitYear, By: query.ByOfficial, First: ptr(1)}},
		{"links that count", "2020/沈知秋（云河区）:2 2020/方砚清（云河区）:1 2020/顾怀瑾（云河区）:0 2021/沈知秋（云河区）:0 2021/方砚清（云河区）:1 2021/顾怀瑾（云河区）:1",
			query.HistogramArgs{Unit: query.UnitYear, By: query.ByOfficial, Filter: &query.EventFilter{PresentOnly: ptr(true)}}},
		{"by place, what lies in it included", "2020/河东省:2 2020/澜州市:2 2020/云河区:2 2020/建设路:1 2020/望江街道:1", query.HistogramArgs{Unit: query.UnitYear, By: query.ByLocation, Filter: &query.EventFilter{Locations: []graph.ID{location("云河区")}}}},
		{"by department", "2020/区教育局（云河区）:1 2021/区教育局（云河区）:1", query.HistogramArgs{Unit: query.UnitYear, By: query.ByDepartment, Filter: days("2020-12-30", "2021-01-01")}},
		{"by publication", "2020/云河区大事月报:4 2021/云河区大事月报:2", query.HistogramArgs{Unit: query.UnitYear, By: query.ByPublication}},
		{"by basis", "2020/原文写明:3 2020/据他处日期推算:1 2021/原文写明:2 2021/据他处日期推算:0", query.HistogramArgs{Unit: query.UnitYear, By: query.ByBasis}},
		{"of one basis, by basis", "2020/据他处日期推算:1", query.HistogramArgs{Unit: query.UnitYear, By: query.ByBasis, Filter: &query.EventFilter{Basis: []graph.DateBasis{graph.BasisRelative}}}},
		{"of another publication", "", query.HistogramArgs{Unit: query.UnitYear, By: query.ByPublication, Filter: &query.EventFilter{Publications: []graph.ID{"p0"}, Year: ptr(2020)}}},
		{"no value", "", query.HistogramArgs{By: query.ByOfficial, First: ptr(0)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rows, err := query.Histogram(t.Context(), r, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range rows {
				label := ""
				if row.Label() != "" {
					label = "/" + row.Label()
				}
				got = append(got, fmt.Sprintf("%s%s:%d", row.Period(), label, row.Count))
				if row.From != row.Period().Start() || row.To != row.Period().End() {
					t.Errorf("%s is from %s to %s", row.Period(), row.From, row.To)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), tt.want)
			}
		})
	}
}

// Dates that reach beyond those that begin after them, and open ones.
func TestHistogramSpan(t *testing.T) {
	long := article{title: "长", date: "2020-01-01/2020-06-30"}
	short := article{title: "短", date: "2020-02-01"}
	open := article{title: "开", date: "2020-03-01/.."}
	year := article{title: "年", date: "2020"}
	summer := article{title: "夏", date: "2020-06-01"}
	for _, tt := range []struct {
		name, want string
		match      graph.DateMatch
		articles   []article
		filter     query.EventFilter
	}{
		{"a long one first", "2020-33:2 2020-34:1", graph.MatchPossible, []article{long, short}, query.EventFilter{}},
		{"an open one may fall in all later periods", "2020-33:3 2020-34:2", graph.MatchPossible, []article{long, short, open}, query.EventFilter{}},
		{"and lies inside none", "2020-33:1 2020-34:0", graph.MatchCertain, []article{long, short, open}, query.EventFilter{}},
		{"an open one alone, certain", "2020-33:0", graph.MatchCertain, []article{open}, query.EventFilter{}},
		{"an open one that begins last", "2020-33:1 2020-34:0 2020-35:1", graph.MatchPossible, []article{short, {title: "末", date: "2020-07-01/.."}}, query.EventFilter{}},
		{"an open one alone", "2020-33:1", graph.MatchPossible, []article{open}, query.EventFilter{}},
		{"a year begins before the day that sorts before it", "2020-33:1 2020-34:2 2020-35:1 2020-36:1", graph.MatchPossible, []article{year, summer}, query.EventFilter{}},
		{"also where it lies inside none", "2020-33:0 2020-34:1 2020-35:0 2020-36:0", graph.MatchCertain, []article{year, summer}, query.EventFilter{}},
		{"but not where it is left out", "2020-34:1", graph.MatchCertain, []article{year, summer}, query.EventFilter{To: mustDay(t, "2020-06-30")}},
		{"nor an interval of another precision", "2020-34:1", graph.MatchPossible, []article{long, summer}, query.EventFilter{Precision: []edtf.Precision{edtf.PrecisionDay}}},
		{"nor a year of another precision", "2020-34:1", graph.MatchPossible, []article{year, summer}, query.EventFilter{Precision: []edtf.Precision{edtf.PrecisionDay}}},
		{"open towards the future, from a day after its beginning", "2021-33:1", graph.MatchPossible, []article{open}, query.EventFilter{From: mustDay(t, "2021-02-01")}},
		{"a year that ends before the first day asked for", "", graph.MatchPossible, []article{long}, query.EventFilter{Year: ptr(2020), From: mustDay(t, "2025-01-01")}},
		{"open towards the past, up to a day before its end", "2018-36:1", graph.MatchPossible, []article{{title: "古", date: "../2020-05-01"}}, query.EventFilter{To: mustDay(t, "2018-12-31")}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := mustLoad(t, yunhe, tt.articles...)
			tt.filter.DateMatch = tt.match
			rows, err := query.Histogram(t.Context(), r, query.HistogramArgs{Unit: query.UnitQuarter, Filter: &tt.filter})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range rows {
				got = append(got, fmt.Sprintf("%s:%d", row.Period(), row.Count))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %s, want %s", strings.Join(got, " "), tt.want)
			}
		})
	}
}

// A month begins before the days that sort before it.
func TestHistogramFirstDay(t *testing.T) {
	r := mustLoad(t, yunhe, article{title: "月", date: "2020-02"}, article{title: "日", date: "2020-02-03"}, article{title: "末", date: "2020-03-01"})
	rows, err := query.Histogram(t.Context(), r, query.HistogramArgs{Unit: query.UnitDay})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 30 || rows[0].Period().String() != "2020-02-01" || rows[2].Count != 2 {
		t.Errorf("%d rows from %v, want all 29 days of the month and the next", len(rows), rows[0])
	}
}

func TestHistogramLimits(t *testing.T) {
	r := mustLoad(t, yunhe, binned...)
	// 5,000 days from 2001-01-01 end on 2014-09-09.
	for _, tt := range []struct {
		to   string
		args query.HistogramArgs
		want error
	}{
		{"2014-09-09", query.HistogramArgs{}, nil},
		{"2014-09-10", query.HistogramArgs{}, graph.ErrLimit},
		{"2007-11-05", query.HistogramArgs{By: query.BySection}, nil}, // 2,500 days of no value
		{"2014-09-09", query.HistogramArgs{First: ptr(query.MaxFirst + 1)}, graph.ErrLimit},
		{"2014-09-09", query.HistogramArgs{First: ptr(-1)}, graph.ErrBadInput},
	} {
		tt.args.Unit, tt.args.Filter = query.UnitDay, &query.EventFilter{From: mustDay(t, "2001-01-01"), To: mustDay(t, tt.to)}
		if _, err := query.Histogram(t.Context(), r, tt.args); !errors.Is(err, tt.want) {
			t.Errorf("to %s, %+v: got %v, want %v", tt.to, tt.args, err, tt.want)
		}
	}
}

func TestTop(t *testing.T) {
	equals := article{title: "并列", kind: graph.EventKindOverview, people: []string{"甲 ATTEND", "乙 ATTEND", "丙 ATTEND", "丁 ATTEND", "戊 ATTEND", "己 ATTEND", "庚 ATTEND", "辛 ATTEND"}}
	r := mustLoad(t, yunhe, append(binned, equals)...)
	for _, tt := range []struct {
		name, want string
		args       query.TopArgs
	}{
		{"departments with their children, which their own EventCount leaves out", "区教育局 1 区政府 1", query.TopArgs{Kind: graph.KindDepartment, Filter: &query.EventFilter{Subordinates: ptr(true)}}},
		{"officials, mentions and undated events included; equals by pinyin", "沈知秋 3 方砚清 2 顾怀瑾 2", query.TopArgs{Kind: graph.KindOfficial}},
		{"roles", "顾怀瑾 2", query.TopArgs{Kind: graph.KindOfficial, Filter: &query.EventFilter{OfficialRoles: []graph.OfficialRole{graph.RoleLead}}}},
		{"equals by name, whatever their ids", "丙 1 丁 1", query.TopArgs{Kind: graph.KindOfficial, First: ptr(2), Filter: &query.EventFilter{Text: "并列", Kinds: []graph.EventKind{}}}},
		{"present", "顾怀瑾 2 沈知秋 2 方砚清 1", query.TopArgs{Kind: graph.KindOfficial, Filter: &query.EventFilter{PresentOnly: ptr(true)}}},
		{"places with what lies in them", "河东省 2 澜州市 2 云河区 2 建设路 1 望江街道 1", query.TopArgs{Kind: graph.KindLocation}},
		{"first", "沈知秋 3", query.TopArgs{Kind: graph.KindOfficial, First: ptr(1)}},
		{"none", "", query.TopArgs{Kind: graph.KindOfficial, First: ptr(0)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ranked, err := query.Top(t.Context(), r, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range ranked {
				got = append(got, e.Node.Data().Name, fmt.Sprint(e.Count))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), tt.want)
			}
		})
	}
	w := yunhe
	w.same = map[string]string{"老沈": "沈知秋"}
	twice := mustLoad(t, w, article{title: "一", people: []string{"沈知秋 CHAIR", "老沈 SPEAK"}})
	if ranked, err := query.Top(t.Context(), twice, query.TopArgs{Kind: graph.KindOfficial}); err != nil || len(ranked) != 1 || ranked[0].Count != 1 {
		t.Errorf("an event that names one person twice: %v, %v, want it once", ranked, err)
	}
	if _, err := query.Top(t.Context(), r, query.TopArgs{First: ptr(query.MaxFirst + 1)}); !errors.Is(err, graph.ErrLimit) {
		t.Errorf("over the limit: got %v, want ErrLimit", err)
	}
}
