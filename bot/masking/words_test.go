package masking

import (
	"regexp"
	"strings"
	"testing"
)

// TestWordListsKeepToTheirExamples masks the texts of words.txt.
func TestWordListsKeepToTheirExamples(t *testing.T) {
	t.Parallel()
	all, examples := parseWords(wordsFile)
	for name, words := range all {
		if name != "" && len(words) == 0 {
			t.Errorf("the list %q is empty", name)
		}
	}
	if len(examples) < 10 {
		t.Fatalf("%d examples", len(examples))
	}
	masker := New()
	for _, want := range examples {
		text := regexp.MustCompile(`[\[\]]`).ReplaceAllString(want, "")
		var b strings.Builder
		from := 0
		for _, m := range masker.Find(text) {
			b.WriteString(text[from:m.Start] + "[" + text[m.Start:m.End] + "]")
			from = m.End
		}
		if got := b.String() + text[from:]; got != want {
			t.Errorf("masked %q, want %q", got, want)
		}
	}
}
