package ingest_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

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

func (ourReader) Page(_ context.Context, data []byte, number int) ([]byte, int, error) {
	return formats.PDFPage(data, number)
}

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

// TestNothingIsSkippedUnsaid records what no reader is for, without opening it, under
// its own reason also where it was refused for another one before.
func TestNothingIsSkippedUnsaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.remove("collection.yaml")
	for _, name := range []string{"film.mp4", "LIESMICH", "foto.JPG", "plan.png", "alt.zip", ".DS_Store", "Thumbs.db", "a/~$brief.docx"} {
		h.write(name, "x")
	}
	for _, problem := range h.sync().Quarantined {
		if problem.Code != retrieval.ReasonUnreachable && problem.Code != retrieval.ReasonReaders {
			t.Errorf("without a collection: %+v", problem)
		}
	}
	h.write("collection.yaml", "name: alle\nreaders: alle\nowner: Zentrum KI (@m.muster)\n")
	const picture = "picture: if it shows text, save it as PDF with recognised text"
	want := []ingest.Problem{
		{Path: "LIESMICH", Code: retrieval.ReasonUnsupported, Reason: "unsupported type: no reader for files without an ending"},
		{Path: "alt.zip", Code: retrieval.ReasonUnsupported, Reason: "unsupported type: archives are not opened: put the files themselves into the folder"},
		{Path: "film.mp4", Code: retrieval.ReasonUnsupported, Reason: `unsupported type: no reader for files ending in ".mp4"`},
		{Path: "foto.JPG", Code: retrieval.ReasonPicture, Reason: picture},
		{Path: "plan.png", Code: retrieval.ReasonPicture, Reason: picture},
	}
	for _, when := range []string{"first", "unchanged"} {
		*h.opened = nil
		report := h.sync()
		if diff := cmp.Diff(want, report.Quarantined); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
		if diff := cmp.Diff(map[string]int{"hidden": 3}, report.Skipped); diff != "" {
			t.Errorf("%s: %s", when, diff)
		}
		if slices.Contains(*h.opened, "film.mp4") || slices.Contains(*h.opened, "LIESMICH") || when == "unchanged" && len(*h.opened) > 0 {
			t.Errorf("%s: opened %v", when, *h.opened)
		}
	}
	for _, problem := range want {
		row := h.row(problem.Path)
		if row.State != retrieval.Quarantined || row.Reason != (retrieval.Reason{Code: problem.Code, Words: problem.Reason}) || row.Document.Contact != "m.muster" || row.Document.Collection != "alle" {
			t.Errorf("%+v", row)
		}
	}
	h.remove("film.mp4")
	if report := h.sync(); report.Gone != 1 || len(report.Quarantined) != len(want)-1 {
		t.Errorf("taken away: %+v", report)
	}
}

// TestASecondReaderIsSlow keeps its file waiting, with the reason, and reads its neighbours.
func TestASecondReaderIsSlow(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("a.md", "# A\n\nText a.\n")
	h.write("scan.tif", "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	h.write("z.md", "# Z\n\nText z.\n")
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done() // it never answers
	}))
	t.Cleanup(slow.Close)
	reader, err := second.New(ourReader{}, second.Config{URL: slow.URL, Timeout: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"first", "again"} {
		report := h.sync(func(o *ingest.Options) { o.Reader = reader })
		if report.New+report.Unchanged != 2 || len(report.Quarantined) != 1 || report.Quarantined[0].Code != retrieval.ReasonWaiting ||
			!strings.Contains(report.Quarantined[0].Reason, "needs more than 1ms for this file") {
			t.Errorf("%s: %+v", when, report)
		}
	}
	if report := h.sync(secondReader(t)); report.New != 1 || len(report.Quarantined) > 0 {
		t.Errorf("in time: %+v", report)
	}
}
