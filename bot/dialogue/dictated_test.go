package dialogue

import "testing"

// What somebody dictates for people is what stands behind the colon, in whatever words
// people are meant, and whatever it would be if it were said to the bot.
func TestWhatIsDictatedForPeople(t *testing.T) {
	t.Parallel()
	ear, err := New(formats...)
	if err != nil {
		t.Fatal(err)
	}
	for head, text := range map[string]string{
		"ja dann schickt denen halt":                        "Dürfen wir im Ehrenamt KIM nutzen?",
		"frag die mal":                                      "gilt das auch für Honorarkräfte",
		"leitet das weiter":                                 "Wir brauchen eine Auskunft zu Drohnenfotos",
		"dann schick das los mit der Frage":                 "wer haftet dann?",
		"gib das an einen Menschen":                         "wir haben seit gestern keinen Zugang",
		"dann gebt das bitte so an die Kolleg:innen weiter": "Wer prüft unsere Prompts?",
	} {
		for _, waits := range []State{Answered, Nearest} {
			if got := ear.Hear(Heard{Text: head + ": " + text, Place: Direct, Waits: waits}); got.Kind != PersonWithQuestion || got.Text != text {
				t.Errorf("%s: %q: %+v", waits, head+": "+text, got)
			}
		}
	}
	for _, text := range []string{"Meine Frage: darf ich KIM nutzen?", "Was heißt das: personenbezogene Daten", "Kurz gefragt: wer ist mein Lotse?"} {
		if got := ear.Hear(Heard{Text: text, Place: Direct, Waits: Answered}); got.Kind != Question {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// Mood at the bot names no contact and is not searched; nicer words are no task but a
// change of what is shown.
func TestMoodAndTone(t *testing.T) {
	t.Parallel()
	ear, err := New(formats...)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]Kind{
		"ihr macht mich fertig": Insult, "ich krieg die Krise mit dem Ding": Insult, "ich dreh gleich durch hier": Insult, "das macht mich noch wahnsinnig": Insult,
		"mein Chef macht mich fertig": Question, "nee schreib das netter": Simpler, "kannst du das freundlicher sagen?": Simpler, "gib mir den": Document,
		"den hätte ich gern": Document, "doch lieber lassen": No,
	} {
		if got := ear.Hear(Heard{Text: text, Place: Direct, Waits: Answered}); got.Kind != want {
			t.Errorf("%q: %+v, want %s", text, got, want)
		}
	}
	for _, text := range []string{"nee schreib das netter", "kannst du das netter schreiben?", "das klingt zu böse", "freundlicher bitte"} {
		if got := ear.Hear(Heard{Text: text, Place: Direct, Waits: Preview}); got.Kind != Change || !got.How {
			t.Errorf("%q: %+v", text, got)
		}
	}
}
