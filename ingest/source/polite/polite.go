// Package polite makes an HTTP client a guest that servers like to have: so many
// requests at a time to each host and no more, a pause between them, and the
// server's own wish for a pause honoured. It knows nothing of what is fetched.
package polite

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"lvr.example/sprechstunde/retrieval/pacing"
)

// UserAgent is how a source introduces itself. The first word is the one that a
// robots.txt names.
const UserAgent = "Sprechstunde/1.0 (document reader of a Mattermost bot)"

// Options of a transport.
type Options struct {
	Base     http.RoundTripper // nil: http.DefaultTransport
	Together int               // requests at a time to one host, counted until their bodies are closed; default 1
	Delay    time.Duration     // from the end of one request to the begin of the next to the same host

	Now   func() time.Time                           // default time.Now
	Sleep func(context.Context, time.Duration) error // until then or the context's end; default a timer
}

// Limits of what a server may ask for.
const (
	tries        = 3
	firstPause   = 5 * time.Second // where a server asks for a pause and names none
	longestPause = 2 * time.Minute // a server that wants more is asked again by the next sync
)

// BusyError says that a server asks to be left alone for now.
type BusyError struct {
	Status int
	Pause  time.Duration // that it asked for; 0: it named none
}

func (e *BusyError) Error() string {
	if e.Pause > 0 {
		return fmt.Sprintf("the server asks for a pause of %s (status %d)", e.Pause, e.Status)
	}
	return fmt.Sprintf("the server asks for a pause (status %d)", e.Status)
}

// Transport is a polite http.RoundTripper, safe for concurrent use.
type Transport struct {
	options Options
	mu      sync.Mutex
	hosts   map[string]*host
}

// host is one server's turn.
type host struct {
	places chan struct{}
	mu     sync.Mutex
	next   time.Time     // before which no request may begin
	delay  time.Duration // that it wants itself
}

// New returns a transport.
func New(options Options) *Transport {
	if options.Base == nil {
		options.Base = http.DefaultTransport
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Sleep == nil {
		options.Sleep = pacing.Wait
	}
	options.Together = max(options.Together, 1)
	return &Transport{options: options, hosts: map[string]*host{}}
}

// Slow raises the delay for one host, as it may ask for it in its robots.txt.
func (t *Transport) Slow(name string, delay time.Duration) {
	h := t.host(name)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.delay = max(h.delay, min(delay, longestPause))
}

// RoundTrip implements http.RoundTripper. A request without a body that is
// answered by 429 or 503 is tried again after the pause; if that does not help,
// the error is a *[BusyError].
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	h := t.host(request.URL.Host)
	select {
	case h.places <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if request.Header.Get("User-Agent") == "" {
		request = request.Clone(ctx)
		request.Header.Set("User-Agent", UserAgent)
	}
	response, asked, err := t.try(request, h)
	if err != nil {
		h.leave(asked, t.after(h))
		return nil, err
	}
	response.Body = &body{ReadCloser: response.Body, leave: sync.OnceFunc(func() { h.leave(true, t.after(h)) })}
	return response, nil
}

// try sends the request when it is the host's turn, again after each pause that
// the server asks for. asked: the server got to see it at least once.
func (t *Transport) try(request *http.Request, h *host) (response *http.Response, asked bool, err error) {
	backoff := pacing.Backoff(firstPause, longestPause)
	for attempt := 1; ; attempt++ {
		if err := t.await(request.Context(), h); err != nil {
			return nil, asked, err
		}
		asked = true
		response, err := t.options.Base.RoundTrip(request)
		if err != nil {
			return nil, asked, err
		}
		if response.StatusCode != http.StatusTooManyRequests && response.StatusCode != http.StatusServiceUnavailable {
			return response, asked, nil
		}
		wish := pacing.RetryAfter(response.Header, t.options.Now())
		_ = response.Body.Close()
		if attempt == tries || wish > longestPause || request.Body != nil && request.GetBody == nil {
			return nil, asked, &BusyError{Status: response.StatusCode, Pause: wish}
		}
		if request, err = again(request); err != nil {
			return nil, asked, err
		}
		h.wait(t.options.Now().Add(max(wish, backoff.NextBackOff())))
	}
}

// again makes a request whose body was sent ready to be sent once more.
func again(request *http.Request) (*http.Request, error) {
	if request.GetBody == nil {
		return request, nil
	}
	content, err := request.GetBody()
	if err != nil {
		return nil, fmt.Errorf("repeat request: %w", err)
	}
	request = request.Clone(request.Context())
	request.Body = content
	return request, nil
}

// await waits for the host's turn, which others may put off meanwhile.
func (t *Transport) await(ctx context.Context, h *host) error {
	for {
		h.mu.Lock()
		pause := h.next.Sub(t.options.Now())
		h.mu.Unlock()
		if pause <= 0 {
			return ctx.Err()
		}
		if err := t.options.Sleep(ctx, pause); err != nil {
			return err
		}
	}
}

// after is when the host may be asked again if a request to it ends now.
func (t *Transport) after(h *host) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return t.options.Now().Add(max(t.options.Delay, h.delay))
}

// leave gives the place to the next one, who waits until then if the server was
// asked for anything: a request that was cancelled in its turn costs no pause.
func (h *host) leave(asked bool, then time.Time) {
	if asked {
		h.wait(then)
	}
	<-h.places
}

// wait lets no request begin before then.
func (h *host) wait(until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if until.After(h.next) {
		h.next = until
	}
}

func (t *Transport) host(name string) *host {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hosts[name] == nil {
		t.hosts[name] = &host{places: make(chan struct{}, t.options.Together)}
	}
	return t.hosts[name]
}

// body holds the place until it is closed.
type body struct {
	io.ReadCloser
	leave func()
}

func (b *body) Close() error {
	defer b.leave()
	return b.ReadCloser.Close()
}
