package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestPDFShowsTheSameAsOthersWriteIt looks at what people see where other programs
// draw it otherwise.
func TestPDFShowsTheSameAsOthersWriteIt(t *testing.T) {
	t.Parallel()
	file := func(pages ...string) string { return extracttest.PDF("", nil, pages...) }
	body := func(y float64, lines ...string) string { return column(60, y, lines...) }
	filler := func(what string) string {
		return body(700, what+" ist vorab zu beantragen, und zwar schriftlich.", "Die Leitung entscheidet über "+what+" in zehn Tagen.", "Gegen sie ist der Widerspruch möglich.")
	}
	headed := func(title, what string) string { return show(60, 780, 14, "B", title) + filler(what) }
	tables := func(head string, extra string, parts ...[]string) string {
		var pages []string
		for i, rows := range parts {
			page := table(780, append([]string{head}, rows...)...)
			if i == 0 {
				page += extra
			}
			pages = append(pages, page)
		}
		return file(pages...)
	}
	layered := func(resources, content string) string {
		return strings.NewReplacer("/Type/Catalog", "/Type/Catalog/OCProperties<</OCGs[11 0 R 12 0 R]/D<</OFF[12 0 R]>>>>", "/XObject<</X 10 0 R>>", "/XObject<</X 10 0 R>>/Properties<</A 11 0 R/B 12 0 R>>").
			Replace(extracttest.PDF("", []string{resources, "<</Type/OCG/Name(an)>>", "<</Type/OCG/Name(aus)>>"}, content))
	}
	form := extracttest.Stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]/OC 12 0 R/Resources<</Font<</F 3 0 R>>>>", show(60, 660, 10, "F", "Der alte Text."))
	fonts := func(encoding, content string) string {
		return strings.Replace(extracttest.PDF("", nil, content), "/BaseFont/Helvetica/Encoding/WinAnsiEncoding", "/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences["+encoding+"]>>", 1)
	}
	named := func(lines ...string) string { // "@" is one sign for two letters
		all := ""
		for _, line := range lines {
			all += show(60, 700, 10, "F", line)
		}
		letters := "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <3F> <0020> endbfrange 3 beginbfchar <40> <00660066> <23> <00FC> <D6> <00D6> endbfchar 1 beginbfrange <41> <7A> <0041> endbfrange endcmap end"
		return strings.Replace(extracttest.PDF("", []string{extracttest.Stream("", letters)}, all), "/WinAnsiEncoding>>", "/WinAnsiEncoding/ToUnicode 10 0 R>>", 1)
	}
	attached := func(tree string, objects ...string) string {
		return strings.Replace(extracttest.PDF("", append([]string{"<<>>"}, objects...), body(700, "Siehe Anlage.")), "/Type/Catalog", "/Type/Catalog"+tree, 1)
	}
	spec := func(name string, stream int) string {
		return fmt.Sprintf("<</Type/Filespec/F(%s)/UF(%s)/EF<</F %d 0 R>>>>", name, name, stream)
	}
	stream := func(data string) string { return extracttest.Stream("/Type/EmbeddedFile", data) }
	apart := func(text string) string { return strings.Join(strings.Split(text, ""), " ") }
	dots := func(text, page string) string { return text + " " + strings.Repeat(".", 30) + " " + page }
	lineNumbered := func(restart bool) (pages []string) {
		n := 0
		for page := range 2 {
			var out strings.Builder
			if restart {
				n = 0
			}
			for i := range 10 {
				n++
				out.WriteString(show(40, 700-14*float64(i), 8, "F", fmt.Sprint(n)) + show(70, 700-14*float64(i), 10, "F", fmt.Sprintf("so geht es in Zeile %c%c ohne Ende weiter und", 'A'+page, 'A'+i)))
			}
			pages = append(pages, out.String())
		}
		return pages
	}
	letter := func(mode string, y float64, text string) string {
		return strings.Replace(show(60, y, 10, "F", text), " Tf ", " Tf "+mode+" Tr ", 1)
	}
	kerned := "BT /F 10 Tf 1 0 0 1 60 700 Tm 4 Tc (Bescheid) Tj 0 Tc ( ergeht heute.) Tj ET\n"
	pulled := "BT /F 10 Tf 1 0 0 1 60 700 Tm [(D)-300(er)-700(B)-300(e)-300(s)-300(c)-300(h)-300(e)-300(i)-300(d)] TJ ET\n" + show(60, 660, 10, "F", "Er ergeht heute.")
	extracttest.Check(t, map[string]extracttest.Case{
		"a header, first in one table":   {Name: "a.pdf", Content: tables("Vorgang|Amt|Frist", show(60, 820, 16, "B", "Fristen des Hauses"), rowsFrom(0, 4), rowsFrom(5, 9)), Has: []string{"# Fristen des Hauses", "| Vorgang H | Referat R | 9 Tage || Vorgang | Amt | Frist"}},
		"a header of four columns":       {Name: "a.pdf", Content: tables("Nr.|Vorgang|Frist", "", []string{"1|Reise|3 Tage", "2|Urlaub|4 Tage"}, []string{"3|Pause|5 Tage", "4|Umzug|6 Tage"}, []string{"5|Kur|7 Tage", "6|Fahrt|8 Tage"}), Has: []string{"| 4 | Umzug | 6 Tage || Nr. | Vorgang | Frist", "| 1 | Reise | 3 Tage || Nr."}},
		"two equal pages of four":        {Name: "a.pdf", Content: file(headed("Merkblatt", "Urlaub"), headed("Antrag", "Reise"), headed("Merkblatt", "Urlaub"), headed("Antrag", "Reise")), Has: []string{"# Merkblatt", "# Antrag", "Widerspruch"}},
		"a short letter twice":           {Name: "a.pdf", Content: file(body(780, "Amt 3", "Der Antrag wird abgelehnt."), body(780, "Amt 3", "Der Antrag wird abgelehnt.")), Has: []string{"Amt 3", "abgelehnt"}},
		"headings that count up":         {Name: "a.pdf", Content: file(headed("Kapitel 1", "Urlaub"), headed("Kapitel 2", "Reise"), headed("Kapitel 3", "Pause"), headed("Kapitel 4", "Umzug")), Has: []string{"Kapitel 1\n", "Kapitel 2\n", "Kapitel 4\n"}},
		"headings with a number behind":  {Name: "a.pdf", Content: file(headed("Modul 1: Grundlagen", "Urlaub"), headed("Modul 2: Grundlagen", "Reise"), headed("Modul 3: Grundlagen", "Pause")), Has: []string{"Modul 1: Grundlagen", "Modul 3: Grundlagen"}},
		"headings of years":              {Name: "a.pdf", Content: file(headed("Haushalt 2023", "Urlaub"), headed("Haushalt 2024", "Reise"), headed("Haushalt 2025", "Pause")), Has: []string{"Haushalt 2023", "Haushalt 2025"}},
		"drawn twice, as an outline":     {Name: "a.pdf", Content: file(letter("1", 700, "Die Frist ist kurz.") + letter("0", 700, "Die Frist ist kurz.")), Want: "Die Frist ist kurz."},
		"drawn twice, line by line":      {Name: "a.pdf", Content: file(show(60, 700, 10, "F", "Die Frist ist kurz.") + show(60.4, 700, 10, "F", "Die Frist ist kurz.") + show(60, 687, 10, "F", "Sie endet im Mai.") + show(60.4, 687, 10, "F", "Sie endet im Mai.")), Want: "Die Frist ist kurz. Sie endet im Mai."},
		"the same words, not twice":      {Name: "a.pdf", Content: file(body(700, "Der Antrag ist zu stellen.", "Der Antrag ist zu stellen.")), Want: "Der Antrag ist zu stellen. Der Antrag ist zu stellen."},
		"a form on a layer that is off":  {Name: "a.pdf", Content: layered(form, show(60, 700, 10, "F", "Es gilt der neue Text.")+"q /X Do Q\n"), Want: "Es gilt der neue Text.", Remarks: []string{"layer switched off 1"}},
		"a layer within a layer":         {Name: "a.pdf", Content: layered("<<>>", "/OC /A BDC "+show(60, 700, 10, "F", "Es gilt der neue Text.")+"/OC /B BDC "+show(60, 660, 10, "F", "Der alte Text.")+"EMC EMC "), Want: "Es gilt der neue Text.", Remarks: []string{"layer switched off 1"}},
		"marks within a layer off":       {Name: "a.pdf", Content: layered("<<>>", show(60, 700, 10, "F", "Es gilt der neue Text.")+"/OC /B BDC /P <</MCID 0>> BDC "+show(60, 660, 10, "F", "Der alte Text.")+"EMC EMC "), Want: "Es gilt der neue Text."},
		"ligatures by other names":       {Name: "a.pdf", Content: fonts("28/uniFB01/fl/f_t", body(700, "Die Zerti\x1czierung, die Au\x1dage, die Schri\x1een.")), Want: "Die Zertifizierung, die Auflage, die Schriften."},
		"ligatures of code points":       {Name: "a.pdf", Content: fonts("28/uni00660069/uni00660066", body(700, "Die Zerti\x1czierung, die Sto\x1de.")), Has: []string{"Zertifizierung", "Stoffe"}},
		"a ligature of letters alike":    {Name: "a.pdf", Content: named("Die \xd6@nung der B#cher: zwei Sto@e."), Want: "Die Öffnung der Bücher: zwei Stoffe."},
		"a ligature drawn twice":         {Name: "a.pdf", Content: named("Die Sto@e.", "Die Sto@e."), Want: "Die Stoffe."},
		"two files attached":             {Name: "a.pdf", Content: attached("/Names<</EmbeddedFiles<</Kids[11 0 R]>>>>", "<</Names[(a) 12 0 R(b) 14 0 R]>>", spec("a.txt", 13), stream("Die Frist ist ein Monat."), spec("b.csv", 15), stream("Amt;Tage\nBau;3\n")), Want: "Siehe Anlage.\n= a.txt\nDie Frist ist ein Monat.\n= b.csv\n| Amt | Tage\n| Bau | 3 || Amt | Tage"},
		"a collection of files":          {Name: "a.pdf", Content: attached("/Collection<</View/D>>/Names<</EmbeddedFiles<</Names[(a) 11 0 R]>>>>", spec("frist.txt", 12), stream("Die Frist ist ein Monat.")), Has: []string{"= frist.txt\nDie Frist ist ein Monat."}},
		"a file that belongs to it":      {Name: "a.pdf", Content: attached("/AF[11 0 R]/Names<</EmbeddedFiles<</Names[(a) 11 0 R]>>>>", spec("rechnung.xml", 12), stream("<?xml version=\"1.0\"?><a/>")), Has: []string{"Siehe Anlage.", "= rechnung.xml"}},
		"contents over two pages":        {Name: "a.pdf", Content: file(show(60, 780, 16, "B", "Inhaltsverzeichnis")+body(740, dots("1 Zweck", "3"), dots("2 Ziel", "3"), dots("3 Verfahren", "3")), body(780, dots("4 Fristen", "3"), dots("5 Kosten", "3"), dots("6 Schluss", "3")), show(60, 780, 14, "B", "1 Zweck")+filler("Urlaub")), Lacks: []string{"....", "Kosten", "Inhalts"}, Has: []string{"1 Zweck\nUrlaub"}},
		"contents and text on one page":  {Name: "a.pdf", Content: file(show(60, 780, 18, "B", "Leitlinie Reisen") + show(60, 750, 14, "B", "Inhalt") + body(730, dots("1 Zweck", "1"), dots("2 Ziel", "2")) + show(60, 660, 12, "B", "1 Zweck") + column(60, 640, "Die Leitlinie regelt Reisen, und zwar alle.")), Lacks: []string{"...."}, Has: []string{"# Leitlinie Reisen", "1 Zweck\nDie Leitlinie regelt"}},
		"a day that begins, with a word": {Name: "a.pdf", Content: file(body(700, "Die Richtlinie trat durch die Verfügung der Leitung vom", "1. Januar in Kraft und gilt bis einschließlich", "31. Dezember des Jahres.")), Want: "Die Richtlinie trat durch die Verfügung der Leitung vom 1. Januar in Kraft und gilt bis einschließlich 31. Dezember des Jahres."},
		"an ordinal that begins":         {Name: "a.pdf", Content: file(body(700, "Das gilt für Kinder bis zur Vollendung des", "14. Lebensjahres, und zwar im ganzen Gebiet der", "2. Kammer des Gerichts.")), Want: "Das gilt für Kinder bis zur Vollendung des 14. Lebensjahres, und zwar im ganzen Gebiet der 2. Kammer des Gerichts."},
		"line numbers that go on":        {Name: "a.pdf", Content: file(lineNumbered(false)...), Lacks: []string{"15", "7"}, Has: []string{"Zeile AJ ohne", "Zeile BE"}},
		"line numbers of each page":      {Name: "a.pdf", Content: file(lineNumbered(true)...), Lacks: []string{"5", "10"}, Has: []string{"Zeile AJ ohne", "Zeile BE"}},
		"letters set apart by spacing":   {Name: "a.pdf", Content: file(kerned), Has: []string{"Bescheid ergeht heute."}},
		"letters pulled apart":           {Name: "a.pdf", Content: file(pulled), Has: []string{"Bescheid"}},
		"two spaced words":               {Name: "a.pdf", Content: file(show(60, 780, 14, "B", apart("Amtliche")+"   "+apart("Mitteilung")) + filler("Urlaub")), Has: []string{"Amtliche Mitteilung"}},
		"raised letters of a note":       {Name: "a.pdf", Content: file(show(60, 700, 10, "F", "Der Zuschuss beträgt 103") + show(172, 704, 6, "F", "1)") + show(180, 700, 10, "F", "Euro im Jahr.")), Lacks: []string{"1031"}, Has: []string{"103 "}},
		"a power, set by a browser":      {Name: "a.pdf", Content: file("BT /F 10 Tf 1 0 0 1 60 700 Tm (Es sind 10) Tj 4 Ts /F 8.3 Tf (3) Tj 0 Ts /F 10 Tf ( Keime je Liter.) Tj ET"), Want: "Es sind 10³ Keime je Liter."},
		"a power of ten":                 {Name: "a.pdf", Content: file("BT /F 10 Tf 1 0 0 1 60 700 Tm (Es sind 10) Tj 4 Ts /F 6 Tf (3) Tj 0 Ts /F 10 Tf ( Keime je Liter.) Tj ET"), Want: "Es sind 10³ Keime je Liter."},
	})
}
