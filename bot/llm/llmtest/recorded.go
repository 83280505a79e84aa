package llmtest

import (
	"net/http"
	"strings"
)

// Recorded answers each question that it knows as a good model did that was shown the
// passages: the statements whose quote stands in one of them, under that one's number.
// Where none does, and to any other question, it says that they do not contain it.
func Recorded(answers map[string][]Statement) Step {
	return func(w http.ResponseWriter, r *http.Request) {
		shown, ok := requestOf(r).Shown()
		if !ok {
			Reply(Statements("nicht enthalten"))(w, r)
			return
		}
		var found []Statement
		for _, s := range answers[strings.TrimSpace(shown.Question)] {
			for _, p := range shown.Passages {
				if strings.Contains(plainly(p.Text), plainly(s.Quote)) {
					s.Number = p.Number
					found = append(found, s)
					break
				}
			}
		}
		if len(found) == 0 {
			Reply(Statements("nicht enthalten"))(w, r)
			return
		}
		Reply(Statements("beantwortet", found...))(w, r)
	}
}

// plainly is a text with one blank between its words.
func plainly(text string) string { return strings.Join(strings.Fields(text), " ") }
