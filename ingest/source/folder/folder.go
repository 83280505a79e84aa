// Package folder lists and opens the files of a folder tree. A file
// collection.yaml says to which collection a folder and what is below it
// belongs. Symbolic links are never followed, and nothing outside the tree can
// be opened.
package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// settingsName is the file that makes a folder a collection.
const settingsName = "collection.yaml"

// Options of a folder.
type Options struct {
	Name string // of the source; unique in the house

	// DefaultCollection takes what no collection.yaml covers. Nil: such files
	// are reported and not ingested, because nobody said who may read them.
	DefaultCollection *retrieval.Collection
}

// Source is a folder tree.
type Source struct {
	options Options
	root    *os.Root
}

var _ ingest.Source = (*Source)(nil)

// Open opens the tree below dir. Close it when done.
func Open(dir string, options Options) (*Source, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open folder %s: %w", dir, plain(err))
	}
	return &Source{options: options, root: root}, nil
}

// Close releases the folder.
func (s *Source) Close() error { return s.root.Close() }

// Name implements [ingest.Source].
func (s *Source) Name() string { return s.options.Name }

// List implements [ingest.Source]. Files come in the order of their paths.
func (s *Source) List(ctx context.Context, yield func(ingest.Item) error) error {
	w := &walk{source: s, yield: yield, defined: map[string]definition{}}
	var top scope
	if s.options.DefaultCollection != nil {
		top.collection = *s.options.DefaultCollection
	}
	return w.folder(ctx, ".", top)
}

// Open implements [ingest.Source]. Only regular files are opened.
func (s *Source) Open(_ context.Context, name string) (io.ReadCloser, error) {
	info, err := s.root.Lstat(name)
	if err != nil {
		return nil, plain(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	file, err := s.root.Open(name)
	if err != nil {
		return nil, plain(err)
	}
	return file, nil
}

// scope is what holds for a folder: a collection, or why there is none.
type scope struct {
	collection retrieval.Collection
	problem    error
}

// definition remembers where a collection was defined.
type definition struct {
	collection retrieval.Collection
	file       string
}

// walk is one listing.
type walk struct {
	source  *Source
	yield   func(ingest.Item) error
	defined map[string]definition
}

// folder lists one folder, and below it those that are not hidden.
func (w *walk) folder(ctx context.Context, dir string, above scope) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := w.entries(dir)
	if err != nil {
		if dir == "." {
			return plain(err)
		}
		return w.yield(ingest.Item{Path: dir, Folder: true, Problem: fmt.Errorf("folder cannot be listed: %w", plain(err))})
	}
	here := w.scope(ctx, dir, entries, above)
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		switch {
		case entry.Name() == settingsName && !entry.IsDir():
		case isHidden(entry.Name()):
			err = w.yield(ingest.Item{Path: name, Skip: "hidden"})
		case entry.Type()&fs.ModeSymlink != 0:
			err = w.yield(ingest.Item{Path: name, Skip: "symbolic link"})
		case entry.IsDir():
			err = w.folder(ctx, name, here)
		case !entry.Type().IsRegular():
			err = w.yield(ingest.Item{Path: name, Skip: "not a regular file"})
		default:
			err = w.yield(w.item(name, entry, here))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// entries reads a folder, sorted by name.
func (w *walk) entries(dir string) ([]fs.DirEntry, error) {
	return fs.ReadDir(w.source.root.FS(), dir)
}

func (w *walk) item(name string, entry fs.DirEntry, here scope) ingest.Item {
	item := ingest.Item{Path: name, Collection: here.collection}
	if here.problem != nil {
		item.Problem, item.Unclear = here.problem, true
		return item
	}
	if here.collection.Name == "" {
		item.Problem, item.Unclear = errors.New("belongs to no collection: put a "+settingsName+
			" with name and readers into its folder or one above"), true
		return item
	}
	info, err := entry.Info()
	if err != nil {
		item.Problem = fmt.Errorf("cannot be looked at: %w", plain(err))
		return item
	}
	item.Modified = info.ModTime()
	item.Version = fmt.Sprintf("%d-%d", info.Size(), info.ModTime().UnixNano())
	return item
}

// scope returns what holds in a folder: its own collection.yaml, or what is above.
func (w *walk) scope(ctx context.Context, dir string, entries []fs.DirEntry, above scope) scope {
	for _, entry := range entries {
		if entry.Name() == settingsName {
			return w.define(ctx, path.Join(dir, settingsName))
		}
	}
	return above
}

// define reads a collection.yaml. A name may be used again only with the same
// settings: otherwise it is not clear who may read.
func (w *walk) define(ctx context.Context, file string) scope {
	collection, err := w.settings(ctx, file)
	if err != nil {
		return scope{problem: fmt.Errorf("%s: %w", file, err)}
	}
	first, again := w.defined[collection.Name]
	if again && !same(first.collection, collection) {
		return scope{problem: fmt.Errorf("%s: collection %q is defined otherwise in %s", file, collection.Name, first.file)}
	}
	w.defined[collection.Name] = definition{collection: collection, file: file}
	return scope{collection: collection}
}

func (w *walk) settings(ctx context.Context, name string) (retrieval.Collection, error) {
	file, err := w.source.Open(ctx, name)
	if err != nil {
		return retrieval.Collection{}, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxSettings))
	if err != nil {
		return retrieval.Collection{}, plain(err)
	}
	return parseSettings(data)
}

// plain drops the path of this machine from a file error.
func plain(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}
