package app

import (
	"context"
	"path/filepath"
	"strings"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// Reader returns the children that read files, started when files come.
func (b *Base) Reader() (*sandbox.Pool, error) {
	b.reading.Lock()
	defer b.reading.Unlock()
	if b.reader != nil {
		return b.reader, nil
	}
	pool, err := sandbox.New(sandbox.Options{
		Cache: filepath.Join(b.DataDir, "cache", "pdf"), Insist: b.Config.Reader.Sandbox == config.SandboxRequired, Log: b.Log,
		Compiling: func(compile func() error) error {
			return localpart.Step(b.Progress, "PDF engine", "compiling it, once", compile)
		},
	})
	if err != nil {
		return nil, err
	}
	b.reader = pool
	b.closeLater(pool.Close)
	return pool, nil
}

// WarmReader has the PDF engine compiled and kept, so that the first PDF does not
// wait for it.
func (b *Base) WarmReader(ctx context.Context) error {
	pool, err := b.Reader()
	if err != nil {
		return err
	}
	return pool.Warm(ctx)
}

// examineReader says whether files can be read in processes closed off from
// network and files.
func (b *Base) examineReader(ctx context.Context) []Finding {
	const what = "reading files"
	pool, err := b.Reader()
	if err != nil {
		return broken(what, err, "start the program itself, not a part of it")
	}
	missing, err := pool.Check(ctx)
	if err != nil {
		return broken(what, err, "let this user start processes of this program")
	}
	const kernel = "use a Linux kernel with seccomp, and a container profile that allows it"
	switch {
	case len(missing) > 0 && b.Config.Reader.Sandbox == config.SandboxRequired:
		return broken(what, &sandbox.OpenError{Missing: missing}, kernel+"; or set reader.sandbox to best")
	case len(missing) > 0:
		return []Finding{{what, StateWarning, "a damaged or hostile file is not closed off here: " + strings.Join(missing, "; "),
			kernel + "; set reader.sandbox to required to read nothing without"}}
	}
	return ok(what, "in processes without network, files and secrets")
}
