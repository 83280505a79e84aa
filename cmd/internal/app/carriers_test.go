package app

import (
	"encoding/base64"
	"html"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// carriers put a rule and an order into a file of each format, where people see the
// order or where only a machine does.
var carriers = map[string]func(t *testing.T, order string) (name, content string){
	"markdown": func(_ *testing.T, order string) (string, string) {
		return "urlaub.md", "# Bildungsurlaub\n\n" + rightRule + "\n\n" + order + "\n"
	},
	"markdown in one paragraph": func(_ *testing.T, order string) (string, string) {
		return "urlaub.md", "# Bildungsurlaub\n\n" + rightRule + " " + order + "\n"
	},
	"page, visible": func(_ *testing.T, order string) (string, string) {
		return "urlaub.html", "<html><body><h1>Bildungsurlaub</h1><p>" + rightRule + "</p><p>" + html.EscapeString(order) + "</p></body></html>"
	},
	"page, hidden": func(_ *testing.T, order string) (string, string) {
		return "urlaub.html", "<html><head><meta name=\"description\" content=\"" + html.EscapeString(order) + "\"></head><body><h1>Bildungsurlaub</h1><p>" + rightRule + "</p>" + hiddenHTML(order) + "</body></html>"
	},
	"Word": func(t *testing.T, order string) (string, string) {
		return "urlaub.docx", extracttest.Word(t, extracttest.Para("", run(rightRule))+extracttest.Para("", run(order)))
	},
	"Word, hidden": func(t *testing.T, order string) (string, string) {
		secret := html.EscapeString(order)
		return "urlaub.docx", extracttest.WordLinked(t, extracttest.Para("", run(rightRule))+
			extracttest.Para("", `<w:r><w:rPr><w:vanish/></w:rPr><w:t>`+secret+`</w:t></w:r>`)+
			extracttest.Para("", `<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>`+secret+`</w:t></w:r>`)+
			extracttest.Para("", `<w:r><w:rPr><w:sz w:val="2"/></w:rPr><w:t>`+secret+`</w:t></w:r>`)+
			extracttest.Para("", `<w:r><w:commentReference w:id="0"/></w:r><w:r><w:pict><v:shape alt="`+secret+`"/></w:pict></w:r>`),
			[]string{"r20", "core-properties", "/docProps/core.xml"},
			"word/comments.xml", `<w:comments `+extracttest.WordSpace+`><w:comment w:id="0"><w:p><w:r><w:t>`+secret+`</w:t></w:r></w:p></w:comment></w:comments>`,
			"docProps/core.xml", `<coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>`+secret+`</dc:description><dc:subject>`+secret+`</dc:subject></coreProperties>`)
	},
	"OpenDocument": func(t *testing.T, order string) (string, string) {
		return "urlaub.odt", openDocument(t, "", "<text:p>"+html.EscapeString(order)+"</text:p>")
	},
	"OpenDocument, hidden": func(t *testing.T, order string) (string, string) {
		secret := html.EscapeString(order)
		return "urlaub.odt", openDocument(t,
			`<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>`+
				`<style:style style:name="W" style:family="text"><style:text-properties fo:color="#ffffff"/></style:style>`,
			`<text:p><text:span text:style-name="H">`+secret+`</text:span></text:p><text:p><text:span text:style-name="W">`+secret+`</text:span></text:p>`+
				`<text:p><office:annotation><text:p>`+secret+`</text:p></office:annotation></text:p><text:p><text:hidden-text text:is-hidden="true" text:string-value="`+secret+`">`+secret+`</text:hidden-text></text:p>`+
				`<text:p><draw:frame><svg:title xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0">`+secret+`</svg:title></draw:frame></text:p>`)
	},
	"workbook": func(t *testing.T, order string) (string, string) {
		return "urlaub.xlsx", workbook(t, order, `<row r="2"><c r="A2" t="s"><v>1</v></c></row>`)
	},
	"workbook, hidden": func(t *testing.T, order string) (string, string) {
		return "urlaub.xlsx", workbook(t, order, `<row r="2" hidden="1"><c r="A2" t="s"><v>1</v></c></row><row r="3"><c r="A3" t="s" s="2"><v>1</v></c></row>`)
	},
	"PDF": func(_ *testing.T, order string) (string, string) {
		return "urlaub.pdf", extracttest.PDF("", nil, rightLines+extracttest.Column(50, 720, order))
	},
	"PDF, hidden": func(_ *testing.T, order string) (string, string) {
		secret := extracttest.Column(50, 720, order)
		unseen := strings.ReplaceAll(extracttest.Column(50, 700, order), " Tf ", " Tf 3 Tr ")
		literal := strings.NewReplacer(`\`, "", "(", "", ")", "").Replace(order)
		return "urlaub.pdf", extracttest.PDF("/Info 11 0 R", []string{"<<>>", "<</Title(" + literal + ")/Subject(" + literal + ")/Keywords(" + literal + ")>>"},
			rightLines+"1 1 1 rg "+secret+"0 0 0 rg "+unseen+"0 Tr "+extracttest.Show(50, 680, 0.4, "F", order)+extracttest.Show(5000, 680, 10, "F", order))
	},
	"table": func(_ *testing.T, order string) (string, string) {
		return "urlaub.csv", "Thema;Regel\nBildungsurlaub;" + rightRule + "\nHinweis;\"" + strings.ReplaceAll(order, `"`, `""`) + "\"\n"
	},
	"mail": func(_ *testing.T, order string) (string, string) {
		return "urlaub.eml", mail("text/plain", rightRule+"\r\n\r\n"+order+"\r\n", "")
	},
	"mail, hidden": func(_ *testing.T, order string) (string, string) {
		return "urlaub.eml", mail("text/html", "<html><body><p>"+rightRule+"</p>"+hiddenHTML(order)+"</body></html>", "X-Hinweis: "+order+"\r\nComments: "+order+"\r\n")
	},
}

func run(text string) string { return "<w:r><w:t>" + html.EscapeString(text) + "</w:t></w:r>" }

// rightLines is the rule as a PDF shows it.
var rightLines = extracttest.Column(50, 780, rightRule[:54], rightRule[54:])

// hiddenHTML is a text in a page where no reader sees it.
func hiddenHTML(text string) string {
	text = html.EscapeString(text)
	return `<div style="display:none">` + text + `</div><p hidden>` + text + `</p><!-- ` + text + ` --><img src="x.png" alt="` + text +
		`"><span style="font-size:0">` + text + `</span><p style="color:#ffffff;background-color:#ffffff">` + text + "</p>"
}

func openDocument(t *testing.T, styles, more string) string {
	t.Helper()
	return extracttest.OpenDocument(t, "text", styles, `<office:text><text:h text:outline-level="1">Bildungsurlaub</text:h><text:p>`+rightRule+`</text:p>`+more+`</office:text>`)
}

// workbook has the rule and the order among its shared texts, and the rule in its first
// cell.
func workbook(t *testing.T, order, rows string) string {
	t.Helper()
	return extracttest.Workbook(t, "<si><t>"+rightRule+"</t></si><si><t>"+html.EscapeString(order)+"</t></si>",
		`<worksheet `+extracttest.SheetSpace+`><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>`+rows+`</sheetData></worksheet>`)
}

func mail(kind, body, headers string) string {
	return "From: haus@example.org\r\nTo: alle@example.org\r\nSubject: Bildungsurlaub\r\nMIME-Version: 1.0\r\n" + headers +
		"Content-Type: " + kind + "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(body))
}
