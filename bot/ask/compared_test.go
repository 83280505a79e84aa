package ask_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

// What formats are for is what the house itself says of them; no document is searched.
func TestFormatsAreToldFromEachOther(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	got := h.Reply(func() { h.Says("anna", dm, "", "was ist der unterschied zwischen der sprechstunde und der ethikrunde") })
	h.Wants(got, "Offene KI-Sprechstunde", "Ethikrunde", "Nächster Termin:")
	if searched := h.Library.Searched(); len(searched) > 0 {
		t.Errorf("searched %q", searched)
	}
}

// A question for a date that names nothing is one about the format that was spoken of.
func TestADateOfWhatWasSpokenOf(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.Says("anna", dm, "", "Gibt es in der Sprechstunde Kaffee?")
	h.Library.Searched()
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "und wann war die letzte?") }), "Zuletzt am", "Offene KI-Sprechstunde")
	if searched := h.Library.Searched(); len(searched) > 0 {
		t.Errorf("searched %q", searched)
	}
}
