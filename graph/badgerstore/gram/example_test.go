package gram_test

import (
	"fmt"
	"strings"

	"fangzhi/graph/badgerstore/gram"
)

func ExampleQuery() {
	docs := []gram.Doc{
		{Ordinal: 70, Title: "云河区委召开会议", Body: "区委书记沈知秋主持会议。"},
		{Ordinal: 71, Title: "", Body: "区长到澜州市调研。"},
		{Ordinal: 74, Title: "", Body: "沈知秋到云河区调研,沈知秋强调安全。"},
	}
	var blocks [][]byte // an engine keeps them under keys
	header, err := gram.Build(docs, nil, func(_, block []byte) error {
		blocks = append(blocks, block)
		return nil
	})
	if err != nil {
		panic(err)
	}
	segment := gram.Segment{Header: header, Read: func(i int) ([]byte, error) { return blocks[i], nil }}
	for _, pattern := range []string{"会议", "沈知秋"} {
		results, err := gram.Query([]gram.Segment{segment}, pattern)
		if err != nil {
			panic(err)
		}
		for _, r := range results {
			if !r.Exact.IsEmpty() {
				all, _ := r.Exact.All()
				title, _ := r.Exact.Title()
				fmt.Println(pattern, "is in", all, "and in the title of", title)
			}
			if r.Candidates != nil {
				for _, d := range docs {
					if r.Candidates.Contains(d.Ordinal) {
						fmt.Println(pattern, "hits", d.Ordinal, strings.Count(d.Title, pattern)+strings.Count(d.Body, pattern), "times")
					}
				}
			}
		}
	}
	// Output:
	// 会议 is in {70} and in the title of {70}
	// 沈知秋 hits 70 1 times
	// 沈知秋 hits 74 2 times
}
