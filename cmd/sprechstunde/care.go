package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

func (c *cli) newBlock(asJSON *bool) *cobra.Command {
	var source, reason string
	block := &cobra.Command{
		Use:   "block PATH",
		Short: "Take a document out of every answer",
		Long: `Take a document out of every answer, at once and in all replicas, until it is
released. Newer versions are taken in meanwhile, but answer nothing either; a file
that vanishes and comes back stays blocked. What is attached to the document, such
as the attachments of a mail, is blocked with it, also what comes later. A document
that is blocked already keeps its first block. Exit code 3 when there is no such document.`,
		Example: "  sprechstunde documents block faq/ki.md --reason 'Anlage 2 fehlt'",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withDocument(cmd, args[0], source, func(index *postgres.Store, row postgres.DocumentRow) error {
				block := retrieval.Block{At: time.Now(), By: retrieval.ByOperator, Reason: reason}
				return c.showCare(cmd, index, row, "blocked", *asJSON, index.Block(cmd.Context(), row.Document.ID, block))
			})
		},
	}
	sourceFlag(block, &source)
	block.Flags().StringVar(&reason, "reason", "", "why, for those who look after the document")
	return block
}

func (c *cli) newRelease(asJSON *bool) *cobra.Command {
	var source string
	release := &cobra.Command{
		Use:   "release PATH",
		Short: "Let a blocked document answer again",
		Long: `Let a blocked document answer again, in the version that was taken in last. One
that is not blocked stays as it is. What is attached to it is released with it,
unless it was blocked by itself; an attachment is not released while its mail is
blocked. Exit code 3 when there is no such document.`,
		Example: "  sprechstunde documents release faq/ki.md",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withDocument(cmd, args[0], source, func(index *postgres.Store, row postgres.DocumentRow) error {
				return c.showCare(cmd, index, row, "released", *asJSON, index.Release(cmd.Context(), row.Document.ID))
			})
		},
	}
	sourceFlag(release, &source)
	return release
}

func (c *cli) newReread(asJSON *bool) *cobra.Command {
	var source string
	reread := &cobra.Command{
		Use:   "reread PATH",
		Short: "Read a document anew at the next ingest",
		Long: `Read a document anew at the next ingest, whatever its source says of it, and forget
what was found wrong with its content. Of an attachment the whole file is read.
Exit code 3 when there is no such document.`,
		Example: "  sprechstunde documents reread faq/ki.md && sprechstunde ingest",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withDocument(cmd, args[0], source, func(index *postgres.Store, row postgres.DocumentRow) error {
				return c.showCare(cmd, index, row, "will be read anew at the next ingest", *asJSON, index.Reread(cmd.Context(), row.Document.ID))
			})
		},
	}
	sourceFlag(reread, &source)
	return reread
}

// showCare says what was done, and how the document stands now.
func (c *cli) showCare(cmd *cobra.Command, index *postgres.Store, before postgres.DocumentRow, done string, asJSON bool, err error) error {
	if errors.Is(err, retrieval.ErrNoDocument) {
		return &codedError{exitNothing, fmt.Errorf("%s has left its source", before.Document.Path)}
	}
	if err != nil {
		return err
	}
	if !asJSON {
		fmt.Fprintf(c.stdout, "%s: %s\n", before.Document.Path, done)
		return nil
	}
	after := before
	rows, err := index.FindDocument(cmd.Context(), before.Document.Path)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.Document.ID == before.Document.ID {
			after = row
		}
	}
	return encode(c.stdout, map[string]any{"document": listed(after)})
}
