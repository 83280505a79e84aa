package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

func (c *cli) newDocuments() *cobra.Command {
	var asJSON bool
	list := &cobra.Command{
		Use:     "list",
		Short:   "List what is in the index, with state and reason",
		Long:    "List what is in the index, with state and reason. Exit code 3 when it is empty.",
		Example: "  sprechstunde documents list --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withIndex(cmd, func(_ *neighbours.Set, index *postgres.Store) error {
				rows, err := index.Documents(cmd.Context())
				if err != nil {
					return err
				}
				return c.showDocuments(rows, asJSON)
			})
		},
	}
	cmd := group("documents", "Look after the documents in the index", "  sprechstunde documents list", list,
		c.newShow(&asJSON), c.newBlock(&asJSON), c.newRelease(&asJSON), c.newReread(&asJSON))
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// listedDocument is the JSON form of a document; its fields are a contract.
type listedDocument struct {
	Number       int64              `json:"number"`
	Source       string             `json:"source"`
	Path         string             `json:"path"`
	Title        string             `json:"title"`
	Owner        string             `json:"owner"`
	Contact      string             `json:"contact"`
	Collection   string             `json:"collection"`
	Rank         int                `json:"rank"`
	State        string             `json:"state"`
	ReasonCode   string             `json:"reason_code"` // the kind of the reason: empty, too_large, …
	Reason       string             `json:"reason"`
	ValidFrom    string             `json:"valid_from"`
	ValidUntil   string             `json:"valid_until"`
	ReviewDate   string             `json:"review_date"`
	AsOf         string             `json:"as_of"`
	SupersededBy string             `json:"superseded_by"`
	Passages     int                `json:"passages"`
	Model        string             `json:"model"`
	Hidden       int                `json:"hidden"`
	Remarks      []retrieval.Remark `json:"remarks"` // what else its passages do not hold

	Blocked *shownBlock `json:"blocked"` // null: it is not
}

// shownBlock is the JSON form of a block: when, in which role, why, and with which
// file that the document is attached to.
type shownBlock struct {
	At     string `json:"at"`
	By     string `json:"by"`
	Reason string `json:"reason"`
	With   string `json:"with"` // empty: it is the document's own
}

func listed(r postgres.DocumentRow) listedDocument {
	d := r.Document
	l := listedDocument{
		Number: d.ID, Source: d.Source, Path: d.Path, Title: d.Title, Owner: d.Owner, Contact: d.Contact, Collection: d.Collection, Rank: d.Rank,
		State: string(r.State), ReasonCode: string(r.Reason.Code), Reason: r.Reason.Words, ValidFrom: d.ValidFrom.String(), ValidUntil: d.ValidUntil.String(),
		ReviewDate: d.ReviewOn.String(), AsOf: d.AsOf.String(), SupersededBy: d.SupersededBy, Passages: r.Passages, Model: r.Model, Hidden: r.Hidden, Remarks: append([]retrieval.Remark{}, r.Remarks...),
	}
	if r.Block != (retrieval.Block{}) {
		l.Blocked = &shownBlock{r.Block.At.UTC().Format(time.RFC3339), r.Block.By, r.Block.Reason, r.Block.With}
	}
	return l
}

func (c *cli) showDocuments(rows []postgres.DocumentRow, asJSON bool) error {
	all := []listedDocument{}
	for _, r := range rows {
		all = append(all, listed(r))
		if !asJSON {
			fmt.Fprintf(c.stdout, "%-12s %-22s %3d  %s  %s\n", r.State, r.Document.Collection, r.Passages, r.Document.Path, why(r))
		}
	}
	if asJSON {
		if err := encode(c.stdout, map[string]any{"documents": all}); err != nil {
			return err
		}
	}
	if len(rows) == 0 {
		return &silentError{exitNothing}
	}
	return nil
}

// why says in half a line what keeps a document, or its newest version, from
// answering.
func why(r postgres.DocumentRow) string {
	var parts []string
	if r.Block != (retrieval.Block{}) {
		parts = append(parts, blockLine(r.Block))
	}
	if !r.Reason.IsZero() {
		parts = append(parts, r.Reason.Words)
	}
	if n := len(r.Remarks); n > 0 {
		parts = append(parts, fmt.Sprintf("%d remarks on what was left out", n))
	}
	return strings.Join(parts, "; ")
}

func blockLine(b retrieval.Block) string {
	line := fmt.Sprintf("blocked on %s by %s", b.At.UTC().Format(time.RFC3339), b.By)
	if b.With != "" {
		line += " with " + b.With
	}
	if b.Reason != "" {
		line += ": " + b.Reason
	}
	return line
}

func (c *cli) newShow(asJSON *bool) *cobra.Command {
	var source string
	show := &cobra.Command{
		Use:   "show PATH",
		Short: "Show what the index holds of a document, and where it has it from",
		Long: `Show what the index holds of a document: its fields, each with where it was found
and the sentence where that is the text, how many pieces of hidden text were
dropped, who blocked it and why, and its passages. Exit code 3 when there is none.`,
		Example: "  sprechstunde documents show leitlinien/ki-leitlinie.md",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withDocument(cmd, args[0], source, func(index *postgres.Store, row postgres.DocumentRow) error {
				passages, err := index.DocumentPassages(cmd.Context(), row.Document.ID)
				if err != nil {
					return err
				}
				if *asJSON {
					return c.encodeDocument(row, passages)
				}
				writeDocument(c.stdout, row)
				for _, p := range passages {
					fmt.Fprintf(c.stdout, "\n── %s\n%s\n", p.Place, p.Text)
				}
				return nil
			})
		},
	}
	sourceFlag(show, &source)
	return show
}

func sourceFlag(cmd *cobra.Command, source *string) {
	cmd.Flags().StringVar(source, "source", "", "source of the document, where several have the path")
}

// withIndex gives a command's body the tables of the house's index.
func (c *cli) withIndex(cmd *cobra.Command, body func(*neighbours.Set, *postgres.Store) error) error {
	return c.withNeighbours(cmd.Context(), neighbours.Needs{Database: true}, func(n *neighbours.Set) error {
		index, err := n.Database.Index(cmd.Context(), "")
		if err != nil {
			return err
		}
		return body(n, index)
	})
}

// withDocument finds the one document that a path means.
func (c *cli) withDocument(cmd *cobra.Command, path, source string, body func(*postgres.Store, postgres.DocumentRow) error) error {
	return c.withIndex(cmd, func(_ *neighbours.Set, index *postgres.Store) error {
		rows, err := index.FindDocument(cmd.Context(), path)
		if err != nil {
			return err
		}
		var found []postgres.DocumentRow
		var sources []string
		for _, row := range rows {
			if source == "" || row.Document.Source == source {
				found, sources = append(found, row), append(sources, row.Document.Source)
			}
		}
		switch len(found) {
		case 0:
			return &codedError{exitNothing, fmt.Errorf("no document %q in the index; `sprechstunde documents list` shows what there is", path)}
		case 1:
			return body(index, found[0])
		}
		return usage("%q is in the sources %s: name one with --source", path, strings.Join(sources, ", "))
	})
}

// shownPassage is the JSON form of a passage; its fields are a contract.
type shownPassage struct {
	Path  []string `json:"path"`
	Place string   `json:"place"`
	Text  string   `json:"text"`
}

func (c *cli) encodeDocument(row postgres.DocumentRow, passages []retrieval.Passage) error {
	shown := []shownPassage{}
	for _, p := range passages {
		shown = append(shown, shownPassage{append([]string{}, p.Headings...), p.Place, p.Text})
	}
	return encode(c.stdout, map[string]any{"document": listed(row), "facts": append([]retrieval.Fact{}, row.Facts...), "passages": shown})
}

func writeDocument(w io.Writer, row postgres.DocumentRow) {
	fmt.Fprintf(w, "%s (%s, %s)\n", row.Document.Title, row.Document.Collection, row.State)
	for _, f := range row.Facts {
		fmt.Fprintf(w, "  %-12s %s (%s)\n", f.Key, f.Value, f.Origin)
		if f.Sentence != "" {
			fmt.Fprintf(w, "               %q\n", f.Sentence)
		}
	}
	if row.Document.SupersededBy != "" {
		fmt.Fprintf(w, "  superseded by %s\n", row.Document.SupersededBy)
	}
	if text := why(row); text != "" {
		fmt.Fprintf(w, "  %s\n", text)
	}
	if row.Hidden > 0 {
		fmt.Fprintf(w, "  %d pieces of text that no reader could see were dropped\n", row.Hidden)
	}
	for _, r := range row.Remarks {
		fmt.Fprintf(w, "  %s\n", extract.Remark{Code: extract.RemarkCode(r.Code), Count: r.Count, Detail: r.Detail})
	}
}
