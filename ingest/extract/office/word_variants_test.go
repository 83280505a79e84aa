package office_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestWordShowsTheSameAsOthersWriteIt looks at what people see where other programs
// and older versions write the same thing in other elements.
func TestWordShowsTheSameAsOthersWriteIt(t *testing.T) {
	t.Parallel()
	p := func(content string) string { return extracttest.Para("", content) }
	cell := func(text string) string { return extracttest.Cell("", text) }
	doc := func(body, lines string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.docx", Content: extracttest.Word(t, body), Want: lines, Remarks: append([]string{}, remarks...)}
	}
	with := func(body, lines, part, content string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.docx", Content: extracttest.Word(t, body, part, content), Want: lines, Remarks: append([]string{}, remarks...)}
	}
	styles := func(more string) string {
		return `<w:styles ` + extracttest.WordSpace + `>` + more + `</w:styles>`
	}
	cellOf := func(content string) string { return `<w:tc>` + content + `</w:tc>` }
	joined := func(body string, links []string, parts ...string) extracttest.Case {
		return extracttest.Case{Name: "a.docx", Content: extracttest.WordLinked(t, body, links, parts...)}
	}
	want := func(c extracttest.Case, lines string, remarks ...string) extracttest.Case {
		c.Want, c.Remarks = lines, append([]string{}, remarks...)
		return c
	}
	const super = `<w:vertAlign w:val="superscript"/>`
	box14 := func(on, inner string) string {
		return `<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="` + on + `"/><w14:checkedState w14:val="00FE" w14:font="Wingdings"/><w14:uncheckedState w14:val="00A8" w14:font="Wingdings"/></w14:checkbox></w:sdtPr><w:sdtContent>` + inner + `</w:sdtContent></w:sdt>`
	}
	sym := func(font, char string) string {
		return `<w:r><w:sym w:font="` + font + `" w:char="` + char + `"/></w:r>`
	}
	text := "Anträge sind schriftlich beim Referat Z2 zu stellen."
	other := "Die Leitung entscheidet innerhalb von vier Wochen darüber."
	extracttest.Check(t, map[string]extracttest.Case{
		"a field in a field, over paragraphs": doc(p(fieldChar("begin", "")+instruction("IF")+fieldOf(instruction("MERGEFIELD a"), "1")+instruction(`= 1 "`))+p(instruction(`ja" "nein"`)+fieldChar("separate", "")+run("", "Ja, es gilt."))+p(run("", "Auch dies.")+fieldChar("end", ""))+p(run("", "Danach.")), "Ja, es gilt.\nAuch dies.\nDanach."),
		"a field in a field, in a prompt":     doc(p(run("", "Az: ")+`<w:sdt><w:sdtContent>`+fieldOf(instruction("REF")+fieldOf(instruction("DOCPROPERTY x"), "y"), "12/24")+`</w:sdtContent></w:sdt>`), "Az: 12/24"),
		"a field in a field, in a link":       doc(p(`<w:hyperlink w:anchor="x">`+fieldOf(instruction("IF")+fieldOf(instruction("PAGE"), "1"), "ja")+`</w:hyperlink>`), "ja"),
		"a field that repeats a mark":         doc(p(run("", "Siehe ")+fieldOf(instruction("REF _Ref1 \\h"), "Abschnitt 3")+run("", ".")), "Siehe Abschnitt 3."),
		"two fields without a result":         doc(p(run("", "Datum")+fieldChar("begin", "")+instruction("DATE")+fieldChar("end", "")+fieldChar("begin", "")+instruction("IF")+fieldOf(instruction("PAGE"), "1")+fieldChar("end", "")+run("", " heute")), "Datum heute"),
		"a box of today, its own signs":       doc(p(box14("1", sym("Wingdings", "F0FE"))+run("", " ja ")+box14("0", sym("Wingdings", "F0A8"))+run("", " nein")), "☒ ja ☐ nein"),
		"a box of today, no sign in it":       doc(p(box14("true", "")+run("", " ja ")+box14("false", "")+run("", " nein")), "☒ ja ☐ nein"),
		"a box of today, around a paragraph":  doc(box14("1", p(run("", "☒")))+p(run("", "Text")), "☒\nText"),
		"a form's box by its size only":       doc(p(formFieldOf("FORMCHECKBOX", `<w:checkBox><w:sizeAuto/></w:checkBox>`)+run("", " nein")), "☐ nein"),
		"a form's list, nothing chosen":       doc(p(run("", "Amt: ")+formFieldOf("FORMDROPDOWN", `<w:ddList><w:listEntry w:val="Bau"/><w:listEntry w:val="Schule"/></w:ddList>`)), "Amt: Bau"),
		"a form's list, by its result":        doc(p(run("", "Amt: ")+formFieldOf("FORMDROPDOWN", `<w:ddList><w:result w:val="1"/><w:listEntry w:val="Bau"/><w:listEntry w:val="Schule"/></w:ddList>`)), "Amt: Schule"),
		"symbols in small letters":            doc(p(sym("wingdings", "f0fe")+run("", " ja ")+sym("Wingdings", "00A8")+run("", " nein ")+sym("Wingdings", "E0")+run("", " weiter")), "☒ ja ☐ nein → weiter"),
		"symbols set for other letters":       doc(p(run(`<w:rFonts w:hAnsi="Wingdings"/>`, "þ")+run("", " ja ")+run(`<w:rFonts w:cs="Wingdings"/>`, "und")), "☒ ja und"),
		"symbols in a link and a note":        doc(p(`<w:hyperlink w:anchor="x">`+sym("Wingdings", "F0E0")+run("", " mehr")+`</w:hyperlink>`), "→ mehr"),
		"a list whose points are boxes":       with(extracttest.NumberedPara("9", "0", "ja"), "- ja", "word/numbering.xml", `<w:numbering `+extracttest.WordSpace+`><w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0A8;"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num></w:numbering>`),
		"a prompt of a date":                  doc(p(run("", "Datum: ")+`<w:sdt><w:sdtPr><w:showingPlcHdr w:val="true"/><w:date/></w:sdtPr><w:sdtContent>`+run("", "Klicken Sie, um ein Datum einzugeben.")+`</w:sdtContent></w:sdt>`), "Datum:"),
		"a prompt that is off":                doc(p(run("", "Datum: ")+`<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/><w:date/></w:sdtPr><w:sdtContent>`+run("", "01.03.2025")+`</w:sdtContent></w:sdt>`), "Datum: 01.03.2025"),
		"a prompt around a row":               doc(tableOf("", cell("Name")+cell("Amt"), cell("Muster")+cell("Bau"))+p(run("", "Ende"))+prompt(tableOf("", cell("Name")+cell("Amt"))), "| Name | Amt\n| Muster | Bau || Name | Amt\nEnde"),
		"a prompt within another":             doc(p(run("", "Name: ")+`<w:sdt><w:sdtContent>`+prompt(run("", "Hier klicken"))+`</w:sdtContent></w:sdt>`), "Name:"),
		"a prompt in a note":                  with(p(run("", "Text")+`<w:r><w:footnoteReference w:id="2"/></w:r>`), "Text\n~ Siehe", "word/footnotes.xml", `<w:footnotes `+extracttest.WordSpace+`><w:footnote w:id="2">`+p(run("", "Siehe ")+prompt(run("", "Quelle eingeben")))+`</w:footnote></w:footnotes>`),
		"struck, and taken back":              with(p(run(`<w:rStyle w:val="Alt"/><w:strike w:val="false"/>`, "gilt ")+run(`<w:dstrike w:val="1"/>`, "nicht")), "gilt", "word/styles.xml", styles(`<w:style w:type="character" w:styleId="Alt"><w:rPr><w:strike/></w:rPr></w:style>`), "struck text 1"),
		"struck by the style it is based on":  with(p(run(`<w:rStyle w:val="B"/>`, "alt ")+run("", "neu")), "neu", "word/styles.xml", styles(`<w:style w:type="character" w:styleId="A"><w:rPr><w:dstrike/></w:rPr></w:style><w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style>`), "struck text 1"),
		"struck fields and boxes":             doc(p(`<w:r><w:rPr><w:strike/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>`+instruction("REF x")+fieldChar("separate", "")+run("<w:strike/>", "alt ")+fieldChar("end", "")+run("", "neu")), "neu", "struck text 1"),
		"struck in an inserted run":           doc(p(`<w:ins w:id="1">`+run("<w:strike/>", "alt ")+run("", "neu")+`</w:ins>`), "neu", "struck text 1"),
		"a struck row of a table":             doc(tableOf("", cell("Amt")+cell("Frist"), cellOf(p(run("<w:strike/>", "Bau")))+cellOf(p(run("<w:strike/>", "alt"))), cell("Bau")+cell("neu")), "| Amt | Frist\n| Bau | neu || Amt | Frist", "struck text 2"),
		"a struck sign of a symbol font":      doc(p(`<w:r><w:rPr><w:strike/></w:rPr><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>`+run("", " neu")), "neu", "struck text 1"),
		"raised by its place in the style":    with(p(run("", "500 Euro")+run(`<w:rStyle w:val="H"/>`, "1")), "500 Euro ¹", "word/styles.xml", styles(`<w:style w:type="character" w:styleId="H"><w:rPr><w:position w:val="8"/></w:rPr></w:style>`)),
		"raised in a text box":                doc(`<w:p><w:r><w:pict><v:textbox><w:txbxContent>`+p(run("", "20 m")+run(super, "3"))+`</w:txbxContent></v:textbox></w:pict></w:r></w:p>`, "20 m³"),
		"raised in an inserted run":           doc(p(run("", "Abs. 2")+`<w:ins w:id="1">`+run(super, "3")+`</w:ins>`+run("", " gilt")), "Abs. 2 ³ gilt"),
		"raised in a link":                    doc(p(run("", "103")+`<w:hyperlink w:anchor="f">`+run(super, "2")+`</w:hyperlink>`+run("", " Fälle")), "103 ² Fälle"),
		"raised behind a field":               doc(p(run("", "Summe ")+fieldOf(instruction("= 1+1"), "2")+run(super, "4")), "Summe 2 ⁴"),
		"raised in parts":                     doc(p(run("", "10")+run(super, "-")+run(super, "6")+run("", " g")), "10⁻⁶ g"),
		"headings by the style Strong":        with(p(run(`<w:rStyle w:val="Fett"/>`, "Antrag"))+p(run("", text))+p(run(`<w:rStyle w:val="Fett"/>`, "Entscheidung"))+p(run("", other)), "# Antrag\n"+text+"\n# Entscheidung\n"+other, "word/styles.xml", styles(`<w:style w:type="character" w:styleId="Fett"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>`)),
		"headings in capitals":                doc(p(run("<w:b/><w:caps/>", "Antrag"))+p(run("", text))+p(run("<w:b/><w:caps/>", "Entscheidung"))+p(run("", other)), "# Antrag\n"+text+"\n# Entscheidung\n"+other),
		"headings underlined":                 doc(p(run(`<w:u w:val="single"/>`, "Antrag"))+p(run("", text))+p(run(`<w:u w:val="single"/>`, "Entscheidung"))+p(run("", other)), "# Antrag\n"+text+"\n# Entscheidung\n"+other),
		"headings by size alone":              doc(p(run(`<w:sz w:val="32"/>`, "Antrag"))+p(run("", text))+p(run(`<w:sz w:val="32"/>`, "Entscheidung"))+p(run("", other)), "# Antrag\n"+text+"\n# Entscheidung\n"+other),
		"headings in several bold runs":       doc(p(run("<w:b/>", "1.")+`<w:r><w:rPr><w:b/></w:rPr><w:tab/></w:r>`+run("<w:b/>", "An")+run("<w:b/>", "trag"))+p(run("", text)), "## 1. Antrag\n"+text),
		"headings with a colon":               doc(p(run("<w:b/>", "Zuständigkeit:"))+p(run("", text)), "Zuständigkeit:\n"+text),
		"headings over a list":                doc(p(run("<w:b/>", "Unterlagen"))+extracttest.NumberedPara("2", "0", "der Antrag mit allen Anlagen in zweifacher Form")+extracttest.NumberedPara("2", "0", "das Zeugnis."), "# Unterlagen\n- der Antrag mit allen Anlagen in zweifacher Form\n- das Zeugnis."),
		"headings over a table":               doc(p(run("", text))+p(run("<w:b/>", "Fristen"))+tableOf("", cell("Amt")+cell("Frist"), cell("Bau")+cell("3 Tage")), text+"\n# Fristen\n| Amt | Frist\n| Bau | 3 Tage || Amt | Frist"),
		"two tables in a cell":                doc(tableOf("", cell("Reise")+cell("Wer")+cell("Frist"), cell("Dienst")+cellOf(tableOf("", cell("Inland")+cell("A"))+p(run("", "und"))+tableOf("", cell("Ausland")+cell("B"))+`<w:p/>`)+cell("6 Wochen")), "| Reise | Wer | Frist\n| Dienst | Inland: A; und Ausland: B; | 6 Wochen || Reise | Wer | Frist"),
		"a table in a prompt's cell":          doc(tableOf("", cell("Reise")+cell("Wer")+cell("Frist"), cell("Dienst")+cellOf(`<w:sdt><w:sdtContent>`+tableOf("", cell("Inland")+cell("A"))+`</w:sdtContent></w:sdt><w:p/>`)+cell("6 Wochen")), "| Reise | Wer | Frist\n| Dienst | Inland: A; | 6 Wochen || Reise | Wer | Frist"),
		"a header with a title above":         doc(tableOf("", extracttest.Cell(`<w:gridSpan w:val="2"/>`, "Fristen 2025"), cell("Amt")+cell("Tage"), cell("Bau")+cell("3")), "Fristen 2025\n| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"a header of two rows, marked":        doc(tableOf("", `<w:trPr><w:tblHeader/></w:trPr>`+cell("Amt")+cell("Plan"), `<w:trPr><w:tblHeader/></w:trPr>`+cell("")+cell("Euro"), cell("Bau")+cell("3")), "| Amt | Plan Euro\n| Bau | 3 || Amt | Plan Euro"),
		"a chunk in a head of pages":          want(joined(p(run("", "Text"))+`<w:sectPr><w:headerReference r:id="r5"/></w:sectPr>`, nil, "word/header1.xml", `<w:hdr `+extracttest.WordSpace+`><w:altChunk r:id="rC"/></w:hdr>`, "word/_rels/header1.xml.rels", extracttest.Relationships("rC", "aFChunk", "k.htm"), "word/k.htm", "<p>Amt 3</p>"), "Text\n~ Amt 3"),
		"a chunk in a note":                   want(joined(p(run("", "Text")+`<w:r><w:footnoteReference w:id="2"/></w:r>`), nil, "word/footnotes.xml", `<w:footnotes `+extracttest.WordSpace+`><w:footnote w:id="2"><w:altChunk r:id="rC"/></w:footnote></w:footnotes>`, "word/_rels/footnotes.xml.rels", extracttest.Relationships("rC", "aFChunk", "k.htm"), "word/k.htm", "<p>Siehe dort.</p>"), "Text\n~ Siehe dort."),
		"a chunk by its whole path":           want(joined(`<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "/word/teil.html"}, "word/teil.html", "<p>Innen</p>"), "Innen"),
		"a chunk in UTF-16":                   want(joined(`<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.html"}, "word/teil.html", "\xff\xfe<\x00p\x00>\x00\xfc\x00b\x00e\x00r\x00"), "über"),
		"a chunk that is a table":             want(joined(`<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.html"}, "word/teil.html", "<table><tr><th>Amt<th>Tage<tr><td>Bau<td>3</table>"), "| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"a chunk that is missing":             want(joined(p(run("", "Text"))+`<w:altChunk r:id="rX"/>`, nil), "Text", "missing part 1"),
		"a mail as a chunk, quoted":           want(joined(`<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.mht"}, "word/teil.mht", "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=9Cber =\r\nalles</p>\r\n"), "Über alles"),
		"a deleted mark before a table":       doc(`<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`+run("", "Davor")+`</w:p>`+tableOf("", cell("Amt")+cell("Tage"), cell("Bau")+cell("3")), "Davor\n| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"a deleted mark in a note":            with(p(run("", "Text")+`<w:r><w:footnoteReference w:id="2"/></w:r>`), "Text\n~ Die Verarbeitung ruht.", "word/footnotes.xml", `<w:footnotes `+extracttest.WordSpace+`><w:footnote w:id="2"><w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`+run("", "Die Verar")+`</w:p>`+p(run("", "beitung ruht."))+`</w:footnote></w:footnotes>`),
		"the heading of the contents":         with(extracttest.Para("IV", run("", "Inhaltsverzeichnis"))+p(fieldChar("begin", "")+instruction(`TOC \o`)+fieldChar("separate", "")+run("", "1 Zweck 3")+fieldChar("end", ""))+p(run("", "Text")), "Text", "word/styles.xml", styles(`<w:style w:type="paragraph" w:styleId="IV"><w:name w:val="TOC Heading"/></w:style>`)),
		"contents in a block of its own":      doc(`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Figures"/></w:docPartObj></w:sdtPr><w:sdtContent>`+p(run("", "Abbildung 1: Ablauf 3"))+`</w:sdtContent></w:sdt>`+p(run("", "Text")), "Text"),
		"a list of tables in German":          with(extracttest.Para("AV", run("", "Tabelle 1: Fristen	3"))+p(run("", "Text")), "Text", "word/styles.xml", styles(`<w:style w:type="paragraph" w:styleId="AV"><w:name w:val="Abbildungsverzeichnis"/></w:style>`)),
		"a list of sources stays":             with(extracttest.Para("LV", run("", "Muster: Handbuch, 2020"))+p(run("", "Text")), "Muster: Handbuch, 2020\nText", "word/styles.xml", styles(`<w:style w:type="paragraph" w:styleId="LV"><w:name w:val="Bibliography"/></w:style>`)),
		"numbers that begin again":            with(extracttest.NumberedPara("5", "0", "a")+extracttest.NumberedPara("6", "0", "b"), "4) a\n7) b", "word/numbering.xml", `<w:numbering `+extracttest.WordSpace+`><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num></w:numbering>`),
		"numbers in Roman and letters":        with(extracttest.NumberedPara("5", "0", "a")+extracttest.NumberedPara("5", "1", "b"), "IV. a\n  C. b", "word/numbering.xml", `<w:numbering `+extracttest.WordSpace+`><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num></w:numbering>`),
		"an old workbook as an object":        want(joined(p(run("", "Text")), []string{"o1", "package", "embeddings/Alt.xls"}, "word/embeddings/Alt.xls", extracttest.Container("Workbook")), "Text\n= Alt.xls\n! unsupported type: spreadsheet from before 1997, or a damaged one: save it as .xlsx"),
		"slides as an object":                 {Name: "a.docx", Content: extracttest.WordLinked(t, p(run("", "Text")), []string{"o1", "package", "embeddings/F.pptx"}, "word/embeddings/F.pptx", deck(t, extracttest.Shape("title", "", "Fristen"), nil)), Want: "Text\n= F.pptx\n# Fristen"},
		"smart shapes in a shape of drawing":  {Name: "a.docx", Content: extracttest.WordLinked(t, p(`<w:r><mc:AlternateContent><mc:Choice Requires="wpc"><w:drawing><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rD"/></w:drawing></mc:Choice></mc:AlternateContent></w:r>`), []string{"rD", "diagramData", "diagrams/data1.xml"}, "word/diagrams/data1.xml", diagramOf("Ende", "Anfang", "Mitte", "Teil")), Want: "- Anfang\n- Mitte\n  - Teil\n- Ende"},
	})
}
