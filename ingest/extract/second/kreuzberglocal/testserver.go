package kreuzberglocal

import (
	"context"
	"os"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// Test returns the second reader for tests. All test binaries of a run share it; it
// stops some seconds after the last of them.
func Test(t localpart.TB) *Server {
	t.Helper()
	s, err := sharedTestServer()
	if err != nil {
		t.Fatalf("second reader: %v", err)
	}
	return s
}

var sharedTestServer = sync.OnceValues(func() (*Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	return start(ctx, Options{Progress: os.Stderr}, "test", localpart.TestLinger)
})
