package doctor

import (
	"context"

	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

func (r *round) examineMattermost(ctx context.Context) []Finding {
	if r.site.Config.Mattermost.URL == "" {
		return []Finding{{"mattermost", StateOff, "not configured; see it without one: make demo", ""}}
	}
	if err := r.site.Config.RequireMattermost(); err != nil {
		return broken("mattermost", err, "complete the section mattermost")
	}
	client, err := r.site.OpenChat(neighbours.Chat{})
	if err != nil {
		return broken("mattermost", err, "correct the section mattermost")
	}
	defer client.Close()
	channels, err := r.gateChannels(ctx)
	if err != nil {
		return broken("mattermost", err, "the collections' gate channels could not be read from the database")
	}
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	var found []Finding
	for _, t := range client.Check(ctx, channels) {
		found = append(found, Finding{"mattermost: " + t.What, StateBroken, t.Says, t.Do})
	}
	if len(found) == 0 {
		return ok("mattermost", "account, teams and channels are well")
	}
	return found
}

// gateChannels returns every channel that must be private: those that guard
// collections, and the hosts'.
func (r *round) gateChannels(ctx context.Context) ([]string, error) {
	var names []string
	if r.site.Config.Hosts.Channel != "" {
		names = append(names, r.site.Config.Hosts.Channel)
	}
	if r.database == nil {
		return nil, r.unopened
	}
	index, err := r.database.IndexToRead(ctx)
	if err != nil || index == nil {
		return names, err
	}
	collections, err := index.Collections(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range collections {
		names = append(names, c.Access.Channels...)
	}
	return names, nil
}
