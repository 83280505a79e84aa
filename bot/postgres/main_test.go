package postgres_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain looks for what stores and queue leave running. The server that all tests
// share stays, with the connection that makes databases.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("lvr.example/sprechstunde/retrieval/localpart.collect"),
		goleak.IgnoreTopFunction("github.com/jackc/pgx/v5/pgxpool.(*Pool).backgroundHealthCheck"))
}
