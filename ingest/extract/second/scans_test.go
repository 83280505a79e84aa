package second_test

import (
	"encoding/binary"
	"encoding/json"
	"image"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// scan has a page for each width.
func scan(widths ...int) string {
	var pages []*image.Gray
	for _, width := range widths {
		pages = append(pages, image.NewGray(image.Rect(0, 0, width, 9)))
	}
	return string(extracttest.Scan(binary.LittleEndian, pages...))
}

// looksAtFirst reads the first page of a file, as Kreuzberg does, and tells its
// number among those that it was sent.
func looksAtFirst(t *testing.T, say func(page int, w http.ResponseWriter)) http.HandlerFunc {
	t.Helper()
	var page atomic.Int32
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		say(int(page.Add(1)), w)
	}
}

func ocrOf(t *testing.T, words ...any) string {
	t.Helper()
	return list(t, "image/tiff", map[string]any{"ocr_elements": words})
}

// TestEveryPageOfAScanIsRead sends the pages one by one: two clear ones, an empty
// back, one that the server cannot read and one that is upside down.
func TestEveryPageOfAScanIsRead(t *testing.T) {
	t.Parallel()
	r, asked := server(t, looksAtFirst(t, func(page int, w http.ResponseWriter) {
		switch page {
		case 2:
			_, _ = io.WriteString(w, ocrOf(t))
		case 3:
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = io.WriteString(w, `{"error_type":"ImageProcessingError"}`)
		case 4:
			_, _ = io.WriteString(w, ocrOf(t, word(1, 1, 1, .26, "uapuaJS")))
		default:
			_, _ = io.WriteString(w, ocrOf(t, word(1, 10, 10, .95, "Seite"), word(1, 70, 10, .95, string(rune('0'+page)))))
		}
	}))
	doc := read(t, r, "akte.tif", scan(1, 2, 3, 4, 5))
	if doc.Problem != nil || len(doc.Blocks) != 2 || doc.Blocks[0].Text != "Seite 1" || doc.Blocks[1].Text != "Seite 5" || doc.Blocks[1].Page != 5 || asked.Load() != 5 {
		t.Fatalf("%+v, %v, asked %d times", doc.Blocks, doc.Problem, asked.Load())
	}
	want := []extract.Remark{
		{Code: extract.ScannedPages, Count: 1}, {Code: extract.UnsurePages, Count: 1, Detail: "page 4, confidence 26 %"},
		{Code: extract.ReadByOCR, Count: 2, Detail: "confidence 95 %"}, {Code: extract.DamagedPages, Count: 1},
	}
	if !slices.Equal(doc.Remarks, want) {
		t.Errorf("%+v", doc.Remarks)
	}
}

// TestAScanWaitsAsAWhole does not take in half of what a server that goes away reads.
func TestAScanWaitsAsAWhole(t *testing.T) {
	t.Parallel()
	r, _ := server(t, looksAtFirst(t, func(page int, w http.ResponseWriter) {
		if page > 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = io.WriteString(w, ocrOf(t, word(1, 10, 10, .95, "Seite")))
	}))
	doc := read(t, r, "akte.tif", scan(1, 2))
	if doc.Problem == nil || doc.Problem.Reason != extract.Waiting || !strings.Contains(doc.Problem.Detail, "status 502") || len(doc.Blocks) > 0 || r.IsCurrent(doc.Readers) {
		t.Errorf("%+v, %v", doc.Blocks, doc.Problem)
	}
}

// TestAScanNoneOfWhosePagesIsRead keeps its reason.
func TestAScanNoneOfWhosePagesIsRead(t *testing.T) {
	t.Parallel()
	r, _ := server(t, says("application/json", http.StatusUnprocessableEntity, `{"error_type":"ParsingError"}`))
	doc := read(t, r, "akte.tif", scan(1, 2))
	if doc.Problem == nil || doc.Problem.Reason != extract.NoText || !strings.Contains(doc.Problem.Detail, "none of its pages") || !r.IsCurrent(doc.Readers) {
		t.Errorf("%v", doc.Problem)
	}
}

// TestPagesBehindTheLimitAreSaid reads so many pages and tells of the others.
func TestPagesBehindTheLimitAreSaid(t *testing.T) {
	t.Parallel()
	r, asked := server(t, says("application/json", http.StatusOK, ocrOf(t, word(1, 10, 10, .95, "Seite"))))
	doc := read(t, r, "akte.tif", scan(make([]int, 503)...))
	said := slices.Contains(doc.Remarks, extract.Remark{Code: extract.UnreadPages, Count: 3, Detail: "behind page 500"})
	if doc.Problem != nil || !doc.Partial || len(doc.Blocks) != 500 || asked.Load() != 500 || !said {
		t.Errorf("%d blocks, %+v, %v, asked %d times", len(doc.Blocks), doc.Remarks, doc.Problem, asked.Load())
	}
}

// TestFullScansAreKept takes in what OCR read up to the limit of text.
func TestFullScansAreKept(t *testing.T) {
	t.Parallel()
	long, err := json.Marshal(strings.Repeat("Frist ", 1<<20))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := server(t, says("application/json", http.StatusOK, ocrOf(t, word(1, 10, 10, .95, string(long)))))
	doc := read(t, r, "akte.tif", scan(1, 2, 3))
	if doc.Problem != nil || !doc.Partial || len(doc.Blocks) == 0 {
		t.Errorf("%d blocks, partial: %t, %v", len(doc.Blocks), doc.Partial, doc.Problem)
	}
}
