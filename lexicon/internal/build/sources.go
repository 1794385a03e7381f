package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A source is one file that others published: what it is called, its digest, and the client's command that fetches it
// into the folder the command is run in. fetch is nil where the file must be put there by hand.
type source struct {
	file   string
	sha256 string
	fetch  []string
}

var (
	chinaDivision = source{
		file:   "china-division-2.7.0.tgz",
		sha256: "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85",
		fetch:  []string{"npm", "pack", "--silent", "china-division@2.7.0"},
	}
	segment = source{
		file:   "segment-0.1.3.tgz",
		sha256: "b0edebcf57bc1a3e9ff04b3b7cdaeca20cfa47f00505fa38cdf737c3da4aa475",
		fetch:  []string{"npm", "pack", "--silent", "segment@0.1.3"},
	}
	friso = source{
		file:   "friso-dict_1.6.4+ds-2_all.deb",
		sha256: "5fee45b9a9b8c0ac9b99cbae6581a5af30bcaac3e4b344701c83eaf09f7b534f",
		fetch:  []string{"apt-get", "download", "friso-dict=1.6.4+ds-2"},
	}
	areacodes = source{
		file:   "result.csv",
		sha256: "e3b69e8e13fcb3151b5cd6a03674f89e043f301f308dcb67283533f1a8239794",
	}
	gseWords = source{
		file:   "gse v0.80.3 data/dict/zh/s_1.txt",
		sha256: "2b3063ec552327520bee3c0c5819d6e131ab3db50a60b94641ec90f611c24bcd",
	}
)

// read returns the bytes of the source in folder dir, fetching it if it is not there.
func (s source) read(dir string) ([]byte, error) {
	path := filepath.Join(dir, s.file)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) && s.fetch != nil {
		cmd := exec.Command(s.fetch[0], s.fetch[1:]...)
		cmd.Dir, cmd.Stderr = dir, os.Stderr
		if err := cmd.Run(); err != nil {
			return nil, fmt.Errorf("fetch %s: %w", s.file, err)
		}
	}
	return s.readFile(path)
}

// readFile returns the bytes of a file if they are the source's.
func (s source) readFile(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(b)
	if got := hex.EncodeToString(sum[:]); got != s.sha256 {
		return nil, fmt.Errorf("%s: SHA-256 is %s, %s has %s", path, got, s.file, s.sha256)
	}
	return b, nil
}

// readModule returns the file data/dict/zh/s_1.txt of the gse module, fetched outside of this one, so that our go.mod
// stays as it is.
func readModule() ([]byte, error) {
	dir, err := os.MkdirTemp("", "lexicon-gse")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module outside\n\ngo 1.26\n"), 0o644); err != nil {
		return nil, err
	}
	cmd := exec.Command("go", "mod", "download", "-json", "github.com/go-ego/gse@v0.80.3")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	answer, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("fetch gse: %w", err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(answer, &module); err != nil {
		return nil, fmt.Errorf("fetch gse: %w", err)
	}
	return gseWords.readFile(filepath.Join(module.Dir, "data", "dict", "zh", "s_1.txt"))
}

// npmFile takes one file out of an npm tarball.
func npmFile(tgz []byte, name string) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(tgz))
	if err != nil {
		return nil, err
	}
	return tarFile(z, "package/"+name)
}

// debFile takes one file out of a Debian package, unpacked by dpkg-deb.
func debFile(path, name string) ([]byte, error) {
	cmd := exec.Command("dpkg-deb", "--fsys-tarfile", path)
	cmd.Stderr = os.Stderr
	archive, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	return tarFile(bytes.NewReader(archive), name)
}

func tarFile(r io.Reader, name string) ([]byte, error) {
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if strings.TrimPrefix(h.Name, "./") == name {
			return io.ReadAll(t)
		}
	}
}
