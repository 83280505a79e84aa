package office_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestSlidesShowTheSameElsewhere looks at what people see in other places than
// [TestSlidesShowWhatPeopleSee] does: tables, notes, groups, masters.
func TestSlidesShowTheSameElsewhere(t *testing.T) {
	t.Parallel()
	shape := extracttest.Shape
	slide := func(shapes, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.pptx", Content: deck(t, shapes, nil), Want: want, Remarks: append([]string{}, remarks...)}
	}
	runs := func(place, runs string) string {
		return strings.Replace(shape("", place, "X"), "<a:r><a:t>X</a:t></a:r>", runs, 1)
	}
	tableOf := func(props string, rows ...string) string {
		return `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr ` + props + `/><a:tr>` + strings.Join(rows, "</a:tr><a:tr>") + `</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
	}
	cell := func(attrs, runs string) string {
		if !strings.HasPrefix(runs, "<") {
			runs = `<a:r><a:t>` + runs + `</a:t></a:r>`
		}
		return `<a:tc ` + attrs + `><a:txBody><a:p>` + runs + `</a:p></a:txBody></a:tc>`
	}
	struck := `<a:r><a:rPr strike="sngStrike"/><a:t>alt</a:t></a:r><a:r><a:t>neu</a:t></a:r>`
	raised := `<a:r><a:t>500</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>1</a:t></a:r>`
	group := func(place, shapes string) string {
		return `<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9"/></p:nvGrpSpPr><p:grpSpPr>` + strings.Replace(place, "</a:xfrm>", `<a:chOff x="0" y="0"/><a:chExt cx="9144000" cy="9144000"/></a:xfrm>`, 1) + `</p:grpSpPr>` + shapes + `</p:grpSp>`
	}
	title := shape("title", "", "Fristen")
	layout := func(shapes string) string {
		return `<p:sldLayout ` + extracttest.SlideSpace + `><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sldLayout>`
	}
	master := strings.NewReplacer("p:sldLayout", "p:sldMaster")
	noted := func(shapes string) extracttest.Case {
		return extracttest.Case{Name: "a.pptx", Content: deck(t, title, []string{"n", "notesSlide", "../notesSlides/notesSlide1.xml"},
			"ppt/notesSlides/notesSlide1.xml", `<p:notes `+extracttest.SlideSpace+`><p:cSld><p:spTree>`+shapes+`</p:spTree></p:cSld></p:notes>`)}
	}
	note := noted(strings.Replace(shape("body", "", "X"), "<a:r><a:t>X</a:t></a:r>", struck, 1))
	note.Want, note.Remarks = "# Fristen\n~ neu", []string{"struck text 1"}
	extracttest.Check(t, map[string]extracttest.Case{
		"struck words in a table":          slide(tableOf(`firstRow="1"`, cell("", "Amt")+cell("", "Frist"), cell("", "Bau")+cell("", struck)), "| Amt | Frist\n| Bau | neu || Amt | Frist", "struck text 1"),
		"struck words in notes":            note,
		"signs set high in a table":        slide(tableOf(`firstRow="1"`, cell("", "Amt")+cell("", "Euro"), cell("", "Bau")+cell("", raised)), "| Amt | Euro\n| Bau | 500 ¹ || Amt | Euro"),
		"symbols in a table":               slide(tableOf(`firstRow="1"`, cell("", "Amt")+cell("", "ja"), cell("", "Bau")+cell("", `<a:r><a:rPr><a:latin typeface="Wingdings"/></a:rPr><a:t>þ</a:t></a:r>`)), "| Amt | ja\n| Bau | ☒ || Amt | ja"),
		"symbols by another font":          slide(runs(at(1, 1, 8, 1), `<a:r><a:rPr><a:latin typeface="Arial"/><a:sym typeface="Wingdings"/></a:rPr><a:t>þ</a:t></a:r><a:r><a:t> ja</a:t></a:r>`), "☒ ja"),
		"cells merged down":                slide(tableOf(`firstRow="1"`, cell("", "Amt")+cell("", "Fach"), cell(`rowSpan="2"`, "Bau")+cell("", "Tief"), cell(`vMerge="1"`, "")+cell("", "Hoch")), "| Amt | Fach\n| Bau | Tief || Amt | Fach\n| Bau | Hoch || Amt | Fach"),
		"a group as it stands":             slide(title+group(at(1, 2, 8, 6), shape("", at(1, 7, 4, 1), "Drittens")+shape("", at(1, 3, 4, 1), "Erstens")+shape("", at(1, 5, 4, 1), "Zweitens")), "# Fristen\nErstens\nZweitens\nDrittens"),
		"a table between texts":            slide(title+strings.Replace(tableOf(`firstRow="1"`, cell("", "Amt")+cell("", "Tage"), cell("", "Bau")+cell("", "3")), "</p:nvGraphicFramePr>", "</p:nvGraphicFramePr>"+strings.NewReplacer("a:xfrm", "p:xfrm").Replace(at(1, 4, 8, 2)), 1)+shape("", at(1, 7, 8, 1), "Danach")+shape("", at(1, 2, 8, 1), "Davor"), "# Fristen\nDavor\n| Amt | Tage\n| Bau | 3 || Amt | Tage\nDanach"),
		"three columns":                    slide(title+shape("", at(1, 4, 2, 1), "a2")+shape("", at(4, 4, 2, 1), "b2")+shape("", at(7, 4, 2, 1), "c2")+shape("", at(7, 3, 2, 1), "C")+shape("", at(4, 3, 2, 1), "B")+shape("", at(1, 3, 2, 1), "A"), "# Fristen\nA\na2\nB\nb2\nC\nc2"),
		"what the master says":             {Name: "a.pptx", Content: deck(t, title, []string{"l", "slideLayout", "../slideLayouts/slideLayout1.xml"}, "ppt/slideLayouts/slideLayout1.xml", layout(""), "ppt/slideLayouts/_rels/slideLayout1.xml.rels", extracttest.Relationships("m", "slideMaster", "../slideMasters/slideMaster1.xml"), "ppt/slideMasters/slideMaster1.xml", master.Replace(layout(shape("", at(1, 8, 8, 1), "Nur für den Dienst")))), Want: "# Fristen\n~ Nur für den Dienst"},
		"what a group of the layout says":  {Name: "a.pptx", Content: deck(t, title, []string{"l", "slideLayout", "../slideLayouts/slideLayout1.xml"}, "ppt/slideLayouts/slideLayout1.xml", layout(group(at(1, 8, 8, 1), shape("", at(1, 1, 8, 1), "Nur für den Dienst")))), Want: "# Fristen\n~ Nur für den Dienst"},
		"a text file of Word as an object": {Name: "a.pptx", Content: deck(t, title, []string{"o", "package", "../embeddings/Text.docx"}, "ppt/embeddings/Text.docx", extracttest.Word(t, extracttest.Para("", "Innen"))), Want: "# Fristen\n= Text.docx\nInnen"},
		"an object of old":                 {Name: "a.pptx", Content: deck(t, title, []string{"o", "oleObject", "../embeddings/oleObject1.bin"}), Want: "# Fristen", Remarks: []string{"embedded file 1"}},
		"a chart's numbers": {Name: "a.pptx", Content: deck(t, `<p:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="c"/></a:graphicData></a:graphic></p:graphicFrame>`, []string{"c", "chart", "../charts/chart1.xml"}, "ppt/charts/chart1.xml",
			`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:ser><c:tx><c:v>Kosten</c:v></c:tx><c:cat><c:strLit><c:pt idx="0"><c:v>Bau</c:v></c:pt></c:strLit></c:cat><c:val><c:numLit><c:formatCode>#,##0</c:formatCode><c:pt idx="0"><c:v>1235</c:v></c:pt></c:numLit></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>`), Has: []string{"| Bau | 1.235"}},
	})
}
