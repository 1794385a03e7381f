// Package reading is what one document says: issues, articles, and mentions with evidence.
//
// A reading knows no other document and no graph: its names are canonical as far as the document and the lexicon
// can tell, and nobody has yet decided whom they mean (package ingest/identity). It is what `fangzhi parse` prints.
package reading

import (
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// Version names what the reader can do; it changes whenever the same document would be read differently.
const Version = "2"

// Document is one issue as read from one document. A file may hold several.
type Document struct {
	// File is the name that the bytes came with, "" for standard input.
	File     string
	Issue    Issue
	Events   []Event
	Warnings []graph.IngestWarning
	// Text is the document's normalised text, from its masthead to its imprint. Read again it gives the same document.
	Text string
	// FirstLine is the 1-based line of the file that Text begins on, 0 for unknown.
	FirstLine int
	// Imported tells that the events came one by one in the interchange form (package interchange): there is no Text, and their
	// places are their own.
	Imported bool
}

// DialectInterchange is the dialect of what was not read from a text (Document.Imported).
const DialectInterchange = "interchange"

// Issue is what masthead and imprint say. Zero values are what they do not.
type Issue struct {
	// Publication is the chronicle's title: 云河区大事月报.
	Publication string
	// Label is as printed: 2021年1月（总第100期）.
	Label            string
	Number, NumberTo int
	Year             int
	Month, MonthTo   int
	Published        edtf.Day
	// ByText tells that only its text tells the issue from others of its publication: one news item of many a day.
	ByText bool
	// Digest is that of the text, in hex, where ByText holds and the text is not there (Document.Imported).
	Digest string
	// Region is the jurisdiction whose chronicle it is.
	Region    Jurisdiction
	Publisher string
	// Sections are the columns in the order of the text.
	Sections []string
	// Dialect is what it was read as: monthly. DialectReason says in Chinese what it was known by, "" where a person said.
	Dialect, DialectReason string
}

// Jurisdiction is a division of the country as a document means it, from the province down to itself. A division
// that no table knows has no code but still a place below its ancestors. The zero Jurisdiction is unknown.
type Jurisdiction struct {
	// Chain is from the outermost known division down; the last is the jurisdiction itself.
	Chain []Place
}

// Place is a division or a place in one. Code is "" where no table knows it.
type Place struct {
	Name string
	Type graph.LocationKind
	Code string
	// ValidFrom and ValidTo are the years in which the code was in force; 0 for none, or for still.
	ValidFrom, ValidTo int
}

// Name returns the chain's names in one: 河南省郑州市中原区; "" for the unknown.
func (j Jurisdiction) Name() string {
	name := ""
	for _, p := range j.Chain {
		name += p.Name
	}
	return name
}

// Key returns what atoms are keyed by: the code of the jurisdiction, or that of its county with the names below it. "~"
// and its own name where not even the county has a code: package ingest then adds the publication's key. The names
// above are left out, because not every issue says in which city or province the county lies.
func (j Jurisdiction) Key() string {
	last := len(j.Chain) - 1
	for i := last; i >= 0; i-- {
		p := &j.Chain[i]
		switch {
		case p.Code == "":
		case i == last:
			return p.Code
		case p.Type == graph.LocCounty || p.Type == graph.LocTownship:
			var key strings.Builder
			key.WriteString(p.Code)
			for _, below := range j.Chain[i+1:] {
				key.WriteString("/")
				key.WriteString(below.Name)
			}
			return key.String()
		}
	}
	if last < 0 {
		return "~"
	}
	return "~/" + j.Self().Name
}

// Known tells whether the jurisdiction is known at all.
func (j Jurisdiction) Known() bool { return len(j.Chain) > 0 }

// Parent returns the jurisdiction one level up, unknown for the outermost.
func (j Jurisdiction) Parent() Jurisdiction {
	if len(j.Chain) == 0 {
		return j
	}
	return Jurisdiction{Chain: j.Chain[:len(j.Chain)-1]}
}

// Self returns the innermost place, zero for the unknown.
func (j Jurisdiction) Self() Place {
	if len(j.Chain) == 0 {
		return Place{}
	}
	return j.Chain[len(j.Chain)-1]
}

// Event is one article, with what it says of dates, people, organs and places.
type Event struct {
	// Title is the printed title, or the first clause without the date, at most 30 code points.
	Title        string
	PrintedTitle string
	// TOCTitle is the title in the contents where it differs, else "".
	TOCTitle string
	Heading  string
	Kind     graph.EventKind
	Section  string
	Page     int
	// Line is the 1-based line of the file that the article begins on.
	Line int
	// Place is the 1-based place of an imported event in its issue, 0 for unknown; that of others is theirs in Document.Events.
	Place int
	// Body is the text: paragraphs separated by one line feed, page breaks healed.
	Body string
	// Summary is the first sentence of the body without its date.
	Summary string
	Date    graph.EventDate
	// DateRule names the rule that dated the event (the file and the form in package dates), "" for an undated one.
	DateRule    string
	OtherDates  []DateMention
	Officials   []Official
	Departments []Department
	Locations   []Location
	Documents   []CitedDocument
	Figures     []Figure
}

// DateMention is a date that the text mentions beside the event's own, with the name of the rule that read it.
type DateMention struct {
	graph.DateMention
	Rule string
}

// CitedDocument is a text that the article cites, with the name of the rule that took it for one.
type CitedDocument struct {
	graph.CitedDocument
	Rule string
}

// Figure is a quantity that the article gives, with the name of the rule that read it.
type Figure struct {
	graph.Figure
	Rule string
}

// Official is one person of one article.
type Official struct {
	// Name is without the spaces that pad it in print.
	Name string
	// Title is the posts as written, organ included; "" where the article gives none.
	Title string
	Posts []Post
	// Organ is the organ of the post of most substance, nil where none is told.
	Organ *Organ
	// Roles are in the contract's order, never empty.
	Roles    []graph.OfficialRole
	Evidence []graph.Evidence
	// Region is the jurisdiction that a bare name belongs to: the document's, which unknown stands for too, or where RegionStated
	// holds the official's own.
	Region       Jurisdiction
	RegionStated bool
	// Apart marks one of several people of this name in the article.
	Apart bool
	// Rule names the rule that found the name: behind-title, listed, known-name, appointment …
	Rule string
}

// Post is one post as written. See graph.Post for Title, Text, Attests, Rank and Single.
type Post struct {
	Title   string
	Organ   *Organ
	Text    string
	Attests graph.AttestationKind
	Rank    int
	Single  bool
	// From and To are bounds of the term that the text itself states beside the post (6月任, 至5月); zero where it states none.
	From, To edtf.Date
	// Membership marks what makes no one known (代表 委员 成员 会员): no atom where an office is given.
	Membership bool
}

// Organ is a department as a document means it.
type Organ struct {
	// Name is canonical: 中共郑州市中原区委员会宣传部.
	Name string
	Type graph.DepartmentKind
	// Region is whose organ it is; unknown for companies and others without a jurisdiction.
	Region Jurisdiction
	// Parent is the organ it belongs to by name and law, nil for none.
	Parent *Organ
	// Plates are canonical names of the same organ: two plates, one body.
	Plates []string
	// Successors and Predecessors are canonical names in the same jurisdiction.
	Successors, Predecessors []string
}

// Department is one organ named by one article.
type Department struct {
	Organ
	// Text is the first surface as written.
	Text string
	// Surfaces are the forms in the article that mean this organ wherever they stand in a document of this jurisdiction.
	Surfaces []string
	Role     graph.DepartmentRole
	Evidence []graph.Evidence
	// Rule names the rule that found the organ and gave it its canonical name.
	Rule string
}

// Location is one place named by one article.
type Location struct {
	Place
	// Above is the chain of the places around it, outermost first.
	Above Jurisdiction
	// Text is the first surface as written.
	Text string
	// Surfaces are the forms that mean this place wherever they stand in a document of this jurisdiction.
	Surfaces []string
	IsPlace  bool
	Evidence []graph.Evidence
	// Successors are division codes.
	Successors []string
	// Rule names the rule that found the place.
	Rule string
}
