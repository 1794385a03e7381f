package server

import "encoding/binary"

// quoted writes a string as graphql.MarshalString does.
func (w *writer) quoted(s string) {
	const hex = "0123456789ABCDEF"
	w.text = append(w.text, '"')
	for {
		n := asItIs(s)
		w.text = append(w.text, s[:n]...)
		if n == len(s) {
			break
		}
		switch c := s[n]; c {
		case '\t':
			w.text = append(w.text, `\t`...)
		case '\r':
			w.text = append(w.text, `\r`...)
		case '\n':
			w.text = append(w.text, `\n`...)
		case '\\', '"':
			w.text = append(w.text, '\\', c)
		default:
			w.text = append(w.text, '\\', 'u', '0', '0', hex[c>>4], hex[c&0xf])
		}
		s = s[n+1:]
	}
	w.text = append(w.text, '"')
}

const (
	eachByte = 0x0101010101010101 // times a byte: that byte eight times
	highBits = 0x80 * eachByte
)

// asItIs returns how many bytes of the text come before the first that JSON writes in another way. Eight are looked at at once:
// a subtraction borrows from the high bit of a byte that is less than what is taken away, and that had not the bit itself.
func asItIs(s string) int {
	n := 0
	for ; len(s)-n >= 8; n += 8 {
		x := binary.LittleEndian.Uint64([]byte(s[n : n+8]))
		quote, backslash := x^'"'*eachByte, x^'\\'*eachByte
		if ((x-0x20*eachByte)&^x|(quote-eachByte)&^quote|(backslash-eachByte)&^backslash)&highBits != 0 {
			break
		}
	}
	for ; n < len(s); n++ {
		if c := s[n]; c < 0x20 || c == '"' || c == '\\' {
			return n
		}
	}
	return n
}
