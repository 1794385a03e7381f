package gram

import "testing"

// ShareAll lets even the shortest entries be shared until the test ends.
func ShareAll(t testing.TB) {
	was := minShared
	minShared = 1
	t.Cleanup(func() { minShared = was })
}

// Few has so many events be few, of however few, until the test ends.
func Few(t testing.TB, events int) {
	was := minFew
	minFew = events
	t.Cleanup(func() { minFew = was })
}

// Postings returns how many ordinals the lists of a block have.
func Postings(block []byte) (int, error) {
	n := 0
	for r := (blockReader{b: block}); ; {
		more, err := r.next()
		if err != nil || !more {
			return n, err
		}
		if _, ok := sameAs(r.form, r.body, r.gram); ok {
			continue
		}
		of, ok := parseEntry(r.form, r.body)
		if !ok {
			return n, ErrCorrupt
		}
		for _, l := range of {
			n += l.count()
		}
	}
}

// Grams returns the grams of a block, and those among them that share the entry of a part.
func Grams(block []byte) (grams, shared []string, err error) {
	for r := (blockReader{b: block}); ; {
		more, err := r.next()
		if err != nil || !more {
			return grams, shared, err
		}
		grams = append(grams, string(r.gram))
		if _, ok := sameAs(r.form, r.body, r.gram); ok {
			shared = append(shared, string(r.gram))
		}
	}
}

// KeyBit is where the number of the suffix begins in an occurrence.
const KeyBit = keyBit

// Sorted returns occurrences by suffix, sorted by a sorter that has sorted others before.
func Sorted(before, occurrences []uint64) []uint64 {
	var s sorter
	s.sort(before)
	return s.sort(occurrences)
}

// FewHaveBoth tells whether not more than few events are in both lists, as a builder finds it out.
func FewHaveBoth(few int, a, b []uint16) bool {
	var build builder
	build.few, build.prefix.number = few, none
	build.halves.add(a)
	build.halves.add(b)
	return build.fewHaveBoth(0, 1)
}
