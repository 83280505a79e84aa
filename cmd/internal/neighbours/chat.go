package neighbours

import (
	"context"
	"fmt"
	"net/url"

	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/prompts"
)

// Where Mattermost sends button presses, dialogs and slash commands.
const (
	ActionsPath  = "/mattermost/actions"
	DialogsPath  = "/mattermost/dialogs"
	CommandsPath = "/mattermost/commands"
)

// Chat is what the bot's account needs to hear and write. All of it may be nil
// where only the directory is used.
type Chat struct {
	Cursors mattermost.Cursors
	Recent  func(context.Context) ([]string, error) // names asking posts whose edits and deletions matter
	Answers func(context.Context) ([]string, error) // names the posts of answers whose reactions matter
	Texts   *prompts.Catalogue
}

// OpenChat builds the bot's account on the configured server, without asking it.
// Close it.
func (s *Site) OpenChat(c Chat) (*mattermost.Client, error) {
	m := s.Config.Mattermost
	conf := mattermost.Config{
		URL: m.URL, Token: m.Token.Reveal(), Teams: m.Teams,
		CommandTokens: m.Commands(), Cursors: c.Cursors, Known: c.Recent, Answers: c.Answers, Texts: c.Texts, Rate: m.Rate, Burst: int(2 * m.Rate), Roots: s.out.roots, Proxy: s.out.proxy, Now: s.Now, Log: s.Log,
	}
	if m.CallbackURL != "" {
		actions, err := url.JoinPath(m.CallbackURL, ActionsPath)
		if err != nil {
			return nil, fmt.Errorf("mattermost.callback_url: %w", err)
		}
		dialogs, err := url.JoinPath(m.CallbackURL, DialogsPath)
		if err != nil {
			return nil, fmt.Errorf("mattermost.callback_url: %w", err)
		}
		conf.CallbackURL, conf.DialogURL, conf.CallbackKeys = actions, dialogs, []string{m.CallbackKey.Reveal()}
	}
	return mattermost.New(conf)
}
