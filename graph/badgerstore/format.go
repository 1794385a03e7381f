package badgerstore

import (
	"encoding/binary"
	"math"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// Format is the number of the layout below. Badger keeps it in its manifest and refuses a folder of another one.
//
//	1  first layout
//	2  reports of one event, pairs that may be one, earlier ids; years and near names in blocks
const Format = 2

// The keys. Strings of any length that something follows have their length before them, in two bytes, big endian,
// so that no name can be taken for the beginning of another; ids hold no NUL, so a NUL ends them.
//
//	'm'                                      meta: how many records there are
//	'e' event                                the event, without its body
//	'b' event                                its body
//	'i' issue                                the issue
//	'j' Issue.Order NUL issue                nothing: all issues in order
//	'J' publication NUL Issue.Order NUL issue   nothing: a publication's issues in order
//	't' issue                                the document
//	'p' publication                          the publication
//	'n' entity                               the entity
//	'a' atom                                 the id of the entity that holds it, as it is
//	'N' kind len name entity                 nothing: entities by folded name; kind is the first letter of their ids
//	'c' atom NUL entity                      nothing: entities by ParentAtom
//	'k' block key                            the block
//	'q' list SameKey NUL block key           a pair of the block that may be one; list is '*', or the first letter of the two ids
//	'g' event                                the reports of one event, by the first of them
//	'r' event                                the id of the first report of the event, as it is; only where there are several
//	'R' id                                   the id of the event that went by this one, as it is
//	'x' len term SortKey                     a posting (posting.go): the events of a term in ascending order
//	'y' class len term SortKey               the same again for those whose date covers more than a day, by length
//	'+' key number                           the next piece of the record at key, number from 1 in four bytes
//	's' number                               a piece of a staged batch, number from 0 in four bytes
//	'S'                                      the staged batch is whole: the number of its pieces
//
// Values are sealed: see record.go.
const (
	keyMeta         = 'm'
	keyEvent        = 'e'
	keyBody         = 'b'
	keyIssue        = 'i'
	keyIssueOrder   = 'j'
	keyIssueOf      = 'J'
	keyDocument     = 't'
	keyPublication  = 'p'
	keyEntity       = 'n'
	keyAtom         = 'a'
	keyName         = 'N'
	keyChild        = 'c'
	keyBlock        = 'k'
	keySame         = 'q'
	keyGroup        = 'g'
	keyReported     = 'r'
	keyRedirect     = 'R'
	keyPosting      = 'x'
	keyLong         = 'y'
	keyPiece        = '+'
	keyStaged       = 's'
	keyStagedMarker = 'S'
)

func idKey(kind byte, id graph.ID) []byte { return append([]byte{kind}, id...) }

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

// sameKeys are where a pair of a block stands.
func sameKeys(p *graph.SamePair, block string) [2][]byte {
	key := append(append([]byte(p.Key()), 0), block...)
	return [2][]byte{append([]byte{keySame, sameAll}, key...), append([]byte{keySame, p.A[0]}, key...)}
}

// sameAll is the list of pairs of every kind.
const sameAll = '*'

// namesKey begins the keys of the entities of one folded name.
func namesKey(letter byte, folded string) []byte { return appendSized([]byte{keyName, letter}, folded) }

// childrenKey begins the keys of the entities whose parent holds the atom.
func childrenKey(atom graph.ID) []byte { return append(idKey(keyChild, atom), 0) }

// A list names one posting list: a term, or the events of the term whose date has one class of length.
type list struct {
	class byte // 0 for all events of the term
	term  string
}

// prefix begins the keys of the list's postings; a SortKey follows.
func (l list) prefix() []byte {
	if l.class == 0 {
		return appendSized([]byte{keyPosting}, l.term)
	}
	return appendSized([]byte{keyLong, l.class}, l.term)
}

func (l list) key(k graph.SortKey) []byte { return append(l.prefix(), k...) }

// classDays bounds the lengths of dates, in days from the first to the last, that class i+1 holds. Longer ones and
// those open on one side are of the class after the last. By these bounds a range of days reaches only so far beyond
// its ends as the dates that may lie across them.
var classDays = []edtf.Day{31, 366, 3653}

// classOf returns the class of a date that covers first to last, 0 for one of at most a day.
func classOf(first, last edtf.Day) byte {
	if first == last {
		return 0
	}
	if first != 0 && last != 0 {
		for i, days := range classDays {
			if last-first <= days {
				return byte(i + 1)
			}
		}
	}
	return byte(len(classDays) + 1)
}

// The first letters of terms.
const (
	termAll             = "*"
	termOfficial        = "o" // atom
	termDepartment      = "d" // atom
	termDepartmentBelow = "D" // atom: linked to it or to what belongs to it
	termLocation        = "l" // atom
	termLocationBelow   = "L" // atom: linked to it or to what lies in it
	termPostOf          = "p" // atom of a department in which an official of the event has a post
	termSection         = "s" // section, also ""
	termPublication     = "P" // publication
	termIssue           = "I" // issue
	termLater           = "r" // an earlier event reports the same; no filter walks it, and its value is the id of the first report
)
