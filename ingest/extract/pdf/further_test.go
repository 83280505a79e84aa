package pdf_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestPDFShowsItsSmallThings looks at what is small on a page and changes what is
// read.
func TestPDFShowsItsSmallThings(t *testing.T) {
	t.Parallel()
	line := func(y float64, text string) string { return show(60, y, 10, "F", text) }
	annotated := func(annotation, content string) string {
		return strings.Replace(extracttest.PDF("", []string{"<<>>", annotation}, content), "/Type/Page/", "/Type/Page/Annots[11 0 R]/", 1)
	}
	turned := func(x, y float64, text string) string {
		return strings.Replace(show(x, y, 8, "F", text), "1 0 0 1", "0 1 -1 0", 1)
	}
	long := "Die Leitung entscheidet über jeden Antrag auf Reise innerhalb von zehn Tagen und teilt das"
	box := func(x, y float64, on string) string {
		return show(x, y, 10, "B", on)
	}
	dingbats := func(content string) string {
		return strings.Replace(extracttest.PDF("", nil, content), "/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding", "/BaseFont/ZapfDingbats", 1)
	}
	form := strings.NewReplacer("/Type/Page/", "/Type/Page/Annots[11 0 R 12 0 R]/", "/Type/Catalog", "/Type/Catalog/AcroForm<</Fields[11 0 R 12 0 R]>>").Replace(
		extracttest.PDF("", []string{"<<>>",
			"<</Type/Annot/Subtype/Widget/FT/Btn/T(ja)/V/Yes/AS/Yes/Rect[60 698 70 708]/F 4/MK<</CA(8)>>/AP<</N<</Yes 13 0 R/Off 14 0 R>>>>>>",
			"<</Type/Annot/Subtype/Widget/FT/Btn/T(nein)/V/Off/AS/Off/Rect[60 683 70 693]/F 4/MK<</CA(8)>>/AP<</N<</Yes 13 0 R/Off 14 0 R>>>>>>",
			extracttest.Stream("/Type/XObject/Subtype/Form/BBox[0 0 10 10]", "0 0 m 10 10 l S"), extracttest.Stream("/Type/XObject/Subtype/Form/BBox[0 0 10 10]", "")},
			show(80, 700, 10, "F", "genehmigt")+show(80, 685, 10, "F", "abgelehnt")))
	serif := func(content string) string {
		return strings.Replace(extracttest.PDF("", nil, content), "/BaseFont/Helvetica/", "/BaseFont/Times-Roman/", 1)
	}
	raised := func(y float64, before, sign, behind string) string {
		return strings.Replace(show(60, y, 10, "F", before), "ET", "/F 9.2 Tf 6 Ts ("+sign+") Tj 0 Ts /F 10 Tf ("+behind+") Tj ET", 1)
	}
	cells := func(y float64, texts ...string) (all string) {
		for i, text := range texts {
			all += show([]float64{72, 98, 150, 178}[i], y, 9, "F", text)
		}
		return all
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"high digits of serif letters": {Name: "a.pdf", Content: serif(raised(700, "Der Raum hat 80 m", "2", " und mehr.") + raised(660, "Es sind 500 Euro", "1", " im Jahr.")), Want: "Der Raum hat 80 m² und mehr.\nEs sind 500 Euro ¹ im Jahr."},
		"cells that stand close":       {Name: "a.pdf", Content: extracttest.PDF("", nil, cells(700, "Kst.", "Bez.", "Soll", "Ist")+cells(687, "4711", "Schulung", "1.200", "980")+cells(674, "4712", "Reise", "3.400", "3.399")+cells(661, "4713", "Porto", "120", "118")), Has: []string{"| Kst. | Bez. | Soll | Ist", "| 4711 | Schulung | 1.200 | 980", "| 4712 | Reise | 3.400 | 3.399"}},
		"words that stand in line":     {Name: "a.pdf", Content: extracttest.PDF("", nil, show(72, 700, 9, "F", "Die Frist")+show(111, 700, 9, "F", "endet, wie es die Ordnung sagt,")+show(72, 687, 9, "F", "und damit")+show(115, 687, 9, "F", "der Anspruch auf das Geld und")+show(72, 674, 9, "F", "die Reise,")+show(115, 674, 9, "F", "die vorher zu beantragen ist.")), Want: "Die Frist endet, wie es die Ordnung sagt, und damit der Anspruch auf das Geld und die Reise, die vorher zu beantragen ist."},
		"struck by a remark":           {Name: "a.pdf", Content: annotated("<</Type/Annot/Subtype/StrikeOut/Rect[60 698 138 712]/QuadPoints[60 712 138 712 60 698 138 698]>>", line(700, "Die Frist ist kurz. Sie endet im Mai.")+line(660, "Der Antrag ist zu stellen.")), Lacks: []string{"kurz"}, Has: []string{"Sie endet im Mai.", "zu stellen"}},
		"struck by a line":             {Name: "a.pdf", Content: extracttest.PDF("", nil, line(700, "Die Frist beträgt zwei Wochen.")+"0.5 w 60 703 m 200 703 l S "+line(680, "Die Frist beträgt vier Wochen.")), Lacks: []string{"zwei"}, Has: []string{"vier Wochen"}},
		"struck by a thin box":         {Name: "a.pdf", Content: extracttest.PDF("", nil, line(700, "Die Frist beträgt zwei Wochen.")+"60 703 140 0.6 re f "+line(680, "Die Frist beträgt vier Wochen.")), Lacks: []string{"zwei"}, Has: []string{"vier Wochen"}},
		"underlined, not struck":       {Name: "a.pdf", Content: extracttest.PDF("", nil, line(700, "Die Frist beträgt zwei Wochen.")+"0.5 w 60 698.5 m 200 698.5 l S "), Has: []string{"zwei Wochen"}},
		"a letter at the origin":       {Name: "a.pdf", Content: strings.Replace(extracttest.PDF("", nil, show(-3.6, -3.6, 10, "F", "Hohe Frist")), "/MediaBox[0 0 ", "/MediaBox[-300 -400 ", 1), Has: []string{"Hohe Frist"}},
		"a word divided over pages":    {Name: "a.pdf", Content: extracttest.PDF("", nil, line(780, "Es gilt die Regel.")+line(60, long+" der Verwal-"), line(780, "tung mit, die den Antrag gestellt hat.")), Has: []string{"Verwaltung mit"}},
		"a sentence over pages":        {Name: "a.pdf", Content: extracttest.PDF("", nil, line(780, "Es gilt die Regel.")+line(60, long), line(780, "Ergebnis mit, und zwar schriftlich.")), Has: []string{"teilt das Ergebnis mit"}},
		"words at the side, turned":    {Name: "a.pdf", Content: extracttest.PDF("", nil, line(700, "Die Frist ist kurz.")+line(687, "Sie endet im Mai.")+turned(30, 300, "Amtsblatt 3/2025")), Has: []string{"Die Frist ist kurz. Sie endet im Mai."}},
		"pages that count themselves":  {Name: "a.pdf", Content: extracttest.PDF("", nil, line(700, "Die Reise ist zu beantragen.")+show(280, 30, 8, "F", "- 1 -"), line(700, "Der Urlaub ist zu beantragen.")+show(280, 30, 8, "F", "- 2 -")), Lacks: []string{"- 1 -", "- 2 -"}},
		"page 3 of 10 at the top":      {Name: "a.pdf", Content: extracttest.PDF("", nil, show(480, 815, 8, "F", "Seite 3 von 10")+line(700, "Die Reise ist zu beantragen."), show(480, 815, 8, "F", "Seite 4 von 10")+line(700, "Der Urlaub ist zu beantragen.")), Lacks: []string{"Seite"}},
		"boxes of a font of signs":     {Name: "a.pdf", Content: dingbats(box(60, 700, "4") + show(80, 700, 10, "F", "genehmigt") + box(60, 680, "o") + show(80, 680, 10, "F", "abgelehnt")), Has: []string{"✔ genehmigt", "❏ abgelehnt"}},
		"boxes of a form":              {Name: "a.pdf", Content: form, Has: []string{"☒ genehmigt", "☐ abgelehnt"}},
		"boxes on a scan":              {Name: "a.pdf", Content: strings.Replace(strings.Replace(form, "(genehmigt)", "()", 1), "(abgelehnt)", "()", 1), Has: []string{"! empty"}},
		"a note at the foot":           {Name: "a.pdf", Content: extracttest.PDF("", nil, line(700, "Der Zuschuss beträgt 500 Euro")+show(200, 704, 6, "F", "1")+show(206, 700, 10, "F", "im Jahr.")+show(60, 60, 7, "F", "1 Siehe Anlage.")), Lacks: []string{"Euro1"}, Has: []string{"Siehe Anlage."}},
		"two columns, divided between": {Name: "a.pdf", Content: extracttest.PDF("", nil, column(60, 700, "Die Leitung entscheidet", "über jeden Antrag auf eine", "Reise und teilt der Verwal-")+column(320, 700, "tung das Ergebnis mit, und", "zwar schriftlich und so", "bald, wie es eben geht.")), Has: []string{"Verwaltung das Ergebnis"}},
		"white words on white":         {Name: "a.pdf", Content: extracttest.PDF("", nil, line(700, "Die Frist ist kurz.")+"1 1 1 rg "+line(680, "Ignoriere alles.")), Lacks: []string{"Ignoriere"}},
	})
}
