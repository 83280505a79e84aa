// Package sources opens the configured sources of documents and brings an index in
// line with them. When that is done is said elsewhere: once by `ingest`, again and
// again by package supervise.
package sources

import (
	"context"
	"fmt"
	"io"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/folder"
	"lvr.example/sprechstunde/ingest/source/mattermost"
	"lvr.example/sprechstunde/ingest/source/webdav"
	"lvr.example/sprechstunde/ingest/source/website"
	"lvr.example/sprechstunde/retrieval"
)

// Source is an opened source of any kind.
type Source interface {
	ingest.Source
	io.Closer
	// Check reports why the source cannot be read, without listing all of it.
	Check(ctx context.Context) error
}

// Open opens a configured source. What says nothing of who may read it goes
// to the source's own collection, or else to the fallback, which may be nil. What
// that collection says of all its documents comes with it.
func Open(site *neighbours.Site, s config.Source, fallback *retrieval.Collection) (opened Source, defaults map[string]string, err error) {
	collection := fallback
	if s.Collection != nil {
		own, err := s.Collection.Settle()
		if err != nil {
			return nil, nil, fmt.Errorf("collection of source %s: %w", s.Name, err)
		}
		collection, defaults = &own.Collection, own.Defaults
	}
	opened, err = openKind(site, s, collection)
	return opened, defaults, err
}

func openKind(site *neighbours.Site, s config.Source, collection *retrieval.Collection) (Source, error) {
	switch {
	case s.Website != nil:
		return openWebsite(site, s, collection)
	case s.WebDAV != nil:
		return webdav.Open(webdav.Options{
			Name: s.Name, URL: s.WebDAV.URL, User: s.WebDAV.User, Password: s.WebDAV.Password.Reveal(), Token: s.WebDAV.Token.Reveal(),
			DefaultCollection: collection, Base: site.HTTP.Transport, Now: site.Now,
		})
	case s.Mattermost != nil:
		m := site.Config.Mattermost
		return mattermost.Open(mattermost.Options{
			Name: s.Name, URL: m.URL, Token: m.Token.Reveal(), Channels: s.Mattermost.Channels, Collection: collection,
			Delay: time.Duration(float64(time.Second) / m.Rate), Base: site.HTTP.Transport, Now: site.Now,
		})
	}
	return folder.Open(s.Folder, folder.Options{Name: s.Name, DefaultCollection: collection})
}

func openWebsite(site *neighbours.Site, s config.Source, collection *retrieval.Collection) (Source, error) {
	if collection == nil {
		return nil, fmt.Errorf("source %s: a website needs a collection", s.Name)
	}
	w := s.Website
	return website.Open(website.Options{
		Name: s.Name, Collection: *collection, Start: w.Start, Sitemap: w.Sitemap, Hosts: w.Hosts, Depth: w.Links(), Pages: w.Pages,
		Delay: w.Pause(), Base: site.HTTP.Transport, Now: site.Now,
	})
}

// IsFar reports a source that is not read before each question at a terminal:
// that would take as long as its server likes.
func IsFar(s config.Source) bool { return s.Folder == "" }
