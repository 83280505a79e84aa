package ingest

import (
	"bytes"
	"context"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

// Reader reads the documents in a file: its own first, then those attached. What
// cannot be read has a Problem; an error means that reading did not work at all
// and says nothing of the file. Implemented by extract/sandbox, where foreign
// files belong.
type Reader interface {
	// Hold waits until the bytes of one more large file may be kept for reading;
	// release gives its place back.
	Hold(ctx context.Context) (release func(), err error)
	// Read says how far it is with a long file if ctx wants that, see [extract.WithProgress].
	Read(ctx context.Context, name string, data []byte) ([]extract.Named, error)
	// IsCurrent reports whether Read would give today what readers with these
	// stamps gave, see [extract.Named].
	IsCurrent(stamps []string) bool
}

// inProcess reads where it is called.
type inProcess struct{}

// Hold implements [Reader].
func (inProcess) Hold(context.Context) (release func(), err error) { return func() {}, nil }

// Read implements [Reader].
func (inProcess) Read(ctx context.Context, name string, data []byte) ([]extract.Named, error) {
	return formats.InSteps(name, bytes.NewReader(data), extract.Steps{Told: extract.ProgressOf(ctx)})
}

// IsCurrent implements [Reader].
func (inProcess) IsCurrent(stamps []string) bool { return formats.IsCurrent(stamps) }
