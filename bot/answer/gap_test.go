package answer

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval"
)

// TestWhatIsNotCoveredIsNamed: prose to a part of a question says what the passages
// do not say; what they say and the prose leaves out makes quotes of it.
func TestWhatIsNotCoveredIsNamed(t *testing.T) {
	t.Parallel()
	rule := hit(1, "KI-Leitlinie", "Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden. Die Leitung prüft den Entwurf.", 1)
	timed := hit(2, "KI-Leitlinie", "Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden. Die Leitung prüft den Entwurf innerhalb von 14 Tagen.", 1)
	reply := says("Die Leitung prüft den Entwurf [1].")
	said := "Die Leitung prüft den Entwurf [1]."
	for question, want := range map[string]string{
		"Wer prüft den Entwurf, und wie lange dauert das?":  said + " Zur Dauer steht dort nichts.",
		"Wer prüft den Entwurf und was kostet das?":         said + " Zu den Kosten steht dort nichts.",
		"Wer prüft den Entwurf, wie oft und was kostet es?": said + " Zu den Kosten und zur Häufigkeit steht dort nichts.",
		"Wer prüft den Entwurf?":                            said,
	} {
		a := mustCompose(t, composer(reply), question, result(retrieval.Answered, rule))
		if !a.Prose || a.Body != want {
			t.Errorf("%s: prose %v (%s): %s", question, a.Prose, a.Reason, a.Body)
		}
	}
	a := mustCompose(t, composer(says("Die Leitung prüft den Entwurf [1].")), "Wer prüft den Entwurf, und wie lange dauert das?", result(retrieval.Answered, timed))
	if a.Prose || a.Reason != errLeftOut.Error() {
		t.Errorf("prose %v (%s): %s", a.Prose, a.Reason, a.Body)
	}
}

// TestNoModelSeesWhatStaysInTheHouse: a collection that is withheld is in no prompt;
// where it answers best, quotes answer.
func TestNoModelSeesWhatStaysInTheHouse(t *testing.T) {
	t.Parallel()
	open := hit(1, "KI-Leitlinie", "Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden.", 1)
	kept := hit(2, "Vermerk", "Die Beschaffung der Sprachmodelle kostet 40.000 Euro.", 0.9)
	kept.Document.Collection = "intern"
	var system, user string
	c := composer(notes{&system, &user})
	c.cfg.Withhold = []string{"intern"}
	mustCompose(t, c, "Darf ich Protokolle mit KI schreiben?", result(retrieval.Answered, open, kept))
	if user == "" || strings.Contains(user, "Vermerk") || strings.Contains(user, "40.000") || !strings.Contains(user, "Protokolle dürfen") {
		t.Errorf("the model was told: %s", user)
	}
	user = ""
	a := mustCompose(t, c, "Was kostet die Beschaffung?", result(retrieval.Answered, kept, open))
	if user != "" || a.Prose || a.Reason != errWithheld.Error() {
		t.Errorf("told %q; prose %v (%s)", user, a.Prose, a.Reason)
	}
}
