package server

import (
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// tables holds the types that are written without the executor, by their names in the schema.
var tables = newTables()

// leftToExecutor lists the fields of those types that have no column: most pages inside pages, and what asks the store in
// a way of its own. A test fails for a field of the schema that stands in neither.
var leftToExecutor = map[string][]string{
	"Event":       {"highlights"},
	"Official":    {"related", "appearances", "tenures"},
	"Department":  {"related", "children"},
	"Location":    {"related", "children"},
	"Issue":       {"events"},
	"Publication": {"eventCount"},
	"Tenure":      {"attestations"},
}

// typeTables are the tables. To add a field, add its column where the fields of its type stand; to add a type, a field
// here and a line in newTables.
type typeTables struct {
	event           object[graph.Event]
	eventDate       object[graph.EventDate]
	evidence        object[graph.Evidence]
	eventOfficial   object[graph.EventOfficial]
	post            object[graph.Post]
	eventDepartment object[graph.EventDepartment]
	eventLocation   object[graph.EventLocation]
	citedDocument   object[graph.CitedDocument]
	figure          object[graph.Figure]
	dateMention     object[graph.DateMention]

	official, department, location entityObject
	entity                         anyEntity

	issue         object[graph.Issue]
	ingestWarning object[graph.IngestWarning]
	publication   object[graph.Publication]

	tenure      object[graph.Tenure]
	attestation object[graph.Attestation]

	possibleSame object[query.PossibleSame]
	eventPath    object[query.EventPath]
	pathStep     object[query.PathStep]
	subgraphLink object[query.SubgraphLink]
	rankedEntity object[query.RankedEntity]
	histogramBin object[query.HistogramBin]
	count        object[query.Count]

	pageInfo         object[query.PageInfo]
	eventEdge        object[query.EventEdge]
	appearanceEdge   object[query.AppearanceEdge]
	tenureEdge       object[query.TenureEdge]
	attestationEdge  object[query.AttestationEdge]
	issueEdge        object[query.IssueEdge]
	possibleSameEdge object[query.PossibleSameEdge]
	relatedEdge      object[query.RelatedEdge]
	entityEdge       object[query.EntityEdge]
	searchEdge       object[query.SearchEdge]
	highlight        object[query.Highlight]

	eventConnection        object[query.EventConnection]
	appearanceConnection   object[query.AppearanceConnection]
	tenureConnection       object[query.TenureConnection]
	attestationConnection  object[query.AttestationConnection]
	issueConnection        object[query.IssueConnection]
	possibleSameConnection object[query.PossibleSameConnection]
	relatedConnection      object[query.RelatedConnection]
	entityConnection       object[query.EntityConnection]
	searchConnection       object[query.SearchConnection]
}

func newTables() map[string]table {
	t := &typeTables{
		official:   entityObject{kind: graph.KindOfficial},
		department: entityObject{kind: graph.KindDepartment},
		location:   entityObject{kind: graph.KindLocation},
	}
	t.entity = anyEntity{&t.official, &t.department, &t.location}
	t.addEvent()
	t.addEntity()
	t.addIssue()
	t.addTenure()
	t.addRelations()
	t.addHistogram()
	t.addPage()
	t.addConnection()
	return map[string]table{
		"Node":             &anyNode{t},
		"Event":            t.event.called("Event", "Node"),
		"EventDate":        t.eventDate.called("EventDate"),
		"Evidence":         t.evidence.called("Evidence"),
		"EventOfficial":    t.eventOfficial.called("EventOfficial"),
		"Post":             t.post.called("Post"),
		"EventDepartment":  t.eventDepartment.called("EventDepartment"),
		"EventLocation":    t.eventLocation.called("EventLocation"),
		"CitedDocument":    t.citedDocument.called("CitedDocument"),
		"Figure":           t.figure.called("Figure"),
		"DateMention":      t.dateMention.called("DateMention"),
		"Entity":           t.entity,
		"Official":         t.official.called("Official"),
		"Department":       t.department.called("Department"),
		"Location":         t.location.called("Location"),
		"Issue":            t.issue.called("Issue", "Node"),
		"IngestWarning":    t.ingestWarning.called("IngestWarning"),
		"Publication":      t.publication.called("Publication", "Node"),
		"Tenure":           t.tenure.called("Tenure"),
		"Attestation":      t.attestation.called("Attestation"),
		"PossibleSame":     t.possibleSame.called("PossibleSame"),
		"EventPath":        t.eventPath.called("EventPath"),
		"PathStep":         t.pathStep.called("PathStep"),
		"SubgraphLink":     t.subgraphLink.called("SubgraphLink"),
		"RankedEntity":     t.rankedEntity.called("RankedEntity"),
		"HistogramBin":     t.histogramBin.called("HistogramBin"),
		"Count":            t.count.called("Count"),
		"PageInfo":         t.pageInfo.called("PageInfo"),
		"EventEdge":        t.eventEdge.called("EventEdge"),
		"AppearanceEdge":   t.appearanceEdge.called("AppearanceEdge"),
		"TenureEdge":       t.tenureEdge.called("TenureEdge"),
		"AttestationEdge":  t.attestationEdge.called("AttestationEdge"),
		"IssueEdge":        t.issueEdge.called("IssueEdge"),
		"PossibleSameEdge": t.possibleSameEdge.called("PossibleSameEdge"),
		"RelatedEdge":      t.relatedEdge.called("RelatedEdge"),
		"EntityEdge":       t.entityEdge.called("EntityEdge"),
		"SearchEdge":       t.searchEdge.called("SearchEdge"),
		"Highlight":        t.highlight.called("Highlight"),

		"EventConnection":        t.eventConnection.called("EventConnection"),
		"AppearanceConnection":   t.appearanceConnection.called("AppearanceConnection"),
		"TenureConnection":       t.tenureConnection.called("TenureConnection"),
		"AttestationConnection":  t.attestationConnection.called("AttestationConnection"),
		"IssueConnection":        t.issueConnection.called("IssueConnection"),
		"PossibleSameConnection": t.possibleSameConnection.called("PossibleSameConnection"),
		"RelatedConnection":      t.relatedConnection.called("RelatedConnection"),
		"EntityConnection":       t.entityConnection.called("EntityConnection"),
		"SearchConnection":       t.searchConnection.called("SearchConnection"),
	}
}

// called gives a table its name in the schema and the interfaces of the type.
func (o *object[T]) called(name string, interfaces ...string) *object[T] {
	o.satisfies = append([]string{name}, interfaces...)
	o.columns["__typename"] = scalar(func(w *writer, _ *T) { w.quoted(name) })
	return o
}

// called gives the table of a kind of entity its name in the schema.
func (o *entityObject) called(name string) *entityObject {
	o.object.called(name, "Node", "Entity")
	return o
}
