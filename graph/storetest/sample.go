package storetest

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// Link is how a sample event names something of the catalogue.
type Link struct {
	// Name is that of the catalogue; Atom which of its atoms is meant, from 0.
	Name string
	Atom int
	// Official, Department and Place say how; the one of the name's kind counts.
	Official   []graph.OfficialRole
	Department graph.DepartmentRole
	Place      bool
	// PostIn is the organ of the one post that an official is given, "" for none.
	PostIn string
}

// Entry is what a sample event is made of.
type Entry struct {
	Title, Section string
	EDTF           string // "XXXX" for none
	Kind           graph.EventKind
	Basis          graph.DateBasis
	Confidence     float64
	Text           string // stands in the body before what is linked
	Links          []Link
}

// Monthly and Yearbook are the ids of the sample's publications.
var (
	Monthly  = graph.NewID(graph.PrefixPublication, "云河大事|990101")
	Yearbook = graph.NewID(graph.PrefixPublication, "石桥年鉴|990102")
)

var publications = map[graph.ID]graph.Publication{
	Monthly:  {ID: Monthly, Key: "云河大事|990101", Title: "云河大事月报", Publisher: "云河区史志办", RegionAtom: AtomID("云河区", 0)},
	Yearbook: {ID: Yearbook, Key: "石桥年鉴|990102", Title: "石桥年鉴", RegionAtom: AtomID("石桥县", 0)},
}

// NewIssue returns an issue of a publication; month is 0 for a year's. Bodies hold what evidence needs.
func NewIssue(publication graph.ID, year, month int, entries ...Entry) *graph.IssueData {
	p := publications[publication]
	key := fmt.Sprintf("%s|%04d-%02d", p.Key, year, month)
	d := &graph.IssueData{Issue: graph.Issue{
		ID: graph.NewID(graph.PrefixIssue, key), Key: key, PublicationID: p.ID,
		Order: fmt.Sprintf("%s\x01%04d%02d\x01%s", p.Key, year, month, key), Label: fmt.Sprintf("%d年%d月", year, month),
		Number: month, Year: year, Month: month, Sections: []string{"要闻", "党建"}, EventCount: len(entries),
		File: "sample.txt", Dialect: "monthly", LoadedAt: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC), Reader: "sample",
		Warnings: []graph.IngestWarning{{Line: 3, Code: "sample", Message: "样例"}}, Digest: key,
	}}
	for i := range entries {
		e, body := newEvent(d, &entries[i], i+1, p.Title)
		d.Events = append(d.Events, e)
		d.Bodies = append(d.Bodies, body)
	}
	d.Document = graph.Document{Text: strings.Join(d.Bodies, "\n"), Facts: facts(d.Events)}
	return d
}

func newEvent(d *graph.IssueData, from *Entry, place int, publication string) (*graph.Event, string) {
	date, err := edtf.Parse(from.EDTF)
	if err != nil {
		panic(err) // the sample is wrong
	}
	e := &graph.Event{
		ID:    graph.NewID(graph.PrefixEvent, d.Issue.Key, from.Title),
		Title: from.Title, PrintedTitle: from.Title, Kind: from.Kind, Section: from.Section, Page: place, Summary: from.Title + "。",
		Date:     graph.EventDate{EDTF: date, Text: from.EDTF, Basis: from.Basis, Reason: "样例", Confidence: from.Confidence},
		Citation: "《" + publication + "》" + d.Issue.Label,
		IssueID:  d.Issue.ID, PublicationID: d.Issue.PublicationID, IssueOrder: d.Issue.Order, Place: place,
	}
	w := &writer{}
	e.Date.Evidence = w.write(from.EDTF)
	w.write("，" + from.Text)
	for _, l := range from.Links {
		entry := catalogue[l.Name]
		evidence := w.write(entry.name)
		w.write("、")
		atom := entry.atoms[l.Atom].ID()
		switch entry.kind {
		case graph.KindOfficial:
			o := graph.EventOfficial{Atom: atom, Roles: graph.SortRoles(slices.Clone(l.Official)), Evidence: evidence}
			if l.PostIn != "" {
				o.Title = l.PostIn + "书记"
				o.DepartmentAtom = AtomID(l.PostIn, 0)
				o.Posts = []graph.Post{{Title: "书记", DepartmentAtom: o.DepartmentAtom, Text: o.Title, Attests: graph.AttestsHeld, Rank: 1, Single: true}}
			}
			e.Officials = append(e.Officials, o)
		case graph.KindDepartment:
			e.Departments = append(e.Departments, graph.EventDepartment{Atom: atom, Role: l.Department, Above: above(l.Name), Evidence: evidence})
		case graph.KindLocation:
			e.Locations = append(e.Locations, graph.EventLocation{Atom: atom, IsPlace: l.Place, Above: above(l.Name), Evidence: evidence})
		}
	}
	return e, w.text.String()
}

// writer writes a body and says where in it a text stands.
type writer struct{ text strings.Builder }

func (w *writer) write(s string) []graph.Evidence {
	start := utf8.RuneCountInString(w.text.String())
	w.text.WriteString(s)
	return []graph.Evidence{{Field: graph.FieldBody, Start: start, End: start + utf8.RuneCountInString(s), Text: s}}
}

func who(name string, atom int, roles ...graph.OfficialRole) Link {
	return Link{Name: name, Atom: atom, Official: roles}
}

func with(postIn string, l Link) Link {
	l.PostIn = postIn
	return l
}

func organ(name string, role graph.DepartmentRole) Link { return Link{Name: name, Department: role} }

func place(name string) Link { return Link{Name: name, Place: true} }

func named(name string) Link { return Link{Name: name} }

// Sample returns three issues of two publications: two months and a year. Their events have one character as a title;
// in order they are 辰寅子卯丑丁甲乙己丙庚辛壬 and, without a date, 戊癸.
func Sample() []*graph.IssueData {
	return []*graph.IssueData{January(), February(), Year()}
}

// January is the first issue of the sample: 甲 to 己.
func January() *graph.IssueData {
	return NewIssue(Monthly, 2021, 1,
		Entry{"甲", "要闻", "2021-01-05", graph.EventKindEvent, graph.BasisExplicit, 1, "新春慰问活动", []Link{
			with("云河区委", who("沈知秋", 0, graph.RoleChair, graph.RoleSpeak)), who("顾南风", 0, graph.RoleAttend),
			organ("云河区委", graph.DeptHost), place("云河广场")}},
		Entry{"乙", "要闻", "2021-01-05", graph.EventKindEvent, graph.BasisRelative, 0.8, "", []Link{
			who("沈知秋", 1, graph.RoleMentioned), organ("云河区委宣传部", graph.DeptHost), organ("云河区教育局", graph.DeptMentioned), named("云河区")}},
		Entry{"丙", "党建", "2021-01", graph.EventKindEvent, graph.BasisYearInferred, 0.6, "", []Link{
			with("云河区政府", who("顾南风", 0, graph.RoleSubject)), organ("云河区教育局", graph.DeptAwarded), named("文昌街道")}},
		Entry{"丁", "", "2021-01-03/2021-01-20", graph.EventKindEvent, graph.BasisExplicit, 1, "", []Link{
			who("林见鹿", 0, graph.RoleInspect), place("文昌街道")}},
		Entry{"戊", "党建", "XXXX", graph.EventKindEvent, graph.BasisNone, 0, "", []Link{
			{Name: "云河区政务办", Atom: 0, Department: graph.DeptParticipant}}},
		Entry{"己", "要闻", "2021-01-1X", graph.EventKindEvent, graph.BasisExplicit, 0.5, "", []Link{who("沈知秋", 0, graph.RoleInspect)}},
	)
}

// February is the second issue of the sample: 庚 to 子.
func February() *graph.IssueData {
	return NewIssue(Monthly, 2021, 2,
		Entry{"庚", "要闻", "2021-02-10", graph.EventKindEvent, graph.BasisExplicit, 1, "", []Link{
			who("林见鹿", 1, graph.RoleChair), who("顾南风", 0, graph.RoleAccompany), organ("云河区政府", graph.DeptOrganizer), place("石桥县")}},
		Entry{"辛", "", "../2021-02-10", graph.EventKindEvent, graph.BasisExplicit, 0.9, "", nil},
		Entry{"壬", "党建", "2021-02-20/..", graph.EventKindEvent, graph.BasisConverted, 0.7, "", []Link{who("沈知秋", 1, graph.RoleAttend)}},
		Entry{"癸", "要闻", "XXXX", graph.EventKindEvent, graph.BasisNone, 0, "走访慰问，Ａ座", []Link{{Name: "云河区政务办", Atom: 1, Department: graph.DeptHost}}},
		Entry{"子", "", "2020-02-29", graph.EventKindOverview, graph.BasisEdited, 1, "", nil},
	)
}

// Year is the third issue of the sample: 丑 to 辰.
func Year() *graph.IssueData {
	return NewIssue(Yearbook, 2020, 0,
		Entry{"丑", "概况", "2020", graph.EventKindOverview, graph.BasisExplicit, 1, "", []Link{organ("石桥县教育局", graph.DeptHost), named("石桥县")}},
		Entry{"寅", "概况", "1950/2021", graph.EventKindEvent, graph.BasisExplicit, 1, "", nil},
		Entry{"卯", "人物", "2020-06-15", graph.EventKindRoster, graph.BasisExplicit, 1, "", []Link{who("石桥沈知秋", 0, graph.RoleChair)}},
		Entry{"辰", "人物", "1693?", graph.EventKindEvent, graph.BasisConverted, 0.4, "", nil},
	)
}
