package lexicon

import (
	_ "embed" // renaming.tsv
	"fmt"
	"strings"
	"sync"
)

//go:embed renaming.tsv
var renamingTable string

// An OrganRenaming says that organs of one kind became organs of another: 环境保护局 became 生态环境局 in 2018.
type OrganRenaming struct {
	Old, New string // core names without the jurisdiction, as organ.tsv's full forms have them after {X}
	Year     int
}

var organRenamings = sync.OnceValue(func() []OrganRenaming {
	var all []OrganRenaming
	for line := range strings.Lines(renamingTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			panic(fmt.Sprintf("lexicon: renaming.tsv: %q has %d fields, not 4", line, len(f)))
		}
		all = append(all, OrganRenaming{f[0], f[1], organYear(f[2])})
	}
	return all
})

// OrganRenamings returns the table of renamed and merged organs, oldest first; it is not to be changed.
func OrganRenamings() []OrganRenaming { return organRenamings() }
