package bottest

import (
	"context"
	"sync"

	"lvr.example/sprechstunde/bot/channels"
)

// Channels keeps settings in memory.
type Channels struct {
	mu  sync.Mutex
	set map[string]channels.Setting
}

// Setting is how the bot acts in a channel.
func (s *Channels) Setting(_ context.Context, channelID string) (channels.Setting, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.set[channelID], nil
}

// Set changes it.
func (s *Channels) Set(_ context.Context, channelID string, set channels.Setting, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.set == nil {
		s.set = map[string]channels.Setting{}
	}
	s.set[channelID] = set
	return nil
}

// Admin reports whether a user was made an admin of a channel.
func (c *Chat) Admin(_ context.Context, channelID, userID string) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.world.admins[channelID+" "+userID], nil
}

// MakeAdmin makes a user an admin of a channel.
func (c *Chat) MakeAdmin(channelID, userID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.world.admins[channelID+" "+userID] = true
}
