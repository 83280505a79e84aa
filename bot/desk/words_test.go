package desk_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mostWords is what the median message of the office hour has at most: a phone's screen.
const mostWords = 60

// The golden files hold each kind of message that the office hour sends; lists, whose
// length is that of what they list, and what people have written stand aside.
func TestTheMedianMessageFitsAGlance(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var lengths []int
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, message := range strings.Split("\n"+string(content), "\n=== ")[1:] {
			_, text, _ := strings.Cut(message, "\n")
			n := 0
			for line := range strings.Lines(text) {
				if !strings.HasPrefix(line, ">") && !strings.HasPrefix(line, "[") {
					n += len(strings.Fields(line))
				}
			}
			lengths = append(lengths, n)
		}
	}
	slices.Sort(lengths)
	median := lengths[len(lengths)/2]
	t.Logf("%d messages, median %d words, p90 %d, longest %d", len(lengths), median, lengths[len(lengths)*9/10], lengths[len(lengths)-1])
	if median > mostWords {
		t.Errorf("the median message has %d words, want at most %d", median, mostWords)
	}
}
