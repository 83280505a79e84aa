package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// unsaid is a file of which something is not read, and where that must stand.
type unsaid struct {
	name, content string
	table         string // what the closing table says
	code          string // of the list of documents: the remark's, or the reason's where the file is refused
	owner         string // what the owner is told
}

// TestEachThingThatIsNotReadIsSaid has a file for each reason in one folder, and looks
// for it in the closing table, in the list of documents and in the words to owners.
func TestEachThingThatIsNotReadIsSaid(t *testing.T) {
	t.Parallel()
	cases := unsaidCases(t)
	dir, environ := sourceFolder(t)
	for _, c := range cases {
		write(t, dir, c.name, c.content)
	}
	if err := os.Truncate(filepath.Join(dir, "gross.docx"), 65<<20); err != nil {
		t.Fatal(err)
	}
	table := call(t, environ, "ingest").exits(exitNothing).stdout
	var listed struct {
		Documents []struct {
			Path    string             `json:"path"`
			Code    string             `json:"reason_code"`
			Remarks []retrieval.Remark `json:"remarks"`
		} `json:"documents"`
	}
	call(t, environ, "documents", "list", "--json").exits(exitOK).decode(&listed)
	codes := map[string][]string{}
	for _, d := range listed.Documents {
		codes[d.Path] = append(codes[d.Path], d.Code)
		for _, r := range d.Remarks {
			codes[d.Path] = append(codes[d.Path], r.Code)
		}
	}
	texts := prompts.Default()
	for _, c := range cases {
		if !strings.Contains(table, c.table) {
			t.Errorf("%s: no %q in\n%s", c.name, c.table, table)
		}
		if !slices.Contains(codes[c.name], c.code) {
			t.Errorf("%s: no %q among %q", c.name, c.code, codes[c.name])
		}
		told := texts.CareLeftOut(prompts.LeftOut{Code: c.code, Count: 1}) + texts.CareWhy(c.code) + texts.CareWhy(ownersWhy[c.code])
		if !strings.Contains(told, c.owner) {
			t.Errorf("%s: the owner is not told %q: %s", c.name, c.owner, told)
		}
	}
}

// ownersWhy are names of texts that differ from those of reasons.
var ownersWhy = map[string]string{"too_large": "large", "no_text_layer": "pictures"}

func unsaidCases(t *testing.T) []unsaid {
	t.Helper()
	sheet := func(row, behind string) string {
		cells := func(n int, attributes, text string) string {
			return fmt.Sprintf(`<row r="%d" %s><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>`, n, attributes, n, text)
		}
		return extracttest.Office(t, "xl/workbook.xml", "spreadsheetml.sheet",
			"xl/workbook.xml", `<workbook `+extracttest.SheetSpace+`><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", extracttest.Relationships("r1", "worksheet", "worksheets/sheet1.xml"),
			"xl/worksheets/sheet1.xml", "<worksheet "+extracttest.SheetSpace+"><sheetData>"+cells(1, "", "Amt")+cells(2, row, "Bau")+cells(3, "", "Tief")+"</sheetData>"+behind+"</worksheet>")
	}
	layered := strings.NewReplacer("/Type/Catalog", "/Type/Catalog/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>", "/Font<<", "/Properties<</A 10 0 R>>/Font<<").Replace(
		extracttest.PDF("", []string{"<</Type/OCG/Name(aus)>>"}, extracttest.Show(60, 700, 10, "F", "Es gilt der neue Text.")+"/OC /A BDC "+extracttest.Show(60, 660, 10, "F", "Der alte Text.")+"EMC "))
	embedded := extracttest.WordLinked(t, extracttest.Para("", "<w:r><w:t>Siehe Anlage.</w:t></w:r>"), []string{"o2", "oleObject", "embeddings/oleObject1.bin"})
	mail := "MIME-Version: 1.0\r\nSubject: Film\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAnbei.\r\n" +
		"--b\r\nContent-Type: video/mp4; name=film.mp4\r\nContent-Disposition: attachment; filename=film.mp4\r\n\r\nxx\r\n--b--\r\n"
	tif := "II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	return []unsaid{
		{"film.mp4", "x", `1 × unsupported type: no reader for files ending in ".mp4"`, "unsupported", "Diese Art von Datei"},
		{"LIESMICH", "x", "1 × unsupported type: no reader for files without an ending", "unsupported", "Diese Art von Datei"},
		{"akten.zip", "x", "1 × unsupported type: archives are not opened", "unsupported", "Diese Art von Datei"},
		{"foto.png", "x", "1 × picture: if it shows text", "picture", "Bild"},
		{"scan.tif", tif, "scan.tif: no text layer", "no_text_layer", "Bild"},
		{"gross.docx", "PK\x03\x04", "gross.docx: too large", "too_large", "groß"},
		{"verborgen.xlsx", sheet(`hidden="1"`, ""), "hidden rows left out: 1, in 1 documents", "hidden rows", "ausgeblendete Zeilen (1)"},
		{"gefiltert.xlsx", sheet(`hidden="1"`, `<autoFilter ref="A1:A9"><filterColumn colId="0"/></autoFilter>`), "rows read that a filter hides: 1, in 1 documents", "filtered rows", "die ein Filter verbirgt (1)"},
		{"ebenen.pdf", layered, "texts left out on layers that are switched off: 1, in 1 documents", "layer switched off", "auf ausgeschalteten Ebenen (1)"},
		{"objekt.docx", embedded, "embedded files not read: 1, in 1 documents", "embedded file", "eingebettete Dateien (1)"},
		{"mail.eml", mail, "attachments not read: 1, in 1 documents", "attachment not read", "Anlagen (1)"},
	}
}
