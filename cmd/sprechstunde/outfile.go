package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// outFile is a result that is written beside its place and put there when it is
// complete, so that a run that ends early leaves what was there before.
type outFile struct {
	file *os.File
	path string // to move to; empty: file is already the place (a pipe, a terminal)
}

var _ io.Writer = (*outFile)(nil)

// createOut begins a result. It fails at once where it could not be written in
// the end.
func createOut(path string) (*outFile, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return nil, fmt.Errorf("%s is a folder", path)
		}
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		return &outFile{file: file}, err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".sprechstunde-*")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, errors.Unwrap(err))
	}
	const readable = 0o644
	return &outFile{file: file, path: path}, file.Chmod(readable)
}

// Write implements [io.Writer].
func (f *outFile) Write(p []byte) (int, error) { return f.file.Write(p) }

// commit puts the result in its place.
func (f *outFile) commit() error {
	if err := f.file.Close(); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	if f.path == "" {
		return nil
	}
	return os.Rename(f.file.Name(), f.path)
}

// discard ends a result that was not committed; after commit it does nothing.
func (f *outFile) discard() {
	if f.file.Close() == nil && f.path != "" {
		_ = os.Remove(f.file.Name()) // a temporary file that stays harms nobody
	}
}
