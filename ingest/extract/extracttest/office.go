package extracttest

import (
	"strings"
	"testing"
)

const (
	relsHead  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relType   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	WordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
		`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
)

// Relationships makes a part of links from triples of id, kind and target.
func Relationships(links ...string) string {
	var out strings.Builder
	out.WriteString(relsHead)
	for i := 0; i < len(links); i += 3 {
		out.WriteString(`<Relationship Id="` + links[i] + `" Type="` + relType + links[i+1] + `" Target="` + links[i+2] + `"/>`)
	}
	return out.String() + "</Relationships>"
}

// Office makes an OOXML package around its main part.
func Office(t testing.TB, main, kind string, parts ...string) string {
	t.Helper()
	return Pack(t, append([]string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/` + main + `" ContentType="application/vnd.openxmlformats-officedocument.` + kind + `.main+xml"/></Types>`,
		"_rels/.rels", Relationships("rId1", "officeDocument", main),
	}, parts...)...)
}

// Word makes a Word document of its body.
func Word(t testing.TB, body string, parts ...string) string {
	t.Helper()
	return WordLinked(t, body, nil, parts...)
}

// WordLinked makes a Word document with further links, triples of id, kind and
// target. Parts take the place of its own of the same name.
func WordLinked(t testing.TB, body string, links []string, parts ...string) string {
	t.Helper()
	return Office(t, "word/document.xml", "wordprocessingml.document", with(parts, []string{
		"word/document.xml", `<w:document ` + WordSpace + `><w:body>` + body + `</w:body></w:document>`,
		"word/_rels/document.xml.rels", Relationships(append([]string{"r1", "styles", "styles.xml", "r2", "numbering", "numbering.xml", "r3", "footnotes", "footnotes.xml",
			"r4", "comments", "comments.xml", "r5", "header", "header1.xml", "r6", "footer", "footer1.xml"}, links...)...),
		"word/styles.xml", `<w:styles ` + WordSpace + `>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Anlage"><w:basedOn w:val="Flach"/></w:style><w:style w:styleId="Flach"><w:name w:val="Amt"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="AbbVz"><w:name w:val="table of figures"/></w:style>
<w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Geheim"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`,
		"word/numbering.xml", `<w:numbering ` + WordSpace + `>
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§ %1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num></w:numbering>`,
		"word/footnotes.xml", `<w:footnotes ` + WordSpace + `><w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>Strich</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Siehe Anlage.</w:t></w:r></w:p></w:footnote></w:footnotes>`,
		"word/comments.xml", `<w:comments ` + WordSpace + `><w:comment w:id="1"><w:p><w:r><w:t>stimmt das?</w:t></w:r></w:p></w:comment></w:comments>`,
		"word/header1.xml", `<w:hdr ` + WordSpace + `>` + Para("", `<w:r><w:t>Regionalverband</w:t></w:r>`) + `</w:hdr>`,
		"word/footer1.xml", `<w:ftr ` + WordSpace + `>` + Para("", `<w:r><w:t xml:space="preserve">Stand 2026 </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>`) + `</w:ftr>`,
	})...)
}

// with puts parts, pairs of names and contents, over others of the same name.
func with(parts, under []string) []string {
	var all []string
	for i := 0; i < len(under); i += 2 {
		covered := false
		for j := 0; j < len(parts); j += 2 {
			covered = covered || parts[j] == under[i]
		}
		if !covered {
			all = append(all, under[i], under[i+1])
		}
	}
	return append(all, parts...)
}

// Para is a paragraph of a style; text without markup becomes a run.
func Para(style, content string) string {
	if !strings.HasPrefix(content, "<") {
		content = "<w:r><w:t>" + content + "</w:t></w:r>"
	}
	props := ""
	if style != "" {
		props = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return "<w:p>" + props + content + "</w:p>"
}

func NumberedPara(numID, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + numID + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func Cell(props, text string) string {
	return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + Para("", "<w:r><w:t>"+text+"</w:t></w:r>") + "</w:tc>"
}

const SlideSpace = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// Shape is a text shape of a slide.
func Shape(placeholder, place string, paragraphs ...string) string {
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

func Slides(t testing.TB) string {
	t.Helper()
	slide := func(attrs, shapes string) string {
		return `<p:sld ` + SlideSpace + attrs + `><p:cSld><p:spTree>` + shapes + `</p:spTree></p:cSld></p:sld>`
	}
	return Office(t, "ppt/presentation.xml", "presentationml.presentation",
		"ppt/presentation.xml", `<p:presentation `+SlideSpace+`><p:sldIdLst><p:sldId r:id="r2"/><p:sldId r:id="r1"/><p:sldId r:id="r3"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", Relationships("r1", "slide", "slides/slide1.xml", "r2", "slide", "slides/slide2.xml", "r3", "slide", "slides/slide3.xml"),
		"ppt/slides/slide1.xml", slide("", Shape("", "", "Zuletzt")),
		"ppt/slides/slide2.xml", slide("", Shape("body", "", "Punkt eins")+Shape("title", "", "Fristen")+Shape("sldNum", "", "2")+
			strings.Replace(Shape("", "", "weiß"), "<a:r>", `<a:r><a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>`, 1)+
			strings.Replace(Shape("", `<a:solidFill><a:srgbClr val="003366"/></a:solidFill>`, "weiß auf blau"), "<a:r>", `<a:r><a:rPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>`, 1)+
			Shape("", `<a:xfrm><a:off x="9999999" y="0"/><a:ext cx="10" cy="10"/></a:xfrm>`, "neben der Folie")+
			`<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="2"/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>`+
			`<a:tr><a:tc><a:txBody><a:p><a:r><a:t>Amt</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>Tag</a:t></a:r></a:p></a:txBody></a:tc></a:tr>`+
			`<a:tr><a:tc gridSpan="2"><a:txBody><a:p><a:r><a:t>alle</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"><a:txBody><a:p/></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`),
		"ppt/slides/_rels/slide2.xml.rels", Relationships("n", "notesSlide", "../notesSlides/notesSlide1.xml"),
		"ppt/notesSlides/notesSlide1.xml", `<p:notes `+SlideSpace+`><p:cSld><p:spTree>`+Shape("sldImg", "", "Bild")+Shape("body", "", "Bitte langsam")+`</p:spTree></p:cSld></p:notes>`,
		"ppt/slides/slide3.xml", slide(` show="0"`, Shape("", "", "verborgen")),
	)
}

const SheetSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// Workbook makes a workbook of sheets and shared texts.
func Workbook(t testing.TB, shared, first string) string {
	t.Helper()
	return Office(t, "xl/workbook.xml", "spreadsheetml.sheet",
		"xl/workbook.xml", `<workbook `+SheetSpace+`><sheets><sheet name="Fristen" sheetId="1" r:id="r1"/><sheet name="Intern" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", Relationships("r1", "worksheet", "worksheets/sheet1.xml", "r2", "worksheet", "worksheets/sheet2.xml", "r3", "sharedStrings", "sharedStrings.xml", "r4", "styles", "styles.xml"),
		"xl/styles.xml", `<styleSheet `+SheetSpace+`><fonts count="2"><font/><font><color rgb="FFFFFFFF"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml", `<sst `+SheetSpace+`>`+shared+`</sst>`,
		"xl/worksheets/sheet1.xml", first,
		"xl/worksheets/sheet2.xml", `<worksheet `+SheetSpace+`><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`,
	)
}
