package extracttest

import (
	"testing"
)

const ODFSpace = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"`

// OpenDocument makes a file of OpenDocument of its kind and body.
func OpenDocument(t testing.TB, kind, styles, body string) string {
	t.Helper()
	return Pack(t, "mimetype", "application/vnd.oasis.opendocument."+kind,
		"styles.xml", `<office:document-styles `+ODFSpace+`><office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style></office:styles></office:document-styles>`,
		"content.xml", `<office:document-content `+ODFSpace+`><office:automatic-styles>`+styles+`</office:automatic-styles><office:body>`+body+`</office:body></office:document-content>`)
}

func Spreadsheet(t testing.TB) string {
	row := func(attrs string, cells ...string) string {
		out := "<table:table-row " + attrs + ">"
		for _, text := range cells {
			out += "<table:table-cell><text:p>" + text + "</text:p></table:table-cell>"
		}
		return out + "</table:table-row>"
	}
	return OpenDocument(t, "spreadsheet", `<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>`,
		`<office:spreadsheet><table:table table:name="Tabelle1">`+row("", "Amt", "Tag")+row("", "Bauamt", "3.2.2026")+row(`table:visibility="collapse"`, "verborgen", "x")+
			row(`table:number-rows-repeated="1048570"`)+`</table:table><table:table table:name="Intern" table:style-name="ta1">`+row("", "geheim")+`</table:table></office:spreadsheet>`)
}
