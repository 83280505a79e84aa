package postgres

import (
	"os"
	"testing"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestMain leaves the tests' server and its pool, which serve all packages, out of
// the count.
func TestMain(m *testing.M) {
	os.Exit(leaktest.Main(m, leaktest.Servers()...))
}
