package interchange

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"strconv"
	"unicode/utf8"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A decoder reads lines of the usual form in less than half the time of package jsonv2, which looks at types. What is unusual it does
// not read, and nothing that is wrong: jsonv2 then does, or says what is wrong. So it may refuse what it likes, and what it reads
// has to be what jsonv2 reads.
//
// Lists that no Record keeps use their memory again: a Line is valid until the next one is read.
type decoder struct {
	b     []byte
	at    int
	wrong bool // the rest is not looked at

	seed  maphash.Seed
	known [1 << 10]string // short strings that came before, by hash: names and codes come again and again

	strings     []string
	officials   []Official
	posts       []Post
	departments []Department
	locations   []Location
}

// maxShort is the longest string that is looked for among those that came before, in bytes.
const maxShort = 64

// decode reads a line, and tells whether it could.
func (d *decoder) decode(line []byte, l *Line) bool {
	if !utf8.Valid(line) {
		return false
	}
	d.b, d.at, d.wrong = line, 0, false
	d.strings, d.posts = d.strings[:0], d.posts[:0]
	readObject(d, lineFields, l)
	d.next()
	ok := !d.wrong && d.at == len(line)
	d.b = nil
	return ok
}

// A field is a member of an object. read reads what is not null.
type field[T any] struct {
	name string
	read func(d *decoder, v *T)
	null func(v *T) // what null says; nil where it says what a missing one says
}

// The fields of each object stand in the order in which an export and `fangzhi parse` write most of them.
var (
	lineFields = []field[Line]{
		{name: "publication", read: func(d *decoder, l *Line) { l.Publication = d.text() }},
		{name: "publisher", read: func(d *decoder, l *Line) { l.Publisher = d.pointer() }},
		{name: "region", read: func(d *decoder, l *Line) { l.Region = d.region() }},
		{name: "issue", read: func(d *decoder, l *Line) { l.Issue = new(Issue); readObject(d, issueFields, l.Issue) }},
		{name: "section", read: func(d *decoder, l *Line) { l.Section = d.pointer() }},
		{name: "page", read: func(d *decoder, l *Line) { l.Page = addressOf(d.integer()) }},
		{name: "place", read: func(d *decoder, l *Line) { l.Place = d.integer() }},
		{name: "title", read: func(d *decoder, l *Line) { l.Title = d.text() }},
		{name: "printedTitle", read: func(d *decoder, l *Line) { l.PrintedTitle = d.pointer() }},
		{name: "tocTitle", read: func(d *decoder, l *Line) { l.TOCTitle = d.text() }},
		{name: "kind", read: func(d *decoder, l *Line) { l.Kind = graph.EventKind(d.text()) }},
		{name: "heading", read: func(d *decoder, l *Line) { l.Heading = d.pointer() }},
		{name: "body", read: func(d *decoder, l *Line) { l.Body = d.text() }},
		{name: "date", read: func(d *decoder, l *Line) { l.Date = d.date() }},
		{name: "otherDates", read: func(d *decoder, l *Line) { l.OtherDates = readList(d, otherDateFields, nil) }},
		{name: "officials", read: func(d *decoder, l *Line) {
			d.officials = readList(d, officialFields, d.officials[:0])
			l.Officials = d.officials
		}},
		{name: "departments", read: func(d *decoder, l *Line) {
			d.departments = readList(d, departmentFields, d.departments[:0])
			l.Departments = d.departments
		}},
		{name: "organs", read: func(d *decoder, l *Line) { l.Organs = readList(d, organFields, nil) }},
		{name: "locations", read: func(d *decoder, l *Line) {
			d.locations = readList(d, locationFields, d.locations[:0])
			l.Locations = d.locations
		}},
		{name: "documents", read: func(d *decoder, l *Line) { l.Documents = readList(d, documentFields, nil) }},
		{name: "figures", read: func(d *decoder, l *Line) { l.Figures = readList(d, figureFields, nil) }},
	}
	issueFields = []field[Issue]{
		{name: "label", read: func(d *decoder, i *Issue) { i.Label = d.pointer() }},
		{name: "number", read: func(d *decoder, i *Issue) { i.Number = d.integer() }},
		{name: "numberTo", read: func(d *decoder, i *Issue) { i.NumberTo = d.integer() }},
		{name: "year", read: func(d *decoder, i *Issue) { i.Year = d.integer() }},
		{name: "month", read: func(d *decoder, i *Issue) { i.Month = d.integer() }},
		{name: "monthTo", read: func(d *decoder, i *Issue) { i.MonthTo = d.integer() }},
		{name: "published", read: func(d *decoder, i *Issue) { i.Published = d.day() }},
		{name: "digest", read: func(d *decoder, i *Issue) { i.Digest = d.text() }},
	}
	dateFields = []field[Date]{
		{name: "edtf", read: func(d *decoder, v *Date) { v.EDTF = d.edtf() }},
		{name: "start", read: func(d *decoder, v *Date) { v.Start = d.day() }},
		{name: "end", read: func(d *decoder, v *Date) { v.End = d.day() }},
		{name: "precision", read: func(d *decoder, v *Date) { v.Precision = edtf.Precision(d.text()) }},
		{name: "text", read: func(d *decoder, v *Date) { v.Text = d.pointer() }},
		{name: "basis", read: func(d *decoder, v *Date) { v.Basis = graph.DateBasis(d.text()) }},
		{name: "reason", read: func(d *decoder, v *Date) { v.Reason = d.pointer() }},
		{name: "confidence", read: func(d *decoder, v *Date) { v.Confidence = addressOf(d.float()) }},
		{name: "evidence", read: func(d *decoder, v *Date) { v.Evidence = d.evidence() }},
	}
	otherDateFields = []field[OtherDate]{
		{name: "edtf", read: func(d *decoder, v *OtherDate) { v.EDTF = d.edtf() }},
		{name: "start", read: func(d *decoder, v *OtherDate) { v.Start = d.day() }},
		{name: "end", read: func(d *decoder, v *OtherDate) { v.End = d.day() }},
		{name: "basis", read: func(d *decoder, v *OtherDate) { v.Basis = graph.DateBasis(d.text()) }},
		{name: "text", read: func(d *decoder, v *OtherDate) { v.Text = d.text() }},
		{name: "evidence", read: func(d *decoder, v *OtherDate) { v.Evidence = d.evidence() }},
	}
	officialFields = []field[Official]{
		{name: "name", read: func(d *decoder, o *Official) { o.Name = d.text() }},
		{name: "title", read: func(d *decoder, o *Official) { o.Title = d.pointer() }},
		{name: "posts", read: func(d *decoder, o *Official) {
			from := len(d.posts)
			d.posts = readList(d, postFields, d.posts)
			o.Posts = d.posts[from:]
		}},
		{name: "department", read: func(d *decoder, o *Official) { o.Department = d.pointer() }},
		{name: "departmentCode", read: func(d *decoder, o *Official) { o.DepartmentCode = optionalRegion{true, d.region()} },
			null: func(o *Official) { o.DepartmentCode.Given = true }},
		{name: "role", read: func(d *decoder, o *Official) { o.Role = graph.OfficialRole(d.text()) }},
		{name: "roles", read: func(d *decoder, o *Official) {
			o.Roles = []graph.OfficialRole{}
			d.list(func() { o.Roles = append(o.Roles, graph.OfficialRole(d.text())) })
		}},
		{name: "code", read: func(d *decoder, o *Official) { o.Code = d.region() }},
		{name: "evidence", read: func(d *decoder, o *Official) { o.Evidence = d.evidence() }},
	}
	postFields = []field[Post]{
		{name: "title", read: func(d *decoder, p *Post) { p.Title = d.text() }},
		{name: "department", read: func(d *decoder, p *Post) { p.Department = d.pointer() }},
		{name: "code", read: func(d *decoder, p *Post) { p.Code = optionalRegion{true, d.region()} },
			null: func(p *Post) { p.Code.Given = true }},
		{name: "text", read: func(d *decoder, p *Post) { p.Text = d.text() }},
		{name: "attests", read: func(d *decoder, p *Post) { p.Attests = addressOf(graph.AttestationKind(d.text())) }},
		{name: "rank", read: func(d *decoder, p *Post) { p.Rank = addressOf(d.integer()) }},
		{name: "single", read: func(d *decoder, p *Post) { p.Single = addressOf(d.boolean()) }},
		{name: "from", read: func(d *decoder, p *Post) { p.From = d.edtf() }},
		{name: "to", read: func(d *decoder, p *Post) { p.To = d.edtf() }},
	}
	departmentFields = append([]field[Department]{
		{name: "text", read: func(d *decoder, v *Department) { v.Text = d.text() }},
		{name: "role", read: func(d *decoder, v *Department) { v.Role = graph.DepartmentRole(d.text()) }},
		{name: "evidence", read: func(d *decoder, v *Department) { v.Evidence = d.evidence() }},
	}, embedded(organFields, func(v *Department) *Organ { return &v.Organ })...)
	organFields = []field[Organ]{
		{name: "name", read: func(d *decoder, o *Organ) { o.Name = d.text() }},
		{name: "type", read: func(d *decoder, o *Organ) { o.Type = graph.DepartmentKind(d.text()) }},
		{name: "code", read: func(d *decoder, o *Organ) { o.Code = optionalRegion{true, d.region()} },
			null: func(o *Organ) { o.Code.Given = true }},
		{name: "parent", read: func(d *decoder, o *Organ) { o.Parent = d.text() }},
		{name: "parentCode", read: func(d *decoder, o *Organ) { o.ParentCode = optionalRegion{true, d.region()} },
			null: func(o *Organ) { o.ParentCode.Given = true }},
	}
	locationFields = []field[Location]{
		{name: "name", read: func(d *decoder, l *Location) { l.Name = d.text() }},
		{name: "text", read: func(d *decoder, l *Location) { l.Text = d.text() }},
		{name: "type", read: func(d *decoder, l *Location) { l.Type = graph.LocationKind(d.text()) }},
		{name: "code", read: func(d *decoder, l *Location) { l.Code = d.pointer() }},
		{name: "above", read: func(d *decoder, l *Location) { l.Above = addressOf(readList(d, placeFields, nil)) }},
		{name: "isPlace", read: func(d *decoder, l *Location) { l.IsPlace = d.boolean() }},
		{name: "evidence", read: func(d *decoder, l *Location) { l.Evidence = d.evidence() }},
	}
	placeFields = []field[Place]{
		{name: "name", read: func(d *decoder, p *Place) { p.Name = d.text() }},
		{name: "type", read: func(d *decoder, p *Place) { p.Type = graph.LocationKind(d.text()) }},
		{name: "code", read: func(d *decoder, p *Place) { p.Code = d.text() }},
	}
	documentFields = []field[CitedDocument]{
		{name: "title", read: func(d *decoder, c *CitedDocument) { c.Title = d.pointer() }},
		{name: "shortTitle", read: func(d *decoder, c *CitedDocument) { c.ShortTitle = d.pointer() }},
		{name: "number", read: func(d *decoder, c *CitedDocument) { c.Number = d.pointer() }},
		{name: "evidence", read: func(d *decoder, c *CitedDocument) { c.Evidence = d.evidence() }},
	}
	figureFields = []field[Figure]{
		{name: "value", read: func(d *decoder, f *Figure) { f.Value = d.float() }},
		{name: "qualifier", read: func(d *decoder, f *Figure) { f.Qualifier = graph.FigureQualifier(d.text()) }},
		{name: "unit", read: func(d *decoder, f *Figure) { f.Unit = d.text() }},
		{name: "subject", read: func(d *decoder, f *Figure) { f.Subject = d.pointer() }},
		{name: "text", read: func(d *decoder, f *Figure) { f.Text = d.text() }},
		{name: "evidence", read: func(d *decoder, f *Figure) { f.Evidence = d.evidence() }},
	}
	spanFields = []field[graph.Evidence]{
		{name: "field", read: func(d *decoder, e *graph.Evidence) { e.Field = graph.EvidenceField(d.text()) }},
		{name: "start", read: func(d *decoder, e *graph.Evidence) { e.Start = d.integer() }},
		{name: "end", read: func(d *decoder, e *graph.Evidence) { e.End = d.integer() }},
		{name: "text", read: func(d *decoder, e *graph.Evidence) { e.Text = d.text() }},
	}
)

// embedded returns the fields of a part as those of the whole.
func embedded[T, E any](fields []field[E], part func(*T) *E) []field[T] {
	var all []field[T]
	for _, f := range fields {
		of := field[T]{name: f.name, read: func(d *decoder, v *T) { f.read(d, part(v)) }}
		if f.null != nil {
			of.null = func(v *T) { f.null(part(v)) }
		}
		all = append(all, of)
	}
	return all
}

// readObject reads an object into v, which is zero.
func readObject[T any](d *decoder, fields []field[T], v *T) {
	if d.want('{'); d.take('}') {
		return
	}
	seen, next := uint32(0), 0
	for !d.wrong {
		name := d.plain()
		for i := 0; i < len(fields) && fields[next].name != string(name); i++ { // most stand in their order
			if next++; next == len(fields) {
				next = 0
			}
		}
		f := &fields[next]
		if f.name != string(name) || seen>>next&1 != 0 || !d.take(':') {
			d.wrong = true
			return
		}
		seen |= 1 << next
		if next++; next == len(fields) {
			next = 0
		}
		if d.next() != 'n' {
			f.read(d, v)
		} else if d.word("null"); f.null != nil {
			f.null(v)
		}
		if !d.take(',') {
			break
		}
	}
	d.want('}')
}

// readList appends the objects of a list to all, which is not nil then.
func readList[T any](d *decoder, fields []field[T], all []T) []T {
	if all == nil {
		all = []T{}
	}
	d.list(func() {
		var zero T
		all = append(all, zero)
		readObject(d, fields, &all[len(all)-1])
	})
	return all
}

// list reads a list, of whose members each is read by one.
func (d *decoder) list(one func()) {
	d.want('[')
	if d.take(']') {
		return
	}
	for !d.wrong {
		one()
		if !d.take(',') {
			break
		}
	}
	d.want(']')
}

// next passes over white space and returns the byte behind it, 0 at the end.
func (d *decoder) next() byte {
	for d.at < len(d.b) {
		c := d.b[d.at]
		if c > ' ' || c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c
		}
		d.at++
	}
	return 0
}

// take reads a sign if it comes next.
func (d *decoder) take(sign byte) bool {
	if d.next() != sign {
		return false
	}
	d.at++
	return true
}

// want reads a sign, which has to come next.
func (d *decoder) want(sign byte) {
	if !d.take(sign) {
		d.wrong = true
	}
}

// word reads a word, which has to come next. What follows it is looked at by who reads that.
func (d *decoder) word(w string) {
	if len(d.b)-d.at < len(w) || string(d.b[d.at:d.at+len(w)]) != w {
		d.wrong = true
		return
	}
	d.at += len(w)
}

func (d *decoder) boolean() bool {
	if d.next() == 't' {
		d.word("true")
		return true
	}
	d.word("false")
	return false
}

// integer reads a number of at most nine digits. A sign, a point and an exponent are unusual.
func (d *decoder) integer() int {
	d.next()
	from, n := d.at, 0
	for ; d.at < len(d.b) && d.b[d.at]-'0' <= 9; d.at++ {
		n = n*10 + int(d.b[d.at]-'0')
		if d.at-from == 9 {
			d.wrong = true
			return 0
		}
	}
	if d.at == from || d.at-from > 1 && d.b[from] == '0' {
		d.wrong = true
	}
	return n
}

// float reads a number without an exponent.
func (d *decoder) float() float64 {
	d.next()
	from := d.at
	if d.at < len(d.b) && d.b[d.at] == '-' {
		d.at++
	}
	whole := d.digits()
	if whole == 0 || whole > 1 && d.b[d.at-whole] == '0' {
		d.wrong = true
		return 0
	}
	if d.at < len(d.b) && d.b[d.at] == '.' {
		if d.at++; d.digits() == 0 {
			d.wrong = true
			return 0
		}
	}
	v, err := strconv.ParseFloat(string(d.b[from:d.at]), 64)
	if err != nil {
		d.wrong = true
	}
	return v
}

func (d *decoder) digits() int {
	from := d.at
	for d.at < len(d.b) && d.b[d.at]-'0' <= 9 {
		d.at++
	}
	return d.at - from
}

// plain reads a string without escapes.
func (d *decoder) plain() []byte {
	d.want('"')
	from := d.at
	d.at = endOfPlain(d.b, from)
	if d.at == len(d.b) || d.b[d.at] != '"' {
		d.wrong = true
	}
	if d.wrong {
		return nil
	}
	d.at++
	return d.b[from : d.at-1]
}

// endOfPlain returns where the first quotation mark, backslash or control character from at on stands.
func endOfPlain(b []byte, at int) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for ; at+8 <= len(b); at += 8 {
		w := binary.LittleEndian.Uint64(b[at:])
		quote, slash := w^ones*'"', w^ones*'\\'
		// A byte is 0 where subtracting 1 sets its high bit; a borrow may set that of a higher one, which comes later.
		if found := ((w-ones*' ')&^w | (quote-ones)&^quote | (slash-ones)&^slash) & highs; found != 0 {
			return at + bits.TrailingZeros64(found)/8
		}
	}
	for at < len(b) && b[at] >= ' ' && b[at] != '"' && b[at] != '\\' {
		at++
	}
	return at
}

// text reads a string.
func (d *decoder) text() string {
	d.want('"')
	from := d.at
	for d.at = endOfPlain(d.b, from); d.at < len(d.b) && d.b[d.at] == '\\' && d.at+1 < len(d.b); d.at = endOfPlain(d.b, d.at+2) {
	}
	if d.wrong || d.at == len(d.b) || d.b[d.at] != '"' {
		d.wrong = true
		return ""
	}
	s := d.b[from:d.at]
	d.at++
	if escape := bytes.IndexByte(s, '\\'); escape >= 0 {
		return d.unescape(s, escape)
	}
	return d.short(s)
}

// unescape returns a string of which the first escape stands at a place. Those by number are unusual.
func (d *decoder) unescape(s []byte, at int) string {
	out := make([]byte, 0, len(s))
	for at >= 0 {
		out = append(out, s[:at]...)
		switch c := s[at+1]; c {
		case '"', '\\', '/':
			out = append(out, c)
		case 'n':
			out = append(out, '\n')
		case 't':
			out = append(out, '\t')
		case 'r':
			out = append(out, '\r')
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		default:
			d.wrong = true
			return ""
		}
		s = s[at+2:]
		at = bytes.IndexByte(s, '\\')
	}
	return string(append(out, s...))
}

// short returns a string, the one that came before where it is short and known.
func (d *decoder) short(s []byte) string {
	if len(s) > maxShort {
		return string(s)
	}
	known := &d.known[maphash.Bytes(d.seed, s)%uint64(len(d.known))]
	if *known != string(s) {
		*known = string(s)
	}
	return *known
}

// pointer reads a string and returns its address.
func (d *decoder) pointer() *string {
	d.strings = append(d.strings, d.text())
	return &d.strings[len(d.strings)-1]
}

func addressOf[T any](v T) *T { return &v }

func (d *decoder) day() edtf.Day {
	day, err := edtf.ParseDay(string(d.plain()))
	if err != nil {
		d.wrong = true
	}
	return day
}

func (d *decoder) edtf() edtf.Date {
	date, err := edtf.Parse(d.text())
	if err != nil {
		d.wrong = true
	}
	return date
}

func (d *decoder) date() *Date {
	out := new(Date)
	if d.next() == '"' {
		out.EDTF = d.edtf()
	} else {
		readObject(d, dateFields, out)
	}
	return out
}

func (d *decoder) region() *Region {
	if d.next() == '[' {
		return &Region{Chain: readList(d, placeFields, nil)}
	}
	return &Region{Text: d.text()}
}

// evidence reads a list which a Record keeps.
func (d *decoder) evidence() []graph.Evidence { return readList(d, spanFields, nil) }
