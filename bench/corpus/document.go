package corpus

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Document returns the issue as if it had been read from a text, for package ingest: it links the same atoms as Data.
func (is *Issue) Document() *reading.Document {
	d := &reading.Document{
		File: is.Label() + ".txt",
		Issue: reading.Issue{
			Publication: is.Publication.Title, Label: is.Label(), Number: is.Number, Year: is.Year, Month: is.Month, Published: is.Published,
			Region: jurisdiction(is.Publication.County), Publisher: is.Publication.Publisher, Dialect: "monthly",
		},
	}
	var text strings.Builder
	for i := range is.Events {
		e := is.Events[i].reading()
		d.Events = append(d.Events, e)
		if !slices.Contains(d.Issue.Sections, e.Section) {
			d.Issue.Sections = append(d.Issue.Sections, e.Section)
		}
		text.WriteString(e.Title + "\n" + e.Body + "\n")
	}
	d.Text = text.String()
	return d
}

func (e *Event) reading() reading.Event {
	out := reading.Event{
		Title: e.Title, PrintedTitle: e.Title, Kind: graph.EventKindEvent, Section: e.Section, Page: e.Page, Body: e.Body, Summary: e.Title + "。", Date: e.Date,
	}
	for i := range e.Officials {
		o := &e.Officials[i]
		organ := readOrgan(o.Organ)
		post := reading.Post{Title: o.Post.Title, Organ: organ, Text: o.Post.Text, Attests: o.Post.Attests, Rank: o.Post.Rank, Single: o.Post.Single}
		out.Officials = append(out.Officials, reading.Official{
			Name: o.Name, Title: o.Post.Text, Posts: []reading.Post{post}, Organ: organ, Roles: o.Roles, Evidence: []graph.Evidence{o.Evidence}, Region: organ.Region,
		})
	}
	for i := range e.Departments {
		d := &e.Departments[i]
		out.Departments = append(out.Departments, reading.Department{
			Organ: *readOrgan(d.Organ), Text: d.Text, Surfaces: []string{d.Text}, Role: d.Role, Evidence: []graph.Evidence{d.Evidence},
		})
	}
	for i := range e.Locations {
		l := &e.Locations[i]
		read := reading.Location{
			Place: reading.Place{Name: l.Name, Type: l.Kind, Code: l.Code}, Text: l.Name, Surfaces: []string{l.Name}, IsPlace: l.IsPlace, Evidence: []graph.Evidence{l.Evidence},
		}
		if l.Above != nil {
			read.Above = jurisdiction(l.Above)
		}
		out.Locations = append(out.Locations, read)
	}
	return out
}

func readOrgan(o *Organ) *reading.Organ {
	return &reading.Organ{Name: o.Name, Type: o.Kind, Region: jurisdiction(o.Region)}
}

// jurisdiction returns the chain from the province down to the place.
func jurisdiction(p *Place) reading.Jurisdiction {
	var chain []reading.Place
	for ; p != nil; p = p.Above {
		chain = append(chain, reading.Place{Name: p.Name, Type: p.Kind, Code: p.Code})
	}
	slices.Reverse(chain)
	return reading.Jurisdiction{Chain: chain}
}
