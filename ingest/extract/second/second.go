// Package second has files read by a second reader that are not ours to read: the
// office formats from before 2007, rich text, Outlook's mails, and pictures of text
// by OCR. It speaks to a Kreuzberg server (github.com/kreuzberg-dev/kreuzberg, POST
// /extract) and hands everything else on to the reader below.
//
// The bytes of such a file, and neither its name nor anything else, go to the one
// address configured; redirects are not followed. What comes back is foreign:
// its size and time are bounded, and what has a structure is read by the closed-off
// reader below, as a file would be. What OCR reads with little confidence is no
// text of the document; it is said. It keeps and logs no text.
package second

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// version is raised when the same answers become other documents.
const version = "4"

// stamp is that of a file which the second reader has seen.
const stamp = extract.SecondReader + "/" + version

// First is the reader below.
type First interface {
	Hold(ctx context.Context) (release func(), err error)
	Read(ctx context.Context, name string, data []byte) ([]extract.Named, error)
	IsCurrent(stamps []string) bool
	// Page takes one page out of a PDF, from 1, as a PDF of its own, and counts the
	// pages; behind the last one there is none. An [*extract.Error] says that it cannot be had.
	Page(ctx context.Context, pdf []byte, number int) (page []byte, pages int, err error)
}

// Reader reads files with the first reader and what that one cannot read with the
// second. It is safe for concurrent use.
type Reader struct {
	First
	client *client
	log    *slog.Logger
}

// New returns a reader. It talks to nobody yet.
func New(first First, config Config) (*Reader, error) {
	client, err := newClient(config)
	if err != nil {
		return nil, err
	}
	return &Reader{First: first, client: client, log: client.config.Log}, nil
}

// IsCurrent reports whether Read would give today what readers with these stamps
// gave. A verdict from the time without a second reader is not current.
func (r *Reader) IsCurrent(stamps []string) bool {
	isOld := func(s string) bool { return strings.HasPrefix(s, extract.SecondReader+"/") && s != stamp }
	return !slices.ContainsFunc(stamps, isOld) && r.First.IsCurrent(stamps)
}

// Read reads a file. While the second reader is away, what only it can read has a
// Problem, [extract.Waiting], and is not current; all else is read.
func (r *Reader) Read(ctx context.Context, name string, data []byte) ([]extract.Named, error) {
	docs, err := r.First.Read(ctx, name, data)
	if err != nil {
		return nil, err
	}
	for i := range docs {
		doc := &docs[i]
		at := slices.Index(doc.Readers, extract.Unaided)
		if at < 0 {
			continue
		}
		if i == 0 {
			doc.Data = data
		}
		done, err := r.readAgain(ctx, doc)
		if err != nil {
			return nil, err
		}
		if doc.Data = nil; done {
			doc.Readers[at] = stamp
		}
	}
	return docs, nil
}

// readAgain has the second reader read a document; done: there is nothing more to
// be had from it. The error is that of ctx or of the reader below.
func (r *Reader) readAgain(ctx context.Context, doc *extract.Named) (done bool, err error) {
	if doc.Data == nil {
		return true, nil // too many large attachments: the first reader's reason stands
	}
	answer, leftOut, err := r.extractPages(ctx, doc)
	var refused *refusedError
	var away *awayError
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case errors.As(err, &refused):
		r.log.Warn("second reader refuses a file", "type", doc.Type, "bytes", len(doc.Data), "kind", refused.kind)
		if doc.Problem != nil {
			doc.Problem = &extract.Error{Reason: doc.Problem.Reason, Detail: doc.Problem.Detail + " (the second reader cannot read it: " + refused.kind + ")"}
		}
		return true, nil
	case errors.As(err, &away):
		r.log.Warn("second reader away", "error", away)
		if doc.Problem != nil {
			doc.Problem = &extract.Error{Reason: extract.Waiting, Detail: away.Error()}
		}
		return false, nil
	case err != nil:
		return false, err
	case needsOCR(doc.Type):
		takePages(doc, answer, leftOut)
		return true, nil
	}
	return true, r.takeText(ctx, doc, answer)
}

// takeText makes the text of a document of what was read without OCR. It comes as
// Markdown, which the reader below reads like any other file of unknown origin.
func (r *Reader) takeText(ctx context.Context, doc *extract.Named, a answer) error {
	read, err := r.First.Read(ctx, "second.md", []byte("\n"+asShown(doc.Type, a.Content))) // a line between --- is no head of the document
	if err != nil {
		return err
	}
	if problem := read[0].Problem; problem != nil { // the document's, not ours
		doc.Problem = &extract.Error{Reason: problem.Reason, Detail: fmt.Sprintf("the second reader finds nothing that can be read in the %s file", doc.Type)}
		return nil //nolint:nilerr // a finding about the document, kept with it
	}
	remarks := slices.Concat(doc.Remarks, read[0].Remarks)
	doc.Document, doc.Problem = read[0].Document, nil
	doc.Remarks = remarks
	if title := a.title(); title != "" {
		doc.Title = title
	}
	return nil
}
