package ingest

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/retrieval"
)

// TestEveryReasonOfAReaderHasACode: a new one must not reach owners as "other".
func TestEveryReasonOfAReaderHasACode(t *testing.T) {
	t.Parallel()
	seen := map[retrieval.ReasonCode]bool{}
	for _, reason := range extract.Reasons {
		got := readerReason(&extract.Error{Reason: reason, Detail: "x"})
		if got.Code == retrieval.ReasonOther || seen[got.Code] || got.Words != string(reason)+": x" {
			t.Errorf("%q: %+v", reason, got)
		}
		seen[got.Code] = true
	}
	if len(codes) != len(extract.Reasons) {
		t.Errorf("%d codes for %d reasons", len(codes), len(extract.Reasons))
	}
}
