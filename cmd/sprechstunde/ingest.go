package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
)

func (c *cli) newIngest() *cobra.Command {
	var only string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "ingest",
		Short: "Bring the index in line with the configured sources",
		Long: `Bring the index in line with the configured sources: only what changed is read,
what is gone leaves the index, what fails is reported and stops nothing else.
Killed at any moment, it goes on where it was.

Where Mattermost is configured, gate channels are checked: documents of a
collection whose gate channel is public or unknown are refused. Exit code 3 when
documents were quarantined or there are none.`,
		Example: "  sprechstunde ingest\n  sprechstunde ingest --source intranet --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withBase(func(b *app.Base) error {
				sources, err := b.Sources()
				if err != nil {
					return err
				}
				lib, err := b.Library(cmd.Context(), "")
				if err != nil {
					return err
				}
				gate, err := b.Gate(cmd.Context())
				if err != nil {
					return err
				}
				var reports []ingest.Report
				for _, s := range sources {
					if only != "" && s.Name != only {
						continue
					}
					report, err := b.Ingest(cmd.Context(), lib, s, nil, gate)
					if errors.Is(err, retrieval.ErrBusy) {
						fmt.Fprintf(c.stderr, "%s: another ingest is at work on it\n", s.Name)
						continue
					}
					if err != nil {
						return fmt.Errorf("source %s: %w", s.Name, err)
					}
					reports = append(reports, report)
				}
				if only != "" && !slices.ContainsFunc(reports, func(r ingest.Report) bool { return r.Source == only }) {
					return usage("--source: there is no source %q", only)
				}
				return c.showReports(reports, asJSON)
			})
		},
	}
	cmd.Flags().StringVar(&only, "source", "", "only this source")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// ingested is the JSON form of a report; its fields are a contract.
type ingested struct {
	Source      string         `json:"source"`
	New         int            `json:"new"`
	Changed     int            `json:"changed"`
	Gone        int            `json:"gone"`
	Unchanged   int            `json:"unchanged"`
	Pending     int            `json:"without_vectors"`
	Quarantined []quarantined  `json:"quarantined"`
	Skipped     map[string]int `json:"skipped"`
	Warnings    []string       `json:"warnings"`
	Seconds     float64        `json:"seconds"`
}

type quarantined struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

func (c *cli) showReports(reports []ingest.Report, asJSON bool) error {
	documents, refused := 0, 0
	all := []ingested{}
	for _, r := range reports {
		documents += r.New + r.Changed + r.Unchanged
		refused += len(r.Quarantined)
		if !asJSON {
			writeReport(c.stdout, r)
		}
		out := ingested{
			Source: r.Source, New: r.New, Changed: r.Changed, Gone: r.Gone, Unchanged: r.Unchanged, Pending: r.Pending,
			Quarantined: []quarantined{}, Skipped: r.Skipped, Warnings: append([]string{}, r.Warnings...), Seconds: r.Took.Seconds(),
		}
		for _, p := range r.Quarantined {
			out.Quarantined = append(out.Quarantined, quarantined(p))
		}
		all = append(all, out)
	}
	if asJSON {
		if err := encode(c.stdout, map[string]any{"sources": all}); err != nil {
			return err
		}
	}
	if documents == 0 || refused > 0 {
		return &silentError{exitNothing}
	}
	return nil
}

func writeReport(w io.Writer, r ingest.Report) {
	fmt.Fprintf(w, "%s: %d new, %d changed, %d gone, %d unchanged, %d quarantined (%s)\n",
		r.Source, r.New, r.Changed, r.Gone, r.Unchanged, len(r.Quarantined), r.Took.Round(10*time.Millisecond))
	for _, p := range r.Quarantined {
		fmt.Fprintf(w, "  quarantined  %s: %s\n", p.Path, p.Reason)
	}
	for reason, n := range r.Skipped {
		fmt.Fprintf(w, "  skipped      %d: %s\n", n, reason)
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(w, "  warning      %s\n", warning)
	}
	if r.Pending > 0 {
		fmt.Fprintf(w, "  %d documents are found by their words only until the embedder is back and ingest runs again\n", r.Pending)
	}
}
