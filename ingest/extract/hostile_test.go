package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

// packRaw makes an archive whose entry declares sizes that need not be true.
func packRaw(t testing.TB, name string, declared, packed uint64, data []byte) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	entry, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, UncompressedSize64: declared, CompressedSize64: packed, CRC32: crc32.ChecksumIEEE(data)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := entry.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func manyEntries(t testing.TB) string {
	parts := make([]string, 0, 2*(maxEntries+1))
	for i := range maxEntries + 1 {
		parts = append(parts, fmt.Sprint(i), "")
	}
	return pack(t, parts...)
}

// container is the beginning of a file in Microsoft's old container with one
// name in it.
func container(name string) string {
	return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 504) + string(utf16Name(name))
}

func nestedMail(depth int) string {
	mail := "Subject: innen\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nText\r\n"
	for i := range depth {
		mail = fmt.Sprintf("Subject: %d\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\nContent-Type: message/rfc822\r\n\r\n%s\r\n--b%d--\r\n", i, i, i, mail, i)
	}
	return mail
}

func TestHostile(t *testing.T) {
	t.Parallel()
	doctype := `<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>`
	plain := para("", "Text")
	tests := map[string]struct {
		name, content string
		want          Reason // "" if it is read
	}{
		"bomb in the document":        {"a.docx", word(t, para("", strings.Repeat("a", 40<<20))), Unsafe},
		"bomb in an unused part":      {"a.docx", word(t, plain, "word/media/x.bin", strings.Repeat("\x00", 8<<20)), Unsafe},
		"declares gigabytes":          {"a.docx", packRaw(t, "word/document.xml", 8<<30, 4, []byte("abcd")), Unsafe},
		"declares less than it holds": {"a.epub", packRaw(t, "mimetype", 2, 20, []byte("application/epub+zip")), Damaged},
		"packed size beyond the file": {"a.docx", packRaw(t, "word/document.xml", 5000, 5000, []byte("abcd")), Unsafe},
		"too many entries":            {"a.docx", manyEntries(t), Unsafe},
		"a name with dots":            {"a.docx", word(t, plain, "../../etc/passwd", "x"), Unsafe},
		"a name with dots inside":     {"a.odt", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "a/../../b", ""), Unsafe},
		"an absolute name":            {"a.docx", word(t, plain, "/etc/passwd", "x"), Unsafe},
		"a name with a drive":         {"a.docx", word(t, plain, "C:/windows", "x"), Unsafe},
		"a name with backslashes":     {"a.docx", word(t, plain, `..\windows`, "x"), Unsafe},
		"a name with a newline":       {"a.docx", word(t, plain, "a\nb", "x"), Unsafe},
		"a name with NUL":             {"a.docx", word(t, plain, "a\x00b", "x"), Unsafe},
		"a name twice":                {"a.docx", word(t, plain, "word/Document.xml", "x"), Unsafe},
		"entities in Word":            {"a.docx", office(t, "word/document.xml", "wordprocessingml.document", "word/document.xml", doctype+`<w:document `+wordSpace+`><w:body>`+para("", "&b;")+`</w:body></w:document>`), Unsafe},
		"entities in a sheet":         {"a.xlsx", workbook(t, "", doctype+"<worksheet/>"), Unsafe},
		"entities in OpenDocument":    {"a.odt", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", doctype+"<a/>"), Unsafe},
		"external entity":             {"a.docx", office(t, "word/document.xml", "wordprocessingml.document", "word/document.xml", `<!DOCTYPE w SYSTEM "http://127.0.0.1:1/x">`+`<w:document `+wordSpace+`/>`), Unsafe},
		"nested elements":             {"a.docx", word(t, strings.Repeat("<w:sdt><w:sdtContent>", 5000)+plain+strings.Repeat("</w:sdtContent></w:sdt>", 5000)), Unsafe},
		"nested tables":               {"a.odt", openDocument(t, "text", "", "<office:text>"+strings.Repeat("<table:table><table:table-row><table:table-cell>", 500)), Unsafe},
		"cut off":                     {"a.docx", word(t, plain)[:900], Damaged},
		"broken XML":                  {"a.docx", word(t, "<w:p><w:r>"), Damaged},
		"NUL in XML":                  {"a.docx", word(t, para("", "<w:r><w:t>a&#0;b</w:t></w:r>")), Damaged},
		"no main part":                {"a.docx", pack(t, "[Content_Types].xml", "<Types/>"), Damaged},
		"main part missing":           {"a.docx", office(t, "word/document.xml", "wordprocessingml.document"), Damaged},
		"drawing":                     {"a.vsdx", office(t, "visio/document.xml", "visio.drawing", "visio/document.xml", "<x/>"), Unsupported},
		"no text":                     {"a.docx", word(t, para("", "<w:r><w:drawing/></w:r>")), Empty},
		"no slides":                   {"a.pptx", office(t, "ppt/presentation.xml", "presentationml.presentation", "ppt/presentation.xml", `<p:presentation `+slideSpace+`/>`), Empty},
		"only zero-width":             {"a.docx", word(t, para("", "\u200B\u2060")), Empty},
		"protected by a password":     {"a.docx", container("EncryptedPackage"), Encrypted},
		"an encrypted OpenDocument":   {"a.odt", pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`, "content.xml", "\x01\x02"), Encrypted},
		"a protected book":            {"a.epub", book(t, "META-INF/encryption.xml", `<encryption><EncryptedData><CipherData><CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData></encryption>`), Encrypted},
		"a book with protected fonts": {"a.epub", book(t, "META-INF/encryption.xml", `<encryption><EncryptedData><CipherData><CipherReference URI="OPS/a.otf"/></CipherData></EncryptedData></encryption>`), ""},
		"Word before 2007":            {"a.docx", container("WordDocument"), Unsupported},
		"a plain archive":             {"a.zip", pack(t, "a.txt", "Text"), Unsupported},
		"an archive named as Word":    {"a.docx", pack(t, "a.txt", "Text"), Unsupported},
		"Word named as text":          {"a.txt", word(t, plain), ""},
		"Word named as Excel":         {"a.xlsx", word(t, plain), ""},
		"a page named as Word":        {"a.doc", "<html><body><p>Text</p></body></html>", ""},
		"text named as Word":          {"a.docx", "Nur Text, nichts weiter.", ""},
		"noise named as Word":         {"a.docx", strings.Repeat("\x01\x02\x03\x81", 100), Damaged},
		"a mail named as Word":        {"a.docx", "Received: x\r\nSubject: y\r\nMIME-Version: 1.0\r\n\r\nText\r\n", ""},
		"a calendar":                  {"a.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", Unsupported},
		"styles in a circle":          {"a.docx", office(t, "word/document.xml", "wordprocessingml.document", "word/document.xml", `<w:document `+wordSpace+`><w:body>`+para("A", "Text")+`</w:body></w:document>`, "word/_rels/document.xml.rels", relationships("r1", "styles", "styles.xml"), "word/styles.xml", `<w:styles `+wordSpace+`><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>`), ""},
		"a slide that shows itself":   {"a.pptx", office(t, "ppt/presentation.xml", "presentationml.presentation", "ppt/presentation.xml", `<p:presentation `+slideSpace+`><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>`, "ppt/_rels/presentation.xml.rels", relationships("r1", "slide", "presentation.xml")), Empty},
		"a mail of mails":             {"a.eml", "Subject: außen\r\n\r\nText\r\n" + nestedMail(2), ""},
		"a mail with nested parts":    {"a.eml", "Subject: x\r\nMIME-Version: 1.0\r\n" + strings.Repeat("Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n", 5000), Unsafe},
		"a mail with many parts":      {"a.eml", "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + strings.Repeat("--a\r\n\r\nx\r\n", 20_000), Unsafe},
		"an encrypted mail":           {"a.eml", "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n", Encrypted},
		"cells repeated without end":  {"a.ods", openDocument(t, "spreadsheet", "", `<office:spreadsheet><table:table>`+strings.Repeat(`<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>`+strings.Repeat("a", 5000)+`</text:p></table:table-cell></table:table-row>`, 200)+`</table:table></office:spreadsheet>`), TooLarge},
		"a long cell repeated":        {"a.ods", openDocument(t, "spreadsheet", "", `<office:spreadsheet><table:table><table:table-row><table:table-cell table:number-columns-repeated="1000000"><text:p>`+strings.Repeat("a b c", 2000)+`</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>`), ""},
		"longer cells repeated":       {"a.ods", openDocument(t, "spreadsheet", "", `<office:spreadsheet><table:table><table:table-row><table:table-cell table:number-columns-repeated="100"/>`+strings.Repeat(`<table:table-cell table:number-columns-repeated="100"><text:p>`+strings.Repeat("ab", 10_000)+`</text:p></table:table-cell>`, 10)+`</table:table-row></table:table></office:spreadsheet>`), TooLarge},
		"a wide cell reaching down":   {"a.docx", word(t, `<w:tbl><w:tr>`+cell(`<w:gridSpan w:val="63"/><w:vMerge w:val="restart"/>`, strings.Repeat("Wort ", 15_000))+cell("", "x")+`</w:tr>`+strings.Repeat(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="63"/><w:vMerge/></w:tcPr><w:p/></w:tc>`+cell("", "x")+`</w:tr>`, 500)+`</w:tbl>`), TooLarge},
		"a table of quotes":           {"a.csv", strings.Repeat(`"a""`, 100_000), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			docs, err := Documents(test.name, strings.NewReader(test.content))
			if err != nil {
				t.Fatal(err)
			}
			var got Reason
			if docs[0].Problem != nil {
				got = docs[0].Problem.Reason
			}
			if got != test.want {
				t.Errorf("got %q (%v), want %q", got, docs[0].Problem, test.want)
			}
		})
	}
}

func TestTreesAreBounded(t *testing.T) {
	_, err := parseXML([]byte("<p>" + strings.Repeat("<r/><x/>", maxNodes/2+2) + "</p>"))
	if !errors.Is(err, errTooMany) {
		t.Errorf("got %v", err)
	}
}

func TestMailsInMailsEnd(t *testing.T) {
	docs, err := Documents("a.eml", strings.NewReader(nestedMail(8)))
	if err != nil {
		t.Fatal(err)
	}
	last := docs[len(docs)-1]
	if len(docs) != maxMailDepth+1 || last.Problem == nil || last.Problem.Reason != Unsafe {
		t.Errorf("%d documents, the last: %v", len(docs), last.Problem)
	}
}

// FuzzDocuments feeds bytes to the reader that their content chooses.
func FuzzDocuments(f *testing.F) {
	for name, seed := range map[string]string{
		"a.docx": word(f, para("berschrift1", "A")+numberedPara("3", "0", "b")), "a.pptx": slides(f),
		"a.xlsx": workbook(f, "<si><t>a</t></si>", `<worksheet `+sheetSpace+`><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`),
		"a.odt":  openDocument(f, "text", "", "<office:text><text:p>a</text:p></office:text>"), "a.ods": spreadsheet(f), "a.epub": book(f),
		"a.eml": nestedMail(2), "a.csv": "a;b\n1;2\n", "a.doc": container("WordDocument"),
	} {
		f.Add(name, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		checkAll(t, name, data)
	})
}

// FuzzWord mutates the XML rather than the archive around it.
func FuzzWord(f *testing.F) {
	f.Add(para("berschrift1", "A")+numberedPara("3", "0", "b"), `<w:abstractNum w:abstractNumId="9"/>`)
	f.Add(`<w:tbl><w:tr>`+cell(`<w:gridSpan w:val="3"/><w:vMerge/>`, "x")+`</w:tr></w:tbl>`, "")
	f.Fuzz(func(t *testing.T, body, numbering string) {
		checkAll(t, "a.docx", []byte(word(t, body, "word/extra.xml", numbering)))
	})
}

// FuzzSlides does so for slides, FuzzOpenDocument and FuzzSheet for the others.
func FuzzSlides(f *testing.F) {
	f.Add(shape("title", "", "A") + shape("", `<a:xfrm><a:off x="1" y="2"/></a:xfrm>`, "b"))
	f.Fuzz(func(t *testing.T, shapes string) {
		checkAll(t, "a.pptx", []byte(office(t, "ppt/presentation.xml", "presentationml.presentation",
			"ppt/presentation.xml", `<p:presentation `+slideSpace+`><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>`,
			"ppt/_rels/presentation.xml.rels", relationships("r1", "slide", "slide1.xml"),
			"ppt/slide1.xml", `<p:sld `+slideSpace+`><p:cSld><p:spTree>`+shapes+`</p:spTree></p:cSld></p:sld>`)))
	})
}

func FuzzOpenDocument(f *testing.F) {
	f.Add("text", "<office:text><text:h text:outline-level='12'>a</text:h><text:list><text:list-item text:start-value='3'><text:p>b</text:p></text:list-item></text:list></office:text>")
	f.Add("spreadsheet", "<office:spreadsheet><table:table table:name='x'><table:table-row><table:table-cell table:number-columns-spanned='-1'><text:p>b</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>")
	f.Add("presentation", "<office:presentation><draw:page><draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame></draw:page></office:presentation>")
	f.Fuzz(func(t *testing.T, kind, body string) {
		checkAll(t, "a.odt", []byte(openDocument(t, kind, "", body)))
	})
}

func FuzzSheet(f *testing.F) {
	f.Add("<si><t>a</t></si>", `<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>4.5</v></c></row></sheetData>`)
	f.Fuzz(func(t *testing.T, shared, rows string) {
		checkAll(t, "a.xlsx", []byte(workbook(t, shared, `<worksheet `+sheetSpace+`>`+rows+`</worksheet>`)))
	})
}

// checkAll reads bytes and fails where what comes out breaks a promise.
func checkAll(t *testing.T, name string, data []byte) {
	t.Helper()
	if strings.Contains(strings.ToLower(string(data[:min(len(data), 1024)])), "%pdf-") {
		t.Skip("PDF has its own tests")
	}
	docs, err := Documents(name, io.MultiReader(bytes.NewReader(data)))
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
