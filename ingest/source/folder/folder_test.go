package folder

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// plant writes files; a value that begins with -> is a symbolic link.
func plant(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(content, "->"); ok {
			err = os.Symlink(target, name)
		} else {
			err = os.WriteFile(name, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// list returns one line for each item: path, collection, or why not.
func list(t *testing.T, dir string, options Options) []string {
	t.Helper()
	source, err := Open(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	var lines []string
	err = source.List(t.Context(), func(item ingest.Item) error {
		line := item.Path + ": "
		switch {
		case item.Skip != "":
			line += "skip " + item.Skip
		case item.Problem != nil:
			line += "problem " + item.Problem.Error()
			if !item.Unclear {
				t.Errorf("%s: readers are unclear, but not marked so", item.Path)
			}
		default:
			line += item.Collection.Name
			if item.Version == "" || item.Modified.IsZero() {
				t.Errorf("%s has no version", item.Path)
			}
		}
		lines = append(lines, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestCollectionsHoldBelowTheirFolder(t *testing.T) {
	t.Parallel()
	dir := plant(t, map[string]string{
		"lose.md":                  "x",
		"a/collection.yaml":        "name: A\nreaders: alle\n",
		"a/1.md":                   "x",
		"a/tief/2.md":              "x",
		"a/intern/collection.yaml": "name: Intern\nreaders: [haus/intern]\n",
		"a/intern/3.md":            "x",
		"a/.versteckt/4.md":        "x",
		"a/~$5.docx":               "x",
		"a/verweis.md":             "->../lose.md",
		"a/ordner":                 "->..",
		"b/collection.yaml":        "name: A\nreaders: [haus/anders]\n",
		"b/6.md":                   "x",
		"c/collection.yaml":        "->../a/collection.yaml",
		"c/7.md":                   "x",
	})
	want := []string{
		"a/.versteckt: skip hidden",
		"a/1.md: A",
		"a/intern/3.md: Intern",
		"a/ordner: skip symbolic link",
		"a/tief/2.md: A",
		"a/verweis.md: skip symbolic link",
		"a/~$5.docx: skip hidden",
		`b/6.md: problem b/collection.yaml: collection "A" is defined otherwise in a/collection.yaml`,
		"c/7.md: problem c/collection.yaml: not a regular file",
		"lose.md: problem belongs to no collection: put a collection.yaml with name and readers into its folder or one above",
	}
	if diff := cmp.Diff(want, list(t, dir, Options{Name: "x"})); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	got := list(t, dir, Options{Name: "x", DefaultCollection: &retrieval.Collection{Name: "Rest", Access: retrieval.Access{Staff: true}}})
	if last := got[len(got)-1]; last != "lose.md: Rest" {
		t.Errorf("with a default: %s", last)
	}
}

func TestOpenStaysInTheTree(t *testing.T) {
	t.Parallel()
	dir := plant(t, map[string]string{"in/a.md": "innen", "geheim.md": "außen", "in/raus.md": "->../geheim.md"})
	source, err := Open(filepath.Join(dir, "in"), Options{Name: "x"})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	for _, name := range []string{"../geheim.md", "raus.md", filepath.Join(dir, "geheim.md"), ".", "fehlt.md"} {
		if file, err := source.Open(t.Context(), name); err == nil {
			file.Close()
			t.Errorf("%s was opened", name)
		} else if strings.Contains(err.Error(), dir) {
			t.Errorf("%s: the error names a path of this machine: %v", name, err)
		}
	}
	file, err := source.Open(t.Context(), "a.md")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if data, err := io.ReadAll(file); err != nil || string(data) != "innen" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestMissingFolder(t *testing.T) {
	t.Parallel()
	if _, err := Open(filepath.Join(t.TempDir(), "fehlt"), Options{}); err == nil {
		t.Error("a folder that is not there was opened")
	}
}

func TestListStops(t *testing.T) {
	t.Parallel()
	source, err := Open(plant(t, map[string]string{"a.md": "x", "b.md": "x"}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	stop := errors.New("stop")
	if err := source.List(t.Context(), func(ingest.Item) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := source.List(ctx, func(ingest.Item) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
