package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/officehours"
)

// asker is anna, alone with the bot.
type asker struct {
	*bottest.House
	name string
	q    chat.Post
}

// asks has somebody ask what the documents do not settle, and want people.
func asks(h *bottest.House, name, question string) (asker, bottest.Made) {
	h.Helper()
	a := asker{House: h, name: name}
	h.Reply(func() { a.q = h.Says(name, bottest.Direct(name), "", question) })
	return a, a.says("Sprechstunde")
}

// says writes below the question; the bot is to make one post.
func (a asker) says(text string) bottest.Made {
	a.Helper()
	return a.Reply(func() { a.Says(a.name, bottest.Direct(a.name), a.q.ID, text) })
}

// sends agrees and returns what the hosts and the asker read.
func (a asker) sends(text string) (hosts, receipt bottest.Made) {
	a.Helper()
	made := a.New(func() { a.Says(a.name, bottest.Direct(a.name), a.q.ID, text) })
	if len(made) != 2 || made[0].ChannelID != bottest.Hosts {
		a.Fatalf("%q made %d posts: %+v", text, len(made), made)
	}
	return made[0], made[1]
}

func TestWhatTellsWhoSomebodyIsGoesOverMasked(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	a, preview := asks(h, "anna", "Darf ich den Bericht über Petra Schäfer, Az. 51-123/26, mit Musik vertonen?")
	h.Wants(preview, `\[Name\]`, `\[Nummer\]`, "**original**")
	h.Lacks(preview, "Petra", "51-123")
	original := a.says("original")
	h.Wants(original, "Petra Schäfer", "51-123/26", "**Achtung:**", "**maskieren**")
	h.Lacks(a.says("bitte maskieren"), "Petra")
	h.Lacks(a.says("ändern: Darf ich das Lied von Jens Wagner vertonen?"), "Wagner")
	card, _ := a.sends("ja")
	h.Wants(card, `> Darf ich das Lied von \[Name\] vertonen?`)
	h.Lacks(card, "anna", "Wagner")
}

func TestATextOfWhichNothingIsLeft(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	a, _ := asks(h, "anna", "Darf ich malen lassen?")
	h.Wants(a.says("ändern: Petra Schäfer, 0221 809-4711"), "bleibt von Ihrem Text nichts übrig")
	h.Wants(a.says("ändern: "+strings.Repeat("Darf ich das? ", 1200)), "zu lang", "4000")
	h.Wants(a.says("ja"), "die Vorschau von vorhin", "> Darf ich malen lassen?") // and not what was to take its place
	card, _ := a.sends("ja")
	h.Wants(card, "> Darf ich malen lassen?")
}

func TestTheAskerChooses(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	a, preview := asks(h, "anna", "Darf ich malen lassen?")
	h.Wants(preview, "Offene KI-Sprechstunde", "Donnerstag, 5. März 2026", "ohne Ihren Namen")
	h.Wants(a.says("lieber einen anderen Termin"), "Donnerstag, 12. März 2026")
	ethics := a.says("lieber in die Ethikrunde")
	h.Wants(ethics, "Ethikrunde", "16. März 2026")
	h.Lacks(ethics, "weil")
	written := a.says("schriftlich reicht")
	h.Wants(written, "schriftlich, ohne Termin", "**mit Termin**")
	h.Lacks(written, "März")
	h.Wants(a.says("mit Namen"), "**mit Ihrem Namen** (anna)")
	h.Wants(a.says("doch anonym"), "ohne Ihren Namen")
	a.says("mit Namen")
	card, receipt := a.sends("ja")
	h.Wants(card, "Gefragt hat anna")
	h.Wants(receipt, "und Ihren Namen", "**Stand**", "**Nr. 1 zurückziehen**")
	h.Lacks(receipt, "Punkt", "März")
}

func TestASessionThatHasBegun(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Now = time.Date(2026, time.March, 5, 12, 50, 0, 0, time.UTC)
	a, preview := asks(h, "anna", "Darf ich malen lassen?")
	h.Wants(preview, "Donnerstag, 5. März 2026")
	h.Now = h.Now.Add(20 * time.Minute)
	h.Wants(a.says("ja"), "inzwischen begonnen", "Donnerstag, 12. März 2026", "> Darf ich malen lassen?")
	_, receipt := a.sends("ja")
	h.Wants(receipt, "12. März 2026")
}

func TestOthersWhoAskTheSame(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	first, preview := asks(h, "anna", "Darf ich Musik komponieren lassen?")
	h.Lacks(preview, "Das fragen schon andere")
	card, _ := first.sends("ja")
	second, preview := asks(h, "berta", "Dürfen wir Musik von KI komponieren lassen?")
	h.Wants(preview, "Das fragen schon andere", "Nr. 1", "> Darf ich Musik komponieren lassen?", "**anschließen**")
	h.Lacks(preview, "anna")
	below, receipt := second.sends("anschließen")
	h.Wants(below, "fragen jetzt mehrere", "> Dürfen wir Musik von KI komponieren lassen?")
	h.Lacks(below, "berta", "anna")
	if below.RootID != card.ID {
		t.Errorf("the hosts read it in %q, want below the card", below.RootID)
	}
	h.Wants(receipt, "Anliegen Nr. 1", "Mehrere fragen dasselbe", "Punkt 1")
	_, other := asks(h, "carl", "Darf ich Kekse backen lassen?")
	h.Lacks(other, "Das fragen schon andere")
	third, preview := asks(h, "carl", "Wer erlaubt mir, Musik komponieren zu lassen?")
	joined := h.New(func() { h.Press("carl", preview, "Anschließen") })
	if len(joined) != 2 || joined[0].RootID != card.ID {
		t.Fatalf("joined by button: %+v", joined)
	}
	h.Wants(third.says("Sprechstunde"), "schon **Anliegen Nr. 1**")

	left := h.New(func() { h.Says("anna", bottest.Direct("anna"), "", "Nr. 1 zurückziehen") })
	h.Wants(left[0], "zurückgezogen und gelöscht", "Andere fragen dasselbe")
	h.Wants(left[1], "Jemand hat die eigenen Worte zurückgezogen", "> Dürfen wir Musik von KI komponieren lassen?")
	askers, err := h.Tickets.Askers(context.Background(), 1)
	if err != nil || len(askers) != 2 {
		t.Errorf("asked by %+v, %v", askers, err)
	}
}

func TestAnEditedQuestion(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	edits := func(a asker, text string) []bottest.Made {
		h.Helper()
		return h.New(func() {
			h.Now = h.Now.Add(time.Second)
			h.Check(h.Intake.Edited(context.Background(), h.Chat.Edit(a.q.ID, text)))
			h.Works()
		})
	}
	a, _ := asks(h, "anna", "Darf ich malen lassen?")
	made := edits(a, "Darf ich im Dienst malen lassen?")
	if len(made) != 2 {
		t.Fatalf("an edit made %d posts, want answer and preview", len(made))
	}
	h.Wants(made[1], "> Darf ich im Dienst malen lassen?", "Soll ich das so weitergeben?")
	card, _ := a.sends("ja")
	h.Wants(card, "> Darf ich im Dienst malen lassen?")
	made = edits(a, "Darf ich im Dienst und zu Hause malen lassen?")
	h.Wants(made[len(made)-1], "zu Ihrem Anliegen Nr. 1", "> Darf ich im Dienst und zu Hause malen lassen?")
	below, _ := a.sends("ja")
	h.Wants(below, "> Darf ich im Dienst und zu Hause malen lassen?")
	if below.RootID != card.ID {
		t.Error("the new text does not stand below the card")
	}
}

func TestLimitsOfPersonAndHouse(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Desk.Limits = desk.Limits{PerPerson: 2, InHouse: 3} })
	for _, question := range []string{"Darf ich malen lassen?", "Darf ich backen lassen?"} {
		a, _ := asks(h, "anna", question)
		a.sends("ja")
	}
	_, refused := asks(h, "anna", "Darf ich fliegen lassen?")
	h.Wants(refused, "schon 2 Anliegen", "Nr. 2 oder 1", "zurückziehen")
	b, _ := asks(h, "berta", "Darf ich tanzen lassen?")
	b.sends("ja")
	_, refused = asks(h, "carl", "Darf ich singen lassen?")
	h.Wants(refused, "keine neuen annehme", "nichts weitergegeben")
	h.New(func() { h.Says("anna", bottest.Direct("anna"), "", "Nr. 1 zurückziehen") })
	_, preview := asks(h, "anna", "Darf ich fliegen lassen?")
	h.Wants(preview, "Soll ich das so weitergeben?")
	if open, err := h.Tickets.OpenTickets(context.Background(), "", time.Time{}); err != nil || len(open) != 2 || open[0].State != officehours.Open {
		t.Errorf("open: %+v, %v", open, err)
	}
}

// What a host asks for may be a name: the reply is shown without it, and goes as it is
// where its asker wants that.
func TestAReplyThatIsANameAlone(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	card := handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
	asked := h.New(says(h, "heide", card, "!rückfrage Wer hat das gesagt?"))[0]
	dm := bottest.Direct("anna")
	shown := h.Reply(func() { h.Says("anna", dm, asked.Root(), "Petra Schäfer") })
	h.Wants(shown, `> \[Name\]`, "mehr steht nicht da", "**original**")
	h.Lacks(shown, "Schäfer")
	h.Wants(h.Reply(func() { h.Says("anna", dm, asked.Root(), "original") }), "> Petra Schäfer")
	h.Wants(h.New(func() { h.Says("anna", dm, asked.Root(), "ja") })[0], "> Petra Schäfer")
}

// A preview that was changed is shown in short; "ziehe zurück" ends it.
func TestAChangedPreviewIsShort(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "Sprechstunde") }), "Wer später dasselbe fragt")
	changed := h.Reply(func() { h.Says("anna", dm, q.ID, "schriftlich reicht") })
	h.Wants(changed, "> Darf ich", "schriftlich", "**ja**", "**mit Termin**")
	h.Lacks(changed, "Wer später dasselbe fragt")
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "ziehe die Frage zurück") }), "gebe nichts weiter")
}

// Whoever says that a question is settled before anybody has answered it has not
// changed their mind about it.
func TestSettledBeforeItIsAnswered(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.HandsOver("anna")
	made := h.New(func() { h.Says("anna", bottest.Direct("anna"), "", "geklärt, danke") })
	h.Wants(made[0], "Anliegen Nr. 1 ist damit erledigt")
	h.Lacks(made[0], "zurückgezogen")
}

// "Das reicht" may be about anything: it takes no question back that waits.
func TestWhatMayMeanAnythingTakesNothingBack(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	h.HandsOver("anna")
	h.New(func() { h.Says("anna", dm, "", "das reicht mir so, danke") })
	ticket, err := h.Tickets.TicketByNumber(t.Context(), 1)
	if err != nil || ticket.State != officehours.Open {
		t.Errorf("%s, %v", ticket.State, err)
	}
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "nein") }), "Gut")
}

// The wish to open a ticket again is no reason to be handed over.
func TestOnlyAReasonGoesAlongWithAnOpenedTicket(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]int{"anliegen 1 wieder öffnen bitte": 2, "noch offen, die Noten fehlen": 3} {
		h, dm := bottest.NewHouse(t), bottest.Direct("anna")
		card, _ := h.HandsOver("anna")
		h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })
		if made := h.New(func() { h.Says("anna", dm, "", said) }); len(made) != want {
			t.Errorf("%q: %d posts, want %d: %+v", said, len(made), want, made)
		}
	}
}

// What comes by a command has no post: one question must not be taken for another.
func TestEachCommandBringsItsOwnQuestion(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	for _, question := range []string{"Darf ich Musik komponieren lassen?", "Wer prüft Verträge mit Verlagen?"} {
		h.Wants(h.Reply(func() { h.Calls("anna", bottest.Everybody, "sprechstunde "+question) }), "> "+question, "weitergeben")
		h.Wants(h.New(func() { h.Says("anna", bottest.Direct("anna"), "", "ja") })[0], "> "+question)
	}
}

// What is said below what the bot told of one ticket does not go to another.
func TestAReplyGoesToTheTicketThatWasSpokenOf(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	first := handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
	h.New(func() { h.Says("heide", bottest.Hosts, first.ID, "!antwort Ja.") })
	h.New(func() { h.Says("anna", dm, "", "geklärt, danke") })
	second := handsOver(h, "anna", "Wer prüft Verträge mit Verlagen?")
	h.New(func() { h.Says("heide", bottest.Hosts, second.ID, "!rückfrage Um welche Verlage geht es?") })
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Nein, nur Schulbuchverlage") }), "Anliegen Nr. 2", "Schulbuchverlage")
}
