package mattermost_test

import (
	"net/http"
	"os"
	"testing"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// TestMain looks for what the adapter leaves running. The servers that all tests
// share stay, with the connection that makes databases.
func TestMain(m *testing.M) {
	os.Exit(leaktest.Main(tests{m}, leaktest.Servers()...))
}

// tests close in the end what the people of the tests keep open.
type tests struct{ *testing.M }

func (t tests) Run() int {
	defer http.DefaultClient.CloseIdleConnections()
	return t.M.Run()
}
