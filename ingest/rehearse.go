package ingest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"lvr.example/sprechstunde/retrieval"
)

// Index is what a rehearsal has to know of the index.
type Index interface {
	Known(ctx context.Context, source string) (map[string]retrieval.Known, error)
	Collections(ctx context.Context) ([]retrieval.Collection, error)
	// CheckPlace returns a *retrieval.PlaceError if documents of another place are
	// known under the source's name.
	CheckPlace(ctx context.Context, source, place string) error
}

// Kinds of [Change].
const (
	ChangeNew     = "new"
	ChangeContent = "changed"
	ChangeGone    = "gone"
)

// Change is one document that a sync would take in or take out.
type Change struct {
	Path   string
	Kind   string // ChangeNew, ChangeContent, ChangeGone
	Reason string
}

// Rehearse does what [Sync] does up to the point of writing: it lists the source,
// opens what is new or has another mark, reads it as a sync would and reports the
// same, with the changes one by one. Nothing is locked, written or embedded.
//
// An index of nil is an empty one. Store and embedders of the options are not used,
// so that what only writing finds out is not said: which document supersedes
// which, and whether another source already has a collection of the same name.
func Rehearse(ctx context.Context, index Index, options Options) (Report, error) {
	if options.Reader == nil {
		options.Reader = inProcess{}
	}
	stage := &rehearsal{index: index, reader: options.Reader, changes: []Change{}}
	options.Store, options.Embedder, options.Next = stage, nil, nil
	report, err := Sync(ctx, options)
	slices.SortFunc(stage.changes, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	report.Changes = stage.changes
	return report, err
}

// rehearsal is a [Store] that notes what is written and keeps nothing.
type rehearsal struct {
	SetStore // none: nothing is embedded

	index  Index
	reader Reader
	known  map[string]retrieval.Known
	saved  []retrieval.Collection

	mu      sync.Mutex
	changes []Change
}

func (r *rehearsal) note(change Change) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changes = append(r.changes, change)
}

// Lock implements [Store].
func (r *rehearsal) Lock(ctx context.Context, _ string) (context.Context, func(), error) {
	return ctx, func() {}, nil
}

// SaveCollections implements [Store].
func (r *rehearsal) SaveCollections(_ context.Context, _ string, collections []retrieval.Collection) ([]retrieval.Disagreement, error) {
	r.saved = collections
	return nil, nil
}

// ClaimPlace implements [Store].
func (r *rehearsal) ClaimPlace(ctx context.Context, source, place string) error {
	if r.index == nil {
		return nil
	}
	return r.index.CheckPlace(ctx, source, place)
}

// NarrowCollections implements [Store].
func (r *rehearsal) NarrowCollections(context.Context, string, []retrieval.Collection) error {
	return nil
}

// Collections implements [Store]: those there are and those that would be made.
func (r *rehearsal) Collections(ctx context.Context) ([]retrieval.Collection, error) {
	if r.index == nil {
		return r.saved, nil
	}
	stored, err := r.index.Collections(ctx)
	return slices.Concat(stored, r.saved), err
}

// Known implements [Store].
func (r *rehearsal) Known(ctx context.Context, source string) (map[string]retrieval.Known, error) {
	if r.index == nil {
		return map[string]retrieval.Known{}, nil
	}
	known, err := r.index.Known(ctx, source)
	r.known = maps.Clone(known)
	return known, err
}

// Replace implements [Store].
func (r *rehearsal) Replace(_ context.Context, revision retrieval.Revision) error {
	path := revision.Document.Path
	known, isKnown := r.known[path]
	if !isKnown || known.Hash == "" {
		r.note(Change{Path: path, Kind: ChangeNew, Reason: newReason(known)})
		return nil
	}
	r.note(Change{Path: path, Kind: ChangeContent, Reason: r.changeReason(known, revision)})
	return nil
}

func newReason(known retrieval.Known) string {
	if !known.Reason.IsZero() {
		return "could not be taken in before: " + known.Reason.Words
	}
	return "not in the index"
}

func (r *rehearsal) changeReason(known retrieval.Known, revision retrieval.Revision) string {
	switch {
	case known.Listed != revision.Listed:
		return fmt.Sprintf("moved from collection %q to %q", known.Listed, revision.Listed)
	case known.Version.Form != "" && !r.reader.IsCurrent(readersIn(known.Version.Form)):
		return "this version of the program reads documents differently"
	default:
		return "the content is another"
	}
}

// Remove implements [Store].
func (r *rehearsal) Remove(_ context.Context, _ string, paths []string) error {
	for _, path := range paths {
		r.note(Change{Path: path, Kind: ChangeGone, Reason: "the source does not list it any more"})
	}
	return nil
}

// Touch implements [Store].
func (r *rehearsal) Touch(context.Context, string, map[string]retrieval.Version) error { return nil }

// Refuse implements [Store].
func (r *rehearsal) Refuse(context.Context, retrieval.Refusal) error { return nil }

// Position implements [Store]: a rehearsal lists all.
func (r *rehearsal) Position(context.Context, string) (string, error) { return "", nil }

// SavePosition implements [Store].
func (r *rehearsal) SavePosition(context.Context, string, string) error { return nil }

// Supersede implements [Store].
func (r *rehearsal) Supersede(context.Context, string, retrieval.Date) ([]retrieval.Unresolved, error) {
	return nil, nil
}
