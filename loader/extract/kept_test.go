package extract

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// Every field of what the first scan finds is there again when the article is opened again, also one that is added one day.
func TestScansKeepEveryField(t *testing.T) {
	at := reading.Jurisdiction{Chain: []reading.Place{{Name: "云河县", Type: graph.LocCounty}}}
	organ := organMention{
		span: span{0, 6}, organ: &reading.Organ{Name: "云河县教育局"}, at: at, general: true, explicit: true, unit: "督导组", words: span{1, 4}, rule: "table",
		form: "教育局",
	}
	post := postMention{
		span: span{0, 8}, organ: &organ, name: "局长", section: "办公室", deputy: true, former: true, level: at, levelOnly: true, stranger: true, last: true,
		title: lexicon.Title{Name: "局长", Class: lexicon.TitleOffice, Rank: 3, Single: true, Level: "县"},
	}
	want := token{
		kind: tokenPost, span: span{0, 8}, organ: &organ, post: &post, name: "沈知秋", anchored: true, listed: true, member: true, labelled: true, noun: "老人",
	}
	for _, v := range []any{want, post, organ, post.title} {
		for v, i := reflect.ValueOf(v), 0; i < v.NumField(); i++ {
			if f := v.Type().Field(i); v.Field(i).IsZero() && f.Type != reflect.TypeFor[*field]() {
				t.Errorf("%s.%s is zero here, so the test does not see whether it is kept", v.Type(), f.Name)
			}
		}
	}
	e := &reading.Event{Body: "云河县教育局局长沈知秋到任。"}
	scanned, again := &article{event: e}, &article{event: e}
	scanned.open()
	again.open()
	f := scanned.body
	other := want
	other.organ = &organMention{organ: organ.organ} // not its post's
	f.undecided, f.barren[3], f.tokens = true, true, []token{want, other, {kind: tokenName, name: "钱二"}}
	unpackScans(packScans([]*article{scanned}), []*article{again})
	got := again.body
	if !got.undecided || !got.barren[3] || got.barren[4] {
		t.Errorf("undecided %v, barren %v", got.undecided, got.barren)
	}
	for i := range got.tokens {
		if got.tokens[i].field != got {
			t.Errorf("token %d is of another field", i)
		}
		got.tokens[i].field, f.tokens[i].field = nil, nil
	}
	if diff := cmp.Diff(f.tokens, got.tokens, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Fatalf("tokens mismatch (-want +got):\n%s", diff)
	}
	if got.tokens[0].organ != got.tokens[0].post.organ || got.tokens[1].organ == got.tokens[1].post.organ {
		t.Error("the organ of a post's token is its post's where it was, and only there")
	}
	if got.tokens[0].organ.organ != organ.organ {
		t.Error("an organ came out as a copy")
	}
}
