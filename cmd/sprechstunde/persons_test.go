package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/retrieval/postgres/pglocal"
)

const (
	annaID  = "annaannaannaannaannaannaan"
	bertaID = "bertabertabertabertabertab"
)

// people furnishes a database in which anna and berta asked, and returns an
// environment with it and a key.
func people(t *testing.T) []string {
	t.Helper()
	dsn := pglocal.TestDSN(t)
	environ := []string{
		"SPRECHSTUNDE_DATABASE_URL=" + dsn, "SPRECHSTUNDE_DATA=" + t.TempDir(),
		"SPRECHSTUNDE_PRIVACY_KEY=" + strings.Repeat("geheim", 6),
	}
	call(t, environ, "migrate").exits(exitOK)
	pool, err := pgxpool.New(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	questions, err := postgres.NewQuestions(postgres.QuestionsConfig{Pool: pool})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{annaID, bertaID} {
		a := inbox.Arrival{Origin: inbox.FromPost, Key: "post of " + id, ChannelID: "direct of " + id, UserID: id, At: time.Now()}
		if _, _, err := questions.Add(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	return environ
}

func TestPersons(t *testing.T) {
	t.Parallel()
	environ := people(t)
	dir := t.TempDir()
	file, log := filepath.Join(dir, "anna.json"), filepath.Join(dir, "log.jsonl")

	call(t, environ, "persons", "export", annaID, "--out", file).exits(exitOK)
	written, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(written), "direct of "+annaID) || strings.Contains(string(written), bertaID) {
		t.Errorf("%s, %v", written, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != personal {
		t.Errorf("%v, %v", info, err)
	}
	call(t, environ, "persons", "forget", annaID).exits(exitUsage).complains("--yes", "export")
	call(t, environ, "persons", "export", annaID).exits(exitOK).shows(annaID)

	var done struct{ Forgotten map[string]any }
	call(t, environ, "persons", "forget", annaID, "--yes", "--json").exits(exitOK).decode(&done)
	for _, field := range []string{"questions", "replies", "handovers", "tickets", "answers_given", "posts_left"} {
		if _, has := done.Forgotten[field]; !has {
			t.Errorf("no %s in %v", field, done.Forgotten)
		}
	}
	if done.Forgotten["questions"] != 1.0 {
		t.Errorf("forgot %v", done.Forgotten)
	}
	var export privacy.Export
	call(t, environ, "persons", "export", annaID).exits(exitNothing).decode(&export)
	call(t, environ, "persons", "export", bertaID).exits(exitOK).shows(bertaID)
	call(t, environ, "persons", "forget", annaID, "--yes").exits(exitOK).shows("Nothing was kept")
	call(t, environ, "persons", "log", "--out", log).exits(exitOK)
	if entries, err := os.ReadFile(log); err != nil || strings.Count(string(entries), "\n") != 2 || strings.Contains(string(entries), annaID) {
		t.Errorf("%s, %v", entries, err)
	}

	// An older backup comes back.
	restored := people(t)
	var again struct{ Entries, Forgotten int }
	call(t, restored, "persons", "reapply", log, "--json").exits(exitOK).decode(&again)
	if again.Entries != 2 || again.Forgotten != 1 {
		t.Errorf("%+v", again)
	}
	call(t, restored, "persons", "export", annaID).exits(exitNothing)
	call(t, restored, "persons", "export", bertaID).exits(exitOK)
	if kept := call(t, restored, "persons", "log").exits(exitOK).stdout; strings.Count(kept, "\n") != 2 {
		t.Errorf("the log after it was applied:\n%s", kept)
	}
}

func TestPersonsBadInput(t *testing.T) {
	t.Parallel()
	environ := people(t)
	keyless := environ[:2]
	call(t, keyless, "persons", "forget", annaID, "--yes").exits(exitUsage).complains("privacy.key", "openssl")
	call(t, keyless, "persons", "export", annaID).exits(exitOK)
	call(t, environ, "persons", "forget", "anna", "--yes").exits(exitFailed).complains("mattermost.url", "id of the account")
	for name, text := range map[string]string{
		"cut":   `{"subject":"2dadd6a44590d38ab3042e24a19fe1200a1d2241357e00f02413c86d7498059d","at":"2026-03-02T09:00:00Z"}` + "\n" + `{"subject":"2dad`,
		"short": `{"subject":"2dad","at":"2026-03-02T09:00:00Z"}`,
		"other": "hallo\n",
	} {
		file := write(t, t.TempDir(), name, text)
		call(t, environ, "persons", "reapply", file).exits(exitFailed).complains(file, "line", "nothing was changed")
	}
	call(t, environ, "persons", "reapply", "/gibt/es/nicht").exits(exitFailed).complains("/gibt/es/nicht")
	if kept := call(t, environ, "persons", "log").exits(exitOK).stdout; kept != "" {
		t.Errorf("the log holds %s", kept)
	}
	call(t, environ, "persons", "export", annaID).exits(exitOK)
}
