package badgerstore

import (
	"context"
	"errors"
	"testing"

	"fangzhi/graph"
)

func rollOf(names ...string) []rollChange {
	var changes []rollChange
	for i, name := range names {
		d := &graph.EntityData{ID: graph.ID("d" + name), Kind: graph.KindDepartment, Name: name, EventCount: 1}
		changes = append(changes, rollChange{uint32(i), newRollRow(d, nil)})
	}
	return changes
}

// namesIn returns the names of the roll, in their order.
func namesIn(x *roll) (names string) {
	x.orders[0].name.forward(spot{}, func(atom uint32, _ spot) bool {
		row := x.rows.at(atom)
		names += string(row.key[:3])
		return true
	})
	return names
}

func mustRoll(t *testing.T, g *register, read func() (*roll, error)) *roll {
	t.Helper()
	x, err := g.get(t.Context(), read)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// The updates that come while the roll is being read are made good from it, and nobody reads it a second time.
func TestARollIsReadOnceThoughUpdatesComeMeanwhile(t *testing.T) {
	t.Run("the next update makes them good", func(t *testing.T) { testUpdatesMeanwhile(t, true) })
	t.Run("the next question does", func(t *testing.T) { testUpdatesMeanwhile(t, false) })
}

func testUpdatesMeanwhile(t *testing.T, byUpdate bool) {
	never := func() (*roll, error) { return nil, errors.New("read a second time") }
	first := newRegister()
	if first.wanted() {
		t.Error("nobody asked yet, and a roll is wanted")
	}
	var second, third *register
	x := mustRoll(t, first, func() (*roll, error) {
		if !first.wanted() {
			t.Error("a roll is being read, and is not wanted")
		}
		second = first.next(rollOf("甲", "乙"))
		if !second.wanted() {
			t.Error("a roll is being read two states ago, and is not wanted")
		}
		third = second.next([]rollChange{{0, nil}})
		return newRoll(nil), nil
	})
	if got := namesIn(x); got != "" {
		t.Errorf("the first state has %s", got)
	}
	if !byUpdate {
		mustRoll(t, third, never)
	}
	fourth := third.next([]rollChange{{1, rollOf("丙")[0].row}})
	if fourth.roll.Load() == nil {
		t.Error("an update behind the reading leaves the roll to be made")
	}
	for _, tt := range []struct {
		g    *register
		want string
	}{{third, "乙"}, {second, "乙甲"}, {fourth, "丙"}, {first, ""}} {
		if got := namesIn(mustRoll(t, tt.g, never)); got != tt.want {
			t.Errorf("a roll of %q, want %q", got, tt.want)
		}
	}
}

// Who waits no longer leaves the reading to the next one.
func TestARollThatNobodyWaitedForIsReadByTheNext(t *testing.T) {
	first := newRegister()
	var second *register
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := first.get(ctx, func() (*roll, error) {
		second = first.next(rollOf("甲"))
		cancel()
		return nil, ctx.Err()
	}); !errors.Is(err, context.Canceled) {
		t.Fatalf("get: %v", err)
	}
	if second.wanted() {
		t.Error("the reader gave up, and the roll is wanted")
	}
	third := second.next(nil)
	read := func() (*roll, error) { return newRoll(nil).changed(rollOf("甲")), nil }
	for _, g := range []*register{second, third} {
		if got := namesIn(mustRoll(t, g, read)); got != "甲" {
			t.Errorf("a roll of %q, want 甲", got)
		}
	}
}
