package app

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
	"lvr.example/sprechstunde/ingest/extract/second"
	"lvr.example/sprechstunde/ingest/extract/second/kreuzberglocal"
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

// Files returns what reads the files of sources: the children, and the second reader
// for what they cannot read, where one is configured.
func (b *Base) Files(ctx context.Context) (ingest.Reader, error) {
	pool, err := b.Reader()
	if err != nil || b.Config.Reader.URL == "" {
		return pool, err
	}
	b.reading.Lock()
	defer b.reading.Unlock()
	if b.files != nil {
		return b.files, nil
	}
	address := b.Config.Reader.URL
	if address == config.SecondLocal {
		server, err := kreuzberglocal.Start(ctx, kreuzberglocal.Options{DataDir: b.DataDir, Progress: b.Progress})
		if err != nil {
			return nil, fmt.Errorf("embedded second reader: %w", err)
		}
		b.addPart(server)
		address = server.URL()
	}
	b.files, err = second.New(pool, second.Config{URL: address, Log: b.Log, HTTPClient: patient(b.http)})
	return b.files, err
}

// patient returns a client that waits for a first word as long as its caller does:
// OCR says nothing until it is done.
func patient(client *http.Client) *http.Client {
	transport, ok := client.Transport.(*http.Transport)
	if !ok {
		return client
	}
	transport = transport.Clone()
	transport.ResponseHeaderTimeout = 0
	return &http.Client{Transport: transport}
}

// examineSecond says whether files can be read that the house cannot read itself.
func (b *Base) examineSecond(ctx context.Context) []Finding {
	const what = "second reader"
	if b.Config.Reader.URL == "" {
		return ok(what, "none: DOC, XLS, PPT, RTF, MSG and scans stay out (reader.url)")
	}
	reader, err := b.Files(ctx)
	if asked, isSecond := reader.(*second.Reader); err == nil && isSecond {
		err = asked.Check(ctx)
	}
	if err != nil {
		return broken(what, err, "see to it that the Kreuzberg server of reader.url runs; until then files wait for it")
	}
	if b.Config.Reader.URL == config.SecondLocal {
		if err := kreuzberglocal.OCR(ctx); err != nil {
			return []Finding{{what, StateWarning, err.Error(), "install it; until then scans wait"}}
		}
	}
	return ok(what, "it answers")
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
