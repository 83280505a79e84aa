package dialogue

import "testing"

func TestWordsOfALeanCoffee(t *testing.T) {
	t.Parallel()
	e, err := New("LeanCoffee")
	if err != nil {
		t.Fatal(err)
	}
	below := Thread | Coffee
	for _, c := range []struct {
		place Place
		text  string
		want  Kind
		about string
	}{
		{Channel, "LeanCoffee starten", CoffeeOpen, ""},
		{Channel, "bitte starte einen Lean Coffee!", CoffeeOpen, ""},
		{Channel, "Wann ist der nächste LeanCoffee?", Date, ""},
		{below, "Thema: Wer prüft Übersetzungen?", CoffeeTopic, "Wer prüft Übersetzungen?"},
		{below, "Mein Thema wäre: Bilder", CoffeeTopic, "Bilder"},
		{Direct, "thema: Bilder", CoffeeTopic, "Bilder"},
		{below, "abstimmen", CoffeeBallot, ""},
		{below, "2, 2 und 5", CoffeeVote, "2 2 5"},
		{Direct, "Stimmen: 2 2 5", CoffeeVote, "2 2 5"},
		{Direct, "meine Stimmen gehen an 2, 3", CoffeeVote, "2 3"},
		{below, "Auszählen!", CoffeeCount, ""},
		{below, "weiter", CoffeeGoOn, ""},
		{below, "nächstes Thema bitte", CoffeeNext, ""},
		{below, "Notiz: Muster teilen", CoffeeNote, "Muster teilen"},
		{below, "Ende", CoffeeEnd, ""},
	} {
		act := e.Hear(Heard{Text: c.text, Place: c.place})
		if act.Kind != c.want || c.about != "" && act.Text != c.about {
			t.Errorf("%q at %d: %s %q, want %s %q", c.text, c.place, act.Kind, act.Text, c.want, c.about)
		}
	}
	for _, text := range []string{"2", "12"} {
		if act := e.Hear(Heard{Text: text, Place: Direct}); act.Kind == CoffeeVote {
			t.Errorf("%q alone is a vote", text)
		}
	}
	for _, text := range []string{"weiter so, das war gut gestern", "das Thema hatten wir schon", "am Ende zählt das Ergebnis", "wir sind 12 Leute", "ich stimme dir zu"} {
		if IsCoffee(text) {
			t.Errorf("%q is taken for a step", text)
		}
	}
}
