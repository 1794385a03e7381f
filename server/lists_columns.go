package server

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// The sorts of columns. Where a nullable field holds nothing (nullForNone) the opt ones write null.

// scalar is a column without a selection of its own.
func scalar[T any](run func(w *writer, v *T)) column[T] {
	made := cell[T]{run: run}
	return func(*compiler, *graphql.CollectedField) cell[T] { return made }
}

// text is a String!, an ID! or an enum.
func text[T any, S ~string](get func(*T) S) column[T] {
	return scalar(func(w *writer, v *T) { w.quoted(string(get(v))) })
}

func optText[T any, S ~string](get func(*T) S) column[T] {
	return scalar(func(w *writer, v *T) {
		if s := get(v); s != "" {
			w.quoted(string(s))
		} else {
			w.null()
		}
	})
}

// texts is a [String!]!.
func texts[T any, S ~string](get func(*T) []S) column[T] {
	return scalar(func(w *writer, v *T) {
		all := get(v)
		w.text = append(w.text, '[')
		for i, s := range all {
			if i > 0 {
				w.text = append(w.text, ',')
			}
			w.quoted(string(s))
		}
		w.text = append(w.text, ']')
	})
}

// integer is an Int!.
func integer[T any](get func(*T) int) column[T] {
	return scalar(func(w *writer, v *T) { w.number(get(v)) })
}

func optInteger[T any](get func(*T) int) column[T] {
	return scalar(func(w *writer, v *T) {
		if n := get(v); n != 0 {
			w.number(n)
		} else {
			w.null()
		}
	})
}

// float is a Float!.
func float[T any](get func(*T) float64) column[T] {
	return scalar(func(w *writer, v *T) {
		f := get(v)
		if math.IsInf(f, 0) || math.IsNaN(f) {
			w.failed = true
		}
		w.text = strconv.AppendFloat(w.text, f, 'g', -1, 64)
	})
}

// boolean is a Boolean!.
func boolean[T any](get func(*T) bool) column[T] {
	return scalar(func(w *writer, v *T) { w.text = strconv.AppendBool(w.text, get(v)) })
}

// date is a Date!.
func date[T any](get func(*T) edtf.Day) column[T] {
	return scalar(func(w *writer, v *T) {
		d := get(v)
		if d == 0 {
			w.failed = true
		}
		w.day(d)
	})
}

func optDate[T any](get func(*T) edtf.Day) column[T] {
	return scalar(func(w *writer, v *T) { w.day(get(v)) })
}

// extended is an EDTF!.
func extended[T any](get func(*T) edtf.Date) column[T] {
	return scalar(func(w *writer, v *T) { w.edtf(get(v)) })
}

func optExtended[T any](get func(*T) edtf.Date) column[T] {
	return scalar(func(w *writer, v *T) {
		if d := get(v); !d.IsZero() {
			w.edtf(d)
		} else {
			w.null()
		}
	})
}

// moment is a DateTime!.
func moment[T any](get func(*T) time.Time) column[T] {
	return scalar(func(w *writer, v *T) {
		t := get(v)
		if t.IsZero() {
			w.failed = true
		}
		w.quoted(t.Format(time.RFC3339Nano))
	})
}

// within is an object that its owner holds, and that must be there.
func within[T, U any](get func(*T) *U, o *object[U]) column[T] {
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		p := o.compile(c, f.Selections)
		return cell[T]{reads: len(p.reads) > 0, run: func(w *writer, v *T) { required(w, p, get(v)) }}
	}
}

// list is a list of objects that its owner holds.
func list[T, U any](get func(*T) []U, o *object[U]) column[T] {
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		p := o.compile(c, f.Selections)
		return cell[T]{reads: len(p.reads) > 0, run: func(w *writer, v *T) {
			all := get(v)
			writeList(w, len(all), func(i int) { p.run(w, &all[i]) })
		}}
	}
}

// listWith is a list whose argument role, where it is given, says which of the objects are wanted.
func listWith[T, U any, R ~string](get func(*T) []U, has func(*U, R) bool, o *object[U]) column[T] {
	all := list(get, o)
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		c.varies = c.varies || len(f.Arguments) > 0
		given := f.ArgumentMap(c.op.Variables)["role"]
		if given == nil {
			return all(c, f)
		}
		role, ok := given.(string)
		if !ok {
			c.unknown = true
			return cell[T]{}
		}
		return list(func(v *T) []U { return those(get(v), func(u *U) bool { return has(u, R(role)) }) }, o)(c, f)
	}
}

// those returns the elements that are wanted; the slice itself where all are.
func those[U any](all []U, wanted func(*U) bool) []U {
	var some []U
	for i := range all {
		if wanted(&all[i]) {
			some = append(some, all[i])
		}
	}
	return some
}

// pools picks one of a request's.
type pools[V any] func(l *lookup) *pool[V]

// needing is a column without a selection of its own that leads to records.
func needing[T any](run func(w *writer, v *T)) column[T] {
	made := cell[T]{reads: true, run: run}
	return func(*compiler, *graphql.CollectedField) cell[T] { return made }
}

// presence says what the schema says of a field that is no list.
type presence bool

const (
	mustBe presence = true
	mayBe  presence = false
)

// joined is an object that a pool holds.
func joined[T, U any](from pools[*U], at func(*T) graph.ID, o *object[U], p presence) column[T] {
	return joinedIf(from, at, o, p, func(*U) bool { return true })
}

// kindred is a column of entities of one kind: the executor is to tell of an atom of another.
func kindred[T any](from pools[*graph.EntityData], at func(*T) graph.ID, o *entityObject, p presence) column[T] {
	return joinedIf(from, at, &o.object, p, func(d *graph.EntityData) bool { return d.Kind == o.kind })
}

func joinedIf[T, U any](from pools[*U], at func(*T) graph.ID, o *object[U], p presence, right func(*U) bool) column[T] {
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		plan := o.compile(c, f.Selections)
		return cell[T]{reads: true, run: func(w *writer, v *T) {
			found, known := record(w, from(w.lookup), at(v))
			switch {
			case !known:
			case found == nil && p == mayBe:
				w.null()
			case found == nil || !right(found):
				w.failed = true
			default:
				plan.run(w, found)
			}
		}}
	}
}

// relatives is a list of the entities of a kind that some atoms are of, each once; atoms of no entity are passed over.
func relatives[T any](atoms func(*T) []graph.ID, o *entityObject) column[T] {
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		plan := o.compile(c, f.Selections)
		return cell[T]{reads: true, run: func(w *writer, v *T) {
			var found []*graph.EntityData
			for _, atom := range atoms(v) {
				d, _ := record(w, w.lookup.relatives, atom)
				if d != nil && d.Kind == o.kind && !hasEntity(found, d.ID) {
					found = append(found, d)
				}
			}
			writeList(w, len(found), func(i int) { plan.run(w, found[i]) })
		}}
	}
}

func hasEntity(all []*graph.EntityData, id graph.ID) bool {
	for _, d := range all {
		if d.ID == id {
			return true
		}
	}
	return false
}

// fromTheProvinceDown is Location.path (placePath).
func fromTheProvinceDown(o *entityObject) column[graph.EntityData] {
	return func(c *compiler, f *graphql.CollectedField) cell[graph.EntityData] {
		plan := o.compile(c, f.Selections)
		return cell[graph.EntityData]{reads: true, run: func(w *writer, v *graph.EntityData) {
			path := make([]*graph.EntityData, 0, 8)
			for at := v; at != nil && !hasEntity(path, at.ID); at, _ = record(w, w.lookup.relatives, at.ParentAtom) {
				if at.Kind != o.kind {
					w.failed = true
					return
				}
				path = append(path, at)
			}
			slices.Reverse(path)
			writeList(w, len(path), func(i int) { plan.run(w, path[i]) })
		}}
	}
}

// others is Event.otherReports (otherReports).
func others(o *object[graph.Event]) column[graph.Event] {
	return func(c *compiler, f *graphql.CollectedField) cell[graph.Event] {
		plan := o.compile(c, f.Selections)
		return cell[graph.Event]{reads: true, run: func(w *writer, v *graph.Event) {
			var events []*graph.Event
			reports, _ := record(w, w.lookup.reports, v.ID)
			for _, id := range reports {
				if id == v.ID {
					continue
				}
				if e, known := record(w, w.lookup.events, id); known {
					events = append(events, e)
				}
			}
			writeList(w, len(events), func(i int) { required(w, plan, events[i]) })
		}}
	}
}

func (w *writer) number(n int) { w.text = strconv.AppendInt(w.text, int64(n), 10) }

// edtf writes a date, whose text needs no escapes.
func (w *writer) edtf(d edtf.Date) {
	w.text = append(d.Append(append(w.text, '"')), '"')
}

// day writes a day, null for none.
func (w *writer) day(d edtf.Day) {
	if d == 0 {
		w.null()
		return
	}
	w.text = append(w.text, '"')
	w.text = d.Append(w.text)
	w.text = append(w.text, '"')
}
