package graph

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"fangzhi/edtf"
)

// TimelineOrder is the direction of a timeline. Undated events come last in both.
type TimelineOrder string

// The directions.
const (
	Ascending  TimelineOrder = "ASC"
	Descending TimelineOrder = "DESC"
)

// A SortKey orders events as the contract says, by comparing bytes:
//
//	1 byte   0 dated, 1 undated
//	4 bytes  day, big endian: the first of a DAY or INTERVAL, the last of all vaguer ones
//	1 byte   precision, the precise before the vague
//	n bytes  Event.IssueOrder, 0
//	4 bytes  Event.Place, big endian
//	m bytes  Event.ID
//
// It holds no number that an engine made up, so a cursor made of it goes on where it stood whatever was loaded since.
type SortKey string

var precisionRank = []edtf.Precision{
	edtf.PrecisionDay, edtf.PrecisionInterval, edtf.PrecisionMonth, edtf.PrecisionYear, edtf.PrecisionApproximate, edtf.PrecisionUnknown,
}

// SortDay returns the day that places the event in a timeline: the first day of a DAY or INTERVAL, the last
// day of all vaguer dates, and the other bound where that one is open. None for an undated event.
func (e *Event) SortDay() edtf.Day {
	first, last := e.Date.Start(), e.Date.End()
	switch e.Date.Precision() {
	case edtf.PrecisionDay, edtf.PrecisionInterval:
		if first != 0 {
			return first
		}
		return last
	default:
		if last != 0 {
			return last
		}
		return first
	}
}

// SortKey returns the event's place in the order of events.
func (e *Event) SortKey() SortKey {
	day := e.SortDay()
	b := make([]byte, 0, 12+len(e.IssueOrder)+len(e.ID))
	if day == 0 {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	b = binary.BigEndian.AppendUint32(b, uint32(day))
	b = append(b, byte(slices.Index(precisionRank, e.Date.Precision())))
	b = append(b, e.IssueOrder...)
	b = append(b, 0)
	b = binary.BigEndian.AppendUint32(b, uint32(e.Place))
	return SortKey(append(b, e.ID...))
}

// Dated tells whether the key is that of a dated event.
func (k SortKey) Dated() bool { return k != "" && k[0] == 0 }

// EventID returns the id of the event. The key must be an event's, not a bound.
func (k SortKey) EventID() ID {
	order := k[6:]
	return ID(order[strings.IndexByte(string(order), 0)+5:])
}

// Precision returns the precision of the event's date. The key must be an event's, not a bound.
func (k SortKey) Precision() edtf.Precision { return precisionRank[k[5]] }

// FirstKeyOfDay returns the least key of a dated event on or after day.
func FirstKeyOfDay(day edtf.Day) SortKey {
	return SortKey(binary.BigEndian.AppendUint32([]byte{0}, uint32(day)))
}

// FirstUndatedKey is the least key of an undated event.
const FirstUndatedKey SortKey = "\x01"

// Cursor returns the opaque form of the key that clients hold.
func (k SortKey) Cursor() string { return base64.RawURLEncoding.EncodeToString([]byte(k)) }

// ParseCursor reads what Cursor printed; anything else is ErrBadInput.
func ParseCursor(cursor string) (SortKey, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || !validSortKey(b) {
		return "", fmt.Errorf("%w: %q is no cursor of a timeline", ErrBadInput, cursor)
	}
	return SortKey(b), nil
}

func validSortKey(b []byte) bool {
	return len(b) >= 6 && b[0] <= 1 && int(b[5]) < len(precisionRank) && endsInID(b[6:])
}

// endsInID tells whether the part of a key behind the precision is an issue's order, NUL, a place and an id.
func endsInID(b []byte) bool {
	end := bytes.IndexByte(b, 0)
	return end >= 0 && len(b) > end+5
}

// Before tells whether the event of key a comes before that of b. DESC reverses the dated and, apart from them, the undated.
func (o TimelineOrder) Before(a, b SortKey) bool {
	if o != Descending || a.Dated() != b.Dated() {
		return a < b
	}
	return a > b
}
