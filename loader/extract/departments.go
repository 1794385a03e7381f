package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// departments makes one Department of every organ that an article names as taking part. An organ that a one-word post
// holds (区委书记) or merely implies (区长) is none, nor is one that only reported speech names.
func (d *document) departments(a *article, people []mention) []reading.Department {
	var out []reading.Department
	index := map[*reading.Organ]int{}
	for _, f := range []*field{a.body, a.title} {
		if !slices.ContainsFunc(f.tokens, func(t token) bool { return t.organ != nil }) {
			continue
		}
		known := len(out)
		roles := newDeptRoles(d, f, people)
		for k := range f.tokens {
			t := &f.tokens[k]
			if t.organ == nil || t.kind == tokenName || t.kind == tokenPost && fused(t) || f.inSpeech(t.organ.span) || f.reported(t.organ) || f.site(t) || f.meeting(t) {
				continue
			}
			o := d.main(t.organ.organ)
			i, ok := index[o]
			if ok && f == a.title && i < known {
				continue
			}
			role, surface := roles.of(k), f.evidence(t.organ.surface())
			if !ok {
				i = len(out)
				index[o] = i
				out = append(out, reading.Department{Organ: *o, Text: surface.Text, Role: role, Rule: t.organ.rule})
			}
			dep := &out[i]
			dep.Evidence = append(dep.Evidence, surface)
			if roleStrength(role) < roleStrength(dep.Role) {
				dep.Role = role
			}
			if t.organ.general && !contains(dep.Surfaces, surface.Text) {
				dep.Surfaces = append(dep.Surfaces, surface.Text)
			}
		}
	}
	return out
}

// fused reports whether a post takes its organ into one word: 区委书记, 市委常委, 乡党委书记.
func fused(t *token) bool {
	return t.organ.form == "委" && !t.field.has(t.organ.start, "中共") || t.organ.form == "党委" && t.organ.end-t.organ.start == 3
}

// sites are words that make a place of the organ before them: 县委会议室, 县政务中心广场.
var sites = newWordSet("广场", "礼堂", "大礼堂", "会议室", "会议厅", "报告厅", "多功能厅", "大院", "门前", "门口", "院内", "大楼", "办公楼", "旧址", "招待所", "停车场", "对面", "附近")

// site reports whether an organ is only named as the owner of a place.
func (f *field) site(t *token) bool {
	if c := f.at(t.start - 1); (c == '：' || c == ':') && f.hadBefore(t.start-1, "地点") {
		return true // 地点：县会议中心
	}
	e := t.organ.end
	for strings.ContainsRune(chineseDigits, f.at(e)) && f.at(e) != 0 || isDigit(f.at(e)) {
		e++
	}
	if e > t.organ.end && f.at(e) == '楼' {
		e++ // 白塘镇政府三楼会议室
	} else {
		e = t.organ.end
	}
	return t.kind == tokenOrgan && t.organ.unit == "" && f.prefixIn(e, sites) > 0
}

// meeting reports whether the standing committee is only the name of its meeting: 召开县委常委会会议42次.
func (f *field) meeting(t *token) bool {
	switch t.organ.form {
	case "委常委会议":
	case "委常委会":
		if !f.has(t.organ.end, "会议") && !f.has(t.organ.end, "扩大会议") && !f.has(t.organ.end, "（扩大）会议") {
			return false
		}
	default:
		return false
	}
	return t.kind == tokenOrgan && f.suffixIn(t.start, []string{"召开", "主持召开", "出席", "列席", "参加", "举行"}) > 0
}

// reported reports whether an organ without a level is only what a report is of: 听取政府、法院、检察院工作报告.
func (f *field) reported(o *organMention) bool {
	if o.explicit {
		return false
	}
	for i := o.end; i < len(f.text) && i-o.end < 40 && !isStop(f.text[i]) && f.text[i] != '，'; i++ {
		if f.has(i, "工作报告") || f.has(i, "工作的报告") {
			return true
		}
	}
	return false
}

// strengths orders the roles of an organ that an article names several times: what says more goes first.
var strengths = []graph.DepartmentRole{
	graph.DeptHost, graph.DeptOrganizer, graph.DeptCoOrganizer, graph.DeptGuide, graph.DeptIssuer, graph.DeptAwarder, graph.DeptAwarded,
	graph.DeptInspector, graph.DeptInspected, graph.DeptParticipant, graph.DeptMentioned,
}

func roleStrength(r graph.DepartmentRole) int { return slices.Index(strengths, r) }
