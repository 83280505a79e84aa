package talk_test

import (
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
)

// previewShown is a house where a preview of anna's has just been shown, in the thread
// of this question.
func previewShown(t *testing.T) (h *bottest.House, dm, thread string) {
	t.Helper()
	h, dm = bottest.NewHouse(t), bottest.Direct("anna")
	q, _ := h.Asks("anna", dm)
	h.Says("anna", dm, q.ID, "Sprechstunde")
	return h, dm, q.ID
}

// previewBehind is one where a question was answered since.
func previewBehind(t *testing.T) (h *bottest.House, dm string) {
	t.Helper()
	h, dm, _ = previewShown(t)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", settledQ) }), "Protokolle dürfen")
	return h, dm
}

func TestABareYesAfterAnAnswerSendsNoPreviewBefore(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"passt, merci", "passt", "ja", "ok super", "danke, passt so", "👍", "weiter"} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := previewBehind(t)
			h.Lacks(h.Reply(func() { h.Says("anna", dm, "", said) }), "Nr. 1", "gebe nichts weiter")
			if cards := h.Chat.Made(bottest.Hosts); len(cards) != 0 {
				t.Errorf("the hosts read %q", cards[0].Text)
			}
			h.Wants(h.New(func() { h.Says("anna", dm, "", "abschicken") })[0], "Darf ich Musik komponieren lassen?")
		})
	}
}

func TestANoTakesAPreviewBackWhateverWasSaidInBetween(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"nein", "nein danke", "ne doch nicht", "lass gut sein", "schon gut", "zurückziehen", "zieht die Frage zurück", "ich brauch das nicht mehr", "hat sich erledigt",
		"abbrechen", "nee, vergesst es",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := previewBehind(t)
			h.Wants(h.Reply(func() { h.Says("anna", dm, "", said) }), "gebe nichts weiter")
			h.Wants(h.Reply(func() { h.Says("anna", dm, "", "abschicken ja") }), "Zurzeit wartet kein Text")
		})
	}
}

func TestAWordThatSaysSoDecidesAPreviewBefore(t *testing.T) {
	t.Parallel()
	h, dm := previewBehind(t)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "ändern: Darf ich Lieder komponieren lassen?") }), "> Darf ich Lieder")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", settledQ) }), "Protokolle dürfen")
	h.Wants(h.New(func() { h.Says("anna", dm, "", "ja, bitte abschicken") })[0], "Darf ich Lieder")
}

// A bare yes to nothing that was asked since shows the preview once more; only the next
// one sends it.
func TestABareYesAfterSomethingElseShowsThePreviewAgain(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"ja", "passt"} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := previewBehind(t)
			h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Wird das hier gespeichert?") }), "30 Tage")
			h.Wants(h.Reply(func() { h.Says("anna", dm, "", said) }), "die Vorschau von vorhin", "> Darf ich Musik")
			if made := h.New(func() { h.Says("anna", dm, "", "ja") }); len(made) != 2 {
				t.Errorf("made %+v", made)
			}
		})
	}
}

// What is no word to a preview is answered as if none were there, and leaves it waiting.
func TestAPreviewWaitsWhileSomethingElseIsSaid(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"hallo": "Guten Tag!", "danke": "Gern", "stand": "Noch nicht weitergegeben", "hab ich noch was offen bei euch?": "Noch nicht weitergegeben",
		"ich warte schon ewig": "Noch nicht weitergegeben", "Dann löschen Sie alles von mir.": "Das geht hier nicht", "bist du ein Mensch?": "Programm",
		settledQ: "Protokolle dürfen", "Wann ist die nächste Sprechstunde?": "5. März",
	} {
		for _, between := range []bool{false, true} {
			t.Run(said, func(t *testing.T) {
				t.Parallel()
				h, dm, _ := previewShown(t)
				if between {
					h.Says("anna", dm, "", settledQ)
				}
				reply := h.Reply(func() { h.Says("anna", dm, "", said) })
				h.Wants(reply, want)
				h.Lacks(reply, "Vorschau von vorhin", "nicht verstanden", "gebe nichts weiter")
				h.Wants(h.New(func() { h.Says("anna", dm, "", "ja, abschicken") })[0], "Darf ich Musik komponieren lassen?")
			})
		}
	}
}

// What one asks of a preview before a yes leaves it as it was shown.
func TestAYesAfterAQuestionAboutThePreviewSendsIt(t *testing.T) {
	t.Parallel()
	for _, asked := range []string{"Wer liest das eigentlich?", "stand", "bist du ein Mensch?"} {
		t.Run(asked, func(t *testing.T) {
			t.Parallel()
			h, dm, thread := previewShown(t)
			h.Says("anna", dm, thread, asked)
			if made := h.New(func() { h.Says("anna", dm, thread, "los gehts") }); len(made) != 2 {
				t.Errorf("made %+v", made)
			}
		})
	}
}

// Who was asked whether to forget everything answers that, and no preview.
func TestAYesToForgettingSendsNoPreview(t *testing.T) {
	t.Parallel()
	h, dm := previewBehind(t)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "vergiss mich") }), "Das geht hier nicht")
	for _, m := range h.New(func() { h.Says("anna", dm, "", "ja") }) {
		if m.ChannelID == bottest.Hosts {
			t.Errorf("the hosts read %q", m.Text)
		}
	}
}

// answeredByHost is a house where a person has just answered a ticket of anna's.
func answeredByHost(t *testing.T) (h *bottest.House, dm string, card bottest.Made) {
	t.Helper()
	h, dm = bottest.NewHouse(t), bottest.Direct("anna")
	card, _ = h.HandsOver("anna")
	h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Ja, mit Hinweis.") })
	return h, dm, card
}

// What is said right below a person's answer about it is shown, to go to who gave it, in
// full; another question is for the documents, and a greeting for nobody.
func TestWhatIsSaidAboutAPersonsAnswerGoesToItsHosts(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"Ist das Ihre Meinung oder die des Hauses?": "> Ist das Ihre Meinung oder die des Hauses?",
		"das lässt Nummer 11 der DA außer Acht":     "> das lässt Nummer 11 der DA außer Acht",
		"und wenn nur einer danebensteht?":          "> und wenn nur einer danebensteht?",
		"aber bei uns sind es drei Leute":           "> aber bei uns sind es drei Leute",
		"das stimmt so aber nicht":                  "> das stimmt so aber nicht",
		settledQ:                                    "Protokolle dürfen",
		"Waidmannsheil!":                            "Guten Tag!",
		"Wann ist die nächste Sprechstunde?":        "5. März",
		"danke":                                     "Gern",
		"nachtrag: es ist die Station 4":            "> nachtrag: es ist die Station 4",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm, _ := answeredByHost(t)
			reply := h.Reply(func() { h.Says("anna", dm, "", said) })
			h.Wants(reply, want)
			if strings.HasPrefix(want, ">") {
				h.Wants(reply, "Anliegen Nr. 1")
			}
		})
	}
}

// What is said goes to the ticket that was spoken of last; one that is settled is over,
// unless its answer was brought just now.
func TestWhatIsAddedGoesToTheTicketSpokenOfLast(t *testing.T) {
	t.Parallel()
	h, dm := bottest.NewHouse(t), bottest.Direct("anna")
	first, _ := h.HandsOver("anna")
	h.New(func() { h.Says("heide", bottest.Hosts, first.ID, "!antwort Ja.") })
	h.New(func() { h.Says("anna", dm, "", "geklärt") })
	h.Now = h.Now.Add(time.Hour)
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "Waidmannsheil!") }), "Guten Tag!")
	h.HandsOver("anna")
	h.Says("anna", dm, "", "stand")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "nachtrag: es ist die Station 4, Gerät ist schon da") }), "Anliegen Nr. 2")
	h.Says("anna", dm, "", "nein")
	h.Wants(h.Reply(func() { h.Says("anna", dm, "", "doch noch offen") }), "Welches Anliegen meinen Sie: Nr. 1?")
	h.Wants(h.New(func() { h.Says("anna", dm, "", "noch offen 1") })[0], "Nr. 1 ist wieder offen")
}

// The reason goes along however it is put, and the next answer repeats it.
func TestTheReasonWhySomethingIsOpenGoesAlong(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"hilft mir nicht, es geht auch um Halternamen":       "> es geht auch um Halternamen",
		"noch offen, wir haben auch Namen von Pächtern drin": "> wir haben auch Namen von Pächtern drin",
		"noch offen, weil der Chor klein ist":                "> der Chor klein ist",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm, card := answeredByHost(t)
			made := h.New(func() { h.Says("anna", dm, "", said) })
			if len(made) != 3 {
				t.Fatalf("made %+v", made)
			}
			h.Wants(made[2], want)
			h.New(func() { h.Says("anna", dm, "", "ja") })
			again := h.New(func() { h.Says("heide", bottest.Hosts, card.ID, "!antwort Auch dann.") })[0]
			h.Wants(again, "> Darf ich Musik komponieren lassen?", "Dazu haben Sie geschrieben:", want)
		})
	}
}

// The same wish once more shows the preview that waits, and puts none in its place.
func TestTheSameWishShowsTheSamePreview(t *testing.T) {
	t.Parallel()
	h, dm, thread := previewShown(t)
	again := h.Reply(func() { h.Says("anna", dm, thread, "Sprechstunde") })
	h.Wants(again, "> Darf ich Musik", "**ja**")
	h.Lacks(again, "frühere Vorschau", "Wer später dasselbe fragt")
}

func TestWhatIsAddedToAPreviewStandsWithoutTheWordsThatLeadToIt(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"und dazu noch: es ist eine alte Aufnahme":           "> es ist eine alte Aufnahme",
		"schreib noch rein dass es um die Adventsfeier geht": "> Es geht um die Adventsfeier.",
		"schreibt dazu dass die Zeit drängt, es eilt":        "> dass die Zeit drängt, es eilt",
		"ergänze bitte: wir arbeiten in Essen":               "> wir arbeiten in Essen",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm, thread := previewShown(t)
			h.Wants(h.Reply(func() { h.Says("anna", dm, thread, said) }), "> Darf ich Musik komponieren lassen?\n>\n"+want+"\n")
		})
	}
}
