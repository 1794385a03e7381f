package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"fangzhi/bench/workload"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/open"
)

// opened is what a process saw that opened a graph and asked Q1 to Q3. Memory is VmRSS in MB: it counts the pages of mapped
// files that were touched too.
type opened struct {
	OpenMS float64
	// UnverifiedMS is OpenMS without comparing the tables with their checksums.
	UnverifiedMS      float64
	AfterOpen, Asked  float64
	AnonymousOpen     float64 // what of it is no file
	AnonymousAfterAll float64
}

type openArgs struct{ place }

// freed is how long after opening memory is looked at: the store gives back what only opening took.
const freed = time.Second

func opening(a openArgs) (opened, error) {
	var out opened
	questions, err := readQuestions(a.place)
	if err != nil {
		return out, err
	}
	start := time.Now()
	store, err := open.Open(a.graph())
	if err != nil {
		return out, err
	}
	out.OpenMS = milliseconds(time.Since(start))
	time.Sleep(freed)
	out.AfterOpen, out.AnonymousOpen = status("self", "VmRSS"), status("self", "RssAnon")
	r, err := store.Snapshot(context.Background())
	if err != nil {
		return out, errors.Join(err, store.Close())
	}
	for _, w := range workload.All {
		if w.Name != "Q1" && w.Name != "Q2a" && w.Name != "Q2b" && w.Name != "Q3" {
			continue
		}
		for _, q := range questions[w.Name] {
			if _, err := w.Ask(context.Background(), r, q); err != nil {
				return out, err
			}
		}
	}
	out.Asked, out.AnonymousAfterAll = status("self", "VmRSS"), status("self", "RssAnon")
	r.Close()
	if err := store.Close(); err != nil {
		return out, err
	}
	start = time.Now()
	unverified, err := badgerstore.Open(a.graph(), badgerstore.Options{Unverified: true})
	if err != nil {
		return out, err
	}
	out.UnverifiedMS = milliseconds(time.Since(start))
	return out, unverified.Close()
}

// bare is Badger alone on the files of a graph: what no engine over it can better.
type bare struct {
	// OpenMS and VerifiedMS are without and with the checksums of all tables.
	OpenMS, VerifiedMS float64
	// NeighboursMS and RandomMS are the times of 50 Gets of keys that are known: in a row, and anywhere.
	NeighboursMS, RandomMS float64
	Keys                   int
}

func bareBadger(a openArgs) (bare, error) {
	var out bare
	for _, verified := range []bool{false, true} {
		mode, into := options.NoVerification, &out.OpenMS
		if verified {
			mode, into = options.OnTableRead, &out.VerifiedMS
		}
		start := time.Now()
		db, err := badger.Open(badger.DefaultOptions(a.graph()).WithReadOnly(true).WithLogger(nil).WithMetricsEnabled(false).
			WithCompression(options.None).WithBlockCacheSize(0).WithExternalMagic(badgerstore.Format).WithChecksumVerificationMode(mode))
		if err != nil {
			return out, err
		}
		*into = milliseconds(time.Since(start))
		if verified {
			err = out.get(db)
		}
		if err = errors.Join(err, db.Close()); err != nil {
			return out, err
		}
	}
	return out, nil
}

// runsOfKeys is how many runs of neighbouring keys are read.
const runsOfKeys = 200

func (b *bare) get(db *badger.DB) error {
	r := rand.New(rand.NewPCG(seed, 9))
	txn := db.NewTransaction(false)
	defer txn.Discard()
	var keys [][]byte
	tables := db.Tables()
	it := txn.NewIterator(badger.IteratorOptions{})
	for range runsOfKeys {
		if len(tables) > 0 {
			it.Seek(trimVersion(tables[r.IntN(len(tables))].Left))
		} else {
			it.Rewind()
		}
		for range r.IntN(500) {
			if it.Valid() {
				it.Next()
			}
		}
		for n := 0; n < workload.Page && it.Valid(); n++ {
			keys = append(keys, it.Item().KeyCopy(nil))
			it.Next()
		}
	}
	it.Close()
	b.Keys = len(keys)
	get := func() (float64, error) {
		start := time.Now()
		for _, key := range keys {
			item, err := txn.Get(key)
			if err != nil {
				return 0, err
			}
			if err := item.Value(func([]byte) error { return nil }); err != nil {
				return 0, err
			}
		}
		return milliseconds(time.Since(start)) * workload.Page / float64(max(len(keys), 1)), nil
	}
	var err error
	for range 2 { // the first time warms up
		if b.NeighboursMS, err = get(); err != nil {
			return err
		}
	}
	r.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	b.RandomMS, err = get()
	return err
}

// trimVersion takes off the eight bytes that Badger adds to keys in tables.
func trimVersion(key []byte) []byte { return key[:max(len(key)-8, 0)] }

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
