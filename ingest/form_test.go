package ingest

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/retrieval"
)

// TestMarksAgeWithTheirReaders reads a document again, and no other, when the
// reader of its format was changed, and so with a verdict.
func TestMarksAgeWithTheirReaders(t *testing.T) {
	t.Parallel()
	item := Item{Path: "a.md", Version: "v1"}
	docs, err := formats.Documents("a.md", strings.NewReader("# A\n\nText\n"))
	if err != nil {
		t.Fatal(err)
	}
	now := mark(item, readersOf(docs))
	old := strings.Replace(now, "md/", "md/0", 1)
	other := Item{Path: "a.md", Version: "v2"}
	for _, test := range []struct {
		name   string
		stored string
		item   Item
		want   bool
	}{
		{"as it was", now, item, true},
		{"another version", now, other, false},
		{"read by an older reader", old, item, false},
		{"refused by today's reader", refusedMark(item, &refusedError{hash: "h", readers: readersOf(docs)}), item, true},
		{"refused by an older reader", old + verdictSign + "h", item, false},
		{"no reader came to an end", mark(item, formats.Unread()), item, true},
		{"no reader came to an end, of other formats", mark(item, []string{"all/0"}), item, false},
		{"to be looked at again", againMark(item, now), item, false},
		{"of an older form of the index", "5 v1", item, false},
		{"anew", "", item, false},
	} {
		if got := isMarked(test.stored, test.item); got != test.want {
			t.Errorf("%s: isMarked(%q) = %t", test.name, test.stored, got)
		}
	}
	if again := againMark(item, now); versionOf(again) != "v1" || !isCurrent(again) {
		t.Errorf("what serves of %q was read by today's reader", again)
	}
	s := &syncer{known: map[string]retrieval.Known{"a.md": {Mark: old + verdictSign + "h", Reason: "damaged"}}}
	if reason, again := s.refusedBefore(item, "h"); again {
		t.Errorf("the verdict %q outlives its reader", reason)
	}
}
