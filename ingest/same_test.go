package ingest_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/ingest"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

// What is weighed again where a name is said once more, or once less, are the pairs that weighing all of them gives: of more namesakes than
// a block keeps pairs of, too.
func TestPairsOfANameAreWeighedAgainWhereItChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counties := rapid.SampledFrom([]int{2, 4, 20}).Draw(t, "counties")
		facts := func(mentions int, label string) []graph.Fact {
			var all []graph.Fact
			for i := range mentions {
				county := i
				if mentions < counties {
					county = rapid.IntRange(0, counties-1).Draw(t, label+" county")
				}
				region := reading.Jurisdiction{Chain: []reading.Place{
					{Name: fmt.Sprintf("第%d省", county%3), Type: graph.LocProvince, Code: fmt.Sprintf("%d10000", county%3+1)},
					{Name: fmt.Sprintf("第%d县", county), Type: graph.LocCounty, Code: fmt.Sprintf("%d1%02d21", county%3+1, county)},
				}}
				f := identity.NewFacts(identity.Scope{Publication: "月报", Region: region})
				o := reading.Official{Name: "王磊", Region: region, Roles: []graph.OfficialRole{graph.RoleAttend}}
				if organ := rapid.SampledFrom([]string{"", "教育局", "林业局"}).Draw(t, label+" organ"); organ != "" {
					at := reading.Jurisdiction{Chain: region.Chain[:rapid.IntRange(1, 2).Draw(t, label+" depth")]}
					o.Posts = []reading.Post{{Title: "局长", Attests: graph.AttestsHeld, Organ: &reading.Organ{Name: at.Name() + organ, Type: graph.DeptGovernment, Region: at}}}
				}
				atom := f.Official(&o)
				f.Seen(atom)
				f.Year(atom, graph.EventDate{EDTF: edtf.OfYear(rapid.IntRange(2000, 2003).Draw(t, label+" year"))})
				all = identity.Add(all, f.List(), 1)
			}
			return all
		}
		of := func(all []graph.Fact) (block []graph.Fact, people []*graph.EntityData, entities []graph.EntityData) {
			const key = "OFFICIAL\x00王磊"
			block = identity.SplitBlocks(all)[key]
			entities = identity.Resolve(block)
			for i := range entities {
				people = append(people, &entities[i])
			}
			return block, people, entities
		}
		less := facts(counties, "before")
		change := facts(rapid.IntRange(1, 2).Draw(t, "changes"), "change")
		more := identity.Add(less, change, 1)
		before, after := less, more
		if rapid.Bool().Draw(t, "removed") {
			before, after = more, less
		}
		block, people, entities := of(before)
		known := identity.SameName(block, people)
		was := map[graph.ID]*graph.EntityData{}
		for i := range entities {
			was[entities[i].ID] = &entities[i]
		}
		block, people, _ = of(after)
		changedFacts, _, _ := of(change)
		pairs := identity.SameNameAgain(block, people, known, ingest.ChangedBy(was, changedFacts))
		if diff := cmp.Diff(identity.SameName(block, people), pairs); diff != "" {
			t.Fatalf("pairs (-weighed +weighed again):\n%s", diff)
		}
	})
}

// Whether an entity changes is told by each of its fields but those that it is spelled by.
func TestEqualEntitiesAreEqualInEachField(t *testing.T) {
	for i := range reflect.TypeFor[graph.EntityData]().NumField() {
		field := reflect.TypeFor[graph.EntityData]().Field(i)
		var a, b graph.EntityData
		switch v := reflect.ValueOf(&b).Elem().Field(i); v.Kind() {
		case reflect.String:
			v.SetString("d1")
		case reflect.Int:
			v.SetInt(1)
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		default:
			t.Fatalf("%s is of a kind that this test does not know", field.Name)
		}
		if want := slices.Contains([]string{"ID", "SortName", "Pinyin"}, field.Name); ingest.Equal(&a, &b) != want {
			t.Errorf("two entities that differ in %s alone are equal: %v, want %v", field.Name, !want, want)
		}
	}
}
