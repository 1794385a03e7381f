package interchange

import (
	"bytes"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

const (
	// MaxLineBytes is the longest line that is read: an article of a gazetteer has at most a few hundred kB.
	MaxLineBytes = 16 << 20
	// MaxNameRunes is the longest name, title of a post or section: engines keep them in keys.
	MaxNameRunes = 500
	// MaxTitleRunes is the longest title of an event.
	MaxTitleRunes = 2000
)

// A Record is what a line says.
type Record struct {
	Issue reading.Issue
	Event reading.Event
}

// A Parser reads lines. It keeps the jurisdictions that it has looked up, so one goroutine at a time may use it.
type Parser struct {
	regions map[string]lookup
	places  map[string]around // by code
	names   map[string]told   // of organs
	decoder decoder
}

// told is what an organ's name tells; at is unknown where it begins with no division.
type told struct {
	kind graph.DepartmentKind
	at   reading.Jurisdiction
}

// around is what lies around a place with a code.
type around struct {
	at      reading.Jurisdiction
	inTable bool
}

type lookup struct {
	at  reading.Jurisdiction
	err error
}

// NewParser returns a parser.
func NewParser() *Parser {
	return &Parser{regions: map[string]lookup{}, places: map[string]around{}, names: map[string]told{}, decoder: decoder{seed: maphash.MakeSeed()}}
}

// maxKnown bounds what a parser keeps: China has 45,000 divisions.
const maxKnown = 50_000

// Parse reads one line, without its line feed. What does not make sense is an error that names the field, and what it says of
// names does not hang on any other line.
func (p *Parser) Parse(line []byte) (Record, error) {
	if bytes.Contains(line, []byte(`\u0000`)) {
		return Record{}, errors.New("a NUL in a text")
	}
	if line = bytes.TrimSpace(line); len(line) == 0 || line[0] != '{' {
		return Record{}, errors.New("no JSON object")
	}
	var l Line
	if !p.decoder.decode(line, &l) {
		l = Line{}
		if err := unmarshal(line, &l); err != nil {
			return Record{}, err
		}
	}
	return p.record(&l)
}

// unmarshal reads any line, and says what is wrong with it.
func unmarshal(line []byte, l *Line) error {
	err := jsonv2.Unmarshal(line, l, jsonv2.RejectUnknownMembers(true))
	if err != nil && !utf8.Valid(line) {
		err = errors.New("no UTF-8")
	}
	return plainly(err)
}

// plainly says what the decoder found in the words of the form; nil says nothing.
func plainly(err error) error {
	var wrong *jsonv2.SemanticError
	var broken *jsontext.SyntacticError
	switch {
	case errors.As(err, &wrong) && errors.Is(wrong.Err, jsonv2.ErrUnknownName):
		return fmt.Errorf("unknown field %q", wrong.JSONPointer.LastToken())
	case errors.As(err, &wrong) && wrong.Err != nil:
		return fmt.Errorf("%s: %w", fieldOf(wrong.JSONPointer), wrong.Err)
	case errors.As(err, &wrong):
		return fmt.Errorf("%s: a %s does not belong here", fieldOf(wrong.JSONPointer), wrong.JSONKind)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the object does not end on this line")
	case errors.As(err, &broken) && errors.Is(broken.Err, jsontext.ErrDuplicateName):
		return fmt.Errorf("%s stands there twice", fieldOf(broken.JSONPointer))
	case errors.As(err, &broken):
		return fmt.Errorf("no JSON behind byte %d: %w", broken.ByteOffset, broken.Err)
	}
	return err
}

// fieldOf returns a place in a line as its fields are called: officials.0.posts.1.title.
func fieldOf(p jsontext.Pointer) string {
	return strings.ReplaceAll(strings.TrimPrefix(string(p), "/"), "/", ".")
}

// reader reads one line.
type reader struct {
	*Parser
	line   *Line
	region reading.Jurisdiction
	organs map[string][]*reading.Organ // by name: those of departments, then those of organs
	texts  [3]counted                  // of title, heading and body
}

func (p *Parser) record(l *Line) (Record, error) {
	r := &reader{Parser: p, line: l, organs: map[string][]*reading.Organ{}}
	for _, check := range []func() error{r.checkTexts, r.readRegion} {
		if err := check(); err != nil {
			return Record{}, err
		}
	}
	date, err := r.date()
	if err != nil {
		return Record{}, fmt.Errorf("date: %w", err)
	}
	issue, err := r.issue(date.EDTF)
	if err != nil {
		return Record{}, fmt.Errorf("issue: %w", err)
	}
	e := reading.Event{
		Title: l.Title, PrintedTitle: l.Title, Heading: deref(l.Heading), Kind: l.Kind, Section: deref(l.Section), Page: deref(l.Page),
		Place: l.Place, Body: l.Body, Date: date,
	}
	if l.PrintedTitle != nil {
		e.PrintedTitle = *l.PrintedTitle
	}
	if e.Kind == "" {
		e.Kind = graph.EventKindEvent
	}
	e.Summary = loader.Summary(e.Body, &e.Date)
	if err := r.links(&e); err != nil {
		return Record{}, err
	}
	return Record{Issue: issue, Event: e}, nil
}

func (r *reader) checkTexts() error {
	l := r.line
	switch {
	case strings.TrimSpace(l.Title) == "":
		return errors.New("title: missing")
	case l.Date == nil:
		return errors.New("date: missing")
	case l.Kind != "" && !slices.Contains(kinds, l.Kind):
		return oneOf("kind", l.Kind, kinds)
	case l.Place < 0 || deref(l.Page) < 0:
		return errors.New("place and page are counted from 1")
	case strings.Contains(l.Body, "\r"):
		return errors.New("body: paragraphs are separated by one line feed, and there is a carriage return")
	}
	for _, t := range []struct {
		field, text string
		most        int
	}{
		{"title", l.Title, MaxTitleRunes}, {"printedTitle", deref(l.PrintedTitle), MaxTitleRunes}, {"section", deref(l.Section), MaxNameRunes},
		{"publication", l.Publication, MaxNameRunes}, {"publisher", deref(l.Publisher), MaxNameRunes},
	} {
		if n := utf8.RuneCountInString(t.text); n > t.most {
			return fmt.Errorf("%s: %d code points, at most %d are read", t.field, n, t.most)
		}
	}
	r.texts = [...]counted{{text: l.Title}, {text: deref(l.Heading)}, {text: l.Body}}
	if l.PrintedTitle != nil {
		r.texts[0].text = *l.PrintedTitle
	}
	return nil
}

var (
	kinds      = []graph.EventKind{graph.EventKindEvent, graph.EventKindRoster, graph.EventKindOverview}
	bases      = []graph.DateBasis{graph.BasisExplicit, graph.BasisYearInferred, graph.BasisRelative, graph.BasisConverted, graph.BasisEdited, graph.BasisNone}
	qualifiers = []graph.FigureQualifier{graph.FigureExact, graph.FigureAbout, graph.FigureMoreThan, graph.FigureLessThan, graph.FigureAtLeast, graph.FigureAtMost}
	attests    = []graph.AttestationKind{"", graph.AttestsHeld, graph.AttestsAppointed, graph.AttestsRemoved, graph.AttestsRoster}
	organTypes = []graph.DepartmentKind{
		graph.DeptParty, graph.DeptGovernment, graph.DeptCongress, graph.DeptCPPCC, graph.DeptJudicial, graph.DeptMilitary, graph.DeptMass,
		graph.DeptSubdistrict, graph.DeptVillage, graph.DeptInstitution, graph.DeptSchool, graph.DeptHospital, graph.DeptEnterprise,
		graph.DeptTemporary, graph.DeptGroup, graph.DeptOther,
	}
	placeTypes = []graph.LocationKind{
		graph.LocProvince, graph.LocCity, graph.LocCounty, graph.LocTownship, graph.LocCommunity, graph.LocRoad, graph.LocAddress, graph.LocVenue, graph.LocOther,
	}
)

func oneOf[T ~string](field string, got T, want []T) error {
	known := make([]string, 0, len(want))
	for _, w := range want {
		if w != "" {
			known = append(known, string(w))
		}
	}
	return fmt.Errorf("%s: %q is none of %s", field, got, strings.Join(known, " "))
}

func (r *reader) readRegion() (err error) {
	if r.line.Region != nil {
		if r.region, err = r.jurisdiction(r.line.Region); err != nil {
			return fmt.Errorf("region: %w", err)
		}
	}
	return nil
}

// jurisdiction looks a region up.
func (p *Parser) jurisdiction(r *Region) (reading.Jurisdiction, error) {
	if r.Chain != nil {
		return chainOf(r.Chain)
	}
	if r.Text == "" {
		return reading.Jurisdiction{}, errors.New("empty")
	}
	found, known := p.regions[r.Text]
	if !known {
		found.at, found.err = loader.RegionNamed(r.Text)
		if len(p.regions) >= maxKnown {
			clear(p.regions)
		}
		p.regions[r.Text] = found
	}
	return found.at, found.err
}

// chainOf checks the places of a region, the outermost first.
func chainOf(places []Place) (reading.Jurisdiction, error) {
	var j reading.Jurisdiction
	for _, p := range places {
		if err := p.check(); err != nil {
			return j, err
		}
		j.Chain = append(j.Chain, withYears(reading.Place{Name: p.Name, Type: p.Type, Code: p.Code}))
	}
	return j, nil
}

func (p *Place) check() error {
	if err := checkName("name", p.Name); err != nil {
		return err
	}
	if err := checkCode(p.Code); err != nil {
		return err
	}
	return checkType(p.Type, p.Code)
}

func checkName(field, name string) error {
	switch n := utf8.RuneCountInString(name); {
	case strings.TrimSpace(name) == "":
		return fmt.Errorf("%s: missing", field)
	case n > MaxNameRunes:
		return fmt.Errorf("%s: %d code points, at most %d are read", field, n, MaxNameRunes)
	}
	return nil
}

// checkCode asks that a code of a division has six, nine or twelve digits; "" is none.
func checkCode(code string) error {
	if n := len(code); n != 0 && n != 6 && n != 9 && n != 12 || strings.Trim(code, "0123456789") != "" {
		return fmt.Errorf("code: %q is none of a division, which has 6, 9 or 12 digits", code)
	}
	return nil
}

// reasonGiven is why an event has a date for which no text is shown.
const reasonGiven = "导入时给出"

func (r *reader) date() (graph.EventDate, error) {
	d := r.line.Date
	out := graph.EventDate{EDTF: d.EDTF, Text: deref(d.Text), Basis: d.Basis, Reason: deref(d.Reason), Confidence: 1, Evidence: orNil(d.Evidence)}
	known := out.Dated()
	if d.Confidence != nil {
		out.Confidence = *d.Confidence
	} else if !known {
		out.Confidence = 0
	}
	switch {
	case out.Basis == "" && !known:
		out.Basis = graph.BasisNone
	case out.Basis == "":
		out.Basis = graph.BasisEdited
		if d.Reason == nil && len(d.Evidence) == 0 {
			out.Reason = reasonGiven
		}
	case !slices.Contains(bases, out.Basis):
		return out, oneOf("basis", out.Basis, bases)
	}
	if out.Confidence < 0 || out.Confidence > 1 {
		return out, fmt.Errorf("confidence: %v is not from 0 to 1", out.Confidence)
	}
	if err := sameDays(d.EDTF, d.Start, d.End); err != nil {
		return out, err
	}
	if d.Precision != "" && d.Precision != d.EDTF.Precision() {
		return out, fmt.Errorf("precision: %s is %s, not %s", d.EDTF, d.EDTF.Precision(), d.Precision)
	}
	return out, r.evidence(d.Evidence)
}

// sameDays asks that bounds which are given are those of the date.
func sameDays(d edtf.Date, start, end edtf.Day) error {
	if start != 0 && start != d.Start() {
		return fmt.Errorf("start: %s begins on %s, not %s", d, orNone(d.Start()), start)
	}
	if end != 0 && end != d.End() {
		return fmt.Errorf("end: %s ends on %s, not %s", d, orNone(d.End()), end)
	}
	return nil
}

func orNone(d edtf.Day) string {
	if d == 0 {
		return "no day"
	}
	return d.String()
}

// evidence asks that each is the text of its span.
func (r *reader) evidence(all []graph.Evidence) error {
	for i := range all {
		e := &all[i]
		field := slices.Index(evidenceFields, e.Field)
		if field < 0 {
			return oneOf("evidence.field", e.Field, evidenceFields)
		}
		if text, ok := r.texts[field].span(e.Start, e.End); !ok || text != e.Text {
			return fmt.Errorf("evidence: %.40q is not %s[%d:%d]", e.Text, e.Field, e.Start, e.End)
		}
	}
	return nil
}

var evidenceFields = []graph.EvidenceField{graph.FieldTitle, graph.FieldHeading, graph.FieldBody}

// counted is a text whose code points are counted.
type counted struct {
	text string
	// marks are where every 64th code point begins, as far as one was looked for: a text may be long, and its evidence much.
	marks []int
}

const eachMark = 64

// span returns the code points from start to before end, false where there are not so many.
func (c *counted) span(start, end int) (string, bool) {
	if start < 0 || start > end {
		return "", false
	}
	from, ok := c.offset(start)
	to, also := c.offset(end)
	if !ok || !also {
		return "", false
	}
	return c.text[from:to], true
}

// offset returns the byte where a code point begins, or where the text ends behind the last.
func (c *counted) offset(n int) (int, bool) {
	for len(c.marks) <= n/eachMark {
		at := 0
		if last := len(c.marks) - 1; last >= 0 {
			var ok bool
			if at, ok = pass(c.text, c.marks[last], eachMark); !ok {
				return 0, false
			}
		}
		c.marks = append(c.marks, at)
	}
	return pass(c.text, c.marks[n/eachMark], n%eachMark)
}

// pass returns the byte that is n code points behind another in a text, which is UTF-8.
func pass(text string, at, n int) (int, bool) {
	for ; n > 0 && at < len(text); n-- {
		for at++; at < len(text) && !utf8.RuneStart(text[at]); at++ {
		}
	}
	return at, n == 0
}

// issue reads the issue; an event that names none stands in that of the month of its date.
func (r *reader) issue(date edtf.Date) (reading.Issue, error) {
	is := reading.Issue{Publication: r.line.Publication, Publisher: deref(r.line.Publisher), Region: r.region}
	if strings.TrimSpace(is.Publication) == "" {
		is.Publication = DefaultPublication
	}
	given := r.line.Issue
	if given == nil {
		if day := max(date.Start(), 0); day != 0 {
			is.Year, is.Month, _ = day.Date()
		} else if date.End() != 0 {
			is.Year, is.Month, _ = date.End().Date()
		}
		is.Label = labelOf(&is)
		return is, nil
	}
	is.Number, is.NumberTo, is.Year, is.Month, is.MonthTo, is.Published = given.Number, given.NumberTo, given.Year, given.Month, given.MonthTo, given.Published
	is.Digest, is.ByText = given.Digest, given.Digest != ""
	if is.Year == 0 && is.Number == 0 && !is.ByText && is.Published != 0 {
		is.Year, is.Month, _ = is.Published.Date()
	}
	const maxNumber = 999_999
	switch {
	case is.Month < 0 || is.Month > 12 || is.MonthTo < 0 || is.MonthTo > 12:
		return is, errors.New("month: from 1 to 12")
	case is.Month != 0 && is.Year == 0:
		return is, errors.New("month: without year")
	case is.Year < -9999 || is.Year > 9999:
		return is, errors.New("year: from -9999 to 9999")
	case is.Number < 0 || is.NumberTo < 0 || is.Number > maxNumber || is.NumberTo > maxNumber:
		return is, fmt.Errorf("number: from 1 to %d", maxNumber)
	case len(is.Digest) > 64 || strings.Trim(is.Digest, "0123456789abcdef") != "":
		return is, errors.New("digest: at most 64 hexadecimal digits")
	case given.Label != nil && utf8.RuneCountInString(*given.Label) > MaxNameRunes:
		return is, fmt.Errorf("label: more than %d code points", MaxNameRunes)
	}
	if is.Label = labelOf(&is); given.Label != nil {
		is.Label = *given.Label
	}
	return is, nil
}

// labelOf names an issue that has no printed label: 2021年1月（总第100期）.
func labelOf(is *reading.Issue) string {
	label := ""
	if is.Year != 0 {
		label = fmt.Sprintf("%d年", is.Year)
	}
	if is.Month != 0 {
		label += span(is.Month, is.MonthTo) + "月"
	}
	switch {
	case is.Number == 0:
		return label
	case is.Month != 0:
		return label + "（总第" + span(is.Number, is.NumberTo) + "期）"
	}
	return label + "第" + span(is.Number, is.NumberTo) + "期"
}

func span(from, to int) string {
	if to == 0 {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d—%d", from, to)
}

func deref[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// organ returns what is known of an organ by its name alone.
func (r *reader) organ(name string) *reading.Organ {
	o := &reading.Organ{Name: name, Type: r.tells(name).kind}
	o.Region = r.regionOf(name, o.Type)
	return o
}

// tells returns what an organ's name tells.
func (p *Parser) tells(name string) told {
	t, known := p.names[name]
	if !known {
		t = told{extract.KindOf(name), loader.RegionBeginning(name)}
		if len(p.names) >= maxKnown {
			clear(p.names)
		}
		p.names[name] = t
	}
	return t
}

// regionOf returns the jurisdiction that an organ's name begins with; of one whose sort only a jurisdiction has it is the line's.
func (r *reader) regionOf(name string, kind graph.DepartmentKind) reading.Jurisdiction {
	if at := r.tells(name).at; at.Known() {
		return at
	}
	switch kind {
	case graph.DeptParty, graph.DeptGovernment, graph.DeptCongress, graph.DeptCPPCC, graph.DeptJudicial, graph.DeptMilitary, graph.DeptMass, graph.DeptSubdistrict:
		return r.region
	}
	return reading.Jurisdiction{}
}
