package eval

import "fmt"

// named is a department or a location under one canonical name, with all that it is called in its event.
type named struct {
	entity
	name     string // key
	names    set    // canonical names that are right
	surfaces set
}

func newNamed(e entity) named {
	n := named{entity: e, name: key(e.Name), names: newSet(e.Name).add(e.Alt...), surfaces: newSet(e.Text).add(e.Texts...)}
	for _, v := range e.Evidence {
		n.surfaces.add(v.Text)
	}
	return n
}

// eachOnce makes one of those with the same canonical name: listed twice in an event it is one link with more evidence.
func eachOnce(list []entity) []named {
	var all []named
	at := map[string]int{}
	for _, e := range list {
		n := newNamed(e)
		id := n.name
		if id == "" {
			id = key(e.Text)
		}
		if i, seen := at[id]; seen {
			for s := range n.surfaces {
				all[i].surfaces[s] = true
			}
			continue
		}
		at[id] = len(all)
		all = append(all, n)
	}
	return all
}

// likeName tells how well b's canonical name fits a: 2 the same, 1 another right one, 0 not.
func likeName(a, b named) int {
	switch {
	case a.name == b.name:
		return 2
	case a.names[b.name]:
		return 1
	}
	return 0
}

// likeSurface counts the surfaces that a and b share; b without any goes by its name.
func likeSurface(a, b named) int {
	if len(b.surfaces) == 0 {
		return a.surfaces.common(newSet(b.Name))
	}
	return a.surfaces.common(b.surfaces)
}

func likeEither(a, b named) int {
	if n := likeName(a, b); n > 0 {
		return n + 1
	}
	return min(likeSurface(a, b), 1)
}

// entities counts departments or locations by canonical name and by surface, and returns those that either finds. An
// optional one of the same name or of a common surface excuses what fits nothing.
func (m *meter) entities(subject string, gold, predicted, optional []entity) [][2]named {
	c := comparison[named]{
		figure: subject + "_name", gold: eachOnce(gold), predicted: eachOnce(predicted),
		alike:    likeName,
		forgiven: func(o, q named) bool { return likeEither(o, q) > 0 },
		show: func(n named) string {
			if t := key(n.Text); t == "" || t == n.name {
				return n.Name
			}
			return n.Name + " [" + n.Text + "]"
		},
	}
	for _, e := range optional {
		c.optional = append(c.optional, newNamed(e))
	}
	compare(m, c)
	c.figure, c.alike = subject+"_surface", likeSurface
	compare(m, c)
	var pairs [][2]named
	mates := match(c.gold, c.predicted, likeEither)
	for i, g := range c.gold {
		if j, ok := mates[i]; ok {
			pairs = append(pairs, [2]named{g, c.predicted[j]})
		}
	}
	return pairs
}

func (m *meter) departments(g, p *event) {
	for _, pair := range m.entities("departments", g.Departments, p.Departments, g.DepartmentsOptional) {
		want, got := pair[0], pair[1]
		m.check("departments_type", oneOf(got.Type, want.Type, want.TypeAlt), want.Name, got.Type, want.Type)
		m.check("departments_role", oneOf(got.Role, want.Role, want.RoleAlt), want.Name, got.Role, want.Role)
	}
}

// locations asks no code of what the gold has none for, and nothing of places where both answers are right.
func (m *meter) locations(g, p *event) {
	for _, pair := range m.entities("locations", g.Locations, p.Locations, g.LocationsOptional) {
		want, got := pair[0], pair[1]
		m.check("locations_type", oneOf(got.Type, want.Type, want.TypeAlt), want.Name, got.Type, want.Type)
		if want.Code != "" {
			m.check("locations_code", got.Code == want.Code, want.Name, string(got.Code), string(want.Code))
		}
		if len(want.IsPlaceAlt) == 0 {
			m.check("locations_is_place", got.IsPlace == want.IsPlace, want.Name, fmt.Sprint(got.IsPlace), fmt.Sprint(want.IsPlace))
		}
	}
}
