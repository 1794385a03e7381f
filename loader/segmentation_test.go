package loader_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/loader"
	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

// TestSegmentation reads the cases of segmentation that the genre's checklist names, S1 to S16, whole documents each.
func TestSegmentation(t *testing.T) {
	type event struct {
		Title string
		Page  int
		Body  string
	}
	const head = "云河区大事月报\n2021年1月\n（总第100期）\n2021年1月20日\n\n"
	for _, tt := range []struct {
		name, text string
		want       []event // of all its documents
		warning    string  // a code that has to be among the warnings
	}{
		{"S1 a title on two lines of the contents, a leader of one dot",
			head + "严守安全生产关 全力保障村（社区）文旅\n消费工作.....4\n市委讲师团到柳湖街道做全会精神的宣讲.5\n\n严守安全生产关 全力保障村（社区）文旅消费工作\n\n12月4日，审查。\n\n市委讲师团到柳湖街道做全会精神的宣讲\n\n12月5日，宣讲。\n",
			[]event{{"严守安全生产关 全力保障村（社区）文旅消费工作", 4, "12月4日，审查。"}, {"市委讲师团到柳湖街道做全会精神的宣讲", 5, "12月5日，宣讲。"}}, ""},
		{"S2 a row of the contents in a table",
			head + "| | |\n|---|----|\n| 区里开会..... | 9 |\n\n区里植树.....10\n\n区里开会\n\n12月4日，开会。\n\n区里植树\n\n12月5日，植树。\n",
			[]event{{"区里开会", 9, "12月4日，开会。"}, {"区里植树", 10, "12月5日，植树。"}}, ""},
		{"S3 cut off in the contents",
			head + "区委巡察机构召开工作交流.....12\n区里植树.....13\n\n区委巡察机构召开工作交流会\n\n12月4日，交流。\n\n区里植树\n\n12月5日，植树。\n",
			[]event{{"区委巡察机构召开工作交流会", 12, "12月4日，交流。"}, {"区里植树", 13, "12月5日，植树。"}}, ""},
		{"S4 a title over a text that begins without a date",
			head + "云河区开展垃圾分类进校园活动.....19\n区里植树.....20\n\n云河区开展垃圾分类进校园活动\n\n为弘扬传统文化，区里开展活动。\n\n区里植树\n\n12月5日，植树。\n",
			[]event{{"云河区开展垃圾分类进校园活动", 19, "为弘扬传统文化，区里开展活动。"}, {"区里植树", 20, "12月5日，植树。"}}, ""},
		{"S5 a word that the page cuts",
			head + "区里开会.....4\n区里植树.....5\n\n区里开会\n\n12月4日，开会，党员要先学一\n\n步、深学一层。\n\n区里植树\n\n12月5日，植树。\n",
			[]event{{"区里开会", 4, "12月4日，开会，党员要先学一步、深学一层。"}, {"区里植树", 5, "12月5日，植树。"}}, ""},
		{"S6 lists are the same entry",
			head + "区里开会.....4\n区里植树.....5\n\n区里开会\n\n12月4日，开会。\n\n一是抓学习。\n\n（二）抓落实。\n\n区里植树\n\n12月5日，植树。\n",
			[]event{{"区里开会", 4, "12月4日，开会。\n一是抓学习。\n（二）抓落实。"}, {"区里植树", 5, "12月5日，植树。"}}, ""},
		{"S7 an imprint is no entry",
			head + "区里开会.....4\n\n区里开会\n\n12月4日，开会。\n\n发放范围：区委常委，区人大常委会主任\n主 办：云河区人民政府\n电 话：0300-6600114\n邮 箱：yunhe@example.com\n",
			[]event{{"区里开会", 4, "12月4日，开会。"}}, ""},
		{"S11 a running head between the halves of a sentence",
			head + "区里开会.....4\n\n区里开会\n\n12月4日，区里开会，会议由\n\n大 事 记 · 15 ·\n\n区长主持。\n",
			[]event{{"区里开会", 4, "12月4日，区里开会，会议由区长主持。"}}, ""},
		{"S8 a marker below a day",
			"云河区2021年大事记\n\n1月\n10日　区委开会。\n※　区长主持会议。\n12日　区里植树。\n",
			[]event{{"区委开会", 0, "10日 区委开会。"}, {"区长主持会议", 0, "区长主持会议。"}, {"区里植树", 0, "12日 区里植树。"}}, ""},
		{"S9 a marker below a month, before any day",
			"云河区2021年大事记\n\n1月\n△　全区招聘教师。\n10日　区委开会。\n12日　区里植树。\n",
			[]event{{"全区招聘教师", 0, "全区招聘教师。"}, {"区委开会", 0, "10日 区委开会。"}, {"区里植树", 0, "12日 区里植树。"}}, ""},
		{"S10 a page of two columns", twoColumns,
			[]event{{"区委召开常委会会议", 0, "4日，区委召开常委会会议，区委书记沈知秋主持，研究部署安全生产工作。"}, {"区长李牧原到柳湖街道调研", 0, "6日，区长李牧原到柳湖街道调研，察看三个社区的旧房改造，副区长周衡陪同。"},
				{"区图书馆开馆", 0, "9日，区图书馆开馆，藏书二十万册，报刊三百种，当天读者五千人。"}, {"全区普降大雪", 0, "14日，全区普降大雪，区里出动三千人清雪除冰，主要道路当天畅通。"}}, ""},
		{"S12 a title in brackets that the text repeats",
			"云河区2021年大事记\n\n1月\n14日【区人大会议召开】区人大会议召开。会议听取报告。\n15日【植树】全区植树。\n",
			[]event{{"区人大会议召开", 0, "14日会议听取报告。"}, {"植树", 0, "15日全区植树。"}}, ""},
		{"S13 one event in contents, title and text",
			head + "区里开会.....4\n\n区里开会\n\n区里开会\n\n12月4日，区里开会。\n",
			[]event{{"区里开会", 4, "12月4日，区里开会。"}}, ""},
		{"S14 only a masthead", head, nil, layout.WarnOnlyMasthead},
		{"S14 only contents", head + "时政要点\n区里开会.....4\n区里植树.....5\n", nil, layout.WarnOnlyContents},
		{"S14 a masthead alone", "云河区大事月报\n2021年1月\n", nil, layout.WarnOnlyMasthead},
		{"S15 two issues in one file",
			head + "区里开会.....4\n\n区里开会\n\n12月4日，开会。\n\n编辑出版：区史志办\n\n" + strings.NewReplacer("年1月", "年2月", "100", "101").Replace(head) + "区里植树.....5\n\n区里植树\n\n1月5日，植树。\n",
			[]event{{"区里开会", 4, "12月4日，开会。"}, {"区里植树", 5, "1月5日，植树。"}}, ""},
		{"a last sentence without its end",
			head + "区里开会.....4\n区里植树.....5\n\n区里开会\n\n12月4日，区里开会。\n\n区里植树\n\n12月5日，区里植树，共栽种\n",
			[]event{{"区里开会", 4, "12月4日，区里开会。"}, {"区里植树", 5, "12月5日，区里植树，共栽种"}}, layout.WarnCutOff},
	} {
		t.Run(tt.name, func(t *testing.T) {
			documents := mustRead(t, tt.text, loader.Options{})
			var got []event
			var warnings []graph.IngestWarning
			for _, d := range documents {
				for _, e := range d.Events {
					got = append(got, event{e.Title, e.Page, e.Body})
				}
				warnings = append(warnings, d.Warnings...)
			}
			n := 1
			if strings.HasPrefix(tt.name, "S15") {
				n = 2
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || len(documents) != n {
				t.Errorf("%d documents, events mismatch (-want +got):\n%s", len(documents), diff)
			}
			found := tt.warning == ""
			for _, w := range warnings {
				found = found || w.Code == tt.warning
				if tt.warning == "" && w.Code != loader.WarnUnknownRegion {
					t.Errorf("warning %+v", w)
				}
			}
			if !found {
				t.Errorf("no warning %s: %+v", tt.warning, warnings)
			}
		})
	}
	t.Run("S14 an empty file", func(t *testing.T) {
		var e *source.ReadError
		if documents, err := loader.Read("x.txt", nil, loader.Options{}); !errors.As(err, &e) || documents != nil {
			t.Errorf("%d documents, %v", len(documents), err)
		}
	})
	t.Run("S16 the same file again", func(t *testing.T) { // in the graph: TestOneGraphWhateverTheOrder
		text := report("云河区大事月报\n2021年1月\n2021年1月20日", "12月4日，区委书记沈知秋主持会议。", "")
		if diff := cmp.Diff(mustJSON(t, mustRead(t, text, loader.Options{})), mustJSON(t, mustRead(t, text, loader.Options{}))); diff != "" {
			t.Errorf("read twice: %s", diff)
		}
	})
}

// twoColumns is a page of two columns of eighteen characters.
const twoColumns = `云河区2021年大事记

1月
4日，区委召开常委会会议，区委书记沈         9日，区图书馆开馆，藏书二十万册，报
知秋主持，研究部署安全生产工作。            刊三百种，当天读者五千人。
6日，区长李牧原到柳湖街道调研，察看         14日，全区普降大雪，区里出动三千人
三个社区的旧房改造，副区长周衡陪同。        清雪除冰，主要道路当天畅通。
`
