package llm_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/llm/llmtest"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

func found() retrieval.Result {
	return retrieval.Result{
		Hits: []retrieval.Hit{{
			Document: retrieval.Document{ID: 1, Path: "leitlinie.md", Title: "KI-Leitlinie", Link: "https://intranet.musterland.example/{path}"},
			Passage:  retrieval.Passage{ID: 1, Text: "Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden. Die Leitung prüft den Entwurf innerhalb von 14 Tagen."},
			Score:    1,
		}},
		Sufficiency: retrieval.Sufficiency{Band: retrieval.Answered, Probability: 0.9},
	}
}

// TestWhateverTheEndpointDoesTheAnswerStands goes the whole way from the wire
// to the message: prose where it is carried, quotes in every other case.
func TestWhateverTheEndpointDoesTheAnswerStands(t *testing.T) {
	t.Parallel()
	good := "Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen [1]."
	steps := map[string]llmtest.Step{
		"invented citation": llmtest.Reply("Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen [4]."),
		"invented rule":     llmtest.Reply("Die Nutzung kostet 20 Euro im Monat [1]."),
		"swapped number":    llmtest.Reply("Die Leitung prüft den Entwurf innerhalb von 30 Tagen [1]."),
		"uncited":           llmtest.Reply("Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen."),
		"image":             llmtest.Reply("Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen ![x](http://evil.example/p.png) [1]."),
		"link":              llmtest.Reply("Protokolle dürfen mit [freigegebenen](http://evil.example) KI-Werkzeugen entworfen werden [1]."),
		"bare address":      llmtest.Reply("Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden http://evil.example [1]."),
		"mention":           llmtest.Reply("@all Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden [1]."),
		"server error":      llmtest.Raw(500, "text/plain", "kaputt"),
		"busy":              llmtest.Busy(""),
		"stall":             llmtest.Stall(good),
	}
	for name, step := range llmtest.BrokenStreams() {
		steps[name] = step
	}
	compose := func(t *testing.T, step llmtest.Step, change func(*llm.Config)) answer.Answer {
		c := client(t, llmtest.Start(t, step), change)
		composer := answer.New(answer.Config{Texts: prompts.Default(), Model: c, Log: slog.New(slog.DiscardHandler)})
		a, err := composer.Compose(t.Context(), "Darf ich Protokolle mit KI schreiben?", found(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	t.Run("good", func(t *testing.T) {
		t.Parallel()
		if a := compose(t, llmtest.Reply(good), nil); !a.Prose || a.Body != good || len(a.Sources) != 1 {
			t.Errorf("prose %v, body %q", a.Prose, a.Body)
		}
	})
	for name, step := range steps {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := compose(t, step, func(cfg *llm.Config) { cfg.Idle = 200 * time.Millisecond }) // a slow machine makes another fault of it
			if a.Prose || !strings.Contains(a.Body, "> **Protokolle dürfen") || !strings.HasPrefix(a.Reason, "model: ") {
				t.Errorf("prose %v, reason %q, body %q", a.Prose, a.Reason, a.Body)
			}
			message := answer.Render(a, answer.RenderOptions{Texts: prompts.Default(), Now: time.Now()})
			if strings.Contains(message, "evil") || strings.Contains(message, "@all") {
				t.Errorf("of the reply this came through:\n%s", message)
			}
		})
	}
}

// TestAFaultAtEachPositionEndsInQuotes: before the first piece of a reply, in its
// middle and behind its last word, with and without a schema, and while it is tried
// whether the endpoint keeps to one.
func TestAFaultAtEachPositionEndsInQuotes(t *testing.T) {
	t.Parallel()
	line := "Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen [1]."
	shaped := llmtest.Statements("beantwortet", llmtest.Statement{Number: 1, Quote: "Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden",
		Sentence: "Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen."})
	compose := func(t *testing.T, step llmtest.Step) answer.Answer {
		t.Helper()
		c := client(t, llmtest.Start(t, step), func(cfg *llm.Config) {
			cfg.First, cfg.Idle, cfg.Pause = 300*time.Millisecond, 200*time.Millisecond, time.Millisecond
		})
		composer := answer.New(answer.Config{Texts: prompts.Default(), Model: c, Log: slog.New(slog.DiscardHandler)})
		a, err := composer.Compose(t.Context(), "Darf ich Protokolle mit KI schreiben?", found(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	for way, text := range map[string]string{"lines": line, "schema": shaped} {
		for name, step := range llmtest.Faults(text) {
			t.Run(way+" "+name, func(t *testing.T) {
				t.Parallel()
				if way == "schema" {
					step = llmtest.Keeps(step)
				}
				a := compose(t, step)
				if a.Prose || !strings.Contains(a.Body, "> **Protokolle dürfen") || !strings.HasPrefix(a.Reason, "model: ") {
					t.Errorf("prose %v, reason %q, body %q", a.Prose, a.Reason, a.Body)
				}
			})
		}
	}
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		c := client(t, &llmtest.Server{URL: "http://127.0.0.1:1/v1"}, func(cfg *llm.Config) { cfg.Pause = time.Millisecond })
		composer := answer.New(answer.Config{Texts: prompts.Default(), Model: c, Log: slog.New(slog.DiscardHandler)})
		a, err := composer.Compose(t.Context(), "Darf ich Protokolle mit KI schreiben?", found(), time.Now())
		if err != nil || a.Prose || a.Reason != "model: failed" {
			t.Errorf("prose %v, reason %q, %v", a.Prose, a.Reason, err)
		}
	})
	t.Run("late first piece", func(t *testing.T) {
		t.Parallel()
		c := client(t, llmtest.Start(t, llmtest.Late(300*time.Millisecond, line)), func(cfg *llm.Config) { cfg.First = time.Minute })
		composer := answer.New(answer.Config{Texts: prompts.Default(), Model: c, Log: slog.New(slog.DiscardHandler)})
		if a, err := composer.Compose(t.Context(), "Darf ich Protokolle mit KI schreiben?", found(), time.Now()); err != nil || !a.Prose {
			t.Errorf("prose %v, reason %q, %v", a.Prose, a.Reason, err)
		}
	})
}

// TestStatementsUnderASchemaAreCheckedAllTheSame: an endpoint that keeps to schemas
// is asked for statements with their quotes; whatever comes instead ends in quotes.
func TestStatementsUnderASchemaAreCheckedAllTheSame(t *testing.T) {
	t.Parallel()
	good := llmtest.Statement{Number: 1, Quote: "Protokolle dürfen mit freigegebenen KI-Werkzeugen entworfen werden",
		Sentence: "Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen."}
	compose := func(t *testing.T, reply string) answer.Answer {
		c := client(t, llmtest.Start(t, llmtest.Keeps(llmtest.Reply(reply))), nil)
		composer := answer.New(answer.Config{Texts: prompts.Default(), Model: c, Log: slog.New(slog.DiscardHandler)})
		a, err := composer.Compose(t.Context(), "Darf ich Protokolle mit KI schreiben?", found(), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if a := compose(t, llmtest.Statements("beantwortet", good)); !a.Prose || a.Body != "Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen [1]." {
		t.Errorf("good: prose %v (%s), body %q", a.Prose, a.Reason, a.Body)
	}
	if a := compose(t, "<think>Hm.</think>"+llmtest.Statements("beantwortet", good)); !a.Prose {
		t.Errorf("with thoughts: %s", a.Reason)
	}
	two := good
	two.Sentence += " Das kostet 20 Euro."
	if a := compose(t, llmtest.Statements("beantwortet", two)); a.Body != "Sie dürfen Protokolle mit freigegebenen KI-Werkzeugen entwerfen [1]." {
		t.Errorf("of two sentences in one the carried one is kept alone: %q (%s)", a.Body, a.Reason)
	}
	faults := llmtest.ShapeFaults(good)
	faults["not contained"] = llmtest.Statements("nicht enthalten")
	faults["conflicting"] = llmtest.Statements("widersprüchlich", good)
	faults["nothing"] = llmtest.Statements("beantwortet")
	for name, reply := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := compose(t, reply)
			if a.Prose || !strings.Contains(a.Body, "> **Protokolle dürfen") || !strings.HasPrefix(a.Reason, "model: ") {
				t.Errorf("prose %v, reason %q, body %q", a.Prose, a.Reason, a.Body)
			}
			if strings.Contains(a.Body, "evil") || strings.Contains(a.Body, "@all") || strings.Contains(a.Body, "<b>") {
				t.Errorf("of the reply this came through:\n%s", a.Body)
			}
		})
	}
}
