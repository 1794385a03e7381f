package extract_test

import (
	"os"
	"strings"
	"testing"

	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// Ordinary prose of the genre, posts without names included, names nobody: 20 kB as written, and 60 kB of its clauses in other
// orders, where other words meet.
func TestProseWithoutPeople(t *testing.T) {
	raw, err := os.ReadFile("testdata/prose.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	var clauses []string
	for _, l := range lines {
		clauses = append(clauses, strings.Split(strings.TrimSuffix(l, "。"), "，")...)
	}
	var mixed []string
	for size := 0; size < 60_000; {
		k := len(mixed)
		s := clauses[(k*7)%len(clauses)] + "，" + clauses[(k*11+5)%len(clauses)] + "，" + clauses[(k*13+9)%len(clauses)] + "。"
		mixed = append(mixed, s)
		size += len(s)
	}
	for _, tt := range []struct {
		name   string
		bodies []string
	}{
		{"an article a sentence", lines},
		{"one article", []string{strings.Join(lines, "")}},
		{"in paragraphs", []string{strings.Join(lines, "\n")}},
		{"mixed", mixed},
	} {
		for _, region := range []reading.Jurisdiction{yunhe, jurisdiction("湖南省", "湘江市", "青石县"), jurisdiction("内蒙古自治区", "青原盟", "赛罕旗")} {
			events := make([]reading.Event, len(tt.bodies))
			for i, b := range tt.bodies {
				events[i].Body = b
			}
			extract.Fill(region, events)
			for _, e := range events {
				if got := people(e); len(got) > 0 {
					t.Errorf("%s, %s: officials %q, want none", tt.name, region.Name(), got)
				}
			}
		}
	}
}
