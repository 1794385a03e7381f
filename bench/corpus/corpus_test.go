package corpus_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fangzhi/bench/corpus"
	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/lexicon"
)

const seed = 1

func mustWrite(t testing.TB, events int, seed uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := corpus.New(events, seed).Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	first := sha256.Sum256(mustWrite(t, 3000, seed))
	if sha256.Sum256(mustWrite(t, 3000, seed)) != first {
		t.Error("two corpora of one seed differ")
	}
	if sha256.Sum256(mustWrite(t, 3000, seed+1)) == first {
		t.Error("two seeds give one corpus")
	}
}

func TestAFullDiskIsAnError(t *testing.T) {
	if err := corpus.New(2000, seed).Write(full{}); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("Write to a full disk: %v, want %v", err, io.ErrShortWrite)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

type evidence struct {
	Field      string
	Start, End int
	Text       string
}

// line is the interchange form; what it does not name is refused.
type line struct {
	Publication, Publisher, Region string
	Issue                          struct {
		Number, Year, Month int
		Published           edtf.Day
	}
	Section                         string
	Page                            int
	Title, PrintedTitle, Kind, Body string
	Date                            struct {
		EDTF             edtf.Date
		Start, End       edtf.Day
		Precision        edtf.Precision
		Text, Basis      string
		Confidence       float64
		Evidence         []evidence
		Reason           *string
		OtherDates, Rule any `json:"-"`
	}
	Officials []struct {
		Name, Title, Department, Role, Code string
		Posts                               []struct{ Title, Department, Text string }
		Roles                               []string
		Evidence                            []evidence
	}
	Departments []struct {
		Name, Text, Type, Role, Code string
		Evidence                     []evidence
	}
	Locations []struct {
		Name, Text, Type, Code string
		IsPlace                bool
		Evidence               []evidence
	}
}

func mustRead(t testing.TB, text []byte) []line {
	t.Helper()
	var lines []line
	for raw := range bytes.Lines(text) {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		var l line
		if err := d.Decode(&l); err != nil {
			t.Fatalf("line %d: %v\n%s", len(lines)+1, err, raw)
		}
		lines = append(lines, l)
	}
	return lines
}

func TestEveryLineIsTrue(t *testing.T) {
	const events = 10_000
	lines := mustRead(t, mustWrite(t, events, seed))
	if len(lines) != events {
		t.Fatalf("%d lines, want %d", len(lines), events)
	}
	titles := map[string]bool{}
	ends := regexp.MustCompile(`〔\d{4}〕\d+号$`)
	for i, l := range lines {
		body := []rune(l.Body)
		prove := func(what string, in []evidence, texts ...string) {
			if len(in) == 0 {
				t.Errorf("line %d: no evidence of %s", i+1, what)
			}
			for _, v := range in {
				if v.Field != "BODY" || v.Start < 0 || v.Start >= v.End || v.End > len(body) || string(body[v.Start:v.End]) != v.Text {
					t.Errorf("line %d: evidence of %s is %+v", i+1, what, v)
				}
				for _, text := range texts {
					if !strings.Contains(v.Text, text) {
						t.Errorf("line %d: evidence of %s is %q, without %q", i+1, what, v.Text, text)
					}
				}
			}
		}
		if titles[l.Title] || !ends.MatchString(l.Title) {
			t.Errorf("line %d: the title %q comes twice or has no number", i+1, l.Title)
		}
		titles[l.Title] = true
		if l.Date.Start != l.Date.EDTF.Start() || l.Date.End != l.Date.EDTF.End() || l.Date.Precision != l.Date.EDTF.Precision() {
			t.Errorf("line %d: the date %+v contradicts itself", i+1, l.Date)
		}
		prove("the date", l.Date.Evidence, l.Date.Text)
		people := map[string]bool{}
		for _, o := range l.Officials {
			prove(o.Name, o.Evidence, o.Name, o.Title)
			if o.Role != o.Roles[0] || o.Department != o.Posts[0].Department || people[o.Name+o.Code] {
				t.Errorf("line %d: official %+v comes twice or contradicts itself", i+1, o)
			}
			people[o.Name+o.Code] = true
		}
		for _, d := range l.Departments {
			prove(d.Name, d.Evidence, d.Text)
		}
		for _, p := range l.Locations {
			prove(p.Name, p.Evidence, p.Text)
			if d, ok := lexicon.DivisionByCode(p.Code); !ok || len(p.Code) < 12 && d.Name != p.Name || p.Code[:6] != l.Region {
				t.Errorf("line %d: location %+v is not of %s, or the table calls it %s", i+1, p, l.Region, d.Name)
			}
		}
	}
}

func TestShape(t *testing.T) {
	const events = 10_000
	lines := mustRead(t, mustWrite(t, events, seed))
	near := func(what string, got, want, tolerance float64) {
		if math.Abs(got-want) > tolerance {
			t.Errorf("%s: %.3f, want %.3f ± %.3f", what, got, want, tolerance)
		}
	}
	lengths := make([]int, events)
	var total, officials, departments, vague, months, working, single float64
	days, people, publications := map[string]int{}, map[string]int{}, map[string]bool{}
	perMonth := map[string]float64{}
	late, before := 0.0, line{}
	issues, years := map[string]bool{}, map[int]float64{}
	sections := map[string]bool{}
	for i, l := range lines {
		lengths[i] = utf8.RuneCountInString(l.Body)
		total += float64(lengths[i])
		officials += float64(len(l.Officials))
		departments += float64(len(l.Departments))
		if len(l.Officials) > 8 || len(l.Departments) > 4 || len(l.Locations) > 3 {
			t.Errorf("event %s names %d officials, %d departments, %d locations", l.Title, len(l.Officials), len(l.Departments), len(l.Locations))
		}
		if l.Date.Precision != edtf.PrecisionDay {
			vague++
		}
		if l.Date.Precision == edtf.PrecisionMonth {
			months++
		}
		if strings.Contains(l.Title+l.Body, "工作") {
			working++
		}
		if l.Date.Precision == edtf.PrecisionDay {
			single++
			days[l.Region+l.Date.Start.String()]++
		}
		perMonth[l.Region+l.Date.Start.String()[:7]]++
		for _, o := range l.Officials {
			people[o.Name+o.Code]++
		}
		publications[l.Publication] = true
		sections[l.Section] = true
		years[l.Issue.Year]++
		issue := l.Publication + l.Issue.Published.String()
		if !issues[issue] && (l.Publication < before.Publication || l.Publication == before.Publication && l.Issue.Number < before.Issue.Number) {
			late++
		}
		issues[issue] = true
		if l.Issue.Number != (l.Issue.Year-1949)*12+l.Issue.Month {
			t.Errorf("issue %+v is not numbered on", l.Issue)
		}
		before = l
	}
	slices.Sort(lengths)
	near("mean of the bodies", total/events, 400, 12)
	near("median of the bodies", float64(lengths[events/2]), 330, 15)
	if lengths[0] < 140 || lengths[events-1] > 900 {
		t.Errorf("bodies have %d to %d characters", lengths[0], lengths[events-1])
	}
	near("officials an event", officials/events, 2.3, 0.1)
	near("departments an event", departments/events, 1.5, 0.1)
	near("vague dates", vague/events, 0.05, 0.008)
	near("months among them", months/vague, 0.5, 0.08)
	near("events with 工作", working/events, 0.87, 0.03)
	near("growth in 40 years", (years[2020]+years[2019]+years[2018])/(years[1980]+years[1979]+years[1978]), math.Exp(0.035*40), 1)
	if len(publications) != 4 || len(sections) != 12 {
		t.Errorf("%d publications and %d sections", len(publications), len(sections))
	}
	// An issue that is written late lets its neighbour look late too now and then, so the share is wide.
	near("issues out of order", late/float64(len(issues)), 0.06, 0.04)
	near("officials", float64(len(people)), events/12, events/60)
	most := 0
	for _, n := range people {
		most = max(most, n)
	}
	if most < 100 || most > 400 {
		t.Errorf("the most named official has %d events", most)
	}
	var busiest, all float64
	for month, n := range perMonth {
		if n < 20 {
			continue
		}
		best := 0
		for day, k := range days {
			if strings.HasPrefix(day, month) {
				best = max(best, k)
			}
		}
		busiest += float64(best)
		all += n
	}
	near("events of a month's busiest day", busiest/all, 0.25, 0.06)
}

func TestLoadedGraphsAreSoundAndAlike(t *testing.T) {
	c := corpus.New(1000, seed)
	disk, err := badgerstore.Open(t.TempDir(), badgerstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var digests []string
	for _, s := range []graph.Store{memstore.New(), disk} {
		l := &corpus.Loader{Store: s}
		for is := range c.Issues() {
			if err := l.Put(t.Context(), is); err != nil {
				t.Fatal(err)
			}
		}
		before := mustDigest(t, s)
		extra := []*corpus.Issue{c.Extra(0, 50), c.Extra(1, 50), c.Extra(7, 50)}
		again := &corpus.Loader{Store: s} // has to read what the graph knows
		for _, is := range extra {
			if err := again.Put(t.Context(), is); err != nil {
				t.Fatal(err)
			}
		}
		if mustDigest(t, s) == before {
			t.Error("three issues more changed nothing")
		}
		for _, is := range extra {
			if err := again.Remove(t.Context(), is); err != nil {
				t.Fatal(err)
			}
		}
		digests = append(digests, mustDigest(t, s))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if digests[0] != digests[1] {
		t.Error("two engines hold different graphs")
	}
}

// mustDigest checks the graph too.
func mustDigest(t *testing.T, s graph.Store) string {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := graph.Check(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	digest, err := graph.Digest(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func BenchmarkWrite(b *testing.B) {
	c := corpus.New(10_000, seed)
	b.ReportAllocs()
	for b.Loop() {
		if err := c.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
