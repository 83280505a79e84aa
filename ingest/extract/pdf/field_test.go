package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

var (
	show   = extracttest.Show
	column = extracttest.Column
)

// table draws rows of three cells from a height down.
func table(y float64, rows ...string) string {
	var out strings.Builder
	for i, row := range rows {
		for j, cell := range strings.Split(row, "|") {
			out.WriteString(show(60+150*float64(j), y-14*float64(i), 10, "F", cell))
		}
	}
	return out.String()
}

func rowsFrom(first, last int) []string {
	var rows []string
	for i := first; i <= last; i++ {
		rows = append(rows, fmt.Sprintf("Vorgang %c|Referat %c|%d Tage", 'A'+i, 'K'+i, i+2))
	}
	return rows
}

func TestPDFKeepsWhatRepeats(t *testing.T) {
	t.Parallel()
	file := func(pages ...string) string { return extracttest.PDF("", nil, pages...) }
	head := "Vorgang|Amt|Frist"
	body := func(lines ...string) string { return column(60, 700, lines...) }
	letter := show(60, 780, 14, "B", "Merkblatt Urlaub") + show(60, 760, 10, "F", "Stand: Mai 2025") +
		body("Urlaub ist vorab zu beantragen.", "Die Leitung entscheidet in zehn Tagen.", "Reste verfallen im April des Folgejahres.", "Fragen beantwortet das Amt.") +
		show(60, 40, 10, "F", "Unterschrift der Leitung")
	part := func(name, text string) string {
		return show(60, 780, 14, "B", name) + body(text, text+" So steht es im Gesetz.", "Das gilt für alle "+text)
	}
	running := func(page int, text string) string {
		return show(60, 810, 9, "F", fmt.Sprintf("Stadt Musterland – Seite %d", page)) + body(text, "Noch ein Satz über "+text)
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"a header on each page": {
			Name: "a.pdf", Content: file(table(780, append([]string{head}, rowsFrom(0, 4)...)...), table(780, append([]string{head}, rowsFrom(5, 9)...)...), table(780, append([]string{head}, rowsFrom(10, 14)...)...)),
			Has: []string{"| Vorgang | Amt | Frist\n| Vorgang A", "| Vorgang C | Referat M | 4 Tage || Vorgang | Amt | Frist", "| Vorgang O | Referat Y | 16 Tage || Vorgang | Amt | Frist"},
		},
		"a header below a title": {
			Name: "a.pdf", Content: file(show(60, 800, 16, "B", "Fristen des Hauses")+table(740, append([]string{head}, rowsFrom(0, 4)...)...), table(780, append([]string{head}, rowsFrom(5, 9)...)...), table(780, append([]string{head}, rowsFrom(10, 14)...)...)),
			Has: []string{"# Fristen des Hauses", "| Vorgang G | Referat Q | 8 Tage || Vorgang | Amt | Frist", "| Vorgang N | Referat X | 15 Tage || Vorgang | Amt | Frist"},
		},
		"the same page twice": {Name: "a.pdf", Content: file(letter, letter), Has: []string{"# Merkblatt Urlaub", "Stand: Mai 2025", "zehn Tagen", "Unterschrift der Leitung"}},
		"a form and its copy": {Name: "a.pdf", Content: file(letter, strings.Replace(letter, "Fragen beantwortet das Amt.", "Kopie für die Akten.", 1)), Has: []string{"# Merkblatt Urlaub", "Stand: Mai 2025", "Kopie"}},
		"parts that are counted": {Name: "a.pdf", Content: file(part("Anlage 1", "die Reise"), part("Anlage 2", "der Antrag"), part("Anlage 3", "das Konto")),
			Has: []string{"# Anlage 1\n", "# Anlage 2\n", "# Anlage 3\n"}},
		"paragraphs of a law":  {Name: "a.pdf", Content: file(part("§ 1", "die Reise"), part("§ 2", "der Antrag"), part("§ 3", "das Konto")), Has: []string{"§ 1", "§ 2", "§ 3"}},
		"a running head":       {Name: "a.pdf", Content: file(running(1, "die Reise"), running(2, "der Antrag"), running(3, "das Konto")), Lacks: []string{"Musterland"}, Has: []string{"die Reise", "das Konto"}},
		"lines that are alike": {Name: "a.pdf", Content: file(body("Zeile 1: gut", "Zeile 2: gut"), body("Zeile 2: gut", "Zeile 3: gut"), body("Zeile 3: gut", "Zeile 4: gut")), Has: []string{"Zeile 1", "Zeile 4"}},
	})
}

func TestPDFShowsWhatPeopleSee(t *testing.T) {
	t.Parallel()
	file := func(pages ...string) string { return extracttest.PDF("", nil, pages...) }
	twice := func(dx, dy float64) string {
		lines := []string{"Die Frist ist kurz.", "Sie endet im Mai."}
		return column(60, 700, lines...) + column(60+dx, 700+dy, lines...)
	}
	numbers := func(step int) string {
		var out strings.Builder
		for i, line := range []string{"Der Antrag ist vor Beginn der Reise zu", "stellen und zu begründen. Das Amt prüft", "ihn innerhalb von vier Wochen. Eine Ab-", "lehnung ist zu begründen. Gegen sie ist", "der Widerspruch möglich, über den die", "Leitung entscheidet."} {
			out.WriteString(show(40, 700-14*float64(i), 8, "F", fmt.Sprint((i+1)*step)) + show(70, 700-14*float64(i), 10, "F", line))
		}
		return out.String()
	}
	text := "Der Antrag ist vor Beginn der Reise zu stellen und zu begründen. Das Amt prüft ihn innerhalb von vier Wochen. Eine Ablehnung ist zu begründen. Gegen sie ist der Widerspruch möglich, über den die Leitung entscheidet."
	layers := strings.NewReplacer("/Type/Catalog", "/Type/Catalog/OCProperties<</OCGs[10 0 R 11 0 R]/D<</ON[10 0 R]/OFF[11 0 R]>>>>", "/Font<<", "/Properties<</A 10 0 R/B 11 0 R>>/Font<<").
		Replace(extracttest.PDF("", []string{"<</Type/OCG/Name(an)>>", "<</Type/OCG/Name(aus)>>"}, "/OC /A BDC "+show(60, 700, 10, "F", "Es gilt der neue Text.")+"EMC /OC /B BDC "+show(60, 660, 10, "F", "Der alte Text.")+"EMC "))
	fonts := func(encoding, content string) string {
		return strings.Replace(extracttest.PDF("", nil, content), "/BaseFont/Helvetica/Encoding/WinAnsiEncoding", "/BaseFont/Helvetica/Encoding<</BaseEncoding/WinAnsiEncoding/Differences["+encoding+"]>>", 1)
	}
	attached := strings.Replace(extracttest.PDF("", []string{"<<>>", "<</Type/Filespec/F(frist.txt)/UF(frist.txt)/EF<</F 12 0 R>>>>", extracttest.Stream("/Type/EmbeddedFile", "Die Frist ist ein Monat.")}, column(60, 700, "Siehe Anlage.")),
		"/Type/Catalog", "/Type/Catalog/Names<</EmbeddedFiles<</Names[(frist.txt) 11 0 R]>>>>", 1)
	xfa := func(template, page string) string {
		return strings.Replace(extracttest.PDF("", []string{"<<>>", extracttest.Stream("", template)}, page), "/Type/Catalog", "/Type/Catalog/NeedsRendering true/AcroForm<</Fields[]/XFA 11 0 R>>", 1)
	}
	wait := column(60, 700, "Please wait... If this message is not eventually replaced", "your PDF viewer may not be able to display this document.")
	form := `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform><draw><value><text>Reiseantrag</text></value></draw>` +
		`<field name="Ziel"><caption><value><text>Ziel</text></value></caption></field><field name="Bahn"><ui><checkButton/></ui><caption><value><text>mit der Bahn</text></value></caption></field>` +
		`<draw presence="hidden"><value><text>versteckt</text></value></draw></subform></template>` +
		`<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><f><Ziel>Köln</Ziel><Bahn>1</Bahn></f></xfa:data></xfa:datasets></xdp:xdp>`
	dots := func(text, page string) string { return text + " " + strings.Repeat(".", 40) + " " + page }
	spaced := strings.Join(strings.Split("Bescheid", ""), " ")
	extracttest.Check(t, map[string]extracttest.Case{
		"a shadow":                 {Name: "a.pdf", Content: file(twice(0.7, -0.7)), Want: "Die Frist ist kurz. Sie endet im Mai."},
		"bold by hand":             {Name: "a.pdf", Content: file(twice(0.3, 0)), Want: "Die Frist ist kurz. Sie endet im Mai."},
		"drawn over itself":        {Name: "a.pdf", Content: file(twice(0, 0)), Want: "Die Frist ist kurz. Sie endet im Mai."},
		"double letters stay":      {Name: "a.pdf", Content: file(column(60, 700, "Zoll, Schiff, Aal ... 1001")), Want: "Zoll, Schiff, Aal ... 1001"},
		"numbers of lines":         {Name: "a.pdf", Content: file(numbers(1)), Want: text},
		"a list stays":             {Name: "a.pdf", Content: file(column(60, 700, "1. Antrag", "2. Prüfung", "3. Bescheid", "4. Zahlung", "5. Ablage")), Has: []string{"1. Antrag", "5. Ablage"}},
		"a layer switched off":     {Name: "a.pdf", Content: layers, Want: "Es gilt der neue Text.", Remarks: []string{"layer switched off 1"}},
		"a ligature that is named": {Name: "a.pdf", Content: fonts("28/f_i/t_t", column(60, 700, "Die Zerti\x1czierung der Pla\x1de.")), Want: "Die Zertifizierung der Platte.", Remarks: []string{}},
		"a letter that is lost":    {Name: "a.pdf", Content: fonts("28/g123", column(60, 700, "Die Zerti\x1czierung.")), Want: "Die Zerti□zierung.", Remarks: []string{"lost letters 1"}},
		"a file attached":          {Name: "a.pdf", Content: attached, Want: "Siehe Anlage.\n= frist.txt\nDie Frist ist ein Monat."},
		"a dynamic form":           {Name: "a.pdf", Content: xfa(form, wait), Want: "Reiseantrag\nZiel: Köln\n☒ mit der Bahn"},
		"a dynamic form, broken":   {Name: "a.pdf", Content: xfa("<template", wait), Has: []string{"! unsupported type: a dynamic form"}},
		"a form with its pages":    {Name: "a.pdf", Content: xfa(form, column(60, 700, "Der Antrag auf Papier.")), Want: "Der Antrag auf Papier."},
		"contents with dots":       {Name: "a.pdf", Content: file(show(60, 780, 16, "B", "Inhalt")+column(60, 740, dots("1 Zweck", "2"), dots("2 Ziel", "3")), show(60, 780, 14, "B", "1 Zweck")+column(60, 740, "Die Anweisung regelt Reisen.")), Want: "# 1 Zweck\nDie Anweisung regelt Reisen."},
		"days at the line's start": {Name: "a.pdf", Content: file(column(60, 700, "Die Richtlinie in der Fassung vom", "15. November 2024 gilt für alle Stellen des Hauses bis zum", "1. 3. 2026 weiter.")), Want: "Die Richtlinie in der Fassung vom 15. November 2024 gilt für alle Stellen des Hauses bis zum 1. 3. 2026 weiter."},
		"letters set apart":        {Name: "a.pdf", Content: file(show(60, 700, 10, "F", spaced) + show(60, 660, 10, "F", "Er ergeht heute.")), Has: []string{"Bescheid", "Er ergeht heute."}},
		"signs set high":           {Name: "a.pdf", Content: file("BT /F 10 Tf 1 0 0 1 60 700 Tm (Zuschuss 300 Euro) Tj 4 Ts /F 6 Tf (1) Tj 0 Ts /F 10 Tf ( je Fall) Tj ET"), Want: "Zuschuss 300 Euro ¹ je Fall"},
	})
}
