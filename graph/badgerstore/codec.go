package badgerstore

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A card is an event without its body and its head (heads.go), as its own codec writes it: numbers as varints, ids of atoms by the
// numbers that the index knows, and nothing that the columns hold. Its strings say the same again and again (a title, the post that
// it is made of, the evidence of both): all stand in one text at its beginning, none twice, and each is a part of that: its bytes, and
// where it begins. So all strings of one share one allocation. CBOR took some fifteen times as long.

// encoder writes a card, or what is like one.
type encoder struct {
	b     []byte
	atom  func(graph.ID) uint32
	x     *index // of an entity that is kept, and nil of others
	parts *parts // of a card; nil where strings stand where they are used, behind the varint of their bytes
}

func (w *encoder) uint(n uint64) { w.b = binary.AppendUvarint(w.b, n) }
func (w *encoder) int(n int)     { w.b = binary.AppendVarint(w.b, int64(n)) }

func (w *encoder) bool(v bool) {
	if v {
		w.uint(1)
	} else {
		w.uint(0)
	}
}

func (w *encoder) text(s string) {
	w.uint(uint64(len(s)))
	switch p := w.parts; {
	case p == nil:
		w.b = append(w.b, s...)
	case s == "":
	case !p.cutUp:
		p.all = append(p.all, s)
	default:
		w.uint(uint64(p.begins[p.next]))
		p.next++
	}
}

// card writes that of an event, whose departments and locations have the targets.
func (w *encoder) card(e *graph.Event, targets []uint32) {
	w.inParts(func() { w.event(e, targets) })
}

func (w *encoder) float(v float64) { w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(v)) }

func (w *encoder) date(d edtf.Date) {
	if d.IsZero() {
		w.text("")
		return
	}
	w.text(d.String())
}

// enum writes a value of a list by its place, and any other one in full.
func enum[T ~string](w *encoder, list []T, v T) {
	i := slices.Index(list, v)
	w.uint(uint64(i + 1))
	if i < 0 {
		w.text(string(v))
	}
}

// id writes an atom, 0 for none.
func (w *encoder) id(id graph.ID) {
	if id == "" {
		w.uint(0)
		return
	}
	w.uint(uint64(w.atom(id)) + 1)
}

var fieldList = []graph.EvidenceField{graph.FieldBody, graph.FieldTitle, graph.FieldHeading}
var qualifierList = []graph.FigureQualifier{graph.FigureExact, graph.FigureAbout, graph.FigureMoreThan, graph.FigureLessThan, graph.FigureAtLeast, graph.FigureAtMost}
var attestsList = []graph.AttestationKind{"", graph.AttestsHeld, graph.AttestsAppointed, graph.AttestsRemoved, graph.AttestsRoster}

func (w *encoder) evidence(all []graph.Evidence) {
	w.uint(uint64(len(all)))
	for i := range all {
		v := &all[i]
		enum(w, fieldList, v.Field)
		w.int(v.Start)
		w.int(v.End - v.Start)
		w.text(v.Text)
	}
}

func (w *encoder) event(e *graph.Event, targets []uint32) {
	w.text(e.Heading)
	w.text(e.Summary)
	enum(w, kindCodes, e.Kind)
	w.text(e.Date.Text)
	enum(w, basisCodes, e.Date.Basis)
	w.text(e.Date.Reason)
	w.float(e.Date.Confidence)
	w.evidence(e.Date.Evidence)
	w.int(e.Page)
	w.text(e.Citation)
	w.uint(uint64(len(e.Officials)))
	for i := range e.Officials {
		w.official(&e.Officials[i])
	}
	w.uint(uint64(len(e.Departments)))
	for i := range e.Departments {
		d := &e.Departments[i]
		w.uint(uint64(targets[0]))
		targets = targets[1:]
		enum(w, deptCodes, d.Role)
		w.evidence(d.Evidence)
	}
	w.uint(uint64(len(e.Locations)))
	for i := range e.Locations {
		l := &e.Locations[i]
		w.uint(uint64(targets[0]))
		targets = targets[1:]
		w.bool(l.IsPlace)
		w.evidence(l.Evidence)
	}
	w.uint(uint64(len(e.OtherDates)))
	for i := range e.OtherDates {
		d := &e.OtherDates[i]
		w.date(d.EDTF)
		enum(w, basisCodes, d.Basis)
		w.text(d.Text)
		w.evidence(d.Evidence)
	}
	w.uint(uint64(len(e.Documents)))
	for i := range e.Documents {
		d := &e.Documents[i]
		w.text(d.Title)
		w.text(d.ShortTitle)
		w.text(d.Number)
		w.evidence(d.Evidence)
	}
	w.uint(uint64(len(e.Figures)))
	for i := range e.Figures {
		f := &e.Figures[i]
		w.float(f.Value)
		enum(w, qualifierList, f.Qualifier)
		w.text(f.Unit)
		w.text(f.Subject)
		w.text(f.Text)
		w.evidence(f.Evidence)
	}
}

func (w *encoder) official(o *graph.EventOfficial) {
	w.id(o.Atom)
	w.uint(uint64(len(o.Roles)))
	for _, role := range o.Roles {
		enum(w, officialCodes, role)
	}
	w.text(o.Title)
	w.uint(uint64(len(o.Posts)))
	for i := range o.Posts {
		p := &o.Posts[i]
		w.text(p.Title)
		w.id(p.DepartmentAtom)
		w.text(p.Text)
		enum(w, attestsList, p.Attests)
		w.int(p.Rank)
		w.bool(p.Single)
		w.date(p.From)
		w.date(p.To)
	}
	w.id(o.DepartmentAtom)
	w.evidence(o.Evidence)
}

// decoder reads a card, or what is like one. An error makes all later reads return zero.
type decoder struct {
	s     string
	x     *index
	err   error
	parts string // the text that strings are parts of, where they are cut
	cut   bool

	// What most links have one of is cut out of one list of as many as the event has links.
	evidences []graph.Evidence
	roles     []graph.OfficialRole
	posts     []graph.Post
}

// make makes those lists for an event with the links.
func (r *decoder) make(links []link) {
	var of [toPost + 1]int
	for _, l := range links {
		of[l.kind()]++
	}
	const dates = 1
	r.evidences = many[graph.Evidence](len(links) - of[toPost] + dates)
	r.roles = many[graph.OfficialRole](of[toOfficial])
	r.posts = many[graph.Post](of[toPost])
}

// share returns a list of n out of a longer one, or a new one, nil for none.
func share[T any](from *[]T, n int) []T {
	if n == 0 || n > len(*from) {
		return many[T](n)
	}
	list := (*from)[:n:n]
	*from = (*from)[n:]
	return list
}

func (r *decoder) fail() {
	if r.err == nil {
		r.err = fmt.Errorf("%w: a record ends early or names what is not there", ErrCorrupt)
	}
	r.s = ""
}

func (r *decoder) uint() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		if len(r.s) == 0 {
			r.fail()
			return 0
		}
		c := r.s[0]
		r.s = r.s[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
	r.fail()
	return 0
}

func (r *decoder) int() int {
	n := r.uint()
	return int(n>>1) ^ -int(n&1)
}

// count reads the length of a list, each of whose members takes a byte at least.
func (r *decoder) count() int {
	n := r.uint()
	if n > uint64(len(r.s)) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *decoder) bool() bool { return r.uint() != 0 }

func (r *decoder) text() string {
	if r.cut {
		return r.part()
	}
	n := r.count()
	s := r.s[:n]
	r.s = r.s[n:]
	return s
}

func (r *decoder) part() string {
	n := r.uint()
	if n == 0 {
		return ""
	}
	begin := r.uint()
	if size := uint64(len(r.parts)); begin > size || n > size-begin {
		r.fail()
		return ""
	}
	return r.parts[begin : begin+n]
}

func (r *decoder) float() float64 {
	if len(r.s) < 8 {
		r.fail()
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64([]byte(r.s[:8])))
	r.s = r.s[8:]
	return v
}

func (r *decoder) date() edtf.Date {
	text := r.text()
	if text == "" {
		return edtf.Date{}
	}
	d, err := edtf.Parse(text)
	if err != nil {
		r.fail()
	}
	return d
}

func enumOf[T ~string](r *decoder, list []T) T {
	i := r.uint()
	if i == 0 {
		return T(r.text())
	}
	if i > uint64(len(list)) {
		r.fail()
		return ""
	}
	return list[i-1]
}

func (r *decoder) id() graph.ID {
	n := r.uint()
	if n == 0 {
		return ""
	}
	if n > uint64(len(r.x.atoms)) {
		r.fail()
		return ""
	}
	return r.x.atoms[n-1]
}

func (r *decoder) target() *target {
	n := r.uint()
	if n >= uint64(len(r.x.targets)) {
		r.fail()
		return &target{}
	}
	return &r.x.targets[n]
}

// many returns a list of n, nil for none.
func many[T any](n int) []T {
	if n == 0 {
		return nil
	}
	return make([]T, n)
}

func (r *decoder) evidence() []graph.Evidence {
	all := share(&r.evidences, r.count())
	for i := range all {
		v := &all[i]
		v.Field = enumOf(r, fieldList)
		v.Start = r.int()
		v.End = v.Start + r.int()
		v.Text = r.text()
	}
	return all
}

// readCard adds what a card holds to an event that has the links, and whose head is there.
func readCard(card string, e *graph.Event, x *index, links []link) error {
	r := decoder{s: card, x: x}
	r.make(links)
	r.inParts()
	r.event(e)
	r.end()
	return r.err
}

// inParts reads the text that strings are parts of from here on.
func (r *decoder) inParts() { r.parts, r.cut = r.text(), true }

// end tells that nothing may follow.
func (r *decoder) end() {
	if len(r.s) > 0 {
		r.fail()
	}
}

func (r *decoder) event(e *graph.Event) {
	e.Heading = r.text()
	e.Summary = r.text()
	e.Kind = enumOf(r, kindCodes)
	e.Date.Text, e.Date.Basis, e.Date.Reason, e.Date.Confidence, e.Date.Evidence = r.text(), enumOf(r, basisCodes), r.text(), r.float(), r.evidence()
	e.Page = r.int()
	e.Citation = r.text()
	e.Officials = many[graph.EventOfficial](r.count())
	for i := range e.Officials {
		r.official(&e.Officials[i])
		e.Officials[i].Event = e
	}
	e.Departments = many[graph.EventDepartment](r.count())
	for i := range e.Departments {
		t := r.target()
		e.Departments[i] = graph.EventDepartment{Atom: r.atom(t), Above: t.ids, Role: enumOf(r, deptCodes), Evidence: r.evidence()}
	}
	e.Locations = many[graph.EventLocation](r.count())
	for i := range e.Locations {
		t := r.target()
		e.Locations[i] = graph.EventLocation{Atom: r.atom(t), Above: t.ids, IsPlace: r.bool(), Evidence: r.evidence()}
	}
	e.OtherDates = many[graph.DateMention](r.count())
	for i := range e.OtherDates {
		e.OtherDates[i] = graph.DateMention{EDTF: r.date(), Basis: enumOf(r, basisCodes), Text: r.text(), Evidence: r.evidence()}
	}
	e.Documents = many[graph.CitedDocument](r.count())
	for i := range e.Documents {
		e.Documents[i] = graph.CitedDocument{Title: r.text(), ShortTitle: r.text(), Number: r.text(), Evidence: r.evidence()}
	}
	e.Figures = many[graph.Figure](r.count())
	for i := range e.Figures {
		e.Figures[i] = graph.Figure{Value: r.float(), Qualifier: enumOf(r, qualifierList), Unit: r.text(), Subject: r.text(), Text: r.text(), Evidence: r.evidence()}
	}
}

func (r *decoder) atom(t *target) graph.ID {
	if r.err != nil {
		return ""
	}
	return r.x.atoms[t.atom]
}

func (r *decoder) official(o *graph.EventOfficial) {
	o.Atom = r.id()
	o.Roles = share(&r.roles, r.count())
	for i := range o.Roles {
		o.Roles[i] = enumOf(r, officialCodes)
	}
	o.Title = r.text()
	o.Posts = share(&r.posts, r.count())
	for i := range o.Posts {
		o.Posts[i] = graph.Post{
			Title: r.text(), DepartmentAtom: r.id(), Text: r.text(), Attests: enumOf(r, attestsList), Rank: r.int(), Single: r.bool(), From: r.date(), To: r.date(),
		}
	}
	o.DepartmentAtom = r.id()
	o.Evidence = r.evidence()
}
