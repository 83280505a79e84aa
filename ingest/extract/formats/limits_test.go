package formats_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

// long writes numbered pieces, each around a word of 20 letters, up to a length.
func long(length int, piece func(i int, word string) string) string {
	var out strings.Builder
	for i := 1; out.Len() < length; i++ {
		out.WriteString(piece(i, fmt.Sprintf("Vorgang-%012d", i)))
	}
	return out.String()
}

func longSheet(rows string) string {
	return `<worksheet ` + extracttest.SheetSpace + `><sheetData>` + rows + `</sheetData></worksheet>`
}

func longRow(_ int, word string) string {
	return `<row><c t="inlineStr"><is><t>` + word + `</t></is></c><c t="inlineStr"><is><t>ein Tag</t></is></c></row>`
}

func longTable(_ int, word string) string {
	return `<table:table-row><table:table-cell><text:p>` + word + `</text:p></table:table-cell><table:table-cell><text:p>ein Tag</text:p></table:table-cell></table:table-row>`
}

// longOldSheet is a workbook from before 2007 of one sheet.
func longOldSheet(rows string) string {
	return extracttest.OldBook("", extracttest.OldSheet{Name: "Liste", Records: rows})
}

// repeatedText is one whose rows share a long text, of a length together.
func repeatedText(length int) string {
	shared := strings.Repeat("Wort ", 1600)
	table := extracttest.Record(0xFC, "\x01\x00\x00\x00\x01\x00\x00\x00\x40\x1F\x00"+shared)
	var rows strings.Builder
	for i := range length / len(shared) {
		rows.WriteString(extracttest.OldRow(i, fmt.Sprintf("Vorgang-%012d", i+1)))
		rows.WriteString(extracttest.Record(0xFD, string([]byte{byte(i), byte(i >> 8), 1, 0, 0, 0, 0, 0, 0, 0})))
	}
	return extracttest.OldBook(table, extracttest.OldSheet{Name: "Liste", Records: rows.String()})
}

// mailbox is one of mails of one line.
func mailbox(mails int) string {
	var out strings.Builder
	for i := 1; i <= mails; i++ {
		fmt.Fprintf(&out, "From a@amt.example Mon Mar  3 08:00:%02d 2025\nSubject: Thema %d\nMIME-Version: 1.0\n\nVorgang-%012d\n\n", i%60, i, i)
	}
	return out.String()
}

// TestWhatWasReadUpToALimitIsKept reads files with more in them than is collected: the
// beginning is there, and that something is missing is said.
func TestWhatWasReadUpToALimitIsKept(t *testing.T) {
	t.Parallel()
	const more = 9 << 20 // than the text that is collected
	line := func(i int, word string) string {
		text := []byte(word)
		for n := range 2000 { // not all alike: what packs too well passes for a bomb
			text = strconv.AppendInt(append(text, " Wort "...), int64(i*n), 10)
		}
		return string(text) + "\n\n"
	}
	files := map[string]string{
		"a.txt":  long(17<<20, line), // and longer than text files are read
		"a.md":   "# Titel\n\n" + long(5<<20, line),
		"a.html": "<html><body><main>" + long(5<<20, func(i int, word string) string { return "<p>" + line(i, word) }),
		"a.eml":  "Subject: x\nMIME-Version: 1.0\n\n" + long(more, line),
		"a.csv":  "Vorgang;Dauer\n" + long(more, func(i int, word string) string { return word + ";" + strings.TrimSpace(line(i, "")) + "\n" }),
		"a.docx": extracttest.Word(t, long(more, func(i int, word string) string { return extracttest.Para("", line(i, word)) })),
		"a.xlsx": extracttest.Workbook(t, "", longSheet(long(more, func(i int, word string) string { return longRow(i, line(i, word)) }))),
		"a.xls":  repeatedText(more),
		"a.odt":  extracttest.OpenDocument(t, "text", "", "<office:text>"+long(more, func(i int, word string) string { return "<text:p>" + line(i, word) + "</text:p>" })+"</office:text>"),
		"a.ods":  extracttest.OpenDocument(t, "spreadsheet", "", `<office:spreadsheet><table:table table:name="Liste">`+long(more, func(i int, word string) string { return longTable(i, line(i, word)) })+"</table:table></office:spreadsheet>"),
	}
	for name, content := range files {
		t.Run(name, func(t *testing.T) {
			docs, err := formats.Documents(name, strings.NewReader(content))
			if err != nil || docs[0].Problem != nil {
				t.Fatal(err, docs[0].Problem)
			}
			doc := docs[0]
			isSaid := slices.ContainsFunc(doc.Remarks, func(r extract.Remark) bool { return r.Code == extract.TooMuch && strings.Contains(r.Detail, "MB") })
			if !strings.Contains(extracttest.Lines(docs[:1]), "Vorgang-000000000002") || !doc.Partial || !isSaid {
				t.Errorf("%d blocks, partial %v, remarks %v", len(doc.Blocks), doc.Partial, doc.Remarks)
			}
			if !formats.IsCurrent(doc.Readers) || len(doc.Readers) != 1 {
				t.Errorf("it is read again another day, which would give the same: %v", doc.Readers)
			}
		})
	}
}

// TestLongFilesAreReadInParts says how far a long file is, passes over the part that
// broke a reader, and is read again another day.
func TestLongFilesAreReadInParts(t *testing.T) {
	t.Parallel()
	const length = 700 << 10 // three stretches
	para := func(_ int, word string) string { return extracttest.Para("", word) }
	text := func(_ int, word string) string { return "<text:p>" + word + "</text:p>" }
	files := map[string]string{
		"a.csv":  "Vorgang;Dauer\n" + long(length, func(_ int, word string) string { return word + ";ein Tag\n" }),
		"a.docx": extracttest.Word(t, long(length, para)),
		"a.xlsx": extracttest.Workbook(t, "", longSheet(long(length, longRow))),
		"a.xls":  longOldSheet(long(length, func(i int, word string) string { return extracttest.OldRow(i-1, word, "ein Tag") })),
		"a.odt":  extracttest.OpenDocument(t, "text", "", "<office:text>"+long(length, text)+"</office:text>"),
		"a.fodt": `<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>` + long(length, text) + "</office:text></office:body></office:document>",
		"a.ods":  extracttest.OpenDocument(t, "spreadsheet", "", `<office:spreadsheet><table:table table:name="Liste">`+long(length, longTable)+"</table:table></office:spreadsheet>"),
		"a.mbox": mailbox(3),
	}
	for name, content := range files {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			read := func(steps extract.Steps) (extract.Named, string) {
				docs, err := formats.InSteps(name, strings.NewReader(content), steps)
				if err != nil || docs[0].Problem != nil {
					t.Fatal(err, docs[0].Problem)
				}
				return docs[0], extracttest.Lines(docs[:1])
			}
			var told []int
			total := 0
			whole, all := read(extract.Steps{Told: func(done, of int) { told, total = append(told, done), of }})
			if !slices.Equal(told, []int{0, 1, 2}) || total != 3 || whole.Partial || len(whole.Readers) > 2 {
				t.Errorf("told %v of %d; partial %v, stamps %v", told, total, whole.Partial, whole.Readers)
			}
			lines := strings.Split(all, "\n")
			last := lines[len(lines)-1]
			doc, some := read(extract.Steps{Skip: []int{2}})
			if missing := len(lines) - strings.Count(some, "\n"); !strings.Contains(some, lines[1]) || !strings.Contains(some, last) || missing < len(lines)/4 {
				t.Errorf("without the second part: %d of %d lines are missing, the last is %q", missing, len(lines), last)
			}
			isSaid := slices.Contains(extracttest.Remarks(doc), "unread pages 1")
			if !doc.Partial || !isSaid || len(doc.Readers) != len(whole.Readers)+1 {
				t.Errorf("partial %v, remarks %v, stamps %v", doc.Partial, doc.Remarks, doc.Readers)
			}
			if _, some = read(extract.Steps{Until: 1}); !strings.Contains(some, lines[1]) || strings.Contains(some, last) {
				t.Error("up to the first part: the last line is there, or the first is not")
			}
		})
	}
}
