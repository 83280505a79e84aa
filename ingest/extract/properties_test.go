package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProperties(t *testing.T) {
	want := map[string]string{"owner": "Zentrum KI (@z.ki)", "valid_until": "2026-12-31"}
	paragraph := `<w:document ` + wordSpace + `><w:body><w:p><w:r><w:t>Ein Satz.</w:t></w:r></w:p></w:body></w:document>`
	word := pack(t,
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels", relationships("rId1", "officeDocument", "word/document.xml", "rId2", "custom-properties", "docProps/custom.xml"),
		"word/document.xml", paragraph,
		"docProps/custom.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`+
			`<property pid="2" name="Owner"><vt:lpwstr>Zentrum KI (@z.ki)</vt:lpwstr></property>`+
			`<property pid="3" name="valid until"><vt:lpwstr>2026-12-31</vt:lpwstr></property>`+
			`<property pid="4" name="collection"><vt:lpwstr>geheim</vt:lpwstr></property><property pid="5" name="Author"><vt:lpwstr>M. Muster</vt:lpwstr></property></Properties>`)
	open := pack(t,
		"mimetype", "application/vnd.oasis.opendocument.text",
		"meta.xml", `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">`+
			`<office:meta><dc:creator>M. Muster</dc:creator><meta:user-defined meta:name="owner">Zentrum KI (@z.ki)</meta:user-defined>`+
			`<meta:user-defined meta:name="Valid-Until" meta:value-type="date">2026-12-31</meta:user-defined></office:meta></office:document-meta>`,
		"content.xml", `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">`+
			`<office:body><office:text><text:p>Ein Satz.</text:p></office:text></office:body></office:document-content>`)
	pdf := pdfFile("/Info 10 0 R", []string{`<</Title(Leitfaden KI)/owner(Zentrum KI \(@z.ki\))/Valid_until(2026-12-31)/Author(M. Muster)>>`},
		show(60, 780, 10, "F", "Ein Satz."))
	for name, file := range map[string]string{"a.docx": word, "a.odt": open, "a.pdf": pdf} {
		if diff := cmp.Diff(want, read(t, name, file).Props); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
