package mattermost

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/gorilla/websocket"
	"github.com/mattermost/mattermost/server/public/model"
)

// socket is one WebSocket connection; see dial for the real one.
type socket interface {
	Events() <-chan *model.WebSocketEvent // closed when the connection is gone
	Responses() <-chan *model.WebSocketResponse
	Silent() <-chan bool // the server sent no ping in time
	Ping()               // asks the server for a response; never blocks
	Close()              // returns when nothing of it runs any more
}

// handshakeWithin bounds connecting and the upgrade, each.
const handshakeWithin = 10 * time.Second

// dial opens a connection to the server's event stream.
func (c *Client) dial(ctx context.Context) (socket, error) {
	ctx, cancel := context.WithCancel(ctx)
	dialer := &websocket.Dialer{
		Proxy: c.cfg.Proxy, TLSClientConfig: c.tls, HandshakeTimeout: handshakeWithin,
		NetDialContext: func(dialing context.Context, network, address string) (net.Conn, error) {
			conn, err := (&net.Dialer{KeepAlive: 15 * time.Second}).DialContext(dialing, network, address)
			if err == nil {
				// The SDK dials without a context: this ends its handshake with ours.
				context.AfterFunc(ctx, func() { _ = conn.Close() })
			}
			return conn, err
		},
	}
	client, err := model.NewWebSocketClientWithDialer(dialer, "ws"+strings.TrimPrefix(c.cfg.URL, "http"), c.cfg.Token)
	if err != nil {
		cancel()
		return nil, fmt.Errorf("connect to the event stream: %w", err)
	}
	s := &sdkSocket{client: client, cancel: cancel, pings: make(chan struct{}, 1), pinger: make(chan struct{})}
	client.Conn.SetPongHandler(s.pong)
	client.Listen()
	go s.ping()
	return s, nil
}

// sdkSocket tames the SDK's client: that one blocks for ever when its channels
// are not read, and panics when something is sent after it ended.
type sdkSocket struct {
	client *model.WebSocketClient
	cancel context.CancelFunc
	pings  chan struct{}
	pinger chan struct{} // closed when the pinger ended
}

func (s *sdkSocket) Events() <-chan *model.WebSocketEvent       { return s.client.EventChannel }
func (s *sdkSocket) Responses() <-chan *model.WebSocketResponse { return s.client.ResponseChannel }
func (s *sdkSocket) Silent() <-chan bool                        { return s.client.PingTimeoutChannel }

func (s *sdkSocket) Ping() {
	select {
	case s.pings <- struct{}{}:
	default: // the last one is still on its way
	}
}

// ping sends from a goroutine of its own, since a send blocks while the network
// does; it fails when the connection is closed. A control frame is the only
// thing that may be written beside the SDK's writer.
func (s *sdkSocket) ping() {
	defer close(s.pinger)
	for range s.pings {
		_ = s.client.Conn.WriteControl(websocket.PingMessage, nil, time.Time{})
	}
}

// pong follows up with the server's own ping, whose response takes the way that
// events take. It runs in the SDK's reader: only there is it certain that the
// SDK does not close its channel meanwhile, which would be a panic.
func (s *sdkSocket) pong(string) error {
	s.client.SendMessage("ping", nil)
	return nil
}

// Close closes the network connection, which ends the SDK's reader, and reads
// on until it has: its own Close would wait for a writer that may hang.
func (s *sdkSocket) Close() {
	s.cancel()
	_ = s.client.Conn.Close()
	events, responses := s.client.EventChannel, s.client.ResponseChannel
	for events != nil || responses != nil {
		select {
		case _, open := <-events:
			if !open {
				events = nil
			}
		case _, open := <-responses:
			if !open {
				responses = nil
			}
		}
	}
	close(s.pings)
	<-s.pinger
}
