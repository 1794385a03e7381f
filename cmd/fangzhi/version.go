package main

import (
	"fmt"
	"runtime/debug"

	"fangzhi"
	"fangzhi/fold"
	"fangzhi/graph/badgerstore"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

type versionCommand struct {
	Licenses bool `help:"Print the licences of all that is inside."`
}

// Help is the example that --help shows.
func (versionCommand) Help() string { return "Example:\n  fangzhi version --licenses | less" }

// Run prints the versions, or the licences.
func (c *versionCommand) Run(io *console) error {
	if c.Licenses {
		_, err := fmt.Fprintln(io.out, fangzhi.Licenses())
		return err
	}
	_, err := fmt.Fprintf(io.out, "fangzhi %s\nreader %s\nformat %d\nlexicon %s\nfold %d\n",
		version(), reading.Version, badgerstore.Format, lexicon.Version, fold.Version)
	return err
}

// version returns the module's version where it was built from one, else what go.mod's folder says: devel.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return fangzhi.Version + "-devel"
	}
	return info.Main.Version
}
