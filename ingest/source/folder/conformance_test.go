package folder

import (
	"os"
	"path/filepath"
	"testing"

	"lvr.example/sprechstunde/ingest/source/sourcetest"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	sourcetest.Run(t, func(t *testing.T) sourcetest.Fixture {
		dir := plant(t, map[string]string{"collection.yaml": "name: Akten\nreaders: alle\n"})
		source, err := Open(dir, Options{Name: "akten"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { source.Close() })
		mode := func(mode os.FileMode) func() {
			return func() {
				if err := os.Chmod(filepath.Join(dir, "zu"), mode); err != nil {
					t.Fatal(err)
				}
			}
		}
		f := sourcetest.Fixture{
			Source: source,
			Put: func(name, content string) {
				name = filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
					t.Fatal(err)
				}
			},
			Remove: func(name string) {
				if err := os.Remove(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			},
			Path: func(name string) string { return name },
		}
		if os.Getuid() != 0 { // who reads everything
			f.Break, f.Mend = mode(0), mode(0o755)
			t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "zu"), 0o755) })
		}
		return f
	})
}
