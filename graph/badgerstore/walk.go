package badgerstore

import (
	"context"
	"errors"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A span is a stretch of sort keys: lo is in it, hi is not.
type span struct{ lo, hi graph.SortKey }

// noKey is above every sort key, which begins with 0 or 1.
const noKey graph.SortKey = "\xff"

var (
	datedKeys   = span{"", graph.FirstUndatedKey}
	undatedKeys = span{graph.FirstUndatedKey, noKey}
)

func (s span) intersect(t span) span { return span{max(s.lo, t.lo), min(s.hi, t.hi)} }

func (s span) empty() bool { return s.lo >= s.hi }

// reach is a list with the stretch of it that can hold what a filter asks for.
type reach struct {
	list
	span
}

// reaches returns where to look for the events of the terms that may meet days. What is found may be in two of
// them, and may not meet days; nothing that does is missed.
func reaches(terms []string, f *graph.Filter) []reach {
	var all []reach
	for _, term := range terms {
		if (f.Days == graph.DayRange{}) {
			all = append(all, reach{list{0, term}, span{"", noKey}})
			continue
		}
		// A date of one day meets days where its sort day lies in them, and so does one that lies wholly inside.
		all = append(all, reach{list{0, term}, daySpan(f.Days, 0)})
		if f.Match == graph.MatchCertain {
			continue
		}
		if f.MaxDays == 1 {
			continue
		}
		enough := false
		for i, longest := range classDays {
			if f.MaxDays != 0 && edtf.Day(f.MaxDays-1) <= longest {
				longest, enough = edtf.Day(f.MaxDays-1), true
			}
			all = append(all, reach{list{byte(i + 1), term}, daySpan(f.Days, longest)})
			if enough {
				break
			}
		}
		if enough {
			continue
		}
		all = append(all, reach{list{byte(len(classDays) + 1), term}, datedKeys})
	}
	return all
}

// daySpan returns the keys of the days, and so many more on either side.
func daySpan(days graph.DayRange, more edtf.Day) span {
	s := datedKeys
	if days.From != 0 {
		s.lo = graph.FirstKeyOfDay(max(days.From-more, 1))
	}
	if days.To != 0 {
		s.hi = min(s.hi, graph.FirstKeyOfDay(days.To+more+1))
	}
	return s
}

// A cursor stands at a posting of one list.
type cursor struct {
	it     *badger.Iterator
	prefix []byte
	within span
	key    graph.SortKey // "" at the end
}

// seek goes to the first posting in the span, or the last one if the iterator goes backward.
func (c *cursor) seek(s span, backward bool) {
	c.within = s
	if s.empty() {
		c.key = ""
		return
	}
	if !backward {
		c.it.Seek(append(c.prefix, s.lo...))
	} else {
		c.it.Seek(append(c.prefix, s.hi...))
		if c.it.Valid() && graph.SortKey(c.it.Item().Key()[len(c.prefix):]) == s.hi {
			c.it.Next() // hi is not in the span
		}
	}
	c.read()
}

func (c *cursor) next() {
	c.it.Next()
	c.read()
}

func (c *cursor) read() {
	c.key = ""
	if c.it.Valid() {
		if k := graph.SortKey(c.it.Item().Key()[len(c.prefix):]); k >= c.within.lo && k < c.within.hi {
			c.key = k
		}
	}
}

func (c *cursor) posting() (p posting, err error) {
	item := c.it.Item()
	err = item.Value(func(value []byte) error {
		p, err = readPosting(item.Key(), value, c.key)
		return err
	})
	return p, err
}

// merge calls visit with each event of the lists once, in ascending or descending order of the keys in each of the
// spans in turn. Where values is not set the postings are zero; else their ways are those of all lists. An
// error of visit ends it; graph.ErrStop ends without one.
func (r *snapshot) merge(ctx context.Context, lists []reach, spans []span, backward, values bool, visit func(graph.SortKey, posting) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	cursors := make([]*cursor, len(lists))
	for i, l := range lists {
		prefix := l.prefix()
		cursors[i] = &cursor{it: r.txn.NewIterator(badger.IteratorOptions{Prefix: prefix, Reverse: backward}), prefix: prefix}
		defer cursors[i].it.Close()
	}
	n := 0
	for _, s := range spans {
		for i, c := range cursors {
			c.seek(s.intersect(lists[i].span), backward)
		}
		for {
			if n++; n%askEvery == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			key := nearest(cursors, backward)
			if key == "" {
				break
			}
			p, err := take(cursors, key, values)
			if err != nil {
				return err
			}
			if err := visit(key, p); errors.Is(err, graph.ErrStop) {
				return nil
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

// nearest returns the key at which the next cursor stands, "" at the end of all.
func nearest(cursors []*cursor, backward bool) graph.SortKey {
	var key graph.SortKey
	for _, c := range cursors {
		if c.key != "" && (key == "" || (c.key < key) != backward && c.key != key) {
			key = c.key
		}
	}
	return key
}

// take moves all cursors on that stand at key and returns what their postings say together.
func take(cursors []*cursor, key graph.SortKey, values bool) (all posting, err error) {
	for _, c := range cursors {
		if c.key != key {
			continue
		}
		if values {
			p, err := c.posting()
			if err != nil {
				return posting{}, err
			}
			p.ways |= all.ways
			all = p
		}
		c.next()
	}
	return all, nil
}
