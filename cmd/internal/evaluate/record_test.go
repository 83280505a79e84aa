package evaluate

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/llm/llmtest"
	"lvr.example/sprechstunde/cmd/internal/apptest"
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

var (
	recordTo   = flag.String("record", "", "append what a real model says to this file, for bot/answer/testdata")
	recordFrom = flag.String("record-model", "", "base address of its endpoint, such as http://127.0.0.1:8000/v1")
	recordDir  = flag.String("record-questions", "../../../examples/musterland", "folder of the questions")
	recordMost = flag.Int("record-sample", 20, "how many of them; 0: all")
)

// Record asks a real model and keeps what it says, so that bot/answer's tests can
// replay it without the model. One passage stands in the file once.
func TestRecord(t *testing.T) {
	if *recordTo == "" {
		t.Skip("with -record FILE -record-model ADDRESS it asks a real model")
	}
	file, err := os.OpenFile(*recordTo, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	write := func(line any) {
		if err := json.NewEncoder(file).Encode(line); err != nil {
			t.Error(err)
		}
	}
	known := map[string]int{}
	address := llmtest.Through(t, *recordFrom, func(e llmtest.Exchange) {
		shown, ok := e.Request.Shown()
		if !ok {
			return
		}
		r := recording{Question: shown.Question, Reply: e.Reply, Seconds: int(e.Took.Seconds()), Shaped: e.Request.ResponseFormat.Type != ""}
		for _, p := range shown.Passages {
			id, is := known[p.Text]
			if !is {
				id = len(known) + 1
				known[p.Text] = id
				write(map[string]any{"passage": id, "title": p.Title, "place": p.Place, "text": p.Text})
			}
			r.Shown = append(r.Shown, id)
		}
		write(r)
		t.Logf("%d s, %d characters shown: %s\n    %s", r.Seconds, len(e.Request.Messages[1].Content), r.Question, r.Reply)
	})
	site := apptest.Site(t, func(c *config.Config) {
		c.Database.URL, c.Model.Timeout = config.Secret(pglocal.TestDSN(t)), 20*time.Minute
	})
	n := apptest.Open(t, site, neighbours.Needs{Database: true, Reader: true})
	n.Embedders = &neighbours.Embedders{} // none
	n.Model, err = llm.New(llm.Config{URL: address, Model: "recorded", Timeout: 20 * time.Minute, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	report, err := Answers(t.Context(), n, AnswersConfig{Dir: *recordDir, Sample: *recordMost, Show: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range report.Answers {
		if a.Model != "" {
			t.Logf("%s: prose %v, %q: %s", a.ID, a.Prose, a.Reason, a.Text)
		}
	}
	asked := slices.DeleteFunc(report.Answers, func(a Answered) bool { return a.Model == "" })
	t.Logf("asked for %d of %d questions", len(asked), report.Questions)
}

// recording is one question to a real model with its reply.
type recording struct {
	Question string `json:"question"`
	Shown    []int  `json:"shown"` // passages in the order of their numbers
	Shaped   bool   `json:"shaped"`
	Seconds  int    `json:"seconds"`
	Reply    string `json:"reply"`
}
