package e2e

import "testing"

// What is typed below the answer to a command is about it, and a word that decides
// takes the buttons away that would do it again.
func TestWordsBelowTheAnswerToACommand(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withButtons()
	command := h.withCommand()
	channel := h.public(anna, bernd)
	h.open()
	direct := h.direct(anna)
	if err := h.person(anna).Command(t.Context(), channel, command+" frage "+openQ); err != nil {
		t.Fatal(err)
	}
	answer := h.next(anna, direct, "")
	h.expect(anna, answer.ID, 1)

	preview := h.reply(h.asks(anna, direct, answer.ID, "in die Sprechstunde"))
	h.holds(preview, "> "+openQ)
	renewed := h.reply(h.asks(anna, direct, answer.ID, "schriftlich reicht"))
	h.holds(renewed, "> "+openQ)
	h.shows(preview)
	h.shows(renewed, "Absenden", "Bearbeiten", "Abbrechen")
	h.holds(h.reply(h.asks(anna, direct, answer.ID, "ja")), "Anliegen Nr. 1")
	h.shows(renewed)
	h.expect(mika, h.next(mika, h.hosts, "").ID, 1)
}
