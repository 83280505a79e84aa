package inboxtest

import (
	"context"
	"errors"
	"sync"
	"time"

	"lvr.example/sprechstunde/bot/inbox"
)

// errDead is what a crashed process's calls come to.
var errDead = errors.New("process is dead")

// Crash ends a process at one of its calls: before call n takes effect when At
// is 2n, after it when At is 2n+1. From then on nothing of it has an effect.
type Crash struct {
	At int

	mu    sync.Mutex
	calls int
	dead  bool
}

// Happened reports whether the process died.
func (c *Crash) Happened() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dead
}

func (c *Crash) call(f func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.calls
	c.calls++
	if c.dead || c.At == 2*n {
		c.dead = true
		return errDead
	}
	f()
	if c.At == 2*n+1 {
		c.dead = true
		return errDead
	}
	return nil
}

func (c *Crash) do(f func() error) error {
	var err error
	if dead := c.call(func() { err = f() }); dead != nil {
		return dead
	}
	return err
}

func get[T any](c *Crash, f func() (T, error)) (T, error) {
	var v T
	err := c.do(func() (err error) { v, err = f(); return err })
	return v, err
}

// Store is s as the process sees it.
func (c *Crash) Store(s inbox.Store) inbox.Store { return dyingStore{c, s} }

// Chat is ch as the process sees it.
func (c *Crash) Chat(ch inbox.Chat) inbox.Chat { return dyingChat{c, ch} }

// Handler is h as the process sees it.
func (c *Crash) Handler(h *Handler) inbox.Handler { return dyingHandler{c, h} }

type dyingStore struct {
	c *Crash
	s inbox.Store
}

func (d dyingStore) Add(ctx context.Context, a inbox.Arrival) (id string, added bool, err error) {
	err = d.c.do(func() (err error) { id, added, err = d.s.Add(ctx, a); return err })
	return id, added, err
}
func (d dyingStore) Edited(ctx context.Context, a inbox.Arrival, revision int64) error {
	return d.c.do(func() error { return d.s.Edited(ctx, a, revision) })
}
func (d dyingStore) Deleted(ctx context.Context, origin inbox.Origin, key string) error {
	return d.c.do(func() error { return d.s.Deleted(ctx, origin, key) })
}
func (d dyingStore) Claim(ctx context.Context, id string, lease time.Duration) (inbox.Question, error) {
	return get(d.c, func() (inbox.Question, error) { return d.s.Claim(ctx, id, lease) })
}

// Extend comes from a timer, so it is no point of its own.
func (d dyingStore) Extend(ctx context.Context, q inbox.Question, lease time.Duration) error {
	if d.c.Happened() {
		return errDead
	}
	return d.s.Extend(ctx, q, lease)
}
func (d dyingStore) Release(ctx context.Context, q inbox.Question, pause time.Duration, refund bool) error {
	return d.c.do(func() error { return d.s.Release(ctx, q, pause, refund) })
}
func (d dyingStore) Requeue(ctx context.Context, limit int) (int, error) {
	return get(d.c, func() (int, error) { return d.s.Requeue(ctx, limit) })
}
func (d dyingStore) Sweepable(ctx context.Context, limit int) ([]inbox.Question, error) {
	return get(d.c, func() ([]inbox.Question, error) { return d.s.Sweepable(ctx, limit) })
}
func (d dyingStore) Swept(ctx context.Context, id string) error {
	return d.c.do(func() error { return d.s.Swept(ctx, id) })
}
func (d dyingStore) Start(ctx context.Context, q inbox.Question) error {
	return d.c.do(func() error { return d.s.Start(ctx, q) })
}
func (d dyingStore) Save(ctx context.Context, q inbox.Question, r inbox.Reply, failed bool) (inbox.Question, error) {
	return get(d.c, func() (inbox.Question, error) { return d.s.Save(ctx, q, r, failed) })
}
func (d dyingStore) Early(ctx context.Context, q inbox.Question, draft inbox.Draft) error {
	return d.c.do(func() error { return d.s.Early(ctx, q, draft) })
}
func (d dyingStore) Try(ctx context.Context, q inbox.Question, marker string) error {
	return d.c.do(func() error { return d.s.Try(ctx, q, marker) })
}
func (d dyingStore) Posted(ctx context.Context, q inbox.Question, marker, postID string) error {
	return d.c.do(func() error { return d.s.Posted(ctx, q, marker, postID) })
}
func (d dyingStore) Lost(ctx context.Context, q inbox.Question, marker string) error {
	return d.c.do(func() error { return d.s.Lost(ctx, q, marker) })
}
func (d dyingStore) Restart(ctx context.Context, q inbox.Question) (inbox.Question, error) {
	return get(d.c, func() (inbox.Question, error) { return d.s.Restart(ctx, q) })
}
func (d dyingStore) Renew(ctx context.Context, q inbox.Question) (inbox.Question, error) {
	return get(d.c, func() (inbox.Question, error) { return d.s.Renew(ctx, q) })
}
func (d dyingStore) Removed(ctx context.Context, q inbox.Question, marker string) error {
	return d.c.do(func() error { return d.s.Removed(ctx, q, marker) })
}
func (d dyingStore) Spend(ctx context.Context, q inbox.Question) (inbox.Draft, error) {
	return get(d.c, func() (inbox.Draft, error) { return d.s.Spend(ctx, q) })
}
func (d dyingStore) Moot(ctx context.Context, q inbox.Question) ([]inbox.Draft, error) {
	return get(d.c, func() ([]inbox.Draft, error) { return d.s.Moot(ctx, q) })
}
func (d dyingStore) Mooted(ctx context.Context, q inbox.Question, draft inbox.Draft) error {
	return d.c.do(func() error { return d.s.Mooted(ctx, q, draft) })
}
func (d dyingStore) Finish(ctx context.Context, q inbox.Question, s inbox.State, outcome, reason string) error {
	return d.c.do(func() error { return d.s.Finish(ctx, q, s, outcome, reason) })
}

type dyingChat struct {
	c  *Crash
	ch inbox.Chat
}

func (d dyingChat) Create(ctx context.Context, draft inbox.Draft) (string, error) {
	return get(d.c, func() (string, error) { return d.ch.Create(ctx, draft) })
}
func (d dyingChat) Find(ctx context.Context, draft inbox.Draft) ([]string, error) {
	return get(d.c, func() ([]string, error) { return d.ch.Find(ctx, draft) })
}
func (d dyingChat) Delete(ctx context.Context, postID string) error {
	return d.c.do(func() error { return d.ch.Delete(ctx, postID) })
}
func (d dyingChat) Rewrite(ctx context.Context, postID string, draft inbox.Draft) error {
	return d.c.do(func() error { return d.ch.Rewrite(ctx, postID, draft) })
}
func (d dyingChat) ShowButtons(ctx context.Context, postID string, draft inbox.Draft) error {
	return d.c.do(func() error { return d.ch.ShowButtons(ctx, postID, draft) })
}
func (d dyingChat) Working(ctx context.Context, q inbox.Question, on bool) {
	_ = d.c.call(func() { d.ch.Working(ctx, q, on) })
}

type dyingHandler struct {
	c *Crash
	h *Handler
}

// Handle is two points: what it calls itself are others between them.
func (d dyingHandler) Handle(ctx context.Context, q inbox.Question) (inbox.Reply, error) {
	if err := d.c.call(func() {}); err != nil {
		return inbox.Reply{}, err
	}
	r, err := d.h.Handle(ctx, q)
	return get(d.c, func() (inbox.Reply, error) { return r, err })
}
func (d dyingHandler) Confirm(ctx context.Context, q inbox.Question, draft inbox.Draft) error {
	return d.c.do(func() error { return d.h.Confirm(ctx, q, draft) })
}
func (d dyingHandler) Failed(ctx context.Context, q inbox.Question) inbox.Reply {
	var r inbox.Reply
	_ = d.c.call(func() { r = d.h.Failed(ctx, q) })
	return r
}
func (d dyingHandler) Posted(ctx context.Context, q inbox.Question, draft inbox.Draft) error {
	return d.c.do(func() error { return d.h.Posted(ctx, q, draft) })
}
