package embedlocal

import (
	"os"
	"testing"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestMain looks for goroutines left over, apart from those that wait for the
// embedder for tests, which outlives the tests on purpose.
func TestMain(m *testing.M) { os.Exit(leaktest.Main(m, leaktest.Servers()...)) }
