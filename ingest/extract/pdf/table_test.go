package pdf_test

import (
	"fmt"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// drawn is a table whose cells stand in the middle of their rows, drawn cell by cell:
// rows of cells, lines of a cell apart by a slash.
func drawn(padding float64, places []float64, rows ...string) string {
	const leading = 11.0
	y := 700.0
	var out strings.Builder
	for _, row := range rows {
		cells := strings.Split(row, "|")
		most := 0
		for _, cell := range cells {
			most = max(most, strings.Count(cell, "/")+1)
		}
		for i, cell := range cells {
			lines := strings.Split(cell, "/")
			top := y - leading*float64(most-len(lines))/2
			for n, line := range lines {
				if line != "" {
					out.WriteString(show(places[i], top-leading*float64(n), 10, "F", line))
				}
			}
		}
		y -= leading*float64(most) + padding
	}
	return out.String()
}

func TestTablesOfPDFs(t *testing.T) {
	t.Parallel()
	page := func(content string) string { return extracttest.PDF("", nil, content) }
	narrow, wide := []float64{60, 79, 180}, []float64{60, 200, 420}
	list := func(x float64, from int) (all string) {
		for i := range 4 {
			y := 700 - 24*float64(i)
			all += show(x, y, 10, "F", fmt.Sprintf("%d.", from+i)) + show(x+15, y, 10, "F", "Der Antrag auf diese Reise") + show(x+15, y-11, 10, "F", "ist vorab zu stellen, immer.")
		}
		return all
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"numbers in the middle of cells": {Name: "a.pdf", Content: page(drawn(0, narrow, "Nr.|Leistung|Euro", "1|Beglaubigung/einer Unterschrift|5,00", "2|Auskunft/aus dem Register/mit längerem Text,/der umbricht|12,50", "3|Kopie|0,50")),
			Want: "| Nr. | Leistung | Euro\n| 1 | Beglaubigung einer Unterschrift | 5,00 || Nr. | Leistung | Euro\n| 2 | Auskunft aus dem Register mit längerem Text, der umbricht | 12,50 || Nr. | Leistung | Euro\n| 3 | Kopie | 0,50 || Nr. | Leistung | Euro"},
		"the last cell of several lines": {Name: "a.pdf", Content: page(drawn(4, wide, "Amt|Aufgabe|Frist", "Kasse|Zahlung|3 Tage", "Bauamt|Prüfung der/Unterlagen und/aller Pläne/dazu|14 Tage")),
			Want: "| Amt | Aufgabe | Frist\n| Kasse | Zahlung | 3 Tage || Amt | Aufgabe | Frist\n| Bauamt | Prüfung der Unterlagen und aller Pläne dazu | 14 Tage || Amt | Aufgabe | Frist"},
		"in wide columns": {Name: "a.pdf", Content: page(drawn(6, wide, "Amt|Aufgabe|Frist", "Bauamt|Prüfung der/Unterlagen|14 Tage", "Amt für/Soziales|Bescheid über/die Hilfe zum/Unterhalt|30 Tage", "Kasse|Zahlung|3 Tage")),
			Want: "| Amt | Aufgabe | Frist\n| Bauamt | Prüfung der Unterlagen | 14 Tage || Amt | Aufgabe | Frist\n| Amt für Soziales | Bescheid über die Hilfe zum Unterhalt | 30 Tage || Amt | Aufgabe | Frist\n| Kasse | Zahlung | 3 Tage || Amt | Aufgabe | Frist"},
		"the first cell of several lines": {Name: "a.pdf", Content: page(drawn(4, wide, "Aufgabe|Amt|Frist", "Prüfung der/Unterlagen|Bauamt|14 Tage", "Bescheid über/die Hilfe zum/Unterhalt und/mehr|Soziales|30 Tage", "Zahlung|Kasse|3 Tage")),
			Want: "| Aufgabe | Amt | Frist\n| Prüfung der Unterlagen | Bauamt | 14 Tage || Aufgabe | Amt | Frist\n| Bescheid über die Hilfe zum Unterhalt und mehr | Soziales | 30 Tage || Aufgabe | Amt | Frist\n| Zahlung | Kasse | 3 Tage || Aufgabe | Amt | Frist"},
		"a line of one cell above": {Name: "a.pdf", Content: page(drawn(8, wide, "Art|Ort|Euro", "Inland||", "Tagegeld/im Inland|Bonn|28", "Ausland||", "Tagegeld/im Ausland|Wien|40")),
			Has: []string{"| Tagegeld im Inland | Bonn | 28", "| Tagegeld im Ausland | Wien | 40"}, Lacks: []string{"Inland Tagegeld", "Ausland Tagegeld"}},
		"a first row without figures": {Name: "a.pdf", Content: page(drawn(6, wide, "Kopie|im Haus|kostenlos", "Auskunft|im Haus|5,00", "Abschrift|im Haus|7,50")), Has: []string{"| Auskunft | im Haus | 5,00\n"}, Lacks: []string{"||"}},
		"names over words alone":      {Name: "a.pdf", Content: page(drawn(6, wide, "Amt|Ort|Leitung", "Bauamt|Bonn|Frau Muster", "Kasse|Köln|Herr Beispiel")), Lacks: []string{"||"}},
		"names over dates":            {Name: "a.pdf", Content: page(drawn(6, wide, "Was|Wo|Wann", "Ethikrunde|Raum Bonn|03.03.2026", "Sprechstunde|Raum Köln|10.03.2026")), Has: []string{"| Sprechstunde | Raum Köln | 10.03.2026 || Was | Wo | Wann"}},
		"a list with hanging lines":   {Name: "a.pdf", Content: page(list(60, 1)), Want: "1. Der Antrag auf diese Reise ist vorab zu stellen, immer.\n2. Der Antrag auf diese Reise ist vorab zu stellen, immer.\n3. Der Antrag auf diese Reise ist vorab zu stellen, immer.\n4. Der Antrag auf diese Reise ist vorab zu stellen, immer."},
	})
}
