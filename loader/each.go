package loader

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// each calls do for 0 to n-1, several at a time. What do does for one must not depend on what it does for another.
func each(n int, do func(i int)) {
	const few = 32 // not worth a goroutine
	workers := min(runtime.GOMAXPROCS(0), (n+few-1)/few)
	if workers <= 1 {
		for i := range n {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for {
				to := int(next.Add(few))
				for i := to - few; i < min(to, n); i++ {
					do(i)
				}
				if to >= n {
					return
				}
			}
		})
	}
	group.Wait()
}

// inChunks calls do for 0 to n-1 by their bounds, to exclusive, until it returns false: no more blocks of events at a time than
// keep the processors busy.
func inChunks(n int, do func(from, to int) bool) {
	const most = 64
	for from := 0; from < n; from += most {
		if !do(from, min(from+most, n)) {
			return
		}
	}
}
