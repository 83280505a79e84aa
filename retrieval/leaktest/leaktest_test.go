package leaktest_test

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// What ends late is no leak. Not parallel: it counts goroutines.
func TestWhatEndsLateIsNoLeak(t *testing.T) {
	before := goleak.IgnoreCurrent()
	go func() { <-time.After(2 * time.Second) }()
	if goleak.Find(before) == nil {
		t.Skip("it has ended already: this machine stood still")
	}
	leaktest.None(t, before)
}

type tests int

func (c tests) Run() int { return int(c) }

func TestMainKeepsTheCodeOfFailedTests(t *testing.T) {
	if code := leaktest.Main(tests(2)); code != 2 {
		t.Errorf("exit code %d", code)
	}
}
