package eval

// similarity is Ratcliff and Obershelp's measure of two texts, from 0 to 1: twice the characters in common over all
// characters. In common are the longest run that both hold (of equals the first of a, then of b) and, by the same rule,
// what is in common before and behind it. It is the ratio of Python's difflib.SequenceMatcher without its heuristic for
// frequent characters, figure for figure.
func similarity(a, b string) float64 {
	if a == b {
		return 1
	}
	x, y := []rune(a), []rune(b)
	return 2 * float64(inCommon(x, y)) / float64(len(x)+len(y))
}

// inCommon counts the characters in common. Its worst case is quadratic, which bodies that differ in a few places are
// far from.
func inCommon(a, b []rune) int {
	i, j, n := longestRun(a, b)
	if n == 0 {
		return 0
	}
	return inCommon(a[:i], b[:j]) + n + inCommon(a[i+n:], b[j+n:])
}

// longestRun returns where the longest run of equal characters begins in a and in b, and its length.
func longestRun(a, b []rune) (atA, atB, length int) {
	places := map[rune][]int{}
	for j, r := range b {
		places[r] = append(places[r], j)
	}
	runs, next := make([]int, len(b)+1), make([]int, len(b)+1) // runs[j+1]: length of the run that ends at a[i-1], b[j]
	for i, r := range a {
		clear(next)
		for _, j := range places[r] {
			n := runs[j] + 1
			next[j+1] = n
			if n > length {
				atA, atB, length = i-n+1, j-n+1, n
			}
		}
		runs, next = next, runs
	}
	return atA, atB, length
}

// firstDifference returns the index of the first character, in code points, that a and b do not share.
func firstDifference(a, b string) int {
	x, y := []rune(a), []rune(b)
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	return i
}
