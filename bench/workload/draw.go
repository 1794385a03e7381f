package workload

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// Questions are those of each workload by its name.
type Questions map[string][]Question

// drawing is what questions are drawn from.
type drawing struct {
	r                *rand.Rand
	most, upper      []*graph.EntityData // officials: the most linked 1 %, and the upper half
	counties, towns  []graph.ID
	events           []*graph.Event
	bodies           []string // of events
	shallow, deep    []string // cursors
	common, middling []string // words
}

// sampled is how many events are read to draw from.
const sampled = 1000

// Draw draws n questions of every workload from a graph; the same graph and seed give the same. Words are those of its
// bodies, the commonest first. Half of the officials are of the most linked 1 %, half anyone of the upper half.
func Draw(ctx context.Context, r graph.Reader, words []string, seed uint64, n int) (Questions, error) {
	d := &drawing{r: rand.New(rand.NewPCG(seed, 1)), shallow: []string{""}}
	if err := d.readEntities(ctx, r); err != nil {
		return nil, err
	}
	if err := d.readEvents(ctx, r, n); err != nil {
		return nil, err
	}
	if len(d.upper) < 2 || len(d.counties) == 0 || len(d.towns) == 0 || len(d.events) == 0 {
		return nil, errors.New("draw questions: the graph has not two officials, a county, a town and an event")
	}
	for _, w := range words {
		if utf8.RuneCountInString(w) == 2 {
			d.common = append(d.common, w)
		}
	}
	d.middling = words[min(500, len(words)/2):min(5000, len(words))]
	d.common = d.common[:min(50, len(d.common))]
	all := Questions{}
	for i, w := range All {
		d.r = rand.New(rand.NewPCG(seed, uint64(i)+2)) // so that one workload more changes no other
		for k := range n {
			all[w.Name] = append(all[w.Name], w.draw(d, k))
		}
	}
	return all, nil
}

func (d *drawing) readEntities(ctx context.Context, r graph.Reader) error {
	var officials []*graph.EntityData
	err := r.EachEntity(ctx, "", func(e *graph.EntityData) error {
		switch {
		case e.EventCount == 0:
		case e.Kind == graph.KindOfficial:
			officials = append(officials, e)
		case e.Type == string(graph.LocCounty):
			d.counties = append(d.counties, e.ID)
		case e.Type == string(graph.LocTownship):
			d.towns = append(d.towns, e.ID)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("draw questions: %w", err)
	}
	slices.SortFunc(officials, func(a, b *graph.EntityData) int {
		return cmp.Or(cmp.Compare(b.EventCount, a.EventCount), cmp.Compare(a.ID, b.ID))
	})
	d.most = officials[:min(len(officials), max(len(officials)/100, 2))]
	d.upper = officials[:len(officials)/2]
	return nil
}

// readEvents walks the timeline once: cursors of pages from the beginning and from the middle on, and events here and there.
func (d *drawing) readEvents(ctx context.Context, r graph.Reader, pages int) error {
	total, err := r.Count(ctx, graph.Filter{})
	if err != nil {
		return fmt.Errorf("draw questions: %w", err)
	}
	at := 0
	err = r.Each(ctx, graph.Filter{}, func(e *graph.Event) error {
		at++
		if at%Page == 0 && len(d.shallow) < pages {
			d.shallow = append(d.shallow, e.SortKey().Cursor())
		}
		if at >= total/2 && (at-total/2)%Page == 0 && len(d.deep) < pages && at < total {
			d.deep = append(d.deep, e.SortKey().Cursor())
		}
		if at%max(total/sampled, 1) == 0 && e.Date.Dated() {
			d.events = append(d.events, e)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("draw questions: %w", err)
	}
	if len(d.deep) == 0 {
		return fmt.Errorf("draw questions: %d events are too few for a page", total)
	}
	ids := make([]graph.ID, len(d.events))
	for i, e := range d.events {
		ids[i] = e.ID
	}
	d.bodies, err = r.Bodies(ctx, ids)
	return err
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func (d *drawing) official() graph.ID {
	if d.r.IntN(2) == 0 {
		return pick(d.r, d.most).ID
	}
	return pick(d.r, d.upper).ID
}

func (d *drawing) pair() Question {
	q := Question{A: d.official(), B: d.official()}
	for q.B == q.A {
		q.B = pick(d.r, d.upper).ID
	}
	return q
}

// year draws a year as events have it.
func (d *drawing) year() int {
	year, _, _ := pick(d.r, d.events).SortDay().Date()
	return year
}

// span draws 1 to 20 years from the day of an event on.
func (d *drawing) span() Question {
	from := pick(d.r, d.events).SortDay()
	return Question{From: from, To: from + edtf.Day(365+d.r.IntN(20*365))}
}

func (d *drawing) placeInMonth(i int) Question {
	q := Question{A: pick(d.r, d.counties)}
	if i%2 == 1 {
		q.A = pick(d.r, d.towns)
	}
	q.Year, q.Month, _ = pick(d.r, d.events).SortDay().Date()
	return q
}

func (d *drawing) commonWord() string { return pick(d.r, d.common) }

// rareText draws, in turns, a middling word, an official's name, and two to four characters of a body.
func (d *drawing) rareText(i int) string {
	switch i % 3 {
	case 0:
		return pick(d.r, d.middling)
	case 1:
		return pick(d.r, d.upper).Name
	}
	for range 100 {
		body := []rune(pick(d.r, d.bodies))
		n := 2 + d.r.IntN(3)
		if len(body) <= n {
			continue
		}
		at := d.r.IntN(len(body) - n)
		if s := string(body[at : at+n]); !strings.ContainsAny(s, "\n，。；、") {
			return s
		}
	}
	return pick(d.r, d.middling)
}
