package ingest_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/ingest/extract/second"
	"lvr.example/sprechstunde/retrieval"
)

// ourReader reads in this process.
type ourReader struct{}

func (ourReader) Hold(context.Context) (release func(), err error) { return func() {}, nil }

func (ourReader) Read(_ context.Context, name string, data []byte) ([]extract.Named, error) {
	return formats.Documents(name, bytes.NewReader(data))
}

func (ourReader) IsCurrent(stamps []string) bool { return formats.IsCurrent(stamps) }

// secondReader reads every scan alike: a clear page and one that is upside down.
func secondReader(t *testing.T) func(*ingest.Options) {
	t.Helper()
	word := `"level":"word","geometry":{"left":1,"top":1,"width":9,"height":9}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `[{"content":"","mime_type":"image/tiff","metadata":{},"ocr_elements":[`+
			`{"text":"Dienstreise.","page_number":1,"confidence":{"recognition":0.93},`+word+`},`+
			`{"text":"asiaJ","page_number":2,"confidence":{"recognition":0.2},`+word+`}]}]`)
	}))
	t.Cleanup(server.Close)
	reader, err := second.New(ourReader{}, second.Config{URL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	return func(o *ingest.Options) { o.Reader = reader }
}

// TestASecondReaderEndsOldVerdicts takes in what was refused before there was a
// second reader, although the file did not change, and says that OCR read it.
func TestASecondReaderEndsOldVerdicts(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("scan.tif", "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	for range 2 {
		if report := h.sync(); len(report.Quarantined) != 1 || report.Quarantined[0].Code != retrieval.ReasonNoTextLayer {
			t.Fatalf("without a second reader: %+v", report.Quarantined)
		}
	}
	configured := secondReader(t)
	if report := h.sync(configured); report.New != 1 || len(report.Quarantined) > 0 {
		t.Fatalf("with one: %+v", report)
	}
	passages, err := h.store.DocumentPassages(t.Context(), h.row("scan.tif").Document.ID)
	if err != nil || len(passages) != 1 || passages[0].Text != "Dienstreise." || !strings.Contains(passages[0].Place, "Seite 1, gelesen durch OCR (93 %)") {
		t.Errorf("%+v, %v", passages, err)
	}
	if report := h.sync(); report.Unchanged != 1 {
		t.Errorf("taken from the configuration again: %+v", report)
	}
}

// TestWhatIsLeftOutIsSaid counts in every report, not only in that of the first reading.
func TestWhatIsLeftOutIsSaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("scan.tif", "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	configured := secondReader(t)
	want := []ingest.LeftOut{{Code: "read by OCR", Count: 1, Documents: 1}, {Code: "unsure pages", Count: 1, Documents: 1}}
	for _, when := range []string{"read", "unchanged"} {
		if diff := cmp.Diff(want, h.sync(configured).LeftOut); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
	}
	kept := []retrieval.Remark{{Code: "unsure pages", Count: 1, Detail: "page 2, confidence 20 %"}, {Code: "read by OCR", Count: 1, Detail: "confidence 93 %"}}
	if diff := cmp.Diff(kept, h.row("scan.tif").Remarks); diff != "" {
		t.Error(diff)
	}
}
