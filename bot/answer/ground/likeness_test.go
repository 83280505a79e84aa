package ground

import (
	"context"
	"errors"
	"testing"
)

// allAlike finds that everything is as alike as texts are at most.
type allAlike struct{ err error }

func (a allAlike) Alike(_ context.Context, one, others []string) ([][]float64, error) {
	rows := make([][]float64, len(one))
	for i := range one {
		for range others {
			rows[i] = append(rows[i], 0.98)
		}
	}
	return rows, a.err
}

const released = "Das große Sprachmodell wird auf Antrag für drei Monate freigeschaltet. Eine Schulung ist vorher zu besuchen. Über den Antrag entscheidet die Leitung, nicht der Personalrat."

func TestOtherWordsAreCarriedWhereTheyAreAlike(t *testing.T) {
	t.Parallel()
	for _, statement := range []string{
		"Wer das große Sprachmodell braucht, stellt einen Antrag und bekommt es für ein Vierteljahr.",
		"Ob der Antrag durchgeht, bestimmt die Leitung.",
	} {
		if v := verdictOf(t, Checker{Likeness: allAlike{}}, statement, released, ""); !v.Carried {
			t.Errorf("%s: %s", statement, v.Reason)
		}
		if v := verdictOf(t, Checker{}, statement, released, ""); v.Carried {
			t.Errorf("%q is carried by its words: the test tells nothing", statement)
		}
	}
}

func TestNoLikenessOutweighsAHardFact(t *testing.T) {
	t.Parallel()
	for _, statement := range []string{
		"Wer das große Sprachmodell braucht, stellt einen Antrag und bekommt es für ein halbes Jahr.",
		"Wer das große Sprachmodell braucht, stellt keinen Antrag und bekommt es für ein Vierteljahr.",
		"Ob der Antrag durchgeht, bestimmt der Personalrat.",
		"Ob der Antrag durchgeht, bestimmt das Rechtsamt.",
		"Den Antrag bewilligt die Leitung in jedem Fall.",
		"Nur die Leitung darf den Antrag stellen, und zwar bei Frau Keller.",
	} {
		if v := verdictOf(t, Checker{Likeness: allAlike{}}, statement, released, ""); v.Carried {
			t.Errorf("carried: %s", statement)
		}
	}
}

func TestWithoutLikenessTheWordsDecide(t *testing.T) {
	t.Parallel()
	away := errors.New("away")
	c := Checker{Likeness: allAlike{away}}
	v, err := c.Check(t.Context(), "Ob der Antrag durchgeht, bestimmt die Leitung.", released, "")
	if v.Carried || v.Reason == "" || !errors.Is(err, away) {
		t.Errorf("verdict %+v, error %v", v, err)
	}
	if v, err := c.Check(t.Context(), "Über den Antrag entscheidet die Leitung.", released, ""); !v.Carried || err != nil {
		t.Errorf("verdict %+v, error %v", v, err)
	}
}
