package dialogue

import (
	"strings"

	"lvr.example/sprechstunde/retrieval/german"
)

// GoesOn reports whether a question begins as only a second one does ("Und im
// Ausland?").
func GoesOn(question string) bool {
	words := Words(question)
	if len(words) == 0 {
		return false
	}
	switch words[0] {
	case "und", "oder", "aber", "auch", "sondern", "sonst":
		return true
	case "gilt", "was", "wie":
		return len(words) > 2 && (words[1] == "das" || words[1] == "ist" && words[2] == "mit" || words[1] == "sieht")
	}
	return false
}

// Asks reports whether a text is put as a question.
func Asks(text string) bool {
	if strings.Contains(text, "?") {
		return true
	}
	words := Words(text)
	return len(words) > 0 && (questionWords[words[0]] || strings.HasPrefix(words[0], "welche"))
}

var questionWords = german.Set(`wer wen wem wessen was wie wo wohin woher wann warum wieso weshalb womit wofür wozu
	darf dürfen kann können muss müssen soll sollen sollte gilt gelten gibt ist sind hat haben habe brauche brauchen
	braucht und oder`)
