package extract

import (
	"cmp"
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// joinPlates records that two organs are one body with two plates; settlePlates says which of them stays.
func (d *document) joinPlates(a, b *reading.Organ) {
	if !d.platesSettled {
		d.plates = append(d.plates, [2]*reading.Organ{a, b})
	}
}

// settlePlates joins the organs of joinPlates, once the whole document has been scanned.
func (d *document) settlePlates() {
	d.platesSettled = true
	d.learnVariants()
	for _, pair := range d.plates {
		d.joinNow(pair[0], pair[1])
	}
}

// learnVariants lets a full name that the document writes itself (教育和体育局) stand for the one that the table would give
// its short form (教育体育局): counties differ in a 和.
func (d *document) learnVariants() {
	plain := func(o *reading.Organ) string { return o.Region.Key() + "\x00" + strings.ReplaceAll(o.Name, "和", "") }
	written := map[string]*reading.Organ{}
	for _, o := range d.organs.named {
		if d.written[o.Name] || o.Type != graph.DeptGovernment || !o.Region.Known() {
			continue
		}
		if core, ok := strings.CutPrefix(o.Name, organName(o.Region)); ok && d.written[core] {
			key := plain(o)
			if old := written[key]; old == nil || o.Name < old.Name {
				written[key] = o
			}
		}
	}
	for _, o := range d.organs.named {
		if w := written[plain(o)]; w != nil && w != o && d.plateOf[w] == nil {
			d.plateOf[o] = w
		}
	}
}

func (d *document) joinNow(a, b *reading.Organ) {
	a, b = d.main(a), d.main(b)
	if a == b {
		return
	}
	// the one whose full name is written somewhere in the document stays; else the one before the bracket
	if d.written[b.Name] && !d.written[a.Name] {
		a, b = b, a
	}
	d.plateOf[b] = a
	for _, name := range append([]string{b.Name}, b.Plates...) {
		if name != a.Name && !contains(a.Plates, name) {
			a.Plates = append(a.Plates, name)
		}
	}
}

// main returns the organ that stands for all plates of its body.
func (d *document) main(o *reading.Organ) *reading.Organ {
	for d.plateOf[o] != nil {
		o = d.plateOf[o]
	}
	return o
}

// learnTaskforces joins the short forms of one task's organ to the longest of the document: 区项目专班.
func (d *document) learnTaskforces() {
	var all []*reading.Organ
	for _, o := range d.organs.named {
		if taskforce(o) && o.Region.Known() && len(all) < maxTaskforces {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b *reading.Organ) int {
		return cmp.Or(len(b.Name)-len(a.Name), strings.Compare(a.Name, b.Name), strings.Compare(a.Region.Key(), b.Region.Key()))
	})
	for i, short := range all {
		var long *reading.Organ
		for _, o := range all[:i] {
			if d.plateOf[o] == nil && shortened(short, o) {
				if long != nil {
					long = nil // two could be meant
					break
				}
				long = o
			}
		}
		if long != nil {
			d.plateOf[short] = long
		}
	}
}

// maxTaskforces bounds how many are compared with one another.
const maxTaskforces = 400

// A naming is what a token says of how the document calls an organ.
type naming struct {
	organ *reading.Organ
	// form is the short form of organ.tsv, "" for none; surface the words that name the organ, and defined the short form
	// that the text gives it right behind them.
	form, surface, defined string
}

// namings are different ones, in the order of the text.
type namings struct {
	all   []naming
	known map[naming]bool
}

func (s *namings) add(n naming) {
	if s.known[n] {
		return
	}
	if s.known == nil {
		s.known = map[naming]bool{}
	}
	s.known[n] = true
	s.all = append(s.all, n)
}

// keepNamings collects what learnPlates reads, each once.
func (d *document) keepNamings(tokens []token) {
	for _, t := range tokens {
		if t.kind != tokenOrgan {
			continue
		}
		n := naming{organ: t.organ.organ, form: t.organ.form, surface: t.field.slice(t.organ.span)}
		n.defined, _ = definedShort(t.field, t.organ.end)
		d.namings.add(n)
	}
}

// learnPlates takes full names that the document writes, and short forms that it defines:
// 全民健身工作专班（以下简称“专班”）.
func (d *document) learnPlates(n naming) {
	o := n.organ
	d.written[n.surface] = true
	if n.form != "" && strings.HasSuffix(o.Name, n.form) {
		d.written[o.Name] = true
	}
	if n.form == "" && o.Region.Known() {
		if core, ok := strings.CutPrefix(o.Name, organName(o.Region)); ok && strings.HasSuffix(n.surface, core) {
			switch o.Type {
			case graph.DeptGovernment:
				d.written[core] = true
			case graph.DeptSchool, graph.DeptHospital, graph.DeptInstitution:
				d.learnLocal(core, o)
			}
		}
	}
	if _, taken := d.defined[n.defined]; n.defined != "" && !taken {
		d.defined[n.defined] = o
		r := []rune(n.defined)
		d.definedBy[r[0]] = append(d.definedBy[r[0]], n.defined)
	}
}

// learnLocal takes an organ that the document names with its jurisdiction by what follows that.
func (d *document) learnLocal(core string, o *reading.Organ) {
	r := []rune(core)
	if len(r) < 4 {
		return
	}
	old, taken := d.locals[core]
	if taken && old != o {
		o = nil // two have this name
	}
	d.locals[core] = o
	if !taken {
		d.localsBy[[2]rune{r[0], r[1]}] = append(d.localsBy[[2]rune{r[0], r[1]}], core)
	}
}

// definedShort reads （以下简称“X”） at e.
func definedShort(f *field, e int) (string, bool) {
	if c := f.at(e); c != '（' && c != '(' {
		return "", false
	}
	e++
	for _, w := range []string{"以下简称为", "以下统称", "以下简称", "下称", "简称", "以下称"} {
		if !f.has(e, w) {
			continue
		}
		e += len([]rune(w))
		for strings.ContainsRune("“\"「‘'：:", f.at(e)) && f.at(e) != 0 {
			e++
		}
		start := e
		for e-start <= 12 && isHan(f.at(e)) {
			e++
		}
		if n := e - start; n >= 2 && n <= 12 {
			return string(f.text[start:e]), true
		}
	}
	return "", false
}

// shortLocal finds an organ that the document elsewhere calls by its jurisdiction: 槐荫小学 for 云河区槐荫小学.
func (d *document) shortLocal(f *field, i int) (organMention, bool) {
	if len(d.locals) == 0 || !isHan(f.at(i)) || !f.boundary(i) {
		return organMention{}, false
	}
	best := ""
	for _, core := range d.localsBy[[2]rune{f.at(i), f.at(i + 1)}] {
		if len(core) > len(best) && d.locals[core] != nil && f.has(i, core) {
			best = core
		}
	}
	if o := d.locals[best]; o != nil {
		return organMention{span: span{i, i + len([]rune(best))}, organ: o, at: o.Region, general: true}, true
	}
	return organMention{}, false
}

// definedAt finds a short form that the document defines.
func (d *document) definedAt(f *field, i int) (organMention, bool) {
	best := ""
	for _, short := range d.definedBy[f.at(i)] {
		if len(short) > len(best) && f.has(i, short) {
			best = short
		}
	}
	if best == "" || !f.boundary(i) {
		return organMention{}, false
	}
	o := d.defined[best]
	return organMention{span: span{i, i + len([]rune(best))}, organ: o, at: o.Region, explicit: true}, true
}

// taskforces are organs for one task, whose later mentions are shortened freely: 区项目专班 for 区重点项目建设工作专班.
func taskforce(o *reading.Organ) bool {
	return o.Type == graph.DeptTemporary && (strings.HasSuffix(o.Name, "专班") || strings.HasSuffix(o.Name, "指挥部") || strings.HasSuffix(o.Name, "领导小组"))
}

// shortened reports whether short, the same kind of organ of the same jurisdiction, can be read as long with characters
// left out.
func shortened(short, long *reading.Organ) bool {
	if short.Region.Key() != long.Region.Key() || len(short.Name) >= len(long.Name) {
		return false
	}
	s := []rune(strings.TrimPrefix(strings.ReplaceAll(short.Name, "工作专班", "专班"), organName(short.Region)))
	i := 0
	for _, r := range strings.TrimPrefix(strings.ReplaceAll(long.Name, "工作专班", "专班"), organName(long.Region)) {
		if i < len(s) && s[i] == r {
			i++
		}
	}
	return i == len(s)
}

func contains(list []string, s string) bool {
	for _, t := range list {
		if t == s {
			return true
		}
	}
	return false
}
