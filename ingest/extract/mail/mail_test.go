package mail_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/extracttest"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

func TestMail(t *testing.T) {
	mail := "Subject: =?utf-8?q?Pr=C3=BCfung?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" +
		"--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGuten Tag\r\n--y\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Gr\xFC\xDFe</p><p style=\"display:none\">versteckt</p>\r\n--y--\r\n" +
		"--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=\"../../notiz.txt\"\r\n\r\nDie Notiz\r\n" +
		"--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\".._.._notiz.txt\"\r\n\r\nNoch eine\r\n" +
		"--x\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=daten.bin\r\n\r\n\x01\x02\x03\r\n" +
		"--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=bild.png\r\n\r\nPNG\r\n" +
		"--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: innen\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nInnere Nachricht\r\n--x--\r\n"
	docs, err := formats.Documents("post.eml", strings.NewReader(mail))
	if err != nil {
		t.Fatal(err)
	}
	type seen struct{ Name, Type, Text, Reason string }
	var got []seen
	for _, doc := range docs {
		s := seen{Name: doc.Name, Type: doc.Type}
		for _, block := range doc.Blocks {
			s.Text += block.Text
		}
		if doc.Problem != nil {
			s.Reason = string(doc.Problem.Reason)
		}
		got = append(got, s)
	}
	want := []seen{
		{"post.eml", "eml", "Grüße", ""},
		{"_.._notiz.txt", "txt", "Die Notiz", ""},
		{"_.._notiz (2).txt", "txt", "Noch eine", ""},
		{"daten.bin", "", "", "unsupported type"},
		{"nachricht.eml", "eml", "Innere Nachricht", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if docs[0].Title != "Prüfung" || docs[0].Hidden != 1 {
		t.Errorf("title %q, %d hidden", docs[0].Title, docs[0].Hidden)
	}
}

func TestMailsInMailsEnd(t *testing.T) {
	docs, err := formats.Documents("a.eml", strings.NewReader(extracttest.NestedMail(8)))
	if err != nil {
		t.Fatal(err)
	}
	last := docs[len(docs)-1]
	if len(docs) != 3+1 || last.Problem == nil || last.Problem.Reason != extract.Unsafe {
		t.Errorf("%d documents, the last: %v", len(docs), last.Problem)
	}
}
