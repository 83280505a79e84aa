package polite

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval/leaktest"
)

// clock is a time that passes only while somebody sleeps.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

// Each test has connections of its own: a server that is closed closes those of
// http.DefaultTransport, and a request of another test would be sent twice.

func TestServersWishIsHonoured(t *testing.T) {
	t.Parallel()
	at := newClock()
	date := at.now.Add(90 * time.Second).Format(http.TimeFormat)
	for name, c := range map[string]struct {
		answers []int // status, the last one for good
		after   string
		slept   []time.Duration
		busy    bool
	}{
		"seconds":           {[]int{429, 200}, "8", []time.Duration{8 * time.Second}, false},
		"date":              {[]int{503, 200}, date, []time.Duration{90 * time.Second}, false},
		"none named":        {[]int{503, 429, 200}, "", []time.Duration{5 * time.Second, 10 * time.Second}, false},
		"nonsense":          {[]int{429, 200}, "bald", []time.Duration{5 * time.Second}, false},
		"too long":          {[]int{429}, "3600", nil, true},
		"never well again":  {[]int{503}, "1", []time.Duration{5 * time.Second, 10 * time.Second}, true},
		"other fault":       {[]int{500}, "9", nil, false},
		"more than 68 year": {[]int{429, 200}, "99999999999", []time.Duration{5 * time.Second}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				status := c.answers[min(int(asked.Add(1)), len(c.answers))-1]
				w.Header().Set("Retry-After", c.after)
				w.WriteHeader(status)
			}))
			defer server.Close()
			clock := newClock()
			client := &http.Client{Transport: New(Options{Base: server.Client().Transport, Now: clock.Now, Sleep: clock.Sleep})}
			response, err := client.Get(server.URL)
			var busy *BusyError
			if errors.As(err, &busy) != c.busy {
				t.Fatalf("got %v", err)
			}
			if err == nil {
				defer response.Body.Close()
				if want := c.answers[len(c.answers)-1]; response.StatusCode != want {
					t.Errorf("status %d, want %d", response.StatusCode, want)
				}
			}
			if !slices.EqualFunc(clock.slept, c.slept, about) {
				t.Errorf("slept %v, want about %v", clock.slept, c.slept)
			}
		})
	}
}

// about allows for a pause of our own choice to be spread; a server's wish is kept.
func about(got, want time.Duration) bool {
	return got >= want/2 && got <= want*3/2+1
}

func TestBodyIsSentAgain(t *testing.T) {
	t.Parallel()
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, _ := io.ReadAll(r.Body)
		got = append(got, string(content))
		if len(got) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer server.Close()
	clock := newClock()
	client := &http.Client{Transport: New(Options{Base: server.Client().Transport, Now: clock.Now, Sleep: clock.Sleep})}
	response, err := client.Post(server.URL, "text/plain", strings.NewReader("frage"))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if !slices.Equal(got, []string{"frage", "frage"}) {
		t.Errorf("the server got %q", got)
	}
}

func TestOneAtATimeWithAPauseBetween(t *testing.T) {
	t.Parallel()
	clock := newClock()
	var now, most atomic.Int32
	var mu sync.Mutex
	var begins []time.Time
	var agents []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		defer now.Add(-1)
		mu.Lock()
		defer mu.Unlock()
		most.Store(max(most.Load(), n))
		begins, agents = append(begins, clock.Now()), append(agents, r.UserAgent())
	}))
	defer server.Close()
	transport := New(Options{Base: server.Client().Transport, Delay: time.Second, Now: clock.Now, Sleep: clock.Sleep})
	transport.Slow(strings.TrimPrefix(server.URL, "http://"), 3*time.Second)
	client := &http.Client{Transport: transport}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			response, err := client.Get(server.URL)
			if err != nil {
				t.Error(err)
				return
			}
			_ = response.Body.Close()
		})
	}
	group.Wait()
	if most.Load() != 1 || len(begins) != 8 {
		t.Errorf("%d at a time, %d requests", most.Load(), len(begins))
	}
	for i := 1; i < len(begins); i++ {
		if pause := begins[i].Sub(begins[i-1]); pause != 3*time.Second {
			t.Errorf("pause %d: %s", i, pause)
		}
	}
	if agents[0] != UserAgent {
		t.Errorf("introduced as %q", agents[0])
	}
}

// TestCancelledInItsTurnCostsNothing cancels requests while they wait for their
// turn: the next one waits no longer for that.
func TestCancelledInItsTurnCostsNothing(t *testing.T) {
	t.Parallel()
	var begins []time.Time
	clock := newClock()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { begins = append(begins, clock.Now()) }))
	defer server.Close()
	cancelled := errors.New("cancelled")
	giveUp := false
	client := &http.Client{Transport: New(Options{
		Base: server.Client().Transport, Delay: time.Second, Now: clock.Now,
		Sleep: func(ctx context.Context, d time.Duration) error {
			if giveUp {
				return errors.Join(cancelled, clock.Sleep(ctx, d/10))
			}
			return clock.Sleep(ctx, d)
		},
	})}
	get := func() error {
		response, err := client.Get(server.URL)
		if err == nil {
			_ = response.Body.Close()
		}
		return err
	}
	if err := get(); err != nil {
		t.Fatal(err)
	}
	giveUp = true
	for range 5 {
		if err := get(); !errors.Is(err, cancelled) {
			t.Fatal(err)
		}
	}
	giveUp = false
	if err := get(); err != nil {
		t.Fatal(err)
	}
	if len(begins) != 2 || begins[1].Sub(begins[0]) != time.Second {
		t.Errorf("requests began at %v, want one second between two", begins)
	}
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	client := &http.Client{Transport: New(Options{Base: server.Client().Transport, Delay: time.Hour})}
	first, err := client.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, hold := range []bool{true, false} { // the place is taken, then only the pause is left
		if !hold {
			_ = first.Body.Close()
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Do(request)
		if err == nil {
			_ = response.Body.Close()
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}

func TestMain(m *testing.M) { os.Exit(leaktest.Main(m)) }
