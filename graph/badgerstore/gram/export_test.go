package gram

import "testing"

// ShareAll lets even the shortest entries be shared until the test ends.
func ShareAll(t testing.TB) {
	was := minShared
	minShared = 1
	t.Cleanup(func() { minShared = was })
}
