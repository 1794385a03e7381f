package web

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed examples/*.graphql
var exampleFiles embed.FS

// An Example is a query of web/examples. It needs no variables and says in Chinese comments what a reader may change.
type Example struct {
	Name  string // the file's name without .graphql: 1-officials
	Title string // its first line without the #, in Chinese: the tab's title in the playground
	Query string // the whole file, comments included: one GraphQL operation
}

// Examples returns the queries that the playground opens with, in its order. The slice is the caller's.
func Examples() []Example {
	entries, err := exampleFiles.ReadDir("examples") // sorted by name
	if err != nil {
		panic(err) // embedded
	}
	examples := make([]Example, 0, len(entries))
	for _, entry := range entries {
		query, err := exampleFiles.ReadFile("examples/" + entry.Name())
		if err != nil {
			panic(err)
		}
		first, _, _ := strings.Cut(string(query), "\n")
		title, ok := strings.CutPrefix(first, "# ")
		if !ok || title == "" {
			panic(fmt.Sprintf("web: examples/%s: the first line is no comment that could be its title", entry.Name()))
		}
		examples = append(examples, Example{
			Name:  strings.TrimSuffix(entry.Name(), ".graphql"),
			Title: title,
			Query: string(query),
		})
	}
	return examples
}
