package extract

import (
	"slices"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// officials makes one Official of all that an article says of a person. Namesakes whom one sentence gives posts in
// different organs stay two; a bare name later in the article then says nothing of either.
func (d *document) officials(a *article, ms []mention) []reading.Official {
	var out []reading.Official
	byName := map[string][]int{}
	inBody := map[string]bool{}
	for _, m := range ms {
		if m.field == a.body {
			inBody[m.name] = true
		}
	}
	for k := range ms {
		m := &ms[k]
		if m.field == a.title && inBody[m.name] {
			continue
		}
		same := byName[m.name]
		at := -1
		switch {
		case len(same) == 1 && !d.apart(ms, k):
			at = same[0]
		case len(same) >= 1:
			for _, i := range same {
				if m.organ() != nil && sameOrgan(out[i].Organ, m.organ()) {
					at = i
				}
			}
			if at < 0 && m.organ() == nil {
				d.warn(a, "unresolved-person", "“"+m.name+"”在本文中有同名者，无法确定是谁")
				continue
			}
		}
		if at < 0 {
			out = append(out, reading.Official{Name: m.name, Region: d.regions.own, Rule: m.rule})
			at = len(out) - 1
			byName[m.name] = append(same, at)
		}
		join(&out[at], m)
	}
	for i := range out {
		o := &out[i]
		o.Roles = settleRoles(o.Roles)
		if p := mainPost(o.Posts); p != nil && p.Organ != nil {
			o.Organ = p.Organ
		}
		if !slices.ContainsFunc(o.Roles, func(r graph.OfficialRole) bool { return r != graph.RoleMentioned }) {
			for k := range o.Posts {
				o.Posts[k].Attests = ""
			}
		}
		o.Apart = len(byName[o.Name]) > 1
		slices.SortStableFunc(o.Evidence, func(a, b graph.Evidence) int { return a.Start - b.Start })
	}
	return out
}

func organKey(o *reading.Organ) string {
	if o == nil {
		return ""
	}
	return o.Region.Key() + "\x00" + o.Name
}

// sameOrgan reports whether two values stand for one organ.
func sameOrgan(a, b *reading.Organ) bool { return a == b || organKey(a) == organKey(b) }

// organ returns the organ of the post of most substance, or the one that the name stands behind; nil for none.
func (m *mention) organ() *reading.Organ {
	if o := mainOrgan(m.posts); o != nil {
		return o
	}
	return m.unit
}

func mainOrgan(posts []reading.Post) *reading.Organ {
	if p := mainPost(posts); p != nil {
		return p.Organ
	}
	return nil
}

// apart reports whether mention k and an earlier one of the same name are two people: one sentence gives both a post, in
// different organs.
func (d *document) apart(ms []mention, k int) bool {
	m := ms[k]
	if m.organ() == nil || m.attests != "" {
		return false
	}
	s := m.field.sentence(m.span.start)
	for i := k - 1; i >= 0; i-- {
		other := ms[i]
		if other.field != m.field || other.span.start < s.start {
			return false
		}
		if other.name == m.name && other.field == m.field && other.organ() != nil && other.attests == "" && s.holds(other.span) && !sameOrgan(other.organ(), m.organ()) {
			return true
		}
	}
	return false
}

// join adds a mention to what is known of its person.
func join(o *reading.Official, m *mention) {
	o.Evidence = append(o.Evidence, m.field.evidence(m.whole))
	o.Roles = append(o.Roles, m.roles...)
	if o.Organ == nil {
		o.Organ = m.organ()
	}
	if len(m.posts) == 0 || m.brief && len(o.Posts) > 0 {
		return
	}
	fresh := false
	for _, p := range m.posts {
		if !slices.ContainsFunc(o.Posts, func(q reading.Post) bool { return q.Title == p.Title && q.Organ == p.Organ && q.Attests == p.Attests }) {
			o.Posts = append(o.Posts, p)
			fresh = true
		}
	}
	switch {
	case o.Title == "" || m.attests == graph.AttestsAppointed && removedOnly(o.Posts[:len(o.Posts)-len(m.posts)]):
		o.Title = m.postText
	case m.attests == graph.AttestsRemoved: // who got another post is called by that
	case fresh && m.postText != o.Title:
		o.Title += "、" + m.postText
	}
}

// removedOnly reports whether all posts are such as the text takes away.
func removedOnly(posts []reading.Post) bool {
	return !slices.ContainsFunc(posts, func(p reading.Post) bool { return p.Attests != graph.AttestsRemoved })
}

// settleRoles orders the roles. A mention beside presence adds nothing; who shows no role at all did something else.
func settleRoles(roles []graph.OfficialRole) []graph.OfficialRole {
	present := slices.ContainsFunc(roles, graph.OfficialRole.Presence)
	roles = slices.DeleteFunc(roles, func(r graph.OfficialRole) bool { return present && r == graph.RoleMentioned })
	if len(roles) == 0 {
		return []graph.OfficialRole{graph.RoleOther}
	}
	return graph.SortRoles(roles)
}
