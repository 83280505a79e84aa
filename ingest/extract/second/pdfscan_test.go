package second_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/ingest/extract/second"
)

// pictured is a page of a PDF that shows nothing but a picture.
const pictured = "q 595 0 0 842 0 0 cm /X Do Q"

// pdfOf is a PDF of such pages.
func pdfOf(pages ...string) string {
	picture := extracttest.Stream("/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8", "\x00\xFF\xFF\x00")
	return extracttest.PDF("", []string{picture}, pages...)
}

// countsPages answers each file alike and keeps how many pages each had.
func countsPages(t *testing.T, first second.First) (*second.Reader, func() []int) {
	t.Helper()
	var mu sync.Mutex
	var counts []int
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file, _, err := r.FormFile("files")
		if err != nil {
			t.Error(err)
			return
		}
		data, _ := io.ReadAll(file)
		_, pages, err := formats.PDFPage(data, 1)
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		counts = append(counts, pages)
		mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, list(t, "application/pdf", map[string]any{"ocr_elements": []any{word(1, 10, 10, .95, "Gelesen.")}}))
	}))
	t.Cleanup(s.Close)
	reader, err := second.New(first, second.Config{URL: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	return reader, func() []int {
		mu.Lock()
		defer mu.Unlock()
		return counts
	}
}

// TestPagesOfAScannedPDFAreSentOneByOne sends those without text, each by itself, so that
// a long scan is no longer for the server than a short one.
func TestPagesOfAScannedPDFAreSentOneByOne(t *testing.T) {
	t.Parallel()
	r, counts := countsPages(t, first{})
	var told []int
	ctx := extract.WithProgress(t.Context(), func(done, total int) {
		if total == 12 {
			told = append(told, done)
		}
	})
	pages := slices.Repeat([]string{pictured}, 12)
	pages[1] = extracttest.Show(60, 700, 10, "F", "Die Frist ist ein Monat.")
	docs, err := r.Read(ctx, "akte.pdf", []byte(pdfOf(pages...)))
	if err != nil || docs[0].Problem != nil {
		t.Fatal(err, docs[0].Problem)
	}
	var at []int
	for _, b := range docs[0].Blocks {
		at = append(at, b.Page)
	}
	if len(at) != 12 || !slices.IsSorted(at) || at[11] != 12 || docs[0].Blocks[1].Text != "Die Frist ist ein Monat." || docs[0].Partial {
		t.Errorf("pages %v, partial %t, %v", at, docs[0].Partial, docs[0].Remarks)
	}
	if sent := counts(); len(sent) != 11 || slices.Max(sent) != 1 {
		t.Errorf("sent files of so many pages: %v", sent)
	}
	if !slices.Contains(told, 11) {
		t.Errorf("told %v", told)
	}
}

// wholeOnly is a first reader that cannot take pages out.
type wholeOnly struct{ first }

func (wholeOnly) Page(context.Context, []byte, int) (page []byte, pages int, err error) {
	return nil, 0, &extract.Error{Reason: extract.Damaged}
}

// TestAPDFThatCannotBeCutIsSentAsAWhole, and so is one of a single page.
func TestAPDFThatCannotBeCutIsSentAsAWhole(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		first second.First
		pages []string
	}{"not to be cut": {wholeOnly{}, []string{pictured, pictured}}, "one page": {first{}, []string{pictured}}} {
		r, counts := countsPages(t, test.first)
		doc := read(t, r, "akte.pdf", pdfOf(test.pages...))
		if doc.Problem != nil || !slices.Equal(counts(), []int{len(test.pages)}) || !strings.Contains(doc.Blocks[0].Text, "Gelesen") {
			t.Errorf("%s: %+v, %v, %v", name, doc.Blocks, doc.Problem, counts())
		}
	}
}
