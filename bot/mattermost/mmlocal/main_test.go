package mmlocal

import (
	"os"
	"testing"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestMain looks for goroutines left over, apart from those of the servers for tests,
// which outlive the tests on purpose.
func TestMain(m *testing.M) { os.Exit(leaktest.Main(m, leaktest.Servers()...)) }
