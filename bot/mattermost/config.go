package mattermost

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"lvr.example/sprechstunde/prompts"
)

// Config says which server, as whom, and with what manners.
type Config struct {
	URL   string   // of the server, with a path where it has one
	Token string   // of the bot's account
	Teams []string // names; their full members are staff

	CallbackURL  string        // where the server reaches Handler; empty: no buttons
	DialogURL    string        // where the server reaches Dialogs; empty: buttons open none
	CallbackKeys []string      // the first one signs buttons and dialogs, all verify them
	ButtonLife   time.Duration // how long a button works; default 30 days

	CommandTokens []string // of the slash command, one for each team; empty: no command is taken

	Cursors Cursors // required by Run
	// Known returns the posts of recent questions, which catch-up reads again
	// for edits and deletions. Optional.
	Known func(ctx context.Context) (postIDs []string, err error)
	// Answers returns the posts whose thumbs catch-up reads again. Optional.
	Answers func(ctx context.Context) (postIDs []string, err error)
	Texts   *prompts.Catalogue // default: the catalogue as it comes

	Roots *x509.CertPool // of TLS servers; nil: the system's
	Proxy func(*http.Request) (*url.URL, error)

	RequestTimeout time.Duration // default 15 s
	Rate           float64       // requests per second; default 10, which is what a server allows when it limits at all
	Burst          int           // default 50, half of what such a server allows
	CatchUpEvery   time.Duration // default 5 min
	CacheLife      time.Duration // of people, channels and memberships; default and most 60 s

	Now func() time.Time
	Log *slog.Logger
}

const longestCacheLife = 60 * time.Second

func (c Config) withDefaults() Config {
	c.URL = strings.TrimRight(c.URL, "/")
	orDefault(&c.ButtonLife, 30*24*time.Hour)
	orDefault(&c.RequestTimeout, 15*time.Second)
	orDefault(&c.Rate, 10)
	orDefault(&c.Burst, 50)
	orDefault(&c.CatchUpEvery, 5*time.Minute)
	orDefault(&c.CacheLife, longestCacheLife)
	c.CacheLife = min(c.CacheLife, longestCacheLife)
	if c.Proxy == nil {
		c.Proxy = http.ProxyFromEnvironment
	}
	if c.Texts == nil {
		c.Texts = prompts.Default()
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

func orDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

func (c Config) validate() error {
	var errs []error
	if u, err := url.Parse(c.URL); err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		errs = append(errs, fmt.Errorf("mattermost: URL %q is no address that begins with http:// or https://", c.URL))
	}
	if c.Token == "" {
		errs = append(errs, errors.New("mattermost: Token is empty; create a bot account and its access token"))
	}
	if c.Now == nil {
		errs = append(errs, errors.New("mattermost: Now is required"))
	}
	if c.CallbackURL != "" && (len(c.CallbackKeys) == 0 || c.CallbackKeys[0] == "") {
		errs = append(errs, errors.New("mattermost: CallbackKeys are required with CallbackURL"))
	}
	return errors.Join(errs...)
}
