// Package text reads files that are text to the eye: plain text, Markdown and
// tables of separated values.
package text

import (
	"lvr.example/sprechstunde/ingest/extract"
)

// Formats are those whose files are text to the eye.
func Formats() []extract.Format {
	return []extract.Format{
		{Name: "md", Version: 5, Endings: []string{".md", ".markdown"}, Text: true, Read: decoded(built(readMarkdown))},
		{Name: "txt", Version: 5, Endings: []string{".txt", ".text"}, Text: true, Read: decoded(readPlainFile)},
		{Name: "csv", Version: 3, Endings: []string{".csv", ".tsv"}, Text: true, Read: decoded(readCSV)},
	}
}

// decoded makes a reader of bytes of one that reads text.
func decoded(read func(*extract.File, string) error) func(*extract.File) error {
	return func(f *extract.File) error {
		text, err := extract.Decode(f.Data, false)
		if err != nil {
			return err
		}
		return read(f, text)
	}
}

// built makes a reader of text of one that only builds.
func built(read func(*extract.Builder, string) error) func(*extract.File, string) error {
	return func(f *extract.File, text string) error { return read(f.Builder, text) }
}
