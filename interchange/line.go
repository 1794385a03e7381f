// Package interchange is the form in which events come and go one by one: JSON Lines, an event a line, no line depends on
// another. docs/interchange.md tells it to those who write it.
//
// A line is a Line, in both directions. Parse makes of it what a reader of documents would have said (package reading), and an
// Exporter makes lines of what a graph answers. What Parse takes where a line says nothing is what Exporter leaves out; so
// whatever was exported reads back as it was.
package interchange

import (
	"bytes"
	"encoding/json"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// DefaultPublication is the chronicle of events that name none.
const DefaultPublication = "导入资料"

// Line is one event. Only Title and Date are required.
//
// Beside what `fangzhi parse` prints it may carry what names alone do not tell: Place, Organs, Department.Parent, Location.Above
// and what a Post attests.
type Line struct {
	// Publication is the chronicle's title; DefaultPublication where it is missing.
	Publication string  `json:"publication"`
	Publisher   *string `json:"publisher"`
	// Region is whose chronicle it is; unknown where it is missing.
	Region *Region `json:"region"`
	// Issue is the number that it stands in; the month of the event's date where it is missing.
	Issue   *Issue  `json:"issue"`
	Section *string `json:"section"`
	Page    *int    `json:"page"`
	// Place is the 1-based place of the event in its issue, 0 for unknown.
	Place int             `json:"place,omitempty"`
	Kind  graph.EventKind `json:"kind"`
	Title string          `json:"title"`
	// PrintedTitle is what TITLE evidence counts in; Title where it is missing.
	PrintedTitle *string `json:"printedTitle"`
	// TOCTitle is read, because parse prints it, and not kept.
	TOCTitle    string          `json:"tocTitle,omitempty"`
	Heading     *string         `json:"heading"`
	Body        string          `json:"body"`
	Date        *Date           `json:"date"`
	OtherDates  []OtherDate     `json:"otherDates"`
	Officials   []Official      `json:"officials"`
	Departments []Department    `json:"departments"`
	Organs      []Organ         `json:"organs,omitempty"`
	Locations   []Location      `json:"locations"`
	Documents   []CitedDocument `json:"documents"`
	Figures     []Figure        `json:"figures"`
}

// Issue is what masthead and imprint say; zero values are what they do not.
type Issue struct {
	// Label is as printed; made of the rest where it is missing.
	Label     *string  `json:"label"`
	Number    int      `json:"number,omitempty"`
	NumberTo  int      `json:"numberTo,omitempty"`
	Year      int      `json:"year,omitempty"`
	Month     int      `json:"month,omitempty"`
	MonthTo   int      `json:"monthTo,omitempty"`
	Published edtf.Day `json:"published,omitempty"`
	// Digest is that of the text of an issue that nothing else tells from others of its publication.
	Digest string `json:"digest,omitempty"`
}

// Date is the event's date. In JSON it may be a string, which is EDTF alone.
type Date struct {
	EDTF edtf.Date `json:"edtf"`
	// Start, End and Precision are those of EDTF.
	Start     edtf.Day       `json:"start"`
	End       edtf.Day       `json:"end"`
	Precision edtf.Precision `json:"precision"`
	Text      *string        `json:"text"`
	// Basis is EDITED where it is missing: somebody set it. NONE for an unknown date.
	Basis      graph.DateBasis  `json:"basis"`
	Reason     *string          `json:"reason"`
	Confidence *float64         `json:"confidence"`
	Evidence   []graph.Evidence `json:"evidence"`
}

// UnmarshalJSONFrom reads an object or a string.
func (d *Date) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	if in.PeekKind() == '"' {
		return jsonv2.UnmarshalDecode(in, &d.EDTF)
	}
	type plain Date
	return jsonv2.UnmarshalDecode(in, (*plain)(d))
}

// OtherDate is a date that the text mentions beside the event's own.
type OtherDate struct {
	EDTF     edtf.Date        `json:"edtf"`
	Start    edtf.Day         `json:"start"`
	End      edtf.Day         `json:"end"`
	Basis    graph.DateBasis  `json:"basis"`
	Text     string           `json:"text"`
	Evidence []graph.Evidence `json:"evidence"`
}

// Official is one person at the event.
type Official struct {
	// Name is canonical.
	Name string `json:"name"`
	// Code is the jurisdiction; the publication's where it is missing.
	Code  *Region `json:"code"`
	Title *string `json:"title"`
	Posts []Post  `json:"posts"`
	// Department is the canonical name of the organ of the post of most substance.
	Department *string `json:"department"`
	// DepartmentCode tells organs of one name apart.
	DepartmentCode optionalRegion `json:"departmentCode,omitzero"`
	// Role is the first of Roles; one of the two is enough. MENTIONED where both are missing: nobody is said to have been there.
	Role     graph.OfficialRole   `json:"role"`
	Roles    []graph.OfficialRole `json:"roles"`
	Evidence []graph.Evidence     `json:"evidence"`
}

// Post is one post. What it attests, Rank and Single follow from its words where they are missing (extract.PostOf); a post of who
// is only mentioned attests nothing.
type Post struct {
	Title      string  `json:"title"`
	Department *string `json:"department"`
	// Code tells organs of one name apart.
	Code    optionalRegion         `json:"code,omitzero"`
	Text    string                 `json:"text"`
	Attests *graph.AttestationKind `json:"attests,omitempty"`
	Rank    *int                   `json:"rank,omitempty"`
	Single  *bool                  `json:"single,omitempty"`
	From    edtf.Date              `json:"from,omitzero"`
	To      edtf.Date              `json:"to,omitzero"`
}

// Department is one organ at the event.
type Department struct {
	Organ
	// Text is as written: another name by which the organ is found.
	Text     string               `json:"text"`
	Role     graph.DepartmentRole `json:"role"`
	Evidence []graph.Evidence     `json:"evidence"`
}

// Organ is what is known of an organ beside its name. Line.Organs has those that posts and organs name and that are not linked.
type Organ struct {
	// Name is canonical.
	Name string `json:"name"`
	// Type is told by the name where it is missing.
	Type graph.DepartmentKind `json:"type"`
	// Code is the jurisdiction: null for none, and what the name begins with where it is missing.
	Code optionalRegion `json:"code,omitzero"`
	// Parent is the name of the organ that it belongs to, "" for none; ParentCode tells organs of one name apart.
	Parent     string         `json:"parent,omitempty"`
	ParentCode optionalRegion `json:"parentCode,omitzero"`
}

// Location is one place that the event names.
type Location struct {
	Name string             `json:"name"`
	Text string             `json:"text"`
	Type graph.LocationKind `json:"type"`
	Code *string            `json:"code"`
	// Above are the places around it, nearest first; told by the code, else the line's region, where it is missing.
	Above    *[]Place         `json:"above,omitempty"`
	IsPlace  bool             `json:"isPlace"`
	Evidence []graph.Evidence `json:"evidence"`
}

// Place is a division or another place.
type Place struct {
	Name string             `json:"name"`
	Type graph.LocationKind `json:"type"`
	Code string             `json:"code,omitempty"`
}

// CitedDocument is a text that the event cites.
type CitedDocument struct {
	Title      *string          `json:"title"`
	ShortTitle *string          `json:"shortTitle"`
	Number     *string          `json:"number"`
	Evidence   []graph.Evidence `json:"evidence"`
}

// Figure is a quantity that the text gives.
type Figure struct {
	Value     float64               `json:"value"`
	Qualifier graph.FigureQualifier `json:"qualifier"`
	Unit      string                `json:"unit"`
	Subject   *string               `json:"subject"`
	Text      string                `json:"text"`
	Evidence  []graph.Evidence      `json:"evidence"`
}

// Region is a jurisdiction: its code, its names in one (郑州市中原区), or where neither tells it, the places from the outermost in.
type Region struct {
	Text  string
	Chain []Place
}

// MarshalJSON prints a string, or the chain.
func (r Region) MarshalJSON() ([]byte, error) {
	if r.Chain != nil {
		return encode(r.Chain)
	}
	return encode(r.Text)
}

// UnmarshalJSONFrom reads a string or a chain.
func (r *Region) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	if in.PeekKind() == '[' {
		return jsonv2.UnmarshalDecode(in, &r.Chain)
	}
	return jsonv2.UnmarshalDecode(in, &r.Text)
}

// optionalRegion tells null from what is missing.
type optionalRegion struct {
	Given bool
	*Region
}

// IsZero tells encoding/json to leave the field out.
func (o optionalRegion) IsZero() bool { return !o.Given }

// MarshalJSON prints the region or null.
func (o optionalRegion) MarshalJSON() ([]byte, error) { return encode(o.Region) }

// UnmarshalJSONFrom reads a region or null.
func (o *optionalRegion) UnmarshalJSONFrom(in *jsontext.Decoder) error {
	o.Given = true
	return jsonv2.UnmarshalDecode(in, &o.Region)
}

// encode is json.Marshal that leaves < > & as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
