// Package text reads files that are text to the eye: plain text, Markdown and
// tables of separated values.
package text

import (
	"lvr.example/sprechstunde/ingest/extract"
)

// Formats are those whose files are text to the eye.
func Formats() []extract.Format {
	return []extract.Format{
		{Name: "md", Version: 4, Endings: []string{".md", ".markdown"}, Text: true, Read: decoded(readMarkdown)},
		{Name: "txt", Version: 3, Endings: []string{".txt", ".text"}, Text: true, Read: decoded(readPlain)},
		{Name: "csv", Version: 2, Endings: []string{".csv", ".tsv"}, Text: true, Read: decoded(readCSV)},
	}
}

// decoded makes a reader of bytes of one that reads text.
func decoded(read func(*extract.Builder, string) error) func(*extract.File) error {
	return func(f *extract.File) error {
		text, err := extract.Decode(f.Data, false)
		if err != nil {
			return err
		}
		return read(f.Builder, text)
	}
}
