package badgerstore

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/dgraph-io/badger/v4"
)

// What is read when a graph is opened is in memory then, and once more in the pages of the tables that it was read from, which count as the
// process's own as long as they are mapped. Nobody reads most of them again: the process lets go of them, and the system keeps the files.

// releaseTables has the process let go of the pages of all tables but those of their indexes, which every Get asks. A page that is asked for
// again is mapped again. What goes wrong leaves pages where they are.
//
// An address that Badger unmaps meanwhile may be given to anybody, whose memory would be lost. So an iterator holds the tables: those that were
// there before it and are there behind it are mapped where they are until it is closed. And the name of the folder may lead to another one by
// now, of which another store of the process has tables with the same numbers: then nothing is done.
func (s *Store) releaseTables() {
	if s.dir == "" {
		return
	}
	dir, err := filepath.Abs(s.dir)
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		return
	}
	before := map[uint64]bool{}
	for _, t := range s.db.Tables() {
		before[t.ID] = true
	}
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(badger.IteratorOptions{})
	defer it.Close()
	indexes := map[string]int{} // their bytes, by the names of files
	for _, t := range s.db.Tables() {
		if before[t.ID] {
			indexes[filepath.Join(dir, fmt.Sprintf("%06d.sst", t.ID))] = t.IndexSz
		}
	}
	mapped, err := mappedFiles()
	if now, stat := os.Stat(dir); err != nil || stat != nil || !os.SameFile(now, s.folder) {
		return
	}
	page := uintptr(os.Getpagesize())
	for name, index := range indexes {
		m := mapped[name]
		// The index is followed by no more than its sum and two lengths. A file that is mapped twice is not Badger's alone.
		if stays := uintptr(index) + 2*page; m.times == 1 && m.size > stays {
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.at, (m.size-stays)&^(page-1), syscall.MADV_DONTNEED)
		}
	}
}

// mapping is where a file is mapped.
type mapping struct {
	at, size uintptr
	times    int
}

// mappedFiles returns where the process has files mapped, by their names.
func mappedFiles() (map[string]mapping, error) {
	f, err := os.Open("/proc/self/maps")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	mapped := map[string]mapping{}
	lines := bufio.NewScanner(f)
	for lines.Scan() { // from-to rights offset device inode name, which may have spaces
		at := strings.IndexByte(lines.Text(), '/')
		from, to, ok := strings.Cut(strings.SplitN(lines.Text(), " ", 2)[0], "-")
		if at < 0 || !ok {
			continue
		}
		begin, err := strconv.ParseUint(from, 16, 64)
		if err != nil {
			return nil, err
		}
		end, err := strconv.ParseUint(to, 16, 64)
		if err != nil {
			return nil, err
		}
		name := lines.Text()[at:]
		mapped[name] = mapping{uintptr(begin), uintptr(end - begin), mapped[name].times + 1}
	}
	return mapped, lines.Err()
}
