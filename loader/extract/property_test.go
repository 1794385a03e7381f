package extract_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// pieces are what mixtures are made of: names, titles, organs, verbs, brackets that never close.
var pieces = strings.Fields("区委书记 区长 沈知秋 、 ， 。 ； ： 副区长 李牧原 欧阳澍 买买提·艾力 王　珂 等 一行 出席 主持 指出， 讲话 陪同下 在 由 受 委托 任命 为 免去 的 职务 " +
	"区教育局 区政务办（大数据局） 柳湖街道 和 青石桥街道人大工委 街道党工委 （以下简称“办法”） 《 》 “ ” （ ） 第9中学 市九中 河南云岭轴承有限公司 云岭轴承公司 两办 四大班子 " +
	"村（社区）“两委” 李区长 总书记 习主席 省、市 12月4日 同志 1600 A某 \u3000 \n 区 局 长 街道 郑州市 中共 团区委 专班 区重点项目建设工作专班 交警云河大队 老人 表彰 荣获 王 " +
	"任 兼 其 辞去 不再担任 选举产生 等11人 同志代理 知县 邑人 县领导 白塘镇镇长 南塘社区书记 宏远集团总经理 多杰 苏日勒和克 沙马拉毅 （女，回族，6月任） 至5月 2016.8—2020.5 县　　长 副 书 记 【 】 ：\n 一、 庆 某 封开县委书记 摄 供稿：")

var eventKinds = []graph.EventKind{graph.EventKindEvent, graph.EventKindRoster, graph.EventKindOverview}

func mixture(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, label), "")
}

// Whatever the text: evidence reproduces it, roles are the contract's, lists hold nothing twice, and a second reading is the same.
func TestFillProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3).Draw(t, "articles")
		var events, again []reading.Event
		for range n {
			e := reading.Event{PrintedTitle: mixture(t, "title"), Body: mixture(t, "body"), Kind: rapid.SampledFrom(eventKinds).Draw(t, "kind")}
			events, again = append(events, e), append(again, e)
		}
		region := rapid.SampledFrom([]reading.Jurisdiction{{}, yunhe, jurisdiction("青石县"), jurisdiction("内蒙古自治区", "青原盟", "赛罕旗")}).Draw(t, "region")
		w := extract.Fill(region, events)
		for _, e := range events {
			checkEvent(t, e)
		}
		w2 := extract.Fill(region, again)
		if diff := cmp.Diff(events, again, cmp.AllowUnexported(edtf.Date{})); diff != "" {
			t.Fatalf("a second reading differs (-first +second):\n%s", diff)
		}
		if diff := cmp.Diff(w, w2); diff != "" {
			t.Fatalf("the warnings of a second reading differ:\n%s", diff)
		}
	})
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

func checkEvent(t failer, e reading.Event) {
	t.Helper()
	proves := func(what string, evidence []graph.Evidence) {
		t.Helper()
		if len(evidence) == 0 {
			t.Fatalf("%s has no evidence in %q", what, e.Body)
		}
		for _, v := range evidence {
			text := []rune(e.Body)
			if v.Field == graph.FieldTitle {
				text = []rune(e.PrintedTitle)
			}
			if v.Start < 0 || v.End > len(text) || v.Start >= v.End || string(text[v.Start:v.End]) != v.Text {
				t.Fatalf("%s: evidence %+v is not what %q has there", what, v, string(text))
			}
		}
	}
	seen := map[string]bool{}
	for _, o := range e.Officials {
		proves(o.Name, o.Evidence)
		if len(o.Roles) == 0 || !slices.Equal(o.Roles, graph.SortRoles(slices.Clone(o.Roles))) {
			t.Fatalf("roles of %s in %q are %v: none, or not in the contract's order", o.Name, e.Body, o.Roles)
		}
		if o.Name == "" || strings.ContainsAny(o.Name, " \u3000，。、") || seen[o.Name] && !o.Apart {
			t.Fatalf("%q twice or no name in %q", o.Name, e.Body)
		}
		seen[o.Name] = true
		for _, p := range o.Posts {
			if p.Text == "" || p.Organ != nil && p.Organ.Name == "" {
				t.Fatalf("%s has an empty post %+v in %q", o.Name, p, e.Body)
			}
		}
	}
	departments := map[string]bool{}
	for _, d := range e.Departments {
		proves(d.Name, d.Evidence)
		key := d.Region.Key() + d.Name
		if departments[key] || d.Name == "" || d.Type == "" || !slices.Contains(graph.DepartmentRoles, d.Role) {
			t.Fatalf("department %+v twice or incomplete in %q", d, e.Body)
		}
		departments[key] = true
		for _, s := range d.Surfaces {
			if !strings.Contains(e.Body, s) && !strings.Contains(e.PrintedTitle, s) {
				t.Fatalf("surface %q of %s does not stand in %q", s, d.Name, e.Body)
			}
		}
	}
}

// Seeds beside these stand in testdata/fuzz/FuzzFill.
func FuzzFill(f *testing.F) {
	for _, s := range []string{
		"12月4日，区委书记沈知秋、区长李牧原率领四大班子领导到场。", "区政务办（大数据局", "受沈知秋", "任命：王　珂为区教育局", "区" + strings.Repeat("区委", 30), "《》》《（（）", "李春副市长\n\n，、；",
		"柳湖街道和青石桥街道", "第九第九中", "\xff\xfe区长", "云河区云河区云河区委", "中共中共", "团区委委员", "副副副区长沈知秋", "以下简称“", "买买提··艾力区长·", "区长沈知秋（", "等等等等140",
	} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		events := []reading.Event{{PrintedTitle: title, Body: body}, {PrintedTitle: title, Body: body, Kind: graph.EventKindRoster}}
		extract.Fill(yunhe, events)
		checkEvent(t, events[0])
		checkEvent(t, events[1])
	})
}

// A text without any stop, and one of nothing but names, takes no more than its length.
func TestLongTexts(t *testing.T) {
	read := func(kind graph.EventKind, units ...string) {
		for _, unit := range units {
			events := []reading.Event{{Body: strings.Repeat(unit, 20000/len(unit)), Kind: kind}}
			extract.Fill(yunhe, events)
			checkEvent(t, events[0])
		}
	}
	read(graph.EventKindEvent, "区长李牧原、", "区委", "柳湖街道和", "云河区", "某", "（", "县有限公司", "任命沈知秋为", "沈知秋任区长，", "免去其", "任", "：\n沈知秋为区长；", "县领导", "知县王国栋", "副区长庆某、", "和克")
	read(graph.EventKindRoster, "兼", "书　记　沈知秋　", "县　长\n", "（6月任）")
}
