package graph_test

import (
	"slices"
	"testing"

	"fangzhi/graph"
)

// Two lists of facts share no atoms, and say the same all the same.
func TestFactsAreComparedByWhatTheirAtomsAre(t *testing.T) {
	fact := func(organ string) graph.Fact {
		return graph.Fact{
			Kind: graph.FactParent, N: 1,
			A: &graph.Atom{Kind: graph.KindDepartment, Code: "419902", Name: organ},
			B: &graph.Atom{Kind: graph.KindDepartment, Code: "419902", Name: "教育局"},
		}
	}
	f, same, other := fact("第一小学"), fact("第一小学"), fact("第二小学")
	if !f.A.Is(same.A) || !f.Equal(same) || f.Compare(&same) != 0 {
		t.Errorf("%v and %v are held to be two", f, same)
	}
	if f.A.Is(other.A) || f.Equal(other) || f.Compare(&other) == 0 {
		t.Errorf("%v and %v are held to be one", f, other)
	}
	alone := graph.Fact{Kind: f.Kind, A: f.A, N: 1}
	if alone.B.Is(f.B) || f.B.Is(alone.B) || alone.Compare(&f) >= 0 || f.Compare(&alone) <= 0 {
		t.Errorf("%v does not come before %v", alone, f)
	}
}

// Facts are in the order of the names of their kinds, which they are kept by.
func TestKindsOfFactsAreInTheOrderOfTheirNames(t *testing.T) {
	var names []string
	for k := graph.FactApart; k <= graph.FactYear; k++ {
		if got, ok := graph.ParseFactKind(k.String()); !ok || got != k {
			t.Errorf("ParseFactKind(%q) = %d, %v, want %d", k, got, ok, k)
		}
		names = append(names, k.String())
	}
	if !slices.IsSorted(names) {
		t.Errorf("%q are not in their order", names)
	}
	for _, name := range []string{"", "of", "years"} {
		if k, ok := graph.ParseFactKind(name); ok {
			t.Errorf("ParseFactKind(%q) = %v", name, k)
		}
	}
}
