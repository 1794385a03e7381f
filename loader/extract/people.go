package extract

import (
	"strings"
	"unicode"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// A mention is one person named once in an article.
type mention struct {
	field *field
	// span is the name; whole is the name with the posts that govern it, as one piece of text.
	span, whole span
	name        string
	posts       []reading.Post
	// postText is the posts as one string, as written.
	postText string
	// postSpan is where the posts stand, empty for none of its own.
	postSpan span
	organs   []*organMention
	roles    []graph.OfficialRole
	noun     string
	attests  graph.AttestationKind
	// unit is the organ that the name stands behind without a post, nil for none: 区教育局王珂.
	unit *reading.Organ
	// rule names what found the name.
	rule string
	// brief: the name is a surname with its post: 李区长.
	brief bool
	// flagged: the name follows another behind a post that only one can hold.
	flagged bool
}

// people returns the mentions of people in an article, body first, then title, each in text order, with their roles.
func (d *document) people(a *article) []mention {
	body := d.mentions(a, a.body)
	d.assignRoles(a.body, body)
	title := d.mentions(a, a.title)
	d.assignRoles(a.title, title)
	return append(body, title...)
}

// mentions resolves the posts of the names in a field.
func (d *document) mentions(a *article, f *field) []mention {
	names := 0
	for i := range f.tokens {
		if f.tokens[i].kind == tokenName {
			names++
		}
	}
	out := make([]mention, 0, names)
	var chain []*postMention // posts that wait for a name
	var last []reading.Post  // the posts that names listed on go by
	var lastPosts []*postMention
	var lastText string
	c := &postContext{d: d, f: f}
	for i := range f.tokens {
		t := &f.tokens[i]
		c.at(t.start)
		switch t.kind {
		case tokenOrgan:
			c.organs = append(c.organs, t.organ.organ)
			chain = nil
		case tokenPost:
			if len(chain) > 0 && !chained(f, chain[len(chain)-1], t.start) {
				chain = nil
			}
			chain = append(chain, t.post)
			if t.post.organ != nil {
				c.seen = t.post.organ.organ
			}
		case tokenName:
			if t.listed && f.at(t.start-1) == '及' {
				last = nil // 副市长甲、乙及丙: who is joined so may hold no such post
			}
			m := mention{field: f, span: t.span, whole: t.span, name: t.name, noun: t.noun, rule: t.rule()}
			switch {
			case t.anchored && len(chain) > 0:
				last = c.resolve(chain)
				lastPosts = chain
				lastText = withoutSpace(f.slice(span{chain[0].start, chain[len(chain)-1].end}))
				m.posts, m.postText = last, lastText
				m.postSpan = span{chain[0].start, chain[len(chain)-1].end}
				m.whole.start = chain[0].start
				m.organs = organsOf(chain)
			case t.listed && len(last) > 0:
				if severalHold(lastPosts) {
					m.posts, m.postText = last, lastText
				} else {
					m.flagged = true
					d.warn(a, "names-after-single-post", "“"+lastText+"”之后并列的“"+t.name+"”职务不明")
				}
			}
			if t.post != nil { // 李春副市长
				p := c.resolve([]*postMention{t.post})
				if t.post.name == "" {
					p[0].Title = titleText(f, t.post)
				}
				m.brief = t.end-t.start < len([]rune(t.name))
				m.posts = append(append([]reading.Post{}, m.posts...), p...)
				if m.postText == "" {
					m.postText = t.post.text(f)
				}
				m.whole.end = t.post.end
			}
			if t.member && i > 0 && f.tokens[i-1].organ != nil {
				m.unit = d.main(f.tokens[i-1].organ.organ)
				m.whole.start = f.tokens[i-1].start
				m.organs = append(m.organs, f.tokens[i-1].organ)
			}
			if len(m.posts) == 0 {
				c.noted(&m, i)
			}
			if role := f.labelRole(t.span); role != "" {
				m.roles = []graph.OfficialRole{role}
			}
			chain = nil
			if !credited(f, t.span) {
				out = append(out, m)
			}
		}
	}
	return d.addAppointments(f, out)
}

// noted takes the posts of the note behind the name that token k is: 甲（省委党校教授）.
func (c *postContext) noted(m *mention, k int) {
	f := c.f
	if open := f.at(m.span.end); open != '（' && open != '(' {
		return
	}
	var chain []*postMention
	end := m.span.end + 1
	for k++; k < len(f.tokens) && f.tokens[k].kind == tokenPost && (f.tokens[k].start == end || len(chain) > 0 && chained(f, chain[len(chain)-1], f.tokens[k].start)); k++ {
		chain = append(chain, f.tokens[k].post)
		end = f.tokens[k].end
	}
	if shut := f.at(end); len(chain) == 0 || shut != '）' && shut != ')' {
		return
	}
	m.posts = c.resolve(chain)
	m.postSpan = span{chain[0].start, end}
	m.postText = withoutSpace(f.slice(m.postSpan))
	m.whole.end = end
	m.organs = organsOf(chain)
}

func (p *postMention) text(f *field) string {
	return withoutSpace(f.slice(p.span))
}

// withoutSpace takes out all white space.
func withoutSpace(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

func titleText(f *field, p *postMention) string { return p.text(f) }

func organsOf(chain []*postMention) []*organMention {
	var out []*organMention
	for _, p := range chain {
		if p.organ != nil {
			out = append(out, p.organ)
		}
	}
	return out
}

func severalHold(chain []*postMention) bool {
	for _, p := range chain {
		if !p.several() {
			return false
		}
	}
	return true
}

// chained reports whether the post that begins at start goes on from p and is borne by the same person.
func chained(f *field, p *postMention, start int) bool {
	if strings.HasSuffix(p.title.Name, "负责人") && start > p.end { // 区教育局负责人、镇长甲: two people, one of them unnamed
		return false
	}
	if start < p.end || start-p.end > 3 {
		return start == p.end
	}
	switch between := string(f.text[p.end:start]); between {
	case "", "、", "兼", "（兼）", " ", "，兼", "、兼", "和":
		return between != "和" || p.title.Class == lexicon.TitleMember
	case "，":
		switch p.title.Name {
		case "常委", "党组成员", "党委委员", "委员", "党组书记", "书记", "成员":
			return p.title.Name != "书记" || p.deputy
		}
	}
	return false
}

// postContext is what posts without an organ inherit from: the organ and the section last named in the sentence.
type postContext struct {
	d       *document
	f       *field
	stop    int              // end of the sentence
	organs  []*reading.Organ // named in the sentence without a post
	last    *reading.Organ   // of the post before
	seen    *reading.Organ   // of a post that no name was read for
	section string
	core    string
	town    reading.Jurisdiction // of the post before, where it is one of a township's government
}

// at moves the context on to i; a new sentence forgets all.
func (c *postContext) at(i int) {
	if i >= c.stop {
		c.stop = c.f.sentence(i).end
		c.organs, c.last, c.seen, c.section, c.core = nil, nil, nil, "", ""
		c.town = reading.Jurisdiction{}
	}
}

// stateRank is above the ranks of the posts of party and state as a whole (title.tsv).
const stateRank = 20

// resolve finds the organs of a chain of posts.
func (c *postContext) resolve(chain []*postMention) []reading.Post {
	var posts []reading.Post
	for k, p := range chain {
		post := reading.Post{Title: p.name, Text: p.text(c.f), Attests: graph.AttestsHeld, Rank: rank(p), Single: p.title.Single && !p.deputy, Membership: p.title.Class == lexicon.TitleMember}
		if p.former || p.title.Rank == 0 {
			post.Attests = ""
		}
		switch {
		case p.stranger, p.organ == nil && p.title.Rank > 0 && p.title.Rank < stateRank:
			// 总书记 is of no organ that the sentence names
		case p.organ != nil:
			post.Organ = p.organ.organ
			c.section, c.core = p.section, p.title.Name
		case p.last:
			post.Organ = c.lastFitting(p)
		case p.organ == nil && (p.title.Name == "指挥长" || p.title.Name == "总指挥"):
			post.Organ = c.headquarters(p)
		case p.title.Name == "检察长" && c.last != nil && strings.HasSuffix(c.last.Name, "人民法院"):
			post.Organ = c.d.procuratorate(c.last.Region)
		case p.levelOnly:
			post.Organ = c.d.parent("gov", p.level)
			c.section, c.core = "", ""
			if c.town = p.level; p.level.Self().Type != graph.LocTownship {
				c.town = reading.Jurisdiction{}
			}
		default:
			if p.partyOffice() && c.town.Known() {
				post.Organ = c.d.parent("party", c.town)
			} else if c.last != nil && fits(p, c.last) {
				post.Organ = c.last
				if p.section == "" && c.section != "" && c.core == p.title.Name {
					post.Title = c.section + p.name
				}
			} else if c.last == nil && c.seen != nil && fits(p, c.seen) {
				post.Organ = c.seen
			} else if o := c.elects(p); o != nil {
				post.Organ = o
			} else if o := c.only(p); o != nil {
				post.Organ = o
			} else if o := c.ledBy(p); o != nil {
				post.Organ = o
			} else if o := c.before(p); o != nil {
				post.Organ = o
			} else if p.title.Name == "书记" && p.section == "" {
				post.Organ = c.besideGovernment(chain, k)
			}
			if p.section != "" {
				c.section, c.core = p.section, p.title.Name
			}
		}
		if post.Organ != nil {
			c.last = post.Organ
		}
		posts = append(posts, post)
	}
	return posts
}

// only returns the one organ of the sentence that a post like 校长 or 总经理 can be of, nil where none or more fit.
func (c *postContext) only(p *postMention) *reading.Organ {
	switch p.title.Name {
	case "董事长", "总经理", "经理", "总裁", "校长", "园长", "院长", "馆长", "所长", "局长":
	case "书记": // 中共青石县委成立，书记甲
		if p.section != "" {
			return nil
		}
	default:
		return nil
	}
	var found *reading.Organ
	for _, o := range c.organs {
		if o != found && fits(p, o) && (p.title.Name != "书记" || o.Type == graph.DeptParty && strings.HasSuffix(o.Name, "委员会")) {
			if found != nil {
				return nil
			}
			found = o
		}
	}
	return found
}

// partyOffice reports whether a post without an organ is one of the party: 诺邓镇镇长甲、党委书记乙.
func (p *postMention) partyOffice() bool {
	return strings.Contains(p.name, "党委") || p.title.Name == "书记"
}

// hear takes the organs that the sentence names before i into the context.
func (c *postContext) hear(i int) {
	from := c.f.sentence(i).start
	for k := c.f.tokenFrom(i) - 1; k >= 0 && c.f.tokens[k].start >= from; k-- {
		if t := c.f.tokens[k]; t.kind == tokenOrgan {
			c.organs = append(c.organs, t.organ.organ)
		}
	}
}

// lead gives posts without an organ the one organ of the sentence that they can be of: 成立领导小组，甲任组长.
func (c *postContext) lead(posts []reading.Post) {
	for i := range posts {
		if posts[i].Organ != nil || posts[i].Membership {
			continue
		}
		var found *reading.Organ
		for _, o := range c.organs {
			if !headed(posts[i].Title, o) || o == found {
				continue
			}
			if found != nil {
				return
			}
			found = o
		}
		posts[i].Organ = found
	}
}

// headed reports whether what stands at the head of an organ is called by the title.
func headed(title string, o *reading.Organ) bool {
	for _, w := range []struct{ title, organ string }{
		{"主任", "委员会"}, {"主任", "中心"}, {"主任", "办公室"}, {"组长", "组"}, {"指挥长", "指挥部"}, {"总指挥", "指挥部"}, {"指挥", "指挥部"}, {"会长", "会"}, {"主席", "会"}, {"理事长", "会"}, {"社长", "社"}, {"厂长", "厂"}, {"场长", "场"},
	} {
		if strings.HasSuffix(title, w.title) && strings.HasSuffix(o.Name, w.organ) {
			return true
		}
	}
	return false
}

// lastFitting returns the organ last named in the field before the post that it can be of: 公司董事长.
func (c *postContext) lastFitting(p *postMention) *reading.Organ {
	for i := c.f.tokenFrom(p.start) - 1; i >= 0 && p.start-c.f.tokens[i].end < 2*maxSentence; i-- {
		if o := c.f.tokens[i].organ; o != nil && fits(p, o.organ) && (o.organ.Type == graph.DeptEnterprise || o.organ.Type == graph.DeptSchool || o.organ.Type == graph.DeptHospital) {
			return c.d.main(o.organ)
		}
	}
	return nil
}

// headquarters returns the 指挥部 that the field has named last before a post: 指挥部召开会议。指挥长甲主持.
func (c *postContext) headquarters(p *postMention) *reading.Organ {
	for i := c.f.tokenFrom(p.start) - 1; i >= 0 && p.start-c.f.tokens[i].end < maxSentence; i-- {
		if o := c.f.tokens[i].organ; o != nil && strings.HasSuffix(o.organ.Name, "指挥部") {
			return c.d.main(o.organ)
		}
	}
	return nil
}

// procuratorate returns the one of a jurisdiction: 县法院院长甲、检察长乙.
func (d *document) procuratorate(at reading.Jurisdiction) *reading.Organ {
	form, ok := lexicon.OrganNamed("检察院")
	if !ok || !at.Known() {
		return nil
	}
	return d.canonical(&form, at, "")
}

// besideGovernment returns the party committee that a bare 书记 heads where the head of a government is named beside it:
// 书记甲、区长乙.
func (c *postContext) besideGovernment(chain []*postMention, k int) *reading.Organ {
	p := chain[k]
	for i := c.f.tokenFrom(p.end); i < len(c.f.tokens); i++ {
		t := c.f.tokens[i]
		if t.kind == tokenPost && t.post.levelOnly && t.start > p.end && t.start-p.end <= 6 && t.start < c.stop {
			return c.d.committee(t.post.level)
		}
		if t.start > p.end+6 {
			break
		}
	}
	return nil
}

func (d *document) committee(at reading.Jurisdiction) *reading.Organ { return d.parent("party", at) }

// fits reports whether a post can be one of the organ.
func fits(p *postMention, o *reading.Organ) bool {
	title, section := p.title.Name, p.section
	if p.title.Class == lexicon.TitleOld || p.title.Class == lexicon.TitleExpert || p.title.Rank == 0 || title == "人大代表" || title == "政协委员" || title == "党代表" {
		return false
	}
	if section != "" {
		return o.Type != graph.DeptParty || !strings.HasSuffix(o.Name, "委员会") || strings.Contains(o.Name, "纪律检查") || strings.HasSuffix(section, "组")
	}
	switch title {
	case "董事长", "总经理", "经理", "总裁", "监事长", "总监", "行长":
		return o.Type == graph.DeptEnterprise
	case "校长", "园长":
		return o.Type == graph.DeptSchool || strings.HasSuffix(o.Name, "党校")
	case "专员", "行署专员", "行署副专员", "公署副专员":
		return strings.HasSuffix(o.Name, "公署")
	case "县革委会主任", "县革委会副主任", "革委会主任", "革委会副主任", "革委主任":
		return strings.HasSuffix(o.Name, "革命委员会")
	case "军管会主任", "军管会副主任", "地委第一书记", "地委第二书记", "特支书记", "公社革委会主任", "公社革委会副主任", "公社管委会主任", "大队革委会主任", "维持会长", "维持会会长", "公社书记", "公社主任", "公社社长", "公社副书记", "公社副主任", "公社副社长", "公社党委书记", "公社党委副书记", "地委书记", "地委副书记", "地委书记处书记", "地委委员", "地委常委", "工委书记", "县工委书记", "县工委副书记", "军代表":
		return false
	case "检察长":
		return strings.HasSuffix(o.Name, "检察院")
	case "院长":
		return strings.HasSuffix(o.Name, "院") || strings.HasSuffix(o.Name, "学院")
	case "局长", "厅长", "所长", "站长", "馆长", "部长", "园林局长", "署长", "台长", "社长":
		return strings.HasSuffix(o.Name, strings.TrimSuffix(title, "长"))
	case "会长", "理事长", "理事", "常务理事", "会员":
		return o.Type == graph.DeptMass
	case "主席":
		return o.Type == graph.DeptCPPCC || o.Type == graph.DeptMass || o.Type == graph.DeptCongress
	case "主任":
		return !strings.HasSuffix(o.Name, "局") && !strings.HasSuffix(o.Name, "厅") && !strings.HasSuffix(o.Name, "人民政府") && o.Type != graph.DeptEnterprise
	case "秘书长":
		return o.Type == graph.DeptParty || o.Type == graph.DeptGovernment || o.Type == graph.DeptMass || o.Type == graph.DeptCPPCC || o.Type == graph.DeptCongress
	case "常委":
		return o.Type == graph.DeptParty
	case "村委会主任", "村党支部书记", "村支书", "居委会主任", "社区书记", "社区主任", "社区党支部书记", "社区党委书记", "村长", "第一书记":
		return false
	}
	return true
}

// rank orders the posts of one organ, lower first.
func rank(p *postMention) int {
	if p.title.Rank == 0 {
		return 0
	}
	switch {
	case strings.Contains(p.name, "常务副"):
		return p.title.Rank + 35
	case p.deputy:
		return p.title.Rank + 45
	}
	return p.title.Rank
}

// substance orders the posts of one person; the last of the most substantial is the one that counts, and one that is taken
// counts less than any other.
func substance(p reading.Post) int {
	if p.Attests == graph.AttestsRemoved {
		p.Attests = ""
		return substance(p) - 10
	}
	switch {
	case p.Organ == nil:
		return 0
	case p.Membership:
		return 1
	case strings.HasSuffix(p.Title, "常委"), strings.HasSuffix(p.Title, "成员"), strings.HasSuffix(p.Title, "委员"), strings.HasSuffix(p.Title, "调研员"):
		return 2
	}
	return 3
}

func mainPost(posts []reading.Post) *reading.Post {
	var best *reading.Post
	for i := range posts {
		if best == nil || substance(posts[i]) >= substance(*best) {
			best = &posts[i]
		}
	}
	return best
}
