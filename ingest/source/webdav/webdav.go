// Package webdav lists and opens the files of a folder on a WebDAV server, such
// as Nextcloud, by the rules of package tree: a collection.yaml inside it says
// who may read. Nothing is written, and no other server is talked to, whatever
// the one configured answers.
package webdav

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	dav "github.com/emersion/go-webdav"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/polite"
	"lvr.example/sprechstunde/ingest/source/tree"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/httperr"
)

// Options of a folder on a server.
type Options struct {
	Name     string // of the source; unique in the house
	URL      string // of the folder
	User     string // with Password: basic authentication
	Password string
	Token    string // instead: sent as bearer

	// DefaultCollection takes what no collection.yaml covers. Nil: such files
	// are reported and not ingested, because nobody said who may read them.
	DefaultCollection *retrieval.Collection

	Base  http.RoundTripper // nil: http.DefaultTransport; should limit the time until a header comes
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

const (
	together     = 4                // requests at a time
	maxListing   = 64 << 20         // bytes of one folder's listing: about 100 000 files
	transferTime = 10 * time.Minute // for one request with its body
)

// Source is a folder on a WebDAV server.
type Source struct {
	options Options
	base    string // path of the folder, decoded, ends in /
	client  *dav.Client
	http    *http.Client
}

var (
	_ ingest.Source = (*Source)(nil)
	_ tree.Files    = (*Source)(nil)
)

// Open checks the options. It makes no request.
func Open(options Options) (*Source, error) {
	u, err := url.Parse(options.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("webdav %s: the address must begin with https:// or http:// and a host, without a user or parameters", options.Name)
	}
	s := &Source{options: options, base: strings.TrimSuffix(u.Path, "/") + "/"}
	s.http = &http.Client{
		Timeout: transferTime,
		Transport: polite.New(polite.Options{
			Base: &login{options: options, host: u.Host, base: options.Base}, Together: together, Now: options.Now, Sleep: options.Sleep,
		}),
		// The library asks where the folder is; a server that sends it elsewhere is configured wrongly.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if s.client, err = dav.NewClient(s.http, options.URL); err != nil {
		return nil, fmt.Errorf("webdav %s: %w", options.Name, err)
	}
	return s, nil
}

// Close releases connections.
func (s *Source) Close() error {
	s.http.CloseIdleConnections()
	return nil
}

// Name implements [ingest.Source].
func (s *Source) Name() string { return s.options.Name }

// List implements [ingest.Source]. Files come in the order of their paths.
func (s *Source) List(ctx context.Context, yield func(ingest.Item) error) error {
	return tree.List(ctx, s, s.options.DefaultCollection, yield)
}

// Check reports why the folder cannot be listed.
func (s *Source) Check(ctx context.Context) error {
	_, err := s.ReadDir(ctx, ".")
	return err
}

// Open implements [ingest.Source].
func (s *Source) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	if !inside(name) {
		return nil, errors.New("is no path below the folder")
	}
	content, err := s.client.Open(ctx, s.base+name)
	return content, httperr.WithoutAddress(err)
}

// inside accepts clean paths of files below the folder.
func inside(name string) bool {
	return name != "" && name != "." && !strings.HasPrefix(name, "/") && path.Clean(name) == name && name != ".." && !strings.HasPrefix(name, "../")
}

// ReadFile implements [tree.Files].
func (s *Source) ReadFile(ctx context.Context, name string, limit int64) ([]byte, error) {
	file, err := s.Open(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", tree.ErrAway, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", tree.ErrAway, err)
	}
	return data, nil
}

// ReadDir implements [tree.Files]: one PROPFIND of depth 1. What the server names
// that does not lie right in the folder is left out.
func (s *Source) ReadDir(ctx context.Context, dir string) ([]tree.Entry, error) {
	at := s.base
	if dir != "." {
		at += dir + "/"
	}
	found, err := s.client.ReadDir(ctx, at, false)
	if err != nil {
		return nil, httperr.WithoutAddress(err)
	}
	var entries []tree.Entry
	for _, info := range found {
		rest, below := strings.CutPrefix(info.Path, at)
		name := strings.TrimSuffix(rest, "/")
		if !below || name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\x00") {
			continue
		}
		entries = append(entries, tree.Entry{Name: name, Folder: info.IsDir, Version: versionOf(info), Modified: info.ModTime})
	}
	slices.SortFunc(entries, func(a, b tree.Entry) int { return cmp.Compare(a.Name, b.Name) })
	return slices.CompactFunc(entries, func(a, b tree.Entry) bool { return a.Name == b.Name }), nil
}

// versionOf is the ETag, or size and time where a server gives none.
func versionOf(info dav.FileInfo) string {
	if info.ETag != "" {
		return info.ETag
	}
	return fmt.Sprintf("%d-%d", info.Size, info.ModTime.UnixNano())
}
