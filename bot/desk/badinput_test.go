package desk_test

import (
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/officehours"
)

// What is bad gets a clear word, and the ticket is kept. Files: see files_test.go.
func TestBadInputGetsAWordAndTheTicketIsKept(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Darf ich das hier schreiben? ", 16000/29)
	for name, c := range map[string]struct {
		do    func(h *bottest.House, card bottest.Made) bottest.Made
		wants string
		state officehours.TicketState // of the ticket afterwards
	}{
		"an answer of 16 000 characters": {func(h *bottest.House, card bottest.Made) bottest.Made {
			return h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort "+long) })
		}, "zu lang", officehours.Open},
		"an answer without a word": {func(h *bottest.House, card bottest.Made) bottest.Made {
			return h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort   ") })
		}, "!antwort", officehours.Open},
		"a reply of 16 000 characters": {func(h *bottest.House, card bottest.Made) bottest.Made {
			h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.")
			dm := h.Chat.Made(bottest.Direct("berta"))
			made := h.New(func() { h.Says("berta", bottest.Direct("berta"), dm[len(dm)-1].Root(), "noch offen, weil "+long) })
			return made[len(made)-1]
		}, "Zeichen", officehours.Open},
		"a session in the past": {func(h *bottest.House, card bottest.Made) bottest.Made {
			return h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!verschieben 1.1.2020") })
		}, "!verschieben", officehours.Open},
		"an asker whose account is closed": {func(h *bottest.House, card bottest.Made) bottest.Made {
			h.Chat.AddUser("berta", func(u *chat.User) { u.Deactivated = true })
			return h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })
		}, "nicht mehr", officehours.Open},
		"an asker who is gone": {func(h *bottest.House, card bottest.Made) bottest.Made {
			h.Chat.RemoveUser("berta")
			return h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })
		}, "nicht mehr", officehours.Open},
		"an answer to a ticket that was taken back": {func(h *bottest.House, card bottest.Made) bottest.Made {
			h.Says("berta", bottest.Direct("berta"), "", "Nr. 1 zurückziehen")
			return h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })
		}, "Nr. 1", officehours.Withdrawn},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := bottest.NewHouse(t)
			card, _ := h.HandsOver("berta")
			h.Wants(c.do(h, card), c.wants)
			ticket, err := h.Tickets.TicketByNumber(t.Context(), 1)
			if err != nil || ticket.State != c.state {
				t.Errorf("%s, %v", ticket.State, err)
			}
		})
	}
}

// While the hosts' channel is closed, nothing is shown there, and what waits goes out
// when it is put right.
func TestAHostsChannelThatIsClosedOrMadePublic(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*bottest.House){
		"archived":    func(h *bottest.House) { h.Chat.Archive(bottest.Hosts) },
		"made public": func(h *bottest.House) { h.Chat.AddChannel("gastgeber", chat.PublicChannel, "heide", "holger") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := bottest.NewHouse(t)
			dm := bottest.Direct("berta")
			q, _ := h.Asks("berta", dm)
			h.Says("berta", dm, q.ID, "Sprechstunde")
			spoil(h)
			h.Wants(h.Reply(func() { h.Says("berta", dm, q.ID, "ja") }), "Gastgeber:innen")
			if made := h.Chat.Made(bottest.Hosts); len(made) != 0 {
				t.Fatalf("shown: %+v", made)
			}
			h.Chat.AddChannel("gastgeber", chat.PrivateChannel, "heide", "holger")
			h.Now = h.Now.Add(time.Minute)
			made := h.New(func() { h.Says("berta", dm, q.ID, "ja") })
			if len(made) != 2 || made[0].ChannelID != bottest.Hosts {
				t.Fatalf("%+v", made)
			}
		})
	}
}
