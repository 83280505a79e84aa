package postgres_test

import (
	"os"
	"testing"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestMain looks for what stores and queue leave running. The server that all tests
// share stays, with the connection that makes databases.
func TestMain(m *testing.M) {
	os.Exit(leaktest.Main(m, leaktest.Servers()...))
}
