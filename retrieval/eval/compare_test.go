package eval_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/eval"
)

// perQuery runs over a folder and returns the file of --per-query.
func perQuery(t *testing.T, c eval.Config) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "per-query.jsonl")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := json.NewEncoder(file)
	c.PerQuery = func(o eval.Observation) error { return lines.Encode(o) }
	if _, err := eval.Run(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	return path
}

func against(t *testing.T, c eval.Config, path string) eval.Report {
	t.Helper()
	var err error
	if c.Earlier, err = eval.ReadEarlier(path); err != nil {
		t.Fatal(err)
	}
	report, err := eval.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestCompareWithItselfFindsNothing(t *testing.T) {
	t.Parallel()
	conf := eval.Config{Dir: folder(t, topics()), Unanswerable: folder(t, standard()), Open: open, Draws: 200}
	got := against(t, conf, perQuery(t, conf)).Compare
	if got.Questions != 84 || len(got.OnlyEarlier)+len(got.OnlyNow)+len(got.JudgedDifferently)+len(got.Changed) != 0 {
		t.Errorf("%+v", got)
	}
	if len(got.Differences) != 25 {
		t.Errorf("%d figures, want 25", len(got.Differences))
	}
	for name, d := range got.Differences {
		if d.Difference != 0 || d.Interval != (eval.Interval{}) || d.P != 1 || d.Holm != 1 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestCompareFindsWhatGotWorse(t *testing.T) {
	t.Parallel()
	whole := eval.Config{Dir: folder(t, topics()), Open: open, Draws: 500}
	earlier := perQuery(t, whole)
	broken := whole
	broken.Open = func(ctx context.Context, f eval.Folder) (eval.House, func(), error) {
		h, closeHouse, err := open(ctx, f)
		h.Fused = badBuild{h.Fused, 1}
		return h, closeHouse, err
	}
	report := against(t, broken, earlier)
	d := report.Compare.Differences["fused.mrr@10"]
	if d.Difference >= 0 || d.Interval[1] >= 0 || d.P > 0.01 || d.Holm < d.P || d.Now-d.Earlier != d.Difference {
		t.Errorf("fused MRR: %+v", d)
	}
	if d := report.Compare.Differences["keyword.mrr@10"]; d.Difference != 0 {
		t.Errorf("keyword MRR, which nobody broke: %+v", d)
	}
	if worst := report.Compare.Changed[0]; worst.Gain >= 0 || worst.Place[0] != 1 || worst.Place[1] == 1 {
		t.Errorf("changed most: %+v", worst)
	}
	var text bytes.Buffer
	if err := report.WriteText(&text); err != nil || !strings.Contains(text.String(), "wo wird die") {
		t.Errorf("questions are not shown to people: %v", err)
	}
	raw, err := json.Marshal(report.Compare)
	if err != nil || strings.Contains(string(raw), "wo wird die") {
		t.Errorf("a question's text stands in the JSON (%v)", err)
	}
	for gate, want := range map[string]string{
		`{"not_worse":["keyword.mrr@10"]}`:              "",
		`{"not_worse":["fused.mrr@10"]}`:                "worse beyond chance",
		`{"not_worse":["answerability.aurc"]}`:          "worse beyond chance",
		`{"not_worse":["fused.mrr"]}`:                   "missing",
		`{"min":{"intervals/keyword.mrr@10/0":0.5}}`:    "",
		`{"min":{"intervals/fused.mrr@10/1":0.999}}`:    "must be at least",
		`{"min":{"intervals/fused.mrr@10/2":0}}`:        "missing",
		`{"max":{"compare/differences/no/p":0}}`:        "missing",
		`{"min":{"compare/questions":80}}`:              "",
		`{"min":{"compare/differences/fused.mrr@10/p":`: "unexpected EOF",
	} {
		g, err := eval.ReadGate(strings.NewReader(gate))
		if err != nil {
			if want == "" || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", gate, err)
			}
			continue
		}
		lines, err := g.Check(report)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(lines, "\n"); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", gate, got, want)
		}
	}
	report.Compare = nil
	g, err := eval.ReadGate(strings.NewReader(`{"not_worse":["fused.mrr@10"]}`))
	if err != nil {
		t.Fatal(err)
	}
	if lines, err := g.Check(report); err != nil || len(lines) != 1 || !strings.Contains(lines[0], "--compare") {
		t.Errorf("without a comparison: %q, %v", lines, err)
	}
}

func TestComparePairsTheQuestionsThatAreInBoth(t *testing.T) {
	t.Parallel()
	files := standard()
	earlier := perQuery(t, eval.Config{Dir: folder(t, files), Open: open, Draws: 1})
	files["queries.jsonl"] = strings.Replace(files["queries.jsonl"], `"_id":"q3"`, `"_id":"q9"`, 1)
	files["qrels.tsv"] = strings.Replace(files["qrels.tsv"], "q2\td2\t1", "q2\td3\t1\nq2\td2\t0", 1)
	files["qrels.tsv"] = strings.Replace(files["qrels.tsv"], "q2\td3\t0\n", "", 1)
	got := against(t, eval.Config{Dir: folder(t, files), Unanswerable: folder(t, standard()), Open: open, Draws: 1}, earlier).Compare
	if got.Questions != 3 || !slices.Equal(got.OnlyEarlier, []string{"q3"}) || !slices.Equal(got.OnlyNow, []string{"q9", "q1", "q2", "q3", "h1"}) ||
		!slices.Equal(got.JudgedDifferently, []string{"q2"}) {
		t.Errorf("%+v", got)
	}
	if d := got.Differences["fused.recall@1"]; d.Earlier != 0.5 || d.Now != 0.5 {
		t.Errorf("both runs must be judged by the qrels of now: %+v", d)
	}
	other := perQuery(t, eval.Config{Dir: folder(t, topics()), Open: open, Draws: 1})
	e, err := eval.ReadEarlier(other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := eval.Run(t.Context(), eval.Config{Dir: folder(t, files), Open: open, Draws: 1, Earlier: e}); err == nil || !strings.Contains(err.Error(), "no question of this run") {
		t.Errorf("nothing in common: %v", err)
	}
}

func TestWhatIsNoEarlierRunIsNamed(t *testing.T) {
	t.Parallel()
	report, err := eval.Run(t.Context(), eval.Config{Dir: folder(t, standard()), Open: open, Draws: 1})
	if err != nil {
		t.Fatal(err)
	}
	indented, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	line := `{"id":"q1","set":"main","outcome":"answered","ranked":{}}`
	for text, want := range map[string]string{
		string(indented):             "--per-query",
		"{kaputt":                    "f.jsonl:1: ",
		line + "\n{}":                "f.jsonl:2: ",
		line + "\n" + line:           "f.jsonl:2: question \"q1\"",
		`{"id":"q1"}`:                "f.jsonl:1: ",
		"\n":                         "no question",
		`[{"id":"q1"}]`:              "f.jsonl:1: ",
		`{"_id":"q","text":"frage"}`: "f.jsonl:1: ",
	} {
		path := filepath.Join(folder(t, map[string]string{"f.jsonl": text}), "f.jsonl")
		if _, err := eval.ReadEarlier(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: got %v, want %q", text, err, want)
		}
	}
	if _, err := eval.ReadEarlier(filepath.Join(t.TempDir(), "fehlt")); !os.IsNotExist(err) && !strings.Contains(err.Error(), "no such file") {
		t.Errorf("missing: %v", err)
	}
}
