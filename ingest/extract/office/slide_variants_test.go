package office_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestSlidesShowTheSameAsOthersWriteThem looks at slides whose shapes take their
// places from layouts, and at other ways to write the same.
func TestSlidesShowTheSameAsOthersWriteThem(t *testing.T) {
	t.Parallel()
	shape := extracttest.Shape
	title := shape("title", "", "Fristen")
	layoutOf := func(shapes string) string {
		return `<p:sldLayout ` + extracttest.SlideSpace + `><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sldLayout>`
	}
	held := func(index, text string) string {
		return strings.Replace(shape("", "", text), "<p:nvPr>", `<p:nvPr><p:ph idx="`+index+`"/>`, 1)
	}
	place := func(index, at string) string {
		return strings.Replace(shape("", at, "Text bearbeiten"), "<p:nvPr>", `<p:nvPr><p:ph idx="`+index+`"/>`, 1)
	}
	onLayout := func(shapes, layout string) string {
		return deck(t, shapes, []string{"l", "slideLayout", "../slideLayouts/slideLayout1.xml"}, "ppt/slideLayouts/slideLayout1.xml", layoutOf(layout))
	}
	slide := func(shapes, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.pptx", Content: deck(t, shapes, nil), Want: want, Remarks: append([]string{}, remarks...)}
	}
	runs := func(runs string) string {
		return strings.Replace(shape("", at(1, 1, 8, 1), "X"), "<a:r><a:t>X</a:t></a:r>", runs, 1)
	}
	cell := func(attrs, text string) string {
		return `<a:tc ` + attrs + `><a:txBody><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></a:txBody></a:tc>`
	}
	tableOf := func(props string, rows ...string) string {
		return `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr ` + props + `/><a:tr>` + strings.Join(rows, "</a:tr><a:tr>") + `</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
	}
	turned := strings.Replace(at(1, 8, 8, 1), "<a:xfrm>", `<a:xfrm rot="60000">`, 1)
	ole := `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="Objekt"/></p:nvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj progId="Excel.Sheet.12" r:id="o"><p:embed/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>`
	extracttest.Check(t, map[string]extracttest.Case{
		"places from the layout":       {Name: "a.pptx", Content: onLayout(title+held("2", "Personendaten")+held("1", "Texte"), place("1", at(1, 4, 4, 2))+place("2", at(5, 4, 4, 2))), Want: "# Fristen\n- Texte\n- Personendaten"},
		"places from both":             {Name: "a.pptx", Content: onLayout(title+held("1", "Drittens")+shape("", at(1, 3, 8, 1), "Zweitens")+shape("", at(1, 2, 8, 1), "Erstens"), place("1", at(1, 4, 8, 2))), Want: "# Fristen\nErstens\nZweitens\n- Drittens"},
		"a title at the bottom":        slide(shape("", at(1, 2, 8, 1), "Erstens")+shape("title", at(1, 8, 8, 1), "Fristen"), "# Fristen\nErstens"),
		"a turned shape":               slide(title+shape("", turned, "Zweitens")+shape("", at(1, 3, 8, 1), "Erstens"), "# Fristen\nErstens\nZweitens"),
		"two heads over two columns":   slide(title+shape("", at(5, 3, 4, 1), "Verboten")+shape("", at(5, 4, 4, 3), "Personendaten", "Noten")+shape("", at(0, 3, 4, 1), "Erlaubt")+shape("", at(0, 4, 4, 3), "Texte", "Bilder"), "# Fristen\nErlaubt\nTexte\nBilder\nVerboten\nPersonendaten\nNoten"),
		"steps from left to right":     slide(title+shape("", at(6, 4, 2, 1), "drei")+shape("", at(0, 4, 2, 1), "eins")+shape("", at(3, 4, 2, 1), "zwei"), "# Fristen\neins\nzwei\ndrei"),
		"steps that touch":             slide(title+shape("", at(1, 5, 8, 1), "drei")+shape("", at(1, 3, 8, 1), "eins")+shape("", at(1, 4, 8, 1), "zwei"), "# Fristen\neins\nzwei\ndrei"),
		"a note below two columns":     slide(title+shape("", at(0, 8, 9, 1), "Stand: Mai")+shape("", at(5, 3, 4, 3), "rechts")+shape("", at(0, 3, 4, 3), "links"), "# Fristen\nlinks\nrechts\nStand: Mai"),
		"struck twice":                 slide(runs(`<a:r><a:rPr strike="dblStrike"/><a:t>alt </a:t></a:r><a:r><a:rPr strike="noStrike"/><a:t>neu</a:t></a:r>`), "neu", "struck text 1"),
		"set low":                      slide(runs(`<a:r><a:t>CO</a:t></a:r><a:r><a:rPr baseline="-25000"/><a:t>2</a:t></a:r>`), "CO2"),
		"a header of two rows, merged": slide(tableOf(`firstRow="1"`, cell(`rowSpan="2"`, "Amt")+cell(`gridSpan="2"`, "Kosten")+cell(`hMerge="1"`, ""), cell(`vMerge="1"`, "")+cell("", "Plan")+cell("", "Ist"), cell("", "Bau")+cell("", "3")+cell("", "4")), "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"a title over a table":         slide(tableOf(`firstRow="1"`, cell(`gridSpan="2"`, "Fristen 2025")+cell(`hMerge="1"`, ""), cell("", "Amt")+cell("", "Tage"), cell("", "Bau")+cell("", "3")), "Fristen 2025\n| Amt | Tage\n| Bau | 3 || Amt | Tage"),
		"a workbook as an object":      {Name: "a.pptx", Content: deck(t, title+ole, []string{"o", "package", "../embeddings/Blatt.xlsx"}, "ppt/embeddings/Blatt.xlsx", book(t, rowOf(1, "", "Amt", "Tage")+rowOf(2, "", "Bau", "3"), "")), Want: "# Fristen\n= Blatt.xlsx\n| Amt | Tage\n| Bau | 3 || Amt | Tage"},
		"an object of the layout":      {Name: "a.pptx", Content: onLayout(title, shape("", at(1, 8, 8, 1), "VS – Nur für den Dienstgebrauch")+shape("body", at(1, 2, 8, 4), "Textmasterformat bearbeiten")+shape("dt", at(1, 9, 2, 1), "01.01.2020")), Want: "# Fristen\n~ VS – Nur für den Dienstgebrauch"},
		"fields of a slide":            slide(strings.Replace(shape("", at(1, 1, 8, 1), "X"), "<a:r><a:t>X</a:t></a:r>", `<a:r><a:t>Stand </a:t></a:r><a:fld type="datetime1"><a:t>01.03.2025</a:t></a:fld><a:br/><a:r><a:t>neu</a:t></a:r>`, 1), "Stand 01.03.2025 / neu"),
	})
}
