// Package trie finds which of many words a text begins with, in the time that it takes to read the word.
//
// The reader asks that question some twenty times a character of a chronicle. A map of strings answers it by making and
// hashing a string for every length; here all edges of the tree stand in one table with open addresses, and most texts
// are turned away by one look at a bitmap of first characters.
package trie

import "math/bits"

// Trie maps words to values. The zero Trie is empty. It may be read by several goroutines, and added to by one alone.
type Trie struct {
	first  [1 << 16 / 64]uint64 // which code points of the basic plane begin a word
	others bool                 // some word begins with another code point
	table  []edge               // by hash of the key, open addressing; at most half full
	shift  uint                 // 64 minus the binary logarithm of len(table)
	edges  int
	values []int32 // by node, -1 for none; node 0 is none, node 1 the root
	words  int
}

// An edge leads from a node to the next: its two halves lie in one cache line, for a walk is a chain of misses.
type edge struct {
	key  uint64 // node<<21 | code point, 0 for none
	next Node
}

// Node is a place in a trie: the word so far. The zero Node is none.
type Node uint32

// Root is the node of the empty word.
const Root Node = 1

// Len returns the number of words.
func (t *Trie) Len() int { return t.words }

// Add sets the value of a word, which is not empty, and returns the one it had; -1 for none. Values are not negative.
func (t *Trie) Add(word string, value int) (before int) {
	if t.values == nil {
		t.values = []int32{-1, -1}
		t.grow(64)
	}
	node := Root
	for _, r := range word {
		if node == Root {
			if uint32(r) < 1<<16 {
				t.first[r>>6] |= 1 << (r & 63)
			} else {
				t.others = true
			}
		}
		node = t.child(node, r)
	}
	before = int(t.values[node])
	if before < 0 {
		t.words++
	}
	t.values[node] = int32(value)
	return before
}

// child returns the node behind an edge, which is made where it is not there.
func (t *Trie) child(node Node, r rune) Node {
	if n := t.Step(node, r); n != 0 {
		return n
	}
	if 2*t.edges >= len(t.table) {
		t.grow(2 * len(t.table))
	}
	n := Node(len(t.values))
	t.values = append(t.values, -1)
	t.put(edge{key(node, r), n})
	t.edges++
	return n
}

func (t *Trie) grow(size int) {
	old := t.table
	t.table = make([]edge, size)
	t.shift = uint(64 - bits.TrailingZeros(uint(size)))
	for _, e := range old {
		if e.key != 0 {
			t.put(e)
		}
	}
}

func key(node Node, r rune) uint64 { return uint64(node)<<21 | uint64(uint32(r)&(1<<21-1)) }

// slot returns where a key is looked for first.
func (t *Trie) slot(k uint64) int { return int(k * 0x9E3779B97F4A7C15 >> t.shift) }

func (t *Trie) put(e edge) {
	i := t.slot(e.key)
	for t.table[i].key != 0 {
		i = (i + 1) & (len(t.table) - 1)
	}
	t.table[i] = e
}

// May tells whether any word begins with r.
func (t *Trie) May(r rune) bool {
	if uint32(r) < 1<<16 {
		return t.first[r>>6]>>(r&63)&1 != 0
	}
	return t.others
}

// Step returns the node that r leads to from a node, 0 where no word goes on so.
func (t *Trie) Step(from Node, r rune) Node {
	if t.table == nil {
		return 0
	}
	k := key(from, r)
	for i := t.slot(k); ; i = (i + 1) & (len(t.table) - 1) {
		switch e := &t.table[i]; e.key {
		case k:
			return e.next
		case 0:
			return 0
		}
	}
}

// Value returns the value of the word that ends at a node, -1 where none does.
func (t *Trie) Value(n Node) int {
	if n == 0 {
		return -1
	}
	return int(t.values[n])
}

// Longest returns the value of the longest word that s begins with and its length in code points; -1 and 0 for none.
func (t *Trie) Longest(s []rune) (value, length int) {
	value = -1
	if len(s) == 0 || !t.May(s[0]) {
		return -1, 0
	}
	node := Root
	for i, r := range s {
		if node = t.Step(node, r); node == 0 {
			break
		}
		if v := t.values[node]; v >= 0 {
			value, length = int(v), i+1
		}
	}
	return value, length
}

// Get returns the value of a word, -1 where it is none.
func (t *Trie) Get(word []rune) int {
	if v, n := t.Longest(word); n == len(word) && n > 0 {
		return v
	}
	return -1
}

// A Match is a word that a text begins with.
type Match struct{ Value, Length int }

// All appends the words that s begins with to matches, shortest first.
func (t *Trie) All(matches []Match, s []rune) []Match {
	if len(s) == 0 || !t.May(s[0]) {
		return matches
	}
	node := Root
	for i, r := range s {
		if node = t.Step(node, r); node == 0 {
			break
		}
		if v := t.values[node]; v >= 0 {
			matches = append(matches, Match{int(v), i + 1})
		}
	}
	return matches
}

// Runes is a set of code points. The zero Runes is empty.
type Runes struct {
	plane  [1 << 16 / 64]uint64
	others map[rune]bool
}

// NewRunes returns the set of the code points of s.
func NewRunes(s string) *Runes {
	set := &Runes{}
	for _, r := range s {
		if uint32(r) < 1<<16 {
			set.plane[r>>6] |= 1 << (r & 63)
			continue
		}
		if set.others == nil {
			set.others = map[rune]bool{}
		}
		set.others[r] = true
	}
	return set
}

// Has tells whether r is in the set.
func (s *Runes) Has(r rune) bool {
	if uint32(r) < 1<<16 {
		return s.plane[r>>6]>>(r&63)&1 != 0
	}
	return s.others[r]
}
