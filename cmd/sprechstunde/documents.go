package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/app"
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
			return c.withBase(func(b *app.Base) error {
				index, err := b.Index(cmd.Context(), "")
				if err != nil {
					return err
				}
				rows, err := index.Documents(cmd.Context())
				if err != nil {
					return err
				}
				return c.showDocuments(rows, asJSON)
			})
		},
	}
	show := &cobra.Command{
		Use:     "show PATH",
		Short:   "Show a document's passages as the index holds them",
		Example: "  sprechstunde documents show leitlinien/ki-leitlinie.md",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withBase(func(b *app.Base) error { return c.showDocument(cmd, b, args[0], asJSON) })
		},
	}
	cmd := group("documents", "Look after the documents in the index", "  sprechstunde documents list", list, show,
		laterCare("block", "Take a document out of every answer"),
		laterCare("release", "Let a blocked document answer again"),
		laterCare("reread", "Read a document anew at the next ingest"))
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// laterCare is a command on one document that later work fills.
func laterCare(name, short string) *cobra.Command {
	return &cobra.Command{Use: name + " PATH", Short: short, Example: "  sprechstunde documents " + name + " faq/ki.md", Args: cobra.ArbitraryArgs, RunE: notBuilt}
}

// listedDocument is the JSON form of a document; its fields are a contract.
type listedDocument struct {
	Source       string `json:"source"`
	Path         string `json:"path"`
	Title        string `json:"title"`
	Owner        string `json:"owner"`
	Collection   string `json:"collection"`
	State        string `json:"state"`
	Reason       string `json:"reason"`
	ValidFrom    string `json:"valid_from"`
	ValidUntil   string `json:"valid_until"`
	SupersededBy string `json:"superseded_by"`
	Passages     int    `json:"passages"`
	Model        string `json:"model"`
}

func listed(r postgres.DocumentRow) listedDocument {
	d := r.Document
	return listedDocument{
		Source: d.Source, Path: d.Path, Title: d.Title, Owner: d.Owner, Collection: d.Collection, State: string(r.State), Reason: r.Reason,
		ValidFrom: day(d.ValidFrom), ValidUntil: day(d.ValidUntil), SupersededBy: d.SupersededBy, Passages: r.Passages, Model: r.Model,
	}
}

func day(d retrieval.Date) string {
	if d == (retrieval.Date{}) {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

func (c *cli) showDocuments(rows []postgres.DocumentRow, asJSON bool) error {
	all := []listedDocument{}
	for _, r := range rows {
		all = append(all, listed(r))
		if !asJSON {
			fmt.Fprintf(c.stdout, "%-12s %-22s %3d  %s  %s\n", r.State, r.Document.Collection, r.Passages, r.Document.Path, r.Reason)
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

// shownPassage is the JSON form of a passage; its fields are a contract.
type shownPassage struct {
	Path  []string `json:"path"`
	Place string   `json:"place"`
	Text  string   `json:"text"`
}

func (c *cli) showDocument(cmd *cobra.Command, b *app.Base, path string, asJSON bool) error {
	index, err := b.Index(cmd.Context(), "")
	if err != nil {
		return err
	}
	rows, err := index.FindDocument(cmd.Context(), path)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return &codedError{exitNothing, fmt.Errorf("no document %q in the index; `sprechstunde documents list` shows what there is", path)}
	}
	passages, err := index.DocumentPassages(cmd.Context(), rows[0].Document.ID)
	if err != nil {
		return err
	}
	if asJSON {
		shown := []shownPassage{}
		for _, p := range passages {
			shown = append(shown, shownPassage{append([]string{}, p.Headings...), p.Place, p.Text})
		}
		return encode(c.stdout, map[string]any{"document": listed(rows[0]), "passages": shown})
	}
	fmt.Fprintf(c.stdout, "%s (%s, %s)\n", rows[0].Document.Title, rows[0].Document.Collection, rows[0].State)
	for _, p := range passages {
		fmt.Fprintf(c.stdout, "\n── %s\n%s\n", p.Place, p.Text)
	}
	return nil
}
