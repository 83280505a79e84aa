package second

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval/pacing"
)

// Config says how to reach a Kreuzberg server.
type Config struct {
	URL     string        // of the server; files are posted to /extract below it
	Timeout time.Duration // for one file, or one page of a scan; default 10 min, as OCR takes seconds for a page
	Log     *slog.Logger  // default: none

	HTTPClient *http.Client                               // default: one without settings
	Now        func() time.Time                           // default [time.Now]
	Wait       func(context.Context, time.Duration) error // default [pacing.Wait]
}

// Bounds of what is asked and answered.
const (
	maxAnswer  = 32 << 20        // bytes
	atATime    = 2               // requests
	tries      = 3               // of one file
	firstPause = 2 * time.Second // before the second try
	lastPause  = time.Minute     // before any try, whatever the server wants
	restAfter  = time.Minute     // for which a server that did not answer is not asked
)

// mediaTypes are what the server is told of files, by the type that the first
// reader found. Nothing else is sent to it.
var mediaTypes = map[string]string{
	"doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
	"rtf": "application/rtf", "msg": "application/vnd.ms-outlook", "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
	"pdf": "application/pdf", "tif": "image/tiff", "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif",
}

// needsOCR reports types that are sent because their text is in pictures.
func needsOCR(kind string) bool {
	return kind == "pdf" || strings.HasPrefix(mediaTypes[kind], "image/")
}

// options are the server's settings for one file.
func options(kind string) string {
	if needsOCR(kind) {
		return `{"output_format":"markdown","use_cache":false,"force_ocr":true,"ocr":{"backend":"tesseract","language":"deu"}}`
	}
	return `{"output_format":"markdown","use_cache":false,"disable_ocr":true}`
}

// awayError is a server that does not read now; another time it may.
type awayError struct {
	why   string
	pause time.Duration // that it wants
	quick bool          // another try at once may do
}

func (e *awayError) Error() string { return "the second reader (reader.url) " + e.why }

// refusedError is a file that the server cannot read.
type refusedError struct{ kind string }

func (e *refusedError) Error() string { return "the second reader refuses the file: " + e.kind }

// client asks one server. It is safe for concurrent use.
type client struct {
	config  Config
	address string
	slots   chan struct{}

	mu    sync.Mutex
	until time.Time  // it is not asked before
	why   *awayError // what it did last
}

func newClient(config Config) (*client, error) {
	parsed, err := url.Parse(config.URL)
	if err != nil || parsed.Host == "" || parsed.Scheme != "http" && parsed.Scheme != "https" {
		return nil, errors.New("second reader: reader.url is no address; set it to a Kreuzberg server's, e.g. http://kreuzberg:8000")
	}
	if config.Timeout <= 0 {
		config.Timeout = 10 * time.Minute
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	if config.Now == nil {
		config.Now = time.Now
	}
	if config.Wait == nil {
		config.Wait = pacing.Wait
	}
	to := http.Client{}
	if config.HTTPClient != nil {
		to = *config.HTTPClient
	}
	to.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	config.HTTPClient = &to
	return &client{config: config, address: parsed.JoinPath("extract").String(), slots: make(chan struct{}, atATime)}, nil
}

// extract has a file read, some times over where the server does not answer. The
// error is an *awayError, a *refusedError, or that of ctx.
func (c *client) extract(ctx context.Context, kind string, data []byte) (answer, error) {
	media, known := mediaTypes[kind]
	if !known {
		return answer{}, &refusedError{kind: "not a type that is sent"}
	}
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return answer{}, ctx.Err()
	}
	if away := c.resting(); away != nil {
		return answer{}, away
	}
	pauses := pacing.Backoff(firstPause, lastPause)
	for try := 1; ; try++ {
		a, err := c.ask(ctx, kind, media, data)
		var away *awayError
		if !errors.As(err, &away) || ctx.Err() != nil {
			return a, errors.Join(ctx.Err(), err)
		}
		if !away.quick {
			return answer{}, away
		}
		if try == tries {
			c.rest(away)
			return answer{}, away
		}
		if err := c.config.Wait(ctx, min(max(away.pause, pauses.NextBackOff()), lastPause)); err != nil {
			return answer{}, err
		}
	}
}

// resting returns what the server did if that was a moment ago: not each of a
// thousand files waits for one that is away.
func (c *client) resting() *awayError {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.config.Now().Before(c.until) {
		return c.why
	}
	return nil
}

func (c *client) rest(why *awayError) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.until, c.why = c.config.Now().Add(restAfter), why
}

// ask sends a file once.
func (c *client) ask(ctx context.Context, kind, media string, data []byte) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.config.Timeout)
	defer cancel()
	body, length, contentType, err := form(kind, media, data)
	if err != nil {
		return answer{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address, body)
	if err != nil {
		return answer{}, fmt.Errorf("second reader: %w", err)
	}
	req.ContentLength = length
	req.Header.Set("Content-Type", contentType)
	resp, err := c.config.HTTPClient.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return answer{}, &awayError{why: fmt.Sprintf("needs more than %s for this file", c.config.Timeout)}
		}
		return answer{}, &awayError{why: "does not answer", quick: true}
	}
	defer resp.Body.Close()
	return c.decode(resp, media)
}

// form is a file as the server wants it. Its name is not sent.
func form(kind, media string, data []byte) (body io.Reader, length int64, contentType string, err error) {
	var head bytes.Buffer
	w := multipart.NewWriter(&head)
	if err := w.WriteField("config", options(kind)); err != nil {
		return nil, 0, "", fmt.Errorf("second reader: %w", err)
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", `form-data; name="files"; filename="file.`+kind+`"`)
	header.Set("Content-Type", media)
	if _, err := w.CreatePart(header); err != nil {
		return nil, 0, "", fmt.Errorf("second reader: %w", err)
	}
	tail := "\r\n--" + w.Boundary() + "--\r\n"
	length = int64(head.Len() + len(data) + len(tail))
	return io.MultiReader(&head, bytes.NewReader(data), strings.NewReader(tail)), length, w.FormDataContentType(), nil
}

// faults are what the server says of a file that it cannot read. All else may pass
// by itself, or when somebody mends the server.
var faults = map[string]bool{"ParsingError": true, "ValidationError": true, "UnsupportedFormatError": true, "ImageProcessingError": true}

// decode judges an answer.
func (c *client) decode(resp *http.Response, media string) (answer, error) {
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return answer{}, &awayError{why: "breaks off its answer", quick: true}
	}
	if len(data) > maxAnswer {
		return answer{}, &awayError{why: fmt.Sprintf("answers with more than %d MB", maxAnswer>>20)}
	}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusCreated {
		return answer{}, c.fault(resp, data)
	}
	if kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return answer{}, &awayError{why: "answers with something else than a list of texts: is it a Kreuzberg server?"}
	}
	return parse(data, media)
}

func (c *client) fault(resp *http.Response, data []byte) error {
	var said struct {
		Kind string `json:"error_type"`
	}
	_ = json.Unmarshal(data, &said) // a proxy's page says nothing
	switch {
	case faults[said.Kind]:
		return &refusedError{kind: said.Kind}
	case said.Kind == "OCRError" || said.Kind == "MissingDependencyError":
		return &awayError{why: "has no OCR for German, or it fails: install tesseract and its German letters there"}
	case resp.StatusCode == http.StatusRequestEntityTooLarge:
		return &awayError{why: "takes no files of this size: raise its limit"}
	case resp.StatusCode == http.StatusTooManyRequests, resp.StatusCode >= http.StatusInternalServerError:
		return &awayError{why: "answers with status " + resp.Status[:3], pause: pacing.RetryAfter(resp.Header, c.config.Now()), quick: true}
	}
	return &awayError{why: fmt.Sprintf("answers with status %d: is it a Kreuzberg server?", resp.StatusCode)}
}

// Check asks the server whether it is there.
func (r *Reader) Check(ctx context.Context) error {
	c := r.client
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(c.address, "extract")+"health", nil)
	if err != nil {
		return fmt.Errorf("second reader: %w", err)
	}
	resp, err := c.config.HTTPClient.Do(req)
	if err != nil {
		return fmt.Errorf("second reader: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("second reader: status %d", resp.StatusCode)
	}
	return nil
}

var _ First = (*Reader)(nil)
