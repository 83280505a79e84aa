package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/llm/llmtest"
	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/cmd/internal/bench"
	"lvr.example/sprechstunde/cmd/internal/doctor"
	"lvr.example/sprechstunde/cmd/internal/evaluate"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/eval"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
	"lvr.example/sprechstunde/retrieval/retrievaltest"
)

// The forms that commands print around their rows.
type (
	ingestForm struct {
		NotConfigured []forgotten `json:"not_configured"`
		Sources       []ingested  `json:"sources"`
	}
	documentsForm struct {
		Documents []listedDocument `json:"documents"`
	}
	documentForm struct {
		Document listedDocument `json:"document"`
	}
	shownForm struct {
		Document listedDocument   `json:"document"`
		Facts    []retrieval.Fact `json:"facts"`
		Passages []shownPassage   `json:"passages"`
	}
	sourcesForm struct {
		Sources []listedSource `json:"sources"`
	}
	removedForm struct {
		Documents int    `json:"documents"`
		Removed   string `json:"removed"`
	}
	renamedForm struct {
		Documents int    `json:"documents"`
		Renamed   string `json:"renamed"`
		To        string `json:"to"`
	}
	movedForm struct {
		Moved string `json:"moved"`
		Place string `json:"place"`
	}
	setsForm struct {
		Sets []listedSet `json:"sets"`
	}
	expansionsForm struct {
		Expansions []expansion `json:"expansions"`
	}
	questionsForm struct {
		Questions []listedQuestion `json:"questions"`
	}
	forgottenForm struct {
		Forgotten privacy.Forgotten `json:"forgotten"`
	}
	reappliedForm struct {
		Entries   int `json:"entries"`
		Forgotten int `json:"forgotten"`
	}
	migratedForm struct {
		Schemas []neighbours.Migrated `json:"schemas"`
	}
	findingsForm struct {
		Findings []doctor.Finding `json:"findings"`
	}
)

// TestReference runs each example of docs/cli.md. A field that comes, goes or has
// another name shows there, and whoever changes one says so in CHANGELOG.md.
func TestReference(t *testing.T) {
	t.Parallel()
	d := &documented{t: t, shown: map[string]string{}}
	d.documents()
	d.sources()
	d.people()
	d.embeddings()
	d.evaluations()
	d.files()
	d.server()
	d.check()
	for _, name := range jsonCommands(newRoot(environment{stdin: strings.NewReader("")})) {
		if _, ran := d.shown[name]; !ran {
			t.Errorf("%s --json has no example in %s", name, reference)
		}
	}
	d.exitCodes()
}

// exitCodes looks for each exit code in the reference's table.
func (d *documented) exitCodes() {
	text, err := os.ReadFile(reference)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, code := range []int{exitOK, exitFailed, exitUsage, exitNothing, exitGate} {
		if !strings.Contains(string(text), "\n| "+strconv.Itoa(code)+" |") {
			d.t.Errorf("%s does not say what exit code %d means", reference, code)
		}
	}
}

// documents is a house whose documents are asked and looked after.
func (d *documented) documents() {
	dir := smallFolder(d.t)
	write(d.t, dir, "collection.yaml", "name: Regeln\nrank: 1\nreaders: alle\n")
	write(d.t, dir, "leer.md", "")
	environ := append(parts(d.t), "SPRECHSTUNDE_CONFIG="+write(d.t, d.t.TempDir(), "s.yaml", "sources:\n  - name: haus\n    folder: "+dir+"\n"))
	files := [][2]string{{dir, "/srv/haus"}}

	d.run(environ, example{name: "ingest --dry-run", args: []string{"ingest", "--dry-run", "--json"}, code: exitNothing, shape: ingestForm{}, files: files})
	d.run(environ, example{name: "ingest", args: []string{"ingest", "--json"}, code: exitNothing, shape: ingestForm{}, files: files})
	answers := []mask{{`("(?:probability|score)": )[0-9.]+`, "${1}0.9"}, {`"text": "[^\n]*"`, `"text": "…"`}}
	d.run(environ, example{name: "ask", args: []string{"ask", asking, "--json"}, shape: asked{}, files: files, masks: answers})
	d.run(environ, example{name: "ask --after", args: []string{"ask", "und danach?", "--after", asking, "--json"}, shape: asked{}, files: files, masks: answers})
	answer := write(d.t, d.t.TempDir(), "speichern.yaml", strings.Replace(strings.Replace(approvedYAML, asking, "Wer löscht das?", 1), "merkblatt.md", "regeln/merkblatt.md", 1))
	withAnswers := append(slices.Clone(environ), "SPRECHSTUNDE_APPROVED="+filepath.Dir(answer))
	d.run(withAnswers, example{name: "approved list", args: []string{"approved", "list", "--json"}, shape: approvedForm{}})
	approvedTicket(d.t, environ, approved.Basis{Document: "regeln/merkblatt.md"})
	folder := filepath.Join(d.t.TempDir(), "antworten")
	d.run(environ, example{name: "approved export", args: []string{"approved", "export", "antworten", "--json"}, shape: exportForm{}, files: [][2]string{{folder, "antworten"}}})
	const path = "regeln/merkblatt.md"
	d.run(environ, example{name: "documents block", args: []string{"documents", "block", path, "--reason", "Anlage 2 fehlt", "--json"}, shape: documentForm{}})
	d.run(environ, example{name: "documents list", args: []string{"documents", "list", "--json"}, shape: documentsForm{}, first: true})
	d.run(environ, example{name: "documents show", args: []string{"documents", "show", path, "--json"}, shape: shownForm{}})
	d.run(environ, example{name: "documents release", args: []string{"documents", "release", path, "--json"}, shape: documentForm{}})
	d.run(environ, example{name: "documents reread", args: []string{"documents", "reread", path, "--json"}, shape: documentForm{}})

	d.run(environ, example{name: "synonyms add", args: []string{"synonyms", "add", "DA = Dienstanweisung", "--json"}, shape: listedSynonyms{}})
	d.run(environ, example{name: "synonyms list", args: []string{"synonyms", "list", "--json"}, shape: listedSynonyms{}})
	d.run(environ, example{name: "synonyms test", args: []string{"synonyms", "test", "Was sagt die DA?", "--json"}, shape: expansionsForm{}})
	d.run(environ, example{name: "synonyms remove", args: []string{"synonyms", "remove", "DA", "--json"}, shape: listedSynonyms{}})
	list := write(d.t, d.t.TempDir(), "synonyms.txt", "KI = Künstliche Intelligenz\n")
	d.run(environ, example{name: "synonyms import", args: []string{"synonyms", "import", "synonyms.txt", "--json"}, shape: listedSynonyms{}, files: [][2]string{{list, "synonyms.txt"}}})

	d.run(environ, example{name: "doctor", args: []string{"doctor", "--json"}, shape: findingsForm{}, files: files, masks: []mask{
		{`PostgreSQL [0-9.]+`, "PostgreSQL 16.14"}, {`pgvector [0-9.]+`, "pgvector 0.8.5"},
		{`(?s)"what": "reading files",.*?\}`, "\"what\": \"reading files\",\n      \"state\": \"ok\",\n      \"says\": \"in processes without network, files and secrets\"\n    }"},
	}})
}

// sources is a house whose sources change.
func (d *documented) sources() {
	docs, environ := sourceFolder(d.t)
	dir := filepath.Dir(docs)
	files := [][2]string{{dir, "/srv"}}
	call(d.t, environ, "ingest").exits(exitOK)
	d.run(environ, example{name: "sources list", args: []string{"sources", "list", "--json"}, shape: sourcesForm{}, files: files})
	write(d.t, dir, "sprechstunde.yaml", "sources:\n  - name: wolke\n    folder: fort\n")
	d.run(environ, example{name: "ingest of a source that fails", args: []string{"ingest", "--json"}, code: exitFailed, shape: ingestForm{}, files: files})
	d.run(environ, example{name: "sources rename", args: []string{"sources", "rename", "akten", "wolke", "--json"}, shape: renamedForm{}})
	d.run(environ, example{name: "sources moved", args: []string{"sources", "moved", "wolke", "--json"}, shape: movedForm{}, files: files})
	d.run(environ, example{name: "sources remove", args: []string{"sources", "remove", "wolke", "--confirm", "wolke", "--json"}, shape: removedForm{}})
}

// people is a database in which people have asked.
func (d *documented) people() {
	environ := people(d.t)
	gapsOfMonth(d.t, environ)
	id := []mask{{`"(id|subject)": "[^"]*"`, `"$1": "…"`}}
	d.run(environ, example{name: "gaps", args: []string{"gaps", "--month", "2026-02", "--json"}, shape: gapsForm{}})
	d.run(environ, example{name: "questions list", args: []string{"questions", "list", "--json"}, shape: questionsForm{}, first: true, masks: id})
	d.run(environ, example{name: "persons export", args: []string{"persons", "export", annaID}, shape: privacy.Export{}, masks: id})
	d.run(environ, example{name: "persons forget", args: []string{"persons", "forget", annaID, "--yes", "--json"}, shape: forgottenForm{}})
	log := d.run(environ, example{name: "persons log", args: []string{"persons", "log"}, shape: logged{}, lines: true, masks: id}).stdout
	file := write(d.t, d.t.TempDir(), "deletions.jsonl", log)
	d.run(people(d.t), example{name: "persons reapply", args: []string{"persons", "reapply", "deletions.jsonl", "--json"}, shape: reappliedForm{}, files: [][2]string{{file, "deletions.jsonl"}}})
	d.run([]string{"SPRECHSTUNDE_DATABASE_URL=" + pglocal.TestDSN(d.t), "SPRECHSTUNDE_DATA=" + d.t.TempDir()}, example{
		name: "migrate", args: []string{"migrate", "--json"}, shape: migratedForm{},
		masks: []mask{{`("applied": \[\s+"[^"]+")[^\]]*?(\s+\])`, "$1$2"}},
	})
}

// embeddings is a house that changes its embedding model.
func (d *documented) embeddings() {
	docs, _ := sourceFolder(d.t)
	model := func(name string, dimensions int) string {
		url := retrievaltest.Endpoint(d.t, retrievaltest.Embedder{Dimensions: dimensions})
		return "{url: " + url + ", model: " + name + ", dimensions: " + strconv.Itoa(dimensions) + "}\n"
	}
	conf := write(d.t, d.t.TempDir(), "s.yaml", "sources:\n  - name: akten\n    folder: "+docs+"\nembedder: "+model("alt", 4)+"next_embedder: "+model("neu", 6))
	environ := []string{"SPRECHSTUNDE_DATABASE_URL=" + pglocal.TestDSN(d.t), "SPRECHSTUNDE_DATA=" + d.t.TempDir(), "SPRECHSTUNDE_CONFIG=" + conf}
	call(d.t, environ, "ingest").exits(exitOK)
	d.run(environ, example{name: "embeddings build", args: []string{"embeddings", "build", "--json"}, shape: setsForm{}})
	d.run(environ, example{name: "embeddings switch", args: []string{"embeddings", "switch", "neu", "--json"}, shape: setsForm{}})
	d.run(environ, example{name: "embeddings remove", args: []string{"embeddings", "remove", "alt", "--json"}, shape: setsForm{}})
	d.run(environ, example{name: "embeddings list", args: []string{"embeddings", "list", "--json"}, shape: setsForm{}})
}

// evaluations measure a small folder.
func (d *documented) evaluations() {
	dir := d.t.TempDir()
	write(d.t, dir, "corpus.jsonl", `{"_id":"kasse","title":"Kasse","text":"Die Kaffeekasse verwaltet das Vorzimmer."}`+"\n"+`{"_id":"plan","title":"Plan","text":"Der Raumplan hängt im Foyer aus."}`+"\n")
	write(d.t, dir, "queries.jsonl", `{"_id":"q1","text":"Wer verwaltet die Kaffeekasse?","answer":"das Vorzimmer"}`+"\n"+`{"_id":"q2","text":"Wo hängt der Raumplan aus?"}`+"\n"+`{"_id":"q3","text":"Was kostet die Bratwurst in der Kantine?","answerable":false}`+"\n")
	write(d.t, dir, "qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tkasse\t1\nq2\tplan\t1\n")
	environ := append(embedder(d.t, retrievaltest.Endpoint(d.t, retrievaltest.Embedder{Dimensions: 384})), "SPRECHSTUNDE_DATABASE_URL="+pglocal.TestDSN(d.t), "SPRECHSTUNDE_DATA="+d.t.TempDir())
	d.run(environ, example{name: "eval", args: []string{"eval", "haus", "--draws", "20", "--json"}, shape: eval.Report{}, first: true, files: [][2]string{{dir, "haus"}}, masks: []mask{
		{`(": )-?[0-9.]+(e-?\d+)?`, "${1}0"}, {`\[\s+-?[0-9.]+(e-?\d+)?,\s+-?[0-9.]+(e-?\d+)?\s+\]`, "[0, 0]"},
	}})
	model := llmtest.Start(d.t, llmtest.Answers(map[string]string{"Wer verwaltet die Kaffeekasse?": "das Vorzimmer"}))
	d.run(append(environ, "SPRECHSTUNDE_MODEL_URL="+model.URL, "SPRECHSTUNDE_MODEL_NAME=test"), example{
		name: "eval answers", args: []string{"eval", "haus", "--answers", "--show", "--json"}, shape: evaluate.AnswersReport{}, first: true,
		files: [][2]string{{dir, "haus"}}, masks: []mask{{`(": )-?[0-9.]+(e-?\d+)?`, "${1}0"}, {`"[0-9a-f]{32}"`, `"…"`}},
	})
	var text strings.Builder
	for i := range 120 { // the fewest that are recombined are 100
		fmt.Fprintf(&text, "Das Zimmer %d liegt im Haus %d.\n\n", i, i%7)
	}
	texts := d.t.TempDir()
	write(d.t, texts, "zimmer.txt", text.String())
	d.run(environ, example{name: "bench search", args: []string{"bench", "search", "--passages", "60", "-n", "2", "--compared", "1", "--text", "texte", "--json"}, shape: bench.Search{}, first: true, files: [][2]string{{texts, "texte"}}})
	answers, err := json.Marshal(bench.Answers{})
	if err != nil {
		d.t.Fatal(err)
	}
	d.keep(example{name: "bench answers", shape: bench.Answers{}}, answers) // a run takes a chat server
}

// files need no database.
func (d *documented) files() {
	file := write(d.t, d.t.TempDir(), "a.md", "# Titel\n\n## Teil\n\nEin Satz.\n")
	d.run(nil, example{name: "extract", args: []string{"extract", "a.md", "--json"}, shape: extraction{}, files: [][2]string{{file, "a.md"}}})
	d.run(nil, example{name: "config print", args: []string{"config", "print", "--json"}})
}
