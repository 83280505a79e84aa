package mail_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestMailsShowTheSameElsewhere looks at what people see in other parts of a mail
// than [TestMailsShowWhatPeopleSee] does, and in mails within mails.
func TestMailsShowTheSameElsewhere(t *testing.T) {
	t.Parallel()
	mail := func(content, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.eml", Content: content, Want: want, Remarks: append([]string{}, remarks...)}
	}
	plain := "Content-Type: text/plain; charset=utf-8"
	within := func(inner string) string {
		return mixed("mixed", part(plain, "Siehe unten."), part("Content-Type: message/rfc822", inner))
	}
	event := func(lines ...string) string {
		return "BEGIN:VCALENDAR\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
	}
	meeting := event("METHOD:CANCEL", "BEGIN:VTIMEZONE", "TZID:W. Europe Standard Time", "END:VTIMEZONE", "BEGIN:VEVENT", "DTSTART;TZID=\"W. Europe Standard Time\":20250701T090000", "DTEND;TZID=\"W. Europe Standard Time\":20250701T100000", "SUMMARY;LANGUAGE=de:Runde", "LOCATION:Raum 1", "END:VEVENT")
	task := event("BEGIN:VTODO", "SUMMARY:Bericht schreiben", "DUE;VALUE=DATE:20250704", "DESCRIPTION:Kurz", "END:VTODO")
	signedPage := signed("Content-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Gr\xfc\xdfe</p>\r\n")
	letter := outlook(attribute(1, 0x0002800C, "Der Text.\x00"))
	withFile := outlook(attribute(1, 0x0002800C, "Der Text.\x00"), attribute(2, 0x00069002, ""), attribute(2, 0x00018010, "f.txt\x00"), attribute(2, 0x0006800F, "Die Frist ist kurz."))
	extracttest.Check(t, map[string]extracttest.Case{
		"no charset, in an attached text":    mail(mixed("mixed", part(plain, "Anbei."), part("Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt", "Gr\xfc\xdfe f\xfcr \xc4mter")), "Anbei.\n= a.txt\n# Grüße für Ämter"),
		"no charset, in a mail within":       mail(within("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nGr\xfc\xdfe f\xfcr \xc4mter\r\n"), "Siehe unten.\n= nachricht.eml\nGrüße für Ämter"),
		"a page's own charset":               mail(head+"Content-Type: text/html\r\n\r\n<meta charset=iso-8859-1><p>Gr\xfc\xdfe\r\n", "Grüße"),
		"Windows' signs, called Latin":       mail(head+"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n\x84Gr\xfc\xdfe\x93 \x96 5 \x80\r\n", "„Grüße“ – 5 €"),
		"two parts, nested":                  mail(head+nested("mixed", "A", nested("alternative", "B", plain+"\r\n\r\nSchlicht", "Content-Type: text/html\r\n\r\n<p>Gesetzt"), plain+"\r\n\r\nFuß"), "Gesetzt\nFuß"),
		"a page with its pictures, and text": mail(head+nested("mixed", "A", nested("related", "B", "Content-Type: text/html\r\n\r\n<p>Erstens", "Content-Type: image/png\r\nContent-ID: <x>\r\n\r\nx"), "Content-Type: text/html\r\n\r\n<p>Zweitens"), "Erstens\nZweitens"),
		"a report of delivery":               mail(head+nested("report", "A", plain+"\r\n\r\nNicht zugestellt.", "Content-Type: message/delivery-status\r\n\r\nStatus: 5.0.0"), "Nicht zugestellt."),
		"a text marked as inline":            mail(mixed("mixed", part(plain+"\r\nContent-Disposition: inline", "Erstens"), part(plain+"\r\nContent-Disposition: inline; filename=a.txt", "Zweitens")), "Erstens\n= a.txt\n# Zweitens"),
		"a signed page in Latin letters":     mail(head+"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"+in64(signedPage)+"\r\n", "Grüße"),
		"signed, attached as a file":         mail(mixed("mixed", part(plain, "Anbei."), part("Content-Type: application/octet-stream; name=smime.p7m\r\nContent-Disposition: attachment; filename=smime.p7m\r\nContent-Transfer-Encoding: base64", in64(signed(plain+"\r\n\r\nAb April.\r\n")))), "Anbei.\nAb April."),
		"signed, in a mail within":           mail(within("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"+in64(signed(plain+"\r\n\r\nAb April.\r\n"))+"\r\n"), "Siehe unten.\n= nachricht.eml\nAb April."),
		"a meeting called off":               mail(mixed("alternative", part(plain, ""), part("Content-Type: text/calendar; method=CANCEL", meeting)), "Termin: Runde\nZeit: 01.07.2025, 09:00 Uhr bis 10:00 Uhr\nOrt: Raum 1\nDer Termin ist abgesagt."),
		"an invitation as a file":            mail(mixed("mixed", part(plain, "Anbei."), part("Content-Type: application/ics; name=invite.ics\r\nContent-Disposition: attachment; filename=invite.ics\r\nContent-Transfer-Encoding: base64", in64(meeting))), "Anbei.\nTermin: Runde\nZeit: 01.07.2025, 09:00 Uhr bis 10:00 Uhr\nOrt: Raum 1\nDer Termin ist abgesagt."),
		"a task":                             mail(mixed("alternative", part(plain, ""), part("Content-Type: text/calendar", task)), "Termin: Bericht schreiben\nFällig: 04.07.2025\nKurz"),
		"Outlook's envelope within a mail":   mail(within("Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"+in64(letter)+"\r\n"), "Siehe unten.\n= nachricht.eml\nDer Text."),
		"an envelope called something else":  mail(mixed("mixed", part(plain, "Siehe Anlage."), part("Content-Type: application/octet-stream; name=winmail.dat\r\nContent-Disposition: attachment; filename=winmail.dat\r\nContent-Transfer-Encoding: base64", in64(withFile))), "Siehe Anlage.\n= f.txt\nDie Frist ist kurz."),
		"two files written into the text":    mail(head+"\r\nAnbei.\r\n\r\nbegin 644 a.txt\r\n#2F$*\r\n`\r\nend\r\n\r\nUnd:\r\n\r\nbegin 664 b.txt\r\n#2F$*\r\n`\r\nend\r\n", "Anbei.\nUnd:\n= a.txt\n# Ja\n= b.txt\n# Ja"),
		"a file by uuencode as its transfer": mail(head+"Content-Type: text/plain; name=frist.txt\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 frist.txt\r\n.1&EE($9R:7-T(&=I;'0N\r\n`\r\nend\r\n", "Die Frist gilt"),
		"struck words in a page":             mail(head+"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Frist: <s>zwei</s> vier Wochen\r\n", "Frist: vier Wochen", "struck text 1"),
		"cells over rows in a page":          mail(head+"Content-Type: text/html; charset=utf-8\r\n\r\n<table><tr><th>Amt<th>Fach<tr><td rowspan=2>Bau<td>Tief<tr><td>Hoch</table>\r\n", "| Amt | Fach\n| Bau | Tief || Amt | Fach\n| Bau | Hoch || Amt | Fach"),
		"a day at the line's start":          mail(head+plain+"\r\n\r\nDie Frist endet am\r\n15. November 2024, also bald.\r\n", "Die Frist endet am / 15. November 2024, also bald."),
		"a saved page of a browser":          {Name: "a.mht", Content: "From: <Saved by Blink>\r\nSubject: Seite\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=B\r\n\r\n" + part("Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", "<main><h1>Reisen</h1><p>Gr=C3=BC=C3=9Fe</main>") + part("Content-Type: text/css", "p{}") + "--B--\r\n", Want: "# Reisen\nGrüße"},
		"an archive attached":                mail(mixed("mixed", part(plain, "Anbei."), part("Content-Type: application/zip; name=a.zip\r\nContent-Disposition: attachment; filename=a.zip\r\nContent-Transfer-Encoding: base64", in64("PK\x03\x04x"))), "Anbei.\n= a.zip\n! damaged: the archive cannot be opened: zip: not a valid zip file"),
		"an event of another zone":           mail(mixed("alternative", part(plain, ""), part("Content-Type: text/calendar", event("BEGIN:VEVENT", "DTSTART;TZID=America/New_York:20250701T090000", "SUMMARY:Runde", "RRULE:FREQ=WEEKLY;BYDAY=TU", "END:VEVENT"))), "Termin: Runde\nZeit: 01.07.2025, 15:00 Uhr\nWiederholung: wöchentlich"),
	})
}
