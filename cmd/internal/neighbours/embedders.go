package neighbours

import (
	"context"
	"fmt"
	"time"

	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/embed"
	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// Embedders are those that are configured, or the embedded one. Close them.
type Embedders struct {
	First   *embed.Client // nil: see Missing
	Missing error         // why there is no first one; nil: there is
	Next    *embed.Client // of the set that is to serve next; nil: none is configured

	server *localpart.Use // nil: the configuration names another
}

var _ retrieval.Embedder = (*embed.Client)(nil)

// measuringTimeout bounds the wait for one question's vector while measuring.
const measuringTimeout = 2 * time.Minute

// OpenEmbedders starts the embedded embedder where none is configured. That the
// first one is missing is kept in what is returned: searches go on by keywords. An
// error is that of the next one.
func (s *Site) OpenEmbedders(ctx context.Context) (*Embedders, error) {
	e := &Embedders{}
	e.First, e.server, e.Missing = s.openFirst(ctx)
	if s.Config.Next.URL == "" {
		return e, nil
	}
	next, err := embed.New(s.endpoint(s.Config.Next))
	if err != nil {
		return e, fmt.Errorf("next embedder: %w", err)
	}
	e.Next = next
	return e, nil
}

func (s *Site) openFirst(ctx context.Context) (*embed.Client, *localpart.Use, error) {
	conf, server, err := s.firstConfig(ctx)
	if err != nil {
		return nil, nil, err
	}
	if s.Measuring {
		conf.QueryTimeout = measuringTimeout
	}
	client, err := embed.New(conf)
	if err != nil {
		return nil, server, fmt.Errorf("embedder: %w", err)
	}
	return client, server, nil
}

func (s *Site) firstConfig(ctx context.Context) (embed.Config, *localpart.Use, error) {
	if s.Config.Embedder.URL != "" {
		return s.endpoint(s.Config.Embedder), nil, nil
	}
	server, err := embedlocal.Start(ctx, localpart.Options{DataDir: s.DataDir, Progress: s.Progress})
	if err != nil {
		return embed.Config{}, nil, fmt.Errorf("embedded embedder: %w", err)
	}
	return embed.Config{
		BaseURL: server.BaseURL(), Name: embedlocal.Model, Dimensions: embedlocal.Dimensions,
		QueryModel: embedlocal.ModelQuery, PassageModel: embedlocal.ModelPassage,
	}, server, nil
}

func (s *Site) endpoint(e config.Embedder) embed.Config {
	return embed.Config{
		BaseURL: e.URL, Token: e.Key.Reveal(), Name: e.Model, Dimensions: e.Dimensions,
		QueryModel: orElse(e.QueryModel, e.Model), PassageModel: orElse(e.PassageModel, e.Model),
		QueryPrefix: e.QueryPrefix, PassagePrefix: e.PassagePrefix, HTTPClient: s.HTTP,
	}
}

func orElse(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}

// All returns those that there are.
func (e *Embedders) All() (all []retrieval.Embedder) {
	if e.First != nil {
		all = append(all, e.First)
	}
	if e.Next != nil {
		all = append(all, e.Next)
	}
	return all
}

// Close stops the embedded one.
func (e *Embedders) Close() error {
	if e.server == nil {
		return nil
	}
	return e.server.Close()
}
