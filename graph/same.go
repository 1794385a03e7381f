package graph

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
)

// SamePair is two entities of one kind that may be one, for people to judge. A is the lesser id.
type SamePair struct {
	A ID `cbor:"1,keyasint"`
	B ID `cbor:"2,keyasint"`
	// Score is above 0 and at most 1, in steps of 0.01.
	Score float64 `cbor:"3,keyasint"`
	// Reasons are Chinese lines for and against.
	Reasons []string `cbor:"4,keyasint"`
}

// A SameKey orders pairs, the best first and then by their ids, by comparing bytes. It is the pair's own, so a cursor made
// of it goes on where it stood whatever was loaded since.
type SameKey string

const sameSteps = 1_000_000

// Key returns the pair's place in the list.
func (p *SamePair) Key() SameKey {
	below := uint32(math.Round((1 - p.Score) * sameSteps))
	var room [64]byte
	b := binary.BigEndian.AppendUint32(room[:0], below)
	return SameKey(append(append(append(b, p.A...), 0), p.B...))
}

// Kind returns what the two are.
func (p *SamePair) Kind() EntityKind {
	at := slices.IndexFunc(EntityKinds, func(k EntityKind) bool { return k.prefix() == p.A.Prefix() })
	if at < 0 {
		return ""
	}
	return EntityKinds[at]
}

// Cursor returns the opaque form of the key that clients hold.
func (k SameKey) Cursor() string {
	return base64.RawURLEncoding.EncodeToString(append([]byte{sameLetter}, k...))
}

// sameLetter begins the cursors of this list, so that the cursor of another one is refused.
const sameLetter = 'm'

// ParseSameCursor reads what Cursor printed; anything else is ErrBadInput.
func ParseSameCursor(cursor string) (SameKey, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) < 6 || b[0] != sameLetter || !strings.Contains(string(b[5:]), "\x00") {
		return "", fmt.Errorf("%w: %q is no cursor of this list", ErrBadInput, cursor)
	}
	return SameKey(b[1:]), nil
}

func (b *Block) validate() error {
	for i := range b.Pairs {
		p := &b.Pairs[i]
		if p.A >= p.B || p.Kind() == "" || p.A.Prefix() != p.B.Prefix() || p.Score <= 0 || p.Score > 1 {
			return fmt.Errorf("%w: block %q has the pair %q, %q with the score %v", ErrBadInput, b.Key, p.A, p.B, p.Score)
		}
	}
	return validateFacts(b.Facts)
}
