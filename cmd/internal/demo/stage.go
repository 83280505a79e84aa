package demo

import (
	"context"
	"fmt"

	"lvr.example/sprechstunde/bot/mattermost/mmlocal"
)

// The demo's house on Mattermost.
const (
	team         = "musterland"
	teamTitle    = "Regionalverband Musterland"
	botName      = "sprechstunde"
	askChannel   = "ki-fragen"
	hostsChannel = "gastgebende"
	gateChannel  = "personalrat-intern"
	password     = "Musterland-2026!"
)

// The demo's people.
const (
	robin = "robin" // asks by direct message
	toni  = "toni"  // asks in a channel, and hands something over
	mika  = "mika"  // hosts the Sprechstunde
	jona  = "jona"  // looks on
)

var people = []mmlocal.Account{
	{Name: robin, First: "Robin", Last: "Beispiel", Position: "Sachbearbeitung"},
	{Name: toni, First: "Toni", Last: "Muster", Position: "Teamassistenz"},
	{Name: mika, First: "Mika", Last: "Probe", Position: "Gastgeber:in der Sprechstunde"},
	{Name: jona, First: "Jona", Last: "Vorlage", Position: "Kollege:Kollegin"},
}

// setStage makes team, channels, people and the bot's account, or finds them,
// and returns what a client must know and the bot's token.
func setStage(ctx context.Context, server *mmlocal.Server) (State, string, error) {
	admin, err := server.Admin(ctx)
	if err != nil {
		return State{}, "", err
	}
	house, err := admin.EnsureTeam(ctx, team, teamTitle)
	if err != nil {
		return State{}, "", err
	}
	bot, token, err := admin.EnsureBot(ctx, botName, "Sprechstunde", "Antwortet aus den Dokumenten des Hauses")
	if err != nil {
		return State{}, "", err
	}
	state := State{URL: server.URL(), Team: team, Bot: botName, Channel: askChannel}
	ids := map[string]string{botName: bot.Id}
	for _, p := range people {
		p.Password = password
		user, err := admin.EnsureUser(ctx, p)
		if err != nil {
			return State{}, "", err
		}
		ids[p.Name] = user.Id
		state.People = append(state.People, Person{Name: p.Name, Password: password, Role: p.Position})
	}
	for _, c := range []struct {
		name, title string
		private     bool
		members     []string
	}{
		{askChannel, "KI-Fragen", false, []string{botName, robin, toni, mika, jona}},
		{hostsChannel, "Gastgebende der Sprechstunde", true, []string{botName, mika}},
		{gateChannel, "Personalrat intern", true, []string{botName}},
	} {
		channel, err := admin.EnsureChannel(ctx, house.Id, c.name, c.title, c.private)
		if err != nil {
			return State{}, "", err
		}
		var members []string
		for _, name := range c.members {
			members = append(members, ids[name])
		}
		if err := admin.Join(ctx, house.Id, []string{channel.Id}, members...); err != nil {
			return State{}, "", fmt.Errorf("channel %s: %w", c.name, err)
		}
	}
	return state, token, nil
}
