package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
