package mail_test

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

const head = "From: a@amt.example\r\nSubject: Frist\r\nMessage-ID: <1@amt.example>\r\nMIME-Version: 1.0\r\n"

func part(headers, content string) string { return "--B\r\n" + headers + "\r\n\r\n" + content + "\r\n" }

func mixed(kind string, parts ...string) string {
	return head + "Content-Type: multipart/" + kind + "; boundary=B\r\n\r\n" + strings.Join(parts, "") + "--B--\r\n"
}

// nested is a part of several, with its headers.
func nested(kind, boundary string, parts ...string) string {
	return "Content-Type: multipart/" + kind + "; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n" + strings.Join(parts, "\r\n--"+boundary+"\r\n") + "\r\n--" + boundary + "--\r\n"
}

// ber is a value in the basic encoding rules of ASN.1.
func ber(tag byte, values ...string) string {
	body := strings.Join(values, "")
	return string([]byte{tag, 0x82, byte(len(body) >> 8), byte(len(body))}) + body
}

// indefinite is one whose length only its end tells.
func indefinite(tag byte, values ...string) string {
	return string([]byte{tag, 0x80}) + strings.Join(values, "") + "\x00\x00"
}

// signed is a message signed in one piece; its content comes in two pieces.
func signed(content string) string {
	data := "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
	inner := indefinite(0x30, data, indefinite(0xA0, indefinite(0x24, ber(0x04, content[:len(content)/2]), ber(0x04, content[len(content)/2:]))))
	return indefinite(0x30, "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", indefinite(0xA0, indefinite(0x30, "\x02\x01\x01", ber(0x31), inner, ber(0x31))))
}

func enveloped() string {
	return ber(0x30, "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03", ber(0xA0, ber(0x30, "\x02\x01\x00")))
}

func in64(data string) string { return base64.StdEncoding.EncodeToString([]byte(data)) }

// attribute is one of Outlook's envelope.
func attribute(level byte, id uint32, value string) string {
	out := binary.LittleEndian.AppendUint32([]byte{level}, id)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(value)))
	return string(out) + value + "\x00\x00"
}

func outlook(attributes ...string) string {
	return "\x78\x9f\x3e\x22\x01\x00" + strings.Join(attributes, "")
}

func TestMailsShowWhatPeopleSee(t *testing.T) {
	t.Parallel()
	mail := func(content, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.eml", Content: content, Want: want, Remarks: append([]string{}, remarks...)}
	}
	plain := "Content-Type: text/plain; charset=utf-8"
	inner := plain + "\r\n\r\nAb April gilt es.\r\n"
	smime := func(kind, data string) string {
		return head + "Content-Type: application/" + kind + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + in64(data) + "\r\n"
	}
	event := "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20250401T090000\r\nDTEND;TZID=Europe/Berlin:20250401T103000\r\nSUMMARY:Sprechstunde\\, KI\r\nLOCATION:Raum 2\r\nDESCRIPTION:Bitte Fragen\r\n  mitbringen\r\nBEGIN:VALARM\r\nDESCRIPTION:Erinnerung\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	letter := outlook(attribute(1, 0x0002800C, "Der Text.\x00"), attribute(2, 0x00069002, ""), attribute(2, 0x00018010, "f.txt\x00"), attribute(2, 0x0006800F, "Die Frist betr\xe4gt ein Jahr."))
	tnef := "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64"
	extracttest.Check(t, map[string]extracttest.Case{
		"no charset, Latin letters":     mail(head+"Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\xfc\xdfe f\xfcr \xc4mter\r\n", "Grüße für Ämter"),
		"no charset, UTF-8":             mail(head+"Content-Type: text/plain\r\n\r\nGrüße für Ämter\r\n", "Grüße für Ämter"),
		"a wrong charset":               mail(head+"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGrüße für Ämter\r\n", "Grüße für Ämter"),
		"the other wrong charset":       mail(head+"Content-Type: text/plain; charset=utf-8\r\n\r\nGr\xfc\xdfe f\xfcr \xc4mter\r\n", "Grüße für Ämter"),
		"an unknown charset":            mail(head+"Content-Type: text/plain; charset=x-unknown\r\n\r\nGr\xfc\xdfe f\xfcr \xc4mter\r\n", "Grüße für Ämter"),
		"a page without charset":        mail(head+"Content-Type: text/html\r\n\r\n<p>Gr\xfc\xdfe f\xfcr \xc4mter\r\n", "Grüße für Ämter"),
		"quoted, Latin letters":         mail(head+"Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe f=\r\n=FCr =C4mter\r\n", "Grüße für Ämter"),
		"signed in one piece":           mail(smime("pkcs7-mime; smime-type=signed-data; name=smime.p7m", signed(inner)), "Ab April gilt es."),
		"signed, its kind not named":    mail(smime("x-pkcs7-mime; name=smime.p7m", signed(inner)), "Ab April gilt es."),
		"signed twice":                  mail(smime("pkcs7-mime", signed("Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"+in64(signed(inner))+"\r\n")), "Ab April gilt es."),
		"signed, within another":        mail(mixed("mixed", part("Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64", in64(signed(inner))), part(plain, "Die Liste.")), "Ab April gilt es.\nDie Liste."),
		"encrypted":                     mail(smime("pkcs7-mime; smime-type=enveloped-data", enveloped()), "! encrypted: the mail is encrypted"),
		"encrypted, its kind not named": mail(smime("pkcs7-mime", enveloped()), "! encrypted: the mail is encrypted"),
		"two pages":                     mail(mixed("mixed", part("Content-Type: text/html", "<p>Erstens"), part("Content-Type: image/png; name=x.png\r\nContent-Disposition: inline", "x"), part("Content-Type: text/html", "<p>Zweitens")), "Erstens\nZweitens"),
		"a text and the list's foot":    mail(mixed("mixed", part(plain, "Erstens"), part(plain, "Zweitens")), "Erstens\nZweitens"),
		"two forms of one text":         mail(mixed("alternative", part(plain, "Schlicht"), part("Content-Type: text/html", "<p>Gesetzt")), "Gesetzt"),
		"two forms, the page empty":     mail(mixed("alternative", part(plain, "Schlicht"), part("Content-Type: text/html", "<img src=x>")), "Schlicht"),
		"an invitation alone":           mail(mixed("alternative", part(plain, ""), part("Content-Type: text/calendar; charset=utf-8; method=REQUEST", event)), "Termin: Sprechstunde, KI\nZeit: 01.04.2025, 09:00 Uhr bis 10:30 Uhr\nOrt: Raum 2\nBitte Fragen mitbringen"),
		"an invitation with words":      mail(mixed("alternative", part(plain, "Herzlich willkommen"), part("Content-Type: text/calendar", strings.Replace(event, "DTSTART;TZID=Europe/Berlin:20250401T090000", "DTSTART;VALUE=DATE:20250401", 1))), "Herzlich willkommen\nTermin: Sprechstunde, KI\nZeit: 01.04.2025 bis 10:30 Uhr\nOrt: Raum 2\nBitte Fragen mitbringen"),
		"an invitation that repeats":    mail(mixed("alternative", part(plain, "Hallo, bitte  Fragen\r\nmitbringen. Gruß"), part("Content-Type: text/calendar", strings.Replace(event, "DESCRIPTION:Bitte Fragen\r\n  mitbringen", "DESCRIPTION:bitte Fragen mitbringen.\\nRaum offen ab 8 Uhr.", 1))), "Hallo, bitte Fragen / mitbringen. Gruß\nTermin: Sprechstunde, KI\nZeit: 01.04.2025, 09:00 Uhr bis 10:30 Uhr\nOrt: Raum 2\nRaum offen ab 8 Uhr."),
		"Outlook's envelope":            mail(mixed("mixed", part(plain, "Siehe Anlage."), part(tnef, in64(letter))), "Siehe Anlage.\n= f.txt\nDie Frist beträgt ein Jahr."),
		"Outlook's envelope alone":      mail(head+tnef+"\r\n\r\n"+in64(letter)+"\r\n", "Der Text.\n= f.txt\nDie Frist beträgt ein Jahr."),
		"an envelope saved by itself":   {Name: "winmail.dat", Content: letter, Want: "Der Text.\n= f.txt\nDie Frist beträgt ein Jahr."},
		"other data":                    {Name: "a.dat", Content: "1 2 3", Want: "! unsupported type: a .dat file that is not an envelope of Outlook (winmail.dat)"},
		"an envelope cut off":           mail(mixed("mixed", part(plain, "Siehe Anlage."), part(tnef, in64(letter[:40]))), "Siehe Anlage."),
		"no envelope":                   mail(mixed("mixed", part(plain, "Siehe Anlage."), part(tnef, in64("winmail"))), "Siehe Anlage.", "attachment not read 1"),
		"a file written into the text":  mail(head+"\r\nAnbei.\r\n\r\nbegin 644 frist.txt\r\n.1&EE($9R:7-T(&=I;'0N\r\n`\r\nend\r\n\r\nGruß\r\n", "Anbei.\nGruß\n= frist.txt\n# Die Frist gilt"),
		"no file written into the text": mail(head+"\r\nbegin 644 sagte er\r\nund ging.\r\n", "begin 644 sagte er / und ging."),
		"lines broken for transport":    mail(head+"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nDie Frist en \r\ndet heute.\r\nNeu.\r\n", "Die Frist endet heute. / Neu."),
		"a kind that is misspelled":     mail(head+"Content-Type: text/plain>\r\n\r\nText.\r\n", "Text."),
		"parts that are not found":      mail(head+"Content-Type: multipart/alternative; boundary=B\r\n\r\nNur ein Text.\r\n", "Nur ein Text."),
		"a picture attached":            mail(mixed("mixed", part(plain, "Siehe Scan."), part("Content-Type: image/tiff; name=scan.tif\r\nContent-Disposition: attachment; filename=scan.tif", "II*")), "Siehe Scan.", "attachment not read 1"),
	})
}
