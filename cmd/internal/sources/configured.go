package sources

import (
	"path/filepath"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/house"
)

// exampleSource is the name of the example house's source.
const exampleSource = "musterland"

// Configured returns the configured sources, or the example house's where none is.
func Configured(conf config.Config) ([]config.Source, error) {
	if len(conf.Sources) > 0 {
		return conf.Sources, nil
	}
	dir, err := house.ExampleFiles()
	if err != nil {
		return nil, err
	}
	return []config.Source{{Name: exampleSource, Folder: dir}}, nil
}

// Place says where a source's documents lie, without secrets: the same place is
// said in the same words. What may be added to a source without making it another
// one, such as a channel or a further start page, does not stand in it.
func Place(conf config.Config, s config.Source) string {
	switch {
	case len(conf.Sources) == 0 && s.Name == exampleSource:
		return "the example house" // wherever the program was unpacked
	case s.Website != nil && len(s.Website.Start) > 0:
		return "website " + s.Website.Start[0]
	case s.Website != nil:
		return "website " + s.Website.Sitemap
	case s.WebDAV != nil:
		return "WebDAV " + s.WebDAV.URL
	case s.Mattermost != nil:
		return "Mattermost " + conf.Mattermost.URL
	}
	folder, err := filepath.Abs(s.Folder)
	if err != nil {
		folder = s.Folder
	}
	return "folder " + folder
}
