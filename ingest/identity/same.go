package identity

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/graph"
)

// maxPairs is how many pairs a block keeps, the best: of a name that fifty counties know there are 1,225.
const maxPairs = 100

// A judge adds up what speaks for and against two entities being one.
type judge struct {
	mute    bool // no reasons are wanted: of a name that fifty counties know most pairs are not kept
	score   float64
	reasons []string
}

func (j *judge) pro(weight float64, format string, args ...any) {
	j.score += weight
	if j.mute {
		return
	}
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	j.reasons = append(j.reasons, format)
}

func (j *judge) con(weight float64, format string, args ...any) {
	j.score -= weight
	if j.mute {
		return
	}
	j.reasons = append(j.reasons, "反证："+fmt.Sprintf(format, args...))
}

// pair returns the pair, with a score in steps of 0.01 from 0.01 to 0.99: nothing here is certain.
func (j *judge) pair(a, b graph.ID) graph.SamePair {
	score := math.Round(min(max(j.score, 0.01), 0.99)*100) / 100
	return graph.SamePair{A: min(a, b), B: max(a, b), Score: score, Reasons: j.reasons}
}

// SameName returns the pairs of a block of one name that may be one. facts are the block's, entities those of its atoms. It is a
// function of the two, so the order of loads cannot matter.
func SameName(facts []graph.Fact, entities []*graph.EntityData) []graph.SamePair {
	return SameNameAgain(facts, entities, nil, func(*graph.EntityData) bool { return true })
}

// SameNameAgain is SameName for a block that had the pairs known before a change. Only those of changed entities are weighed, of which it is
// said otherwise than before or that are others, as far as that tells the best pairs.
func SameNameAgain(facts []graph.Fact, entities []*graph.EntityData, known []graph.SamePair, changed func(*graph.EntityData) bool) []graph.SamePair {
	if len(entities) < 2 {
		return nil
	}
	b := newBearers(facts, entities)
	same := map[graph.ID]bool{}
	for _, x := range b.list {
		if x.changed = changed(x.EntityData); !x.changed {
			same[x.ID] = true
		}
	}
	var pairs []graph.SamePair
	for _, p := range known {
		if same[p.A] && same[p.B] {
			pairs = append(pairs, p)
		}
	}
	pairs = bestPairs(b.weigh(pairs, func(x, y *bearer) bool { return x.changed || y.changed }))
	// Where pairs were left out before, none of them comes before the last that was kept; behind it they may.
	if len(known) >= maxPairs && (len(pairs) < maxPairs || comparePairs(&pairs[maxPairs-1], &known[maxPairs-1]) > 0) {
		pairs = bestPairs(b.weigh(nil, func(*bearer, *bearer) bool { return true }))
	}
	for i := range pairs {
		if p := &pairs[i]; p.Reasons == nil {
			j, _ := weigh(b.bearer(p.B), b.bearer(p.A), false)
			p.Reasons = j.reasons
		}
	}
	return pairs
}

// weigh adds the pairs of some bearers to others, without their reasons.
func (b *bearers) weigh(pairs []graph.SamePair, want func(x, y *bearer) bool) []graph.SamePair {
	for i, x := range b.list {
		for _, y := range b.list[:i] {
			if !want(x, y) || b.apart[[2]*bearer{x, y}] || x.Kind != y.Kind {
				continue
			}
			if j, ok := weigh(x, y, true); ok {
				pairs = append(pairs, j.pair(x.ID, y.ID))
			}
		}
	}
	return pairs
}

// bearer returns the one of an id.
func (b *bearers) bearer(id graph.ID) *bearer {
	at, _ := slices.BinarySearchFunc(b.list, id, func(x *bearer, id graph.ID) int { return cmp.Compare(x.ID, id) })
	return b.list[at]
}

// weigh weighs two bearers of one kind, the greater id first; ok where there is anything to weigh.
func weigh(x, y *bearer, mute bool) (j judge, ok bool) {
	j.mute = mute
	switch x.Kind {
	case graph.KindOfficial:
		j.samePerson(x, y)
		return j, true
	case graph.KindLocation:
		return j, j.samePlace(x, y)
	}
	return j, false
}

// bestPairs returns the best of the pairs in the order of their keys; it changes the slice.
func bestPairs(pairs []graph.SamePair) []graph.SamePair {
	slices.SortFunc(pairs, func(p, q graph.SamePair) int { return comparePairs(&p, &q) })
	return pairs[:min(len(pairs), maxPairs)]
}

// comparePairs orders pairs as their keys do (graph.SameKey).
func comparePairs(p, q *graph.SamePair) int {
	if c := cmp.Compare(q.Score, p.Score); c != 0 {
		return c
	}
	if c := cmp.Compare(p.A, q.A); c != 0 {
		return c
	}
	return cmp.Compare(p.B, q.B)
}

// bearer is an entity with what the facts of its block say of it.
type bearer struct {
	*graph.EntityData
	changed bool
	codes   []string // of its atoms, sorted
	organs  []string // folded, sorted; "" for a bare atom
	titles  []string // posts without their organ, folded, sorted
	regions []string // full names, sorted
	above   []string // what each of them lies in, by its full name; "" where that is unknown
	lines   []string // organs without the division whose they are, sorted: 林业局 of 河南省林业局
	first   int      // years in which it is shown to be there; 0 for none
	last    int
	years   []int  // each once, in no order
	parent  string // of a place: where it lies
}

type bearers struct {
	list  []*bearer
	apart map[[2]*bearer]bool
}

func newBearers(facts []graph.Fact, entities []*graph.EntityData) *bearers {
	b := &bearers{apart: map[[2]*bearer]bool{}}
	byAtom := map[graph.ID]*bearer{}
	for _, e := range entities {
		if e.EventCount == 0 {
			continue // a bare atom that a split has left, an organ that others imply
		}
		x := &bearer{EntityData: e}
		b.list = append(b.list, x)
		for _, atom := range e.Atoms {
			byAtom[atom] = x
		}
	}
	slices.SortFunc(b.list, func(x, y *bearer) int { return cmp.Compare(x.ID, y.ID) })
	of := map[*graph.Atom]*bearer{}
	holder := func(a *graph.Atom) *bearer {
		x, known := of[a]
		if !known {
			x = byAtom[a.ID()]
			of[a] = x
		}
		return x
	}
	for i := range facts {
		if a := facts[i].A; i == 0 || !a.Is(facts[i-1].A) {
			if x := holder(a); x != nil {
				x.codes, x.organs = append(x.codes, a.Code), append(x.organs, a.Organ)
			}
		}
	}
	var x *bearer
	for i := range facts {
		f := &facts[i]
		if i == 0 || !f.A.Is(facts[i-1].A) {
			x = holder(f.A)
		}
		if x == nil {
			continue
		}
		x.learn(f)
		if f.Kind == graph.FactApart {
			if y := holder(f.B); y != nil {
				b.apart[[2]*bearer{x, y}], b.apart[[2]*bearer{y, x}] = true, true
			}
		}
	}
	for _, x := range b.list {
		for _, list := range []*[]string{&x.codes, &x.organs, &x.titles, &x.regions} {
			slices.Sort(*list)
			*list = slices.Compact(*list)
		}
		for _, region := range x.regions {
			above, _ := cutLast(region)
			x.above = append(x.above, above)
		}
		x.lines = x.ownLines()
	}
	return b
}

func (x *bearer) learn(f *graph.Fact) {
	switch f.Kind {
	case graph.FactPost:
		post := fold.String(f.Value)
		title := post
		for _, organ := range x.organs {
			if rest, ok := strings.CutPrefix(post, organ); ok && organ != "" {
				title = rest
			}
		}
		x.titles = append(x.titles, title)
	case graph.FactRegion:
		_, name := level(*f)
		x.regions = append(x.regions, name)
	case graph.FactYear:
		if year, err := strconv.Atoi(f.Value); err == nil {
			if !slices.Contains(x.years, year) {
				x.years = append(x.years, year)
			}
			if x.first == 0 || year < x.first {
				x.first = year
			}
			x.last = max(x.last, year)
		}
	case graph.FactParent:
		if x.parent == "" || f.Value < x.parent {
			x.parent = f.Value
		}
	}
}

// samePerson weighs what two namesakes have in common.
func (j *judge) samePerson(x, y *bearer) {
	switch n := utf8.RuneCountInString(x.Name); {
	case n >= 4:
		j.pro(0.4, "同名，且四字以上的姓名少有重名")
	case n == 3:
		j.pro(0.3, "同名")
	default:
		j.pro(0.2, "同名，两字姓名多有重名")
	}
	j.places(x, y)
	if bareX, bareY := x.bare(), y.bare(); bareX != bareY {
		j.pro(0.1, "一处未写单位")
	}
	if common := both(x.titles, y.titles); len(common) > 0 {
		j.pro(0.1, "职务相同：%s", strings.Join(common, "、"))
	}
	if line := both(x.lines, y.lines); len(line) > 0 {
		j.pro(0.15, "同一系统：%s", strings.Join(line, "、"))
	}
	j.times(x, y)
}

func (x *bearer) bare() bool { return len(x.organs) == 1 && x.organs[0] == "" }

func (x *bearer) ownLines() []string {
	var all []string
	for _, organ := range x.organs {
		for _, region := range x.regions {
			_, last := cutLast(region)
			if _, rest, ok := strings.Cut(organ, fold.String(last)); ok && rest != "" {
				all = append(all, rest)
				break
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// both returns what two sorted lists have in common.
func both(a, b []string) (common []string) {
	for _, s := range a {
		if _, found := slices.BinarySearch(b, s); found && s != "" {
			common = append(common, s)
		}
	}
	return common
}

// places weighs the jurisdictions: the nearer, the likelier.
func (j *judge) places(x, y *bearer) {
	if len(both(x.codes, y.codes)) > 0 {
		j.pro(0.15, "同在一个辖区的不同单位")
		return
	}
	for _, a := range x.regions {
		for _, b := range y.regions {
			if a != b && (strings.HasPrefix(a, b) || strings.HasPrefix(b, a)) {
				j.pro(0.15, "上下级辖区：%s、%s", min(a, b), max(a, b))
				return
			}
		}
	}
	for _, above := range x.above {
		if above != "" && slices.Contains(y.above, above) {
			j.pro(0.1, "同属%s", above)
			return
		}
	}
	if len(x.regions) > 0 && len(y.regions) > 0 {
		j.con(0.1, "辖区相隔：%s、%s", min(x.regions[0], y.regions[0]), max(x.regions[0], y.regions[0]))
	}
}

// times weighs the years: who is here until one year and there from it or the next moved; who is at both for years is two. In one
// jurisdiction people hold several posts at once.
func (j *judge) times(x, y *bearer) {
	if x.first == 0 || y.first == 0 {
		return
	}
	if y.first < x.first || y.first == x.first && y.last < x.last {
		x, y = y, x
	}
	shared := 0
	for _, year := range x.years {
		if slices.Contains(y.years, year) {
			shared++
		}
	}
	const far = 20
	switch gap := y.first - x.last; {
	case gap >= 0 && gap <= 1 && shared <= 1 && (x.first != y.first || x.last != y.last):
		j.pro(0.2, "前后任职相接：一处见于%s，一处见于%s", span(x), span(y))
	case shared > 1 && len(both(x.codes, y.codes)) == 0:
		j.con(0.15, "有%d年同时见于两处", shared)
	case gap > far:
		j.con(0.2, "前后相隔%d年", gap)
	}
}

func span(x *bearer) string {
	if x.first == x.last {
		return fmt.Sprintf("%d年", x.first)
	}
	return fmt.Sprintf("%d—%d年", x.first, x.last)
}

// samePlace weighs two places of one name; ok where they lie in one county.
func (j *judge) samePlace(x, y *bearer) (ok bool) {
	if len(both(x.codes, y.codes)) == 0 || x.Code != "" || y.Code != "" {
		return false
	}
	j.pro(0.35, "同县同名")
	switch bareX, bareY := x.bare(), y.bare(); {
	case bareX != bareY:
		j.pro(0.2, "一处未写所在街道或乡镇")
	case x.parent != "" && y.parent != "":
		j.con(0.1, "所在不同：%s、%s", min(x.parent, y.parent), max(x.parent, y.parent))
	}
	if x.Type != y.Type {
		j.con(0.1, "类别不同")
	}
	return true
}

// NearName returns the pairs of a block of near names that may be one. entities are those whose atoms stand in it, each once.
// What two are said to be is a function of the two, so that all blocks that both stand in say the same.
func NearName(entities []*graph.EntityData) []graph.SamePair {
	var pairs []graph.SamePair
	for i, x := range entities {
		for _, y := range entities[:i] {
			if x.ID == y.ID || x.Kind != y.Kind {
				continue
			}
			weigh := nearPlace
			if x.Kind == graph.KindDepartment {
				weigh = nearOrgan
			}
			if j, ok := weigh(x, y); ok {
				pairs = append(pairs, j.pair(x.ID, y.ID))
			}
		}
	}
	return bestPairs(pairs)
}

// nearOrgan weighs two organs of one jurisdiction whose names differ in the word for what they are. What one became of the other
// is known, and so is what belongs to what.
func nearOrgan(x, y *graph.EntityData) (j *judge, ok bool) {
	j = &judge{}
	for _, pair := range [][2]*graph.EntityData{{x, y}, {y, x}} {
		a, b := pair[0], pair[1]
		if slices.ContainsFunc(slices.Concat(a.SuccessorAtoms, a.PredecessorAtoms, []graph.ID{a.ParentAtom}), func(atom graph.ID) bool {
			return slices.Contains(b.Atoms, atom)
		}) {
			return j, false
		}
	}
	core := coreOf(fold.String(x.Name))
	if core != coreOf(fold.String(y.Name)) || fold.String(x.Name) == fold.String(y.Name) {
		return j, false // they stand here by another plate, or the name is one and the two are apart
	}
	a, b := min(x.Name, y.Name), max(x.Name, y.Name)
	j.pro(0.5, "名称只差通称：%s、%s", a, b)
	if x.Type == y.Type {
		j.pro(0.1, "类别相同")
	} else {
		j.con(0.2, "类别不同")
	}
	return j, true
}

// nearPlace weighs two places of one county whose names are at edit distance 1.
func nearPlace(x, y *graph.EntityData) (j *judge, ok bool) {
	j = &judge{}
	a, b := fold.String(min(x.Name, y.Name)), fold.String(max(x.Name, y.Name))
	wrong, right, ok := misprints(a, b)
	if !ok {
		return j, false
	}
	switch {
	case wrong == "" || right == "":
		j.pro(0.3, "名称只差一字：%s、%s，一处少“%s”", a, b, wrong+right)
	case soundsLike(wrong, right):
		j.pro(0.6, "名称只差一字，读音相同：%s、%s", a, b)
	default:
		j.pro(0.3, "名称只差一字：%s、%s", a, b)
	}
	if x.Type != y.Type {
		j.con(0.1, "类别不同")
	}
	return j, true
}
