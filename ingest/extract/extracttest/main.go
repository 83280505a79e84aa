package extracttest

import (
	"os"
	"path/filepath"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// Main runs the tests of a package that reads PDFs, with the compiled engine
// kept where the program keeps it.
func Main(m *testing.M) {
	if dir, err := localpart.Resolve(""); err == nil {
		cache := filepath.Join(dir, "cache", "pdf")
		if os.MkdirAll(cache, 0o700) == nil {
			_ = formats.Warm(cache) // at the first PDF otherwise
		}
	}
	m.Run()
}
