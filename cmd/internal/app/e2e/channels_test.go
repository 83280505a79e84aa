package e2e

import (
	"context"
	"testing"

	"github.com/mattermost/mattermost/server/public/model"
)

// makeAdmin makes somebody an admin of a channel.
func (h *house) makeAdmin(channel, name string) {
	h.t.Helper()
	roles := model.ChannelUserRoleId + " " + model.ChannelAdminRoleId
	if _, err := h.town.admin.UpdateChannelRoles(h.t.Context(), channel, h.person(name).ID, roles); err != nil {
		h.t.Fatal(err)
	}
}

// A channel's admin has the bot answer alone, look at answers first, and be silent;
// nobody else has. The bot introduces itself once, also where it was added while it
// was down.
func TestAChannelIsSetOnTheRealServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withButtons()
	stop := h.open()
	channel := h.public(anna, bernd)
	intro := h.next(anna, channel, "")
	h.holds(intro, "@"+h.bot, "Admins dieses Kanals")
	stop()
	missed := h.public(anna)
	h.open()
	h.holds(h.next(anna, missed, ""), "Admins dieses Kanals")
	h.await("two introductions", func(context.Context) (bool, error) {
		return h.count("SELECT count(*) FROM bot.question WHERE action = 'joined' AND state = 'posted'") == 2, nil
	})

	h.makeAdmin(channel, anna)
	h.replied(h.asks(bernd, channel, "", h.mention("nur privat antworten")), "nur die Admins")
	h.replied(h.asks(anna, channel, "", h.mention("nur privat antworten")), "per Direktnachricht")
	question := retentionQ
	before := h.newest(bernd, h.direct(bernd))
	h.replied(h.asks(bernd, channel, "", h.mention(question)), "Direktnachricht")
	h.machine(h.next(bernd, h.direct(bernd), before))

	h.replied(h.asks(anna, channel, "", h.mention("erst prüfen")), "zuerst an Sie")
	before = h.newest(anna, h.direct(anna))
	asked := h.writes(bernd, channel, "", h.mention(question), 2)
	waits := h.replied(asked, "erst geprüft")
	shown := h.next(anna, h.direct(anna), before)
	h.holds(shown, question)
	h.await("both posts", func(context.Context) (bool, error) { return h.newest(anna, h.direct(anna)) != shown.ID, nil })
	if len(shown.Buttons) != 2 {
		t.Fatalf("buttons %+v", shown.Buttons)
	}
	if err := h.person(anna).Press(t.Context(), shown.ID, shown.Buttons[0]); err != nil {
		t.Fatal(err)
	}
	h.answered(answerTo(bernd, waits), retention)

	h.replied(h.asks(anna, channel, "", h.mention("Kanal aus")), "schweige ich")
	before = h.newest(bernd, h.direct(bernd))
	h.says(bernd, channel, "", h.mention(question))
	h.holds(h.next(bernd, h.direct(bernd), before), "ausgeschaltet")
}

// What no machine decides is answered alone, with a word that a channel is read by
// all in it; in the channel stands that there is a direct message, and no more.
func TestWhatNoMachineDecidesIsAnsweredAloneOnTheRealServer(t *testing.T) {
	t.Parallel()
	h := openHouse(t)
	channel := h.public(anna, bernd)
	before := h.newest(anna, h.direct(anna))
	asked := h.asks(anna, channel, "", h.mention("Ich habe versehentlich eine Liste mit Personendaten an eine falsche Adresse geschickt, was tun?"))
	trace := h.replied(asked, "Direktnachricht")
	h.lacks(trace, "Personendaten", "Meldestelle", "Datenschutz")
	h.holds(h.next(anna, h.direct(anna), before), "im Kanal alle mitlesen")
}
