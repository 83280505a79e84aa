// Package extracttest makes small files of all formats for tests, and reads them.
package extracttest

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

func Read(t *testing.T, name, content string) extract.Document {
	t.Helper()
	doc, err := First(name, strings.NewReader(content))
	if err != nil {
		t.Fatalf("Documents(%s): %v", name, err)
	}
	return doc
}

// First returns the file's own document, or why there is none.
func First(name string, r io.Reader) (extract.Document, error) {
	docs, err := formats.Documents(name, r)
	if err == nil && docs[0].Problem != nil {
		err = docs[0].Problem
	}
	if err != nil {
		return extract.Document{}, err
	}
	return docs[0].Document, nil
}

// Shown are the kinds and texts of blocks.
func Shown(doc extract.Document) []string {
	var all []string
	for _, b := range doc.Blocks {
		all = append(all, fmt.Sprintf("%d %s: %s", b.Page, b.Kind, b.Text))
	}
	return all
}
