package corpus

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"fangzhi/graph"
)

// Write writes all events in the interchange form, an event a line.
func (c *Corpus) Write(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<20)
	var line []byte
	for is := range c.Issues() {
		for i := range is.Events {
			line = appendEvent(line[:0], is, &is.Events[i])
			if _, err := out.Write(line); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// appendEvent appends the line of an event. Nothing in a corpus needs escaping but the line feeds of bodies.
func appendEvent(b []byte, is *Issue, e *Event) []byte {
	p := is.Publication
	b = appendText(append(b, '{'), "publication", p.Title)
	b = appendText(append(b, ','), "publisher", p.Publisher)
	b = appendText(append(b, ','), "region", p.County.Code)
	b = appendNumber(append(b, `,"issue":{`...), "number", is.Number)
	b = appendNumber(append(b, ','), "year", is.Year)
	b = appendNumber(append(b, ','), "month", is.Month)
	b = appendText(append(b, ','), "published", is.Published.String())
	b = appendText(append(b, "},"...), "section", e.Section)
	b = appendNumber(append(b, ','), "page", e.Page)
	b = appendText(append(b, ','), "title", e.Title)
	b = appendText(append(b, ','), "printedTitle", e.Title)
	b = appendText(append(b, ','), "kind", string(graph.EventKindEvent))
	b = appendText(append(b, ','), "body", strings.ReplaceAll(e.Body, "\n", `\n`))
	b = appendDate(append(b, `,"date":`...), &e.Date)
	b = append(b, `,"officials":[`...)
	for i := range e.Officials {
		b = appendOfficial(separate(b, i), &e.Officials[i])
	}
	b = append(b, `],"departments":[`...)
	for i := range e.Departments {
		b = appendDepartment(separate(b, i), &e.Departments[i])
	}
	b = append(b, `],"locations":[`...)
	for i := range e.Locations {
		b = appendLocation(separate(b, i), &e.Locations[i])
	}
	return append(b, "]}\n"...)
}

func separate(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ',')
	}
	return b
}

func appendText(b []byte, name, value string) []byte {
	b = append(b, '"')
	b = append(b, name...)
	b = append(b, `":"`...)
	b = append(b, value...)
	return append(b, '"')
}

func appendNumber(b []byte, name string, value int) []byte {
	b = append(b, '"')
	b = append(b, name...)
	b = append(b, `":`...)
	return strconv.AppendInt(b, int64(value), 10)
}

func appendDate(b []byte, d *graph.EventDate) []byte {
	b = appendText(append(b, '{'), "edtf", d.EDTF.String())
	b = appendText(append(b, ','), "start", d.Start().String())
	b = appendText(append(b, ','), "end", d.End().String())
	b = appendText(append(b, ','), "precision", string(d.Precision()))
	b = appendText(append(b, ','), "text", d.Text)
	b = appendText(append(b, ','), "basis", string(d.Basis))
	b = append(b, `,"confidence":`...)
	b = strconv.AppendFloat(b, d.Confidence, 'g', -1, 64)
	return append(appendEvidence(append(b, ','), &d.Evidence[0]), '}')
}

func appendEvidence(b []byte, v *graph.Evidence) []byte {
	b = appendText(append(b, `"evidence":[{`...), "field", string(v.Field))
	b = appendNumber(append(b, ','), "start", v.Start)
	b = appendNumber(append(b, ','), "end", v.End)
	b = appendText(append(b, ','), "text", v.Text)
	return append(b, "}]"...)
}

func appendOfficial(b []byte, o *EventOfficial) []byte {
	b = appendText(append(b, '{'), "name", o.Name)
	b = appendText(append(b, ','), "title", o.Post.Text)
	b = appendText(append(b, `,"posts":[{`...), "title", o.Post.Title)
	b = appendText(append(b, ','), "department", o.Organ.Name)
	b = appendText(append(b, ','), "text", o.Post.Text)
	b = appendText(append(b, "}],"...), "department", o.Organ.Name)
	b = appendText(append(b, ','), "role", string(o.Roles[0]))
	b = append(b, `,"roles":[`...)
	for i, role := range o.Roles {
		b = append(append(append(separate(b, i), '"'), role...), '"')
	}
	b = appendText(append(b, "],"...), "code", o.Organ.Region.Code)
	return append(appendEvidence(append(b, ','), &o.Evidence), '}')
}

func appendDepartment(b []byte, d *EventDepartment) []byte {
	b = appendText(append(b, '{'), "name", d.Name)
	b = appendText(append(b, ','), "text", d.Text)
	b = appendText(append(b, ','), "type", string(d.Kind))
	b = appendText(append(b, ','), "role", string(d.Role))
	b = appendText(append(b, ','), "code", d.Region.Code)
	return append(appendEvidence(append(b, ','), &d.Evidence), '}')
}

func appendLocation(b []byte, l *EventLocation) []byte {
	b = appendText(append(b, '{'), "name", l.Name)
	b = appendText(append(b, ','), "text", l.Name)
	b = appendText(append(b, ','), "type", string(l.Kind))
	b = appendText(append(b, ','), "code", l.Code)
	b = append(b, `,"isPlace":`...)
	b = strconv.AppendBool(b, l.IsPlace)
	return append(appendEvidence(append(b, ','), &l.Evidence), '}')
}
