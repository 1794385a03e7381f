package server_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/loader/reading"
)

// The invented graph that the tests of this package ask: three issues of 云河区大事月报 and one of a publication of which
// nothing is known but its title.

var (
	province = reading.Place{Name: "河南省", Type: graph.LocProvince, Code: "410000", ValidFrom: 1954}
	city     = reading.Place{Name: "澜州市", Type: graph.LocCity}
	county   = reading.Place{Name: "云河区", Type: graph.LocCounty, Code: "419901", ValidFrom: 1987}
	formerly = reading.Place{Name: "澜东县", Type: graph.LocCounty, Code: "419921", ValidFrom: 1951, ValidTo: 1986}
	street   = reading.Place{Name: "柳湖街道", Type: graph.LocTownship}
	quarter  = reading.Place{Name: "书院社区", Type: graph.LocCommunity}

	inProvince = below(province)
	inCity     = below(province, city)
	inCounty   = below(province, city, county)
	inStreet   = below(province, city, county, street)

	committee  = &reading.Organ{Name: "中共澜州市云河区委员会", Type: graph.DeptParty, Region: inCounty}
	propaganda = &reading.Organ{Name: "中共澜州市云河区委员会宣传部", Type: graph.DeptParty, Region: inCounty, Parent: committee}
	government = &reading.Organ{Name: "澜州市云河区人民政府", Type: graph.DeptGovernment, Region: inCounty}
	education  = &reading.Organ{Name: "澜州市云河区教育局", Type: graph.DeptGovernment, Region: inCounty, Parent: government}
	planning   = &reading.Organ{
		Name: "澜州市云河区卫生和计划生育委员会", Type: graph.DeptGovernment, Region: inCounty, Parent: government, Successors: []string{"澜州市云河区卫生健康委员会"},
	}
	health = &reading.Organ{
		Name: "澜州市云河区卫生健康委员会", Type: graph.DeptGovernment, Region: inCounty, Parent: government, Predecessors: []string{"澜州市云河区卫生和计划生育委员会"},
	}
	streetOffice     = &reading.Organ{Name: "澜州市云河区柳湖街道办事处", Type: graph.DeptSubdistrict, Region: inCounty, Parent: government}
	provinceForestry = &reading.Organ{Name: "河南省林业局", Type: graph.DeptGovernment, Region: inProvince}
	cityForestry     = &reading.Organ{Name: "澜州市林业局", Type: graph.DeptGovernment, Region: inCity}
	company          = &reading.Organ{Name: "青禾农业有限公司", Type: graph.DeptEnterprise}

	// The posts, with the ranks that lists of office-holders follow.
	secretary      = reading.Post{Title: "书记", Organ: committee, Text: "区委书记", Attests: graph.AttestsHeld, Rank: 10, Single: true}
	standing       = reading.Post{Title: "常委", Organ: committee, Text: "区委常委", Attests: graph.AttestsHeld, Rank: 40}
	mayor          = reading.Post{Title: "区长", Organ: government, Text: "区长", Attests: graph.AttestsHeld, Rank: 20, Single: true}
	deputy         = reading.Post{Title: "副区长", Organ: government, Text: "副区长", Attests: graph.AttestsHeld, Rank: 50}
	provinceDeputy = reading.Post{Title: "野保处副处长", Organ: provinceForestry, Text: "河南省林业局野保处副处长", Attests: graph.AttestsHeld}
	director       = reading.Post{Title: "局长", Organ: cityForestry, Text: "澜州市林业局局长", Attests: graph.AttestsHeld, Rank: 60, Single: true}
)

func below(places ...reading.Place) reading.Jurisdiction { return reading.Jurisdiction{Chain: places} }

// attesting returns the post as it bears witness otherwise than by being held.
func attesting(p reading.Post, kind graph.AttestationKind) reading.Post {
	p.Attests = kind
	return p
}

// article builds one event; what it names must stand in its body.
type article struct {
	t testing.TB
	reading.Event
}

func newArticle(t testing.TB, section, title string, page int, body string) *article {
	return &article{t, reading.Event{
		Title: title, PrintedTitle: title, Kind: graph.EventKindEvent, Section: section, Page: page, Body: body,
		Summary: strings.TrimSuffix(body[strings.Index(body, "，")+len("，"):], "。"),
	}}
}

// says returns the evidence of the first time that the body has the words; none for none.
func (a *article) says(words string) []graph.Evidence {
	if words == "" {
		return nil
	}
	before, _, found := strings.Cut(a.Body, words)
	if !found {
		a.t.Fatalf("%q is not in %q", words, a.Body)
	}
	start := len([]rune(before))
	return []graph.Evidence{{Field: graph.FieldBody, Start: start, End: start + len([]rune(words)), Text: words}}
}

// dated sets the date, as the words say it.
func (a *article) dated(date, words string, basis graph.DateBasis, confidence float64, reason string) *article {
	d, err := edtf.Parse(date)
	if err != nil {
		a.t.Fatal(err)
	}
	a.Date = graph.EventDate{EDTF: d, Text: words, Basis: basis, Reason: reason, Confidence: confidence, Evidence: a.says(words)}
	return a
}

// official adds a person with posts; title is how the body writes them, before the name.
func (a *article) official(title, name string, roles []graph.OfficialRole, posts ...reading.Post) *article {
	o := reading.Official{Name: name, Title: title, Posts: posts, Roles: roles, Region: inCounty, Evidence: a.says(title + name)}
	if len(posts) > 0 {
		o.Organ = posts[len(posts)-1].Organ
	}
	a.Officials = append(a.Officials, o)
	return a
}

func (a *article) department(words string, organ *reading.Organ, role graph.DepartmentRole) *article {
	a.Departments = append(a.Departments, reading.Department{Organ: *organ, Text: words, Surfaces: []string{words}, Role: role, Evidence: a.says(words)})
	return a
}

func (a *article) location(words string, place reading.Place, above reading.Jurisdiction, isPlace bool) *article {
	l := reading.Location{Place: place, Above: above, Text: words, Surfaces: []string{words}, IsPlace: isPlace, Evidence: a.says(words)}
	if place == formerly {
		l.Successors = []string{county.Code}
	}
	a.Locations = append(a.Locations, l)
	return a
}

func roles(r ...graph.OfficialRole) []graph.OfficialRole { return r }

func issue(file, label string, number, month int) *reading.Document {
	return &reading.Document{File: file, Issue: reading.Issue{
		Publication: "云河区大事月报", Label: label, Number: number, Year: 2022, Month: month,
		Region: inCounty, Publisher: "云河区地方史志办公室", Dialect: "monthly",
	}}
}

// documents returns the issues of the fixture, oldest first.
func documents(t testing.TB) []*reading.Document {
	t.Helper()
	first := withArticles(issue("2022-01.txt", "2022年1月（总第12期）", 12, 1),
		newArticle(t, "时政要点", "区委全会召开", 3, "1月5日，云河区召开区委全会，区委书记沈知秋主持并讲话，区委常委、副区长李云帆参加。").
			dated("2022-01-05", "1月5日", graph.BasisYearInferred, 0.95, "年份据本期（2022年1月）推定").
			official("区委书记", "沈知秋", roles(graph.RoleChair, graph.RoleSpeak), secretary).
			official("区委常委、副区长", "李云帆", roles(graph.RoleAttend), standing, deputy).
			department("区委", committee, graph.DeptHost).
			location("云河区", county, inCity, false),
		newArticle(t, "生态建设", "义务植树活动", 5, "2022年1月12日，区长陈望舒带队到柳湖街道书院社区植树，河南省林业局野保处副处长王磊参加。").
			dated("2022-01-12", "2022年1月12日", graph.BasisExplicit, 1, "").
			official("区长", "陈望舒", roles(graph.RoleLead), mayor).
			official("河南省林业局野保处副处长", "王磊", roles(graph.RoleAttend), provinceDeputy).
			location("柳湖街道", street, inCounty, true).
			location("书院社区", quarter, inStreet, true),
		newArticle(t, "街道动态", "柳湖街道完成普查", 9, "是月，柳湖街道办完成人口普查。").
			dated("2022-01", "是月", graph.BasisRelative, 0.9, "是月：本期所述月份").
			department("柳湖街道办", streetOffice, graph.DeptHost).
			location("柳湖街道", street, inCounty, true),
		undated(newArticle(t, "", "文化馆藏有旧志三部", 0, "区文化馆藏有旧志三部，苏晚晴捐赠。").
			official("", "苏晚晴", roles(graph.RoleMentioned))),
	)
	first.Issue.Published = mustDay(t, "2022-02-08")
	second := withArticles(issue("2022-02.txt", "2022年2月（总第13期）", 13, 2),
		newArticle(t, "时政要点", "人事任免", 2, "2月10日，区人大常委会任命李云帆为区长，免去陈望舒的区长职务。").
			dated("2022-02-10", "2月10日", graph.BasisYearInferred, 0.95, "年份据本期（2022年2月）推定").
			official("", "李云帆", roles(graph.RoleSubject), attesting(mayor, graph.AttestsAppointed)).
			official("", "陈望舒", roles(graph.RoleSubject), attesting(mayor, graph.AttestsRemoved)),
		newArticle(t, "教育科技", "教育工作会议召开", 4, "2月15日，区教育局与区委宣传部召开教育工作会议，区长李云帆主持，传达区委书记沈知秋2021年12月20日的讲话和《教育发展纲要》（云教〔2022〕3号），教师1600余人参加，经费30万元。").
			dated("2022-02-15", "2月15日", graph.BasisYearInferred, 0.95, "年份据本期（2022年2月）推定").
			official("区长", "李云帆", roles(graph.RoleChair, graph.RoleSpeak), mayor).
			official("区委书记", "沈知秋", roles(graph.RoleMentioned), secretary).
			department("区教育局", education, graph.DeptHost).
			department("区委宣传部", propaganda, graph.DeptCoOrganizer).
			mentioning("2021-12-20", "2021年12月20日").
			citing("教育发展纲要", "纲要", "云教〔2022〕3号").
			citing("", "", "云教〔2022〕3号").
			counting(1600, graph.FigureAbout, "人", "教师", "1600余人").
			counting(30, graph.FigureExact, "万元", "", "30万元"),
		newArticle(t, "生态建设", "市林业局检查书院社区绿化", 6, "2月15日，澜州市林业局局长王磊到书院社区检查绿化，李云帆、苏晚晴陪同。").
			dated("2022-02-15", "2月15日", graph.BasisYearInferred, 0.95, "年份据本期（2022年2月）推定").
			official("澜州市林业局局长", "王磊", roles(graph.RoleInspect), director).
			official("", "李云帆", roles(graph.RoleAccompany)).
			official("", "苏晚晴", roles(graph.RoleAccompany)).
			department("澜州市林业局", cityForestry, graph.DeptInspector).
			location("书院社区", quarter, inStreet, true),
		newArticle(t, "经济发展", "招商活动举行", 8, "20日至22日，青禾农业有限公司与区卫健委签约。").
			dated("2022-02-20/2022-02-22", "20日至22日", graph.BasisYearInferred, 0.8, "年月据标题“二月下旬”").
			department("青禾农业有限公司", company, graph.DeptParticipant).
			department("区卫健委", health, graph.DeptParticipant).
			headed("二月下旬"),
		roster(newArticle(t, "附录", "云河区领导名录", 20, "2022年，区委书记沈知秋。").
			dated("2022", "2022年", graph.BasisExplicit, 1, "").
			official("区委书记", "沈知秋", roles(graph.RoleOther), attesting(secretary, graph.AttestsRoster))),
	)
	second.Warnings = []graph.IngestWarning{
		{Line: 12, Code: "title-without-article", Message: "目录中的“老年大学开课”没有对应的条目"},
		{Code: "no-imprint", Message: "没有版权页"},
	}
	third := withArticles(issue("", "2022年3—4期合刊（总第14—15期）", 14, 3),
		newArticle(t, "教育科技", "春季运动会开幕", 1, "3月8日，全区运动会开幕，区长李云帆致辞，陈望舒出席。").
			dated("2022-03-08", "3月8日", graph.BasisYearInferred, 0.95, "年份据本期（2022年3月）推定").
			official("区长", "李云帆", roles(graph.RoleHost, graph.RoleSpeak), mayor).
			official("", "陈望舒", roles(graph.RoleAttend)).
			department("全区", government, graph.DeptMentioned),
		newArticle(t, "史料", "澜东县旧事", 7, "约1986年，澜东县卫计委成立。").
			dated("1986~", "约1986年", graph.BasisExplicit, 0.6, "").
			department("卫计委", planning, graph.DeptMentioned).
			location("澜东县", formerly, inCity, true),
		newArticle(t, "史料", "旧城墙拆除", 8, "4月1日前，旧城墙拆除。").
			dated("../2022-04-01", "4月1日前", graph.BasisYearInferred, 0.5, "年份据本期（2022年3月）推定"),
		overview(newArticle(t, "附录", "【概况】", 30, "2022年，云河区辖八个街道。").
			dated("2022", "2022年", graph.BasisExplicit, 1, "").
			location("云河区", county, inCity, false)),
	)
	third.Issue.NumberTo, third.Issue.MonthTo = 15, 4
	unknown := withArticles(&reading.Document{File: "wenshi.txt", Issue: reading.Issue{Publication: "松溪文史", Label: "创刊号", Dialect: "plain"}},
		newArticle(t, "", "县志编修", 0, "1964年5月，县志开始编修。").
			dated("1964-05", "1964年5月", graph.BasisExplicit, 1, ""))
	return []*reading.Document{first, second, third, unknown}
}

func withArticles(doc *reading.Document, articles ...*article) *reading.Document {
	for i, a := range articles {
		a.Line = 10 * (i + 1)
		doc.Events = append(doc.Events, a.Event)
		doc.Text += a.PrintedTitle + "\n" + a.Body + "\n"
		if a.Section != "" && !slices.Contains(doc.Issue.Sections, a.Section) {
			doc.Issue.Sections = append(doc.Issue.Sections, a.Section)
		}
	}
	return doc
}

func undated(a *article) *article {
	a.PrintedTitle = ""
	a.Date = graph.EventDate{Basis: graph.BasisNone}
	return a
}

func roster(a *article) *article {
	a.Kind = graph.EventKindRoster
	return a
}

func overview(a *article) *article {
	a.Kind = graph.EventKindOverview
	return a
}

func (a *article) headed(heading string) *article {
	a.Heading = heading
	a.Date.Evidence = append(a.Date.Evidence, graph.Evidence{Field: graph.FieldHeading, End: len([]rune(heading)), Text: heading})
	return a
}

func (a *article) mentioning(date, words string) *article {
	d, err := edtf.Parse(date)
	if err != nil {
		a.t.Fatal(err)
	}
	a.OtherDates = append(a.OtherDates, reading.DateMention{
		DateMention: graph.DateMention{EDTF: d, Basis: graph.BasisExplicit, Text: words, Evidence: a.says(words)},
	})
	return a
}

func (a *article) citing(title, short, number string) *article {
	words := number
	if title != "" {
		words = "《" + title + "》"
	}
	a.Documents = append(a.Documents, reading.CitedDocument{
		CitedDocument: graph.CitedDocument{Title: title, ShortTitle: short, Number: number, Evidence: a.says(words)},
	})
	return a
}

func (a *article) counting(value float64, limit graph.FigureQualifier, unit, subject, words string) *article {
	a.Figures = append(a.Figures, reading.Figure{
		Figure: graph.Figure{Value: value, Qualifier: limit, Unit: unit, Subject: subject, Text: words, Evidence: a.says(words)},
	})
	return a
}

func mustDay(t testing.TB, s string) edtf.Day {
	t.Helper()
	d, err := edtf.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// loadedAt is the clock of every load.
var loadedAt = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

func mustLoad(t testing.TB, s graph.Store, documents ...*reading.Document) {
	t.Helper()
	in := ingest.Ingester{Store: s, Now: func() time.Time { return loadedAt }}
	for _, doc := range documents {
		if _, err := in.Load(t.Context(), doc, graph.LoadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

// engines are those that every question is asked of.
var engines = map[string]func(testing.TB) graph.Store{
	"mem": func(testing.TB) graph.Store { return memstore.New() },
	"badger": func(t testing.TB) graph.Store {
		s, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
		if err != nil {
			t.Fatal(err)
		}
		// Close complains of snapshots that are still open.
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	},
}

// newGraph returns the fixture in the naive engine.
func newGraph(t testing.TB) graph.Store {
	t.Helper()
	s := memstore.New()
	mustLoad(t, s, documents(t)...)
	return s
}
