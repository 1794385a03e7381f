package badgerstore

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A filler gives values to all fields of an event, also to those that are new and that the codec does not know.
type filler struct {
	text func(label string) string // of any field that is a string
	n    func(most int) int        // from 0 on, to choose by
	full bool                      // no field is zero
}

var enums = map[reflect.Type][]string{
	reflect.TypeFor[graph.EventKind]():       namesOf(graph.EventKinds),
	reflect.TypeFor[graph.DateBasis]():       namesOf(graph.DateBases),
	reflect.TypeFor[graph.OfficialRole]():    namesOf(graph.OfficialRoles),
	reflect.TypeFor[graph.DepartmentRole]():  namesOf(graph.DepartmentRoles),
	reflect.TypeFor[graph.EvidenceField]():   namesOf(fieldList),
	reflect.TypeFor[graph.FigureQualifier](): namesOf(qualifierList),
	reflect.TypeFor[graph.AttestationKind](): namesOf(attestsList),
}

func namesOf[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return append(out, "OTHER")
}

var edtfs = []string{"2021-01-05", "2021-01", "2020", "../2020-06-01", "2020-12-31/..", "202X", "2021~", "1901/2021"}

func (f *filler) fill(v reflect.Value, label string) {
	if !f.full && f.n(3) == 0 {
		return
	}
	switch {
	case v.Type() == reflect.TypeFor[edtf.Date]():
		d, err := edtf.Parse(edtfs[f.n(len(edtfs)-1)])
		if err != nil {
			panic(err)
		}
		v.Set(reflect.ValueOf(d))
		return
	case v.Type() == reflect.TypeFor[*graph.Event]():
		return // a Reader sets it
	case enums[v.Type()] != nil:
		v.SetString(enums[v.Type()][f.n(len(enums[v.Type()])-1)])
		if f.full && v.String() == "" {
			v.SetString("OTHER")
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text(label))
	case reflect.Int:
		v.SetInt(int64(f.n(1<<20) + 1))
	case reflect.Float64:
		v.SetFloat(float64(f.n(1000)+1) / 8)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), f.n(2)+1, 3))
		for i := range v.Len() {
			f.fill(v.Index(i), fmt.Sprint(label, i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), label+"."+v.Type().Field(i).Name)
		}
	default:
		panic(fmt.Sprintf("%s is a %s: the codec and this test have to learn it", label, v.Type()))
	}
}

// encoded writes an event.
func encoded(e *graph.Event) writtenEvent {
	w := newIndex().edit()
	numbers := map[graph.ID]uint32{}
	number := func(id graph.ID) uint32 {
		if _, known := numbers[id]; !known {
			numbers[id] = uint32(len(w.atoms))
			w.atoms = append(w.atoms, id)
		}
		return numbers[id]
	}
	var targets []uint32
	target := func(atom graph.ID, above []graph.ID) {
		var all []uint32
		for _, id := range above {
			all = append(all, number(id))
		}
		targets = append(targets, w.target(number(atom), all))
	}
	for i := range e.Departments {
		target(e.Departments[i].Atom, e.Departments[i].Above)
	}
	for i := range e.Locations {
		target(e.Locations[i].Atom, e.Locations[i].Above)
	}
	var first encoder
	first.head(e)
	enc := encoder{atom: number}
	enc.card(e, targets)
	w.issues = append(w.issues, issueRow{ID: e.IssueID, Order: e.IssueOrder, Publication: e.PublicationID, Hi: 1})
	w.sections = append(w.sections, e.Section)
	w.rows = append(w.rows, row{first: e.Date.Start(), last: e.Date.End(), place: uint32(e.Place)})
	for i := range e.Officials {
		w.links = append(w.links, newLink(0, 0, toOfficial))
		for range e.Officials[i].Posts {
			w.links = append(w.links, newLink(0, 0, toPost))
		}
	}
	w.links = append(append(w.links, slices.Repeat([]link{newLink(0, 0, toDepartment)}, len(e.Departments))...), slices.Repeat([]link{newLink(0, 0, toLocation)}, len(e.Locations))...)
	w.linksAt = append(w.linksAt, uint32(len(w.links)))
	return writtenEvent{string(first.b), string(enc.b), w.index}
}

// writtenEvent is an event as it is written, the only one of an index.
type writtenEvent struct {
	head, card string
	x          *index
}

func (w writtenEvent) read() (*graph.Event, error) {
	d := decoder{s: w.head}
	h := d.head(w.x.rows[0].day())
	if d.err != nil {
		return nil, d.err
	}
	e := new(graph.Event)
	(&snapshot{index: w.x}).begin(e, 0, &h)
	return e, readCard(w.card, e, w.x, w.x.linksOf(0))
}

func mustRoundTrip(t interface {
	Helper()
	Fatalf(string, ...any)
}, e *graph.Event) {
	t.Helper()
	w := encoded(e)
	got, err := w.read()
	if err != nil {
		t.Fatalf("a card of %d bytes: %v", len(w.card), err)
	}
	for i := range got.Officials {
		if got.Officials[i].Event != got {
			t.Fatalf("official %d does not know the event", i)
		}
		got.Officials[i].Event = nil
	}
	same := cmp.Comparer(func(a, b edtf.Date) bool { return a.String() == b.String() && a.IsZero() == b.IsZero() })
	if diff := cmp.Diff(e, got, same); diff != "" {
		t.Fatalf("the card gives another event (-want +got):\n%s", diff)
	}
}

func TestACardHoldsEveryField(t *testing.T) {
	n := 0
	f := filler{full: true, text: func(label string) string { return label }, n: func(most int) int {
		n++
		return n % (most + 1)
	}}
	for range 50 { // each list at each length, each value of an enumeration
		e := new(graph.Event)
		f.fill(reflect.ValueOf(e).Elem(), "")
		mustRoundTrip(t, e)
	}
}

func TestACardHoldsWhateverAnEventIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := filler{
			text: func(label string) string { return rapid.String().Draw(t, label) },
			n:    func(most int) int { return rapid.IntRange(0, most).Draw(t, "n") },
		}
		e := new(graph.Event)
		f.fill(reflect.ValueOf(e).Elem(), "")
		for i := range e.Departments { // a target without an atom cannot be
			e.Departments[i].Atom = "d" + e.Departments[i].Atom
		}
		for i := range e.Locations {
			e.Locations[i].Atom = "l" + e.Locations[i].Atom
		}
		mustRoundTrip(t, e)
	})
}

func sampleCard() writtenEvent {
	n := 0
	f := filler{full: true, text: func(label string) string { return label }, n: func(most int) int {
		n++
		return n % (most + 1)
	}}
	e := new(graph.Event)
	f.fill(reflect.ValueOf(e).Elem(), "")
	return encoded(e)
}

// A card that is cut anywhere, or goes on, is no card.
func TestACardThatIsCutIsCorrupt(t *testing.T) {
	w := sampleCard()
	whole := w.card
	for n := range whole {
		w.card = whole[:n]
		if _, err := w.read(); err == nil {
			t.Fatalf("%d of %d bytes are read without an error", n, len(whole))
		}
	}
	w.card = whole + "\x00"
	if _, err := w.read(); err == nil {
		t.Error("a byte more is read without an error")
	}
}

// What a list says of its length costs no more memory than what is there could need.
func TestADecoderAllocatesByWhatIsThere(t *testing.T) {
	const most = 1 << 16
	toEvidence := "\x00" + "\x00\x00\x01\x00\x01\x00" + strings.Repeat("\x00", 8)
	w := sampleCard()
	for _, length := range []string{"\xff\xff\x03", "\xff\xff\xff\x07"} { // as many as there are bytes, and 16 million
		w.card = toEvidence + length + strings.Repeat("\x00", most)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := w.read(); err == nil {
			t.Fatal("it is no card")
		}
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 256*most {
			t.Errorf("%d bytes are allocated for a card of %d", n, len(w.card))
		}
	}
}

// A card costs an allocation a kind of what is in it, however many links there are: the event, its three lists of links, and all
// roles, posts and pieces of evidence of these. The strings share that of the card.
func TestAllocationsOfACard(t *testing.T) {
	one := []graph.Evidence{{Field: graph.FieldBody, End: 2, Text: "甲乙"}}
	e := &graph.Event{ID: "e1", Title: "植树", Date: graph.EventDate{Evidence: one}}
	for range 5 {
		e.Officials = append(e.Officials, graph.EventOfficial{Atom: "o1", Roles: []graph.OfficialRole{graph.RoleLead}, Posts: []graph.Post{{Title: "区长", DepartmentAtom: "d1"}}, Evidence: one})
		e.Departments = append(e.Departments, graph.EventDepartment{Atom: "d1", Evidence: one})
		e.Locations = append(e.Locations, graph.EventLocation{Atom: "l1", Evidence: one})
	}
	w := encoded(e)
	const most = 7
	if n := testing.AllocsPerRun(100, func() {
		var e graph.Event
		if err := readCard(w.card, &e, w.x, w.x.linksOf(0)); err != nil {
			t.Fatal(err)
		}
	}); n > most {
		t.Errorf("%.0f allocations, want at most %d", n, most)
	}
}

func mustBringBack(t interface {
	Helper()
	Fatalf(string, ...any)
}, e *graph.EntityData) {
	t.Helper()
	values := encodeEntity(e)
	got, err := decodeEntity(nil, values[0].key, values[0].value)
	if err != nil {
		t.Fatalf("an entity of %d bytes: %v", len(values[0].value), err)
	}
	want := *e
	want.EventCount = 0 // which stands elsewhere
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Fatalf("the record gives another entity (-want +got):\n%s", diff)
	}
}

// All but the number of its events.
func TestARecordHoldsEveryFieldOfAnEntity(t *testing.T) {
	n := 0
	f := filler{full: true, text: func(label string) string { return label }, n: func(most int) int {
		n++
		return n % (most + 1)
	}}
	for range 20 {
		e := new(graph.EntityData)
		f.fill(reflect.ValueOf(e).Elem(), "")
		mustBringBack(t, e)
	}
}

func TestARecordHoldsWhateverAnEntityIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := filler{
			text: func(label string) string { return rapid.String().Draw(t, label) },
			n:    func(most int) int { return rapid.IntRange(0, most).Draw(t, "n") },
		}
		e := new(graph.EntityData)
		f.fill(reflect.ValueOf(e).Elem(), "")
		mustBringBack(t, e)
	})
}

// An entity may have thousands of names and atoms: writing them takes memory by how much they are, and what is said twice stands there once.
func TestManyNamesAreWrittenByHowManyTheyAre(t *testing.T) {
	e := graph.EntityData{ID: "o0", Kind: graph.KindOfficial, Name: "王磊"}
	for i := range 3000 {
		e.Aliases = append(e.Aliases, fmt.Sprintf("第%04d个名称", i))
		e.Atoms = append(e.Atoms, graph.ID(fmt.Sprintf("o%016x", i)))
	}
	mustBringBack(t, &e)
	size := func() (n int, allocated uint64) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		values := encodeEntity(&e)
		runtime.ReadMemStats(&after)
		for _, v := range values {
			n += len(v.value)
		}
		return n, after.TotalAlloc - before.TotalAlloc
	}
	once, allocated := size()
	if allocated > 50*uint64(once) {
		t.Errorf("%d bytes are allocated to write %d", allocated, once)
	}
	e.Pinyin = e.Aliases
	if twice, _ := size(); twice > once+6*len(e.Pinyin) {
		t.Errorf("%d bytes with names that stand there already, %d without", twice, once)
	}
}

// An entity that is cut anywhere, or goes on, is no entity.
func TestAnEntityThatIsCutIsCorrupt(t *testing.T) {
	e := &graph.EntityData{ID: "o1", Kind: graph.KindOfficial, Name: "王磊", Label: "王磊（云河区）", Aliases: []string{"老王"}, Atoms: []graph.ID{"o1"}}
	key := idKey(keyEntity, e.ID)
	_, whole, err := unseal(key, encodeEntity(e)[0].value)
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if _, err := decodeEntity(nil, key, seal(key, plain, whole[:n])); !errors.Is(err, ErrCorrupt) {
			t.Fatalf("%d of %d bytes: error %v, want ErrCorrupt", n, len(whole), err)
		}
	}
	if _, err := decodeEntity(nil, key, seal(key, plain, append(slices.Clone(whole), 0))); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a byte more: error %v, want ErrCorrupt", err)
	}
}

// Heads that end within one are no heads; up to the end of one they are fewer.
func TestHeadsThatAreCutAreCorrupt(t *testing.T) {
	var w encoder
	ends := map[int]bool{0: true}
	for i := range 3 {
		w.head(&graph.Event{ID: graph.ID(fmt.Sprint("e", i)), Title: "植树", PrintedTitle: "植树节", Date: graph.EventDate{EDTF: edtf.OfMonth(2020, 1+i)}})
		ends[len(w.b)] = true
	}
	for n := range w.b {
		heads, err := cutHeads(string(w.b[:n]))
		if (err == nil) != ends[n] {
			t.Errorf("%d of %d bytes: error %v", n, len(w.b), err)
		}
		if err == nil && strings.Join(heads, "") != string(w.b[:n]) {
			t.Errorf("%d bytes are read as %q", n, heads)
		}
	}
}

func FuzzCard(f *testing.F) {
	w := sampleCard()
	f.Add(w.card)
	f.Add("")
	f.Add(strings.Repeat("\xff", 40))
	for _, i := range []int{1, len(w.card) / 3, len(w.card) - 2} {
		b := []byte(w.card)
		b[i] ^= 0x81
		f.Add(string(b))
	}
	f.Fuzz(func(t *testing.T, card string) {
		w := w
		w.card = card
		e, err := w.read() // does not panic
		if err != nil {
			return
		}
		for i := range e.Officials {
			e.Officials[i].Event = nil
		}
		got, err := encoded(e).read()
		if err != nil || len(got.Officials) != len(e.Officials) || got.Title != e.Title || got.ID != e.ID {
			t.Fatalf("what was read cannot be written and read again: %v", err)
		}
	})
}
