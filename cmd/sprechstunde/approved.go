package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/bot/approved"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval"
)

func (c *cli) newApproved() *cobra.Command {
	var asJSON bool
	list := &cobra.Command{
		Use: "list", Short: "List the answers that people have approved, with where they stand",
		Long: `List the answers that people have approved, with where they stand: draft,
approved, in review (what it rests on has changed, is blocked or has ended),
withdrawn, expired. Only approved ones are given to people. Exit code 3 when there
are none.`,
		Example: "  sprechstunde approved list --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApproved(cmd, func(_ *neighbours.Set, all []approved.Standing, broken error) error {
				c.complain(broken)
				return c.showApproved(all, asJSON)
			})
		},
	}
	check := &cobra.Command{
		Use: "check", Short: "Say what is wrong with approved answers, with file and line",
		Long: `Say what is wrong with approved answers, with file and line: what a file lacks, what
it rests on and does not stand there any more, two answers to one question, a loop
of supersedes, and, where Mattermost is configured, a contact who has left. Exit code
1 when something is.`,
		Example: "  sprechstunde approved check",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApproved(cmd, func(n *neighbours.Set, all []approved.Standing, broken error) error {
				return c.checkApproved(cmd.Context(), n, all, broken)
			})
		},
	}
	cmd := group("approved", "Look after the answers that people have approved", "  sprechstunde approved list\n  sprechstunde approved check", list, check, c.newApprovedExport())
	cmd.Long = `Look after the answers that people have approved. Hosts make some of what they have
answered to a ticket, in the chat; these are called anliegen-12.yaml by its number. The
others stand each in a .yaml file of the folder that the configuration names as
approved, where a file goes before what hosts have made under the same name:

  questions:                 # each way to ask it
    - Darf ich KIM in der Prüfung benutzen?
  answer: Nein. In Prüfungen darf KIM nicht benutzt werden.
  owner: Stabsstelle Digitalethik
  contact: h.mueller         # user name; may be missing
  basis:
    document: dienstanweisungen/da-ki-2026.md
    quote: in Prüfungen ist die Nutzung untersagt
    version: 0123456789abcdef  # of the passage, as list shows it; may be missing
  valid_until: 2027-06-30
  approved_by: Referat 11.20 # missing: it is a draft
  supersedes: alt.yaml       # may be missing, as withdrawn: true`
	list.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// withApproved reads the house's answers and looks whether their bases stand. broken
// is what could not be read, the rest is there.
func (c *cli) withApproved(cmd *cobra.Command, body func(n *neighbours.Set, all []approved.Standing, broken error) error) error {
	needs := neighbours.Needs{Database: true, Embedders: true, Directory: true}
	return c.withNeighbours(cmd.Context(), needs, func(n *neighbours.Set) error {
		ctx := cmd.Context()
		lib, err := library.Open(ctx, n, "")
		if err != nil {
			return err
		}
		texts, err := house.Texts(n.Config)
		if err != nil {
			return err
		}
		shelf, err := app.NewShelf(app.Approvals{Site: n.Site, Library: lib, Texts: texts, Versions: app.Versions(ctx, n)})
		if err != nil {
			return err
		}
		broken := shelf.Refresh(ctx)
		collections, err := lib.Store.Collections(ctx)
		if err != nil {
			return err
		}
		var names []string
		for _, collection := range collections {
			names = append(names, collection.Name)
		}
		all, err := shelf.Standings(ctx, retrieval.ReadersOf(names...))
		if err != nil {
			return err
		}
		if err := namedContacts(ctx, n, all); err != nil {
			return err
		}
		return body(n, all, broken)
	})
}

// namedContacts fills in the user names of who looks after answers from tickets, which
// the chat server knows; without it they stay unnamed.
func namedContacts(ctx context.Context, n *neighbours.Set, all []approved.Standing) error {
	for i, a := range all {
		if n.Directory == nil || a.ContactID == "" {
			continue
		}
		user, err := n.Directory.User(ctx, a.ContactID, false)
		if errors.Is(err, inbox.ErrGone) {
			continue
		}
		if err != nil {
			return err
		}
		all[i].Contact = user.Username
	}
	return nil
}

// complain says each fault on a line.
func (c *cli) complain(broken error) (faults int) {
	var many interface{ Unwrap() []error }
	list := []error{broken}
	if errors.As(broken, &many) {
		list = many.Unwrap()
	}
	for _, err := range list {
		if err != nil {
			faults++
			fmt.Fprintln(c.stderr, err)
		}
	}
	return faults
}

// approvedForm is the JSON form of approved list; its fields are a contract.
type approvedForm struct {
	Answers []approvedAnswer `json:"answers"`
}

type approvedAnswer struct {
	Name       string   `json:"name"`
	State      string   `json:"state"`
	Questions  []string `json:"questions"`
	Owner      string   `json:"owner"`
	Contact    string   `json:"contact"`
	Document   string   `json:"document"`
	Version    string   `json:"version"` // of the passage as it stands now; empty: it does not
	ValidUntil string   `json:"valid_until"`
	Supersedes string   `json:"supersedes"`
}

func (c *cli) showApproved(all []approved.Standing, asJSON bool) error {
	form := approvedForm{Answers: []approvedAnswer{}}
	for _, a := range all {
		form.Answers = append(form.Answers, approvedAnswer{
			Name: a.Name, State: string(a.State), Questions: a.Questions, Owner: a.Owner, Contact: a.Contact, Document: a.Basis.Document,
			Version: a.Version, ValidUntil: a.Until.String(), Supersedes: a.Supersedes,
		})
	}
	err := c.writeApproved(form, asJSON)
	if err == nil && len(all) == 0 {
		return &silentError{exitNothing}
	}
	return err
}

func (c *cli) writeApproved(form approvedForm, asJSON bool) error {
	if asJSON {
		return encode(c.stdout, form)
	}
	table := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	for _, a := range form.Answers {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", a.State, a.Name, a.ValidUntil, a.Owner, strings.Join(a.Questions, " / "))
	}
	return table.Flush()
}

// checkApproved says what is wrong with the answers.
func (c *cli) checkApproved(ctx context.Context, n *neighbours.Set, all []approved.Standing, broken error) error {
	faults := c.complain(broken)
	say := func(name, words string) {
		faults++
		fmt.Fprintf(c.stderr, "%s: %s\n", name, words)
	}
	for _, a := range all {
		switch a.State {
		case approved.Review:
			say(a.Name, "basis: these words do not stand in a document that serves (changed, blocked or ended): "+a.Basis.Document)
		case approved.Expired:
			say(a.Name, "valid_until: it is past; look at the answer and write a later day, or withdrawn: true")
		}
		if n.Directory == nil || a.Contact == "" || a.State == approved.Withdrawn {
			continue
		}
		user, err := n.Directory.UserByName(ctx, a.Contact)
		switch {
		case errors.Is(err, inbox.ErrGone) || err == nil && user.Deactivated:
			say(a.Name, "contact: "+a.Contact+" has left or is not known; name somebody else")
		case err != nil:
			return err
		}
	}
	if faults > 0 {
		return &silentError{exitFailed}
	}
	_, err := fmt.Fprintf(c.stdout, "%d answers, nothing is wrong\n", len(all))
	return err
}
