package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// placeSound checks what must hold for the places of every text.
func placeSound(t testing.TB, region reading.Jurisdiction, title, body string) []reading.Location {
	t.Helper()
	got := mustPlaces(t, region, 2020, title, body)
	texts := map[graph.EvidenceField][]rune{graph.FieldBody: []rune(body), graph.FieldTitle: []rune(title)}
	seen := map[string]bool{}
	for _, l := range got {
		if l.Name == "" || l.Type == "" || len(l.Evidence) == 0 || l.Text != l.Evidence[0].Text {
			t.Fatalf("title %q, body %q: location without name, kind or evidence: %+v", title, body, l)
		}
		key := string(l.Type) + l.Above.Key() + "/" + l.Name
		if seen[key] {
			t.Fatalf("title %q, body %q: %s stands there twice", title, body, key)
		}
		seen[key] = true
		for _, e := range l.Evidence {
			text := texts[e.Field]
			if e.Start < 0 || e.Start >= e.End || e.End > len(text) {
				t.Fatalf("title %q, body %q: %s has evidence outside the text: %+v", title, body, l.Name, e)
			}
			if s := string(text[e.Start:e.End]); s != e.Text {
				t.Fatalf("%s[%d:%d] = %q, evidence says %q", e.Field, e.Start, e.End, s, e.Text)
			}
			if e.Field == graph.FieldTitle && l.Evidence[0].Field == graph.FieldBody {
				t.Fatalf("title %q, body %q: %s has title evidence although the body names it", title, body, l.Name)
			}
		}
	}
	if diff := cmp.Diff(got, mustPlaces(t, region, 2020, title, body)); diff != "" {
		t.Fatalf("title %q, body %q: a second reading differs:\n%s", title, body, diff)
	}
	return got
}

// placeBits are pieces that texts are put together from.
var placeBits = []string{
	"到", "在", "走进", "参观", "来自", "对", "由", "至", "，", "。", "、", "和", "等地", "的", "召开", "调研", "柳湖街道", "白家村", "沙岗镇", "云河区", "澜州市", "河南省",
	"兰考县", "浙江省杭州市西湖区", "北山街道", "长江路街道", "桐花路", "107号院", "便民服务大厅", "公园", "广场", "酒店", "会议室", "第", "9", "中学", "小学", "村", "路", "口", "社区",
	"区", "市", "县", "“", "”", "（", "）", "《", "》", "\n", " ", "　", "王建国", "指出，", "强调：", "派出所", "居委会", "了", "一", "十", "A", "é", "😀", "\u0301", "郑州", "朝阳",
}

func TestPlacesProveThemselves(t *testing.T) {
	regions := []reading.Jurisdiction{placeRegion(t, ""), placeRegion(t, "410103"), placeRegion(t, "410100"), placeRegion(t, "410000"), {}}
	found := 0
	rapid.Check(t, func(rt *rapid.T) {
		bits := rapid.SliceOfN(rapid.SampledFrom(placeBits), 0, 40)
		region := rapid.SampledFrom(regions).Draw(rt, "region")
		title, body := strings.Join(bits.Draw(rt, "title"), ""), strings.Join(bits.Draw(rt, "body"), "")
		found += len(placeSound(t, region, title, body))
	})
	if found == 0 {
		t.Fatal("no text had a place: this test proves nothing")
	}
}

func FuzzPlaces(f *testing.F) {
	f.Add("沈知秋到柳湖街道调研", "12月9日，区长沈知秋到柳湖街道灯塔社区调研，随后前往柳溪路107号院。")
	f.Add("", "在春晓公园、锦城、七一公园等地，走进46中、第 9 中学，由长江路至汝河路段。")
	f.Add("“拾光园”开放", "位于桐花街道的口袋公园“拾光园”（原名柳园）\n对望江楼东侧进行整治。")
	f.Add("区", "第第第中学十十二中号号院、、、的的到到在在")
	region := placeRegion(f, "410103")
	f.Fuzz(func(t *testing.T, title, body string) {
		placeSound(t, region, string([]rune(title)), string([]rune(body)))
	})
}
