package query

import (
	"fangzhi/edtf"
	"fangzhi/graph"
)

// TimeUnit is the width of a histogram's bins.
type TimeUnit string

// The units.
const (
	UnitDay     TimeUnit = "DAY"
	UnitMonth   TimeUnit = "MONTH"
	UnitQuarter TimeUnit = "QUARTER"
	UnitYear    TimeUnit = "YEAR"
)

// Dimension is what events are told apart by.
type Dimension string

// The dimensions.
const (
	ByOfficial    Dimension = "OFFICIAL"
	ByDepartment  Dimension = "DEPARTMENT"
	ByLocation    Dimension = "LOCATION"
	BySection     Dimension = "SECTION"
	ByPublication Dimension = "PUBLICATION"
	ByBasis       Dimension = "BASIS"
)

// HistogramBin is a row: so many events in a period, of one value where a dimension was asked for.
type HistogramBin struct {
	// Period is 2020-12-17, 2020-12, 2020-33 to 2020-36 for the quarters, or 2020; From and To are its days.
	Period   edtf.Date
	From, To edtf.Day
	// Key is an entity's or a publication's id, a section's name, a basis; Label says it in words. Both are "" without
	// a dimension.
	Key, Label string
	Count      int
}

// RankedEntity is an entity and the number of its events.
type RankedEntity struct {
	Node  graph.Entity
	Count int
}
