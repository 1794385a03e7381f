package ingest_test

import (
	"slices"
	"sync"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/loader"
	"fangzhi/loader/reading"
	"fangzhi/samples"
)

// changing returns five small issues that change what names of the others mean: a bare name that one post, then two organs, claim; an
// article that lists it twice; a second plate; a square without and with its street; a report that ties two others.
func changing() []*reading.Document {
	apart := func(e reading.Event) reading.Event {
		for i := range e.Officials {
			e.Officials[i].Apart = true
		}
		return e
	}
	at := func(e reading.Event, above reading.Jurisdiction, names ...string) reading.Event {
		for _, name := range names {
			e.Locations = append(e.Locations, reading.Location{Place: reading.Place{Name: name, Type: graph.LocVenue}, Above: above, Text: name})
		}
		return e
	}
	street := func(name string) reading.Jurisdiction {
		return chain(append(slices.Clone(coded.Chain), reading.Place{Name: name, Type: graph.LocTownship})...)
	}
	inCity := chain(province, codedCity)
	plate := reportOf("2022-03-02", "政务办揭牌", "区政务办（区大数据局）揭牌。", coded, "")
	plate.Departments = []reading.Department{{Role: graph.DeptHost, Text: "区政务办", Organ: reading.Organ{
		Name: "云河区政务办", Type: graph.DeptGovernment, Region: coded, Plates: []string{"云河区大数据局"}}}}
	a := "第三届花灯艺术节在南塘公园开幕。"
	b := "第三届花灯艺术节在南塘公园开幕，首届非遗美食展同时在云河夜巷迎客。"
	c := "首届非遗美食展在云河夜巷迎客。"
	city := chronicleOf("澜州市大事记", 4, reportOf("2022-04-01", "市里一", "王磊、张卫东参加。", inCity, "", "王磊", "张卫东"),
		reportOf("2022-02-15", "", b, coded, "", "纪望舒"))
	city.Issue.Region = inCity
	return []*reading.Document{
		chronicleOf("甲志", 1, at(reportOf("2022-01-01", "一", "王磊参加。", coded, "云河区大数据局", "王磊"), coded, "记事广场"),
			reportOf("2022-02-15", "", a, coded, "", "纪望舒|云河区文化馆")),
		chronicleOf("甲志", 2, at(reportOf("2022-02-01", "二", "王磊、张卫东参加。", coded, "云河区政务办", "王磊|云河区教育局", "张卫东"), street("柳湖街道"), "记事广场", "纪事广场")),
		chronicleOf("乙志", 3, apart(reportOf("2022-03-01", "三", "王磊、王磊参加。", coded, "", "王磊|云河区教育局", "王磊|云河区财政局")), plate),
		city,
		chronicleOf("丙志", 5, at(reportOf("2022-05-01", "五", "张卫东、张卫东参加。", inCity, "云河区卫生健康局", "张卫东|澜州市林业局", "李晓川|澜州市林业局"), street("文昌街道"), "记事广场"),
			reportOf("2022-05-02", "六", "张卫东参加。", inCity, "云河区卫生健康委员会", "张卫东|澜州市公安局"),
			reportOf("2022-02-15", "", c, coded, "", "纪望舒|云河区商务局")),
	}
}

// permutations calls f with every order of n things.
func permutations(n int, f func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var at func(int)
	at = func(k int) {
		if k == n {
			f(order)
			return
		}
		for i := k; i < n; i++ {
			order[k], order[i] = order[i], order[k]
			at(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	at(0)
}

// Issues that change each other's meaning give one graph in every order, and one that goes and comes back leaves no trace.
func TestEveryOrderOfIssuesThatChangeEachOther(t *testing.T) {
	want, n := "", 0
	permutations(len(changing()), func(order []int) {
		engines := []graph.Store{memstore.New()}
		if n++; n%12 == 0 {
			engines = append(engines, newBadger(t))
		}
		for _, s := range engines {
			issues := changing()
			for _, i := range order {
				mustIngest(t, s, issues[i])
			}
			got := digestOf(t, s)
			if want == "" {
				want = got
				sees(t, s)
			}
			if got != want {
				t.Fatalf("in the order %v another graph", order)
			}
			outAndIn(t, s, issues[order[0]])
			if digestOf(t, s) != want {
				t.Fatalf("in the order %v: the first goes and comes back, and the graph is another", order)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func outAndIn(t *testing.T, s graph.Store, doc *reading.Document) {
	t.Helper()
	if _, err := ingester(s).Remove(t.Context(), ingest.Preview(doc, graph.LoadOptions{}).Issue.ID); err != nil {
		t.Fatal(err)
	}
	digestOf(t, s) // which checks the graph
	mustIngest(t, s, doc)
}

// sees fails unless the issues do what changing says.
func sees(t *testing.T, s graph.Store) {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	count := map[string]int{}
	err = r.EachEntity(t.Context(), "", func(d *graph.EntityData) error {
		if d.EventCount > 0 {
			count[d.Name]++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	pairs := 0
	err = r.EachSame(t.Context(), "", "", false, func(*graph.SamePair) error {
		pairs++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// 王磊: two in the county, the bare name there, one in the city. 张卫东: of the county, of two organs of the city, bare there.
	if count["王磊"] != 4 || count["张卫东"] != 4 || count["云河区政务办"]+count["云河区大数据局"] != 1 || count["记事广场"] != 3 || pairs < 10 {
		t.Errorf("the issues do not change each other: %v, %d pairs", count, pairs)
	}
	if got := reportsIn(t, s); len(got) != 3 {
		t.Errorf("reports of one event: %q, want three", got)
	}
}

// readSamples reads the bundled issues, once for all tests, which do not change them.
var readSamples = sync.OnceValues(func() ([]*reading.Document, error) {
	var issues []*reading.Document
	for _, f := range samples.Files() {
		documents, err := loader.Read(f.Name, f.Text, loader.Options{})
		if err != nil {
			return nil, err
		}
		issues = append(issues, &documents[0])
	}
	return issues, nil
})

// The samples give one graph in every order, in both engines.
func TestEveryOrderOfTheSamples(t *testing.T) {
	issues, err := readSamples()
	if err != nil {
		t.Fatal(err)
	}
	want, n := "", 0
	permutations(len(issues), func(order []int) {
		engines := []graph.Store{memstore.New()}
		if n++; n%2 == 0 {
			engines = append(engines, newBadger(t))
		}
		for _, s := range engines {
			for _, i := range order {
				mustIngest(t, s, issues[i])
			}
			if want == "" {
				want = digestOf(t, s)
			}
			outAndIn(t, s, issues[order[1]])
			if got := digestOf(t, s); got != want {
				t.Errorf("in the order %v another graph", order)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
