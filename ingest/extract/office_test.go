package extract

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// pack makes an archive of names and contents, in their order.
func pack(t testing.TB, parts ...string) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		entry, err := w.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const (
	relsHead  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relType   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
		`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
)

// relationships makes a part of links from triples of id, kind and target.
func relationships(links ...string) string {
	var out strings.Builder
	out.WriteString(relsHead)
	for i := 0; i < len(links); i += 3 {
		out.WriteString(`<Relationship Id="` + links[i] + `" Type="` + relType + links[i+1] + `" Target="` + links[i+2] + `"/>`)
	}
	return out.String() + "</Relationships>"
}

// office makes an OOXML package around its main part.
func office(t testing.TB, main, kind string, parts ...string) string {
	t.Helper()
	return pack(t, append([]string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/` + main + `" ContentType="application/vnd.openxmlformats-officedocument.` + kind + `.main+xml"/></Types>`,
		"_rels/.rels", relationships("rId1", "officeDocument", main),
	}, parts...)...)
}

// word makes a Word document of its body.
func word(t testing.TB, body string, parts ...string) string {
	t.Helper()
	return office(t, "word/document.xml", "wordprocessingml.document", append([]string{
		"word/document.xml", `<w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`,
		"word/_rels/document.xml.rels", relationships("r1", "styles", "styles.xml", "r2", "numbering", "numbering.xml", "r3", "footnotes", "footnotes.xml",
			"r4", "comments", "comments.xml", "r5", "header", "header1.xml", "r6", "footer", "footer1.xml"),
		"word/styles.xml", `<w:styles ` + wordSpace + `>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Anlage"><w:basedOn w:val="Flach"/></w:style><w:style w:styleId="Flach"><w:name w:val="Amt"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Geheim"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
		"word/numbering.xml", `<w:numbering ` + wordSpace + `>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num></w:numbering>`,
		"word/footnotes.xml", `<w:footnotes ` + wordSpace + `><w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>Strich</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Siehe Anlage.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"word/comments.xml", `<w:comments ` + wordSpace + `><w:comment w:id="1"><w:p><w:r><w:t>stimmt das?</w:t></w:r></w:p></w:comment></w:comments>`,
		"word/header1.xml", `<w:hdr ` + wordSpace + `>` + para("", `<w:r><w:t>Regionalverband</w:t></w:r>`) + `</w:hdr>`,
		"word/footer1.xml", `<w:ftr ` + wordSpace + `>` + para("", `<w:r><w:t xml:space="preserve">Stand 2026 </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>`) + `</w:ftr>`,
	}, parts...)...)
}

// para is a paragraph of a style; text without markup becomes a run.
func para(style, content string) string {
	if !strings.HasPrefix(content, "<") {
		content = "<w:r><w:t>" + content + "</w:t></w:r>"
	}
	props := ""
	if style != "" {
		props = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return "<w:p>" + props + content + "</w:p>"
}

func numberedPara(numID, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + numID + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func cell(props, text string) string {
	return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + para("", "<w:r><w:t>"+text+"</w:t></w:r>") + "</w:tc>"
}

func TestDOCX(t *testing.T) {
	body := para("Titel", "Dienstanweisung") +
		para("Verzeichnis1", "Zweck 3") +
		para("berschrift1", "Zweck") +
		para("berschrift1", "Verfahren") +
		para("berschrift2", "Freigabe") +
		para("", `<w:r><w:t xml:space="preserve">Der </w:t></w:r><w:ins><w:r><w:t>neue</w:t></w:r></w:ins><w:del><w:r><w:delText>alte</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> Antrag</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>versteckt</w:t></w:r><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>weiß</w:t></w:r>`) +
		numberedPara("2", "0", "Punkt") + numberedPara("2", "1", "Unterpunkt") +
		numberedPara("3", "0", "Schutz") + numberedPara("3", "0", "Frist") +
		`<w:tbl><w:tblPr><w:tblLook w:val="04A0"/></w:tblPr><w:tr>` + cell("", "Stufe") + cell("", "Frist") + `</w:tr>` +
		`<w:tr>` + cell(`<w:vMerge w:val="restart"/>`, "A") + cell("", "5 Tage") + `</w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>` + cell("", "6 Tage") + `</w:tr></w:tbl>` +
		para("", `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>`+para("", "Im Kasten")+`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>`+para("", "Im Kasten")+`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`) +
		para("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Verweis</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`) +
		para("", `<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>2π</m:t></m:r></m:den></m:f></m:oMath>`) +
		para("Geheim", "auch versteckt") + para("Anlage", "Anhang") +
		`<w:sectPr><w:headerReference w:type="default" r:id="r5"/><w:headerReference w:type="first" r:id="r5"/><w:footerReference w:type="default" r:id="r6"/></w:sectPr>`
	docs, err := Documents("da.docx", strings.NewReader(word(t, body)))
	if err != nil || docs[0].Problem != nil {
		t.Fatal(err, docs)
	}
	title := []string{"Dienstanweisung"}
	free := []string{"Dienstanweisung", "2 Verfahren", "2.1 Freigabe"}
	want := []Block{
		{Kind: Heading, Text: "Dienstanweisung", Level: 1, Anchor: "dienstanweisung"},
		{Kind: Heading, Text: "1 Zweck", Level: 2, Anchor: "1-zweck", Path: title},
		{Kind: Heading, Text: "2 Verfahren", Level: 2, Anchor: "2-verfahren", Path: title},
		{Kind: Heading, Text: "2.1 Freigabe", Level: 3, Anchor: "21-freigabe", Path: free[:2]},
		{Kind: Paragraph, Text: "Der neue Antrag", Path: free},
		{Kind: Note, Text: "Siehe Anlage.", Path: free},
		{Kind: ListItem, Text: "Punkt", Level: 1, Path: free},
		{Kind: ListItem, Text: "Unterpunkt", Level: 2, Marker: "a)", Path: free},
		{Kind: ListItem, Text: "§ 4 Schutz", Level: 1, Path: free},
		{Kind: ListItem, Text: "§ 5 Frist", Level: 1, Path: free},
		{Kind: TableRow, Text: "Stufe | Frist", Path: free},
		{Kind: TableRow, Text: "A | 5 Tage", Header: "Stufe | Frist", Path: free},
		{Kind: TableRow, Text: "A | 6 Tage", Header: "Stufe | Frist", Path: free},
		{Kind: Paragraph, Text: "Im Kasten", Path: free},
		{Kind: Paragraph, Text: "Verweis", Path: free},
		{Kind: Paragraph, Text: `\frac{a}{2\pi}`, Path: free},
		{Kind: Heading, Text: "Anhang", Level: 2, Anchor: "anhang", Path: title},
		{Kind: Note, Text: "Regionalverband"},
		{Kind: Note, Text: "Stand 2026"},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	// A comment, a deletion, a paragraph with hidden and white words, a hidden paragraph.
	if docs[0].Type != "docx" || docs[0].Hidden != 4 {
		t.Errorf("type %q, %d hidden", docs[0].Type, docs[0].Hidden)
	}
}

const slideSpace = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// shape is a text shape of a slide.
func shape(placeholder, place string, paragraphs ...string) string {
	out := `<p:sp><p:nvSpPr><p:cNvPr id="1"/><p:nvPr>`
	if placeholder != "" {
		out += `<p:ph type="` + placeholder + `"/>`
	}
	out += `</p:nvPr></p:nvSpPr><p:spPr>` + place + `</p:spPr><p:txBody>`
	for _, text := range paragraphs {
		out += "<a:p><a:r><a:t>" + text + "</a:t></a:r></a:p>"
	}
	return out + "</p:txBody></p:sp>"
}

func slides(t testing.TB) string {
	t.Helper()
	slide := func(attrs, shapes string) string {
		return `<p:sld ` + slideSpace + attrs + `><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sld>`
	}
	return office(t, "ppt/presentation.xml", "presentationml.presentation",
		"ppt/presentation.xml", `<p:presentation `+slideSpace+`><p:sldIdLst><p:sldId r:id="r2"/><p:sldId r:id="r1"/><p:sldId r:id="r3"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", relationships("r1", "slide", "slides/slide1.xml", "r2", "slide", "slides/slide2.xml", "r3", "slide", "slides/slide3.xml"),
		"ppt/slides/slide1.xml", slide("", shape("", "", "Zuletzt")),
		"ppt/slides/slide2.xml", slide("", shape("body", "", "Punkt eins")+shape("title", "", "Fristen")+shape("sldNum", "", "2")+
			strings.Replace(shape("", "", "weiß"), "<a:r>", `<a:r><a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>`, 1)+
			strings.Replace(shape("", `<a:solidFill><a:srgbClr val="003366"/></a:solidFill>`, "weiß auf blau"), "<a:r>", `<a:r><a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>`, 1)+
			shape("", `<a:xfrm><a:off x="9999999" y="0"/><a:ext cx="10" cy="10"/></a:xfrm>`, "neben der Folie")+
			`<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>`+
			`<a:tr><a:tc><a:txBody><a:p><a:r><a:t>Amt</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Tag</a:t></a:r></a:p></a:txBody></a:tc></a:tr>`+
			`<a:tr><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>alle</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"><a:txBody><a:p/></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`),
		"ppt/slides/_rels/slide2.xml.rels", relationships("n", "notesSlide", "../notesSlides/notesSlide1.xml"),
		"ppt/notesSlides/notesSlide1.xml", `<p:notes `+slideSpace+`><p:cSld><p:spTree>`+shape("sldImg", "", "Bild")+shape("body", "", "Bitte langsam")+`</p:spTree></p:cSld></p:notes>`,
		"ppt/slides/slide3.xml", slide(` show="0"`, shape("", "", "verborgen")),
	)
}

func TestPPTX(t *testing.T) {
	docs, _ := Documents("a.pptx", strings.NewReader(slides(t)))
	path := []string{"Fristen"}
	want := []Block{
		{Kind: Heading, Text: "Fristen", Level: 1, Anchor: "folie-1", Page: 1},
		{Kind: ListItem, Text: "Punkt eins", Level: 1, Path: path, Page: 1},
		{Kind: Paragraph, Text: "weiß auf blau", Path: path, Page: 1},
		{Kind: TableRow, Text: "Amt | Tag", Path: path, Page: 1},
		{Kind: TableRow, Text: "alle | alle", Header: "Amt | Tag", Path: path, Page: 1},
		{Kind: Note, Text: "Bitte langsam", Path: path, Page: 1},
		{Kind: Paragraph, Text: "Zuletzt", Page: 2},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Hidden != 3 || len(docs[0].Remarks) != 1 {
		t.Errorf("%d hidden, remarks %q", docs[0].Hidden, docs[0].Remarks)
	}
}

const sheetSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// workbook makes a workbook of sheets and shared texts.
func workbook(t testing.TB, shared, first string) string {
	t.Helper()
	return office(t, "xl/workbook.xml", "spreadsheetml.sheet",
		"xl/workbook.xml", `<workbook `+sheetSpace+`><sheets><sheet name="Fristen" sheetId="1" r:id="r1"/><sheet name="Intern" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", relationships("r1", "worksheet", "worksheets/sheet1.xml", "r2", "worksheet", "worksheets/sheet2.xml", "r3", "sharedStrings", "sharedStrings.xml", "r4", "styles", "styles.xml"),
		"xl/styles.xml", `<styleSheet `+sheetSpace+`><fonts count="2"><font/><font><color rgb="FFFFFFFF"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml", `<sst `+sheetSpace+`>`+shared+`</sst>`,
		"xl/worksheets/sheet1.xml", first,
		"xl/worksheets/sheet2.xml", `<worksheet `+sheetSpace+`><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
	)
}

func TestXLSX(t *testing.T) {
	book := workbook(t, `<si><t>Amt</t></si><si><t>Frist</t></si><si><t>Bauamt</t></si><si><t>Plan 2026</t></si>`,
		`<worksheet `+sheetSpace+`><cols><col min="3" max="3" hidden="1"/></cols><sheetData>
<row r="1"><c r="A1" t="s"><v>3</v></c></row>
<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c></row>
<row r="4"><c r="A4" t="s"><v>2</v></c><c r="B4" s="1"><v>46093</v></c><c r="C4"><v>99</v></c><c r="D4" s="2"><v>77</v></c></row>
<row r="5" hidden="1"><c r="A5" t="s"><v>2</v></c></row></sheetData></worksheet>`)
	docs, _ := Documents("a.xlsx", strings.NewReader(book))
	path := []string{"Fristen"}
	want := []Block{
		{Kind: Heading, Text: "Fristen", Level: 1, Anchor: "fristen"},
		{Kind: Paragraph, Text: "Plan 2026", Path: path},
		{Kind: TableRow, Text: "Amt | Frist", Path: path},
		{Kind: TableRow, Text: "Bauamt | 12.03.2026", Header: "Amt | Frist", Path: path},
	}
	if docs[0].Problem != nil {
		t.Fatal(docs[0].Problem)
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Hidden != 4 || len(docs[0].Remarks) != 1 || !strings.Contains(docs[0].Remarks[0], "Intern") {
		t.Errorf("%d hidden, remarks %q", docs[0].Hidden, docs[0].Remarks)
	}
}

func TestXLSXRowsDoNotSwell(t *testing.T) {
	var cells strings.Builder
	for range 200 {
		cells.WriteString(`<c t="s"><v>0</v></c>`)
	}
	book := workbook(t, "<si><t>"+strings.Repeat("lang ", 10_000)+strings.Repeat("ä", 1000)+"</t></si>",
		`<worksheet `+sheetSpace+`><sheetData><row>`+cells.String()+`</row></sheetData></worksheet>`)
	docs, _ := Documents("a.xlsx", strings.NewReader(book))
	if docs[0].Problem == nil || docs[0].Problem.Reason != TooLarge {
		t.Errorf("got %v", docs[0].Problem)
	}
}

const odfSpace = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"`

// openDocument makes a file of OpenDocument of its kind and body.
func openDocument(t testing.TB, kind, styles, body string) string {
	t.Helper()
	return pack(t, "mimetype", "application/vnd.oasis.opendocument."+kind,
		"styles.xml", `<office:document-styles `+odfSpace+`><office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style></office:styles></office:document-styles>`,
		"content.xml", `<office:document-content `+odfSpace+`><office:automatic-styles>`+styles+`</office:automatic-styles><office:body>`+body+`</office:body></office:document-content>`)
}

func TestODT(t *testing.T) {
	file := openDocument(t, "text", `<style:style style:name="weg"><style:text-properties text:display="none"/></style:style><text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"/></text:list-style>`,
		`<office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>gelöscht</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Zweck</text:h><text:h text:outline-level="2">Umfang</text:h><text:h text:outline-level="2">Frist</text:h>
<text:p>Ein<text:s text:c="2"/>Satz<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Die Fußnote</text:p></text:note-body></text:note> geht weiter.<text:span text:style-name="weg">versteckt</text:span><office:annotation><text:p>Kommentar</text:p></office:annotation></text:p>
<text:list text:style-name="L1"><text:list-item><text:p>erstens</text:p></text:list-item><text:list-item><text:p>zweitens</text:p></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Amt</text:p></table:table-cell><table:table-cell><text:p>Tag</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>alle</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table>
<text:p><draw:frame><draw:text-box><text:p>Im Kasten</text:p></draw:text-box></draw:frame></text:p></office:text>`)
	docs, _ := Documents("a.odt", strings.NewReader(file))
	path := []string{"1 Zweck", "1.2 Frist"}
	want := []Block{
		{Kind: Heading, Text: "1 Zweck", Level: 1, Anchor: "1-zweck"},
		{Kind: Heading, Text: "1.1 Umfang", Level: 2, Anchor: "11-umfang", Path: path[:1]},
		{Kind: Heading, Text: "1.2 Frist", Level: 2, Anchor: "12-frist", Path: path[:1]},
		{Kind: Paragraph, Text: "Ein Satz geht weiter.", Path: path},
		{Kind: Note, Text: "Die Fußnote", Path: path},
		{Kind: ListItem, Text: "erstens", Level: 1, Marker: "a)", Path: path},
		{Kind: ListItem, Text: "zweitens", Level: 1, Marker: "b)", Path: path},
		{Kind: TableRow, Text: "Amt | Tag", Path: path},
		{Kind: TableRow, Text: "alle | alle", Header: "Amt | Tag", Path: path},
		{Kind: Paragraph, Text: "Im Kasten", Path: path},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Problem != nil || docs[0].Hidden != 3 {
		t.Errorf("%v, %d hidden", docs[0].Problem, docs[0].Hidden)
	}
}

func spreadsheet(t testing.TB) string {
	row := func(attrs string, cells ...string) string {
		out := "<table:table-row " + attrs + ">"
		for _, text := range cells {
			out += "<table:table-cell><text:p>" + text + "</text:p></table:table-cell>"
		}
		return out + "</table:table-row>"
	}
	return openDocument(t, "spreadsheet", `<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>`,
		`<office:spreadsheet><table:table table:name="Tabelle1">`+row("", "Amt", "Tag")+row("", "Bauamt", "3.2.2026")+row(`table:visibility="collapse"`, "verborgen", "x")+
			row(`table:number-rows-repeated="1048570"`)+`</table:table><table:table table:name="Intern" table:style-name="ta1">`+row("", "geheim")+`</table:table></office:spreadsheet>`)
}

func TestODS(t *testing.T) {
	docs, _ := Documents("a.ods", strings.NewReader(spreadsheet(t)))
	want := []Block{
		{Kind: TableRow, Text: "Amt | Tag"},
		{Kind: TableRow, Text: "Bauamt | 3.2.2026", Header: "Amt | Tag"},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Hidden != 2 || len(docs[0].Remarks) != 1 {
		t.Errorf("%d hidden, remarks %q", docs[0].Hidden, docs[0].Remarks)
	}
}

func TestODP(t *testing.T) {
	file := openDocument(t, "presentation", "", `<office:presentation><draw:page><draw:frame presentation:class="outline"><draw:text-box><text:list><text:list-item><text:p>Punkt</text:p></text:list-item></text:list></draw:text-box></draw:frame>
<draw:frame presentation:class="title"><draw:text-box><text:p>Folie</text:p></draw:text-box></draw:frame><presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>Notiz</text:p></draw:text-box></draw:frame></presentation:notes></draw:page></office:presentation>`)
	docs, _ := Documents("a.odp", strings.NewReader(file))
	path := []string{"Folie"}
	want := []Block{
		{Kind: Heading, Text: "Folie", Level: 1, Anchor: "folie-1", Page: 1},
		{Kind: ListItem, Text: "Punkt", Level: 1, Path: path, Page: 1},
		{Kind: Note, Text: "Notiz", Path: path, Page: 1},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
}

func book(t testing.TB, parts ...string) string {
	t.Helper()
	return pack(t, append([]string{
		"mimetype", "application/epub+zip",
		"META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>`,
		"OPS/book.opf", `<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Handbuch</dc:title></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="kapitel%20b.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="b"/><itemref idref="a"/><itemref idref="b"/></spine></package>`,
		"OPS/nav.xhtml", "<html><body><ol><li>Inhalt</li></ol></body></html>",
		"OPS/a.xhtml", "<!DOCTYPE html><html><head><title>x</title></head><body><p>Zweites</p></body></html>",
		"OPS/kapitel b.xhtml", "<html><body><h1>Erstes</h1><p>Text</p><p style='display:none'>versteckt</p></body></html>",
	}, parts...)...)
}

func TestEPUB(t *testing.T) {
	docs, _ := Documents("a.epub", strings.NewReader(book(t)))
	path := []string{"Erstes"}
	want := []Block{
		{Kind: Heading, Text: "Erstes", Level: 1},
		{Kind: Paragraph, Text: "Text", Path: path},
		{Kind: Paragraph, Text: "Zweites", Path: path},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
	if docs[0].Title != "Handbuch" || docs[0].Hidden != 1 {
		t.Errorf("title %q, %d hidden", docs[0].Title, docs[0].Hidden)
	}
}

func TestMail(t *testing.T) {
	mail := "Subject: =?utf-8?q?Pr=C3=BCfung?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" +
		"--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag\r\n--y\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Gr\xFC\xDFe</p><p style=\"display:none\">versteckt</p>\r\n--y--\r\n" +
		"--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=\"../../notiz.txt\"\r\n\r\nDie Notiz\r\n" +
		"--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\".._.._notiz.txt\"\r\n\r\nNoch eine\r\n" +
		"--x\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=daten.bin\r\n\r\n\x01\x02\x03\r\n" +
		"--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=bild.png\r\n\r\nPNG\r\n" +
		"--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: innen\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nInnere Nachricht\r\n--x--\r\n"
	docs, err := Documents("post.eml", strings.NewReader(mail))
	if err != nil {
		t.Fatal(err)
	}
	type seen struct{ Name, Type, Text, Reason string }
	var got []seen
	for _, doc := range docs {
		s := seen{Name: doc.Name, Type: doc.Type}
		for _, block := range doc.Blocks {
			s.Text += block.Text
		}
		if doc.Problem != nil {
			s.Reason = string(doc.Problem.Reason)
		}
		got = append(got, s)
	}
	want := []seen{
		{"post.eml", "eml", "Grüße", ""},
		{"_.._notiz.txt", "txt", "Die Notiz", ""},
		{"_.._notiz (2).txt", "txt", "Noch eine", ""},
		{"daten.bin", "", "", "unsupported type"},
		{"nachricht.eml", "eml", "Innere Nachricht", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if docs[0].Title != "Prüfung" || docs[0].Hidden != 1 {
		t.Errorf("title %q, %d hidden", docs[0].Title, docs[0].Hidden)
	}
}

func TestCSV(t *testing.T) {
	docs, _ := Documents("a.csv", strings.NewReader("Amt;Betrag\r\n\"Bau; Umwelt\";1.200,50\r\n;\r\nSchule;7\r\n"))
	want := []Block{
		{Kind: TableRow, Text: "Amt | Betrag"},
		{Kind: TableRow, Text: "Bau; Umwelt | 1.200,50", Header: "Amt | Betrag"},
		{Kind: TableRow, Text: "Schule | 7", Header: "Amt | Betrag"},
	}
	if diff := cmp.Diff(want, docs[0].Blocks); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
}

func TestTypedNumbersStandOnce(t *testing.T) {
	tests := [][3]string{
		{"3.2", "Freigabe", "3.2 Freigabe"}, {"3.2", "3.2 Freigabe", "3.2 Freigabe"}, {"1", "10 Regeln", "1 10 Regeln"}, {"", "Text", "Text"}, {"§ 4", "§ 4", "§ 4"},
	}
	for _, test := range tests {
		if got := joinNumber(test[0], test[1]); got != test[2] {
			t.Errorf("joinNumber(%q, %q) = %q, want %q", test[0], test[1], got, test[2])
		}
	}
}
