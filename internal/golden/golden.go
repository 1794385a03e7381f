// Package golden compares what a test got with a file that was read by a person and committed.
package golden

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Compare fails the test when got is not what stands in the file at path, with a line diff and the command that
// rewrites the file. With GOLDEN=write in the environment it writes got to the file instead, folders included; the
// diff that git then shows is to be read like code.
func Compare(t testing.TB, path string, got []byte) {
	t.Helper()
	if os.Getenv("GOLDEN") == "write" {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s does not exist yet; write it with: GOLDEN=write go test -run '^%s$' .", path, t.Name())
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s mismatch (-want +got); if this is right: GOLDEN=write go test -run '^%s$' .\n%s", path, t.Name(), diff)
	}
}
