package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/retrieval/german"
	"lvr.example/sprechstunde/retrieval/postgres"
)

func (c *cli) newSynonyms() *cobra.Command {
	var asJSON bool
	cmd := group("synonyms", "Look after the words and abbreviations that mean the same",
		"  sprechstunde synonyms add \"DA = Dienstanweisung\"\n  sprechstunde synonyms test \"Was sagt die DA?\"",
		c.newSynonymsList(&asJSON), c.newSynonymsImport(&asJSON), c.newSynonymsAdd(&asJSON), c.newSynonymsRemove(&asJSON), c.newSynonymsTest(&asJSON))
	cmd.Long = `Look after the words and abbreviations that mean the same. A word of a question
also finds the other words of its group; documents need no new index. Replicas
notice a change within seconds.

What means the same stands in one group, and a word in one group only. A group of
the house takes the place of each group that comes with the program and has a
word in common with it.

The house's list is the file that the configuration names as synonyms. Without
one it is kept in the database, and these commands change it.`
	cmd.PersistentFlags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (c *cli) newSynonymsList(asJSON *bool) *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use: "list", Short: "Print the house's list, in the form that import reads",
		Long:    "Print the house's list, in the form that import reads. Exit code 3 when it is empty.",
		Example: "  sprechstunde synonyms list > synonyms.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withSynonyms(cmd, func(s *library.Synonyms) error {
				list := s.House()
				if all {
					list = s.InForce()
				}
				if err := c.writeSynonyms(s, list, *asJSON); err != nil {
					return err
				}
				if len(list.Groups()) == 0 {
					return &silentError{exitNothing}
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "with the groups that come with the program, as far as they are in force")
	return cmd
}

func (c *cli) newSynonymsImport(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "import FILE", Short: "Put the groups of a file in the place of the house's list",
		Long: `Put the groups of a file in the place of the house's list: one group a line,
"DA = Dienstanweisung", # for comments, which are not kept. What stands behind >
is a kind of it ("Übersetzungsdienst > DeepL, Google Translate"): a question about
one finds what is said of all, but not the other way round. A line that cannot be
is named, and nothing is changed.`,
		Example: "  sprechstunde synonyms import synonyms.txt",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.changeSynonyms(cmd, *asJSON, func(*german.Synonyms) ([]string, error) {
				list, err := library.ReadSynonyms(args[0])
				if err != nil {
					return nil, err
				}
				return linesOf(list), nil
			})
		},
	}
}

func (c *cli) newSynonymsAdd(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "add GROUP", Short: "Add a group to the house's list",
		Example: "  sprechstunde synonyms add \"DA = Dienstanweisung\"",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			line := strings.TrimSpace(args[0])
			if _, err := german.ParseSynonyms("GROUP", strings.NewReader(line)); err != nil || strings.ContainsAny(line, "\n\r#") || line == "" {
				return usage("%v", cmp.Or(err, fmt.Errorf("GROUP:1: write one group like \"DA = Dienstanweisung\"")))
			}
			return c.changeSynonyms(cmd, *asJSON, func(list *german.Synonyms) ([]string, error) {
				return append(linesOf(list), line), nil
			})
		},
	}
}

func (c *cli) newSynonymsRemove(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "remove WORD", Short: "Remove the group that a word stands in from the house's list",
		Long:    "Remove the group that a word stands in from the house's list. Exit code 3 when there is none.",
		Example: "  sprechstunde synonyms remove DA",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.changeSynonyms(cmd, *asJSON, func(list *german.Synonyms) ([]string, error) {
				at, found := list.Group(args[0])
				if !found {
					return nil, &codedError{exitNothing, fmt.Errorf("%q stands in no group of the house; `sprechstunde synonyms list` shows them", args[0])}
				}
				return slices.Delete(linesOf(list), at, at+1), nil
			})
		},
	}
}

func (c *cli) newSynonymsTest(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "test QUESTION", Short: "Show what the words of a question are also searched as",
		Long:    "Show what the words of a question are also searched as. Exit code 3 when there is nothing.",
		Example: "  sprechstunde synonyms test \"Was sagt die DA?\"",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withSynonyms(cmd, func(s *library.Synonyms) error {
				return c.showExpansions(s.InForce(), strings.Join(args, " "), *asJSON)
			})
		},
	}
}

// withSynonyms gives a command's body the house's synonyms.
func (c *cli) withSynonyms(cmd *cobra.Command, body func(*library.Synonyms) error) error {
	return c.withIndex(cmd, func(n *neighbours.Set, index *postgres.Store) error {
		s := library.NewSynonyms(index, n.Config.Synonyms)
		if err := s.Refresh(cmd.Context()); err != nil {
			return err
		}
		return body(s)
	})
}

// changeSynonyms saves what change makes of the house's list in the database.
func (c *cli) changeSynonyms(cmd *cobra.Command, asJSON bool, change func(*german.Synonyms) ([]string, error)) error {
	return c.withSynonyms(cmd, func(s *library.Synonyms) error {
		if err := s.Change(cmd.Context(), change); errors.Is(err, library.ErrSynonymFile) {
			return &codedError{exitUsage, err}
		} else if err != nil {
			return err
		}
		if asJSON {
			return c.writeSynonyms(s, s.House(), true)
		}
		fmt.Fprintf(c.stdout, "%d groups of the house\n", len(s.House().Groups()))
		return nil
	})
}

func linesOf(list *german.Synonyms) []string {
	var lines []string
	for _, g := range list.Groups() {
		lines = append(lines, g.String())
	}
	return lines
}

// listedSynonyms is the JSON form of a list; its fields are a contract.
type listedSynonyms struct {
	File   string         `json:"file"` // that the house's list is kept in; empty: the database
	Groups []synonymGroup `json:"groups"`
}

type synonymGroup struct {
	Members []string `json:"members"`
	Kinds   []string `json:"kinds,omitempty"` // of what the members mean
	House   bool     `json:"house"`           // of the house's list; else it comes with the program
}

func (c *cli) writeSynonyms(s *library.Synonyms, list *german.Synonyms, asJSON bool) error {
	house := linesOf(s.House())
	out := listedSynonyms{File: s.File(), Groups: []synonymGroup{}}
	for _, g := range list.Groups() {
		line := g.String()
		out.Groups = append(out.Groups, synonymGroup{g.Members, g.Kinds, slices.Contains(house, line)})
		if !asJSON {
			fmt.Fprintln(c.stdout, line)
		}
	}
	if asJSON {
		return encode(c.stdout, out)
	}
	return nil
}

// expansion is the JSON form of another way to say words of a question; its
// fields are a contract.
type expansion struct {
	Words string `json:"words"`
	Also  string `json:"also"`
}

func (c *cli) showExpansions(list *german.Synonyms, question string, asJSON bool) error {
	words := german.Words(question)
	all := []expansion{}
	for _, e := range list.Expand(words) {
		all = append(all, expansion{question[words[e.First].Start:words[e.Last].End], e.Typed})
	}
	for _, e := range all {
		if !asJSON {
			fmt.Fprintf(c.stdout, "%s = %s\n", e.Words, e.Also)
		}
	}
	if asJSON {
		if err := encode(c.stdout, map[string]any{"expansions": all}); err != nil {
			return err
		}
	}
	if len(all) == 0 {
		return &silentError{exitNothing}
	}
	return nil
}
