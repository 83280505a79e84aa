package app

import (
	"context"
	"fmt"
	"net/url"

	"lvr.example/sprechstunde/bot/mattermost"
	"lvr.example/sprechstunde/prompts"
)

// actionsPath is where Mattermost sends button presses.
const actionsPath = "/mattermost/actions"

// recentPosts names asking posts whose edits and deletions matter.
type recentPosts func(context.Context) ([]string, error)

// mattermost builds the bot's account on the configured server. Cursors and
// recent may be nil where only the directory is used.
func (b *Base) mattermost(cursors mattermost.Cursors, recent recentPosts, texts *prompts.Catalogue) (*mattermost.Client, error) {
	m := b.Config.Mattermost
	conf := mattermost.Config{
		URL: m.URL, Token: m.Token.Reveal(), Teams: m.Teams,
		Cursors: cursors, Known: recent, Texts: texts, Rate: m.Rate, Burst: int(2 * m.Rate), Roots: b.out.roots, Proxy: b.out.proxy, Now: b.Now, Log: b.Log,
	}
	if m.CallbackURL != "" {
		callback, err := url.JoinPath(m.CallbackURL, actionsPath)
		if err != nil {
			return nil, fmt.Errorf("mattermost.callback_url: %w", err)
		}
		conf.CallbackURL, conf.CallbackKeys = callback, []string{m.CallbackKey.Reveal()}
	}
	client, err := mattermost.New(conf)
	if err != nil {
		return nil, err
	}
	b.closeLater(func() error { client.Close(); return nil })
	return client, nil
}
