package localpart

import (
	"archive/zip"
	"os"
	"path/filepath"
	"testing"
)

func TestUnzipRefusesToLeaveItsFolder(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../outside", "a/../../outside", "/outside"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			archive := filepath.Join(dir, "wheel.whl")
			pack(t, archive, map[string]string{name: "x"})
			if err := unzip(archive, filepath.Join(dir, "into"), nil); err == nil {
				t.Error("accepted")
			}
			if exists(filepath.Join(dir, "outside")) {
				t.Error("written outside")
			}
		})
	}
}

func TestUnzipKeeps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	archive := filepath.Join(dir, "wheel.whl")
	pack(t, archive, map[string]string{"a/program": "x", "b": "y"})
	into := filepath.Join(dir, "into")
	if err := unzip(archive, into, func(name string) bool { return name != "b" }); err != nil {
		t.Fatal(err)
	}
	if !exists(filepath.Join(into, "a", "program")) || exists(filepath.Join(into, "b")) {
		t.Error("kept the wrong files")
	}
}

func pack(t *testing.T, path string, files map[string]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := zip.NewWriter(f)
	for name, content := range files {
		entry, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
