package inboxtest

import (
	"context"
	"fmt"
	"sync"

	"lvr.example/sprechstunde/bot/inbox"
)

// Handler answers each question with "answer", or as its fields say.
type Handler struct {
	OnHandle  func(ctx context.Context, q inbox.Question) (inbox.Reply, error)
	OnConfirm func(q inbox.Question, d inbox.Draft) error

	mu    sync.Mutex
	calls int
	notes map[string]string // post id by marker
}

var (
	_ inbox.Handler = (*Handler)(nil)
	_ inbox.Noter   = (*Handler)(nil)
)

// Answer is the usual reply with n drafts, which are about the tickets 1 to n.
func Answer(q inbox.Question, n int) inbox.Reply {
	r := inbox.Reply{Outcome: "answered"}
	for i := range n {
		text := fmt.Sprintf("answer %d.%d", q.Wanted, i+1)
		r.Drafts = append(r.Drafts, inbox.Draft{ChannelID: q.ChannelID, RootID: q.Key, Text: text, About: inbox.About{Kind: inbox.AboutNotice, Ticket: int64(i + 1)}})
	}
	return r
}

// Handle answers.
func (h *Handler) Handle(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
	h.mu.Lock()
	h.calls++
	h.mu.Unlock()
	if h.OnHandle != nil {
		return h.OnHandle(ctx, q)
	}
	return Answer(q, 1), nil
}

// Confirm agrees.
func (h *Handler) Confirm(_ context.Context, q inbox.Question, d inbox.Draft) error {
	if h.OnConfirm != nil {
		return h.OnConfirm(q, d)
	}
	return nil
}

// Failed says so.
func (h *Handler) Failed(_ context.Context, q inbox.Question) inbox.Reply {
	return inbox.Reply{Outcome: "failed", Drafts: []inbox.Draft{{ChannelID: q.ChannelID, RootID: q.Key, Text: "sorry"}}}
}

// Posted notes where a draft went.
func (h *Handler) Posted(_ context.Context, _ inbox.Question, d inbox.Draft) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.notes == nil {
		h.notes = map[string]string{}
	}
	h.notes[d.Marker] = d.PostID
	return nil
}

// Calls returns how often Handle was called.
func (h *Handler) Calls() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.calls
}

// Noted returns the post that was noted for a marker.
func (h *Handler) Noted(marker string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.notes[marker]
}
