package mail

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"regexp"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// separator matches the line that begins a mail in a mailbox (RFC 4155, appendix A): who
// sent it, and when. In front of it stands an empty line, or the file begins.
var separator = regexp.MustCompile(`(?:\A|\n\r?\n)(From [^\n]*\d\d?:\d\d[^\n]*\d{4}[^\n]*\n)`)

// guarded matches lines of mails that would look like such a line and were marked.
var guarded = regexp.MustCompile(`(?m)^>(>*From )`)

// isMailbox recognises mailboxes.
func isMailbox(head []byte) bool {
	at := separator.FindSubmatchIndex(head)
	return at != nil && at[0] == 0
}

// readMailbox reads the mails of a mailbox one after the other, each below its subject;
// what is attached to them is attached to the mailbox. A mail that cannot be read is
// counted.
func readMailbox(f *extract.File) error {
	mails := mailsIn(f.Data)
	if len(mails) == 0 {
		return &extract.Error{Reason: extract.Damaged, Detail: "no mail begins in it with a line of the form From, sender, date"}
	}
	f.Doc.Title = titleOf(f)
	for i, mail := range mails {
		if !f.Next(i+1, len(mails)) {
			continue
		}
		f.Top()
		f.Heading(1, cmp.Or(subjectOf(mail), fmt.Sprintf("Nachricht %d", i+1)))
		under := len(f.Path)
		if err := f.InsertBelow(under, "nachricht.eml", guarded.ReplaceAll(mail, []byte("$1"))); err != nil {
			f.Remark(extract.AttachedFile, 1, fmt.Sprintf("mail %d: %v", i+1, err))
		}
	}
	return nil
}

// titleOf takes a file's name for its title, which its content does not have.
func titleOf(f *extract.File) string {
	base := path.Base(f.Name())
	return strings.TrimSuffix(base, path.Ext(base))
}

// mailsIn cuts a mailbox into its mails.
func mailsIn(data []byte) (mails [][]byte) {
	found := separator.FindAllSubmatchIndex(data, -1)
	for i, at := range found {
		const lineEnd = 3 // of the separator's line
		end := len(data)
		if i+1 < len(found) {
			end = found[i+1][0] + 1
		}
		if start := at[lineEnd]; start < end {
			mails = append(mails, data[start:end])
		}
	}
	return mails
}

var subjectLine = regexp.MustCompile(`(?i)(?:\A|\n)subject:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)`)

// subjectOf returns the subject of a mail as its head has it.
func subjectOf(mail []byte) string {
	head, _, _ := bytes.Cut(bytes.ReplaceAll(mail[:min(len(mail), 64<<10)], []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	found := subjectLine.FindSubmatch(head)
	if found == nil {
		return ""
	}
	return decodeHeader(string(bytes.Join(bytes.Fields(found[1]), []byte(" "))))
}
