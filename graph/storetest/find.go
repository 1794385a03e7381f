package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"
	"pgregory.net/rapid"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/memstore"
)

// readings are of the characters that names of the sample have, as graph.EntityData.Pinyin has them.
var readings = map[rune]string{
	'沈': "shen", '知': "zhi", '秋': "qiu", '顾': "gu", '南': "nan/na", '风': "feng", '林': "lin", '见': "jian/xian", '鹿': "lu",
	'云': "yun", '河': "he", '区': "qu/ou", '委': "wei", '宣': "xuan", '传': "chuan/zhuan", '部': "bu", '政': "zheng", '府': "fu",
	'教': "jiao", '育': "yu/yo", '局': "ju", '石': "shi/dan", '桥': "qiao", '县': "xian/xuan", '务': "wu", '办': "ban", '大': "da/dai",
	'数': "shu/shuo", '据': "ju", '东': "dong", '岭': "ling", '省': "sheng/xing", '澜': "lan", '州': "zhou", '市': "shi", '文': "wen",
	'昌': "chang", '街': "jie", '道': "dao", '广': "guang/an", '场': "chang", '吕': "lv/lu", 'a': "a", '安': "an",
}

// pinyin returns how a name and its aliases are read.
func pinyin(name string, aliases []string) []string {
	var all []string
	for _, form := range append([]string{name}, aliases...) {
		var syllables []string
		for _, r := range fold.String(form) {
			if reading := readings[r]; reading != "" {
				syllables = append(syllables, reading)
			}
		}
		all = append(all, strings.Join(syllables, " "))
	}
	return all
}

// sortName returns what a name is ordered by.
func sortName(name string) string {
	s := ""
	for _, syllable := range strings.Fields(pinyin(name, nil)[0]) {
		first, _, _ := strings.Cut(syllable, "/")
		s += first + " "
	}
	return s + "\x01" + name
}

// entityLines tells which entities were found, by what form and with how many events.
func entityLines(hits []graph.EntityHit) string {
	var lines []string
	for _, h := range hits {
		line := fmt.Sprintf("%s:%d", h.Entity.Label, h.Entity.EventCount)
		if h.Form != "" && h.Form != h.Entity.Name {
			line += "/" + h.Form
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, " ")
}

// walkEntities walks a list in pages of a size from either end and returns all of it; it is an error where the two differ.
func walkEntities(ctx context.Context, r graph.Reader, q graph.EntityQuery, size int) ([]graph.EntityHit, error) {
	var forward, backward []graph.EntityHit
	odd := func(p graph.EntityPage, page graph.EntityHits) error {
		return fmt.Errorf("entities %+v %+v: %s of %d, HasPrevious = %v, HasNext = %v", q, p, entityLines(page.Hits), page.Total, page.HasPrevious, page.HasNext)
	}
	for p := (graph.EntityPage{First: size}); ; {
		page, err := r.FindEntities(ctx, q, p)
		if err != nil {
			return nil, err
		}
		if page.HasPrevious != (len(forward) > 0) || len(page.Hits) > size || page.HasNext && len(page.Hits) < size {
			return nil, odd(p, page)
		}
		if forward = append(forward, page.Hits...); page.HasNext != (len(forward) < page.Total) {
			return nil, odd(p, page)
		}
		if !page.HasNext {
			break
		}
		p.After = page.Hits[len(page.Hits)-1].Key
	}
	for p := (graph.EntityPage{Last: size}); ; {
		page, err := r.FindEntities(ctx, q, p)
		if err != nil {
			return nil, err
		}
		if page.HasNext != (len(backward) > 0) || len(page.Hits) > size || page.HasPrevious && len(page.Hits) < size {
			return nil, odd(p, page)
		}
		if backward = append(slices.Clone(page.Hits), backward...); !page.HasPrevious {
			break
		}
		p.Before = page.Hits[0].Key
	}
	if entityLines(forward) != entityLines(backward) {
		return nil, fmt.Errorf("entities %+v: %s from the beginning, %s from the end", q, entityLines(forward), entityLines(backward))
	}
	return forward, nil
}

// entitiesQuestion asks for one page between two bounds, and for all in pages of a size.
func entitiesQuestion(q graph.EntityQuery, p graph.EntityPage, size int) question {
	return question{fmt.Sprintf("entities %+v %+v", q, p), func(ctx context.Context, r graph.Reader) (string, error) {
		page, err := r.FindEntities(ctx, q, p)
		if err != nil {
			return "", err
		}
		all, err := walkEntities(ctx, r, q, size)
		return fmt.Sprintf("%s %v %v of %d: %s", entityLines(page.Hits), page.HasPrevious, page.HasNext, page.Total, entityLines(all)), err
	}}
}

// drawEntityQuery draws a question for entities of which some are among those given.
func drawEntityQuery(t *rapid.T, known []graph.EntityData, regions []graph.ID) graph.EntityQuery {
	q := graph.EntityQuery{
		Kind:   rapid.SampledFrom(append([]graph.EntityKind{"", ""}, graph.EntityKinds...)).Draw(t, "kind"),
		ByName: rapid.Bool().Draw(t, "by name"),
		Linked: rapid.IntRange(0, 3).Draw(t, "linked") == 0,
		Roots:  rapid.IntRange(0, 3).Draw(t, "roots") == 0,
	}
	if rapid.IntRange(0, 2).Draw(t, "in a region") == 0 {
		q.Region = rapid.SampledFrom(regions).Draw(t, "region")
	}
	if len(known) > 0 && rapid.IntRange(0, 3).Draw(t, "with a text") > 0 {
		q.Text = drawNameText(t, &known[rapid.IntRange(0, len(known)-1).Draw(t, "named")])
	}
	return q
}

// drawNameText draws what somebody may type who looks for an entity: a part of a form, of its pinyin, of its initials.
func drawNameText(t *rapid.T, d *graph.EntityData) string {
	form := rapid.IntRange(0, len(d.Aliases)).Draw(t, "form")
	name := append([]string{d.Name}, d.Aliases...)[form]
	var text []rune
	switch rapid.IntRange(0, 4).Draw(t, "as") {
	case 0, 1:
		text = []rune(fold.String(name))
	case 2:
		text = []rune(rapid.SampledFrom([]string{"l", "s", "sh", "xi'an", "xian", "yunhe", "lv", "ü", "1", "区a", "zq"}).Draw(t, "typed"))
	default:
		initials := rapid.Bool().Draw(t, "initials")
		for _, syllable := range strings.Fields(d.Pinyin[form]) {
			reading := rapid.SampledFrom(strings.Split(syllable, "/")).Draw(t, "reading")
			if initials {
				reading = reading[:1]
			}
			text = append(text, []rune(reading)...)
		}
	}
	if len(text) == 0 {
		return ""
	}
	from := rapid.IntRange(0, len(text)-1).Draw(t, "from")
	if rapid.Bool().Draw(t, "from the beginning") {
		from = 0
	}
	return string(text[from:rapid.IntRange(from+1, len(text)).Draw(t, "to")])
}

func drawEntityPage(t *rapid.T, q graph.EntityQuery, known []graph.EntityData) graph.EntityPage {
	key := func(label string) graph.EntityKey {
		if len(known) == 0 || rapid.Bool().Draw(t, label) {
			return ""
		}
		d := &known[rapid.IntRange(0, len(known)-1).Draw(t, label)]
		if q.ByName {
			return d.NameKey()
		}
		rank := 0
		if q.Text != "" {
			rank = rapid.IntRange(0, 17).Draw(t, "rank")
		}
		whole := graph.BestKey(rank, d.EventCount) + d.NameKey()
		return whole[:len(whole)-rapid.SampledFrom([]int{0, 0, 0, 1, len(whole) - 6}).Draw(t, "cut")]
	}
	p := graph.EntityPage{After: key("after"), Before: key("before")}
	if n := rapid.IntRange(0, 4).Draw(t, "size"); rapid.Bool().Draw(t, "last") {
		p.Last = n
	} else {
		p.First = n
	}
	return p
}

// register is a graph of entities alone, of which a test may have any that it thinks of.
type register struct {
	entities map[graph.ID]graph.EntityData
	holders  map[graph.ID]graph.ID // by atom
}

// entityAtoms are what the entities of a register may hold, the kinds in turn.
var entityAtoms = func() []graph.ID {
	var ids []graph.ID
	for i := range 8 {
		for _, kind := range graph.EntityKinds {
			ids = append(ids, graph.Atom{Kind: kind, Code: fmt.Sprint(i), Name: "甲"}.ID())
		}
	}
	return ids
}()

func kindOf(id graph.ID) graph.EntityKind {
	return map[string]graph.EntityKind{
		graph.PrefixOfficial: graph.KindOfficial, graph.PrefixDepartment: graph.KindDepartment, graph.PrefixLocation: graph.KindLocation,
	}[id.Prefix()]
}

// draw returns a batch that changes some of the entities: new ones, other names, numbers, relatives, atoms, and none any more.
func (g *register) draw(t *rapid.T) *graph.Batch {
	b := &graph.Batch{Atoms: map[graph.ID]graph.ID{}}
	changed := map[graph.ID]bool{}
	for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(entityAtoms), 0, 8, rapid.ID[graph.ID]).Draw(t, "changed") {
		d, there := g.entities[id]
		if there && rapid.IntRange(0, 3).Draw(t, "goes") == 0 {
			delete(g.entities, id)
			b.DropEntities = append(b.DropEntities, id)
			continue
		}
		switch what := rapid.IntRange(0, 3).Draw(t, "what"); {
		case !there || what == 0:
			d = drawEntity(t, id)
		case what == 1:
			d.Aliases = drawAliases(t)
			d.Pinyin = pinyin(d.Name, d.Aliases)
		}
		d.EventCount = rapid.IntRange(0, 3).Draw(t, "events")
		g.entities[id] = d
		changed[id] = true
	}
	for id, atoms := range g.hold(b) {
		d := g.entities[id]
		if !slices.Equal(atoms, d.Atoms) {
			d.Atoms, changed[id] = atoms, true
			g.entities[id] = d
		}
	}
	for id := range changed {
		b.Entities = append(b.Entities, g.entities[id])
	}
	slices.SortFunc(b.Entities, func(a, b graph.EntityData) int { return cmp.Compare(a.ID, b.ID) })
	return b
}

// hold has each entity hold the atom of its id, and its neighbour's if there is none of that; it returns the atoms of each.
func (g *register) hold(b *graph.Batch) map[graph.ID][]graph.ID {
	atoms := map[graph.ID][]graph.ID{}
	for i, atom := range entityAtoms {
		var holder graph.ID
		if _, own := g.entities[atom]; own {
			holder = atom
		} else if i >= len(graph.EntityKinds) {
			if _, there := g.entities[entityAtoms[i-len(graph.EntityKinds)]]; there {
				holder = entityAtoms[i-len(graph.EntityKinds)]
			}
		}
		if holder != g.holders[atom] {
			b.Atoms[atom], g.holders[atom] = holder, holder
		}
		if holder != "" {
			atoms[holder] = append(atoms[holder], atom)
		}
	}
	return atoms
}

func drawWord(t *rapid.T, label string) string {
	return string(rapid.SliceOfN(rapid.SampledFrom([]rune("沈知秋吕区县广场Ａ 安")), 1, 4).Draw(t, label))
}

func drawAliases(t *rapid.T) (all []string) {
	for range rapid.IntRange(0, 2).Draw(t, "aliases") {
		all = append(all, drawWord(t, "alias"))
	}
	return all
}

func drawEntity(t *rapid.T, id graph.ID) graph.EntityData {
	d := graph.EntityData{ID: id, Kind: kindOf(id), Name: drawWord(t, "name"), Aliases: drawAliases(t)}
	d.Label = d.Name
	if rapid.Bool().Draw(t, "with a label") {
		d.Label += "（" + string(id[:4]) + "）"
	}
	d.Pinyin = pinyin(d.Name, d.Aliases)
	if rapid.Bool().Draw(t, "with a name to sort by") {
		d.SortName = sortName(d.Name)
	}
	kin := func(label string, kind graph.EntityKind) graph.ID {
		if rapid.Bool().Draw(t, label) {
			return ""
		}
		for {
			if id := rapid.SampledFrom(entityAtoms).Draw(t, label); kindOf(id) == kind {
				return id
			}
		}
	}
	if d.Kind != graph.KindOfficial {
		d.ParentAtom = kin("parent", d.Kind)
	}
	if d.Kind != graph.KindLocation {
		d.RegionAtom = kin("region", graph.KindLocation)
	}
	return d
}

var findTests = []test{
	{"EntitiesAreFound", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		for _, tt := range []struct {
			name string
			q    graph.EntityQuery
			want string
		}{
			{"all, most events first, then by pinyin", graph.EntityQuery{},
				"东岭省:6 澜州市:6 沈知秋:4 云河区:4 顾南风:3 文昌街道:3 林见鹿:2 石桥县:2 云河区教育局:2 云河区政务办:2 石桥沈知秋:1 石桥县教育局:1 云河广场:1 云河区委:1 云河区委宣传部:1 云河区政府:1"},
			{"by pinyin", graph.EntityQuery{Kind: graph.KindLocation, ByName: true}, "东岭省:6 澜州市:6 石桥县:2 文昌街道:3 云河广场:1 云河区:4"},
			{"best first: whole, beginning, inside; a name before an alias", graph.EntityQuery{Text: "区委"}, "云河区委:1/区委 云河区委宣传部:1/区委宣传部"},
			{"pinyin", graph.EntityQuery{Text: "yunhe"}, "云河区:4 云河区教育局:2 云河区政务办:2 云河广场:1 云河区委:1 云河区委宣传部:1 云河区政府:1"},
			{"the same by name", graph.EntityQuery{Text: "yunhe", ByName: true}, "云河广场:1 云河区:4 云河区教育局:2 云河区委:1 云河区委宣传部:1 云河区政府:1 云河区政务办:2"},
			{"initials, of an alias too", graph.EntityQuery{Text: "qjyj"}, "云河区教育局:2/区教育局"},
			{"one letter, only at the beginning", graph.EntityQuery{Text: "l", Kind: graph.KindOfficial}, "林见鹿:2"},
			{"of a region, itself included, and what lies below it", graph.EntityQuery{Region: AtomID("云河区", 0), Kind: graph.KindLocation}, "云河区:4 文昌街道:3 云河广场:1"},
			{"those of a region", graph.EntityQuery{Region: AtomID("石桥县", 0)}, "石桥县:2 石桥沈知秋:1 石桥县教育局:1"},
			{"a name within a region", graph.EntityQuery{Region: AtomID("石桥县", 0), Text: "知秋"}, "石桥沈知秋:1"},
			{"within what is no place", graph.EntityQuery{Region: AtomID("云河区委", 0)}, ""},
			{"roots", graph.EntityQuery{Kind: graph.KindDepartment, Roots: true, ByName: true}, "石桥县教育局:1 云河区委:1 云河区政府:1"},
			{"of no kind that there is", graph.EntityQuery{Kind: "BRIDGE"}, ""},
		} {
			hits, err := walkEntities(context.Background(), r, tt.q, 3)
			if got := entityLines(hits); got != tt.want || err != nil {
				t.Errorf("%s: %q, %v; want %q", tt.name, got, err, tt.want)
			}
		}
		found, err := r.FindEntities(context.Background(), graph.EntityQuery{Linked: true}, graph.EntityPage{})
		if err != nil || found.Total != 16 || len(found.Hits) != 0 || !found.HasNext {
			t.Errorf("a page of none counts all the same: %+v, %v", found, err)
		}
	}},
	{"EntitiesAreFoundWhileTheyChange", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		var group errgroup.Group
		done := make(chan struct{})
		for range 3 {
			group.Go(func() error {
				for {
					if err := findsAll(ctx, s); err != nil {
						return err
					}
					select {
					case <-done:
						return nil
					default:
					}
				}
			})
		}
		defer func() {
			close(done)
			if err := group.Wait(); err != nil {
				t.Error(err)
			}
		}()
		for range 5 {
			for _, d := range Sample() {
				mustLoad(t, s, d)
			}
			for _, d := range Sample() {
				mustRemove(t, s, d.Issue.ID)
			}
		}
	}},
	{"EntitiesAreFoundInEveryStateOfARegister", func(outer *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		clear := func() error {
			return s.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
				b := &graph.Batch{Atoms: map[graph.ID]graph.ID{}}
				for _, atom := range entityAtoms {
					b.Atoms[atom] = ""
				}
				return b, r.EachEntity(ctx, "", func(d *graph.EntityData) error {
					b.DropEntities = append(b.DropEntities, d.ID)
					return nil
				})
			})
		}
		rapid.Check(outer, func(t *rapid.T) {
			if err := clear(); err != nil {
				t.Fatal(err)
			}
			naive, g := memstore.New(), &register{map[graph.ID]graph.EntityData{}, map[graph.ID]graph.ID{}}
			var old []pairOfReaders
			for range rapid.IntRange(1, 6).Draw(t, "updates") {
				b := g.draw(t)
				for _, s := range []graph.Store{naive, s} {
					if err := s.Update(ctx, func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
						t.Fatal(err)
					}
				}
				now := newPairOfReaders(t, naive, s)
				old = append(old, now)
				// Some states are asked at once, some later and some never, so that what is found comes by every way.
				for range rapid.IntRange(0, 2).Draw(t, "asked") {
					rapid.SampledFrom(old).Draw(t, "state").ask(t, g)
				}
			}
			old[len(old)-1].ask(t, g)
			for _, p := range old {
				p.naive.Close()
				p.got.Close()
			}
		})
		if err := clear(); err != nil {
			outer.Fatal(err)
		}
	}},
}

// findsAll asks a snapshot for all its entities, in both orders and by name; it is an error where one is not found.
func findsAll(ctx context.Context, s graph.Store) error {
	r, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	var all []string
	err = r.EachEntity(ctx, "", func(d *graph.EntityData) error {
		all = append(all, entityLines([]graph.EntityHit{{Entity: d}}))
		q := graph.EntityQuery{Kind: d.Kind, Text: fold.String(d.Name)}
		found, err := r.FindEntities(ctx, q, graph.EntityPage{First: 100})
		if err == nil && !slices.ContainsFunc(found.Hits, func(h graph.EntityHit) bool { return h.Entity.ID == d.ID && h.Entity.EventCount == d.EventCount }) {
			err = fmt.Errorf("%+v finds %s, and %s is there", q, entityLines(found.Hits), entityLines([]graph.EntityHit{{Entity: d}}))
		}
		return err
	})
	if err != nil {
		return err
	}
	slices.Sort(all)
	for _, byName := range []bool{false, true} {
		found, err := r.FindEntities(ctx, graph.EntityQuery{ByName: byName}, graph.EntityPage{First: 100})
		if err != nil {
			return err
		}
		got := strings.Fields(entityLines(found.Hits))
		slices.Sort(got)
		if !slices.Equal(got, all) || found.Total != len(all) {
			return fmt.Errorf("%d are found: %v, and there are %v", found.Total, got, all)
		}
	}
	return nil
}

// pairOfReaders are one state of two stores.
type pairOfReaders struct{ naive, got graph.Snapshot }

func newPairOfReaders(t *rapid.T, naive, s graph.Store) (p pairOfReaders) {
	var err error
	if p.naive, err = naive.Snapshot(context.Background()); err != nil {
		t.Fatal(err)
	}
	if p.got, err = s.Snapshot(context.Background()); err != nil {
		t.Fatal(err)
	}
	return p
}

// ask asks both the same and fails where the answers differ.
func (p pairOfReaders) ask(t *rapid.T, g *register) {
	var known []graph.EntityData
	for _, id := range entityAtoms {
		if d, there := g.entities[id]; there {
			known = append(known, d)
		}
	}
	for range rapid.IntRange(1, 4).Draw(t, "questions") {
		query := drawEntityQuery(t, known, append([]graph.ID{"l0"}, entityAtoms...))
		q := entitiesQuestion(query, drawEntityPage(t, query, known), rapid.IntRange(1, 5).Draw(t, "pages"))
		want, err := q.ask(context.Background(), p.naive)
		if err != nil {
			t.Fatalf("%s: %v", q.text, err)
		}
		got, err := q.ask(context.Background(), p.got)
		if got != want || err != nil {
			t.Fatalf("%s:\n got %s, %v\nwant %s", q.text, got, err, want)
		}
	}
}
