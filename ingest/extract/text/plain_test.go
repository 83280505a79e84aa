package text

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
)

// What is longer than is collected of a document: a list is kept as far as it goes, a
// paragraph is not, nor what stands behind it.
func TestMoreTextThanIsCollected(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Protokoll.\n", extract.MaxText/16)
	for body, want := range map[string]int{
		strings.Repeat("- Punkt eins von vielen, die hier stehen\n", extract.MaxText/64): 1000,
		"Anfang.\n\n" + long: 1, long: 0,
		"• eins\n– zwei\n· drei\n▪ vier\n* fünf\n- sechs\n": 6,
	} {
		b := extract.NewBuilder()
		if err := readPlain(b, body); err != nil {
			t.Fatal(err)
		}
		if got := len(b.Doc.Blocks); got < want || want < 1000 && got != want {
			t.Errorf("%.20q…: %d blocks, want %d", body, got, want)
		}
	}
}
