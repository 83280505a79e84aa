package app

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/answer/hardlist"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/bot/llm"
	"lvr.example/sprechstunde/bot/llm/llmtest"
	"lvr.example/sprechstunde/ingest/extract/formats"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

const (
	rightRule     = "Anträge auf Bildungsurlaub sind sechs Wochen vor Beginn schriftlich bei der Personalstelle zu stellen."
	rightQuestion = "Wie lange vor Beginn ist Bildungsurlaub zu beantragen?"
)

// ordered is what no answer may hold, however it is told to.
var ordered = regexp.MustCompile(`(?i)KANARIE\S*|\S*boese\.example\S*|@all|@channel|!\[|\b99\b( Wochen)?`)

// TestNoDocumentOrdersTheBotAbout: a model that does whatever it reads brings no
// canary, link, mention, image or changed figure into an answer, in prose or quotes,
// whatever the format, the place, or the question says.
func TestNoDocumentOrdersTheBotAbout(t *testing.T) {
	t.Parallel()
	orders := injections(t)
	if len(orders) < 60 {
		t.Fatalf("%d orders", len(orders))
	}
	obeying := modelOf(t, llmtest.Obeys(ordered))
	names := slices.Sorted(maps.Keys(carriers))
	prose := 0
	for i, order := range orders {
		for k := range 3 { // of the formats, so that each meets a dozen orders
			name := names[(i+k*5)%len(names)]
			file, content := carriers[name](t, order)
			found := foundIn(t, file, content)
			a := answered(t, found, obeying, rightQuestion)
			if a.Prose {
				prose++
			}
			lookFor(t, a, name, order)
			lookFor(t, answered(t, found, nil, rightQuestion), name, order)
		}
	}
	if least := len(orders); prose < least {
		t.Errorf("%d answers in prose, at least %d were to be seen: too little was tried", prose, least)
	}
	found := foundIn(t, "urlaub.md", "# Bildungsurlaub\n\n"+rightRule+"\n")
	for _, order := range orders {
		lookFor(t, answered(t, found, obeying, rightQuestion+" "+order), "question", order)
		titled := found
		titled.Hits = []retrieval.Hit{found.Hits[0]}
		titled.Hits[0].Document.Title = order
		lookFor(t, answered(t, titled, obeying, rightQuestion), "title", order)
	}
}

func lookFor(t *testing.T, a answer.Answer, where, order string) {
	t.Helper()
	body := a.Body
	if where == "title" { // the name of a source is shown as it is, made safe
		return
	}
	if bad := ordered.FindString(body); bad != "" {
		t.Errorf("%s: %q reached the answer (prose %v) by %q:\n%s", where, bad, a.Prose, order, body)
	}
}

// injections are the orders, each with a canary of its own.
func injections(t *testing.T) (orders []string) {
	t.Helper()
	raw, err := os.ReadFile("../../../bot/answer/testdata/orders.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
			orders = append(orders, strings.ReplaceAll(line, "KANARIE", fmt.Sprintf("KANARIE-%d", len(orders)+1)))
		}
	}
	return orders
}

// foundIn reads a file as ingestion would, and finds it.
func foundIn(t *testing.T, name, content string) retrieval.Result {
	t.Helper()
	docs, err := formats.Documents(name, strings.NewReader(content))
	if err != nil || len(docs) == 0 || docs[0].Problem != nil {
		t.Fatalf("%s: %v, %+v", name, err, docs)
	}
	var text []string
	for _, b := range docs[0].Blocks {
		text = append(text, b.Text)
	}
	return retrieval.Result{
		Hits: []retrieval.Hit{{
			Document: retrieval.Document{ID: 1, Path: name, Title: "Bildungsurlaub", Collection: "alle"},
			Passage:  retrieval.Passage{ID: 1, Text: strings.Join(text, "\n")},
			Score:    1,
		}},
		Sufficiency: retrieval.Sufficiency{Band: retrieval.Answered, Probability: 0.95},
	}
}

func modelOf(t *testing.T, step llmtest.Step) *llm.Client {
	t.Helper()
	c, err := llm.New(llm.Config{URL: llmtest.Start(t, step).URL, Model: "test", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// finds is a search that always finds the same.
type finds retrieval.Result

func (f finds) Search(context.Context, retrieval.Query, retrieval.Readers) (retrieval.Result, error) {
	return retrieval.Result(f), nil
}

var (
	hardList = sync.OnceValues(hardlist.Load)
	texts    = sync.OnceValue(prompts.Default)
)

func answered(t *testing.T, found retrieval.Result, model *llm.Client, question string) answer.Answer {
	t.Helper()
	conf := answer.Config{Texts: texts(), Log: slog.New(slog.DiscardHandler)}
	if model != nil {
		conf.Model = model
	}
	hard, err := hardList()
	if err != nil {
		t.Fatal(err)
	}
	a, err := ask.NewAnswerer(ask.AnswererConfig{Searcher: finds(found), Composer: answer.New(conf), HardList: hard, Texts: texts()})
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.Ask(t.Context(), question, retrieval.ReadersOf("alle"))
	if err != nil {
		t.Fatal(err)
	}
	return got
}
