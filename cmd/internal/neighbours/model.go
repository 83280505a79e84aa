package neighbours

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/llm/llmlocal"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/retrieval/localpart"
)

// openModel makes the client of the house's language model, none where none is
// configured: answers are quotes then. The embedded one is started where that is it,
// and fetched on first use.
func (s *Set) openModel(ctx context.Context) (err error) {
	m := s.Config.Model
	if m.URL == config.ModelLocal {
		server, err := llmlocal.Start(ctx, localpart.Options{DataDir: s.DataDir, Progress: s.Progress})
		if err != nil {
			return fmt.Errorf("embedded model: %w", err)
		}
		s.model = server
		s.closing.later(server.Close)
		m.URL, m.Name = server.BaseURL(), llmlocal.Model
	}
	s.Model, err = s.ModelAt(m)
	return err
}

// ModelAt returns the client of a model's endpoint, nil without an address.
func (s *Site) ModelAt(m config.Model) (*llm.Client, error) {
	if m.URL == "" {
		return nil, nil
	}
	client, err := s.out.client(0)
	if err != nil {
		return nil, err
	}
	return llm.New(llm.Config{
		URL: m.URL, Key: m.Key.Reveal(), Model: m.Name, HTTPClient: client, Now: s.Now,
		Timeout: m.Timeout, First: m.FirstToken, Idle: m.Silence,
		AtOnce: m.AtOnce, Budget: llm.Budget{Person: m.TokensPerUser, Channel: m.TokensPerChannel, Day: m.TokensPerDay},
	})
}
