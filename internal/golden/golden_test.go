package golden_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fangzhi/internal/golden"
)

// recorder is a test that only notes whether and how it failed.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Helper()      {}
func (r *recorder) Name() string { return "TestX" }
func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func TestCompare(t *testing.T) {
	t.Setenv("GOLDEN", "")
	path := filepath.Join(t.TempDir(), "x", "y.json")

	r := &recorder{TB: t}
	golden.Compare(r, path, []byte("一\n"))
	if len(r.failures) != 1 || !strings.Contains(r.failures[0], "GOLDEN=write go test") {
		t.Errorf("a missing file: failures %q, want one that names the command", r.failures)
	}

	t.Setenv("GOLDEN", "write")
	r = &recorder{TB: t}
	golden.Compare(r, path, []byte("一\n"))
	if got, err := os.ReadFile(path); err != nil || string(got) != "一\n" || r.failures != nil {
		t.Fatalf("GOLDEN=write left %q, %v, failures %q", got, err, r.failures)
	}

	t.Setenv("GOLDEN", "")
	r = &recorder{TB: t}
	golden.Compare(r, path, []byte("一\n"))
	if r.failures != nil {
		t.Errorf("the same bytes fail: %q", r.failures)
	}
	golden.Compare(r, path, []byte("二\n"))
	if len(r.failures) != 1 || !strings.Contains(r.failures[0], "二") || !strings.Contains(r.failures[0], "GOLDEN=write go test") {
		t.Errorf("other bytes: failures %q, want one with the diff and the command", r.failures)
	}
}
