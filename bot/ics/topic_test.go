package ics

import (
	"testing"

	"lvr.example/sprechstunde/bot/officehours"
)

func TestTheTopicOfATitle(t *testing.T) {
	t.Parallel()
	f := officehours.Format{ID: "wissentogo", Name: "WissenToGo"}
	for title, want := range map[string]string{
		"WissenToGo: Stimmen nachahmen":    "Stimmen nachahmen",
		"wissentogo – Prompts, die sitzen": "Prompts, die sitzen",
		"Bilder prüfen (WissenToGo)":       "Bilder prüfen",
		"Stimmen nachahmen":                "Stimmen nachahmen", // a category names the format
		"WissenToGo":                       "",
		"  WissenToGo - ":                  "",
		"":                                 "",
	} {
		if got := topicOf(f, title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}
