package e2e

import "testing"

// A few dialogues as people write them, on the real server.
func TestDialogues(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	channel := h.public(anna, bernd)
	h.open()

	h.run("small talk, then a question in several messages", func(t *testing.T) {
		direct := h.direct(anna)
		for _, say := range []struct{ text, want string }{
			{"Guten Morgen!", "Guten Tag!"},
			{"bist du ein Mensch?", "ein Programm unseres Hauses"},
			{"ich hätte mal eine Frage", "schreiben Sie mir Ihre Frage"},
			{retentionQ, retention},
			{"super, danke dir!", "Gern"},
		} {
			h.replied(h.asks(anna, direct, "", say.text), say.want)
		}
	})
	h.run("an answer that misses the question, and people", func(t *testing.T) {
		direct := h.direct(bernd)
		question := h.asks(bernd, direct, "", openQ)
		h.reply(question)
		h.holds(h.reply(h.asks(bernd, direct, question.ID, "nein, das war nicht meine Frage")), "nicht getroffen", openQ)
		h.holds(h.reply(h.asks(bernd, direct, question.ID, "ja bitte")), "> "+openQ, "ohne Ihren Namen")
		h.holds(h.reply(h.asks(bernd, direct, question.ID, "hmm weiß nicht")), "**ja**, **ändern** oder **nein**")
		h.holds(h.reply(h.asks(bernd, direct, question.ID, "abbrechen")), "gebe nichts weiter")
	})
	h.run("a person's answer and the asker's reply", func(t *testing.T) {
		direct := h.direct(cem)
		h.holds(h.reply(h.asks(cem, direct, "", "ich möchte bitte mit einem Menschen sprechen")), "Schreiben Sie mir Ihre Frage")
		question := h.asks(cem, direct, "", openQ)
		h.holds(h.reply(question), "> "+openQ)
		h.holds(h.reply(h.asks(cem, direct, question.ID, "jo, mach das")), "Anliegen Nr. 1")
		card := h.next(mika, h.hosts, "")
		seen := h.newest(cem, direct)
		h.reply(h.asks(mika, h.hosts, card.ID, "!antwort Für wie viele Personen?"))
		fromHost := h.next(cem, direct, seen)
		h.expect(cem, fromHost.ThreadID(), 1)
		h.holds(h.reply(h.asks(cem, direct, fromHost.ThreadID(), "Es sind sieben, alle aus der Küche.")), "> Es sind sieben, alle aus der Küche.")
		h.holds(h.reply(h.asks(cem, direct, fromHost.ThreadID(), "ja")), "zu Anliegen Nr. 1 gegeben")
		h.expect(mika, card.ID, 2) // the card and what was added
		h.awaitText(mika, h.hosts, card.ID, "alle aus der Küche")
		h.holds(h.reply(h.asks(cem, direct, "", "Wie ist der Stand bei Nr. 1?")), "**Nr. 1** wartet")
		h.holds(h.reply(h.asks(cem, direct, "", "Anliegen 1 bitte zurückziehen")), "ist zurückgezogen")
		h.expect(mika, card.ID, 1)
		h.awaitText(mika, h.hosts, card.ID, "**zurückgezogen**")
	})
	h.run("in a channel", func(t *testing.T) {
		h.replied(h.asks(anna, channel, "", "Probiert mal @"+h.bot+" aus, der ist neu hier."), "direkt hinter meinen Namen")
		question := h.asks(anna, channel, "", h.mention(retentionQ))
		h.answered(question, retention)
		h.replied(h.asks(anna, channel, question.ID, h.mention("danke!")), "Gern")
	})
}
