package llm_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/llm/llmtest"
)

func client(t *testing.T, s *llmtest.Server, change func(*llm.Config)) *llm.Client {
	t.Helper()
	cfg := llm.Config{URL: s.URL, Key: "geheim", Model: "test", Timeout: 5 * time.Minute, Idle: 5 * time.Minute, First: 5 * time.Minute, Pause: time.Millisecond, Now: time.Now}
	if change != nil {
		change(&cfg)
	}
	c, err := llm.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func fault(t *testing.T, err error) *llm.Error {
	t.Helper()
	var e *llm.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v is no *llm.Error", err)
	}
	return e
}

func TestAWholeReplyIsReturned(t *testing.T) {
	t.Parallel()
	s := llmtest.Start(t, llmtest.Reply("<think>Hm.</think> Sie dürfen das [1]."))
	got, err := client(t, s, nil).Complete(t.Context(), "Regeln", "Frage")
	if err != nil {
		t.Fatal(err)
	}
	if want := "Sie dürfen das [1]."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	r := s.Requests()[0]
	if r.Model != "test" || !r.Stream || r.Authorization != "Bearer geheim" || len(r.Messages) != 2 || r.Messages[0].Role != "system" || r.Messages[1].Content != "Frage" {
		t.Errorf("request %+v", r)
	}
}

// A temperature of the smallest number there is, as go-openai advises, overflows in
// llama.cpp; none at all is .8 there and 1 elsewhere.
func TestItIsAskedForTheLikeliestWords(t *testing.T) {
	t.Parallel()
	server := llmtest.Start(t, llmtest.Reply("Ein Satz."))
	if _, err := client(t, server, nil).Complete(t.Context(), "", "Frage?"); err != nil {
		t.Fatal(err)
	}
	if got := server.Requests()[0].Temperature; got < .001 || got > .1 {
		t.Errorf("temperature %v", got)
	}
}

func TestBrokenStreamsAreNeverReplies(t *testing.T) {
	t.Parallel()
	for name, step := range llmtest.BrokenStreams() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := client(t, llmtest.Start(t, step), nil).Complete(t.Context(), "a", "b")
			if text != "" || err == nil {
				t.Fatalf("got %q, %v", text, err)
			}
			if e := fault(t, err); e.Kind != llm.Broken && e.Kind != llm.Faulty || !e.Retryable() {
				t.Errorf("kind %q", e.Kind)
			}
			if strings.Contains(err.Error(), "dürfen") || strings.Contains(err.Error(), "memory") || strings.Contains(err.Error(), "Anmeldung") {
				t.Errorf("the error quotes the endpoint: %v", err)
			}
		})
	}
}

func TestFaultsHaveAKindAndARetryMeaning(t *testing.T) {
	t.Parallel()
	short := func(c *llm.Config) {
		c.Timeout, c.First, c.Idle = 300*time.Millisecond, 150*time.Millisecond, 150*time.Millisecond
	}
	drip := func(c *llm.Config) { c.Timeout, c.Idle, c.Runes = 300*time.Millisecond, time.Second, 1<<30 }
	for name, tc := range map[string]struct {
		step   llmtest.Step
		kind   llm.Kind
		retry  bool
		change func(*llm.Config)
	}{
		"stall":            {llmtest.Stall("Sie"), llm.Slow, true, short},
		"silent":           {llmtest.Silent(), llm.Slow, true, short},
		"drip":             {llmtest.Drip(llmtest.Chunk("ja ", ""), 20*time.Millisecond), llm.Slow, true, drip},
		"comments only":    {llmtest.Endless(": noch da\n\n"), llm.Broken, true, nil},
		"500":              {llmtest.Raw(500, "text/plain", "kaputt"), llm.Faulty, true, nil},
		"503 json":         {llmtest.Raw(503, "application/json", `{"error":{"message":"laden"}}`), llm.Faulty, true, nil},
		"429":              {llmtest.Busy("11"), llm.Busy, true, nil},
		"401":              {llmtest.Raw(401, "application/json", `{"error":{"message":"key"}}`), llm.Denied, false, nil},
		"404":              {llmtest.Raw(404, "application/json", `{"error":{"message":"model"}}`), llm.Misset, false, nil},
		"10 MB":            {llmtest.Megabytes(10), llm.Unusable, true, nil},
		"one endless line": {llmtest.Endless(strings.Repeat("x", 4096)), llm.Unusable, true, nil},
		"repetition":       {llmtest.Endless(llmtest.Chunk("ja ja ja ", "")), llm.Unusable, true, nil},
		"cut by length":    {llmtest.Raw(200, "text/event-stream", llmtest.Chunk("Sie", "length")), llm.Unusable, true, nil},
		"withheld":         {llmtest.Raw(200, "text/event-stream", llmtest.Chunk("", "content_filter")), llm.Unusable, true, nil},
		"empty reply":      {llmtest.Raw(200, "text/event-stream", llmtest.Chunk("", "stop")), llm.Unusable, true, nil},
		"redirect":         {llmtest.Raw(302, "text/html", "weiter"), llm.Broken, true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := client(t, llmtest.Start(t, tc.step), tc.change).Complete(t.Context(), "a", "b")
			if text != "" {
				t.Errorf("text %q", text)
			}
			e := fault(t, err)
			if e.Kind != tc.kind || e.Retryable() != tc.retry {
				t.Errorf("kind %q, retryable %v (%v)", e.Kind, e.Retryable(), err)
			}
			if name == "429" && e.RetryAfter != 11*time.Second {
				t.Errorf("retry after %v", e.RetryAfter)
			}
		})
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	c, err := llm.New(llm.Config{URL: "http://127.0.0.1:1/v1", Model: "test", Pause: time.Millisecond, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if e := fault(t, c.Check(t.Context())); e.Kind != llm.Unreachable {
		t.Errorf("kind %q", e.Kind)
	}
}

func TestACallerWhoGivesUpGetsTheContextsError(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := llmtest.Start(t, func(w http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	if _, err := client(t, s, nil).Complete(ctx, "a", "b"); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestAfterFaultsTheEndpointIsLeftAloneThenTriedAgain(t *testing.T) {
	t.Parallel()
	clock := &clock{at: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	down := llmtest.Raw(500, "text/plain", "")
	s := llmtest.Start(t, down, down, down, down, down, down, down, down, llmtest.Reply("Ja [1]."))
	c := client(t, s, func(cfg *llm.Config) { cfg.Now = clock.Now })
	ask := func() error { _, err := c.Complete(t.Context(), "a", "b"); return err }
	for range 3 {
		if e := fault(t, ask()); e.Kind != llm.Faulty {
			t.Fatalf("kind %q", e.Kind)
		}
	}
	if e := fault(t, ask()); e.Kind != llm.Resting || e.RetryAfter <= 0 {
		t.Errorf("kind %q after three faults", e.Kind)
	}
	clock.Add(31 * time.Second)
	if e := fault(t, ask()); e.Kind != llm.Faulty {
		t.Errorf("kind %q, want one try after the rest", e.Kind)
	}
	if e := fault(t, ask()); e.Kind != llm.Resting {
		t.Errorf("kind %q after the try failed", e.Kind)
	}
	clock.Add(31 * time.Second)
	if err := ask(); err != nil {
		t.Errorf("recovered endpoint: %v", err)
	}
	if err := ask(); err != nil {
		t.Errorf("after recovery: %v", err)
	}
	if got := len(s.Requests()); got != 10 {
		t.Errorf("%d requests, want 10", got)
	}
}

// Whoever asks waits no longer than the endpoint may take: that the time is up is the
// endpoint's fault all the same. Who is in a hurry says nothing about it.
func TestAnEndpointThatHangsIsLeftAloneThoughItsCallersGaveUp(t *testing.T) {
	t.Parallel()
	c := client(t, llmtest.Start(t, llmtest.Silent()), func(cfg *llm.Config) { cfg.Timeout, cfg.First = 400*time.Millisecond, time.Minute })
	ask := func(wait time.Duration) error {
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		defer cancel()
		_, err := c.Complete(ctx, "a", "b")
		return err
	}
	for range 3 {
		if e := fault(t, ask(300*time.Millisecond)); e.Kind != llm.Slow {
			t.Fatalf("kind %q", e.Kind)
		}
	}
	if e := fault(t, ask(300*time.Millisecond)); e.Kind != llm.Resting {
		t.Errorf("kind %q after three faults", e.Kind)
	}
	c = client(t, llmtest.Start(t, llmtest.Silent()), nil)
	for range 4 {
		if err := ask(time.Millisecond); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("in a hurry: %v", err)
		}
	}
}

func TestRetryAfterIsHonoured(t *testing.T) {
	t.Parallel()
	clock := &clock{at: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	s := llmtest.Start(t, llmtest.Busy("120"), llmtest.Reply("Ja [1]."))
	c := client(t, s, func(cfg *llm.Config) { cfg.Now = clock.Now })
	for range 3 {
		if _, err := c.Complete(t.Context(), "a", "b"); err == nil {
			t.Fatal("no error while busy")
		}
	}
	clock.Add(121 * time.Second)
	if _, err := c.Complete(t.Context(), "a", "b"); err != nil {
		t.Error(err)
	}
	if got := len(s.Requests()); got != 2 {
		t.Errorf("%d requests, want 2", got)
	}
}

func TestNewRefusesUnusableSettings(t *testing.T) {
	t.Parallel()
	for _, cfg := range []llm.Config{{}, {URL: "localhost:8000", Model: "x"}, {URL: "ftp://x/", Model: "x"}, {URL: "http://x"}} {
		if _, err := llm.New(cfg); err == nil {
			t.Errorf("no error for %+v", cfg)
		}
	}
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func TestWhetherSchemasAreKeptIsFoundOutOnce(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		steps    []llmtest.Step
		keeps    bool
		requests int
	}{
		"keeps":                   {[]llmtest.Step{llmtest.Keeps(llmtest.Reply("x"))}, true, 1},
		"takes it and ignores it": {[]llmtest.Step{llmtest.Reply("Heute scheint die Sonne.")}, false, 1},
		"does not know it":        {[]llmtest.Step{llmtest.KnowsNoSchema(llmtest.Reply("x"))}, false, 1},
		"down, then keeps":        {[]llmtest.Step{llmtest.Raw(500, "text/plain", ""), llmtest.Raw(500, "text/plain", ""), llmtest.Keeps(llmtest.Reply("x"))}, true, 3},
	} {
		s := llmtest.Start(t, tc.steps...)
		c := client(t, s, nil)
		keeps, err := c.Shapes(t.Context())
		if name == "down, then keeps" {
			if err == nil {
				t.Errorf("%s: no error while it was down", name)
			}
			keeps, err = c.Shapes(t.Context())
		}
		again, errAgain := c.Shapes(t.Context())
		if err != nil || errAgain != nil || keeps != tc.keeps || again != tc.keeps || len(s.Requests()) != tc.requests {
			t.Errorf("%s: keeps %v, then %v, after %d requests (%v, %v)", name, keeps, again, len(s.Requests()), err, errAgain)
		}
	}
}

func TestAnEndpointThatHadNoTimeIsAskedOnceMore(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]llmtest.Step{
		"busy": llmtest.Busy(""), "busy with a pause": llmtest.Busy("1"), "down": llmtest.Raw(503, "text/plain", ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := llmtest.Start(t, first, llmtest.Reply("Ja [1]."))
			if got, err := client(t, s, nil).Complete(t.Context(), "a", "b"); got != "Ja [1]." || err != nil {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	s := llmtest.Start(t, llmtest.Raw(401, "text/plain", ""), llmtest.Reply("Ja [1]."))
	if _, err := client(t, s, nil).Complete(t.Context(), "a", "b"); err == nil || len(s.Requests()) != 1 {
		t.Errorf("asked %d times with a wrong key: %v", len(s.Requests()), err)
	}
}

// Until the first piece and between two the limits differ: a slow machine reads
// long and then writes.
func TestTheFirstPieceMayTakeLongerThanTheNext(t *testing.T) {
	t.Parallel()
	s := llmtest.Start(t, llmtest.Slow(400*time.Millisecond, llmtest.Stall("Sie")))
	c := client(t, s, func(cfg *llm.Config) { cfg.First, cfg.Idle = time.Minute, 100*time.Millisecond })
	_, err := c.Complete(t.Context(), "a", "b")
	if e := fault(t, err); e.Kind != llm.Slow || e.Status != http.StatusOK {
		t.Errorf("kind %q, status %d: the headers were not waited for, or the silence behind was borne", e.Kind, e.Status)
	}
}

func TestThoughtsWithoutAnEndAreNoReply(t *testing.T) {
	t.Parallel()
	text, err := client(t, llmtest.Start(t, llmtest.Reply("<think>Hm. Sie dürfen das [1].")), nil).Complete(t.Context(), "a", "b")
	if e := fault(t, err); text != "" || e.Kind != llm.Unusable {
		t.Errorf("got %q, kind %q", text, e.Kind)
	}
}
