package leancoffee_test

import (
	"context"
	"flag"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/officehours"
)

var update = flag.Bool("update", false, "write the golden files anew")

// opened is a house in whose open channel a LeanCoffee was begun.
func opened(t *testing.T) (*bottest.House, bottest.Made) {
	t.Helper()
	h := bottest.NewHouse(t, func(s *bottest.Setup) { s.Buttons = true })
	return h, h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde LeanCoffee starten") })
}

// ticks lets time pass and brings what is due.
func ticks(h *bottest.House, after time.Duration) {
	h.Helper()
	h.Now = h.Now.Add(after)
	h.Check(h.Coffee.Tick(context.Background(), h.Pipeline))
	h.Check(h.Coffee.Tick(context.Background(), h.Pipeline)) // of another replica
	h.Works()
}

func TestALeanCoffeeInAChannel(t *testing.T) {
	t.Parallel()
	h, root := opened(t)
	here := func(user, text string) func() {
		return func() { h.Says(user, bottest.Everybody, root.ID, text) }
	}
	made := []bottest.Made{root}
	step := func(do func()) { h.Helper(); made = append(made, h.New(do)...) }
	step(here("anna", "Thema: Gute Prompts schreiben"))
	step(func() {
		h.Says("berta", bottest.Direct("berta"), "", "Thema: Protokolle mit KI, und wer @channel liest")
	})
	step(here("carl", "Thema: Wie schreibe ich gute Prompts?"))
	h.Silent(here("carl", "Das Thema hatten wir neulich schon."))
	step(here("anna", "abstimmen"))
	ballot := made[len(made)-1]
	step(func() { h.Press("anna", ballot, "2") })
	step(func() { h.Says("berta", bottest.Direct("berta"), "", "Stimmen: 2, 2, 1") })
	step(func() { h.Says("carl", bottest.Direct("carl"), "", "Stimmen: 1, 2, 1, 1") })
	step(func() { h.Press("carl", ballot, "Auszählen") })
	step(here("anna", "Notiz: Muster im Wiki sammeln"))
	step(func() { ticks(h, officehours.CoffeeTalk) })
	decide := made[len(made)-1]
	step(func() { h.Press("anna", decide, "Noch 4 Minuten") })
	step(func() { ticks(h, officehours.CoffeeDecide) })
	step(here("berta", "nächstes Thema"))
	step(func() { h.Press("carl", made[len(made)-1], "Beenden") })
	h.Golden(*update, "leancoffee", made...)
	h.Silent(here("anna", "weiter"))
	h.Silent(func() { ticks(h, 24*time.Hour) })
}

func TestStepsAtTheWrongTime(t *testing.T) {
	t.Parallel()
	h, root := opened(t)
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Everybody, "", "@sprechstunde LeanCoffee starten") }), "läuft schon")
	h.Wants(h.Aside(func() { h.Says("anna", bottest.Everybody, root.ID, "abstimmen") }), "kein Thema")
	h.Silent(func() { h.Says("anna", bottest.Everybody, root.ID, "weiter") })
	h.Wants(h.Aside(func() { h.Says("anna", bottest.Everybody, root.ID, "@sprechstunde weiter") }), "geht jetzt nicht")
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "LeanCoffee starten") }), "in einem Kanal")
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Stimmen: 1, 1") }), "geht jetzt nicht")
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Direct("heide"), "", "Stimmen: 1, 1") }), "kein LeanCoffee")
	h.Lacks(h.Reply(func() { h.Says("heide", bottest.Direct("heide"), "", "Thema: Wie lange werden Daten gespeichert?") }), "Notiert")
}

// TestNobodyGoesOn ends one that is left open.
func TestNobodyGoesOn(t *testing.T) {
	t.Parallel()
	h, _ := opened(t)
	h.Wants(h.Reply(func() { ticks(h, officehours.CoffeePatient) }), "keine Themen")
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde LeanCoffee starten") }), "eröffnet")
}

func TestALeanCoffeeIsOpenedByCommandWhereItWasTyped(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	made := h.New(func() { h.Calls("anna", bottest.Everybody, "leancoffee") })
	if len(made) != 2 || made[0].ChannelID != bottest.Everybody || made[1].ChannelID != bottest.Direct("anna") {
		t.Fatalf("made %+v", made)
	}
	h.Wants(made[1], "eröffnet")
	h.Wants(h.Reply(func() { h.Calls("heide", bottest.Everybody, "leancoffee") }), "in einem Kanal") // no member
	h.Wants(h.Reply(func() { h.Calls("anna", bottest.Direct("anna"), "Lean Coffee") }), "in einem Kanal")
}

// Only what stands below the newest post counts, whoever said the word that brought it;
// a press that cannot be takes nothing away.
func TestOnlyTheNewestButtonsStand(t *testing.T) {
	t.Parallel()
	h, root := opened(t)
	left := func(m bottest.Made) int { return len(h.Chat.Buttons(m.ID)) }
	h.New(func() { h.Press("berta", root, "Abstimmen") }) // no topic yet
	if left(root) != 2 {
		t.Errorf("the opening post has %d buttons", left(root))
	}
	h.Says("anna", bottest.Everybody, root.ID, "Thema: Gute Prompts schreiben")
	before := root
	for _, step := range []struct {
		do   func()
		here int
	}{
		{func() { h.Says("anna", bottest.Everybody, root.ID, "abstimmen") }, 3},
		{func() { h.Says("berta", bottest.Everybody, root.ID, "auszählen") }, 2},
		{func() { ticks(h, officehours.CoffeeTalk) }, 3},
		{func() { h.Says("carl", bottest.Everybody, root.ID, "Ende") }, 0},
	} {
		now := h.Reply(step.do)
		if left(before) != 0 || left(now) != step.here {
			t.Errorf("%d buttons before, %d below %q", left(before), left(now), now.Text)
		}
		before = now
	}
}
