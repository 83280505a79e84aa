package library

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// probeTime is how long an embedder may take for one sentence before a command
// goes on without it: longer than the embedded one needs for a batch of another
// command.
const probeTime = 5 * time.Second

// LeaveSilentEmbedder goes on by keywords where the embedder does not answer
// and a person waits, who would wait for each of its time limits otherwise.
// Faults that stay are left to whatever needs the vectors.
func (lib *Library) LeaveSilentEmbedder(ctx context.Context) error {
	if lib.Embedder == nil || !lib.site.Impatient {
		return nil
	}
	probing, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	_, err := lib.Embedder.EmbedPassages(probing, []string{"Das steht hier."})
	var passing interface{ Temporary() bool }
	if ctx.Err() != nil || !errors.As(err, &passing) || !passing.Temporary() {
		return ctx.Err()
	}
	fmt.Fprintf(lib.site.Progress, "embedder does not answer, searching by keywords only: %v\n", err)
	lib.embedders = nil
	return lib.EmbedBy(nil)
}
