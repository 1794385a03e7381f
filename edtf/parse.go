package edtf

import (
	"errors"
	"fmt"
	"strings"
)

// open stands for a side of an interval or a set that has no bound.
const open = ".."

// ErrSyntax is wrapped by every error of Parse.
var ErrSyntax = errors.New("not an EDTF date")

// Parse reads an EDTF date. The text is kept: Parse(s).String() is s. Letters are upper case and
// there is no white space. Errors wrap ErrSyntax and say what was found; nothing makes Parse panic.
func Parse(s string) (Date, error) {
	if s == unknownText {
		return Unknown, nil
	}
	d, err := parse(s)
	if err != nil {
		return Unknown, fmt.Errorf("%w: %q: %w", ErrSyntax, s, err)
	}
	var b [len("-2020-12-17")]byte
	if d.start == d.end && string(d.start.Append(b[:0])) == s {
		return OfDay(d.start), nil
	}
	return Date{text: s, start: d.start, end: d.end, precision: d.precision()}, nil
}

// cover is what a text says about days, before it has a precision.
type cover struct {
	start, end Day
	vague      bool      // ~ ? %, [ ] or single unspecified digits
	size       Precision // DAY, MONTH, YEAR or INTERVAL
}

func (c cover) precision() Precision {
	switch {
	case c.start == 0 && c.end == 0:
		return PrecisionUnknown
	case c.vague:
		return PrecisionApproximate
	default:
		return c.size
	}
}

func parse(s string) (cover, error) {
	if s == "" {
		return cover{}, errors.New("no text")
	}
	if s[0] == '{' || s[0] == '[' {
		return parseSet(s)
	}
	if from, to, ok := strings.Cut(s, "/"); ok {
		return parseInterval(from, to)
	}
	return parseDate(s)
}

// parseInterval reads a/b, where .. leaves a side open and an empty side is unknown.
func parseInterval(from, to string) (cover, error) {
	if from == "" && to == "" {
		return cover{}, errors.New("an interval without sides")
	}
	c := cover{size: PrecisionInterval}
	if from != "" && from != open {
		d, err := parseDate(from)
		if err != nil {
			return cover{}, err
		}
		c.start, c.vague = d.start, d.vague
	}
	if to != "" && to != open {
		d, err := parseDate(to)
		if err != nil {
			return cover{}, err
		}
		c.end, c.vague = d.end, c.vague || d.vague
	}
	if c.start != 0 && c.end != 0 && c.end < c.start {
		return cover{}, errors.New("the interval ends before it starts")
	}
	return c, nil
}

// parseSet reads {…}, all of the dates, and […], one of them. Members are dates and ranges a..b; the
// first may be ..b and the last a.. .
func parseSet(s string) (cover, error) {
	closing := map[byte]byte{'{': '}', '[': ']'}[s[0]]
	if len(s) < 2 || s[len(s)-1] != closing {
		return cover{}, fmt.Errorf("no closing %q", string(closing))
	}
	members := strings.Split(s[1:len(s)-1], ",")
	c := cover{vague: s[0] == '[', size: PrecisionInterval}
	openStart, openEnd := false, false
	for i, member := range members {
		from, to, isRange := strings.Cut(member, open)
		if !isRange {
			to = from
		}
		if from == "" && (!isRange || i > 0 || to == "") || to == "" && i < len(members)-1 {
			return cover{}, fmt.Errorf("member %d of the set is empty or open", i+1)
		}
		var first, last cover
		var err error
		if from != "" {
			if first, err = parseDate(from); err != nil {
				return cover{}, err
			}
		}
		if to != "" {
			if last, err = parseDate(to); err != nil {
				return cover{}, err
			}
		}
		if first.start != 0 && last.end != 0 && last.end < first.start {
			return cover{}, fmt.Errorf("member %d of the set ends before it starts", i+1)
		}
		c.vague = c.vague || first.vague || last.vague
		openStart = openStart || first.start == 0
		openEnd = openEnd || last.end == 0
		if c.start == 0 || first.start < c.start {
			c.start = first.start
		}
		c.end = max(c.end, last.end)
	}
	if openStart {
		c.start = 0
	}
	if openEnd {
		c.end = 0
	}
	if c.start != 0 && c.end != 0 && c.end < c.start {
		return cover{}, errors.New("the set ends before it starts")
	}
	return c, nil
}
