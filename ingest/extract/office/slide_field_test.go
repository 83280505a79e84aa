package office_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// at is a shape's place, in tenths of a slide.
func at(x, y, width, height int) string {
	const tenth = 900_000
	return fmt.Sprintf(`<a:xfrm><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></a:xfrm>`, x*tenth, y*tenth, width*tenth, height*tenth)
}

// deck is a presentation of one slide, with further parts and links of it.
func deck(t *testing.T, shapes string, links []string, parts ...string) string {
	t.Helper()
	return extracttest.Office(t, "ppt/presentation.xml", "presentationml.presentation", append([]string{
		"ppt/presentation.xml", `<p:presentation ` + extracttest.SlideSpace + `><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst><p:sldSz cx="9144000" cy="9144000"/></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", extracttest.Relationships("r1", "slide", "slides/slide1.xml"),
		"ppt/slides/slide1.xml", `<p:sld ` + extracttest.SlideSpace + `><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sld>`,
		"ppt/slides/_rels/slide1.xml.rels", extracttest.Relationships(links...),
	}, parts...)...)
}

func TestSlidesShowWhatPeopleSee(t *testing.T) {
	t.Parallel()
	shape := extracttest.Shape
	slide := func(shapes, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.pptx", Content: deck(t, shapes, nil), Want: want, Remarks: append([]string{}, remarks...)}
	}
	styled := func(props, text string) string {
		return strings.Replace(shape("", at(1, 3, 8, 1), text), "<a:r>", "<a:r><a:rPr "+props+"</a:rPr>", 1)
	}
	title := shape("title", "", "Fristen")
	layout := func(shapes string) string {
		return `<p:sldLayout ` + extracttest.SlideSpace + `><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sldLayout>`
	}
	layoutLinks := []string{"l", "slideLayout", "../slideLayouts/slideLayout1.xml"}
	cell := func(attrs, text string) string {
		return `<a:tc ` + attrs + `><a:txBody><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></a:txBody></a:tc>`
	}
	table := `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2"/></p:nvGraphicFramePr><p:xfrm>` + `</p:xfrm><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>` +
		`<a:tr>` + cell(`rowSpan="2"`, "Amt") + cell(`gridSpan="2"`, "Kosten") + cell(`hMerge="1"`, "") + `</a:tr><a:tr>` + cell(`vMerge="1"`, "") + cell("", "Plan") + cell("", "Ist") + `</a:tr>` +
		`<a:tr>` + cell("", "Bau") + cell("", "3") + cell("", "4") + `</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
	extracttest.Check(t, map[string]extracttest.Case{
		"from the top down":       slide(title+shape("", at(1, 6, 4, 1), "Drittens")+shape("", at(1, 2, 4, 1), "Erstens")+shape("", at(1, 4, 4, 1), "Zweitens"), "# Fristen\nErstens\nZweitens\nDrittens"),
		"columns":                 slide(title+shape("", at(1, 4, 3, 1), "Texte")+shape("", at(6, 4, 3, 1), "Daten")+shape("", at(1, 3, 3, 1), "Erlaubt")+shape("", at(6, 3, 3, 1), "Verboten"), "# Fristen\nErlaubt\nTexte\nVerboten\nDaten"),
		"columns below a line":    slide(title+shape("", at(1, 4, 3, 1), "Texte")+shape("", at(6, 4, 3, 1), "Daten")+shape("", at(1, 2, 8, 1), "Was gilt")+shape("", at(1, 3, 3, 1), "Erlaubt")+shape("", at(6, 3, 3, 1), "Verboten"), "# Fristen\nWas gilt\nErlaubt\nTexte\nVerboten\nDaten"),
		"steps side by side":      slide(title+shape("", at(7, 4, 2, 1), "3")+shape("", at(1, 4, 2, 1), "1")+shape("", at(4, 4, 2, 1), "2"), "# Fristen\n1\n2\n3"),
		"a grid of cards":         slide(title+shape("", at(5, 7, 3, 1), "4")+shape("", at(1, 7, 3, 1), "3")+shape("", at(5, 2, 3, 1), "2")+shape("", at(1, 2, 3, 1), "1"), "# Fristen\n1\n2\n3\n4"),
		"a title by its size":     slide(strings.Replace(shape("", at(1, 1, 8, 1), "Überblick"), "<a:r>", `<a:r><a:rPr sz="3600"/>`, 1)+shape("", at(1, 3, 8, 1), "Text."), "# Überblick\nText."),
		"struck words":            slide(styled(`strike="sngStrike">`, "zwei")+styled(`>`, "vier Wochen"), "vier Wochen", "struck text 1"),
		"signs set high":          slide(strings.Replace(shape("", "", "300 Euro"), "</a:p>", `<a:r><a:rPr baseline="30000"/><a:t>1</a:t></a:r></a:p>`, 1), "300 Euro ¹"),
		"signs of symbol fonts":   slide(styled(`><a:latin typeface="Wingdings"/>`, "þ"), "☒"),
		"a header of two rows":    slide(table, "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"what the layout says":    {Name: "a.pptx", Content: deck(t, title, layoutLinks, "ppt/slideLayouts/slideLayout1.xml", layout(shape("body", at(1, 3, 8, 5), "Text durch Klicken hinzufügen")+shape("", at(1, 8, 8, 1), "Nur für den Dienst"))), Want: "# Fristen\n~ Nur für den Dienst"},
		"places of the layout":    {Name: "a.pptx", Content: deck(t, title+shape("", at(1, 7, 8, 1), "Unten")+strings.Replace(shape("body", "", "Mitte"), `type="body"`, `idx="1"`, 1)+shape("", at(1, 2, 8, 1), "Oben"), layoutLinks, "ppt/slideLayouts/slideLayout1.xml", layout(strings.Replace(shape("body", at(1, 4, 8, 2), "Text"), `type="body"`, `idx="1"`, 1))), Want: "# Fristen\nOben\n- Mitte\nUnten"},
		"a workbook as an object": {Name: "a.pptx", Content: deck(t, title, []string{"o", "package", "../embeddings/Blatt.xlsx"}, "ppt/embeddings/Blatt.xlsx", book(t, rowOf(1, "", "Amt", "Tage")+rowOf(2, "", "Bau", "3"), "")), Want: "# Fristen\n= Blatt.xlsx\n| Amt | Tage\n| Bau | 3 || Amt | Tage"},
		"connected shapes": {Name: "a.pptx", Content: deck(t, `<p:graphicFrame><a:graphic><a:graphicData><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="d"/></a:graphicData></a:graphic></p:graphicFrame>`,
			[]string{"d", "diagramData", "../diagrams/data1.xml"}, "ppt/diagrams/data1.xml", diagramOf("Ende", "Anfang", "Mitte", "davon ein Teil")), Want: "- Anfang\n- Mitte\n  - davon ein Teil\n- Ende"},
	})
}
