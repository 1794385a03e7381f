package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadHistory(t *testing.T) {
	const rows = "\uFEFF代码,一级行政区,二级行政区,名称,级别,状态,启用时间,变更/弃用时间,新代码\n" +
		"990121,澜省,澜北地区,云县,县级,变更,1981,1990,990121\n" +
		"990121,澜省,澜州市,云县,县级,弃用,1990,1994,990100[1992];990181\n" +
		"990100,澜省,澜州市,澜州市,地级,在用,1990,,990181[2001]\n" +
		"990122,澜省,澜州市,雾县,县级,变更,1981,1982,990222\n" +
		"990122,澜省,澜州市,雾县,县级,在用,1983,,\n"
	got, err := readHistory([]byte(rows))
	if err != nil {
		t.Fatal(err)
	}
	want := []division{
		{code: "990100", level: 2, from: 1990, name: "澜州市"},
		{code: "990121", level: 3, from: 1981, to: 1994, name: "云县", successors: []string{"990181"}},
		{code: "990122", level: 3, from: 1981, to: 1982, name: "雾县", successors: []string{"990222"}},
		{code: "990122", level: 3, from: 1983, name: "雾县"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(division{})); diff != "" {
		t.Errorf("readHistory mismatch (-want +got):\n%s", diff)
	}
	for _, bad := range []string{
		"代码,a,b,名称,级别,状态,启用时间,变更,新代码\n99012,澜省,澜州市,云县,县级,在用,1981,,\n",
		"代码,a,b,名称,级别,状态,启用时间,变更,新代码\n990121,澜省,澜州市,云县,乡级,在用,1981,,\n",
		"代码,a,b,名称,级别,状态,启用时间,变更,新代码\n990121,澜省,澜州市,云县,县级,在用,,,\n",
		"代码,名称\n990121,云县\n",
	} {
		if rows, err := readHistory([]byte(bad)); err == nil {
			t.Errorf("readHistory(%q) = %v, want an error", bad, rows)
		}
	}
}
