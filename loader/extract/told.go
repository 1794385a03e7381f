package extract

import (
	"strings"
	"sync"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// What names say by themselves, for events that come without a text.

// KindOf returns what sort of organ a canonical name means, by the forms of organ.tsv and the endings of names.
func KindOf(organ string) graph.DepartmentKind {
	switch {
	case strings.HasPrefix(organ, "中共"), strings.HasPrefix(organ, "中国共产党"):
		return graph.DeptParty
	case strings.HasPrefix(organ, "中国人民政治协商会议"):
		return graph.DeptCPPCC
	}
	kinds := kindsByEnding()
	for i := range organ { // the longest ending first
		if kind, ok := kinds[organ[i:]]; ok {
			return kind
		}
	}
	return graph.DeptOther
}

var kindsByEnding = sync.OnceValue(func() map[string]graph.DepartmentKind {
	kinds := map[string]graph.DepartmentKind{}
	for _, s := range suffixes {
		if kinds[s.word] == "" {
			kinds[s.word] = s.kind
		}
	}
	for _, form := range lexicon.Organs() {
		core := form.Full[strings.LastIndex(form.Full, "}")+1:]
		if core != "" && form.Kind != string(graph.DeptParty) {
			kinds[core] = graph.DepartmentKind(form.Kind)
		}
	}
	return kinds
})

// PostOf returns a post with what its title says of it: rank, whether one person holds it at a time, whether it is a mere membership,
// and whether the text bears witness to it. title is without the organ (副区长), text as written (原副区长).
func PostOf(title, text string) reading.Post {
	p := reading.Post{Title: title, Text: text}
	m := postMention{name: title}
	for i := range title { // the longest title that it ends in
		if t, ok := lexicon.TitleNamed(title[i:]); ok {
			m.title, m.deputy = t, strings.HasSuffix(title[:i], "副")
			break
		}
	}
	p.Rank, p.Single, p.Membership = rank(&m), m.title.Single && !m.deputy, m.title.Class == lexicon.TitleMember
	if m.title.Rank == 0 || strings.HasSuffix(title, "候选人") {
		return p
	}
	for _, w := range []string{"原任", "曾任", "历任", "前任", "原", "前"} {
		if strings.HasPrefix(text, w) {
			return p
		}
	}
	p.Attests = graph.AttestsHeld
	return p
}
