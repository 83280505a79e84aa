package ingest

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/retrieval"
)

// TestVersionsAgeWithTheirReaders reads a document again, and no other, when the
// reader of its format was changed, and so with a verdict.
func TestVersionsAgeWithTheirReaders(t *testing.T) {
	t.Parallel()
	item := Item{Path: "a.md", Version: "v1"}
	docs, err := formats.Documents("a.md", strings.NewReader("# A\n\nText\n"))
	if err != nil {
		t.Fatal(err)
	}
	now := versionOf(item, readersOf(docs))
	old := now
	old.Form = strings.Replace(now.Form, "md/", "md/0", 1)
	for _, test := range []struct {
		name    string
		known   retrieval.Version
		verdict retrieval.Verdict
		item    Item
		want    bool
	}{
		{"as it was", now, retrieval.Taken, item, true},
		{"another version", now, retrieval.Taken, Item{Path: "a.md", Version: "v2"}, false},
		{"read by an older reader", old, retrieval.Taken, item, false},
		{"refused by today's reader", now, retrieval.Refused, item, true},
		{"refused by an older reader", old, retrieval.Refused, item, false},
		{"no reader came to an end", versionOf(item, formats.Unread()), retrieval.Refused, item, true},
		{"no reader came to an end, of other formats", versionOf(item, []string{"all/0"}), retrieval.Refused, item, false},
		{"to be looked at again", now, retrieval.Again, item, false},
		{"of an older form of the index", retrieval.Version{Form: "5", Mark: "v1"}, retrieval.Taken, item, false},
		{"anew", now, retrieval.Reread, item, false},
	} {
		if got := (&syncer{Options: Options{Reader: inProcess{}}}).isSeen(retrieval.Known{Version: test.known, Verdict: test.verdict}, test.item); got != test.want {
			t.Errorf("%s: seen: %t", test.name, got)
		}
	}
	reason := retrieval.Reason{Code: retrieval.ReasonOther, Words: "damaged"}
	for stored, want := range map[retrieval.Version]bool{now: true, old: false} {
		s := &syncer{Options: Options{Reader: inProcess{}}, known: map[string]retrieval.Known{"a.md": {Version: stored, Verdict: retrieval.Refused, Judged: "h", Reason: reason}}}
		if _, again := s.refusedBefore(item, "h"); again != want {
			t.Errorf("the verdict of %s holds: %t, want %t", stored.Form, again, want)
		}
	}
}
