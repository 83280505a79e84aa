package mattermost_test

import (
	"os"
	"testing"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestMain looks for what the adapter leaves running. The servers that all tests
// share stay, with the connection that makes databases.
func TestMain(m *testing.M) {
	os.Exit(leaktest.Main(m, leaktest.Servers()...))
}
