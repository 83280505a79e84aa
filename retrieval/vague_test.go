package retrieval

import "testing"

// named is an embedder of the model that the weights belong to.
type named struct{ axes }

func (*named) Model() Model { return Model{Name: "multilingual-e5-small-q4", Dimensions: 2} }

// A weak match for a question about something that stands nowhere is none.
func TestWhatStandsNowhereHasNothingNearest(t *testing.T) {
	t.Parallel()
	params := DefaultParams()
	e := &Engine{EngineConfig{Embedder: &named{}, Params: params}}
	question := "welche nummer hat der fahrdienst am samstag"
	hits := []Hit{{Document: Document{ID: 1, Title: "Telefonliste"}, Passage: Passage{ID: 1, Text: "Die Nummer der Pforte steht am Eingang."}, Vector: 0.82}}
	for nowhere, want := range map[bool]Band{true: NotFound, false: Nearest} {
		words := wantedWords(question, nil)
		for i := range words {
			words[i].rarity = 0.5
			if words[i].typed != "nummer" {
				words[i].rarity, words[i].nowhere = 1, nowhere
			}
		}
		if got := e.judge(Query{Text: question}, words, hits, []Scored{{1, 0.82}}); got.Band != want {
			t.Errorf("nowhere %v: %s with probability %.2f", nowhere, got.Band, got.Probability)
		}
	}
}
