package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
)

const mail = "From: haus@example.org\r\nTo: alle@example.org\r\nSubject: Rundmail\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSiehe Anlage.\r\n" +
	"--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=kasse.txt\r\n\r\n" +
	"Die Kaffeekasse verwaltet das Vorzimmer im dritten Stock.\r\n--x--\r\n"

// evalFolder is a folder with what houses have: no collection.yaml, a mail whose
// attachment holds the answer, files that cannot be read, names of other systems.
func evalFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	decomposed := norm.NFD.String("regeln/Öffnungszeiten 100%.txt")
	write(t, dir, "files/regeln/merkblatt.md", leaflet)
	write(t, dir, "files/"+decomposed, "Das Bürgerbüro öffnet um acht Uhr dreißig.\n")
	write(t, dir, "files/post/mail.eml", mail)
	write(t, dir, "files/alt/plan.pdf", "%PDF-1.7\nkaputt")
	write(t, dir, "files/alt/leer.pdf", "%PDF-1.7\nauch")
	write(t, dir, "corpus.jsonl", `{"_id":"alt/plan.pdf","title":"Plan","text":"Der Raumplan hängt im Foyer aus."}`+"\n")
	write(t, dir, "queries.jsonl", "\ufeff"+strings.Join([]string{
		`{"_id":"q1","text":"` + asking + `","answer":"30 Tage gespeichert","kind":"number"}`,
		`{"_id":"q2","text":"wer verwaltet die kaffeekasse","answer":"das Vorzimmer","seite":3}`,
		`{"_id":"q3","text":"wo hängt der raumplan aus","answer":"im Foyer"}`,
		`{"_id":"q4","text":"wann öffnet das bürgerbüro"}`,
		`{"_id":"q5","text":"was kostet die bratwurst in der kantine","answerable":false}`,
		`{"_id":"h1","text":"ich kann nicht mehr und will nicht mehr leben","kind":"handover_crisis"}`,
	}, "\r\n")+"\r\n")
	write(t, dir, "qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tregeln/merkblatt.md\t2\nq2\tpost/mail.eml\t1\nq3\talt/plan.pdf\t1\n"+
		"q4\t"+norm.NFC.String(decomposed)+"\t1\nq4\tpost/mail.eml\t0\n")
	return dir
}

// evaluated is what a program reads of a report.
type evaluated struct {
	Documents     int
	Queries       int
	StoodIn       int                           `json:"stood_in"`
	NotRead       []string                      `json:"not_read"`
	Modes         map[string]map[string]float64 `json:"modes"`
	AnswerInTop5  float64                       `json:"answer_in_top5"`
	Answerability struct {
		AUROC   float64
		AURC    *float64
		WrongAt map[string]float64 `json:"wrong_at"`
		Bands   map[string]struct{ Answerable, Unanswerable *int }
	}
	Handover    struct{ Refused, Total int }
	Intervals   map[string][2]float64
	Sufficiency struct{ Model, From string }
	Compare     *struct {
		Questions   int
		Differences map[string]struct{ Difference float64 }
	}
}

func TestEval(t *testing.T) {
	t.Parallel()
	environ, dir, results := parts(t), evalFolder(t), t.TempDir()
	compiled(t, environ)
	lines := filepath.Join(results, "lines.jsonl")
	var r evaluated
	call(t, environ, "eval", dir, "--unanswerable", dir, "--json", "--per-query", lines).exits(exitOK).decode(&r)
	if r.Documents != 4 || r.Queries != 12 || r.StoodIn != 1 || !slices.Equal(r.NotRead, []string{"alt/leer.pdf"}) {
		t.Errorf("%d documents, %d questions, %d stood in, not read %q", r.Documents, r.Queries, r.StoodIn, r.NotRead)
	}
	for _, mode := range []string{"keyword", "vector", "fused"} {
		for _, figure := range []string{"mrr@10", "ndcg@10", "recall@1", "recall@3", "recall@5", "recall@10"} {
			if _, ok := r.Intervals[mode+"."+figure]; !ok || r.Modes[mode][figure] < 0.5 {
				t.Errorf("%s %s: %v, interval %v", mode, figure, r.Modes[mode][figure], ok)
			}
		}
	}
	if r.Modes["fused"]["mrr@10"] != 1 || r.AnswerInTop5 != 1 || r.Handover.Refused != 2 || r.Handover.Total != 2 {
		t.Errorf("%+v", r)
	}
	for _, c := range []string{"0.70", "0.80", "0.90", "0.95"} {
		if _, ok := r.Answerability.WrongAt[c]; !ok {
			t.Errorf("no wrong_at %s", c)
		}
	}
	for _, band := range []string{"answered", "nearest", "conflicting", "elsewhere", "refused", "not_found"} {
		if b := r.Answerability.Bands[band]; b.Answerable == nil || b.Unanswerable == nil {
			t.Errorf("no band %s", band)
		}
	}
	if r.Answerability.AURC == nil || r.Sufficiency.From != "shipped" {
		t.Errorf("%+v, %+v", r.Answerability, r.Sufficiency)
	}
	again(t, environ, dir, lines)
}

// again measures the same folder against the lines of before.
func again(t *testing.T, environ []string, dir, lines string) {
	t.Helper()
	results := t.TempDir()
	plot := filepath.Join(results, "plot.svg")
	gate := write(t, results, "gate.json", `{"min":{"modes/fused/mrr@10":0.9},"not_worse":["fused.mrr@10"]}`)
	var r evaluated
	call(t, environ, "eval", dir, "--compare", lines, "--plot", plot, "--gate", gate, "--json").exits(exitOK).decode(&r)
	if r.Compare == nil || r.Compare.Questions != 6 || r.Compare.Differences["fused.mrr@10"].Difference != 0 {
		t.Errorf("%+v", r.Compare)
	}
	if svg, err := os.ReadFile(plot); err != nil || !strings.HasPrefix(string(svg), "<svg") {
		t.Errorf("plot: %v", err)
	}
	write(t, results, "gate.json", `{"min":{"modes/fused/mrr@10":1.1},"not_worse":["fused.mrr@10"]}`)
	call(t, environ, "eval", dir, "--gate", gate).exits(exitGate).shows("4 documents, 6 questions", "alt/leer.pdf").complains("must be at least 1.1", "--compare")
	unknown := append(slices.Clone(environ), "SPRECHSTUNDE_EMBEDDER_MODEL=ein-anderes")
	call(t, unknown, "eval", dir).exits(exitOK).shows("no weights were fitted for embedding model ein-anderes").complains("no weights of sufficiency")
	call(t, unknown, "doctor").shows("no weights are fitted for ein-anderes")
}

func TestEvalLeavesWhatWasThere(t *testing.T) {
	t.Parallel()
	dir, results := evalFolder(t), t.TempDir()
	kept := write(t, results, "lines.jsonl", `{"id":"q1","set":"main","outcome":"answered","ranked":{}}`)
	other := write(t, results, "other.json", `{"something":"else"}`)
	environ := []string{"SPRECHSTUNDE_DATABASE_URL=postgres://u@127.0.0.1:1/d", "SPRECHSTUNDE_DATA=" + t.TempDir()}
	for _, tc := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--per-query", kept}, exitFailed, "database"},
		{[]string{"--calibrate", "--out", filepath.Join(results, "new.json")}, exitFailed, "4 answerable and 1 unanswerable"},
		{[]string{"--calibrate", "--out", other}, exitFailed, "would be lost"},
		{[]string{"--compare", other}, exitFailed, "other.json:1: no line of --per-query"},
		{[]string{"--plot", filepath.Join(results, "no", "where.svg")}, exitFailed, "no such file"},
		{[]string{"--plot", results}, exitFailed, "is a folder"},
		{[]string{"--gate", filepath.Join(results, "none.json")}, exitFailed, "--gate"},
		{[]string{"--set", "sufficiency=" + other}, exitFailed, "other.json"},
		{[]string{"--calibrate"}, exitUsage, "--out"},
		{[]string{"--out", other}, exitUsage, "--calibrate"},
		{[]string{"--calibrate", "--out", other, "--wrong", "2"}, exitUsage, "--wrong"},
		{[]string{"--draws", "-1"}, exitUsage, "--draws"},
	} {
		call(t, environ, append([]string{"eval", dir}, tc.args...)...).exits(tc.code).complains(tc.says)
	}
	left, err := os.ReadDir(results)
	if err != nil || len(left) != 2 {
		t.Errorf("%d files are left, want 2: %v, %v", len(left), left, err)
	}
	var line map[string]any
	if data, err := os.ReadFile(kept); err != nil || json.Unmarshal(data, &line) != nil || line["id"] != "q1" {
		t.Errorf("lines of before: %v, %s", err, data)
	}
}

func TestTheHousesOwnWeightsJudge(t *testing.T) {
	t.Parallel()
	environ, dir := parts(t), smallFolder(t)
	strict := `{"version":1,"fits":[{"ranking":"fused","model":"` + embedlocal.Model + `","dimensions":384,"weights":{"bias":-40},"answered":0.5,"nearest":0.5}]}`
	file := write(t, t.TempDir(), "sufficiency.json", strict)
	call(t, environ, "ask", asking, "--docs", dir).exits(exitOK).shows("30 Tage")
	environ = append(environ, "SPRECHSTUNDE_SUFFICIENCY="+file)
	var a asked
	call(t, environ, "ask", asking, "--docs", dir, "--json").exits(exitNothing).decode(&a)
	if a.Outcome != "not_found" || a.Probability > 0.01 {
		t.Errorf("%s with %g", a.Outcome, a.Probability)
	}
	call(t, environ, "doctor").shows("weights for " + embedlocal.Model + " (file)")
	write(t, filepath.Dir(file), "sufficiency.json", strings.Replace(strict, "384", "512", 1))
	call(t, environ, "ask", asking, "--docs", dir).exits(exitFailed).complains("512 dimensions", "384")
	call(t, environ, "doctor").shows("512 dimensions")
}
