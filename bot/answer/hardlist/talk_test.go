package hardlist

import (
	"path/filepath"
	"testing"
)

// TestTalkIsNotTaken holds the list to what people say to the bot besides questions:
// "ich warte immer noch" is no cry for help, "kriegt da jemand meinen Namen" no data
// breach.
func TestTalkIsNotTaken(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../dialogue/testdata/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatal("no sets of messages", err)
	}
	var all, taken int
	for _, file := range files {
		for _, said := range talkIn(t, file) {
			topic, hit := loaded(t).Check(said)
			all++
			taken += one(hit)
			if hit {
				t.Logf("taken as %s: %s", topic, said)
			}
		}
	}
	if 200*taken > all {
		t.Errorf("%d of %d taken, want at most one in 200", taken, all)
	}
}

// talkIn returns the messages of a set that ask nothing.
func talkIn(t *testing.T, file string) (said []string) {
	t.Helper()
	for _, m := range readLines[struct{ Text, Act string }](t, file) {
		if m.Act != "question" && m.Act != "personwithquestion" {
			said = append(said, m.Text)
		}
	}
	return said
}
