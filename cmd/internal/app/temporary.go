package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval/database"
)

// Schemas beside the house's own: one for each evaluation, and one for each folder
// that was asked with --docs, kept so that the next question reads only what
// changed.
const (
	evalPrefix = "eval_"
	docsPrefix = "docs_"
	// unmarked matches those of versions that left them for ever.
	unmarked = "^(eval_[A-Z2-7]{12}|docs_[0-9a-f]{15})$"
	// docsKept is how long a folder's index stays after its last question.
	docsKept = 7 * 24 * time.Hour
	// dropTime bounds the clean-up after work that was interrupted.
	dropTime = time.Minute
)

// docsSchema names the schema of a folder.
func docsSchema(dir string) string {
	return fmt.Sprintf("%s%x", docsPrefix, sha256.Sum256([]byte(dir)))[:20]
}

// temporary holds a schema beside the house's own for this process, and first
// drops those that others have left behind.
func (b *Base) temporary(ctx context.Context, schema string, keep time.Duration) (release func(), err error) {
	dsn, err := b.DSN(ctx)
	if err != nil {
		return nil, err
	}
	b.sweepTemporary(ctx, dsn)
	held, err := database.HoldTemporary(ctx, dsn, schema, keep)
	if err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dropTime)
		defer cancel()
		if err := held.Release(ctx); err != nil {
			b.Log.Warn("temporary schema stays until a later command drops it", "schema", schema, "error", err)
		}
	}), nil
}

// sweepTemporary drops what killed processes have left behind. A fault is no
// reason not to go on.
func (b *Base) sweepTemporary(ctx context.Context, dsn string) {
	pool, err := database.Open(ctx, dsn, database.Options{MaxConns: 1})
	if err != nil {
		return // said by what opens the database next
	}
	defer pool.Close()
	dropped, err := database.Sweep(ctx, pool, unmarked, docsKept)
	if len(dropped) > 0 {
		b.Log.InfoContext(ctx, "dropped temporary schemas that nobody uses any more", "schemas", dropped)
	}
	if err != nil {
		b.Log.WarnContext(ctx, "temporary schemas that nobody uses any more stay", "error", err)
	}
}
