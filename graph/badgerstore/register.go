package badgerstore

import (
	"context"
	"errors"
	"sync/atomic"

	"fangzhi/graph"
)

// register is where the states of one graph keep the roll of their entities. It is read from the records by the first question
// that needs it, and from then on each update hands a changed one on to the next state. While it is being read, updates
// leave what they change to be done later. So it is read once, and not when a graph is opened.
type register struct {
	roll atomic.Pointer[roll]

	turn chan struct{} // is full while the roll is made; guards the others
	// base is the register of the state before and changes what came since; nil where the roll is read from the records.
	base    *register
	changes []rollChange
}

// rollChange is the row that an entity has from an update on, nil for none.
type rollChange struct {
	atom uint32
	row  *rollRow
}

func newRegister() *register { return &register{turn: make(chan struct{}, 1)} }

// get returns the roll, which read reads if no other way leads to it.
func (g *register) get(ctx context.Context, read func() (*roll, error)) (*roll, error) {
	if x := g.roll.Load(); x != nil {
		return x, nil
	}
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if x := g.roll.Load(); x != nil {
		return x, nil
	}
	if g.base != nil {
		switch x, err := g.base.get(ctx, notHere); {
		case err == nil:
			return g.follow(x), nil
		case !errors.Is(err, errNotHere):
			return nil, err
		}
	}
	x, err := read()
	if err != nil {
		return nil, err
	}
	g.set(x)
	return x, nil
}

// errNotHere tells that the roll of an earlier state was never made: its reader gave up.
var errNotHere = errors.New("not read")

func notHere() (*roll, error) { return nil, errNotHere }

// follow makes the roll of that of the state before. It has the turn.
func (g *register) follow(x *roll) *roll {
	x = x.changed(g.changes)
	g.set(x)
	return x
}

func (g *register) set(x *roll) {
	g.roll.Store(x)
	g.base, g.changes = nil, nil
}

// changed returns the roll with changes.
func (x *roll) changed(changes []rollChange) *roll {
	w := x.edit()
	for _, c := range changes {
		w.put(c.atom, c.row)
	}
	return w.done()
}

// wanted tells whether there is a roll to keep up, or will be one.
func (g *register) wanted() bool { return g.ready() != nil || g.awaited() }

// next returns the register of the state behind an update that changes entities; changes are none unless the roll is wanted.
// There is one update behind each state.
func (g *register) next(changes []rollChange) *register {
	next := newRegister()
	if len(changes) == 0 {
		return next
	}
	if x := g.ready(); x != nil {
		next.roll.Store(x.changed(changes))
	} else {
		next.base, next.changes = g, changes
	}
	return next
}

// ready returns the roll if it is there, or can be had of one that is; nil otherwise.
func (g *register) ready() *roll {
	if x := g.roll.Load(); x != nil {
		return x
	}
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	default:
		return nil // somebody makes it
	}
	if x := g.roll.Load(); x != nil {
		return x
	}
	if g.base != nil {
		if x := g.base.ready(); x != nil {
			return g.follow(x)
		}
	}
	return nil
}

// awaited tells whether somebody is making the roll, or one that it can be had of.
func (g *register) awaited() bool {
	select {
	case g.turn <- struct{}{}:
		defer func() { <-g.turn }()
	default:
		return true
	}
	return g.roll.Load() != nil || g.base != nil && g.base.awaited()
}

// roll returns the roll of the state.
func (r *snapshot) roll(ctx context.Context) (*roll, error) {
	return r.index.register.get(ctx, func() (*roll, error) { return r.readRoll(ctx) })
}

// readRoll makes the roll of the records.
func (r *snapshot) readRoll(ctx context.Context) (*roll, error) {
	rows := make([]*rollRow, len(r.index.atoms))
	err := r.EachEntity(ctx, "", func(d *graph.EntityData) error {
		if atom, ok := r.index.atom(d.ID); ok {
			rows[atom] = newRollRow(d, r.index.atom)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return newRoll(rows), nil
}
