package mattermost_test

import (
	"net/http"
	"testing"

	"go.uber.org/goleak"
)

// TestMain looks for what the adapter leaves running. The servers that all tests
// share stay, with the connection that makes databases.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(tests{m},
		goleak.IgnoreAnyFunction("lvr.example/sprechstunde/retrieval/localpart.collect"),
		goleak.IgnoreTopFunction("github.com/jackc/pgx/v5/pgxpool.(*Pool).backgroundHealthCheck"))
}

// tests close in the end what the people of the tests keep open.
type tests struct{ *testing.M }

func (t tests) Run() int {
	defer http.DefaultClient.CloseIdleConnections()
	return t.M.Run()
}
