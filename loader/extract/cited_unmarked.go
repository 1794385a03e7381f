package extract

import (
	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// citeNumber keeps a paper that the text gives by its number, with the title without marks that stands beside it.
func (c *citations) citeNumber(n span) {
	number := string(c.own[n.start:n.end])
	key := "\x00" + titleKey(string(c.text[n.start:n.end]))
	if at, ok := c.byTitle[key]; ok {
		c.found[at].Evidence = append(c.found[at].Evidence, c.evidence(n))
		return
	}
	if r := c.text[n.start]; r == '[' || r == '〔' || r == '［' {
		return // 〔2003〕5号 of nobody
	}
	d := reading.CitedDocument{Rule: ruleNumber, CitedDocument: graph.CitedDocument{Number: number}}
	if t := c.unmarked(n); !t.empty() {
		d.Rule, d.Title = ruleUnmarked, string(c.own[t.start:t.end])
		d.Evidence = append(d.Evidence, c.evidence(t))
		c.byTitle[titleKey(string(c.text[t.start:t.end]))] = len(c.found)
	}
	d.Evidence = append(d.Evidence, c.evidence(n))
	c.byTitle[key] = len(c.found)
	c.found = append(c.found, d)
}

// maxUnmarked bounds a title without marks, in code points.
const maxUnmarked = 60

// unmarked returns the title 关于…的通知 right before the brackets around a number, or close behind the number; empty for none.
func (c *citations) unmarked(n span) span {
	end := n.start
	for end > 0 && (c.text[end-1] == '（' || c.text[end-1] == '(' || isSpace(c.text[end-1])) {
		end--
	}
	if end < n.start && lexicon.DocumentKind.Ends(c.text[max(0, end-4):end]) > 0 {
		for j := end - 2; j >= 0 && end-j < maxUnmarked; j-- {
			switch c.text[j] {
			case '。', '；', '\n', '《', '》', '）':
				return span{}
			}
			if figureWord(c.text, j, "关于") {
				return span{j, end}
			}
		}
		return span{}
	}
	for j := n.end; j < len(c.text) && j-n.end < 10; j++ {
		switch c.text[j] {
		case '。', '；', '\n', '《', '》', '）', '，':
			return span{}
		}
		if !figureWord(c.text, j, "关于") {
			continue
		}
		for e := j + 4; e < len(c.text) && e-j < maxUnmarked; e++ {
			switch c.text[e] {
			case '。', '；', '\n', '《', '》', '，', '）':
				return span{}
			}
			if c.text[e] == '的' {
				if k := lexicon.DocumentKind.In(c.text[e+1:]); k > 0 && !isHan(c.at(e+1+k)) {
					return span{j, e + 1 + k}
				}
			}
		}
	}
	return span{}
}
