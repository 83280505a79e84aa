package embedlocal

import (
	"net/http"
	"os"
	"testing"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestMain looks for goroutines left over, apart from those that wait for the
// embedder for tests, which outlives the tests on purpose.
func TestMain(m *testing.M) { os.Exit(leaktest.Main(tests{m}, leaktest.Servers()...)) }

// tests close in the end what they keep open.
type tests struct{ *testing.M }

func (t tests) Run() int {
	defer http.DefaultClient.CloseIdleConnections()
	return t.M.Run()
}
