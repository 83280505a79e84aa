package e2e

import (
	"net/http"
	"sync"
	"testing"

	"lvr.example/sprechstunde/bot/llm/llmtest"
	"lvr.example/sprechstunde/cmd/internal/config"
)

// TestQuotesComeFirstAndProseTakesTheirPlace: while a model words the answer, the
// quotes stand there with all that an answer has; its words come into the same post.
func TestQuotesComeFirstAndProseTakesTheirPlace(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	looked := make(chan struct{})
	goOn := sync.OnceFunc(func() { close(looked) })
	t.Cleanup(goOn)
	good := llmtest.Answers(map[string]string{retentionQ: retention})
	server := llmtest.Start(t, llmtest.Keeps(func(w http.ResponseWriter, r *http.Request) {
		<-looked
		good(w, r)
	}))
	h.conf.Model = config.Model{URL: server.URL, Name: "test", Timeout: patience, First: config.FirstQuotes}
	h.open()

	question := h.asks(anna, h.direct(anna), "", retentionQ)
	first, err := h.person(anna).Reply(t.Context(), question.ThreadID(), question.ID, h.bot)
	if err != nil {
		t.Fatal(err)
	}
	h.holds(first, "> **", retention, "**Quelle")
	h.machine(first)
	goOn()
	h.noted(first)
	posts := h.own(h.person(anna), question.ThreadID())
	if len(posts) != 1 || posts[0].ID != first.ID {
		t.Fatalf("%d posts in place of one that was edited", len(posts))
	}
	h.holds(posts[0], retention, "[1]", "**Quelle", "eine KI")
	h.lacks(posts[0], "> **")
	if posts[0].Props["ai_generated_by"] != h.botID {
		t.Errorf("not marked for programs: %v", posts[0].Props)
	}
}
