package text_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

// TestTablesOfValuesAsProgramsWriteThem reads exports of programs.
func TestTablesOfValuesAsProgramsWriteThem(t *testing.T) {
	t.Parallel()
	file := func(name, content, want string) extracttest.Case {
		return extracttest.Case{Name: name, Content: content, Want: want, Remarks: []string{}}
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"the separator in the first line": file("a.csv", "sep=;\r\nAmt;Betrag\r\nBau;1.200,50\r\n", "| Amt | Betrag\n| Bau | 1.200,50 || Amt | Betrag"),
		"a byte order mark and quotes":    file("a.csv", "\uFEFF\"Amt\";\"Betrag\"\r\n\"Bau\";\"1.200,50\"\r\n", "| Amt | Betrag\n| Bau | 1.200,50 || Amt | Betrag"),
		"values written as formulas":      file("a.csv", "Amt;PLZ\r\nBau;=\"01067\"\r\n", "| Amt | PLZ\n| Bau | 01067 || Amt | PLZ"),
		"lines within a cell":             file("a.csv", "Amt;Text\r\nBau;\"Zeile eins\r\nZeile zwei\"\r\n", "| Amt | Text\n| Bau | Zeile eins Zeile zwei || Amt | Text"),
		"tabs":                            file("a.tsv", "Amt\tBetrag\nBau\t1.200,50\n", "| Amt | Betrag\n| Bau | 1.200,50 || Amt | Betrag"),
		"bars":                            file("a.csv", "Amt|Betrag\nBau|1.200,50\n", "| Amt | Betrag\n| Bau | 1.200,50 || Amt | Betrag"),
		"blanks at the end":               file("a.csv", "Amt;Betrag;;\nBau;3;;\n", "| Amt | Betrag\n| Bau | 3 || Amt | Betrag"),
		"one column":                      file("a.csv", "Amt\nBau\nSchule\n", "Amt\nBau\nSchule"),
		"ligatures and joined letters":    file("a.txt", "Titel\n\nDie Zerti\ufb01zierung der Au\ufb02age, u\u0308ber \ufb00.\n", "# Titel\nDie Zertifizierung der Auflage, über ff."),
		"numbers of pages of a print":     file("a.txt", "Titel\n\nErster Satz.\n\f\nSeite 2 von 3\n\nZweiter Satz.\n", "# Titel\nErster Satz.\nZweiter Satz."),
		"boxes of brackets":               file("a.md", "- [x] genehmigt\n- [ ] abgelehnt\n", "- ☒ genehmigt\n- ☐ abgelehnt"),
		"a list of definitions":           file("a.md", "Frist\n: Ein Monat.\n", "Frist\nEin Monat."),
		"a fence with a tilde":            file("a.md", "~~~\nAz ~~12~~\n~~~\n", "Az ~~12~~"),
	})
}

// TestPlainTextIsReadInParts passes over a part of a long text for which there is no
// time, says so, and reads what stands before and behind it.
func TestPlainTextIsReadInParts(t *testing.T) {
	t.Parallel()
	const lines = 30_000
	var file strings.Builder
	for i := range lines {
		fmt.Fprintf(&file, "Absatz %05d sagt etwas aus.\n\n", i)
	}
	told := 0
	docs, err := formats.InSteps("a.txt", strings.NewReader(file.String()), extract.Steps{Told: func(done, _ int) { told = done }, Skip: []int{2}})
	if err != nil || docs[0].Problem != nil {
		t.Fatal(err, docs[0].Problem)
	}
	doc := docs[0]
	first, last := doc.Blocks[0].Text, doc.Blocks[len(doc.Blocks)-1].Text
	if !doc.Partial || told == 0 || first != "Absatz 00000 sagt etwas aus." || last != fmt.Sprintf("Absatz %05d sagt etwas aus.", lines-1) || len(doc.Blocks) >= lines {
		t.Errorf("%d blocks from %q to %q, partial: %t, told of %d", len(doc.Blocks), first, last, doc.Partial, told)
	}
}
