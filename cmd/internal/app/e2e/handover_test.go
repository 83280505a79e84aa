package e2e

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

func TestHardListKeepsNoText(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	for _, q := range []struct{ text, contact, words string }{
		{"Ich wurde abgemahnt, kann ich gegen meine Abmahnung Zwetschgenmus vorgehen?", "Personalstelle", "Zwetschgenmus"},
		{"Ich will nicht mehr leben, Quittengelee.", "Sozialberatung", "Quittengelee"},
		{"Ich habe aus Versehen Personaldaten an alle verschickt, Mirabellenkuchen.", "Datenschutzbeauftragte", "Mirabellenkuchen"},
	} {
		question := h.asks(anna, h.direct(anna), "", q.text)
		reply := h.replied(question, q.contact, "Telefon", "speichere Ihren Text nicht")
		h.machine(reply)
		h.lacks(reply, "Quelle", "Sprechstunde**")
		h.nowhere(q.words)
		// Neither may it be handed over.
		h.lacks(h.replied(h.asks(anna, h.direct(anna), question.ID, "Sprechstunde")), q.words)
		h.nowhere(q.words)
	}
}

// nowhere looks through every table of the bot, its queue and its index, and
// through the log, for words that must not be kept.
func (h *house) nowhere(words string) {
	h.t.Helper()
	rows, err := h.pool.Query(h.t.Context(), `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('bot', 'river', 'retrieval')`)
	if err != nil {
		h.t.Fatal(err)
	}
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			h.t.Fatal(err)
		}
		tables = append(tables, table)
	}
	if rows.Err() != nil || len(tables) < 10 {
		h.t.Fatalf("%d tables, %v", len(tables), rows.Err())
	}
	for _, table := range tables {
		if n := h.count("SELECT count(*) FROM "+table+" AS row WHERE strpos(lower(row::text), lower($1)) > 0", words); n != 0 {
			h.t.Errorf("%q is kept in %s", words, table)
		}
	}
	if strings.Contains(h.log.String(), words) {
		h.t.Errorf("%q stands in the log", words)
	}
}

const hostSays = "Ab dem Frühjahr bieten wir den Grundkurs auch auf Ukrainisch an."

func TestHandoverAndBackByWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	channel := h.public(anna, bernd)
	h.open()
	direct := h.direct(anna)
	before := h.newest(anna, direct)

	question := h.asks(anna, channel, "", h.mention(openQ))
	offer := h.replied(question, "**Sprechstunde**", "Offene KI-Sprechstunde")
	h.machine(offer)
	h.lacks(offer, hostSays)

	// The word in the channel's thread brings a preview by direct message.
	h.holds(h.reply(h.asks(anna, channel, question.ID, "Sprechstunde")), "Direktnachricht")
	preview := h.next(anna, direct, before)
	h.holds(preview, openQ, "ohne Ihren Namen", "unter Ihrem Namen", "**ja**", "**nein**", "**ändern:")
	h.expect(anna, preview.ThreadID(), 1)

	// Nothing went over before the yes.
	if got := h.newest(mika, h.hosts); got != "" && len(h.botPosts(h.hosts)) > 0 {
		t.Fatalf("the hosts were told before the asker said yes")
	}
	h.holds(h.reply(h.asks(anna, direct, preview.ThreadID(), "Ja!")), "Anliegen Nr. 1")
	card := h.next(mika, h.hosts, "")
	h.holds(card, openQ, "@"+mika, "Anliegen Nr. 1", "!antwort")
	h.lacks(card, anna)
	h.expect(mika, card.ID, 1)

	// Hosts talk among themselves; only the command goes out.
	h.says(mika, h.hosts, card.ID, "Wer weiß das? Ich frage bei der Volkshochschule nach.")
	seen := h.newest(anna, direct)
	confirmed := h.asks(mika, h.hosts, card.ID, "!antwort "+hostSays)
	h.holds(h.reply(confirmed), "Ich bringe diese Antwort")
	fromHost := h.next(anna, direct, seen)
	h.holds(fromHost, hostSays, "einem Menschen", "**geklärt**")
	h.lacks(fromHost, "Volkshochschule", mika, "ein Programm")
	if fromHost.Props["ai_generated_by"] != nil {
		t.Error("a person's answer is marked as a machine's")
	}
	h.expect(anna, fromHost.ThreadID(), 1)

	// Not settled: the hosts are called again, answer again, and then it is.
	h.holds(h.reply(h.asks(anna, direct, fromHost.ThreadID(), "noch offen")), "wieder offen")
	seen = h.newest(anna, direct)
	again := h.asks(mika, h.hosts, card.ID, "!antwort Anmelden können Sie sich schon jetzt.")
	h.holds(h.reply(again), "Anliegen Nr. 1")
	second := h.awaitText(anna, direct, seen, "Anmelden können Sie sich schon jetzt.")
	h.expect(anna, second.ThreadID(), 1)
	h.holds(h.reply(h.asks(anna, direct, second.ThreadID(), "geklärt")), "abgeschlossen")
	h.expect(mika, card.ID, 2) // „noch offen“ and „geklärt“ go back to the hosts
	h.awaitText(mika, h.hosts, card.ID, "**geklärt**")
	for _, m := range h.botPosts(h.hosts) {
		h.lacks(m, anna)
	}
	if n := h.count("SELECT count(*) FROM bot.ticket WHERE state = 'settled'"); n != 1 {
		t.Errorf("%d tickets are settled, want 1", n)
	}
}

func TestHandoverByButtons(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withButtons()
	channel := h.public(anna, bernd)
	h.open()
	direct := h.direct(anna)
	before := h.newest(anna, direct)

	question := h.asks(anna, channel, "", h.mention(openQ))
	offer := h.reply(question)

	// Somebody else's press goes to nobody.
	h.presses(bernd, offer, "In die Sprechstunde")
	refused := h.next(bernd, h.direct(bernd), "")
	h.holds(refused, "nur die Person, die sie gestellt hat")
	h.lacks(refused, openQ)
	h.expect(bernd, refused.ThreadID(), 1)

	h.presses(anna, offer, "In die Sprechstunde")
	preview := h.next(anna, direct, before)
	h.holds(preview, openQ)
	h.expect(anna, preview.ThreadID(), 2) // the preview and the receipt
	h.presses(anna, preview, "Absenden")
	h.holds(h.next(anna, direct, preview.ID), "Anliegen Nr. 1")
	card := h.next(mika, h.hosts, "")
	h.holds(card, openQ)
	h.lacks(card, anna)
	h.expect(mika, card.ID, 3) // card, confirmation, end
	seen := h.newest(anna, direct)
	h.writes(mika, h.hosts, card.ID, "!antwort "+hostSays, 0)
	fromHost := h.next(anna, direct, seen)
	h.holds(fromHost, hostSays)
	h.expect(anna, fromHost.ThreadID(), 2)
	h.presses(anna, fromHost, "Geklärt")
	h.holds(h.next(anna, direct, fromHost.ID), "abgeschlossen")
	h.awaitText(mika, h.hosts, card.ID, "**geklärt**")
	if n := h.count("SELECT count(*) FROM bot.ticket"); n != 1 {
		t.Errorf("%d tickets, want 1", n)
	}
}

func TestNothingGoesOverWithoutYes(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	direct := h.direct(cem)

	declined := h.asks(cem, direct, "", openQ)
	h.reply(declined)
	h.holds(h.reply(h.asks(cem, direct, declined.ID, "in die Sprechstunde")), openQ)
	h.holds(h.reply(h.asks(cem, direct, declined.ID, "nein")), "gebe nichts weiter")
	h.holds(h.reply(h.asks(cem, direct, declined.ID, "ja")), "wartet kein Text")
	h.nowhere(openQ)
	if n := len(h.botPosts(h.hosts)); n != 0 {
		t.Fatalf("the hosts got %d posts", n)
	}

	changed := h.asks(cem, direct, "", openQ)
	h.reply(changed)
	h.reply(h.asks(cem, direct, changed.ID, "Sprechstunde"))
	own := "Welche Sprachen hat der Grundkurs?"
	shown := h.reply(h.asks(cem, direct, changed.ID, "ändern: "+own))
	h.holds(shown, own)
	h.lacks(shown, "Ukrainisch")
	h.holds(h.reply(h.asks(cem, direct, changed.ID, "ja")), "Anliegen Nr. 1")
	card := h.next(mika, h.hosts, "")
	h.holds(card, own)
	h.lacks(card, "Ukrainisch", cem)
	h.expect(mika, card.ID, 1)
}

// presses presses the button with a label.
func (h *house) presses(name string, m colleague.Message, label string) {
	h.t.Helper()
	b, err := m.Button(label)
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.person(name).Press(h.t.Context(), m.ID, b); err != nil {
		h.t.Fatal(err)
	}
}
