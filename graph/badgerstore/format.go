package badgerstore

import (
	"encoding/binary"
	"math"

	"fangzhi/graph"
)

// Format is the number of the layout below. Badger keeps it in its manifest and refuses a folder of another one.
//
//	1  first layout
//	2  reports of one event, pairs that may be one, earlier ids; years and near names in blocks
//	3  ordinals, columns and an index of texts in place of a key for each posting; pinyin of entities
//	4  columns in records as long as an update made them; numbers of atoms stand with the atoms alone
//	5  heads apart from cards; strings of a card, and of an entity, in one text; faces of entities stand with their atoms, and their numbers
//	   of events in a column; the index of texts leaves out grams of which few events have both halves; pairs stand in the list of their
//	   kind alone; first hits of common strings; cards in blocks of eight, records packed by S2 and tables that are not compressed;
//	   texts of documents quote bodies; no key from an event's id to its ordinal
const Format = 5

// The keys. Strings of any length that something follows have their length before them, in two bytes, big endian,
// so that no name can be taken for the beginning of another; ids hold no NUL, so a NUL ends them. Numbers have four bytes, big endian.
//
//	'm'                                      meta: how many records there are, and what numbers are given next
//
//	'a' ordinal                              heads from this one to before that of the next key (heads.go)
//	'c' ordinal / 8                          the cards of eight events (cards.go)
//	'b' ordinal / 8                          the texts of eight events (bodies.go)
//	'i' issue                                the issue
//	'j' Issue.Order NUL issue                nothing: all issues in order
//	'J' publication NUL Issue.Order NUL issue   nothing: a publication's issues in order
//	't' issue                                the document (facts.go, quotes.go)
//	'p' publication                          the publication
//	'n' entity                               the entity without the number of its events (entities.go)
//	'N' kind len name entity                 nothing: entities by folded name; kind is the first letter of their ids
//	'P' atom NUL entity                      nothing: entities by ParentAtom
//	'k' block key                            the block (facts.go)
//	'q' letter SameKey NUL block key         a pair of the block that may be one; letter is the first of the two ids
//	'g' event                                the reports of one event, by the first of them
//	'r' event                                the id of the first report of the event, as it is; only where there are several
//	'R' id                                   the id of the event that went by this one, as it is
//
// What the index is read from when the graph is opened (load.go), so many in a record that one issue rewrites little:
//
//	'C' ordinal                              rows from this one to before that of the next key
//	'F' ordinal                              links, likewise
//	'A' atom / 64                            atoms, the entities that hold them, and the faces of these (faces.go)
//	'E' number                               how many events entities have, those of some updates (totals.go)
//	'T' target                               targets, likewise
//	'I' issue                                issues, by number, likewise
//	'O' rank / 16384                         events in the order of a timeline
//	'v'                                      sections and confidences
//	'd' ordinal / 4096                       a bit for each event: those that are dead; no record where there is none
//	'h' ordinal / 4096                       those with a title that is no part of the body, likewise
//	'l' ordinal / 4096                       later reports, likewise
//
// The index of texts (text.go):
//
//	'D'                                      which segments there are
//	'f'                                      first hits of common strings (common.go)
//	'H' segment                              header
//	'G' segment block                        block
//	'U' id                                   set of frequent grams
//
//	'+' key number                           the next piece of the record at key, number from 1
//	's' number                               a piece of a staged batch, number from 0
//	'S'                                      the staged batch is whole: the number of its pieces
//
// Values are sealed: see record.go.
const (
	keyMeta         = 'm'
	keyHeads        = 'a'
	keyCards        = 'c'
	keyBodies       = 'b'
	keyIssue        = 'i'
	keyIssueOrder   = 'j'
	keyIssueOf      = 'J'
	keyDocument     = 't'
	keyPublication  = 'p'
	keyEntity       = 'n'
	keyName         = 'N'
	keyChild        = 'P'
	keyBlock        = 'k'
	keySame         = 'q'
	keyGroup        = 'g'
	keyReported     = 'r'
	keyRedirect     = 'R'
	keyRows         = 'C'
	keyLinks        = 'F'
	keyAtoms        = 'A'
	keyTotals       = 'E'
	keyTargets      = 'T'
	keyIssues       = 'I'
	keyOrder        = 'O'
	keyVocabulary   = 'v'
	keyDead         = 'd'
	keyOdd          = 'h'
	keyLater        = 'l'
	keySegments     = 'D'
	keyCommon       = 'f'
	keyHeader       = 'H'
	keyGrams        = 'G'
	keySet          = 'U'
	keyPiece        = '+'
	keyStaged       = 's'
	keyStagedMarker = 'S'
)

// How many stand in a record. Of columns that are added to see append.go; atoms stand in records by pages (paged.go).
const (
	ranksARecord  = 16384
	eventsARecord = 8 // cards, and bodies
	marksARecord  = 4096
)

func idKey[S ~string](kind byte, id S) []byte {
	return append(append(make([]byte, 0, 1+len(id)), kind), id...)
}

func numberKey(kind byte, number ...uint32) []byte {
	key := make([]byte, 1, 9)
	key[0] = kind
	for _, n := range number {
		key = binary.BigEndian.AppendUint32(key, n)
	}
	return key
}

func appendSized[S ~string](b []byte, s S) []byte {
	return append(binary.BigEndian.AppendUint16(b, uint16(min(len(s), math.MaxUint16))), s...)
}

func issueOrderKey(is *graph.Issue) []byte {
	b := append([]byte{keyIssueOrder}, is.Order...)
	return append(append(b, 0), is.ID...)
}

// issuesOfKey begins the keys of a publication's issues.
func issuesOfKey(publication graph.ID) []byte {
	return append(idKey(keyIssueOf, publication), 0)
}

func issueOfKey(is *graph.Issue) []byte {
	b := append(issuesOfKey(is.PublicationID), is.Order...)
	return append(append(b, 0), is.ID...)
}

// sameKey is where a pair of a block stands.
func sameKey(pair graph.SameKey, letter byte, block string) []byte {
	key := append(make([]byte, 0, 3+len(pair)+len(block)), keySame, letter)
	return append(append(append(key, pair...), 0), block...)
}

// namesKey begins the keys of the entities of one folded name.
func namesKey(letter byte, folded string) []byte { return appendSized([]byte{keyName, letter}, folded) }

// childrenKey begins the keys of the entities whose parent holds the atom.
func childrenKey(atom graph.ID) []byte { return append(idKey(keyChild, atom), 0) }
