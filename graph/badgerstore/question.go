package badgerstore

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// A question is a filter made ready: which lists are walked, and what is asked of the events found there.
type question struct {
	r *snapshot
	f *graph.Filter
	// walked is the condition whose lists are walked, the one that leaves the fewest events. Others are asked one by one.
	walked group
	others []group
	// judged: the value of each posting is asked.
	judged bool
	// asked: each event itself is.
	asked bool
}

// sampled is how many postings are counted at most to choose the lists to walk. They take about 0.1 ms.
const sampled = 200

// fewTerms is how many terms of a condition are looked up at most, before the event is asked instead.
const fewTerms = 8

func (r *snapshot) ask(ctx context.Context, f *graph.Filter) (*question, error) {
	q := &question{r: r, f: f, walked: group{terms: []string{termAll}}}
	all := groups(f)
	at, err := q.fewest(ctx, all)
	if err != nil {
		return nil, err
	}
	if at >= 0 {
		q.walked = all[at]
		q.others = slices.Delete(all, at, at+1)
	}
	q.judged = q.walked.ways != 0 || (f.Days != graph.DayRange{}) || f.Month != 0 || f.MaxDays != 0 ||
		len(f.Kinds) > 0 || len(f.Basis) > 0 || len(f.Precision) > 0
	q.asked = f.ConfidenceBelow != nil || f.Text != "" ||
		slices.ContainsFunc(q.others, func(g group) bool { return len(g.terms) > fewTerms })
	return q, nil
}

// fewest returns which of the conditions seems to leave the fewest events, the first of equal ones; -1 if there is none.
func (q *question) fewest(ctx context.Context, all []group) (int, error) {
	if len(all) < 2 {
		return len(all) - 1, nil
	}
	best, fewest := 0, math.MaxInt
	spans, _ := stretch{}.spans(q.halves())
	for i, g := range all {
		n := 0
		err := q.r.merge(ctx, reaches(g.terms, q.f), spans, false, false, func(graph.SortKey, posting) error {
			if n++; n >= min(sampled, fewest) {
				return graph.ErrStop
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
		if n < fewest {
			best, fewest = i, n
		}
	}
	return best, nil
}

// halves tells whether dated and undated events can be what is asked for.
func (q *question) halves() (dated, undated bool) {
	dated = !q.f.Nothing && (q.f.Dated == nil || *q.f.Dated)
	undated = !q.f.Nothing && (q.f.Dated == nil || !*q.f.Dated) && (q.f.Days == graph.DayRange{}) && q.f.Month == 0
	return dated, undated
}

// A match is an event that meets the filter; event is nil as long as nobody had to read it.
type match struct {
	key   graph.SortKey
	event *graph.Event
}

// walk calls visit with the events in the stretch that meet the filter, in the order of the walk, until it returns an
// error; graph.ErrStop ends without one.
func (q *question) walk(ctx context.Context, s stretch, visit func(match) error) error {
	spans, descending := s.spans(q.halves())
	var later *laterReports
	if q.f.OnePerEvent != nil {
		later = q.r.laterReports(descending)
		defer later.close()
	}
	return q.r.merge(ctx, reaches(q.walked.terms, q.f), spans, descending, q.judged, func(key graph.SortKey, p posting) error {
		event, ok, err := q.meets(key, p)
		if !ok || err != nil {
			return err
		}
		if later != nil {
			if preceded, err := q.preceded(later, key); preceded || err != nil {
				return err
			}
		}
		return visit(match{key, event})
	})
}

// meets tells whether the event that was found at a posting meets the filter, and returns it if it was read.
func (q *question) meets(key graph.SortKey, p posting) (*graph.Event, bool, error) {
	asked := q.asked
	if q.judged {
		switch p.judge(q.f, key) {
		case refused:
			return nil, false, nil
		case open:
			asked = true
		}
		if !q.walked.meets(p.ways) {
			return nil, false, nil
		}
	}
	for _, g := range q.others {
		if len(g.terms) > fewTerms {
			continue
		}
		if ok, err := q.r.listed(g, key); !ok || err != nil {
			return nil, false, err
		}
	}
	if !asked {
		return nil, true, nil
	}
	e, err := q.event(key)
	if err != nil {
		return nil, false, err
	}
	ok, err := q.r.eventMeets(e, q.f)
	return e, ok, err
}

// eventMeets asks the event itself whether it meets all conditions but OnePerEvent.
func (r *snapshot) eventMeets(e *graph.Event, f *graph.Filter) (bool, error) {
	if !f.Matches(e) {
		return false, nil
	}
	if f.Text == "" || strings.Contains(fold.String(e.Title), f.Text) {
		return true, nil
	}
	body, err := record[string](r, keyBody, e.ID)
	return err == nil && body != nil && strings.Contains(fold.String(*body), f.Text), err
}

// listed tells whether the event of the key is in a list of the group, linked in one of its ways.
func (r *snapshot) listed(g group, sort graph.SortKey) (bool, error) {
	for _, term := range g.terms {
		key := list{0, term}.key(sort)
		item, err := find(r.txn, key)
		if err != nil {
			return false, err
		}
		if item == nil {
			continue
		}
		var p posting
		err = item.Value(func(value []byte) error {
			p, err = readPosting(key, value, sort)
			return err
		})
		if err != nil || g.meets(p.ways) {
			return err == nil, err
		}
	}
	return false, nil
}

// event reads the event that a list names.
func (q *question) event(key graph.SortKey) (*graph.Event, error) {
	id := key.EventID()
	e, err := record[graph.Event](q.r, keyEvent, id)
	if err == nil && e == nil {
		err = fmt.Errorf("%w: event %s is listed and not there", ErrCorrupt, id)
	}
	return e, err
}

// read returns the events of the matches.
func (q *question) read(matches []match) ([]*graph.Event, error) {
	events := make([]*graph.Event, len(matches))
	for i, m := range matches {
		if events[i] = m.event; m.event != nil {
			continue
		}
		var err error
		if events[i], err = q.event(m.key); err != nil {
			return nil, err
		}
	}
	return events, nil
}

// collect returns the first matches of the stretch, at most so many.
func (q *question) collect(ctx context.Context, s stretch, most int) ([]match, error) {
	var found []match
	err := q.walk(ctx, s, func(m match) error {
		if found = append(found, m); len(found) == most {
			return graph.ErrStop
		}
		return nil
	})
	return found, err
}

// any tells whether something in the stretch meets the filter; nothing is in none.
func (q *question) any(ctx context.Context, s *stretch) (bool, error) {
	if s == nil {
		return false, nil
	}
	found, err := q.collect(ctx, *s, 1)
	return len(found) > 0, err
}
