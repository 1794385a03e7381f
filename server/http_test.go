package server_test

import (
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/server"
)

const (
	mediaJSON     = "application/json"
	mediaResponse = "application/graphql-response+json"
)

// TestGraphQLOverHTTP is what the specification of that name and its audit suite ask of a server. data tells whether the
// answer has that key, errors whether it has this one; an answer with neither is no GraphQL.
func TestGraphQLOverHTTP(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	const (
		typename = `{"query":"{__typename}"}`
		good     = `{"data":{"__typename":"Query"}}`
	)
	for _, tt := range []struct {
		name         string
		method, path string // POST to /graphql where they are ""
		body         string
		header       []string // a POST without a Content-Type among them is of mediaJSON
		status       int
		media        string // mediaJSON where it is ""
		want         string // the whole answer; "" where only its keys are compared
		data, errors bool
	}{
		// Media types of answers.
		{name: "22EB accepts graphql-response+json", body: typename, header: []string{"Accept", mediaResponse}, status: 200, media: mediaResponse, want: good},
		{name: "4655 accepts json", body: typename, header: []string{"Accept", mediaJSON}, status: 200, want: good},
		{name: "47DE json for */*", body: typename, header: []string{"Accept", "*/*"}, status: 200, want: good},
		{name: "80D8 json for no Accept", body: typename, status: 200, want: good},
		{name: "json for application/*", body: typename, header: []string{"Accept", "application/*"}, status: 200, want: good},
		{name: "json for a browser", path: "/graphql?query={__typename}", method: "GET",
			header: []string{"Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"}, status: 200, want: good},
		{name: "the better by quality", body: typename, header: []string{"Accept", mediaResponse + ";q=0.5, " + mediaJSON}, status: 200, want: good},
		{name: "graphql-response+json of equals", body: typename, header: []string{"Accept", mediaJSON + ", " + mediaResponse}, status: 200, media: mediaResponse, want: good},
		{name: "as urql asks", body: typename, header: []string{"Accept", mediaResponse + ", application/graphql+json, application/json, text/event-stream, multipart/mixed"},
			status: 200, media: mediaResponse, want: good},
		{name: "two lines of Accept", body: typename, header: []string{"Accept", "text/html", "Accept", mediaResponse}, status: 200, media: mediaResponse, want: good},
		{name: "a charset in Accept", body: typename, header: []string{"Accept", mediaResponse + "; charset=utf-8"}, status: 200, media: mediaResponse, want: good},
		{name: "406 for what cannot be answered", body: typename, header: []string{"Accept", "text/html"}, status: 406, errors: true},
		{name: "406 where all is refused", body: typename, header: []string{"Accept", mediaJSON + ";q=0"}, status: 406, errors: true},
		{name: "json;q=0 is not taken by */*", body: typename, header: []string{"Accept", mediaJSON + ";q=0, */*"}, status: 200, media: mediaResponse, want: good},

		// Bodies.
		{name: "2C94 POST", body: typename, status: 200, want: good},
		{name: "03D4 POST json", body: typename, header: []string{"Content-Type", mediaJSON}, status: 200, want: good},
		{name: "BF61 POST utf-8", body: typename, header: []string{"Content-Type", mediaJSON + "; charset=utf-8"}, status: 200, want: good},
		{name: "POST UTF-8 in capitals", body: typename, header: []string{"Content-Type", "Application/JSON; charset=UTF-8"}, status: 200, want: good},
		{name: "78D5 utf-8 where nothing is said", body: `{"query":"query 问 {__typename}"}`, status: 200, errors: true},
		{name: "characters beyond ASCII", body: `{"query":"query($q:String!){search(query:$q){totalCount}}","variables":{"q":"云河区"}}`, status: 200, want: `{"data":{"search":{"totalCount":1}}}`},
		{name: "POST of another charset", body: typename, header: []string{"Content-Type", mediaJSON + "; charset=gbk"}, status: 415, errors: true},
		{name: "9ABE POST without a type", body: typename, header: []string{"Content-Type", ""}, status: 415, errors: true},
		{name: "POST of a form", body: "query={__typename}", header: []string{"Content-Type", "application/x-www-form-urlencoded"}, status: 415, errors: true},
		{name: "POST as pages of other hosts may without asking", body: typename, header: []string{"Content-Type", "text/plain"}, status: 415, errors: true},
		{name: "POST multipart", body: "--x--", header: []string{"Content-Type", "multipart/form-data; boundary=x"}, status: 415, errors: true},
		{name: "POST of a bare query", body: "{__typename}", header: []string{"Content-Type", "application/graphql"}, status: 415, errors: true},
		{name: "POST of a type that is none", body: typename, header: []string{"Content-Type", ";"}, status: 415, errors: true},
		{name: "POST compressed", body: typename, header: []string{"Content-Encoding", "gzip"}, status: 415, errors: true},
		{name: "A5BF 400 for no body", body: "", status: 400, errors: true},
		{name: "B6DC 400 for what is no JSON", body: `{ "not a JSON`, status: 400, errors: true},
		{name: "BCF8 400 for an array", body: `[` + typename + `]`, status: 400, errors: true},
		{name: "400 for a string", body: `"{__typename}"`, status: 400, errors: true},
		{name: "400 for null", body: `null`, status: 400, errors: true},
		{name: "400 for bytes after the value", body: typename + `{}`, status: 400, errors: true},
		{name: "spaces after the value", body: typename + " \n", status: 200, want: good},
		{name: "a field that nobody knows", body: `{"query":"{__typename}","id":1}`, status: 200, want: good},

		// Parameters.
		{name: "423L 400 for no query", body: `{}`, status: 400, errors: true},
		{name: "400 for an empty query", body: `{"query":""}`, status: 400, errors: true},
		{name: "400 for a null query", body: `{"query":null}`, status: 400, errors: true},
		{name: "LKJ0 400 for an object", body: `{"query":{"name":"value"}}`, status: 400, errors: true},
		{name: "LKJ1 400 for a number", body: `{"query":0}`, status: 400, errors: true},
		{name: "LKJ2 400 for a boolean", body: `{"query":false}`, status: 400, errors: true},
		{name: "LKJ3 400 for an array", body: `{"query":["array"]}`, status: 400, errors: true},
		{name: "34A2 a string", body: typename, header: []string{"Accept", mediaResponse}, status: 200, media: mediaResponse, want: good},
		{name: "6C00 400 for an object as operationName", body: `{"query":"{__typename}","operationName":{"name":"value"}}`, status: 400, errors: true},
		{name: "6C01 400 for a number as operationName", body: `{"query":"{__typename}","operationName":0}`, status: 400, errors: true},
		{name: "6C02 400 for a boolean as operationName", body: `{"query":"{__typename}","operationName":false}`, status: 400, errors: true},
		{name: "6C03 400 for an array as operationName", body: `{"query":"{__typename}","operationName":["array"]}`, status: 400, errors: true},
		{name: "8161 a string as operationName", body: `{"query":"query Q{__typename} query R{x:__typename}","operationName":"Q"}`, header: []string{"Accept", mediaResponse},
			status: 200, media: mediaResponse, want: good},
		{name: "B8B3 the same in json", body: `{"query":"query Q{__typename} query R{x:__typename}","operationName":"Q"}`, status: 200, want: good},
		{name: "94B0 null variables", body: `{"query":"{__typename}","variables":null}`, header: []string{"Accept", mediaResponse}, status: 200, media: mediaResponse, want: good},
		{name: "94B1 null operationName", body: `{"query":"{__typename}","operationName":null}`, header: []string{"Accept", mediaResponse}, status: 200, media: mediaResponse, want: good},
		{name: "94B2 null extensions", body: `{"query":"{__typename}","extensions":null}`, header: []string{"Accept", mediaResponse}, status: 200, media: mediaResponse, want: good},
		{name: "0220 to 0222 the same in json", body: `{"query":"{__typename}","variables":null,"operationName":null,"extensions":null}`, status: 200, want: good},
		{name: "4760 400 for a string as variables", body: `{"query":"{__typename}","variables":"string"}`, status: 400, errors: true},
		{name: "4761 400 for a number as variables", body: `{"query":"{__typename}","variables":0}`, status: 400, errors: true},
		{name: "4762 400 for a boolean as variables", body: `{"query":"{__typename}","variables":false}`, status: 400, errors: true},
		{name: "4763 400 for an array as variables", body: `{"query":"{__typename}","variables":["array"]}`, status: 400, errors: true},
		{name: "58B0 400 for a string as extensions", body: `{"query":"{__typename}","extensions":"string"}`, status: 400, errors: true},
		{name: "58B1 400 for a number as extensions", body: `{"query":"{__typename}","extensions":0}`, status: 400, errors: true},
		{name: "58B2 400 for a boolean as extensions", body: `{"query":"{__typename}","extensions":false}`, status: 400, errors: true},
		{name: "58B3 400 for an array as extensions", body: `{"query":"{__typename}","extensions":["array"]}`, status: 400, errors: true},
		{name: "28B9 a map as variables", body: `{"query":"query T($n:String!){__type(name:$n){name}}","variables":{"n":"Event"}}`, header: []string{"Accept", mediaResponse},
			status: 200, media: mediaResponse, want: `{"data":{"__type":{"name":"Event"}}}`},
		{name: "1B7A a map as extensions", body: `{"query":"{__typename}","extensions":{"some":"value"}}`, status: 200, want: good},
		{name: "variables nested 31 deep", body: `{"query":"{__typename}","variables":` + strings.Repeat(`{"a":`, 31) + `1` + strings.Repeat(`}`, 31) + `}`, status: 200, want: good},
		{name: "400 for variables nested 32 deep", body: `{"query":"{__typename}","variables":` + strings.Repeat(`{"a":`, 32) + `1` + strings.Repeat(`}`, 32) + `}`, status: 400, errors: true},
		{name: "400 for a tower of brackets", body: strings.Repeat(`[`, 4000), status: 400, errors: true},
		{name: "brackets in strings are none", body: `{"query":"{__typename}","variables":{"a":"` + strings.Repeat(`[{\"`, 40) + `"}}`, status: 200, want: good},

		// Errors of parsing, validation and coercion: 200 and no data in json, 400 in graphql-response+json.
		{name: "572B document that does not parse", body: `{"query":"{"}`, status: 200, errors: true},
		{name: "60AA, 2163, 556A the same in graphql-response+json", body: `{"query":"{"}`, header: []string{"Accept", mediaResponse}, status: 400, media: mediaResponse, errors: true},
		{name: "FDE2 document that is not valid", body: `{"query":"{nowhere}"}`, status: 200, errors: true},
		{name: "3E36, 865D, D586 the same in graphql-response+json", body: `{"query":"{nowhere}"}`, header: []string{"Accept", mediaResponse}, status: 400, media: mediaResponse, errors: true},
		{name: "7B9B variable that cannot be coerced", body: `{"query":"query($n:String!){__type(name:$n){name}}","variables":{"n":1}}`, status: 200, errors: true},
		{name: "86EE, 51FE the same in graphql-response+json", body: `{"query":"query($n:String!){__type(name:$n){name}}","variables":{"n":1}}`,
			header: []string{"Accept", mediaResponse}, status: 400, media: mediaResponse, errors: true},
		{name: "74FF variable that is missing", body: `{"query":"query($n:String!){__type(name:$n){name}}"}`, header: []string{"Accept", mediaResponse}, status: 400, media: mediaResponse, errors: true},
		{name: "5E5B operation that is not there", body: `{"query":"query Q{__typename}","operationName":"R"}`, header: []string{"Accept", mediaResponse}, status: 400, media: mediaResponse, errors: true},
		{name: "several operations and no name", body: `{"query":"query Q{__typename} query R{__typename}"}`, header: []string{"Accept", mediaResponse}, status: 400, media: mediaResponse, errors: true},
		{name: "no operation", body: `{"query":"fragment F on Event {title}"}`, header: []string{"Accept", mediaResponse}, status: 400, media: mediaResponse, errors: true},
		{name: "a mutation, which there is none of", body: `{"query":"mutation{undo(correction:1){id}}"}`, status: 200, errors: true},
		{name: "a subscription", body: `{"query":"subscription{x}"}`, status: 200, errors: true},
		{name: "an error of execution has data", body: `{"query":"{official{name} __typename}"}`, header: []string{"Accept", mediaResponse}, status: 200, media: mediaResponse, data: true, errors: true},
		{name: "an error up to the root has data null", body: `{"query":"{timeline(first:1000){totalCount}}"}`, header: []string{"Accept", mediaResponse}, status: 200, media: mediaResponse, data: true, errors: true},

		// GET.
		{name: "5A70 GET", method: "GET", path: "/graphql?query={__typename}", status: 200, want: good},
		{name: "GET in graphql-response+json", method: "GET", path: "/graphql?query={__typename}", header: []string{"Accept", mediaResponse}, status: 200, media: mediaResponse, want: good},
		{name: "2EA1, D6D5 GET with variables", method: "GET", path: "/graphql?query=" + url.QueryEscape("query T($n:String!){__type(name:$n){name}}") + "&variables=" + url.QueryEscape(`{"n":"Issue"}`),
			status: 200, want: `{"data":{"__type":{"name":"Issue"}}}`},
		{name: "GET with an operationName", method: "GET", path: "/graphql?query=" + url.QueryEscape("query Q{__typename} query R{x:__typename}") + "&operationName=Q", status: 200, want: good},
		{name: "GET with empty parameters", method: "GET", path: "/graphql?query={__typename}&variables=&operationName=&extensions=", status: 200, want: good},
		{name: "GET with extensions", method: "GET", path: "/graphql?query={__typename}&extensions=" + url.QueryEscape(`{"a":1}`), status: 200, want: good},
		{name: "GET with variables that are no object", method: "GET", path: "/graphql?query={__typename}&variables=1", status: 400, errors: true},
		{name: "GET with extensions that are no JSON", method: "GET", path: "/graphql?query={__typename}&extensions=x", status: 400, errors: true},
		{name: "GET without a query", method: "GET", path: "/graphql", status: 400, errors: true},
		{name: "9C48 GET of a mutation", method: "GET", path: "/graphql?query=mutation{x}", header: []string{"Accept", mediaResponse}, status: 400, media: mediaResponse, errors: true},
		{name: "GET that is too long", method: "GET", path: "/graphql?query=" + strings.Repeat("x", 256<<10), status: 414, errors: true},

		// Other methods.
		{name: "PUT", method: "PUT", body: typename, status: 405, errors: true},
		{name: "DELETE", method: "DELETE", body: typename, status: 405, errors: true},
		{name: "PATCH", method: "PATCH", body: typename, status: 405, errors: true},
		{name: "QUERY", method: "QUERY", body: typename, status: 405, errors: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			method, path, media := tt.method, tt.path, tt.media
			if method == "" {
				method = http.MethodPost
			}
			if path == "" {
				path = "/graphql"
			}
			if media == "" {
				media = mediaJSON
			}
			header := tt.header
			if !strings.Contains(strings.Join(header, "\n"), "Content-Type") && method == http.MethodPost {
				header = append([]string{"Content-Type", mediaJSON}, header...)
			}
			r := (&client{t, c.url}).do(method, path, tt.body, header...)
			if r.status != tt.status {
				t.Errorf("status %d, want %d: %s", r.status, tt.status, r.body)
			}
			got, parameters, err := mime.ParseMediaType(r.header.Get("Content-Type"))
			if err != nil || got != media || !strings.EqualFold(parameters["charset"], "utf-8") { // 82A3
				t.Errorf("Content-Type %q, want %s in UTF-8", r.header.Get("Content-Type"), media)
			}
			kept := "no-store"
			if method == http.MethodGet && tt.status == http.StatusOK && !tt.errors {
				kept = "private, no-cache"
			}
			for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cache-Control": kept, "Vary": "Accept"} {
				if got := r.header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			if tt.status == http.StatusMethodNotAllowed && r.header.Get("Allow") != "GET, POST, OPTIONS" {
				t.Errorf("405 with Allow %q", r.header.Get("Allow"))
			}
			if tt.want != "" {
				if diff := cmp.Diff(tt.want, strings.TrimSuffix(r.body, "\n")); diff != "" {
					t.Errorf("answer mismatch (-want +got):\n%s", diff)
				}
				return
			}
			var answer map[string]json.RawMessage
			if err := json.Unmarshal([]byte(r.body), &answer); err != nil {
				t.Fatalf("%v: %s", err, r.body)
			}
			_, data := answer["data"]
			_, errs := answer["errors"]
			if data != tt.data || errs != tt.errors {
				t.Errorf("data %t, errors %t, want %t, %t: %s", data, errs, tt.data, tt.errors, r.body)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	r := c.do(http.MethodOptions, "/graphql", "", "Accept", "text/plain")
	if r.status != http.StatusNoContent || r.header.Get("Allow") != "GET, POST, OPTIONS" || r.body != "" {
		t.Errorf("OPTIONS: %d, Allow %q, body %q", r.status, r.header.Get("Allow"), r.body)
	}
	if r := c.do(http.MethodHead, "/graphql", ""); r.status != http.StatusMethodNotAllowed {
		t.Errorf("HEAD: %d", r.status)
	}
}

// What a request brings comes back in no answer to it that is not a query's own.
func TestBodyIsNeverEchoed(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	const secret = "秘密secret"
	for name, body := range map[string]string{
		"no JSON":      secret,
		"wrong type":   `{"query":["` + secret + `"]}`,
		"unknown":      `{"` + secret + `":1}`,
		"bytes behind": `{"query":"{__typename}"}` + secret,
		"variables":    `{"query":"{__typename}","variables":"` + secret + `"}`,
	} {
		if r := c.do(http.MethodPost, "/graphql", body, "Content-Type", mediaJSON); r.status != http.StatusBadRequest || strings.Contains(r.body, "secret") {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
}

// A server answers to its own names alone, so that no foreign page can have a name of its own point here.
func TestForeignHosts(t *testing.T) {
	store := newGraph(t)
	local := newClient(t, server.Config{Store: store, AllowHosts: []string{"chronicle.example.org"}})
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "LOCALHOST": 200, "127.0.0.1": 200, "127.0.0.2:1": 200, "[::1]": 200, "[::1]:8080": 200,
		"chronicle.example.org": 200, "Chronicle.Example.org:443": 200,
		"evil.example.org": 421, "chronicle.example.org.evil.example.org": 421, "localhost.evil.example.org": 421, "192.0.2.1": 421, "127.0.0.1.evil.example.org:80": 421,
	} {
		for _, path := range []string{"/graphql?query={__typename}", "/", "/playground"} {
			if r := local.do(http.MethodGet, path, "", "Host", host); r.status != want {
				t.Errorf("Host %s, %s: %d, want %d", host, path, r.status, want)
			}
		}
	}
}

// A page of another origin may ask only where it is allowed to, and then it may read the answer.
func TestOtherOrigins(t *testing.T) {
	const friend, stranger = "https://dashboard.example.org", "https://evil.example.org"
	c := newClient(t, server.Config{Store: newGraph(t), AllowOrigins: []string{friend}})
	post := func(header ...string) response {
		return c.do(http.MethodPost, "/graphql", `{"query":"{__typename}"}`, append([]string{"Content-Type", mediaJSON}, header...)...)
	}
	for name, tt := range map[string]struct {
		header []string
		status int
		allow  string
	}{
		"no browser":                 {nil, 200, ""},
		"our own page":               {[]string{"Origin", c.url, "Sec-Fetch-Site", "same-origin"}, 200, ""},
		"our own page, old browser":  {[]string{"Origin", c.url}, 200, ""},
		"a stranger":                 {[]string{"Origin", stranger, "Sec-Fetch-Site", "cross-site"}, 403, ""},
		"a stranger, old browser":    {[]string{"Origin", stranger}, 403, ""},
		"a stranger on this machine": {[]string{"Origin", "http://127.0.0.1:1", "Sec-Fetch-Site", "same-site"}, 403, ""},
		"a sandboxed page":           {[]string{"Origin", "null", "Sec-Fetch-Site", "cross-site"}, 403, ""},
		"a friend":                   {[]string{"Origin", friend, "Sec-Fetch-Site", "cross-site"}, 200, friend},
	} {
		r := post(tt.header...)
		if got := r.header.Get("Access-Control-Allow-Origin"); r.status != tt.status || got != tt.allow {
			t.Errorf("%s: %d, Access-Control-Allow-Origin %q, want %d, %q", name, r.status, got, tt.status, tt.allow)
		}
		if vary := strings.Join(r.header.Values("Vary"), ", "); r.status == 200 && vary != "Origin, Accept" {
			t.Errorf("%s: Vary %q", name, vary)
		}
	}

	// A GET may be sent by any page; only a friend's browser lets it read the answer.
	if r := c.do(http.MethodGet, "/graphql?query={__typename}", "", "Origin", stranger); r.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("a stranger may read a GET")
	}
	preflight := []string{"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type", "Sec-Fetch-Site", "cross-site"}
	r := c.do(http.MethodOptions, "/graphql", "", append(preflight, "Origin", friend)...)
	got := []string{r.header.Get("Access-Control-Allow-Origin"), r.header.Get("Access-Control-Allow-Methods"), r.header.Get("Access-Control-Allow-Headers")}
	if diff := cmp.Diff([]string{friend, "GET, POST", "Content-Type, Accept"}, got); diff != "" || r.status != http.StatusNoContent {
		t.Errorf("preflight of a friend: %d (-want +got):\n%s", r.status, diff)
	}
	if r := c.do(http.MethodOptions, "/graphql", "", append(preflight, "Origin", stranger)...); r.header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("preflight of a stranger is answered")
	}
}
