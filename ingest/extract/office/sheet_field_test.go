package office_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// book is a workbook of one sheet: its cells in rows, what stands behind them,
// and the number formats of its styles from 1.
func book(t *testing.T, rows, behind string, formats ...string) string {
	t.Helper()
	var codes, xfs strings.Builder
	for i, code := range formats {
		id := fmt.Sprint(200 + i)
		if builtin, ok := strings.CutPrefix(code, "built in "); ok {
			id = builtin
		} else {
			fmt.Fprintf(&codes, `<numFmt numFmtId="%s" formatCode="%s"/>`, id, strings.NewReplacer(`&`, "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace(code))
		}
		fmt.Fprintf(&xfs, `<xf numFmtId="%s"/>`, id)
	}
	return extracttest.Office(t, "xl/workbook.xml", "spreadsheetml.sheet",
		"xl/workbook.xml", `<workbook `+extracttest.SheetSpace+`><sheets><sheet name="Tabelle1" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", extracttest.Relationships("r1", "worksheet", "worksheets/sheet1.xml", "r4", "styles", "styles.xml"),
		"xl/styles.xml", `<styleSheet `+extracttest.SheetSpace+`><numFmts>`+codes.String()+`</numFmts><fonts><font/><font><strike/></font></fonts><cellXfs><xf numFmtId="0"/>`+xfs.String()+`<xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml", `<worksheet `+extracttest.SheetSpace+`><sheetData>`+rows+`</sheetData>`+behind+`</worksheet>`)
}

// rowOf is a row of texts from column A; empty ones are left out.
func rowOf(number int, attrs string, texts ...string) string {
	out := fmt.Sprintf(`<row r="%d" %s>`, number, attrs)
	for i, text := range texts {
		if text != "" {
			out += fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, number, text)
		}
	}
	return out + "</row>"
}

func TestNumbersAsGermanExcelShowsThem(t *testing.T) {
	t.Parallel()
	tests := []struct{ format, cell, want string }{
		{"General", "<v>1234.5</v>", "1234,5"},
		{"General", "<v>0.1</v>", "0,1"},
		{"General", "<v>12345678901</v>", "12345678901"},
		{"General", "<v>-3</v>", "-3"},
		{"#,##0", "<v>1235</v>", "1.235"},
		{"#,##0.00", "<v>1234567.891</v>", "1.234.567,89"},
		{"#,##0.0#", "<v>2.5</v>", "2,5"},
		{"0.00", "<v>2.675</v>", "2,68"},
		{"0,", "<v>12000</v>", "12"},
		{"0.0%", "<v>-0.125</v>", "-12,5%"},
		{"0 %", "<v>0.5</v>", "50 %"},
		{`#,##0.00 "€";[Red]-#,##0.00 "€"`, "<v>-1234.5</v>", "-1.234,50 €"},
		{`#,##0.00\ [$EUR];(#,##0.00\ [$EUR])`, "<v>-5</v>", "(5,00 EUR)"},
		{`0;-0;"keine"`, "<v>0</v>", "keine"},
		{`[>=1000]0.0,"Tsd.";0`, "<v>2500</v>", "2,5Tsd."},
		{`"Nr. "000`, "<v>7</v>", "Nr. 007"},
		{"00000", "<v>1067</v>", "01067"},
		{"# ?/?", "<v>2.25</v>", "2 1/4"},
		{"0.00E+00", "<v>0.00012</v>", "1,20E-04"},
		{"built in 3", "<v>1234.5</v>", "1.235"},
		{"built in 4", "<v>1234.5</v>", "1.234,50"},
		{"built in 8", "<v>-2</v>", "-2,00 €"},
		{"built in 9", "<v>0.25</v>", "25%"},
		{"built in 14", "<v>45352</v>", "01.03.2024"},
		{"built in 15", "<v>45352</v>", "01. Mrz 24"},
		{"built in 17", "<v>45352</v>", "Mrz 24"},
		{"built in 20", "<v>0.375</v>", "09:00"},
		{"built in 22", "<v>45352.75</v>", "01.03.2024 18:00"},
		{"built in 44", "<v>1234.5</v>", "1.234,50 €"},
		{"built in 46", "<v>1.5</v>", "36:00:00"},
		{"d. mmmm yyyy", "<v>45352</v>", "1. März 2024"},
		{"[$-407]dddd, d. mmm", "<v>45352</v>", "Freitag, 1. Mrz"},
		{"mm/dd/yyyy", "<v>45352</v>", "03.01.2024"},
		{"hh:mm AM/PM", "<v>0.75</v>", "06:00 PM"},
		{"m:ss", "<v>0.0423611</v>", "1:00"},
		{"[h]:mm", "<v>2.5</v>", "60:00"},
		{"dd.mm.yyyy", "<v>-1</v>", "-1"},
		{"dd.mm.yyyy", "<v>1</v>", "01.01.1900"},
		{`"ab "@`, `t="str"><v>heute</v>`, "ab heute"},
		{";;;", "<v>99</v>", ""},
		{"General", `t="b"><v>1</v>`, "WAHR"},
		{"General", `t="b"><v>0</v>`, "FALSCH"},
		{"General", `t="e"><v>#N/A</v>`, "#NV"},
		{"General", `t="d"><v>2024-03-01T00:00:00</v>`, "01.03.2024"},
		{"General", `t="d"><v>2024-03-01T08:30:00</v>`, "01.03.2024 08:30"},
		{"d. mmm yy", `t="d"><v>2024-03-01</v>`, "1. Mrz 24"},
		{"General", `t="str"><v>a_x000D_b</v>`, "ab"},
	}
	for _, test := range tests {
		cell := test.cell
		if !strings.HasPrefix(cell, "<") {
			cell = " " + cell
		} else {
			cell = ">" + cell
		}
		file := book(t, rowOf(1, "", "Wert", "Form")+`<row r="2"><c r="A2" s="1"`+cell+`</c><c r="B2" t="inlineStr"><is><t>x</t></is></c></row>`, "", test.format)
		want := strings.TrimSpace("| " + test.want + " | x || Wert | Form")
		if test.want == "" {
			want = "| | x || Wert | Form"
		}
		extracttest.Check(t, map[string]extracttest.Case{test.format + " " + test.cell: {Name: "a.xlsx", Content: file, Want: "| Wert | Form\n" + want}})
	}
}

func TestSheetsShowWhatPeopleSee(t *testing.T) {
	t.Parallel()
	merged := func(refs ...string) string {
		return `<mergeCells><mergeCell ref="` + strings.Join(refs, `"/><mergeCell ref="`) + `"/></mergeCells>`
	}
	sheet := func(rows, behind, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.xlsx", Content: book(t, rows, behind), Want: want, Remarks: append([]string{}, remarks...)}
	}
	head := rowOf(1, "", "Amt", "Fach", "Tage")
	filter := `<autoFilter ref="A1:C9"><filterColumn colId="0"/></autoFilter>`
	extracttest.Check(t, map[string]extracttest.Case{
		"merged down":            sheet(head+rowOf(2, "", "Bau", "Tief", "3")+rowOf(3, "", "", "Hoch", "4")+rowOf(4, "", "", "", ""), merged("A2:A4"), "| Amt | Fach | Tage\n| Bau | Tief | 3 || Amt | Fach | Tage\n| Bau | Hoch | 4 || Amt | Fach | Tage"),
		"merged across":          sheet(head+rowOf(2, "", "Bau", "", "3"), merged("A2:B2"), "| Amt | Fach | Tage\n| Bau | Bau | 3 || Amt | Fach | Tage"),
		"a title over all":       sheet(rowOf(1, "", "Fristen 2025")+rowOf(2, "", "Amt", "Tage")+rowOf(3, "", "Bau", "3"), merged("A1:C1"), "Fristen 2025\n| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"a header of two rows":   sheet(rowOf(1, "", "Amt", "Kosten")+rowOf(2, "", "", "Plan", "Ist")+rowOf(3, "", "Bau", "3", "4"), merged("A1:A2", "B1:C1"), "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"a header, not merged":   sheet(rowOf(1, "", "Amt", "Kosten")+rowOf(2, "", "", "Plan", "Ist")+rowOf(3, "", "Bau", "3", "4"), merged("B1:C1"), "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"behind a filter":        sheet(head+rowOf(2, `hidden="1"`, "Bau", "Tief", "3"), filter, "| Amt | Fach | Tage\n| Bau | Tief | 3 || Amt | Fach | Tage", "filtered rows 1"),
		"folded up":              sheet(head+rowOf(2, `hidden="1" outlineLevel="1"`, "Bau", "Tief", "3"), "", "| Amt | Fach | Tage\n| Bau | Tief | 3 || Amt | Fach | Tage", "folded rows 1"),
		"hidden by hand":         sheet(head+rowOf(2, `hidden="1"`, "Bau", "Tief", "3"), `<autoFilter ref="A1:C9"/>`, "| Amt | Fach | Tage", "hidden rows 1"),
		"formulas without value": sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Summe</t></is></c><c r="B2"><f>SUM(A1)</f></c><c r="C2"><f>1+1</f><v></v></c></row>`, "", "| Amt | Fach | Tage\n| Summe || Amt | Fach | Tage", "formula without value 2"),
		"bad attributes":         sheet(head+`<row r="2"><c r="A2" s="" t="inlineStr"><is><t>Bau</t></is></c><c r="" s="x"><v>3</v></c><c r="C2" s="-1"><v>4</v></c></row>`, "", "| Amt | Fach | Tage\n| Bau | 3 | 4 || Amt | Fach | Tage"),
		"empty rows to the end":  sheet(head+rowOf(2, "", "Bau", "Tief", "3")+`<row r="1048576"><c r="A1048576"/></row>`, "", "| Amt | Fach | Tage\n| Bau | Tief | 3 || Amt | Fach | Tage"),
		"struck cells and words": sheet(head+`<row r="2"><c r="A2" s="1" t="inlineStr"><is><t>alt</t></is></c><c r="B2" t="inlineStr"><is><r><rPr><strike/></rPr><t>alt</t></r><r><t>neu</t></r></is></c><c r="C2"><v>3</v></c></row>`, "", "| Amt | Fach | Tage\n| | neu | 3 || Amt | Fach | Tage", "struck text 2"),
		"a note's sign":          sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><r><t>Bau</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c><c r="C2"><v>3</v></c></row>`, "", "| Amt | Fach | Tage\n| Bau ¹ | | 3 || Amt | Fach | Tage"),
	})
}

// TestUniformSheetsAreNoBombs reads sheets that pack better than most, under
// names as programs on Windows wrote them.
func TestUniformSheetsAreNoBombs(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	for i := range 40_000 {
		rows.WriteString(rowOf(i+1, "", "Antrag", "nein", "nein"))
	}
	file := book(t, rows.String(), "")
	extracttest.Check(t, map[string]extracttest.Case{
		"uniform rows": {Name: "a.xlsx", Content: file, Has: []string{"| Antrag | nein | nein"}},
		"backslashes": {Name: "a.xlsx", Want: "| Amt | Tag\n| Bau | 3 || Amt | Tag", Content: extracttest.Pack(t,
			`[Content_Types].xml`, `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
			`_rels\.rels`, extracttest.Relationships("r1", "officeDocument", "xl/workbook.xml"),
			`xl\workbook.xml`, `<workbook `+extracttest.SheetSpace+`><sheets><sheet name="Tabelle1" sheetId="1" r:id="r1"/></sheets></workbook>`,
			`xl\_rels\workbook.xml.rels`, extracttest.Relationships("r1", "worksheet", "worksheets/sheet1.xml"),
			`xl\worksheets\sheet1.xml`, `<worksheet `+extracttest.SheetSpace+`><sheetData>`+rowOf(1, "", "Amt", "Tag")+rowOf(2, "", "Bau", "3")+`</sheetData></worksheet>`)},
	})
}
