package lexicon_test

import (
	"testing"

	"fangzhi/lexicon"
)

func TestIsSection(t *testing.T) {
	for name, want := range map[string]bool{
		"时政要点": true, "民生视点": true, "附录": true,
		"": false, "时政 要点": false, "区委政法工作会议召开": false, "lead": false, "#": false,
	} {
		if got := lexicon.IsSection(name); got != want {
			t.Errorf("IsSection(%q) = %v, want %v", name, got, want)
		}
	}
}
