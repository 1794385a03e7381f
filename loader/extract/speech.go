package extract

import (
	"sort"
	"strings"
)

// speechVerbs open reported speech where a comma or a colon follows.
var speechVerbs = []string{"指出", "强调", "要求", "表示", "说", "认为", "希望", "指示", "号召", "提出", "寄语", "意见", "建议", "叮嘱", "勉励", "提醒"}

// findSpeeches marks reported speech: from the verb to the end of the paragraph, or to a sentence with another subject.
func (d *document) findSpeeches(f *field) {
	for i := 0; i < len(f.text); i++ {
		c := f.text[i]
		if c != '，' && c != '：' && c != ':' || f.quoted[i] {
			continue
		}
		verb := ""
		for _, w := range speechVerbs {
			if f.hadBefore(i, w) && len(w) > len(verb) {
				verb = w
			}
		}
		if verb == "" || !d.speechSubject(f, i, verb, c) {
			continue
		}
		end := d.speechEnd(f, i+1)
		f.speeches = append(f.speeches, span{i + 1, end})
		i = end - 1
	}
}

// speechSubject reports whether the clause that ends at i has someone who speaks, and its verb is no noun (根据…要求，).
func (d *document) speechSubject(f *field, i int, verb string, c rune) bool {
	start := i
	for start > 0 && !isStop(f.text[start-1]) && !isComma(f.text[start-1]) && f.text[start-1] != '；' && f.text[start-1] != '：' {
		start--
	}
	clause := string(f.text[start:i])
	for _, w := range []string{"根据", "按照", "依据", "对照", "遵照", "符合", "结合", "满足", "围绕"} {
		if strings.HasPrefix(clause, w) {
			return false
		}
	}
	if c == '，' && (verb == "要求" || verb == "意见" || verb == "建议" || verb == "提出") && strings.Contains(clause, "提出") && f.prefixIn(i+1, speechStarts) == 0 {
		return false // 就具体工作提出要求，某局参加
	}
	if d.startsWithPerson(f, start) || d.startsWithOrgan(f, start) || clause == verb {
		return verb != "意见" && verb != "建议" || strings.Contains(clause, "提出")
	}
	for _, w := range []string{"会议", "大会", "他", "她", "并", "同时", "随后", "最后", "座谈会", "会上", "负责人", "街道", "组长", "强调", "进一步", "就", "对"} {
		if strings.HasPrefix(clause, w) {
			return verb != "意见" && verb != "建议" && verb != "要求" || strings.Contains(clause, "提出") || w == "会议" || w == "他" || w == "她" || clause == "并要求"
		}
	}
	return strings.Contains(clause, "提出")
}

// speechStarts open what is said where only 提出要求， stands before it.
var speechStarts = newWordSet("要", "一是", "一要", "强调", "指出", "必须", "各", "希望", "应", "全", "务必", "切实", "第一", "首先")

// startsWithOrgan reports whether the name of an organ begins at i.
func (d *document) startsWithOrgan(f *field, i int) bool {
	t := f.tokenAt(i)
	return t != nil && t.kind == tokenOrgan
}

// startsWithPerson reports whether a name, or a post with a name, begins at i.
func (d *document) startsWithPerson(f *field, i int) bool {
	for isSpace(f.at(i)) {
		i++
	}
	t := f.tokenAt(i)
	return t != nil && (t.kind == tokenName || t.kind == tokenPost)
}

// narrators begin a sentence that is told and no longer spoken.
var narrators = newWordSet("会议", "会上", "会后", "会前", "随后", "之后", "活动", "仪式", "此次", "本次", "据", "截至", "截止", "当天", "当日", "与会", "座谈会", "培训", "期间", "在", "参会", "调研组", "督导组", "检查组", "考察组", "专家组", "现场")

func (d *document) speechEnd(f *field, i int) int {
	for ; i < len(f.text) && f.text[i] != '\n'; i++ {
		if f.text[i] == '；' && d.personActs(f, i+1) {
			return i + 1
		}
		if !isStop(f.text[i]) || i+1 >= len(f.text) {
			continue
		}
		if d.startsWithPerson(f, i+1) && !d.told(f, i+1) {
			return i + 1
		}
		if n := f.prefixIn(i+1, narrators); n > 0 && !f.has(i+1, "在此") {
			if f.has(i+1, "在") && !d.sceneAt(f, i+1) {
				continue
			}
			return i + 1
		}
	}
	return i
}

// told reports whether the speaker goes on with what a person named at i has to do: 县长甲要负总责.
func (d *document) told(f *field, i int) bool {
	for k := f.tokenFrom(i); k < len(f.tokens) && f.tokens[k].start-i < 40 && f.tokens[k].kind != tokenOrgan; k++ {
		if t := f.tokens[k]; t.kind == tokenName && !f.tokens[k].listed {
			for _, w := range []string{"要", "必须", "应当", "务必", "需要"} {
				if f.has(t.end, w) && !f.has(t.end, "要求") {
					return true
				}
			}
		} else if t.kind == tokenPost && f.has(t.end, "要") && !f.has(t.end, "要求") {
			return true
		}
	}
	return false
}

// personActs reports whether a person named at i is the subject of a clause.
func (d *document) personActs(f *field, i int) bool {
	k := f.tokenFrom(i)
	if k >= len(f.tokens) || f.tokens[k].start != i {
		return false
	}
	for ; k < len(f.tokens) && f.tokens[k].kind == tokenPost; k++ {
	}
	return k < len(f.tokens) && f.tokens[k].kind == tokenName && f.tokens[k].start-i < 30
}

// sceneAt reports whether 在 opens a new scene of the story: 在柳湖社区，岳某….
func (d *document) sceneAt(f *field, i int) bool {
	for j := i; j < len(f.text) && j-i < 24 && !isStop(f.text[j]); j++ {
		if f.text[j] == '，' {
			return d.startsWithPerson(f, j+1)
		}
	}
	return false
}

// inSpeech reports whether s stands in reported speech.
func (f *field) inSpeech(s span) bool {
	i := sort.Search(len(f.speeches), func(i int) bool { return f.speeches[i].end >= s.end })
	return i < len(f.speeches) && f.speeches[i].holds(s)
}
