package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/postgres"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
)

func (c *cli) newQuestions() *cobra.Command {
	var asJSON, open bool
	var state string
	var limit int
	list := &cobra.Command{
		Use:   "list",
		Short: "List questions with state and outcome; neither text nor person",
		Long: `List questions with state and outcome, newest first. Neither a text nor a person
can be seen here. Exit code 3 when there are none.`,
		Example: "  sprechstunde questions list --open\n  sprechstunde questions list --state dropped --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withNeighbours(cmd.Context(), neighbours.Needs{Database: true}, func(n *neighbours.Set) error {
				pool, err := n.Database.BotAsItIs(cmd.Context())
				if err != nil {
					return err
				}
				questions, err := postgres.NewQuestions(postgres.QuestionsConfig{Pool: pool})
				if err != nil {
					return err
				}
				found, err := questions.List(cmd.Context(), postgres.ListFilter{State: inbox.State(state), Open: open, Limit: limit})
				if err != nil {
					return err
				}
				return c.showQuestions(found, asJSON)
			})
		},
	}
	list.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	list.Flags().BoolVar(&open, "open", false, "only those that are not done")
	list.Flags().StringVar(&state, "state", "", "only this state: received, retrieving, ready, posting, posted, told, dropped")
	list.Flags().IntVar(&limit, "limit", 50, "how many")
	return group("questions", "Look at the inbox", "  sprechstunde questions list", list)
}

// listedQuestion is the JSON form of a question; its fields are a contract.
type listedQuestion struct {
	ID      string      `json:"id"`
	State   inbox.State `json:"state"`
	Outcome string      `json:"outcome"`
	Reason  string      `json:"reason"`
	Attempt int         `json:"attempt"`
	Seconds float64     `json:"age_seconds"`
}

func (c *cli) showQuestions(found []postgres.Listed, asJSON bool) error {
	if asJSON {
		all := []listedQuestion{}
		for _, q := range found {
			all = append(all, listedQuestion{q.ID, q.State, q.Outcome, q.Reason, q.Attempt, q.Age.Seconds()})
		}
		if err := encode(c.stdout, map[string]any{"questions": all}); err != nil {
			return err
		}
	} else {
		for _, q := range found {
			fmt.Fprintf(c.stdout, "%s  %-10s  %-12s  %s  %s\n", q.ID, q.State, q.Outcome, q.Age.Round(time.Second), q.Reason)
		}
	}
	if len(found) == 0 {
		return &silentError{exitNothing}
	}
	return nil
}
