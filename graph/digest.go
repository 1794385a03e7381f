package graph

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// Digest returns a hash, in hex, of all records that r shows: publications, issues with their documents, events with
// their bodies and other reports, entities with their atoms, pairs that may be one. Two graphs that answer alike have the same digest, whatever engine
// keeps them and in whatever order they were loaded; when issues were loaded is left out.
func Digest(ctx context.Context, r Reader) (string, error) {
	encoding, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		return "", err
	}
	d := digester{sum: sha256.New(), mode: encoding}
	for _, step := range []func(context.Context, Reader) error{d.issues, d.events, d.entities, d.pairs} {
		if err := step(ctx, r); err != nil {
			return "", fmt.Errorf("digest: %w", err)
		}
	}
	return hex.EncodeToString(d.sum.Sum(nil)), nil
}

// Content returns the SHA-256 of what an event and its body say, whatever issue it stands in: without its ids, its citation and
// what sorts its issue.
func Content(e *Event, body string) ([sha256.Size]byte, error) {
	own := *e
	own.ID, own.IssueID, own.PublicationID, own.IssueOrder, own.Citation = "", "", "", "", ""
	b, err := contentMode().Marshal([]any{&own, body})
	return sha256.Sum256(b), err
}

var contentMode = sync.OnceValue(func() cbor.EncMode {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic("graph: " + err.Error()) // the options are constant
	}
	return mode
})

// KeptAlike tells whether two records are the same in all that engines keep of them.
func KeptAlike(a, b any) (bool, error) {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		return false, err
	}
	x, err := mode.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := mode.Marshal(b)
	return bytes.Equal(x, y), err
}

type digester struct {
	sum  hash.Hash
	mode cbor.EncMode
}

// add hashes values. CBOR says where each ends, so no two sequences of values look alike.
func (d digester) add(values ...any) error {
	for _, v := range values {
		b, err := d.mode.Marshal(v)
		if err != nil {
			return err
		}
		d.sum.Write(b)
	}
	return nil
}

func (d digester) issues(ctx context.Context, r Reader) error {
	publications, err := r.Publications(ctx, nil)
	if err != nil {
		return err
	}
	for _, p := range publications {
		if err := d.add("publication", p); err != nil {
			return err
		}
	}
	ids, err := r.IssueList(ctx, "")
	if err != nil {
		return err
	}
	for _, id := range ids { // one by one: a document may have several MB
		issues, err := r.Issues(ctx, []ID{id})
		if err != nil {
			return err
		}
		document, err := r.Document(ctx, id)
		if err != nil {
			return err
		}
		if issues[0] == nil {
			return fmt.Errorf("issue %s: %w", id, ErrNotFound)
		}
		issue := *issues[0]
		issue.LoadedAt = time.Time{}
		if document != nil && document.Redirects != nil { // they tell history: how the text was read before
			d := *document
			d.Redirects = nil
			document = &d
		}
		if err := d.add("issue", issue, document); err != nil {
			return err
		}
	}
	return nil
}

func (d digester) events(ctx context.Context, r Reader) error {
	return r.Each(ctx, Filter{}, func(e *Event) error {
		bodies, err := r.Bodies(ctx, []ID{e.ID})
		if err != nil {
			return err
		}
		reports, err := r.Reports(ctx, []ID{e.ID})
		if err != nil {
			return err
		}
		return d.add("event", e, bodies[0], reports[0])
	})
}

func (d digester) entities(ctx context.Context, r Reader) error {
	return r.EachEntity(ctx, "", func(e *EntityData) error { return d.add("entity", e) })
}

func (d digester) pairs(ctx context.Context, r Reader) error {
	return r.EachSame(ctx, "", "", false, func(p *SamePair) error { return d.add("pair", p) })
}
