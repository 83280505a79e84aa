package mattermost

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/retrieval/pacing"
)

// fakeSocket is a connection under the hand of a test.
type fakeSocket struct {
	events    chan *model.WebSocketEvent
	responses chan *model.WebSocketResponse
	silent    chan bool
	pings     atomic.Int64
	closed    atomic.Bool
	mute      atomic.Bool // answers no ping
}

func newFakeSocket() *fakeSocket {
	return &fakeSocket{
		events: make(chan *model.WebSocketEvent, 100), responses: make(chan *model.WebSocketResponse, 100),
		silent: make(chan bool, 1),
	}
}

func (s *fakeSocket) Events() <-chan *model.WebSocketEvent       { return s.events }
func (s *fakeSocket) Responses() <-chan *model.WebSocketResponse { return s.responses }
func (s *fakeSocket) Silent() <-chan bool                        { return s.silent }
func (s *fakeSocket) Close()                                     { s.closed.Store(true) }
func (s *fakeSocket) Ping() {
	s.pings.Add(1)
	if !s.mute.Load() {
		s.responses <- &model.WebSocketResponse{Status: model.StatusOk}
	}
}

func (s *fakeSocket) send(kind model.WebsocketEventType, seq int64) {
	s.events <- model.NewWebSocketEvent(kind, "", "", "", nil, "").SetSequence(seq)
}

// supervised runs a supervisor over sockets that the test hands out one by one.
type supervised struct {
	*supervisor
	dials   []time.Duration // since the start
	sockets chan *fakeSocket
	started atomic.Int64 // connections that said hello
	events  atomic.Int64
}

// even are the real pauses without their spread.
func even() pauses {
	p := pacing.Backoff(firstPause, longestBackOff)
	p.RandomizationFactor = 0
	return p
}

func supervise(t *testing.T) *supervised {
	began := time.Now()
	s := &supervised{sockets: make(chan *fakeSocket, 100)}
	s.supervisor = &supervisor{
		dial: func(context.Context) (socket, error) {
			s.dials = append(s.dials, time.Since(began))
			select {
			case conn := <-s.sockets:
				return conn, nil
			default:
				return nil, errors.New("connection refused")
			}
		},
		event: func(*model.WebSocketEvent) { s.events.Add(1) }, connected: func() { s.started.Add(1) },
		link: &linkState{}, now: time.Now, pauses: even(), log: slog.New(slog.DiscardHandler),
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { s.run(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
	return s
}

func TestSupervisorTriesForEver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := supervise(t)
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		var pauses []string
		for i := range s.dials[1:7] {
			pauses = append(pauses, (s.dials[i+1] - s.dials[i]).String())
		}
		if got, want := strings.Join(pauses, " "), "1s 2s 4s 8s 16s 32s"; got != want {
			t.Errorf("pauses %s, want %s", got, want)
		}
		if last := s.dials[len(s.dials)-1] - s.dials[len(s.dials)-2]; last != time.Minute {
			t.Errorf("pauses grow to %s, want 1m0s", last)
		}
	})
}

func TestSupervisorRebuilds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		breaks func(*fakeSocket)
		within time.Duration
	}{
		"closed":            {func(s *fakeSocket) { close(s.events) }, time.Second},
		"no ping":           {func(s *fakeSocket) { s.silent <- true }, time.Second},
		"half-open":         {func(s *fakeSocket) { s.mute.Store(true) }, pingEvery + pongWithin},
		"sequence gap":      {func(s *fakeSocket) { s.send("typing", 3) }, time.Second},
		"sequence repeated": {func(s *fakeSocket) { s.send("typing", 0) }, time.Second},
		"response fails": {func(s *fakeSocket) {
			s.responses <- &model.WebSocketResponse{Status: model.StatusFail, Error: &model.AppError{Id: "x"}}
		}, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := supervise(t)
				first, second := newFakeSocket(), newFakeSocket()
				for _, conn := range []*fakeSocket{first, second} {
					conn.send(model.WebsocketEventHello, 0)
				}
				s.sockets <- first
				time.Sleep(2 * time.Second) // the first dial was refused
				first.send("typing", 1)
				time.Sleep(time.Minute)
				synctest.Wait()
				if s.started.Load() != 1 || s.events.Load() != 2 || !s.link.up.Load() || first.pings.Load() < 2 {
					t.Fatalf("first connection: %d hellos, %d events, up %v, %d pings", s.started.Load(), s.events.Load(), s.link.up.Load(), first.pings.Load())
				}
				s.sockets <- second
				test.breaks(first)
				time.Sleep(test.within + time.Second)
				synctest.Wait()
				if !first.closed.Load() || s.started.Load() != 2 || !s.link.up.Load() {
					t.Errorf("closed %v, %d hellos, up %v", first.closed.Load(), s.started.Load(), s.link.up.Load())
				}
			})
		})
	}
}

func TestSupervisorWaitsForHello(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := supervise(t)
		mute, wrong := newFakeSocket(), newFakeSocket()
		mute.mute.Store(true)
		wrong.send("typing", 0)
		s.sockets <- mute
		s.sockets <- wrong
		time.Sleep(20 * time.Second)
		synctest.Wait()
		if !mute.closed.Load() || !wrong.closed.Load() || s.started.Load() != 0 || s.link.up.Load() {
			t.Errorf("closed %v and %v, %d hellos, up %v", mute.closed.Load(), wrong.closed.Load(), s.started.Load(), s.link.up.Load())
		}
	})
}

func TestFlappingBacksOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := supervise(t)
		for range 50 {
			conn := newFakeSocket()
			conn.send(model.WebsocketEventHello, 0)
			close(conn.events)
			s.sockets <- conn
		}
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if s.started.Load() > 12 {
			t.Errorf("%d connections in five minutes", s.started.Load())
		}
	})
}

// A reader that blocked would stop the pongs: whatever the bot does, take returns.
func TestBurstNeverBlocksTheReader(t *testing.T) {
	t.Parallel()
	in := &stuckIntake{}
	missed := 0
	d := newDispatch(in, "self", func() {}, func(time.Duration) { missed++ }, slog.New(slog.DiscardHandler))
	for i := range 10_000 {
		d.deliver(postedEvent(fmt.Sprintf(`{"id":"p%d","channel_id":"c","user_id":"u","message":"Frage"}`, i)))
	}
	if missed != 10_000-laneLength {
		t.Errorf("%d of 10000 left to catch-up, want %d", missed, 10_000-laneLength)
	}
}

func TestDispatchLeavesWhatFailsToCatchUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		missed := make(chan time.Duration, 10)
		d := newDispatch(&stuckIntake{}, "self", func() {}, func(d time.Duration) { missed <- d }, slog.New(slog.DiscardHandler))
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { d.run(ctx); close(done) }()
		d.deliver(postedEvent(`{"id":"p","channel_id":"c","user_id":"u"}`)) // hangs until its deadline
		d.deliver(postedEvent(`not json`))
		d.deliver(postedEvent(`{}`))
		for range 3 {
			if pause := <-missed; pause != againAfter {
				t.Errorf("catch-up after %s", pause)
			}
		}
		cancel()
		<-done
	})
}

func TestDispatchForgetsRights(t *testing.T) {
	t.Parallel()
	cleared := 0
	d := newDispatch(&stuckIntake{}, "self", func() { cleared++ }, func(time.Duration) {}, slog.New(slog.DiscardHandler))
	kinds := []model.WebsocketEventType{
		model.WebsocketEventUserRemoved, model.WebsocketEventLeaveTeam, model.WebsocketEventUserRoleUpdated,
		model.WebsocketEventMemberroleUpdated, model.WebsocketEventChannelConverted, model.WebsocketEventUserAdded,
		model.WebsocketEventUserUpdated, model.WebsocketEventGuestsDeactivated,
	}
	for _, kind := range kinds {
		d.deliver(model.NewWebSocketEvent(kind, "", "", "", nil, ""))
	}
	d.deliver(model.NewWebSocketEvent(model.WebsocketEventTyping, "", "", "", nil, ""))
	if cleared != len(kinds) {
		t.Errorf("rights forgotten %d times, want %d", cleared, len(kinds))
	}
}

func postedEvent(post string) *model.WebSocketEvent {
	ev := model.NewWebSocketEvent(model.WebsocketEventPosted, "", "", "", nil, "")
	ev.Add("post", post)
	return ev
}
