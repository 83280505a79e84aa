package odf_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestOpenDocumentsShowTheirSmallThings looks at what is small on the page and
// changes what is read: blanks, readings, conditions, German numbers.
func TestOpenDocumentsShowTheirSmallThings(t *testing.T) {
	t.Parallel()
	text := func(styles, body, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.odt", Content: extracttest.OpenDocument(t, "text", styles, "<office:text>"+body+"</office:text>"), Want: want, Remarks: append([]string{}, remarks...)}
	}
	sheet := func(rows, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.ods", Remarks: append([]string{}, remarks...), Want: want, Content: extracttest.OpenDocument(t, "spreadsheet", "",
			`<office:spreadsheet><table:table table:name="Tabelle1">`+row("", cell("", "Amt"), cell("", "Wert"))+rows+`</table:table></office:spreadsheet>`)}
	}
	value := func(attrs, want string) extracttest.Case {
		return sheet(row("", cell("", "Bau"), cell(attrs, "")), "| Amt | Wert\n| Bau | "+want+" || Amt | Wert")
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"blanks, tabs and breaks":   text("", `<text:p>Az:<text:tab/>12<text:s text:c="3"/>24<text:line-break/>Ende</text:p>`, "Az: 12 24 / Ende"),
		"soft hyphens, ligatures":   text("", "<text:p>Verwal\u00adtung, Zerti\ufb01zierung, E\u2011Mail</text:p>", "Verwaltung, Zertifizierung, E-Mail"),
		"a word with its reading":   text("", `<text:p><text:ruby><text:ruby-base>Wort</text:ruby-base><text:ruby-text>Lesart</text:ruby-text></text:ruby> gilt</text:p>`, "Wort gilt"),
		"hidden words":              text("", `<text:p>Sichtbar<text:hidden-text text:condition="ooow:1" text:is-hidden="true" text:string-value="geheim">geheim</text:hidden-text></text:p>`, "Sichtbar"),
		"a hidden paragraph":        text("", `<text:p>Sichtbar</text:p><text:p><text:hidden-paragraph text:is-hidden="true"/>geheim</text:p>`, "Sichtbar"),
		"a conditional word":        text("", `<text:p>Sehr geehrte<text:conditional-text text:condition="x" text:string-value-if-true="r Herr" text:string-value-if-false=" Frau"> Frau</text:conditional-text> Muster</text:p>`, "Sehr geehrte Frau Muster"),
		"a placeholder":             text("", `<text:p>Name: <text:placeholder text:placeholder-type="text">&lt;Name eingeben&gt;</text:placeholder></text:p>`, "Name:"),
		"numbers of pages":          {Name: "a.odt", Want: "Text", Content: extracttest.Pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "styles.xml", `<office:document-styles `+extracttest.ODFSpace+`><office:master-styles><style:master-page style:name="Standard"><style:footer><text:p>Seite <text:page-number>3</text:page-number> von <text:page-count>7</text:page-count></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`, "content.xml", `<office:document-content `+extracttest.ODFSpace+`><office:body><office:text><text:p>Text</text:p></office:text></office:body></office:document-content>`)},
		"a list that begins later":  text("", `<text:list><text:list-item text:start-value="4"><text:p>Prüfung</text:p></text:list-item><text:list-item><text:p>Freigabe</text:p></text:list-item></text:list>`, "- Prüfung\n- Freigabe"),
		"a struck heading":          text(`<style:style style:name="weg" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>`, `<text:h text:outline-level="1"><text:span text:style-name="weg">Alt</text:span> Neu</text:h><text:p>Text</text:p>`, "# 1 Neu\nText", "struck text 1"),
		"set high in percent":       text(`<style:style style:name="h" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>`, `<text:p>500 Euro<text:span text:style-name="h">1</text:span>, 20 m<text:span text:style-name="h">2</text:span></text:p>`, "500 Euro ¹, 20 m²"),
		"a note at the end":         text("", `<text:p>Text<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>Siehe Anlage.</text:p></text:note-body></text:note></text:p>`, "Text\n~ Siehe Anlage."),
		"a date over two rows":      text("", `<table:table>`+row("", cell("", "Amt"), cell("", "Stichtag"))+row("", cell("", "Bau"), cell(`table:number-rows-spanned="2"`, "31.12.2025"))+row("", cell("", "Schule"), `<table:covered-table-cell/>`)+`</table:table>`, "| Amt | Stichtag\n| Bau | 31.12.2025 || Amt | Stichtag\n| Schule | 31.12.2025 || Amt | Stichtag"),
		"a number, German":          value(`office:value-type="float" office:value="1234.5"`, "1234,5"),
		"money":                     value(`office:value-type="currency" office:currency="EUR" office:value="1234.5"`, "1.234,50 €"),
		"money of elsewhere":        value(`office:value-type="currency" office:currency="CHF" office:value="12"`, "12,00 CHF"),
		"a share":                   value(`office:value-type="percentage" office:value="0.125"`, "12,5 %"),
		"a truth":                   value(`office:value-type="boolean" office:boolean-value="true"`, "WAHR"),
		"a span of time":            value(`office:value-type="time" office:time-value="PT07H30M00S"`, "07:30"),
		"a day and its hour":        value(`office:value-type="date" office:date-value="2025-03-01T09:30:00"`, "01.03.2025 09:30"),
		"rows that a filter hides":  sheet(row(`table:visibility="filter"`, cell("", "Bau"), cell("", "x")), "| Amt | Wert\n| Bau | x || Amt | Wert", "filtered rows 1"),
		"several lines in one cell": sheet(row("", cell("", "Bau</text:p><text:p>Tief"), cell("", "x")), "| Amt | Wert\n| Bau Tief | x || Amt | Wert"),
		"a note to a cell":          sheet(row("", `<table:table-cell><office:annotation><text:p>stimmt das?</text:p></office:annotation><text:p>Bau</text:p></table:table-cell>`, cell("", "x")), "| Amt | Wert\n| Bau | x || Amt | Wert"),
	})
}
