package evaluate

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/llm/llmtest"
	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

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

// A good model is let speak: of the questions that it was asked and answered, most
// become prose. The search looks at words only, so it is asked fewer than it would be.
func TestGoodModelGivesProse(t *testing.T) {
	t.Parallel()
	answers := goodAnswers(t)
	server := llmtest.Start(t, llmtest.Keeps(llmtest.Recorded(answers)))
	site := apptest.Site(t, func(c *config.Config) { c.Database.URL = config.Secret(pglocal.TestDSN(t)) })
	n := apptest.Open(t, site, neighbours.Needs{Database: true, Reader: true})
	n.Embedders = &neighbours.Embedders{} // none
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
	if answered == 0 || 100*prose < 75*answered {
		t.Errorf("prose: %d of %d", prose, answered)
	}
}
