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
	command      = "ki"
)

// The demo's people.
const (
	robin = "robin" // asks by direct message
	toni  = "toni"  // asks in a channel, and hands something over
	mika  = "mika"  // hosts the Sprechstunde
	luca  = "luca"  // hosts it, too
	jona  = "jona"  // looks on
)

var people = []mmlocal.Account{
	{Name: robin, First: "Robin", Last: "Beispiel", Position: "Sachbearbeitung"},
	{Name: toni, First: "Toni", Last: "Muster", Position: "Teamassistenz"},
	{Name: mika, First: "Mika", Last: "Probe", Position: "Gastgeber:in der Sprechstunde"},
	{Name: luca, First: "Luca", Last: "Entwurf", Position: "Gastgeber:in der Sprechstunde"},
	{Name: jona, First: "Jona", Last: "Vorlage", Position: "Kollege:Kollegin"},
}

// keys are what the bot of the house needs to speak and to be spoken to.
type keys struct{ bot, command string }

// setStage makes team, channels, people, the bot's account and its command, which the
// server asks an address about, or finds them, and returns what a client must know.
func setStage(ctx context.Context, server *mmlocal.Server, commands string) (State, keys, error) {
	admin, err := server.Admin(ctx)
	if err != nil {
		return State{}, keys{}, err
	}
	house, err := admin.EnsureTeam(ctx, team, teamTitle)
	if err != nil {
		return State{}, keys{}, err
	}
	bot, token, err := admin.EnsureBot(ctx, botName, "Sprechstunde", "Antwortet aus den Dokumenten des Hauses")
	if err != nil {
		return State{}, keys{}, err
	}
	state := State{URL: server.URL(), Team: team, Bot: botName, Channel: askChannel}
	ids := map[string]string{botName: bot.Id}
	for _, p := range people {
		p.Password = password
		user, err := admin.EnsureUser(ctx, p)
		if err != nil {
			return State{}, keys{}, err
		}
		ids[p.Name] = user.Id
		state.People = append(state.People, Person{Name: p.Name, Password: password, Role: p.Position})
	}
	for _, c := range []struct {
		name, title string
		private     bool
		members     []string
	}{
		{askChannel, "KI-Fragen", false, []string{botName, robin, toni, mika, luca, jona}},
		{hostsChannel, "Gastgebende der Sprechstunde", true, []string{botName, mika, luca}},
		{gateChannel, "Personalrat intern", true, []string{botName}},
	} {
		channel, err := admin.EnsureChannel(ctx, house.Id, c.name, c.title, c.private)
		if err != nil {
			return State{}, keys{}, err
		}
		var members []string
		for _, name := range c.members {
			members = append(members, ids[name])
		}
		if err := admin.Join(ctx, house.Id, []string{channel.Id}, members...); err != nil {
			return State{}, keys{}, fmt.Errorf("channel %s: %w", c.name, err)
		}
	}
	asked, err := admin.EnsureCommand(ctx, house.Id, command, commands)
	return state, keys{bot: token, command: asked}, err
}
