package web

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"time"
)

// FirstQuery is the query that the start page offers to paste: short, and never empty where anything dated is loaded.
const FirstQuery = `# 最近的十条大事
{
  timeline(filter: {dated: true}, order: DESC, first: 10) {
    totalCount
    nodes {
      date { edtf }
      title
      officials { title official { name } }
      citation
    }
  }
}
`

// A Summary is what the start page says of the graph. The zero Summary is an empty graph.
type Summary struct {
	Events, Officials, Departments, Locations, Issues int

	// FirstDay and LastDay bound the dated events, as YYYY-MM-DD; "" where no event is dated.
	FirstDay, LastDay string
	Publications      []PublicationLine
	FirstQuery        string // a query to paste; "" for the constant FirstQuery
	Demo              bool   // the bundled samples in a graph that goes at exit
	Version           string // of the program; "" is not shown
}

// A PublicationLine is one publication's row of the start page.
type PublicationLine struct {
	Title                 string
	Issues, Events        int
	FirstLabel, LastLabel string // of its first and last issue as printed: 2021年1月（总第100期）; may be ""
}

// Empty reports whether nothing has been loaded.
func (s Summary) Empty() bool { return s.Issues == 0 && s.Events == 0 }

//go:embed start.html
var startHTML string

var startPage = template.Must(template.New("start").Funcs(template.FuncMap{
	"count": count,
	"day":   day,
}).Parse(startHTML))

// StartPage writes the page at /: what is loaded, what fangzhi is in a sentence, a query to begin with and the way to
// the playground. It has no script and reads without a style sheet. All texts of s are escaped. Its errors are w's; where
// writing the page itself fails, nothing has been written.
func StartPage(w io.Writer, s Summary) error {
	if s.FirstQuery == "" {
		s.FirstQuery = FirstQuery
	}
	var page bytes.Buffer
	if err := startPage.Execute(&page, s); err != nil {
		return fmt.Errorf("write start page: %w", err)
	}
	_, err := w.Write(page.Bytes())
	return err
}

// count prints n with commas between thousands: 12,345.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// day prints YYYY-MM-DD as 2020年12月4日; whatever else it is given comes back as it stands.
func day(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return t.Format("2006年1月2日")
}
