package ingest_test

import (
	"context"
	"errors"
	"testing"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// diary is a source with one document and a position that moves at each listing.
type diary struct {
	letters
	from *string // handed to the last listing
	at   string  // returned by it
}

func (d diary) Revisit(_ context.Context, known ingest.Memory, yield func(ingest.Item) error) (string, error) {
	*d.from = known.Position
	return d.at, yield(d.item)
}

// full is a store that takes no documents.
type full struct{ ingest.Store }

var errFull = errors.New("no room")

func (full) Replace(context.Context, retrieval.Revision) error { return errFull }

// TestPositionIsKeptOnlyOfWhatWasTakenIn: a sync that ends early, or leaves a
// collection aside, must not let the next one go on behind it.
func TestPositionIsKeptOnlyOfWhatWasTakenIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	var from string
	sync := func(at string, change func(*ingest.Options)) error {
		options := h.options()
		options.Source = diary{letters{"Text.", ingest.Item{
			Path: "a", Name: "a.txt", Version: at, Collection: retrieval.Collection{Name: "alle", Rank: 1, Access: retrieval.Access{Staff: true}},
		}}, &from, at}
		if change != nil {
			change(&options)
		}
		_, err := ingest.Sync(t.Context(), options)
		return err
	}
	next := func(want string) {
		t.Helper()
		if got, err := h.store.Position(t.Context(), "briefe"); err != nil || got != want {
			t.Errorf("the next sync goes on at %q, %v; want %q", got, err, want)
		}
	}
	unknown := errors.New("the server is away")
	if err := sync("eins", func(o *ingest.Options) { o.Store = full{o.Store} }); !errors.Is(err, errFull) {
		t.Fatal(err)
	}
	next("")
	if err := sync("zwei", func(o *ingest.Options) {
		o.CheckAccess = func(context.Context, retrieval.Collection) error { return unknown }
	}); err != nil {
		t.Fatal(err)
	}
	next("")
	for i, at := range []string{"drei", "vier"} {
		if err := sync(at, nil); err != nil {
			t.Fatal(err)
		}
		if want := []string{"", "drei"}[i]; from != want {
			t.Errorf("began at %q, want %q", from, want)
		}
		next(at)
	}
}
