package ingest_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

// mail makes a mail with a body and text files attached.
func mail(body string, attachments ...string) string {
	out := "Subject: Rundschreiben\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body + "\r\n"
	for i := 0; i < len(attachments); i += 2 {
		out += "--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=\"" + attachments[i] + "\"\r\n\r\n" + attachments[i+1] + "\r\n"
	}
	return out + "--x--\r\n"
}

func TestAttachmentsAreDocumentsOfTheirOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("post/r.eml", mail("Der Text.", "a.txt", "Anlage eins.", "b.txt", "Anlage zwei.", "leer.txt", " "))
	report := h.sync()
	if report.New != 3 || len(report.Quarantined) != 1 || report.Quarantined[0].Path != "post/r.eml/leer.txt" {
		t.Errorf("first sync: %+v", report)
	}
	want := map[string]string{"post/r.eml": "Der Text.", "post/r.eml/a.txt": "Anlage eins.", "post/r.eml/b.txt": "Anlage zwei."}
	if texts, _ := h.serving(); !cmp.Equal(want, texts) {
		t.Error(cmp.Diff(want, texts))
	}

	*h.opened = nil
	if report = h.sync(); report.Unchanged != 3 || report.Gone != 0 || len(report.Quarantined) != 1 || len(*h.opened) != 0 {
		t.Errorf("nothing changed, but %+v, opened %v", report, *h.opened)
	}

	h.write("post/r.eml", mail("Der Text.", "a.txt", "Anlage eins, neu."))
	if report = h.sync(); report.Changed != 2 || report.Gone != 2 || len(report.Quarantined) != 0 {
		t.Errorf("an attachment less: %+v", report)
	}
	want = map[string]string{"post/r.eml": "Der Text.", "post/r.eml/a.txt": "Anlage eins, neu."}
	if texts, _ := h.serving(); !cmp.Equal(want, texts) {
		t.Error(cmp.Diff(want, texts))
	}

	h.remove("post")
	if report = h.sync(); report.Gone != 2 {
		t.Errorf("gone: %+v", report)
	}
	if texts, _ := h.serving(); len(texts) != 0 {
		t.Errorf("still serving: %v", texts)
	}
}

// TestABlockedMailsNewAttachmentsDoNotServe blocks a mail before its next version
// brings attachments.
func TestABlockedMailsNewAttachmentsDoNotServe(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("r.eml", mail("Text.", "a.txt", "Anlage."))
	h.sync()
	rows, err := h.store.FindDocument(t.Context(), "r.eml")
	if err != nil || len(rows) != 1 {
		t.Fatalf("%v, %v", rows, err)
	}
	id := rows[0].Document.ID
	if err := h.store.Block(t.Context(), id, retrieval.Block{At: time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC), By: retrieval.ByOwner}); err != nil {
		t.Fatal(err)
	}
	h.write("r.eml", mail("Text.", "a.txt", "Anlage, neu.", "b.txt", "Noch eine."))
	if report := h.sync(); report.Changed != 2 || report.New != 1 {
		t.Errorf("%+v", report)
	}
	if texts, _ := h.serving(); len(texts) != 0 {
		t.Errorf("serving %v", texts)
	}
	if err := h.store.Release(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"r.eml": "Text.", "r.eml/a.txt": "Anlage, neu.", "r.eml/b.txt": "Noch eine."}
	if texts, _ := h.serving(); !cmp.Equal(want, texts) {
		t.Error(cmp.Diff(want, texts))
	}
}

func TestMailWithoutBodyKeepsItsAttachments(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("r.eml", mail("", "a.txt", "Anlage."))
	for range 2 {
		report := h.sync()
		if len(report.Quarantined) != 1 || report.Quarantined[0].Path != "r.eml" || report.Gone != 0 {
			t.Errorf("%+v", report)
		}
	}
	if texts, _ := h.serving(); texts["r.eml/a.txt"] != "Anlage." || len(texts) != 1 {
		t.Errorf("serving %v", texts)
	}
}

func TestRefusedCollectionTakesAttachmentsOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("r.eml", mail("Text.", "a.txt", "Anlage."))
	h.sync()
	options := h.options()
	options.CheckAccess = func(context.Context, retrieval.Collection) error { return ingest.ErrRefused }
	if _, err := ingest.Sync(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	if texts, _ := h.serving(); len(texts) != 0 {
		t.Errorf("still serving: %v", texts)
	}
	h.sync()
	if texts, _ := h.serving(); len(texts) != 2 {
		t.Errorf("not back: %v", texts)
	}
}
