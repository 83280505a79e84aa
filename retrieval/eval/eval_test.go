package eval_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/lexical"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

// folder writes files into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func standard() map[string]string {
	return map[string]string{
		"corpus.jsonl": `{"_id":"d1","title":"Chatbots","text":"Personenbezogene Daten dürfen nicht in Chatbots eingegeben werden."}
{"_id":"d2","title":"Kantine","text":"Die Kantine öffnet um 11:30 Uhr."}
{"_id":"d3","title":"Parken","text":"Parkplätze vergibt die Pforte."}`,
		"queries.jsonl": `{"_id":"q1","text":"darf ich personenbezogene daten in chatbots eingeben","answer":"dürfen NICHT in Chat\u00adbots"}
{"_id":"q2","text":"wann öffnet die kantine","answer":"um 11.30 Uhr","other":1}
{"_id":"q3","text":"wie hoch ist das jobticket","answerable":false}
{"_id":"h1","text":"mein chef mobbt mich","kind":"handover_personal"}`,
		"qrels.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq2\td2\t1\nq2\td3\t0\n",
	}
}

// open makes a folder's rows searchable in memory.
func open(ctx context.Context, f eval.Folder) (eval.House, func(), error) {
	return openWith(ctx, f, retrieval.DefaultParams())
}

func openWith(ctx context.Context, f eval.Folder, params retrieval.Params) (eval.House, func(), error) {
	h := &retrievaltest.House{Embedder: retrievaltest.Embedder{}}
	for _, row := range f.Rows {
		if _, err := h.Add(ctx, retrieval.Document{Path: row.ID, Title: row.Title, Collection: "c"}, row.Text); err != nil {
			return eval.House{}, nil, err
		}
	}
	index := lexical.New(h, lexical.DefaultParams())
	if err := index.Refresh(ctx); err != nil {
		return eval.House{}, nil, err
	}
	engine := func(k retrieval.Keywords, e retrieval.Embedder) (*retrieval.Engine, error) {
		return retrieval.NewEngine(retrieval.EngineConfig{
			Keywords: k, Vectors: h, Embedder: e, Passages: h, Params: params,
			Now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) },
		})
	}
	model := h.Embedder.Model()
	weights, fitted := params.Sufficiency.For(model)
	house := eval.House{Readers: retrieval.ReadersOf("c"), Documents: len(f.Rows), Weights: eval.Weights{
		Model: model.Name, Dimensions: model.Dimensions, From: eval.Unknown, Answered: weights.Answered, Nearest: weights.Nearest,
	}}
	if fitted {
		house.Weights.From = eval.File
	}
	var err error
	if house.Keyword, err = engine(index, nil); err != nil {
		return eval.House{}, nil, err
	}
	if house.Vector, err = engine(nil, h.Embedder); err != nil {
		return eval.House{}, nil, err
	}
	house.Fused, err = engine(index, h.Embedder)
	return house, func() {}, err
}

func TestRun(t *testing.T) {
	t.Parallel()
	dir, other := folder(t, standard()), standard()
	other["qrels.tsv"] = "query-id\tcorpus-id\tscore\n"
	other["corpus.jsonl"] = `{"_id":"x","title":"Ameisen","text":"Ameisen leben in Staaten."}`
	var seen []eval.Observation
	report, err := eval.Run(t.Context(), eval.Config{
		Dir: dir, Unanswerable: folder(t, other), Open: open, Draws: 50,
		PerQuery: func(o eval.Observation) error { seen = append(seen, o); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	if report.Documents != 3 || report.Queries != 8 || len(seen) != 8 {
		t.Errorf("%d documents, %d queries, %d seen; want 3, 8, 8", report.Documents, report.Queries, len(seen))
	}
	for _, m := range []eval.Mode{eval.Keyword, eval.Vector, eval.Fused} {
		if x := report.Modes[m]; x == nil || x.MRR10 != 1 || x.NDCG10 != 1 || x.Recall1 != 1 {
			t.Errorf("%s: %+v, want all 1", m, x)
		}
	}
	if report.AnswerInTop5 == nil || *report.AnswerInTop5 != 1 {
		t.Errorf("answer in top 5: %v", report.AnswerInTop5)
	}
	if report.Handover.Total != 2 || report.Handover.Refused != 0 {
		t.Errorf("handover %+v", report.Handover)
	}
	sum := eval.BandCount{}
	for _, b := range report.Answerability.Bands {
		sum.Answerable += b.Answerable
		sum.Unanswerable += b.Unanswerable
	}
	if sum.Answerable != 2 || sum.Unanswerable != 4 {
		t.Errorf("bands hold %+v, want 2 answerable and 4 not", sum)
	}
	if a := report.Answerability; a.AUROC == nil || *a.AUROC != 1 || a.WrongAt["0.95"] != 0 {
		t.Errorf("answerability %+v", a)
	}
	for _, name := range []string{
		"fused.mrr@10", "keyword.ndcg@10", "vector.recall@10", "answer_in_top5", "answerability.auroc", "answerability.aurc", "answerability.wrong_at.0.95",
	} {
		if _, ok := report.Intervals[name]; !ok {
			t.Errorf("no interval %q", name)
		}
	}
	var text bytes.Buffer
	if err := report.WriteText(&text); err != nil || !strings.Contains(text.String(), "MRR@10") {
		t.Errorf("text: %v\n%s", err, text.String())
	}
	raw, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{`"wrong":[`, `"not_read":[]`, `"from":"default"`, `"documents":3`, `"stood_in":0`, `"recall@10":1`, `"answer_in_top5":1`, `"wrong_at"`, `"not_found"`, `"refused":0`, `"aurc"`} {
		if !strings.Contains(string(raw), key) {
			t.Errorf("JSON lacks %s: %s", key, raw)
		}
	}
}

func TestFilesPointElsewhere(t *testing.T) {
	t.Parallel()
	files := standard()
	delete(files, "corpus.jsonl")
	dir := folder(t, map[string]string{
		"files/regeln/da.md":  "# DA",
		"held/files":          "../files\n",
		"held/queries.jsonl":  files["queries.jsonl"],
		"held/qrels.tsv":      "q1\tregeln/da.md\t1\n",
		"wrong/files":         "../nirgends\n",
		"wrong/queries.jsonl": files["queries.jsonl"],
	})
	f, err := eval.ReadFolder(filepath.Join(dir, "held"))
	if err != nil {
		t.Fatal(err)
	}
	if f.Files != filepath.Join(dir, "files") || len(f.FileIDs) != 1 || f.FileIDs[0] != "regeln/da.md" {
		t.Errorf("files %q with %q", f.Files, f.FileIDs)
	}
	if _, err := eval.ReadFolder(filepath.Join(dir, "wrong")); err == nil || !strings.Contains(err.Error(), "nirgends is no folder") {
		t.Errorf("pointer to nowhere: %v", err)
	}
}

// ranked searches nothing and always finds the same documents.
type ranked []string

func (r ranked) Search(context.Context, retrieval.Query, retrieval.Readers) (retrieval.Result, error) {
	var result retrieval.Result
	for _, path := range r {
		result.Hits = append(result.Hits, retrieval.Hit{Document: retrieval.Document{Path: path}})
	}
	return result, nil
}

func TestMetricsByHand(t *testing.T) {
	t.Parallel()
	files := standard()
	files["qrels.tsv"] = "q1\td1\t2\nq1\td3\t1\nq2\td2\t1\n"
	report, err := eval.Run(t.Context(), eval.Config{Dir: folder(t, files), Draws: 10, Open: func(context.Context, eval.Folder) (eval.House, func(), error) {
		fixed := ranked{"d3", "d3", "d1", "d2"}
		return eval.House{Keyword: fixed, Fused: fixed, Tell: func(_ context.Context, _ []string, q string) (eval.Response, error) {
			if strings.Contains(q, "mobbt") {
				return eval.Response{Outcome: "refused"}, nil
			}
			return eval.Response{Outcome: "answered", Probability: 0.5}, nil
		}}, func() {}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	got := report.Modes[eval.Fused]
	ndcg1 := (1 + 2/math.Log2(3)) / (2 + 1/math.Log2(3))
	want := eval.ModeMetrics{MRR10: (1 + 1.0/3) / 2, NDCG10: (ndcg1 + 1/math.Log2(4)) / 2, Recall1: 0.5, Recall3: 1, Recall5: 1, Recall10: 1}
	if math.Abs(got.MRR10-want.MRR10) > 1e-9 || math.Abs(got.NDCG10-want.NDCG10) > 1e-9 || got.Recall1 != want.Recall1 || got.Recall3 != want.Recall3 {
		t.Errorf("got %+v, want %+v", *got, want)
	}
	if report.Modes[eval.Vector] != nil {
		t.Error("vector mode without an embedder")
	}
	if report.Handover.Refused != 1 || len(report.Wrong) != 1 || report.Wrong[0].ID != "q3" || *report.Answerability.AUROC != 0.5 {
		t.Errorf("handover %+v, wrong %+v", report.Handover, report.Wrong)
	}
}

func TestExplainSaysWhatEachSignalGave(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := eval.Explain(t.Context(), &b, folder(t, standard()), "wann öffnet die kantine", open); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"d2", "similarity", "asked for", "date"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in:\n%s", want, b.String())
		}
	}
}

// Retyped questions are asked in their new wording, and the report shows that.
func TestRetyped(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{}
	report, err := eval.Run(t.Context(), eval.Config{
		Dir: folder(t, standard()), Open: open, Draws: 10,
		Retype: func(question string) string {
			asked[question] = true
			return "parkplätze vergibt die pforte"
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(asked) != 4 || report.Modes[eval.Keyword].Recall1 != 0 {
		t.Errorf("%d questions retyped, recall@1 %.2f although all ask for another document", len(asked), report.Modes[eval.Keyword].Recall1)
	}
}
