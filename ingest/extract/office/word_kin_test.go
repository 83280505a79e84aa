package office_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestWordShowsTheSameElsewhere looks at what people see in other elements and
// places than [TestWordShowsWhatPeopleSee] does: notes, heads of pages, text
// boxes, cells, styles.
func TestWordShowsTheSameElsewhere(t *testing.T) {
	t.Parallel()
	p := func(content string) string { return extracttest.Para("", content) }
	cell := func(text string) string { return extracttest.Cell("", text) }
	box := func(content string) string {
		return `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>` + content + `</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + content + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
	}
	doc := func(body, lines string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.docx", Content: extracttest.Word(t, body), Want: lines, Remarks: append([]string{}, remarks...)}
	}
	with := func(body, lines, part, content string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.docx", Content: extracttest.Word(t, body, part, content), Want: lines, Remarks: append([]string{}, remarks...)}
	}
	foot := func(content string) string {
		return `<w:footnotes ` + extracttest.WordSpace + `><w:footnote w:id="2"><w:p>` + content + `</w:p></w:footnote></w:footnotes>`
	}
	head := func(content string) string { return `<w:hdr ` + extracttest.WordSpace + `>` + content + `</w:hdr>` }
	noted := p(run("", "Text") + `<w:r><w:footnoteReference w:id="2"/></w:r>`)
	headed := p(run("", "Text")) + `<w:sectPr><w:headerReference r:id="r5"/></w:sectPr>`
	strike, super := `<w:strike/>`, `<w:vertAlign w:val="superscript"/>`
	nested := fieldOf(instruction("IF")+fieldOf(instruction("PAGE"), "1")+instruction(`= 1 "ja" "nein"`), "ja")
	styles := func(more string) string {
		return `<w:styles ` + extracttest.WordSpace + `><w:style w:type="paragraph" w:styleId="Fliess"><w:name w:val="Body Text"/></w:style>` + more + `</w:styles>`
	}
	tick := formFieldOf("FORMCHECKBOX", `<w:checkBox><w:checked/></w:checkBox>`)
	sdtBox := func(on string) string {
		return `<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="` + on + `"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>`
	}
	boldCell := func(text string) string { return `<w:tc><w:p>` + run("<w:b/>", text) + `</w:p></w:tc>` }
	extracttest.Check(t, map[string]extracttest.Case{
		"a field in a field, in a note":       with(noted, "Text\n~ Gilt: ja.", "word/footnotes.xml", foot(run("", "Gilt: ")+nested+run("", "."))),
		"a field in a field, in a text box":   doc(box(p(run("", "Gilt: ")+nested)), "Gilt: ja"),
		"a field in a field, in a head":       with(headed, "Text\n~ Gilt: ja", "word/header1.xml", head(p(run("", "Gilt: ")+nested))),
		"a field in a simple field":           doc(p(`<w:fldSimple w:instr=" IF ">`+nested+`</w:fldSimple>`), "ja"),
		"a field in a heading":                doc(extracttest.Para("berschrift1", run("", "Teil ")+fieldOf(instruction("SEQ Teil"), "3")), "# 1 Teil 3"),
		"a struck run in a note":              with(noted, "Text\n~ neu", "word/footnotes.xml", foot(run(strike, "alt")+run("", "neu")), "struck text 1"),
		"a struck run in a head":              with(headed, "Text\n~ neu", "word/header1.xml", head(p(run(strike, "alt ")+run("", "neu"))), "struck text 1"),
		"a struck run in a text box":          doc(box(p(run(strike, "alt ")+run("", "neu"))), "neu", "struck text 1"),
		"a struck run by its style":           with(p(run(`<w:rStyle w:val="Alt"/>`, "alt ")+run("", "neu")), "neu", "word/styles.xml", styles(`<w:style w:type="character" w:styleId="Alt"><w:rPr><w:strike/></w:rPr></w:style>`), "struck text 1"),
		"a struck paragraph by its style":     with(extracttest.Para("Alt", run("", "alt"))+p(run("", "neu")), "neu", "word/styles.xml", styles(`<w:style w:type="paragraph" w:styleId="Alt"><w:rPr><w:strike/></w:rPr></w:style>`), "struck text 1"),
		"a struck heading":                    doc(extracttest.Para("berschrift1", run(strike, "Alter Titel"))+extracttest.Para("berschrift1", run("", "Neu"))+p(run("", "Text")), "# 1 Neu\nText", "struck text 1"),
		"a struck item":                       doc(`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>`+run(strike, "alt")+`</w:p>`+extracttest.NumberedPara("2", "0", "neu"), "- neu", "struck text 1"),
		"a struck link":                       doc(p(`<w:hyperlink r:id="x">`+run(strike, "alt")+`</w:hyperlink>`+run("", "neu")), "neu", "struck text 1"),
		"a raised sign in a cell":             doc(tableOf("", cell("Amt")+cell("Euro"), cell("Bau")+`<w:tc><w:p>`+run("", "500")+run(super, "1")+`</w:p></w:tc>`), "| Amt | Euro\n| Bau | 500 ¹ || Amt | Euro"),
		"a raised sign in a heading":          doc(extracttest.Para("berschrift1", run("", "Reisen")+run(super, "2")), "# 1 Reisen ²"),
		"a raised sign by its style":          with(p(run("", "500 Euro")+run(`<w:rStyle w:val="Hoch"/>`, "1")), "500 Euro ¹", "word/styles.xml", styles(`<w:style w:type="character" w:styleId="Hoch"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`)),
		"a raised letter":                     doc(p(run("", "§ 5 Abs. 2")+run(super, "a")+run("", " gilt, 1")+run(super, "st")), "§ 5 Abs. 2 ᵃ gilt, 1st"),
		"a note that is counted":              doc(p(run("", "Frist 14")+`<w:r><w:footnoteReference w:id="2"/></w:r>`+run("", " Tage")), "Frist 14 Tage\n~ Siehe Anlage."),
		"a box to tick, in a cell":            doc(tableOf("", cell("Amt")+cell("ja"), cell("Bau")+`<w:tc><w:p>`+tick+`</w:p></w:tc>`), "| Amt | ja\n| Bau | ☒ || Amt | ja"),
		"a box to tick, in a text box":        doc(box(p(tick+run("", " ja"))), "☒ ja"),
		"a box of today around a run":         doc(p(sdtBox("1")+run("", " ja ")+sdtBox("0")+run("", " nein")), "☒ ja ☐ nein"),
		"a box of today around a cell":        doc(tableOf("", cell("Amt")+cell("ja"), cell("Bau")+`<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>`+cell("☒")+`</w:sdtContent></w:sdt>`), "| Amt | ja\n| Bau | ☒ || Amt | ja"),
		"a text field filled in":              doc(p(run("", "Name: ")+fieldChar("begin", `<w:ffData><w:textInput/></w:ffData>`)+instruction("FORMTEXT")+fieldChar("separate", "")+run("", "Muster")+fieldChar("end", "")), "Name: Muster"),
		"a text field left empty":             doc(p(run("", "Name: ")+fieldChar("begin", `<w:ffData><w:textInput/></w:ffData>`)+instruction("FORMTEXT")+fieldChar("separate", "")+run("", "     ")+fieldChar("end", "")), "Name:"),
		"a list of today, chosen":             doc(p(run("", "Amt: ")+`<w:sdt><w:sdtPr><w:dropDownList w:lastValue="2"><w:listItem w:displayText="Bau" w:value="1"/><w:listItem w:displayText="Schule" w:value="2"/></w:dropDownList></w:sdtPr><w:sdtContent>`+run("", "Schule")+`</w:sdtContent></w:sdt>`), "Amt: Schule"),
		"a prompt in a head":                  with(headed, "Text\n~ Amt 3", "word/header1.xml", head(p(run("", "Amt 3"))+prompt(p(run("", "Titel eingeben"))))),
		"a prompt by its style alone":         with(p(run("", "Name: ")+run(`<w:rStyle w:val="Platzhaltertext"/>`, "Klicken Sie hier")), "Name:", "word/styles.xml", styles(`<w:style w:type="character" w:styleId="Platzhaltertext"><w:name w:val="Placeholder Text"/></w:style>`)),
		"a prompt to click":                   doc(p(run("", "Name: ")+fieldOf(instruction("MACROBUTTON NoMacro [Name eingeben]"), "")), "Name:"),
		"symbols in a head":                   with(headed, "Text\n~ → Amt", "word/header1.xml", head(p(`<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>`+run("", " Amt")))),
		"symbols of other fonts":              doc(p(`<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>`+run("", " 5, ")+`<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>`+run("", " ja, ")+`<w:r><w:sym w:font="Wingdings 3" w:char="F022"/></w:r>`), "≥ 5, ✓ ja, →"),
		"symbols by the paragraph's style":    with(extracttest.Para("Zeichen", run("", "þ")), "☒", "word/styles.xml", styles(`<w:style w:type="paragraph" w:styleId="Zeichen"><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:style>`)),
		"headings by larger letters":          doc(`<w:p>`+run(`<w:b/><w:sz w:val="36"/>`, "Geltungsbereich")+`</w:p>`+p(run("", "Diese Anweisung gilt für alle."))+`<w:p>`+run(`<w:b/><w:sz w:val="36"/>`, "Ansprechstelle")+`</w:p>`+p(run("", "Das Referat Z2 hilft weiter.")), "# Geltungsbereich\nDiese Anweisung gilt für alle.\n# Ansprechstelle\nDas Referat Z2 hilft weiter."),
		"headings by a style":                 with(extracttest.Para("Zw", run("", "1. Antrag"))+p(run("", "Anträge sind zu stellen.")), "## 1. Antrag\nAnträge sind zu stellen.", "word/styles.xml", styles(`<w:style w:type="paragraph" w:styleId="Zw"><w:name w:val="Zwischentitel"/><w:rPr><w:b/></w:rPr></w:style>`)),
		"headings with paragraph signs":       doc(`<w:p>`+run(`<w:b/>`, "§ 3 Antrag")+`</w:p>`+p(run("", "Anträge sind zu stellen."))+`<w:p>`+run(`<w:b/>`, "§ 4 Frist")+`</w:p>`+p(run("", "Sie ist kurz.")), "## § 3 Antrag\nAnträge sind zu stellen.\n## § 4 Frist\nSie ist kurz."),
		"headings with Roman numbers":         doc(`<w:p>`+run(`<w:b/>`, "II. Antrag")+`</w:p>`+p(run("", "Anträge sind zu stellen.")), "## II. Antrag\nAnträge sind zu stellen."),
		"headings by letters":                 doc(`<w:p>`+run(`<w:b/>`, "A. Antrag")+`</w:p>`+p(run("", "Anträge sind zu stellen.")), "# A. Antrag\nAnträge sind zu stellen."),
		"bold headings among paragraphs":      doc(`<w:p>`+run(`<w:b/>`, "Antrag")+`</w:p>`+p(run("", "Anträge sind schriftlich beim Referat Z2 zu stellen."))+`<w:p>`+run(`<w:b/>`, "Entscheidung")+`</w:p>`+p(run("", "Die Leitung entscheidet innerhalb von vier Wochen.")), "# Antrag\nAnträge sind schriftlich beim Referat Z2 zu stellen.\n# Entscheidung\nDie Leitung entscheidet innerhalb von vier Wochen."),
		"a table in a cell of the header":     doc(tableOf("", `<w:tc>`+tableOf("", cell("Plan")+cell("Ist"))+`<w:p/></w:tc>`+cell("Amt")+cell("Wer"), cell("3")+cell("Bau")+cell("A"), cell("4")+cell("Schule")+cell("B")), "| Plan: Ist; | Amt | Wer\n| 3 | Bau | A || Plan: Ist; | Amt | Wer\n| 4 | Schule | B || Plan: Ist; | Amt | Wer"),
		"a table in a table in a cell":        doc(tableOf("", cell("Reise")+cell("Wer")+cell("Frist"), cell("Dienst")+`<w:tc>`+tableOf("", cell("Inland")+`<w:tc>`+tableOf("", cell("Bahn")+cell("A"))+`<w:p/></w:tc>`)+`<w:p/></w:tc>`+cell("6 Wochen")), "| Reise | Wer | Frist\n| Dienst | Inland Bahn: A; | 6 Wochen || Reise | Wer | Frist"),
		"a list in a cell":                    doc(tableOf("", cell("Amt")+cell("Was"), cell("Bau")+`<w:tc>`+extracttest.NumberedPara("2", "0", "eins")+extracttest.NumberedPara("2", "0", "zwei")+`</w:tc>`), "| Amt | Was\n| Bau | eins zwei || Amt | Was"),
		"a table without its bold header":     doc(tableOf(`<w:tblLook w:val="0000" w:firstRow="0"/>`, boldCell("Amt")+boldCell("Tage"), cell("Bau")+cell("3"), cell("Schule")+cell("4")), "| Amt | Tage\n| Bau | 3 || Amt | Tage\n| Schule | 4 || Amt | Tage"),
		"a drop cap in a text box":            doc(box(`<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>`+run("", "D")+`</w:p>`+p(run("", "ienst gilt."))), "Dienst gilt."),
		"a drop cap in a cell":                doc(tableOf("", cell("Amt")+cell("Was"), cell("Bau")+`<w:tc><w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>`+run("", "D")+`</w:p>`+p(run("", "ienst gilt."))+`</w:tc>`), "| Amt | Was\n| Bau | Dienst gilt. || Amt | Was"),
		"a drop cap with a quotation mark":    doc(`<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>`+run("", "„D")+`</w:p>`+p(run("", "ienst“ gilt.")), "„Dienst“ gilt."),
		"a moved mark between":                doc(`<w:p><w:pPr><w:rPr><w:moveFrom w:id="1"/></w:rPr></w:pPr>`+run("", "Die Verar")+`</w:p>`+p(run("", "beitung ruht.")), "Die Verarbeitung ruht."),
		"a deleted mark in an item":           doc(`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`+run("", "Erster ")+`</w:p>`+extracttest.NumberedPara("2", "0", "Teil"), "- Erster Teil"),
		"a deleted mark in a heading":         doc(`<w:p><w:pPr><w:pStyle w:val="berschrift1"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`+run("", "Reisen ")+`</w:p>`+extracttest.Para("berschrift1", run("", "im Dienst"))+p(run("", "Text")), "# 1 Reisen im Dienst\nText"),
		"a deleted mark, all deleted":         doc(p(run("", "Davor"))+`<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>weg</w:delText></w:r></w:del></w:p>`+p(run("", "Danach")), "Davor\nDanach"),
		"a list of tables":                    with(extracttest.Para("TV", run("", "Tabelle 1: Fristen 3"))+p(run("", "Text")), "Text", "word/styles.xml", styles(`<w:style w:type="paragraph" w:styleId="TV"><w:name w:val="Tabellenverzeichnis"/><w:basedOn w:val="AbbVz"/></w:style><w:style w:styleId="AbbVz"><w:name w:val="table of figures"/></w:style>`)),
		"a list of words":                     with(extracttest.Para("I1", run("", "Antrag, 3, 7"))+p(run("", "Text")), "Text", "word/styles.xml", styles(`<w:style w:type="paragraph" w:styleId="I1"><w:name w:val="index 1"/></w:style>`)),
		"a list of figures by its field":      doc(p(fieldChar("begin", "")+instruction(`TOC \h \z \c "Abbildung"`)+fieldChar("separate", "")+run("", "Abbildung 1: Ablauf")+run("", "3")+fieldChar("end", ""))+p(run("", "Text")), "Text"),
		"numbers in the margin, of an item":   doc(`<w:p><w:pPr><w:framePr w:w="500" w:wrap="around"/></w:pPr>`+run("", "7")+`</w:p>`+extracttest.NumberedPara("2", "0", "Die Klage"), "- 7 Die Klage"),
		"numbers in the margin, in a box":     doc(p(`<w:r><w:pict><v:textbox><w:txbxContent>`+p(run("", "12"))+`</w:txbxContent></v:textbox></w:pict></w:r>`+run("", "Die Klage ist zulässig.")), "12 Die Klage ist zulässig."),
		"a foot of a page's number":           with(p(run("", "Text"))+`<w:sectPr><w:footerReference r:id="r6"/></w:sectPr>`, "Text", "word/footer1.xml", `<w:ftr `+extracttest.WordSpace+`>`+p(run("", "Seite ")+fieldOf(instruction("PAGE"), "3")+run("", " von ")+fieldOf(instruction("NUMPAGES"), "9"))+`</w:ftr>`),
		"a foot with dashes around it":        with(p(run("", "Text"))+`<w:sectPr><w:footerReference r:id="r6"/></w:sectPr>`, "Text\n~ Amt 3", "word/footer1.xml", `<w:ftr `+extracttest.WordSpace+`>`+p(run("", "- ")+fieldOf(instruction("PAGE"), "3")+run("", " -"))+p(run("", "Amt 3"))+`</w:ftr>`),
		"a page joined into a cell":           {Name: "a.docx", Content: extracttest.WordLinked(t, tableOf("", cell("Amt")+cell("Was"), cell("Bau")+`<w:tc><w:altChunk r:id="rC"/><w:p/></w:tc>`), []string{"rC", "aFChunk", "teil.htm"}, "word/teil.htm", "<p>Innen</p>"), Want: "| Amt | Was\n| Bau | Innen || Amt | Was"},
		"a page joined in, in Latin letters":  {Name: "a.docx", Content: extracttest.WordLinked(t, `<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.html"}, "word/teil.html", "<meta charset=iso-8859-1><p>Gr\xfc\xdfe</p>"), Want: "Grüße"},
		"a text joined in":                    {Name: "a.docx", Content: extracttest.WordLinked(t, `<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.txt"}, "word/teil.txt", "Nur Text."), Want: "Nur Text."},
		"a page joined in under another name": {Name: "a.docx", Content: extracttest.WordLinked(t, p(run("", "Davor"))+`<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "afchunk.dat"}, "word/afchunk.dat", "<html><body><p>Innen</p></body></html>"), Want: "Davor\nInnen"},
		"a page joined in as XHTML":           {Name: "a.docx", Content: extracttest.WordLinked(t, `<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.xhtml"}, "word/teil.xhtml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Innen</p></body></html>`), Want: "Innen"},
		"a document joined into one joined in": {Name: "a.docx", Content: extracttest.WordLinked(t, `<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.docx"}, "word/teil.docx",
			extracttest.WordLinked(t, p(run("", "Mitte"))+`<w:altChunk r:id="rC"/>`, []string{"rC", "aFChunk", "teil.htm"}, "word/teil.htm", "<p>Innen")), Want: "Mitte\nInnen"},
		"a workbook as an object": {Name: "a.docx", Content: extracttest.WordLinked(t, p(run("", "Text")), []string{"o1", "package", "embeddings/Blatt.xlsx"},
			"word/embeddings/Blatt.xlsx", book(t, rowOf(1, "", "Amt", "Tage")+rowOf(2, "", "Bau", "3"), "")), Want: "Text\n= Blatt.xlsx\n| Amt | Tage\n| Bau | 3 || Amt | Tage"},
	})
}
