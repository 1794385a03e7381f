package extract

import (
	"strings"
	"testing"
	"time"

	"fangzhi/lexicon"
)

// A text without any mark, ten times as long, must not take much more than ten times as long. places is measured alone:
// Fill reads officials and departments as well.
func TestPlacesTakeTimeInProportion(t *testing.T) {
	d, ok := lexicon.DivisionByCode("410225")
	if !ok {
		t.Fatal("no division 410225")
	}
	region := placeChain(d)
	for _, bit := range []string{"村", "到", "在柳湖街道白家村", "“", "一", "中", "公园", "9", "（柳湖", "、", "和", "长江路、", "对王"} {
		took := func(n int) time.Duration {
			body := strings.Repeat(bit, n)
			best := time.Duration(1 << 62)
			for range 3 {
				start := time.Now()
				places(region, 0, "", body, nil)
				best = min(best, time.Since(start))
			}
			return best
		}
		short, long := took(500), took(5000)
		if long > 40*short && long > 200*time.Millisecond {
			t.Errorf("%q: 500 times took %v, 5000 times %v", bit, short, long)
		}
	}
}
