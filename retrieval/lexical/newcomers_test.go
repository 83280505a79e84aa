package lexical

import (
	"fmt"
	"testing"
)

// TestFewNewEntriesWait brings more than may wait, to one large collection and to
// many small ones.
func TestFewNewEntriesWait(t *testing.T) {
	t.Parallel()
	group, ctx := onAllProcessors(t.Context())
	n := newcomers{group: group, params: DefaultParams(), waiting: map[string][]Entry{}, young: map[string][]*youngSegment{}}
	total := 0
	for i := range waitingMost/100 + 200 {
		var part []Entry
		for j := range 100 {
			collection := "large"
			if j > 5 {
				collection = fmt.Sprint("c", j%50)
			}
			part = append(part, Entry{PassageID: int64(total), DocumentID: int64(i), Collection: collection})
			total++
		}
		n.add(ctx, part)
		waiting := 0
		for _, entries := range n.waiting {
			waiting += len(entries)
		}
		if waiting != n.count || waiting >= waitingMost {
			t.Fatalf("%d entries wait, counted as %d", waiting, n.count)
		}
	}
	n.invertAll(ctx)
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	held := 0
	for name, segments := range n.young {
		for _, s := range segments {
			if held += s.size(); s.size() > youngSize {
				t.Errorf("a segment of %s holds %d", name, s.size())
			}
		}
	}
	if held != total || n.count != 0 {
		t.Errorf("%d of %d entries are in segments, %d wait", held, total, n.count)
	}
}
