package eval

import (
	"errors"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDevelopmentSets keeps the questions below testdata what their READMEs say:
// answers stand in their documents, no question stands in both halves, and half of
// the unanswerable ones or more are near misses.
func TestDevelopmentSets(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"musterland-2", "gesetze"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join("testdata", name)
			if _, err := os.Stat(filepath.Join(dir, "files")); errors.Is(err, fs.ErrNotExist) {
				t.Skipf("%s/files is missing; its README says how to get the documents", dir)
			}
			seen := make(map[string]bool)
			for _, half := range []string{dir, filepath.Join(dir, "held")} {
				checkHalf(t, half, seen)
			}
		})
	}
}

func checkHalf(t *testing.T, dir string, seen map[string]bool) {
	f, err := ReadFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	unanswerable, near := 0, 0
	for _, q := range f.Queries {
		if seen[q.ID] || seen[Comparable(q.Text)] {
			t.Errorf("%s: %s stands twice", dir, q.ID)
		}
		seen[q.ID], seen[Comparable(q.Text)] = true, true
		if q.Answerable != (len(q.Relevant) > 0) || q.Answerable != (q.Answer != "") {
			t.Errorf("%s: %s is answerable %t with %d documents and answer %q", dir, q.ID, q.Answerable, len(q.Relevant), q.Answer)
		}
		if !q.Answerable {
			unanswerable++
			if q.Kind == "near-miss" {
				near++
			}
			continue
		}
		if document := mainDocument(q); !strings.Contains(Comparable(text(t, filepath.Join(f.Files, document))), Comparable(q.Answer)) {
			t.Errorf("%s: answer of %s does not stand in %s", dir, q.ID, document)
		}
	}
	if 2*near < unanswerable {
		t.Errorf("%s: %d near misses of %d unanswerable", dir, near, unanswerable)
	}
}

// mainDocument returns the document with the highest score.
func mainDocument(q Query) string {
	best := ""
	for id, score := range q.Relevant {
		if best == "" || score > q.Relevant[best] {
			best = id
		}
	}
	return best
}

var tag = regexp.MustCompile(`<[^>]*>`)

// text returns a document's text, of HTML without its tags.
func text(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Ext(path) == ".html" {
		return html.UnescapeString(tag.ReplaceAllString(string(raw), " "))
	}
	return string(raw)
}
