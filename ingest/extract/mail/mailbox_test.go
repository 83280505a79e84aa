package mail_test

import (
	"testing"

	"lvr.example/sprechstunde/ingest/extract/extracttest"
)

// TestMailboxes reads the mails of a mailbox below their subjects, and calendars saved
// as files.
func TestMailboxes(t *testing.T) {
	t.Parallel()
	const from = "From a@amt.example Mon Mar  3 08:00:01 2025\n"
	const html = "Subject: Fristen\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<h1>Antrag</h1><p>Drei Wochen.</p>\n--b\nContent-Type: text/csv; name=liste.csv\nContent-Disposition: attachment; filename=liste.csv\n\nAmt;Tage\nBau;3\n--b--\n\n"
	extracttest.Check(t, map[string]extracttest.Case{
		"two mails": {Name: "archiv.mbox", Content: from + "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nMIME-Version: 1.0\n\nHallo zusammen.\n\n" + from + html + from + html,
			Want: "# Grüße\nHallo zusammen.\n# Fristen\n## Antrag\nDrei Wochen.\n# Fristen\n## Antrag\nDrei Wochen.\n= liste.csv\n| Amt | Tage\n| Bau | 3 || Amt | Tage\n= liste (2).csv\n| Amt | Tage\n| Bau | 3 || Amt | Tage"},
		"a line that is guarded":    {Name: "a.mbox", Content: from + "Subject: a\n\nText\n\n>From hier an gilt: drei Wochen.\n", Want: "# a\nText\nFrom hier an gilt: drei Wochen."},
		"a line that only looks so": {Name: "a.mbox", Content: from + "Subject: a\n\nText\n\nFrom the beginning.\n", Want: "# a\nText\nFrom the beginning."},
		"lines of Windows":          {Name: "a.mbox", Content: "From - Mon Mar 03 08:00:01 2025\r\nSubject: a\r\n\r\nText\r\n\r\nFrom - Mon Mar 03 08:00:02 2025\r\nSubject: b\r\n\r\nMehr\r\n", Want: "# a\nText\n# b\nMehr"},
		"under no name":             {Name: "Archiv.sbd", Content: from + "Subject: a\n\nText\n", Want: "# a\nText"},
		"one that is encrypted":     {Name: "a.mbox", Content: from + "Subject: a\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nAAAA\n\n" + from + "Subject: b\n\nText\n", Want: "# a\n# b\nText", Remarks: []string{"attachment not read 1"}},
		"without a subject":         {Name: "a.mbox", Content: from + "Date: x\n\nText\n", Want: "# Nachricht 1\nText"},
		"no mail":                   {Name: "a.mbox", Content: "Nur Text\n", Want: "! damaged: no mail begins in it with a line of the form From, sender, date"},
		"a calendar":                {Name: "termine.ics", Content: "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Sprechstunde KI\r\nDTSTART;VALUE=DATE:20260304\r\nDTEND;VALUE=DATE:20260305\r\nLOCATION:Raum 7\\, Haus 2\r\nDESCRIPTION:Bitte Fragen\r\n  mitbringen.\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", Want: "# Sprechstunde KI\nTermin: Sprechstunde KI\nZeit: 04.03.2026\nOrt: Raum 7, Haus 2\nBitte Fragen mitbringen."},
	})
}
