package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

const (
	leaflet = "---\ntitle: Merkblatt\nowner: Zentrum\n---\n# Merkblatt\n\n## Speicherdauer\n\nUnterhaltungen mit dem KI-Assistenten werden 30 Tage gespeichert. Danach werden sie gelöscht.\n"
	asking  = "Wie lange werden Unterhaltungen mit dem KI-Assistenten gespeichert?"
)

func smallFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "regeln/merkblatt.md", leaflet)
	write(t, dir, "regeln/bilder.txt", "Freigegebene Bilder von Beschäftigten liegen in der Bilddatenbank der Pressestelle.\n")
	return dir
}

func TestAskOnAFolder(t *testing.T) {
	t.Parallel()
	environ, dir := parts(t), smallFolder(t)
	var a asked
	call(t, environ, "ask", asking, "--docs", dir, "--json").exits(exitOK).decode(&a)
	if a.Outcome != "answered" || len(a.Sources) == 0 || a.Probability <= 0 || a.Probability > 1 {
		t.Fatalf("%+v", a)
	}
	if s := a.Sources[0]; s.Document != "regeln/merkblatt.md" || s.Title != "Merkblatt" || !strings.Contains(s.Quote, "30 Tage") || s.Place == "" {
		t.Errorf("source %+v", s)
	}
	again := call(t, environ, "ask", "--docs", dir, asking).exits(exitOK).shows("30 Tage", "Merkblatt")
	if strings.Contains(again.stdout, "/") && strings.Contains(again.stdout, dir) {
		t.Errorf("the folder's place on this machine is shown: %s", again.stdout)
	}
	var none asked
	call(t, environ, "ask", "Qrxblatz?", "--docs", dir, "--json").exits(exitNothing).decode(&none)
	if none.Outcome != "not_found" || none.Sources == nil {
		t.Errorf("%+v", none)
	}
	call(t, environ, "ask", asking, "--docs", dir, "--collections", "gibtesnicht").exits(exitUsage).complains("gibtesnicht", "Dokumente")
	call(t, environ, "ask", asking, "--docs", filepath.Join(dir, "gibtesnicht")).exits(exitFailed).complains("gibtesnicht")
	call(t, environ, "ask", asking, "--docs", t.TempDir()).exits(exitNothing)
}

func TestAskWithAnEmbedderThatHangs(t *testing.T) {
	t.Parallel()
	environ, dir := parts(t), smallFolder(t)
	call(t, environ, "ask", asking, "--docs", dir).exits(exitOK) // ingested with a good one
	released := make(chan struct{})
	var asked, givenUp atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		_, _ = io.Copy(io.Discard, r.Body) // the end of the connection is heard behind it
		select {
		case <-released:
		case <-r.Context().Done():
			givenUp.Add(1)
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(released) })
	hanging := append(embedder(t, server.URL+"/v1"), environ[5:]...)
	for _, folder := range []string{dir, smallFolder(t)} { // ingested, and not yet
		asked.Store(0)
		call(t, hanging, "ask", asking, "--docs", folder).exits(exitOK).shows("30 Tage").complains("keywords only")
		if n := asked.Load(); n != 1 {
			t.Errorf("asked a hanging embedder %d times, want once: a person waits for each", n)
		}
	}
	if givenUp.Load() == 0 {
		t.Error("answered before the embedder was given up")
	}
}

func TestWrongDimension(t *testing.T) {
	t.Parallel()
	environ, dir := parts(t), smallFolder(t)
	call(t, environ, "ask", asking, "--docs", dir).exits(exitOK)
	wrong := slices.Concat(environ, []string{"SPRECHSTUNDE_EMBEDDER_DIMENSIONS=512"})
	call(t, wrong, "ask", asking, "--docs", dir).exits(exitFailed).complains("512", "384")
	other := slices.Concat(environ, []string{"SPRECHSTUNDE_EMBEDDER_MODEL=ein-anderes"})
	call(t, other, "ask", asking, "--docs", dir).exits(exitOK).shows("30 Tage") // embedded anew
}

func TestWrongDatabase(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"postgres://bot:geheimnis@127.0.0.1:1/sprechstunde",
		"postgres://bot:geheimnis@127.0.0.1:keine-zahl/sprechstunde",
		"host=127.0.0.1 port=1 user=bot password=geheimnis",
		"postgres//bot:geheimnis@127.0.0.1/sprechstunde",
		"das ist keine Adresse geheimnis",
	} {
		environ := []string{"SPRECHSTUNDE_DATABASE_URL=" + url, "SPRECHSTUNDE_DATA=" + t.TempDir()}
		for _, args := range [][]string{{"migrate"}, {"questions", "list", "--json"}, {"ask", asking}} {
			o := call(t, environ, args...).exits(exitFailed).complains("database").hides("geheimnis")
			if o.stdout != "" {
				t.Errorf("%s: stdout %q", o.line, o.stdout)
			}
		}
	}
}

func TestIngestGoesOnAfterWhatItCannotRead(t *testing.T) {
	t.Parallel()
	dir := smallFolder(t)
	write(t, dir, "collection.yaml", "name: Regeln\nrank: 1\nreaders: alle\n")
	write(t, dir, "alt/latin1.txt", "Pr\xfcfberichte \xfcber die T\xfcren liegen im B\xfcro der Geb\xe4udeaufsicht.\n")
	write(t, dir, "gross/gross.txt", strings.Repeat("Ein Satz, der sich wiederholt und nichts sagt.\n", 50<<20/47))
	write(t, dir, "leer/leer.md", "")
	quarantined := 2
	if os.Geteuid() != 0 { // root reads everything
		locked := filepath.Join(dir, "zu")
		write(t, dir, "zu/zu.md", leaflet)
		if err := os.Chmod(locked, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(locked, 0o700) })
		quarantined++
	}
	config := write(t, t.TempDir(), "s.yaml", "sources:\n  - name: haus\n    folder: "+dir+"\n")
	environ := parts(t)
	var report struct{ Sources []ingested }
	call(t, environ, "ingest", "--json", "--config", config).exits(exitNothing).decode(&report)
	if len(report.Sources) != 1 || report.Sources[0].New != 3 || len(report.Sources[0].Quarantined) != quarantined {
		t.Fatalf("%+v", report)
	}
	for _, q := range report.Sources[0].Quarantined {
		if q.Path == "" || q.Reason == "" {
			t.Errorf("without a reason: %+v", q)
		}
	}
	call(t, environ, "ask", "Wo liegen die Prüfberichte über die Türen?", "--config", config).exits(exitOK).shows("Büro der Gebäudeaufsicht")
	var listed struct{ Documents []listedDocument }
	call(t, environ, "documents", "list", "--json", "--config", config).exits(exitOK).decode(&listed)
	if len(listed.Documents) < 3 {
		t.Errorf("%+v", listed)
	}
	call(t, environ, "ingest", "--source", "gibtesnicht", "--config", config).exits(exitUsage).complains("gibtesnicht")
	nowhere := write(t, t.TempDir(), "s.yaml", "sources:\n  - name: haus\n    folder: /gibt/es/nicht\n")
	call(t, environ, "ingest", "--config", nowhere).exits(exitFailed).complains("/gibt/es/nicht")
}

func TestEmptyHouse(t *testing.T) {
	t.Parallel()
	environ := parts(t)
	var migrated, questions, documents map[string]any
	call(t, environ, "migrate", "--json").exits(exitOK).decode(&migrated)
	call(t, environ, "questions", "list", "--json").exits(exitNothing).decode(&questions)
	call(t, environ, "documents", "list", "--json").exits(exitNothing).decode(&documents)
	call(t, environ, "documents", "show", "gibt/es/nicht.md").exits(exitNothing).complains("gibt/es/nicht.md")
	var findings struct{ Findings []map[string]string }
	call(t, append(environ, "SPRECHSTUNDE_MATTERMOST_URL=http://127.0.0.1:1", "SPRECHSTUNDE_MATTERMOST_TOKEN=geheimnis", "SPRECHSTUNDE_MATTERMOST_TEAMS=haus"),
		"doctor", "--json").exits(exitFailed).hides("geheimnis").decode(&findings)
	if len(findings.Findings) < 5 {
		t.Errorf("%v", findings)
	}
}
