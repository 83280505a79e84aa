package pdf

import (
	"errors"
	"fmt"
	"iter"
	"regexp"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"lvr.example/sprechstunde/ingest/extract"
)

const (
	maxPDFPages = 5000    // of one document
	maxPageText = 500_000 // characters on one page
)

// maxPDFTime is how long pages of a PDF are begun: computing time, which does not
// depend on what else the machine does. A thousand pages take some seconds.
const maxPDFTime = 5 * time.Minute

// readPDF reads the text of a PDF in reading order. Headers, footers and page
// numbers that come again on the pages are left out, words divided at line ends
// are joined, and lines set in columns that are no text become table rows.
func readPDF(f *extract.File) error {
	var attached []attachment
	err := withPDF(func(engine pdfium.Pdfium) error {
		start := computed() // the engine's start does not count
		document, err := engine.OpenDocument(&requests.OpenDocument{File: &f.Data})
		if err != nil {
			return pdfRefusal(err)
		}
		p := &pdfReader{file: f, start: start, engine: engine, document: document.Document, how: reading{layersOff: hasLayersOff(f.Data), ligatures: ligaturesOf(f.Data)}}
		attached = p.attachments(f.Builder)
		if form, is := p.dynamicForm(); is {
			f.Doc.Title = p.title()
			return readForm(f.Builder, form)
		}
		err = p.pages()
		attached = append(attached, p.pinned...)
		p.remarks(f.Builder)
		if err != nil {
			return err
		}
		f.Doc.Title = p.title()
		p.properties(f)
		f.Doc.Hidden += p.hidden
		return p.write(f.Builder)
	})
	for _, a := range attached { // they may need an engine of their own
		f.Attach(a.name, a.data)
	}
	return err
}

// pdfRefusal says why a PDF cannot be opened.
func pdfRefusal(err error) error {
	switch {
	case errors.Is(err, pdferrors.ErrPassword):
		return &extract.Error{Reason: extract.Encrypted, Detail: "opens only with a password"}
	case errors.Is(err, pdferrors.ErrSecurity):
		return &extract.Error{Reason: extract.Encrypted, Detail: "its encryption is not known"}
	case errors.Is(err, pdferrors.ErrFormat), errors.Is(err, pdferrors.ErrFile):
		return &extract.Error{Reason: extract.Damaged, Detail: "not a readable PDF"}
	}
	return &extract.Error{Reason: extract.Damaged, Detail: "the PDF engine cannot read it"}
}

// pdfReader reads one document.
type pdfReader struct {
	file                        *extract.File
	start                       time.Duration // computing time of the process before
	engine                      pdfium.Pdfium
	document                    references.FPDF_DOCUMENT
	sheets                      []pdfPage
	how                         reading
	images                      int // pages that show pictures only
	unread                      int // pages that are broken
	unreached                   int // pages that came behind the limit of time
	passed                      int // pages that broke a reader before
	layerTexts, gibberish, lost int
	struck                      int // texts that are struck out
	size                        int // bytes of text so far
	hidden                      int
	pinned                      []attachment // files that hang on places of pages
	pinnedSize, unopened        int          // bytes of them; those that are not taken
}

func (p *pdfReader) pages() error {
	count, err := p.engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: p.document})
	if err != nil {
		return pdfRefusal(err)
	}
	for i := range count.PageCount {
		if i == maxPDFPages || p.size > extract.MaxText {
			p.file.Beyond(fmt.Sprintf("%d pages behind page %d", count.PageCount-i, i))
			break
		}
		if computed()-p.start > maxPDFTime {
			if p.size == 0 {
				return &extract.Error{Reason: extract.TooSlow, Detail: fmt.Sprintf("only %d of %d pages are read within %s", i, count.PageCount, maxPDFTime)}
			}
			p.unreached = count.PageCount - i
			p.file.Later()
			break
		}
		if !p.file.Next(i+1, count.PageCount) {
			p.passed++
			continue
		}
		if err := p.page(i); err != nil {
			return err
		}
	}
	if p.size > 0 {
		return nil
	}
	switch {
	case count.PageCount > 0 && p.unread == count.PageCount:
		return &extract.Error{Reason: extract.Damaged, Detail: "no page can be read"}
	case p.passed > 0:
		return &extract.Error{Reason: extract.TooSlow, Detail: fmt.Sprintf("%d of %d pages cannot be read within the limits", p.passed, count.PageCount)}
	case p.gibberish > 0:
		return &extract.Error{Reason: extract.NoText, Detail: fmt.Sprintf("%d lines cannot be read, as their fonts do not say which letters they show", p.gibberish)}
	case p.images > 0:
		return &extract.Error{Reason: extract.NoText, Detail: fmt.Sprintf("%d of %d pages are pictures without text, as from a scanner", p.images, count.PageCount)}
	}
	return &extract.Error{Reason: extract.Empty, Detail: "no text that a reader could see"}
}

// remarks says which pages of a document with text have none.
func (p *pdfReader) remarks(b *extract.Builder) {
	b.Remark(extract.ScannedPages, p.images, "")
	b.Remark(extract.EmbeddedFile, p.unopened, "")
	b.Remark(extract.DamagedPages, p.unread, "")
	b.Remark(extract.Gibberish, p.gibberish, "")
	b.Remark(extract.LostLetters, p.lost, "")
	b.Remark(extract.HiddenLayer, p.layerTexts, "")
	b.Remark(extract.StruckText, p.struck, "")
	b.Remark(extract.UnreadPages, p.unreached, fmt.Sprintf("the last ones, not reached within %s", maxPDFTime))
}

// page reads one page. A broken one is passed over, unless the engine is.
func (p *pdfReader) page(index int) error {
	loaded, err := p.engine.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: p.document, Index: index})
	if err != nil {
		p.unread++
		return engineFailed(err)
	}
	defer func() { _, _ = p.engine.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }()
	sheet, err := readPage(p.engine, loaded.Page, index+1, p.how)
	switch {
	case extract.ReasonOf(err) != "":
		return err
	case err != nil:
		p.unread++
		return engineFailed(err)
	}
	isPicture := len(sheet.spans) == 0 && p.shows(loaded.Page)
	if sheet, err = p.annotated(sheet, loaded.Page); err != nil {
		return err
	}
	sheet.strokes = nil // thousands on a drawing, and sheets stay to the end
	p.hidden += sheet.hidden
	p.layerTexts, p.gibberish, p.lost = p.layerTexts+sheet.layers, p.gibberish+sheet.gibberish, p.lost+sheet.lost
	p.struck += sheet.struck
	for _, s := range sheet.spans {
		p.size += len(s.text)
	}
	if len(sheet.spans) == 0 && isPicture {
		p.images++
	}
	p.sheets = append(p.sheets, sheet)
	return nil
}

// annotated returns a page with what forms and remarks show on it.
func (p *pdfReader) annotated(sheet pdfPage, page references.FPDF_PAGE) (pdfPage, error) {
	notes, values, flattened := p.flatten(page)
	if flattened {
		switch again, err := p.again(sheet); {
		case extract.ReasonOf(err) != "":
			return sheet, err
		case err != nil && engineFailed(err) != nil:
			return sheet, engineFailed(err)
		case err == nil && again.extends(sheet):
			sheet = again
		default:
			notes = append(notes, values...)
		}
	}
	isBlank := len(sheet.spans) == 0
	for _, note := range notes {
		if isBlank && (note.text == extract.Ticked || note.text == extract.Unticked) {
			continue // boxes on a picture say nothing without its words
		}
		sheet.write(note)
	}
	return sheet, nil
}

// again reads a page anew that was read before.
func (p *pdfReader) again(before pdfPage) (pdfPage, error) {
	loaded, err := p.engine.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: p.document, Index: before.number - 1})
	if err != nil {
		return pdfPage{}, err
	}
	defer func() { _, _ = p.engine.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) }()
	how := p.how
	how.strokes = before.strokes // the remarks are gone
	return readPage(p.engine, loaded.Page, before.number, how)
}

// engineFailed tells a fault of the engine, after which nothing more can be
// read, from a fault of one page, which is nil.
func engineFailed(err error) error {
	if strings.Contains(err.Error(), "wasm error") || strings.Contains(err.Error(), "module closed") {
		return &extract.Error{Reason: extract.Damaged, Detail: "the PDF engine ran out of memory or failed"}
	}
	return nil
}

// shows reports whether a page has a picture on it.
func (p *pdfReader) shows(page references.FPDF_PAGE) bool {
	const looked = 50 // objects; scans have few
	ref := requests.Page{ByReference: &page}
	for _, kind := range objectsOf(p.engine, ref, looked) {
		if kind == enums.FPDF_PAGEOBJ_IMAGE || kind == enums.FPDF_PAGEOBJ_FORM {
			return true
		}
	}
	return false
}

// objectsOf goes through what is drawn on a page and its kinds, up to a number of
// objects or to one that cannot be had; one of unknown kind is passed over.
func objectsOf(engine pdfium.Pdfium, page requests.Page, most int) iter.Seq2[references.FPDF_PAGEOBJECT, enums.FPDF_PAGEOBJ] {
	return func(yield func(references.FPDF_PAGEOBJECT, enums.FPDF_PAGEOBJ) bool) {
		count, err := engine.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
		if err != nil {
			return
		}
		for i := range min(count.Count, most) {
			object, err := engine.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
			if err != nil {
				return
			}
			kind, err := engine.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
			if err == nil && !yield(object.PageObject, kind.Type) {
				return
			}
		}
	}
}

// properties takes what entries of the document's information dictionary say
// that are named like keys of a head.
func (p *pdfReader) properties(f *extract.File) {
	var tags []string
	for _, key := range extract.PropertyKeys {
		tags = append(tags, key, strings.ToUpper(key[:1])+key[1:])
	}
	meta, err := p.engine.GetMetaData(&requests.GetMetaData{Document: p.document, Tags: &tags})
	if err != nil {
		return
	}
	for _, tag := range meta.Tags {
		f.SetProperty(tag.Tag, tag.Value)
	}
}

// noTitle matches what programs write as a title when nobody gave one.
var noTitle = regexp.MustCompile(`(?i)^(microsoft (word|powerpoint|excel)|\(?(?:untitled|unnamed|unbenannt|ohne titel|anonymous|unspecified)|dokument\d*$|document\d*$|title$|slide 1$|powerpoint)|\.(docx?|pdf|odt|rtf|indd|tmp|qxp|pptx?|xlsx?|tex|dvi|html?|fm)$`)

// title returns the title in the document's properties.
func (p *pdfReader) title() string {
	meta, err := p.engine.GetMetaData(&requests.GetMetaData{Document: p.document, Tags: &[]string{"Title"}})
	if err != nil || len(meta.Tags) == 0 {
		return ""
	}
	title := strings.TrimSpace(meta.Tags[0].Value)
	if len(title) < 4 || len(title) > 300 || noTitle.MatchString(title) {
		return ""
	}
	return title
}
