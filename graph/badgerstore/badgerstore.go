// Package badgerstore is the embedded engine: a graph in one folder, in Badger.
//
// Records are CBOR under one key each, an event apart from its body. Posting lists (posting.go) hold the sort keys of the
// events of a term in order, so that a page costs the page wherever it starts. Everything of one batch becomes
// visible and durable at once, whatever its size (update.go).
package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"fangzhi/graph"
)

// Options are the settings of a store. The zero Options are right for a graph that is served.
type Options struct {
	// ReadOnly opens a folder that nobody writes to; Update then fails. It must have been closed properly before.
	ReadOnly bool
	// InMemory keeps everything in memory and forgets it on Close; the folder must be "".
	InMemory bool
	// Log gets what Badger has to say from a warning upwards; nil for nothing.
	Log *slog.Logger
}

// Store keeps a graph in a folder. Its methods may be called from several goroutines.
type Store struct {
	db       *badger.DB
	dir      string
	readOnly bool
	writer   chan struct{} // holds a token while an update is planned and applied

	// unfinished tells that nobody knows whether the last commit came through, and that a staged batch may have to be
	// completed; guarded by the token.
	unfinished bool

	mu        sync.Mutex
	closed    bool   // guarded by mu
	snapshots int    // guarded by mu: how many are open
	current   *state // guarded by mu: what new snapshots show; replaced when an update is wholly applied

	// fault is called before each commit and fails it in tests; nil otherwise.
	fault func() error
}

var _ graph.Store = (*Store)(nil)

// ErrInUse is returned for a folder that another process has open.
var ErrInUse = errors.New("the graph is in use by another process")

// ErrReadOnly is returned by Update of a store that was opened to be read.
var ErrReadOnly = errors.New("the graph was opened to be read only")

// ErrFormat is returned for a folder that another version of the program wrote.
var ErrFormat = errors.New("the graph is of another format")

// Open opens the graph in the folder dir and makes an empty one where there is none. A batch that a crash left half
// applied is completed first. It must be closed.
//
// Errors are ErrInUse, ErrFormat, ErrCorrupt, or those of the file system.
func Open(dir string, opts Options) (*Store, error) {
	if opts.InMemory != (dir == "") {
		return nil, fmt.Errorf("open graph %q: a graph is either in a folder or in memory", dir)
	}
	if opts.ReadOnly {
		if _, err := os.Stat(dir); err != nil {
			return nil, fmt.Errorf("open graph: %w", err)
		}
	}
	db, err := badger.Open(settings(dir, opts))
	if err != nil {
		return nil, explain(dir, err)
	}
	s := &Store{db: db, dir: dir, readOnly: opts.ReadOnly, writer: make(chan struct{}, 1)}
	if err := s.recover(); err != nil {
		return nil, errors.Join(fmt.Errorf("open graph %s: %w", dir, err), db.Close())
	}
	s.current = newState(db)
	return s, nil
}

// settings are Badger's. Their reasons were measured: a kill loses nothing either way, but a power cut loses
// batches that were acknowledged without SyncWrites; with Badger's default for checksums 68 of 72 flipped bits were
// served as answers, and with OnTableRead none; a damaged entry of the value log comes back empty and without
// an error, so nothing may be as long as ValueThreshold (record.go).
func settings(dir string, opts Options) badger.Options {
	o := badger.DefaultOptions(dir).
		WithInMemory(opts.InMemory).
		WithReadOnly(opts.ReadOnly).
		WithSyncWrites(true).
		WithMemTableSize(16 << 20).
		WithNumMemtables(3).
		WithBlockCacheSize(64 << 20).
		WithIndexCacheSize(32 << 20).
		WithNumCompactors(2).
		WithValueLogFileSize(64 << 20).
		WithValueThreshold(256 << 10).
		WithChecksumVerificationMode(options.OnTableRead).
		WithDetectConflicts(false). // one writer at a time
		WithMetricsEnabled(false).
		WithExternalMagic(Format)
	if opts.Log == nil {
		return o.WithLogger(nil)
	}
	return o.WithLogger(logger{opts.Log})
}

// holder names the process that has the folder open, as Badger's lock file does.
func holder(dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, "LOCK"))
	if pid := strings.TrimSpace(string(text)); err == nil && pid != "" {
		return "process " + pid
	}
	return "that process"
}

// explain says in words what Badger's errors of opening mean. It has no types for them.
func explain(dir string, err error) error {
	switch text := err.Error(); {
	case strings.Contains(text, "Cannot acquire directory lock"):
		return fmt.Errorf("open graph %s: %w: stop %s, or give another folder", dir, ErrInUse, holder(dir))
	case strings.Contains(text, "external magic number"), strings.Contains(text, "manifest has unsupported version"):
		return fmt.Errorf("open graph %s: %w than this program reads (%d): %w", dir, ErrFormat, Format, err)
	case strings.Contains(text, "Log truncate required"):
		return fmt.Errorf("open graph %s: its last writer was killed: open it once for writing, and what was acknowledged is there: %w", dir, err)
	case strings.Contains(text, "no manifest found"):
		return fmt.Errorf("open graph %s: %w: there is none in the folder", dir, graph.ErrNotFound)
	case strings.Contains(text, "checksum"), strings.Contains(text, "manifest"), strings.Contains(text, "MANIFEST"):
		return fmt.Errorf("open graph %s: %w: %w", dir, ErrCorrupt, err)
	}
	return fmt.Errorf("open graph %s: %w", dir, err)
}

// Close releases the folder. It fails, and the store goes on, while snapshots are open. Closing twice is closing once.
func (s *Store) Close() error {
	s.writer <- struct{}{} // waits for an update
	defer func() { <-s.writer }()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	if s.snapshots > 0 {
		return fmt.Errorf("close graph %s: %d snapshots are open", s.dir, s.snapshots)
	}
	s.closed = true
	s.current.release()
	return s.db.Close()
}

// Snapshot implements graph.Store.
func (s *Store) Snapshot(ctx context.Context) (graph.Snapshot, error) { return s.snapshot(ctx) }

func (s *Store) snapshot(ctx context.Context) (*snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, graph.ErrClosed
	}
	st := s.current
	st.retain()
	s.snapshots++
	return &snapshot{state: st, txn: st.txn, done: func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.snapshots--
	}}, nil
}

// state is a read transaction that snapshots share.
type state struct {
	txn *badger.Txn

	mu    sync.Mutex
	users int // guarded by mu; at 0 the transaction is discarded
}

func newState(db *badger.DB) *state { return &state{txn: db.NewTransaction(false), users: 1} }

func (st *state) retain() {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.users++
}

func (st *state) release() {
	st.mu.Lock()
	defer st.mu.Unlock()
	if st.users--; st.users == 0 {
		st.txn.Discard()
	}
}

// logger passes on Badger's warnings and errors.
type logger struct{ log *slog.Logger }

func (l logger) Errorf(format string, args ...any)   { l.log.Error("badger: " + line(format, args)) }
func (l logger) Warningf(format string, args ...any) { l.log.Warn("badger: " + line(format, args)) }
func (logger) Infof(string, ...any)                  {}
func (logger) Debugf(string, ...any)                 {}

func line(format string, args []any) string { return strings.TrimSpace(fmt.Sprintf(format, args...)) }
