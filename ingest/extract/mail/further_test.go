package mail_test

import (
	"strings"
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestMailsShowTheirTextInEachTransfer reads mails without a charset as each way of
// transfer carries them, and parts as programs order them.
func TestMailsShowTheirTextInEachTransfer(t *testing.T) {
	t.Parallel()
	mail := func(content, want string, remarks ...string) extracttest.Case {
		return extracttest.Case{Name: "a.eml", Content: content, Want: want, Remarks: append([]string{}, remarks...)}
	}
	plain := "Content-Type: text/plain; charset=utf-8"
	with := func(headers, body string) string { return head + headers + "\r\n\r\n" + body + "\r\n" }
	const said = "Grüße für Ämter"
	latin := "Gr\xfc\xdfe f\xfcr \xc4mter"
	extracttest.Check(t, map[string]extracttest.Case{
		"quoted, Latin letters":            mail(with("Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable", "Gr=FC=DFe f=FCr =C4mter"), said),
		"quoted, of UTF-8":                 mail(with("Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable", "Gr=C3=BC=C3=9Fe f=C3=BCr =C3=84mter"), said),
		"quoted, with eight bits":          mail(with("Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable", latin+" =3D"), said+" ="),
		"as binary":                        mail(with("Content-Type: text/plain\r\nContent-Transfer-Encoding: binary", latin), said),
		"called 7 bits":                    mail(with("Content-Type: text/plain\r\nContent-Transfer-Encoding: 7bit", latin), said),
		"a way nobody knows":               mail(with("Content-Type: text/plain\r\nContent-Transfer-Encoding: x-eigen", latin), said),
		"base64 in a page without charset": mail(with("Content-Type: text/html\r\nContent-Transfer-Encoding: base64", in64("<p>"+latin)), said),
		"base64 with blanks and no end":    mail(with("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", " "+strings.TrimRight(in64(said), "=")+" "), said),
		"the page before the text":         mail(mixed("alternative", part("Content-Type: text/html", "<p>Gesetzt"), part(plain, "Schlicht")), "Gesetzt"),
		"an empty page beside the text":    mail(mixed("alternative", part(plain, "Schlicht"), part("Content-Type: text/html", "<html><body></body></html>")), "Schlicht"),
		"a text that sends to the page":    mail(mixed("alternative", part(plain, "Ihr Programm kann kein HTML."), part("Content-Type: text/html", "<p>Die Frist beträgt drei Tage.")), "Die Frist beträgt drei Tage."),
		"a page among related parts":       mail(head+nested("related", "A", nested("alternative", "B", plain+"\r\n\r\nSchlicht", "Content-Type: text/html\r\n\r\n<p>Gesetzt"), "Content-Type: image/png\r\nContent-ID: <x>\r\n\r\nx"), "Gesetzt"),
		"files within an alternative":      mail(head+nested("alternative", "A", plain+"\r\n\r\nSchlicht", nested("mixed", "B", "Content-Type: text/html\r\n\r\n<p>Gesetzt", "Content-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nDie Anlage ist kurz.")), "Gesetzt\n= a.txt\nDie Anlage ist kurz."),
		"a boundary with signs":            mail(head+"Content-Type: multipart/mixed; boundary=\"=_(a)'+/:?= b\"\r\n\r\n--=_(a)'+/:?= b\r\n"+plain+"\r\n\r\nText\r\n--=_(a)'+/:?= b--\r\n", "Text"),
		"no last boundary":                 mail(head+"Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n"+plain+"\r\n\r\nText\r\n", "Text"),
		"flowing text, blanks cut":         mail(with("Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes", "Die Verwal \r\ntung gilt."), "Die Verwaltung gilt."),
		"signed in one piece, parts in it": mail(with("Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64", in64(signed(nested("alternative", "A", plain+"\r\n\r\nSchlicht", "Content-Type: text/html\r\n\r\n<p>Gesetzt")))), "Gesetzt"),
		"signed by PGP in the text":        mail(with(plain, "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\nAb April gilt es.\r\n- -- \r\nAmt 3\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\niQEzBAEBCAAdFiEE\r\n-----END PGP SIGNATURE-----"), "Ab April gilt es. / -- / Amt 3"),
		"closed by PGP in the text":        {Name: "a.eml", Content: with(plain, "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA5vJ\r\n-----END PGP MESSAGE-----"), Has: []string{"! encrypted"}},
		"closed by PGP":                    {Name: "a.eml", Content: mixed("encrypted", part("Content-Type: application/pgp-encrypted", "Version: 1"), part("Content-Type: application/octet-stream; name=encrypted.asc", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA5vJ\r\n-----END PGP MESSAGE-----")), Has: []string{"! encrypted"}},
		"a subject in several words":       {Name: "a.eml", Content: "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_?=\r\n =?iso-8859-1?Q?f=FCr_=C4mter?=\r\nMIME-Version: 1.0\r\n" + plain + "\r\n\r\nText\r\n", Want: "Text"},
		"a mailbox saved as a mail":        mail("From amt@amt.example Mon Mar  3 10:00:00 2025\r\n"+with(plain, "Text"), "Text"),
		"ligatures and soft hyphens":       mail(with(plain, "Zerti\ufb01zierung der Verwal\u00adtung"), "Zertifizierung der Verwaltung"),
		"two events in one calendar":       mail(mixed("alternative", part(plain, ""), part("Content-Type: text/calendar; charset=utf-8", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Erstens\r\nDTSTART;VALUE=DATE:20250401\r\nBEGIN:VALARM\r\nDESCRIPTION:Erinnerung\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Zweitens\r\nDTSTART;VALUE=DATE:20250408\r\nEND:VEVENT\r\nEND:VCALENDAR")), "Termin: Erstens\nZeit: 01.04.2025\nTermin: Zweitens\nZeit: 08.04.2025"),
	})
}
