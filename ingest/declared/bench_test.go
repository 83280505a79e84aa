package declared

import (
	"strings"
	"testing"
)

// BenchmarkFind reads a directive of 40 paragraphs, 2 of which declare something.
func BenchmarkFind(b *testing.B) {
	var blocks []Block
	for range 38 {
		blocks = append(blocks, Block{Kind: "paragraph", Text: strings.Repeat("Die Beschäftigten dürfen freigegebene Werkzeuge nutzen, wenn die Dienststelle zugestimmt hat. ", 5)})
	}
	blocks = append(blocks, Block{Kind: "paragraph", Text: "Diese Dienstanweisung tritt am 1. März 2026 in Kraft."}, Block{Kind: "paragraph", Text: "Stand: März 2026"})
	for b.Loop() {
		if len(Find(directive, blocks)) != 2 {
			b.Fatal("not found")
		}
	}
}
