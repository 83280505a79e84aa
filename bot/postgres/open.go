package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/retrieval/database"
)

// Limits of a request in the server.
const (
	statementTime = 30 * time.Second
	idleTime      = time.Minute // of a transaction
)

// Open connects to the database. maxConns bounds the pool; 0 means 16. Its
// statements are requests and bounded; what may take long lifts that
// ([database.UnhurriedTx]).
func Open(ctx context.Context, dsn string, maxConns int32) (*pgxpool.Pool, error) {
	return database.Open(ctx, dsn, database.Options{MaxConns: maxConns, Statement: statementTime, Idle: idleTime})
}

// Ready reports why the bot cannot write: the server is a read-only standby, or a
// schema is not in the newest form.
func Ready(ctx context.Context, pool *pgxpool.Pool) error {
	if err := database.Writable(ctx, pool); err != nil {
		return err
	}
	return Check(ctx, pool)
}
