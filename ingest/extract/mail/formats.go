// Package mail reads mails as they travel, alone and in mailboxes, with what is attached to
// them, and calendars. What is
// encrypted stays closed.
package mail

import (
	"regexp"

	"lvr.example/sprechstunde/ingest/extract"
)

// Formats are mails as they travel.
func Formats() []extract.Format {
	return []extract.Format{
		{Name: "eml", Version: 6, Endings: []string{".eml", ".mht", ".mhtml"}, Limit: extract.MaxFile / 2, Text: true, Begins: isMail, Read: readMail},
		{Name: "mbox", Version: 1, Endings: []string{".mbox", ".mbx"}, Limit: extract.MaxFile, Text: true, Begins: isMailbox, Read: readMailbox},
		{Name: "ics", Version: 1, Endings: []string{".ics", ".ical"}, Text: true, Begins: isCalendarFile, Read: readCalendarFile},
		{Name: "tnef", Version: 1, Endings: []string{".dat"}, Named: true, Begins: beginsTNEF, Read: readEnvelope},
	}
}

var mailHead = regexp.MustCompile(`(?i)^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:received|message-id|mime-version):`)

// isMail recognises mails by the lines of their head.
func isMail(head []byte) bool { return mailHead.Match(head) }
