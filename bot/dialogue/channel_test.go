package dialogue

import "testing"

func TestWordsThatSetAChannel(t *testing.T) {
	t.Parallel()
	e, err := New("LeanCoffee")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"nur auf Erwähnung": ModeMentions, "Bitte nur auf Erwähnung antworten!": ModeMentions, "Antworte hier nur bei Erwähnung": ModeMentions,
		"Kanal aus": ModeOff, "Kanal: aus": ModeOff, "hier aus": ModeOff, "schalte dich hier bitte aus": "", "schalte dich aus": ModeOff, "hier nicht mehr antworten": ModeOff,
		"Kanal leise": ModeOff, "bitte hier stumm": ModeOff, "sei hier bitte leise": "", "Kanal stumm": ModeOff, "Kanal an": ModeThreads, "auch in Threads": ModeThreads, "bitte auch in Threads antworten": ModeThreads,
		"nur privat antworten": ModePrivate, "antworte hier nur privat": ModePrivate,
		"erst prüfen": ModeReview, "Antworten erst nach Prüfung": ModeReview, "Kanal: nur nach Freigabe": ModeReview,
		"Kanal": "show", "Modus?": "show",
	} {
		act := e.Hear(Heard{Text: text, Place: Channel})
		switch {
		case want == "show":
			if act.Kind != ChannelMode || act.Text != "" {
				t.Errorf("%q: %s %q, want to be shown", text, act.Kind, act.Text)
			}
		case want != "" && (act.Kind != ChannelMode || act.Text != want):
			t.Errorf("%q: %s %q, want %q", text, act.Kind, act.Text, want)
		}
	}
	for _, text := range []string{
		"Darf ich KI nur privat nutzen?", "Wann wird das Tool ausgeschaltet?", "Kanal für Ethikfragen?", "Muss ich das Ergebnis erst prüfen?", "hallo", "nicht hilfreich", "nicht mehr", "aus", "privat",
		"Wie lange dauert die Prüfung?", "Ist das nur nach Freigabe erlaubt?",
	} {
		if act := e.Hear(Heard{Text: text, Place: Channel}); act.Kind == ChannelMode {
			t.Errorf("%q sets the channel", text)
		}
	}
	if act := e.Hear(Heard{Text: "aus", Place: Direct}); act.Kind == ChannelMode {
		t.Error("a direct message has a mode")
	}
	if act := Commanded("kanal nur auf Erwähnung"); act.Kind != ChannelMode || act.Text != "nur auf Erwähnung" {
		t.Errorf("command: %+v", act)
	}
}
