package website

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"golang.org/x/net/html/charset"
)

// Limits of the sitemaps protocol (sitemaps.org): 50 000 addresses and 50 MB
// uncompressed in each file. An index may name as many files; maxSitemaps of
// them are read.
const (
	maxSitemap    = 50 << 20
	maxLocations  = 50_000
	maxSitemaps   = 200
	sitemapNested = 3
)

// readSitemap returns the addresses in a sitemap and, where it is an index, in
// those that it names.
func (c *crawl) readSitemap(ctx context.Context, at address) ([]address, error) {
	var all []address
	files := 0
	var read func(at address, depth int) error
	read = func(at address, depth int) error {
		if files++; files > maxSitemaps || depth > sitemapNested {
			return fmt.Errorf("more than %d sitemaps, or nested more than %d deep", maxSitemaps, sitemapNested)
		}
		pages, maps, err := c.fetchSitemap(ctx, at)
		if err != nil {
			return fmt.Errorf("sitemap %s: %w", at, err)
		}
		all = append(all, pages...)
		for _, next := range maps {
			if next.host != at.host && !c.source.scope.admits(next) {
				continue
			}
			if err := read(next, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return all, read(at, 1)
}

func (c *crawl) fetchSitemap(ctx context.Context, at address) (pages, maps []address, err error) {
	for range maxHops {
		answer, err := c.source.fetchAny(ctx, at)
		if err != nil {
			return nil, nil, err
		}
		if answer.status == http.StatusOK {
			defer answer.drop()
			return parseSitemapFile(answer.file)
		}
		answer.drop()
		if answer.target == nil {
			return nil, nil, fmt.Errorf("answers %d", answer.status)
		}
		if answer.target.host != at.host && !c.source.scope.admits(*answer.target) {
			return nil, nil, errors.New("redirects off the hosts listed")
		}
		at = *answer.target
	}
	return nil, nil, errTooManyHops
}

func parseSitemapFile(name string) (pages, maps []address, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	buffered := bufio.NewReader(file)
	var content io.Reader = buffered
	if head, err := buffered.Peek(2); err == nil && head[0] == 0x1F && head[1] == 0x8B {
		if content, err = gzip.NewReader(buffered); err != nil {
			return nil, nil, err
		}
	}
	return parseSitemap(io.LimitReader(content, maxSitemap))
}

// parseSitemap reads the locations of pages and of further sitemaps.
func parseSitemap(content io.Reader) (pages, maps []address, err error) {
	decoder := xml.NewDecoder(content)
	decoder.CharsetReader = charset.NewReaderLabel
	parent, top := "", ""
	for len(pages)+len(maps) < maxLocations {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("is damaged: %w", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		name := start.Name.Local
		if top == "" {
			top = name
		}
		if name == "url" || name == "sitemap" {
			parent = name
		}
		if name != "loc" {
			continue
		}
		var text string
		if err := decoder.DecodeElement(&text, &start); err != nil {
			return nil, nil, fmt.Errorf("is damaged: %w", err)
		}
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil {
			continue
		}
		a, ok := canonical(new(url.URL).ResolveReference(u))
		switch {
		case !ok:
		case parent == "sitemap":
			maps = append(maps, a)
		case parent == "url":
			pages = append(pages, a)
		}
	}
	if top != "urlset" && top != "sitemapindex" {
		return nil, nil, errors.New("is no sitemap: it must begin with urlset or sitemapindex")
	}
	return pages, maps, nil
}
