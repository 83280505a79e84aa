// Package website lists the pages of named hosts, and the files that they link
// to, as a polite guest: robots.txt is respected, one request at a time goes to a
// host, and what is known is asked for only if it changed.
//
// A page leaves when it answers 404 or 410, redirects for good to where nothing
// is listed, is no longer in the sitemap that it came from, or is forbidden by
// robots.txt. A page that is merely no longer linked stays, because its linking
// page does not say so when it did not change. While a host does not answer, what
// is known of it stays. The package runs no scripts and fills in no forms.
package website

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/polite"
	"lvr.example/sprechstunde/retrieval"
)

// Options of a website.
type Options struct {
	Name       string               // of the source; unique in the house
	Collection retrieval.Collection // of all its pages; with a link of its own, pages have none

	Start   []string // pages from which links are followed
	Sitemap string   // address of a sitemap or an index of sitemaps
	Hosts   []string // host, or host/path/prefix; default: those of Start and Sitemap
	Depth   int      // links followed from a start page; files linked from the last page count
	Pages   int      // requested in one listing at most; default 5000

	Delay time.Duration     // between two requests to a host; a longer one in robots.txt counts
	Base  http.RoundTripper // nil: http.DefaultTransport; should limit the time until a header comes
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

// defaultPages is more than the help pages of a house have, and at one a second
// an hour and a half.
const defaultPages = 5000

// Source is a website. Close it when done.
type Source struct {
	options     Options
	starts      []address
	sitemap     *address
	scope       scope
	fingerprint string // of what decides which pages there are
	polite      *polite.Transport
	client      *http.Client

	mu    sync.Mutex
	dir   string // of the pages fetched by a listing and not read yet; empty: none yet
	size  int64  // of all of them
	pages map[string]page
}

// page is what the last listing knows of one.
type page struct {
	address address
	file    string // with its content; empty: not fetched, or read already
	size    int64
}

var _ ingest.Revisiting = (*Source)(nil)

// Open checks the options. It makes no request.
func Open(options Options) (*Source, error) {
	if options.Pages <= 0 {
		options.Pages = defaultPages
	}
	s := &Source{options: options, pages: map[string]page{}}
	if err := s.parse(); err != nil {
		return nil, fmt.Errorf("website %s: %w", options.Name, err)
	}
	s.fingerprint = fingerprint(options.Start, options.Sitemap, options.Hosts, options.Depth, options.Pages)
	s.polite = polite.New(polite.Options{Base: options.Base, Delay: options.Delay, Now: options.Now, Sleep: options.Sleep})
	s.client = &http.Client{
		Transport:     s.polite,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // each hop is checked first
	}
	return s, nil
}

func (s *Source) parse() error {
	for _, text := range s.options.Start {
		a, err := named(text)
		if err != nil {
			return fmt.Errorf("start page %q: %w", text, err)
		}
		s.starts = append(s.starts, a)
	}
	if s.options.Sitemap != "" {
		a, err := named(s.options.Sitemap)
		if err != nil {
			return fmt.Errorf("sitemap %q: %w", s.options.Sitemap, err)
		}
		s.sitemap = &a
	}
	if len(s.starts) == 0 && s.sitemap == nil {
		return errors.New("name start pages or a sitemap")
	}
	return s.parseScope()
}

func (s *Source) parseScope() error {
	for _, text := range s.options.Hosts {
		p, err := parseRealm(text)
		if err != nil {
			return fmt.Errorf("host %q: %w", text, err)
		}
		s.scope = append(s.scope, p)
	}
	if len(s.scope) == 0 {
		for _, a := range s.starts {
			s.scope = append(s.scope, realm{host: a.host, prefix: "/"})
		}
		if s.sitemap != nil {
			s.scope = append(s.scope, realm{host: s.sitemap.host, prefix: "/"})
		}
	}
	for _, a := range s.starts {
		if !s.scope.admits(a) {
			return fmt.Errorf("start page %q: lies outside the hosts listed", a)
		}
	}
	return nil
}

// fingerprint tells apart what decides which pages there are.
func fingerprint(what ...any) string {
	sum := fnv.New64a()
	fmt.Fprintf(sum, "%q", what)
	return strconv.FormatUint(sum.Sum64(), 36)
}

// named parses an address that an operator wrote.
func named(text string) (address, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return address{}, errors.New("is no address")
	}
	a, ok := canonical(new(url.URL).ResolveReference(u))
	if !ok {
		return address{}, errors.New("must begin with https:// or http:// and a host, without a user")
	}
	return a, nil
}

// Close removes what was fetched and not read.
func (s *Source) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.client.CloseIdleConnections()
	if s.dir == "" {
		return nil
	}
	dir := s.dir
	s.dir, s.pages = "", map[string]page{}
	return os.RemoveAll(dir)
}

// Name implements [ingest.Source].
func (s *Source) Name() string { return s.options.Name }

// List implements [ingest.Source].
func (s *Source) List(ctx context.Context, yield func(ingest.Item) error) error {
	_, err := s.Revisit(ctx, ingest.Memory{}, yield)
	return err
}

// Revisit implements [ingest.Revisiting]. Pages come in the order of their
// distance from where the listing starts. There is no position: each page is asked
// for by the version known of it.
func (s *Source) Revisit(ctx context.Context, known ingest.Memory, yield func(ingest.Item) error) (position string, err error) {
	c := newCrawl(s, known.Versions, yield)
	if err := c.plan(ctx); err != nil {
		return "", err
	}
	return "", c.run(ctx)
}

// Open implements [ingest.Source] for what was listed: the content fetched then,
// once, or else fetched now.
func (s *Source) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	s.mu.Lock()
	p, listed := s.pages[path]
	if p.file != "" {
		s.pages[path] = page{address: p.address}
		s.size -= p.size
	}
	s.mu.Unlock()
	if !listed {
		return nil, errors.New("is not listed")
	}
	if p.file != "" {
		return handOver(p.file)
	}
	answer, err := s.fetch(ctx, p.address, version{})
	if err != nil {
		return nil, err
	}
	if answer.status != http.StatusOK || answer.file == "" {
		answer.drop()
		return nil, fmt.Errorf("answers %d now", answer.status)
	}
	return handOver(answer.file)
}

// Check reports why neither a start page nor the sitemap can be had.
func (s *Source) Check(ctx context.Context) error {
	first := append([]address{}, s.starts...)
	if s.sitemap != nil {
		first = append(first, *s.sitemap)
	}
	answer, err := s.fetch(ctx, first[0], version{})
	if err != nil {
		return err
	}
	answer.drop()
	if answer.status >= http.StatusBadRequest {
		return fmt.Errorf("%s answers %d", first[0], answer.status)
	}
	return nil
}

// remember keeps what Open will need of a page.
func (s *Source) remember(path string, p page) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.pages[path]
	if old.file != "" {
		s.size -= old.size
		_ = os.Remove(old.file) // the folder goes with Close anyway
	}
	if p.file != "" && s.size+p.size > maxSpool {
		_ = os.Remove(p.file)
		p.file, p.size = "", 0
	}
	s.size += p.size
	s.pages[path] = p
}
