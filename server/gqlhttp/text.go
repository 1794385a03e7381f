package gqlhttp

import (
	"bytes"
	"encoding/json"
	"iter"
	"sync"
)

// buffers hold bodies and answers while they are read and written. Most are some kilobytes; a large one is not kept.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const maxKept = 1 << 20 // bytes

func release(b *bytes.Buffer) {
	if b.Cap() <= maxKept {
		b.Reset()
		buffers.Put(b)
	}
}

// isObject tells whether a JSON text is an object, or null, which is an empty one.
func isObject(text []byte) bool {
	text = bytes.TrimLeft(text, space)
	return len(text) > 0 && (text[0] == '{' || text[0] == 'n')
}

const space = " \t\r\n"

// members returns the names and values of an object, in their order. The text must be valid JSON, and an object or null.
func members(text []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) {
		rest := bytes.TrimLeft(text, space)
		if rest[0] != '{' {
			return
		}
		for {
			rest = bytes.TrimLeft(rest[1:], space) // behind { or a comma
			if rest[0] == '}' {
				return
			}
			n := length(rest)
			name := rest[:n]
			rest = bytes.TrimLeft(rest[n:], space)
			rest = bytes.TrimLeft(rest[len(":"):], space)
			n = length(rest)
			if !yield(unquoted(name), rest[:n]) {
				return
			}
			if rest = bytes.TrimLeft(rest[n:], space); rest[0] == '}' {
				return
			}
		}
	}
}

// unquoted returns what a JSON string says.
func unquoted(text []byte) []byte {
	if bytes.IndexByte(text, '\\') < 0 {
		return text[1 : len(text)-1]
	}
	var s string
	if json.Unmarshal(text, &s) != nil {
		return nil
	}
	return []byte(s)
}

// length returns how long the first value of the text is.
func length(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
			if !quoted && depth == 0 {
				return i + 1
			}
		case quoted:
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
			if depth < 0 { // the end of what a number or a word stands in
				return i
			}
		case depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n'):
			return i
		}
	}
	return len(text)
}
