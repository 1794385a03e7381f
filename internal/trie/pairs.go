package trie

// Pairs is a set of pairs of code points that may take others for its own: a wrong hit costs time and nothing else. It tells
// which two can begin a word where most that can begin one go on as another word. The zero Pairs is empty.
type Pairs [1 << 16 / 64]uint64

func pairHash(a, b rune) (word, bit uint32) {
	h := uint32(a)*31 + uint32(b)
	return h >> 6 & (1<<10 - 1), h & 63
}

// Add adds a pair.
func (p *Pairs) Add(a, b rune) {
	word, bit := pairHash(a, b)
	p[word] |= 1 << bit
}

// May tells whether the pair may be in the set.
func (p *Pairs) May(a, b rune) bool {
	word, bit := pairHash(a, b)
	return p[word]>>bit&1 != 0
}
