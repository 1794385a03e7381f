package gram

// maxDigit is how many bits a pass of radixSort looks at: its buckets have to stay in the processor's nearest caches.
const maxDigit = 12

// radixSort sorts a by the width bits from bit from upwards and keeps the order of equal ones. b has room for as many. What comes back
// is the sorted one and the other one, which may be swapped.
func radixSort(a, b []uint64, from, width uint) (sorted, other []uint64) {
	b = b[:len(a)]
	passes := (width + maxDigit - 1) / maxDigit
	if passes == 0 {
		return a, b
	}
	digit := (width + passes - 1) / passes
	mask := uint64(1)<<digit - 1
	var counts [1 << maxDigit]uint32
	for end := from + width; from < end; from += digit {
		if from+digit > end {
			mask = uint64(1)<<(end-from) - 1
		}
		clear(counts[:])
		for _, v := range a {
			counts[v>>from&mask]++
		}
		sum := uint32(0)
		for i, n := range counts[:mask+1] {
			counts[i] = sum
			sum += n
		}
		for _, v := range a {
			c := &counts[v>>from&mask]
			b[*c] = v
			*c++
		}
		a, b = b, a
	}
	return a, b
}
