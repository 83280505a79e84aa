package postgres

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain leaves the tests' server and its pool, which serve all packages, out of
// the count.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("lvr.example/sprechstunde/retrieval/localpart.collect"), // waits for the server and its guard
		goleak.IgnoreTopFunction("github.com/jackc/pgx/v5/pgxpool.(*Pool).backgroundHealthCheck"))
}
