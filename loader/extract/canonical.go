package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// canonical returns the organ that a form of organ.tsv means for a jurisdiction, as one value a document and name.
// Where the jurisdiction is unknown the organ is called as it is written.
func (d *document) canonical(form *lexicon.OrganForm, at reading.Jurisdiction, written string) *reading.Organ {
	if form.Central {
		return d.organ(reading.Organ{Name: form.Full, Type: graph.DepartmentKind(form.Kind)})
	}
	if !at.Known() {
		return d.organ(reading.Organ{Name: written, Type: graph.DepartmentKind(form.Kind)})
	}
	key := formOf{short: form.Short, full: form.Full, year: d.year, self: at.Self(), above: at.Parent().Self(), depth: len(at.Chain)}
	o := d.forms.get(key)
	if o == nil {
		o = d.newCanonical(form.In(d.year), at)
		d.forms.set(key, o)
	}
	return o
}

// setForm lets a mention be one of the organ that a form of organ.tsv means in its jurisdiction.
func (d *document) setForm(f *field, m *organMention, form *lexicon.OrganForm) {
	written := ""
	if !m.at.Known() {
		written = f.slice(m.span)
	}
	m.form, m.organ = form.Short, d.canonical(form, m.at, written)
}

// A formOf is a form of organ.tsv in a jurisdiction and a year.
type formOf struct {
	short, full string
	year        int
	self, above reading.Place
	depth       int
}

// newCanonical makes the organ that a form means for a known jurisdiction.
func (d *document) newCanonical(form lexicon.OrganForm, at reading.Jurisdiction) *reading.Organ {
	o := reading.Organ{Name: expand(form.Full, at), Type: graph.DepartmentKind(form.Kind), Region: at, Parent: d.parent(form.Parent, at)}
	if at.Self().Type == graph.LocTownship && d.regions.own.Self().Type != graph.LocTownship {
		o.Region = at.Parent() // streets and towns take their county's code
	}
	if at.Self().Type == graph.LocTownship && (form.Short == "党委" || form.Short == "委" || strings.HasSuffix(form.Short, "政府")) {
		o.Type = graph.DeptSubdistrict
		o.Name = townshipOrgan(form.Short, at)
	}
	if form.Plate != "" {
		o.Plates = []string{expand(form.Plate, at)}
	}
	prefix := organName(at)
	name, under := strings.CutPrefix(o.Name, prefix)
	core, plain := strings.CutPrefix(form.Full, "{X}")
	tax, vertical := strings.CutPrefix(form.Full, "国家税务总局{X}")
	for _, r := range lexicon.OrganRenamings() {
		if under && name == r.Old || plain && core == r.Old {
			o.Successors = append(o.Successors, renamed(r.New, at))
		}
		if plain && core == r.New || vertical && tax == r.New || form.Full == "{ENV}" && r.New == "生态环境局" {
			o.Predecessors = append(o.Predecessors, prefix+r.Old)
		}
	}
	return d.organ(o)
}

// renamed returns the canonical name of the organ that a core name means today.
func renamed(core string, at reading.Jurisdiction) string {
	if form, ok := lexicon.OrganNamed(core); ok {
		return expand(form.Full, at)
	}
	return organName(at) + core
}

// expand fills in a template of organ.tsv.
func expand(full string, at reading.Jurisdiction) string {
	var out strings.Builder
	for {
		before, rest, more := strings.Cut(full, "{")
		out.WriteString(before)
		if !more {
			return out.String()
		}
		key, after, _ := strings.Cut(rest, "}")
		out.WriteString(template(key, at))
		full = after
	}
}

// template returns what a word in braces stands for in organ.tsv.
func template(key string, at reading.Jurisdiction) string {
	switch key {
	case "X":
		return organName(at)
	case "N":
		return at.Self().Name
	case "B":
		return bareName(at.Self().Name)
	case "POLICE":
		return branch("公安局", at)
	case "ENV":
		return branch("生态环境局", at)
	case "OFFICE":
		if prefecture(at) {
			return "办公厅"
		}
		return "办公室"
	}
	return "{" + key + "}"
}

// branch returns the name of a bureau that a city's district has as a branch of the city's: 澜州市公安局云河分局.
func branch(bureau string, at reading.Jurisdiction) string {
	if bureau == "公安局" && isDistrictOfCity(at) || bureau == "生态环境局" && at.Self().Type == graph.LocCounty && at.Parent().Self().Type == graph.LocCity {
		name := bareName(at.Self().Name)
		if strings.HasSuffix(at.Self().Name, "旗") {
			name = at.Self().Name // banners keep their unit
		}
		return organName(at.Parent()) + bureau + name + "分局"
	}
	return organName(at) + bureau
}

// parentForms are the forms of organ.tsv that its column of parents means by a key.
var parentForms = map[string]string{
	"party": "委", "gov": "政府", "congress": "人大", "standing": "人大常委会", "cppcc": "政协", "police": "公安局", "policeof": "公安局", "env": "生态环境局",
}

// parent returns the organ that a key of organ.tsv names, nil for none.
func (d *document) parent(key string, at reading.Jurisdiction) *reading.Organ {
	short := parentForms[key]
	switch {
	case short == "":
		return nil
	case key == "police", key == "env":
		up := at.Parent()
		if branch(short, at) == organName(at)+short { // a bureau of its own belongs to its government
			short, up = "政府", at
		}
		at = up
	}
	if name := at.Self().Name; key == "gov" && (strings.HasSuffix(name, "盟") || strings.HasSuffix(name, "地区")) {
		short = "行署"
	}
	form, ok := lexicon.OrganNamed(short)
	if !ok || !at.Known() {
		return nil
	}
	return d.canonical(&form, at, "")
}

// organ returns the document's one value of an organ; the first that was made of a name and jurisdiction stays.
func (d *document) organ(o reading.Organ) *reading.Organ {
	key := organKey(&o)
	if known := d.organs.get(key); known != nil {
		return known
	}
	made := o
	if made.Type == "" {
		made.Type = graph.DeptOther
	}
	d.organs.addAs(key, &made)
	return &made
}

// townshipOrgan returns the name of the party committee or the government of a township: 中共澜州市云河县白塘镇委员会.
func townshipOrgan(short string, at reading.Jurisdiction) string {
	if strings.HasSuffix(short, "政府") {
		return organName(at) + "人民政府"
	}
	return "中共" + organName(at) + "委员会"
}

// within returns the jurisdiction of a township in the document's county, by name.
func (d *document) township(name string) reading.Jurisdiction {
	above := d.regions.own
	if above.Known() && above.Self().Type == graph.LocTownship {
		above = above.Parent()
	}
	p := reading.Place{Name: name, Type: graph.LocTownship}
	if d.regions.within != "" {
		if m, ok := lexicon.MatchDivision([]rune(name), d.regions.within); ok && m.Length == len([]rune(name)) {
			if div, ok := lexicon.Nearest(m.Divisions, d.regions.within, 0); ok && div.Level == lexicon.LevelTownship {
				return jurisdictionOf(div)
			}
		}
	}
	return reading.Jurisdiction{Chain: append(append([]reading.Place{}, above.Chain...), p)}
}
