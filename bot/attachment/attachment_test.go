package attachment_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"lvr.example/sprechstunde/bot/attachment"
)

// who is what must be in nothing that is handed on.
const who = "Anna Beispiel"

func TestNothingSaysWhoMadeAFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content []byte
		want    string // neutral name
		holds   string // what people see of it, in some part
	}{
		"Foto von Anna.JPG":   {photo(6), "bild-3.jpg", ""},
		"screenshot.png":      {screenshot(), "bild-3.png", ""},
		"brief.docx":          {word(), "anlage-3.docx", "Darf ich das?"},
		"liste.xlsx":          {sheet(), "anlage-3.xlsx", "42"},
		"folien.pptx":         {slides(), "anlage-3.pptx", "Folie"},
		"text.odt":            {odt(), "anlage-3.odt", "Darf ich das?"},
		"formular.pdf":        {pdf(), "anlage-3.pdf", ""},
		"notiz.txt":           {[]byte("Wie lange bewahren wir das auf?\n"), "anlage-3.txt", "Wie lange"},
		"alt.txt":             {[]byte("Wie lange l\xe4uft das Gespr\xe4ch?\r\n"), "anlage-3.txt", "läuft das Gespräch"},
		"von Windows.txt":     {[]byte("\xff\xfeJ\x00a\x00\r\x00\n\x00"), "anlage-3.txt", "Ja"},
		"tabelle.csv":         {[]byte("Nr;Frage\n1;Ja\n2;Nein\n"), "anlage-3.txt", "1;Ja"},
		"ohne Endung":         {[]byte("Nur ein Satz."), "anlage-3.txt", "Satz"},
		"wirklich.docx":       {screenshot(), "bild-3.png", ""}, // by content, not by ending
		"Anna Beispiel.heißt": {[]byte("Nur ein Satz."), "anlage-3.txt", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := attachment.Clean(name, c.content, 3)
			if err != nil {
				t.Fatal(err)
			}
			all := everything(t, f.Content)
			if f.Name != c.want {
				t.Errorf("is called %s, want %s", f.Name, c.want)
			}
			for _, secret := range []string{who, "anna", "Anna", "Beispiel", "geheimes Büro", "C:\\Users", "50.9413"} {
				if strings.Contains(f.Name+all, secret) {
					t.Errorf("%q is left", secret)
				}
			}
			if !strings.Contains(all, c.holds) {
				t.Errorf("%q is lost", c.holds)
			}
			again, err := attachment.Clean(f.Name, f.Content, 3)
			if err != nil || again.Name != f.Name {
				t.Errorf("what was cleaned is refused or called otherwise: %s, %v", again.Name, err)
			}
		})
	}
}

func TestWhatIsNotHandedOn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		content []byte
		want    attachment.Reason
	}{
		"leer.txt":      {nil, attachment.Empty},
		"setup.exe":     {append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), make([]byte, 300)...), attachment.Program},
		"bild.png":      {append([]byte("\x7fELF\x02\x01\x01\x00"), make([]byte, 300)...), attachment.Program}, // by content
		"start.bat":     {[]byte("echo Hallo"), attachment.Program},                                            // by ending
		"hilfe.txt":     {[]byte("#!/bin/sh\necho Hallo\n"), attachment.Program},
		"alles.zip":     {packed("a.txt", "x"), attachment.Archive},
		"alles.7z":      {append([]byte("7z\xbc\xaf\x27\x1c\x00\x04"), make([]byte, 100)...), attachment.Archive},
		"alles.gz":      {append([]byte("\x1f\x8b\x08\x00"), make([]byte, 100)...), attachment.Archive},
		"bericht.pdf":   {packed("a.txt", "x"), attachment.Archive},
		"makro.docm":    {packed("[Content_Types].xml", types1, "word/document.xml", "<w/>", "word/vbaProject.bin", "x"), attachment.Active},
		"objekt.docx":   {packed("[Content_Types].xml", types1, "word/document.xml", "<w/>", "word/embeddings/oleObject1.bin", "x"), attachment.Active},
		"makro.odt":     {packed("mimetype", odtType, "content.xml", "<o/>", "Basic/Standard/Module1.xml", "x"), attachment.Active},
		"seite.html":    {[]byte("<!DOCTYPE html><html><script>alert(1)</script></html>"), attachment.Active},
		"bild.svg":      {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>`), attachment.Active},
		"brief.doc":     {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), attachment.Locked},
		"ton.mp3":       {append([]byte("ID3\x03\x00\x00\x00\x00\x00\x00"), make([]byte, 100)...), attachment.Unknown},
		"groß.txt":      {bytes.Repeat([]byte("a"), attachment.MostBytes+1), attachment.TooLarge},
		"kaputt.pdf":    {[]byte("%PDF-1.7\nnichts\n"), attachment.Broken},
		"kaputt.png":    {screenshotCut(), attachment.Broken},
		"bombe.png":     {bomb(), attachment.TooLarge},
		"mail.eml":      {[]byte("From: anna@example.org\r\nTo: b@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nHallo"), attachment.Unknown},
		"zip-bombe.xyz": {packed("[Content_Types].xml", types1, "word/document.xml", strings.Repeat("a", 101<<20)), attachment.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := attachment.Clean(name, c.content, 1)
			var refused *attachment.Refused
			if !errors.As(err, &refused) || refused.Reason != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}

func TestAPhotographIsTurnedUpright(t *testing.T) {
	t.Parallel()
	const w, h = 32, 16                               // the camera's; the red corner is at the top left
	for orientation, want := range map[uint16][4]int{ // size, and where the red corner goes
		1: {w, h, 4, 4}, 2: {w, h, w - 4, 4}, 3: {w, h, w - 4, h - 4}, 4: {w, h, 4, h - 4},
		5: {h, w, 4, 4}, 6: {h, w, h - 4, 4}, 7: {h, w, h - 4, w - 4}, 8: {h, w, 4, w - 4},
	} {
		f, err := attachment.Clean("foto.jpg", photo(orientation), 1)
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(f.Content))
		if err != nil {
			t.Fatal(err)
		}
		r, g, _, _ := img.At(want[2], want[3]).RGBA()
		if b := img.Bounds(); b.Dx() != want[0] || b.Dy() != want[1] || r < 0xa000 || g > 0x6000 {
			t.Errorf("%d: %v, red %x green %x at %v", orientation, b, r, g, want[2:])
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, content := range [][]byte{word(), odt(), pdf(), photo(6), screenshot(), []byte("text"), packed("a", "b")} {
		f.Add("anlage", content)
	}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		file, err := attachment.Clean(name, content, 1)
		var refused *attachment.Refused
		if err != nil && !errors.As(err, &refused) {
			t.Errorf("no reason: %v", err)
		}
		if err == nil && (len(file.Content) == 0 || !strings.Contains(file.Name, "-1.")) {
			t.Errorf("%q with %d bytes", file.Name, len(file.Content))
		}
	})
}

// everything is all that stands in a file, unpacked.
func everything(t *testing.T, content []byte) string {
	t.Helper()
	all := string(content)
	if in, err := zip.NewReader(bytes.NewReader(content), int64(len(content))); err == nil {
		all += in.Comment
		for _, f := range in.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			part, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			all += f.Name + f.Comment + string(f.Extra) + string(part)
			if f.Modified.Year() > 1980 {
				t.Errorf("%s says when it was made: %s", f.Name, f.Modified)
			}
		}
	}
	if bytes.HasPrefix(content, []byte("%PDF")) {
		ctx, err := api.ReadContext(bytes.NewReader(content), model.NewDefaultConfiguration())
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range ctx.Table {
			all += fmt.Sprint(entry.Object)
			if sd, is := entry.Object.(types.StreamDict); is {
				all += string(sd.Raw)
			}
		}
	}
	return all
}

// tiff is an Exif directory that says how the camera was held, and whose it is.
func tiff(orientation uint16) []byte {
	var b bytes.Buffer
	b.WriteString("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08")
	for _, v := range []any{
		uint16(2), uint16(0x0112), uint16(3), uint32(1), orientation, uint16(0), // Orientation
		uint16(0x013b), uint16(2), uint32(len(who)), uint32(38), uint32(0), // Artist
	} {
		if err := binary.Write(&b, binary.BigEndian, v); err != nil {
			panic(err)
		}
	}
	return append(b.Bytes(), who+" geheimes Büro 50.9413"...)
}

// photo has a red corner at the top left, and says who took it.
func photo(orientation uint16) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 32, 16))
	for x := range 32 {
		for y := range 16 {
			img.Set(x, y, color.RGBA{255, 255, 255, 255})
			if x < 8 && y < 8 {
				img.Set(x, y, color.RGBA{255, 0, 0, 255})
			}
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	segment := func(marker byte, body []byte) []byte {
		return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
	}
	out := append([]byte{0xff, 0xd8}, segment(0xe1, tiff(orientation))...)
	out = append(out, segment(0xfe, []byte("von "+who))...)
	return append(append(out, b.Bytes()[2:]...), who...)
}

func screenshot() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 4, 4))); err != nil {
		panic(err)
	}
	const header = 33 // signature and IHDR
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len("Author\x00"+who)))
	chunk = append(chunk, "tEXtAuthor\x00"+who+"\x8a\x8a\x8a\x8a"...)
	return append(b.Bytes()[:header:header], append(withSum(chunk), b.Bytes()[header:]...)...)
}

// withSum puts the checksum of a PNG's chunk where four bytes are left for it.
func withSum(chunk []byte) []byte {
	body := chunk[4 : len(chunk)-4]
	return append(chunk[:len(chunk)-4], binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body))...)
}

func screenshotCut() []byte {
	b := screenshot()
	return b[:len(b)-30]
}

// bomb is a PNG of few bytes and very many pixels.
func bomb() []byte {
	ihdr := append([]byte("\x00\x00\x00\x0dIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x06\x00\x00\x00"), 0, 0, 0, 0)
	return append([]byte("\x89PNG\r\n\x1a\n"), withSum(ihdr)...)
}

// packed is a zip of names and contents, each of them made by somebody.
func packed(files ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		header := &zip.FileHeader{Name: files[i], Method: zip.Deflate, Comment: who, Modified: time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)}
		if files[i] == "mimetype" { // its text stands at a fixed place, so nothing extra before it
			header.Method, header.Modified = zip.Store, time.Time{}
		}
		to, err := w.CreateHeader(header)
		if err == nil {
			_, err = io.WriteString(to, files[i+1])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := errors.Join(w.SetComment(who), w.Close()); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const (
	types1  = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	odtType = "application/vnd.oasis.opendocument.text"
	core    = `<cp:coreProperties><dc:creator>` + who + `</dc:creator><cp:lastModifiedBy>` + who + `</cp:lastModifiedBy></cp:coreProperties>`
)

func word() []byte {
	return packed("[Content_Types].xml", types1,
		"_rels/.rels", `<Relationships/>`,
		"docProps/core.xml", core, "docProps/app.xml", `<Properties><Manager>`+who+`</Manager></Properties>`, "docProps/custom.xml", who,
		"docProps/thumbnail.jpeg", who,
		"word/document.xml", `<w:document><w:ins w:id="1" w:author="`+who+`" w:date="x"><w:t>Darf ich das?</w:t></w:ins><w:del w:author='`+who+`'/></w:document>`,
		"word/comments.xml", `<w:comments><w:comment w:author="`+who+`" w:initials="Anna"><w:t>Hm.</w:t></w:comment></w:comments>`,
		"word/people.xml", `<w15:people><w15:person w15:author="`+who+`"><w15:presenceInfo w15:providerId="AD" w15:userId="anna@example.org"/></w15:person></w15:people>`,
		"word/_rels/settings.xml.rels", `<Relationships><Relationship Target="file:///C:\Users\anna\Vorlage.dotx" TargetMode="External"/></Relationships>`,
		"customXml/item1.xml", `<p><Verantwortlich>`+who+`</Verantwortlich></p>`,
		"word/media/image1.jpeg", string(photo(6)), "word/media/image2.png", string(screenshot()),
	)
}

func sheet() []byte {
	return packed("[Content_Types].xml", types1, "docProps/core.xml", core,
		"xl/workbook.xml", `<workbook><x15ac:absPath url="C:\Users\anna\Documents\" xmlns:x15ac="x"/></workbook>`,
		"xl/worksheets/sheet1.xml", `<worksheet><v>42</v></worksheet>`,
		"xl/comments1.xml", `<comments><authors><author>`+who+`</author></authors></comments>`,
		"xl/persons/person.xml", `<personList><person displayName="`+who+`" id="{1}" userId="anna" providerId="AD"/></personList>`,
		"xl/printerSettings/printerSettings1.bin", who)
}

func slides() []byte {
	return packed("[Content_Types].xml", types1, "docProps/core.xml", core,
		"ppt/presentation.xml", `<p:presentation/>`, "ppt/slides/slide1.xml", `<p:sld><a:t>Folie</a:t></p:sld>`,
		"ppt/commentAuthors.xml", `<p:cmAuthorLst><p:cmAuthor id="0" name="`+who+`" initials="Anna"/></p:cmAuthorLst>`)
}

func odt() []byte {
	return packed("mimetype", odtType,
		"meta.xml", `<office:document-meta><meta:initial-creator>`+who+`</meta:initial-creator></office:document-meta>`,
		"content.xml", `<office:text><text:p>Darf ich das?</text:p><office:annotation><dc:creator>`+who+`</dc:creator></office:annotation><text:author-name>`+who+`</text:author-name></office:text>`,
		"settings.xml", `<config:config-item config:name="PrinterName" config:type="string">Drucker von `+who+`</config:config-item>`,
		"META-INF/documentsignatures.xml", who, "Thumbnails/thumbnail.png", who)
}

// pdf is a page with a note, that says in every place who made it.
func pdf() []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(text string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), text)
	}
	b.WriteString("%PDF-1.7\n")
	xmp := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>` + who + `</dc:creator></x:xmpmeta>`
	object(`<</Type/Catalog/Pages 2 0 R/Metadata 5 0 R/OpenAction<</S/JavaScript/JS(app.alert\("` + who + `"\))>>>>`)
	object(`<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 200]>>`)
	object(`<</Type/Page/Parent 2 0 R/Resources<<>>/Annots[6 0 R]/LastModified(D:20260301)/PieceInfo<</X<</LastModified(D:20260301)/Private(` + who + `)>>>>>>`)
	object(`<</Author(` + who + `)/Title(Brief von ` + who + `)/Creator(Word)>>`)
	object(fmt.Sprintf("<</Type/Metadata/Subtype/XML/Length %d>>stream\n%s\nendstream", len(xmp), xmp))
	object(`<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents(Hm.)/T(` + who + `)>>`)
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 4 0 R/ID[(%s)(%s)]>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, who, who, start)
	return b.Bytes()
}
