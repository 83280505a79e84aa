package ingest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/sandbox"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// TestMain lets the test program be the child that reads files.
func TestMain(m *testing.M) {
	if code, is := sandbox.Child(os.Args[1:], os.Stdin, os.Stdout, os.Stderr); is {
		os.Exit(code)
	}
	m.Run()
}

// newReader returns children like the program's, but with less patience, and more
// memory for the race detector.
func newReader(t *testing.T) *sandbox.Pool {
	t.Helper()
	dir, err := localpart.Resolve("")
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sandbox.New(sandbox.Options{Cache: filepath.Join(dir, "cache", "pdf"), Limits: sandbox.Limits{CPU: 6 * time.Second, Memory: 700 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	return pool
}

// archive packs one file of zeros, or of a text.
func archive(t *testing.T, name string, zeros int, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	file, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(append(make([]byte, zeros), text...)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// ofPDF is a PDF made of a few objects, without a table of where they are.
func ofPDF(trailer string, objects ...string) string {
	var out strings.Builder
	out.WriteString("%PDF-1.4\n")
	for i, object := range objects {
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	fmt.Fprintf(&out, "trailer<</Root 1 0 R%s>>\n%%%%EOF\n", trailer)
	return out.String()
}

// TestHostileFilesStopNothing reads files made to harm their reader, each beside
// a good one, with the children that the program uses.
func TestHostileFilesStopNothing(t *testing.T) {
	h := newHouse(t)
	page := "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
	write := "<</Length 50>>\nstream\nBT /F 12 Tf 60 700 Td (Lesbarer Text) Tj ET       \nendstream"
	catalog, pages := "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
	good := ofPDF("", catalog, pages, page, write)
	hostile := map[string]struct{ content, want string }{ // want: of the reason; empty: it is read
		"gut.pdf":                        {good, ""},
		"abgeschnitten.pdf":              {good[:60], "damaged"},
		"nur-kopf.pdf":                   {"%PDF-1.4\n", "damaged"},
		"leer.pdf":                       {"", "empty"},
		"seiten-im-kreis.pdf":            {ofPDF("", catalog, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), "damaged"},
		"verweis-auf-sich.pdf":           {ofPDF("", catalog, pages, "3 0 R", write), "damaged"},
		"laenge-ist-es-selbst.pdf":       {ofPDF("", catalog, pages, page, "<</Length 4 0 R>>\nstream\nBT ET\nendstream"), "empty"},
		"tabelle-im-kreis.pdf":           {good + "xref\n0 0\ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF", ""},
		"kennwort.pdf":                   {ofPDF("/Encrypt<</Filter/Standard/V 1/R 2/P -4/O("+strings.Repeat("o", 32)+")/U("+strings.Repeat("u", 32)+")>>/ID[(a)(a)]", catalog, pages, page, write), "encrypted"},
		"tiefe-felder.pdf":               {ofPDF("", catalog, strings.Repeat("[", 500_000)), "damaged"},
		"tiefe-tabellen.pdf":             {ofPDF("", catalog, strings.Repeat("<</A", 500_000)), "empty"},
		"in-wahrheit-text.pdf":           {"# Nur Text\n\nSonst nichts.", ""},
		"in-wahrheit-pdf.md":             {good, ""},
		"in-wahrheit-programm.pdf":       {"\x7fELF\x02\x01\x01" + strings.Repeat("\x00\x01\x02", 500), "damaged"},
		"in-wahrheit-bild.docx":          {"\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\x01\xff", 500), "damaged"},
		"nullen.txt":                     {strings.Repeat("\x00", 1<<20), "not text"},
		"bombe.docx":                     {archive(t, "word/document.xml", 20<<20, ""), "unsafe"},
		"bombe.xlsx":                     {archive(t, "xl/workbook.xml", 20<<20, ""), "unsafe"},
		"hinaus.docx":                    {archive(t, "../../../etc/cron.d/x", 0, "x"), "unsafe"},
		"von-oben.odt":                   {archive(t, "/etc/passwd", 0, "x"), "unsafe"},
		"kein-archiv.docx":               {"PK\x03\x04" + strings.Repeat("x", 200), "damaged"},
		"tief.html":                      {strings.Repeat("<div>", 100_000) + "Tief", "not text"},
		"tief.md":                        {strings.Repeat("> ", 100_000) + "Tief", ""},
		"eine-zeile.md":                  {strings.Repeat("[a](b", 100_000), "too slow"},
		"zu-lang.txt":                    {strings.Repeat("Protokoll.\n", 2<<20), "too large"},
		"zeile\numbruch.md":              {"# Umbruch im Namen", ""},
		"punkte..md":                     {"# Punkte im Namen", ""},
		"..-..-..-etc-passwd.md":         {"", "hidden"},
		"-rf.md":                         {"# Wie ein Schalter", ""},
		"$(reboot) `id`.md":              {"# Wie ein Befehl", ""},
		strings.Repeat("l", 240) + ".md": {"# Langer Name", ""},
		"kein-utf8-\xff.md":              {"# Name", "not valid UTF-8"},
	}
	i := 0
	for name, file := range hostile {
		h.write(name, file.content)
		h.write(fmt.Sprintf("nachbar-%02d.md", i), "# Nachbar\n\nGut lesbar.")
		i++
	}
	secret := filepath.Join(t.TempDir(), "geheim.md")
	if err := os.WriteFile(secret, []byte("# Geheim"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(h.dir, "verweis.md")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(h.dir, "rohr.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	reader := newReader(t)
	report := h.sync(func(o *ingest.Options) { o.Embedder, o.Reader = nil, reader })

	reasons := map[string]string{}
	for _, p := range report.Quarantined {
		reasons[p.Path] = p.Reason
	}
	texts, _ := h.serving()
	for name, file := range hostile {
		reason := reasons[name]
		if !strings.HasPrefix(file.want, "hidden") && strings.Contains(name, "\xff") {
			reason = reasons[fmt.Sprintf("%q", name)]
		}
		_, served := texts[name]
		switch {
		case file.want == "hidden":
			if served {
				t.Errorf("%.60q is served", name)
			}
		case file.want == "" && !served:
			t.Errorf("%.60q is not read: %.120s", name, reason)
		case file.want != "" && (served || !strings.Contains(reason, file.want)):
			t.Errorf("%.60q: served %t, reason %.120q, want %q", name, served, reason, file.want)
		}
	}
	for j := range i {
		if _, ok := texts[fmt.Sprintf("nachbar-%02d.md", j)]; !ok {
			t.Errorf("neighbour %d is not served", j)
		}
	}
	if _, ok := texts["verweis.md"]; ok || report.Skipped["symbolic link"] != 1 || report.Skipped["not a regular file"] != 1 {
		t.Errorf("link served: %t, skipped: %v", ok, report.Skipped)
	}
}

// TestRefusedContentIsNotReadAgain touches a refused file: its verdict stays.
func TestRefusedContentIsNotReadAgain(t *testing.T) {
	h := newHouse(t)
	reader := newReader(t)
	counted := &counting{Reader: reader}
	use := func(o *ingest.Options) { o.Embedder, o.Reader = nil, counted }
	h.write("kaputt.pdf", "%PDF-1.4\n")
	for i, want := range []int{1, 1, 1, 2, 2} {
		switch i {
		case 2, 4:
			h.touch("kaputt.pdf")
		case 3:
			h.write("kaputt.pdf", "%PDF-1.5 anders\n")
		}
		report := h.sync(use)
		if len(report.Quarantined) != 1 || !strings.HasPrefix(report.Quarantined[0].Reason, "damaged") {
			t.Errorf("sync %d: %v", i, report.Quarantined)
		}
		if counted.reads != want {
			t.Errorf("after sync %d: %d reads, want %d", i, counted.reads, want)
		}
	}
}

// counting counts what is read.
type counting struct {
	ingest.Reader
	reads int
}

func (c *counting) Read(ctx context.Context, name string, data []byte) ([]extract.Named, error) {
	c.reads++
	return c.Reader.Read(ctx, name, data)
}

// touch gives a file another time.
func (h *house) touch(name string) {
	h.t.Helper()
	when := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(h.dir, name), when, when); err != nil {
		h.t.Fatal(err)
	}
}
