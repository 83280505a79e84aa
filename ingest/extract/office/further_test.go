package office_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestOfficeFilesShowTheirSmallThings looks at what is small on the page and changes
// what is read: signs at line ends, counted paragraphs, deleted rows, notes to cells.
func TestOfficeFilesShowTheirSmallThings(t *testing.T) {
	t.Parallel()
	p := func(content string) string { return extracttest.Para("", content) }
	cell := func(text string) string { return extracttest.Cell("", text) }
	doc := func(body, lines string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.docx", Content: extracttest.Word(t, body), Want: lines, Remarks: append([]string{}, remarks...)}
	}
	counted := func(levels string, lines string, body ...string) extracttest.Case {
		all := ""
		for _, b := range body {
			all += b
		}
		return extracttest.Case{Name: "a.docx", Want: lines, Content: extracttest.Word(t, all, "word/numbering.xml",
			`<w:numbering `+extracttest.WordSpace+`><w:abstractNum w:abstractNumId="9">`+levels+`</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num></w:numbering>`)}
	}
	level := func(n, kind, text string) string {
		return `<w:lvl w:ilvl="` + n + `"><w:start w:val="1"/><w:numFmt w:val="` + kind + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	np := extracttest.NumberedPara
	sheet := func(rows, behind, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.xlsx", Content: book(t, rows, behind), Want: want, Remarks: append([]string{}, remarks...)}
	}
	one := func(cell, format, want string) extracttest.Case {
		file := book(t, rowOf(1, "", "Wert", "Form")+`<row r="2"><c r="A2" s="1"`+cell+`</c><c r="B2" t="inlineStr"><is><t>x</t></is></c></row>`, "", format)
		return extracttest.Case{Name: "a.xlsx", Content: file, Want: "| Wert | Form\n| " + want + " | x || Wert | Form"}
	}
	slide := func(shapes, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.pptx", Content: deck(t, shapes, nil), Want: want, Remarks: append([]string{}, remarks...)}
	}
	points := func(props ...string) string {
		out := `<p:sp><p:nvSpPr><p:cNvPr id="1"/><p:nvPr/></p:nvSpPr><p:spPr>` + at(1, 1, 8, 5) + `</p:spPr><p:txBody>`
		for i := 0; i < len(props); i += 2 {
			out += `<a:p><a:pPr>` + props[i] + `</a:pPr><a:r><a:t>` + props[i+1] + `</a:t></a:r></a:p>`
		}
		return out + `</p:txBody></p:sp>`
	}
	head := rowOf(1, "", "Amt", "Frist")
	extracttest.Check(t, map[string]extracttest.Case{
		"hyphens of their own":         doc(p(`<w:r><w:t>E</w:t><w:noBreakHyphen/><w:t>Mail, Verwal</w:t><w:softHyphen/><w:t>tung</w:t></w:r>`), "E-Mail, Verwaltung"),
		"ligatures":                    doc(p(run("", "Die Zerti\ufb01zierung scha\ufb00t Au\ufb02age.")), "Die Zertifizierung schafft Auflage."),
		"tabs and breaks":              doc(p(`<w:r><w:t>Az:</w:t><w:tab/><w:t>12/24</w:t><w:br/><w:t>Datum:</w:t><w:ptab/><w:t>heute</w:t><w:cr/><w:t>Ende</w:t></w:r>`), "Az: 12/24 / Datum: heute / Ende"),
		"a row that was deleted":       doc(tableOf("", cell("Amt")+cell("Frist"), `<w:trPr><w:del w:id="1"/></w:trPr>`+cell("Bau")+cell("alt"), cell("Bau")+cell("neu")), "| Amt | Frist\n| Bau | neu || Amt | Frist"),
		"a cell that was deleted":      doc(tableOf("", cell("Amt")+cell("Frist"), cell("Bau")+extracttest.Cell(`<w:cellDel w:id="1"/>`, "alt")), "| Amt | Frist\n| Bau | || Amt | Frist"),
		"a word with its reading":      doc(p(`<w:r><w:ruby><w:rt><w:r><w:t>Lesart</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>Wort</w:t></w:r></w:rubyBase></w:ruby></w:r>`), "Wort"),
		"an empty form field":          doc(p(run("", "Name: ")+fieldOf(instruction("FORMTEXT"), "\u2002\u2002\u2002\u2002\u2002")), "Name:"),
		"page numbers of a foot":       {Name: "a.docx", Want: "Text", Content: extracttest.Word(t, p(run("", "Text"))+`<w:sectPr><w:footerReference r:id="r6"/></w:sectPr>`, "word/footer1.xml", `<w:ftr `+extracttest.WordSpace+`>`+p(run("", "Seite ")+fieldOf(instruction("PAGE"), "3")+run("", " von ")+fieldOf(instruction("NUMPAGES"), "7"))+`</w:ftr>`)},
		"a date in merged cells":       doc(tableOf("", cell("Amt")+cell("Stichtag"), cell("Bau")+extracttest.Cell(`<w:vMerge w:val="restart"/>`, "31.12.2025"), cell("Schule")+extracttest.Cell(`<w:vMerge/>`, "")), "| Amt | Stichtag\n| Bau | 31.12.2025 || Amt | Stichtag\n| Schule | 31.12.2025 || Amt | Stichtag"),
		"words from right to left":     doc(p(`<w:r><w:rPr><w:rtl/></w:rPr><w:t>שלום</w:t></w:r><w:r><w:t xml:space="preserve"> heißt Frieden</w:t></w:r>`), "שלום heißt Frieden"),
		"paragraphs counted in words":  counted(level("0", "decimal", "Art. %1")+level("1", "lowerRoman", "(%2)"), "- Art. 1 Zweck\n  - (i) eins\n  - (ii) zwei\n- Art. 2 Frist", np("9", "0", "Zweck"), np("9", "1", "eins"), np("9", "1", "zwei"), np("9", "0", "Frist")),
		"numbers with a nought":        counted(level("0", "decimalZero", "%1."), "01. eins\n02. zwei", np("9", "0", "eins"), np("9", "0", "zwei")),
		"points of two letters":        counted(level("0", "upperLetter", "%1.")+level("1", "decimal", "%1.%2"), "A. eins\n  - A.1 zwei", np("9", "0", "eins"), np("9", "1", "zwei")),
		"a note in a cell":             {Name: "a.docx", Want: "| Amt | Frist\n| Bau | drei Tage || Amt | Frist\n~ Siehe Anlage.", Content: extracttest.Word(t, tableOf("", cell("Amt")+cell("Frist"), cell("Bau")+`<w:tc>`+p(run("", "drei Tage")+`<w:r><w:footnoteReference w:id="2"/></w:r>`)+`</w:tc>`))},
		"a postcode":                   one("><v>1067</v>", `00000`, "01067"),
		"a number of a phone":          one("><v>22180965</v>", `0000\ 0000`, "2218 0965"),
		"an empty sign in a number":    one("><v>22180965</v>", `00[$-407]00\ 00""00`, "2218 0965"),
		"a group that stays empty":     one("><v>-65</v>", `##\ ##\-00`, "- -65"),
		"a short day":                  one("><v>45352</v>", `d/m/yy`, "1.3.24"),
		"a weekday alone":              one("><v>45352</v>", `ddd`, "Fr"),
		"a quarter of an hour":         one("><v>0.010416666666666666</v>", `h:mm`, "0:15"),
		"minutes above an hour":        one("><v>0.0625</v>", `[mm]:ss`, "90:00"),
		"a debt in brackets":           one("><v>-1234.5</v>", `#,##0.00_);(#,##0.00)`, "(1.234,50)"),
		"thousands cut":                one("><v>1234567</v>", `#,##0,"T€"`, "1.235T€"),
		"a text with a sign":           one(` t="str"><v>Bau</v>`, `"Amt: "@`, "Amt: Bau"),
		"struck in a part of a cell":   sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="B2" t="inlineStr"><is><r><rPr><strike/></rPr><t xml:space="preserve">zwei </t></r><r><t>vier Wochen</t></r></is></c></row>`, "", "| Amt | Frist\n| Bau | vier Wochen || Amt | Frist", "struck text 1"),
		"raised in a part of a cell":   sheet(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>Bau</t></is></c><c r="B2" t="inlineStr"><is><r><t>500 Euro</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c></row>`, "", "| Amt | Frist\n| Bau | 500 Euro ¹ || Amt | Frist"),
		"ligatures in a cell":          sheet(head+rowOf(2, "", "Zerti\ufb01zierung", "x"), "", "| Amt | Frist\n| Zertifizierung | x || Amt | Frist"),
		"a box of symbols in a cell":   sheet(head+rowOf(2, "", "☑ Bau", "☐ ja"), "", "| Amt | Frist\n| ☑ Bau | ☐ ja || Amt | Frist"),
		"points of symbols on a slide": slide(points(`<a:buFont typeface="Wingdings"/><a:buChar char="þ"/>`, "ja", `<a:buFont typeface="Wingdings"/><a:buChar char="q"/>`, "nein"), "☒ ja\n- nein"),
		"points of symbols":            counted(`<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0FE;"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0A8;"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>`, "☒ ja\n  - nein", np("9", "0", "ja"), np("9", "1", "nein")),
		"counted points on a slide":    slide(points(`<a:buAutoNum type="arabicPeriod"/>`, "Antrag", `<a:buAutoNum type="arabicPeriod"/>`, "Prüfung", `<a:buAutoNum type="alphaLcParenR" startAt="3"/>`, "Bescheid"), "1. Antrag\n2. Prüfung\nc) Bescheid"),
		"lines and tabs on a slide":    slide(`<p:sp><p:nvSpPr><p:cNvPr id="1"/><p:nvPr/></p:nvSpPr><p:spPr>`+at(1, 1, 8, 5)+`</p:spPr><p:txBody><a:p><a:r><a:t>Frist</a:t></a:r><a:br/><a:r><a:t>drei&#9;Tage, Verwal&#173;tung</a:t></a:r></a:p></p:txBody></p:sp>`, "Frist / drei Tage, Verwaltung"),
	})
}
