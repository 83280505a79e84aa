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
		"offen":                     {Kind: Slip},
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

// TestWhatHostsSayToTheProgramAndToEachOther: below a card nobody who plainly speaks to
// the program meets silence, and nobody who speaks to a colleague is interrupted.
func TestWhatHostsSayToTheProgramAndToEachOther(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"übernehme", "übernehme ich", "Ich übernehme", "ich übernehme das", "Ich übernehme gern!", "ok, übernehme ich", "nehme ich", "nehm ich", "ich nehm das",
		"mach ich", "ich mach das", "das mache ich", "mache ich gern", "ich mach es gleich", "Ich kümmere mich drum", "kümmere mich darum", "ich kümmer mich drum", "ok ich kümmere mich jetzt darum",
		"meins", "das ist meins", "geht auf mich", "ich beantworte das", "ich bearbeite das", "ich geb das zurück", "gebe ich wieder ab", "doch nicht meins",
		"erledigt", "ist erledigt", "kann zu", "können wir schließen", "Anliegen schließen", "offen", "was ist noch offen", "zeig mir die offenen Anliegen", "Liste",
		"hilfe", "Hilfe bitte", "welche Befehle gibt es hier?", "was kann ich hier schreiben", "wie antworte ich hier?", "!blubb", "!anwort Ja.",
	} {
		if !IsHostWord(text, true) {
			t.Errorf("%q is not heard", text)
		}
	}
	for _, text := range []string{
		"Ich übernehme das morgen", "übernimmst du das, Holger?", "wer übernimmt das?", "Heide kümmert sich drum", "kümmerst du dich drum?", "ich kümmere mich um den Raum",
		"das macht Holger", "machst du das?", "ich mach das am Donnerstag", "ich bin dran", "Ich bin heute nicht da", "das ist mir zu heikel", "klingt nach der DA, oder?",
		"ich frag mal im Rechtsamt nach", "hat wer eine Idee?", "da war doch schon mal was", "siehe Nr. 3", "das ist fast dasselbe wie letzte Woche", "ich weiß es nicht",
		"gute Frage", "guter Punkt", "danke dir", "Antwort kommt morgen", "Antwortet jemand?", "die Antwort ist schwierig", "offen gesagt: keine Ahnung", "Ist das Fenster offen gewesen?",
		"das ist noch offen für mich, ich frage nach", "Hilfe kommt von der IT", "kannst du mir helfen?", "wer hilft mir dabei", "ist das schon erledigt bei euch?",
		"erledigt hat das letztes Jahr die IT", "die Liste liegt auf dem Laufwerk", "welche Liste meinst du?", "zurück zum Thema bitte", "ich geb dir das Buch zurück",
		"ja", "nein", "ok", "👍", "wir schließen um vier", "nächstes Mal",
	} {
		if IsHostWord(text, true) {
			t.Errorf("%q is heard", text)
		}
	}
}
