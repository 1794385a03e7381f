package query_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// drawArticles draws some with dates of all kinds, over the years 2018 to 2022.
func drawArticles(rt *rapid.T) []article {
	var all []article
	for i := range rapid.IntRange(0, 16).Draw(rt, "articles") {
		day := fmt.Sprintf("20%02d-%02d-%02d", rapid.IntRange(18, 22).Draw(rt, "year"), rapid.IntRange(1, 12).Draw(rt, "month"), rapid.IntRange(1, 28).Draw(rt, "day"))
		a := article{
			title: fmt.Sprintf("会%d", i), section: rapid.SampledFrom([]string{"", "要闻", "民生"}).Draw(rt, "section"),
			basis: rapid.SampledFrom([]graph.DateBasis{graph.BasisExplicit, graph.BasisRelative}).Draw(rt, "basis"),
		}
		switch rapid.IntRange(0, 7).Draw(rt, "precision") {
		case 0, 1:
			a.date = day
		case 2:
			a.date = day[:7]
		case 3:
			a.date = day[:4]
		case 4:
			a.date = day + "/" + day[:4] + "-12-31"
		case 5:
			a.date = rapid.SampledFrom([]string{day + "/..", "../" + day}).Draw(rt, "open")
		case 6:
			a.date = day[:4] + "~"
		}
		for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"沈知秋", "方砚清", "顾怀瑾"}), rapid.ID).Draw(rt, "people") {
			a.people = append(a.people, name+" ATTEND")
		}
		a.places = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"建设路", "临溪县"}), rapid.ID).Draw(rt, "places")
		all = append(all, a)
	}
	return all
}

// labels are the values that the article has of a dimension, by its words.
func (a article) labels(by query.Dimension) []string {
	switch by {
	case query.ByOfficial:
		var all []string
		for _, line := range a.people {
			all = append(all, strings.Fields(line)[0]+"（云河区）")
		}
		return all
	case query.ByLocation:
		var all []string
		for _, name := range a.places {
			for ; name != ""; name = yunhe.parents[name] {
				if !slices.Contains(all, name) {
					all = append(all, name)
				}
			}
		}
		return all
	case query.BySection:
		if a.section == "" {
			return nil
		}
		return []string{a.section}
	case query.ByPublication:
		return []string{"云河区大事月报"}
	case query.ByBasis:
		return []string{map[graph.DateBasis]string{graph.BasisExplicit: "原文写明", graph.BasisRelative: "据他处日期推算"}[a.basis]}
	default:
		return []string{""}
	}
}

// Rows are what counting every event in every period gives.
func TestHistogramCountsEveryEvent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		articles := drawArticles(rt)
		w := yunhe
		w.people = []string{"沈知秋", "方砚清", "顾怀瑾"}
		r := mustLoad(t, w, articles...)
		args := query.HistogramArgs{
			Filter: &query.EventFilter{DateMatch: rapid.SampledFrom([]graph.DateMatch{"", graph.MatchPossible, graph.MatchCertain}).Draw(rt, "match")},
			Unit:   rapid.SampledFrom([]query.TimeUnit{query.UnitMonth, query.UnitQuarter, query.UnitYear}).Draw(rt, "unit"),
			By:     rapid.SampledFrom([]query.Dimension{"", query.ByOfficial, query.ByLocation, query.BySection, query.ByPublication, query.ByBasis}).Draw(rt, "by"),
			First:  ptr(100),
		}
		from, to := mustDay(t, "2019-02-10"), mustDay(t, "2021-05-20")
		if rapid.Bool().Draw(rt, "from") {
			args.Filter.From = from
		}
		if rapid.Bool().Draw(rt, "to") {
			args.Filter.To = to
		}
		rows, err := query.Histogram(t.Context(), r, args)
		if err != nil {
			rt.Fatal(err)
		}

		days := graph.DayRange{From: args.Filter.From, To: args.Filter.To}
		reach := days
		frequent := map[string]int{}
		var counted []article
		for _, a := range articles {
			if a.date == "" {
				continue
			}
			d := mustParse(t, a.date)
			if !args.Filter.DateMatch.Meets(d, days) {
				continue
			}
			counted = append(counted, a)
			for _, label := range a.labels(args.By) {
				frequent[label]++
			}
			if first := cmp.Or(d.Start(), d.End()); days.From == 0 && (reach.From == 0 || first < reach.From) {
				reach.From = first
			}
			if days.To == 0 {
				reach.To = max(reach.To, d.Start(), d.End())
			}
		}
		if days.To != 0 {
			reach.From = min(reach.From, reach.To)
		} else {
			reach.To = max(reach.To, reach.From)
		}
		if len(counted) == 0 && (days.From == 0 || days.To == 0) {
			reach = graph.DayRange{From: 1}
		}
		var labels []string
		for label := range frequent {
			labels = append(labels, label)
		}
		if args.By == "" {
			labels = []string{""}
		}
		slices.SortFunc(labels, func(a, b string) int {
			return cmp.Or(cmp.Compare(frequent[b], frequent[a]), cmp.Compare(order(args.By, a), order(args.By, b)))
		})
		var want []string
		last := ""
		for day := reach.From; day <= reach.To; day++ {
			name := period(day, args.Unit)
			if name == last {
				continue
			}
			last = name
			bin := mustParse(t, name)
			for _, label := range labels {
				n := 0
				for _, a := range counted {
					if slices.Contains(a.labels(args.By), label) && args.Filter.DateMatch.Meets(mustParse(t, a.date), graph.DayRange{From: bin.Start(), To: bin.End()}) {
						n++
					}
				}
				want = append(want, fmt.Sprintf("%s %s %d", name, label, n))
			}
		}
		var got []string
		for _, row := range rows {
			got = append(got, fmt.Sprintf("%s %s %d", row.Period(), row.Label(), row.Count))
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

// order is how values with the same number of events are sorted: entities by pinyin, others by their words.
func order(by query.Dimension, label string) string {
	if by == query.ByOfficial || by == query.ByLocation {
		name, _, _ := strings.Cut(label, "（")
		e := yunhe.entity(graph.KindLocation, name)
		return e.SortName
	}
	return label
}

func period(day edtf.Day, unit query.TimeUnit) string {
	year, month, _ := day.Date()
	switch unit {
	case query.UnitYear:
		return fmt.Sprintf("%04d", year)
	case query.UnitQuarter:
		return fmt.Sprintf("%04d-%d", year, 33+(month-1)/3)
	default:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
}
