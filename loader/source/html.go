package source

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Web pages: what a reader of the page sees of its text, a block a line, a row of a table as | a | b |. Menus, lists of
// links and forms are left out; the page's title comes first where the text does not repeat it, and so does the day of
// publication that government pages keep in <meta name="PubDate">.

// lineAttr is the attribute that tells each element the line of the file that it begins on.
const lineAttr = "data-line-of-file"

// readHTML returns the lines of a decoded web page.
func readHTML(decoded []byte) ([]rawLine, error) {
	root, err := html.Parse(bytes.NewReader(numbered(decoded)))
	if err != nil {
		return nil, err
	}
	p := page{line: 1}
	p.walk(root)
	p.endLine()
	text := p.all.String()
	var head []rawLine
	if title := pageTitle(p.title); title != "" && !strings.Contains(squeeze(text), squeeze(title)) {
		head = append(head, rawLine{1, title})
	}
	if p.published != "" && !strings.Contains(text, "发布时间") && !strings.Contains(text, "发布日期") {
		head = append(head, rawLine{1, "发布时间：" + p.published})
	}
	return append(head, p.lines...), nil
}

// numbered writes its line into every start tag.
func numbered(b []byte) []byte {
	out := bytes.NewBuffer(make([]byte, 0, len(b)+len(b)/4))
	z := html.NewTokenizer(bytes.NewReader(b))
	line := 1
	for {
		kind := z.Next()
		raw := z.Raw()
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			end := len(raw) - 1
			if end > 0 && raw[end] == '>' {
				if raw[end-1] == '/' {
					end--
				}
				out.Write(raw[:end])
				out.WriteString(" " + lineAttr + `="` + strconv.Itoa(line) + `"`)
				out.Write(raw[end:])
				line += countLines(raw)
				continue
			}
		}
		out.Write(raw)
		line += countLines(raw)
		if kind == html.ErrorToken {
			return out.Bytes()
		}
	}
}

// countLines counts line ends as cutLine does.
func countLines(b []byte) int {
	return bytes.Count(b, []byte{'\n'}) + bytes.Count(b, []byte{'\r'}) - bytes.Count(b, []byte("\r\n"))
}

// page is one run over a web page.
type page struct {
	lines     []rawLine
	all       strings.Builder // what lines hold
	text      strings.Builder // of the line at hand
	start     int             // the line of the file that it begins on
	line      int             // of the file, of the element at hand
	title     string
	published string
}

// unseen elements show nothing that belongs to a text.
var unseen = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Nav: true, atom.Footer: true, atom.Aside: true,
	atom.Select: true, atom.Button: true, atom.Textarea: true, atom.Svg: true, atom.Iframe: true, atom.Object: true, atom.Audio: true,
	atom.Video: true, atom.Rt: true, atom.Rp: true, atom.Del: true,
}

// blocks stand on lines of their own.
var blocks = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Blockquote: true, atom.Body: true, atom.Br: true, atom.Caption: true, atom.Center: true,
	atom.Dd: true, atom.Div: true, atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true,
	atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true,
	atom.Hr: true, atom.Html: true, atom.Li: true, atom.Main: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true,
}

func (p *page) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		p.write(n.Data)
		return
	case html.ElementNode:
		p.at(n)
		switch {
		case n.DataAtom == atom.Title && p.title == "":
			p.title = textOf(n)
			return
		case n.DataAtom == atom.Meta:
			p.meta(n)
			return
		case unseen[n.DataAtom] || hidden(n) || isLinks(n):
			return
		case n.DataAtom == atom.Table && isData(n):
			p.endLine()
			p.table(n)
			return
		}
	}
	block := n.Type == html.ElementNode && blocks[n.DataAtom]
	if block {
		p.endLine()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling { // html.Parse bounds the depth
		p.walk(c)
	}
	if block {
		p.endLine()
	}
}

// at takes over the line of an element.
func (p *page) at(n *html.Node) {
	if line, err := strconv.Atoi(attr(n, lineAttr)); err == nil {
		p.line = line
	}
}

// meta takes over the day of publication, by the names that government pages use.
func (p *page) meta(n *html.Node) {
	switch strings.ToLower(attr(n, "name")) {
	case "pubdate", "publishdate", "others":
		content := strings.TrimSpace(attr(n, "content"))
		if day := content[:min(len(content), len("2006-01-02"))]; p.published == "" && isDay(day) {
			p.published = day
		}
	}
}

// isDay tells whether s is like 2021-01-20.
func isDay(s string) bool {
	if len(s) != len("2006-01-02") {
		return false
	}
	for i := range len(s) {
		if i == 4 || i == 7 {
			if s[i] != '-' && s[i] != '/' && s[i] != '.' {
				return false
			}
		} else if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// write adds text: what the page sets as one space is one, and none between characters of Chinese, where it is only the
// line break of a source.
func (p *page) write(s string) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isCollapsible(r) {
			if p.text.Len() == 0 {
				p.start = p.line + countLines([]byte(s[:i]))
			}
			p.text.WriteRune(r)
			i += size
			continue
		}
		end, newline := i, false
		for end < len(s) && isCollapsible(rune(s[end])) {
			newline = newline || s[end] == '\n' || s[end] == '\r'
			end++
		}
		before, _ := utf8.DecodeLastRuneInString(p.text.String())
		after, _ := utf8.DecodeRuneInString(s[end:])
		if p.text.Len() > 0 && !isCollapsible(before) && !(newline && isChinese(before) && (end == len(s) || isChinese(after))) {
			p.text.WriteByte(' ')
		}
		i = end
	}
}

// isCollapsible tells whether HTML makes a run of r one space; spaces of full width and those that do not break stay.
func isCollapsible(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

func isChinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。、；：？！“”‘’（）《》【】…—", r)
}

// endLine ends the line at hand, if anything stands on it.
func (p *page) endLine() {
	if s := strings.TrimRight(p.text.String(), " "); strings.TrimSpace(s) != "" {
		p.lines = append(p.lines, rawLine{max(p.start, 1), s})
		p.all.WriteString(s)
		p.all.WriteByte('\n')
	}
	p.text.Reset()
}

// table writes the rows of a table of data. A cell that spans columns or rows is followed by empty ones.
func (p *page) table(n *html.Node) {
	below := map[int]int{} // rows that the cell above still takes, by column
	const widest = 64
	for _, tr := range rows(n) {
		p.at(tr)
		var cells []string
		fill := func() {
			for below[len(cells)] > 0 && len(cells) < widest {
				below[len(cells)]--
				cells = append(cells, "")
			}
		}
		for td := tr.FirstChild; td != nil && len(cells) < widest; td = td.NextSibling {
			if td.DataAtom != atom.Td && td.DataAtom != atom.Th {
				continue
			}
			fill()
			down := span(td, "rowspan") - 1
			for k := range span(td, "colspan") {
				text := ""
				if k == 0 {
					text = strings.ReplaceAll(textOf(td), "|", "｜")
				}
				below[len(cells)] = down
				cells = append(cells, text)
			}
		}
		fill()
		if strings.Join(cells, "") != "" {
			row := rawLine{p.line, tableRow(cells)}
			p.lines = append(p.lines, row)
			p.all.WriteString(row.text + "\n")
		}
	}
}

// tableRow writes a row as Markdown does.
func tableRow(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }

func span(n *html.Node, name string) int {
	const most = 200
	k, err := strconv.Atoi(attr(n, name))
	if err != nil || k < 1 {
		return 1
	}
	return min(k, most)
}

// rows returns the rows of a table, not those of tables inside it.
func rows(n *html.Node) []*html.Node {
	var out []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			out = append(out, c)
		case atom.Tbody, atom.Thead, atom.Tfoot:
			out = append(out, rows(c)...)
		}
	}
	return out
}

// isData tells whether a table is one of data, not a means of setting the page: at least two rows with two cells or more,
// none of which holds a table, and most of which are short.
func isData(n *html.Node) bool {
	const short = 200 // code points
	wide, cells, long := 0, 0, 0
	for _, tr := range rows(n) {
		k := 0
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			if td.DataAtom != atom.Td && td.DataAtom != atom.Th {
				continue
			}
			k++
			cells++
			if holds(td, atom.Table) {
				return false
			}
			if utf8.RuneCountInString(textOf(td)) > short {
				long++
			}
		}
		if k >= 2 {
			wide++
		}
	}
	return wide >= 2 && 2*long < cells
}

func holds(n *html.Node, a atom.Atom) bool {
	for d := range n.Descendants() {
		if d.DataAtom == a {
			return true
		}
	}
	return false
}

// isLinks tells whether a list, a division or a paragraph is a menu: three links or more, which are nearly all its text.
func isLinks(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Div, atom.P, atom.Dl, atom.Td:
	default:
		return false
	}
	links, inside, all := 0, 0, 0
	var count func(n *html.Node, link bool) bool
	count = func(n *html.Node, link bool) bool {
		if n.Type == html.TextNode {
			k := utf8.RuneCountInString(strings.TrimSpace(n.Data))
			all += k
			if link {
				inside += k
			}
			return all-inside <= 120 // more text than any menu has beside its links: not worth counting on
		}
		if n.DataAtom == atom.A && attr(n, "href") != "" {
			links++
			link = true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if !unseen[c.DataAtom] && !count(c, link) {
				return false
			}
		}
		return true
	}
	return count(n, false) && links >= 3 && 5*inside >= 4*all
}

func hidden(n *html.Node) bool {
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return strings.Contains(style, "display:none")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf returns the text below a node in one line.
func textOf(n *html.Node) string {
	var p page
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
	p.endLine()
	parts := make([]string, len(p.lines))
	for i, l := range p.lines {
		parts[i] = strings.TrimSpace(l.text)
	}
	return strings.Join(parts, " ")
}

// pageTitle returns the title of the text in the title of a page: 云河区2021年大事记_云河区人民政府.
func pageTitle(s string) string {
	s, _, _ = strings.Cut(s, "_")
	s, _, _ = strings.Cut(s, "|")
	for _, sep := range []string{" - ", "－", "--", "——"} {
		s, _, _ = strings.Cut(s, sep)
	}
	if s = strings.TrimSpace(s); strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return s
	}
	return ""
}

// squeeze takes out all spaces.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
