package dialogue

import "testing"

func TestATextIsRevisedAsItsAuthorSays(t *testing.T) {
	t.Parallel()
	const music = "darf ich kirchenbücher von 1870 durch die bildwerkstatt jagen um die schrift zu lesen"
	for _, one := range []struct{ text, wish, want string }{
		{music, "das wort jagen bitte durch schicken ersetzen", "darf ich kirchenbücher von 1870 durch die bildwerkstatt schicken um die schrift zu lesen"},
		{music, "schreib schicken statt jagen", "darf ich kirchenbücher von 1870 durch die bildwerkstatt schicken um die schrift zu lesen"},
		{music, "ersetze „jagen“ durch „schicken“", "darf ich kirchenbücher von 1870 durch die bildwerkstatt schicken um die schrift zu lesen"},
		{music, "nicht jagen sondern schicken", "darf ich kirchenbücher von 1870 durch die bildwerkstatt schicken um die schrift zu lesen"},
		{music, "mach aus 1870 bitte 1780", "darf ich kirchenbücher von 1780 durch die bildwerkstatt jagen um die schrift zu lesen"},
		{music, "da ist ein tippfehler, statt 1870 muss es 1780 heißen", "darf ich kirchenbücher von 1780 durch die bildwerkstatt jagen um die schrift zu lesen"},
		{music, "jagen soll schicken heißen", "darf ich kirchenbücher von 1870 durch die bildwerkstatt schicken um die schrift zu lesen"},
		{music, "schicken, nicht jagen", "darf ich kirchenbücher von 1870 durch die bildwerkstatt schicken um die schrift zu lesen"},
		{music, "ändere jagen in schicken", "darf ich kirchenbücher von 1870 durch die bildwerkstatt schicken um die schrift zu lesen"},
		{music, "kannst du jagen gegen schicken tauschen", "darf ich kirchenbücher von 1870 durch die bildwerkstatt schicken um die schrift zu lesen"},
		{"Darf den Chef informieren, wer will?", "bitte die Leitung statt den Chef", "Darf die Leitung informieren, wer will?"},
		{"Gilt das in Bonn?", "schreib in Köln statt in Bonn", "Gilt das in Köln?"},
		{"Dürfen zwei Schulen das nutzen?", "es sind nicht zwei sondern drei schulen", "Dürfen drei schulen das nutzen?"},
		{"Azubis dürfen das?", "Praktikanten statt Azubis", "Praktikanten dürfen das?"},
		{"Dürfen wir das extra prüfen?", "nimm das wort extra raus", "Dürfen wir das prüfen?"},
		{"Dürfen wir das extra prüfen?", "extra kann weg", "Dürfen wir das prüfen?"},
		{"Darf das der Azubi, und wann?", "und wann bitte streichen", "Darf das der Azubi?"},
		{"Wir sind zu dritt. Darf ich das? Danke.", "streich bitte den letzten Satz", "Wir sind zu dritt. Darf ich das?"},
		{"Wir sind zu dritt. Darf ich das?", "lass den ersten satz weg", "Darf ich das?"},
		{"Darf ich das?", "nimm bitte noch dazu: es sind 14 Jugendliche", "Darf ich das?\nes sind 14 Jugendliche"},
		{"Darf ich das?", "noch dazu es eilt", "Darf ich das?\nes eilt"},
		{"Darf ich das?", "da fehlt dass die drohne uns gehört", "Darf ich das?\ndass die drohne uns gehört"},
		{"Darf ich das?", "da fehlt noch, dass es eilt", "Darf ich das?\nEs eilt."},
		{"Darf ich das?", "es geht um 12 Azubis", "Darf ich das?\nes geht um 12 Azubis"},
		{"Darf ich das?\nes eilt", "noch dazu: es eilt", "Darf ich das?\nes eilt"},
	} {
		if got, ok := Revise(one.text, one.wish); !ok || got != one.want {
			t.Errorf("%q: %q, %v", one.wish, got, ok)
		}
	}
}

func TestAWishThatIsNotUnderstoodLeavesTheText(t *testing.T) {
	t.Parallel()
	const text = "Darf ich das mit Azubis machen?"
	for _, wish := range []string{
		"schreib das netter", "das klingt zu böse", "kürzer bitte", "ich möchte den Text noch überarbeiten", "nimm den Ort raus", "statt Praktikanten Lehrlinge",
		"streich den zweiten Satz", "Darf ich das mit Azubis machen streichen", "anders bitte", "noch ergänzen", "ersetze Köln durch Bonn", "mach das neu", "",
		"das muss noch anders heißen", "und mach aus käfer schädling", "nein nicht das mit sicher, das mit den speiseplänen",
	} {
		if got, ok := Revise(text, wish); ok || got != text {
			t.Errorf("%q: %q, %v", wish, got, ok)
		}
	}
}

func FuzzRevise(f *testing.F) {
	f.Add("Darf ich das?", "streich das")
	f.Add("a b c", "statt b bitte ä")
	f.Fuzz(func(_ *testing.T, text, wish string) { Revise(text, wish) })
}
