package kreuzberglocal_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/tiff"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/ingest/extract/second"
	"lvr.example/sprechstunde/ingest/extract/second/kreuzberglocal"
)

type first struct{}

func (first) Hold(context.Context) (func(), error) { return func() {}, nil }

func (first) Read(_ context.Context, name string, data []byte) ([]extract.Named, error) {
	return formats.Documents(name, bytes.NewReader(data))
}

func (first) IsCurrent(stamps []string) bool { return formats.IsCurrent(stamps) }

func (first) Page(_ context.Context, pdf []byte, number int) (page []byte, pages int, err error) {
	return formats.PDFPage(pdf, number)
}

func read(t *testing.T, name string, data []byte) extract.Named {
	t.Helper()
	r, err := second.New(first{}, second.Config{URL: kreuzberglocal.Test(t).Address()})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	docs, err := r.Read(t.Context(), name, data)
	if err != nil {
		t.Fatal(err)
	}
	return docs[0]
}

func textOf(doc extract.Named) string {
	var all []string
	for _, b := range doc.Blocks {
		all = append(all, b.Text)
	}
	return strings.Join(all, "\n")
}

func TestRichText(t *testing.T) {
	t.Parallel()
	doc := read(t, "a.rtf", []byte(`{\rtf1\ansi\ansicpg1252 Der Antrag ist bis zum 1. M\'e4rz zu stellen.\par \trowd\cellx1000\cellx2000 Tage\cell 20\cell\row}`))
	if doc.Problem != nil || !strings.Contains(textOf(doc), "Der Antrag ist bis zum 1. März zu stellen.") || !strings.Contains(textOf(doc), "Tage | 20") {
		t.Errorf("%+v", doc)
	}
}

func TestDamagedFileIsRefused(t *testing.T) {
	t.Parallel()
	name := []byte("W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00")
	doc := read(t, "a.doc", append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"+strings.Repeat("\x00", 600)), name...))
	if doc.Problem == nil || doc.Problem.Reason != extract.Unsupported || !strings.Contains(doc.Problem.Detail, "second reader") {
		t.Errorf("%v", doc.Problem)
	}
}

// scanText is what testdata/scan.tif says.
const scanText = "Dienstanweisung Homeoffice\nDer Antrag ist bis zum 1. März schriftlich zu stellen. Über Ausnahmen entscheidet die Leitung. Größere Geräte müssen geprüft werden."

func decodedScan(t *testing.T) image.Image {
	t.Helper()
	data, err := os.ReadFile("testdata/scan.tif")
	if err != nil {
		t.Fatal(err)
	}
	scan, err := tiff.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return scan
}

func TestScan(t *testing.T) {
	t.Parallel()
	if err := kreuzberglocal.OCR(t.Context()); err != nil {
		t.Skip(err)
	}
	scan, err := os.ReadFile("testdata/scan.tif")
	if err != nil {
		t.Fatal(err)
	}
	doc := read(t, "scan.tif", scan)
	if doc.Problem != nil || textOf(doc) != scanText || doc.Blocks[0].Confidence < 85 {
		t.Errorf("%q, %+v, %v", textOf(doc), doc.Remarks, doc.Problem)
	}
	turned, err := os.ReadFile("testdata/turned.tif")
	if err != nil {
		t.Fatal(err)
	}
	if doc := read(t, "turned.tif", turned); doc.Problem == nil || doc.Problem.Reason != extract.Unsure {
		t.Errorf("upside down: %q, %v", textOf(doc), doc.Problem)
	}
}

// TestScanOfManyPages reads a scan with the front, an empty back, a sheet that lay the
// wrong way round, and the front once more.
func TestScanOfManyPages(t *testing.T) {
	t.Parallel()
	if err := kreuzberglocal.OCR(t.Context()); err != nil {
		t.Skip(err)
	}
	front := gray(decodedScan(t))
	turned := image.NewGray(front.Bounds())
	for i, shade := range front.Pix {
		turned.Pix[len(turned.Pix)-1-i] = shade
	}
	empty := image.NewGray(front.Bounds())
	draw.Draw(empty, empty.Bounds(), image.White, image.Point{}, draw.Src)
	doc := read(t, "akte.tif", extracttest.Scan(binary.LittleEndian, front, empty, turned, front))
	const said = "Über Ausnahmen entscheidet die Leitung. Größere Geräte müssen geprüft werden." // single letters of the rest differ in shades of grey
	pages := map[int]bool{}
	for _, b := range doc.Blocks {
		pages[b.Page] = true
	}
	if doc.Problem != nil || strings.Count(textOf(doc), said) != 2 || len(pages) != 2 || !pages[1] || !pages[4] {
		t.Errorf("%q, %v, %v", textOf(doc), pages, doc.Problem)
	}
	count := map[extract.RemarkCode]int{}
	for _, r := range doc.Remarks {
		count[r.Code] += r.Count
	}
	if count[extract.ReadByOCR] != 2 || count[extract.UnsurePages] != 1 || count[extract.ScannedPages] != 1 {
		t.Errorf("%+v", doc.Remarks)
	}
}

// gray makes one of a picture.
func gray(m image.Image) *image.Gray {
	size := m.Bounds().Size()
	out := image.NewGray(image.Rect(0, 0, size.X, size.Y))
	draw.Draw(out, out.Bounds(), m, m.Bounds().Min, draw.Src)
	return out
}

// TestPictures reads the scan as other programs save it, and keeps its reason where a
// picture shows no text.
func TestPictures(t *testing.T) {
	t.Parallel()
	if err := kreuzberglocal.OCR(t.Context()); err != nil {
		t.Skip(err)
	}
	scan := decodedScan(t)
	blank := image.NewGray(image.Rect(0, 0, 400, 400))
	for name, write := range map[string]func(io.Writer, image.Image) error{
		"a.png": png.Encode,
		"a.jpg": func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) },
		"a.gif": func(w io.Writer, m image.Image) error { return gif.Encode(w, m, nil) },
	} {
		var text, none bytes.Buffer
		if err := errors.Join(write(&text, scan), write(&none, blank)); err != nil {
			t.Fatal(err)
		}
		if doc := read(t, name, text.Bytes()); doc.Problem != nil || !strings.Contains(textOf(doc), "Über Ausnahmen entscheidet die Leitung.") { // single letters differ, as no resolution is named
			t.Errorf("%s: %q, %v", name, textOf(doc), doc.Problem)
		}
		if doc := read(t, name, none.Bytes()); doc.Problem == nil || doc.Problem.Reason != extract.Picture {
			t.Errorf("%s without text: %q, %v", name, textOf(doc), doc.Problem)
		}
	}
}
