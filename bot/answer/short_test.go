package answer_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"lvr.example/sprechstunde/bot/answer"
)

func TestShortTextsAreMarkedAsCut(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                              "",
		"Darf ich?":                     "Darf ich?",
		"Darf ich  das":                 "Darf ich das",
		"Darf\n\nich, wenn ich möchte?": "Darf ich, w…",
		"Darf ich und du auch":          "Darf ich un…",
	} {
		if got := answer.InLine(text, 12); got != want {
			t.Errorf("InLine(%q) = %q, want %q", text, got, want)
		}
	}
	if got := answer.Cut(strings.Repeat("ä", 40), 10); utf8.RuneCountInString(got) != 10 || !strings.HasSuffix(got, "…") {
		t.Errorf("Cut = %q", got)
	}
}
