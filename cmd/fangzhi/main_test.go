package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/open"
	"fangzhi/ingest"
	"fangzhi/loader"
	"fangzhi/samples"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fangzhi": main, "oldgraph": oldGraph})
}

// oldGraph makes a graph of an issue as an earlier reader might have read it: oldgraph DIR FILE [broken]. An article was not found, a
// date only as a year, a title read wrong, an official not seen; broken: the text that it keeps is no chronicle.
func oldGraph() {
	err := func() error {
		text, err := os.ReadFile(os.Args[2])
		if err != nil {
			return err
		}
		documents, err := loader.Read(os.Args[2], text, loader.Options{})
		if err != nil {
			return err
		}
		d := &documents[0]
		d.Events = d.Events[:len(d.Events)-1]
		d.Events[0].Date.EDTF = edtf.OfYear(2022)
		d.Events[0].Officials = d.Events[0].Officials[1:]
		d.Events[1].Title, d.Events[1].PrintedTitle = "改名前的标题", "改名前的标题"
		if len(os.Args) > 3 {
			d.Text = "从前有座山。"
		}
		store, err := open.Open(os.Args[1])
		if err != nil {
			return err
		}
		in := ingest.Ingester{Store: store, Now: time.Now}
		_, err = in.Load(context.Background(), d, graph.LoadOptions{})
		return errors.Join(err, store.Close())
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// oldID asks for the event of the one id in a file: oldid FILE.
func oldID(ts *testscript.TestScript, _ bool, args []string) {
	id := regexp.MustCompile(`e[0-9a-z]{16}`).FindString(ts.ReadFile(args[0]))
	ts.Check(ts.Exec("fangzhi", "query", "--db", "g", `{ event(id: "`+id+`") { title } node(id: "`+id+`") { id } }`))
}

// TestCommands runs the scripts of testdata: what each command prints, where, and how it ends.
func TestCommands(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("FANGZHI_DB", "")
			for _, f := range samples.Files() {
				if err := os.WriteFile(filepath.Join(env.WorkDir, f.Name), f.Text, 0o644); err != nil {
					return err
				}
			}
			return writeBadFiles(env.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "oldid": oldID},
	})
}

// exits runs a command and wants the given exit code: exits 2 fangzhi load.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// writeBadFiles writes what is no chronicle, and a chronicle in other clothes.
func writeBadFiles(dir string) error {
	whole := samples.Files()[0].Text
	text := string(whole)
	inGB, err := simplifiedchinese.GB18030.NewEncoder().Bytes(whole)
	if err != nil {
		return err
	}
	half := string([]rune(text)[:len([]rune(text))/2])
	for name, content := range map[string][]byte{
		"empty.txt":    nil,
		"blank.txt":    []byte("\n \n\t\n"),
		"picture.txt":  append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{0, 1, 2, 3}, 100)...),
		"gb18030.txt":  inGB,
		"half.txt":     []byte(half),
		"edited.txt":   []byte(strings.Replace(text, "2022年3月18日", "2022年3月18日", 1) + "\n增补一行。\n"),
		"one-line.txt": bytes.Repeat([]byte("一行"), 50<<20/6),
		"contents.txt": []byte("云河区大事月报\n\n2022年3月\n\n时政要点\n\n云河区召开经济工作会议.....4\n云河区开展植树活动.....5\n"),
		"twice.txt":    []byte(text + "\n" + strings.ReplaceAll(text, "总第114期", "总第214期")),
		"both.txt":     []byte(text + "\n" + string(samples.Files()[1].Text)),
		"prose.txt":    []byte(strings.Repeat("从前有座山，山里有座庙。\n", 40)),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
