package bench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"unicode/utf8"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/retrieval/german"
)

// Sentences shorter than this, in characters, are headings and list remains.
const minSentence = 30

// Sentences returns the sentences of all files below dir that can be read, each
// once, in the order of the files.
func Sentences(ctx context.Context, dir string, reader ingest.Reader) ([]string, error) {
	var all []string
	seen := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !formats.Supported(entry.Name()) {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		documents, err := reader.Read(ctx, entry.Name(), data)
		if err != nil {
			return err
		}
		for _, d := range documents {
			for _, block := range d.Blocks {
				for _, span := range german.Sentences(block.Text) {
					s := span.Of(block.Text)
					if utf8.RuneCountInString(s) >= minSentence && !seen[s] {
						seen[s] = true
						all = append(all, s)
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read texts of %s: %w", dir, err)
	}
	if len(all) < minSentences {
		return nil, fmt.Errorf("%s: %d sentences are too few to recombine, at least %d are needed: %w",
			dir, len(all), minSentences, errTooFewSentences)
	}
	return all, nil
}

// minSentences lets millions of passages be made without two being equal.
const minSentences = 100

// errTooFewSentences says that a folder holds too little text to make passages of.
var errTooFewSentences = errors.New("name a folder with more text")
