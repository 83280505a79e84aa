package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/retrieval/embed/embedlocal"
	"lvr.example/sprechstunde/retrieval/localpart"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

// outcome is how one command line ended.
type outcome struct {
	t              *testing.T
	line           string
	code           int
	stdout, stderr string
}

// call runs one command line in an environment.
func call(t *testing.T, environ []string, args ...string) outcome {
	t.Helper()
	var stdout bytes.Buffer
	var stderr shared // progress and log write to it, each when it likes
	code := run(t.Context(), environment{args: args, environ: environ, stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr})
	return outcome{t, strings.Join(args, " "), code, stdout.String(), stderr.String()}
}

func (o outcome) exits(code int) outcome {
	o.t.Helper()
	if o.code != code {
		o.t.Errorf("%s: exit code %d, want %d\nstdout: %s\nstderr: %s", o.line, o.code, code, o.stdout, o.stderr)
	}
	return o
}

// shared is a buffer that several may write to, as they may to a terminal.
type shared struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *shared) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *shared) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// complains looks for words on stderr.
func (o outcome) complains(words ...string) outcome {
	o.t.Helper()
	for _, w := range words {
		if !strings.Contains(o.stderr, w) {
			o.t.Errorf("%s: %q is missing on stderr:\n%s", o.line, w, o.stderr)
		}
	}
	return o
}

// shows looks for words on stdout.
func (o outcome) shows(words ...string) outcome {
	o.t.Helper()
	for _, w := range words {
		if !strings.Contains(o.stdout, w) {
			o.t.Errorf("%s: %q is missing on stdout:\n%s", o.line, w, o.stdout)
		}
	}
	return o
}

// hides looks that words stand nowhere.
func (o outcome) hides(words ...string) outcome {
	o.t.Helper()
	for _, w := range words {
		if strings.Contains(o.stdout+o.stderr, w) {
			o.t.Errorf("%s: %q stands in the output", o.line, w)
		}
	}
	return o
}

// decode reads stdout as one JSON value and nothing else.
func (o outcome) decode(into any) {
	o.t.Helper()
	d := json.NewDecoder(strings.NewReader(o.stdout))
	if err := d.Decode(into); err != nil {
		o.t.Fatalf("%s: stdout is no JSON: %v\n%s", o.line, err, o.stdout)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		o.t.Errorf("%s: more than one JSON value on stdout", o.line)
	}
}

// parts names the database and the embedder of the tests.
func parts(t *testing.T) []string {
	t.Helper()
	return append(embedder(t, embedlocal.Test(t).BaseURL()), "SPRECHSTUNDE_DATABASE_URL="+pglocal.TestDSN(t), "SPRECHSTUNDE_DATA="+t.TempDir())
}

// compiled gives a command's data folder the PDF engine that `demo --prepare` had
// compiled: under the race detector that takes minutes.
func compiled(t *testing.T, environ []string) {
	t.Helper()
	i := slices.IndexFunc(environ, func(v string) bool { return strings.HasPrefix(v, "SPRECHSTUNDE_DATA=") })
	shared, err := localpart.Resolve("")
	if err != nil {
		t.Fatal(err)
	}
	from := filepath.Join(shared, "cache")
	if _, err := os.Stat(from); err != nil {
		return
	}
	if err := os.CopyFS(filepath.Join(strings.TrimPrefix(environ[i], "SPRECHSTUNDE_DATA="), "cache"), os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

func embedder(t *testing.T, url string) []string {
	t.Helper()
	return []string{
		"SPRECHSTUNDE_EMBEDDER_URL=" + url, "SPRECHSTUNDE_EMBEDDER_MODEL=" + embedlocal.Model, "SPRECHSTUNDE_EMBEDDER_DIMENSIONS=384",
		"SPRECHSTUNDE_EMBEDDER_QUERY_MODEL=" + embedlocal.ModelQuery, "SPRECHSTUNDE_EMBEDDER_PASSAGE_MODEL=" + embedlocal.ModelPassage,
	}
}

func write(t *testing.T, dir, path, text string) string {
	t.Helper()
	path = filepath.Join(dir, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// everyCommand returns the words of each command, groups included.
func everyCommand(cmd *cobra.Command, words ...string) [][]string {
	all := [][]string{words}
	for _, sub := range cmd.Commands() {
		all = append(all, everyCommand(sub, append(words[:len(words):len(words)], sub.Name())...)...)
	}
	return all
}

func TestEveryCommandHelps(t *testing.T) {
	t.Parallel()
	commands := everyCommand(newRoot(environment{stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard}))
	if len(commands) < 20 {
		t.Fatalf("only %d commands", len(commands))
	}
	for _, name := range []string{"run", "ingest", "ask", "chat", "demo", "doctor", "migrate", "extract", "eval", "bench", "documents", "embeddings", "synonyms", "questions", "persons", "config", "mattermost"} {
		call(t, nil, name, "--help").exits(exitOK).shows("Usage:")
	}
	for _, words := range commands {
		help := call(t, nil, append(words, "--help")...).exits(exitOK).shows("Usage:")
		if help.stderr != "" {
			t.Errorf("%s: stderr: %s", help.line, help.stderr)
		}
		call(t, nil, append(words, "--gibt-es-nicht")...).exits(exitUsage).complains("--gibt-es-nicht", "--help")
	}
}

func TestUsageErrors(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"gibtesnicht"},
		{"ask"}, {"ask", ""}, {"ask", "   "},
		{"extract"}, {"extract", "a", "b"}, {"extract", "--json", "--text", "a"},
		{"eval"}, {"config"}, {"config", "gibtesnicht"}, {"documents"}, {"documents", "show"}, {"documents", "block"}, {"documents", "release", "a", "b"}, {"documents", "reread"}, {"questions", "gibtesnicht"},
		{"embeddings"}, {"embeddings", "switch"}, {"embeddings", "remove"}, {"embeddings", "build", "a", "b"}, {"synonyms"}, {"synonyms", "add"}, {"synonyms", "import"}, {"synonyms", "test"},
		{"persons"}, {"persons", "export"}, {"persons", "export", ""}, {"persons", "forget", "anna"}, {"persons", "forget", "anna", "--yes"}, {"persons", "log", "zuviel"}, {"persons", "reapply"},
		{"config", "check", "--set", "privacy.key=kurz"},
		{"run", "zuviel"}, {"ingest", "zuviel"}, {"demo", "zuviel"}, {"doctor", "zuviel"}, {"migrate", "zuviel"},
		{"bench", "answers", "-n", "0"},
		{"config", "print", "--set", "gibts.nicht=1"}, {"config", "print", "--set", "ohnegleich"},
		{"config", "check", "--set", "mattermost.url=kein-url"}, {"config", "check", "--set", "log.level=laut"},
		{"config", "check", "--set", "embedder.url=http://127.0.0.1:1/v1"},
		{"config", "check", "--config", "/gibt/es/nicht.yaml"},
		{"run"}, // nothing is configured
	} {
		o := call(t, nil, args...).exits(exitUsage)
		if o.stderr == "" || o.stdout != "" {
			t.Errorf("%s: stdout %q, stderr %q", o.line, o.stdout, o.stderr)
		}
	}
	call(t, nil, "run").complains("mattermost.url", "mattermost.token", "mattermost.teams")
}

func TestUnknownKeysAreNamed(t *testing.T) {
	t.Parallel()
	call(t, []string{"SPRECHSTUNDE_MATTERMOST_TOKN=x"}, "config", "print").exits(exitUsage).complains("SPRECHSTUNDE_MATTERMOST_TOKN", "config print")
	file := write(t, t.TempDir(), "s.yaml", "mattermost:\n  tokn: x\n")
	call(t, nil, "config", "check", "--config", file).exits(exitUsage).complains("tokn", file)
}

func TestConfigPrintHidesSecrets(t *testing.T) {
	t.Parallel()
	secret := write(t, t.TempDir(), "token", "geheimnis-datei\n")
	environ := []string{
		"SPRECHSTUNDE_MATTERMOST_TOKEN_FILE=" + secret, "SPRECHSTUNDE_DATABASE_URL=postgres://u:geheimnis-db@h/d",
		"SPRECHSTUNDE_MODEL_KEY=geheimnis-modell", "SPRECHSTUNDE_MATTERMOST_CALLBACK_KEY=geheimnis-knopf",
	}
	call(t, environ, "config", "print").exits(exitOK).shows("token:", "not shown").hides("geheimnis")
	var printed map[string]any
	call(t, environ, "config", "print", "--json").exits(exitOK).hides("geheimnis").decode(&printed)
	if printed["mattermost"] == nil {
		t.Errorf("printed %v", printed)
	}
}

func TestFlagsStandBeforeOrAfter(t *testing.T) {
	t.Parallel()
	file := write(t, t.TempDir(), "a.md", "# Titel\n\nEin Satz.\n")
	before := call(t, nil, "extract", "--json", file).exits(exitOK)
	if after := call(t, nil, "extract", file, "--json").exits(exitOK); after.stdout != before.stdout {
		t.Errorf("before: %s\nafter: %s", before.stdout, after.stdout)
	}
	for _, args := range [][]string{{"--set", "log.level=debug", "config", "print"}, {"config", "--set", "log.level=debug", "print"}, {"config", "print", "--set", "log.level=debug"}} {
		call(t, nil, args...).exits(exitOK).shows("level: debug")
	}
}

func TestExtract(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := write(t, dir, "a.md", "# Titel\n\n## Teil\n\nEin Satz.\n")
	var x extraction
	call(t, nil, "extract", file, "--json").exits(exitOK).decode(&x)
	if len(x.Documents) != 1 || x.Documents[0].Status != "text" || len(x.Documents[0].Blocks) == 0 {
		t.Errorf("%+v", x)
	}
	call(t, nil, "extract", file, "--text").exits(exitOK).shows("Ein Satz.")
	call(t, nil, "extract", write(t, dir, "leer.md", "")).exits(exitNothing).complains("leer.md", "empty")
	call(t, nil, "extract", write(t, dir, "bild.md", "\x00\x01\x02\xff\xfe\x00")).exits(exitNothing).complains("bild.md")
	var empty extraction
	call(t, nil, "extract", filepath.Join(dir, "leer.md"), "--json").exits(exitNothing).decode(&empty)
	if len(empty.Documents) != 1 || empty.Documents[0].Status != "empty" || empty.Documents[0].Reason == "" {
		t.Errorf("%+v", empty)
	}
	call(t, nil, "extract", filepath.Join(dir, "gibt-es-nicht.md")).exits(exitFailed).complains("gibt-es-nicht.md")
	call(t, nil, "extract", dir).exits(exitFailed).complains("no regular file")
}
