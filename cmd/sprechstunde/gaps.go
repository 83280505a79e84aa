package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/bot/gaps"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

// gapsForm is the JSON form of gaps; its fields are a contract.
type gapsForm struct {
	Month string     `json:"month"`
	Gaps  []gaps.Gap `json:"gaps"`
}

const monthForm = "2006-01"

func (c *cli) newGaps() *cobra.Command {
	var month string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "gaps", Short: "Show what many have asked in a month and found no answer to",
		Long: `Show what many have asked in a month and found no answer to, or whose answer did not
help: words that at least five people have used, how many they are, rounded to fives,
and the document that comes nearest. The bot makes the report once, when the month is
over, and hosts read it in their channel. It holds no question and no person, and
groups of fewer than five people not at all. Exit code 3 when there is nothing, or the
month is not looked at yet.`,
		Example: "  sprechstunde gaps\n  sprechstunde gaps --month 2026-02 --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			first := gaps.MonthBefore(time.Now().In(house.Zone()))
			if month != "" {
				var err error
				if first, err = time.Parse(monthForm, month); err != nil {
					return usage("--month: write a month as 2026-02")
				}
			}
			return c.withNeighbours(cmd.Context(), neighbours.Needs{Database: true}, func(n *neighbours.Set) error {
				pool, err := n.Database.BotAsItIs(cmd.Context())
				if err != nil {
					return err
				}
				report, err := postgres.NewGaps(pool).Report(cmd.Context(), first)
				if err != nil && !errors.Is(err, gaps.ErrUnknown) {
					return err
				}
				return c.showGaps(report, asJSON)
			})
		},
	}
	cmd.Flags().StringVar(&month, "month", "", "which month, as 2026-02; the last one by default")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (c *cli) showGaps(r gaps.Report, asJSON bool) error {
	if asJSON {
		if err := encode(c.stdout, gapsForm{Month: r.Month.Format(monthForm), Gaps: append([]gaps.Gap{}, r.Gaps...)}); err != nil {
			return err
		}
	} else {
		for _, g := range r.Gaps {
			kind := "unhelpful"
			if g.Missing {
				kind = "missing"
			}
			fmt.Fprintf(c.stdout, "%s  about %d people  %s  %s\n", kind, g.People, strings.Join(g.Words, ", "), g.Title)
		}
	}
	if len(r.Gaps) == 0 {
		return &silentError{exitNothing}
	}
	return nil
}
