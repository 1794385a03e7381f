package eval_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader/eval"
)

// The tests here take the annotation of testdata/rules.json as it would be read without a fault, damage it, and name
// every figure that is then below 1: what each rule forgives must lower none.

type object = map[string]any

// mustRules returns the annotation and a faultless reading of it: the keys that a reader prints and no others.
func mustRules(t *testing.T) (*eval.Gold, object) {
	t.Helper()
	text, err := os.ReadFile("testdata/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	gold, err := eval.ReadGold(text)
	if err != nil {
		t.Fatal(err)
	}
	var d object
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	for _, e := range d["events"].([]any) {
		bare(e.(object))
		for _, list := range e.(object) {
			list, _ := list.([]any)
			for _, x := range list {
				bare(x.(object))
			}
		}
	}
	return gold, d
}

// bare drops what only an annotation has.
func bare(o object) {
	maps.DeleteFunc(o, func(k string, _ any) bool {
		return strings.HasSuffix(k, "alt") || strings.HasSuffix(k, "_optional") || k == "texts" || k == "tocTitle"
	})
}

func nth(d object, n int) object { return d["events"].([]any)[n].(object) }

// the returns the thing of that name, or title, in a list of the n-th event.
func the(d object, n int, list, name string) object {
	for _, x := range nth(d, n)[list].([]any) {
		if x := x.(object); name == x["name"] || name == x["title"] || name == x["text"] {
			return x
		}
	}
	panic(fmt.Sprintf("event %d has no %s in its %s", n, name, list))
}

func add(d object, n int, list string, x object) {
	nth(d, n)[list] = append(nth(d, n)[list].([]any), x)
}

func drop(d object, n int, list, name string) {
	x := the(d, n, list, name)
	nth(d, n)[list] = slices.DeleteFunc(nth(d, n)[list].([]any), func(y any) bool { return fmt.Sprint(y) == fmt.Sprint(x) })
}

func mustMeasureJSON(t *testing.T, gold *eval.Gold, documents ...object) eval.Result {
	t.Helper()
	b, err := json.Marshal(documents)
	if err != nil {
		t.Fatal(err)
	}
	read, err := eval.ReadDocuments(b)
	if err != nil {
		t.Fatal(err)
	}
	return eval.Measure(gold, read)
}

// lowered lists the figures below 1: "dates 2/3", and of the counting ones how many were right, false and missed:
// "events 2 0 1".
func lowered(r eval.Result) []string {
	var low []string
	for _, f := range r.Figures {
		if v, ok := f.Value(); !ok || v == 1 {
			continue
		}
		if f.Counting {
			low = append(low, fmt.Sprintf("%s %d %d %d", f.Name, f.Right, f.False, f.Missed))
		} else {
			low = append(low, fmt.Sprintf("%s %.4g/%d", f.Name, f.Good, f.Total))
		}
	}
	return low
}

func TestRules(t *testing.T) {
	const first, second, third = 0, 1, 2
	for _, tt := range []struct {
		name   string
		damage func(d object)
		want   []string
	}{
		{"faultless", func(object) {}, nil},
		{"order of events and lists", func(d object) {
			slices.Reverse(d["events"].([]any))
			for n := range 3 {
				for _, list := range nth(d, n) {
					if list, ok := list.([]any); ok {
						slices.Reverse(list)
					}
				}
			}
		}, nil},
		{"white space, width, dots", func(d object) {
			nth(d, first)["title"] = "云河区\u3000召开经济形势 分析会"
			nth(d, first)["body"] = strings.NewReplacer("（", "(", "。", "。\n", "1", "１").Replace(nth(d, first)["body"].(string))
			the(d, first, "officials", "何川")["name"] = "何\u3000川"
		}, nil},

		{"issue", func(d object) { d["issue"].(object)["number"] = 116 }, []string{"issue 4/5"}},
		{"issue: a number as text", func(d object) { d["issue"].(object)["number"] = "115" }, nil},
		{"issue: what the gold leaves out", func(d object) { d["issue"].(object)["published"] = "2022-04-20" }, nil},
		{"event invented", func(d object) {
			d["events"] = append(d["events"].([]any), object{"title": "无此事", "body": "某日无事。",
				"departments": []any{object{"name": "无此局", "text": "无此局"}}, "figures": []any{object{"value": 1, "unit": "次"}}})
		}, []string{"events 3 1 0", "departments_name 3 1 0", "departments_surface 3 1 0", "figures 3 1 0"}},
		{"event missed", func(d object) { d["events"] = d["events"].([]any)[:2] }, []string{
			"events 2 0 1", "officials_name 6 0 2", "officials_name_title 6 0 2", "officials_name_department 6 0 2",
			"departments_name 1 0 2", "departments_surface 1 0 2", "locations_name 2 0 1", "locations_surface 2 0 1"}},
		{"found by its body", func(d object) { nth(d, first)["title"] = "另一个题目" }, []string{"title 2/3"}},
		{"found by its title", func(d object) { nth(d, second)["body"] = "" }, []string{"body 2/3"}},
		{"neither title nor half of the body", func(d object) { nth(d, second)["title"], nth(d, second)["body"] = "", "四月" }, []string{
			"events 2 1 1", "other_dates 1 1 1", "officials_name 6 2 2", "officials_name_title 6 2 2", "officials_name_department 6 2 2",
			"locations_name 1 2 2", "locations_surface 1 2 2"}},
		{"found by more than half of its body", func(d object) {
			body := []rune(nth(d, third)["body"].(string))
			nth(d, third)["title"], nth(d, third)["body"] = "另一个题目", string(body[:len(body)/2])
		}, []string{"title 2/3", "body 2.667/3"}},
		{"a quarter of its body is not enough", func(d object) {
			body := []rune(nth(d, first)["body"].(string))
			nth(d, first)["title"], nth(d, first)["body"] = "另一个题目", string(body[:len(body)/4])
			for list, x := range nth(d, first) {
				if _, is := x.([]any); is {
					nth(d, first)[list] = []any{}
				}
			}
		}, []string{"events 2 1 1", "other_dates 1 0 1", "officials_name 4 0 4", "officials_name_title 4 0 4", "officials_name_department 4 0 4",
			"departments_name 2 0 1", "departments_surface 2 0 1", "documents 0 0 2", "figures 0 0 3"}},
		{"found by the title of the contents", func(d object) {
			nth(d, first)["title"], nth(d, first)["body"] = "全区经济形势分析会召开", ""
		}, []string{"body 2/3"}},
		{"title of the contents", func(d object) { nth(d, first)["title"] = "全区经济形势分析会召开" }, nil},
		{"titles changed round, bodies decide nothing", func(d object) {
			a, b := nth(d, first), nth(d, second)
			a["title"], b["title"] = b["title"], a["title"]
		}, []string{
			"body 1.189/3", "page 1/3", "dates 1/3", "date_start 1/3", "date_end 1/3", "other_dates 0 2 2",
			"officials_name 2 6 6", "officials_name_title 2 6 6", "officials_name_department 2 6 6",
			"departments_name 2 1 1", "departments_surface 2 1 1", "locations_name 1 2 2", "locations_surface 1 2 2",
			"documents 0 2 2", "figures 0 3 3"}},
		{"a body that differs", func(d object) { nth(d, third)["body"] = nth(d, third)["body"].(string) + "又一句话。" }, []string{"body 2.944/3"}},
		{"section and page", func(d object) { nth(d, first)["section"], nth(d, second)["page"] = nil, 5 }, []string{"section 2/3", "page 2/3"}},

		{"date", func(d object) { nth(d, first)["date"].(object)["edtf"] = "2021-04-06" }, []string{"dates 2/3"}},
		{"date: bounds", func(d object) {
			nth(d, first)["date"].(object)["start"], nth(d, first)["date"].(object)["end"] = "2022-04-05", nil
		}, []string{"date_start 2/3", "date_end 2/3"}},
		{"date: precision and basis", func(d object) {
			nth(d, first)["date"].(object)["precision"], nth(d, first)["date"].(object)["basis"] = "MONTH", "EXPLICIT"
		}, []string{"date_precision 2/3", "date_basis 2/3"}},
		{"date: another right one with its bounds", func(d object) {
			nth(d, second)["date"] = object{"edtf": "2022-04", "start": "2022-04-01", "end": "2022-04-30", "precision": "INTERVAL", "basis": "EXPLICIT"}
		}, nil},
		{"date: the bounds of another than the chosen", func(d object) {
			nth(d, second)["date"] = object{"edtf": "2022-04", "start": "2022-04-10", "end": "2022-04-10", "precision": "DAY", "basis": "EXPLICIT"}
		}, []string{"date_start 2/3", "date_end 2/3"}},
		{"date: a wrong one with right bounds", func(d object) {
			nth(d, second)["date"].(object)["edtf"], nth(d, second)["date"].(object)["end"] = "2022-04-11", "2022-04-30"
		}, []string{"dates 2/3"}},
		{"date: a span says its end", func(d object) {
			nth(d, second)["date"] = object{"edtf": "2022-04-10/2022-04-12", "start": "2022-04-10", "end": "2022-04-12", "precision": "INTERVAL", "basis": "EXPLICIT"}
			nth(d, second)["otherDates"] = []any{}
		}, nil},
		{"date: a span and its end", func(d object) {
			nth(d, second)["date"] = object{"edtf": "2022-04-10/2022-04-12", "start": "2022-04-10", "end": "2022-04-12", "precision": "INTERVAL", "basis": "EXPLICIT"}
		}, nil},
		{"date: a day does not say the end", func(d object) { nth(d, second)["otherDates"] = []any{} }, []string{"other_dates 1 0 1"}},
		{"date: a wrong one does not say it", func(d object) {
			nth(d, second)["date"].(object)["edtf"], nth(d, second)["otherDates"] = "2022-04-12", []any{}
		}, []string{"dates 2/3", "other_dates 1 0 1"}},
		{"date: a date where there is none", func(d object) {
			nth(d, third)["date"] = object{"edtf": "2022-04", "start": "2022-04-01", "end": "2022-04-30", "precision": "MONTH", "basis": "COVERAGE"}
		}, []string{"dates 2/3", "date_start 2/3", "date_end 2/3", "date_precision 2/3", "date_basis 2/3"}},

		{"other dates: also right", func(d object) { the(d, first, "otherDates", "3月1日")["edtf"] = "2022-03-01/.." }, nil},
		{"other dates: optional by its date", func(d object) { add(d, first, "otherDates", object{"edtf": "2022", "text": "今年"}) }, nil},
		{"other dates: optional by its words", func(d object) { add(d, first, "otherDates", object{"edtf": "2021", "text": "到2022年"}) }, nil},
		{"other dates: false", func(d object) { add(d, first, "otherDates", object{"edtf": "2022-04-06", "text": "4月6日"}) }, []string{"other_dates 2 1 0"}},
		{"other dates: without words", func(d object) { add(d, first, "otherDates", object{"edtf": "2021"}) }, []string{"other_dates 2 1 0"}},
		{"other dates: wrong", func(d object) { the(d, first, "otherDates", "3月1日")["edtf"] = "2021-03-01" }, []string{"other_dates 1 1 1"}},

		{"officials: missed", func(d object) { drop(d, first, "officials", "何川") },
			[]string{"officials_name 7 0 1", "officials_name_title 7 0 1", "officials_name_department 7 0 1"}},
		{"officials: invented", func(d object) { add(d, first, "officials", object{"name": "何川出", "role": "ATTEND"}) },
			[]string{"officials_name 8 1 0", "officials_name_title 8 1 0", "officials_name_department 8 1 0"}},
		{"officials: listed twice", func(d object) { add(d, first, "officials", maps.Clone(the(d, first, "officials", "李牧原"))) },
			[]string{"officials_name 8 1 0", "officials_name_title 8 1 0", "officials_name_department 8 1 0"}},
		{"officials: optional", func(d object) {
			add(d, first, "officials", object{"name": "谢云亭", "title": "主席", "department": "某会", "role": "CHAIR"})
		}, nil},
		{"officials: optional in another event", func(d object) { add(d, second, "officials", object{"name": "谢云亭", "role": "CHAIR"}) },
			[]string{"officials_name 8 1 0", "officials_name_title 8 1 0", "officials_name_department 8 1 0"}},
		{"officials: the title without its organ", func(d object) { the(d, first, "officials", "沈知秋")["title"] = "书记" }, nil},
		{"officials: no title, or the other right one", func(d object) { the(d, first, "officials", "何川")["title"] = "副区长" }, nil},
		{"officials: no title where there is one", func(d object) { the(d, first, "officials", "沈知秋")["title"] = nil }, []string{"officials_name_title 7 1 1"}},
		{"officials: an invented title", func(d object) { the(d, first, "officials", "焦裕禄")["title"] = "书记" }, []string{"officials_name_title 7 1 1"}},
		{"officials: organ by another right name", func(d object) { the(d, first, "officials", "沈知秋")["department"] = "中共云河区委员会" }, nil},
		{"officials: no organ, or the other right one", func(d object) { the(d, first, "officials", "何川")["department"] = "澜州市云河区人民政府" }, nil},
		{"officials: no organ where there is one", func(d object) { the(d, first, "officials", "李牧原")["department"] = nil }, []string{"officials_name_department 7 1 1"}},
		{"officials: an invented organ", func(d object) { the(d, first, "officials", "焦裕禄")["department"] = "中共兰考县委员会" }, []string{"officials_name_department 7 1 1"}},
		{"officials: role also right", func(d object) { the(d, first, "officials", "沈知秋")["role"] = "SPEAK" }, nil},
		{"officials: role", func(d object) { the(d, first, "officials", "沈知秋")["role"] = "ATTEND" }, []string{"officials_role 7/8"}},
		{"officials: mention is not presence", func(d object) { the(d, first, "officials", "焦裕禄")["role"] = "ATTEND" }, []string{"officials_role 7/8", "officials_presence 7/8"}},
		{"officials: presence is not mention", func(d object) { the(d, first, "officials", "何川")["role"] = "MENTIONED" }, []string{"officials_role 7/8", "officials_presence 7/8"}},
		{"officials: of a missed one no role is asked", func(d object) { drop(d, third, "officials", "省图书馆研究员") },
			[]string{"officials_name 7 0 1", "officials_name_title 7 0 1", "officials_name_department 7 0 1"}},
		{"officials: the better fitting namesake gives the role", func(d object) {
			slices.Reverse(nth(d, third)["officials"].([]any))
			the(d, third, "officials", "省图书馆研究员")["title"] = nil
		}, []string{"officials_name_title 7 1 1"}},

		{"departments: missed", func(d object) { drop(d, third, "departments", "河南省图书馆") }, []string{"departments_name 2 0 1", "departments_surface 2 0 1"}},
		{"departments: false", func(d object) {
			add(d, second, "departments", object{"name": "兰考县展览馆", "text": "县展览馆"})
		},
			[]string{"departments_name 3 1 0", "departments_surface 3 1 0"}},
		{"departments: another right name", func(d object) {
			the(d, first, "departments", "澜州市云河区统计局")["name"] = "云河区统计局"
		}, nil},
		{"departments: another surface", func(d object) {
			the(d, first, "departments", "澜州市云河区统计局")["text"] = "区统计局（普查中心）"
		}, nil},
		{"departments: wrong name, right surface", func(d object) { the(d, third, "departments", "河南省图书馆")["name"] = "澜州市图书馆" }, []string{"departments_name 2 1 1"}},
		{"departments: right name, wrong surface", func(d object) { the(d, third, "departments", "河南省图书馆")["text"] = "省图" }, []string{"departments_surface 2 1 1"}},
		{"departments: without a surface the name is one", func(d object) {
			x := the(d, third, "departments", "河南省图书馆")
			x["name"], x["text"] = "省图书馆", nil
		}, []string{"departments_name 2 1 1"}},
		{"departments: one of two plates is one too many", func(d object) {
			add(d, first, "departments", object{"name": "澜州市云河区普查中心", "text": "普查中心", "type": "INSTITUTION", "role": "PARTICIPANT"})
		}, []string{"departments_name 3 1 0", "departments_surface 3 1 0"}},
		{"departments: the same name twice is one", func(d object) {
			add(d, third, "departments", object{"name": "河南省图书馆", "text": "河南图书馆", "type": "OTHER", "role": "MENTIONED"})
		}, nil},
		{"departments: the surfaces of the same name are joined", func(d object) {
			the(d, third, "departments", "河南省图书馆")["text"] = "省图"
			add(d, third, "departments", object{"name": "河南省图书馆", "text": "省图书馆"})
		}, nil},
		{"departments: without names they are as many as their surfaces", func(d object) {
			add(d, second, "departments", object{"text": "甲局"})
			add(d, second, "departments", object{"text": "乙局"})
			add(d, second, "departments", object{"text": "甲局"})
		}, []string{"departments_name 3 2 0", "departments_surface 3 2 0"}},
		{"departments: optional by name", func(d object) {
			add(d, first, "departments", object{"name": "澜州市云河区人民政府", "text": "区里"})
		}, nil},
		{"departments: optional by surface", func(d object) { add(d, first, "departments", object{"name": "云河区政府", "text": "区政府"}) }, nil},
		{"departments: type and role also right", func(d object) {
			x := the(d, first, "departments", "澜州市云河区统计局")
			x["type"], x["role"] = "INSTITUTION", "HOST"
		}, nil},
		{"departments: type and role", func(d object) {
			x := the(d, third, "departments", "河南省图书馆")
			x["type"], x["role"] = "COMPANY", "HOST"
		}, []string{"departments_type 2/3", "departments_role 2/3"}},
		{"departments: found by surface alone, type and role are asked", func(d object) {
			x := the(d, third, "departments", "河南省图书馆")
			x["name"], x["role"] = "澜州市图书馆", "HOST"
		}, []string{"departments_name 2 1 1", "departments_role 2/3"}},
		{"departments: the right name goes before a common surface", func(d object) {
			a, b := the(d, third, "departments", "河南省图书馆"), the(d, third, "departments", "澜州市云河区文化馆")
			a["text"], b["text"] = b["text"], a["text"]
		}, nil},

		{"locations: missed", func(d object) { drop(d, second, "locations", "焦桐广场") }, []string{"locations_name 2 0 1", "locations_surface 2 0 1"}},
		{"locations: optional", func(d object) { add(d, first, "locations", object{"name": "云河区", "text": "云河区"}) }, nil},
		{"locations: the chain is right", func(d object) { the(d, second, "locations", "兰考县")["name"] = "开封市兰考县" }, nil},
		{"locations: type also right", func(d object) { the(d, second, "locations", "兰考县")["type"] = "CITY" }, nil},
		{"locations: type", func(d object) { the(d, second, "locations", "兰考县")["type"] = "TOWNSHIP" }, []string{"locations_type 2/3"}},
		{"locations: code", func(d object) { the(d, second, "locations", "兰考县")["code"] = nil }, []string{"locations_code 0/1"}},
		{"locations: code as a number", func(d object) { the(d, second, "locations", "兰考县")["code"] = 410225 }, nil},
		{"locations: a code that the gold does not know", func(d object) { the(d, third, "locations", "南塘街道")["code"] = "990102001" }, nil},
		{"locations: place", func(d object) { the(d, second, "locations", "兰考县")["isPlace"] = false }, []string{"locations_is_place 1/2"}},
		{"locations: place or not, both right", func(d object) { the(d, second, "locations", "焦桐广场")["isPlace"] = false }, nil},

		{"documents: by another title", func(d object) {
			x := the(d, first, "documents", "《云河区稳增长措施》")
			x["title"], x["number"] = "《稳增长措施》", nil
		}, []string{"documents_number 0/1"}},
		{"documents: by the number alone", func(d object) { the(d, first, "documents", "《云河区稳增长措施》")["title"] = nil }, nil},
		{"documents: number", func(d object) {
			the(d, first, "documents", "《云河区稳增长措施》")["number"] = "云政〔2022〕9号"
		}, []string{"documents_number 0/1"}},
		{"documents: an invented number", func(d object) {
			the(d, first, "documents", "《云河区稳岗办法》")["number"] = "云政〔2022〕9号"
		}, []string{"documents_number 1/2"}},
		{"documents: optional", func(d object) { add(d, first, "documents", object{"title": "措施"}) }, nil},
		{"documents: wrong", func(d object) { the(d, first, "documents", "《云河区稳岗办法》")["title"] = "《办法》" }, []string{"documents 1 1 1"}},

		{"figures: value", func(d object) { the(d, first, "figures", "40家")["value"] = 41 }, []string{"figures 2 1 1"}},
		{"figures: unit", func(d object) { the(d, first, "figures", "12.5亿元")["unit"] = "元" }, []string{"figures 2 1 1"}},
		{"figures: another right unit", func(d object) { the(d, first, "figures", "40家")["unit"] = "户" }, nil},
		{"figures: no number", func(d object) { the(d, first, "figures", "40家")["value"] = nil }, []string{"figures 2 1 1"}},
		{"figures: two without a number are two", func(d object) {
			add(d, first, "figures", object{"unit": "家"})
			add(d, first, "figures", object{"unit": "家"})
		}, []string{"figures 3 2 0"}},
		{"figures: no unit where there is one", func(d object) { the(d, first, "figures", "40家")["unit"] = nil }, []string{"figures 2 1 1"}},
		{"figures: once an event", func(d object) { add(d, first, "figures", object{"value": 40.0, "unit": "家"}) }, nil},
		{"figures: optional", func(d object) { add(d, first, "figures", object{"value": 30, "unit": "家"}) }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			gold, d := mustRules(t)
			tt.damage(d)
			r := mustMeasureJSON(t, gold, d)
			if diff := cmp.Diff(tt.want, lowered(r)); diff != "" {
				t.Errorf("figures below 1 mismatch (-want +got):\n%s", diff)
				for _, m := range r.Misses {
					t.Logf("%s: %s: %s %s", m.Event, m.Figure, m.What, m.Thing)
				}
			}
			if (len(r.Misses) == 0) != (len(tt.want) == 0) {
				t.Errorf("misses %v, figures below 1 %v", r.Misses, tt.want)
			}
		})
	}
}

func TestEvidence(t *testing.T) {
	for _, tt := range []struct {
		name     string
		evidence []any // of 沈知秋 in the first event, whose body then begins with 𠮷; nobody else has any
		want     string
	}{
		{"code points of the body", []any{object{"field": "BODY", "start": 23, "end": 26, "text": "沈知秋"}}, "1/1"},
		{"no field is the body", []any{object{"start": 23, "end": 26, "text": "沈知秋"}}, "1/1"},
		{"one beside it", []any{object{"start": 23, "end": 26, "text": "沈知秋"}, object{"start": 20, "end": 23, "text": "沈知秋"}}, "1/2"},
		{"title", []any{object{"field": "TITLE", "start": 0, "end": 3, "text": "云河区"}}, "1/1"},
		{"heading", []any{object{"field": "HEADING", "start": 1, "end": 3, "text": "6日"}}, "0/1"},
		{"heading where there is one", []any{object{"field": "HEADING", "start": 0, "end": 2, "text": "4月"}}, "1/1"},
		{"no such field", []any{object{"field": "FOOT", "start": 0, "end": 1, "text": "𠮷"}}, "0/1"},
		{"no end", []any{object{"start": 0, "text": "𠮷"}}, "0/1"},
		{"no start", []any{object{"end": 1, "text": "𠮷"}}, "0/1"},
		{"no text", []any{object{"start": 0, "end": 1}}, "0/1"},
		{"empty", []any{object{"start": 0, "end": 0, "text": ""}}, "0/1"},
		{"before the body", []any{object{"start": -1, "end": 1, "text": "𠮷"}}, "0/1"},
		{"behind the body", []any{object{"start": 0, "end": 1 << 20, "text": "𠮷"}}, "0/1"},
		{"another width is not the text", []any{object{"start": 1, "end": 2, "text": "４"}}, "0/1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			gold, d := mustRules(t)
			e := nth(d, 0)
			e["body"] = "𠮷" + e["body"].(string)
			e["heading"] = "4月"
			the(d, 0, "officials", "沈知秋")["evidence"] = tt.evidence
			low := map[string]string{}
			r := mustMeasureJSON(t, gold, d)
			for _, f := range r.Figures {
				low[f.Name] = fmt.Sprintf("%g/%d", f.Good, f.Total)
			}
			if low["evidence"] != tt.want {
				t.Errorf("evidence %s, want %s", low["evidence"], tt.want)
			}
			// 2 dates, 2 other dates, 8 officials, 3 departments, 3 locations, 2 documents, 3 figures; an undated event owes none.
			if low["evidence_given"] != "1/23" {
				t.Errorf("evidence_given %s, want 1/23", low["evidence_given"])
			}
		})
	}

	t.Run("the printed title goes before the title", func(t *testing.T) {
		gold, d := mustRules(t)
		nth(d, 0)["printedTitle"] = "【" + nth(d, 0)["title"].(string) + "】"
		the(d, 0, "officials", "沈知秋")["evidence"] = []any{object{"field": "TITLE", "start": 1, "end": 4, "text": "云河区"}}
		if v, ok := mustMeasureJSON(t, gold, d).Value("evidence"); v != 1 || !ok {
			t.Errorf("evidence %v, %v, want 1", v, ok)
		}
	})
	t.Run("its text is a surface", func(t *testing.T) {
		gold, d := mustRules(t)
		x := the(d, 2, "departments", "河南省图书馆")
		x["text"], x["evidence"] = nil, []any{object{"start": 10, "end": 14, "text": "省图书馆"}}
		r := mustMeasureJSON(t, gold, d)
		if diff := cmp.Diff([]string{"evidence_given 1/23"}, lowered(r)); diff != "" {
			t.Errorf("figures below 1 mismatch (-want +got):\n%s\n%v", diff, r.Misses)
		}
	})
	t.Run("an invented event owes it too", func(t *testing.T) {
		gold, d := mustRules(t)
		the(d, 0, "officials", "沈知秋")["evidence"] = []any{object{"start": 22, "end": 25, "text": "沈知秋"}}
		d["events"] = append(d["events"].([]any), object{"title": "无此事", "body": "无此人。", "date": object{"text": "无日"},
			"officials": []any{object{"name": "无此人", "evidence": []any{object{"start": 0, "end": 3, "text": "无此事"}}}}})
		r := mustMeasureJSON(t, gold, d)
		if i := slices.Index(eval.Names(), "evidence"); r.Figures[i].Good != 1 || r.Figures[i].Total != 2 || r.Figures[i+1].Total != 25 {
			t.Errorf("%+v, %+v, want 1 of 2, and 2 more asked", r.Figures[i], r.Figures[i+1])
		}
	})
}

func TestNothingToMeasure(t *testing.T) {
	gold, d := mustRules(t)
	r := mustMeasureJSON(t, gold, d)
	for _, name := range []string{"evidence", "evidence_given", "beauty", "dates.beauty"} {
		if v, ok := r.Value(name); ok {
			t.Errorf("Value(%q) = %v, want none", name, v)
		}
	}
	r = eval.Measure(gold, nil)
	if r.Document != -1 {
		t.Errorf("Document = %d without any, want -1", r.Document)
	}
	if v, ok := r.Value("dates"); ok {
		t.Errorf("dates = %v without an event, want none", v)
	}
	if v, ok := r.Value("events.precision"); ok {
		t.Errorf("events.precision = %v without an event, want none", v)
	}
	if v, ok := r.Value("events.recall"); v != 0 || !ok {
		t.Errorf("events.recall = %v, %v, want 0", v, ok)
	}
	if i := slices.Index(eval.Names(), "officials_name"); r.Figures[i].Missed != 8 {
		t.Errorf("%d officials missed, want 8", r.Figures[i].Missed)
	}
}

func TestTheDocumentThatTheGoldIsAbout(t *testing.T) {
	gold, d := mustRules(t)
	other := object{"events": []any{object{"title": "别的", "body": nth(d, 0)["body"]}}}
	if r := mustMeasureJSON(t, gold, other, d, d); r.Document != 1 || len(r.Misses) != 0 {
		t.Errorf("document %d with misses %v, want 1 without", r.Document, r.Misses)
	}
}
