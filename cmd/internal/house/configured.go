package house

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// Of returns what the configuration says of the house, or the example house where
// neither it nor any source is configured.
func Of(conf config.Config) (House, error) {
	if conf.Formats == "" && len(conf.Sources) == 0 {
		if files, err := ExampleFiles(); err == nil {
			return Load(filepath.Join(filepath.Dir(files), "formats.yaml"))
		}
	}
	return Load(conf.Formats)
}

// Texts returns the catalogue of texts with the house's own on top.
func Texts(conf config.Config) (*prompts.Catalogue, error) {
	if conf.Texts == "" {
		return prompts.Default(), nil
	}
	return prompts.Load(conf.Texts)
}

// Zone decides which day it is for a document's validity.
func Zone() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		return time.UTC // unreachable: time zones are embedded in the program
	}
	return zone
}

// ExampleFiles returns the documents of the example house in the checkout that
// the command runs in.
func ExampleFiles() (string, error) {
	checkout := localpart.Checkout()
	dir := checkout + "/examples/musterland/files"
	if _, err := os.Stat(dir); checkout == "" || err != nil {
		return "", errors.New("the example house is not here; name a folder of documents with --docs DIR, or run the command in a checkout")
	}
	return dir, nil
}
