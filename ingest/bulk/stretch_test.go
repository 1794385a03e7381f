package bulk

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"testing"
)

// A file is brought in one publication after the other, each in the order of the file, and every line of it once, with its number.
func TestPublicationsComeOneAfterTheOther(t *testing.T) {
	long := strings.Repeat("长", int(shortStretch)/len("长"))
	for _, tt := range []struct {
		name, body string
		want       []int // numbers of lines
	}{
		{"long", long, []int{1, 3, 4, 8, 5, 9, 10, 6}},
		{"so short that a disk would look for them longer than they take", "短", []int{1, 3, 4, 5, 6, 8, 9, 10}},
	} {
		var file strings.Builder
		file.WriteString("\uFEFF")
		for i, publication := range strings.Split("甲 甲甲乙丙 甲乙乙", "") {
			if publication != " " {
				fmt.Fprintf(&file, `{"publication": %q, "title": "第%d号", "date": "2020-12-04", "body": %q}`, publication, i+1, tt.body)
			}
			file.WriteString("\r\n")
		}
		r := &run{file: strings.NewReader(file.String()), workers: 2, seed: maphash.MakeSeed()}
		if err := r.check(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got []int
		err := r.eachLine(t.Context(), r.stretches, func(l *line) error {
			if want := fmt.Sprintf("第%d号", l.number); l.record.Event.Title != want {
				t.Errorf("%s: line %d has the title %s", tt.name, l.number, l.record.Event.Title)
			}
			got = append(got, l.number)
			return nil
		})
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: lines %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
}
