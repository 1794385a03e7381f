package lexicon_test

import (
	"slices"
	"strings"
	"testing"

	"fangzhi/lexicon"
)

func TestVerbs(t *testing.T) {
	roles := strings.Fields("CHAIR HOST LEAD SPEAK LECTURE INSPECT ATTEND ACCOMPANY OTHER SUBJECT MENTIONED")
	for _, v := range lexicon.Verbs() {
		if v.Role != "" && !slices.Contains(roles, v.Role) {
			t.Errorf("%s: unknown role %q", v.Word, v.Role)
		}
	}
	for text, want := range map[string]lexicon.Verb{
		"主持召开会议": {Word: "主持召开", Role: "CHAIR"}, "到会指导": {Word: "到会", Role: "ATTEND"}, "对工作": {Word: "对"}, "某": {}, "": {},
	} {
		if got, n := lexicon.MatchVerb([]rune(text)); got != want || n != len([]rune(want.Word)) {
			t.Errorf("MatchVerb(%q) = %+v, %d; want %+v", text, got, n, want)
		}
	}
}
