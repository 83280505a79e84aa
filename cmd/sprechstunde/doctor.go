package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/doctor"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

func (c *cli) newDoctor() *cobra.Command {
	var asJSON bool
	var ready string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check each neighbour and say what to do",
		Long: `Check calendar, sources, database, embedder, model and Mattermost, and say of each
what is wrong and what to do. Exit code 1 when something is broken.`,
		Example: "  sprechstunde doctor\n  sprechstunde doctor --ready http://127.0.0.1:8780/readyz",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if ready != "" {
				return doctor.AskReady(cmd.Context(), ready)
			}
			return c.withSite(func(site *neighbours.Site) error {
				findings := []doctor.Finding{}
				broken := false
				err := doctor.Examine(cmd.Context(), site, func(f doctor.Finding) {
					findings = append(findings, f)
					broken = broken || f.State == doctor.StateBroken
					if !asJSON {
						c.showFinding(f)
					}
				})
				if asJSON {
					err = errors.Join(err, encode(c.stdout, map[string]any{"findings": findings}))
				}
				if err != nil {
					return err
				}
				if broken {
					return &silentError{exitFailed}
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().StringVar(&ready, "ready", "", "only ask a running bot's /readyz at this address")
	return cmd
}

func (c *cli) showFinding(f doctor.Finding) {
	fmt.Fprintf(c.stdout, "%-8s %s: %s\n", f.State, f.What, f.Says)
	if f.Do != "" {
		fmt.Fprintf(c.stdout, "         → %s\n", f.Do)
	}
}
