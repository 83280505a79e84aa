package office_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// run is a run with properties.
func run(props, text string) string {
	return `<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func fieldChar(kind, settings string) string {
	return `<w:r><w:fldChar w:fldCharType="` + kind + `">` + settings + `</w:fldChar></w:r>`
}

func instruction(text string) string {
	return `<w:r><w:instrText xml:space="preserve"> ` + text + ` </w:instrText></w:r>`
}

// fieldOf is a field with an instruction, which may hold fields, and its result.
func fieldOf(inner, result string) string {
	return fieldChar("begin", "") + inner + fieldChar("separate", "") + run("", result) + fieldChar("end", "")
}

func formFieldOf(name, settings string) string {
	return fieldChar("begin", "<w:ffData>"+settings+"</w:ffData>") + instruction(name) + fieldChar("separate", "") + fieldChar("end", "")
}

func prompt(content string) string {
	return `<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>` + content + `</w:sdtContent></w:sdt>`
}

func tableOf(props string, rows ...string) string {
	return `<w:tbl><w:tblPr>` + props + `</w:tblPr><w:tr>` + strings.Join(rows, "</w:tr><w:tr>") + `</w:tr></w:tbl>`
}

func TestWordShowsWhatPeopleSee(t *testing.T) {
	t.Parallel()
	word := func(body string, parts ...string) string { return extracttest.Word(t, body, parts...) }
	p := func(content string) string { return extracttest.Para("", content) }
	styled := extracttest.Para
	cell := func(text string) string { return extracttest.Cell("", text) }
	first := `<w:tblLook w:val="04A0" w:firstRow="1"/>`
	deleted := func(text string) string {
		return `<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>` + run("", text) + `</w:p>`
	}
	framed := func(frame, text string) string {
		return `<w:p><w:pPr><w:framePr ` + frame + `/></w:pPr>` + run("", text) + `</w:p>`
	}
	bold := func(size, text string) string {
		return `<w:p>` + run(`<w:b/><w:sz w:val="`+size+`"/>`, text) + `</w:p>`
	}
	doc := func(body string) extracttest.Case { return extracttest.Case{Name: "a.docx", Content: word(body)} }
	want := func(c extracttest.Case, lines string, remarks ...string) extracttest.Case {
		c.Want, c.Remarks = lines, append([]string{}, remarks...)
		return c
	}
	conditional := fieldOf(instruction(`IF`)+fieldOf(instruction("MERGEFIELD Anrede"), "Herr")+instruction(`= "Herr" "Sehr geehrter" "Sehr geehrte"`), "Sehr geehrter")
	sum := fieldOf(instruction("=")+fieldOf(instruction("PAGE"), "2")+instruction("+ 1"), "3")
	extracttest.Check(t, map[string]extracttest.Case{
		"a field within an instruction":  want(doc(p(conditional+run("", " Herr Muster,"))), "Sehr geehrter Herr Muster,"),
		"three fields within each other": want(doc(p(fieldOf(instruction("IF")+conditional+instruction("= 1"), "ja")+run("", " gilt"))), "ja gilt"),
		"a field computed in a row":      want(doc(tableOf("", cell("Blatt")+extracttest.Cell("", "x"), `<w:tc><w:p>`+sum+`</w:p></w:tc>`+cell("y"))), "| Blatt | x\n| 3 | y || Blatt | x"),
		"a field in the foot of pages":   want(doc(p(run("", "Text"))+`<w:sectPr><w:footerReference r:id="r5"/></w:sectPr>`), "Text\n~ Regionalverband"),
		"a field that ends never":        want(doc(p(fieldChar("begin", "")+instruction("IF"))+p(run("", "Danach"))), "Danach"),
		"boxes to tick":                  want(doc(p(formFieldOf("FORMCHECKBOX", "<w:checkBox><w:default w:val=\"1\"/></w:checkBox>")+run("", " ja ")+formFieldOf("FORMCHECKBOX", `<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>`)+run("", " nein"))), "☒ ja ☐ nein"),
		"a list to choose from":          want(doc(p(run("", "Amt: ")+formFieldOf("FORMDROPDOWN", `<w:ddList><w:default w:val="1"/><w:listEntry w:val="Bau"/><w:listEntry w:val="Schule"/></w:ddList>`))), "Amt: Schule"),
		"signs of symbol fonts":          want(doc(p(`<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>`+run("", " ja ")+`<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>`+run("", " nein ")+run(`<w:rFonts w:ascii="Wingdings"/>`, "à")+run("", " weiter"))), "☒ ja ☐ nein → weiter"),
		"a sign of the private area":     want(doc(p(run("", "\uf0e0 weiter"))), "→ weiter"),
		"prompts in a line":              want(doc(p(run("", "Name: ")+prompt(run("", "Klicken Sie hier.")))), "Name:"),
		"prompts as blocks and cells":    want(doc(prompt(p(run("", "Hier tippen")))+tableOf("", cell("Name")+cell("Amt"), `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>`+cell("Name eingeben")+`</w:sdtContent></w:sdt>`+cell("Bau"))), "| Name | Amt\n| | Bau || Name | Amt"),
		"struck words":                   want(doc(p(run("", "Frist: ")+run("<w:strike/>", "zwei ")+run("<w:dstrike/>", "Wochen")+run(`<w:strike w:val="0"/>`, " vier Wochen"))), "Frist: vier Wochen", "struck text 1"),
		"struck words in a cell":         want(doc(tableOf("", cell("Amt")+cell("Frist"), cell("Bau")+`<w:tc><w:p>`+run("<w:strike/>", "alt")+run("", "neu")+`</w:p></w:tc>`)), "| Amt | Frist\n| Bau | neu || Amt | Frist", "struck text 1"),
		"signs set high":                 want(doc(p(run("", "20 m")+run(`<w:vertAlign w:val="superscript"/>`, "2")+run("", ", 300 Euro")+run(`<w:vertAlign w:val="superscript"/>`, "1")+run(`<w:vertAlign w:val="superscript"/>`, "2")+run("", ", § 3 Abs. 1")+run(`<w:position w:val="6"/>`, "4")+run("", ", 10")+run(`<w:vertAlign w:val="superscript"/>`, "-6"))), "20 m², 300 Euro ¹², § 3 Abs. 1 ⁴, 10⁻⁶"),
		"letters set low stay":           want(doc(p(run("", "CO")+run(`<w:vertAlign w:val="subscript"/>`, "2"))), "CO2"),
		"headings made by hand":          want(doc(bold("32", "Reisen im Dienst")+bold("24", "1. Antrag")+p(run("", "Anträge sind zu stellen."))+bold("24", "1.1 Form")+p(run("", "Schriftlich."))), "# Reisen im Dienst\n## 1. Antrag\nAnträge sind zu stellen.\n### 1.1 Form\nSchriftlich."),
		"bold text that is no heading":   want(doc(bold("20", "Bitte beachten")+bold("32", "Dieser Satz ist groß und fett.")+p(run("<w:b/>", "Fett")+run("", " und mager"))), "Bitte beachten\nDieser Satz ist groß und fett.\nFett und mager"),
		"a table in a cell":              want(doc(tableOf(first, cell("Reise")+cell("Wer")+cell("Frist"), cell("Dienst")+`<w:tc>`+tableOf("", cell("Inland")+cell("A"), cell("Ausland")+cell("B"))+`<w:p/></w:tc>`+cell("6 Wochen"))), "| Reise | Wer | Frist\n| Dienst | Inland: A; Ausland: B; | 6 Wochen || Reise | Wer | Frist"),
		"a table that frames tables":     want(doc(tableOf("", `<w:tc>`+tableOf(first, cell("A")+cell("B"), cell("1")+cell("2"))+`<w:p/></w:tc>`+cell("Rand"))), "| A | B\n| 1 | 2 || A | B\nRand"),
		"a header of two rows":           want(doc(tableOf(first, extracttest.Cell(`<w:vMerge w:val="restart"/>`, "Amt")+extracttest.Cell(`<w:gridSpan w:val="2"/>`, "Kosten"), `<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>`+cell("Plan")+cell("Ist"), cell("Bau")+cell("3")+cell("4"))), "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"a drop cap":                     want(doc(framed(`w:dropCap="margin" w:lines="2"`, "V")+p(run("", "erfahren gelten."))), "Verfahren gelten."),
		"a drop cap without text":        want(doc(framed(`w:dropCap="drop"`, "V")), "V"),
		"a deleted mark between":         want(doc(deleted("Die Verar")+deleted("beitung ")+p(run("", "ist untersagt."))), "Die Verarbeitung ist untersagt."),
		"a deleted mark in a cell":       want(doc(tableOf("", cell("a")+cell("b"), `<w:tc>`+deleted("Wort")+`</w:tc>`+cell("c"))), "| a | b\n| Wort | c || a | b"),
		"numbers in the margin":          want(doc(framed(`w:w="500" w:wrap="around"`, "7")+p(run("", "Die Klage ist unbegründet."))), "7 Die Klage ist unbegründet."),
		"a contents field":               want(doc(p(fieldChar("begin", "")+instruction(`TOC \o "1-3"`)+fieldChar("separate", "")+run("", "1 Zweck 3"))+p(run("", "2 Ziel 4")+fieldChar("end", ""))+p(run("", "Text"))), "Text"),
		"a list of figures":              want(doc(styled("AbbVz", "Abbildung 1: Ablauf 3")+p(run("", "Text"))), "Text"),
		"a page joined in": {
			Name: "a.docx", Content: extracttest.WordLinked(t, p(run("", "Davor"))+`<w:altChunk r:id="rC"/>`+p(run("", "Danach")), []string{"rC", "aFChunk", "teil.htm"},
				"word/teil.htm", "<html><body><h1>Teil</h1><p>Der <b>Kern</b>.</p></body></html>"),
			Want: "Davor\n# Teil\nDer Kern.\nDanach",
		},
		"a document joined in": {
			Name: "a.docx", Content: extracttest.WordLinked(t, `<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.docx"}, "word/teil.docx", word(p(run("", "Innen")))),
			Want: "Innen",
		},
		"a mail with a page joined in": {
			Name: "a.docx", Content: extracttest.WordLinked(t, `<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.mht"},
				"word/teil.mht", "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Innen</p>\r\n--x--\r\n"),
			Want: "Innen",
		},
		"something joined in that has no reader": {
			Name: "a.docx", Content: extracttest.WordLinked(t, p(run("", "Davor"))+`<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.rtf"}, "word/teil.rtf", `{\rtf1 Innen}`),
			Want: "Davor", Remarks: []string{"embedded file 1"},
		},
		"files as objects": {
			Name: "a.docx", Content: extracttest.WordLinked(t, p(run("", "Text")), []string{"o1", "package", "embeddings/Blatt.docx", "o2", "oleObject", "embeddings/oleObject1.bin"},
				"word/embeddings/Blatt.docx", word(p(run("", "Innen")))),
			Want: "Text\n= Blatt.docx\nInnen", Remarks: []string{"embedded file 1"},
		},
		"connected shapes": {
			Name: "a.docx", Content: extracttest.WordLinked(t, p(`<w:r><w:drawing><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rD"/></w:drawing></w:r>`),
				[]string{"rD", "diagramData", "diagrams/data1.xml"}, "word/diagrams/data1.xml", diagramOf("Ende", "Anfang", "Mitte", "davon ein Teil")),
			Want: "- Anfang\n- Mitte\n  - davon ein Teil\n- Ende",
		},
	})
}

// diagramOf is a diagram of points whose connections lead from the second to the
// third and the first; the fourth stands below the third.
func diagramOf(points ...string) string {
	out := `<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt modelId="d" type="doc"/>`
	for i, text := range points {
		out += `<dgm:pt modelId="` + string(rune('1'+i)) + `"><dgm:t><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></dgm:t></dgm:pt>`
	}
	return out + `</dgm:ptLst><dgm:cxnLst><dgm:cxn srcId="d" destId="1" srcOrd="2"/><dgm:cxn srcId="d" destId="2" srcOrd="0"/><dgm:cxn srcId="d" destId="3" srcOrd="1"/>` +
		`<dgm:cxn srcId="3" destId="4" srcOrd="0"/><dgm:cxn type="presOf" srcId="4" destId="1"/></dgm:cxnLst></dgm:dataModel>`
}
