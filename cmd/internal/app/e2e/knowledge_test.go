package e2e

import (
	"context"
	"sync"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

// withCommand has the server send /ki… to the bot. It follows withButtons.
func (h *house) withCommand() (trigger string) {
	h.t.Helper()
	trigger = "ki" + h.bot
	made := must(h.town.admin.CreateCommand(h.t.Context(), &model.Command{
		TeamId: h.town.team.Id, Trigger: trigger, Method: model.CommandMethodPost, URL: h.conf.Mattermost.CallbackURL + neighbours.CommandsPath,
	}))(h.t)
	h.conf.Mattermost.CommandTokens = config.Secret(made.Token)
	return "/" + trigger
}

// types is writes where nobody counts what comes of it.
func (h *house) types(name, channel, root, text string) colleague.Message {
	h.t.Helper()
	m, err := h.person(name).Write(h.t.Context(), channel, root, text)
	if err != nil {
		h.t.Fatal(err)
	}
	h.written = append(h.written, text)
	return m
}

// fills fills in the dialog behind a button.
func (h *house) fills(name string, m colleague.Message, label string, values map[string]string) error {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), patience)
	defer cancel()
	for _, b := range m.Buttons {
		if b.Label == label {
			return h.person(name).Fill(ctx, m, b, values)
		}
	}
	h.t.Fatalf("no button %q but %v", label, m.Buttons)
	return nil
}

const (
	firstAnswer  = "Ja, ab Februar. Alles steht im [Kursplan](https://intranet.haus.example/kursplan)."
	mended       = "Ja, ab März. Alles steht im [Kursplan](https://intranet.haus.example/kursplan)."
	secondAnswer = "Anmelden können Sie sich ab heute bei der Fortbildung."
	knownAnswer  = "Ja, den Grundkurs gibt es ab März auch auf Ukrainisch. Anmelden können Sie sich bei der Fortbildung."
	pressOffice  = "Freigegebene Bilder von Beschäftigten finden Sie in der Bilddatenbank der Pressestelle."
)

// TestFromAQuestionToKnowledge goes all the way on the real server: asked in a
// channel, by command, by buttons and dialogs; answered, corrected, opened again,
// made an answer of the house, and given to the next who asks.
func TestFromAQuestionToKnowledge(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withButtons()
	command := h.withCommand()
	h.joins(h.hosts, h.person(dora).ID)
	channel := h.public(anna, bernd, cem)
	h.open()
	annas, bernds := h.direct(anna), h.direct(bernd)

	// Asked, not found, handed over.
	offer := h.reply(h.types(anna, channel, "", h.mention(openQ)))
	h.lacks(offer, "Von Menschen geprüft")
	seen := h.newest(anna, annas)
	h.presses(anna, offer, "In die Sprechstunde")
	preview := h.awaitText(anna, annas, seen, openQ)
	h.presses(anna, preview, "Absenden")
	card := h.next(mika, h.hosts, "")
	h.holds(card, openQ, "Anliegen Nr. 1")

	// A second one asks the same, by command, and joins.
	if err := h.person(bernd).Command(t.Context(), channel, command+" sprechstunde "+openQ); err != nil {
		t.Fatal(err)
	}
	also := h.awaitText(bernd, bernds, "", "fragen")
	h.presses(bernd, also, "Anschließen")
	h.awaitText(bernd, bernds, also.ID, "Anliegen Nr. 1")

	// Of two hosts at once one gets it, and the other a kind word.
	var both sync.WaitGroup
	for _, host := range []string{mika, dora} {
		both.Go(func() { h.presses(host, card, "Übernehmen") })
	}
	both.Wait()
	taken, kind := h.awaitText(mika, h.hosts, card.ID, "übernommen von"), h.awaitText(mika, h.hosts, card.ID, "Danke!")
	if taken.ID == kind.ID {
		t.Error("winner and loser read the same")
	}
	h.awaitText(anna, annas, preview.ID, "Anliegen Nr. 1")

	// A question back, and the reply to it.
	h.types(mika, h.hosts, card.ID, "!rückfrage Geht es um den Kurs vor Ort?")
	back := h.awaitText(anna, annas, preview.ID, "vor Ort")
	h.awaitText(bernd, bernds, also.ID, "vor Ort")
	replied := h.reply(h.types(anna, annas, rootOf(back), "Es geht um den Kurs vor Ort, in Köln."))
	h.holds(replied, "in Köln")
	h.types(anna, annas, rootOf(back), "ja")
	h.awaitText(mika, h.hosts, card.ID, "in Köln")

	// Answered with a link; corrected; both hear both.
	answer := h.types(mika, h.hosts, card.ID, "!antwort "+firstAnswer)
	told := h.awaitText(anna, annas, back.ID, "ab Februar")
	h.holds(told, "https://intranet.haus.example/kursplan")
	h.awaitText(bernd, bernds, also.ID, "ab Februar")
	h.edits(answer, "!antwort "+mended)
	corrected := h.awaitText(anna, annas, told.ID, "ab März")
	h.awaitText(bernd, bernds, also.ID, "ab März")

	// Still open, because …; a second answer, by dialog.
	h.types(anna, annas, rootOf(told), "noch offen, weil mir die Anmeldung fehlt")
	h.awaitText(mika, h.hosts, card.ID, "**noch offen**")
	reason := h.awaitText(anna, annas, corrected.ID, "die Anmeldung fehlt")
	h.types(anna, annas, rootOf(reason), "ja")
	h.awaitText(mika, h.hosts, card.ID, "die Anmeldung fehlt")
	if err := h.fills(dora, card, "Antworten", map[string]string{"text": secondAnswer}); err != nil {
		t.Fatal(err)
	}
	second := h.awaitText(anna, annas, corrected.ID, secondAnswer)
	bernds2 := h.awaitText(bernd, bernds, also.ID, secondAnswer)
	h.types(anna, annas, rootOf(second), "geklärt")
	h.awaitText(anna, annas, second.ID, "Das freut mich")
	h.types(bernd, bernds, rootOf(bernds2), "geklärt") // the last of them
	h.awaitText(mika, h.hosts, card.ID, "**geklärt**")

	// A draft: what lacks a basis is not taken. Approved by another host.
	wanted := map[string]string{"questions": openQ, "text": knownAnswer, "owner": "Fortbildung, @" + mika, "quote": "Das steht so nirgends im Haus."}
	if err := h.fills(mika, card, "Als Wissen sichern", wanted); err == nil {
		t.Error("a draft without a basis was taken")
	}
	wanted["quote"] = pressOffice
	if err := h.fills(mika, card, "Als Wissen sichern", wanted); err != nil {
		t.Fatal(err)
	}
	draft := h.awaitText(mika, h.hosts, card.ID, "Entwurf einer gesicherten Antwort")
	h.holds(draft, knownAnswer, "Umgang mit Bildern")
	h.presses(mika, draft, "Freigeben")
	h.awaitText(mika, h.hosts, draft.ID, "selbst geschrieben")
	h.presses(dora, draft, "Freigeben")
	h.awaitText(mika, h.hosts, draft.ID, "**freigegeben**")
	h.awaitText(anna, annas, second.ID, "hilft jetzt auch anderen")
	h.awaitText(bernd, bernds, also.ID, "hilft jetzt auch anderen")

	// A third one asks and gets it at once, by post and by command.
	given := h.reply(h.types(cem, channel, "", h.mention("Gibt es den Grundkurs auf Ukrainisch?")))
	h.holds(given, knownAnswer, "Von Menschen geprüft", "Fortbildung")
	if err := h.person(cem).Command(t.Context(), channel, command+" frage "+openQ); err != nil {
		t.Fatal(err)
	}
	h.awaitText(cem, h.direct(cem), "", knownAnswer)
	if n := h.count("SELECT count(*) FROM bot.ticket"); n != 1 {
		t.Errorf("%d tickets, want 1", n)
	}
	h.await("all work", func(ctx context.Context) (bool, error) {
		n, err := h.unfinished(ctx)
		return n == 0, err
	})
	h.nameless(map[string][]string{anna: {annas, rootOf(offer)}, bernd: {bernds}})
}
