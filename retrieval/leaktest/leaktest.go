// Package leaktest looks for goroutines that tests leave behind, as patiently as a busy
// machine needs: what ends by itself, such as a connection that is being closed, may
// take its time there.
//
// Limits: it is for tests, and says nothing of goroutines that were there before.
package leaktest

import (
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// patience is how long goroutines may take to end. Only those that never do cost it.
const patience = time.Minute

// Main runs the tests of a package and returns its exit code: 1 also where goroutines
// are left.
func Main(m interface{ Run() int }, ignored ...goleak.Option) int {
	code := m.Run()
	http.DefaultClient.CloseIdleConnections() // kept open on purpose, by tests and what they use
	if code != 0 {
		return code
	}
	if err := find(ignored); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// None fails a test that has left goroutines. It must not run beside others.
func None(t testing.TB, ignored ...goleak.Option) {
	t.Helper()
	if err := find(ignored); err != nil {
		t.Error(err)
	}
}

// Servers are what is ignored where tests use servers that all packages share: those
// outlive the tests on purpose.
func Servers() []goleak.Option {
	return []goleak.Option{
		goleak.IgnoreAnyFunction("lvr.example/sprechstunde/retrieval/localpart.collect"), // waits for a server and its guard
		goleak.IgnoreAnyFunction("github.com/jackc/pgx/v5/pgxpool.(*Pool).backgroundHealthCheck"),
	}
}

// find asks again while some are left; each time it waits for a moment itself.
func find(ignored []goleak.Option) error {
	for end := time.Now().Add(patience); ; {
		if err := goleak.Find(ignored...); err == nil || time.Now().After(end) {
			return err
		}
	}
}
