package folder_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"lvr.example/sprechstunde/ingest/source/folder"
)

func TestChangesAreTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "alt/tief"), 0o755); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	changed, err := folder.Changes(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	do := func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		select {
		case <-changed:
		case <-time.After(5 * time.Minute): // hangs
			t.Fatalf("%s was not told", what)
		}
		for { // what one action caused
			select {
			case <-changed:
				continue
			case <-time.After(100 * time.Millisecond):
			}
			return
		}
	}
	name := filepath.Join(dir, "alt/tief/a.md")
	do("a new file", os.WriteFile(name, []byte("x"), 0o644))
	do("a change", os.WriteFile(name, []byte("y"), 0o644))
	do("a new name", os.Rename(name, filepath.Join(dir, "b.md")))
	do("a new folder", os.MkdirAll(filepath.Join(dir, "neu/tief"), 0o755))
	do("a file in a new folder", os.WriteFile(filepath.Join(dir, "neu/tief/c.md"), []byte("x"), 0o644))
	do("a removal", os.RemoveAll(filepath.Join(dir, "neu")))
	if err := os.WriteFile(filepath.Join(dir, ".~lock.b.odt#"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	do("a removal after a hidden file, which is not", os.Remove(filepath.Join(dir, "b.md")))
	cancel()
	for range changed { //nolint:revive // until it is closed; what the last action caused may still come
	}
}

func TestChangesEndWithTheFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "docs")
	if _, err := folder.Changes(t.Context(), dir); err == nil {
		t.Error("a folder that is not there is watched")
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	changed, err := folder.Changes(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	for range changed { //nolint:revive // until it is closed
	}
}
