package second_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/ingest/extract/second"
)

// first reads in this process.
type first struct{}

func (first) Hold(context.Context) (func(), error) { return func() {}, nil }

func (first) Read(_ context.Context, name string, data []byte) ([]extract.Named, error) {
	return formats.Documents(name, bytes.NewReader(data))
}

func (first) IsCurrent(stamps []string) bool { return formats.IsCurrent(stamps) }

func (first) Page(_ context.Context, pdf []byte, number int) (page []byte, pages int, err error) {
	return formats.PDFPage(pdf, number)
}

const richText = `{\rtf1\ansi Text}`

// server answers every file alike and counts how often it was asked.
func server(t *testing.T, handle http.HandlerFunc) (*second.Reader, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		handle(w, r)
	}))
	t.Cleanup(s.Close)
	reader, err := second.New(first{}, second.Config{URL: s.URL, Wait: func(context.Context, time.Duration) error { return nil }})
	if err != nil {
		t.Fatal(err)
	}
	return reader, &asked
}

func says(contentType string, status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func list(t *testing.T, media string, more map[string]any) string {
	t.Helper()
	one := map[string]any{"content": "", "mime_type": media, "metadata": map[string]any{}}
	for k, v := range more {
		one[k] = v
	}
	body, err := json.Marshal([]any{one})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func read(t *testing.T, r *second.Reader, name, data string) extract.Named {
	t.Helper()
	docs, err := r.Read(t.Context(), name, []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

func TestTextBecomesBlocks(t *testing.T) {
	t.Parallel()
	text := "---\ntitle: Falsch\n---\n\n# Homeoffice\n\nDer Antrag.\n\n| Tage | Frist |\n|---|---|\n| 20 | März |\n"
	r, _ := server(t, says("application/json", 200, list(t, "application/rtf", map[string]any{"content": text, "metadata": map[string]any{"title": "Dienst\nanweisung"}})))
	doc := read(t, r, "a.rtf", richText)
	if doc.Problem != nil || doc.Title != "Dienst anweisung" || doc.Data != nil {
		t.Fatalf("%+v", doc)
	}
	row := slices.IndexFunc(doc.Blocks, func(b extract.Block) bool { return b.Kind == extract.TableRow && strings.Contains(b.Text, "20") })
	if row < 0 || doc.Blocks[row].Header != "Tage | Frist" || !slices.Equal(doc.Blocks[row].Path, []string{"Homeoffice"}) {
		t.Errorf("%+v", doc.Blocks)
	}
	if !r.IsCurrent(doc.Readers) || !formats.IsCurrent(doc.Readers) {
		t.Errorf("%v is read again", doc.Readers)
	}
}

// TestOldFilesReadAsShown writes dates, truth values and errors of cells as people see
// them, and drops what stands for links.
func TestOldFilesReadAsShown(t *testing.T) {
	t.Parallel()
	old := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	for _, test := range []struct{ name, sign, media, text, want string }{
		{"a.xls", "W\x00o\x00r\x00k\x00b\x00o\x00o\x00k\x00", "application/vnd.ms-excel", "## Fristen\n\n| Fall | am | gilt |\n| --- | --- | --- |\n" +
			"| Klage | 2026-03-05 00:00:00 | true |\n| Termin | 2026-03-05 14:30:00 | false |\n| Uhr | 2026-03-05 14:30:07 | #ERR: NA |\n| trueffel | 3.12 | #ERR: Div0 |\n",
			"Fristen\nFall | am | gilt\nKlage | 05.03.2026 | WAHR\nTermin | 05.03.2026 14:30 | FALSCH\nUhr | 05.03.2026 14:30:07 | #NV\ntrueffel | 3.12 | #DIV/0!"},
		{"a.doc", "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00", "application/msword",
			"Siehe HYPERLINK \"http://a.example/\"die Seite und HYPERLINK \\l \"_Toc1\" den Abschnitt auf Seite PAGEREF _Toc1 \\h 7.\n", "Siehe die Seite und den Abschnitt auf Seite 7."},
	} {
		r, _ := server(t, says("application/json", 200, list(t, test.media, map[string]any{"content": test.text})))
		doc := read(t, r, test.name, old+test.sign)
		var got []string
		for _, b := range doc.Blocks {
			got = append(got, b.Text)
		}
		if text := strings.Join(got, "\n"); text != test.want || doc.Problem != nil {
			t.Errorf("%s: %q, %v", test.name, text, doc.Problem)
		}
	}
}

// TestVerdictsEndWithTheSecondReader reads again what was refused before there was one.
func TestVerdictsEndWithTheSecondReader(t *testing.T) {
	t.Parallel()
	docs, err := first{}.Read(t.Context(), "a.rtf", []byte(richText))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := server(t, says("application/json", 200, "[]"))
	if stamps := docs[0].Readers; !formats.IsCurrent(stamps) || r.IsCurrent(stamps) {
		t.Errorf("%v: without a second reader current: %t, with one: %t", stamps, formats.IsCurrent(stamps), r.IsCurrent(stamps))
	}
}

// TestServersThatDoNotRead keeps files waiting, with the reason, and reads on.
func TestServersThatDoNotRead(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		handle http.HandlerFunc
		detail string
		asked  int32
	}{
		"away":            {says("text/html", 502, "<p>bad gateway"), "status 502", 3},
		"a web page":      {says("text/html", 200, "<p>Willkommen"), "something else than a list", 1},
		"no list":         {says("application/json", 200, `{"content":"x"}`), "one text for one file", 1},
		"two texts":       {says("application/json", 200, `[{"mime_type":"application/rtf"},{"mime_type":"application/rtf"}]`), "one text for one file", 1},
		"of another type": {says("application/json", 200, `[{"content":"x","mime_type":"application/pdf"}]`), "another type", 1},
		"too much":        {says("application/json", 200, `[{"content":"`+strings.Repeat("x", 33<<20)), "more than 32 MB", 1},
		"without German":  {says("application/json", 422, `{"error_type":"OCRError","message":"deu"}`), "German", 1},
		"takes less":      {says("text/plain", 413, ""), "size", 1},
		"another program": {says("text/plain", 404, ""), "status 404", 1},
		"led on elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/else", http.StatusTemporaryRedirect)
		}, "status 307", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, asked := server(t, test.handle)
			doc := read(t, r, "a.rtf", richText)
			if doc.Problem == nil || doc.Problem.Reason != extract.Waiting || !strings.Contains(doc.Problem.Detail, test.detail) {
				t.Errorf("%v", doc.Problem)
			}
			if asked.Load() != test.asked || r.IsCurrent(doc.Readers) {
				t.Errorf("asked %d times; not asked again: %t", asked.Load(), r.IsCurrent(doc.Readers))
			}
			if beside := read(t, r, "b.md", "# B\n\nText\n"); beside.Problem != nil {
				t.Errorf("the file beside it: %v", beside.Problem)
			}
		})
	}
}

func TestServerAwayIsNotAskedForEachFile(t *testing.T) {
	t.Parallel()
	r, asked := server(t, says("text/plain", 503, ""))
	for range 10 {
		read(t, r, "a.rtf", richText)
	}
	if asked.Load() != 3 {
		t.Errorf("asked %d times for ten files", asked.Load())
	}
}

func TestRefusedFilesKeepTheirReason(t *testing.T) {
	t.Parallel()
	r, _ := server(t, says("application/json", 422, `{"error_type":"ParsingError"}`))
	doc := read(t, r, "a.rtf", richText)
	if doc.Problem == nil || doc.Problem.Reason != extract.Unsupported || !r.IsCurrent(doc.Readers) {
		t.Errorf("%v, stamps %v", doc.Problem, doc.Readers)
	}
}

// TestOnlyTheBytesGo sees that neither a name nor files that the house reads itself leave.
func TestOnlyTheBytesGo(t *testing.T) {
	t.Parallel()
	var body []byte
	r, asked := server(t, func(w http.ResponseWriter, req *http.Request) {
		body, _ = io.ReadAll(req.Body)
		says("application/json", 200, list(t, "application/rtf", map[string]any{"content": "Text"}))(w, req)
	})
	read(t, r, "geheim.md", "# A\n\nText\n")
	if asked.Load() != 0 {
		t.Error("a file of ours was sent")
	}
	read(t, r, "geheim.rtf", richText)
	if !bytes.Contains(body, []byte(richText)) || bytes.Contains(body, []byte("geheim")) {
		t.Errorf("%q", body)
	}
}

func TestAttachmentsAreReadToo(t *testing.T) {
	t.Parallel()
	r, _ := server(t, says("application/json", 200, list(t, "application/rtf", map[string]any{"content": "Aus dem Anhang."})))
	docs, err := r.Read(t.Context(), "a.eml", []byte("MIME-Version: 1.0\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"+
		"--b\r\nContent-Type: text/plain\r\n\r\nAnbei.\r\n--b\r\nContent-Type: application/rtf; name=f.rtf\r\nContent-Disposition: attachment; filename=f.rtf\r\n\r\n"+richText+"\r\n--b--\r\n"))
	if err != nil || len(docs) != 2 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	if docs[1].Problem != nil || docs[1].Blocks[0].Text != "Aus dem Anhang." || docs[1].Data != nil {
		t.Errorf("%+v", docs[1])
	}
}

func word(page int, left, top, confidence float64, text string) map[string]any {
	return map[string]any{"text": text, "level": "word", "page_number": page, "confidence": map[string]any{"recognition": confidence},
		"geometry": map[string]any{"type": "rectangle", "left": left, "top": top, "width": 50, "height": 40}}
}

const tiff = "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// TestPagesAreBelievedOneByOne takes in clear pages and says which are not.
func TestPagesAreBelievedOneByOne(t *testing.T) {
	t.Parallel()
	r, _ := server(t, says("application/json", 200, list(t, "image/tiff", map[string]any{"ocr_elements": []any{
		word(1, 10, 10, .95, "Der"), word(1, 70, 10, .95, "An-"), word(1, 10, 60, .93, "trag."), word(1, 10, 200, .94, "Frist."),
		word(2, 10, 10, .2, "qunJ"),
	}})))
	doc := read(t, r, "scan.tif", tiff)
	if doc.Problem != nil || len(doc.Blocks) != 2 || doc.Blocks[0].Text != "Der Antrag." || doc.Blocks[1].Text != "Frist." || doc.Blocks[0].Confidence != 94 {
		t.Errorf("%+v, %v", doc.Blocks, doc.Problem)
	}
	want := []extract.Remark{{Code: extract.UnsurePages, Count: 1, Detail: "page 2, confidence 20 %"}, {Code: extract.ReadByOCR, Count: 1, Detail: "confidence 94 %"}}
	if !slices.Equal(doc.Remarks, want) {
		t.Errorf("%+v", doc.Remarks)
	}
}

func TestUnsureLettersAreNoEvidence(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		words []any
		want  extract.Reason
	}{
		"upside down": {[]any{word(1, 1, 1, .26, "uapuaJS")}, extract.Unsure},
		"empty":       {nil, extract.NoText},
	} {
		r, _ := server(t, says("application/json", 200, list(t, "image/tiff", map[string]any{"content": "Text", "ocr_elements": test.words})))
		if doc := read(t, r, "scan.tif", tiff); doc.Problem == nil || doc.Problem.Reason != test.want || !r.IsCurrent(doc.Readers) {
			t.Errorf("%s: %v", name, doc.Problem)
		}
	}
}

// TestLinesByHandAreNotGuessed leaves out a line on a clear page that OCR is not sure of.
func TestLinesByHandAreNotGuessed(t *testing.T) {
	t.Parallel()
	r, _ := server(t, says("application/json", 200, list(t, "image/tiff", map[string]any{"ocr_elements": []any{
		word(1, 10, 10, .95, "Antrag"), word(1, 90, 10, .96, "auf"), word(1, 130, 10, .95, "Dienstreise"), word(1, 10, 60, .3, "ER"), word(1, 70, 60, .4, "Te"),
		word(1, 10, 110, .94, "Unterschrift"),
	}})))
	doc := read(t, r, "scan.tif", tiff)
	want := []extract.Remark{{Code: extract.UnsureLines, Count: 1}, {Code: extract.ReadByOCR, Count: 1, Detail: "confidence 95 %"}}
	if doc.Problem != nil || len(doc.Blocks) != 2 || doc.Blocks[0].Text != "Antrag auf Dienstreise" || doc.Blocks[1].Text != "Unterschrift" || !slices.Equal(doc.Remarks, want) {
		t.Errorf("%+v, %+v, %v", doc.Blocks, doc.Remarks, doc.Problem)
	}
}

func TestAddressIsChecked(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "kreuzberg:8000", "file:///etc", "http://"} {
		if _, err := second.New(first{}, second.Config{URL: url}); err == nil {
			t.Errorf("%q passes", url)
		}
	}
}
