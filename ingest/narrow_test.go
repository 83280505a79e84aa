package ingest_test

import (
	"context"
	"errors"
	"testing"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// tornList ends a listing with an error after its items.
type tornList struct{ ingest.Source }

var errTorn = errors.New("the server hung up")

func (l tornList) List(ctx context.Context, yield func(ingest.Item) error) error {
	if err := l.Source.List(ctx, yield); err != nil {
		return err
	}
	return errTorn
}

// TestNarrowerReadersTakeEffectWhateverFails narrows a collection while a sync
// cannot do its work, or must leave the collection as it is.
func TestNarrowerReadersTakeEffectWhateverFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*ingest.Options)
		fails  bool
	}{
		"nothing":           {func(*ingest.Options) {}, false},
		"the listing":       {func(o *ingest.Options) { o.Source = tornList{o.Source} }, true},
		"the embedding set": {func(o *ingest.Options) { o.Embedder = &embedder{model: retrieval.Model{Name: "m", Dimensions: 8}} }, true},
		"the gate check": {func(o *ingest.Options) {
			o.CheckAccess = func(context.Context, retrieval.Collection) error { return errors.New("chat away") }
		}, false},
		"a refused gate": {func(o *ingest.Options) {
			o.CheckAccess = func(context.Context, retrieval.Collection) error { return ingest.ErrRefused }
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			h.write("a.md", "# A\n\nText.")
			h.sync()
			h.write("collection.yaml", "name: alle\nrank: 1\nreaders: [team/kanal]\n")
			options := h.options()
			c.change(&options)
			if _, err := ingest.Sync(t.Context(), options); (err != nil) != c.fails {
				t.Errorf("sync: %v", err)
			}
			all, err := h.store.Collections(t.Context())
			if err != nil || len(all) != 1 || all[0].Access.Staff {
				t.Errorf("who may read: %+v, %v", all, err)
			}
		})
	}
}

// TestAnotherPlaceIsNotIngested: a name that comes to stand for other documents
// changes nothing.
func TestAnotherPlaceIsNotIngested(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "# A\n\nText.")
	at := func(place string) func(*ingest.Options) { return func(o *ingest.Options) { o.Place = place } }
	h.sync(at("folder /a"))
	h.remove("a.md")
	h.write("b.md", "# B\n\nText.")
	h.write("collection.yaml", "name: andere\nrank: 1\nreaders: alle\n")
	options := h.options()
	options.Place = "folder /b"
	var other *retrieval.PlaceError
	if _, err := ingest.Sync(t.Context(), options); !errors.As(err, &other) {
		t.Errorf("sync: %v", err)
	}
	if _, err := ingest.Rehearse(t.Context(), h.store, options); !errors.As(err, &other) {
		t.Errorf("rehearsal: %v", err)
	}
	if texts, _ := h.serving(); len(texts) != 1 || texts["a.md"] == "" {
		t.Errorf("serves %v", texts)
	}
	if all, err := h.store.Collections(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}
