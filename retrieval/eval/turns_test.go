package eval_test

import (
	"context"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
)

// Of a talk the last question is measured, searched and told with those before it.
func TestTurns(t *testing.T) {
	t.Parallel()
	files := standard()
	files["queries.jsonl"] = `{"_id":"q1","turns":["Wo ist d3?","und d1?"]}` + "\n" + `{"_id":"q2","text":"d2","turns":["d2"]}` + "\n"
	files["qrels.tsv"] = "q1\td1\t1\nq2\td2\t1\n"
	dir := folder(t, files)
	var searched, told []string
	house := eval.House{
		Fused: ranked{"d3", "d2"},
		Follow: func(_ context.Context, _ eval.Searcher, before []string, q retrieval.Query, r retrieval.Readers) (retrieval.Result, error) {
			searched = append(searched, strings.Join(before, "|")+"|"+q.Text)
			return ranked{"d1"}.Search(context.Background(), q, r)
		},
		Tell: func(_ context.Context, before []string, q string) (eval.Response, error) {
			if len(before) > 0 {
				told = append(told, strings.Join(before, "|")+"|"+q)
			}
			return eval.Response{Outcome: "answered"}, nil
		},
	}
	report, err := eval.Run(t.Context(), eval.Config{Dir: dir, Open: func(context.Context, eval.Folder) (eval.House, func(), error) { return house, func() {}, nil }})
	if err != nil {
		t.Fatal(err)
	}
	if len(searched) != 1 || searched[0] != "Wo ist d3?|und d1?" || len(told) != 1 || told[0] != searched[0] {
		t.Errorf("searched %q, told %q", searched, told)
	}
	if got := report.Modes[eval.Fused].Recall1; got != 0.5 {
		t.Errorf("recall@1 %v, want one of two", got)
	}
}
