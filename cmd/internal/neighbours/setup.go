package neighbours

import (
	"fmt"
	"net/url"

	"lvr.example/sprechstunde/bot/mattermost"
)

// Setup is what the configured server should have for the bot, as the configuration
// says: account, teams, channels, and where the server reaches the bot.
func (s *Site) Setup() (mattermost.Setup, error) {
	m := s.Config.Mattermost
	setup := mattermost.Setup{
		URL: m.URL, BotToken: m.Token.Reveal(), Teams: m.Teams, Hosts: s.Config.Hosts.Channel, Callback: m.CallbackURL,
		Roots: s.out.roots, Proxy: s.out.proxy,
	}
	for _, source := range s.Config.Sources {
		if source.Mattermost != nil {
			setup.Channels = append(setup.Channels, source.Mattermost.Channels...)
		}
	}
	if m.CallbackURL != "" {
		var err error
		if setup.Command, err = url.JoinPath(m.CallbackURL, CommandsPath); err != nil {
			return setup, fmt.Errorf("mattermost.callback_url: %w", err)
		}
	}
	return setup, nil
}
