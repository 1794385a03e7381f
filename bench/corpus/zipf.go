package corpus

import (
	"math"
	"math/rand/v2"
	"slices"
	"sort"
)

// ranks draws a rank k from 0 with a weight of (k + shift)^-exponent, of as many ranks as are asked for.
type ranks struct{ sums []float64 } // sums[k] is the weight of the ranks up to k

func newRanks(n int, shift, exponent float64) ranks {
	sums := make([]float64, n)
	total := 0.0
	for k := range sums {
		total += math.Pow(float64(k)+shift, -exponent)
		sums[k] = total
	}
	return ranks{sums}
}

// draw returns a rank below n, which is at least 1 and at most the number of ranks.
func (z ranks) draw(r *rand.Rand, n int) int {
	at := r.Float64() * z.sums[n-1]
	return min(sort.SearchFloat64s(z.sums[:n], at), n-1)
}

// distinct draws so many different ranks below n, or n where there are no more.
func (z ranks) distinct(r *rand.Rand, count, n int, into []int) []int {
	into = into[:0]
	for len(into) < min(count, n) {
		k := z.draw(r, n)
		if !slices.Contains(into, k) {
			into = append(into, k)
		}
	}
	return into
}
