package trie

import "unicode/utf8"

// Most questions whether a word stands somewhere are answered by its first code point, and decoding it by a call would cost
// more than the rest. The three bytes that nearly all characters of a Chinese text have are therefore put together in place.

// HasPrefix reports whether s begins with word, which is valid UTF-8.
func HasPrefix(s []rune, word string) bool {
	for i := 0; len(word) > 0; i++ {
		r, n := rune(word[0]), 1
		switch {
		case r>>4 == 0xE && len(word) >= 3:
			r, n = r&0xF<<12|rune(word[1]&0x3F)<<6|rune(word[2]&0x3F), 3
		case r >= utf8.RuneSelf:
			r, n = utf8.DecodeRuneInString(word)
		}
		if i >= len(s) || s[i] != r {
			return false
		}
		word = word[n:]
	}
	return true
}

// HasSuffix reports whether s ends with word, which is valid UTF-8.
func HasSuffix(s []rune, word string) bool {
	for i := len(s) - 1; len(word) > 0; i-- {
		k := len(word)
		r, n := rune(word[k-1]), 1
		switch {
		case k >= 3 && word[k-3]>>4 == 0xE:
			r, n = rune(word[k-3]&0xF)<<12|rune(word[k-2]&0x3F)<<6|r&0x3F, 3
		case r >= utf8.RuneSelf:
			r, n = utf8.DecodeLastRuneInString(word)
		}
		if i < 0 || s[i] != r {
			return false
		}
		word = word[:k-n]
	}
	return true
}
