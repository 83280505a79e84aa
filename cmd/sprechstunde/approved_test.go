package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/retrieval"
)

const approvedYAML = `questions:
  - ` + asking + `
answer: Dreißig Tage, danach sind sie fort.
owner: Datenschutz
basis:
  document: merkblatt.md
  quote: Unterhaltungen mit dem KI-Assistenten werden 30 Tage gespeichert
valid_until: 2099-12-31
approved_by: Referat 1
`

// What people have approved is given first, goes back when its basis changes, and
// what is wrong with it is said with file and line.
func TestApprovedAnswers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "docs/collection.yaml", "name: Regeln\nreaders: alle\n")
	document := write(t, dir, "docs/merkblatt.md", leaflet)
	answer := write(t, dir, "approved/speichern.yaml", approvedYAML)
	environ := append(parts(t), "SPRECHSTUNDE_CONFIG="+write(t, dir, "s.yaml", "approved: approved\nsources:\n  - {name: haus, folder: docs}\n"))
	call(t, environ, "ask", asking).exits(exitOK).shows("Dreißig Tage", "Von Menschen geprüft: Datenschutz", "31.12.2099").hides("kann falsch sein")
	call(t, environ, "approved", "list").exits(exitOK).shows("approved", "speichern.yaml")
	call(t, environ, "approved", "check").exits(exitOK).shows("1 answers")

	if err := os.WriteFile(document, []byte(strings.Replace(leaflet, "30 Tage", "60 Tage", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	call(t, environ, "ask", asking).exits(exitOK).shows("60 Tage").hides("Dreißig")
	var listed approvedForm
	call(t, environ, "approved", "list", "--json").exits(exitOK).decode(&listed)
	if len(listed.Answers) != 1 || listed.Answers[0].State != "in review" || listed.Answers[0].Version != "" {
		t.Errorf("%+v", listed)
	}
	call(t, environ, "approved", "check").exits(exitFailed).complains("speichern.yaml", "basis")

	write(t, filepath.Dir(answer), "kaputt.yaml", "questions: [Was ist RPA?]\nanswer: x\nowner: y\nvalid_until: 2099-12-31\n")
	call(t, environ, "approved", "check").exits(exitFailed).complains("kaputt.yaml:1:", "basis.document")
	call(t, environ, "ask", asking).exits(exitOK).shows("60 Tage")
	call(t, append(environ, "SPRECHSTUNDE_APPROVED="+filepath.Join(dir, "fehlt")), "approved", "list").exits(exitNothing).complains("fehlt")
}

// approvedTicket has hosts answer a question and make an answer of the house of it,
// in the database of an environment.
func approvedTicket(t *testing.T, environ []string, basis approved.Basis) {
	t.Helper()
	i := slices.IndexFunc(environ, func(v string) bool { return strings.HasPrefix(v, "SPRECHSTUNDE_DATABASE_URL=") })
	call(t, environ, "migrate").exits(exitOK)
	pool, err := postgres.Open(t.Context(), strings.TrimPrefix(environ[i], "SPRECHSTUNDE_DATABASE_URL="), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	now := time.Now()
	desk, versions := postgres.NewDesk(pool, 0), postgres.NewApproved(pool, 0)
	h, err := desk.Propose(t.Context(), officehours.Handover{QuestionID: uuid.NewString(), AskerID: annaID, ChannelID: "direct", Text: "Kurs?", Format: "f", CreatedAt: now})
	if err != nil {
		t.Fatal(err)
	}
	ticket, err := desk.Agree(t.Context(), h.ID, uuid.NewString(), now)
	if err != nil {
		t.Fatal(err)
	}
	v, err := versions.Write(t.Context(), approved.Version{Number: ticket.Number, AuthorID: annaID, Answer: approved.Answer{
		Questions: []string{"Gibt es den Kurs auf Ukrainisch?"}, Text: "Ja,\nab Februar.", Owner: "Ethik", ContactID: bertaID, Basis: basis,
		Until: retrieval.Date{Year: 2099, Month: time.December, Day: 31},
	}}, uuid.NewString(), now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := versions.Decide(t.Context(), v.ID, approved.Decision{To: approved.StageApproved, By: uuid.NewString(), UserID: bertaID, At: now}); err != nil {
		t.Fatal(err)
	}
}

// What hosts have approved is listed, given at the terminal, and exported as a file
// that serves in its place.
func TestAnswersOfHosts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "docs/collection.yaml", "name: Regeln\nreaders: alle\n")
	write(t, dir, "docs/merkblatt.md", leaflet)
	environ := append(parts(t), "SPRECHSTUNDE_CONFIG="+write(t, dir, "s.yaml", "sources:\n  - {name: haus, folder: docs}\n"))
	call(t, environ, "approved", "export", filepath.Join(dir, "none")).exits(exitNothing)
	approvedTicket(t, environ, approved.Basis{Document: "merkblatt.md", Quote: "Unterhaltungen mit dem KI-Assistenten werden 30 Tage gespeichert"})
	const question = "Gibt es den Kurs auf Ukrainisch?"
	call(t, environ, "ask", question).exits(exitOK).shows("ab Februar", "Von Menschen geprüft: Ethik")
	call(t, environ, "approved", "list").exits(exitOK).shows("approved", "anliegen-1.yaml")

	folder := filepath.Join(dir, "approved")
	call(t, environ, "approved", "export", folder).exits(exitOK).shows("anliegen-1.yaml")
	raw, err := os.ReadFile(filepath.Join(folder, "anliegen-1.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	call(t, environ, "approved", "export", folder).exits(exitOK).complains("anliegen-1.yaml", "not written")
	write(t, folder, "anliegen-1.yaml", strings.Replace(string(raw), "ab Februar", "ab März", 1))
	kept := append(slices.Clone(environ), "SPRECHSTUNDE_APPROVED="+folder)
	call(t, kept, "ask", question).exits(exitOK).shows("ab März")
	var listed approvedForm
	call(t, kept, "approved", "list", "--json").exits(exitOK).decode(&listed)
	if len(listed.Answers) != 1 {
		t.Errorf("%+v", listed)
	}
}
