package loader

import (
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// What the reader knows of names and texts, for events that come without a document (package interchange).

// RegionNamed returns the jurisdiction that a code (410102) or a name (郑州市中原区) means. A chain of names that no table knows is
// taken at its word; a name that fits several divisions, or is none, is an error.
func RegionNamed(s string) (reading.Jurisdiction, error) { return regionNamed(s) }

// RegionBeginning returns the jurisdiction whose name an organ's name begins with (河南省林业局), unknown where it begins with none.
func RegionBeginning(organ string) reading.Jurisdiction {
	c := chainOf(titleStart(organ))
	if len(c) == 0 {
		return reading.Jurisdiction{}
	}
	if j, err := regionNamed(c.text()); err == nil {
		return j
	}
	return reading.Jurisdiction{}
}

// Summary returns the first sentence of a body without its date: reading.Event.Summary.
func Summary(body string, date *graph.EventDate) string { return summary(body, date) }
