package desk

import (
	"context"
	"errors"
	"slices"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/attachment"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/prompts"
)

// What people attach goes along both ways, without what says who made it. What cannot
// go is named to its sender with the reason; all else of the message goes.

// carried are the files of one message.
type carried struct {
	files   []inbox.File
	refused []prompts.RefusedFile
}

// Reasons besides those of attachment.
const (
	reasonGone = "gone" // from the chat platform
	reasonOff  = "off"  // this house hands no files on
)

// mostBytes is what the files of one message may be together: each reader gets them.
const mostBytes = 25 << 20

// carry reads files and makes them ready to go on.
func (d *Desk) carry(ctx context.Context, ids []string) (c carried, err error) {
	left := mostBytes
	for i, id := range ids {
		if err := c.add(ctx, d.cfg.Files, id, i, &left); err != nil {
			return carried{}, err
		}
	}
	return c, nil
}

// add takes one more file, or the reason against it.
func (c *carried) add(ctx context.Context, files chat.Files, id string, i int, left *int) error {
	refuse := func(name, reason string) error {
		c.refused = append(c.refused, prompts.RefusedFile{Number: i + 1, Name: answer.Safe(name), Reason: reason})
		return nil
	}
	switch {
	case files == nil:
		return refuse("", reasonOff)
	case i >= attachment.Most:
		if !slices.ContainsFunc(c.refused, func(r prompts.RefusedFile) bool { return r.Reason == string(attachment.TooMany) }) {
			return refuse("", string(attachment.TooMany)) // once for all of them
		}
		return nil
	}
	file, err := files.File(ctx, id, attachment.MostBytes)
	if errors.Is(err, inbox.ErrGone) {
		return refuse("", reasonGone)
	}
	if err != nil {
		return chat.Unreachable(err)
	}
	if file.Size > attachment.MostBytes {
		return refuse(file.Name, string(attachment.TooLarge))
	}
	clean, err := attachment.Clean(file.Name, file.Content, i+1)
	var refused *attachment.Refused
	switch {
	case errors.As(err, &refused):
		return refuse(file.Name, string(refused.Reason))
	case err != nil:
		return err
	case len(clean.Content) > *left:
		return refuse(file.Name, string(attachment.TooLarge))
	}
	*left -= len(clean.Content)
	c.files = append(c.files, inbox.File{Name: clean.Name, Content: clean.Content})
	return nil
}

// withFiles is the text of a message; one that has files alone says so.
func (d *Desk) withFiles(text string, files []string) string {
	if text == "" && len(files) > 0 {
		return d.cfg.Texts.Tells("files_only", prompts.Step{})
	}
	return text
}

// alsoRefused says in a reply to who sent files which of them do not go along.
func (d *Desk) alsoRefused(reply inbox.Reply, files carried) inbox.Reply {
	if text := d.cfg.Texts.FilesRefused(files.refused); text != "" && len(reply.Drafts) > 0 {
		reply.Drafts[0].Text += "\n\n" + text
	}
	return reply
}

// lostSince adds to a receipt which files are gone since the preview showed them.
func (d *Desk) lostSince(receipt string, files carried) string {
	gone := slices.DeleteFunc(slices.Clone(files.refused), func(r prompts.RefusedFile) bool { return r.Reason != reasonGone })
	if text := d.cfg.Texts.FilesRefused(gone); text != "" {
		receipt += "\n\n" + text
	}
	return receipt
}
