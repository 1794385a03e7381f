package query

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
)

// witness is an attestation as a question keeps it, without its event: who, which post, when, and where to find it again.
type witness struct {
	officialAtom, departmentAtom graph.ID
	folded                       string // the title
	title, text                  string
	kind                         graph.AttestationKind
	rank                         int
	single                       bool
	event                        graph.ID
	source                       *graph.Event // the event itself, where it is kept
	key                          graph.SortKey
	date                         edtf.Date
	day                          edtf.Day  // Event.SortDay
	from, to                     edtf.Date // bounds that the text states beside the post; zero for none
	link, post                   int       // its place in the event
}

// book holds the attestations that a question has read and the entities that they name.
type book struct {
	cast
	reader    graph.Reader
	witnesses []*witness // one may be there twice, when it was read twice
	keep      bool       // keep the events that are read: few, and of those that will be handed out
}

func newBook(r graph.Reader) *book { return &book{cast: newCast(), reader: r} }

// readOfficial reads what is said of an official, and for the one-person posts among it what is said of other holders.
func (b *book) readOfficial(ctx context.Context, official *graph.EntityData) error {
	b.keep = true
	err := b.read(ctx, graph.Filter{Links: []graph.LinkCondition{{Kind: graph.KindOfficial, Atoms: official.Atoms}}})
	b.keep = false
	if err != nil {
		return err
	}
	var organs []*graph.EntityData
	for _, w := range b.witnesses {
		o, d := b.byAtom[w.officialAtom], b.byAtom[w.departmentAtom]
		if w.single && o != nil && d != nil && o.ID == official.ID && !slices.Contains(organs, d) {
			organs = append(organs, d)
		}
	}
	return b.readPosts(ctx, organs)
}

// readPosts reads what is said of posts in the departments.
func (b *book) readPosts(ctx context.Context, departments []*graph.EntityData) error {
	var atoms []graph.ID
	for _, d := range departments {
		atoms = append(atoms, d.Atoms...)
	}
	if len(atoms) == 0 {
		return nil
	}
	return b.read(ctx, graph.Filter{Links: []graph.LinkCondition{{Kind: graph.KindDepartment, Atoms: atoms, Posts: true}}})
}

// read adds the attestations of the filtered events. An official who is only mentioned is no witness to anything.
func (b *book) read(ctx context.Context, f graph.Filter) error {
	var atoms []graph.ID
	n := 0
	err := b.reader.Each(ctx, f, func(e *graph.Event) error {
		if n++; n%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for i := range e.Officials {
			link := &e.Officials[i]
			if !slices.ContainsFunc(link.Roles, func(r graph.OfficialRole) bool { return r != graph.RoleMentioned }) {
				continue
			}
			for j := range link.Posts {
				p := &link.Posts[j]
				if p.Attests == "" {
					continue
				}
				w := &witness{
					officialAtom: link.Atom, departmentAtom: p.DepartmentAtom, folded: fold.String(p.Title), title: p.Title, text: p.Text,
					kind: p.Attests, rank: p.Rank, single: p.Single, event: e.ID, key: e.SortKey(), date: e.Date.EDTF, day: e.SortDay(), from: p.From, to: p.To, link: i, post: j,
				}
				if b.keep {
					w.source = e
				}
				b.witnesses = append(b.witnesses, w)
				atoms = append(atoms, link.Atom, p.DepartmentAtom)
			}
		}
		if len(b.witnesses) > limits.witnesses {
			return errTooMany()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return b.learn(ctx, b.reader, atoms)
}

// cover returns the first and the last day that the witness may speak of: those of its event, within the bounds it states
// itself. 0 is an open side.
func (w *witness) cover() (from, to edtf.Day) {
	from, to = w.date.Start(), w.date.End()
	if w.from.Start() > from {
		from = w.from.Start()
	}
	if end := w.to.End(); end != 0 && (to == 0 || end < to) {
		to = end
	}
	if from != 0 && to != 0 && from > to { // the term lies outside of the event's days
		return w.date.Start(), w.date.End()
	}
	return from, to
}

// post is one post; its holders are compared by it.
type post struct {
	department graph.ID
	folded     string
}

// term is a tenure with the witnesses that it is derived from, in the order of events.
type term struct {
	graph.Tenure
	post
	official  graph.ID
	witnesses []*witness
	// begin and end are the first and the last day that a dated witness covers; open ones reach to the ends of time.
	begin, end edtf.Day
	// sureFrom to sureTo are the days on which the official held the post for certain; none where the one is zero or
	// after the other.
	sureFrom, sureTo edtf.Day
	// others are the witnesses to other holders of the post and rivals all its tenures, where it is a one-person post of
	// a known organ.
	others holders
	rivals []*term
}

// terms derives the tenures of all that was read.
func (b *book) terms() []*term {
	type holding struct {
		official graph.ID
		post
	}
	byHolding := map[holding][]*witness{}
	byPost := map[post][]*witness{}
	single := map[post]bool{}
	slices.SortFunc(b.witnesses, func(v, w *witness) int {
		return cmp.Or(cmp.Compare(v.key, w.key), cmp.Compare(attestationOrder(v.kind), attestationOrder(w.kind)), cmp.Compare(v.link, w.link), cmp.Compare(v.post, w.post))
	})
	for _, w := range b.witnesses {
		official := b.byAtom[w.officialAtom]
		if official == nil {
			continue
		}
		p := post{folded: w.folded}
		if d := b.byAtom[w.departmentAtom]; d != nil {
			p.department = d.ID
		}
		h := holding{official.ID, p}
		byHolding[h] = append(byHolding[h], w)
		byPost[p] = append(byPost[p], w)
		single[p] = single[p] || w.single
	}
	var all []*term
	rivals := map[post][]*term{}
	for h, witnesses := range byHolding {
		var others holders
		if single[h.post] && h.department != "" {
			others = newHolders(slices.DeleteFunc(slices.Clone(byPost[h.post]), func(w *witness) bool {
				return b.byAtom[w.officialAtom].ID == h.official
			}))
		}
		for _, t := range cut(once(witnesses), others) {
			t.official, t.post, t.others = h.official, h.post, others
			t.OfficialID, t.DepartmentID, t.Single = h.official, h.department, single[h.post]
			all = append(all, t)
			if t.Single && t.department != "" {
				rivals[t.post] = append(rivals[t.post], t)
			}
		}
	}
	for _, t := range all {
		t.rivals = rivals[t.post]
	}
	slices.SortFunc(all, func(s, t *term) int {
		return cmp.Or(cmp.Compare(s.official, t.official), cmp.Compare(s.department, t.department), cmp.Compare(s.folded, t.folded), cmp.Compare(s.witnesses[0].key, t.witnesses[0].key))
	})
	return all
}

// once drops what one event says twice, and what was read twice.
func once(witnesses []*witness) []*witness {
	return slices.CompactFunc(slices.Clone(witnesses), func(v, w *witness) bool { return v.event == w.event && v.kind == w.kind })
}

// cut makes the tenures of one official in one post, from the witnesses in the order of events. A tenure ends with a removal,
// and where another holder is attested between two witnesses. Undated witnesses belong to the last and bound nothing.
func cut(witnesses []*witness, others holders) []*term {
	var all []*term
	var t *term
	for _, w := range witnesses {
		if t == nil || t.endsBefore(w, others) {
			t = &term{Tenure: graph.Tenure{Title: w.title}}
			all = append(all, t)
		}
		t.add(w)
	}
	return all
}

// endsBefore tells whether the witness speaks of a later tenure than t. A second report of the removal does not.
func (t *term) endsBefore(w *witness, others holders) bool {
	from, _ := w.cover()
	if from == 0 {
		return false
	}
	if end := t.StatedTo.End(); end != 0 && from > end && w.kind != graph.AttestsRemoved {
		return true
	}
	return t.end != 0 && others.between(t.end, from)
}

// add takes one more witness, the next in the order of events.
func (t *term) add(w *witness) {
	t.witnesses = append(t.witnesses, w)
	if w.rank != 0 && (t.Rank == 0 || w.rank < t.Rank) {
		t.Rank = w.rank
	}
	t.state(w)
	from, to := w.cover()
	if from == 0 && to == 0 {
		return
	}
	if w.kind == graph.AttestsRemoved {
		if !t.StatedTo.IsZero() {
			return // reported again
		}
		t.StatedTo = w.date
	}
	if w.kind == graph.AttestsAppointed && t.StatedFrom.IsZero() && (t.sureFrom == 0 || t.sureFrom >= from) {
		t.StatedFrom = w.date
	}
	if t.FirstAttested.IsZero() {
		t.FirstAttested = w.date
		t.begin = lastDay
	}
	t.LastAttested = w.date
	t.begin = min(t.begin, cmp.Or(from, firstDay))
	t.end = max(t.end, cmp.Or(to, lastDay))
	// Of a vague date only one day is sure, and not which: held by its end, and still held at its beginning.
	sureFrom, sureTo := to, from
	if w.lasts() {
		sureFrom, sureTo = from, to
	}
	if sureFrom != 0 && (t.sureFrom == 0 || sureFrom < t.sureFrom) {
		t.sureFrom = sureFrom
	}
	t.sureTo = max(t.sureTo, sureTo)
}

// state takes the bounds that a text states beside the post (6月任, 至5月). Who began in a month held the post by its end and
// not for certain before; the first statement stays.
func (t *term) state(w *witness) {
	if !w.from.IsZero() && t.StatedFrom.IsZero() && (t.sureFrom == 0 || t.sureFrom >= w.from.Start()) {
		t.StatedFrom = w.from
		if end := w.from.End(); end != 0 && (t.sureFrom == 0 || end < t.sureFrom) {
			t.sureFrom = end
		}
		t.sureTo = max(t.sureTo, w.from.Start())
	}
	if !w.to.IsZero() && t.StatedTo.IsZero() {
		t.StatedTo = w.to
		if end := w.to.End(); end != 0 && (t.sureFrom == 0 || end < t.sureFrom) {
			t.sureFrom = end
		}
		t.sureTo = max(t.sureTo, w.to.Start())
	}
}

const (
	firstDay edtf.Day = 1
	lastDay  edtf.Day = math.MaxInt32
)

// lasts tells whether the date is an act that goes on from its first day to its last (3月1日至5日), so that who held a
// post at it held it throughout.
func (w *witness) lasts() bool {
	return w.kind != graph.AttestsAppointed && w.kind != graph.AttestsRemoved &&
		w.date.Precision() == edtf.PrecisionInterval && strings.Contains(w.date.String(), "/")
}

// on tells whether the tenure is of the day.
func (t *term) on(day edtf.Day, match graph.DateMatch) bool {
	if t.surely(day) {
		return true
	}
	if match != graph.MatchPossible {
		return false
	}
	if from := t.StatedFrom.Start(); from != 0 && day < from {
		return false
	}
	if to := t.StatedTo.End(); to != 0 && day > to {
		return false
	}
	if t.end != 0 && (t.others.between(t.end, day+1) || t.others.between(day-1, t.begin)) {
		return false
	}
	return !slices.ContainsFunc(t.rivals, func(o *term) bool { return o.official != t.official && o.surely(day) })
}

func (t *term) surely(day edtf.Day) bool {
	return t.sureFrom != 0 && t.sureFrom <= day && day <= t.sureTo
}

// holders are the days on which other people are attested in a one-person post.
type holders struct {
	// begins are the first days that witnesses cover, ascending, and ends[i] the least of the last days of those from i on.
	begins, ends []edtf.Day
}

func newHolders(witnesses []*witness) holders {
	var covers [][2]edtf.Day
	for _, w := range witnesses {
		if from, to := w.cover(); from != 0 && to != 0 {
			covers = append(covers, [2]edtf.Day{from, to})
		}
	}
	slices.SortFunc(covers, func(a, b [2]edtf.Day) int { return cmp.Compare(a[0], b[0]) })
	h := holders{make([]edtf.Day, len(covers)), make([]edtf.Day, len(covers))}
	least := lastDay
	for i, c := range slices.Backward(covers) {
		least = min(least, c[1])
		h.begins[i], h.ends[i] = c[0], least
	}
	return h
}

// between tells whether one of them is attested for certain after the one day and before the other.
func (h holders) between(after, before edtf.Day) bool {
	i, _ := slices.BinarySearch(h.begins, after+1)
	return i < len(h.begins) && h.ends[i] < before
}

// attest reads the events of the tenures and hands their attestations out, in the order of events.
func (b *book) attest(ctx context.Context, tenures []*graph.Tenure, terms []*term) error {
	of := map[*graph.Tenure]*term{}
	for _, t := range terms {
		of[&t.Tenure] = t
	}
	var missing []*witness
	var ids []graph.ID
	for _, t := range tenures {
		for _, w := range of[t].witnesses {
			if w.source == nil {
				missing = append(missing, w)
				ids = append(ids, w.event)
			}
		}
	}
	if len(ids) > 0 {
		found, err := b.reader.EventsByID(ctx, ids)
		if err != nil {
			return err
		}
		for i, w := range missing {
			w.source = found[i]
		}
	}
	for _, t := range tenures {
		for _, w := range of[t].witnesses {
			t.Attestations = append(t.Attestations, graph.Attestation{
				Kind: w.kind, Event: w.source, Text: w.text, Evidence: w.source.Officials[w.link].Evidence,
			})
		}
	}
	return nil
}
