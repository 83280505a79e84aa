// Package mattermost lists the files and the pinned posts of named channels, as
// the bot's account sees them. A private channel gates what stands in it unless
// the configuration says otherwise; a public one gates nothing, so there the
// configuration must say who may read.
//
// A channel is read in full once a day, and when a listing cannot go on where the
// last one ended; in between the server is asked for what changed. So what leaves
// without a trace, as by the server's own retention, is noticed within a day;
// edits, deletions and pins at once.
//
// Whoever may write in a channel may put files there: what stands in a file's own
// head never moves it into another collection. What the bot itself wrote is no
// source.
package mattermost

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/source/polite"
	"lvr.example/sprechstunde/retrieval"
)

// Options of channels as a source.
type Options struct {
	Name     string   // of the source; unique in the house
	URL      string   // of the server
	Token    string   // of the bot's account
	Channels []string // "team/channel"

	// Collection takes what stands in all of the channels. Nil: each private
	// channel has a collection of its own, for its members.
	Collection *retrieval.Collection

	Delay time.Duration     // between two requests
	Base  http.RoundTripper // nil: http.DefaultTransport; should limit the time until a header comes
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

const transferTime = 10 * time.Minute // for one request with its body

// Source is some channels of a server. It is safe for concurrent use.
type Source struct {
	options Options
	api     *model.Client4

	mu     sync.Mutex
	listed map[string]content // by path
}

// content is where a document's bytes are.
type content struct {
	file string // its id on the server
	text string // or the text itself
}

var _ ingest.Revisiting = (*Source)(nil)

// Open prepares the account. It makes no request.
func Open(options Options) (*Source, error) {
	if len(options.Channels) == 0 {
		return nil, fmt.Errorf("mattermost channels %s: name at least one as team/channel", options.Name)
	}
	for _, name := range options.Channels {
		if team, channel, ok := strings.Cut(name, "/"); !ok || team == "" || channel == "" || strings.Contains(channel, "/") {
			return nil, fmt.Errorf("mattermost channels %s: %q is no channel such as team/kanal", options.Name, name)
		}
	}
	options.Channels = slices.Compact(slices.Sorted(slices.Values(options.Channels)))
	s := &Source{options: options, api: model.NewAPIv4Client(options.URL), listed: map[string]content{}}
	s.api.SetToken(options.Token)
	s.api.HTTPClient = &http.Client{Timeout: transferTime, Transport: polite.New(polite.Options{
		Base: options.Base, Delay: options.Delay, Now: options.Now, Sleep: options.Sleep,
	})}
	return s, nil
}

// Close releases connections.
func (s *Source) Close() error {
	s.api.HTTPClient.CloseIdleConnections()
	return nil
}

// Name implements [ingest.Source].
func (s *Source) Name() string { return s.options.Name }

// Check reports which channels cannot be read.
func (s *Source) Check(ctx context.Context) error {
	var errs []error
	for _, name := range s.options.Channels {
		if _, err := s.channel(ctx, name); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// List implements [ingest.Source].
func (s *Source) List(ctx context.Context, yield func(ingest.Item) error) error {
	_, err := s.Revisit(ctx, ingest.Memory{}, yield)
	return err
}

// Revisit implements [ingest.Revisiting], channel by channel. A channel that
// cannot be read keeps what is known of it.
func (s *Source) Revisit(ctx context.Context, known ingest.Memory, yield func(ingest.Item) error) (next string, err error) {
	l, err := s.begin(ctx, known)
	if err != nil {
		return "", err
	}
	reached := position{}
	for _, name := range s.options.Channels {
		items, at, err := s.listChannel(ctx, name, l)
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if err != nil {
			items, at = []ingest.Item{{Path: name, Folder: true, Problem: err}}, l.from[name]
		}
		reached[name] = at
		for _, item := range items {
			if err := yield(item); err != nil {
				return "", err
			}
		}
	}
	text, err := json.Marshal(reached)
	if err != nil {
		return "", fmt.Errorf("note where the listing ended: %w", err)
	}
	return string(text), nil
}

// begin finds out what holds for the whole listing.
func (s *Source) begin(ctx context.Context, known ingest.Memory) (listing, error) {
	me, response, err := s.api.GetMe(ctx, "")
	if err != nil {
		return listing{}, fmt.Errorf("read own account: %w", err)
	}
	l := listing{self: me.Id, known: known.Versions, from: parsePosition(known.Position)}
	if at, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		l.began = at.UnixMilli()
	}
	l.site, err = s.siteURL(ctx)
	return l, err
}

// siteURL is where people reach the server, which need not be how the bot does.
func (s *Source) siteURL(ctx context.Context) (string, error) {
	config, _, err := s.api.GetClientConfig(ctx, "")
	if err != nil {
		return "", fmt.Errorf("read the server's address: %w", err)
	}
	if site := strings.TrimRight(config["SiteURL"], "/"); site != "" {
		return site, nil
	}
	return strings.TrimRight(s.options.URL, "/"), nil
}

// channel finds a channel by "team/channel".
func (s *Source) channel(ctx context.Context, name string) (*model.Channel, error) {
	team, short, _ := strings.Cut(name, "/")
	channel, response, err := s.api.GetChannelByNameForTeamName(ctx, short, team, "")
	switch {
	case err != nil && response != nil && (response.StatusCode == http.StatusNotFound || response.StatusCode == http.StatusForbidden):
		return nil, fmt.Errorf("channel %s: does not exist, is archived, or the bot is no member; invite it, or correct the name", name)
	case err != nil:
		return nil, fmt.Errorf("channel %s: %w", name, err)
	case channel.DeleteAt != 0:
		return nil, fmt.Errorf("channel %s: is archived; take it out of the configuration", name)
	}
	return channel, nil
}

// Open implements [ingest.Source] for what was listed.
func (s *Source) Open(ctx context.Context, path string) (io.ReadCloser, error) {
	s.mu.Lock()
	found, ok := s.listed[path]
	s.mu.Unlock()
	switch {
	case !ok:
		return nil, errors.New("is not listed")
	case found.file == "":
		return io.NopCloser(strings.NewReader(found.text)), nil
	}
	response, err := s.api.DoAPIGet(ctx, "/files/"+found.file, "")
	if err != nil {
		return nil, fmt.Errorf("fetch file %s: %w", found.file, err)
	}
	return response.Body, nil
}

func (s *Source) remember(path string, c content) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listed[path] = c
}
