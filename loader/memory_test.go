package loader_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"fangzhi/loader"
)

// chronicle is a 大事记 of n entries of about 150 bytes with officials, organs, places and figures, all invented.
func chronicle(n int) string {
	var b strings.Builder
	b.WriteString("云河县大事记\n\n")
	surnames, given := []rune("王李张刘陈杨黄赵吴周"), strings.Fields("知秋 牧原 怀瑾 向南 鹤年 云亭 令仪 远舟")
	for i := range n {
		if i%120 == 0 {
			fmt.Fprintf(&b, "%d年\n", 1950+i/120%70)
		}
		name := func(k int) string { return string(surnames[(i+k)%10]) + given[(i/10+k)%8] }
		fmt.Fprintf(&b, "%d月%d日  县委书记%s、县长%s到石桥镇大坝村检查防汛工作，县水利局局长%s陪同，投资%d万元。\n",
			1+i%120/10, 1+i%28, name(0), name(3), name(5), 100+i)
	}
	return b.String()
}

// liveBytes returns what is held once f has been called, while its result is.
func liveBytes(t *testing.T, f func() any) int {
	t.Helper()
	live := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what pools still hold goes with the second
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := live()
	held := f()
	after := live()
	runtime.KeepAlive(held)
	return int(after) - int(before)
}

// While a long chronicle's events are handed on one by one, few bytes are held for each, its text of 150 bytes included: all that the
// passes keep. As []reading.Event they take several times that.
func TestReadingHoldsLittle(t *testing.T) {
	const events = 10_100
	open := func(n int) any {
		drafts, err := loader.Open("x.txt", []byte(chronicle(n)), loader.Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, all := drafts[0].Read()
		return all
	}
	open(100) // makes the tables of the lexicon
	const most = 700
	if got := liveBytes(t, func() any { return open(events) }) / events; got > most {
		t.Errorf("%d bytes are held for each of %d events, want at most %d", got, events, most)
	}
}
