package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

type tokenKind int

const (
	tokenOrgan tokenKind = iota
	tokenPost
	tokenName
)

// A token is an organ, a post or a name, where it stands.
type token struct {
	kind  tokenKind
	field *field
	span
	organ *organMention // of an organ and of a post with one
	post  *postMention
	name  string
	// anchored: the name stands behind a post; listed: behind a name that does, without a post of its own.
	anchored, listed bool
	// member: the name stands behind an organ, without a post: 区教育局王珂.
	member bool
	// labelled: the name is an item of the list behind a label: 出席领导：甲、乙.
	labelled bool
	// noun is the word for a person that stands before the name and is no post: 老人.
	noun string
}

// newToken returns the token of a post, or of an organ where there is none. What it points to is copied here, so that only
// what is found costs memory.
func newToken(f *field, organ organMention, post postMention, isPost bool) token {
	if isPost {
		return token{kind: tokenPost, field: f, span: post.span, post: &post, organ: post.organ}
	}
	return token{kind: tokenOrgan, field: f, span: organ.span, organ: &organ}
}

// rule names what found the name of a token.
func (t *token) rule() string {
	switch {
	case t.anchored:
		return "behind-title"
	case t.listed:
		return "listed"
	case t.member:
		return "behind-organ"
	case t.labelled:
		return "behind-label"
	case t.noun != "":
		return "behind-noun"
	case t.post != nil:
		return "before-title"
	}
	return "known-name"
}

// scan finds the organs, the posts and the names behind posts in one field, in text order and without overlaps.
func (d *document) scan(f *field) []token {
	tokens := d.room[:0]
	d.lastStreet, d.streetNamed, d.streetStop = "", "", -1
	d.lastZone, d.lastTown = "", ""
	d.listOf = reading.Jurisdiction{}
	d.undecided = false
	defer func() { d.listOf, f.undecided = reading.Jurisdiction{}, d.undecided }()
	near, nearEnd := reading.Jurisdiction{}, -1
	for i := 0; i < len(f.text); {
		if f.quoted[i] || !isHan(f.text[i]) && !isDigit(f.text[i]) {
			if isStop(f.text[i]) {
				nearEnd = -1
			}
			i++
			continue
		}
		if next, name := d.labelled(f, i); next > i {
			if name != nil {
				tokens = append(tokens, *name)
			}
			i, nearEnd = next, -1
			continue
		}
		at := d.visitors(f, i)
		if nearEnd >= 0 && joins(f, nearEnd, i) {
			at = near
		}
		d.listOf = at
		post, isPost := postMention{}, false
		organ, isOrgan := organMention{}, false
		barren, naming := f.barren[i] && !d.newlyNamed(f, i), d.naming
		if !barren {
			if post, isPost = d.leadersAt(f, i); isPost {
				_, isPost = d.nameAt(f, post.end, false)
			}
			if !isPost {
				organ, isOrgan = d.organAt(f, i, at)
			}
		}
		switch {
		case barren: // nor a post
		case isPost: // 县政府领导
		case isOrgan:
			organ.organ = d.main(organ.organ)
			post, isPost = d.postAfter(f, organ)
			near = organ.at
		default:
			post, isPost = d.postAt(f, i)
			if isPost && post.levelOnly {
				near = post.level
			}
			if isPost && post.organ != nil {
				near = post.organ.at
			}
		}
		if isPost {
			d.disown(f, &post)
		}
		f.barren[i] = !isPost && !isOrgan && d.naming == naming
		switch {
		case isPost, isOrgan:
		case f.at(i-1) == '”' && d.honoured(f, i):
			m, _ := d.nameAt(f, i, false)
			tokens = append(tokens, token{kind: tokenName, field: f, span: m.span, name: m.name, anchored: false})
			names := d.listAfter(f, m.end)
			tokens = append(tokens, names...)
			i = tokens[len(tokens)-1].end
			continue
		default:
			if n := f.prefixIn(i, annalsNouns); n > 0 && f.boundary(i) {
				if m, named := annalsName(f, i+n); named {
					tokens = append(tokens, token{kind: tokenName, field: f, span: m.span, name: m.name, noun: f.between(i, i+n)})
					i = m.end
					continue
				}
			}
			if n, ok := d.nounAt(f, i); ok {
				if names := d.namesBehindNoun(f, i+len([]rune(n)), n); len(names) > 0 {
					tokens = append(tokens, names...)
					i = names[len(names)-1].end
					continue
				}
			}
			i += max(1, d.ownName(f, i))
			continue
		}
		t := newToken(f, organ, post, isPost)
		tokens = append(tokens, t)
		i, nearEnd = t.end, t.end
		if isOrgan && !isPost {
			if m, ok := d.memberAt(f, organ); ok {
				tokens = append(tokens, token{kind: tokenName, field: f, span: m.span, name: m.name, member: true})
				i, nearEnd = m.end, m.end
			}
		}
		if isPost {
			names := d.namesAfter(f, t.end)
			if t.post.title.Class == lexicon.TitleOld {
				names = annalsList(f, t.end)
			}
			if len(names) == 0 && !isOrgan && !f.boundary(t.start) {
				tokens = tokens[:len(tokens)-1] // 主任 inside a word
			}
			tokens = append(tokens, names...)
			if n := len(names); n > 0 {
				i, nearEnd = names[n-1].end, names[n-1].end
			}
		}
	}
	if d.room = tokens; len(tokens) == 0 {
		return nil
	}
	return slices.Clone(tokens)
}

// dependent are characters that begin what depends on what was named before it: 镇政府, 办事处, 该公司.
var dependent = trie.NewRunes("省市区县旗州盟镇乡街办苏党管公村社该学银集")

// newlyNamed reports whether an organ may begin at a place where the first pass found none: a short form that the text
// defines, a name that another article gives in full, or one that depends on what was named before it.
func (d *document) newlyNamed(f *field, i int) bool {
	if dependent.Has(f.text[i]) {
		return true
	}
	if _, ok := d.definedAt(f, i); ok {
		return true
	}
	_, ok := d.shortLocal(f, i)
	return ok
}

// disown takes the jurisdiction from a post whose level stands behind a name that no table knows: 高平省委书记 is not of the
// document's province. The name becomes part of the post as written.
func (d *document) disown(f *field, p *postMention) {
	if n := f.suffixIn(p.start, otherPowers); n > 0 { // of the occupied county
		p.start -= n
		p.level, p.levelOnly, p.organ, p.stranger = reading.Jurisdiction{}, false, nil, true
		return
	}
	if f.at(p.start) == '军' && f.at(p.start-1) == '日' {
		p.start-- // 日军联队长: 日 ends no date
	}
	if !strings.ContainsRune("省市县区旗州", f.at(p.start)) || f.boundary(p.start) {
		return
	}
	for k := p.start - 1; k >= 0 && p.start-k <= 5; k-- {
		if !isHan(f.text[k]) || f.wordEnd[k+1] || strings.ContainsRune(notInPlace, f.text[k]) {
			return
		}
		if p.start-k < 2 || k > 0 && isHan(f.text[k-1]) || f.word[k] > 0 {
			continue
		}
		p.start = k
		p.level, p.levelOnly, p.organ = reading.Jurisdiction{}, false, nil
		p.stranger = true
		return
	}
}

// otherPowers stand before the posts of governments that are not the county's own of today.
var otherPowers = []string{"伪", "国民党", "汪伪", "日伪", "伪满", "民国", "北洋政府", "国民政府", "国民党政府"}

// notInPlace are characters that stand before a level and in no name of a place: 原县委书记, 我省省长, 以来县委.
const notInPlace = "原前现时任老新兼我该本各全两及来自从在到的了是有为请迎陪受经由被让对向给说称与和同届位名次个级党共中等"

// ownName returns the length of a name of the document's own divisions at i, 0 for none: nothing begins inside one.
func (d *document) ownName(f *field, i int) int {
	for _, n := range d.regions.names[f.at(i)] {
		if !n.bare && f.has(i, n.name) {
			return n.length
		}
	}
	return 0
}

// joins reports whether what stands between two tokens keeps them in one list.
func joins(f *field, from, to int) bool {
	switch to - from {
	case 0:
		return true
	case 1:
		return joiners.Has(f.text[from])
	case 2:
		return f.has(from, "以及")
	}
	return false
}

// joiners are the characters that join.
var joiners = trie.NewRunes("、和与及暨兼，； ")

// namesAfter reads the name right behind a post and those that are listed after it.
func (d *document) namesAfter(f *field, e int) []token {
	for {
		n := skipNote(f, e)
		if n == e {
			break
		}
		e = n
	}
	if f.at(e) == '有' || f.at(e) == '：' { // 副主任有赵永、钱进
		if m, ok := d.nameAt(f, e+1, false); ok && contextAt(f, m.end) == contextStrong && d.listEnds(f, m.end) {
			e++
		}
	}
	m, ok := d.nameAt(f, e, false)
	for skipped := 0; !ok && skipped < maxSkipped; skipped++ { // 副主席庆 某、李明
		if e = skipItem(f, e); e == 0 || d.startsOther(f, e) {
			return nil
		}
		m, ok = d.nameAt(f, e, true)
	}
	if !ok {
		return nil
	}
	return append([]token{{kind: tokenName, field: f, span: m.span, name: m.name, anchored: true}}, d.listAfter(f, m.end)...)
}

// listEnds reports whether what follows a name at e is a list or the end of a clause.
func (d *document) listEnds(f *field, e int) bool {
	r := f.at(e)
	return r == 0 || isComma(r) || isStop(r) || r == '；' || r == '等'
}

// memberAt reads a name that stands right behind the name of an organ. Only a list or a verb after it and its score show
// that it is one.
func (d *document) memberAt(f *field, o organMention) (nameMention, bool) {
	if o.unit != "" || o.form == "委" || o.organ.Type == graph.DeptGroup || f.word[o.end] > 0 {
		return nameMention{}, false
	}
	m, ok := d.nameAt(f, o.end, false)
	if !ok || contextAt(f, m.end) < contextWord || contextAt(f, m.end) == contextStrong && !strings.ContainsRune("、，等", f.at(m.end)) {
		return nameMention{}, false
	}
	if r := []rune(m.name); !d.taken(m.name) && (lexicon.NameLikePrefix(r) > 0 || strings.ContainsRune(functionSurnames, r[0]) || titleInside(r)) {
		return nameMention{}, false
	}
	score, _ := lexicon.NameScore([]rune(m.name))
	return m, d.taken(m.name) || score >= 2*lexicon.NameScoreLikely
}

// honoured reports whether a name stands behind a title of honour in quotation marks: “十佳青年”张某、李某.
func (d *document) honoured(f *field, i int) bool {
	m, ok := d.nameAt(f, i, false)
	return ok && d.passesAlone(m.name) && contextAt(f, m.end) >= contextWord && f.at(m.end) != '“'
}

// listJoins stand between the names of a list.
var listJoins = newWordSet("、", "以及", "和", "与", "及", " ", "　")

// listAfter reads the names that are listed behind a name which ends at e.
func (d *document) listAfter(f *field, e int) []token {
	var names []token
	for e = skipNote(f, e); ; e = skipNote(f, e) {
		sep := f.prefixIn(e, listJoins)
		if sep == 0 || d.startsOther(f, e+sep) {
			return names
		}
		next := e + sep
		m, ok := d.nameAt(f, next, true)
		for skipped := 0; !ok && skipped < maxSkipped; skipped++ { // one that cannot be read does not end the list
			if next = skipItem(f, next); next == 0 || d.startsOther(f, next) {
				return names
			}
			m, ok = d.nameAt(f, next, true)
		}
		if !ok {
			return names
		}
		e = m.end
		names = append(names, token{kind: tokenName, field: f, span: m.span, name: m.name, listed: true})
	}
}

// maxSkipped bounds how many items of a list in a row are passed over as names that cannot be read.
const maxSkipped = 2

// startsOther reports whether an organ or a post begins at i, so that no name can.
func (d *document) startsOther(f *field, i int) bool {
	if _, ok := d.organAt(f, i, reading.Jurisdiction{}); ok {
		return true
	}
	p, ok := d.postAt(f, i)
	return ok && (p.section == "" || len(d.namesAfterSection(f, p.end)) > 0)
}

func (d *document) namesAfterSection(f *field, e int) string {
	if m, ok := d.nameAt(f, e, false); ok {
		return m.name
	}
	return ""
}

// skipNote skips （兼）, （女，回族） and the like at e.
func skipNote(f *field, e int) int {
	open := f.at(e)
	if open != '（' && open != '(' {
		return e
	}
	for n := e + 1; n < len(f.text) && n-e <= 12; n++ {
		if c := f.text[n]; c == '）' || c == ')' {
			note := string(f.text[e+1 : n])
			for _, w := range []string{"兼", "女", "男", "族", "正县级", "副县级", "正科级", "副科级", "主持工作", "挂职", "右", "左", "中", "代", "月任", "保留", "正处级", "副处级", "副厅级", "正厅级"} {
				if strings.Contains(note, w) {
					return n + 1
				}
			}
			return e
		}
	}
	return e
}
