package formats_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestAHeaderThatIsRepeatedIsNoRow reads tables in which the header comes again, as
// for a page that is turned, alike in all formats.
func TestAHeaderThatIsRepeatedIsNoRow(t *testing.T) {
	t.Parallel()
	rows := [][]string{{"Amt", "Frist"}, {"Bau", "drei Tage"}, {"Amt", "Frist"}, {"Schule", "vier Tage"}}
	written := func(before, open, between, closing, after string) string {
		var out strings.Builder
		for _, row := range rows {
			out.WriteString(before + open + strings.Join(row, between) + closing + after)
		}
		return out.String()
	}
	const want = "| Amt | Frist\n| Bau | drei Tage || Amt | Frist\n| Schule | vier Tage || Amt | Frist"
	html := "<table>" + written("<tr>", "<td>", "<td>", "", "") + "</table>"
	html = strings.ReplaceAll(html, "<td>Amt<td>Frist", "<th>Amt<th>Frist")
	word := "<w:tbl>" + strings.ReplaceAll(written("<w:tr>", "\x01", "\x02", "\x03", "</w:tr>"), "\x02", "\x03\x01") + "</w:tbl>"
	word = strings.NewReplacer("\x01", "<w:tc><w:p><w:r><w:t>", "\x03", "</w:t></w:r></w:p></w:tc>").Replace(word)
	sheet := `<worksheet ` + extracttest.SheetSpace + `><sheetData>` + written("<row>", `<c t="inlineStr"><is><t>`, `</t></is></c><c t="inlineStr"><is><t>`, "</t></is></c>", "</row>") + `</sheetData></worksheet>`
	odf := `<table:table table:name="Tabelle1">` + written("<table:table-row>", "<table:table-cell><text:p>", "</text:p></table:table-cell><table:table-cell><text:p>", "</text:p></table:table-cell>", "</table:table-row>") + "</table:table>"
	pdf := ""
	for i, row := range rows {
		font := []string{"B", "F"}[i%2]
		pdf += extracttest.Show(60, 780-float64(16*i), 10, font, row[0]) + extracttest.Show(260, 780-float64(16*i), 10, font, row[1])
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"html": {Name: "a.html", Content: html, Want: want},
		"eml":  {Name: "a.eml", Content: "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + html, Want: want},
		"csv":  {Name: "a.csv", Content: written("", "", ";", "", "\n"), Want: want},
		"md":   {Name: "a.md", Content: strings.Replace(written("| ", "", " | ", "", " |\n"), "\n", "\n| --- | --- |\n", 1), Want: want},
		"docx": {Name: "a.docx", Content: extracttest.Word(t, word), Want: want},
		"xlsx": {Name: "a.xlsx", Content: extracttest.Workbook(t, "", sheet), Want: "# Fristen\n" + want},
		"odt":  {Name: "a.odt", Content: extracttest.OpenDocument(t, "text", "", "<office:text>"+odf+"</office:text>"), Want: want},
		"ods":  {Name: "a.ods", Content: extracttest.OpenDocument(t, "spreadsheet", "", "<office:spreadsheet>"+odf+"</office:spreadsheet>"), Want: want},
		"pdf":  {Name: "a.pdf", Content: extracttest.PDF("", nil, pdf), Want: want},
	})
}
