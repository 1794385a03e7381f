package extract

import (
	"fangzhi/graph"
	"fangzhi/internal/pack"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// A document is what all articles of one document share while they are read.
type document struct {
	// room is where scan puts the tokens of a field before they are kept without any to spare.
	room []token
	// forms is what canonical has answered.
	forms   formTable
	regions regions
	// year is that of the article that is being read, of an undated one the year before it; 0 while none is known.
	year int
	// regionIn caches region by year.
	regionIn map[int]reading.Jurisdiction
	// organs holds one value an organ, by jurisdiction and canonical name.
	organs  organTable
	plateOf map[*reading.Organ]*reading.Organ
	// plates are pairs of organs with two plates, until settlePlates joins them in plateOf.
	plates        [][2]*reading.Organ
	platesSettled bool
	// written holds the names and surfaces of organs that the text writes.
	written map[string]bool
	// defined are the short forms that the text defines (以下简称), definedBy the same by first code point.
	defined   map[string]*reading.Organ
	definedBy map[rune][]string
	// locals are the organs that the document names with their jurisdiction, by what follows it; nil where two share it.
	locals map[string]*reading.Organ
	// localsBy are the keys of locals by their first two code points.
	localsBy map[[2]rune][]string
	streets  map[string]bool
	// lastStreet is the street last named in the field that is being scanned, "" where two could be meant; streetNamed
	// and streetStop are the one of the sentence that ends there.
	lastStreet, streetNamed string
	streetStop              int
	// learnt are the first characters of what the first pass has added to the short forms of organs.
	learnt *trie.Runes
	// undecided tells that a name was asked for that nobody has taken yet.
	undecided bool
	// naming counts how often lastStreet or lastZone was set.
	naming int
	// lastTown is the street or town that the field has named last, whatever else the sentence names.
	lastTown string
	// lastZone is the zone whose organ was last named in the field, with its jurisdiction and where that ended.
	lastZone string
	zoneOf   reading.Jurisdiction
	zoneEnd  int
	// listOf is the jurisdiction of the item before, while a list is scanned: 封开县委书记甲、县长乙.
	listOf    reading.Jurisdiction
	schools   map[numbered]reading.Jurisdiction
	companies []string
	isCompany map[string]bool

	// byEnding finds the longest company by what its name ends with, byPair the indexes of companies by two characters.
	byEnding map[string]string
	byPair   map[string][]int32

	// events are those of the document. Of a short one opened are the articles of each block as the pass before has left them,
	// of one whose events are packed scanned is what the first scan has found. A block's own are changed by whoever works on
	// that block.
	events  *reading.Blocks
	opened  [][]*article
	scanned []pack.Box
	// rewritten are the blocks with an event that is read in other characters than its own, see simplify.
	rewritten []bool
	// yearBefore is the year that each block begins with, lastYear the last of the block at hand; 0 for none.
	yearBefore []int
	lastYear   int
	// namings are how organs are named, in a block's document by that block alone.
	namings namings
	// towns are the towns that the document writes with their units, named those of the block at hand; sites are where its
	// places are.
	towns, named writtenTowns
	sites        siteTable

	// autonomous: people of the document's jurisdiction often bear names of other languages.
	autonomous bool
	// counts are the names that the first pass has taken, and how often; heard are those of them that the whole document
	// has, once it is known.
	counts, heard map[string]int
	// known are the accepted names.
	known knownNames
	// holders are the people who hold a title somewhere in the document, by surname and title: 李区长 is who?
	// The first pass adds to holders; held are those of the whole document.
	holders, held map[string][]string

	warnings []graph.IngestWarning
}

func newDocument(region reading.Jurisdiction, events *reading.Blocks) *document {
	return &document{
		regions: newRegions(region), autonomous: autonomous(region), events: events, opened: make([][]*article, events.Len()), scanned: make([]pack.Box, events.Len()), rewritten: make([]bool, events.Len()), yearBefore: make([]int, events.Len()+1),
		regionIn: map[int]reading.Jurisdiction{}, plateOf: map[*reading.Organ]*reading.Organ{}, written: map[string]bool{}, towns: writtenTowns{}, sites: siteTable{},
		defined: map[string]*reading.Organ{}, definedBy: map[rune][]string{}, streets: map[string]bool{}, locals: map[string]*reading.Organ{}, localsBy: map[[2]rune][]string{},
		schools: map[numbered]reading.Jurisdiction{}, isCompany: map[string]bool{}, byEnding: map[string]string{}, byPair: map[string][]int32{}, counts: map[string]int{}, holders: map[string][]string{},
	}
}

func (d *document) warn(a *article, code, message string) {
	d.warnings = append(d.warnings, graph.IngestWarning{Line: a.event.Line, Code: code, Message: message})
}

// learnPeople takes the names of one article that stand on their own: behind titles, before verbs of speech, in appointments.
func (d *document) learnPeople(a *article) {
	f := a.body
	if a.event.Kind == graph.EventKindRoster {
		if listed := d.roster(a); len(listed) > 0 {
			d.learnRoster(listed)
			return
		}
	}
	tokens := f.tokens
	var last *token
	for i := range tokens {
		t := &tokens[i]
		switch t.kind {
		case tokenPost:
			last = t
		case tokenName:
			d.counts[t.name]++
			if last != nil && last.end <= t.start && (t.anchored || t.listed && last.post.several()) {
				d.hold(t.name, last.post)
			}
		}
	}
	for _, ap := range d.appointments(f, tokens) {
		for _, m := range ap.names {
			d.counts[m.name]++
			for _, p := range ap.posts {
				d.hold(m.name, p)
			}
		}
	}
	for i := range f.text {
		if f.quoted[i] {
			continue
		}
		if m, t, ok := d.nameBeforeTitle(f, i); ok {
			d.counts[m.name]++
			d.hold(m.name, &postMention{title: t.Title, deputy: t.deputy})
		}
		for _, m := range d.bareNames(f, i) {
			d.counts[m.name]++
		}
		if m, ok := d.notedName(f, i); ok {
			d.counts[m.name]++
		}
		if m, ok := d.nameBeforeHonor(f, i); ok {
			d.counts[m.name]++
		}
		for _, m := range d.countedNames(f, i) {
			d.counts[m.name]++
		}
	}
}

// learnRoster takes the names of a roster, and who holds which post.
func (d *document) learnRoster(listed []reading.Official) {
	for _, o := range listed {
		d.counts[o.Name]++
		for _, p := range o.Posts {
			title := []rune(p.Title)
			for k := range title {
				if t, n := lexicon.MatchTitle(title[k:]); n == len(title)-k {
					d.hold(o.Name, &postMention{title: t, deputy: k > 0 && title[k-1] == '副'})
					break
				}
			}
		}
	}
}

// hold records that someone bears a title.
func (d *document) hold(name string, p *postMention) {
	key := holderKey(surnameOf(name), p.title.Name, p.deputy)
	if !contains(d.holders[key], name) {
		d.holders[key] = append(d.holders[key], name)
	}
}

// addPeople adds the people that a block has learnt.
func (d *document) addPeople(w *document) {
	for name, n := range w.counts {
		d.counts[name] += n
	}
	for key, names := range w.holders {
		for _, name := range names {
			if !contains(d.holders[key], name) {
				d.holders[key] = append(d.holders[key], name)
			}
		}
	}
}

// taken tells whether the first pass has taken the name, as far as it has come.
func (d *document) taken(name string) bool {
	if d.heard[name] > 0 || d.counts[name] > 0 {
		return true
	}
	d.undecided = true
	return false
}

func holderKey(surname, title string, deputy bool) string {
	if deputy {
		title = "副" + title
	}
	return surname + "\x00" + title
}

func surnameOf(name string) string {
	r := []rune(name)
	return string(r[:min(len(r), max(1, lexicon.Surname(r)))])
}

// settlePeople decides which names the document knows. One that is another with a word of one character behind it (叶舟等)
// goes where the shorter stands more often.
func (d *document) settlePeople() {
	for name, n := range d.counts {
		r := []rune(name)
		if len(r) == 3 && d.counts[string(r[:2])] > n {
			if _, v := lexicon.MatchVerb(r[2:]); v == 1 {
				continue
			}
		}
		d.known.add(name)
	}
}
