package pglocal

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain looks for goroutines left over, apart from those of the server for tests,
// which outlives the tests on purpose.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("lvr.example/sprechstunde/retrieval/localpart.collect"),
		goleak.IgnoreAnyFunction("github.com/jackc/pgx/v5/pgxpool.(*Pool).backgroundHealthCheck"))
}
