package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// Event is an article. Its evidence counts in Body.
type Event struct {
	// ID is the id that it has in a graph.
	ID                   graph.ID
	Title, Section, Body string
	Page                 int
	Date                 graph.EventDate
	Officials            []EventOfficial
	Departments          []EventDepartment
	Locations            []EventLocation
}

// EventOfficial is an official at one event.
type EventOfficial struct {
	*Official
	Post     graph.Post
	Roles    []graph.OfficialRole
	Evidence graph.Evidence
}

// EventDepartment is an organ at one event.
type EventDepartment struct {
	*Organ
	Role     graph.DepartmentRole
	Evidence graph.Evidence
}

// EventLocation is a place at one event.
type EventLocation struct {
	*Place
	IsPlace  bool
	Evidence graph.Evidence
}

var sections = strings.Fields("时政要点 党的建设 经济发展 城乡建设 农业农村 教育科技 文化旅游 卫生健康 社会民生 法治建设 生态环境 综合信息")

// What an event names: at most so many, each with a probability, so that the means are 2.3, 1.5 and 1.2.
const (
	maxOfficials, officialShare     = 8, 2.3 / 8
	maxDepartments, departmentShare = 4, 1.5 / 4
	maxLocations, locationShare     = 3, 0.4
)

var (
	officialRanks   = newRanks(1<<17, 2, 0.8)
	departmentRanks = newRanks(1<<17, 2, 0.9)
)

// The lengths of bodies in code points; most are short.
const (
	minBody, maxBody = 150, 900
	longestClause    = 20
)

// writer writes the events of one issue.
type writer struct {
	words *vocabulary
	issue *Issue
	busy  int // the day of the month that a fifth of the events has
	r     *rand.Rand
	drawn []int

	text  []byte
	runes int
}

func newWriter(words *vocabulary, is *Issue, busy int, r *rand.Rand) *writer {
	return &writer{words: words, issue: is, busy: busy, r: r, text: make([]byte, 0, 4*maxBody)}
}

// event writes an event; serial is its number in the year.
func (w *writer) event(serial int) Event {
	w.text, w.runes = w.text[:0], 0
	e := Event{Section: pick(w.r, sections)}
	length := w.length()
	w.date(&e)
	w.locations(&e)
	w.departments(&e)
	w.officials(&e)
	w.clauses(length)
	e.Body = string(w.text)
	e.Title = w.title(serial)
	return e
}

// length draws how long a body is: mean 400, median 330.
func (w *writer) length() int {
	u := w.r.Float64()
	return minBody + int((maxBody-longestClause-minBody)*u*u)
}

func (w *writer) add(s string) {
	w.text = append(w.text, s...)
	w.runes += utf8.RuneCountInString(s)
}

// cite writes words and returns where they stand.
func (w *writer) cite(s string) graph.Evidence {
	start := w.runes
	w.add(s)
	return graph.Evidence{Field: graph.FieldBody, Start: start, End: w.runes, Text: s}
}

// vagueShare of the dates are vague: half of these a month, the rest a year or some days.
const vagueShare = 0.05

func (w *writer) date(e *Event) {
	is := w.issue
	day := 1 + w.r.IntN(edtf.DaysIn(is.Year, is.Month))
	if w.r.IntN(5) == 0 {
		day = w.busy
	}
	on, _ := edtf.NewDay(is.Year, is.Month, day)
	d := graph.EventDate{EDTF: edtf.OfDay(on), Text: fmt.Sprintf("%d月%d日", is.Month, day), Basis: graph.BasisYearInferred, Confidence: 0.95}
	switch vague := w.r.Float64() / vagueShare; {
	case vague < 0.5:
		d.EDTF, d.Text = edtf.OfMonth(is.Year, is.Month), fmt.Sprintf("%d月", is.Month)
	case vague < 0.75:
		d.EDTF, d.Text, d.Basis, d.Confidence = edtf.OfYear(is.Year), fmt.Sprintf("%d年", is.Year), graph.BasisExplicit, 1
	case vague < 1:
		last := on + edtf.Day(1+w.r.IntN(20))
		_, month, to := last.Date()
		d.EDTF, d.Text = edtf.Interval(edtf.OfDay(on), edtf.OfDay(last)), fmt.Sprintf("%d月%d日至%d月%d日", is.Month, day, month, to)
	}
	d.Evidence = []graph.Evidence{w.cite(d.Text)}
	e.Date = d
	w.add("，")
}

func (w *writer) locations(e *Event) {
	var places []*Place
	for range binomial(w.r, maxLocations, locationShare) {
		p := w.issue.Publication.places.place(w.r)
		if !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	for i, p := range places {
		switch i {
		case 0:
			w.add("在")
		case 1:
			w.add("并到")
		default:
			w.add("、")
		}
		e.Locations = append(e.Locations, EventLocation{p, i == 0, w.cite(p.Name)})
	}
	if len(places) > 0 {
		w.add("，")
	}
}

func (w *writer) departments(e *Event) {
	organs := w.issue.Publication.organs
	w.drawn = departmentRanks.distinct(w.r, binomial(w.r, maxDepartments, departmentShare), len(organs), w.drawn)
	role := graph.DeptHost
	if len(w.drawn) > 1 {
		role = graph.DeptOrganizer
	}
	for i, k := range w.drawn {
		if i > 0 {
			w.add("、")
		}
		e.Departments = append(e.Departments, EventDepartment{organs[k], role, w.cite(organs[k].Text)})
	}
	if len(w.drawn) > 1 {
		w.add("联合")
	}
	w.add("组织")
	word, _ := w.words.draw(w.r)
	w.add(word)
	w.add("活动。")
}

// mentionedShare of the events with several officials name the last one without showing that he was there.
const mentionedShare = 0.15

func (w *writer) officials(e *Event) {
	active := w.issue.Publication.staff.in(w.issue.Year)
	w.drawn = officialRanks.distinct(w.r, binomial(w.r, maxOfficials, officialShare), len(active), w.drawn)
	last := len(w.drawn) - 1
	mentioned := last > 0 && w.r.Float64() < mentionedShare
	for i, k := range w.drawn {
		o := active[k]
		post := o.Post(w.issue.Year)
		role, behind := graph.RoleAttend, "出席"
		switch {
		case i == last && mentioned:
			role, behind = graph.RoleMentioned, "讲话精神"
			w.add("学习")
		case i == 0:
			role, behind = graph.RoleChair, "主持"
		case i == 1:
			role, behind = graph.RoleSpeak, "讲话"
		}
		at := w.cite(post.Text + o.Name)
		w.add(behind)
		if i == last {
			w.add("。")
		} else {
			w.add("，")
		}
		e.Officials = append(e.Officials, EventOfficial{o, post, []graph.OfficialRole{role}, at})
	}
}

var (
	heads = strings.Fields("会议强调 会议指出")
	pause = strings.Fields("，推进 ，推进 ，推进 ，推进 ；推进")
)

// clauses fills the body up to the length: 会议强调，推进 one to four words, and so on.
func (w *writer) clauses(length int) {
	if w.r.IntN(3) == 0 {
		w.add("\n")
	}
	w.add(pick(w.r, heads))
	for n := 0; ; n++ {
		w.add(pause[n%len(pause)])
		for range 1 + w.r.IntN(4) {
			word, runes := w.words.draw(w.r)
			w.text = append(w.text, word...)
			w.runes += runes
		}
		if w.runes >= length-1 {
			break
		}
	}
	w.add("。")
}

var acts = strings.Fields("召开 部署 推进 启动 举办 开展 完成 加强")

func (w *writer) title(serial int) string {
	title := w.issue.Publication.County.Name + pick(w.r, acts)
	for range 1 + w.r.IntN(3) {
		word, _ := w.words.draw(w.r)
		title += word
	}
	return fmt.Sprintf("%s〔%d〕%d号", title, w.issue.Year, serial)
}
