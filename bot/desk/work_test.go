package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/desk"
	"lvr.example/sprechstunde/bot/officehours"
)

// handsOver takes a question of its own of the user to the hosts.
func handsOver(h *bottest.House, user, text string) (card bottest.Made) {
	h.Helper()
	dm := bottest.Direct(user)
	var q chat.Post
	h.New(func() { q = h.Says(user, dm, "", text) })
	h.New(func() { h.Says(user, dm, q.ID, "Sprechstunde") })
	made := h.New(func() { h.Says(user, dm, q.ID, "ja") })
	for _, m := range made {
		if m.ChannelID == bottest.Hosts {
			return m
		}
	}
	h.Fatalf("a yes made no card: %+v", made)
	return bottest.Made{}
}

func says(h *bottest.House, user string, card bottest.Made, text string) func() {
	return func() { h.Says(user, bottest.Hosts, card.ID, text) }
}

func TestHostsWorkByWords(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	card, _ := h.HandsOver("anna")
	made := h.New(says(h, "holger", card, "!übernehmen"))
	h.Golden(*update, "claimed", made...)
	h.Golden(*update, "taken", h.Reply(says(h, "heide", card, "!übernehmen")), h.Reply(says(h, "holger", card, "!übernehmen")))
	h.Golden(*update, "asked_back", h.New(says(h, "holger", card, "!rückfrage Um wie viele **Personen** geht es?"))...)
	h.Golden(*update, "given_back", h.New(says(h, "heide", card, "!zurück"))...)
	h.Wants(h.Reply(says(h, "heide", card, "!zurück")), "niemand übernommen")
	h.Golden(*update, "move_how", h.Reply(says(h, "heide", card, "!verschieben")))
	h.Golden(*update, "moved", h.New(says(h, "heide", card, "!verschieben 12.03."))...)
	h.Golden(*update, "moved_format", h.New(says(h, "heide", card, "!verschieben Ethikrunde"))...)
	h.Wants(h.Reply(says(h, "heide", card, "!verschieben 31.02.")), "Wohin soll")
	h.Wants(h.New(says(h, "heide", card, "!vertagen"))[0], "20. April 2026")
	h.Wants(h.Reply(says(h, "heide", card, "!oben")), "steht jetzt oben")
	h.Wants(h.Reply(says(h, "heide", card, "!schließen")), "warum Sie es schließen", "nichts geändert")
	h.Golden(*update, "closed", h.New(says(h, "heide", card, "!schließen Das steht jetzt in der **Leitlinie**."))...)
	h.Wants(h.Reply(says(h, "heide", card, "!übernehmen")), "schon abgeschlossen")
	if reopened := h.New(func() { h.Says("anna", bottest.Direct("anna"), "", "noch offen 1") }); len(reopened) != 2 {
		t.Errorf("what a host has closed is not opened again: %+v", reopened)
	}
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!übernehmen") }), "nicht, welches Anliegen")
	h.Silent(func() { h.Says("heide", bottest.Hosts, card.ID, "Übernimmst du das, Holger?") })
}

func TestHostsWorkByButtons(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	card, _ := h.HandsOver("anna")
	if len(card.Draft.Buttons) != 7 {
		t.Fatalf("a card has the buttons %+v", card.Draft.Buttons)
	}
	first := h.New(func() { h.Press("holger", card, "Übernehmen") })
	if len(first) != 2 || first[0].RootID != card.ID {
		t.Fatalf("made %+v", first)
	}
	h.Wants(h.Reply(func() { h.Press("heide", card, "Übernehmen") }), "Danke!", "holger")
	h.Wants(h.Reply(func() { h.Press("heide", card, "Antworten") }), "`!antwort`")
	h.Wants(h.Reply(func() { h.Press("heide", card, "Verschieben") }), "Wohin soll")
	h.Wants(h.Reply(func() { h.Press("heide", card, "Zusammenführen") }), "Mit welchem Anliegen")
	h.Wants(h.New(func() { h.Press("heide", card, "Zurückgeben") })[0], "wieder frei")
	h.Wants(h.Reply(func() { h.Press("heide", card, "Schließen") }), "`!schließen`")
	if left := h.Chat.Buttons(card.ID); len(left) != 7 {
		t.Errorf("left are %+v", left)
	}
}

func TestMergedTicketsAreAnsweredForAll(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	first := handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
	second := handsOver(h, "berta", "Ist Malen lassen erlaubt?")
	h.Golden(*update, "merge_how", h.Reply(says(h, "heide", second, "!zusammen")))
	h.Wants(h.Reply(says(h, "heide", second, "!zusammen mit 99")), "finde ich nicht")
	h.Wants(h.Reply(says(h, "heide", second, "!zusammen mit 2")), "finde ich nicht")
	h.Golden(*update, "merged", h.New(says(h, "heide", second, "!zusammen mit Nr. 1"))...)
	h.Wants(h.Reply(says(h, "heide", second, "!antwort Ja.")), "zusammengeführt", "nichts verschickt")
	made := h.New(says(h, "heide", first, "!antwort Ja."))
	if len(made) != 3 || made[0].ChannelID != bottest.Direct("anna") || made[1].ChannelID != bottest.Direct("berta") {
		t.Fatalf("made %+v", made)
	}
	h.Wants(made[1], "> Ist Malen lassen erlaubt?")
	h.Lacks(made[1], "Musik", "anna")
	h.Wants(made[2], "den Personen, die gefragt haben")
	// A word below the old notice means the ticket that stays.
	h.New(func() { h.Says("berta", bottest.Direct("berta"), made[1].ID, "geklärt") })
	after, err := h.Tickets.Askers(context.Background(), 1)
	h.Check(err)
	if len(after) != 2 || after[1].State != officehours.Helped {
		t.Errorf("askers %+v", after)
	}
}

func TestASlipIsAskedAbout(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Buttons = true })
	card, _ := h.HandsOver("anna")
	for _, slip := range []string{"!anwort Ja.", "! antwort Ja.", "Antwort: Ja.", "!antwrot", "!beantworten ja"} {
		h.Wants(h.Reply(says(h, "heide", card, slip)), "Meinten Sie `!antwort`?", "nichts verschickt")
	}
	h.Wants(h.Reply(says(h, "heide", card, "!hilfe")), "`!rückfrage`", "`!schließen`")
	for _, word := range []string{"übernehme", "Erledigt."} {
		h.Wants(h.Reply(says(h, "heide", card, word)), "Meinten Sie `!"+strings.ToLower(strings.Trim(word, "."))+"`?", "nichts geändert")
	}
	for said, word := range map[string]string{
		"übernehme ich": "übernehmen", "Ich kümmere mich drum": "übernehmen", "ich mach das": "übernehmen", "!übernehmn": "übernehmen", "!shließen": "schließen",
	} {
		h.Wants(h.Reply(says(h, "heide", card, said)), "Meinten Sie `!"+word+"`?", "nichts geändert")
	}
	h.Wants(h.Reply(says(h, "heide", card, "offen")), "Nr. 1")
	h.Wants(h.Reply(says(h, "heide", card, "!blubb")), "kenne ich nicht", "`!hilfe`", "nichts geändert")
	h.Wants(h.Reply(says(h, "heide", card, "was kann ich hier schreiben?")), "`!rückfrage`", "`!schließen`")
	for _, talk := range []string{"Antwort kommt morgen.", "Ich übernehme das morgen.", "Ich bin dran!", "!!! bitte", "Was heißt das: Ja?"} {
		h.Silent(says(h, "heide", card, talk))
	}
	root := h.Says("heide", bottest.Hosts, "", "Wer kommt heute?")
	h.Silent(func() { h.Says("holger", bottest.Hosts, root.ID, "!anwort gern") })

	// Mended in place, or by the button, it goes out.
	var post chat.Post
	asked := h.Reply(func() { post = h.Says("heide", bottest.Hosts, card.ID, "!anwort Ja, gern.") })
	h.Wants(h.Reply(func() { h.Press("holger", asked, "Als Antwort schicken") }), "nicht, welches Anliegen") // it is not holger's
	made := h.New(func() {
		h.Now = h.Now.Add(time.Second)
		h.Check(h.Intake.Edited(context.Background(), h.Chat.Edit(post.ID, "!antwort Ja, gern.")))
		h.Works()
	})
	if len(made) != 2 {
		t.Fatalf("made %+v", made)
	}
	h.Wants(made[0], "> Ja, gern.")
	asked = h.Reply(says(h, "heide", card, "Antwort: Und vergessen Sie die GEMA nicht."))
	h.Wants(h.New(func() { h.Press("heide", asked, "Als Antwort schicken") })[0], "> Und vergessen Sie die GEMA nicht.")
}

func TestCorrectionsAndDeletionsReachTheAsker(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	card, _ := h.HandsOver("anna")
	var post chat.Post
	h.New(func() { post = h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja, ab Februar.") })
	edits := func(text string) func() {
		return func() {
			h.Now = h.Now.Add(time.Second)
			edited := h.Chat.Edit(post.ID, text)
			for range 2 { // events are repeated
				h.Check(h.Intake.Edited(context.Background(), edited))
			}
			h.Works()
		}
	}
	h.Golden(*update, "corrected", h.New(edits("!antwort Ja, aber erst ab **März**."))...)
	h.Silent(edits("!antwort Ja, aber erst ab **März**."))
	h.Wants(h.Reply(edits("!antwort")), "weiter die alte Fassung")
	deleted := h.New(func() {
		h.Now = h.Now.Add(time.Second)
		h.Chat.Remove(post.ID)
		for range 2 {
			h.Check(h.Intake.Deleted(context.Background(), post.ID))
		}
		h.Works()
	})
	h.Golden(*update, "retracted", deleted...)
	if ticket, err := h.Tickets.TicketByNumber(context.Background(), 1); err != nil || ticket.State != officehours.Open {
		t.Errorf("after its answer was taken back the ticket is %+v, %v", ticket, err)
	}
}

func TestAQuestionBackAndItsReply(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	card, _ := h.HandsOver("anna")
	asked := h.New(says(h, "heide", card, "!antwort Rückfrage: Geht es um Auszubildende im ersten Jahr?"))
	h.Wants(asked[0], "Rückfrage zu Ihrem Anliegen Nr. 1", "> Geht es um Auszubildende")
	h.Lacks(asked[0], "geklärt", "**Antwort")
	preview := h.Reply(func() { h.Says("anna", dm, asked[0].ID, "Es geht um die im zweiten Jahr, insgesamt 7 Personen.") })
	h.Wants(preview, "zu Ihrem Anliegen Nr. 1", "> Es geht um die im zweiten Jahr")
	made := h.New(func() { h.Says("anna", dm, asked[0].ID, "ja") })
	if len(made) != 2 || made[0].RootID != card.ID {
		t.Fatalf("made %+v", made)
	}
	h.Lacks(made[0], "anna")
	if ticket, err := h.Tickets.TicketByNumber(context.Background(), 1); err != nil || ticket.State != officehours.Claimed || ticket.HostID != "heide" {
		t.Errorf("the ticket is %+v, %v", ticket, err)
	}
}

func TestAnswersAreSignedAsTheHouseDecides(t *testing.T) {
	t.Parallel()
	for sign, want := range map[string]string{desk.SignNobody: "einem Menschen aus dem Kreis", desk.SignName: "Heide Muster", desk.SignFunction: "KI-Lotsin"} {
		h := bottest.NewHouse(t, func(c *bottest.Setup) { c.Desk.Hosts.Sign = sign })
		h.Chat.AddUser("heide", func(u *chat.User) { u.Name, u.Function = "Heide Muster", "KI-Lotsin" })
		card, _ := h.HandsOver("anna")
		made := h.New(says(h, "heide", card, "!antwort Ja."))
		h.Wants(made[0], want)
		if sign != desk.SignName {
			h.Lacks(made[0], "Heide", "heide")
		}
	}
}

func TestListsAndAgendaOfHosts(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!offen") }), "kein Anliegen offen")
	first := handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
	h.Now = h.Now.Add(time.Hour)
	handsOver(h, "berta", "Ist Malen lassen erlaubt?")
	third := handsOver(h, "carl", "Darf ich Gedichte schreiben lassen?")
	h.New(says(h, "holger", first, "!übernehmen"))
	h.New(says(h, "holger", third, "!oben"))
	h.Golden(*update, "open", h.Reply(func() { h.Says("heide", bottest.Hosts, "", "@sprechstunde welche Anliegen sind noch offen?") }))
	h.Golden(*update, "agenda", h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!agenda") }))
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!agenda 12.03.") }), "noch nichts auf der Liste")
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!agenda Ethikrunde") }), "Ethikrunde")
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!agenda 1.1.") }), "finde ich im Kalender nicht")

	h.New(says(h, "holger", first, "!antwort Ja, mit Hinweis."))
	h.New(says(h, "holger", third, "!vertagen"))
	h.Now = time.Date(2026, time.March, 5, 15, 0, 0, 0, time.UTC)
	minutes := h.New(func() { h.Says("heide", bottest.Hosts, "", "!niederschrift") })
	h.Golden(*update, "minutes", minutes...)
	if len(minutes) != 2 || minutes[1].ChannelID != bottest.Direct("heide") {
		t.Fatalf("%+v", minutes)
	}
	document := minutes[1]
	document.Text, document.ChannelID = string(document.Draft.Files[0].Content), document.Draft.Files[0].Name
	h.Golden(*update, "minutes_document", document)
}

// Minutes go to who looks after the format, while that is one of the house's staff.
func TestMinutesGoToWhoLooksAfterTheFormat(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*chat.User){
		"staff": nil, "deactivated": func(u *chat.User) { u.Deactivated = true }, "a guest by now": func(u *chat.User) { u.Guest = true },
	} {
		h := bottest.NewHouse(t, func(c *bottest.Setup) {
			formats := c.Desk.Calendar.Formats()
			formats[0].Owner = "carl"
			calendar, err := officehours.NewCalendar(c.Desk.Calendar.Zone(), formats)
			if err != nil {
				t.Fatal(err)
			}
			c.Desk.Calendar = calendar
		})
		if change != nil {
			h.Chat.AddUser("carl", change)
		}
		handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
		h.Now = time.Date(2026, time.March, 5, 15, 0, 0, 0, time.UTC)
		got := false
		for _, m := range h.New(func() { h.Says("heide", bottest.Hosts, "", "!niederschrift") }) {
			got = got || m.ChannelID == bottest.Direct("carl")
		}
		if got != (change == nil) {
			t.Errorf("%s: gets the minutes: %v", name, got)
		}
	}
}

func TestPracticeIsOnNoList(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	made := h.New(func() { h.Says("heide", bottest.Hosts, "", "!probe") })
	if len(made) != 2 || made[0].RootID != "" {
		t.Fatalf("made %+v", made)
	}
	h.Golden(*update, "practice", made...)
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!offen") }), "kein Anliegen offen")
	answered := h.New(says(h, "holger", made[0], "!antwort Ja."))
	if len(answered) != 2 || answered[0].ChannelID != bottest.Direct("heide") {
		t.Errorf("made %+v", answered)
	}
	if closed := h.New(says(h, "heide", made[0], "!schließen")); len(closed) != 2 {
		t.Errorf("made %+v", closed)
	}
}

// tick lets the house say what is due, in two replicas.
func tick(h *bottest.House) func() {
	return func() {
		for range 2 {
			h.Check(h.Desk.Tick(context.Background(), h.Pipeline))
		}
		h.Works()
	}
}

func TestTheHouseSaysWhatIsDueOnce(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t) // Tuesday, 10:00 in Berlin
	dm := bottest.Direct("anna")
	handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
	h.Golden(*update, "daily", h.New(tick(h))...)
	h.Silent(tick(h))
	h.Golden(*update, "remind_on", h.Reply(func() { h.Says("anna", dm, "", "Bitte erinnern Sie mich!") }))
	h.Now = time.Date(2026, time.March, 4, 14, 0, 0, 0, time.UTC)
	h.Golden(*update, "reminder_day", h.New(tick(h))...)
	h.Silent(tick(h))
	h.Now = time.Date(2026, time.March, 5, 12, 10, 0, 0, time.UTC)
	h.Golden(*update, "reminder_hour", h.New(tick(h))...)
	h.Silent(tick(h))

	// The session is over and the ticket goes on.
	h.Now = time.Date(2026, time.March, 5, 17, 0, 0, 0, time.UTC)
	h.Golden(*update, "postponed", h.New(tick(h))...)
	h.Silent(tick(h))
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "nicht mehr erinnern") }), "erinnere Sie nicht mehr")
	h.Now = time.Date(2026, time.March, 12, 12, 30, 0, 0, time.UTC) // over a week, and an hour before
	waiting := h.New(tick(h))
	h.Golden(*update, "waiting", waiting...)
	h.Silent(tick(h))
	if ticket, err := h.Tickets.TicketByNumber(context.Background(), 1); err != nil || ticket.State != officehours.Open {
		t.Errorf("the clock made the ticket %+v, %v", ticket, err)
	}
}

func TestNoHostIsNoHost(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
	for _, text := range []string{"!offen", "!agenda", "!probe", "!übernehmen"} {
		for _, m := range h.New(func() { h.Says("berta", bottest.Direct("berta"), "", text) }) {
			h.Lacks(m, "Musik", "Anliegen Nr. 1")
		}
	}
	h.Wants(h.Reply(func() { h.Says("heide", bottest.Direct("heide"), "", "!antwort 1 Ja.") }), "nicht, zu welchem Anliegen")
}

// TestHostsStepsHappenOnceThoughTheWorkerDies takes each step of hosts with the
// worker dying after each change of the store.
func TestHostsStepsHappenOnceThoughTheWorkerDies(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(change func(*bottest.Setup)) *bottest.House{
		"memory":     func(change func(*bottest.Setup)) *bottest.House { return bottest.NewHouse(t, change) },
		"PostgreSQL": func(change func(*bottest.Setup)) *bottest.House { return bottest.NewHouseOn(t, onPostgres(t), change) },
	} {
		var stores *crashing
		h := open(func(c *bottest.Setup) {
			stores = &crashing{Store: c.Desk.Store}
			c.Desk.Store = stores
		})
		persists := func(want int, step func()) []bottest.Made {
			h.Helper()
			made := h.New(func() {
				step()
				for range 3 {
					h.Wakes(2 * time.Minute)
				}
			})
			if len(made) != want {
				h.Fatalf("%s: a step made %d posts, want %d: %+v", name, len(made), want, made)
			}
			return made
		}
		ask := func(user, text string) bottest.Made {
			dm := bottest.Direct(user)
			var q chat.Post
			persists(1, func() { q = h.Says(user, dm, "", text) })
			persists(1, func() { h.Says(user, dm, q.ID, "Sprechstunde") })
			return persists(2, func() { h.Says(user, dm, q.ID, "ja") })[0]
		}
		first, second := ask("anna", "Darf ich Musik komponieren lassen?"), ask("berta", "Ist Malen lassen erlaubt?")
		persists(2, says(h, "heide", first, "!übernehmen"))
		persists(1, says(h, "holger", first, "!übernehmen"))
		persists(2, says(h, "heide", first, "!zurück"))
		persists(3, says(h, "heide", second, "!zusammen 1")) // both cards, and berta alone
		persists(3, says(h, "heide", first, "!verschieben 12.03."))
		persists(3, says(h, "heide", first, "!rückfrage Wozu?"))
		var post chat.Post
		persists(3, func() { post = h.Says("heide", bottest.Hosts, first.ID, "!antwort Ja.") })
		persists(3, func() {
			h.Check(h.Intake.Edited(context.Background(), h.Chat.Edit(post.ID, "!antwort Nein.")))
			h.Works()
		})
		persists(3, func() {
			h.Chat.Remove(post.ID)
			h.Check(h.Intake.Deleted(context.Background(), post.ID))
			h.Works()
		})
		persists(3, says(h, "heide", first, "!schließen Das war ein Irrtum."))
	}
}

func TestConfigSaysWhatIsWrongWithHosts(t *testing.T) {
	t.Parallel()
	_, err := desk.New(desk.Config{Hosts: desk.Hosts{Sign: "vollname", Absent: []string{"heide 2026-03-13 2026-03-02"}}})
	if err == nil || !strings.Contains(err.Error(), "Hosts.Sign") || !strings.Contains(err.Error(), "heide.host 2026-03-02") {
		t.Errorf("New = %v", err)
	}
}

func TestTheAgendaShowsWhatAllHostsMayReadOfTheDocuments(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	handsOver(h, "anna", "Darf ich Protokolle mit KI schreiben?")
	handsOver(h, "carl", "Sortiert die KI eine Bewerbung vor, die per Mail kommt?")
	agenda := h.Reply(func() { h.Says("heide", bottest.Hosts, "", "!agenda") })
	h.Wants(agenda, "Bewerbung", "Vorschlag aus den Dokumenten: „Protokolle dürfen", "KI-Leitlinie")
	h.Lacks(agenda, "Bewerbungen sortiert", "Vermerk") // carl may read that, the hosts may not
}

// TestOfAHundredWhoAskAllAreTold has a hundred people ask one ticket: each hears of each
// step once, in a message of their own, and the hosts read a number that is rounded.
func TestOfAHundredWhoAskAllAreTold(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func() *bottest.House{
		"memory":     func() *bottest.House { return bottest.NewHouse(t) },
		"PostgreSQL": func() *bottest.House { return bottest.NewHouseOn(t, onPostgres(t)) },
	} {
		h := open()
		card := handsOver(h, "anna", "Darf ich Musik komponieren lassen?")
		who := []string{"anna"}
		for n := range 99 {
			user := fmt.Sprintf("person%02d", n)
			h.Chat.AddUser(user)
			joins(h, user, 1)
			who = append(who, user)
		}
		for _, step := range []struct{ word, told string }{
			{"!übernehmen", "Nr. 1"}, {"!rückfrage Wozu?", "Wozu?"}, {"!antwort Ja.", "Ja."}, {"!schließen Bis bald.", "Bis bald."},
		} {
			told := map[string]int{}
			for _, m := range h.New(says(h, "heide", card, step.word)) {
				if m.ChannelID != bottest.Hosts {
					h.Wants(m, step.told)
					told[m.ChannelID]++
				}
			}
			for _, user := range who {
				if told[bottest.Direct(user)] != 1 {
					t.Errorf("%s: %s is told %d times of %q", name, user, told[bottest.Direct(user)], step.word)
				}
			}
			if len(told) != len(who) {
				t.Errorf("%s: %d people are told of %q", name, len(told), step.word)
			}
		}
	}
}

// joins has somebody join a ticket as a preview's button does.
func joins(h *bottest.House, user string, number int64) {
	h.Helper()
	id := uuid.NewString()
	preview, err := h.Tickets.Propose(h.Context(), officehours.Handover{
		QuestionID: id, AskerID: user, Text: "Darf man Musik komponieren lassen?", Joins: number, State: officehours.Proposed, CreatedAt: h.Now, ShownAt: h.Now,
	})
	h.Check(err)
	_, err = h.Tickets.Join(h.Context(), preview.ID, number, id, h.Now)
	h.Check(err)
}
