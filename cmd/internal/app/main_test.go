package app

import (
	"os"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
)

// TestMain lets the test program be the child that reads files.
func TestMain(m *testing.M) {
	if code, is := sandbox.Child(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); is {
		os.Exit(code)
	}
	extracttest.Main(m)
}
