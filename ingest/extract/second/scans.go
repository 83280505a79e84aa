package second

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/tiff"
)

// mostPages of one scan are read. OCR takes seconds for each.
const mostPages = 500

// scan is a file that is read page by page: each has the whole time of a file, so that no
// length of it is too long.
type scan struct {
	pages int                                         // of the file
	next  func() (number int, data []byte, err error) // the next page that is to be read, from 1; 0: there is none. Without data it is damaged
	left  func(number int) int                        // pages behind that one that would be to be read
	stop  func()
}

// extractPages has a scan read page by page, and any other file as a whole. What the
// server refuses of some pages is remarked on; the errors are those of [client.extract].
func (r *Reader) extractPages(ctx context.Context, doc *extract.Named) (all answer, remarks []extract.Remark, err error) {
	s, err := r.scanOf(ctx, doc)
	if err != nil {
		return answer{}, nil, err
	}
	if s == nil {
		all, err = r.client.extract(ctx, doc.Type, doc.Data)
		return all, nil, err
	}
	defer s.stop()
	told := extract.ProgressOf(ctx)
	sent, damaged, last := 0, 0, 0
	for ; sent < mostPages; sent++ {
		number, data, err := s.next()
		if err != nil {
			return answer{}, nil, fmt.Errorf("page %d: %w", number, err)
		}
		if number == 0 {
			break
		}
		if last = number; told != nil {
			told(number-1, s.pages)
		}
		a, err := r.client.extractPage(ctx, doc.Type, data)
		if _, refused := errors.AsType[*refusedError](err); refused {
			damaged++
			continue
		}
		if err != nil {
			return answer{}, nil, fmt.Errorf("page %d: %w", number, err)
		}
		for _, e := range a.Elements {
			e.Page = number
			all.Elements = append(all.Elements, e)
		}
	}
	if sent > 0 && damaged == sent {
		return answer{}, nil, &refusedError{kind: "none of its pages can be read"}
	}
	return all, pagesLeftOut(damaged, s.left(last), last), nil
}

func (c *client) extractPage(ctx context.Context, kind string, page []byte) (answer, error) {
	if page == nil {
		return answer{}, &refusedError{kind: "parts of the page are missing"}
	}
	return c.extract(ctx, kind, page)
}

// scanOf tells whether a file is one of several pages; nil: it is sent as a whole. The
// error says nothing of the file.
func (r *Reader) scanOf(ctx context.Context, doc *extract.Named) (*scan, error) {
	switch doc.Type {
	case "tif":
		if pages := tiff.Count(doc.Data); pages > 1 {
			return tiffScan(doc.Data, pages), nil
		}
	case "pdf":
		return r.pdfScan(ctx, doc)
	}
	return nil, nil //nolint:nilnil // a file that is no scan is not a fault
}

// tiffScan goes through all pages: the server looks at the first one of a TIFF.
func tiffScan(data []byte, pages int) *scan {
	following, stop := iter.Pull(tiff.Pages(data))
	number := 0
	return &scan{pages: pages, stop: stop, left: func(last int) int { return pages - last }, next: func() (int, []byte, error) {
		page, more := following()
		if !more {
			return 0, nil, nil
		}
		number++
		return number, page, nil
	}}
}

// pdfScan goes through the pages without text of their own. A PDF whose first one cannot
// be taken out is sent as a whole.
func (r *Reader) pdfScan(ctx context.Context, doc *extract.Named) (*scan, error) {
	own := map[int]bool{}
	for _, block := range doc.Blocks {
		own[block.Page] = true
	}
	after := func(number int) int {
		for number++; own[number]; number++ {
		}
		return number
	}
	number := after(0)
	page, pages, err := r.Page(ctx, doc.Data, number)
	var refused *extract.Error
	switch {
	case errors.As(err, &refused) || err == nil && (pages <= 1 || page == nil):
		return nil, nil //nolint:nilnil // as above
	case err != nil:
		return nil, err
	}
	left := func(last int) (n int) {
		for number := after(last); number <= pages; number = after(number) {
			n++
		}
		return n
	}
	return &scan{pages: pages, stop: func() {}, left: left, next: func() (int, []byte, error) {
		if number > pages {
			return 0, nil, nil
		}
		this, data, err := number, page, error(nil)
		if data == nil {
			data, _, err = r.Page(ctx, doc.Data, this)
		}
		page, number = nil, after(this)
		if errors.As(err, &refused) {
			data, err = nil, nil
		}
		return this, data, err
	}}, nil
}

// pagesLeftOut says which were not read.
func pagesLeftOut(damaged, behind, last int) (remarks []extract.Remark) {
	if damaged > 0 {
		remarks = append(remarks, extract.Remark{Code: extract.DamagedPages, Count: damaged})
	}
	if behind > 0 {
		remarks = append(remarks, extract.Remark{Code: extract.UnreadPages, Count: behind, Detail: fmt.Sprintf("behind page %d", last)})
	}
	return remarks
}
