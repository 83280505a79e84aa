package mattermost

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"
)

// streamServer speaks the server's side of the event stream over TLS with a
// certificate of its own, as a house with its own authority has it.
type streamServer struct {
	*httptest.Server
	conns chan *websocket.Conn
	token atomic.Value
	pings atomic.Int64
}

func newStreamServer(t *testing.T) *streamServer {
	t.Helper()
	s := &streamServer{conns: make(chan *websocket.Conn, 10)}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/haus/api/v4/websocket" {
			_ = json.NewEncoder(w).Encode(model.User{Id: model.NewId(), Username: "ki"})
			return
		}
		conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer conn.Close()
		s.serve(conn)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *streamServer) serve(conn *websocket.Conn) {
	var challenge model.WebSocketRequest
	if err := conn.ReadJSON(&challenge); err != nil {
		return
	}
	s.token.Store(challenge.Data["token"])
	_ = conn.WriteJSON(map[string]any{"event": "hello", "seq": 0})
	s.conns <- conn
	for {
		var req model.WebSocketRequest
		if err := conn.ReadJSON(&req); err != nil {
			return
		}
		if req.Action == "ping" {
			s.pings.Add(1)
			_ = conn.WriteJSON(map[string]any{"status": "OK", "seq_reply": req.Seq})
		}
	}
}

func (s *streamServer) client(t *testing.T) *Client {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	c, err := New(Config{URL: s.URL + "/haus/", Token: "geheim", Roots: roots, Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func within[T any](t *testing.T, what string, ch <-chan T) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(5 * time.Minute): // hangs
		t.Fatalf("waited in vain for %s", what)
	}
	panic("unreachable")
}

func TestSocketSpeaksWithTheServer(t *testing.T) {
	t.Parallel()
	s := newStreamServer(t)
	c := s.client(t)
	if _, err := c.self(t.Context()); err != nil {
		t.Errorf("REST with an own authority: %v", err)
	}
	conn, err := c.dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if ev := within(t, "hello", conn.Events()); ev.EventType() != model.WebsocketEventHello {
		t.Errorf("first event %s", ev.EventType())
	}
	if s.token.Load() != "geheim" {
		t.Error("token not presented")
	}
	conn.Ping()
	if r := within(t, "response", conn.Responses()); r.Status != model.StatusOk {
		t.Errorf("response %+v", r)
	}
	conn.Close()
}

func TestSocketEndsWithTheServer(t *testing.T) {
	t.Parallel()
	s := newStreamServer(t)
	conn, err := s.client(t).dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	within(t, "hello", conn.Events())
	_ = within(t, "connection", s.conns).Close()
	if ev, open := <-conn.Events(); open {
		t.Errorf("event %v after the end", ev)
	}
	conn.Ping() // after the SDK ended: must neither panic nor hang
	conn.Ping()
	conn.Close()
}

func TestSocketClosesUnderABurst(t *testing.T) {
	t.Parallel()
	s := newStreamServer(t)
	conn, err := s.client(t).dial(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server := within(t, "connection", s.conns)
	go func() {
		for seq := 1; server.WriteJSON(map[string]any{"event": "typing", "seq": seq}) == nil; seq++ {
		}
	}()
	closed := make(chan struct{})
	go func() { conn.Close(); close(closed) }() // nobody reads the events
	within(t, "close", closed)
}

func TestDialEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	mute := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel() // while the handshake is under way
		<-r.Context().Done()
	}))
	t.Cleanup(mute.Close)
	c, err := New(Config{URL: mute.URL, Token: "t", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.dial(ctx)
	if err == nil {
		t.Fatal("connected to a server that says nothing")
	}
	var slow net.Error
	if errors.As(err, &slow) && slow.Timeout() {
		t.Errorf("waited for the handshake's own limit: %v", err)
	}
}
