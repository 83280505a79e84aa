package e2e

import "testing"

// A LeanCoffee on the real server: by words and buttons, in a thread and by direct
// message, over a restart, with a clock that need not be waited for.
func TestLeanCoffee(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withButtons()
	stop := h.open()
	channel := h.public(anna, bernd)
	h.next(anna, channel, "") // the bot introduces itself
	root := h.next(anna, channel, h.says(anna, channel, "", h.mention("LeanCoffee starten")).ID)
	h.holds(root, "LeanCoffee ist eröffnet")
	if root.Root != "" {
		t.Fatalf("opened in a thread: %+v", root)
	}
	h.expect(anna, root.ID, 1) // the opening post itself
	h.holds(h.reply(h.asks(anna, channel, root.ID, "Thema: Gute Prompts")), "Thema 1")
	h.says(bernd, channel, root.ID, "Das Thema hatten wir neulich schon")
	direct := h.direct(bernd)
	h.holds(h.reply(h.asks(bernd, direct, "", "Thema: Protokolle für @all")), "Thema 2")
	h.expect(anna, root.ID, 1) // shown without a name

	stop()
	h.open()
	ballot := h.reply(h.asks(bernd, channel, root.ID, "abstimmen"))
	h.holds(ballot, "**2**: Protokolle für `@all`")
	last := h.newest(bernd, direct)
	h.presses(bernd, ballot, "2")
	h.holds(h.next(bernd, direct, last), "Gezählt: Thema 2")
	talk := h.reply(h.asks(anna, channel, root.ID, "auszählen"))
	h.holds(talk, "Protokolle für `@all` (1 Stimme)", "**Jetzt: Protokolle")

	h.expect(anna, root.ID, 2)
	h.ages("UPDATE bot.coffee SET until = until - interval '10 minutes'")
	decide := h.next(anna, channel, talk.ID)
	h.holds(decide, "Die Zeit")
	h.ages("UPDATE bot.coffee SET until = until - interval '10 minutes'")
	h.holds(h.next(anna, channel, decide.ID), "**Jetzt: Gute Prompts")
	minutes := h.reply(h.asks(anna, channel, root.ID, "Ende"))
	h.holds(minutes, "**Protokoll des LeanCoffee**", "Gute Prompts** (0 Stimmen)")
	h.lacks(minutes, anna, bernd)
}
