package interchange

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// links reads whom and what the line names.
func (r *reader) links(e *reading.Event) error {
	for _, step := range []struct {
		field string
		read  func(*reading.Event) error
	}{
		{"organs", r.readOrgans}, {"otherDates", r.otherDates}, {"officials", r.officials}, {"departments", r.departments},
		{"locations", r.locations}, {"documents", r.documents}, {"figures", r.figures},
	} {
		if err := step.read(e); err != nil {
			return fmt.Errorf("%s: %w", step.field, err)
		}
	}
	return nil
}

// readOrgans makes the organs that the line describes, then ties them to those that they belong to.
func (r *reader) readOrgans(*reading.Event) error {
	all := make([]*Organ, 0, len(r.line.Departments)+len(r.line.Organs))
	for i := range r.line.Departments {
		all = append(all, &r.line.Departments[i].Organ)
	}
	for i := range r.line.Organs {
		all = append(all, &r.line.Organs[i])
	}
	made := make([]*reading.Organ, len(all))
	for i, o := range all {
		if err := checkName("name", o.Name); err != nil {
			return err
		}
		if o.Type != "" && !slices.Contains(organTypes, o.Type) {
			return oneOf("type", o.Type, organTypes)
		}
		made[i] = &reading.Organ{Name: o.Name, Type: o.Type}
		if o.Type == "" {
			made[i].Type = r.tells(o.Name).kind
		}
		switch {
		case o.Code.Region != nil:
			var err error
			if made[i].Region, err = r.jurisdiction(o.Code.Region); err != nil {
				return fmt.Errorf("code: %w", err)
			}
		case !o.Code.Given:
			made[i].Region = r.regionOf(o.Name, made[i].Type)
		}
		r.organs[o.Name] = append(r.organs[o.Name], made[i])
	}
	for i, o := range all {
		if o.Parent == "" {
			continue
		}
		if err := checkName("parent", o.Parent); err != nil {
			return err
		}
		var err error
		if made[i].Parent, err = r.referred(o.Parent, o.ParentCode); err != nil {
			return fmt.Errorf("parentCode: %w", err)
		}
		for up, steps := made[i].Parent, 0; up != nil; up, steps = up.Parent, steps+1 {
			if up == made[i] || steps > len(all) {
				return fmt.Errorf("parent: %s belongs to itself", o.Name)
			}
		}
	}
	return nil
}

// named returns the organ of a name that the line describes, that of the jurisdiction where it is given, else what the name tells.
func (r *reader) named(name string, at *reading.Jurisdiction) *reading.Organ {
	for _, o := range r.organs[name] {
		if at == nil || o.Region.Key() == at.Key() {
			return o
		}
	}
	o := r.organ(name)
	if at != nil {
		o.Region = *at
	}
	r.organs[name] = append(r.organs[name], o)
	return o
}

// referred returns the organ that is meant by a name and, where it is given, a jurisdiction.
func (r *reader) referred(name string, code optionalRegion) (*reading.Organ, error) {
	if !code.Given {
		return r.named(name, nil), nil
	}
	var at reading.Jurisdiction
	if code.Region != nil {
		var err error
		if at, err = r.jurisdiction(code.Region); err != nil {
			return nil, err
		}
	}
	return r.named(name, &at), nil
}

func (r *reader) otherDates(e *reading.Event) error {
	for _, d := range r.line.OtherDates {
		basis := d.Basis
		if basis == "" {
			basis = graph.BasisEdited
		}
		if !slices.Contains(bases, basis) {
			return oneOf("basis", basis, bases)
		}
		if err := errors.Join(sameDays(d.EDTF, d.Start, d.End), r.evidence(d.Evidence)); err != nil {
			return err
		}
		e.OtherDates = append(e.OtherDates, reading.DateMention{DateMention: graph.DateMention{EDTF: d.EDTF, Basis: basis, Text: d.Text, Evidence: orNil(d.Evidence)}})
	}
	return nil
}

func (r *reader) officials(e *reading.Event) error {
	names := map[string]int{}
	for i := range r.line.Officials {
		o := &r.line.Officials[i]
		names[o.Name]++
		official, err := r.official(o)
		if err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		e.Officials = append(e.Officials, official)
	}
	for i := range e.Officials {
		e.Officials[i].Apart = names[e.Officials[i].Name] > 1
	}
	return nil
}

func (r *reader) official(o *Official) (reading.Official, error) {
	out := reading.Official{Name: o.Name, Title: deref(o.Title), Evidence: orNil(o.Evidence), Roles: slices.Clone(o.Roles)}
	if err := checkName("name", o.Name); err != nil {
		return out, err
	}
	if o.Role != "" && !slices.Contains(out.Roles, o.Role) {
		out.Roles = append(out.Roles, o.Role)
	}
	if len(out.Roles) == 0 {
		out.Roles = []graph.OfficialRole{graph.RoleMentioned}
	}
	for _, role := range out.Roles {
		if !slices.Contains(graph.OfficialRoles, role) {
			return out, oneOf("role", role, graph.OfficialRoles)
		}
	}
	graph.SortRoles(out.Roles)
	out.Roles = slices.Compact(out.Roles)
	var err error
	if o.Code != nil {
		if out.Region, err = r.jurisdiction(o.Code); err != nil {
			return out, fmt.Errorf("code: %w", err)
		}
		out.RegionStated = true
	}
	mentioned := !slices.ContainsFunc(out.Roles, func(role graph.OfficialRole) bool { return role != graph.RoleMentioned })
	for i := range o.Posts {
		p, err := r.post(&o.Posts[i], mentioned)
		if err != nil {
			return out, fmt.Errorf("posts: %w", err)
		}
		out.Posts = append(out.Posts, p)
	}
	if o.Department != nil {
		if err := checkName("department", *o.Department); err != nil {
			return out, err
		}
		for i := range out.Posts {
			if organ := out.Posts[i].Organ; organ != nil && organ.Name == *o.Department && !o.DepartmentCode.Given {
				out.Organ = organ
			}
		}
		if out.Organ == nil {
			if out.Organ, err = r.referred(*o.Department, o.DepartmentCode); err != nil {
				return out, fmt.Errorf("departmentCode: %w", err)
			}
		}
	}
	return out, r.evidence(o.Evidence)
}

func (r *reader) post(p *Post, mentioned bool) (reading.Post, error) {
	out := postOf(p.Title, p.Text, mentioned)
	if err := checkName("title", p.Title); err != nil {
		return out, err
	}
	if p.Attests != nil {
		if !slices.Contains(attests, *p.Attests) {
			return out, oneOf("attests", *p.Attests, attests)
		}
		out.Attests = *p.Attests
	}
	if p.Rank != nil {
		out.Rank = *p.Rank
	}
	if p.Single != nil {
		out.Single = *p.Single
	}
	out.From, out.To = p.From, p.To
	if p.Department == nil {
		return out, nil
	}
	if err := checkName("department", *p.Department); err != nil {
		return out, err
	}
	var err error
	if out.Organ, err = r.referred(*p.Department, p.Code); err != nil {
		return out, fmt.Errorf("code: %w", err)
	}
	return out, nil
}

// postOf returns a post with what its words tell.
func postOf(title, text string, mentioned bool) reading.Post {
	p := extract.PostOf(title, text)
	if mentioned {
		p.Attests = ""
	}
	return p
}

func (r *reader) departments(e *reading.Event) error {
	seen := map[string]int{}
	for i := range r.line.Departments {
		d := &r.line.Departments[i]
		role := d.Role
		if role == "" {
			role = graph.DeptMentioned
		}
		if !slices.Contains(graph.DepartmentRoles, role) {
			return fmt.Errorf("%s: %w", d.Name, oneOf("role", role, graph.DepartmentRoles))
		}
		if err := r.evidence(d.Evidence); err != nil {
			return fmt.Errorf("%s: %w", d.Name, err)
		}
		out := reading.Department{Organ: *r.organs[d.Name][seen[d.Name]], Text: d.Text, Role: role, Evidence: orNil(d.Evidence)}
		seen[d.Name]++
		if d.Text != "" && d.Text != d.Name {
			if err := checkName("text", d.Text); err != nil {
				return err
			}
			out.Surfaces = []string{d.Text}
		}
		e.Departments = append(e.Departments, out)
	}
	return nil
}

func (r *reader) locations(e *reading.Event) error {
	for i := range r.line.Locations {
		l := &r.line.Locations[i]
		if err := r.location(l, e); err != nil {
			return fmt.Errorf("%s: %w", l.Name, err)
		}
	}
	return nil
}

func (r *reader) location(l *Location, e *reading.Event) error {
	if err := checkName("name", l.Name); err != nil {
		return err
	}
	place := reading.Place{Name: l.Name, Type: l.Type, Code: deref(l.Code)}
	if err := checkCode(place.Code); err != nil {
		return err
	}
	place = withYears(place)
	if place.Type == "" {
		place.Type = typeOf(place.Code)
	}
	if err := checkType(place.Type, place.Code); err != nil {
		return err
	}
	out := reading.Location{Place: place, Text: l.Text, IsPlace: l.IsPlace, Evidence: orNil(l.Evidence)}
	if l.Above != nil {
		nearestLast := slices.Clone(*l.Above)
		slices.Reverse(nearestLast)
		above, err := chainOf(nearestLast)
		if err != nil {
			return fmt.Errorf("above: %w", err)
		}
		out.Above = above
	} else {
		out.Above = r.above(place, r.region)
	}
	if l.Text != "" && l.Text != l.Name {
		if err := checkName("text", l.Text); err != nil {
			return err
		}
		out.Surfaces = []string{l.Text}
	}
	e.Locations = append(e.Locations, out)
	return r.evidence(l.Evidence)
}

// above returns what lies around a place: what its code tells, the rest of the region that it is itself a part of, or the region.
func (p *Parser) above(place reading.Place, region reading.Jurisdiction) reading.Jurisdiction {
	if place.Code != "" {
		found, known := p.places[place.Code]
		if !known {
			found.at, found.inTable = aboveCode(place.Code)
			if len(p.places) >= maxKnown {
				clear(p.places)
			}
			p.places[place.Code] = found
		}
		if found.inTable {
			return found.at
		}
	}
	for i, at := range region.Chain {
		if at.Name == place.Name && at.Type == place.Type {
			return reading.Jurisdiction{Chain: region.Chain[:i]}
		}
	}
	return region
}

// aboveCode returns the divisions above a code that the table knows: a village, which it does not have, lies in the township of its
// first nine digits.
func aboveCode(code string) (above reading.Jurisdiction, inTable bool) {
	d, ok := lexicon.DivisionByCode(code)
	if !ok {
		return above, false
	}
	path := d.Path()
	if len(code) != villageDigits {
		path = path[:len(path)-1]
	}
	for _, p := range path {
		above.Chain = append(above.Chain, reading.Place{Name: p.Name, Type: levelTypes[p.Level], Code: p.Code, ValidFrom: p.From, ValidTo: p.To})
	}
	return above, true
}

// villageDigits is the length of the code of a village or a community.
const villageDigits = 12

var levelTypes = map[lexicon.Level]graph.LocationKind{
	lexicon.LevelProvince: graph.LocProvince, lexicon.LevelCity: graph.LocCity, lexicon.LevelCounty: graph.LocCounty, lexicon.LevelTownship: graph.LocTownship,
}

// typeOf returns the sort of a place that only its code tells.
func typeOf(code string) graph.LocationKind {
	if len(code) == villageDigits {
		return graph.LocCommunity
	}
	if d, ok := lexicon.DivisionByCode(code); ok {
		return levelTypes[d.Level]
	}
	return graph.LocOther
}

// checkType asks that the sort of a place is that of its code, where the table knows it.
func checkType(kind graph.LocationKind, code string) error {
	if !slices.Contains(placeTypes, kind) {
		return oneOf("type", kind, placeTypes)
	}
	if d, ok := lexicon.DivisionByCode(code); ok && len(code) != villageDigits && kind != levelTypes[d.Level] {
		return fmt.Errorf("type: %s is %s, a %s and no %s", code, d.Name, levelTypes[d.Level], kind)
	}
	return nil
}

// withYears adds the years in which a code that the table knows was in force.
func withYears(p reading.Place) reading.Place {
	if len(p.Code) == 6 || len(p.Code) == 9 {
		if d, ok := lexicon.DivisionByCode(p.Code); ok {
			p.ValidFrom, p.ValidTo = d.From, d.To
		}
	}
	return p
}

func (r *reader) documents(e *reading.Event) error {
	for _, d := range r.line.Documents {
		out := graph.CitedDocument{Title: deref(d.Title), ShortTitle: deref(d.ShortTitle), Number: deref(d.Number), Evidence: orNil(d.Evidence)}
		if out.Title+out.ShortTitle+out.Number == "" {
			return errors.New("one without a title and a number")
		}
		if err := r.evidence(d.Evidence); err != nil {
			return err
		}
		e.Documents = append(e.Documents, reading.CitedDocument{CitedDocument: out})
	}
	return nil
}

func (r *reader) figures(e *reading.Event) error {
	for _, f := range r.line.Figures {
		qualifier := f.Qualifier
		if qualifier == "" {
			qualifier = graph.FigureExact
		}
		if !slices.Contains(qualifiers, qualifier) {
			return oneOf("qualifier", qualifier, qualifiers)
		}
		if strings.TrimSpace(f.Unit) == "" && strings.TrimSpace(f.Text) == "" {
			return errors.New("one without a unit and a text")
		}
		if err := r.evidence(f.Evidence); err != nil {
			return err
		}
		e.Figures = append(e.Figures, reading.Figure{Figure: graph.Figure{
			Value: f.Value, Qualifier: qualifier, Unit: f.Unit, Subject: deref(f.Subject), Text: f.Text, Evidence: orNil(f.Evidence),
		}})
	}
	return nil
}

// orNil makes one of the two ways to say that there is no evidence.
func orNil(e []graph.Evidence) []graph.Evidence {
	if len(e) == 0 {
		return nil
	}
	return e
}
