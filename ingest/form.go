package ingest

import (
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// settings names the form of the index. Raise it when cutting or units change:
// every document is then read again at the next sync. What one format's reader
// sees is that format's own version.
const settings = "6"

// formOf returns the form of what these readers gave: "6:docx/1+html/2".
func formOf(readers []string) string { return settings + ":" + strings.Join(readers, "+") }

// readersIn returns the readers in a stored form, none if it is another form of
// the index.
func readersIn(form string) []string {
	readers, ours := strings.CutPrefix(form, settings+":")
	if !ours || readers == "" {
		return nil
	}
	return strings.Split(readers, "+")
}

// isCurrent reports whether a document with this stored form would come out the
// same if it were read and cut today.
func (s *syncer) isCurrent(form string) bool { return s.Reader.IsCurrent(readersIn(form)) }

// readersOf returns the stamps of all readers that a file's documents needed,
// each once.
func readersOf(docs []extract.Named) []string {
	var all []string
	for _, doc := range docs {
		all = append(all, doc.Readers...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
