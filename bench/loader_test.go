package main

import (
	"fmt"
	"testing"

	"fangzhi/loader"
)

// BenchmarkRead reads half a megabyte of each text: for benchstat and profiles.
func BenchmarkRead(b *testing.B) {
	for name, text := range map[string]string{"chronicle": chronicle(mega/2, "云河县大事记"), "gazetteer": gazetteer(mega / 2)} {
		b.Run(fmt.Sprintf("text=%s", name), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := loader.Read("bench.txt", []byte(text), loader.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
