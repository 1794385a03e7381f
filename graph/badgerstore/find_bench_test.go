package badgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/query"
)

// The register of a large graph: 83,000 officials, 17,000 departments and 5,000 places, all invented; one character of a name is as
// frequent as it is among real ones, the first hundred surnames being those of nine people in ten.
const (
	benchOfficials = 83_000
	benchOrgans    = 17_000
	benchPlaces    = 5_000
)

const (
	benchSurnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常单尉"
	benchGiven    = "明国华文建志伟平军海强辉林红春玉光荣金永生德成新祥东庆福正学忠义良民安立宏长保胜利云峰清松柏涛波洪亮芳兰英梅秀珍凤霞燕丽娟静敏慧雪晓雨佳欣怡嘉思子宇轩浩然博俊杰鹏飞龙虎振兴启发达富贵仁礼智信孝廉泽润民康宁和顺泰昌盛世纪元朝晖阳旭日升月星辰天地山川河湖江溪泉石岩土木水火"
	benchPlace    = "云河清溪石桥东岭南风西林北辰安平永宁长乐新昌大同太和高阳白水青山黄岗红旗金沙银川玉泉龙门凤凰虎丘马鞍牛头羊角鹿城鹤鸣松江柏乡梅县兰陵竹溪菊园荷塘柳林桃源杏花李庄"
)

var benchOffices = []string{"教育局", "财政局", "公安局", "民政局", "司法局", "卫生健康委员会", "组织部", "宣传部", "统战部", "行政审批局", "人民法院", "人民检察院", "总工会", "妇女联合会", "水利局", "林业局", "文化馆", "图书馆", "疾病预防控制中心", "退役军人事务局"}

func benchEntities() []graph.EntityData {
	rnd := rand.New(rand.NewPCG(1, 2))
	surname, given, place := []rune(benchSurnames), []rune(benchGiven), []rune(benchPlace)
	// few are frequent: the square of an even number lies near its lower end
	pick := func(from []rune) string {
		f := rnd.Float64()
		return string(from[int(f*f*float64(len(from)))])
	}
	var all []graph.EntityData
	atom := func(kind graph.EntityKind, n int) graph.ID {
		return graph.Atom{Kind: kind, Code: fmt.Sprint(n), Name: "甲"}.ID()
	}
	add := func(d graph.EntityData) {
		d.Atoms = []graph.ID{d.ID}
		d.EventCount = int(1 / (0.0005 + rnd.Float64()))
		query.Spell(&d)
		all = append(all, d)
	}
	names := make([]string, benchPlaces)
	for i := range benchPlaces {
		names[i] = pick(place) + pick(place) + []string{"区", "县", "镇", "村"}[i%4]
		d := graph.EntityData{ID: atom(graph.KindLocation, i), Kind: graph.KindLocation, Name: names[i], Label: names[i]}
		if i > 0 {
			d.ParentAtom = atom(graph.KindLocation, i/8)
		}
		add(d)
	}
	for i := range benchOrgans {
		n := rnd.IntN(benchPlaces / 10)
		office := benchOffices[rnd.IntN(len(benchOffices))]
		d := graph.EntityData{ID: atom(graph.KindDepartment, i), Kind: graph.KindDepartment, Name: names[n] + office, RegionAtom: atom(graph.KindLocation, n)}
		d.Label = d.Name
		d.Aliases = []string{string([]rune(names[n])[2:]) + office}
		if i > 0 {
			d.ParentAtom = atom(graph.KindDepartment, i/20)
		}
		add(d)
	}
	for i := range benchOfficials {
		d := graph.EntityData{ID: atom(graph.KindOfficial, i), Kind: graph.KindOfficial, Name: pick(surname) + pick(given), RegionAtom: atom(graph.KindLocation, rnd.IntN(benchPlaces/10))}
		if i%4 > 0 {
			d.Name += pick(given)
		}
		d.Label = d.Name + "（" + fmt.Sprint(i) + "）"
		add(d)
	}
	return all
}

// mustOpenRegister returns a store that holds the entities and no events.
func mustOpenRegister(b *testing.B, all []graph.EntityData) *badgerstore.Store {
	s := mustOpen(b, b.TempDir())
	for part := range slices.Chunk(all, 10_000) {
		batch := &graph.Batch{Entities: part, Atoms: map[graph.ID]graph.ID{}}
		for _, d := range part {
			batch.Atoms[d.ID] = d.ID
		}
		if err := s.Update(b.Context(), func(graph.Reader) (*graph.Batch, error) { return batch, nil }); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

func BenchmarkFindEntities(b *testing.B) {
	all := benchEntities()
	s := mustOpenRegister(b, all)
	ctx := context.Background()
	r, err := s.Snapshot(ctx)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	region := all[1].ID
	b.Run("first", func(b *testing.B) { // and what it keeps
		for b.Loop() {
			b.StopTimer()
			s := mustOpenRegister(b, all)
			r, err := s.Snapshot(ctx)
			if err != nil {
				b.Fatal(err)
			}
			// The engine below keeps blocks that it has read; they are no part of it.
			if err := r.EachEntity(ctx, "", func(*graph.EntityData) error { return nil }); err != nil {
				b.Fatal(err)
			}
			before := heap()
			b.StartTimer()
			if _, err := r.FindEntities(ctx, graph.EntityQuery{}, graph.EntityPage{First: 50}); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			b.ReportMetric((float64(heap())-float64(before))/1e6, "MB-kept")
			r.Close()
			b.StartTimer()
		}
	})
	for _, bb := range []struct {
		name string
		q    graph.EntityQuery
	}{
		{"all", graph.EntityQuery{}},
		{"officials", graph.EntityQuery{Kind: graph.KindOfficial}},
		{"officials-by-name", graph.EntityQuery{Kind: graph.KindOfficial, ByName: true}},
		{"region", graph.EntityQuery{Region: region}},
		{"region-officials", graph.EntityQuery{Region: region, Kind: graph.KindOfficial}},
		{"linked", graph.EntityQuery{Linked: true, Kind: graph.KindOfficial}},
		{"roots-departments", graph.EntityQuery{Roots: true, Kind: graph.KindDepartment, ByName: true}},
		{"roots-officials", graph.EntityQuery{Roots: true, Kind: graph.KindOfficial, ByName: true}},
		{"text=王", graph.EntityQuery{Text: "王"}},
		{"text=王志明", graph.EntityQuery{Text: "王志明"}},
		{"text=教育局", graph.EntityQuery{Text: "教育局"}},
		{"text=区", graph.EntityQuery{Text: "区"}},
		{"text=l", graph.EntityQuery{Text: "l"}},
		{"text=li", graph.EntityQuery{Text: "li"}},
		{"text=sh", graph.EntityQuery{Text: "sh"}},
		{"text=sh-by-name", graph.EntityQuery{Text: "sh", ByName: true}},
		{"text=wangzhiming", graph.EntityQuery{Text: "wangzhiming"}},
		{"text=wzm", graph.EntityQuery{Text: "wzm"}},
		{"text=qjyj", graph.EntityQuery{Text: "qjyj"}},
		{"text=ming-region", graph.EntityQuery{Text: "ming", Region: region}},
	} {
		first, err := r.FindEntities(ctx, bb.q, graph.EntityPage{First: 50})
		if err != nil {
			b.Fatal(err)
		}
		last, err := r.FindEntities(ctx, bb.q, graph.EntityPage{Last: 100})
		if err != nil {
			b.Fatal(err)
		}
		for depth, p := range map[string]graph.EntityPage{"first": {First: 50}, "last": {First: 50, After: last.Hits[0].Key}} {
			b.Run(fmt.Sprintf("%s/page=%s", bb.name, depth), func(b *testing.B) {
				for b.Loop() {
					if _, err := r.FindEntities(ctx, bb.q, p); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(first.Total), "found")
			})
		}
	}
}

// What a roll that is kept up adds to an update of a hundred entities with one event more.
func BenchmarkUpdateEntities(b *testing.B) {
	all := benchEntities()
	s := mustOpenRegister(b, all)
	for _, kept := range []bool{false, true} {
		b.Run(fmt.Sprintf("roll=%v", kept), func(b *testing.B) {
			if kept {
				r, err := s.Snapshot(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				if _, err := r.FindEntities(b.Context(), graph.EntityQuery{}, graph.EntityPage{First: 1}); err != nil {
					b.Fatal(err)
				}
				r.Close()
			}
			for n := 0; b.Loop(); n++ {
				batch := &graph.Batch{}
				for i := range 100 {
					d := &all[(n*100+i*997)%len(all)]
					d.EventCount++
					if !slices.ContainsFunc(batch.Entities, func(e graph.EntityData) bool { return e.ID == d.ID }) {
						batch.Entities = append(batch.Entities, *d)
					}
				}
				if err := s.Update(b.Context(), func(graph.Reader) (*graph.Batch, error) { return batch, nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkLookup(b *testing.B) {
	all := benchEntities()
	r, err := mustOpenRegister(b, all).Snapshot(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	last := &all[len(all)-1]
	for name, a := range map[string]query.LookupArgs{
		"id":              {ID: last.ID},
		"name":            {Name: last.Name},
		"name-in-region":  {Name: last.Name, Region: last.RegionAtom},
		"alias-in-region": {Name: all[benchPlaces].Aliases[0], Region: all[benchPlaces].RegionAtom},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := query.Lookup(b.Context(), r, a); err != nil && !errors.Is(err, query.ErrAmbiguous) {
					b.Fatal(err)
				}
			}
		})
	}
}
