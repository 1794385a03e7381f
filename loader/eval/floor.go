package eval

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Floor is the least that a figure may be.
type Floor struct {
	// Figure is what Result.Value understands: officials_name, events.recall.
	Figure string  `json:"figure"`
	Least  float64 `json:"min"`
}

// Shortfall is a figure below its floor. Value is nil where there was nothing to measure, which proves nothing.
type Shortfall struct {
	Floor
	Value *float64 `json:"value"`
}

// String says it in words.
func (s Shortfall) String() string {
	if s.Value == nil {
		return fmt.Sprintf("%s is n/a, below %g", s.Figure, s.Least)
	}
	return fmt.Sprintf("%s is %.4f, below %g", s.Figure, *s.Value, s.Least)
}

// ParseFloors reads floors as they are written on a command line: dates=0.98,officials_name.recall=0.9. A hyphen in a
// name is as good as an underscore. An empty text has none.
func ParseFloors(text string) ([]Floor, error) {
	var floors []Floor
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		name = strings.ReplaceAll(strings.TrimSpace(name), "-", "_")
		figure, aspect, _ := strings.Cut(name, ".")
		if !ok || aspects[aspect] == nil || !slices.Contains(Names(), figure) {
			return nil, fmt.Errorf("floor %q: want NAME=VALUE, NAME one of %s, with .precision, .recall or .f1 behind it or nothing", part, strings.Join(Names(), " "))
		}
		least, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(least >= 0 && least <= 1) {
			return nil, fmt.Errorf("floor %q: want a value from 0 to 1", part)
		}
		floors = append(floors, Floor{name, least})
	}
	return floors, nil
}

// Below returns the floors that the result does not reach, in their order.
func (r Result) Below(floors []Floor) []Shortfall {
	var low []Shortfall
	for _, f := range floors {
		if v, ok := r.Value(f.Figure); !ok || v < f.Least {
			low = append(low, Shortfall{f, pointer(v, ok)})
		}
	}
	return low
}
