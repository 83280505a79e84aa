package office_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestSheetsShowTheSameElsewhere looks at what people see in other places than
// [TestSheetsShowWhatPeopleSee] does: shared texts, columns, charts, other sheets.
func TestSheetsShowTheSameElsewhere(t *testing.T) {
	t.Parallel()
	sheet := func(before, rows, behind, want string, remarks ...string) extracttest.Case {
		file := book(t, rows, behind)
		if before != "" {
			file = extracttest.Repack(t, file, "xl/worksheets/sheet1.xml", "<sheetData>", before+"<sheetData>")
		}
		return extracttest.Case{Name: "a.xlsx", Content: file, Want: want, Remarks: append([]string{}, remarks...)}
	}
	head := rowOf(1, "", "Amt", "Fach", "Tage")
	two := head + rowOf(2, "", "Bau", "Tief", "drei")
	drawn := func(chart string) string {
		return extracttest.Office(t, "word/document.xml", "wordprocessingml.document",
			"word/document.xml", `<w:document `+extracttest.WordSpace+` xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><w:body><w:p><w:r><w:drawing><c:chart r:id="c1"/></w:drawing></w:r></w:p></w:body></w:document>`,
			"word/_rels/document.xml.rels", extracttest.Relationships("c1", "chart", "charts/chart1.xml"), "word/charts/chart1.xml", chart)
	}
	chart := `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Kosten</c:v></c:pt></c:strCache></c:strRef></c:tx>` +
		`<c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>Bau</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>#,##0.00\ "€"</c:formatCode><c:pt idx="0"><c:v>1234.5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`
	dated := strings.NewReplacer("<c:strRef><c:strCache><c:pt idx=\"0\"><c:v>Bau</c:v></c:pt></c:strCache></c:strRef></c:cat>", `<c:numRef><c:numCache><c:formatCode>dd\.mm\.yyyy</c:formatCode><c:pt idx="0"><c:v>45352</c:v></c:pt></c:numCache></c:numRef></c:cat>`, `#,##0.00\ "€"`, "General").Replace(chart)
	extracttest.Check(t, map[string]extracttest.Case{
		"hidden columns":            sheet(`<cols><col min="2" max="2" hidden="1"/></cols>`, two, "", "| Amt | | Tage\n| Bau | | drei || Amt |  | Tage", "hidden columns 1"),
		"folded columns":            sheet(`<cols><col min="2" max="2" hidden="1" outlineLevel="1"/></cols>`, two, "", "| Amt | Fach | Tage\n| Bau | Tief | drei || Amt | Fach | Tage", "folded columns 1"),
		"columns of no width":       sheet(`<cols><col min="2" max="2" width="0" customWidth="1"/></cols>`, two, "", "| Amt | | Tage\n| Bau | | drei || Amt |  | Tage", "hidden columns 1"),
		"hidden columns left empty": sheet(`<cols><col min="9" max="16384" hidden="1"/></cols>`, two, "", "| Amt | Fach | Tage\n| Bau | Tief | drei || Amt | Fach | Tage"),
		"rows of no height":         sheet("", head+rowOf(2, `ht="0" customHeight="1"`, "Bau", "Tief", "drei"), "", "| Amt | Fach | Tage", "hidden rows 1"),
		"rows hidden unless said":   sheet(`<sheetFormatPr zeroHeight="1"/>`, rowOf(1, `hidden="0"`, "Amt", "Fach", "Tage")+rowOf(2, `hidden="0"`, "Bau", "Tief", "drei"), "", "| Amt | Fach | Tage\n| Bau | Tief | drei || Amt | Fach | Tage"),
		"an advanced filter":        sheet(`<sheetPr filterMode="1"/>`, head+rowOf(2, `hidden="1"`, "Bau", "Tief", "drei"), "", "| Amt | Fach | Tage\n| Bau | Tief | drei || Amt | Fach | Tage", "filtered rows 1"),
		"a filter that sorts":       sheet("", head+rowOf(2, `hidden="1"`, "Bau", "Tief", "drei"), `<autoFilter ref="A1:C9"><extLst/><filterColumn colId="0"/></autoFilter>`, "| Amt | Fach | Tage\n| Bau | Tief | drei || Amt | Fach | Tage", "filtered rows 1"),
		"merged with text in hiding": sheet("", head+rowOf(2, "", "Bau", "Tief", "drei")+rowOf(3, "", "Alt", "Hoch", "vier"), `<mergeCells><mergeCell ref="A2:A3"/></mergeCells>`,
			"| Amt | Fach | Tage\n| Bau | Tief | drei || Amt | Fach | Tage\n| Bau | Hoch | vier || Amt | Fach | Tage"),
		"merged by both ways":          sheet("", head+rowOf(2, "", "Bau", "", "drei")+rowOf(3, "", "", "", "vier"), `<mergeCells count="1"><mergeCell ref="A2:B3"/></mergeCells>`, "| Amt | Fach | Tage\n| Bau | Bau | drei || Amt | Fach | Tage\n| Bau | Bau | vier || Amt | Fach | Tage"),
		"a formula of texts":           sheet("", head+`<row r="2"><c r="A2" t="str"><f>A1</f><v>Bau</v></c><c r="B2" t="str"><f>B1</f></c><c r="C2"><f>1</f><v>3</v></c></row>`, "", "| Amt | Fach | Tage\n| Bau | | 3 || Amt | Fach | Tage"),
		"a shared formula":             sheet("", head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="B2"><f t="shared" si="0"/></c><c r="C2"><f t="array" ref="C2">SUM(1)</f></c></row>`, "", "| Amt | Fach | Tage\n| Bau || Amt | Fach | Tage", "formula without value 2"),
		"empty cells to the last one":  sheet("", head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="XFD2" s="0"/></row>`, "", "| Amt | Fach | Tage\n| Bau || Amt | Fach | Tage"),
		"texts in place without one":   sheet("", head+`<row r="2"><c r="A2" t="inlineStr"><v>Bau</v></c><c r="B2" t="inlineStr"/><c r="C2"><v>5</v></c></row>`, "", "| Amt | Fach | Tage\n| Bau | | 5 || Amt | Fach | Tage"),
		"bad types of cells":           sheet("", head+`<row r="x"><c r="A2" t=""><v>3</v></c><c r="B2" t="zz"><v>4</v></c><c r="C2" s="99"><v>5</v></c></row>`, "", "| Amt | Fach | Tage\n| 3 | 4 | 5 || Amt | Fach | Tage"),
		"a tick of a symbol font":      {Name: "a.xlsx", Content: book(t, head+`<row r="2"><c r="A2" t="inlineStr"><is><r><rPr><rFont val="Wingdings"/></rPr><t>þ</t></r><r><t> ja</t></r></is></c><c r="B2" t="inlineStr"><is><t>x</t></is></c></row>`, ""), Want: "| Amt | Fach | Tage\n| ☒ ja | x || Amt | Fach | Tage"},
		"a chart with money":           {Name: "a.docx", Content: drawn(chart), Want: "| | Kosten\n| Bau | 1.234,50 € || | Kosten"},
		"a chart with days":            {Name: "a.docx", Content: drawn(dated), Want: "| | Kosten\n| 01.03.2024 | 1234,5 || | Kosten"},
		"a percentage as a fraction":   {Name: "a.docx", Content: drawn(strings.Replace(chart, `#,##0.00\ "€"`, "0%", 1)), Has: []string{"123450%"}},
		"an uncommon name of the part": {Name: "a.xlsx", Content: extracttest.Repack(t, book(t, two, ""), "xl/_rels/workbook.xml.rels", `Target="worksheets/sheet1.xml"`, `Target="/xl/worksheets/sheet1.xml"`), Want: "| Amt | Fach | Tage\n| Bau | Tief | drei || Amt | Fach | Tage"},
	})
}
