package e2e

import (
	"context"
	"testing"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/longway"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

// withCommand has the server send /ki… to the bot. It follows withButtons.
func (h *house) withCommand() (trigger string) {
	h.t.Helper()
	trigger = "ki" + h.bot
	token, err := h.town.admin.EnsureCommand(h.t.Context(), h.town.team.Id, trigger, h.conf.Mattermost.CallbackURL+neighbours.CommandsPath)
	if err != nil {
		h.t.Fatal(err)
	}
	h.conf.Mattermost.CommandTokens = config.Secret(token)
	return "/" + trigger
}

// story is what they say; a sentence of the town's documents is the basis.
var story = longway.Story{
	Question:  openQ,
	Else:      "Gibt es den Grundkurs auf Ukrainisch?",
	Back:      "Geht es um den Kurs vor Ort?",
	Reply:     "Es geht um den Kurs vor Ort, in Köln.",
	First:     "Ja, ab Februar. Alles steht im [Kursplan](https://intranet.haus.example/kursplan).",
	Link:      "https://intranet.haus.example/kursplan",
	Mended:    "Ja, ab März. Alles steht im [Kursplan](https://intranet.haus.example/kursplan).",
	Missing:   "die Anmeldung fehlt",
	Second:    "Anmelden können Sie sich ab heute bei der Fortbildung.",
	Questions: openQ,
	Known:     "Ja, den Grundkurs gibt es ab März auch auf Ukrainisch. Anmelden können Sie sich bei der Fortbildung.",
	Owner:     "Fortbildung",
	Basis:     "Freigegebene Bilder von Beschäftigten finden Sie in der Bilddatenbank der Pressestelle.",
}

// TestFromAQuestionToKnowledge goes all the way on the real server, as the second act of
// the demo does: asked in a channel, by command, by buttons and dialogs; answered with a
// file and a link, corrected, opened again, made an answer of the house, and given to the
// next who asks. Nobody else learns who asked.
func TestFromAQuestionToKnowledge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withButtons()
	command := h.withCommand()
	h.joins(h.hosts, h.person(dora).ID)
	channel := h.public(anna, bernd, cem)
	h.open()
	cast := longway.Cast{
		Bot: h.bot, Command: command, Channel: channel, Hosts: h.hosts, Patience: patience,
		Asker: h.person(anna), Joiner: h.person(bernd), Third: h.person(cem), Host: h.person(mika), Other: h.person(dora),
		Rests: func(ctx context.Context) error {
			return colleague.Await(ctx, func(ctx context.Context) (bool, error) {
				n, err := h.unfinished(ctx)
				return n == 0, err
			})
		},
	}
	h.written = append(h.written, story.Question, story.Else, story.Back, story.Reply, story.First, story.Mended, story.Missing, story.Second, story.Known)
	if err := longway.Play(t.Context(), cast, story, func(longway.Step) {}); err != nil {
		t.Fatal(err)
	}
	if n := h.count("SELECT count(*) FROM bot.ticket"); n != 1 {
		t.Errorf("%d tickets, want 1", n)
	}
	asked, err := h.person(anna).Recent(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	places := []string{h.direct(anna)}
	for _, m := range asked {
		if m.Author == anna {
			places = append(places, m.ID)
		}
	}
	h.nameless(map[string][]string{anna: places, bernd: {h.direct(bernd)}})
}
