package graph

import "fangzhi/edtf"

// Event is an article of a chronicle, or one entry of a 大事记, without its body: all that a list shows.
// The body is kept apart (Reader.Bodies), so that a page of events never reads its texts.
type Event struct {
	ID ID `cbor:"1,keyasint"`
	// Title is the printed title, or for an entry without one its first clause without the date, at most 30 code points.
	Title string `cbor:"2,keyasint"`
	// PrintedTitle is the title as loaded; TITLE evidence counts in it. "" for an entry without a title.
	PrintedTitle string `cbor:"3,keyasint,omitempty"`
	// Heading holds the headings above the entry that date it, one a line; HEADING evidence counts in it. "" for none.
	Heading string `cbor:"4,keyasint,omitempty"`
	// Summary is the one-sentence entry without the date that a yearly 大事记 prints.
	Summary string    `cbor:"5,keyasint,omitempty"`
	Kind    EventKind `cbor:"6,keyasint"`
	Date    EventDate `cbor:"7,keyasint"`
	// Section is the column (栏目) that the article stands in, "" for none.
	Section string `cbor:"8,keyasint,omitempty"`
	// Page is the printed page, 0 for none.
	Page int `cbor:"9,keyasint,omitempty"`
	// Citation is how a note cites it: 《中原区大事月报》2021年1月（总第100期），第5页.
	Citation      string `cbor:"10,keyasint"`
	IssueID       ID     `cbor:"11,keyasint"`
	PublicationID ID     `cbor:"12,keyasint"`
	// IssueOrder sorts the event after those of other publications and earlier issues; see SortKey.
	IssueOrder string `cbor:"13,keyasint"`
	// Place is the 1-based place of the article in its issue, 0 for unknown.
	Place       int               `cbor:"14,keyasint"`
	Officials   []EventOfficial   `cbor:"15,keyasint,omitempty"`
	Departments []EventDepartment `cbor:"16,keyasint,omitempty"`
	Locations   []EventLocation   `cbor:"17,keyasint,omitempty"`
	// OtherDates are those that the text mentions beside the event's own.
	OtherDates []DateMention `cbor:"18,keyasint,omitempty"`
	// Documents are the texts that the article cites.
	Documents []CitedDocument `cbor:"19,keyasint,omitempty"`
	// Figures are the quantities that the article gives, a value and its unit once.
	Figures []Figure `cbor:"20,keyasint,omitempty"`
}

// Head returns what lists show of an event: its id, title, printed title and kind, its date with basis and confidence, its column, and
// where it stands. The rest is zero; the key by which it is sorted is the same.
func (e *Event) Head() *Event {
	return &Event{
		ID: e.ID, Title: e.Title, PrintedTitle: e.PrintedTitle, Kind: e.Kind,
		Date:    EventDate{EDTF: e.Date.EDTF, Basis: e.Date.Basis, Confidence: e.Date.Confidence},
		Section: e.Section, IssueID: e.IssueID, PublicationID: e.PublicationID, IssueOrder: e.IssueOrder, Place: e.Place,
	}
}

// Titled returns what the barest lists show of an event: its id, title and printed title, and its date without basis and confidence. The
// rest is zero, and so it has no key.
func (e *Event) Titled() *Event {
	return &Event{ID: e.ID, Title: e.Title, PrintedTitle: e.PrintedTitle, Date: EventDate{EDTF: e.Date.EDTF}}
}

// Detail is how much of the events of a page is asked for: the less, the less an engine has to look up.
type Detail uint8

// What can be asked for, the most first.
const (
	Whole  Detail = iota
	Heads         // Event.Head
	Titles        // Event.Titled
)

// EventDate says when an event was, how that is known, and where the text says it.
type EventDate struct {
	// EDTF is the zero Date (XXXX) where the text says nothing: no coverage month stands in for a date.
	EDTF edtf.Date `cbor:"1,keyasint"`
	// Text is the date as written, "" where none is.
	Text  string    `cbor:"2,keyasint,omitempty"`
	Basis DateBasis `cbor:"3,keyasint"`
	// Reason is one Chinese line that a person can check: the rule, and what it was inferred from.
	Reason string `cbor:"4,keyasint,omitempty"`
	// Confidence is from 0 to 1.
	Confidence float64    `cbor:"5,keyasint"`
	Evidence   []Evidence `cbor:"6,keyasint,omitempty"`
}

// Start returns the first day that the date covers; none where it is unknown or open on that side.
func (d EventDate) Start() edtf.Day { return d.EDTF.Start() }

// End returns the last day that the date covers; none where it is unknown or open on that side.
func (d EventDate) End() edtf.Day { return d.EDTF.End() }

// Precision says how much the date leaves open.
func (d EventDate) Precision() edtf.Precision { return d.EDTF.Precision() }

// Dated tells whether anything is known of the date: at least one of its bounds.
func (d EventDate) Dated() bool { return d.Start() != 0 || d.End() != 0 }

// DateBasis says how a date was had.
type DateBasis string

// The bases of a date, as the contract defines them.
const (
	BasisExplicit     DateBasis = "EXPLICIT"
	BasisYearInferred DateBasis = "YEAR_INFERRED"
	BasisRelative     DateBasis = "RELATIVE"
	BasisConverted    DateBasis = "CONVERTED"
	BasisEdited       DateBasis = "EDITED"
	BasisNone         DateBasis = "NONE"
)

// DateBases lists the bases in the contract's order.
var DateBases = []DateBasis{BasisExplicit, BasisYearInferred, BasisRelative, BasisConverted, BasisEdited, BasisNone}

// DateMention is a date that the text mentions beside the event's own.
type DateMention struct {
	EDTF     edtf.Date  `cbor:"1,keyasint"`
	Basis    DateBasis  `cbor:"2,keyasint"`
	Text     string     `cbor:"3,keyasint"`
	Evidence []Evidence `cbor:"4,keyasint,omitempty"`
}

// Start returns the first day that the date covers, or none.
func (d DateMention) Start() edtf.Day { return d.EDTF.Start() }

// End returns the last day that the date covers, or none.
func (d DateMention) End() edtf.Day { return d.EDTF.End() }
