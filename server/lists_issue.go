package server

import (
	"time"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// addIssue fills the tables of issues and publications.
func (t *typeTables) addIssue() {
	t.ingestWarning.columns = map[string]column[graph.IngestWarning]{
		"line":    optInteger(func(w *graph.IngestWarning) int { return w.Line }),
		"code":    text(func(w *graph.IngestWarning) string { return w.Code }),
		"message": text(func(w *graph.IngestWarning) string { return w.Message }),
	}
	t.publication.columns = map[string]column[graph.Publication]{
		"id":        text(func(p *graph.Publication) graph.ID { return p.ID }),
		"title":     text(func(p *graph.Publication) string { return p.Title }),
		"publisher": optText(func(p *graph.Publication) string { return p.Publisher }),
		"region":    kindred((*lookup).relativePool, func(p *graph.Publication) graph.ID { return p.RegionAtom }, &t.location, mayBe),
	}
	t.issue.columns = map[string]column[graph.Issue]{
		"id": text(func(i *graph.Issue) graph.ID { return i.ID }),
		"publication": joined(func(l *lookup) *pool[*graph.Publication] { return l.publication },
			func(i *graph.Issue) graph.ID { return i.PublicationID }, &t.publication, mustBe),
		"label":      text(func(i *graph.Issue) string { return i.Label }),
		"number":     optInteger(func(i *graph.Issue) int { return i.Number }),
		"numberTo":   optInteger(func(i *graph.Issue) int { return i.NumberTo }),
		"year":       optInteger(func(i *graph.Issue) int { return i.Year }),
		"month":      optInteger(func(i *graph.Issue) int { return i.Month }),
		"monthTo":    optInteger(func(i *graph.Issue) int { return i.MonthTo }),
		"published":  optDate(func(i *graph.Issue) edtf.Day { return i.Published }),
		"sections":   texts(func(i *graph.Issue) []string { return i.Sections }),
		"eventCount": integer(func(i *graph.Issue) int { return i.EventCount }),
		"file":       optText(func(i *graph.Issue) string { return i.File }),
		"dialect":    text(func(i *graph.Issue) string { return i.Dialect }),
		"loadedAt":   moment(func(i *graph.Issue) time.Time { return i.LoadedAt }),
		"reader":     text(func(i *graph.Issue) string { return i.Reader }),
		"warnings":   list(func(i *graph.Issue) []graph.IngestWarning { return i.Warnings }, &t.ingestWarning),
	}
}
