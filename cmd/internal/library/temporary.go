package library

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
	"sync"
	"time"

	"lvr.example/sprechstunde/cmd/internal/neighbours"
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

// DocsSchema names the schema of a folder.
func DocsSchema(dir string) string {
	return fmt.Sprintf("%s%x", docsPrefix, sha256.Sum256([]byte(dir)))[:20]
}

// EvalSchema names a schema of an evaluation, another one each time.
func EvalSchema() string { return evalPrefix + strings.ToLower(rand.Text()[:12]) }

// Hold holds a schema beside the house's own for this process, and first drops
// those that others have left behind. One of a folder stays for some days after it
// is released.
func Hold(ctx context.Context, n *neighbours.Set, schema string) (release func(), err error) {
	Sweep(ctx, n)
	var keep time.Duration
	if strings.HasPrefix(schema, docsPrefix) {
		keep = docsKept
	}
	held, err := database.HoldTemporary(ctx, n.Database.DSN, schema, keep)
	if err != nil {
		return nil, err
	}
	return sync.OnceFunc(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), dropTime)
		defer cancel()
		if err := held.Release(ctx); err != nil {
			n.Log.Warn("temporary schema stays until a later command drops it", "schema", schema, "error", err)
		}
	}), nil
}

// Sweep drops what killed processes have left behind. A fault is no
// reason not to go on.
func Sweep(ctx context.Context, n *neighbours.Set) {
	pool, err := database.Open(ctx, n.Database.DSN, database.Options{MaxConns: 1})
	if err != nil {
		return // said by what opens the database next
	}
	defer pool.Close()
	dropped, err := database.Sweep(ctx, pool, unmarked, docsKept)
	if len(dropped) > 0 {
		n.Log.InfoContext(ctx, "dropped temporary schemas that nobody uses any more", "schemas", dropped)
	}
	if err != nil {
		n.Log.WarnContext(ctx, "temporary schemas that nobody uses any more stay", "error", err)
	}
}
