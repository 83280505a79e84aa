package evaluate

import (
	"encoding/json"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/llm/llmtest"
	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

var vectors = flag.Bool("vectors", false, "search with the embedder, too: some minutes more")

// goodAnswers are what a good model says to questions of the example house, written by
// hand from its documents and not in the words of the check.
func goodAnswers(t *testing.T) map[string][]llmtest.Statement {
	t.Helper()
	raw, err := os.ReadFile("testdata/good.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string][]llmtest.Statement{}
	for line := range strings.Lines(string(raw)) {
		var one struct {
			Question   string              `json:"frage"`
			Statements []llmtest.Statement `json:"aussagen"`
		}
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			t.Fatal(err)
		}
		answers[one.Question] = one.Statements
	}
	return answers
}

// houseSite is a site over a database of the test, and the bundled embedder where
// vectors are wanted.
func houseSite(t *testing.T) *neighbours.Site {
	site := apptest.Site(t, func(c *config.Config) {
		c.Database.URL = config.Secret(pglocal.TestDSN(t))
		if *vectors {
			c.Embedder = config.Embedder{
				URL: embedlocal.Test(t).BaseURL(), Model: embedlocal.Model, Dimensions: embedlocal.Dimensions,
				QueryModel: embedlocal.ModelQuery, PassageModel: embedlocal.ModelPassage,
			}
		}
	})
	site.Measuring = true
	return site
}

// A good model is let speak: of the questions that it was asked and answered, most
// become prose. With -vectors the figure is the share of all that it knows an answer
// to; without, it depends on a search that looks at words only.
func TestGoodModelGivesProse(t *testing.T) {
	t.Parallel()
	answers := goodAnswers(t)
	server := llmtest.Start(t, llmtest.Keeps(llmtest.Recorded(answers)))
	n := apptest.Open(t, houseSite(t), neighbours.Needs{Database: true, Reader: true, Embedders: *vectors})
	if !*vectors {
		n.Embedders = &neighbours.Embedders{}
	}
	var err error
	if n.Model, err = llm.New(llm.Config{URL: server.URL, Model: "good", Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	r, err := Answers(t.Context(), n, AnswersConfig{Dir: "../../../examples/musterland", Show: true})
	if err != nil {
		t.Fatal(err)
	}
	prose, answered, known := 0, 0, 0
	for _, a := range r.Answers {
		if len(answers[a.Question]) == 0 {
			continue
		}
		known++
		if a.Prose {
			prose++
		}
		if a.Status == "beantwortet" {
			answered++
		}
		if a.Prose {
			continue
		}
		t.Logf("no prose (%s, %s, %q): %s", a.ID, a.Outcome, a.Reason, a.Question)
		for _, s := range a.Statements {
			t.Logf("    %s: %s", s.Reason, s.Text)
		}
	}
	t.Logf("prose: %d of %d that the model answered, of %d that it knows", prose, answered, known)
	of := answered
	if *vectors {
		of = known
	}
	if 100*prose < 75*of {
		t.Errorf("prose: %d of %d", prose, of)
	}
}
