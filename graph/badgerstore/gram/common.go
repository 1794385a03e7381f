package gram

import "unicode/utf8"

// Common visits the grams of one and of two code points in a block, as a Writer gets it, that n events or more have, and tells of how many
// they are. The error is ErrCorrupt.
func Common(block []byte, n int, visit func(gram string, events int)) error {
	r := blockReader{b: block}
	for {
		more, err := r.next()
		if !more || err != nil {
			return err
		}
		// A list of n ordinals that is no list of runs has n bits at least.
		if r.form != several && len(r.body) < n/8 || utf8.RuneCount(r.gram) > 2 {
			continue
		}
		of, ok := parseEntry(r.form, r.body)
		if !ok {
			return ErrCorrupt
		}
		if events := of[allList].count(); events >= n {
			visit(string(r.gram), events)
		}
	}
}
