package localpart

import (
	"context"
	"time"
)

// TB is what the parts' servers for tests need of a *testing.T. An interface, so
// that the program does not link the testing package.
type TB interface {
	Helper()
	Context() context.Context
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// TestLinger is how long a server for tests outlives its last user: it bridges the
// time between two test binaries of one run.
const TestLinger = 3 * time.Second
