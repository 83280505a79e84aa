// Package tree walks folders of documents, wherever they lie, by one set of
// rules: a collection.yaml says to which collection a folder and what is below
// it belongs, what is hidden is passed over, and a folder that cannot be listed
// keeps what is known of it. How folders and files are reached is up to [Files].
package tree

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/settings"
	"lvr.example/sprechstunde/retrieval"
)

// Files is where the folders are.
type Files interface {
	// ReadDir returns what lies in a folder, sorted by name; "." is the top.
	ReadDir(ctx context.Context, dir string) ([]Entry, error)
	// ReadFile returns up to limit bytes of a file. An error that wraps ErrAway
	// says nothing of the file.
	ReadFile(ctx context.Context, name string, limit int64) ([]byte, error)
}

// ErrAway marks an error of a server that could not be asked.
var ErrAway = errors.New("not reached")

// Entry is one thing in a folder.
type Entry struct {
	Name     string
	Folder   bool
	Skip     string // why it is passed over, whatever its name
	Version  string // of a file, see [ingest.Item]
	Modified time.Time
	Problem  error // a file cannot be looked at
}

// maxDepth is the number of folders below each other: no house nests deeper,
// but a server that answers without end does.
const maxDepth = 64

// List calls yield for each file, in the order of paths. What no collection.yaml
// covers goes to the fallback; without one it is reported, because nobody said
// who may read it. An error means that the top cannot be listed, or is yield's.
func List(ctx context.Context, files Files, fallback *retrieval.Collection, yield func(ingest.Item) error) error {
	w := &walk{ctx: ctx, files: files, yield: yield, defined: map[string]definition{}}
	var top scope
	if fallback != nil {
		top.Collection = *fallback
	}
	return w.folder(".", top, 0)
}

// walk is one listing.
type walk struct {
	ctx     context.Context //nolint:containedctx // lives as long as one listing
	files   Files
	yield   func(ingest.Item) error
	defined map[string]definition
}

// folder lists one folder, and below it those that are not hidden.
func (w *walk) folder(dir string, above scope, depth int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if depth > maxDepth {
		return w.unlisted(dir, fmt.Errorf("folders are nested more than %d deep", maxDepth))
	}
	entries, err := w.files.ReadDir(w.ctx, dir)
	if err != nil {
		return w.unlisted(dir, err)
	}
	here, err := w.scope(dir, entries, above)
	if err != nil {
		return w.unlisted(dir, err)
	}
	for _, entry := range entries {
		if err := w.entry(path.Join(dir, entry.Name), entry, here, depth); err != nil {
			return err
		}
	}
	return nil
}

// unlisted reports a folder whose documents stay as they are. Without the top
// there is no listing.
func (w *walk) unlisted(dir string, err error) error {
	if dir == "." || w.ctx.Err() != nil {
		return err
	}
	return w.yield(ingest.Item{Path: dir, Folder: true, Problem: fmt.Errorf("folder cannot be listed: %w", err)})
}

func (w *walk) entry(name string, entry Entry, here scope, depth int) error {
	switch {
	case entry.Name == settings.FileName && !entry.Folder:
		return nil
	case IsHidden(entry.Name):
		return w.yield(ingest.Item{Path: name, Skip: "hidden"})
	case entry.Skip != "":
		return w.yield(ingest.Item{Path: name, Skip: entry.Skip})
	case entry.Folder:
		return w.folder(name, here, depth+1)
	}
	item := ingest.Item{Path: name, Version: entry.Version, Modified: entry.Modified}
	here.fill(&item)
	if item.Problem == nil {
		item.Problem = entry.Problem
	}
	return w.yield(item)
}

// IsHidden reports names that are passed over, as no person put the files there:
// those that systems hide, and what office programs put beside a file that is open.
func IsHidden(name string) bool {
	switch strings.ToLower(name) {
	case "thumbs.db", "ehthumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, "~WRL")
}
