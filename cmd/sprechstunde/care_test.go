package main

import (
	"testing"
)

func TestBlockReleaseReread(t *testing.T) {
	t.Parallel()
	dir := smallFolder(t)
	write(t, dir, "collection.yaml", "name: Regeln\nrank: 1\nreaders: alle\n")
	write(t, dir, "leer.md", "")
	environ := append(parts(t), "SPRECHSTUNDE_CONFIG="+write(t, t.TempDir(), "s.yaml", "sources:\n  - name: haus\n    folder: "+dir+"\n"))
	call(t, environ, "ingest").exits(exitNothing)
	const path = "regeln/merkblatt.md"
	answered := func(code int) {
		t.Helper()
		call(t, environ, "ask", asking).exits(code)
	}
	state := func(want string) listedDocument {
		t.Helper()
		var shown struct{ Document listedDocument }
		call(t, environ, "documents", "show", path, "--json").exits(exitOK).decode(&shown)
		if shown.Document.State != want {
			t.Errorf("%s is %s, want %s", path, shown.Document.State, want)
		}
		return shown.Document
	}

	answered(exitOK)
	var blocked struct{ Document listedDocument }
	call(t, environ, "documents", "block", path, "--reason", "Anlage fehlt", "--json").exits(exitOK).decode(&blocked)
	if b := blocked.Document.Blocked; b == nil || b.By != "operator" || b.Reason != "Anlage fehlt" || b.At == "" || blocked.Document.State != "blocked" {
		t.Fatalf("%+v", blocked.Document)
	}
	call(t, environ, "documents", "block", path, "--reason", "anders").exits(exitOK).shows("blocked")
	if got := state("blocked"); got.Blocked.Reason != "Anlage fehlt" {
		t.Errorf("a second block took the place of the first: %+v", got.Blocked)
	}
	call(t, environ, "documents", "list").exits(exitOK).shows("blocked", "by operator", "Anlage fehlt")
	answered(exitNothing)

	write(t, dir, path, leaflet+"\nNeu: Rückfragen beantwortet die Registratur.\n")
	call(t, environ, "ingest").exits(exitNothing)
	state("blocked")
	answered(exitNothing)
	call(t, environ, "documents", "release", path).exits(exitOK).shows("released")
	call(t, environ, "documents", "release", path).exits(exitOK)
	if got := state("indexed"); got.Blocked != nil {
		t.Errorf("%+v", got.Blocked)
	}
	answered(exitOK)
	call(t, environ, "documents", "show", path).exits(exitOK).shows("Registratur")

	var report struct{ Sources []ingested }
	call(t, environ, "documents", "reread", path).exits(exitOK)
	call(t, environ, "ingest", "--json").exits(exitNothing).decode(&report)
	if r := report.Sources[0]; r.Changed != 1 || r.Unchanged != 1 {
		t.Errorf("read anew: %+v", r)
	}
	for _, verb := range []string{"block", "release", "reread", "show"} {
		call(t, environ, "documents", verb, "gibt/es/nicht.md").exits(exitNothing).complains("gibt/es/nicht.md", "documents list")
		call(t, environ, "documents", verb, path, "--source", "andere").exits(exitNothing)
	}
}

func TestBlockingAMailCoversItsAttachments(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "collection.yaml", "name: Post\nreaders: alle\n")
	write(t, dir, "r.eml", "Subject: Rundschreiben\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"+
		"--x\r\nContent-Type: text/plain\r\n\r\nSiehe Anlage.\r\n"+
		"--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nDie Anlage.\r\n--x--\r\n")
	environ := append(parts(t), "SPRECHSTUNDE_CONFIG="+write(t, t.TempDir(), "s.yaml", "sources:\n  - name: haus\n    folder: "+dir+"\n"))
	compiled(t, environ) // mails may hold PDF files
	call(t, environ, "ingest").exits(exitOK)
	call(t, environ, "documents", "block", "r.eml", "--reason", "unklar").exits(exitOK)
	var shown struct{ Document listedDocument }
	call(t, environ, "documents", "show", "r.eml/a.txt", "--json").exits(exitOK).decode(&shown)
	if b := shown.Document.Blocked; b == nil || b.With != "r.eml" || b.Reason != "unklar" || shown.Document.State != "blocked" {
		t.Errorf("%+v, %+v", shown.Document, b)
	}
	call(t, environ, "documents", "list").exits(exitOK).shows("by operator with r.eml: unklar")
	call(t, environ, "documents", "show", "r.eml/a.txt").exits(exitOK).shows("with r.eml: unklar")
	call(t, environ, "documents", "release", "r.eml/a.txt").exits(exitFailed).complains("attached to r.eml")
	call(t, environ, "documents", "release", "r.eml").exits(exitOK)
	call(t, environ, "documents", "show", "r.eml/a.txt", "--json").exits(exitOK).decode(&shown)
	if shown.Document.State != "indexed" || shown.Document.Blocked != nil {
		t.Errorf("%+v", shown.Document)
	}
}
