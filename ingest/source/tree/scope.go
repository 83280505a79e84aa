package tree

import (
	"errors"
	"fmt"
	"path"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/settings"
	"lvr.example/sprechstunde/retrieval"
)

// scope is what holds for a folder: a collection, or why there is none.
type scope struct {
	settings.Settled
	problem error
}

// definition remembers where a collection was defined.
type definition struct {
	collection retrieval.Collection
	file       string
}

var errNoCollection = errors.New("belongs to no collection: put a " + settings.FileName +
	" with name and readers into its folder or one above")

// fill gives an item its collection, or says why it has none: then it is not
// clear who may read it.
func (s scope) fill(item *ingest.Item) {
	item.Collection, item.Defaults = s.Collection, s.Defaults
	switch {
	case s.problem != nil:
		item.Problem, item.Unclear = s.problem, true
	case s.Name == "":
		item.Problem, item.Unclear = errNoCollection, true
	}
}

// scope returns what holds in a folder: its own collection.yaml, or what is above.
func (w *walk) scope(dir string, entries []Entry, above scope) (scope, error) {
	for _, entry := range entries {
		if entry.Name == settings.FileName {
			return w.define(path.Join(dir, settings.FileName))
		}
	}
	return above, nil
}

// define reads a collection.yaml. A name may be used again only with the same
// settings: otherwise it is not clear who may read.
func (w *walk) define(file string) (scope, error) {
	data, err := w.files.ReadFile(w.ctx, file, ingest.MaxYAML+1)
	if errors.Is(err, ErrAway) || w.ctx.Err() != nil {
		return scope{}, fmt.Errorf("%s: %w", file, err)
	}
	if err != nil {
		return scope{problem: fmt.Errorf("%s: %w", file, err)}, nil
	}
	settled, err := settings.Parse(data)
	if err != nil {
		return scope{problem: fmt.Errorf("%s: %w", file, err)}, nil
	}
	first, again := w.defined[settled.Name]
	if again && !settings.Same(first.collection, settled.Collection) {
		return scope{problem: fmt.Errorf("%s: collection %q is defined otherwise in %s", file, settled.Name, first.file)}, nil
	}
	w.defined[settled.Name] = definition{collection: settled.Collection, file: file}
	return scope{Settled: settled}, nil
}
