package lexicon

import (
	_ "embed" // section.tsv
	"strings"
	"sync"
)

//go:embed section.tsv
var sectionTable string

// IsSection tells whether name is a usual name of a column (栏目) of a monthly report: 时政要点, 民生视点. The name has to be
// without spaces and ornaments. Columns that are not in the list are no less columns: see package loader/layout.
func IsSection(name string) bool { return sections()[name] }

// sections returns the names of section.tsv.
var sections = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(sectionTable) {
		name, _, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(line, "#") {
			set[name] = true
		}
	}
	return set
})
