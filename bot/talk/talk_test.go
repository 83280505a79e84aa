package talk_test

import (
	"flag"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	settledQ = "Darf ich Protokolle mit KI schreiben?" // the documents answer it
	openQ    = "Darf ich Musik komponieren lassen?"    // they do not
)

func TestTalkIsAnsweredInAWordAndNotSearched(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	var made []bottest.Made
	for _, said := range []string{
		"Hallo", "wie geht's dir?", "Hallo, bist du ein Mensch?", "was kannst du alles?", "Wird das hier gespeichert?",
		"ich hätte mal eine Frage", "test", "du bist echt dumm", "Can I use KIM for my letters?", "Schreib mir eine Mail an meinen Chef",
		"Danke dir, das hat mir sehr geholfen 👍", "ok", "Tschüss",
	} {
		made = append(made, h.Reply(func() { h.Says("anna", dm, "", said) }))
	}
	h.Golden(*update, "talk", made...)
	if asked := h.Library.Searched(); len(asked) != 0 {
		t.Errorf("searched %q", asked)
	}
	for _, m := range made {
		if !m.Draft.Machine {
			t.Errorf("not marked as made by a machine: %s", m.Text)
		}
		if n := len(strings.Fields(m.Text)); n > 75 {
			t.Errorf("%d words: %s", n, m.Text)
		}
	}
}

func TestCourtesyIsTakenAwayForTheSearch(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Wants(h.Reply(func() {
		h.Says("anna", bottest.Direct("anna"), "", "Hallo liebes Team, ich hätte da eine Frage: Darf ich Protokolle mit KI schreiben? Vielen Dank und viele Grüße")
	}), "Protokolle dürfen")
	if asked := h.Library.Searched(); len(asked) != 1 || asked[0] != settledQ {
		t.Errorf("searched %q", asked)
	}
}

func TestAnswersToTheBotsQuestionAfterAnAnswer(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q := h.Says("anna", dm, "", settledQ)
	h.Library.Searched()
	says := func(text string, want ...string) {
		t.Helper()
		h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, text) }), want...)
	}
	says("ja, danke", "freut mich")
	q = h.Says("anna", dm, "", settledQ)
	says("Nein, das war nicht meine Frage.", "nicht getroffen", "„Darf ich Protokolle mit KI schreiben?“", "**ja**")
	says("zu lang", "> **Protokolle dürfen")
	says("das ist veraltet", "Fassung", "„Darf ich Protokolle")
	says("falsche Antwort", "Danke für den Hinweis")
	says("ja bitte", "> Darf ich Protokolle mit KI schreiben?", "Soll ich das so weitergeben?")
	if made := h.New(func() { h.Says("anna", dm, q.ID, "passt so") }); len(made) != 2 {
		t.Errorf("made %+v", made)
	}
	if asked := h.Library.Searched(); len(asked) != 2 || asked[1] != settledQ { // once more for what is shorter
		t.Errorf("searched %q", asked)
	}
}

func TestNoAfterNothingFoundOffersNothingTwice(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, "nein danke") }), "Gut.")
}

func TestWishForAPersonInAnyWords(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"ich will mit einem Menschen reden", "Kann mich bitte jemand zurückrufen?", "Ich möchte einen Mitarbeiter sprechen",
		"bitte an die Sprechstunde weiterleiten", "Kannst du das an einen Menschen weitergeben?", "sprechstunde bitte",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h := bottest.NewHouse(t)
			dm := bottest.Direct("anna")
			q, _ := h.Asks("anna", dm)
			h.Wants(h.Reply(func() { h.Says("anna", dm, q.ID, said) }), "> Darf ich Musik komponieren lassen?")
		})
	}
}

func TestPersonWithoutAQuestionIsAskedForIt(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("berta")
	h.Wants(h.Reply(func() { h.Says("berta", dm, "", "ich will mit einem Menschen reden") }), "Schreiben Sie mir Ihre Frage", "Donnerstag, 5. März 2026")
	h.Wants(h.Reply(func() { h.Says("berta", dm, "", openQ) }), "> "+openQ, "Soll ich das so weitergeben?")
	h.Wants(h.Reply(func() { h.Says("berta", dm, "", "nein") }), "gebe nichts weiter")
	h.Wants(h.Reply(func() { h.Says("berta", dm, "", "Sprechstunde: Wer hilft unserem Team bei Musik?") }), "> Wer hilft unserem Team bei Musik?")
}

func TestWhileAPreviewWaits(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Says("anna", dm, q.ID, "Sprechstunde")
	says := func(text string, want ...string) {
		t.Helper()
		h.Wants(h.Reply(func() { h.Says("anna", dm, "", text) }), want...)
	}
	says("ja, aber bitte schreib noch dazu, dass es um 12 Azubis geht", "> Darf ich Musik komponieren lassen?\n>\n> Es geht um 12 Azubis.")
	says("der Himmel ist blau", "**ja**, **ändern** oder **nein**")
	says("mhm", "**ja**, **ändern** oder **nein**")
	h.Lacks(h.Reply(func() { h.Says("anna", dm, "", "nimm den letzten Satz raus") }), "12 Azubis")
	says("schreib das netter", "hinter **ändern:**")
	says("Darf ich Protokolle mit KI schreiben?", "Protokolle dürfen")
	says("abbrechen", "gebe nichts weiter")
	if cards := h.Chat.Made(bottest.Hosts); len(cards) != 0 {
		t.Errorf("the hosts read %q", cards[0].Text)
	}
}

func TestTicketsByNumberStatusAndWithdrawal(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	first, _ := h.HandsOver("anna")
	second, _ := h.HandsOver("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Wie ist der Stand bei meinen Anliegen?") }), "**Nr. 2** wartet", "**Nr. 1** wartet")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Ich möchte mein Anliegen zurückziehen") }), "Nr. 2 oder 1")
	made := h.New(func() { h.Says("anna", dm, "", "Anliegen Nr. 1 bitte zurücknehmen") })
	h.Wants(made[0], "Nr. 1 ist zurückgezogen")
	if made[1].RootID != first.ID {
		t.Errorf("the hosts read it below %q", made[1].RootID)
	}
	h.Wants(h.Reply(func() { h.Says("berta", bottest.Direct("berta"), "", "Anliegen Nr. 2 bitte zurücknehmen") }), "finde kein Anliegen")
	h.New(func() { h.Says("heide", bottest.Hosts, second.ID, "!antwort Ja.") })
	made = h.New(func() { h.Says("anna", dm, "", "Nr. 2 ist geklärt") })
	h.Wants(made[0], "abgeschlossen")
	made = h.New(func() { h.Says("anna", dm, "", "doch noch offen") })
	h.Wants(made[0], "Nr. 2 ist wieder offen")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Status 2") }), "**Nr. 2** wartet")
}

func TestReasonAndReplyGoToTheHostsAfterAYes(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	card, _ := h.HandsOver("anna")
	answer := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Geht es um das erste Jahr?") })[0]
	preview := h.Reply(func() { h.Says("anna", dm, answer.ID, "Es geht um die im zweiten Jahr, insgesamt 7 Personen.") })
	h.Wants(preview, "Anliegen Nr. 1", "> Es geht um die im zweiten Jahr, insgesamt 7 Personen.")
	made := h.New(func() { h.Says("anna", dm, answer.ID, "ja") })
	h.Golden(*update, "reply_to_host", append([]bottest.Made{preview}, made...)...)
	if made[0].RootID != card.ID || made[0].ChannelID != bottest.Hosts {
		t.Errorf("the hosts read it in %s below %q", made[0].ChannelID, made[0].RootID)
	}

	answer = h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Dann ja.") })[0]
	made = h.New(func() { h.Says("anna", dm, answer.ID, "noch offen, weil mir der Ansprechpartner fehlt") })
	h.Golden(*update, "open_because", made...)
	made = h.New(func() { h.Says("anna", dm, answer.ID, "ja, gern") })
	h.Wants(made[0], "> mir der Ansprechpartner fehlt")
}

func TestThanksBelowAPersonsAnswerIsNotSearched(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	card, _ := h.HandsOver("anna")
	answer := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja.") })[0]
	h.Library.Searched()
	h.Wants(h.Reply(func() { h.Says("anna", dm, answer.ID, "Vielen Dank für die Mühe!") }), "Gern")
	h.Wants(h.New(func() { h.Says("anna", dm, answer.ID, "Hat sich erledigt, danke!") })[0], "abgeschlossen")
	if asked := h.Library.Searched(); len(asked) != 0 {
		t.Errorf("searched %q", asked)
	}
}

func TestDocumentIsShownByItsTitle(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	got := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "Wo finde ich den Aushang vom Eingang als PDF?") })
	h.Wants(got, "Aushang am Eingang", "verschicke ich nicht")
	h.Lacks(got, "Gäste melden")
	if got.Draft.About.Basis.Collections[0] != "Aushang" {
		t.Errorf("rests on %v", got.Draft.About.Basis.Collections)
	}
}

func TestAddressedMeansAnswered(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	q, _ := h.Asks("anna", bottest.Everybody)
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Everybody, q.ID, "@sprechstunde danke!") }), "Gern")
	h.Silent(func() { h.Says("anna", bottest.Everybody, q.ID, "danke!") })
	h.Wants(h.Aside(func() { h.Says("anna", bottest.Everybody, q.ID, "@sprechstunde Sprechstunde") }), "> "+openQ)
	made := h.New(func() { h.Says("anna", bottest.Everybody, q.ID, "@sprechstunde ja") })
	if len(made) != 3 || made[0].ChannelID != bottest.Hosts || made[1].ChannelID != bottest.Direct("anna") || made[2].RootID != q.ID {
		t.Errorf("made %+v", made)
	}
}

func TestTalkAboutTheBotIsNoQuestion(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	h.Wants(h.Reply(func() { h.Says("anna", bottest.Everybody, "", "Probiert mal @sprechstunde aus, der ist neu hier.") }), "Guten Tag!")
	if asked := h.Library.Searched(); len(asked) != 0 {
		t.Errorf("searched %q", asked)
	}
}

func TestNeedInAChannelIsAnsweredAlone(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	got := h.Aside(func() {
		h.Says("anna", bottest.Everybody, "", "@sprechstunde Ich habe versehentlich eine Liste mit Personendaten an eine falsche Adresse geschickt, was tun?")
	})
	h.Wants(got, "Meldestelle", "im Kanal alle mitlesen")
	crisis := h.Reply(func() {
		h.Says("berta", bottest.Direct("berta"), "", "Hallo, ich kann nicht mehr, ich will nicht mehr leben")
	})
	h.Wants(crisis, "Telefonseelsorge")
	h.Lacks(crisis, "kann falsch sein")
}

func TestWordsWaitNoLongerThanATalk(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	h.Says("anna", dm, "", settledQ)
	h.Now = h.Now.Add(3 * time.Hour)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "ja") }), "wartet kein Text")
}

func TestSeveralMessagesMakeOneQuestion(t *testing.T) {
	t.Parallel()
	h := bottest.NewHouse(t)
	dm := bottest.Direct("anna")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Hallo") }), "Guten Tag!")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "ich hätte mal eine Frage") }), "Gern")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", settledQ) }), "Protokolle dürfen")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Sprechstunde") }), "> "+settledQ)
}
