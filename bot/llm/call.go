package llm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/sashabaranov/go-openai"

	"lvr.example/sprechstunde/retrieval/pacing"
)

// replyBytes bounds what is read of one response, headers of events included.
const replyBytes = 4 << 20

// longestRest bounds what an endpoint may ask for with Retry-After.
const longestRest = 10 * time.Minute

var (
	errTotal       = fmt.Errorf("no whole reply in time: %w", context.DeadlineExceeded)
	errIdle        = fmt.Errorf("reply fell silent: %w", context.DeadlineExceeded)
	errBytes       = errors.New("response too large")
	errUnfinished  = errors.New("stream ended without a finish reason")
	errLong        = errors.New("reply too long")
	errEmpty       = errors.New("reply empty")
	errThoughts    = errors.New("thoughts without an end")
	errRefusedText = errors.New("endpoint withheld the reply")
)

// call is one request: the library's way to the network, bounded in silence
// and size, and what it saw there.
type call struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	client *http.Client
	timer  *time.Timer // of silence
	now    func() time.Time

	status     int
	retryAfter time.Duration
	left       int64
}

func newCall(ctx context.Context, cfg Config) *call {
	ctx, cancel := context.WithCancelCause(ctx)
	return &call{
		ctx: ctx, cancel: cancel, client: cfg.HTTPClient, now: cfg.Now, left: replyBytes,
		timer: time.AfterFunc(cfg.First, func() { cancel(errIdle) }),
	}
}

func (c *call) stop() {
	c.timer.Stop()
	c.cancel(nil)
}

// Do sends a request for the library.
func (c *call) Do(req *http.Request) (*http.Response, error) {
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, err
	}
	c.status = resp.StatusCode
	c.retryAfter = min(pacing.RetryAfter(resp.Header, c.now()), longestRest)
	resp.Body = &watched{ReadCloser: resp.Body, call: c}
	return resp, nil
}

// watched is a response body that counts its bytes.
type watched struct {
	io.ReadCloser
	call *call
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.ReadCloser.Read(p)
	if w.call.left -= int64(n); w.call.left < 0 {
		w.call.cancel(errBytes)
		return 0, errBytes
	}
	return n, err
}

// classify makes an *Error of what went wrong. The cause is kept only where it
// is one of this package: others may quote the endpoint.
func (c *call) classify(err error) *Error {
	e := &Error{Status: c.status, RetryAfter: c.retryAfter}
	for _, known := range []error{errIdle, errTotal, errBytes, errUnfinished, errLong, errEmpty, errThoughts, errRefusedText} {
		if errors.Is(err, known) || errors.Is(context.Cause(c.ctx), known) {
			e.cause = known
			break
		}
	}
	var api *openai.APIError
	switch {
	case c.status == http.StatusTooManyRequests:
		e.Kind = Busy
	case c.status == http.StatusUnauthorized || c.status == http.StatusForbidden:
		e.Kind = Denied
	case c.status == http.StatusRequestTimeout || c.status >= 500:
		e.Kind = Faulty
	case c.status >= 400:
		e.Kind = Misset
	case e.is(errIdle, errTotal) || errors.Is(err, context.DeadlineExceeded):
		e.Kind = Slow
	case e.is(errLong, errBytes, errEmpty, errThoughts, errRefusedText):
		e.Kind = Unusable
	case c.status == 0:
		e.Kind = Unreachable
	case errors.As(err, &api):
		e.Kind = Faulty
	default:
		e.Kind = Broken
	}
	return e
}
