package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fangzhi/samples"
)

// output is a buffer that a command writes while a test reads it.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer // guarded by mu
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// mustServe starts a server and returns its address once it is printed, and how to stop it.
func mustServe(t *testing.T, args ...string) (url string, out *output, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out = &output{}
	errs := &output{}
	code := make(chan int, 1)
	go func() { code <- run(ctx, append([]string{"serve"}, args...), strings.NewReader(""), out, errs) }()
	stop = sync.OnceValue(func() int {
		cancel()
		select {
		case c := <-code:
			return c
		case <-time.After(10 * time.Second):
			t.Error("the server does not stop within 10 s")
			return -1
		}
	})
	t.Cleanup(func() { stop() })
	address := regexp.MustCompile(`API +(http://\S+)/graphql`)
	for {
		if m := address.FindStringSubmatch(out.String()); m != nil {
			return m[1], out, stop
		}
		select {
		case c := <-code:
			t.Fatalf("serve ended with %d: %s", c, errs)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func mustAsk(t *testing.T, url, query string) map[string]any {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer["errors"] != nil {
		t.Fatalf("%s: %v %v", query, err, answer["errors"])
	}
	return answer["data"].(map[string]any)
}

func TestDemoAnswersAndGoes(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	url, out, stop := mustServe(t, "--demo", "--listen", "127.0.0.1:0")
	for _, want := range []string{url + "/playground", url + "/graphql", "timeline("} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("serve --demo prints no %s:\n%s", want, out)
		}
	}
	data := mustAsk(t, url, `{ timeline { totalCount } }`)
	if got := data["timeline"].(map[string]any)["totalCount"]; got != float64(87) {
		t.Errorf("events of the demo = %v, want 87", got)
	}
	response, err := http.Get(url + "/")
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(response.Body)
	response.Body.Close()
	if err != nil || !strings.Contains(string(page), "云河区大事月报") {
		t.Errorf("the start page does not name what is loaded: %v", err)
	}
	if code := stop(); code != exitDone {
		t.Errorf("a stopped server ends with %d, want 0", code)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("the temporary graph is left: %v, %v", left, err)
	}
}

func TestATakenPortIsLeftForTheNext(t *testing.T) {
	var taken net.Listener
	var err error
	for range 20 { // a port whose neighbour is likely to be free
		if taken, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		if taken.Addr().(*net.TCPAddr).Port < 65000 {
			break
		}
		taken.Close()
	}
	defer taken.Close()
	url, out, _ := mustServe(t, "--demo", "--listen", taken.Addr().String())
	if strings.HasSuffix(url, taken.Addr().String()) {
		t.Errorf("serves at %s, which is taken", url)
	}
	if !strings.Contains(out.String(), "is taken") {
		t.Errorf("does not say that the port is taken:\n%s", out)
	}
	mustAsk(t, url, `{ publications { title } }`)
}

// The playground in a real browser: every other host is blocked, each example query runs and answers.
func TestPlaygroundInChromium(t *testing.T) {
	chromium := os.Getenv("CHROMIUM")
	if chromium == "" {
		chromium = "chromium"
	}
	for _, command := range []string{"node", chromium} {
		if _, err := exec.LookPath(command); err != nil {
			missing(t, command+" is not installed")
		}
	}
	path, err := exec.LookPath(chromium)
	if err != nil {
		t.Fatal(err)
	}
	web := filepath.Join("..", "..", "web")
	if _, err := os.Stat(filepath.Join(web, "node_modules", "playwright-core")); err != nil {
		missing(t, "Node packages are not installed: npm --prefix web ci")
	}
	url, _, _ := mustServe(t, "--demo", "--listen", "127.0.0.1:0")
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, "node", filepath.Join("e2e", "playground.mjs"), url+"/")
	command.Dir = web
	command.Env = append(os.Environ(), "CHROMIUM="+path)
	said, err := command.CombinedOutput()
	if err != nil || !regexp.MustCompile(`playground: ok, [1-9][0-9]* queries\s*$`).Match(said) {
		t.Errorf("the playground fails (%v):\n%s", err, said)
	}
}

// missing skips a test for want of something, and fails it where CI is set.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s, and CI is set", what)
	}
	t.Skip(what)
}

// A folder that serve holds is not opened twice: the other commands say which process to stop.
func TestAServedFolderNamesItsProcess(t *testing.T) {
	dir := t.TempDir()
	db, issue := filepath.Join(dir, "g"), filepath.Join(dir, "a.txt")
	if err := os.WriteFile(issue, samples.Files()[0].Text, 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs output
	if code := run(t.Context(), []string{"load", "--db", db, issue}, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("load ends with %d: %s", code, errs.String())
	}
	mustServe(t, "--db", db, "--listen", "127.0.0.1:0")
	commands := [][]string{{"load", "--db", db, issue}, {"query", "--db", db, "{ timeline { totalCount } }"}, {"remove", "--db", db, "a.txt"}}
	for _, args := range commands {
		var errs output
		code := run(t.Context(), args, strings.NewReader(""), io.Discard, &errs)
		if want := "stop process " + strconv.Itoa(os.Getpid()); code != exitFailed || !strings.Contains(errs.String(), want) {
			t.Errorf("%s of a served folder ends with %d and says %q, want %q", args[0], code, errs.String(), want)
		}
	}
}
