package sourcetest

import (
	"context"
	"io"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval/postgres"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// testKnown brings the same two documents into an index again and again, with
// different things said of all of them: what did not change is neither opened nor
// taken in again, and a source that asks for changes is handed the versions that
// it listed.
func testKnown(t *testing.T, f Fixture) {
	store := newStore(t)
	f.Put("a.md", "# A\n\nText von A.")
	f.Put("ordner/b.md", "# B\n\nText von B.")
	for _, said := range []map[string]string{
		nil,
		{"owner": "Zentrum KI (@m.muster)"},
		{"valid_from": "2026-01-01", "valid_until": "2030-12-31"},
		{"review_date": "2027-01-01"},
	} {
		first := f.sync(t, store, said)
		taken := first.report.New + first.report.Changed
		if taken < 2 || !slices.Contains(first.opened, f.Path("a.md")) || !slices.Contains(first.opened, f.Path("ordner/b.md")) {
			t.Fatalf("%v said of all: %+v, opened %v", said, first.report, first.opened)
		}
		second := f.sync(t, store, said)
		if second.report.Unchanged != taken || second.report.Gone != 0 || len(second.opened) != 0 {
			t.Errorf("%v said of all, again: %+v, opened %v", said, second.report, second.opened)
		}
		if diff := cmp.Diff(first.listed, second.handed.Versions); second.handed.Versions != nil && diff != "" {
			t.Errorf("%v said of all, versions (-listed +handed):\n%s", said, diff)
		}
		if diff := cmp.Diff(first.listed, second.listed); diff != "" {
			t.Errorf("%v said of all, versions (-first +second):\n%s", said, diff)
		}
	}
}

func newStore(t *testing.T) *postgres.Store {
	t.Helper()
	store, err := postgres.Open(t.Context(), pglocal.TestDSN(t), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	if _, err := postgres.Migrate(t.Context(), store.Pool(), store.Schema()); err != nil {
		t.Fatal(err)
	}
	return store
}

// synced is what one sync asked of the source and did.
type synced struct {
	report ingest.Report
	handed ingest.Memory     // to Revisit; without versions: it was not called
	listed map[string]string // versions listed
	opened []string
}

func (f Fixture) sync(t *testing.T, store ingest.Store, said map[string]string) synced {
	t.Helper()
	noted := &noting{Source: f.Source, synced: synced{listed: map[string]string{}}}
	var source ingest.Source = noted
	if able, is := f.Source.(ingest.Revisiting); is {
		source = revisiting{noted, able}
	}
	report, err := ingest.Sync(t.Context(), ingest.Options{Source: source, Store: store, Defaults: said})
	if err != nil {
		t.Fatal(err)
	}
	noted.report = report
	return noted.synced
}

// noting is a source that notes what is asked of it.
type noting struct {
	ingest.Source
	mu sync.Mutex
	synced
}

func (n *noting) List(ctx context.Context, yield func(ingest.Item) error) error {
	return n.Source.List(ctx, n.note(yield))
}

func (n *noting) note(yield func(ingest.Item) error) func(ingest.Item) error {
	return func(item ingest.Item) error {
		if item.Version != "" {
			n.listed[item.Path] = item.Version
		}
		return yield(item)
	}
}

func (n *noting) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	n.mu.Lock()
	n.opened = append(n.opened, path)
	n.mu.Unlock()
	return n.Source.Open(ctx, path)
}

// revisiting is a noting source that asks for changes.
type revisiting struct {
	*noting
	able ingest.Revisiting
}

func (r revisiting) Revisit(ctx context.Context, known ingest.Memory, yield func(ingest.Item) error) (position string, err error) {
	r.handed = known
	return r.able.Revisit(ctx, known, r.note(yield))
}
