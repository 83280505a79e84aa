package odf_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestOpenDocumentsShowTheSameElsewhere looks at what people see in other places
// than [TestOpenDocumentsShowWhatPeopleSee] does: cells, notes, heads of pages,
// slides, parent styles.
func TestOpenDocumentsShowTheSameElsewhere(t *testing.T) {
	t.Parallel()
	const styles = `<style:style style:name="weg"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
		`<style:style style:name="auchweg" style:parent-style-name="weg"/>` +
		`<style:style style:name="zelleweg" style:family="table-cell"><style:text-properties style:text-line-through-type="single"/></style:style>` +
		`<style:style style:name="zellefett" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>` +
		`<style:style style:name="zellezeichen" style:family="table-cell"><style:text-properties style:font-name="Wingdings"/></style:style>` +
		`<style:style style:name="hoch"><style:text-properties style:text-position="33% 58%"/></style:style>` +
		`<style:style style:name="fett"><style:text-properties fo:font-weight="bold"/></style:style>` +
		`<style:style style:name="zeichen"><style:text-properties style:font-name="Wingdings"/></style:style>`
	file := func(name, kind, body, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: name, Content: extracttest.OpenDocument(t, kind, styles, body), Want: want, Remarks: append([]string{}, remarks...)}
	}
	text := func(body, want string, remarks ...string) extracttest.Case {
		return file("a.odt", "text", `<office:text `+moreSpaces+`>`+body+`</office:text>`, want, remarks...)
	}
	span := func(style, text string) string {
		return `<text:span text:style-name="` + style + `">` + text + `</text:span>`
	}
	table := func(rows ...string) string {
		return `<table:table>` + strings.Join(rows, "") + `</table:table>`
	}
	head := row("", cell("", "Amt"), cell("", "Fach"), cell("", "Tage"))
	sheet := func(columns, rows, want string, remarks ...string) extracttest.Case {
		return file("a.ods", "spreadsheet", `<office:spreadsheet `+moreSpaces+`><table:table table:name="Tabelle1">`+columns+head+rows+`</table:table></office:spreadsheet>`, "| Amt | Fach | Tage\n"+want, remarks...)
	}
	const named = " || Amt | Fach | Tage"
	box := func(x, y, text string) string {
		return `<draw:frame svg:x="` + x + `" svg:y="` + y + `" svg:width="6cm" svg:height="1cm"><draw:text-box><text:p>` + text + `</text:p></draw:text-box></draw:frame>`
	}
	slide := func(shapes, want string, remarks ...string) extracttest.Case {
		return file("a.odp", "presentation", `<office:presentation `+moreSpaces+`><draw:page>`+shapes+`</draw:page></office:presentation>`, want, remarks...)
	}
	with := func(c extracttest.Case, part, old, by string) extracttest.Case {
		c.Content = extracttest.Repack(t, c.Content, part, old, by)
		return c
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"struck by a parent style":    text(`<text:p>`+span("auchweg", "alt ")+`neu</text:p>`, "neu", "struck text 1"),
		"a struck paragraph":          text(`<text:p text:style-name="weg">alt</text:p><text:p>neu</text:p>`, "neu", "struck text 1"),
		"a struck heading":            text(`<text:h text:outline-level="1" text:style-name="weg">Alt</text:h><text:p>neu</text:p>`, "neu", "struck text 1"),
		"struck words in an item":     text(`<text:list><text:list-item><text:p>`+span("weg", "alt ")+`neu</text:p></text:list-item></text:list>`, "- neu", "struck text 1"),
		"struck words in a cell":      text(table(row("", cell("", "Amt"), cell("", "Frist")), row("", cell("", "Bau"), cell("", span("weg", "alt ")+"neu"))), "| Amt | Frist\n| Bau | neu || Amt | Frist", "struck text 1"),
		"struck words in a note":      text(`<text:p>Text<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>`+span("weg", "alt ")+`neu</text:p></text:note-body></text:note></text:p>`, "Text\n~ neu", "struck text 1"),
		"a struck cell":               sheet("", row("", cell(`table:style-name="zelleweg"`, "alt"), cell("", "Tief"), cell("", "drei")), "| | Tief | drei"+named, "struck text 1"),
		"struck words of a sheet":     sheet("", row("", cell("", span("weg", "alt ")+"Bau"), cell("", "Tief"), cell("", "drei")), "| Bau | Tief | drei"+named, "struck text 1"),
		"struck words of a slide":     slide(box("1cm", "1cm", span("weg", "alt ")+"neu"), "neu", "struck text 1"),
		"signs set high by number":    text(`<text:p>300 Euro`+span("hoch", "1")+`</text:p>`, "300 Euro ¹"),
		"signs set high in a cell":    sheet("", row("", cell("", "Bau"+span("hoch", "1")), cell("", "Tief"), cell("", "drei")), "| Bau ¹ | Tief | drei"+named),
		"signs set high on a slide":   slide(box("1cm", "1cm", "20 m"+span("hoch", "2")), "20 m²"),
		"symbols of a cell":           sheet("", row("", cell(`table:style-name="zellezeichen"`, "þ"), cell("", "Tief"), cell("", "drei")), "| ☒ | Tief | drei"+named),
		"symbols in a text's cell":    text(table(row("", cell("", "Amt"), cell("", "ja")), row("", cell("", "Bau"), cell("", span("zeichen", "þ")))), "| Amt | ja\n| Bau | ☒ || Amt | ja"),
		"bold lines over text":        text(`<text:p text:style-name="fett">Antrag</text:p><text:p>Anträge sind zu stellen.</text:p><text:p>`+span("fett", "Frist")+`</text:p><text:p>Die Frist ist kurz.</text:p>`, "# Antrag\nAnträge sind zu stellen.\n# Frist\nDie Frist ist kurz."),
		"a bold paragraph sign":       text(`<text:p text:style-name="fett">§ 3 Antrag</text:p><text:p>Anträge sind zu stellen.</text:p>`, "## § 3 Antrag\nAnträge sind zu stellen."),
		"cells of a text merged down": text(table(row("", cell("", "Amt"), cell("", "Fach")), row("", cell(`table:number-rows-spanned="2"`, "Bau"), cell("", "Tief")), row("", `<table:covered-table-cell/>`, cell("", "Hoch"))), "| Amt | Fach\n| Bau | Tief || Amt | Fach\n| Bau | Hoch || Amt | Fach"),
		"a list of figures":           text(`<text:illustration-index><text:index-body><text:p>Abbildung 1: Ablauf 3</text:p></text:index-body></text:illustration-index><text:p>Text</text:p>`, "Text"),
		"a bibliography stays":        text(`<text:bibliography><text:index-body><text:p>Muster: Handbuch, 2020</text:p></text:index-body></text:bibliography>`, "Muster: Handbuch, 2020"),
		"lists that go on":            text(`<text:list text:style-name="L1"><text:list-item><text:p>a</text:p></text:list-item></text:list><text:p>Text</text:p><text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>b</text:p></text:list-item></text:list><text:list text:style-name="L1"><text:list-item text:start-value="7"><text:p>c</text:p></text:list-item></text:list>`, "- a\nText\n- b\n- c"),
		"a page's number in the foot": with(text(`<text:p>Text</text:p>`, "Text\n~ Amt 3"), "styles.xml", `</office:document-styles>`, `<office:master-styles><style:master-page><style:footer><text:p>Amt 3</text:p><text:p>Seite <text:page-number>3</text:page-number> von <text:page-count>9</text:page-count></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`),
		"struck words in a head":      with(text(`<text:p>Text</text:p>`, "Text\n~ neu", "struck text 1"), "styles.xml", `</office:document-styles>`, `<office:master-styles><style:master-page><style:header><text:p>`+span("weg", "alt ")+`neu</text:p></style:header></style:master-page></office:master-styles></office:document-styles>`),
		"hidden columns":              file("a.ods", "spreadsheet", `<office:spreadsheet><table:table table:name="Tabelle1"><table:table-column/><table:table-column table:visibility="collapse"/>`+head+row("", cell("", "Bau"), cell("", "Tief"), cell("", "drei"))+`</table:table></office:spreadsheet>`, "| Amt | | Tage\n| Bau | | drei || Amt |  | Tage", "hidden columns 1"),
		"a sheet as an object": {Name: "a.odt", Want: "Davor\nFristen\n| Amt | Tage\n| Bau | 3 || Amt | Tage\nDanach", Remarks: []string{}, Content: extracttest.Pack(t, "mimetype", "application/vnd.oasis.opendocument.text",
			"content.xml", `<office:document-content `+extracttest.ODFSpace+` `+moreSpaces+`><office:body><office:text><text:p>Davor</text:p><text:p><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p><text:p>Danach</text:p></office:text></office:body></office:document-content>`,
			"Object 1/content.xml", `<office:document-content `+extracttest.ODFSpace+`><office:body><office:spreadsheet><table:table table:name="Fristen">`+row("", cell("", "Amt"), cell("", "Tage"))+row("", cell("", "Bau"), cell("", "3"))+`</table:table></office:spreadsheet></office:body></office:document-content>`)},
		"folded columns":           sheet(`<table:table-column/><table:table-column-group table:display="false"><table:table-column table:visibility="collapse"/></table:table-column-group>`, row("", cell("", "Bau"), cell("", "Tief"), cell("", "drei")), "| Bau | Tief | drei"+named, "folded columns 1"),
		"hidden sheets":            file("a.ods", "spreadsheet", `<office:spreadsheet><table:table table:name="A">`+head+row("", cell("", "Bau"), cell("", "x"), cell("", "y"))+`</table:table></office:spreadsheet>`, "# A\n| Amt | Fach | Tage\n| Bau | x | y"+named),
		"rows repeated":            sheet("", row(`table:number-rows-repeated="2"`, cell("", "Bau"), cell("", "Tief"), cell("", "drei")), "| Bau | Tief | drei"+named+"\n| Bau | Tief | drei"+named),
		"cells repeated":           sheet("", row("", cell(`table:number-columns-repeated="2"`, "Bau"), cell("", "drei")), "| Bau | Bau | drei"+named),
		"a header of two rows":     file("a.ods", "spreadsheet", `<office:spreadsheet><table:table table:name="Tabelle1">`+row("", cell(`table:number-rows-spanned="2"`, "Amt"), cell(`table:number-columns-spanned="2"`, "Kosten"), `<table:covered-table-cell/>`)+row("", `<table:covered-table-cell/>`, cell("", "Plan"), cell("", "Ist"))+row("", cell("", "Bau"), cell(`office:value-type="float" office:value="3"`, "3"), cell(`office:value-type="float" office:value="4"`, "4"))+`</table:table></office:spreadsheet>`, "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"values of a flat sheet":   sheet("", row("", cell(`office:value-type="percentage" office:value="0.5"`, ""), cell(`office:value-type="boolean" office:boolean-value="false"`, ""), cell(`office:value-type="float" office:value="1234567.25"`, "")), "| 50 % | FALSCH | 1234567,25"+named),
		"values of a text's table": text(table(row("", cell("", "Amt"), cell("", "Tag")), row("", cell("", "Bau"), cell(`office:value-type="date" office:date-value="2025-03-01"`, ""))), "| Amt | Tag\n| Bau | 01.03.2025 || Amt | Tag"),
		"a table on a slide":       slide(box("1cm", "9cm", "Danach")+`<draw:frame svg:x="1cm" svg:y="5cm" svg:width="6cm" svg:height="2cm">`+table(row("", cell("", "Amt"), cell("", "Tage")), row("", cell("", "Bau"), cell("", "3")))+`</draw:frame>`+box("1cm", "1cm", "Davor"), "Davor\n| Amt | Tage\n| Bau | 3 || Amt | Tage\nDanach"),
		"a group on a slide":       slide(`<draw:g>`+box("1cm", "9cm", "Unten")+box("1cm", "1cm", "Oben")+`</draw:g>`, "Oben\nUnten"),
		"a chosen entry":           text(`<office:forms><form:form><form:listbox form:id="c1"><form:option form:label="Bau"/><form:option form:label="Schule" form:current-selected="true"/></form:listbox></form:form></office:forms><text:p>Amt: <draw:control draw:control="c1"/></text:p>`, "Amt: Schule"),
		"an entry of a field":      text(`<text:p>Amt: <text:drop-down><text:label text:value="Bau"/><text:label text:value="Schule" text:current-selected="true"/>Schule</text:drop-down></text:p>`, "Amt: Schule"),
		"a drop cap":               text(`<text:p><text:span>D</text:span>ienst gilt.</text:p>`, "Dienst gilt."),
		"a deleted mark":           text(`<text:tracked-changes><text:changed-region><text:deletion><text:p/><text:p/></text:deletion></text:changed-region></text:tracked-changes><text:p>Die Verar<text:change/>beitung ruht.</text:p>`, "Die Verarbeitung ruht."),
		"flat slides":              {Name: "a.fodp", Content: `<?xml version="1.0"?><office:document ` + extracttest.ODFSpace + ` ` + moreSpaces + ` office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation><draw:page>` + box("1cm", "5cm", "Unten") + box("1cm", "1cm", "Oben") + `</draw:page></office:presentation></office:body></office:document>`, Want: "Oben\nUnten"},
	})
}
