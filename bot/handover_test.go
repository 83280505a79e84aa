package bot_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/bot"
	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares posts with a reviewed file.
func (h *house) golden(name string, made ...bottest.Made) {
	h.Helper()
	var b strings.Builder
	for _, m := range made {
		fmt.Fprintf(&b, "=== %s\n%s\n", m.ChannelID, m.Text)
		for _, button := range m.Draft.Buttons {
			fmt.Fprintf(&b, "[%s]\n", button.Label)
		}
	}
	file := filepath.Join("testdata", name+".golden")
	if *update {
		h.check(os.MkdirAll("testdata", 0o755))
		h.check(os.WriteFile(file, []byte(b.String()), 0o644))
		return
	}
	want, err := os.ReadFile(file)
	h.check(err)
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		h.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// asks is a question in a channel or direct message that the documents do not
// settle, and the bot's answer.
func (h *house) asks(user, channel string) (q bot.Post, reply bottest.Made) {
	h.Helper()
	text := "Darf ich Musik komponieren lassen?"
	if !strings.HasPrefix(channel, "direct/") {
		text = "@sprechstunde " + text
	}
	reply = h.reply(func() { q = h.says(user, channel, "", text) })
	return q, reply
}

// handsOver takes a question of the user to the hosts and returns the card and
// the receipt.
func (h *house) handsOver(user string) (card, receipt bottest.Made) {
	h.Helper()
	dm := bottest.Direct(user)
	q, _ := h.asks(user, dm)
	h.reply(func() { h.says(user, dm, q.ID, "Sprechstunde") })
	made := h.new(func() { h.says(user, dm, q.ID, "ja") })
	if len(made) != 2 {
		h.Fatalf("a yes made %d posts, want card and receipt", len(made))
	}
	return made[0], made[1]
}

func TestHandOverFromAChannelAndTheWayBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	q, reply := h.asks("berta", allgemein)
	h.golden("answer", reply)

	preview := h.reply(func() { h.says("berta", allgemein, q.ID, "In die Sprechstunde!") })
	h.golden("preview", preview)
	if preview.Draft.Machine || preview.ChannelID != bottest.Direct("berta") {
		t.Errorf("the preview is %+v", preview.Draft)
	}
	if cards := h.chat.Made(gastgeber); len(cards) != 0 {
		t.Fatalf("before the yes the hosts read %q", cards[0].Text)
	}

	dm := bottest.Direct("berta")
	changed := h.reply(func() {
		h.says("berta", dm, "", "Ändern: Darf ich mit KI Musik für ein Fest machen? @all ![x](https://böse.example)")
	})
	h.golden("changed", changed)

	made := h.new(func() { h.says("berta", dm, "", "Ja.") })
	h.golden("agreed", made...)
	for _, name := range []string{"berta", "Berta", q.ID} {
		h.lacks(made[0], name)
	}
	card := made[0]

	h.silent(func() { h.says("heide", gastgeber, card.ID, "Weiß das jemand?") })
	answered := h.new(func() {
		h.says("holger", gastgeber, card.ID, "!antwort Ja, wenn Sie es dazuschreiben.\nMehr: https://böse.example/x")
	})
	h.golden("answered", answered...)
	if answered[0].Draft.Machine || answered[0].ChannelID != dm || answered[1].RootID != card.ID {
		t.Errorf("a person's answer went out as %+v, %+v", answered[0].Draft, answered[1].Draft)
	}
	h.lacks(answered[0], "holger")

	open := h.new(func() { h.says("berta", dm, answered[0].ID, "noch offen") })
	h.golden("reopened", open...)
	again := h.new(func() { h.says("heide", gastgeber, card.ID, "!antwort Fragen Sie bitte auch die GEMA.") })
	settled := h.new(func() { h.says("berta", dm, again[0].ID, "Geklärt!") })
	h.golden("settled", settled...)
	h.wants(h.reply(func() { h.says("heide", gastgeber, card.ID, "!antwort Noch etwas.") }), "schon abgeschlossen")
	h.wants(h.reply(func() { h.says("berta", dm, again[0].ID, "geklärt") }), "wartet kein Anliegen")
}

func TestNothingGoesOverWithoutAYes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.asks("anna", dm)
	h.reply(func() { h.says("anna", dm, q.ID, "sprechstunde") })
	h.wants(h.reply(func() { h.says("anna", dm, q.ID, "Ja, aber darf ich Protokolle schreiben?") }), "Protokolle dürfen")
	h.wants(h.reply(func() { h.says("berta", bottest.Direct("berta"), "", "ja") }), "wartet kein Text")
	h.wants(h.reply(func() { h.says("anna", dm, q.ID, "ändern:") }), "hinter „ändern:“")
	h.wants(h.reply(func() { h.says("anna", dm, q.ID, "nein") }), "gebe nichts weiter")
	h.wants(h.reply(func() { h.says("anna", dm, q.ID, "ja") }), "wartet kein Text")
	h.wants(h.reply(func() { h.says("anna", dm, q.ID, "ändern: Darf ich malen lassen?") }), "wartet kein Text")
	if cards := h.chat.Made(gastgeber); len(cards) != 0 {
		t.Errorf("the hosts read %q", cards[0].Text)
	}
}

func TestYesAfterThirtyMinutesComesTooLate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.asks("anna", dm)
	h.reply(func() { h.says("anna", dm, q.ID, "Sprechstunde") })
	h.now = h.now.Add(29 * time.Minute)
	h.reply(func() { h.says("anna", dm, q.ID, "ändern: Darf ich malen lassen?") }) // starts the time anew
	h.now = h.now.Add(29 * time.Minute)
	if made := h.new(func() { h.says("anna", dm, q.ID, "ja") }); len(made) != 2 {
		t.Fatalf("a yes in time made %d posts", len(made))
	}
	h.reply(func() { h.says("anna", dm, q.ID, "Sprechstunde") })
	h.now = h.now.Add(31 * time.Minute)
	h.wants(h.reply(func() { h.says("anna", dm, q.ID, "ja") }), "30 Minuten", "nichts weitergegeben")
	if cards := h.chat.Made(gastgeber); len(cards) != 1 {
		t.Errorf("%d cards, want 1", len(cards))
	}
}

func TestYesInTimeCountsThoughTheBotWasAway(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.asks("anna", dm)
	h.reply(func() { h.says("anna", dm, q.ID, "Sprechstunde") })
	h.now = h.now.Add(20 * time.Minute)
	yes := h.chat.Write("anna", dm, q.ID, "ja")
	h.now = h.now.Add(20 * time.Minute)
	made := h.new(func() {
		h.check(h.intake.Posted(context.Background(), yes))
		h.works()
	})
	if len(made) != 2 {
		t.Errorf("made %d posts, want card and receipt", len(made))
	}
}

func TestLapseForgetsOldPreviews(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.asks("anna", dm)
	h.reply(func() { h.says("anna", dm, q.ID, "Sprechstunde") })
	h.now = h.now.Add(31 * time.Minute)
	h.check(h.bot.Lapse(context.Background()))
	if _, err := h.desk.HandoverFor(context.Background(), "anna", ""); !errors.Is(err, officehours.ErrUnknown) {
		t.Errorf("a lapsed preview is still there: %v", err)
	}
}

func TestWhoMayHandOverWhat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	q, _ := h.asks("anna", allgemein)
	h.wants(h.reply(func() { h.says("berta", allgemein, q.ID, "@sprechstunde Sprechstunde") }), "die Person, die sie gestellt hat")
	h.wants(h.reply(func() { h.says("anna", bottest.Direct("anna"), "", "Sprechstunde") }), "zuerst Ihre Frage", "Donnerstag, 5. März 2026")
	h.wants(h.reply(func() { h.says("anna", allgemein, "", "@sprechstunde Sprechstunde") }), "zuerst Ihre Frage")
	h.reply(func() { h.says("anna", allgemein, q.ID, "Und wenn sie gut ist?") })
	preview := h.reply(func() { h.says("anna", allgemein, q.ID, "Sprechstunde") })
	h.wants(preview, "> Darf ich Musik komponieren lassen?\n>\n> Und wenn sie gut ist?")

	closed := newHouse(t, func(c *bot.Config) { c.Hosts.Channel = "" })
	p, reply := closed.asks("anna", bottest.Direct("anna"))
	closed.lacks(reply, "**Sprechstunde**")
	closed.wants(closed.reply(func() { closed.says("anna", bottest.Direct("anna"), p.ID, "Sprechstunde") }), "keine Fragen weitergeben", "Donnerstag, 5. März 2026")
}

func TestDirectMessageNeedsNoThread(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("berta")
	h.says("berta", dm, "", "Darf ich Protokolle mit KI schreiben?")
	h.wants(h.reply(func() { h.says("berta", dm, "", "Und im Ausland?") }), "Im Ausland dürfen")
	h.wants(h.reply(func() { h.says("berta", dm, "", "Sprechstunde") }), "> Darf ich Protokolle mit KI schreiben?\n>\n> Und im Ausland?")
	h.now = h.now.Add(time.Hour)
	h.wants(h.reply(func() { h.says("berta", dm, "", "Und im Ausland?") }), "nichts gefunden")
}

func TestQuestionOfValuesGoesToTheEthicsRound(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	var q bot.Post
	h.reply(func() { q = h.says("anna", dm, "", "Ist es fair, Kolleg:innen mit KI zu vergleichen?") })
	h.wants(h.reply(func() { h.says("anna", dm, q.ID, "Sprechstunde") }), "Ethikrunde", "Fairness", "16. März 2026, 15:00 Uhr")
}

func TestCardsNeverGoToAPublicChannel(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.asks("anna", dm)
	h.reply(func() { h.says("anna", dm, q.ID, "Sprechstunde") })
	h.chat.AddChannel("gastgeber", bot.PublicChannel)
	h.silent(func() { h.says("anna", dm, q.ID, "ja") })
	h.chat.AddChannel("gastgeber", bot.PrivateChannel)
	made := h.new(func() { h.wakes(2 * time.Minute) })
	if len(made) != 2 || made[0].ChannelID != gastgeber {
		t.Errorf("after the channel is private again: %+v", made)
	}
}

func TestHostsHearWhatIsWrongWithAnAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	card, _ := h.handsOver("anna")
	h.wants(h.reply(func() { h.says("heide", gastgeber, card.ID, "!antwort") }), "noch kein Text")
	h.wants(h.reply(func() { h.says("heide", gastgeber, "", "!antwort Ja.") }), "nicht, zu welchem Anliegen")
	h.wants(h.reply(func() { h.says("heide", gastgeber, card.ID, "!antwort "+strings.Repeat("a", 11000)) }), "zu lang")
	h.chat.AddUser("anna", func(u *bot.User) { u.Deactivated = true })
	h.wants(h.reply(func() { h.says("heide", gastgeber, card.ID, "!antwort Ja.") }), "nicht mehr erreichen")
	h.silent(func() { h.says("heide", allgemein, "", "!antwort Ja.") })
}

func TestSeveralAnswersWaitForAWord(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	first, _ := h.handsOver("anna")
	second, receipt := h.handsOver("anna")
	h.wants(receipt, "Nr. 2", "Punkt 2")
	h.wants(h.reply(func() { h.says("anna", dm, "", "geklärt") }), "wartet kein Anliegen")
	a := h.new(func() { h.says("heide", gastgeber, first.ID, "!antwort Ja.") })
	h.new(func() { h.says("heide", gastgeber, second.ID, "!antwort Nein.") })
	h.wants(h.reply(func() { h.says("anna", dm, "", "geklärt") }), "Nr. 2 und 1")
	if made := h.new(func() { h.says("anna", dm, a[0].ID, "geklärt") }); len(made) != 2 || made[1].RootID != first.ID {
		t.Errorf("made %+v", made)
	}
	if made := h.new(func() { h.says("anna", dm, "", "geklärt") }); len(made) != 2 || made[1].RootID != second.ID {
		t.Errorf("made %+v", made)
	}
	h.wants(h.reply(func() { h.says("berta", bottest.Direct("berta"), "", "geklärt") }), "wartet kein Anliegen")
}

func TestButtonsDoWhatTheWordsDo(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *bot.Config) { c.Buttons = true })
	press := func(user string, m bottest.Made, label string) {
		h.Helper()
		h.presses(user, m, label, nil)
		h.works()
	}
	_, reply := h.asks("anna", allgemein)
	h.wants(h.reply(func() { press("berta", reply, "In die Sprechstunde") }), "die Person, die sie gestellt hat")
	preview := h.reply(func() { press("anna", reply, "In die Sprechstunde") })
	h.golden("buttons", reply, preview)
	h.wants(h.reply(func() { press("berta", preview, "Ja, übergeben") }), "wartet kein Text")
	made := h.new(func() { press("anna", preview, "Ja, übergeben") })
	if len(made) != 2 || made[0].ChannelID != gastgeber {
		t.Fatalf("made %+v", made)
	}
	h.wants(h.reply(func() { press("anna", preview, "Nein") }), "wartet kein Text")
	answer := h.new(func() { h.says("heide", gastgeber, made[0].ID, "!antwort Ja.") })[0]
	h.wants(h.reply(func() { press("berta", answer, "Geklärt") }), "wartet kein Anliegen")
	if made := h.new(func() { press("anna", answer, "Noch offen") }); len(made) != 2 {
		t.Errorf("made %+v", made)
	}

	h.now = h.now.Add(inbox.PressAgain)
	second := h.reply(func() { press("anna", reply, "In die Sprechstunde") })
	h.now = h.now.Add(inbox.PressAgain)
	third := h.reply(func() { press("anna", reply, "In die Sprechstunde") })
	h.wants(h.reply(func() { press("anna", second, "Ja, übergeben") }), "wartet kein Text") // an older preview has lapsed
	h.wants(h.reply(func() { press("anna", third, "Nein") }), "gebe nichts weiter")
	for _, m := range []bottest.Made{preview, answer, second, third} {
		if left := h.chat.Buttons(m.ID); len(left) != 0 {
			t.Errorf("used up, and still there: %+v", left)
		}
	}
	if left := h.chat.Buttons(reply.ID); len(left) != 1 {
		t.Errorf("the way to people is %+v", left)
	}
}

// presses presses a button as the post was made, and tells the bot twice.
func (h *house) presses(user string, m bottest.Made, label string, want error) {
	h.Helper()
	h.now = h.now.Add(time.Second)
	click, err := h.chat.PressStale(user, m, label)
	h.check(err)
	if err := h.intake.Pressed(context.Background(), click); !errors.Is(err, want) {
		h.Errorf("press %q: %v, want %v", label, err, want)
	}
	if err := h.intake.Pressed(context.Background(), click); !errors.Is(err, inbox.ErrPressed) {
		h.Errorf("the same press of %q once more: %v", label, err)
	}
}

func TestABusyFingerHasOneEffect(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(c *bot.Config) { c.Buttons = true })
	_, reply := h.asks("anna", allgemein)
	twice := func(m bottest.Made, label string) []bottest.Made {
		return h.new(func() {
			h.presses("anna", m, label, nil)
			h.works()
			h.presses("anna", m, label, inbox.ErrPressed)
			h.works()
		})
	}
	previews := twice(reply, "In die Sprechstunde")
	if len(previews) != 1 {
		t.Fatalf("made %+v", previews)
	}
	// The preview lapses, and the way to people is still open.
	h.now = h.now.Add(officehours.PreviewTime + time.Minute)
	h.check(h.bot.Lapse(context.Background()))
	h.wants(twice(previews[0], "Ja, übergeben")[0], "wartet kein Text")
	previews = twice(reply, "In die Sprechstunde")
	if made := twice(previews[0], "Ja, übergeben"); len(made) != 2 || made[0].ChannelID != gastgeber {
		t.Errorf("made %+v", made)
	}
}

// crashing is a desk that loses the worker after it has done its work.
type crashing struct {
	officehours.Store
	crash bool
}

func (c *crashing) Agree(ctx context.Context, id, by string, at time.Time) (officehours.Ticket, error) {
	t, err := c.Store.Agree(ctx, id, by, at)
	return t, c.after(err)
}

func (c *crashing) AddAnswer(ctx context.Context, a officehours.HostAnswer) (officehours.Ticket, error) {
	t, err := c.Store.AddAnswer(ctx, a)
	return t, c.after(err)
}

func (c *crashing) Advance(ctx context.Context, t officehours.Ticket, to officehours.TicketState, by string, at time.Time) (officehours.Ticket, error) {
	moved, err := c.Store.Advance(ctx, t, to, by, at)
	return moved, c.after(err)
}

func (c *crashing) Propose(ctx context.Context, p officehours.Handover) (officehours.Handover, error) {
	stored, err := c.Store.Propose(ctx, p)
	return stored, c.after(err)
}

func (c *crashing) Decline(ctx context.Context, id, by string, at time.Time) error {
	return c.after(c.Store.Decline(ctx, id, by, at))
}

// after crashes every second time.
func (c *crashing) after(err error) error {
	if c.crash = !c.crash; err == nil && c.crash {
		return errDown
	}
	return err
}

func TestEachStepHappensOnceThoughTheWorkerDies(t *testing.T) {
	t.Parallel()
	desk := &crashing{Store: &bottest.Desk{}}
	h := newHouse(t, func(c *bot.Config) { c.Desk = desk })
	h.circleThoughWorkersDie()
	open, err := desk.OpenTickets(context.Background(), "", time.Time{})
	if err != nil || len(open) != 0 {
		t.Errorf("open tickets: %+v, %v", open, err)
	}
}

// circleThoughWorkersDie takes a question to the hosts and back, and a second
// one to a no. Each step makes its posts once.
func (h *house) circleThoughWorkersDie() {
	h.Helper()
	dm := bottest.Direct("anna")
	persists := func(want int, step func()) []bottest.Made {
		h.Helper()
		made := h.new(func() {
			step()
			for range 3 {
				h.wakes(2 * time.Minute)
			}
		})
		if len(made) != want {
			h.Fatalf("a step made %d posts, want %d: %+v", len(made), want, made)
		}
		return made
	}
	q, _ := h.asks("anna", dm)
	for range 2 {
		persists(1, func() { h.says("anna", dm, q.ID, "Sprechstunde") })
	}
	card := persists(2, func() { h.says("anna", dm, q.ID, "ja") })[0]
	answer := persists(2, func() { h.says("heide", gastgeber, card.ID, "!antwort Ja.") })[0]
	h.wants(answer, "> Ja.")
	reopened := persists(2, func() { h.says("anna", dm, answer.ID, "noch offen") })
	if reopened[1].RootID != card.ID {
		h.Errorf("the hosts read it in %q, want below the card %q", reopened[1].RootID, card.ID)
	}
	answer = persists(2, func() { h.says("heide", gastgeber, card.ID, "!antwort Nein.") })[0]
	h.wants(persists(2, func() { h.says("anna", dm, answer.ID, "geklärt") })[1], "geklärt")
	persists(1, func() { h.says("anna", dm, q.ID, "Sprechstunde") })
	h.wants(persists(1, func() { h.says("anna", dm, q.ID, "nein") })[0], "gebe nichts weiter")
}

func TestEditingAWordUndoesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.asks("anna", dm)
	h.says("anna", dm, q.ID, "Sprechstunde")
	yes := h.says("anna", dm, q.ID, "ja")
	before := len(h.chat.Made(""))
	h.now = h.now.Add(time.Second)
	h.check(h.intake.Edited(context.Background(), h.chat.Edit(yes.ID, "nein")))
	h.works()
	h.chat.Remove(yes.ID)
	h.check(h.intake.Deleted(context.Background(), yes.ID))
	h.works()
	if after := len(h.chat.Made("")); after != before {
		t.Errorf("%d posts stand, want %d", after, before)
	}
	if got, err := h.inbox.Lookup(context.Background(), inbox.FromPost, yes.ID); err != nil || got.State != inbox.Posted {
		t.Errorf("the yes is %s, %v", got.State, err)
	}
}
