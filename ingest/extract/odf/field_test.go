package odf_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

const moreSpaces = `xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"`

// cell is one of a table, of a text or of paragraphs.
func cell(attrs, text string) string {
	if text != "" && !strings.HasPrefix(text, "<text:p") {
		text = "<text:p>" + text + "</text:p>"
	}
	return `<table:table-cell ` + attrs + `>` + text + `</table:table-cell>`
}

func row(attrs string, cells ...string) string {
	return `<table:table-row ` + attrs + `>` + strings.Join(cells, "") + `</table:table-row>`
}

func TestOpenDocumentShowsWhatPeopleSee(t *testing.T) {
	t.Parallel()
	styles := `<style:style style:name="weg"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
		`<style:style style:name="hoch"><style:text-properties style:text-position="super 58%"/></style:style>` +
		`<style:style style:name="fett"><style:text-properties fo:font-weight="bold" fo:font-size="16pt"/></style:style>` +
		`<style:style style:name="halbfett"><style:text-properties fo:font-weight="bold" fo:font-size="12pt"/></style:style>` +
		`<style:style style:name="zeichen"><style:text-properties style:font-name="Wingdings"/></style:style>`
	file := func(name, kind, body, want string, remarks ...string) extracttest.Case {
		content := extracttest.OpenDocument(t, kind, styles, body)
		return extracttest.Case{Name: name, Content: content, Want: want, Remarks: append([]string{}, remarks...)}
	}
	text := func(body, want string, remarks ...string) extracttest.Case {
		return file("a.odt", "text", `<office:text `+moreSpaces+`>`+body+`</office:text>`, want, remarks...)
	}
	sheet := func(rows, want string, remarks ...string) extracttest.Case {
		return file("a.ods", "spreadsheet", `<office:spreadsheet><table:table table:name="Tabelle1">`+row("", cell("", "Amt"), cell("", "Fach"), cell("", "Tage"))+rows+`</table:table></office:spreadsheet>`,
			"| Amt | Fach | Tage\n"+want, remarks...)
	}
	covered := `<table:covered-table-cell/>`
	box := func(x, y, text string) string {
		return `<draw:frame svg:x="` + x + `" svg:y="` + y + `" svg:width="6cm" svg:height="1cm"><draw:text-box><text:p>` + text + `</text:p></draw:text-box></draw:frame>`
	}
	flat := `<?xml version="1.0"?><office:document ` + extracttest.ODFSpace + ` xmlns:dc="http://purl.org/dc/elements/1.1/" office:mimetype="application/vnd.oasis.opendocument.`
	extracttest.Check(t, map[string]extracttest.Case{
		"struck words":          text(`<text:p>Frist: <text:span text:style-name="weg">zwei</text:span> vier Wochen</text:p>`, "Frist: vier Wochen", "struck text 1"),
		"signs set high":        text(`<text:p>300 Euro<text:span text:style-name="hoch">1</text:span>, 20 m<text:span text:style-name="hoch">2</text:span></text:p>`, "300 Euro ¹, 20 m²"),
		"signs of symbol fonts": text(`<text:p><text:span text:style-name="zeichen">à</text:span> weiter</text:p>`, "→ weiter"),
		"prompts":               text(`<text:p>Name: <text:placeholder text:placeholder-type="text">&lt;Name&gt;</text:placeholder></text:p>`, "Name:"),
		"headings made by hand": text(`<text:p text:style-name="fett">Reisen</text:p><text:p text:style-name="halbfett">1. Antrag</text:p><text:p>Text.</text:p><text:p text:style-name="halbfett">Bitte beachten</text:p>`, "# Reisen\n## 1. Antrag\nText.\nBitte beachten"),
		"a table in a cell": text(`<table:table>`+row("", cell("", "Amt"), cell("", "Wer"), cell("", "Tage"))+row("", cell("", "Bau"), `<table:table-cell><table:table>`+row("", cell("", "Tief"), cell("", "A"))+row("", cell("", "Hoch"), cell("", "B"))+`</table:table></table:table-cell>`, cell("", "3"))+`</table:table>`,
			"| Amt | Wer | Tage\n| Bau | Tief: A; Hoch: B; | 3 || Amt | Wer | Tage"),
		"boxes to tick":         text(`<office:forms><form:form><form:checkbox form:id="c1" form:label="ja" form:current-state="checked"/><form:checkbox form:id="c2" form:label="nein"/></form:form></office:forms><text:p><draw:control draw:control="c1"/> <draw:control draw:control="c2"/></text:p>`, "☒ ja ☐ nein"),
		"values without text":   sheet(row("", cell(`office:value-type="string" office:string-value="Bau"`, ""), cell(`office:value-type="boolean" office:boolean-value="true"`, ""), cell(`office:value-type="float" office:value="1234.5"`, ""))+row("", cell(`office:value-type="date" office:date-value="2025-03-01T08:30:00"`, ""), cell(`office:value-type="time" office:time-value="PT08H05M00S"`, ""), cell(`office:value-type="currency" office:currency="EUR" office:value="1234.5"`, ""))+row("", cell(`office:value-type="percentage" office:value="0.125"`, ""), cell("", "x")), "| Bau | WAHR | 1234,5 || Amt | Fach | Tage\n| 01.03.2025 08:30 | 08:05 | 1.234,50 € || Amt | Fach | Tage\n| 12,5 % | x || Amt | Fach | Tage"),
		"merged down":           sheet(row("", cell(`table:number-rows-spanned="2"`, "Bau"), cell("", "Tief"), cell("", "3"))+row("", covered, cell("", "Hoch"), cell("", "4")), "| Bau | Tief | 3 || Amt | Fach | Tage\n| Bau | Hoch | 4 || Amt | Fach | Tage"),
		"merged across":         sheet(row("", cell(`table:number-columns-spanned="2"`, "Bau"), covered, cell("", "3")), "| Bau | Bau | 3 || Amt | Fach | Tage"),
		"behind a filter":       sheet(row(`table:visibility="filter"`, cell("", "Bau"), cell("", "Tief"), cell("", "3")), "| Bau | Tief | 3 || Amt | Fach | Tage", "filtered rows 1"),
		"folded up":             sheet(`<table:table-row-group table:display="false">`+row(`table:visibility="collapse"`, cell("", "Bau"), cell("", "Tief"), cell("", "3"))+`</table:table-row-group>`, "| Bau | Tief | 3 || Amt | Fach | Tage", "folded rows 1"),
		"empty rows to the end": sheet(row(`table:number-rows-repeated="1048000"`, cell("", ""))+row("", cell("", "Bau"), cell("", "Tief"), cell("", "3")), "| Bau | Tief | 3 || Amt | Fach | Tage"),
		"slides as they are seen": file("a.odp", "presentation", `<office:presentation `+moreSpaces+`><draw:page>`+box("14cm", "6cm", "Personendaten")+box("2cm", "6cm", "Texte")+box("14cm", "4cm", "Verboten")+box("2cm", "4cm", "Erlaubt")+`</draw:page></office:presentation>`,
			"Erlaubt\nTexte\nVerboten\nPersonendaten"),
		"a flat text":  {Name: "a.fodt", Content: flat + `text"><office:meta><dc:title>Leitlinie</dc:title></office:meta><office:automatic-styles>` + styles + `</office:automatic-styles><office:body><office:text><text:h text:outline-level="1">Zweck</text:h><text:p>Frist: <text:span text:style-name="weg">alt</text:span>neu</text:p></office:text></office:body></office:document>`, Want: "# Zweck\nFrist: neu"},
		"a flat sheet": {Name: "a.fods", Content: flat + `spreadsheet"><office:body><office:spreadsheet><table:table table:name="Tabelle1">` + row("", cell("", "Amt"), cell("", "Tage")) + row("", cell("", "Bau"), cell(`office:value-type="float" office:value="3"`, "")) + `</table:table></office:spreadsheet></office:body></office:document>`, Want: "| Amt | Tage\n| Bau | 3 || Amt | Tage"},
		"a drawing":    file("a.odg", "graphics", `<office:drawing `+moreSpaces+`><draw:page>`+box("2cm", "4cm", "Ablauf")+`</draw:page></office:drawing>`, "Ablauf"),
	})
}
