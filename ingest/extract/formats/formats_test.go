package formats_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

func TestMain(m *testing.M) { extracttest.Main(m) }

func TestTitles(t *testing.T) {
	tests := map[string][2]string{
		"capitals over text":    {"a.txt", "ERGEBNISSE DER UMFRAGE 2025\nStand: heute.\n\nText.\n"},
		"a line alone":          {"a.txt", "Ergebnisse der Umfrage\n\nText.\n"},
		"a sentence":            {"a.txt", "Das ist ein Satz.\n\nText.\n"},
		"a numbered section":    {"a.txt", "1. Anlass\n\nText.\n"},
		"page and site":         {"a.html", "<title>Freigabe – Intranet</title><h1>Freigabe</h1><p>x"},
		"page with own heading": {"a.html", "<title>Freigabe</title><h1>Wie geht das?</h1><p>x"},
		"no heading of level 1": {"a.md", "## Anlass\n\nText.\n"},
	}
	want := map[string]string{
		"capitals over text": "ERGEBNISSE DER UMFRAGE 2025", "a line alone": "Ergebnisse der Umfrage", "a sentence": "",
		"a numbered section": "", "page and site": "Freigabe", "page with own heading": "Freigabe", "no heading of level 1": "",
	}
	for name, test := range tests {
		if got := extracttest.Read(t, test[0], test[1]).Title; got != want[name] {
			t.Errorf("%s: got %q, want %q", name, got, want[name])
		}
	}
}

func TestEncodings(t *testing.T) {
	const text = "Dienstanweisung über „Künstliche Intelligenz“ – gültig für alle Beschäftigten, § 4 Straße."
	encode := func(b []byte, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	latin := "Änderungen der Dienstanweisung über Straßen müssen geprüft werden."
	tests := map[string][2]string{
		"utf-8":                {text, text},
		"utf-8 bom":            {"\xEF\xBB\xBF" + text, text},
		"utf-16 le bom":        {encode(utf.UTF16(utf.LittleEndian, utf.UseBOM).NewEncoder().Bytes([]byte(text))), text},
		"utf-16 be bom":        {encode(utf.UTF16(utf.BigEndian, utf.UseBOM).NewEncoder().Bytes([]byte(text))), text},
		"utf-16 le bare":       {encode(utf.UTF16(utf.LittleEndian, utf.IgnoreBOM).NewEncoder().Bytes([]byte(text))), text},
		"utf-16 be bare":       {encode(utf.UTF16(utf.BigEndian, utf.IgnoreBOM).NewEncoder().Bytes([]byte(text))), text},
		"windows-1252":         {encode(charmap.Windows1252.NewEncoder().Bytes([]byte(text))), text},
		"code page 850":        {encode(charmap.CodePage850.NewEncoder().Bytes([]byte(latin))), latin},
		"mac roman":            {encode(charmap.Macintosh.NewEncoder().Bytes([]byte(text))), text},
		"utf-8, a broken byte": {strings.Repeat(text, 3) + "\xE4", strings.Repeat(text, 3)},
		"utf-32":               {encode(utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder().Bytes([]byte(text))), text},
		"latin-1":              {encode(charmap.ISO8859_1.NewEncoder().Bytes([]byte(latin))), latin},
	}
	for name, test := range tests {
		for _, file := range []string{"a.txt", "a.md", "a.html"} {
			doc, err := extracttest.First(file, strings.NewReader(test[0]))
			if err != nil {
				t.Errorf("%s as %s: %v", name, file, err)
				continue
			}
			if got := doc.Blocks[0].Text; got != test[1] {
				t.Errorf("%s as %s: got %q", name, file, got)
			}
		}
	}
}

// endless gives the same byte for ever and counts.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	e.read += len(p)
	return len(p), nil
}

func TestRefused(t *testing.T) {
	tests := map[string]struct {
		name, content string
		want          extract.Reason
	}{
		"nothing":               {"a.md", "", extract.Empty},
		"blank":                 {"a.txt", " \n\t\r\n", extract.Empty},
		"only a comment":        {"a.html", "<html><body><!-- x --></body></html>", extract.Empty},
		"only a head":           {"a.md", "---\ntitle: x\n---\n", extract.Empty},
		"binary":                {"a.txt", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x13\x14", extract.NotText},
		"binary, high bytes":    {"a.md", strings.Repeat("\x81\x8d\x8f\x90\x9d\x01", 50), extract.NotText},
		"unknown extension":     {"a.xyz", "Nur Text", extract.Unsupported},
		"no extension":          {"Makefile", "all:", extract.Unsupported},
		"broken head":           {"a.md", "---\ncollection: [x\n---\nText\n", extract.FrontMatter},
		"head without end":      {"a.md", "---\ncollection: x\n\nText\n", extract.FrontMatter},
		"head with nested data": {"a.md", "---\ncollection:\n  name: x\n---\nText\n", extract.FrontMatter},
		"a tab in the head":     {"a.txt", "---\nvalid_until: x\n\towner: y\n---\nText\n", extract.FrontMatter},
	}
	for name, test := range tests {
		_, err := extracttest.First(test.name, strings.NewReader(test.content))
		if got := extract.ReasonOf(err); got != test.want {
			t.Errorf("%s: got reason %q (%v), want %q", name, got, err, test.want)
		}
	}
}

func TestTooLargeIsNotReadWhole(t *testing.T) {
	source := &endless{}
	_, err := extracttest.First("a.txt", source)
	if extract.ReasonOf(err) != extract.TooLarge {
		t.Fatalf("got %v", err)
	}
	if source.read > 2*extract.MaxText {
		t.Errorf("read %d bytes of a file that is too large", source.read)
	}
}

func TestDeepNesting(t *testing.T) {
	for _, unit := range []string{">", "> ", "- ", "* ", "[", "![", "**a ", "<div>", "<b>", "(", "`"} {
		for _, name := range []string{"a.md", "a.html", "a.txt"} {
			if _, err := extracttest.First(name, strings.NewReader(strings.Repeat(unit, 20_000)+" Text")); err != nil && extract.ReasonOf(err) == "" {
				t.Errorf("%q as %s: %v", unit, name, err)
			}
		}
	}
}

func TestProperties(t *testing.T) {
	want := map[string]string{"owner": "Zentrum KI (@z.ki)", "valid_until": "2026-12-31"}
	paragraph := `<w:document ` + extracttest.WordSpace + `><w:body><w:p><w:r><w:t>Ein Satz.</w:t></w:r></w:p></w:body></w:document>`
	word := extracttest.Pack(t,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels", extracttest.Relationships("rId1", "officeDocument", "word/document.xml", "rId2", "custom-properties", "docProps/custom.xml"),
		"word/document.xml", paragraph,
		"docProps/custom.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`+
			`<property pid="2" name="Owner"><vt:lpwstr>Zentrum KI (@z.ki)</vt:lpwstr></property>`+
			`<property pid="3" name="valid until"><vt:lpwstr>2026-12-31</vt:lpwstr></property>`+
			`<property pid="4" name="collection"><vt:lpwstr>geheim</vt:lpwstr></property><property pid="5" name="Author"><vt:lpwstr>M. Muster</vt:lpwstr></property></Properties>`)
	open := extracttest.Pack(t,
		"mimetype", "application/vnd.oasis.opendocument.text",
		"meta.xml", `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">`+
			`<office:meta><dc:creator>M. Muster</dc:creator><meta:user-defined meta:name="owner">Zentrum KI (@z.ki)</meta:user-defined>`+
			`<meta:user-defined meta:name="Valid-Until" meta:value-type="date">2026-12-31</meta:user-defined></office:meta></office:document-meta>`,
		"content.xml", `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">`+
			`<office:body><office:text><text:p>Ein Satz.</text:p></office:text></office:body></office:document-content>`)
	pdf := extracttest.PDF("/Info 10 0 R", []string{`<</Title(Leitfaden KI)/owner(Zentrum KI \(@z.ki\))/Valid_until(2026-12-31)/Author(M. Muster)>>`},
		extracttest.Show(60, 780, 10, "F", "Ein Satz."))
	for name, file := range map[string]string{"a.docx": word, "a.odt": open, "a.pdf": pdf} {
		if diff := cmp.Diff(want, extracttest.Read(t, name, file).Props); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"# A\n\ntext\n", "---\ntitle: x\n---\n# A\n\n- b\n  - c\n\n| a | b |\n|---|---|\n| c | d |\n",
		"<h1>A</h1><p>b<table><tr><th>x<td>y</table>", "A\n===\n\n1. b\n2. c\n", "\xff\xfea\x00b\x00", "a\x00b", "[^1]\n\n[^1]: n\n", "<!--",
	} {
		for kind := range byte(3) {
			f.Add(kind, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, kind byte, data []byte) {
		name := []string{"a.md", "a.html", "a.txt"}[kind%3]
		doc, err := extracttest.First(name, strings.NewReader(string(data)))
		if err != nil {
			if _, ok := errors.AsType[*extract.Error](err); !ok {
				t.Fatalf("error without a reason: %v", err)
			}
			return
		}
		for _, block := range doc.Blocks {
			if block.Text == "" || strings.ContainsRune(block.Text, 0) || !utf8.ValidString(block.Text) {
				t.Fatalf("block %+v", block)
			}
		}
	})
}
