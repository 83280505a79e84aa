package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestPDFShowsTheSameElsewhere looks at what people see in other places than
// [TestPDFShowsWhatPeopleSee] and [TestPDFKeepsWhatRepeats] do.
func TestPDFShowsTheSameElsewhere(t *testing.T) {
	t.Parallel()
	file := func(pages ...string) string { return extracttest.PDF("", nil, pages...) }
	body := func(y float64, lines ...string) string { return column(60, y, lines...) }
	filler := func(what string) string {
		return body(700, what+" ist vorab zu beantragen, und zwar schriftlich.", "Die Leitung entscheidet über "+what+" in zehn Tagen.", "Gegen sie ist der Widerspruch möglich.")
	}
	headed := func(title, what string) string { return show(60, 780, 14, "B", title) + filler(what) }
	footed := func(page int, what string) string {
		return filler(what) + show(60, 40, 8, "F", fmt.Sprintf("Stadt Muster, Amt 3 · Seite %d von 3", page))
	}
	fonts := func(encoding, content string) string {
		return strings.Replace(extracttest.PDF("", nil, content), "/BaseFont/Helvetica/Encoding/WinAnsiEncoding", "/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences["+encoding+"]>>", 1)
	}
	layered := func(config, content string) string {
		return strings.NewReplacer("/Type/Catalog", "/Type/Catalog/OCProperties<</OCGs[10 0 R 11 0 R]/D<<"+config+">>>>", "/Font<<", "/Properties<</A 10 0 R/B 11 0 R/M 12 0 R>>/Font<<").
			Replace(extracttest.PDF("", []string{"<</Type/OCG/Name(an)>>", "<</Type/OCG/Name(aus)>>", "<</Type/OCMD/OCGs[11 0 R]/P/AllOn>>"}, content))
	}
	attached := func(name, data string) string {
		return strings.Replace(extracttest.PDF("", []string{"<<>>", "<</Type/Filespec/F(" + name + ")/UF(" + name + ")/EF<</F 12 0 R>>>>", extracttest.Stream("/Type/EmbeddedFile", data)}, body(700, "Siehe Anlage.")),
			"/Type/Catalog", "/Type/Catalog/Names<</EmbeddedFiles<</Names[("+name+") 11 0 R]>>>>", 1)
	}
	pinned := strings.Replace(extracttest.PDF("", []string{"<<>>", "<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 12 0 R>>", "<</Type/Filespec/F(frist.txt)/EF<</F 13 0 R>>>>", extracttest.Stream("/Type/EmbeddedFile", "Die Frist ist ein Monat.")}, body(700, "Siehe Anlage.")),
		"/Type/Page/", "/Type/Page/Annots[11 0 R]/", 1)
	numbered := func(step int, x float64) string {
		var out strings.Builder
		for i := range 12 {
			if n := i + 1; n%step == 0 {
				out.WriteString(show(x, 700-14*float64(i), 8, "F", fmt.Sprint(n)))
			}
			out.WriteString(show(70, 700-14*float64(i), 10, "F", fmt.Sprintf("so geht es in Zeile %c ohne Ende weiter und", 'A'+i)))
		}
		return out.String()
	}
	apart := func(text string) string { return strings.Join(strings.Split(text, ""), " ") }
	dots := func(text, page string) string { return text + " " + strings.Repeat(". ", 20) + page }
	extracttest.Check(t, map[string]extracttest.Case{
		"slides that are counted":      {Name: "a.pdf", Content: file(headed("Folie 1", "Urlaub"), headed("Folie 2", "Reise"), headed("Folie 3", "Pause")), Has: []string{"Folie 1", "Folie 2", "Folie 3"}},
		"parts by letters":             {Name: "a.pdf", Content: file(headed("Anhang A", "Urlaub"), headed("Anhang B", "Reise"), headed("Anhang C", "Pause")), Has: []string{"Anhang A", "Anhang B", "Anhang C"}},
		"articles of a law":            {Name: "a.pdf", Content: file(headed("Artikel 1", "Urlaub"), headed("Artikel 2", "Reise"), headed("Artikel 3", "Pause")), Has: []string{"Artikel 1", "Artikel 3"}},
		"parts in Roman numbers":       {Name: "a.pdf", Content: file(headed("Teil I", "Urlaub"), headed("Teil II", "Reise"), headed("Teil III", "Pause")), Has: []string{"Teil I\n", "Teil II\n", "Teil III\n"}},
		"a running foot":               {Name: "a.pdf", Content: file(footed(1, "Urlaub"), footed(2, "Reise"), footed(3, "Pause")), Lacks: []string{"Seite"}, Has: []string{"Urlaub", "Pause"}},
		"three equal pages":            {Name: "a.pdf", Content: file(headed("Merkblatt", "Urlaub"), headed("Merkblatt", "Urlaub"), headed("Merkblatt", "Urlaub")), Has: []string{"# Merkblatt", "Urlaub ist vorab", "Widerspruch"}},
		"a header with a foot":         {Name: "a.pdf", Content: file(table(780, append([]string{"Vorgang|Amt|Frist"}, rowsFrom(0, 4)...)...)+show(60, 40, 8, "F", "Seite 1"), table(780, append([]string{"Vorgang|Amt|Frist"}, rowsFrom(5, 9)...)...)+show(60, 40, 8, "F", "Seite 2")), Has: []string{"| Vorgang J | Referat T | 11 Tage || Vorgang | Amt | Frist"}, Lacks: []string{"Seite"}},
		"a header below a running one": {Name: "a.pdf", Content: file(show(60, 815, 8, "F", "Stadt Muster")+table(780, append([]string{"Vorgang|Amt|Frist"}, rowsFrom(0, 4)...)...), show(60, 815, 8, "F", "Stadt Muster")+table(780, append([]string{"Vorgang|Amt|Frist"}, rowsFrom(5, 9)...)...), show(60, 815, 8, "F", "Stadt Muster")+table(780, append([]string{"Vorgang|Amt|Frist"}, rowsFrom(10, 14)...)...)), Has: []string{"| Vorgang J | Referat T | 11 Tage || Vorgang | Amt | Frist", "| Vorgang A | Referat K | 2 Tage || Vorgang | Amt | Frist"}},
		"a heading drawn twice":        {Name: "a.pdf", Content: file(show(60, 780, 16, "B", "Merkblatt") + show(60.5, 779.5, 16, "B", "Merkblatt") + filler("Urlaub")), Want: "# Merkblatt\nUrlaub ist vorab zu beantragen, und zwar schriftlich. Die Leitung entscheidet über Urlaub in zehn Tagen. Gegen sie ist der Widerspruch möglich."},
		"narrow letters drawn twice":   {Name: "a.pdf", Content: file(body(700, "Er ist zu stellen, illegal, Fülle, Null.") + column(60.7, 699.3, "Er ist zu stellen, illegal, Fülle, Null.")), Want: "Er ist zu stellen, illegal, Fülle, Null."},
		"words drawn three times":      {Name: "a.pdf", Content: file(body(700, "Die Frist ist kurz.") + column(60.2, 700, "Die Frist ist kurz.") + column(60.4, 700, "Die Frist ist kurz.")), Want: "Die Frist ist kurz."},
		"a table drawn twice":          {Name: "a.pdf", Content: file(table(700, "Vorgang|Amt|Frist", "Reise|Bau|3 Tage", "Urlaub|Bau|4 Tage") + strings.ReplaceAll(table(700, "Vorgang|Amt|Frist", "Reise|Bau|3 Tage", "Urlaub|Bau|4 Tage"), "1 0 0 1 60 ", "1 0 0 1 60.3 ")), Has: []string{"| Reise | Bau | 3 Tage"}, Lacks: []string{"Reise Reise", "BauBau"}},
		"a layer off by its base":      {Name: "a.pdf", Content: layered("/BaseState/OFF/ON[10 0 R]", "/OC /A BDC "+show(60, 700, 10, "F", "Es gilt der neue Text.")+"EMC /OC /B BDC "+show(60, 660, 10, "F", "Der alte Text.")+"EMC "), Want: "Es gilt der neue Text.", Remarks: []string{"layer switched off 1"}},
		"a layer of layers":            {Name: "a.pdf", Content: layered("/OFF[11 0 R]", show(60, 700, 10, "F", "Es gilt der neue Text.")+"/OC /M BDC "+show(60, 660, 10, "F", "Der alte Text.")+"EMC "), Want: "Es gilt der neue Text.", Remarks: []string{"layer switched off 1"}},
		"a ligature of three letters":  {Name: "a.pdf", Content: fonts("28/f_f_i/f_l", body(700, "Das O\x1czielle und die Schi\x1ce, die Au\x1dage.")), Want: "Das Offizielle und die Schiffie, die Auflage."},
		"a page attached":              {Name: "a.pdf", Content: attached("seite.html", "<h1>Fristen</h1><p>Ein Monat.</p>"), Want: "Siehe Anlage.\n= seite.html\n# Fristen\nEin Monat."},
		"a PDF attached":               {Name: "a.pdf", Content: attached("innen.pdf", file(body(700, "Innen."))), Want: "Siehe Anlage.\n= innen.pdf\nInnen."},
		"a file pinned to a page":      {Name: "a.pdf", Content: pinned, Want: "Siehe Anlage.\n= frist.txt\nDie Frist ist ein Monat."},
		"contents with spaced dots":    {Name: "a.pdf", Content: file(show(60, 780, 16, "B", "Inhaltsübersicht")+body(740, dots("§ 1 Zweck", "2"), dots("§ 2 Ziel", "3"), dots("Anlage 1", "4")), headed("§ 1 Zweck", "Urlaub")), Lacks: []string{". . .", "Inhalts", "Anlage 1"}, Has: []string{"§ 1 Zweck\nUrlaub"}},
		"contents without dots":        {Name: "a.pdf", Content: file(show(60, 780, 16, "B", "Inhalt")+body(740, "1 Zweck", "2 Ziel", "3 Verfahren")+column(500, 740, "2", "3", "4"), headed("1 Zweck", "Urlaub")), Lacks: []string{"Verfahren"}, Has: []string{"1 Zweck\nUrlaub"}},
		"a day that begins, no year":   {Name: "a.pdf", Content: file(body(700, "Anträge sind zu stellen bis zum", "31. März und gelten dann für das ganze Jahr bis zum", "31.12. und nicht länger.")), Want: "Anträge sind zu stellen bis zum 31. März und gelten dann für das ganze Jahr bis zum 31.12. und nicht länger."},
		"every fifth line numbered":    {Name: "a.pdf", Content: file(numbered(5, 40)), Lacks: []string{"5", "10"}, Has: []string{"Zeile E", "Zeile J"}},
		"line numbers at the right":    {Name: "a.pdf", Content: file(numbered(1, 540)), Lacks: []string{"5", "11"}, Has: []string{"Zeile E ohne Ende weiter und so geht es in Zeile F"}},
		"spaced words in a line":       {Name: "a.pdf", Content: file(show(60, 700, 10, "F", "Hiermit ergeht der "+apart("Bescheid")+" vom Mai.")), Has: []string{"der Bescheid vom Mai"}},
		"spaced words of a heading":    {Name: "a.pdf", Content: file(show(60, 780, 16, "B", apart("Beschluss")) + filler("Urlaub")), Has: []string{"# Beschluss"}},
		"raised signs as own pieces":   {Name: "a.pdf", Content: file(show(60, 700, 10, "F", "20 m") + show(80.5, 704, 6, "F", "2") + show(86, 700, 10, "F", "groß")), Want: "20 m² groß"},
	})
}
