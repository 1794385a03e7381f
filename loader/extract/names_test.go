package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNameBoundaries(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"two characters before a verb", "区委书记任远主持会议。", []string{"任远"}},
		{"two before 等", "办事处主任叶舟等参加会议。", []string{"叶舟"}},
		{"three that end like a verb", "区长王有为，副区长张志刚主持会议。", []string{"王有为", "张志刚"}},
		{"two before 为", "任命王珂为区教育局局长。", []string{"王珂"}},
		{"compound surname before 等", "市长公孙策等陪同。", []string{"公孙策"}},
		{"a word before 到", "区长乐平到柳湖街道调研。", []string{"乐平"}},
		{"surnames that are words of grammar", "副主任曲波、于得水，区长向天明参加。", []string{"曲波", "于得水", "向天明"}},
		{"a title and no name", "区长牵头抓总，书记带头讲党课，主任关于工作的报告获得通过，局长高度重视。", nil},
		{"a title and a noun", "区级领导干部参加，支部书记腾出手来，护士白天在病房。", nil},
		{"with honours in quotation marks", "区妇联主席何采薇慰问“最美家庭”孙玉兰、李秀英。", []string{"何采薇", "孙玉兰", "李秀英"}},
		{"bare at a sentence's start", "会议结束。陈平川传达了上级精神。", []string{"陈平川"}},
		{"bare list before a role", "会议讨论热烈。陈平川、苏晚晴、白静好等委员踊跃发言。", []string{"陈平川", "苏晚晴", "白静好"}},
		{"bare list with a head-count", "大师收下莫小楼、陈平川等5名年轻人。", []string{"莫小楼", "陈平川"}},
		{"nouns of people", "走访慰问独居老人周婉贞，听92岁的陈平川老人讲故事。", []string{"周婉贞", "陈平川"}},
		{"nobody's full name", "走访老党员赵大爷、老兵郝建国。", []string{"郝建国"}},
		{"two readings of a surname", "县监委委员贺兰山、审判长连城参加。", []string{"贺兰山", "连城"}},
		{"a name inside a name", "区长李晓川到晓川路调研，弘扬李晓川精神。", []string{"李晓川"}},
		{"anonymous", "区长李某到场，张某某违法，王××参加。", nil},
		{"subjects that are no people", "会议指出要抓好落实。方案强调安全。全区上下表示支持。通知要求立即整改。", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, names(fill(tt.body)[0])); diff != "" {
				t.Errorf("names in %q (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

// 李区长 is whoever holds the post in the document, if there is but one.
func TestSurnameAndPost(t *testing.T) {
	for _, tt := range []struct {
		name string
		docs []string
		want []string
	}{
		{"one holder", []string{"区长李牧原出席。", "会上，李区长强调安全。"}, []string{"李牧原"}},
		{"a deputy is called so too", []string{"副区长李牧原出席。", "会上，李区长强调安全。"}, []string{"李牧原"}},
		{"two holders", []string{"副区长李牧原、李晓川出席。", "会上，李区长强调安全。"}, nil},
		{"no holder", []string{"区长沈知秋出席。", "会上，李区长强调安全。"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, names(fill(tt.docs...)[1])); diff != "" {
				t.Errorf("names in %q (-want +got):\n%s", tt.docs, diff)
			}
		})
	}
}
