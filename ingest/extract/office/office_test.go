package office_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

func TestDOCX(t *testing.T) {
	body := extracttest.Para("Titel", "Dienstanweisung") +
		extracttest.Para("Verzeichnis1", "Zweck 3") +
		extracttest.Para("berschrift1", "Zweck") +
		extracttest.Para("berschrift1", "Verfahren") +
		extracttest.Para("berschrift2", "Freigabe") +
		extracttest.Para("", `<w:r><w:t xml:space="preserve">Der </w:t></w:r><w:ins><w:r><w:t>neue</w:t></w:r></w:ins><w:del><w:r><w:delText>alte</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> Antrag</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>versteckt</w:t></w:r><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>weiß</w:t></w:r>`) +
		extracttest.NumberedPara("2", "0", "Punkt") + extracttest.NumberedPara("2", "1", "Unterpunkt") +
		extracttest.NumberedPara("3", "0", "Schutz") + extracttest.NumberedPara("3", "0", "Frist") +
		`<w:tbl><w:tblPr><w:tblLook w:val="04A0"/></w:tblPr><w:tr>` + extracttest.Cell("", "Stufe") + extracttest.Cell("", "Frist") + `</w:tr>` +
		`<w:tr>` + extracttest.Cell(`<w:vMerge w:val="restart"/>`, "A") + extracttest.Cell("", "5 Tage") + `</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>` + extracttest.Cell("", "6 Tage") + `</w:tr></w:tbl>` +
		extracttest.Para("", `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>`+extracttest.Para("", "Im Kasten")+`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>`+extracttest.Para("", "Im Kasten")+`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`) +
		extracttest.Para("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Verweis</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`) +
		extracttest.Para("", `<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>2π</m:t></m:r></m:den></m:f></m:oMath>`) +
		extracttest.Para("Geheim", "auch versteckt") + extracttest.Para("Anlage", "Anhang") +
		`<w:sectPr><w:headerReference w:type="default" r:id="r5"/><w:headerReference w:type="first" r:id="r5"/><w:footerReference w:type="default" r:id="r6"/></w:sectPr>`
	docs, err := formats.Documents("da.docx", strings.NewReader(extracttest.Word(t, body)))
	if err != nil || docs[0].Problem != nil {
		t.Fatal(err, docs)
	}
	title := []string{"Dienstanweisung"}
	free := []string{"Dienstanweisung", "2 Verfahren", "2.1 Freigabe"}
	want := []extract.Block{
		{Kind: extract.Heading, Text: "Dienstanweisung", Level: 1, Anchor: "dienstanweisung"},
		{Kind: extract.Heading, Text: "1 Zweck", Level: 2, Anchor: "1-zweck", Path: title},
		{Kind: extract.Heading, Text: "2 Verfahren", Level: 2, Anchor: "2-verfahren", Path: title},
		{Kind: extract.Heading, Text: "2.1 Freigabe", Level: 3, Anchor: "21-freigabe", Path: free[:2]},
		{Kind: extract.Paragraph, Text: "Der neue Antrag", Path: free},
		{Kind: extract.Note, Text: "Siehe Anlage.", Path: free},
		{Kind: extract.ListItem, Text: "Punkt", Level: 1, Path: free},
		{Kind: extract.ListItem, Text: "Unterpunkt", Level: 2, Marker: "a)", Path: free},
		{Kind: extract.ListItem, Text: "§ 4 Schutz", Level: 1, Path: free},
		{Kind: extract.ListItem, Text: "§ 5 Frist", Level: 1, Path: free},
		{Kind: extract.TableRow, Text: "Stufe | Frist", Path: free},
		{Kind: extract.TableRow, Text: "A | 5 Tage", Header: "Stufe | Frist", Path: free},
		{Kind: extract.TableRow, Text: "A | 6 Tage", Header: "Stufe | Frist", Path: free},
		{Kind: extract.Paragraph, Text: "Im Kasten", Path: free},
		{Kind: extract.Paragraph, Text: "Verweis", Path: free},
		{Kind: extract.Paragraph, Text: `\frac{a}{2\pi}`, Path: free},
		{Kind: extract.Heading, Text: "Anhang", Level: 2, Anchor: "anhang", Path: title},
		{Kind: extract.Note, Text: "Regionalverband"},
		{Kind: extract.Note, Text: "Stand 2026"},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	// A comment, a deletion, a paragraph with hidden and white words, a hidden paragraph.
	if docs[0].Type != "docx" || docs[0].Hidden != 4 {
		t.Errorf("type %q, %d hidden", docs[0].Type, docs[0].Hidden)
	}
}

func TestPPTX(t *testing.T) {
	docs, _ := formats.Documents("a.pptx", strings.NewReader(extracttest.Slides(t)))
	path := []string{"Fristen"}
	want := []extract.Block{
		{Kind: extract.Heading, Text: "Fristen", Level: 1, Anchor: "folie-1", Page: 1},
		{Kind: extract.ListItem, Text: "Punkt eins", Level: 1, Path: path, Page: 1},
		{Kind: extract.Paragraph, Text: "weiß auf blau", Path: path, Page: 1},
		{Kind: extract.TableRow, Text: "Amt | Tag", Path: path, Page: 1},
		{Kind: extract.TableRow, Text: "alle | alle", Header: "Amt | Tag", Path: path, Page: 1},
		{Kind: extract.Note, Text: "Bitte langsam", Path: path, Page: 1},
		{Kind: extract.Paragraph, Text: "Zuletzt", Page: 2},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Hidden != 3 || len(docs[0].Remarks) != 1 {
		t.Errorf("%d hidden, remarks %v", docs[0].Hidden, docs[0].Remarks)
	}
}

func TestXLSX(t *testing.T) {
	book := extracttest.Workbook(t, `<si><t>Amt</t></si><si><t>Frist</t></si><si><t>Bauamt</t></si><si><t>Plan 2026</t></si>`,
		`<worksheet `+extracttest.SheetSpace+`><cols><col min="3" max="3" hidden="1"/></cols><sheetData>
<row r="1"><c r="A1" t="s"><v>3</v></c></row>
<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c></row>
<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4" s="1"><v>46093</v></c><c r="C4"><v>99</v></c><c r="D4" s="2"><v>77</v></c></row>
<row r="5" hidden="1"><c r="A5" t="s"><v>2</v></c></row></sheetData></worksheet>`)
	docs, _ := formats.Documents("a.xlsx", strings.NewReader(book))
	path := []string{"Fristen"}
	want := []extract.Block{
		{Kind: extract.Heading, Text: "Fristen", Level: 1, Anchor: "fristen"},
		{Kind: extract.Paragraph, Text: "Plan 2026", Path: path},
		{Kind: extract.TableRow, Text: "Amt | Frist", Path: path},
		{Kind: extract.TableRow, Text: "Bauamt | 12.03.2026", Header: "Amt | Frist", Path: path},
	}
	if docs[0].Problem != nil {
		t.Fatal(docs[0].Problem)
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Hidden != 4 || !slices.Equal(extracttest.Remarks(docs[0]), []string{"hidden columns 1", "hidden rows 1", "hidden sheet 1"}) || docs[0].Remarks[2].Detail != "Intern" {
		t.Errorf("%d hidden, remarks %v", docs[0].Hidden, docs[0].Remarks)
	}
}

func TestXLSXRowsDoNotSwell(t *testing.T) {
	var cells strings.Builder
	for range 200 {
		cells.WriteString(`<c t="s"><v>0</v></c>`)
	}
	book := extracttest.Workbook(t, "<si><t>"+strings.Repeat("lang ", 10_000)+strings.Repeat("ä", 1000)+"</t></si>",
		`<worksheet `+extracttest.SheetSpace+`><sheetData><row>`+cells.String()+`</row></sheetData></worksheet>`)
	docs, _ := formats.Documents("a.xlsx", strings.NewReader(book))
	if docs[0].Problem == nil || docs[0].Problem.Reason != extract.TooLarge {
		t.Errorf("got %v", docs[0].Problem)
	}
}
