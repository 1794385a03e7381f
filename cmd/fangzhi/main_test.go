package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fangzhi/samples"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fangzhi": main})
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
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
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
		"prose.txt":    []byte(strings.Repeat("从前有座山，山里有座庙。\n", 40)),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
