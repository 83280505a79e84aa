package ingest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/ingest"
)

// BenchmarkSync measures a first ingest of small documents without embedding,
// and a sync in which nothing changed. Goals on two cores: 200 and 2,000
// documents a second.
func BenchmarkSync(b *testing.B) {
	const documents = 10_000
	h := newHouse(b)
	h.embedder = nil
	for i := range documents {
		var text strings.Builder
		fmt.Fprintf(&text, "---\ntitle: Merkblatt %d\n---\n# Merkblatt %d\n\n", i, i)
		for section := range 3 {
			fmt.Fprintf(&text, "## Abschnitt %d\n\n%s\n\n", section, strings.Repeat(fmt.Sprintf("Satz %d über die Nutzung. ", i), 10))
		}
		h.write(fmt.Sprintf("%02d/%d.md", i%100, i), text.String())
	}
	run := func(o *ingest.Options) { o.Embedder = nil }
	start := time.Now()
	if report := h.sync(run); report.New != documents {
		b.Fatalf("%+v", report)
	}
	first := time.Since(start)
	b.ResetTimer()
	for b.Loop() {
		if report := h.sync(run); report.Unchanged != documents {
			b.Fatalf("%+v", report)
		}
	}
	b.ReportMetric(documents/first.Seconds(), "new/s")
	b.ReportMetric(documents/(b.Elapsed().Seconds()/float64(b.N)), "unchanged/s")
}
