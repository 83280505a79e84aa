package ingest_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract"
)

// inParts reads each file in 300 parts.
type inParts struct{ twoPages }

func (p inParts) Read(ctx context.Context, name string, data []byte) ([]extract.Named, error) {
	told := extract.ProgressOf(ctx)
	for _, done := range []int{0, 100, 200} {
		told(done, 300)
	}
	told(1, 3) // a short file says nothing
	return p.twoPages.Read(ctx, name, data)
}

func TestALongFileSaysHowFarItIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("da/leitlinie.pdf", "%PDF-1.7")
	var told []ingest.Progress
	h.sync(func(o *ingest.Options) {
		o.Reader, o.Progress = inParts{}, func(p ingest.Progress) { told = append(told, p) }
	})
	want := []ingest.Progress{
		{Phase: ingest.Reading, Total: 1, File: "da/leitlinie.pdf", Part: 100, Parts: 300},
		{Phase: ingest.Reading, Total: 1, File: "da/leitlinie.pdf", Part: 200, Parts: 300},
		{Phase: ingest.Reading, Done: 1, Total: 1},
	}
	if diff := cmp.Diff(want, told[:min(len(told), len(want))]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
