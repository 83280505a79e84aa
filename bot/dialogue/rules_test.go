package dialogue

import (
	"slices"
	"testing"

	"lvr.example/sprechstunde/bot/inbox"
)

func TestWordsThatSteerAreTheWholeMessage(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]Kind{
		"Sprechstunde":                     Handover,
		"in die Sprechstunde!":             Handover,
		" **In die  Sprechstunde.** ":      Handover,
		"ja":                               Yes,
		"JA!":                              Yes,
		"„ja“":                             Yes,
		"Ja, bitte!":                       Yes,
		"Nein.":                            No,
		"geklärt":                          Settled,
		"Noch offen…":                      StillOpen,
		"Vielen Dank!!":                    Thanks,
		"ändern: Darf ich das?":            Change,
		"**Ändern:** Darf ich das?":        Change,
		"Aendern : Darf ich das?":          Change,
		"ändern:":                          Change,
		"Wann ist die Sprechstunde?":       Question,
		"Sprechstunde am Donnerstag":       Question,
		"ja, aber wie?":                    Question,
		"Was muss ich ändern: Text, Bild?": Question,
		"ändern":                           Question,
		"Ist das geklärt?":                 Question,
		"":                                 Question,
		"?!":                               Question,
	} {
		if got := Hear(Heard{Text: message, Place: Direct}); got.Kind != want {
			t.Errorf("Hear(%q) = %s, want %s", message, got.Kind, want)
		}
	}
	for message, want := range map[string]string{
		"ändern: Darf ich das: ja oder nein?": "Darf ich das: ja oder nein?",
		"**Ändern:** Darf ich?":               "Darf ich?",
		"ändern:":                             "",
	} {
		if got := Hear(Heard{Text: message, Place: Direct}).Text; got != want {
			t.Errorf("Hear(%q) leaves %q, want %q", message, got, want)
		}
	}
}

func TestWordsCountWhereTheyAreMeantForTheBot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		place Place
		want  Act
	}{
		{"ja", Channel, Act{Kind: Question}},
		{"ja", Thread, Act{Kind: Chatter}},
		{"Sprechstunde", Thread, Act{Kind: Handover}},
		{"Sprechstunde", Hosts | Thread, Act{Kind: Handover}},
		{"ändern: Darf ich?", Thread, Act{Kind: Chatter}},
		{"ändern: Darf ich?", Channel, Act{Kind: Question}},
		{"Danke!", Channel, Act{Kind: Thanks}},
		{"Danke!", Thread, Act{Kind: Chatter}},
		{"sperren 412", Direct, Act{Kind: Block, Subject: inbox.Subject{Document: 412}}},
		{"**Freigeben Nr. 412**", Direct, Act{Kind: Release, Subject: inbox.Subject{Document: 412}}},
		{"sperren 412: Anlage \x00 fehlt", Direct, Act{Kind: Block, Text: "Anlage fehlt", Subject: inbox.Subject{Document: 412}}},
		{"sperren 412", Thread, Act{Kind: Question}},
		{"!antwort: Ja.", Hosts | Thread, Act{Kind: HostAnswer, Text: "Ja."}},
		{"!antworten sollte Berta", Hosts | Thread, Act{Kind: Question}},
		{"!antwort Ja.", Thread, Act{Kind: Question}},
	} {
		if got := Hear(Heard{Text: c.text, Place: c.place}); got != c.want {
			t.Errorf("Hear(%q, %d) = %+v, want %+v", c.text, c.place, got, c.want)
		}
	}
}

func TestPressedButtonIsTheWordForIt(t *testing.T) {
	t.Parallel()
	on := inbox.Subject{Ticket: 3}
	if got := Pressed(inbox.Settle, on); got != (Act{Kind: Settled, Subject: on}) {
		t.Errorf("Pressed = %+v", got)
	}
	if got := Pressed("of an older version", on); got.Kind != Nothing {
		t.Errorf("Pressed = %+v", got)
	}
}

func FuzzHear(f *testing.F) {
	for _, seed := range []string{"ja", "ändern: x", "sperren 412: weil", "!antwort x", "", "\xff", "Sprechstunde!"} {
		f.Add(seed, uint8(Direct))
	}
	f.Fuzz(func(t *testing.T, text string, place uint8) {
		got := Hear(Heard{Text: text, Place: Place(place)})
		if !slices.Contains(Kinds, got.Kind) || got.Kind == Block && len([]rune(got.Text)) > reasonRunes {
			t.Errorf("Hear(%q, %d) = %+v", text, place, got)
		}
	})
}
