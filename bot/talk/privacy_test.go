package talk_test

import (
	"testing"

	"lvr.example/sprechstunde/bot/bottest"
)

func TestEachQuestionAboutWhatIsKeptHasItsAnswer(t *testing.T) {
	t.Parallel()
	const keeps, days, readers, name, use = "**meine Daten**. Alles löschen", "nach 30 Tagen, den Text", "lesen nur Sie und ich", "Ich selbst kenne Ihr Konto", "Ich lerne nicht"
	for said, want := range map[string]string{
		"Was speichern Sie von dieser Unterhaltung?": keeps, "speicherst du was ich schreibe": keeps, "Wie lange bleibt mein Text gespeichert?": days,
		"wie lange speicherst du meine fragen": days, "Wann werden meine Fragen gelöscht?": days, "Kann mein Chef das sehen?": readers, "Wer liest das hier mit?": readers,
		"Kann die IT meine Chats lesen?": readers, "Ist das hier anonym?": name, "steht mein name dabei": name, "wird mit meinen fragen trainiert": use, "werden meine fragen ausgewertet": use,
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := bottest.NewHouse(t), bottest.Direct("anna")
			h.Wants(h.Reply(func() { h.Says("anna", dm, "", said) }), want)
			if asked := h.Library.Searched(); len(asked) != 0 {
				t.Errorf("searched %q", asked)
			}
		})
	}
}

func TestATalkAboutWhatIsKeptGoesOn(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"Wie lange?": "nach 30 Tagen", "und wann ist das weg": "nach 30 Tagen", "Kann meine Vorgesetzte das lesen?": "lesen nur Sie und ich", "wer liest das": "lesen nur Sie und ich",
		"ist das anonym": "Ich selbst kenne Ihr Konto", "Zeigen Sie mir meine Daten.": "per Nachricht", "Dann löschen Sie alles.": "per Nachricht", "lösch das bitte alles": "per Nachricht",
		"alles weg damit": "per Nachricht", "und deine eigenen Logs": "**meine Daten**",
	} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			h, dm := bottest.NewHouse(t), bottest.Direct("anna")
			h.Says("anna", dm, "", settledQ)
			h.Library.Searched()
			h.Says("anna", dm, "", "Was speichern Sie von dieser Unterhaltung?")
			h.Wants(h.Reply(func() { h.Says("anna", dm, "", said) }), want)
			if asked := h.Library.Searched(); len(asked) != 0 {
				t.Errorf("searched %q", asked)
			}
		})
	}
}
