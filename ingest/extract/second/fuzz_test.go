package second

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract"
)

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`[{"content":"x","mime_type":"image/tiff","metadata":{"title":1},"ocr_elements":[{"text":"x","level":"word","page_number":1,"geometry":{"top":-1e308,"height":1e308},"confidence":{"recognition":2}}]}]`))
	f.Add([]byte(`[{"mime_type":"image/tiff","ocr_elements":[{"level":"word","text":"a","page_number":9223372036854775807}]}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := parse(data, "image/tiff")
		if err != nil {
			return
		}
		doc := extract.Named{Problem: &extract.Error{Reason: extract.NoText}}
		takePages(&doc, a, nil)
		_ = a.title()
		for _, b := range doc.Blocks {
			if b.Confidence < leastConfidence || b.Confidence > 100 {
				t.Errorf("a block of confidence %d", b.Confidence)
			}
		}
	})
}
