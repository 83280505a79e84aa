package schedule

import (
	"regexp"

	"lvr.example/sprechstunde/retrieval/german"
)

var (
	// asksFile is the wish for a file, asksHow the question about handling one; both on
	// folded text.
	asksFile = regexp.MustCompile(`\b(?:kalender(?:datei|eintrag|termin)\w*|ics|i ?cal(?:endar)?|termindatei|terminserie|(?:in|im) (?:(?:mein|den|unser|meine)\w* )?(?:\w+ )?(?:kalender|outlook|terminkalender)|(?:fur|als) (?:(?:mein|den)\w* )?(?:kalender|outlook|termin eintrag\w*)|outlook\b.*\b(?:bekomm\w*|eintrag\w*|haben|krieg\w*|ubernehm\w*|speicher\w*)|trag\w* (?:mir |uns |sie |das |den |die |es |termin |bitte |mal )*ein|(?:schick|send)\w* (?:sie |mir |uns |bitte |mal )*(?:den|die|einen) termine?|einzutragen|eintragen)\b`)
	asksHow  = regexp.MustCompile(`\b(?:wie|was ist|wozu|warum|wo|mich (?:\w+ ){0,3}eintragen)\b`)
	// fileWords are what such a wish consists of.
	fileWords = regexp.MustCompile(`\b(?:kalender(?:datei|eintrag|termin)?\w{0,2}|ics|i ?cal(?:endar)?|datei|termindatei|terminserie|terminkalender|outlook|trag\w*|eintrag\w*|einzutragen|ubernehmen|speichern|importieren|herunterladen|downloaden|download|runterladen|packen?|setzen?|stellen?|legen?|hinzufugen|haben|senden?)\b`)
)

// WantsFile reports whether a message asks for a session as a calendar file,
// whichever one it means.
func WantsFile(message string) bool {
	folded := german.Fold(message)
	return asksFile.MatchString(folded) && !asksHow.MatchString(folded)
}
