package second

import (
	"context"
	"errors"
	"fmt"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/tiff"
)

// mostPages of one TIFF are read. OCR takes seconds for each.
const mostPages = 500

// extractPages has a TIFF read page by page: the server looks at the first one of a
// file. What it refuses of some pages is remarked on; the errors are those of
// [client.extract].
func (c *client) extractPages(ctx context.Context, doc *extract.Named) (all answer, remarks []extract.Remark, err error) {
	total := tiff.Count(doc.Data)
	if total <= 1 {
		all, err = c.extract(ctx, doc.Type, doc.Data)
		return all, nil, err
	}
	told := extract.ProgressOf(ctx)
	number, damaged := 0, 0
	for page := range tiff.Pages(doc.Data) {
		if number++; number > mostPages {
			break
		}
		if told != nil {
			told(number-1, total)
		}
		a, err := c.extractPage(ctx, doc.Type, page)
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
	if damaged == min(total, mostPages) {
		return answer{}, nil, &refusedError{kind: "none of its pages can be read"}
	}
	return all, pagesLeftOut(damaged, total-mostPages), nil
}

func (c *client) extractPage(ctx context.Context, kind string, page []byte) (answer, error) {
	if page == nil {
		return answer{}, &refusedError{kind: "parts of the page are missing"}
	}
	return c.extract(ctx, kind, page)
}

// pagesLeftOut says which were not read.
func pagesLeftOut(damaged, behind int) (remarks []extract.Remark) {
	if damaged > 0 {
		remarks = append(remarks, extract.Remark{Code: extract.DamagedPages, Count: damaged})
	}
	if behind > 0 {
		remarks = append(remarks, extract.Remark{Code: extract.UnreadPages, Count: behind, Detail: fmt.Sprintf("behind page %d", mostPages)})
	}
	return remarks
}
