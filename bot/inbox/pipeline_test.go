package inbox_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/inbox/inboxtest"
	"lvr.example/sprechstunde/retrieval/leaktest"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Main(m)) }

func TestInMemory(t *testing.T) {
	t.Parallel()
	inboxtest.Run(t, func(_ *testing.T, now func() time.Time) inboxtest.Store { return inboxtest.NewMemory(now) })
}

func TestChatInMemory(t *testing.T) {
	t.Parallel()
	inboxtest.RunChat(t, func(*testing.T) inboxtest.Place {
		c := &inboxtest.Chat{}
		return inboxtest.Place{Chat: c, Draft: inbox.Draft{ChannelID: "town", RootID: "asked"}, Labels: func(postID string) ([]string, bool) {
			labels := []string{}
			for _, p := range c.Live() {
				if p.ID == postID {
					for _, b := range p.Draft.Buttons {
						labels = append(labels, b.Label)
					}
					return labels, true
				}
			}
			return labels, false
		}}
	})
}

// cutOff is a store whose leases cannot be prolonged any more.
type cutOff struct {
	*inboxtest.Memory
	off atomic.Bool
}

func (c *cutOff) Extend(ctx context.Context, q inbox.Question, lease time.Duration) error {
	if c.off.Load() {
		return errors.New("connection refused")
	}
	return c.Memory.Extend(ctx, q, lease)
}

func newPipeline(t *testing.T, s inbox.Store, h inbox.Handler, c inbox.Chat) *inbox.Pipeline {
	t.Helper()
	p, err := inbox.New(inbox.Config{Store: s, Chat: c, Handler: h, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func receive(t *testing.T, s *inboxtest.Memory, p *inbox.Pipeline) string {
	t.Helper()
	if err := p.Receive(t.Context(), inbox.Arrival{Origin: inbox.FromPost, Key: "p", ChannelID: "c", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	jobs, err := s.TakeJobs(t.Context())
	if err != nil || len(jobs) != 1 {
		t.Fatalf("jobs %v, err %v", jobs, err)
	}
	return jobs[0]
}

func TestHeartbeatKeepsTheLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, chat := inboxtest.NewMemory(time.Now), &inboxtest.Chat{}
		slow := &inboxtest.Handler{OnHandle: func(_ context.Context, q inbox.Question) (inbox.Reply, error) {
			<-time.After(55 * time.Second) // fake time
			return inboxtest.Answer(q, 1), nil
		}}
		p := newPipeline(t, store, slow, chat)
		id := receive(t, store, p)
		go func() {
			<-time.After(50 * time.Second)
			if _, err := store.Claim(t.Context(), id, time.Second); !errors.Is(err, inbox.ErrBusy) {
				t.Errorf("claimed after 50 s: %v", err)
			}
		}()
		if err := p.Work(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if n := len(chat.Live()); n != 1 {
			t.Errorf("%d posts", n)
		}
	})
}

func TestWithoutHeartbeatTheWorkerStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, chat := &cutOff{Memory: inboxtest.NewMemory(time.Now)}, &inboxtest.Chat{}
		started := time.Now()
		h := &inboxtest.Handler{OnHandle: func(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
			store.off.Store(true)
			<-ctx.Done()
			return inboxtest.Answer(q, 1), nil // a Handler that does not look
		}}
		p := newPipeline(t, store, h, chat)
		if err := p.Work(t.Context(), receive(t, store.Memory, p)); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(started); took > 30*time.Second {
			t.Errorf("stopped after %s, the lease is 30 s", took)
		}
		if n := len(chat.Live()); n != 0 {
			t.Errorf("%d posts without a lease", n)
		}
	})
}

func TestHangingHandlerIsATry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, chat := inboxtest.NewMemory(time.Now), &inboxtest.Chat{}
		h := &inboxtest.Handler{OnHandle: func(ctx context.Context, _ inbox.Question) (inbox.Reply, error) {
			<-ctx.Done()
			return inbox.Reply{}, ctx.Err()
		}}
		p := newPipeline(t, store, h, chat)
		id := receive(t, store, p)
		for range 5 {
			if err := p.Work(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
		if got := chat.Texts(); len(got) != 1 || got[0] != "sorry" {
			t.Errorf("people see %q", got)
		}
	})
}

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	if _, err := inbox.New(inbox.Config{}); err == nil {
		t.Error("an empty config was taken")
	}
}

func TestQuestionOf(t *testing.T) {
	t.Parallel()
	for marker, want := range map[string]string{"q1.ABC.2": "q1", "": "", "q1": "", "q1.2": ""} {
		if got := inbox.QuestionOf(marker); got != want {
			t.Errorf("QuestionOf(%q) = %q, want %q", marker, got, want)
		}
	}
}
