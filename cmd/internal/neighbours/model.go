package neighbours

import "lvr.example/sprechstunde/bot/llm"

// Model returns the house's language model, or nil where none is configured:
// answers are quotes then.
func (s *Site) Model() (*llm.Client, error) {
	m := s.Config.Model
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
	})
}
