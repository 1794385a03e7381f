package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"

	"github.com/google/go-cmp/cmp"
)

// jurisdiction builds a chain by the endings of its names, outermost first; no division has a code.
func jurisdiction(names ...string) reading.Jurisdiction {
	var j reading.Jurisdiction
	for _, name := range names {
		t := graph.LocCounty
		switch {
		case strings.HasSuffix(name, "省"), strings.HasSuffix(name, "自治区"):
			t = graph.LocProvince
		case len(j.Chain) == 1 && j.Chain[0].Type == graph.LocProvince && (strings.HasSuffix(name, "市") || strings.HasSuffix(name, "州") || strings.HasSuffix(name, "盟")):
			t = graph.LocCity
		case strings.HasSuffix(name, "镇"):
			t = graph.LocTownship
		}
		j.Chain = append(j.Chain, reading.Place{Name: name, Type: t})
	}
	return j
}

// yunhe is the district of most tests: invented, in a province that is not.
var yunhe = jurisdiction("河南省", "澜州市", "云河区")

// fill reads bodies as the articles of one document of yunhe.
func fill(bodies ...string) []reading.Event { return fillOf(yunhe, bodies...) }

func fillOf(region reading.Jurisdiction, bodies ...string) []reading.Event {
	events := make([]reading.Event, len(bodies))
	for i, b := range bodies {
		events[i].Body = b
	}
	extract.Fill(region, events)
	return events
}

// people lists the officials as "name|title|organ|roles", in their order.
func people(e reading.Event) []string {
	var out []string
	for _, o := range e.Officials {
		organ := ""
		if o.Organ != nil {
			organ = o.Organ.Name
		}
		roles := make([]string, len(o.Roles))
		for i, r := range o.Roles {
			roles[i] = string(r)
		}
		out = append(out, fmt.Sprintf("%s|%s|%s|%s", o.Name, o.Title, organ, strings.Join(roles, " ")))
	}
	return out
}

// organs lists the departments as "name|kind|role", in their order.
func organs(e reading.Event) []string {
	var out []string
	for _, o := range e.Departments {
		out = append(out, fmt.Sprintf("%s|%s|%s", o.Name, o.Type, o.Role))
	}
	return out
}

func names(e reading.Event) []string {
	var out []string
	for _, o := range e.Officials {
		out = append(out, o.Name)
	}
	return out
}

// want is the non-empty lines of s.
func want(s string) []string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// checkPeople compares the officials of the first article.
func checkPeople(t *testing.T, region reading.Jurisdiction, body, lines string) {
	t.Helper()
	if diff := cmp.Diff(want(lines), people(fillOf(region, body)[0])); diff != "" {
		t.Errorf("Fill(%q): officials (-want +got):\n%s", body, diff)
	}
}

func checkOrgans(t *testing.T, region reading.Jurisdiction, body, lines string) {
	t.Helper()
	if diff := cmp.Diff(want(lines), organs(fillOf(region, body)[0])); diff != "" {
		t.Errorf("Fill(%q): departments (-want +got):\n%s", body, diff)
	}
}

func TestOneMention(t *testing.T) {
	e := fill("1月6日，区委常委、宣传部部长沈知秋到柳湖街道调研。")[0]
	party := "中共澜州市云河区委员会"
	if len(e.Officials) != 1 || len(e.Departments) != 1 {
		t.Fatalf("got %d officials and %d departments, want one of each", len(e.Officials), len(e.Departments))
	}
	o := e.Officials[0]
	wantPosts := []reading.Post{
		{Title: "常委", Text: "区委常委", Attests: graph.AttestsHeld, Rank: 160},
		{Title: "部长", Text: "宣传部部长", Attests: graph.AttestsHeld, Rank: 120, Single: true},
	}
	for i, p := range o.Posts {
		if organ := []string{party, party + "宣传部"}[i]; p.Organ == nil || p.Organ.Name != organ {
			t.Errorf("organ of post %q is %v, want %s", p.Text, p.Organ, organ)
		}
		p.Organ = nil
		if diff := cmp.Diff(wantPosts[i], p, cmp.AllowUnexported(edtf.Date{})); diff != "" {
			t.Errorf("post %d (-want +got):\n%s", i, diff)
		}
	}
	wantEvidence := []graph.Evidence{{Field: graph.FieldBody, Start: 5, End: 18, Text: "区委常委、宣传部部长沈知秋"}}
	if diff := cmp.Diff(wantEvidence, o.Evidence); diff != "" {
		t.Errorf("evidence (-want +got):\n%s", diff)
	}
	if o.Organ == nil || o.Organ.Name != party+"宣传部" || o.Region.Name() != "河南省澜州市云河区" || o.Apart {
		t.Errorf("got organ %v, region %q, apart %v", o.Organ, o.Region.Name(), o.Apart)
	}
	d := e.Departments[0]
	if d.Parent == nil || d.Parent.Name != party || d.Text != "宣传部" || d.Surfaces != nil {
		t.Errorf("got parent %v, text %q, surfaces %q, want %s, 宣传部 and no surface that means it everywhere", d.Parent, d.Text, d.Surfaces, party)
	}
}

// What only the title names has evidence there; what the body names too has none there.
func TestTitles(t *testing.T) {
	events := []reading.Event{{PrintedTitle: "省卫健委到云河区督导 沈知秋陪同", Body: "1月6日，区长沈知秋到医院检查工作。"}}
	extract.Fill(yunhe, events)
	for _, o := range events[0].Officials {
		if len(o.Evidence) != 1 || o.Evidence[0].Field != graph.FieldBody {
			t.Errorf("official %s has evidence %v, want the body's alone", o.Name, o.Evidence)
		}
	}
	if d := events[0].Departments; len(d) != 1 || d[0].Name != "河南省卫生健康委员会" || d[0].Evidence[0].Field != graph.FieldTitle || d[0].Evidence[0].Text != "省卫健委" {
		t.Errorf("departments %v, want 河南省卫生健康委员会 with evidence in the title", d)
	}
}

func TestWarnings(t *testing.T) {
	events := []reading.Event{{Line: 7, Body: "区委副书记、区长沈知秋、陶令仪等出席会议。"}}
	got := extract.Fill(yunhe, events)
	wantWarnings := []graph.IngestWarning{{Line: 7, Code: "names-after-single-post", Message: "“区委副书记、区长”之后并列的“陶令仪”职务不明"}}
	if diff := cmp.Diff(wantWarnings, got); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	events = []reading.Event{{Line: 3, Body: "副区长李牧原、李晓川出席。"}, {Line: 5, Body: "会上，李区长强调安全。李区长到场。"}}
	got = extract.Fill(yunhe, events)
	wantWarnings = []graph.IngestWarning{{Line: 5, Code: "unresolved-person", Message: "“李区长”在本文件中可指不止一人，未能确定"}}
	if diff := cmp.Diff(wantWarnings, got); diff != "" {
		t.Errorf("warnings of 李区长 (-want +got):\n%s", diff)
	}
}

// A later article is read with what an earlier one says, whichever comes first.
func TestOneDocument(t *testing.T) {
	posted, bare := "1月6日，区长沈知秋到医院检查。", "1月7日，全区义务植树。沈知秋、陶令仪参加。副区长陶令仪讲话。"
	for _, order := range [][]string{{posted, bare}, {bare, posted}} {
		for _, e := range fill(order...) {
			if e.Body == bare {
				if diff := cmp.Diff([]string{"沈知秋", "陶令仪"}, names(e)); diff != "" {
					t.Errorf("names in %q (-want +got):\n%s", bare, diff)
				}
			}
		}
	}
}
