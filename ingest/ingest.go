// Package ingest keeps the index true to the house's sources: it lists them,
// reads what changed, cuts it into passages, has them embedded and swaps the
// new version in when it is complete.
//
// A sync can be killed at any moment and run again: each document is committed
// by itself, and the next sync finds out what is missing. A document that fails
// stops no other. What it does not do: decide who may read (collections do),
// search, or talk to people.
package ingest

import (
	"context"
	"io"
	"time"

	"lvr.example/sprechstunde/retrieval"
)

// Item is one thing that a source lists.
type Item struct {
	Path       string               // below the source, slashes
	Name       string               // its ending decides how it is read; empty: Path
	Version    string               // changes when content or Link may have changed: size and time, ETag; with Problem: what Revisit is to be handed next time
	Modified   time.Time            // of the content, zero if not known
	Link       string               // its own address as a template with {place}; empty: its collection's
	Collection retrieval.Collection // that it belongs to
	Defaults   map[string]string    // what the source says of all documents there, by [DefaultKeys]
	Sidecar    *Item                // file that describes it; set by [Sync], see sidecarSuffix
	Untitled   bool                 // its name says nothing: its first line is its title
	Settled    bool                 // its own head cannot put it into another collection: whoever wrote it may not decide that
	Problem    error                // it cannot be read or belongs nowhere: reported, not ingested
	Unclear    bool                 // with Problem: who may read it is not known, so it must not serve on
	Folder     bool                 // with Problem: all below Path is not listed and stays as it is
	Skip       string               // why the source passes it over, e.g. "hidden"; counted only
}

// name returns what decides how the item is read.
func (i Item) name() string {
	if i.Name != "" {
		return i.Name
	}
	return i.Path
}

// part returns the item of a document attached to i. A file has nothing below it
// in its source, so the path is free.
func (i Item) part(name string) Item {
	i.Path, i.Name, i.Sidecar = i.Path+"/"+name, name, nil
	return i
}

// Source is one origin of documents.
type Source interface {
	// Name is unique in the house and part of a document's identity.
	Name() string
	// List calls yield for each item; an error of yield ends it. Without an
	// error what was not listed is gone from the source.
	List(ctx context.Context, yield func(Item) error) error
	// Open reads one item.
	Open(ctx context.Context, path string) (io.ReadCloser, error)
}

// Revisiting is a source that can ask its server whether what is known of it
// has changed, instead of fetching all of it again.
type Revisiting interface {
	Source
	// Revisit is List with what is known from earlier listings, of which nothing
	// need be true any more. Whatever did not change is listed with the version
	// known. It returns where to go on next time.
	Revisit(ctx context.Context, known Memory, yield func(Item) error) (position string, err error)
}

// Memory is what a [Revisiting] source is told of itself.
type Memory struct {
	Versions map[string]string // of all documents known, by path, as listed; empty where none is known any more
	Position string            // that the last listing returned of which all was taken in; empty: none
}

// Store is the index as a sync writes it. Implemented by retrieval/postgres.
type Store interface {
	DocumentStore
	SetStore
}

// DocumentStore keeps the documents.
type DocumentStore interface {
	// Lock keeps other processes from syncing the source, or returns retrieval.ErrBusy.
	// When the lock is lost, held ends with retrieval.ErrLockLost as its cause, and
	// nothing can be changed under held once another process holds it.
	Lock(ctx context.Context, source string) (held context.Context, release func(), err error)
	// ClaimPlace notes where the source's documents lie, or returns a
	// *retrieval.PlaceError if those known under its name lie elsewhere.
	ClaimPlace(ctx context.Context, source, place string) error
	// NarrowCollections lets nobody read the collections that there are whom these
	// settings do not let read, and changes nothing else.
	NarrowCollections(ctx context.Context, source string, collections []retrieval.Collection) error
	// SaveCollections makes or changes the source's collections, and returns what
	// another source says otherwise.
	SaveCollections(ctx context.Context, source string, collections []retrieval.Collection) ([]retrieval.Disagreement, error)
	// Collections returns those of all sources.
	Collections(ctx context.Context) ([]retrieval.Collection, error)
	// Known returns the documents of a source by path, without those that are gone.
	Known(ctx context.Context, source string) (map[string]retrieval.Known, error)
	// Replace puts a revision in the place of the version that serves.
	Replace(ctx context.Context, revision retrieval.Revision) error
	// Touch takes over new versions, by path, of documents that did not change.
	Touch(ctx context.Context, source string, versions map[string]retrieval.Version) error
	// Refuse records that a document could not be taken in.
	Refuse(ctx context.Context, refusal retrieval.Refusal) error
	// Remove takes out documents that the source no longer has.
	Remove(ctx context.Context, source string, paths []string) error
	// Position returns what SavePosition kept of a source, or "".
	Position(ctx context.Context, source string) (string, error)
	// SavePosition keeps where a source goes on at the next sync.
	SavePosition(ctx context.Context, source, position string) error
	// Supersede resolves which documents replace which; on a day in the house.
	Supersede(ctx context.Context, source string, day retrieval.Date) ([]retrieval.Unresolved, error)
}

// SetStore keeps the documents' vectors in embedding sets.
type SetStore interface {
	// AdmitModel fails with a retrieval.ModelError if vectors of the model go
	// neither into the active embedding set nor into the one being built. The
	// first model ever admitted makes the active set.
	AdmitModel(ctx context.Context, model retrieval.Model) error
	// Embedded returns the vectors already made of texts with these hashes.
	Embedded(ctx context.Context, model retrieval.Model, hashes []retrieval.UnitHash) (map[retrieval.UnitHash][]float32, error)
	// Pending returns up to limit documents, by id after the given one, that wait
	// for vectors of the model. Empty source: of all sources.
	Pending(ctx context.Context, source string, model retrieval.Model, after int64, limit int) ([]retrieval.PendingUnits, error)
	// CountPending returns how many there are.
	CountPending(ctx context.Context, source string, model retrieval.Model) (int, error)
	// SaveVectors gives a document its vectors unless it changed meanwhile.
	SaveVectors(ctx context.Context, model retrieval.Model, units retrieval.PendingUnits) error

	// LockSet keeps other processes from building the embedding set, as Lock does for a source.
	LockSet(ctx context.Context, model retrieval.Model) (held context.Context, release func(), err error)
	// BeginSet makes the embedding set of a model, where it is new, and has it kept current from now on.
	BeginSet(ctx context.Context, model retrieval.Model) error
}
