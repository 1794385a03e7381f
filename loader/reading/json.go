package reading

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// MarshalJSON prints the document as contract/cli.md defines `parse` output: null where the text says nothing.
func (d Document) MarshalJSON() ([]byte, error) { return d.marshal(false) }

// Explained is a document that is printed with the name of the rule beside each fact, as `parse --explain` prints it; null
// where the rule has no name.
type Explained struct{ Document }

// MarshalJSON prints the document as Document.MarshalJSON does, with "rule" in every fact.
func (e Explained) MarshalJSON() ([]byte, error) { return e.marshal(true) }

func (d Document) marshal(explain bool) ([]byte, error) {
	events := make([]eventJSON, len(d.Events))
	for i := range d.Events {
		events[i] = newEventJSON(&d.Events[i], explain)
	}
	warnings := make([]warningJSON, len(d.Warnings))
	for i, w := range d.Warnings {
		warnings[i] = warningJSON{Line: number(w.Line), Code: w.Code, Message: w.Message}
	}
	is := d.Issue
	return json.Marshal(struct {
		File     *string       `json:"file"`
		Issue    issueJSON     `json:"issue"`
		Events   []eventJSON   `json:"events"`
		Warnings []warningJSON `json:"warnings"`
	}{
		File: text(d.File),
		Issue: issueJSON{
			Publication: is.Publication, Label: is.Label, Number: number(is.Number), NumberTo: number(is.NumberTo),
			Year: number(is.Year), Month: number(is.Month), MonthTo: number(is.MonthTo), Published: is.Published,
			Region: text(is.Region.Name()), Publisher: text(is.Publisher), Dialect: is.Dialect, DialectReason: text(is.DialectReason),
		},
		Events:   events,
		Warnings: warnings,
	})
}

// Print writes the document as Document.MarshalJSON and Explained.MarshalJSON have it, and a line feed behind it; the events that
// it prints are the given ones, each dropped when it is written. With indent each value has a line of its own, below its key.
func (d Document) Print(w io.Writer, events iter.Seq[Event], explain, indent bool) error {
	d.Events = nil
	around, err := d.marshal(explain)
	if err != nil {
		return err
	}
	colon, begin, end := ":", "", ""
	if indent {
		colon, begin, end = ": ", "\n  ", "\n "
		if around, err = indented(around, ""); err != nil {
			return err
		}
	}
	key := `"events"` + colon
	before, after, _ := strings.Cut(string(around), key+"[]") // inside a string the quotes would have backslashes
	out := bufio.NewWriter(w)
	lead, rest := before+key+"[", "]"+after+"\n"
	sep := begin
	for e := range events {
		b, err := json.Marshal(newEventJSON(&e, explain))
		if err == nil && indent {
			b, err = indented(b, "  ")
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%s%s%s", lead, sep, b); err != nil {
			return err
		}
		lead, sep = "", ","+begin
	}
	if lead == "" {
		rest = end + rest
	}
	if _, err := out.WriteString(lead + rest); err != nil {
		return err
	}
	return out.Flush()
}

// indented returns JSON with a line for each value, behind prefix except the first.
func indented(b []byte, prefix string) ([]byte, error) {
	var out bytes.Buffer
	err := json.Indent(&out, b, prefix, " ")
	return out.Bytes(), err
}

type issueJSON struct {
	Publication   string   `json:"publication"`
	Label         string   `json:"label"`
	Number        *int     `json:"number"`
	NumberTo      *int     `json:"numberTo"`
	Year          *int     `json:"year"`
	Month         *int     `json:"month"`
	MonthTo       *int     `json:"monthTo"`
	Published     edtf.Day `json:"published"`
	Region        *string  `json:"region"`
	Publisher     *string  `json:"publisher"`
	Dialect       string   `json:"dialect"`
	DialectReason *string  `json:"dialectReason"`
}

type warningJSON struct {
	Line    *int   `json:"line"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type eventJSON struct {
	Title        string           `json:"title"`
	PrintedTitle string           `json:"printedTitle"`
	TOCTitle     string           `json:"tocTitle,omitempty"`
	Heading      *string          `json:"heading"`
	Kind         graph.EventKind  `json:"kind"`
	Section      *string          `json:"section"`
	Page         *int             `json:"page"`
	Body         string           `json:"body"`
	Date         dateJSON         `json:"date"`
	OtherDates   []otherDateJSON  `json:"otherDates"`
	Officials    []officialJSON   `json:"officials"`
	Departments  []departmentJSON `json:"departments"`
	Locations    []locationJSON   `json:"locations"`
	Documents    []documentJSON   `json:"documents"`
	Figures      []figureJSON     `json:"figures"`
}

type dateJSON struct {
	EDTF       edtf.Date        `json:"edtf"`
	Start      edtf.Day         `json:"start"`
	End        edtf.Day         `json:"end"`
	Precision  edtf.Precision   `json:"precision"`
	Text       *string          `json:"text"`
	Basis      graph.DateBasis  `json:"basis"`
	Reason     *string          `json:"reason"`
	Confidence float64          `json:"confidence"`
	Evidence   []graph.Evidence `json:"evidence"`
	Rule       ruleJSON         `json:"rule,omitzero"`
}

type otherDateJSON struct {
	EDTF     edtf.Date        `json:"edtf"`
	Start    edtf.Day         `json:"start"`
	End      edtf.Day         `json:"end"`
	Basis    graph.DateBasis  `json:"basis"`
	Text     string           `json:"text"`
	Evidence []graph.Evidence `json:"evidence"`
	Rule     ruleJSON         `json:"rule,omitzero"`
}

type officialJSON struct {
	Name       string               `json:"name"`
	Title      *string              `json:"title"`
	Posts      []postJSON           `json:"posts"`
	Department *string              `json:"department"`
	Role       graph.OfficialRole   `json:"role"`
	Roles      []graph.OfficialRole `json:"roles"`
	Evidence   []graph.Evidence     `json:"evidence"`
	Rule       ruleJSON             `json:"rule,omitzero"`
}

type postJSON struct {
	Title      string  `json:"title"`
	Department *string `json:"department"`
	Text       string  `json:"text"`
}

type departmentJSON struct {
	Name     string               `json:"name"`
	Text     string               `json:"text"`
	Type     graph.DepartmentKind `json:"type"`
	Role     graph.DepartmentRole `json:"role"`
	Evidence []graph.Evidence     `json:"evidence"`
	Rule     ruleJSON             `json:"rule,omitzero"`
}

type locationJSON struct {
	Name     string             `json:"name"`
	Text     string             `json:"text"`
	Type     graph.LocationKind `json:"type"`
	Code     *string            `json:"code"`
	IsPlace  bool               `json:"isPlace"`
	Evidence []graph.Evidence   `json:"evidence"`
	Rule     ruleJSON           `json:"rule,omitzero"`
}

type documentJSON struct {
	Title      *string          `json:"title"`
	ShortTitle *string          `json:"shortTitle"`
	Number     *string          `json:"number"`
	Evidence   []graph.Evidence `json:"evidence"`
	Rule       ruleJSON         `json:"rule,omitzero"`
}

type figureJSON struct {
	Value     float64               `json:"value"`
	Qualifier graph.FigureQualifier `json:"qualifier"`
	Unit      string                `json:"unit"`
	Subject   *string               `json:"subject"`
	Text      string                `json:"text"`
	Evidence  []graph.Evidence      `json:"evidence"`
	Rule      ruleJSON              `json:"rule,omitzero"`
}

// ruleJSON is the name of a rule, null for none, and left out where nobody asked.
type ruleJSON struct {
	name  string
	asked bool
}

// IsZero tells encoding/json to leave the field out.
func (r ruleJSON) IsZero() bool { return !r.asked }

// MarshalJSON prints the name.
func (r ruleJSON) MarshalJSON() ([]byte, error) { return json.Marshal(text(r.name)) }

func newEventJSON(e *Event, explain bool) eventJSON {
	rule := func(name string) ruleJSON { return ruleJSON{name, explain} }
	d := e.Date
	out := eventJSON{
		Title: e.Title, PrintedTitle: e.PrintedTitle, TOCTitle: e.TOCTitle, Heading: text(e.Heading), Kind: e.Kind,
		Section: text(e.Section), Page: number(e.Page), Body: e.Body,
		Date: dateJSON{
			EDTF: d.EDTF, Start: d.Start(), End: d.End(), Precision: d.Precision(), Text: text(d.Text), Basis: d.Basis,
			Reason: text(d.Reason), Confidence: d.Confidence, Evidence: list(d.Evidence), Rule: rule(e.DateRule),
		},
		OtherDates:  []otherDateJSON{},
		Officials:   []officialJSON{},
		Departments: []departmentJSON{},
		Locations:   []locationJSON{},
		Documents:   []documentJSON{},
		Figures:     []figureJSON{},
	}
	for _, o := range e.OtherDates {
		out.OtherDates = append(out.OtherDates, otherDateJSON{o.EDTF, o.Start(), o.End(), o.Basis, o.Text, list(o.Evidence), rule(o.Rule)})
	}
	for _, o := range e.Officials {
		posts := []postJSON{}
		for _, p := range o.Posts {
			posts = append(posts, postJSON{p.Title, organName(p.Organ), p.Text})
		}
		out.Officials = append(out.Officials, officialJSON{
			Name: o.Name, Title: text(o.Title), Posts: posts, Department: organName(o.Organ),
			Role: o.Roles[0], Roles: o.Roles, Evidence: list(o.Evidence), Rule: rule(o.Rule),
		})
	}
	for _, o := range e.Departments {
		out.Departments = append(out.Departments, departmentJSON{o.Name, o.Text, o.Type, o.Role, list(o.Evidence), rule(o.Rule)})
	}
	for _, l := range e.Locations {
		out.Locations = append(out.Locations, locationJSON{l.Name, l.Text, l.Type, text(l.Code), l.IsPlace, list(l.Evidence), rule(l.Rule)})
	}
	for _, c := range e.Documents {
		out.Documents = append(out.Documents, documentJSON{text(c.Title), text(c.ShortTitle), text(c.Number), list(c.Evidence), rule(c.Rule)})
	}
	for _, q := range e.Figures {
		out.Figures = append(out.Figures, figureJSON{q.Value, q.Qualifier, q.Unit, text(q.Subject), q.Text, list(q.Evidence), rule(q.Rule)})
	}
	return out
}

func organName(o *Organ) *string {
	if o == nil {
		return nil
	}
	return &o.Name
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func number(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
