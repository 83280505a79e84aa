package bot

import "testing"

func TestWordsThatSteerAreTheWholeMessage(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]word{
		"Sprechstunde":                     wordHandover,
		"in die Sprechstunde!":             wordHandover,
		" **In die  Sprechstunde.** ":      wordHandover,
		"ja":                               wordYes,
		"JA!":                              wordYes,
		"„ja“":                             wordYes,
		"Ja, bitte!":                       wordYes,
		"Nein.":                            wordNo,
		"geklärt":                          wordSettled,
		"Noch offen…":                      wordOpen,
		"Vielen Dank!!":                    wordThanks,
		"ändern: Darf ich das?":            wordChange,
		"**Ändern:** Darf ich das?":        wordChange,
		"Aendern : Darf ich das?":          wordChange,
		"ändern:":                          wordChange,
		"Wann ist die Sprechstunde?":       wordNone,
		"Sprechstunde am Donnerstag":       wordNone,
		"ja, aber wie?":                    wordNone,
		"Was muss ich ändern: Text, Bild?": wordNone,
		"ändern":                           wordNone,
		"Ist das geklärt?":                 wordNone,
		"":                                 wordNone,
		"?!":                               wordNone,
	} {
		if got, _ := wordIn(message); got != want {
			t.Errorf("wordIn(%q) = %d, want %d", message, got, want)
		}
	}
	for message, want := range map[string]string{
		"ändern: Darf ich das: ja oder nein?": "Darf ich das: ja oder nein?",
		"**Ändern:** Darf ich?":               "Darf ich?",
		"ändern:":                             "",
	} {
		if _, got := wordIn(message); got != want {
			t.Errorf("wordIn(%q) leaves %q, want %q", message, got, want)
		}
	}
}
