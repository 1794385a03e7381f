package web_test

import (
	"errors"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"fangzhi/web"
)

func TestStartPageSaysWhatIsLoaded(t *testing.T) {
	page := mustStart(t, web.Summary{
		Events: 1234567, Officials: 412, Departments: 99, Locations: 1000, Issues: 13,
		FirstDay: "2019-12-03", LastDay: "2021-01-28",
		Publications: []web.PublicationLine{
			{Title: "云河区大事月报", Issues: 12, Events: 1240, FirstLabel: "2020年1月（总第88期）", LastLabel: "2020年12月（总第99期）"},
			{Title: "澜州市年鉴", Issues: 1, Events: 11105, FirstLabel: "2020年", LastLabel: "2020年"},
		},
		Version: "v0.1.0",
	})
	for _, want := range []string{
		"1,234,567<small>条", "412<small>人", "99<small>个", "1,000<small>处", "13<small>期",
		"2019年12月3日 至 2021年1月28日",
		"<td>云河区大事月报</td><td>2020年1月（总第88期） 至 2020年12月（总第99期）</td><td class=\"number\">12</td><td class=\"number\">1,240</td>",
		"<td>澜州市年鉴</td><td>2020年</td>",
		`href="playground"`, "方志 v0.1.0。",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("start page lacks %q", want)
		}
	}
	for _, not := range []string{"还没有资料", "--demo", "这是示例", "<script"} {
		if strings.Contains(page, not) {
			t.Errorf("start page of a loaded graph says %q", not)
		}
	}
}

func TestStartPageOfAnEmptyGraphSaysHowToLoad(t *testing.T) {
	page := mustStart(t, web.Summary{})
	for _, want := range []string{"还没有资料", "fangzhi load", "fangzhi serve --demo", `href="playground"`} {
		if !strings.Contains(page, want) {
			t.Errorf("start page of an empty graph lacks %q", want)
		}
	}
	for _, not := range []string{"库中资料", "大事的日期", "<table"} {
		if strings.Contains(page, not) {
			t.Errorf("start page of an empty graph says %q", not)
		}
	}
}

func TestStartPageOfUndatedEventsNamesNoDay(t *testing.T) {
	page := mustStart(t, web.Summary{Events: 3, Issues: 1})
	if strings.Contains(page, "大事的日期") {
		t.Error("no event is dated, but the page speaks of days")
	}
}

func TestStartPageOfADemo(t *testing.T) {
	if page := mustStart(t, web.Summary{Events: 3, Issues: 1, Demo: true}); !strings.Contains(page, "这是示例") {
		t.Error("the page does not say that the graph goes at exit")
	}
}

func TestStartPageOffersAQuery(t *testing.T) {
	for _, tt := range []struct{ name, given, want string }{
		{"of its own", "", web.FirstQuery},
		{"the caller's", "# 一\n{ publications { title } }\n", "# 一\n{ publications { title } }\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			page := mustStart(t, web.Summary{FirstQuery: tt.given})
			if shown := html.UnescapeString(page); !strings.Contains(shown, "<pre tabindex=\"0\">\n"+tt.want+"</pre>") {
				t.Errorf("the page does not show %q", tt.want)
			}
			link := regexp.MustCompile(`href="graphql\?query=([^"]*)"`).FindStringSubmatch(page)
			if link == nil {
				t.Fatal("the page has no link to the answer")
			}
			if got, err := url.QueryUnescape(html.UnescapeString(link[1])); err != nil || got != tt.want {
				t.Errorf("the link asks %q (%v), want %q", got, err, tt.want)
			}
		})
	}
}

// A chronicle's title is whatever stands on its first line; it must never become a part of the page.
func TestStartPageEscapesEverything(t *testing.T) {
	hostile := []string{
		`<script>alert(1)</script>`,
		`"><img src=x onerror=alert(1)>`,
		`</pre></td></table></style><svg onload=alert(1)>`,
		`javascript:alert(1)`,
		`' onmouseover='alert(1)`,
		`{{.Version}}&lt;b&gt;<!--`,
	}
	calm := mustStart(t, web.Summary{
		Events: 1, Issues: 1, FirstDay: "a", LastDay: "b", Version: "c", FirstQuery: "d",
		Publications: []web.PublicationLine{{Title: "e", FirstLabel: "f", LastLabel: "g"}},
	})
	tags := regexp.MustCompile(`<[a-zA-Z/!][^>]*>`)
	for _, bad := range hostile {
		page := mustStart(t, web.Summary{
			Events: 1, Issues: 1, FirstDay: bad, LastDay: bad + "2", Version: bad, FirstQuery: bad,
			Publications: []web.PublicationLine{{Title: bad, FirstLabel: bad, LastLabel: bad + "2"}},
		})
		withoutQuery := func(page string) []string {
			return tags.FindAllString(regexp.MustCompile(`\?query=[^"]*"`).ReplaceAllString(page, `?query="`), -1)
		}
		got, want := withoutQuery(page), withoutQuery(calm)
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%q changes the page's elements: %d, want %d:\n%s", bad, len(got), len(want), strings.Join(got, "\n"))
		}
		if n := strings.Count(html.UnescapeString(page), bad); n < 6 { // day, day, title, two labels, query, version
			t.Errorf("%q is shown %d times, want at least 6", bad, n)
		}
	}
}

func TestStartPageReturnsTheWritersError(t *testing.T) {
	gone := errors.New("reader has gone")
	if err := web.StartPage(failingWriter{gone}, web.Summary{}); !errors.Is(err, gone) {
		t.Errorf("StartPage: %v, want %v", err, gone)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func mustStart(t *testing.T, s web.Summary) string {
	t.Helper()
	var page strings.Builder
	if err := web.StartPage(&page, s); err != nil {
		t.Fatal(err)
	}
	return page.String()
}
