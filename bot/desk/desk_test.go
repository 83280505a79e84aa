package desk_test

import (
	"context"
	"errors"
	"flag"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestHandOverFromAChannelAndTheWayBack(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q, reply := h.Asks("berta", bottest.Everybody)
	h.Golden(*update, "answer", reply)

	preview := h.Aside(func() { h.Says("berta", bottest.Everybody, q.ID, "In die Sprechstunde!") })
	h.Golden(*update, "preview", preview)
	if preview.Draft.Machine || preview.ChannelID != bottest.Direct("berta") {
		t.Errorf("the preview is %+v", preview.Draft)
	}
	if cards := h.Chat.Made(bottest.Hosts); len(cards) != 0 {
		t.Fatalf("before the yes the hosts read %q", cards[0].Text)
	}

	dm := bottest.Direct("berta")
	changed := h.Reply(func() {
		h.Says("berta", dm, "", "Ändern: Darf ich mit KI Musik für ein Fest machen? @all ![x](https://böse.example)")
	})
	h.Golden(*update, "changed", changed)

	made := h.New(func() { h.Says("berta", dm, "", "Ja.") })
	h.Golden(*update, "agreed", made...)
	for _, name := range []string{"berta", "Berta", q.ID} {
		h.Lacks(made[0], name)
	}
	card := made[0]

	h.Silent(func() { h.Says("heide", bottest.Hosts, card.ID, "Weiß das jemand?") })
	answered := h.New(func() {
		h.Says("holger", bottest.Hosts, card.ID, "!antwort Ja, wenn Sie es dazuschreiben.\nMehr: https://böse.example/x")
	})
	h.Golden(*update, "answered", answered...)
	if answered[0].Draft.Machine || answered[0].ChannelID != dm || answered[1].RootID != card.ID {
		t.Errorf("a person's answer went out as %+v, %+v", answered[0].Draft, answered[1].Draft)
	}
	h.Lacks(answered[0], "holger")

	open := h.New(func() { h.Says("berta", dm, answered[0].ID, "noch offen") })
	h.Golden(*update, "reopened", open...)
	again := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Fragen Sie bitte auch die GEMA.") })
	settled := h.New(func() { h.Says("berta", dm, again[0].ID, "Geklärt!") })
	h.Golden(*update, "settled", settled...)
	supplement := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Noch etwas.") })
	h.Wants(supplement[0], "Nachtrag", "> Noch etwas.")
	h.Wants(h.Reply(func() { h.Says("berta", dm, again[0].ID, "geklärt") }), "wartet kein Anliegen")
}

func TestNothingGoesOverWithoutAYes(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Reply(func() { h.Says("anna", dm, q.ID, "sprechstunde") })
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "Ja, aber darf ich Protokolle schreiben?") }), "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", "ja") }), "wartet kein Text")
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "ändern:") }), "hinter „ändern:“")
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "nein") }), "gebe nichts weiter")
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "ja") }), "wartet kein Text")
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "ändern: Darf ich malen lassen?") }), "wartet kein Text")
	if cards := h.Chat.Made(bottest.Hosts); len(cards) != 0 {
		t.Errorf("the hosts read %q", cards[0].Text)
	}
}

func TestYesAfterThirtyMinutesComesTooLate(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	h.Now = h.Now.Add(29 * time.Minute)
	h.Reply(func() { h.Says("anna", dm, q.ID, "ändern: Darf ich malen lassen?") }) // starts the time anew
	h.Now = h.Now.Add(29 * time.Minute)
	if made := h.New(func() { h.Says("anna", dm, q.ID, "ja") }); len(made) != 2 {
		t.Fatalf("a yes in time made %d posts", len(made))
	}
	q, _ = h.Asks("anna", dm)
	h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	h.Now = h.Now.Add(31 * time.Minute)
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "ja") }), "30 Minuten", "nichts weitergegeben")
	h.Silent(func() { // that was said already
		h.Check(h.Desk.Lapse(context.Background(), h.Pipeline))
		h.Works()
	})
	if cards := h.Chat.Made(bottest.Hosts); len(cards) != 1 {
		t.Errorf("%d cards, want 1", len(cards))
	}
}

func TestYesInTimeCountsThoughTheBotWasAway(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	h.Now = h.Now.Add(20 * time.Minute)
	yes := h.Chat.Write("anna", dm, q.ID, "ja")
	h.Now = h.Now.Add(20 * time.Minute)
	made := h.New(func() {
		h.Check(h.Intake.Posted(context.Background(), yes))
		h.Works()
	})
	if len(made) != 2 {
		t.Errorf("made %d posts, want card and receipt", len(made))
	}
}

func TestWhoLetsAPreviewLapseHearsOfItOnce(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	h.Now = h.Now.Add(31 * time.Minute)
	lapses := func() {
		h.Check(h.Desk.Lapse(context.Background(), h.Pipeline))
		h.Works()
	}
	told := h.Reply(lapses)
	h.Wants(told, "verfallen", "**Sprechstunde**")
	if told.ChannelID != dm || told.Draft.Machine {
		t.Errorf("told %+v", told)
	}
	h.Silent(lapses)
	if _, err := h.Tickets.HandoverFor(context.Background(), "anna", ""); !errors.Is(err, officehours.ErrUnknown) {
		t.Errorf("a lapsed preview is still there: %v", err)
	}
}

func TestWhoMayHandOverWhat(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q, _ := h.Asks("anna", bottest.Everybody)
	h.Wants(h.Aside(func() { h.Says("berta", bottest.Everybody, q.ID, "@sprechstunde Sprechstunde") }), "die Person, die sie gestellt hat")
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Sprechstunde") }), "Schreiben Sie mir Ihre Frage", "Donnerstag, 5. März 2026")
	h.Wants(h.Aside(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde Sprechstunde") }), "Schreiben Sie mir Ihre Frage")
	h.Reply(func() { h.Says("anna", bottest.Everybody, q.ID, "Und wenn sie gut ist?") })
	preview := h.Aside(func() { h.Says("anna", bottest.Everybody, q.ID, "Sprechstunde") })
	h.Wants(preview, "> Darf ich Musik komponieren lassen? Und wenn sie gut ist?")

	closed := bottest.NewHouse(t, func(c *bottest.Setup) { c.Desk.Hosts.Channel = "" })
	p, reply := closed.Asks("anna", bottest.Direct("anna"))
	closed.Lacks(reply, "**Sprechstunde**")
	closed.Wants(closed.Reply(func() { closed.Says("anna", bottest.Direct("anna"), p.ID, "Sprechstunde") }), "keine Fragen weitergeben", "Donnerstag, 5. März 2026")
}

func TestDirectMessageNeedsNoThread(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("berta")
	h.Says("berta", dm, "", "Darf ich Protokolle mit KI schreiben?")
	h.Wants(h.Reply(func() { h.Says("berta", dm, "", "Und im Ausland?") }), "Im Ausland dürfen")
	h.Wants(h.Reply(func() { h.Says("berta", dm, "", "Sprechstunde") }), "> Darf ich Protokolle mit KI schreiben? Und im Ausland?")
	h.Now = h.Now.Add(time.Hour)
	h.Wants(h.Reply(func() { h.Says("berta", dm, "", "Und im Ausland?") }), "nichts gefunden")
}

// TestButtonBelowAFollowUpBringsTheQuestionBefore presses it where nothing was found
// and no thread holds the two questions together.
func TestButtonBelowAFollowUpBringsTheQuestionBefore(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	dm := bottest.Direct("berta")
	h.Says("berta", dm, "", "Darf ich Musik komponieren lassen?")
	reply := h.Reply(func() { h.Says("berta", dm, "", "und mit fotos von kollegen drauf?") })
	h.Wants(h.Reply(func() { h.Press("berta", reply, "In die Sprechstunde") }), "> Darf ich Musik komponieren lassen? und mit fotos von kollegen drauf?")
}

func TestQuestionOfValuesGoesToTheEthicsRound(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	var q chat.Post
	h.Reply(func() { q = h.Says("anna", dm, "", "Ist es fair, Kolleg:innen mit KI zu vergleichen?") })
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") }), "Ethikrunde", "Fairness", "16. März 2026, 15:00 Uhr")
}

func TestCardsNeverGoToAPublicChannel(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	h.Chat.AddChannel("gastgeber", chat.PublicChannel)
	h.Now = h.Now.Add(20 * time.Minute)
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "ja") }), "nicht", "nichts weitergegeben", "30 Minuten")
	h.Chat.AddChannel("gastgeber", chat.PrivateChannel)
	h.Now = h.Now.Add(20 * time.Minute)
	made := h.New(func() { h.Says("anna", dm, q.ID, "ja") })
	if len(made) != 2 || made[0].ChannelID != bottest.Hosts {
		t.Errorf("after the channel is private again: %+v", made)
	}
}

func TestHostsHearWhatIsWrongWithAnAnswer(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	card, _ := h.HandsOver("anna")
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort") }), "noch kein Text")
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!antwort Ja.") }), "nicht, zu welchem Anliegen")
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort "+strings.Repeat("a", 11000)) }), "zu lang")
	h.Chat.AddUser("anna", func(u *chat.User) { u.Deactivated = true })
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") }), "nicht mehr erreichen")
	h.Silent(func() { h.Says("heide", bottest.Everybody, "", "!antwort Ja.") })
}

func TestSeveralAnswersWaitForAWord(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	first, _ := h.HandsOver("anna")
	second, receipt := h.HandsOver("anna")
	h.Wants(receipt, "Nr. 2", "Punkt 2")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "geklärt") }), "Nr. 2 oder 1", "**geklärt 2**")
	a := h.New(func() { h.Says("heide", bottest.Hosts, first.ID, "!antwort Ja.") })
	h.New(func() { h.Says("heide", bottest.Hosts, second.ID, "!antwort Nein.") })
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "geklärt") }), "Nr. 2 oder 1")
	if made := h.New(func() { h.Says("anna", dm, a[0].ID, "geklärt") }); len(made) != 2 || made[1].RootID != first.ID {
		t.Errorf("made %+v", made)
	}
	if made := h.New(func() { h.Says("anna", dm, "", "geklärt") }); len(made) != 2 || made[1].RootID != second.ID {
		t.Errorf("made %+v", made)
	}
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", "geklärt") }), "wartet kein Anliegen")
}

func TestButtonsDoWhatTheWordsDo(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	_, reply := h.Asks("anna", bottest.Everybody)
	h.Wants(h.Reply(func() { h.Press("berta", reply, "In die Sprechstunde") }), "die Person, die sie gestellt hat")
	preview := h.Reply(func() { h.Press("anna", reply, "In die Sprechstunde") })
	h.Golden(*update, "buttons", reply, preview)
	h.Wants(h.Reply(func() { h.Press("berta", preview, "Absenden") }), "wartet kein Text")
	made := h.New(func() { h.Press("anna", preview, "Absenden") })
	if len(made) != 2 || made[0].ChannelID != bottest.Hosts {
		t.Fatalf("made %+v", made)
	}
	h.Wants(h.Reply(func() { h.Press("anna", preview, "Abbrechen") }), "wartet kein Text")
	answer := h.New(func() { h.Says("heide", bottest.Hosts, made[0].ID, "!antwort Ja.") })[0]
	h.Wants(h.Reply(func() { h.Press("berta", answer, "Geklärt") }), "wartet kein Anliegen")
	if made := h.New(func() { h.Press("anna", answer, "Noch offen") }); len(made) != 2 {
		t.Errorf("made %+v", made)
	}

	h.Now = h.Now.Add(inbox.PressAgain)
	h.Wants(h.Reply(func() { h.Press("anna", reply, "In die Sprechstunde") }), "schon **Anliegen Nr. 1**")
	_, reply = h.Asks("anna", bottest.Everybody)
	second := h.Reply(func() { h.Press("anna", reply, "In die Sprechstunde") })
	h.Now = h.Now.Add(inbox.PressAgain)
	h.Lacks(h.Reply(func() { h.Press("anna", reply, "In die Sprechstunde") }), "frühere Vorschau") // it is the same
	other := h.Reply(func() { h.Says("anna", bottest.Everybody, "", "@sprechstunde Darf ich malen lassen?") })
	third := h.Reply(func() { h.Press("anna", other, "In die Sprechstunde") })
	h.Wants(third, "Ihre frühere Vorschau („Darf ich Musik komponieren lassen?“) gilt damit nicht mehr")
	h.Wants(h.Reply(func() { h.Press("anna", second, "Absenden") }), "gilt nicht mehr", "> Darf ich malen lassen?")
	h.Wants(h.Reply(func() { h.Press("anna", third, "Abbrechen") }), "gebe nichts weiter")
	for _, m := range []bottest.Made{preview, answer, second, third} {
		if left := h.Chat.Buttons(m.ID); len(left) != 0 {
			t.Errorf("used up, and still there: %+v", left)
		}
	}
	if left := h.Chat.Buttons(reply.ID); len(left) != 1 {
		t.Errorf("the way to people is %+v", left)
	}
}

func TestABusyFingerHasOneEffect(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	_, reply := h.Asks("anna", bottest.Everybody)
	twice := func(m bottest.Made, label string) []bottest.Made {
		return h.New(func() {
			h.Press("anna", m, label)
			h.Presses("anna", m, label, inbox.ErrPressed)
			h.Works()
		})
	}
	previews := twice(reply, "In die Sprechstunde")
	if len(previews) != 1 {
		t.Fatalf("made %+v", previews)
	}
	// The preview lapses, and the way to people is still open.
	h.Now = h.Now.Add(officehours.PreviewTime + time.Minute)
	h.Check(h.Desk.Lapse(context.Background(), h.Pipeline))
	h.Works()
	h.Wants(twice(previews[0], "Absenden")[0], "wartet kein Text")
	previews = twice(reply, "In die Sprechstunde")
	if made := twice(previews[0], "Absenden"); len(made) != 2 || made[0].ChannelID != bottest.Hosts {
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

func (c *crashing) Take(ctx context.Context, number int64, e officehours.Event) (officehours.Ticket, error) {
	moved, err := c.Store.Take(ctx, number, e)
	return moved, c.after(err)
}

func (c *crashing) ChangeAnswer(ctx context.Context, postID, text, by string, at time.Time) (officehours.Ticket, error) {
	moved, err := c.Store.ChangeAnswer(ctx, postID, text, by, at)
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
		return bottest.ErrDown
	}
	return err
}

func TestEachStepHappensOnceThoughTheWorkerDies(t *testing.T) {
	t.Parallel()
	desk := &crashing{Store: &bottest.Desk{}}
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Desk.Store = desk })
	circleThoughWorkersDie(h)
	open, err := desk.OpenTickets(context.Background(), "", time.Time{})
	if err != nil || len(open) != 0 {
		t.Errorf("open tickets: %+v, %v", open, err)
	}
}

// circleThoughWorkersDie takes a question to the hosts and back, and a second
// one to a no. Each step makes its posts once.
func circleThoughWorkersDie(h *bottest.House) {
	h.Helper()
	dm := bottest.Direct("anna")
	persists := func(want int, step func()) []bottest.Made {
		h.Helper()
		made := h.New(func() {
			step()
			for range 3 {
				h.Wakes(2 * time.Minute)
			}
		})
		if len(made) != want {
			h.Fatalf("a step made %d posts, want %d: %+v", len(made), want, made)
		}
		return made
	}
	q, _ := h.Asks("anna", dm)
	for range 2 {
		persists(1, func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	}
	card := persists(2, func() { h.Says("anna", dm, q.ID, "ja") })[0]
	answer := persists(2, func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })[0]
	h.Wants(answer, "> Ja.")
	reopened := persists(2, func() { h.Says("anna", dm, answer.ID, "noch offen") })
	if reopened[1].RootID != card.ID {
		h.Errorf("the hosts read it in %q, want below the card %q", reopened[1].RootID, card.ID)
	}
	answer = persists(2, func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Nein.") })[0]
	h.Wants(persists(2, func() { h.Says("anna", dm, answer.ID, "geklärt") })[1], "geklärt")
	h.Wants(persists(1, func() { h.Says("anna", dm, q.ID, "Sprechstunde") })[0], "schon **Anliegen Nr. 1**")
	q, _ = h.Asks("anna", dm)
	persists(1, func() { h.Says("anna", dm, q.ID, "Sprechstunde") })
	h.Wants(persists(1, func() { h.Says("anna", dm, q.ID, "nein") })[0], "gebe nichts weiter")
}

func TestEditingAWordUndoesNothing(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Says("anna", dm, q.ID, "Sprechstunde")
	yes := h.Says("anna", dm, q.ID, "ja")
	before := len(h.Chat.Made(""))
	h.Now = h.Now.Add(time.Second)
	h.Check(h.Intake.Edited(context.Background(), h.Chat.Edit(yes.ID, "nein")))
	h.Works()
	h.Chat.Remove(yes.ID)
	h.Check(h.Intake.Deleted(context.Background(), yes.ID))
	h.Works()
	if after := len(h.Chat.Made("")); after != before {
		t.Errorf("%d posts stand, want %d", after, before)
	}
	if got, err := h.Inbox.Lookup(context.Background(), inbox.FromPost, yes.ID); err != nil || got.State != inbox.Posted {
		t.Errorf("the yes is %s, %v", got.State, err)
	}
}

func TestConfigSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	if _, err := desk.New(desk.Config{Hosts: desk.Hosts{Channel: "gastgeber"}}); err == nil || !strings.Contains(err.Error(), "Posts") ||
		!strings.Contains(err.Error(), "Hosts.Channel needs Store") || !strings.Contains(err.Error(), "team/channel") {
		t.Errorf("New = %v", err)
	}
	for _, name := range []string{"", "all", "Here", "channel", "@heide", "heide und holger"} {
		if _, err := desk.New(desk.Config{Hosts: desk.Hosts{Duty: []string{name}}}); err == nil || !strings.Contains(err.Error(), "Hosts.Duty") {
			t.Errorf("New with %q on duty = %v", name, err)
		}
	}
}
