// Package badgerstore is the embedded engine: a graph in one folder, in Badger.
//
// Records stand under one key each, an event apart from its body. What questions walk over (dates, links, the order of the
// timeline) is in memory, in columns by ordinal (index.go), and read in one go when the graph is opened; lists of the events
// of a column, an issue or an entity are made of it by algebra on bitmaps. Texts are found by their grams (text.go). So a page
// reads the records that it shows and a count reads none. Everything of one batch becomes visible and durable at once,
// whatever its size (update.go).
package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

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
	// Bulk is for bringing in very much that can be brought in again: what is written is synced and sorted once, by Close, and
	// not again and again meanwhile. It takes less time and a good deal less memory. A kill loses nothing; a power cut may leave
	// a graph that Open refuses.
	Bulk bool
	// Unverified leaves out to compare the tables with their checksums, which takes a second of one processor for each GB, and to
	// look for samples of the records where these are many, which takes a tenth of one. A damaged file is then noticed only where a record of it is read, and a lost key perhaps never.
	Unverified bool
	// Log gets what Badger has to say from a warning upwards; nil for nothing.
	Log *slog.Logger
}

// Store keeps a graph in a folder. Its methods may be called from several goroutines.
type Store struct {
	db         *badger.DB
	dir        string
	folder     os.FileInfo // what dir led to when it was opened; nil in memory
	readOnly   bool
	bulk       bool
	unverified bool
	writer     chan struct{} // holds a token while an update is planned and applied

	// unfinished tells that what is shown may not be what is on disk: nobody knows whether the last commit came through, or a
	// staged batch has to be completed, or what was committed could not be read. Guarded by the token.
	unfinished bool
	// present spares an update of a bulk store to look for what is not there. Guarded by the token.
	present *present

	mu        sync.Mutex
	closing   bool          // guarded by mu: nothing more begins in the background
	ending    chan struct{} // guarded by mu: closed when somebody closes the store; replaced where that failed
	closed    bool          // guarded by mu
	snapshots int           // guarded by mu: how many are open
	current   *state        // guarded by mu: what new snapshots show; replaced when an update is wholly applied

	opening    sync.WaitGroup // what finishSoon began
	background *background    // guarded by mu: nil while nothing is done there
	settling   int            // guarded by mu: how many wait for it
	draining   bool           // guarded by mu: whether the whole tail is to be indexed
	updating   bool           // guarded by mu
	updated    time.Time      // guarded by mu: when an update began or ended last

	// recent are values of blocks and entities as the last updates wrote them, by key; nil where there are none. Names come again in
	// the next issues, and tables are slow to ask. Guarded by the token.
	recent *cache[string, []byte]

	lastSegment atomic.Uint32 // the greatest number of a segment so far; it never falls
	log         *slog.Logger

	// fault holds what tests have called before each commit, and which may fail it; nil otherwise.
	fault atomic.Pointer[func() error]
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
	badgers := settings(dir, opts)
	badgers.MemTableSize = max(badgers.MemTableSize, loggedTable(dir))
	db, err := badger.Open(badgers)
	if err != nil {
		return nil, explain(dir, err)
	}
	s := &Store{
		db: db, dir: dir, readOnly: opts.ReadOnly, bulk: opts.Bulk, unverified: opts.Unverified, writer: make(chan struct{}, 1), ending: make(chan struct{}), log: opts.Log,
	}
	if dir != "" {
		if s.folder, err = os.Stat(dir); err != nil {
			return nil, errors.Join(fmt.Errorf("open graph: %w", err), db.Close())
		}
	}
	if !opts.ReadOnly {
		s.recent = newCache[string, []byte](s.roomForRecent())
	}
	if !opts.Unverified {
		if err := s.verify(); err != nil {
			return nil, errors.Join(fmt.Errorf("open graph %s: %w", dir, err), db.Close())
		}
	}
	if err := s.recover(); err != nil {
		return nil, errors.Join(fmt.Errorf("open graph %s: %w", dir, err), db.Close())
	}
	if err := s.load(); err != nil {
		return nil, errors.Join(fmt.Errorf("open graph %s: %w", dir, err), db.Close())
	}
	if !opts.ReadOnly {
		if err := s.dropOrphans(s.current.index.segments); err != nil {
			return nil, errors.Join(fmt.Errorf("open graph %s: %w", dir, err), s.Close())
		}
	}
	s.tendSoon() // and from now on the state is guarded
	return s, nil
}

// finishSoon begins what need not be done before the first question. Sets of frequent grams are read, which only searches of longer strings
// need: opening would take a fifth longer with them, and the first such search takes twice as long without; one that comes meanwhile reads
// what it needs. Before them the heads of all events, which pages ask for (heads.go), and by which events are found (ordinals.go), and the entities
// (entityshelf.go). Then the memory that opening took is given back, and so are the pages of what was read.
func (s *Store) finishSoon() {
	s.mu.Lock()
	st := s.current
	st.retain()
	s.mu.Unlock()
	s.opening.Go(func() {
		defer st.release()
		s.readAllHeads(st)
		if !s.bulk { // which is asked for none
			s.keepAllEntities(st)
			s.loadSets(st)
		}
		if int(st.index.n()) > manyToFree && !s.isClosed() {
			go debug.FreeOSMemory()
			s.releaseTables()
		}
	})
}

// loadSets reads the sets of frequent grams of a state, unless the store is closed meanwhile.
func (s *Store) loadSets(st *state) {
	r := &snapshot{store: s, state: st, txn: st.txn, index: st.index}
	for _, seg := range st.index.segments {
		if s.isClosed() {
			return
		}
		_ = r.readable(seg).Load() // who searches is told
	}
}

// manyToFree is from how many events on the memory that opening took is given back at once: some hundred MB. Tests lower it.
var manyToFree = 50_000

// settings are Badger's. Their reasons were measured: a kill loses nothing either way, but a power cut loses
// batches that were acknowledged without SyncWrites; of 72 flipped bits 68 were served as answers where nobody
// looked at the checksums of tables, and none where somebody does when the graph is opened; a damaged entry of the value log comes back empty and without
// an error, so nothing may be as long as ValueThreshold (record.go). Records are packed already, and what is not compressed is read where the file
// is mapped: no cache of blocks is needed, and long blocks cost a Get nothing and shorten the indexes of tables (docs/decisions/0012).
func settings(dir string, opts Options) badger.Options {
	o := badger.DefaultOptions(dir).
		WithInMemory(opts.InMemory).
		WithReadOnly(opts.ReadOnly).
		WithSyncWrites(true).
		WithMemTableSize(16 << 20).
		WithNumMemtables(3).
		WithBlockCacheSize(0).
		WithBlockSize(16 << 10).
		WithNumCompactors(2).
		WithValueLogFileSize(64 << 20).
		WithValueThreshold(256 << 10).
		WithCompression(options.None).                        // as verify expects
		WithChecksumVerificationMode(options.NoVerification). // see verify
		WithDetectConflicts(false).                           // one writer at a time
		WithMetricsEnabled(false).
		WithExternalMagic(Format)
	if opts.Bulk {
		o = o.WithMemTableSize(bulkTable).WithBaseTableSize(bulkBase).WithNumMemtables(1).WithSyncWrites(false).WithNumCompactors(0).WithNumLevelZeroTablesStall(math.MaxInt32)
	}
	if opts.Log == nil {
		return o.WithLogger(nil)
	}
	return o.WithLogger(logger{opts.Log})
}

// bulkTable is what a bulk store gathers in memory before it writes a table. No table is merged with others meanwhile, and each Get
// looks into all, so larger is better; but Badger holds twice as much where it gathers, and more than once as much where it
// writes. A transaction takes a seventh of it. Tests lower it.
var bulkTable int64 = 28 << 20

// bulkBase is half of the room that Badger takes to write a table; when that is full it takes twice as much more, and so on: from this on
// 36 MB for the tables of an import, which have up to 30. So large are also the tables that are sorted at the end, which are synced one by one:
// 330 for a million events, and not a thousand.
const bulkBase = 6 << 20

// loggedTable returns the size of the memory table whose log a killed process left in a folder, 0 where it left none. Badger reads such a log
// into a table of the size that it is opened with, and ends the program where it does not fit.
func loggedTable(dir string) int64 {
	const logs = 2 // a log has room for twice the table
	size := int64(0)
	if dir == "" { // in memory
		return size
	}
	files, _ := os.ReadDir(dir) // what cannot be read Badger says; no pattern, for a folder's name may look like one
	for _, file := range files {
		if filepath.Ext(file.Name()) != ".mem" {
			continue
		}
		if info, err := file.Info(); err == nil {
			size = max(size, info.Size()/logs)
		}
	}
	return size
}

// manyTables is from how many unsorted tables on a bulk store sorts before it closes; fewer are for the next one that opens it.
const manyTables = 6

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
		return fmt.Errorf("open graph %s: %w than this program reads (%d): load its documents into a new folder, or import what the version that wrote it exports: %w",
			dir, ErrFormat, Format, err)
	case strings.Contains(text, "Log truncate required"):
		return fmt.Errorf("open graph %s: its last writer was killed: open it once for writing, and what was acknowledged is there: %w", dir, err)
	case strings.Contains(text, "no manifest found"):
		return fmt.Errorf("open graph %s: %w: there is none in the folder", dir, graph.ErrNotFound)
	case strings.Contains(text, "checksum"), strings.Contains(text, "manifest"), strings.Contains(text, "MANIFEST"):
		return fmt.Errorf("open graph %s: %w: %w", dir, ErrCorrupt, err)
	}
	return fmt.Errorf("open graph %s: %w", dir, err)
}

// Close releases the folder. It fails, and the store goes on, while snapshots are open. Closing twice is closing once. Who waits for an id that
// was not read yet is told graph.ErrClosed.
func (s *Store) Close() error {
	if s.bulk && !s.readOnly {
		_ = s.drain() // it was logged, and what was not indexed will be when the graph is opened
	}
	return s.close()
}

func (s *Store) close() error {
	s.endWaits()
	s.writer <- struct{}{} // waits for an update
	defer func() { <-s.writer }()
	s.stopBackground()
	if closed, err := s.shut(); closed || err != nil {
		return err
	}
	s.opening.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current.release()
	s.current, s.recent, s.present = &state{index: newIndex()}, nil, nil // to sort takes memory
	if s.bulk && !s.readOnly && s.db.Levels()[0].NumTables > manyTables {
		if err := s.db.Flatten(runtime.GOMAXPROCS(0)); err != nil {
			return errors.Join(fmt.Errorf("sort what was brought in: %w", err), s.db.Close())
		}
	}
	return s.db.Close()
}

// shut lets nobody in any more, and tells whether that is so since before. It fails, and all goes on, while snapshots are open.
func (s *Store) shut() (already bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed && s.snapshots > 0 {
		s.closing, s.ending = false, make(chan struct{})
		return false, fmt.Errorf("close graph %s: %d snapshots are open", s.dir, s.snapshots)
	}
	already, s.closed = s.closed, true
	return already, nil
}

// endWaits ends the waiting for ids: an update that waits would be waited for, and a reader has a snapshot open.
func (s *Store) endWaits() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.ending:
	default:
		close(s.ending)
	}
}

// closes returns what is closed when somebody closes the store.
func (s *Store) closes() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ending
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
	return &snapshot{store: s, state: st, txn: st.txn, index: st.index, done: func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.snapshots--
	}}, nil
}

// state is one state of the graph, which snapshots share: a read transaction, and the index that belongs to it.
type state struct {
	txn    *badger.Txn
	index  *index
	number uint64 // counted up from state to state
	kept   *kept

	mu     sync.Mutex
	users  int                   // guarded by mu; at 0 the transaction is discarded
	blocks map[string]*keptBlock // guarded by mu; what was read of the state: see snapshot.keepBlock
}

// kept are records that were read before, and the ordinals of all events. What is kept of events never changes; records of entities do.
type kept struct {
	heads    *shelves
	cards    *cache[uint32, *graph.Event]
	bodies   *cache[uint32, string]
	ordinals *ordinalTable
	entities *entityShelf
}

const (
	keptHeads  = 96 << 20 // bytes: those of a million events
	keptCards  = 8 << 20  // bytes of cards, which are some four times as large when decoded
	keptBodies = 4 << 20  // bytes
	keptRecent = 8 << 20  // bytes
)

// roomForRecent is how many bytes a generation of what was written last has. A bulk store's tables are not sorted, and it keeps little else.
func (s *Store) roomForRecent() int {
	if s.bulk {
		return 3 * keptRecent
	}
	return keptRecent
}

// newKept returns what is kept of a graph of so many events: nothing yet.
func newKept(bulk bool, events int) *kept {
	ofHeads, ofCards, ofEntities := keptHeads, keptCards, keptEntities
	if bulk { // nobody reads
		ofHeads, ofCards, ofEntities = ofHeads/16, ofCards/16, ofEntities/16
	}
	return &kept{
		newShelves(ofHeads), newCache[uint32, *graph.Event](ofCards), newCache[uint32, string](keptBodies), newOrdinalTable(events), newEntityShelf(ofEntities, entitiesPiece),
	}
}

// show makes new snapshots show an index, with what is committed. Entities whose records changed are forgotten.
func (s *Store) show(x *index, k *kept, rewritten []uint32) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := &state{txn: s.db.NewTransaction(false), index: x, kept: k, users: 1}
	if old := s.current; old != nil {
		next.number = old.number + 1
		defer old.release()
	}
	s.current = next
	k.entities.mark(rewritten, next.number) // before somebody asks
}

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
