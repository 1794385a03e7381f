package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"fangzhi/loader/reading"
)

// ErrNoDocument is returned for JSON that holds no document with a list of events.
var ErrNoDocument = errors.New("no document with a list of events")

// Gold is the annotation of one issue.
type Gold struct{ document Document }

// Document is one document in the form that `fangzhi parse` prints, with an annotation's further keys if it has any.
type Document struct {
	issue  issue
	events []event
}

// ReadGold reads an annotation: one document as JSON, alone or as the only one of an array. A byte order mark is skipped.
func ReadGold(b []byte) (*Gold, error) {
	documents, err := ReadDocuments(b)
	if err != nil {
		return nil, fmt.Errorf("gold: %w", err)
	}
	if len(documents) > 1 {
		return nil, fmt.Errorf("gold: %d documents, want one", len(documents))
	}
	return &Gold{documents[0]}, nil
}

// ReadDocuments reads what `fangzhi parse` printed: one document, several one a line, or an array of them. Values
// without a list of events are passed over; when no other is left the error is ErrNoDocument.
func ReadDocuments(b []byte) ([]Document, error) {
	var documents []Document
	values := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	for {
		var value json.RawMessage
		if err := values.Decode(&value); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		list := []json.RawMessage{value}
		if value[0] == '[' {
			if err := json.Unmarshal(value, &list); err != nil {
				return nil, err
			}
		}
		for _, one := range list {
			d, ok, err := decode(one)
			if err != nil {
				return nil, err
			}
			if ok {
				documents = append(documents, d)
			}
		}
	}
	if documents == nil {
		return nil, ErrNoDocument
	}
	return documents, nil
}

// NewDocument takes a reading as it is printed, and the lines of its articles, which are not.
func NewDocument(r *reading.Document) (Document, error) {
	printed, err := json.Marshal(r)
	if err != nil {
		return Document{}, fmt.Errorf("print the reading: %w", err)
	}
	d, _, err := decode(printed)
	if err != nil {
		return Document{}, fmt.Errorf("take the reading: %w", err)
	}
	for i := range d.events {
		d.events[i].line = r.Events[i].Line
	}
	return d, nil
}

// decode reads one document; false where it has no list of events.
func decode(value json.RawMessage) (d Document, ok bool, err error) {
	if len(value) == 0 || value[0] != '{' {
		return d, false, nil
	}
	var printed struct {
		Issue  issue
		Events []event
	}
	err = json.Unmarshal(value, &printed)
	return Document{printed.Issue, printed.Events}, printed.Events != nil, err
}

// In what follows null, "" and 0 are one: none. The keys with _alt and _optional are an annotation's.

// issue is what is compared of an issue.
type issue struct {
	Publication, Number, Year, Month, Published, Publisher scalar
}

type event struct {
	Title, PrintedTitle, TOCTitle, Heading, Section, Body string
	Page                                                  int

	Date         ownDate
	DateAlt      []string `json:"date_alt"` // EDTF
	PrecisionAlt []string `json:"precision_alt"`
	BasisAlt     []string `json:"basis_alt"`

	OtherDates          []otherDate
	OtherDatesOptional  []otherDate `json:"otherDates_optional"`
	Officials           []official
	OfficialsOptional   []official `json:"officials_optional"`
	Departments         []entity
	DepartmentsOptional []entity `json:"departments_optional"`
	Locations           []entity
	LocationsOptional   []entity `json:"locations_optional"`
	Documents           []citation
	DocumentsOptional   []citation `json:"documents_optional"`
	Figures             []quantity
	FiguresOptional     []quantity `json:"figures_optional"`

	line int // 1-based, of the file that was read; 0 where nobody told
}

// ownDate is the date of an event.
type ownDate struct {
	EDTF, Start, End, Precision, Basis, Text string
	Evidence                                 []evidence
}

// otherDate is a date that an event's text names besides.
type otherDate struct {
	EDTF, Text string
	EDTFAlt    []string `json:"edtf_alt"`
	Evidence   []evidence
}

type official struct {
	Name, Title, Department, Role string
	TitleAlt                      []string `json:"title_alt"`
	DepartmentAlt                 []string `json:"department_alt"`
	RoleAlt                       []string `json:"role_alt"`
	Evidence                      []evidence
}

// entity is a department or a location.
type entity struct {
	Name, Text, Type, Role string
	Code                   scalar
	IsPlace                bool
	Alt, Texts             []string
	TypeAlt                []string `json:"type_alt"`
	RoleAlt                []string `json:"role_alt"`
	IsPlaceAlt             []bool   `json:"isPlace_alt"`
	Evidence               []evidence
}

// citation is a document that an event's text cites.
type citation struct {
	Title, Number string
	TitleAlt      []string `json:"title_alt"`
	Evidence      []evidence
}

// quantity is a figure that an event's text gives.
type quantity struct {
	Value      scalar
	Unit, Text string
	UnitAlt    []string `json:"unit_alt"`
	Evidence   []evidence
}

// evidence is a span of a field in code points, end exclusive. Start and End are nil where they are not given.
type evidence struct {
	Field      string
	Start, End *int
	Text       string
}

// scalar is a JSON string or number as text: a number is compared as it is written.
type scalar string

// UnmarshalJSON takes null as none.
func (s *scalar) UnmarshalJSON(b []byte) error {
	switch {
	case string(b) == "null":
		return nil
	case b[0] == '"':
		return json.Unmarshal(b, (*string)(s))
	case b[0] == '{', b[0] == '[':
		return fmt.Errorf("%.20s: want a string or a number", b)
	}
	*s = scalar(b)
	return nil
}
