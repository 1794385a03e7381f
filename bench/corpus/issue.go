package corpus

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
)

// Issue is one monthly number of a publication.
type Issue struct {
	Publication         *Publication
	Number, Year, Month int
	Published           edtf.Day
	Events              []Event
}

// Label is the issue's as it would be printed.
func (is *Issue) Label() string {
	return fmt.Sprintf("%d年%d月（总第%d期）", is.Year, is.Month, is.Number)
}

// Key is what ID is hashed from.
func (is *Issue) Key() string {
	return fmt.Sprintf("%s|%04d-%02d", is.Publication.Key, is.Year, is.Month)
}

// ID returns the id that the issue has in a graph.
func (is *Issue) ID() graph.ID { return graph.NewID(graph.PrefixIssue, is.Key()) }

// cell is a month of a publication: how many events it has, and the number in its year of the first of them.
type cell struct{ events, serial int }

const (
	growth    = 0.035 // a year has e^0.035 times the events of the year before
	burst     = 4     // times more events in one month of
	burstEach = 40
)

// newCells spreads the events over the months of all publications.
func newCells(events, publications int, r *rand.Rand) []cell {
	weights := make([]float64, publications*months)
	total := 0.0
	for i := range weights {
		weights[i] = math.Exp(growth * float64(i%months/12))
		if r.IntN(burstEach) == 0 {
			weights[i] *= burst
		}
		total += weights[i]
	}
	cells := make([]cell, len(weights))
	var serials [years]int
	sum, given := 0.0, 0
	for i, w := range weights {
		sum += w
		n := int(math.Round(sum / total * float64(events)))
		year := i % months / 12
		cells[i] = cell{n - given, serials[year] + 1}
		serials[year] += n - given
		given = n
	}
	return cells
}

// lateShare of the issues are written at the end.
const lateShare = 0.1

func writingOrder(cells []cell, r *rand.Rand) []int {
	var order, late []int
	for i, c := range cells {
		switch {
		case c.events == 0:
		case r.Float64() < lateShare:
			late = append(late, i)
		default:
			order = append(order, i)
		}
	}
	r.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
	return append(order, late...)
}

// issue makes the issue of a cell.
func (c *Corpus) issue(at int) *Issue {
	return c.newIssue(c.Publications[at/months], at%months, c.cells[at], rng(c.seed, "issue", at))
}

// Extra returns an issue of so many events that is not of the corpus, a different one for each number from 0: a month behind
// the last year, of the publications in turns.
func (c *Corpus) Extra(number, events int) *Issue {
	p := c.Publications[number%len(c.Publications)]
	month := months + number/len(c.Publications)
	return c.newIssue(p, month, cell{events, number*events + 1}, rng(c.seed, "extra", number))
}

// newIssue makes an issue of the month, which counts from that of FirstYear.
func (c *Corpus) newIssue(p *Publication, month int, of cell, r *rand.Rand) *Issue {
	is := &Issue{Publication: p, Number: month + 1, Year: FirstYear + month/12, Month: month%12 + 1}
	days := edtf.DaysIn(is.Year, is.Month)
	last, _ := edtf.NewDay(is.Year, is.Month, days)
	is.Published = last + 5
	w := newWriter(c.words, is, 1+r.IntN(days), r)
	key := is.Key()
	is.Events = make([]Event, of.events)
	for i := range is.Events {
		e := w.event(of.serial + i)
		e.ID = graph.NewID(graph.PrefixEvent, key, fold.String(e.Section)+"\x01"+fold.String(e.Title), "1")
		is.Events[i] = e
	}
	slices.SortFunc(is.Events, compareEvents)
	for i := range is.Events {
		is.Events[i].Page = i/articlesAPage + 1
	}
	return is
}

const articlesAPage = 3

// compareEvents is the order in which an issue has its events: by date, equals by their ids. An import that is told no places
// comes to the same, so that a corpus gives the same timelines by every way in.
func compareEvents(a, b Event) int {
	return cmp.Or(cmp.Compare(a.sortDay(), b.sortDay()), cmp.Compare(a.Date.Precision(), b.Date.Precision()), cmp.Compare(a.ID, b.ID))
}

func (e *Event) sortDay() edtf.Day {
	g := graph.Event{Date: e.Date}
	return g.SortDay()
}
