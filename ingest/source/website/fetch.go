package website

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/retrieval/httperr"
)

const (
	maxHops      = 10              // redirects followed for one page
	transferTime = 5 * time.Minute // for a body, once its header came
	maxSpool     = 1 << 30         // bytes of pages kept on disk from listing to reading; above, a page is fetched twice
	longestMark  = 512             // of an ETag that is kept
)

var (
	errTooManyHops = fmt.Errorf("redirects more than %d times", maxHops)
	errTooSlow     = fmt.Errorf("is sent too slowly: not all there after %s", transferTime)
)

// answer is what a server said to one request.
type answer struct {
	status int
	target *address // of a redirect; nil with a redirect's status: to where no page can be
	ending string   // of the content, by which it is read; empty: unknown
	media  string   // type, for people
	file   string   // with the content of status 200, else empty
	size   int64
	hash   string // of the content

	etag, modified string
}

// drop removes the content where nobody wants it.
func (a *answer) drop() {
	if a.file != "" {
		_ = os.Remove(a.file) // the folder goes with Close anyway
		a.file = ""
	}
}

// fetch asks for a page, only if it changed where a version of it is known. It
// follows no redirects, and content that no reader knows is left.
func (s *Source) fetch(ctx context.Context, at address, known version) (*answer, error) {
	return s.get(ctx, at, known, false)
}

// fetchAny asks for a robots.txt or a sitemap, whose type says nothing.
func (s *Source) fetchAny(ctx context.Context, at address) (*answer, error) {
	return s.get(ctx, at, version{}, true)
}

func (s *Source) get(ctx context.Context, at address, known version, anyType bool) (*answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	if known.etag != "" {
		request.Header.Set("If-None-Match", known.etag)
	}
	if known.modified != "" {
		request.Header.Set("If-Modified-Since", known.modified)
	}
	request.Header.Set("Accept-Language", "de, en;q=0.5")
	response, err := s.client.Do(request)
	if err != nil {
		return nil, httperr.WithoutAddress(err)
	}
	defer response.Body.Close()
	timer := time.AfterFunc(transferTime, func() { cancel(errTooSlow) })
	defer timer.Stop()
	a := describe(response, at)
	if a.status == http.StatusOK && (a.ending != "" || anyType) {
		err = s.spool(response, a)
	}
	if errors.Is(context.Cause(ctx), errTooSlow) {
		return nil, errTooSlow
	}
	return a, err
}

// describe reads the header.
func describe(response *http.Response, at address) *answer {
	header := response.Header
	a := &answer{status: response.StatusCode, etag: header.Get("ETag"), modified: header.Get("Last-Modified")}
	if len(a.etag) > longestMark {
		a.etag = ""
	}
	if a.status >= 300 && a.status < 400 && a.status != http.StatusNotModified {
		if u, err := response.Location(); err == nil {
			if target, ok := canonical(u); ok {
				a.target = &target
			}
		}
		return a
	}
	a.media, _, _ = mime.ParseMediaType(header.Get("Content-Type"))
	a.ending = endingOf(a.media, at, header.Get("Content-Disposition"))
	return a
}

// endings maps types to the ending by which the readers know them.
var endings = map[string]string{
	"text/html": ".html", "application/xhtml+xml": ".html", "text/markdown": ".md", "text/csv": ".csv",
	"text/tab-separated-values": ".tsv", "message/rfc822": ".eml", "application/pdf": ".pdf", "application/rtf": ".rtf", "text/rtf": ".rtf",
	"application/msword": ".doc", "application/vnd.ms-excel": ".xls", "application/vnd.ms-powerpoint": ".ppt", "application/epub+zip": ".epub",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   ".docx",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         ".xlsx",
	"application/vnd.oasis.opendocument.text":                                   ".odt",
	"application/vnd.oasis.opendocument.spreadsheet":                            ".ods",
	"application/vnd.oasis.opendocument.presentation":                           ".odp",
}

// endingOf decides how content is read: by its type, and where that says nothing,
// by the name that the server or the address gives it. Plain text is what its
// name says, for few servers know Markdown.
func endingOf(media string, at address, disposition string) string {
	if ending := endings[media]; ending != "" {
		return ending
	}
	byName := at.ending()
	if _, parameters, err := mime.ParseMediaType(disposition); err == nil && parameters["filename"] != "" {
		byName = strings.ToLower(path.Ext(parameters["filename"]))
	}
	switch media {
	case "text/plain":
		if formats.Supported("x" + byName) {
			return byName
		}
		return ".txt"
	case "", "application/octet-stream", "binary/octet-stream", "application/download", "application/force-download", "application/x-download":
		if formats.Supported("x" + byName) {
			return byName
		}
	}
	return ""
}

// spool writes content to a file, text as UTF-8 where the header
// says what it is. One byte more than the readers take shows them that it is too
// large.
func (s *Source) spool(response *http.Response, a *answer) (err error) {
	content := io.LimitReader(response.Body, extract.MaxFile+1)
	if strings.HasPrefix(a.media, "text/") || a.ending == ".html" {
		content = decoded(content, response.Header.Get("Content-Type"))
	}
	file, err := s.temporary()
	if err != nil {
		return err
	}
	a.file = file.Name()
	defer func() {
		if closeErr := file.Close(); err == nil && closeErr != nil {
			err = fmt.Errorf("keep page: %w", closeErr)
		}
		if err != nil {
			a.drop()
		}
	}()
	sum := sha256.New()
	if a.size, err = io.Copy(io.MultiWriter(file, sum), content); err != nil {
		return fmt.Errorf("content ends early: %w", httperr.WithoutAddress(err))
	}
	a.hash = hex.EncodeToString(sum.Sum(nil)[:16])
	return nil
}

// decoded reads text in the encoding that the header names; without one the
// readers find out themselves.
func decoded(content io.Reader, contentType string) io.Reader {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || parameters["charset"] == "" {
		return content
	}
	enc, name := charset.Lookup(parameters["charset"])
	if enc == nil || name == "utf-8" {
		return content
	}
	return enc.NewDecoder().Reader(content)
}

// temporary makes a file in the folder of this source.
func (s *Source) temporary() (*os.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dir == "" {
		dir, err := os.MkdirTemp("", "sprechstunde-website-")
		if err != nil {
			return nil, fmt.Errorf("keep page: %w; is there a folder for temporary files (TMPDIR)?", err)
		}
		s.dir = dir
	}
	file, err := os.CreateTemp(s.dir, "page-")
	if err != nil {
		return nil, fmt.Errorf("keep page: %w", err)
	}
	return file, nil
}

// handOver opens a fetched page; with its end the file goes.
func handOver(name string) (io.ReadCloser, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, errors.New("the page fetched is gone from the folder of temporary files")
	}
	return &handed{file}, nil
}

type handed struct{ *os.File }

func (h *handed) Close() error { return errors.Join(h.File.Close(), os.Remove(h.Name())) }
