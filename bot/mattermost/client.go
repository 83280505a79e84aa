package mattermost

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
)

// Client is the bot's account on one server. It is safe for concurrent use.
type Client struct {
	cfg    Config
	api    *model.Client4
	plain  *http.Transport
	tls    *tls.Config
	pace   *pace
	people directoryCaches
	log    *slog.Logger
	now    func() time.Time

	me         atomic.Pointer[model.User]
	maxPost    atomic.Int64
	link       linkState
	working    worklights
	refusals   refusals
	background sync.WaitGroup
}

var (
	_ chat.Posts     = (*Client)(nil)
	_ chat.Directory = (*Client)(nil)
	_ chat.Reactions = (*Client)(nil)
	_ inbox.Chat     = (*Client)(nil)
)

// New prepares the account. It makes no request: see [Client.Check] for that.
func New(cfg Config) (*Client, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	c := &Client{cfg: cfg, log: cfg.Log, now: cfg.Now, pace: newPace(cfg.Rate, cfg.Burst, cfg.Now)}
	c.people = newDirectoryCaches(cfg.CacheLife, cfg.Now)
	if cfg.Roots != nil {
		c.tls = &tls.Config{RootCAs: cfg.Roots, MinVersion: tls.VersionTLS12}
	}
	c.api = model.NewAPIv4Client(cfg.URL)
	c.api.SetToken(cfg.Token)
	c.plain = &http.Transport{
		Proxy: cfg.Proxy, TLSClientConfig: c.tls, ForceAttemptHTTP2: true,
		TLSHandshakeTimeout: 10 * time.Second, IdleConnTimeout: 90 * time.Second,
		MaxIdleConnsPerHost: 8,
	}
	c.api.HTTPClient = &http.Client{
		Timeout:   cfg.RequestTimeout,
		Transport: &transport{base: c.plain, pace: c.pace, link: &c.link, now: cfg.Now},
	}
	return c, nil
}

// Close ends what still runs in the background, such as signs of work, and
// waits for it.
func (c *Client) Close() {
	c.working.endAll()
	c.background.Wait()
	c.plain.CloseIdleConnections()
}

// UserID returns the id of the bot's own account, and Username its name.
func (c *Client) UserID(ctx context.Context) (string, error) {
	me, err := c.self(ctx)
	if err != nil {
		return "", err
	}
	return me.Id, nil
}

// Username returns the name that people mention the bot by, without the @.
func (c *Client) Username(ctx context.Context) (string, error) {
	me, err := c.self(ctx)
	if err != nil {
		return "", err
	}
	return me.Username, nil
}

// self is the bot's account, asked for once: ids and bot names do not change
// while a program runs.
func (c *Client) self(ctx context.Context) (*model.User, error) {
	if me := c.me.Load(); me != nil {
		return me, nil
	}
	me, resp, err := c.api.GetMe(ctx, "")
	if err != nil {
		return nil, classify("read own account", resp, err, c.now())
	}
	if me.Id == "" {
		return nil, fmt.Errorf("read own account: the answer names nobody; is %s a Mattermost server?", c.cfg.URL)
	}
	c.me.Store(me)
	return me, nil
}
