package answer_test

import (
	"slices"
	"testing"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/retrieval"
)

func formHit(title, text string) retrieval.Hit {
	return retrieval.Hit{Document: retrieval.Document{Title: title, Path: title + ".md"}, Passage: retrieval.Passage{Text: text}}
}

var formHits = []retrieval.Hit{
	formHit("Dienstanweisung Freigabe", "Den Antrag stellt der Fachbereich, der das Werkzeug braucht, über das Formular F-210 im Antragsportal."),
	formHit("Merkblatt Bilder", "Andere bestellen Bilder über das Formular „Bildwunsch“; Lieferzeit fünf Tage."),
	formHit("Niederschrift", "Die Bestellung über das Formular \"Bildwunsch\" dauert manchen zu lang."),
	formHit("Zentrum", "Ideen für Roboter schicken Sie über das Ideenformular. Das Formular ist kurz."),
	formHit("Verpflichtung (Formular F-118)", "Ich verpflichte mich, Stufe 3 geheim zu halten."),
	formHit("Liste", "eine Liste aller Formulare (F-118, F-210); Formularprüfung Jugendhilfe"),
}

func TestFormsOfATopic(t *testing.T) {
	t.Parallel()
	for topic, want := range map[string][]string{
		"Wie beantrage ich ein neues Werkzeug? gibts dafür nen vordruck zum ausfüllen": {"Formular F-210"},
		"Darf ich Bilder mit KI erzeugen? gibts das formular irgendwo":                 {"Formular „Bildwunsch“"},
		"wie heißt das formular für die anmeldung eines roboters":                      {"Ideenformular"},
		"ich brauche das Formular F-118":                                               {""},
		"f-210":                                                                        {"Formular F-210"},
		"Formular F-999":                                                               nil,
		"Formular für Kantine":                                                         nil,
		"gibts das formular irgendwo":                                                  nil,
		"Formular für KI":                                                              nil,
		"Wo finde ich den Antrag auf Reisekosten":                                      nil,
	} {
		var got []string
		for _, f := range answer.Forms(topic, formHits) {
			got = append(got, f.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", topic, got, want)
		}
	}
}

func TestARequestSaysWhatItIsAbout(t *testing.T) {
	t.Parallel()
	for request, want := range map[string]bool{
		"gibts das formular irgendwo": false, "gibts dafür nen vordruck zum ausfüllen": false, "hast du ein Antragsformular": false, "gibt es ein Merkblatt dazu?": false,
		"Formular für Bilder": true, "Ideenformular link?": true, "Wo liegt das Formular für die Roboter-Idee?": true, "ethikkonzept bitte": true,
		"welches formular brauch ich dafür": false, "ich wollte eigentlich das formular": false, "gib mir mal die Dienstanweisung dazu": false,
		"gibts da schon ein formular für": false, "bevor ich das schicke, wo ist denn das formular": false, "wo kriege ich den Antrag her": false, "und wo ist das Formular?": false,
		"kannst du mir das Formular bitte mal schicken": false, "brauch ich dafür ein formular?": false,
	} {
		if got := answer.NamesTopic(request); got != want {
			t.Errorf("%q: %t", request, got)
		}
	}
}

func TestWordsOfForms(t *testing.T) {
	t.Parallel()
	for request, want := range map[string]bool{"Schick mir das Formblatt": true, "die Anträge bitte": true, "die Dienstanweisung": false} {
		if got := answer.WantsForm(request); got != want {
			t.Errorf("%q wants a form: %v", request, got)
		}
	}
	if answer.NamesTopic("Schick mir bitte das Antragsformular") || !answer.NamesTopic("das Formular für Dienstreisen") {
		t.Error("a request with a topic is not told from one without")
	}
}
