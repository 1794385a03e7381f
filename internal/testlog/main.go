// Command testlog reads `go test -json` on standard input and prints what a person wants of it: a line a package, the
// whole output of what failed, every skipped test with its reason, and the sum. Its exit status is 1 when a test
// failed, and with -no-skips also when one was skipped.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

func main() {
	noSkips := flag.Bool("no-skips", false, "a skipped test is a failure")
	flag.Parse()
	os.Exit(report(os.Stdin, os.Stdout, *noSkips))
}

func report(in io.Reader, out io.Writer, noSkips bool) int {
	output := map[string]*strings.Builder{} // by package and test
	passed, failed := 0, 0
	var skipped []string
	broken := false
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil || e.Action == "" {
			fmt.Fprintln(out, lines.Text()) // what the build says
			continue
		}
		key := e.Package + " " + e.Test
		if output[key] == nil {
			output[key] = &strings.Builder{}
		}
		switch {
		case e.Action == "output":
			output[key].WriteString(e.Output)
		case e.Action == "build-output":
			fmt.Fprint(out, e.Output)
		case e.Test == "" && (e.Action == "pass" || e.Action == "skip"):
			if e.Action == "pass" {
				fmt.Fprintf(out, "ok  \t%s\t%.1fs\n", e.Package, e.Elapsed)
			}
		case e.Test == "" && e.Action == "fail":
			broken = true
			fmt.Fprintf(out, "FAIL\t%s\n%s", e.Package, output[key])
		case e.Action == "pass":
			passed++
		case e.Action == "skip":
			skipped = append(skipped, strings.TrimSpace(e.Package+" "+e.Test+": "+reason(output[key].String())))
		case e.Action == "fail":
			failed++
			fmt.Fprintf(out, "--- FAIL %s\n%s", key, output[key])
		}
		if e.Action == "pass" || e.Action == "skip" || e.Action == "fail" {
			delete(output, key)
		}
	}
	for _, s := range skipped {
		fmt.Fprintln(out, "skipped:", s)
	}
	fmt.Fprintf(out, "%d passed, %d failed, %d skipped\n", passed, failed, len(skipped))
	if failed > 0 || broken || passed == 0 || noSkips && len(skipped) > 0 || lines.Err() != nil {
		return 1
	}
	return 0
}

// reason returns what a skipped test printed: file, line and words.
func reason(output string) string {
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "===") && !strings.HasPrefix(line, "---") {
			return line
		}
	}
	return "no reason given"
}
