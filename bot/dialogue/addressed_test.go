package dialogue

import "testing"

// Whom a question is for stands before it, whatever it is about and whatever waits.
func TestAQuestionThatIsAddressedGoesToPeople(t *testing.T) {
	t.Parallel()
	ear := newEar(t)
	for _, question := range []string{
		"Darf ich Bilder vom Sommerfest beschriften lassen?", "Darf ich das beiliegende Programm benutzen?", "Wer hilft unserem Team?",
	} {
		for _, waits := range []State{Idle, Answered, Nearest} {
			act := ear.Hear(Heard{Text: "Sprechstunde: " + question, Place: Direct, Waits: waits})
			if act.Kind != PersonWithQuestion || act.Text != question {
				t.Errorf("%s: %q is heard as %+v", waits, question, act)
			}
		}
	}
}
