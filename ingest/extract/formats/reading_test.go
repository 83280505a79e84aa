package formats_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadingNamesTests sees that each kind of fault in docs/reading.md has the test
// that is named there.
func TestReadingNamesTests(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../../docs/reading.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| ([^|]+) \\| `([\\w/]+)` `(Test\\w+)`(?: \"([^\"]+)\")? \\|$").FindAllStringSubmatch(string(page), -1)
	const kinds = 64
	if len(rows) < kinds {
		t.Errorf("%d kinds with a test", len(rows))
	}
	for _, row := range rows {
		kind, room, test, name := row[1], row[2], row[3], row[4]
		source := testsOf(t, filepath.Join("..", filepath.FromSlash(room)))
		_, body, found := strings.Cut(source, "func "+test+"(")
		body, _, _ = strings.Cut(body, "\n}\n")
		if !found || !strings.Contains(body, `"`+name) {
			t.Errorf("%s: no %s %q in %s", kind, test, name, room)
		}
	}
}

// testsOf returns the tests of a room.
func testsOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no tests, %v", dir, err)
	}
	var all strings.Builder
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}
