package answer

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"lvr.example/sprechstunde/bot/answer/ground"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

// counting is an embedder that knows one direction for each text of a length, and
// notes how many texts it was asked for.
type counting struct {
	name  string
	asked int
	err   error
}

func (c *counting) Model() retrieval.Model { return retrieval.Model{Name: c.name, Dimensions: 2} }

func (c *counting) EmbedPassages(_ context.Context, texts []string) ([]retrieval.Vector, error) {
	c.asked += len(texts)
	var all []retrieval.Vector
	for _, text := range texts {
		all = append(all, retrieval.Vector{Values: []float32{float32(len(text)), 1}})
	}
	return all, c.err
}

func (c *counting) EmbedQueries(context.Context, ...string) ([]retrieval.Vector, error) {
	return nil, errors.New("not a question")
}

func TestMeaningAsksForATextOnce(t *testing.T) {
	t.Parallel()
	e := &counting{name: ground.Embedder()}
	m := NewMeaning(e)
	for range 2 {
		rows, err := m.Alike(t.Context(), []string{"a", "bb"}, []string{"a", "ccc", "dddd"})
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != 2 || len(rows[0]) != 3 || rows[0][0] < 0.999 || rows[1][2] > 0.999 {
			t.Errorf("likeness %v", rows)
		}
	}
	if e.asked != 4 {
		t.Errorf("the embedder was asked for %d texts", e.asked)
	}
}

func TestMeaningIsOfTheFittedEmbedderOnly(t *testing.T) {
	t.Parallel()
	e := &counting{name: "another model"}
	if _, err := NewMeaning(e).Alike(t.Context(), []string{"a"}, []string{"b"}); !errors.Is(err, errNotFitted) || e.asked > 0 {
		t.Errorf("error %v, %d texts asked for", err, e.asked)
	}
}

// Without an embedder a statement is judged by its words, as it would be with none.
func TestCheckGoesOnWhereTheEmbedderFails(t *testing.T) {
	t.Parallel()
	c := New(Config{Texts: prompts.Default(), Log: slog.New(slog.DiscardHandler), Likeness: NewMeaning(&counting{name: ground.Embedder(), err: errors.New("away")})})
	passage := "Akten werden zwölf Jahre nach Abschluss des Verfahrens ausgesondert."
	if v := c.grounded(t.Context(), "Akten werden zwölf Jahre nach dem Abschluss des Verfahrens ausgesondert.", passage, ""); !v.Carried {
		t.Errorf("withheld: %s", v.Reason)
	}
	if v := c.grounded(t.Context(), "Zwölf Jahre nach dem Ende des Verfahrens kommen Akten weg.", passage, ""); v.Carried {
		t.Error("carried in other words without an embedder")
	}
}
