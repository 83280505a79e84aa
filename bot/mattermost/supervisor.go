package mattermost

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/retrieval/pacing"
)

const (
	pingEvery  = 20 * time.Second
	pongWithin = 10 * time.Second
	// helloWithin is the server's first word after the token was accepted.
	helloWithin = 10 * time.Second
	// steady is how long a connection must have held for the next break to be
	// treated as the first one.
	steady         = 10 * time.Second
	firstPause     = time.Second
	longestBackOff = time.Minute
)

// Ends of a connection.
var (
	errClosed   = errors.New("closed by the server or the network")
	errNoPing   = errors.New("no ping from the server")
	errNoPong   = errors.New("no response to a ping")
	errNoHello  = errors.New("no hello from the server")
	errGap      = errors.New("events are missing")
	errNotHello = errors.New("first event is no hello")
)

// supervisor keeps an event stream open for ever: the SDK's client never
// reconnects by itself.
type supervisor struct {
	dial      func(context.Context) (socket, error)
	event     func(*model.WebSocketEvent) // must not block
	connected func()                      // must not block
	link      *linkState
	now       func() time.Time
	pauses    pauses // between connections
	log       *slog.Logger
}

// pauses back off: they grow from one failure to the next, until Reset.
type pauses interface {
	NextBackOff() time.Duration
	Reset()
}

// linkState is what readiness is judged by.
type linkState struct {
	up      atomic.Bool
	frame   atomic.Int64 // time of the last frame, Unix ms
	refused atomic.Bool  // the last request was answered with 401
}

// run returns only when the context ends.
func (s *supervisor) run(ctx context.Context) {
	for ctx.Err() == nil {
		began := s.now()
		err := s.connect(ctx)
		if ctx.Err() != nil {
			return
		}
		if s.now().Sub(began) >= steady {
			s.pauses.Reset()
		}
		pause := s.pauses.NextBackOff()
		s.log.Warn("event stream lost", inbox.KeyError, err, inbox.KeyPause, pause)
		_ = pacing.Wait(ctx, pause) // its end is the loop's
	}
}

// connect opens one connection and serves it until it ends.
func (s *supervisor) connect(ctx context.Context) error {
	conn, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer func() {
		s.link.up.Store(false)
		conn.Close()
	}()
	return s.serve(ctx, conn)
}

func (s *supervisor) serve(ctx context.Context, conn socket) error {
	deadline := time.NewTimer(helloWithin) // of what is awaited now: hello, then each pong
	defer deadline.Stop()
	late := errNoHello
	pings := time.NewTicker(pingEvery)
	defer pings.Stop()
	next := int64(0)
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-deadline.C:
			return late
		case <-conn.Silent():
			return errNoPing
		case <-pings.C:
			conn.Ping()
			if !errors.Is(late, errNoHello) {
				deadline.Reset(pongWithin)
				late = errNoPong
			}
		case response, open := <-conn.Responses():
			if !open {
				return errClosed
			}
			s.heard()
			if errors.Is(late, errNoPong) {
				deadline.Stop()
			}
			if response.Status == model.StatusFail {
				return fmt.Errorf("refused: %w", response.Error)
			}
		case ev, open := <-conn.Events():
			if !open {
				return errClosed
			}
			s.heard()
			if ev.GetSequence() != next {
				return fmt.Errorf("%w: got %d instead of %d", errGap, ev.GetSequence(), next)
			}
			if next == 0 {
				if ev.EventType() != model.WebsocketEventHello {
					return errNotHello
				}
				deadline.Stop()
				late = errNoPong
				s.link.up.Store(true)
				s.log.Info("event stream open")
				s.connected()
			}
			next++
			s.event(ev)
		}
	}
}

func (s *supervisor) heard() { s.link.frame.Store(s.now().UnixMilli()) }
