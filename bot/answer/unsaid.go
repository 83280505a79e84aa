package answer

import "lvr.example/sprechstunde/retrieval/german"

// Aspects are what a question asks for by itself, as a text names it ("zur Dauer").
func Aspects(question string) (names []string) {
	folded := german.Fold(question)
	for _, a := range aspects {
		if a.asked.MatchString(folded) {
			names = append(names, a.name)
		}
	}
	return names
}
