package bulk

import (
	"context"
	"hash/maphash"
	"io"
)

// Stretches returns in how many stretches a file is read the second time.
func Stretches(ctx context.Context, file io.ReadSeeker) (int, error) {
	r := &run{file: file, workers: 2, seed: maphash.MakeSeed()}
	err := r.check(ctx)
	return len(r.stretches), err
}
