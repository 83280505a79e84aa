package ask

import (
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/retrieval/german"
)

// mostParts is how many questions of one message are answered one by one.
const mostParts = 5

// parts are the questions of a message, each as it is searched: several that
// stand side by side, or the one that a story leads to. A message with more
// questions than can be told apart on a phone, or with neither a question mark nor
// several questions, is one question.
func parts(message string) []string {
	var before string // what was said before, which a question may lean on
	var questions []string
	for _, piece := range dialogue.Pieces(withoutOrders(message)) {
		text := piece.Text
		if !piece.Asks {
			if len(questions) == 0 {
				before = text
			}
			continue
		}
		switch own := standalone(text, len(questions) > 0); {
		case own != "":
			text, before = own, ended(own, "?")
		case before != "" && len(questions) > 0:
			text = before + " " + text
		case before != "":
			text = ended(before, ".") + " " + text
			before = ended(text, "?")
		default:
			before = ended(text, "?")
		}
		questions = append(questions, text)
	}
	unmarked := len(questions) == 1 && !strings.Contains(message, "?")
	if len(questions) == 0 || len(questions) > mostParts || unmarked {
		return []string{message}
	}
	return questions
}

// withoutOrders leaves out what a machine is told to do: it is no question, and is not
// said after.
func withoutOrders(message string) string {
	var kept []string
	sentences := german.Sentences(message)
	for _, span := range sentences {
		if text := span.Of(message); !answer.Orders(text) {
			kept = append(kept, text)
		}
	}
	if len(kept) == len(sentences) {
		return message
	}
	return strings.Join(kept, "\n")
}

// standalone is a question that names what it asks for itself: behind another one
// without the word that joins them ("und wie lange dauert der Grundkurs?"); empty:
// it leans on what stands before.
func standalone(text string, behind bool) string {
	if !Leans(text) {
		return text
	}
	if first, rest, _ := strings.Cut(text, " "); behind && joins[strings.ToLower(first)] && dialogue.Opens(rest) && !Leans(rest) {
		return rest
	}
	return ""
}

var joins = german.Set("und sowie außerdem")

// ended is a text with a mark behind it, so that another one can follow.
func ended(text, mark string) string {
	if strings.ContainsAny(text[len(text)-1:], ".?!") {
		return text
	}
	return text + mark
}
