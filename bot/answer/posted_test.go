package answer

import (
	"testing"

	"lvr.example/sprechstunde/prompts"
)

// What an answer says to its asker alone goes on to nobody, also where a session stands
// before the way to people.
func TestPosted(t *testing.T) {
	t.Parallel()
	texts := prompts.Default()
	body, mark := "**Zwei Tage.**\n\n**Quelle:** Leitlinie", texts.Machine(prompts.Made{Quotes: true})
	for name, text := range map[string]string{
		"as it is":       body + "\n\n" + mark,
		"way to people":  body + "\n\n" + texts.Handover() + "\n\n" + mark,
		"session before": body + "\n\nDie nächste Sprechstunde ist am Donnerstag. " + texts.Handover() + "\n\n" + mark,
		"late":           texts.Late() + "\n\n" + body + "\n\n" + mark,
		"welcome below":  body + "\n\n" + mark + "\n\n" + texts.First(),
	} {
		if said, by := Posted(texts, text); said != body || by != mark {
			t.Errorf("%s: %q, %q", name, said, by)
		}
	}
	if said, by := Posted(texts, body); said != body || by != "" {
		t.Errorf("without a mark: %q, %q", said, by)
	}
}
