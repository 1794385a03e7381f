// Package graph says what an event, an official, a department, a location, an issue and an attestation are,
// and what a Store of them promises.
//
// It knows nothing of texts, files or GraphQL: loaders produce its values, engines keep them, queries read them.
// Every statement carries Evidence: a span of the title, the heading or the body that says so.
package graph

import (
	"crypto/sha256"
	"encoding/base32"
)

// ID names a node of the graph. It is opaque and stable: hashed from what the node is, never counted.
// The zero ID names nothing.
type ID string

// The letters that an ID begins with, so that one look tells what it names.
const (
	PrefixEvent       = "e"
	PrefixOfficial    = "o"
	PrefixDepartment  = "d"
	PrefixLocation    = "l"
	PrefixIssue       = "i"
	PrefixPublication = "p"
)

// idBytes is how much of the SHA-256 an ID keeps: 80 bits, so that among ten million nodes
// two share an id with a probability of about 4e-11.
const idBytes = 10

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID hashes the parts of a key to the ID of a node. The parts must not contain a NUL.
func NewID(prefix string, parts ...string) ID {
	var room [256]byte
	b := append(room[:0], prefix...)
	for _, part := range parts {
		b = append(append(b, 0), part...)
	}
	sum := sha256.Sum256(b)
	return ID(idEncoding.AppendEncode(append(room[:0], prefix...), sum[:idBytes]))
}

// Prefix returns the letter that says what id names, or "" for the zero ID.
func (id ID) Prefix() string {
	if id == "" {
		return ""
	}
	return string(id[:1])
}

// EntityKind says what an Entity is.
type EntityKind string

// The kinds of entity.
const (
	KindOfficial   EntityKind = "OFFICIAL"
	KindDepartment EntityKind = "DEPARTMENT"
	KindLocation   EntityKind = "LOCATION"
)

// EntityKinds lists all kinds, in the order of the contract.
var EntityKinds = []EntityKind{KindOfficial, KindDepartment, KindLocation}

// prefix returns the letter that ids of the kind begin with.
func (k EntityKind) prefix() string {
	switch k {
	case KindOfficial:
		return PrefixOfficial
	case KindDepartment:
		return PrefixDepartment
	case KindLocation:
		return PrefixLocation
	}
	panic("graph: unknown entity kind " + string(k))
}

// EventKind tells events of the year from articles that only bear witness.
type EventKind string

// The kinds of event.
const (
	EventKindEvent    EventKind = "EVENT"
	EventKindRoster   EventKind = "ROSTER"
	EventKindOverview EventKind = "OVERVIEW"
)

// EventKinds lists the kinds in the contract's order.
var EventKinds = []EventKind{EventKindEvent, EventKindRoster, EventKindOverview}

// EvidenceField is the text of an event that an Evidence counts in.
type EvidenceField string

// The fields that evidence stands in.
const (
	FieldTitle   EvidenceField = "TITLE"
	FieldHeading EvidenceField = "HEADING"
	FieldBody    EvidenceField = "BODY"
)

// Evidence is where in Event.PrintedTitle, Heading or the body a statement stands.
// Start and End count Unicode code points, End exclusive; Text is exactly that span.
type Evidence struct {
	Field EvidenceField `cbor:"1,keyasint" json:"field"`
	Start int           `cbor:"2,keyasint" json:"start"`
	End   int           `cbor:"3,keyasint" json:"end"`
	Text  string        `cbor:"4,keyasint" json:"text"`
}
