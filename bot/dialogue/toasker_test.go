package dialogue

import "testing"

// Below a card, before anybody else has said something there.
var (
	saidToAsker = []string{
		"Ja klar, geht.", "Nein, das ist leider nicht erlaubt.", "Das dürfen Sie.", "Ja, das geht mit Freigabe.", "Nein, dafür gibt es keine Freigabe.",
		"Sie dürfen das nur im geschützten Bereich.", "Bitte wenden Sie sich an das Sprachbüro.", "Hallo, das ist in Ordnung, wenn Sie die Namen vorher entfernen.",
		"Guten Tag, dafür brauchen Sie das Formular F-210.", "Leider nicht möglich.", "Ist nicht erlaubt.", "Natürlich, das ist erlaubt.", "Laut DA 4.2 ist das verboten.",
		"Klar, kein Problem.", "Ja, ist zulässig.", "Nein, geht nicht.", "Danke für Ihre Frage. Das ist Stufe 2.", "Welche Datei meinen Sie genau?", "Können Sie uns den Text schicken?",
		"Um welche Abteilung geht es bei Ihnen?", "Das finden Sie in der Dienstanweisung.", "Schauen Sie bitte ins KI-Register.", "Ja, das reicht so.", "Doch, das geht.",
		"Selbstverständlich dürfen Sie das.", "Grundsätzlich ja, das ist erlaubt.", "Nein, personenbezogene Daten dürfen nicht hinein.", "Dazu müssten Sie erst den Grundkurs machen.",
		"Ihre Idee ist zulässig, solange keine Namen drinstehen.", "Fragen Sie bitte vorher Ihre Leitung.", "Ja, Stufe 1 genügt.", "Moin, klar geht das.", "Gern, das ist freigegeben.",
		"Leider ist das untersagt.", "Gemäß Leitlinie ist das zulässig.", "Nein, das Werkzeug ist nicht freigegeben.", "Ja, aber kennzeichnen Sie das Bild.", "Genau, das gilt auch für Azubis.",
		"Melden Sie das bitte sofort der Meldestelle.", "Haben Sie schon die KI-Lotsin gefragt?",
	}
	saidAmongHosts = []string{
		"Wer übernimmt das?", "Ich schau mir das morgen an.", "Das klingt heikel, oder?", "Heide, machst du das?", "Ich glaube, das geht nicht.", "Da müssten wir erst das Rechtsamt fragen.",
		"Hatten wir das nicht schon mal?", "Ja, übernehme ich.", "Kannst du das übernehmen?", "ok", "Nein, ich nicht.", "Die Person meint wohl KIM.", "Spannende Frage!", "Das nehmen wir am Donnerstag mit.",
		"Ist das nicht dasselbe wie Nr. 3?", "Ich kenne mich damit nicht aus.", "@holger kannst du?", "Siehe Nr. 7.", "Gute Frage, weiß ich auch nicht.", "Ja, finde ich auch.",
		"Vielleicht geht das mit Freigabe.", "Ich frag mal beim Datenschutz nach.", "Wir sollten das in die Agenda nehmen.", "Das hat letztes Jahr schon jemand gefragt.", "Ist erledigt, oder?",
		"Der Text ist ja wirr.", "Meint sie die Protokollhilfe?", "Das ist doch was für die Ethikrunde.", "Hast du die DA zur Hand?", "Ich bin heute nicht da.", "Danke dir!", "Klar, mach ich.",
		"Ja, stimmt, hast recht.", "Wäre das nicht ein Fall für die IT?", "Nein, das ist mein Thema.", "Ich würde sagen, das ist erlaubt.", "Weiß jemand, ob das erlaubt ist?",
		"Sie fragt das jede Woche.", "Das Zentrum weiß da mehr.", "Mal sehen.",
	}
)

func TestWhoSpeaksToTheAskerIsTold(t *testing.T) {
	t.Parallel()
	for _, text := range saidToAsker {
		if !ToAsker(text) {
			t.Errorf("%q is taken as said among hosts", text)
		}
	}
	for _, text := range saidAmongHosts {
		if ToAsker(text) {
			t.Errorf("%q is taken as said to the asker", text)
		}
	}
}
