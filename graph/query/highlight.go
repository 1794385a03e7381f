package query

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/graph"
)

// The sizes of a passage, in code points.
const (
	// hitsSpan is how far apart the first hit of a passage begins and the last one ends, at most; a longer hit stands alone.
	hitsSpan = 60
	// margin is the most that a passage shows before its first hit, and behind its last.
	margin = 30
	// wholeText is the length up to which a text is one passage and is not cut.
	wholeText = hitsSpan + margin
)

// SearchPassages is how many passages an edge of a search has at most.
const SearchPassages = 3

// A Highlight is a passage of an event's title or body. Start, End and the hits count code points of that field as it
// stands, unfolded, End exclusive; Text is exactly that span, and so is the text of each hit, which folds to what was
// looked for.
type Highlight struct {
	Field      graph.EvidenceField
	Start, End int
	Text       string
	// Hits are all times that the passage contains the string, in their order and without overlaps; there is one at least.
	Hits []graph.Evidence
}

// HighlightArgs asks for the passages of an event that contain a string.
type HighlightArgs struct {
	// Text is found wherever title or body, folded, contain it folded. What folds to nothing is found nowhere.
	Text string
	// First is how many passages; nil is one, at most MaxFirst.
	First *int
}

// Highlights returns the passages of the event's title and body that contain the text: those of the title first, then
// those with more hits, then the earlier ones. They do not overlap, and together they have every hit. The title of an
// entry without one is its own first clause: it has a passage only where the body has none.
func Highlights(event *graph.Event, body string, a HighlightArgs) ([]Highlight, error) {
	first, err := checkFirst("first", a.First, 1, MaxFirst)
	if err != nil {
		return nil, err
	}
	return highlights(event, body, fold.String(a.Text), first), nil
}

func highlights(event *graph.Event, body, folded string, first int) []Highlight {
	if folded == "" || first == 0 {
		return []Highlight{}
	}
	all := bestFirst(passages(graph.FieldBody, body, folded))
	if event.PrintedTitle != "" || len(all) == 0 {
		all = append(bestFirst(passages(graph.FieldTitle, event.Title, folded)), all...)
	}
	return all[:min(first, len(all))]
}

// bestFirst sorts the passages of one field.
func bestFirst(all []Highlight) []Highlight {
	slices.SortStableFunc(all, func(a, b Highlight) int { return cmp.Compare(len(b.Hits), len(a.Hits)) })
	return all
}

// passages returns those of the text that contain the folded string, in the order of the text.
func passages(field graph.EvidenceField, text, folded string) []Highlight {
	runes := []rune(text)
	hits := hitsIn(field, text, runes, folded)
	all := []Highlight{}
	end := 0 // of the passage before
	for len(hits) > 0 {
		p := Highlight{Field: field, End: len(runes), Hits: hits}
		if len(runes) > wholeText {
			n, next := 1, len(runes)
			for n < len(hits) && hits[n].End-hits[0].Start <= hitsSpan {
				n++
			}
			if n < len(hits) {
				next = hits[n].Start
			}
			p.Start, p.End = passageStart(runes, end, hits[0].Start), passageEnd(runes, hits[n-1].End, next)
			p.Hits = hits[:n:n]
		}
		p.trim(runes)
		p.Text = string(runes[p.Start:p.End])
		all = append(all, p)
		end, hits = p.End, hits[len(p.Hits):]
	}
	return all
}

// hitsIn returns where the text, folded, contains the folded string, without overlaps.
func hitsIn(field graph.EvidenceField, text string, runes []rune, folded string) []graph.Evidence {
	source, index := fold.Map(text)
	length := utf8.RuneCountInString(folded)
	var hits []graph.Evidence
	for at := 0; ; at += length { // code points of source that lie behind
		before, behind, found := strings.Cut(source, folded)
		if !found {
			return hits
		}
		at += utf8.RuneCountInString(before)
		start, end := index[at], index[at+length-1]+1
		hits = append(hits, graph.Evidence{Field: field, Start: start, End: end, Text: string(runes[start:end])})
		source = behind
	}
}

// What ends a sentence, and what ends a part of one. Quotes and brackets that close behind either belong to it.
const (
	sentenceEnds = "。！？；!?;"
	clauseEnds   = "，、：,:"
	closing      = "”’」』）》】〕)"
)

// passageStart returns where a passage begins whose first hit begins at hit, not before from: where a paragraph does that the
// margin reaches, else where the furthest sentence does, else the furthest part of one, else a margin before the hit.
func passageStart(runes []rune, from, hit int) int {
	least := max(from, hit-margin)
	start, rank := least, 0
	for i := hit; i > from && i >= least; i-- {
		if runes[i-1] == '\n' {
			return i
		}
		if r := border(runes, i); r > 0 && r >= rank {
			start, rank = i, r
		}
	}
	if least == from { // nothing lies further off
		return from
	}
	return start
}

// passageEnd returns where a passage ends whose last hit ends at hit, not after to: as passageStart, in the other direction.
func passageEnd(runes []rune, hit, to int) int {
	most := min(to, hit+margin)
	end, rank := most, 0
	for i := hit; i <= most; i++ {
		if i < len(runes) && runes[i] == '\n' {
			return i
		}
		if r := border(runes, i); r > 0 && r >= rank {
			end, rank = i, r
		}
	}
	if most == len(runes) { // nothing lies further off
		return most
	}
	return end
}

// border returns 2 where a sentence ends before the i-th code point, 1 where a part of one does, else 0.
func border(runes []rune, i int) int {
	if i < len(runes) && strings.ContainsRune(closing, runes[i]) {
		return 0
	}
	for i > 0 && strings.ContainsRune(closing, runes[i-1]) {
		i--
	}
	switch {
	case i > 0 && strings.ContainsRune(sentenceEnds, runes[i-1]):
		return 2
	case i > 0 && strings.ContainsRune(clauseEnds, runes[i-1]):
		return 1
	}
	return 0
}

// trim takes white space off both ends; a hit has none at its own.
func (p *Highlight) trim(runes []rune) {
	for unicode.IsSpace(runes[p.Start]) {
		p.Start++
	}
	for unicode.IsSpace(runes[p.End-1]) {
		p.End--
	}
}
