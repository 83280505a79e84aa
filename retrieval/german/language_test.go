package german

import (
	"slices"
	"strings"
	"testing"
)

func TestSmallWordsTellLanguages(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]int{
		"darf ich das ich das":              {3, 0},
		"how can i use the assistant":       {0, 4},
		"wie heisst der help desk":          {2, 1},
		"que puedo hacer con el asistente":  {0, 4},
		"protokolle sitzungen vorlage":      {0, 0},
		"# german function words of a list": {0, 1},
	} {
		own, foreign := SmallWords(slices.Values(strings.Fields(text)))
		if got := [2]int{own, foreign}; got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	for word := range smallWords {
		if languagesOf[word] != nil {
			t.Errorf("%q stands in both lists", word)
		}
	}
}
