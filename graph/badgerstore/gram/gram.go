// Package gram is the full-text index of the engine: which events contain a string, and how often.
//
// A gram is a folded substring of 1 to MaxLen code points, of a title or of a body, never of both. A segment indexes the
// events of an interval of ordinals: every gram of one and of two code points, and a longer one whose halves are frequent, the grams
// that are one shorter, its prefix and its suffix; but not if it is not frequent and few events have both halves. Of the events that
// were indexed at once more than 0.25 % make a gram frequent, and 0.67 % are few.
// So for a string of up to MaxLen code points either the segment has it as a gram, and the posting is the answer, or few
// events have all its grams and are looked at. A longer string is always found by its grams and looked at.
//
// The set of frequent grams says which longer ones are covered: both their halves are frequent. A covered gram that is not in the
// segment is in no text, if more than few events have both its halves, or it was left out.
//
// Segments never change. Build makes one from texts, Merge one from several, and both hand out its blocks to be kept;
// a Header finds the one block that a gram would be in. The package opens and keeps nothing itself.
//
// # Postings
//
// An entry has up to sixteen lists of ordinals: all events that contain the gram; those whose title does; and for h from 2
// to MaxHits those with exactly h hits (MaxHits: that many or more). Hits are occurrences that do not overlap, counted from
// the left as strings.Count does, in title and body together. Lists count ordinals from the segment's first, so that they
// fit 16 bits, and no segment spans more than MaxSpan ordinals.
//
// # Bytes
//
// Numbers are unsigned varints (encoding/binary) unless said otherwise. A block is a sequence of entries in ascending
// order of their grams as bytes:
//
//	1 byte   bits 0-2: code points that the gram shares with the one before, 0 for the first of a block
//	         bits 3-5: its further code points, less 1
//	         bits 6-7: form of the list, or 3 where there are several
//	varint   distance of the first of these from the code point that the gram before has there, from 0 if it has none
//	         the others in UTF-8
//	varint   n, bytes that follow
//	n bytes  the list of all events; or, where there are several or the form of the only one is 3:
//	         2 bytes, little endian: bit 1 for a list of titles, bit h for a list of h hits
//	         all, titles and hits ascending, each as a varint bytes<<2|form and its bytes
//
// A gram of three code points and more whose entry would be long and is that of a part of it, as 议强调 is always and only in
// 会议强调, has 3 as its form, n = 1, and in bits 4-7 of its byte where the part begins and in bits 0-3 its length, both in
// code points.
//
// Forms of a list of ordinals, of which about the shortest is taken:
//
//	0  deltas: the first, then for each further one its distance from the one before, less 1
//	1  bits, the lowest of a byte first: that of ordinal i is i; no byte of zeros at the end
//	2  packed: n<<4|low, n being at least 32; the first; then of the distance of each from the first, that of the first
//	   included, the low lowest bits, one after the other, and after the byte where they end the higher ones as a row of
//	   bits: that of ordinal i, counted from 0, is i + its higher bits
//	3  runs: for each run its distance from the end of the one before, then its length, less 1
//
// A header begins with the number of the format, see formatVersion; header.go and set.go have the rest.
package gram

import "errors"

const (
	// MaxLen is the length of the longest gram, in code points.
	MaxLen = 8
	// MaxHits is the highest number of hits that is told from higher ones.
	MaxHits = 15
	// MaxSpan is how many ordinals a segment may span, those without an event included.
	MaxSpan = 1 << 16
	// MaxText is how many code points Build takes, of all titles and bodies together: so an occurrence and its place fit the numbers of its sort.
	MaxText = 1 << 26
	// MaxBlock bounds the length of a block, in bytes. All but the blocks of very common grams are below 5 kB.
	MaxBlock = 110_000
)

// formatVersion numbers the bytes of blocks, headers and sets.
//
//	1  first version
//	2  grams are left out where few events have both halves
const formatVersion = 2

var (
	// ErrCorrupt is returned for bytes that this package did not write.
	ErrCorrupt = errors.New("index of texts is corrupt")
	// ErrRange is returned for ordinals that do not ascend or span more than MaxSpan.
	ErrRange = errors.New("ordinals of a segment must ascend and span at most 65536")
	// ErrTooLong is returned by Build for events whose texts together exceed 67,108,864 code points.
	ErrTooLong = errors.New("texts of a segment are too long")
)

// A Doc is an event to be indexed. Title and Body are folded (package fold), valid UTF-8, and either may be "".
type Doc struct {
	Ordinal     uint32
	Title, Body string
}

// A Writer keeps the blocks of a segment, in order: its first call gets block 0. first is the first gram of the block.
// Both slices are the Writer's own from then on. An error ends the work and is returned.
type Writer func(first, block []byte) error
