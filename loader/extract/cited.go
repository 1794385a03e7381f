package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// Rules of cited documents, as reading.CitedDocument.Rule names them.
const (
	ruleNumbered = "numbered"     // 《…》（豫政办〔2019〕5号）
	ruleKind     = "kind"         // 《…条例》: what the title ends in
	ruleContext  = "context"      // 学习《…》, 印发《…》: what stands before it
	ruleUnmarked = "unmarked"     // 关于…的通知（豫政办〔2019〕5号）
	ruleNumber   = "number-alone" // 泽府函〔2019〕88号
)

// Cited finds the texts that an article cites by title or number: laws, papers, plans, treaties, in text order, those of the title
// last. A text is given once, with all places where it stands as evidence; how the article goes on to call it (《建议》,
// 以下简称《规划》) is its ShortTitle and no other text.
//
// Plays, songs, films, books, newspapers and the titles of talks are not cited. The same article gives the same documents; no
// text makes Cited fail.
func Cited(body, title string) []reading.CitedDocument {
	c := &citations{byTitle: map[string]int{}, byEnding: map[string]int{}}
	c.read(graph.FieldBody, body)
	c.read(graph.FieldTitle, title)
	slices.SortStableFunc(c.found, func(a, b reading.CitedDocument) int {
		x, y := a.Evidence[0], b.Evidence[0]
		if x.Field != y.Field {
			return strings.Compare(string(x.Field), string(y.Field)) // BODY before TITLE
		}
		return x.Start - y.Start
	})
	return c.found
}

// citations reads one article.
type citations struct {
	field graph.EvidenceField
	// text is in simplified characters, own as the article has it; offsets are the same.
	text, own []rune
	// numbers are those of papers in text order, used those that belong to a title.
	numbers []span
	used    []bool
	found   []reading.CitedDocument
	// byTitle holds the index in found by full and short titles and by numbers, without spaces and inner marks.
	byTitle map[string]int
	// byEnding holds it by what full titles end in.
	byEnding map[string]int
}

// citeMarks are what encloses the title of a document, or its number's year.
var citeMarks = trie.NewRunes("《〔[［（(﹝")

func (c *citations) read(field graph.EvidenceField, text string) {
	if !strings.ContainsFunc(text, citeMarks.Has) {
		return
	}
	c.field = field
	c.own, c.text = plainText(text)
	c.numbers = docNumbers(c.text)
	c.used = make([]bool, len(c.numbers))
	marks := titleMarks(c.text)
	for i := range marks {
		c.attach(marks, i)
	}
	for i := 0; i < len(marks); {
		j := i + 1
		for j < len(marks) && c.joined(marks[j-1].tail, marks[j].start) {
			j++
		}
		for k := i; k < j; k++ {
			if !marks[k].consumed {
				c.cite(marks[k], marks[i].start, marks[j-1].tail)
			}
		}
		i = j
	}
	for i, n := range c.numbers {
		if !c.used[i] {
			c.citeNumber(n)
		}
	}
}

func (c *citations) at(i int) rune {
	if i < 0 || i >= len(c.text) {
		return 0
	}
	return c.text[i]
}

func (c *citations) evidence(s span) graph.Evidence {
	return graph.Evidence{Field: c.field, Start: s.start, End: s.end, Text: string(c.own[s.start:s.end])}
}

// titleKey makes titles equal that differ in spaces and inner marks.
func titleKey(title string) string {
	return strings.Map(func(r rune) rune {
		if isSpace(r) || r == '《' || r == '》' || r == '〈' || r == '〉' {
			return -1
		}
		return r
	}, title)
}

// cite keeps the text of a mark, or adds its place to one that is known. left and right bound the list that it stands in.
func (c *citations) cite(m mark, left, right int) {
	title := string(c.own[m.start+1 : m.end-1])
	key := titleKey(string(c.text[m.start+1 : m.end-1]))
	if key == "" {
		return
	}
	if at, ok := c.byTitle[key]; ok {
		c.again(at, m)
		return
	}
	if at, ok := c.byEnding[key]; ok {
		c.again(at, m)
		return
	}
	if short, ok := strings.CutPrefix(key, "中华人民共和国"); ok {
		if at, ok := c.byTitle[short]; ok && titleKey(c.found[at].Title) == short {
			d := &c.found[at]
			d.ShortTitle, d.Title = d.Title, title
			c.byTitle[key] = at
			c.again(at, m)
			return
		}
	}
	rule := c.verdict(m, left, right)
	if rule == "" {
		return
	}
	if bare := c.bare(m); rule == ruleKind && lexicon.DocumentShort.Ends(bare) == len(bare) && !c.signed(left, len(bare)) {
		return // 《意见》, of a text that the article does not name
	}
	at := len(c.found)
	c.found = append(c.found, reading.CitedDocument{Rule: rule, CitedDocument: graph.CitedDocument{Title: title}})
	c.byTitle[key] = at
	c.addEndings(at, key)
	c.again(at, m)
}

// signed tells whether a short title of n code points is all the name that a text has: 签订《合作协议》, 作《工作报告》.
func (c *citations) signed(left, n int) bool {
	before := trimParticle(trimEnd(c.text[c.clause(left):left]))
	for _, w := range []string{"签订", "签署", "签定", "递交", "订立", "签"} {
		if figureWordBefore(before, len(before), w) {
			return true
		}
	}
	return n >= 4 && lexicon.DocumentCite.Ends(before) > 1
}

// maxEnding bounds what a text may be called by the end of its title, in code points.
const maxEnding = 24

// addEndings notes what the article may call the text by: 《建议》 after 《…关于制定…的建议》, 《食品安全法》 after
// 《中华人民共和国食品安全法》. What several titles end in is the last of them.
func (c *citations) addEndings(at int, key string) {
	title := []rune(key)
	for n := 2; n < len(title) && n <= maxEnding; n++ {
		c.byEnding[string(title[len(title)-n:])] = at
	}
}

// again adds a place to a text, and the number and the short title that stand there.
func (c *citations) again(at int, m mark) {
	d := &c.found[at]
	title := string(c.own[m.start+1 : m.end-1])
	d.Evidence = append(d.Evidence, c.evidence(m.span))
	if d.ShortTitle == "" && titleKey(title) != titleKey(d.Title) {
		d.ShortTitle = title
	}
	if !m.short.empty() {
		d.ShortTitle = string(c.own[m.short.start:m.short.end])
		c.byTitle[titleKey(string(c.text[m.short.start:m.short.end]))] = at
	}
	if !m.number.empty() && d.Number == "" {
		d.Number = string(c.own[m.number.start:m.number.end])
		d.Evidence = append(d.Evidence, c.evidence(m.number))
		c.byTitle["\x00"+titleKey(string(c.text[m.number.start:m.number.end]))] = at
	}
}
