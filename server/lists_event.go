package server

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// What graph.Event.Titled holds of an event and of its date, and what graph.Event.Head holds besides.
var (
	titleFields     = []string{"id", "title", "printedTitle", "date"}
	titleDateFields = []string{"edtf", "start", "end", "precision"}
	headFields      = []string{"kind", "section", "issue"}
	headDateFields  = []string{"basis", "confidence"}
)

// extend has the columns beside the titles' say that they show heads, and those that are neither's that they show whole events.
func (o *object[T]) extend(titles, heads []string) {
	for name, made := range o.columns {
		switch {
		case slices.Contains(titles, name):
		case slices.Contains(heads, name):
			o.columns[name] = showing(graph.Heads, made)
		default:
			o.columns[name] = showing(graph.Whole, made)
		}
	}
}

// showing is a column that shows so much of an event at least.
func showing[T any](shown graph.Detail, made column[T]) column[T] {
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		c.shows = min(c.shows, shown)
		return made(c, f)
	}
}

// detailOf tells how much of events the field that is resolved shows. What tables do not know shows all.
func detailOf(ctx context.Context) graph.Detail {
	field := graphql.GetFieldContext(ctx).Field
	of, known := tables[field.Definition.Type.Name()]
	if !known {
		return graph.Whole
	}
	plan := lookupFrom(ctx).plans.of(graphql.GetOperationContext(ctx), of, &field)
	if plan == nil {
		return graph.Whole
	}
	return plan.shows
}

// addEvent fills the tables of events and of what they hold.
func (t *typeTables) addEvent() {
	t.evidence.columns = map[string]column[graph.Evidence]{
		"field": text(func(e *graph.Evidence) graph.EvidenceField { return e.Field }),
		"start": integer(func(e *graph.Evidence) int { return e.Start }),
		"end":   integer(func(e *graph.Evidence) int { return e.End }),
		"text":  text(func(e *graph.Evidence) string { return e.Text }),
	}
	t.eventDate.columns = map[string]column[graph.EventDate]{
		"edtf":       extended(func(d *graph.EventDate) edtf.Date { return d.EDTF }),
		"start":      optDate(func(d *graph.EventDate) edtf.Day { return d.Start() }),
		"end":        optDate(func(d *graph.EventDate) edtf.Day { return d.End() }),
		"precision":  text(func(d *graph.EventDate) edtf.Precision { return d.Precision() }),
		"text":       optText(func(d *graph.EventDate) string { return d.Text }),
		"basis":      text(func(d *graph.EventDate) graph.DateBasis { return d.Basis }),
		"reason":     optText(func(d *graph.EventDate) string { return d.Reason }),
		"confidence": float(func(d *graph.EventDate) float64 { return d.Confidence }),
		"evidence":   list(func(d *graph.EventDate) []graph.Evidence { return d.Evidence }, &t.evidence),
	}
	t.dateMention.columns = map[string]column[graph.DateMention]{
		"edtf":     extended(func(d *graph.DateMention) edtf.Date { return d.EDTF }),
		"start":    optDate(func(d *graph.DateMention) edtf.Day { return d.Start() }),
		"end":      optDate(func(d *graph.DateMention) edtf.Day { return d.End() }),
		"basis":    text(func(d *graph.DateMention) graph.DateBasis { return d.Basis }),
		"text":     text(func(d *graph.DateMention) string { return d.Text }),
		"evidence": list(func(d *graph.DateMention) []graph.Evidence { return d.Evidence }, &t.evidence),
	}
	t.citedDocument.columns = map[string]column[graph.CitedDocument]{
		"title":      optText(func(d *graph.CitedDocument) string { return d.Title }),
		"shortTitle": optText(func(d *graph.CitedDocument) string { return d.ShortTitle }),
		"number":     optText(func(d *graph.CitedDocument) string { return d.Number }),
		"evidence":   list(func(d *graph.CitedDocument) []graph.Evidence { return d.Evidence }, &t.evidence),
	}
	t.figure.columns = map[string]column[graph.Figure]{
		"value":     float(func(f *graph.Figure) float64 { return f.Value }),
		"qualifier": text(func(f *graph.Figure) graph.FigureQualifier { return f.Qualifier }),
		"unit":      text(func(f *graph.Figure) string { return f.Unit }),
		"subject":   optText(func(f *graph.Figure) string { return f.Subject }),
		"text":      text(func(f *graph.Figure) string { return f.Text }),
		"evidence":  list(func(f *graph.Figure) []graph.Evidence { return f.Evidence }, &t.evidence),
	}
	t.eventDepartment.columns = map[string]column[graph.EventDepartment]{
		"department": kindred((*lookup).departmentPool, func(d *graph.EventDepartment) graph.ID { return d.Atom }, &t.department, mustBe),
		"role":       text(func(d *graph.EventDepartment) graph.DepartmentRole { return d.Role }),
		"evidence":   list(func(d *graph.EventDepartment) []graph.Evidence { return d.Evidence }, &t.evidence),
	}
	t.eventLocation.columns = map[string]column[graph.EventLocation]{
		"location": kindred((*lookup).locationPool, func(l *graph.EventLocation) graph.ID { return l.Atom }, &t.location, mustBe),
		"isPlace":  boolean(func(l *graph.EventLocation) bool { return l.IsPlace }),
		"evidence": list(func(l *graph.EventLocation) []graph.Evidence { return l.Evidence }, &t.evidence),
	}
	t.post.columns = map[string]column[graph.Post]{
		"title":      text(func(p *graph.Post) string { return p.Title }),
		"department": kindred((*lookup).postPool, func(p *graph.Post) graph.ID { return p.DepartmentAtom }, &t.department, mayBe),
		"text":       text(func(p *graph.Post) string { return p.Text }),
	}
	t.eventOfficial.columns = map[string]column[graph.EventOfficial]{
		"event":      within(func(o *graph.EventOfficial) *graph.Event { return o.Event }, &t.event),
		"official":   kindred((*lookup).officialPool, func(o *graph.EventOfficial) graph.ID { return o.Atom }, &t.official, mustBe),
		"role":       text(func(o *graph.EventOfficial) graph.OfficialRole { return o.Roles[0] }),
		"roles":      texts(func(o *graph.EventOfficial) []graph.OfficialRole { return o.Roles }),
		"title":      optText(func(o *graph.EventOfficial) string { return o.Title }),
		"posts":      list(func(o *graph.EventOfficial) []graph.Post { return o.Posts }, &t.post),
		"department": kindred((*lookup).postPool, func(o *graph.EventOfficial) graph.ID { return o.DepartmentAtom }, &t.department, mayBe),
		"evidence":   list(func(o *graph.EventOfficial) []graph.Evidence { return o.Evidence }, &t.evidence),
	}
	t.event.columns = map[string]column[graph.Event]{
		"id":           text(func(e *graph.Event) graph.ID { return e.ID }),
		"title":        text(func(e *graph.Event) string { return e.Title }),
		"printedTitle": text(func(e *graph.Event) string { return e.PrintedTitle }),
		"heading":      optText(func(e *graph.Event) string { return e.Heading }),
		"body":         needing(writeBody),
		"summary":      text(func(e *graph.Event) string { return e.Summary }),
		"kind":         text(func(e *graph.Event) graph.EventKind { return e.Kind }),
		"date":         within(func(e *graph.Event) *graph.EventDate { return &e.Date }, &t.eventDate),
		"section":      optText(func(e *graph.Event) string { return e.Section }),
		"page":         optInteger(func(e *graph.Event) int { return e.Page }),
		"issue":        joined(func(l *lookup) *pool[*graph.Issue] { return l.issues }, func(e *graph.Event) graph.ID { return e.IssueID }, &t.issue, mayBe),
		"officials": listWith(func(e *graph.Event) []graph.EventOfficial { return e.Officials },
			func(o *graph.EventOfficial, role graph.OfficialRole) bool { return slices.Contains(o.Roles, role) }, &t.eventOfficial),
		"departments": listWith(func(e *graph.Event) []graph.EventDepartment { return e.Departments },
			func(d *graph.EventDepartment, role graph.DepartmentRole) bool { return d.Role == role }, &t.eventDepartment),
		"locations":    list(func(e *graph.Event) []graph.EventLocation { return e.Locations }, &t.eventLocation),
		"documents":    list(func(e *graph.Event) []graph.CitedDocument { return e.Documents }, &t.citedDocument),
		"figures":      list(func(e *graph.Event) []graph.Figure { return e.Figures }, &t.figure),
		"otherDates":   list(func(e *graph.Event) []graph.DateMention { return e.OtherDates }, &t.dateMention),
		"otherReports": others(&t.event),
		"citation":     text(func(e *graph.Event) string { return e.Citation }),
	}
	t.eventDate.extend(titleDateFields, headDateFields)
	t.event.extend(titleFields, headFields)
}

func writeBody(w *writer, e *graph.Event) {
	if body, known := record(w, w.lookup.bodies, e.ID); known && !w.gathering {
		w.quoted(body)
	}
}
