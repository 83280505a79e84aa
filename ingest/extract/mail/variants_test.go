package mail_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestMailsShowTheSameAsOthersWriteThem looks at mails as further programs write them.
func TestMailsShowTheSameAsOthersWriteThem(t *testing.T) {
	t.Parallel()
	mail := func(content, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.eml", Content: content, Want: want, Remarks: append([]string{}, remarks...)}
	}
	plain := "Content-Type: text/plain; charset=utf-8"
	inner := plain + "\r\n\r\nAb April gilt es.\r\n"
	event := func(lines ...string) string {
		return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	invited := func(lines ...string) string {
		return mixed("alternative", part(plain, ""), part("Content-Type: text/calendar; charset=utf-8", event(lines...)))
	}
	extracttest.Check(t, map[string]extracttest.Case{
		"base64, called plain ASCII":       mail(head+"Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: base64\r\n\r\n"+in64("Grüße für Ämter")+"\r\n", "Grüße für Ämter"),
		"base64, of Latin letters":         mail(head+"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"+in64("Gr\xfc\xdfe f\xfcr \xc4mter")+"\r\n", "Grüße für Ämter"),
		"a charset in quotes, misspelled":  mail(head+"Content-Type: text/plain; charset=\"utf8\"\r\n\r\nGrüße\r\n", "Grüße"),
		"the default of old programs":      mail(head+"Content-Type: text/plain; charset=\"unknown-8bit\"\r\n\r\nGr\xfc\xdfe\r\n", "Grüße"),
		"a page, quoted, its charset off":  mail(head+"Content-Type: text/html; charset=us-ascii\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Gr=C3=BC=C3=9Fe f=C3=BCr =C3=84mter</p>\r\n", "Grüße für Ämter"),
		"signed, as a file of its own":     {Name: "a.eml", Content: head + "Content-Type: application/octet-stream; name=smime.p7m\r\nContent-Disposition: attachment; filename=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n" + in64(signed(inner)) + "\r\n", Want: "Ab April gilt es."},
		"signed, its data as they are":     mail(head+"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: binary\r\n\r\n"+signed(inner), "Ab April gilt es."),
		"signed beside its text":           mail(mixed("signed", part(plain, "Ab April gilt es."), part("Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64", in64("x"))), "Ab April gilt es."),
		"text behind a file":               mail(mixed("mixed", part(plain, "Erstens"), part("Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: inline; filename=a.pdf", "x"), part(plain, "Zweitens")), "Erstens\nZweitens\n= a.pdf\n# x"),
		"three parts of both kinds":        mail(mixed("mixed", part(plain, "Erstens"), part("Content-Type: text/html", "<p>Zweitens"), part(plain, "Drittens")), "Erstens\nZweitens\nDrittens"),
		"an event with a length":           mail(invited("DTSTART:20250401T070000Z", "DURATION:PT1H30M", "SUMMARY:Runde"), "Termin: Runde\nZeit: 01.04.2025, 09:00 Uhr bis 10:30 Uhr"),
		"an event of whole days":           mail(invited("DTSTART;VALUE=DATE:20250401", "DTEND;VALUE=DATE:20250403", "SUMMARY:Klausur"), "Termin: Klausur\nZeit: 01.04.2025 bis 02.04.2025"),
		"an event in winter":               mail(invited("DTSTART:20250107T080000Z", "SUMMARY:Runde"), "Termin: Runde\nZeit: 07.01.2025, 09:00 Uhr"),
		"an event with signs written out":  mail(invited("DTSTART;TZID=Europe/Berlin:20250401T090000", "SUMMARY:Runde\\; KI", "DESCRIPTION:Erstens\\nZweitens\\, Ende"), "Termin: Runde; KI\nZeit: 01.04.2025, 09:00 Uhr\nErstens / Zweitens, Ende"),
		"a struck and a raised word":       mail(head+"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Frist: <strike>zwei</strike> vier Wochen<sup>1</sup>\r\n", "Frist: vier Wochen ¹", "struck text 1"),
		"divided words of a text":          mail(head+plain+"\r\n\r\nDie Verwaltungs-\r\nvorschrift gilt.\r\n", "Die Verwaltungsvorschrift gilt."),
		"an ordinal at the line's start":   mail(head+plain+"\r\n\r\nDas gilt bis zur Vollendung des\r\n14. Lebensjahres.\r\n", "Das gilt bis zur Vollendung des / 14. Lebensjahres."),
		"a header of two rows in its page": mail(head+"Content-Type: text/html; charset=utf-8\r\n\r\n<table><tr><th rowspan=2>Amt<th colspan=2>Kosten<tr><th>Plan<th>Ist<tr><td>Bau<td>3<td>4</table>\r\n", "| Amt | Kosten Plan | Kosten Ist\n| Bau | 3 | 4 || Amt | Kosten Plan | Kosten Ist"),
	})
}
