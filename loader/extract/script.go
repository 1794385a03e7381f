package extract

import (
	"strings"
	"unicode"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Texts in traditional characters are read in simplified ones, which the tables are written in: one character for one,
// so that every offset stays. What was found is then written as the text has it; canonical names stay simplified.

// simplified returns s with every traditional character as its simplified one, and whether there was any.
func simplified(s string) (string, bool) {
	first := strings.IndexFunc(s, func(r rune) bool { return fold.Simplified(r) != r })
	if first < 0 {
		return s, false
	}
	return s[:first] + strings.Map(fold.Simplified, s[first:]), true
}

// simplify returns the event as it is read: itself, or a copy with simplified texts.
func simplify(e *reading.Event) *reading.Event {
	body, other := simplified(e.Body)
	title, otherTitle := simplified(e.PrintedTitle)
	if !other && !otherTitle {
		return e
	}
	plain := *e
	plain.Body, plain.PrintedTitle = body, title
	return &plain
}

// restore writes what was found in the simplified text of an event as its own text has it.
func restore(e *reading.Event) {
	if simplify(e) == e {
		return
	}
	texts := map[graph.EvidenceField][]rune{graph.FieldBody: []rune(e.Body), graph.FieldTitle: []rune(e.PrintedTitle)}
	for i := range e.Officials {
		o := &e.Officials[i]
		o.Name, o.Title = asWritten(o.Name, o.Evidence, texts), asWritten(o.Title, o.Evidence, texts)
		for k := range o.Posts {
			p := &o.Posts[k]
			p.Text = asWritten(p.Text, o.Evidence, texts)
		}
		rewrite(o.Evidence, texts)
	}
	for i := range e.Departments {
		d := &e.Departments[i]
		d.Text = asWritten(d.Text, d.Evidence, texts)
		rewrite(d.Evidence, texts)
	}
	for i := range e.Locations {
		l := &e.Locations[i]
		l.Text = asWritten(l.Text, l.Evidence, texts)
		rewrite(l.Evidence, texts)
	}
}

func rewrite(evidence []graph.Evidence, texts map[graph.EvidenceField][]rune) {
	for i := range evidence {
		v := &evidence[i]
		v.Text = string(texts[v.Field][v.Start:v.End])
	}
}

// asWritten returns a simplified string as the first evidence that holds it has it, white space apart; the string itself
// where none does.
func asWritten(s string, evidence []graph.Evidence, texts map[graph.EvidenceField][]rune) string {
	want := []rune(s)
	if len(want) == 0 {
		return s
	}
	for _, v := range evidence {
		var found, own []rune // without white space
		for i, r := range []rune(v.Text) {
			if !unicode.IsSpace(r) {
				found, own = append(found, r), append(own, texts[v.Field][v.Start+i])
			}
		}
		for i := 0; i+len(want) <= len(found); i++ {
			if string(found[i:i+len(want)]) == s {
				return string(own[i : i+len(want)])
			}
		}
	}
	return s
}
