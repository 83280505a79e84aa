package pdf_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

// TestPagesAreReadOneByOne passes over pages that broke a reader: the rest is kept,
// said, and tried again another day.
func TestPagesAreReadOneByOne(t *testing.T) {
	t.Parallel()
	var pages []string
	for i := range 6 {
		pages = append(pages, column(60, 700, fmt.Sprintf("Das steht auf Blatt %c.", 'A'+i)))
	}
	file := extracttest.PDF("", nil, pages...)
	read := func(steps extract.Steps) extract.Named {
		docs, err := formats.InSteps("a.pdf", strings.NewReader(file), steps)
		if err != nil {
			t.Fatal(err)
		}
		return docs[0]
	}
	var told []int
	doc := read(extract.Steps{Told: func(done, _ int) { told = append(told, done) }, Skip: []int{2}, Until: 4})
	if got := extracttest.Lines([]extract.Named{doc}); strings.Contains(got, "Blatt B") || strings.Contains(got, "Blatt E") || !strings.Contains(got, "Blatt A") || !strings.Contains(got, "Blatt D") {
		t.Error(got)
	}
	if !slices.Equal(told, []int{0, 1, 2, 3, 4, 5}) {
		t.Errorf("told of %v", told)
	}
	if !doc.Partial || !slices.Equal(extracttest.Remarks(doc), []string{"unread pages 3"}) {
		t.Errorf("partial: %t, %v", doc.Partial, doc.Remarks)
	}
	if last := doc.Readers[len(doc.Readers)-1]; !strings.HasPrefix(last, "partial/") {
		t.Errorf("stamps %v", doc.Readers)
	}
	if doc := read(extract.Steps{Skip: []int{1, 2, 3, 4, 5, 6}}); doc.Problem == nil || doc.Problem.Reason != extract.TooSlow {
		t.Errorf("without any page: %v", doc.Problem)
	}
}
