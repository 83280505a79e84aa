package demo

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// The state of a demo is no demo: it stays in copies of the data folder and after a
// crash.
func TestStateIsTrueWhileTheDemoRuns(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lock, err := State{URL: "http://127.0.0.1:1"}.save(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := LoadState(dir); err != nil || s.URL != "http://127.0.0.1:1" {
		t.Errorf("%+v, %v", s, err)
	}
	elsewhere := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(elsewhere, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if _, err := LoadState(elsewhere); !errors.Is(err, errNoDemo) {
		t.Errorf("the copy: %v", err)
	}
	lock.Release()
	if _, err := LoadState(dir); !errors.Is(err, errNoDemo) {
		t.Errorf("after the end: %v", err)
	}
}
