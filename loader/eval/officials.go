package eval

import "fmt"

// mentioned is the role of those who are only spoken of.
const mentioned = "MENTIONED"

func sameName(a, b official) bool { return key(a.Name) == key(b.Name) }

// samePost tells whether b has a title that is right for a: none where the text gives a none.
func samePost(a, b official) bool {
	if !sameName(a, b) {
		return false
	}
	right := newSet(a.Title).add(a.TitleAlt...)
	if key(b.Title) == "" {
		return a.Title == "" || len(right) == 0
	}
	return right.has(b.Title)
}

// sameOrgan tells whether b has an organ that is right for a: none where a has none.
func sameOrgan(a, b official) bool {
	if !sameName(a, b) {
		return false
	}
	if key(b.Department) == "" {
		return a.Department == ""
	}
	return newSet(a.Department).add(a.DepartmentAlt...).has(b.Department)
}

func yes(same func(a, b official) bool) func(a, b official) int {
	return func(a, b official) int {
		if same(a, b) {
			return 1
		}
		return 0
	}
}

// officials counts people by name, by name and title, by name and organ, and checks the roles of those found. Of two
// namesakes the one whose post and organ fit better is taken.
func (m *meter) officials(g, p *event) {
	c := comparison[official]{
		figure: "officials_name", gold: g.Officials, predicted: p.Officials, optional: g.OfficialsOptional,
		alike: func(a, b official) int {
			if !sameName(a, b) {
				return 0
			}
			return 1 + yes(samePost)(a, b) + yes(sameOrgan)(a, b)
		},
		forgiven: sameName,
		show: func(o official) string {
			return fmt.Sprintf("%s (%s; %s; %s)", o.Name, orNone(o.Title), orNone(o.Department), o.Role)
		},
	}
	pairs := compare(m, c)
	c.figure, c.alike = "officials_name_title", yes(samePost)
	compare(m, c)
	c.figure, c.alike = "officials_name_department", yes(sameOrgan)
	compare(m, c)
	for _, pair := range pairs {
		want, got := pair[0], pair[1]
		m.check("officials_role", oneOf(got.Role, want.Role, want.RoleAlt), want.Name, got.Role, want.Role)
		m.check("officials_presence", (got.Role == mentioned) == (want.Role == mentioned), want.Name, got.Role, want.Role)
	}
}
