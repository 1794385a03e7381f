package loader

import (
	"strings"
	"unicode/utf8"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/dates"
	"fangzhi/loader/layout"
	"fangzhi/loader/reading"
)

// dating is one run of findDates.
type dating struct {
	articles []layout.Article
	at       dates.Context
	blocks   *reading.Blocks
	// texts are the articles as dates read them; nil for a long document, whose are read each time they are asked for.
	texts []*dates.Text
	// first are the dates that the first turn has found, open what would be dated again if Coverage were known.
	first []edtf.Date
	open  []bool
	// warnings are what is doubtful, by article.
	warnings map[int][]dates.Warning
}

// findDates returns the articles as events with dates and with titles: the first clause where none is printed. It goes over them
// twice: the second time it is known which month most of them are about, for those that asked.
func findDates(is *layout.Issue, d *reading.Document) (*reading.Blocks, []graph.IngestWarning) {
	n, bytes := len(is.Articles), 0
	for i := range is.Articles {
		bytes += len(is.Articles[i].Body)
	}
	r := dating{
		articles: is.Articles, blocks: reading.NewBlocks(n, bytes), first: make([]edtf.Date, n), open: make([]bool, n), warnings: map[int][]dates.Warning{},
		at: dates.Context{
			Issued: d.Issue.Published, Year: d.Issue.Year, Month: max(d.Issue.Month, d.Issue.MonthTo), ContentYear: is.ContentYear, Votes: map[int]int{}, Headings: &dates.Headings{},
		},
	}
	if !r.blocks.Packed() {
		r.texts = make([]*dates.Text, n)
	}
	r.inChunks(func(_ int, texts []*dates.Text) {
		for _, t := range texts {
			t.Vote(r.at.Votes)
		}
	})
	r.inChunks(r.findFirst)
	r.at.Coverage, r.at.Previous = dates.Coverage(r.first), edtf.Unknown
	r.findAgain()
	var warnings []graph.IngestWarning
	for i := range r.articles {
		for _, w := range r.warnings[i] {
			warnings = append(warnings, graph.IngestWarning{Line: lineOf(&r.articles[i], w.Offset), Code: w.Code, Message: w.Message})
		}
	}
	return r.blocks, warnings
}

// inChunks calls do for the texts of the articles from one on, chunk by chunk.
func (r *dating) inChunks(do func(from int, texts []*dates.Text)) {
	inChunks(r.blocks.Len(), func(from, to int) bool {
		from, to = from*reading.BlockSize, min(to*reading.BlockSize, len(r.articles))
		texts := make([]*dates.Text, to-from)
		each(len(texts), func(i int) { texts[i] = r.text(from + i) })
		do(from, texts)
		return true
	})
}

// text reads article i, once if the document is short.
func (r *dating) text(i int) *dates.Text {
	if r.texts == nil {
		return dates.Read(r.articles[i].Body)
	}
	if r.texts[i] == nil {
		r.texts[i] = dates.Read(r.articles[i].Body)
	}
	return r.texts[i]
}

// find dates article i, which follows on the one that was dated before.
func (r *dating) find(i int, t *dates.Text) dates.Found {
	a := &r.articles[i]
	r.at.Heading, r.at.Carried = a.Heading, a.Carried
	f := t.Find(r.at)
	r.at.Previous = f.Event.EDTF
	if r.warnings[i] = f.Warnings; len(f.Warnings) == 0 {
		delete(r.warnings, i)
	}
	return f
}

// findFirst dates articles for the first time, and puts them in the blocks.
func (r *dating) findFirst(from int, texts []*dates.Text) {
	found := make([]dates.Found, len(texts))
	for i, t := range texts {
		found[i] = r.find(from+i, t)
		r.first[from+i], r.open[from+i] = r.at.Previous, found[i].Open
	}
	each((len(texts)+reading.BlockSize-1)/reading.BlockSize, func(k int) {
		begin := k * reading.BlockSize
		block := found[begin:min(begin+reading.BlockSize, len(found))]
		events := make([]reading.Event, len(block))
		for i := range block {
			events[i] = newEvent(&r.articles[from+begin+i])
			setDate(&events[i], &block[i])
		}
		r.blocks.Put((from+begin)/reading.BlockSize, events)
	})
}

// findAgain dates those articles again that asked for Coverage, or that follow on one whose date is another now.
func (r *dating) findAgain() {
	before := edtf.Unknown // of the first turn
	for k := range r.blocks.Len() {
		var events []reading.Event // once they are asked for
		begin := k * reading.BlockSize
		for i := begin; i < min(begin+reading.BlockSize, len(r.articles)); i++ {
			if r.open[i] || r.at.Previous != before {
				if events == nil {
					events = r.blocks.Block(k)
				}
				f := r.find(i, r.text(i))
				setDate(&events[i-begin], &f)
			} else {
				r.at.Previous = r.first[i]
			}
			before = r.first[i]
		}
		if events != nil {
			r.blocks.Put(k, events)
		}
	}
}

// setDate gives an event its dates, and a summary and a title, which leave them out.
func setDate(e *reading.Event, f *dates.Found) {
	e.Date, e.DateRule, e.OtherDates = f.Event, f.Rule, f.Others
	e.Summary = summary(e.Body, &e.Date)
	if e.Title = e.PrintedTitle; e.Title == "" {
		e.Title = firstClause(e.Summary)
	}
}

// lineOf returns the line of the file that the paragraph with the code point at offset begins on.
func lineOf(a *layout.Article, offset int) int {
	n := 0
	for i, paragraph := range strings.Split(a.Body, "\n") {
		n += utf8.RuneCountInString(paragraph) + 1
		if offset < n {
			return a.BodyLines[i]
		}
	}
	return a.Line
}
