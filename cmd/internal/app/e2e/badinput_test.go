package e2e

import (
	"maps"
	"strings"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// TestBadInputOnTheServer does to the way to people what the server lets people do. Each
// time there is a clear word, and no ticket is lost by it. What no server is needed for:
// see bot/desk and bot/leancoffee.
func TestBadInputOnTheServer(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	h.run("texts and files", badTexts(h))
	h.run("a ticket and what comes too late", badTickets(h))
	h.run("an asker who is gone", goneAsker(h))
	h.run("a hosts' channel that is none", badHosts(h))
	h.run("a LeanCoffee", badCoffee(h))
}

func badTexts(h *house) func(*testing.T) {
	return func(*testing.T) {
		direct := h.direct(anna)
		long := strings.Repeat("Darf ich das hier schreiben? ", 16000/29)
		h.replied(h.asks(anna, direct, "", "Sprechstunde: "+long), "zu lang", "Zeichen")
		empty := h.attaches(anna, direct, "", "", "setup.exe", []byte("MZ\x90\x00\x03"))
		h.expect(anna, empty.ID, 1)
		h.replied(empty, "schreiben Sie Ihre Frage")
		asked := h.attaches(anna, direct, "", "Sprechstunde: Darf ich das beiliegende Programm benutzen?", "setup.exe", []byte("MZ\x90\x00\x03"))
		h.expect(anna, asked.ID, 1)
		preview := h.replied(asked, "> Darf ich das beiliegende Programm benutzen?", "Programme gebe ich nicht weiter")
		h.brings(anna, preview)
		h.replied(h.asks(anna, direct, asked.ID, "ja"), "Anliegen Nr. 1")
		card := h.next(mika, h.hosts, "")
		h.expect(mika, card.ID, 1)
		h.brings(mika, card)
		h.replied(h.asks(anna, direct, "", "Sprechstunde: 0221 809 1234, petra.muster@haus.example"), "bleibt von Ihrem Text nichts übrig")
	}
}

// opens hands a question over and returns the card.
func (h *house) opens(asker, question string) colleague.Message {
	h.t.Helper()
	direct, before := h.direct(asker), h.newest(mika, h.hosts)
	preview := h.asks(asker, direct, "", "Sprechstunde: "+question)
	h.replied(preview, question)
	h.replied(h.asks(asker, direct, preview.ID, "ja"), "Anliegen Nr.")
	card := h.awaitText(mika, h.hosts, before, question)
	h.expect(mika, card.ID, 1)
	return card
}

// state looks how many tickets are in a state.
func (h *house) state(state string, want int) {
	h.t.Helper()
	if n := h.count("SELECT count(*) FROM bot.ticket WHERE state = $1", state); n != want {
		h.t.Errorf("%d tickets are %s, want %d", n, state, want)
	}
}

func badTickets(h *house) func(*testing.T) {
	return func(*testing.T) {
		card := h.opens(bernd, "Darf ich Rechnungen vorlesen lassen?")
		h.replied(h.asks(mika, h.hosts, card.ID, "!verschieben 1.1.2020"), "!verschieben")
		h.replied(h.asks(mika, h.hosts, card.ID, "!antwort   "), "noch kein Text")
		h.replied(h.asks(mika, h.hosts, card.ID, "!antwort "+strings.Repeat("Ja, das geht so. ", 16000/17)), "zu lang")
		h.state("open", 2)
		h.replied(h.asks(bernd, h.direct(bernd), "", "Nr. 2 zurückziehen"), "zurückgezogen")
		h.awaitText(mika, h.hosts, card.ID, "Nr. 2")
		h.expect(mika, card.ID, 1)
		h.awaitIdle()
		h.replied(h.asks(mika, h.hosts, card.ID, "!antwort Ja."), "Nr. 2")
		h.state("withdrawn", 1)
	}
}

func goneAsker(h *house) func(*testing.T) {
	return func(t *testing.T) {
		asker := h.newcomer("vera")
		card := h.opens(asker, "Darf ich Stellenanzeigen entwerfen lassen?")
		if _, err := h.town.admin.UpdateUserActive(t.Context(), h.person(asker).ID, false); err != nil {
			t.Fatal(err)
		}
		h.replied(h.asks(mika, h.hosts, card.ID, "!antwort Ja."), "nicht mehr erreichen", "nichts verschickt")
		h.state("open", 2)
		h.forgets(asker)
	}
}

// forgets drops what is expected of threads that nobody can read any more.
func (h *house) forgets(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	maps.DeleteFunc(h.replies, func(_ string, e *expectation) bool { return e.reader == h.newcomers[name] })
}

func badHosts(h *house) func(*testing.T) {
	return func(t *testing.T) {
		const question = "Darf ich Bilder vom Sommerfest beschriften lassen?"
		direct := h.direct(cem)
		preview := h.asks(cem, direct, "", "Sprechstunde: "+question)
		h.replied(preview, question)
		private := func() error {
			_, _, err := h.town.admin.UpdateChannelPrivacy(t.Context(), h.hosts, model.ChannelTypePrivate)
			return err
		}
		public := func() error {
			_, _, err := h.town.admin.UpdateChannelPrivacy(t.Context(), h.hosts, model.ChannelTypeOpen)
			return err
		}
		archive := func() error {
			_, err := h.town.admin.DeleteChannel(t.Context(), h.hosts)
			return err
		}
		restore := func() error {
			_, _, err := h.town.admin.RestoreChannel(t.Context(), h.hosts)
			return err
		}
		for _, c := range []struct {
			name           string
			spoil, putBack func() error
		}{{"made public", public, private}, {"archived", archive, restore}} {
			if err := c.spoil(); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			h.replied(h.asks(cem, direct, preview.ID, "ja"), "Kanal der Gastgeber:innen", "nichts weitergegeben")
			if err := c.putBack(); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			for _, m := range h.botPosts(h.hosts) {
				h.lacks(m, "Sommerfest")
			}
		}
		h.replied(h.asks(cem, direct, preview.ID, "ja"), "Anliegen Nr. 4")
		h.expect(mika, h.awaitText(mika, h.hosts, "", "Sommerfest").ID, 1)
		h.state("open", 3)
	}
}

func badCoffee(h *house) func(*testing.T) {
	return func(t *testing.T) {
		opener := h.newcomer("olaf")
		channel := h.public(anna, opener)
		h.next(anna, channel, "") // the bot introduces itself
		root := h.next(anna, channel, h.says(opener, channel, "", h.mention("LeanCoffee starten")).ID)
		h.expect(anna, root.ID, 1)
		h.replied(h.asks(anna, channel, root.ID, "abstimmen"), "Direktnachricht")
		h.replied(h.asks(anna, channel, root.ID, "Thema: Gute Prompts"), "Thema 1")
		h.leave(channel, opener)
		if _, err := h.town.admin.UpdateUserActive(t.Context(), h.person(opener).ID, false); err != nil {
			t.Fatal(err)
		}
		h.forgets(opener)
		h.replied(h.asks(anna, channel, root.ID, "abstimmen"), "**1**: Gute Prompts")
		h.replied(h.asks(anna, channel, root.ID, "Ende"), "**Protokoll des LeanCoffee**", "Gute Prompts")
	}
}
