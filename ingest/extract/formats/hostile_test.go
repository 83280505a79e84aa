package formats_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

func manyEntries(t testing.TB) string {
	parts := make([]string, 0, 2*(10_000+1))
	for i := range 10_000 + 1 {
		parts = append(parts, fmt.Sprint(i), "")
	}
	return extracttest.Pack(t, parts...)
}

func TestHostile(t *testing.T) {
	t.Parallel()
	doctype := `<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>`
	plain := extracttest.Para("", "Text")
	tests := map[string]struct {
		name, content string
		want          extract.Reason // "" if it is read
	}{
		"bomb in the document":        {"a.docx", extracttest.Word(t, extracttest.Para("", strings.Repeat("a", 40<<20))), extract.Unsafe},
		"bomb in an unused part":      {"a.docx", extracttest.Word(t, plain, "word/media/x.bin", strings.Repeat("\x00", 8<<20)), extract.Unsafe},
		"declares gigabytes":          {"a.docx", extracttest.PackRaw(t, "word/document.xml", 8<<30, 4, []byte("abcd")), extract.Unsafe},
		"declares less than it holds": {"a.epub", extracttest.PackRaw(t, "mimetype", 2, 20, []byte("application/epub+zip")), extract.Damaged},
		"packed size beyond the file": {"a.docx", extracttest.PackRaw(t, "word/document.xml", 5000, 5000, []byte("abcd")), extract.Unsafe},
		"too many entries":            {"a.docx", manyEntries(t), extract.Unsafe},
		"a name with dots":            {"a.docx", extracttest.Word(t, plain, "../../etc/passwd", "x"), extract.Unsafe},
		"a name with dots inside":     {"a.odt", extracttest.Pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "a/../../b", ""), extract.Unsafe},
		"an absolute name":            {"a.docx", extracttest.Word(t, plain, "/etc/passwd", "x"), extract.Unsafe},
		"a name with a drive":         {"a.docx", extracttest.Word(t, plain, "C:/windows", "x"), extract.Unsafe},
		"a name with backslashes":     {"a.docx", extracttest.Word(t, plain, `..\windows`, "x"), extract.Unsafe},
		"a name with a newline":       {"a.docx", extracttest.Word(t, plain, "a\nb", "x"), extract.Unsafe},
		"a name with NUL":             {"a.docx", extracttest.Word(t, plain, "a\x00b", "x"), extract.Unsafe},
		"a name twice":                {"a.docx", extracttest.Word(t, plain, "word/Document.xml", "x"), extract.Unsafe},
		"entities in Word":            {"a.docx", extracttest.Office(t, "word/document.xml", "wordprocessingml.document", "word/document.xml", doctype+`<w:document `+extracttest.WordSpace+`><w:body>`+extracttest.Para("", "&b;")+`</w:body></w:document>`), extract.Unsafe},
		"entities in a sheet":         {"a.xlsx", extracttest.Workbook(t, "", doctype+"<worksheet/>"), extract.Unsafe},
		"entities in OpenDocument":    {"a.odt", extracttest.Pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", doctype+"<a/>"), extract.Unsafe},
		"external entity":             {"a.docx", extracttest.Office(t, "word/document.xml", "wordprocessingml.document", "word/document.xml", `<!DOCTYPE w SYSTEM "http://127.0.0.1:1/x">`+`<w:document `+extracttest.WordSpace+`/>`), extract.Unsafe},
		"nested elements":             {"a.docx", extracttest.Word(t, strings.Repeat("<w:sdt><w:sdtContent>", 5000)+plain+strings.Repeat("</w:sdtContent></w:sdt>", 5000)), extract.Unsafe},
		"nested tables":               {"a.odt", extracttest.OpenDocument(t, "text", "", "<office:text>"+strings.Repeat("<table:table><table:table-row><table:table-cell>", 500)), extract.Unsafe},
		"cut off":                     {"a.docx", extracttest.Word(t, plain)[:900], extract.Damaged},
		"broken XML":                  {"a.docx", extracttest.Word(t, "<w:p><w:r>"), extract.Damaged},
		"NUL in XML":                  {"a.docx", extracttest.Word(t, extracttest.Para("", "<w:r><w:t>a&#0;b</w:t></w:r>")), extract.Damaged},
		"no main part":                {"a.docx", extracttest.Pack(t, "[Content_Types].xml", "<Types/>"), extract.Damaged},
		"main part missing":           {"a.docx", extracttest.Office(t, "word/document.xml", "wordprocessingml.document"), extract.Damaged},
		"drawing":                     {"a.vsdx", extracttest.Office(t, "visio/document.xml", "visio.drawing", "visio/document.xml", "<x/>"), extract.Unsupported},
		"no text":                     {"a.docx", extracttest.Word(t, extracttest.Para("", "<w:r><w:drawing/></w:r>")), extract.Empty},
		"no slides":                   {"a.pptx", extracttest.Office(t, "ppt/presentation.xml", "presentationml.presentation", "ppt/presentation.xml", `<p:presentation `+extracttest.SlideSpace+`/>`), extract.Empty},
		"only zero-width":             {"a.docx", extracttest.Word(t, extracttest.Para("", "\u200B\u2060")), extract.Empty},
		"protected by a password":     {"a.docx", extracttest.Container("EncryptedPackage"), extract.Encrypted},
		"an encrypted OpenDocument":   {"a.odt", extracttest.Pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`, "content.xml", "\x01\x02"), extract.Encrypted},
		"a protected book":            {"a.epub", extracttest.Book(t, "META-INF/encryption.xml", `<encryption><EncryptedData><CipherData><CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData></encryption>`), extract.Encrypted},
		"a book with protected fonts": {"a.epub", extracttest.Book(t, "META-INF/encryption.xml", `<encryption><EncryptedData><CipherData><CipherReference URI="OPS/a.otf"/></CipherData></EncryptedData></encryption>`), ""},
		"Word before 2007":            {"a.docx", extracttest.Container("WordDocument"), extract.Unsupported},
		"a plain archive":             {"a.zip", extracttest.Pack(t, "a.txt", "Text"), extract.Unsupported},
		"an archive named as Word":    {"a.docx", extracttest.Pack(t, "a.txt", "Text"), extract.Unsupported},
		"Word named as text":          {"a.txt", extracttest.Word(t, plain), ""},
		"Word named as Excel":         {"a.xlsx", extracttest.Word(t, plain), ""},
		"a page named as Word":        {"a.doc", "<html><body><p>Text</p></body></html>", ""},
		"text named as Word":          {"a.docx", "Nur Text, nichts weiter.", ""},
		"noise named as Word":         {"a.docx", strings.Repeat("\x01\x02\x03\x81", 100), extract.Damaged},
		"a mail named as Word":        {"a.docx", "Received: x\r\nSubject: y\r\nMIME-Version: 1.0\r\n\r\nText\r\n", ""},
		"a calendar":                  {"a.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", extract.Empty},
		"styles in a circle":          {"a.docx", extracttest.Office(t, "word/document.xml", "wordprocessingml.document", "word/document.xml", `<w:document `+extracttest.WordSpace+`><w:body>`+extracttest.Para("A", "Text")+`</w:body></w:document>`, "word/_rels/document.xml.rels", extracttest.Relationships("r1", "styles", "styles.xml"), "word/styles.xml", `<w:styles `+extracttest.WordSpace+`><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>`), ""},
		"a slide that shows itself":   {"a.pptx", extracttest.Office(t, "ppt/presentation.xml", "presentationml.presentation", "ppt/presentation.xml", `<p:presentation `+extracttest.SlideSpace+`><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>`, "ppt/_rels/presentation.xml.rels", extracttest.Relationships("r1", "slide", "presentation.xml")), extract.Empty},
		"a mail of mails":             {"a.eml", "Subject: außen\r\n\r\nText\r\n" + extracttest.NestedMail(2), ""},
		"a mail with nested parts":    {"a.eml", "Subject: x\r\nMIME-Version: 1.0\r\n" + strings.Repeat("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n", 5000), extract.Unsafe},
		"a mail with many parts":      {"a.eml", "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + strings.Repeat("--a\r\n\r\nx\r\n", 20_000), extract.Unsafe},
		"an encrypted mail":           {"a.eml", "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n", extract.Encrypted},
		"cells repeated without end":  {"a.ods", extracttest.OpenDocument(t, "spreadsheet", "", `<office:spreadsheet><table:table>`+strings.Repeat(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>`+strings.Repeat("a", 5000)+`</text:p></table:table-cell></table:table-row>`, 200)+`</table:table></office:spreadsheet>`), extract.TooLarge},
		"a long cell repeated":        {"a.ods", extracttest.OpenDocument(t, "spreadsheet", "", `<office:spreadsheet><table:table><table:table-row><table:table-cell table:number-columns-repeated="1000000"><text:p>`+strings.Repeat("a b c", 2000)+`</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>`), ""},
		"longer cells repeated":       {"a.ods", extracttest.OpenDocument(t, "spreadsheet", "", `<office:spreadsheet><table:table><table:table-row><table:table-cell table:number-columns-repeated="100"/>`+strings.Repeat(`<table:table-cell table:number-columns-repeated="100"><text:p>`+strings.Repeat("ab", 10_000)+`</text:p></table:table-cell>`, 10)+`</table:table-row></table:table></office:spreadsheet>`), extract.TooLarge},
		"a wide cell reaching down":   {"a.docx", extracttest.Word(t, `<w:tbl><w:tr>`+extracttest.Cell(`<w:gridSpan w:val="63"/><w:vMerge w:val="restart"/>`, strings.Repeat("Wort ", 15_000))+extracttest.Cell("", "x")+`</w:tr>`+strings.Repeat(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="63"/><w:vMerge/></w:tcPr><w:p/></w:tc>`+extracttest.Cell("", "x")+`</w:tr>`, 500)+`</w:tbl>`), extract.TooLarge},
		"a table of quotes":           {"a.csv", strings.Repeat(`"a""`, 100_000), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			docs, err := formats.Documents(test.name, strings.NewReader(test.content))
			if err != nil {
				t.Fatal(err)
			}
			var got extract.Reason
			if docs[0].Problem != nil {
				got = docs[0].Problem.Reason
			}
			if got != test.want {
				t.Errorf("got %q (%v), want %q", got, docs[0].Problem, test.want)
			}
		})
	}
}

// FuzzDocuments feeds bytes to the reader that their content chooses.
func FuzzDocuments(f *testing.F) {
	for name, seed := range map[string]string{
		"a.docx": extracttest.Word(f, extracttest.Para("berschrift1", "A")+extracttest.NumberedPara("3", "0", "b")), "a.pptx": extracttest.Slides(f),
		"a.xlsx": extracttest.Workbook(f, "<si><t>a</t></si>", `<worksheet `+extracttest.SheetSpace+`><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`),
		"a.odt":  extracttest.OpenDocument(f, "text", "", "<office:text><text:p>a</text:p></office:text>"), "a.ods": extracttest.Spreadsheet(f), "a.epub": extracttest.Book(f),
		"a.eml": extracttest.NestedMail(2), "a.csv": "a;b\n1;2\n", "a.doc": extracttest.Container("WordDocument"),
	} {
		f.Add(name, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		checkAll(t, name, data)
	})
}

// FuzzWord mutates the XML rather than the archive around it.
func FuzzWord(f *testing.F) {
	f.Add(extracttest.Para("berschrift1", "A")+extracttest.NumberedPara("3", "0", "b"), `<w:abstractNum w:abstractNumId="9"/>`)
	f.Add(`<w:tbl><w:tr>`+extracttest.Cell(`<w:gridSpan w:val="3"/><w:vMerge/>`, "x")+`</w:tr></w:tbl>`, "")
	f.Fuzz(func(t *testing.T, body, numbering string) {
		checkAll(t, "a.docx", []byte(extracttest.Word(t, body, "word/extra.xml", numbering)))
	})
}

// FuzzSlides does so for slides, FuzzOpenDocument and FuzzSheet for the others.
func FuzzSlides(f *testing.F) {
	f.Add(extracttest.Shape("title", "", "A") + extracttest.Shape("", `<a:xfrm><a:off x="1" y="2"/></a:xfrm>`, "b"))
	f.Fuzz(func(t *testing.T, shapes string) {
		checkAll(t, "a.pptx", []byte(extracttest.Office(t, "ppt/presentation.xml", "presentationml.presentation",
			"ppt/presentation.xml", `<p:presentation `+extracttest.SlideSpace+`><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>`,
			"ppt/_rels/presentation.xml.rels", extracttest.Relationships("r1", "slide", "slide1.xml"),
			"ppt/slide1.xml", `<p:sld `+extracttest.SlideSpace+`><p:cSld><p:spTree>`+shapes+`</p:spTree></p:cSld></p:sld>`)))
	})
}

func FuzzOpenDocument(f *testing.F) {
	f.Add("text", "<office:text><text:h text:outline-level='12'>a</text:h><text:list><text:list-item text:start-value='3'><text:p>b</text:p></text:list-item></text:list></office:text>")
	f.Add("spreadsheet", "<office:spreadsheet><table:table table:name='x'><table:table-row><table:table-cell table:number-columns-spanned='-1'><text:p>b</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>")
	f.Add("presentation", "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame></draw:page></office:presentation>")
	f.Fuzz(func(t *testing.T, kind, body string) {
		checkAll(t, "a.odt", []byte(extracttest.OpenDocument(t, kind, "", body)))
	})
}

func FuzzSheet(f *testing.F) {
	f.Add("<si><t>a</t></si>", `<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>4.5</v></c></row></sheetData>`)
	f.Fuzz(func(t *testing.T, shared, rows string) {
		checkAll(t, "a.xlsx", []byte(extracttest.Workbook(t, shared, `<worksheet `+extracttest.SheetSpace+`>`+rows+`</worksheet>`)))
	})
}

// checkAll reads bytes and fails where what comes out breaks a promise.
func checkAll(t *testing.T, name string, data []byte) {
	t.Helper()
	if strings.Contains(strings.ToLower(string(data[:min(len(data), 1024)])), "%pdf-") {
		t.Skip("PDF has its own tests")
	}
	docs, err := formats.Documents(name, io.MultiReader(bytes.NewReader(data)))
	if err != nil || len(docs) == 0 {
		t.Fatal(err, len(docs))
	}
	for _, doc := range docs {
		if doc.Problem != nil {
			if strings.HasPrefix(doc.Problem.Detail, "the parser for") && doc.Type != "xlsx" && doc.Type != "eml" {
				t.Fatal(errors.New("a panic in our own code"), doc.Problem)
			}
			continue
		}
		for _, block := range doc.Blocks {
			if block.Text == "" || strings.ContainsRune(block.Text, 0) || !utf8.ValidString(block.Text) {
				t.Fatalf("block %+v", block)
			}
		}
	}
}
