package office_test

import (
	"encoding/binary"
	"math"
	"os"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// le writes numbers of two bytes.
func le(numbers ...int) string {
	var out []byte
	for _, n := range numbers {
		out = binary.LittleEndian.AppendUint16(out, uint16(n))
	}
	return string(out)
}

func le32(n int) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(n))) }

func float(value float64) string {
	return string(binary.LittleEndian.AppendUint64(nil, math.Float64bits(value)))
}

// wide writes a text in UTF-16.
func wide(text string) string { return extracttest.UTF16(text) }

// longText is a text with its length in two bytes.
func longText(text string) string { return le(len(wide(text))/2) + "\x01" + wide(text) }

// fontOf is a font: flags 8 strike it out, set 1 raises it.
func fontOf(flags, color, set int, name string) string {
	return record(0x31, le(200, flags, color, 400, set)+"\x00\x00\x00\x00"+string(rune(len(name)))+"\x00"+name)
}

// xf is the style of a cell.
func xfOf(font, format int, fill ...int) string {
	pattern, ground := 0, 0
	if len(fill) == 2 {
		pattern, ground = fill[0], fill[1]
	}
	return record(0xE0, le(font, format)+strings.Repeat("\x00", 10)+le32(pattern<<26)+le(ground))
}

func oldSheet(name, flags, records string) extracttest.OldSheet {
	return extracttest.OldSheet{Name: name, Flags: flags, Records: records}
}

// oldRow is a row of texts from column A, with no style; empty ones are left out.
func oldRow(row int, texts ...string) string { return extracttest.OldRow(row, texts...) }

// record writes one of a workbook's.
func record(kind int, content string) string { return extracttest.Record(kind, content) }

// TestNumbersOfOldWorkbooksAsGermanExcelShowsThem has a format for each, in style 1.
func TestNumbersOfOldWorkbooksAsGermanExcelShowsThem(t *testing.T) {
	t.Parallel()
	place := le(1, 0, 1)
	number := func(value float64) string { return record(0x203, place+float(value)) }
	rk := func(value int) string { return record(0x27E, place+le32(value)) }
	formula := func(result string, flags int) string {
		return record(0x06, place+result+le(flags, 0, 0)+le(3)+"\x1E\x01\x00")
	}
	tests := []struct{ format, cell, want string }{
		{"", number(1234.5), "1234,5"},
		{"#,##0.00", number(1234567.891), "1.234.567,89"},
		{`#,##0.00 "€";[Red]-#,##0.00 "€"`, number(-1234.5), "-1.234,50 €"},
		{"mmmm", number(45352), "März"},
		{"dddd", number(45352), "Freitag"},
		{"mmm yy", number(45352), "Mrz 24"},
		{"d. mmmm yyyy", number(45352), "1. März 2024"},
		{"dd.mm.yyyy", rk(45352<<2 | 2), "01.03.2024"},
		{"0.0%", number(-0.125), "-12,5%"},
		{"hh:mm", number(0.375), "09:00"},
		{"[h]:mm", number(2.5), "60:00"},
		{"00000", rk(1067<<2 | 2), "01067"},
		{"", rk(123456<<2 | 3), "1234,56"},
		{"", rk(-3<<2 | 2), "-3"},
		{"", rk(int(math.Float64bits(2.5) >> 32)), "2,5"},
		{"", rk(int(math.Float64bits(250)>>32) | 1), "2,5"},
		{"built in 14", number(45352), "01.03.2024"},
		{"built in 17", number(45352), "Mrz 24"},
		{"built in 44", number(1234.5), "1.234,50 €"},
		{";;;", number(99), ""},
		{`"ab "@`, record(0x204, place+longText("heute")), "ab heute"},
		{"", record(0x205, place+"\x01\x00"), "WAHR"},
		{"", record(0x205, place+"\x00\x00"), "FALSCH"},
		{"", record(0x205, place+"\x2A\x01"), "#NV"},
		{"", record(0x205, place+"\x07\x01"), "#DIV/0!"},
		{"0.00", formula(float(2.675), 0), "2,68"},
		{"", formula("\x01\x00\x01\x00\x00\x00\xFF\xFF", 0), "WAHR"},
		{"", formula("\x02\x00\x0F\x00\x00\x00\xFF\xFF", 0), "#WERT!"},
		{"", formula("\x03\x00\x00\x00\x00\x00\xFF\xFF", 0), ""},
		{"", formula("\x00\x00\x00\x00\x00\x00\xFF\xFF", 0) + record(0x207, longText("Größe")), "Größe"},
		{"", formula("\x00\x00\x00\x00\x00\x00\xFF\xFF", 8) + record(0x4BC, "shared") + record(0x207, le(4)+"\x00"+"Ja, ") + record(0x3C, "\x01"+wide("–")), "Ja,"},
		{"0", formula(float(0), 0), "0"},
		{"0", formula(float(0), 3), ""},
	}
	for _, test := range tests {
		id, codes := 0, ""
		if test.format != "" {
			id, codes = 200, record(0x41E, le(200)+longText(test.format))
		}
		switch test.format {
		case "built in 14":
			id, codes = 14, record(0x41E, le(14)+longText("m/d/yy"))
		case "built in 17", "built in 44":
			id, codes = map[string]int{"built in 17": 17, "built in 44": 44}[test.format], ""
		}
		file := extracttest.OldBook(codes+xfOf(0, 0)+xfOf(0, id), oldSheet("Tabelle1", "", oldRow(0, "Wert", "Form")+test.cell+oldRow(1, "", "x")))
		want := strings.Join(strings.Fields("| Wert | Form\n| "+test.want+" | x || Wert | Form"), " ")
		want = strings.Replace(want, "Form | ", "Form\n| ", 1)
		extracttest.Check(t, map[string]extracttest.Case{test.format + " " + test.want: {Name: "a.xls", Content: file, Want: want}})
	}
}

func TestOldSheetsShowWhatPeopleSee(t *testing.T) {
	t.Parallel()
	styles := fontOf(0, 0x7FFF, 0, "Arial") + fontOf(8, 0x7FFF, 0, "Arial") + fontOf(0, 0x7FFF, 1, "Arial") + fontOf(0, 9, 0, "Arial") + fontOf(0, 0x7FFF, 0, "Wingdings") +
		xfOf(0, 0) + xfOf(1, 0) + xfOf(3, 0) + xfOf(3, 0, 1, 23) + xfOf(5, 0) // font 4 does not exist: 5 is the fifth
	sheet := func(records, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.xls", Content: extracttest.OldBook(styles, oldSheet("Tabelle1", "", records)), Want: want, Remarks: append([]string{}, remarks...)}
	}
	head := oldRow(0, "Amt", "Fach", "Tage")
	two := head + oldRow(1, "Bau", "Tief", "drei")
	hidden := record(0x208, le(1, 0, 3, 255, 0, 0, 0x20, 0))
	outlined := record(0x208, le(1, 0, 3, 255, 0, 0, 0x21, 0))
	const all, bau = "| Amt | Fach | Tage\n| Bau | Tief | drei || Amt | Fach | Tage", " || Amt | Fach | Tage"
	columns := func(width, flags int) string { return record(0x7D, le(1, 1, width, 15, flags, 0)) }
	shared := func(row, column, style, text int) string { return record(0xFD, le(row, column, style)+le32(text)) }
	styled := func(style int, text string) string { return record(0x204, le(1, 0, style)+longText(text)) }
	withTexts := func(table, records, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.xls", Content: extracttest.OldBook(styles+table, oldSheet("Tabelle1", "", records)), Want: want, Remarks: append([]string{}, remarks...)}
	}
	filterName := record(0x18, le(0x20)+"\x00\x01"+le(11, 0, 1)+"\x00\x00\x00\x00"+"\x00\x0D"+"\x3B"+le(0, 0, 9, 0, 2))
	box := func(kind int, text string) string {
		return record(0x5D, le(0x15, 0x12, kind, 1)) + record(0x1B6, le(0, 0, 0, 0, 0, len(text), 16, 0, 0)) + record(0x3C, "\x00"+text) + record(0x3C, strings.Repeat("\x00", 16))
	}
	label := func(of int, text string) string {
		return record(0x1025, strings.Repeat("\x00", 32)) + record(0x100D, le(0)+string(rune(len(text)))+"\x00"+text) + record(0x1027, le(of, 0, 0))
	}
	chart := record(0x809, extracttest.ChartBegin) + label(1, "Kosten im Jahr") + label(2, "Euro") + label(4, "eines Wertes") + record(0x100D, le(0)+"\x03\x00Bau") + record(0x0A, "")
	extracttest.Check(t, map[string]extracttest.Case{
		"merged down":                     sheet(head+oldRow(1, "Bau", "Tief", "drei")+oldRow(2, "", "Hoch", "vier")+record(0xE5, le(1, 1, 2, 0, 0)), all+"\n| Bau | Hoch | vier"+bau),
		"merged across":                   sheet(head+oldRow(1, "Bau", "", "drei")+record(0xE5, le(1, 1, 1, 0, 1)), "| Amt | Fach | Tage\n| Bau | Bau | drei"+bau),
		"a header of two rows":            sheet(oldRow(0, "Amt", "Kosten")+oldRow(1, "", "Plan", "Ist")+oldRow(2, "Bau", "3", "4")+record(0xE5, le(2, 0, 1, 0, 0, 0, 0, 1, 2)), "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
		"hidden by hand":                  sheet(hidden+two, "| Amt | Fach | Tage", "hidden rows 1"),
		"of no height":                    sheet(record(0x208, le(1, 0, 3, 0, 0, 0, 0, 0))+two, "| Amt | Fach | Tage", "hidden rows 1"),
		"folded up":                       sheet(outlined+two, all, "folded rows 1"),
		"rows hidden unless said":         sheet(record(0x225, le(2, 0))+record(0x208, le(0, 0, 3, 255, 0, 0, 0, 0))+two, "| Amt | Fach | Tage", "hidden rows 1"),
		"hidden columns":                  sheet(columns(2000, 1)+two, "| Amt | | Tage\n| Bau | | drei || Amt |  | Tage", "hidden columns 1"),
		"columns of no width":             sheet(columns(0, 0)+two, "| Amt | | Tage\n| Bau | | drei || Amt |  | Tage", "hidden columns 1"),
		"folded columns":                  sheet(columns(2000, 0x101)+two, all, "folded columns 1"),
		"behind a filter":                 sheet(hidden+record(0x9B, "")+two, all, "filtered rows 1"),
		"struck cells":                    sheet(head+styled(1, "alt")+oldRow(1, "", "Tief"), "| Amt | Fach | Tage\n| | Tief"+bau, "struck text 1"),
		"white on white":                  sheet(head+styled(2, "geheim")+oldRow(1, "", "Tief"), "| Amt | Fach | Tage\n| | Tief"+bau),
		"white on green":                  sheet(head+styled(3, "sichtbar")+oldRow(1, "", "Tief"), "| Amt | Fach | Tage\n| sichtbar | Tief"+bau),
		"white under a rule":              sheet(head+styled(2, "sichtbar")+oldRow(1, "", "Tief")+record(0x1B0, le(1)), "| Amt | Fach | Tage\n| sichtbar | Tief"+bau),
		"ticks of a symbol font":          sheet(head+styled(4, "þ")+oldRow(1, "", "Tief"), "| Amt | Fach | Tage\n| ☒ | Tief"+bau),
		"cells out of their order":        sheet(oldRow(1, "Bau", "", "drei")+head+record(0x204, le(1, 1, 0)+longText("Tief")), all),
		"many numbers in one record":      sheet(head+record(0xBD, le(1, 0, 0)+le32(7<<2|2)+le(0)+le32(8<<2|2)+le(0)+le32(9<<2|2)+le(2)), "| Amt | Fach | Tage\n| 7 | 8 | 9"+bau),
		"formulas that nobody worked out": sheet(head+oldRow(1, "Summe")+record(0x06, le(1, 1, 0)+"\x03\x00\x00\x00\x00\x00\xFF\xFF"+le(0, 0, 0)+le(3)+"\x1E\x01\x00"), "| Amt | Fach | Tage\n| Summe"+bau, "formula without value 1"),
		"formulas without a text":         sheet(head+record(0x06, le(1, 0, 0)+float(7)+le(0, 0, 0)+le(3)+"\x1E\x01\x00")+record(0x06, le(1, 1, 0)+"\x03\x00\x00\x00\x00\x00\xFF\xFF"+le(0, 0, 0)+le(3)+"\x1E\x01\x00"), "| Amt | Fach | Tage\n| 7"+bau),
		"a text box":                      sheet(two+box(6, "Stand 2026"), all+"\nStand 2026"),
		"a comment":                       sheet(two+box(0x19, "intern"), all),
		"titles of a chart":               sheet(two+chart, all+"\nKosten im Jahr\nEuro"),
		"rows behind a chart":             sheet(head+chart+oldRow(1, "Bau", "Tief", "drei"), all+"\nKosten im Jahr\nEuro"),
		"a text that goes on, wider": withTexts(record(0xFC, le32(2)+le32(2)+le(3)+"\x00Bau"+le(5)+"\x00Ti")+record(0x3C, "\x01"+wide("ef–")),
			head+shared(1, 0, 0, 0)+shared(1, 1, 0, 1), "| Amt | Fach | Tage\n| Bau | Tief–"+bau),
		"a text that goes on, narrower": withTexts(record(0xFC, le32(2)+le32(2)+le(3)+"\x01"+wide("Bü"))+record(0x3C, "\x00r"+le(4)+"\x00Tief"),
			head+shared(1, 0, 0, 0)+shared(1, 1, 0, 1), "| Amt | Fach | Tage\n| Bür | Tief"+bau),
		"struck and raised words": withTexts(record(0xFC, le32(1)+le32(1)+le(8)+"\x08"+le(2)+"alt neu1"+le(0, 1, 4, 0)),
			head+shared(1, 0, 0, 0)+oldRow(1, "", "Tief"), "| Amt | Fach | Tage\n| neu1 | Tief"+bau, "struck text 1"),
		"a note's sign": withTexts(record(0xFC, le32(1)+le32(1)+le(4)+"\x08"+le(1)+"Bau1"+le(3, 2)),
			head+shared(1, 0, 0, 0)+oldRow(1, "", "Tief"), "| Amt | Fach | Tage\n| Bau ¹ | Tief"+bau),
		"how Japanese is read": withTexts(record(0xFC, le32(2)+le32(2)+le(3)+"\x04"+le32(5)+"Bau"+"xxxxx"+le(4)+"\x00Tief"),
			head+shared(1, 0, 0, 0)+shared(1, 1, 0, 1), "| Amt | Fach | Tage\n| Bau | Tief"+bau),
		"a text that there is not": withTexts("", head+shared(1, 0, 0, 7)+oldRow(1, "", "Tief"), "| Amt | Fach | Tage\n| | Tief"+bau),
		"a filter with its cells":  withTexts(filterName, record(0x9B, "")+hidden+record(0x208, le(20, 0, 3, 255, 0, 0, 0x20, 0))+two+oldRow(20, "Rest", "y", "z"), all, "filtered rows 1", "hidden rows 1"),
		"days since 1904":          {Name: "a.xls", Content: extracttest.OldBook(record(0x22, le(1))+xfOf(0, 14), oldSheet("Tabelle1", "", oldRow(0, "Tag", "Ort")+record(0x203, le(1, 0, 0)+float(43890))+oldRow(1, "", "x"))), Want: "| Tag | Ort\n| 01.03.2024 | x || Tag | Ort"},
		"sheets and hidden ones": {Name: "a.xls", Content: extracttest.OldBook(styles, oldSheet("Fristen", "", two), oldSheet("Geheim", "\x01\x00", two), oldSheet("Ganz geheim", "\x02\x00", two), oldSheet("Makro", "\x01\x06", ""), oldSheet("Bild", "\x00\x02", label(1, "Verlauf")), oldSheet("Über uns", "", head)),
			Want: "# Fristen\n" + all + "\n# Bild\nVerlauf\n# Über uns\n| Amt | Fach | Tage", Remarks: []string{"hidden sheet 1", "hidden sheet 1"}},
	})
}

// TestOldWorkbooksThatAreDamaged keeps what can be read and says what is missing.
func TestOldWorkbooksThatAreDamaged(t *testing.T) {
	t.Parallel()
	two := oldRow(0, "Amt", "Tage") + oldRow(1, "Bau", "drei")
	whole := extracttest.OldStream(xfOf(0, 0), oldSheet("Tabelle1", "", two))
	const all = "| Amt | Tage\n| Bau | drei || Amt | Tage"
	twice := strings.Replace(extracttest.OldStream("", oldSheet("Eins", "", two), oldSheet("Zwei", "", two)), "\x00\x00\x04\x01"+wide("Zwei"), "\x00\x00\x04\x01"+wide("Zwei"), 1)
	first, second := le32(strings.LastIndex(twice, record(0x809, extracttest.SheetBegin))), le32(strings.Index(twice, record(0x809, extracttest.SheetBegin)))
	old := strings.Replace(whole, extracttest.SheetBegin[:2], "\x00\x05", 1)
	const refused = "! unsupported type: spreadsheet from before 1997, or a damaged one: save it as .xlsx"
	stated := func(content, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.xls", Content: extracttest.OLE("Workbook", content), Want: want, Remarks: append([]string{}, remarks...)}
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"no end":                     stated(strings.TrimSuffix(whole, record(0x0A, "")), all),
		"cut in a record":            stated(strings.TrimSuffix(whole, record(0x0A, ""))+"\x04\x02\xFF\xFF", all, "missing part 1"),
		"a sheet that is not there":  stated(strings.Replace(whole, le32(strings.LastIndex(whole, record(0x809, extracttest.SheetBegin))), "\xFF\xFF\xFF\x7F", 1), "! empty: no text that a reader could see", "missing part 1"),
		"two sheets at one place":    stated(strings.Replace(twice, first, second, 1), "# Eins\n"+all, "missing part 1"),
		"of Excel 95":                stated(old, refused),
		"nothing but zeros":          stated("\x00\x00", refused),
		"a sheet of another program": stated("Notiz", refused),
	})
	_, err := extracttest.First("a.xls", strings.NewReader(extracttest.OLE("Workbook", strings.Replace(whole, record(0x85, "")[:2], record(0x2F, "")+"\x85\x00", 1))))
	if extract.ReasonOf(err) != extract.Encrypted {
		t.Errorf("with a password: %v", err)
	}
}

// TestOldWorkbooksSayTheirTitle reads it in both encodings, and properties that are
// named like keys of a head.
func TestOldWorkbooksSayTheirTitle(t *testing.T) {
	t.Parallel()
	book := extracttest.OldStream("", oldSheet("Tabelle1", "", oldRow(0, "Amt", "Tage")))
	set := func(properties ...string) string { // pairs of number and value
		head, values := "", ""
		for i := 0; i < len(properties); i += 2 {
			head += properties[i] + le32(8+4*len(properties)+len(values))
			values += properties[i+1] + strings.Repeat("\x00", (4-len(properties[i+1])%4)%4)
		}
		return le32(8+len(head)+len(values)) + le32(len(properties)/2) + head + values
	}
	stream := func(sets ...string) string {
		out, at := "\xFE\xFF\x00\x00"+strings.Repeat("\x00", 20)+le32(len(sets)), 28+20*len(sets)
		for _, s := range sets {
			out += strings.Repeat("\x00", 16) + le32(at)
			at += len(s)
		}
		return out + strings.Join(sets, "")
	}
	page := func(n int) string { return le32(2) + le(n, 0) }
	bytesOf := func(text string) string { return le32(30) + le32(len(text)+1) + text + "\x00" }
	for name, summary := range map[string]string{
		"in a code page": set(le32(1), page(1252), le32(2), bytesOf("Fristen f\xFCr Antr\xE4ge")),
		"in UTF-8":       set(le32(2), bytesOf("Fristen für Anträge"), le32(1), page(65001)),
		"in UTF-16":      set(le32(1), page(1200), le32(2), le32(31)+le32(20)+wide("Fristen für Anträge\x00")),
	} {
		further := stream(set(le32(1), page(1252)), set(le32(0), le32(1)+le32(2)+le32(6)+"Owner\x00", le32(1), page(1252), le32(2), bytesOf("Akademie")))
		docs, err := extracttest.First("a.xls", strings.NewReader(extracttest.OLE("Workbook", book, "\x05SummaryInformation", stream(summary), "\x05DocumentSummaryInformation", further)))
		if err != nil || docs.Title != "Fristen für Anträge" || docs.Props["owner"] != "Akademie" {
			t.Errorf("%s: %q, %v, %v", name, docs.Title, docs.Props, err)
		}
	}
}

// TestOldWorkbookOfAnotherWriter reads a file written by xlwt.
func TestOldWorkbookOfAnotherWriter(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/fristen.xls")
	if err != nil {
		t.Fatal(err)
	}
	extracttest.Check(t, map[string]extracttest.Case{"xlwt": {
		Name: "fristen.xls", Content: string(data),
		Want: "# Fristen\n| Antrag | Frist | Betrag | Datum\n| Größere Geräte | 14 | 1.234,50 | 01.03.2026 || Antrag | Frist | Betrag | Datum",
	}})
}

// FuzzOldWorkbook reads any bytes as a workbook's stream.
func FuzzOldWorkbook(f *testing.F) {
	two := oldRow(0, "Amt", "Tage") + oldRow(1, "Bau", "drei")
	f.Add([]byte(extracttest.OldStream(xfOf(0, 14)+record(0xFC, le32(1)+le32(1)+le(4)+"\x0C"+le(1)+le32(2)+"Bau1"+le(3, 2)+"xx")+record(0x3C, "\x01"), oldSheet("Tabelle1", "", two+record(0xFD, le(2, 0, 0)+le32(0))+record(0xE5, le(1, 1, 2, 0, 0))))))
	f.Add([]byte(extracttest.OldStream("", oldSheet("Bild", "\x00\x02", record(0x809, extracttest.ChartBegin)+record(0x1B6, le(0, 0, 0, 0, 0, 5))+record(0x3C, "\x00abcde")+record(0x3C, "")))))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 50_000 {
			return
		}
		docs, err := extracttest.First("a.xls", strings.NewReader(extracttest.OLE("Workbook", string(data))))
		if err != nil && (extract.ReasonOf(err) == "" || strings.Contains(err.Error(), "parser for")) {
			t.Fatalf("%v, %v", docs, err)
		}
	})
}
