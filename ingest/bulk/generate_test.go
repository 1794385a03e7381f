package bulk_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// generate writes the interchange form of n events, the same for the same n: monthly chronicles of twelve invented districts, fifty
// events an issue, on days that issues share; a few people and organs that nearly every event names, many that few do.
func generate(w io.Writer, n int) error {
	g := &generator{r: rand.New(rand.NewPCG(1, 2))}
	out := bufio.NewWriterSize(w, 1<<16)
	for i := range n {
		line, err := json.Marshal(g.event(i))
		if err != nil {
			return err
		}
		out.Write(line)
		if err := out.WriteByte('\n'); err != nil {
			return err
		}
	}
	return out.Flush()
}

type generator struct {
	r    *rand.Rand
	body []rune
}

var (
	places   = []string{"云河区", "松溪县", "白塘县", "柳湖区", "石桥县", "南塘区", "沙岗县", "青石县", "林川县", "梅川县", "云滩县", "澄溪县"}
	sections = []string{"要闻", "时政要点", "经济", "社会", "文教卫生", "乡镇街道"}
	bureaus  = []string{"教育局", "财政局", "民政局", "司法局", "审计局", "统计局", "林业局", "水利局", "商务局", "卫生健康委员会", "发展和改革委员会", "应急管理局", "住房和城乡建设局", "农业农村局"}
	surnames = []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜")
	given    = []rune("知秋牧原令仪鹤年云亭远山砚清青松临川寒江文博思源嘉禾明轩景行怀瑾若谷致远")
)

// skewed returns a number below n, the small ones most often.
func (g *generator) skewed(n int) int {
	x := g.r.Float64()
	return int(x * x * x * float64(n))
}

func (g *generator) say(words string) []map[string]any {
	start := len(g.body)
	g.body = append(g.body, []rune(words)...)
	return []map[string]any{{"field": "BODY", "start": start, "end": len(g.body), "text": words}}
}

func name(i int) string {
	return string([]rune{surnames[i%len(surnames)], given[i*7%len(given)], given[(i/3+5)%len(given)]})
}

func (g *generator) event(i int) map[string]any {
	issue := i / 50
	district, month := issue%len(places), issue/len(places)
	place := places[district]
	region := "河南省澜州市" + place
	day, _ := edtf.NewDay(2000+month/12, 1+month%12, 1+g.r.IntN(28))
	g.body = g.body[:0]
	_, m, d := day.Date()
	date := g.say(fmt.Sprintf("%d月%d日", m, d))
	g.say("，")
	government := "澜州市" + place + "人民政府"
	var officials, departments, locations []map[string]any
	seen := map[string]bool{}
	for range 2 + g.r.IntN(5) {
		k := g.skewed(200)
		who := name(district*200 + k)
		if seen[who] {
			continue
		}
		seen[who] = true
		organ := "澜州市" + place + bureaus[k%len(bureaus)]
		title, text := "局长", bureaus[k%len(bureaus)]+"局长"
		if k%3 == 0 {
			organ, title, text = government, "副区长", "副区长"
		}
		evidence := g.say(text + who)
		g.say("、")
		officials = append(officials, map[string]any{
			"name": who, "code": region, "title": text, "department": organ, "role": "ATTEND", "roles": []string{"ATTEND"}, "evidence": evidence,
			"posts": []map[string]any{{"title": title, "department": organ, "text": text}},
		})
	}
	g.say("出席活动。")
	for range 1 + g.r.IntN(4) {
		organ := bureaus[g.skewed(len(bureaus))]
		if seen[organ] {
			continue
		}
		seen[organ] = true
		departments = append(departments, map[string]any{
			"name": "澜州市" + place + organ, "text": "区" + organ, "type": "GOVERNMENT", "code": region, "parent": government,
			"role": []string{"HOST", "PARTICIPANT", "MENTIONED"}[g.r.IntN(3)], "evidence": g.say("区" + organ),
		})
		g.say("参加。")
	}
	organs := []map[string]any{{"name": government, "type": "GOVERNMENT", "code": region}}
	for range g.r.IntN(4) {
		k := g.skewed(60)
		where := string([]rune{given[k%len(given)], given[(k*5+district)%len(given)], []rune("社路园厂桥")[k%5]})
		if seen[where] {
			continue
		}
		seen[where] = true
		locations = append(locations, map[string]any{"name": where, "text": where, "type": graph.LocVenue, "code": nil, "isPlace": k%2 == 0, "evidence": g.say(where)})
		g.say("启动。")
	}
	for len(g.body) < 300+g.skewed(600) {
		g.say(string([]rune{given[g.r.IntN(len(given))], surnames[g.r.IntN(len(surnames))], given[g.r.IntN(len(given))], given[g.r.IntN(len(given))]}) + "，")
	}
	number := 1 + month
	title := fmt.Sprintf("%s第%d次%s", place, i, string(g.body[len(g.body)-8:len(g.body)-1]))
	return map[string]any{
		"publication": place + "大事月报", "publisher": "澜州市" + place + "地方史志办公室", "region": region,
		"issue":   map[string]any{"number": number, "year": 2000 + month/12, "month": 1 + month%12},
		"section": sections[i%50/10], "page": 1 + i%50/3, "place": 1 + i%50, "kind": "EVENT", "title": title, "printedTitle": title, "body": string(g.body),
		"date": map[string]any{
			"edtf": day.String(), "basis": "YEAR_INFERRED", "text": fmt.Sprintf("%d月%d日", m, d), "reason": "刊期年份", "confidence": 0.95, "evidence": date,
		},
		"officials": officials, "departments": departments, "organs": organs, "locations": locations,
	}
}
