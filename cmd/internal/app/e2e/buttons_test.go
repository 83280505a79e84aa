package e2e

import (
	"context"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/cmd/internal/config"
)

// withButtons lets the server call the bot back.
func (h *house) withButtons() {
	h.t.Helper()
	address := freeAddress(h.t)
	h.conf.HTTP.Listen = address
	h.conf.Mattermost.CallbackURL = "http://" + address
	h.conf.Mattermost.CallbackKey = config.Secret(strings.Repeat("schluessel", 4))
}

// ages makes what a query says older: nobody waits for a preview to lapse.
func (h *house) ages(query string, args ...any) {
	h.t.Helper()
	if _, err := h.pool.Exec(h.t.Context(), query, args...); err != nil {
		h.t.Fatal(err)
	}
}

// awaitIdle waits until no question or press is under way.
func (h *house) awaitIdle() {
	h.t.Helper()
	h.await("the end of all work", func(ctx context.Context) (bool, error) {
		n, err := h.unfinished(ctx)
		return n == 0, err
	})
}

// shows waits until a message that anna reads has these buttons.
func (h *house) shows(m colleague.Message, labels ...string) {
	h.t.Helper()
	h.await("buttons "+strings.Join(labels, ", "), func(ctx context.Context) (bool, error) {
		thread, err := h.person(anna).Thread(ctx, m.ThreadID())
		if err != nil {
			return false, err
		}
		for _, now := range thread {
			if now.ID == m.ID {
				var got []string
				for _, b := range now.Buttons {
					got = append(got, b.Label)
				}
				return slices.Equal(got, labels), nil
			}
		}
		return false, nil
	})
}

// Buttons are pressed twice, late and by others, on the real server.
func TestButtonsWorkWhileTheirOfferStands(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.withButtons()
	channel := h.public(anna, bernd)
	h.open()
	direct := h.direct(anna)
	before := h.newest(anna, direct)
	offer := h.reply(h.asks(anna, channel, "", h.mention(openQ)))

	// A busy finger: one preview.
	h.presses(anna, offer, "In die Sprechstunde")
	h.presses(anna, offer, "In die Sprechstunde")
	first := h.next(anna, direct, before)
	h.holds(first, openQ)
	h.presses(anna, offer, "In die Sprechstunde")
	h.expect(anna, first.ThreadID(), 2) // the preview, and later that it has lapsed

	// Somebody else hears that it is not theirs, and uses nothing up.
	h.presses(bernd, offer, "In die Sprechstunde")
	refused := h.next(bernd, h.direct(bernd), "")
	h.holds(refused, "nur die Person, die sie gestellt hat")
	h.expect(bernd, refused.ThreadID(), 1)
	h.shows(offer, "In die Sprechstunde")

	// The preview has lapsed: a late press says so, and its buttons go.
	h.ages("UPDATE bot.handover SET shown_at = shown_at - $1::interval", 2*officehours.PreviewTime)
	h.presses(anna, first, "Absenden")
	h.holds(h.next(anna, direct, first.ID), "wartet kein Text")
	h.shows(first)
	if n := len(h.botPosts(h.hosts)); n != 0 {
		t.Fatalf("the hosts got %d posts", n)
	}

	// The way to people stands open: the button works again.
	h.awaitIdle()
	h.ages("UPDATE bot.question SET finished_at = finished_at - interval '1 minute' WHERE origin = 'button'")
	before = h.newest(anna, direct)
	h.presses(anna, offer, "In die Sprechstunde")
	second := h.next(anna, direct, before)
	h.holds(second, openQ)
	h.expect(anna, second.ThreadID(), 2)
	h.presses(anna, second, "Absenden")
	_ = h.person(anna).Press(t.Context(), second.ID, second.Buttons[0]) // refused where the button is gone already
	h.holds(h.next(anna, direct, second.ID), "Anliegen Nr. 1")
	h.shows(second)
	h.expect(mika, h.next(mika, h.hosts, "").ID, 1)
	if err := h.person(anna).Press(t.Context(), second.ID, second.Buttons[0]); err == nil {
		t.Error("a button that is used up was pressed on the server")
	}
	h.awaitIdle()
	if n := h.count("SELECT count(*) FROM bot.ticket"); n != 1 {
		t.Errorf("%d tickets, want 1", n)
	}
	if n := h.count("SELECT count(*) FROM bot.question WHERE strpos(origin_key, $1) > 0", h.person(anna).ID); n != 0 {
		t.Errorf("%d keys hold a user id", n)
	}
}
