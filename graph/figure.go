package graph

// Figure is a quantity that an event's text gives: 1600 余人.
type Figure struct {
	// Value is the number as printed: 10.5 of 10.5万元, whose unit is 万元.
	Value     float64         `cbor:"1,keyasint"`
	Qualifier FigureQualifier `cbor:"2,keyasint"`
	// Unit is as printed, 万 and 亿 included: 人, 万元, %.
	Unit string `cbor:"3,keyasint"`
	// Subject is what is counted, as the text calls it; "" where that is not plain.
	Subject  string     `cbor:"4,keyasint,omitempty"`
	Text     string     `cbor:"5,keyasint"`
	Evidence []Evidence `cbor:"6,keyasint"`
}

// FigureQualifier says how the text limits a number.
type FigureQualifier string

// The qualifiers of a figure: 余 约 近 ABOUT; 超过 多 MORE_THAN; 不足 LESS_THAN; 以上 AT_LEAST; 以下 不超过 AT_MOST.
const (
	FigureExact    FigureQualifier = "EXACT"
	FigureAbout    FigureQualifier = "ABOUT"
	FigureMoreThan FigureQualifier = "MORE_THAN"
	FigureLessThan FigureQualifier = "LESS_THAN"
	FigureAtLeast  FigureQualifier = "AT_LEAST"
	FigureAtMost   FigureQualifier = "AT_MOST"
)
