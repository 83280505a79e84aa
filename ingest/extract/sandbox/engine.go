package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lvr.example/sprechstunde/ingest/extract/formats"
)

// Warm compiles the PDF engine into the cache, unless that has been done: by the
// program's set-up, or before the first PDF. A process of its own does it, without
// limits, because it runs the program's own code only: on a slow machine it takes
// minutes and more memory than a file may.
func (p *Pool) Warm(ctx context.Context) error {
	if p.options.Cache == "" {
		return nil // each child compiles for itself
	}
	p.warm.Lock()
	defer p.warm.Unlock()
	done := filepath.Join(p.options.Cache, "compiled "+formats.Engine())
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	return p.options.Compiling(func() error {
		if err := p.compile(ctx); err != nil {
			return fmt.Errorf("compile the PDF engine: %w", err)
		}
		return os.WriteFile(done, nil, 0o600)
	})
}

func (p *Pool) compile(ctx context.Context) error {
	guarded, cancel := context.WithTimeout(ctx, p.options.Limits.Start)
	defer cancel()
	said := &tail{}
	if err := command(guarded, p.options, said, "-compile", "-cache="+p.options.Cache).Run(); err != nil {
		return errors.Join(context.Cause(guarded), fmt.Errorf("%w (%s)", err, said.summary()))
	}
	return nil
}
