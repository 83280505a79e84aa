package neighbours

import "lvr.example/sprechstunde/bot/llm"

// Model returns the house's language model, or nil where none is configured:
// answers are quotes then.
func (s *Site) Model() (*llm.Client, error) {
	m := s.Config.Model
	if m.URL == "" {
		return nil, nil
	}
	return llm.New(llm.Config{
		URL: m.URL, Key: m.Key.Reveal(), Model: m.Name, Timeout: m.Timeout, HTTPClient: s.HTTP, Now: s.Now,
	})
}
