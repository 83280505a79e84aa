package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/bot/privacy"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/cmd/internal/persons"
)

func (c *cli) newPersons() *cobra.Command {
	return group("persons", "Export or forget what is kept of a person", "  sprechstunde persons export anna --out anna.json\n  sprechstunde persons forget anna --yes",
		c.newPersonsExport(), c.newPersonsForget(), c.newPersonsLog(), c.newPersonsReapply())
}

// personal is the mode of files about people.
const personal = 0o600

func (c *cli) newPersonsExport() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "export PERSON",
		Short: "Write all that is kept of a person as JSON",
		Long: `Write all that is kept of a person as JSON: questions with the bot's replies,
hand-overs, tickets, and answers given as a host. PERSON is a Mattermost user name
or user id. What the person wrote stands in Mattermost and is not kept here.
Exit code 3 when nothing is kept, or there is no such person.`,
		Example: "  sprechstunde persons export anna --out anna.json\n  sprechstunde persons export 8dpcx4nqgbyrmq7j9fzrp5s3ko",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withPerson(cmd.Context(), keyless, args[0], func(p *persons.Persons, userID string) error {
				export, err := p.Export(cmd.Context(), userID)
				if err != nil {
					return err
				}
				if err := c.toFile(out, func(w io.Writer) error { return encode(w, export) }); err != nil {
					return err
				}
				if len(export.Questions)+len(export.Handovers)+len(export.Tickets)+len(export.Answers)+len(export.Approved)+len(export.Coffees) == 0 {
					return &silentError{exitNothing}
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "write to this file, which only you may read, instead of stdout")
	return cmd
}

func (c *cli) newPersonsForget() *cobra.Command {
	var yes, asJSON bool
	cmd := &cobra.Command{
		Use:   "forget PERSON --yes",
		Short: "Remove all that is kept of a person, for good",
		Long: `Remove all that is kept of a person, for good: texts, links, what is under way. PERSON
is a Mattermost user name or user id. It says what went, and which posts of the bot
stay in Mattermost, where they are subject to the house's retention.

The deletion is logged without a name, so that it can be applied again after a
restore: keep a copy of the log outside the database's backups (persons log).`,
		Example: "  sprechstunde persons forget anna --yes\n  sprechstunde persons forget 8dpcx4nqgbyrmq7j9fzrp5s3ko --yes --json",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !yes {
				return usage("this cannot be taken back; look at `persons export %[1]s` first, then: persons forget %[1]s --yes", args[0])
			}
			return c.withPerson(cmd.Context(), keyed, args[0], func(p *persons.Persons, userID string) error {
				registry, err := p.Registry()
				if err != nil {
					return err
				}
				gone, err := registry.Forget(cmd.Context(), userID)
				if err != nil {
					return err
				}
				if asJSON {
					return encode(c.stdout, map[string]any{"forgotten": gone})
				}
				c.showForgotten(gone)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "yes, remove it for good")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (c *cli) showForgotten(f privacy.Forgotten) {
	if f.Nothing() {
		fmt.Fprintln(c.stdout, "Nothing was kept of this person. The deletion is logged for backups that hold more.")
		return
	}
	fmt.Fprintf(c.stdout, "Gone: who asked %d questions and where, %d replies, the texts of %d hand-overs and %d tickets, and the name under %d answers given as a host.\n",
		f.Questions, f.Replies, f.Handovers, f.Tickets, f.Answers)
	fmt.Fprintln(c.stdout, "Stays here: that the questions were seen, with their outcome and the ids of their posts.")
	fmt.Fprintf(c.stdout, "Stays in Mattermost, until its retention or somebody deletes it: what the person wrote, and %d posts of the bot:\n", len(f.Posts))
	for _, id := range f.Posts {
		fmt.Fprintf(c.stdout, "  %s\n", id)
	}
}

// logged is the form of a log entry on a line; its fields are a contract.
type logged struct {
	Subject string    `json:"subject"` // keyed hash of the user id, hexadecimal
	At      time.Time `json:"at"`
}

func (c *cli) newPersonsLog() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Write the deletion log, to be kept outside the database's backups",
		Long: `Write the deletion log, one JSON object a line. It names nobody: without the
configuration's privacy.key it says nothing. Keep a copy outside the database's
backups: after a restore, persons reapply forgets again whoever was forgotten since.`,
		Example: "  sprechstunde persons log --out deletions.jsonl",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withPersons(cmd.Context(), keyless, func(p *persons.Persons) error {
				entries, err := p.Deletions(cmd.Context())
				if err != nil {
					return err
				}
				return c.toFile(out, func(w io.Writer) error {
					lines := json.NewEncoder(w)
					for _, e := range entries {
						if err := lines.Encode(logged{hex.EncodeToString(e.Subject), e.At.UTC()}); err != nil {
							return err
						}
					}
					return nil
				})
			})
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "write to this file, which only you may read, instead of stdout")
	return cmd
}

func (c *cli) newPersonsReapply() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "reapply FILE",
		Short: "After a restore: forget again whoever the deletion log names",
		Long: `After a restore: forget again whoever a deletion log names that persons log wrote
before, and take its entries into the database's log. FILE may be - for stdin. The
key (privacy.key) must be the one that the log was written with. A file that cannot
be read to its end changes nothing.`,
		Example: "  sprechstunde persons reapply deletions.jsonl",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			entries, err := c.readLog(args[0])
			if err != nil {
				return err
			}
			return c.withPersons(cmd.Context(), keyed, func(p *persons.Persons) error {
				registry, err := p.Registry()
				if err != nil {
					return err
				}
				n, err := registry.Reapply(cmd.Context(), entries)
				if err != nil {
					return err
				}
				if asJSON {
					return encode(c.stdout, map[string]any{"entries": len(entries), "forgotten": n})
				}
				fmt.Fprintf(c.stdout, "%d entries, %d persons forgotten again\n", len(entries), n)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// subjectBytes is the length of a subject.
const subjectBytes = 32

// readLog reads a deletion log.
func (c *cli) readLog(path string) (entries []privacy.Deletion, err error) {
	in := c.stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("read the deletion log: %w", err)
		}
		defer file.Close()
		in = file
	}
	lines := bufio.NewScanner(in)
	for number := 1; lines.Scan(); number++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var l logged
		err := json.Unmarshal(lines.Bytes(), &l)
		subject, hexErr := hex.DecodeString(l.Subject)
		if err != nil || hexErr != nil || len(subject) != subjectBytes || l.At.IsZero() {
			return nil, fmt.Errorf("%s, line %d: not an entry of a deletion log, as persons log writes it; nothing was changed", path, number)
		}
		entries = append(entries, privacy.Deletion{Subject: subject, At: l.At})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the deletion log: %w", err)
	}
	return entries, nil
}

// need says whether a command reads or writes hashes of persons.
type need bool

const (
	keyless need = false
	keyed   need = true
)

func (c *cli) withPersons(ctx context.Context, key need, body func(*persons.Persons) error) error {
	return c.withSite(func(site *neighbours.Site) error {
		if key == keyed && site.Config.Privacy.Key == "" {
			return usage("privacy.key: not set; make one with: openssl rand -hex 32, and keep it outside the database's backups: the deletion log is of no use without it")
		}
		return with(ctx, site, persons.Needs, func(n *neighbours.Set) error {
			p, err := persons.Open(ctx, n)
			if err != nil {
				return err
			}
			return body(p)
		})
	})
}

func (c *cli) withPerson(ctx context.Context, key need, person string, body func(*persons.Persons, string) error) error {
	if strings.TrimSpace(person) == "" {
		return usage("whose? name a Mattermost user name or user id")
	}
	return c.withPersons(ctx, key, func(p *persons.Persons) error {
		userID, err := p.UserID(ctx, person)
		if errors.Is(err, persons.ErrNobody) {
			return &codedError{exitNothing, err}
		}
		if err != nil {
			return err
		}
		return body(p, userID)
	})
}

// toFile writes a result about people to a file that only its owner may read, or
// to stdout.
func (c *cli) toFile(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(c.stdout)
	}
	out, err := createOut(path)
	if err != nil {
		return err
	}
	defer out.discard()
	if out.path != "" {
		if err := out.file.Chmod(personal); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
	}
	if err := write(out); err != nil {
		return err
	}
	return out.commit()
}
