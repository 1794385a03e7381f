package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Figure is one measured quantity. A counting figure has Right, False and Missed, an accuracy Good and Total.
type Figure struct {
	Name     string
	Counting bool
	// Right were found and are in the gold, False were found and are not, Missed are in the gold and were not found.
	Right, False, Missed int
	// Good is how many of Total were right; a body counts by how alike it is.
	Good  float64
	Total int
}

// order is every figure, in the order in which it is printed.
var order = Figures{
	{Name: "issue"}, {Name: "events", Counting: true},
	{Name: "title"}, {Name: "body"}, {Name: "section"}, {Name: "page"},
	{Name: "dates"}, {Name: "date_start"}, {Name: "date_end"}, {Name: "date_precision"}, {Name: "date_basis"},
	{Name: "other_dates", Counting: true},
	{Name: "officials_name", Counting: true}, {Name: "officials_name_title", Counting: true}, {Name: "officials_name_department", Counting: true},
	{Name: "officials_role"}, {Name: "officials_presence"},
	{Name: "departments_name", Counting: true}, {Name: "departments_surface", Counting: true},
	{Name: "departments_type"}, {Name: "departments_role"},
	{Name: "locations_name", Counting: true}, {Name: "locations_surface", Counting: true},
	{Name: "locations_type"}, {Name: "locations_code"}, {Name: "locations_is_place"},
	{Name: "documents", Counting: true}, {Name: "documents_number"},
	{Name: "figures", Counting: true},
	{Name: "evidence"}, {Name: "evidence_given"},
}

// Names returns the name of every figure, in the order of a Result.
func Names() []string {
	names := make([]string, len(order))
	for i, f := range order {
		names[i] = f.Name
	}
	return names
}

// Precision returns how much of what was found is right, false where nothing was found. An accuracy is its own
// precision and recall.
func (f Figure) Precision() (float64, bool) {
	if !f.Counting {
		return f.Value()
	}
	return share(float64(f.Right), f.Right+f.False)
}

// Recall returns how much of the gold was found, false where there was nothing to find.
func (f Figure) Recall() (float64, bool) {
	if !f.Counting {
		return f.Value()
	}
	return share(float64(f.Right), f.Right+f.Missed)
}

// Value returns F1 of a counting figure, the harmonic mean of precision and recall, or the accuracy; false where there
// was nothing to measure.
func (f Figure) Value() (float64, bool) {
	if !f.Counting {
		return share(f.Good, f.Total)
	}
	return share(float64(2*f.Right), 2*f.Right+f.False+f.Missed)
}

func share(part float64, whole int) (float64, bool) {
	if whole == 0 {
		return 0, false
	}
	return part / float64(whole), true
}

// aspects are what can be asked of a figure behind a point; "" is its Value.
var aspects = map[string]func(Figure) (float64, bool){
	"": Figure.Value, "f1": Figure.Value, "precision": Figure.Precision, "recall": Figure.Recall,
}

// Value returns the figure of that name, of a counting one its F1; dates.precision, dates.recall and dates.f1 are also
// understood. It returns false for a name that is none of Names and where there was nothing to measure.
func (r Result) Value(name string) (float64, bool) {
	name, aspect, _ := strings.Cut(name, ".")
	i := slices.IndexFunc(r.Figures, func(f Figure) bool { return f.Name == name })
	of := aspects[aspect]
	if i < 0 || of == nil {
		return 0, false
	}
	return of(r.Figures[i])
}

// Table prints the figures as text, one a line. "n/a" stands where there was nothing to measure.
func (r Result) Table() string {
	var b strings.Builder
	row := func(cells ...any) { fmt.Fprintf(&b, "%-27s %9s %9s %9s   %s\n", cells...) }
	row("figure", "precision", "recall", "F1 / acc", "counts")
	for _, f := range r.Figures {
		switch {
		case f.Counting:
			row(f.Name, printed(f.Precision()), printed(f.Recall()), printed(f.Value()),
				fmt.Sprintf("%d right, %d false, %d missed", f.Right, f.False, f.Missed))
		case f.Name == "body":
			row(f.Name, "", "", printed(f.Value()), fmt.Sprintf("%.2f of %d", f.Good, f.Total))
		default:
			row(f.Name, "", "", printed(f.Value()), fmt.Sprintf("%.0f of %d", f.Good, f.Total))
		}
	}
	return b.String()
}

func printed(v float64, ok bool) string {
	if !ok {
		return "n/a"
	}
	return fmt.Sprintf("%.4f", v)
}

// Figures are a result's figures in the order of Names.
type Figures []Figure

// MarshalJSON prints an object with a member for each figure. A counting figure is {"precision", "recall", "f1", "tp",
// "fp", "fn"}, an accuracy {"value", "good", "total"}; null stands where there was nothing to measure.
func (l Figures) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range l {
		text, err := json.Marshal(f)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:%s", f.Name, text)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// MarshalJSON prints the figure without its name. See Figures.MarshalJSON.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.Counting {
		return json.Marshal(struct {
			Value *float64 `json:"value"`
			Good  float64  `json:"good"`
			Total int      `json:"total"`
		}{pointer(f.Value()), f.Good, f.Total})
	}
	return json.Marshal(struct {
		Precision *float64 `json:"precision"`
		Recall    *float64 `json:"recall"`
		F1        *float64 `json:"f1"`
		Right     int      `json:"tp"`
		False     int      `json:"fp"`
		Missed    int      `json:"fn"`
	}{pointer(f.Precision()), pointer(f.Recall()), pointer(f.Value()), f.Right, f.False, f.Missed})
}

func pointer(v float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &v
}
