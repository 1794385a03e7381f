package server

import (
	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// addHistogram fills the tables of counts.
func (t *typeTables) addHistogram() {
	t.rankedEntity.columns = map[string]column[query.RankedEntity]{
		"node":  oneEntity(func(r *query.RankedEntity) graph.Entity { return r.Node }, &t.entity),
		"count": integer(func(r *query.RankedEntity) int { return r.Count }),
	}
	t.histogramBin.columns = map[string]column[query.HistogramBin]{
		"period": extended(func(b *query.HistogramBin) edtf.Date { return b.Period() }),
		"from":   date(func(b *query.HistogramBin) edtf.Day { return b.From }),
		"to":     date(func(b *query.HistogramBin) edtf.Day { return b.To }),
		"key":    optText(func(b *query.HistogramBin) string { return b.Key() }),
		"label":  optText(func(b *query.HistogramBin) string { return b.Label() }),
		"count":  integer(func(b *query.HistogramBin) int { return b.Count }),
	}
	t.count.columns = map[string]column[query.Count]{
		"key":   text(func(c *query.Count) string { return c.Key }),
		"label": text(func(c *query.Count) string { return c.Label }),
		"count": integer(func(c *query.Count) int { return c.Count }),
	}
}
