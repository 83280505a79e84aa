// Package folder lists and opens the files of a folder tree on this machine or a
// mounted share. Symbolic links are never followed, and nothing outside the tree
// can be opened.
package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/tree"
	"lvr.example/sprechstunde/retrieval"
)

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

var (
	_ ingest.Source = (*Source)(nil)
	_ tree.Files    = (*Source)(nil)
)

// Open opens the tree below dir. Close it when done.
func Open(dir string, options Options) (*Source, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open folder %s: %w", dir, withoutPath(err))
	}
	return &Source{options: options, root: root}, nil
}

// Close releases the folder.
func (s *Source) Close() error { return s.root.Close() }

// Name implements [ingest.Source].
func (s *Source) Name() string { return s.options.Name }

// List implements [ingest.Source]. Files come in the order of their paths.
func (s *Source) List(ctx context.Context, yield func(ingest.Item) error) error {
	return tree.List(ctx, s, s.options.DefaultCollection, yield)
}

// Check reports why the folder cannot be read.
func (s *Source) Check(ctx context.Context) error {
	_, err := s.ReadDir(ctx, ".")
	return err
}

// Open implements [ingest.Source]. Only regular files are opened.
func (s *Source) Open(_ context.Context, name string) (io.ReadCloser, error) {
	info, err := s.root.Lstat(name)
	if err != nil {
		return nil, withoutPath(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	file, err := s.root.Open(name)
	if err != nil {
		return nil, withoutPath(err)
	}
	return file, nil
}

// ReadDir implements [tree.Files].
func (s *Source) ReadDir(_ context.Context, dir string) ([]tree.Entry, error) {
	found, err := fs.ReadDir(s.root.FS(), dir)
	if err != nil {
		return nil, withoutPath(err)
	}
	entries := make([]tree.Entry, len(found))
	for i, entry := range found {
		entries[i] = describe(entry)
	}
	return entries, nil
}

func describe(entry fs.DirEntry) tree.Entry {
	e := tree.Entry{Name: entry.Name(), Folder: entry.IsDir()}
	switch {
	case entry.IsDir():
		return e
	case entry.Type()&fs.ModeSymlink != 0:
		e.Skip = "symbolic link"
		return e
	case !entry.Type().IsRegular():
		e.Skip = "not a regular file"
		return e
	}
	info, err := entry.Info()
	if err != nil {
		e.Problem = fmt.Errorf("cannot be looked at: %w", withoutPath(err))
		return e
	}
	e.Modified, e.Version = info.ModTime(), fmt.Sprintf("%d-%d", info.Size(), info.ModTime().UnixNano())
	return e
}

// ReadFile implements [tree.Files].
func (s *Source) ReadFile(ctx context.Context, name string, limit int64) ([]byte, error) {
	file, err := s.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit))
	return data, withoutPath(err)
}

// withoutPath drops the path of this machine from a file error.
func withoutPath(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}
