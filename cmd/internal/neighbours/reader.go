package neighbours

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
	"lvr.example/sprechstunde/ingest/extract/second"
	"lvr.example/sprechstunde/ingest/extract/second/kreuzberglocal"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// OpenReader returns the children that read files, which start when files come.
// Close it.
func (s *Site) OpenReader() (*sandbox.Pool, error) {
	return sandbox.New(sandbox.Options{
		Cache: filepath.Join(s.DataDir, "cache", "pdf"), Insist: s.Config.Reader.Sandbox == config.SandboxRequired, Log: s.Log,
		Compiling: func(compile func() error) error {
			return localpart.Step(s.Progress, "PDF engine", "compiling it, once", compile)
		},
	})
}

// OpenSecond returns the configured second reader above the first one, and the
// embedded server where that is it: close that.
func (s *Site) OpenSecond(ctx context.Context, first second.First) (*second.Reader, *localpart.Use, error) {
	address := s.Config.Reader.URL
	var server *localpart.Use
	if address == config.SecondLocal {
		var err error
		if server, err = kreuzberglocal.Start(ctx, localpart.Options{DataDir: s.DataDir, Progress: s.Progress}); err != nil {
			return nil, nil, fmt.Errorf("embedded second reader: %w", err)
		}
		address = server.Address()
	}
	reader, err := second.New(first, second.Config{URL: address, Log: s.Log, HTTPClient: patient(s.HTTP)})
	return reader, server, err
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
