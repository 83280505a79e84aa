package pdf

import (
	"bytes"
	"fmt"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"

	"lvr.example/sprechstunde/ingest/extract"
)

// Page returns one page of a PDF, from 1, as a PDF of its own, for a reader that is to
// be asked for one page at a time, and how many pages there are. Behind the last one it
// returns nil. The error is an [*extract.Error] where the file is to blame.
func Page(data []byte, number int) (page []byte, pages int, err error) {
	err = withPDF(func(engine pdfium.Pdfium) error {
		source, err := engine.OpenDocument(&requests.OpenDocument{File: &data})
		if err != nil {
			return pdfRefusal(err)
		}
		count, err := engine.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: source.Document})
		if err != nil {
			return pdfRefusal(err)
		}
		if pages = count.PageCount; number > pages {
			return nil
		}
		alone, err := engine.FPDF_CreateNewDocument(&requests.FPDF_CreateNewDocument{})
		if err != nil {
			return notCut(number)
		}
		only := fmt.Sprint(number)
		if _, err := engine.FPDF_ImportPages(&requests.FPDF_ImportPages{Source: source.Document, Destination: alone.Document, PageRange: &only}); err != nil {
			return notCut(number)
		}
		saved, err := engine.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: alone.Document})
		if err != nil || saved.FileBytes == nil {
			return notCut(number)
		}
		page = bytes.Clone(*saved.FileBytes)
		return nil
	})
	return page, pages, err
}

func notCut(number int) error {
	return &extract.Error{Reason: extract.Damaged, Detail: fmt.Sprintf("page %d cannot be taken out", number)}
}
