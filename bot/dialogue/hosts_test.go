package dialogue

import "testing"

func TestWordsOfHosts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Act{
		"!antwort Ja.":              {Kind: HostAnswer, Text: "Ja."},
		"!Antwort: Ja.":             {Kind: HostAnswer, Text: "Ja."},
		"`!antwort` Ja.":            {},
		"!rückfrage Wie viele?":     {Kind: HostAsks, Text: "Wie viele?"},
		"!zusammen mit Nr. 7":       {Kind: Merge, Text: "mit Nr. 7"},
		"!verschieben 12.3.":        {Kind: Move, Text: "12.3."},
		"!zurück":                   {Kind: GiveBack},
		"!schließen Erledigt.":      {Kind: Close, Text: "Erledigt."},
		"!OFFEN":                    {Kind: OpenTickets},
		"!wissen":                   {Kind: Knowledge},
		"!Freigeben":                {Kind: Approve},
		"!ablehnen Zu lang.":        {Kind: SendBack, Text: "Zu lang."},
		"!anwort Ja.":               {Kind: Slip, Text: "Ja."},
		"!antwortJa":                {Kind: Slip},
		"! antwort Ja.":             {Kind: Slip, Text: "Ja."},
		"Antwort: Ja.":              {Kind: Slip, Text: "Ja."},
		"**Anwtort:** Ja.":          {Kind: Slip, Text: "** Ja."},
		"übernehme":                 {Kind: Slip},
		"Ich übernehme.":            {Kind: Slip},
		"erledigt!":                 {Kind: Slip},
		"Hilfe":                     {Kind: Slip},
		"!hilfe":                    {Kind: Slip},
		"nächstes Mal":              {},
		"Ich übernehme das morgen":  {},
		"offen":                     {},
		"Antwort kommt gleich":      {},
		"!!! dringend":              {},
		"! wichtig":                 {},
		"Das ist aber schade!":      {},
		"Ich glaube: das geht":      {},
		"Antwortet jemand?":         {},
		"Welche Antwort: ja, nein?": {},
		"":                          {},
		"!":                         {},
	} {
		got, ok := hostWord(text)
		if ok != (want.Kind != "") || ok && (got.Kind != want.Kind || got.Text != want.Text) {
			t.Errorf("hostWord(%q) = %+v, %t, want %+v", text, got, ok, want)
		}
	}
	if IsHostWord("!anwort Ja.", false) || !IsHostWord("!anwort Ja.", true) || !IsHostWord("!offen", false) {
		t.Error("a slip is heard away from a card, or a word is not")
	}
	for text, want := range map[string]bool{
		"welche Anliegen sind noch offen?": true, "offen": true, "was ist noch offen": true, "Zeig mal die offenen Anliegen": true,
		"Ist das Fenster im Raum offen, wenn wir uns am Donnerstag treffen?": false, "Wer hat die Frage zu Protokollen?": false,
	} {
		if _, ok := openTickets(text); ok != want {
			t.Errorf("openTickets(%q) = %t", text, ok)
		}
	}
}

func FuzzHostWords(f *testing.F) {
	for _, seed := range []string{"!antwort Ja", "! x", "Antwort:", "!\x00", "!ü", "`!antwort"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		act, ok := hostWord(text)
		if ok && act.Kind == "" || !ok && act.Kind != "" {
			t.Errorf("hostWord(%q) = %+v, %t", text, act, ok)
		}
	})
}
