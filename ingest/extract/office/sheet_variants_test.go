package office_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestSheetsShowTheSameAsOthersWriteThem looks at workbooks as other programs and
// people write them.
func TestSheetsShowTheSameAsOthersWriteThem(t *testing.T) {
	t.Parallel()
	sheet := func(rows, behind, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.xlsx", Content: book(t, rows, behind), Want: want, Remarks: append([]string{}, remarks...)}
	}
	one := func(cell, format, want string) extracttest.Case {
		file := book(t, rowOf(1, "", "Wert", "Form")+`<row r="2"><c r="A2" s="1"`+cell+`</c><c r="B2" t="inlineStr"><is><t>x</t></is></c></row>`, "", format)
		return extracttest.Case{Name: "a.xlsx", Content: file, Want: "| Wert | Form\n| " + want + " | x || Wert | Form"}
	}
	repack := func(file, part, old, by string) string { return extracttest.Repack(t, file, part, old, by) }
	merged := func(refs ...string) string {
		return `<mergeCells><mergeCell ref="` + strings.Join(refs, `"/><mergeCell ref="`) + `"/></mergeCells>`
	}
	const named = " || Amt | Fach | Tage"
	head := rowOf(1, "", "Amt", "Fach", "Tage")
	two := head + rowOf(2, "", "Bau", "Tief", "drei")
	linked := func(rows, behind string, links []string, parts ...string) string {
		return extracttest.Office(t, "xl/workbook.xml", "spreadsheetml.sheet", append([]string{
			"xl/workbook.xml", `<workbook ` + extracttest.SheetSpace + `><workbookPr date1904="1"/><sheets><sheet name="Tabelle1" sheetId="1" r:id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", extracttest.Relationships("r1", "worksheet", "worksheets/sheet1.xml", "r4", "styles", "styles.xml"),
			"xl/styles.xml", `<styleSheet ` + extracttest.SheetSpace + `><fonts><font/></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
			"xl/worksheets/sheet1.xml", `<worksheet ` + extracttest.SheetSpace + `><sheetData>` + rows + `</sheetData>` + behind + `</worksheet>`,
			"xl/worksheets/_rels/sheet1.xml.rels", extracttest.Relationships(links...),
		}, parts...)...)
	}
	filtered := linked(head+rowOf(2, `hidden="1"`, "Bau", "Tief", "drei"), `<tableParts count="1"><tablePart r:id="t1"/></tableParts>`, []string{"t1", "table", "../tables/table1.xml"},
		"xl/tables/table1.xml", `<table `+extracttest.SheetSpace+` ref="A1:C2"><autoFilter ref="A1:C2"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn></autoFilter></table>`)
	extracttest.Check(t, map[string]extracttest.Case{
		"money of the accounts":            one("><v>1234.5</v>", `_-* #,##0.00\ "€"_-;-* #,##0.00\ "€"_-;_-* "-"??\ "€"_-;_-@_-`, "1.234,50 €"),
		"money, nothing of it":             one("><v>0</v>", `_-* #,##0.00\ "€"_-;-* #,##0.00\ "€"_-;_-* "-"??\ "€"_-;_-@_-`, "- €"),
		"money by its place":               one("><v>1234.5</v>", `#,##0.00\ [$€-407]`, "1.234,50 €"),
		"money before the number":          one("><v>1234.5</v>", `[$€-2]\ #,##0.00`, "€ 1.234,50"),
		"money of a place, in English":     one("><v>1234.5</v>", `[$$-409]#,##0.00`, "$1.234,50"),
		"a price for a measure":            one("><v>12.5</v>", `0.00" €/m²"`, "12,50 €/m²"),
		"a day in long words":              one("><v>45352</v>", `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, "Freitag, 1. März 2024"),
		"a time in long words":             one("><v>0.375</v>", `[$-F400]h:mm:ss\ AM/PM`, "09:00:00"),
		"a day the way of programs":        one("><v>45352</v>", `yyyy\-mm\-dd`, "2024-03-01"),
		"a month of an Austrian place":     one("><v>45292</v>", `[$-C07]mmmm\ yyyy`, "Jänner 2024"),
		"a month and a year":               one("><v>45352</v>", `mmmm\ yyyy`, "März 2024"),
		"a day of a German place":          one("><v>45352</v>", `[$-de-DE]d\.\ mmmm\ yyyy`, "1. März 2024"),
		"a day with its hour":              one("><v>45352.375</v>", `dd/mm/yyyy\ hh:mm`, "01.03.2024 09:00"),
		"hours above a day":                one("><v>1.25</v>", `[h]" Std."`, "30 Std."),
		"a sign for yes and no":            one("><v>1</v>", `"ja";;"nein"`, "ja"),
		"a number as a text":               one(` t="str"><v>007</v>`, "@", "007"),
		"a share with a part":              one("><v>0.125</v>", `0.00%`, "12,50%"),
		"an error of a name":               one(` t="e"><v>#NAME?</v>`, "General", "#NAME?"),
		"an error of a place":              one(` t="e"><v>#REF!</v>`, "General", "#BEZUG!"),
		"an error of a value":              one(` t="e"><v>#VALUE!</v>`, "General", "#WERT!"),
		"a very large number":              one("><v>1.5E+15</v>", "General", "1,5E+15"),
		"a number computed with a rest":    one("><v>0.30000000000000004</v>", "General", "0,3"),
		"days counted from 1904":           {Name: "a.xlsx", Content: linked(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="B2" s="1"><v>43890</v></c><c r="C2" t="inlineStr"><is><t>x</t></is></c></row>`, "", nil), Want: "| Amt | Fach | Tage\n| Bau | 01.03.2024 | x" + named},
		"a filter of a table":              {Name: "a.xlsx", Content: filtered, Want: "| Amt | Fach | Tage\n| Bau | Tief | drei" + named, Remarks: []string{"filtered rows 1"}},
		"merged over a blank row":          sheet(head+rowOf(2, "", "Bau", "Tief", "drei")+rowOf(4, "", "", "Hoch", "vier"), merged("A2:A4"), "| Amt | Fach | Tage\n| Bau | Tief | drei"+named+"\n| Bau | Hoch | vier"+named),
		"merged at the right":              sheet(head+rowOf(2, "", "Bau", "Tief", "drei")+rowOf(3, "", "Schule", "Bau"), merged("C2:C3"), "| Amt | Fach | Tage\n| Bau | Tief | drei"+named+"\n| Schule | Bau | drei"+named),
		"two merged beside each other":     sheet(head+rowOf(2, "", "Bau", "Tief", "drei")+rowOf(3, "", "", "", "vier"), merged("A2:A3", "B2:B3"), "| Amt | Fach | Tage\n| Bau | Tief | drei"+named+"\n| Bau | Tief | vier"+named),
		"a title of two rows":              sheet(rowOf(1, "", "Fristen 2025")+rowOf(3, "", "Amt", "Fach", "Tage")+rowOf(4, "", "Bau", "Tief", "3"), merged("A1:C2"), "Fristen 2025\n| Amt | Fach | Tage\n| Bau | Tief | 3"+named),
		"a header of three rows":           sheet(rowOf(1, "", "Amt", "Kosten")+rowOf(2, "", "", "Plan", "", "Ist")+rowOf(3, "", "", "a", "b", "c")+`<row r="4"><c r="A4" t="inlineStr"><is><t>Bau</t></is></c><c r="B4"><v>1</v></c><c r="C4"><v>2</v></c><c r="D4"><v>3</v></c></row>`, merged("A1:A3", "B1:D1", "B2:C2"), "| Amt | Kosten Plan a | Kosten Plan b | Kosten Ist c\n| Bau | 1 | 2 | 3 || Amt | Kosten Plan a | Kosten Plan b | Kosten Ist c"),
		"a line between tables":            sheet(rowOf(1, "", "Amt", "Tage")+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="B2"><v>3</v></c></row>`+rowOf(4, "", "Fach", "Wochen")+`<row r="5"><c r="A5" t="inlineStr"><is><t>Tief</t></is></c><c r="B5"><v>4</v></c></row>`, "", "| Amt | Tage\n| Bau | 3 || Amt | Tage\n| Fach | Wochen\n| Tief | 4 || Fach | Wochen"),
		"readings beside a word":           sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><r><t>Bau</t></r><rPh sb="0" eb="1"><t>weg</t></rPh></is></c><c r="B2" t="inlineStr"><is><t>Tief</t></is></c><c r="C2" t="inlineStr"><is><t>drei</t></is></c></row>`, "", "| Amt | Fach | Tage\n| Bau | Tief | drei"+named),
		"lines within a cell":              sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">Bau&#10;Tief</t></is></c><c r="C2" t="inlineStr"><is><t>drei</t></is></c></row>`, "", "| Amt | Fach | Tage\n| Bau Tief | | drei"+named),
		"a formula of a constant":          sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="B2"><f>"Tief"</f></c><c r="C2"><f>3</f></c></row>`, "", "| Amt | Fach | Tage\n| Bau"+named, "formula without value 2"),
		"a formula of a cell":              sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="B2"><f>A2</f></c><c r="C2"><f>TODAY()</f></c></row>`, "", "| Amt | Fach | Tage\n| Bau"+named, "formula without value 2"),
		"sheets to the last column":        sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="XFC2"/><c r="XFD2"/></row><row r="1048575"><c r="XFD1048575"/></row>`, "", "| Amt | Fach | Tage\n| Bau"+named),
		"bad numbers of texts":             sheet(head+`<row r="2"><c r="A2" t="s"><v>99</v></c><c r="B2" t="s"><v></v></c><c r="C2" t="inlineStr"><is><t>drei</t></is></c></row>`, "", "| Amt | Fach | Tage\n| | | drei"+named),
		"a place that is not one":          sheet(head+`<row r="2"><c r="?" t="inlineStr"><is><t>Bau</t></is></c><c r="B" t="inlineStr"><is><t>Tief</t></is></c><c r="2" t="inlineStr"><is><t>drei</t></is></c></row>`, "", "| Amt | Fach | Tage\n| Bau | Tief | drei"+named),
		"rows without numbers":             {Name: "a.xlsx", Content: repack(repack(book(t, two, ""), "xl/worksheets/sheet1.xml", `<row r="1" >`, `<row>`), "xl/worksheets/sheet1.xml", `<row r="2" >`, `<row>`), Want: "| Amt | Fach | Tage\n| Bau | Tief | drei" + named},
		"a filter and rows hidden by hand": sheet(head+rowOf(2, `hidden="1"`, "Bau", "Tief", "drei")+rowOf(9, `hidden="1"`, "Alt", "x", "y"), `<autoFilter ref="A1:C3"><filterColumn colId="0"/></autoFilter>`, "| Amt | Fach | Tage\n| Bau | Tief | drei"+named, "filtered rows 1", "hidden rows 1"),
		"a sheet that is very hidden":      {Name: "a.xlsx", Content: repack(extracttest.Workbook(t, "", `<worksheet `+extracttest.SheetSpace+`><sheetData>`+two+`</sheetData></worksheet>`), "xl/workbook.xml", `state="hidden"`, `state="veryHidden"`), Has: []string{"| Bau | Tief | drei"}, Remarks: []string{"hidden sheet 1"}},
	})
}

// TestUniformFilesAreNoBombs reads files of other formats that pack better than
// most, and such with names as programs on Windows wrote them.
func TestUniformFilesAreNoBombs(t *testing.T) {
	t.Parallel()
	line := extracttest.Para("", "Es wurde kein Antrag gestellt.")
	windows := extracttest.Pack(t, `[Content_Types].xml`, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		`_rels\.rels`, extracttest.Relationships("r1", "officeDocument", `word\document.xml`), `word\document.xml`, `<w:document `+extracttest.WordSpace+`><w:body>`+line+`</w:body></w:document>`)
	slides := strings.Repeat(extracttest.Shape("", "", "Es wurde kein Antrag gestellt."), 9000)
	extracttest.Check(t, map[string]extracttest.Case{
		"uniform paragraphs":   {Name: "a.docx", Content: extracttest.Word(t, strings.Repeat(line, 20_000)), Has: []string{"kein Antrag"}},
		"uniform shapes":       {Name: "a.pptx", Content: deck(t, slides, nil), Has: []string{"kein Antrag"}},
		"uniform shared texts": {Name: "a.xlsx", Content: extracttest.Workbook(t, strings.Repeat("<si><t>Es wurde kein Antrag gestellt.</t></si>", 40_000), `<worksheet `+extracttest.SheetSpace+`><sheetData><row r="1"><c r="A1" t="s"><v>1</v></c></row></sheetData></worksheet>`), Has: []string{"kein Antrag"}},
		"backslashes":          {Name: "a.docx", Content: windows, Want: "Es wurde kein Antrag gestellt."},
	})
}
