package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/ask"
	"lvr.example/sprechstunde/cmd/internal/app"
	"lvr.example/sprechstunde/retrieval"
)

func (c *cli) newAsk() *cobra.Command {
	var docs string
	var collections []string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "ask QUESTION",
		Short: "Answer one question at the terminal, without Mattermost",
		Long: `Answer one question at the terminal, without Mattermost. The first use ingests
the documents; later ones read only what changed. A source that cannot be read is
said on stderr, and the answer comes from what is in the index.

Where Mattermost is configured, gate channels are checked as by ` + "`ingest`" + `.
Without --collections only what all staff may read is searched. Exit code 3 when
the documents say nothing about it.`,
		Example: "  sprechstunde ask \"Darf ich Fotos mit KI bearbeiten?\"\n" +
			"  sprechstunde ask \"Wie lange gilt die Freigabe?\" --docs ~/dokumente --json",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			question := strings.Join(args, " ")
			if strings.TrimSpace(question) == "" {
				return usage("the question is empty")
			}
			return c.withBase(func(b *app.Base) error {
				b.Impatient = true
				lib, house, err := b.Documents(cmd.Context(), docs)
				if errors.Is(err, app.ErrNoDocuments) {
					return &codedError{exitNothing, err}
				}
				if err != nil {
					return err
				}
				readers, err := chosenReaders(cmd, lib, collections)
				if err != nil {
					return err
				}
				return c.ask(cmd, b, lib, house, question, readers, asJSON)
			})
		},
	}
	cmd.Flags().StringVar(&docs, "docs", "", "folder of documents (default: the configured sources, else the example house)")
	cmd.Flags().StringSliceVar(&collections, "collections", nil, "search just these collections")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func chosenReaders(cmd *cobra.Command, lib *app.Library, chosen []string) (retrieval.Readers, error) {
	if !cmd.Flags().Changed("collections") {
		staff, err := lib.StaffCollections(cmd.Context())
		return retrieval.ReadersOf(staff...), err
	}
	all, err := lib.Store.Collections(cmd.Context())
	if err != nil {
		return retrieval.Readers{}, err
	}
	var known []string
	for _, collection := range all {
		known = append(known, collection.Name)
	}
	for _, name := range chosen {
		if !slices.Contains(known, name) {
			return retrieval.Readers{}, usage("--collections: there is no %q; there are: %s", name, strings.Join(known, ", "))
		}
	}
	return retrieval.ReadersOf(chosen...), nil
}

func (c *cli) ask(cmd *cobra.Command, b *app.Base, lib *app.Library, house app.House, question string, r retrieval.Readers, asJSON bool) error {
	texts, err := b.Texts()
	if err != nil {
		return err
	}
	answerer, err := b.Answerer(lib, house, texts)
	if err != nil {
		return err
	}
	a, err := answerer.Ask(cmd.Context(), question, r)
	if err != nil {
		return err
	}
	if asJSON {
		err = encode(c.stdout, answerJSON(a))
	} else {
		options := answer.RenderOptions{Texts: texts, Now: b.Now()}
		if searched(a, question) {
			options.Next = answer.NextSession(house.Calendar, question, a.Outcome == answer.Answered, b.Now())
		}
		_, err = fmt.Fprintln(c.stdout, answer.Plain(a, options))
	}
	if err == nil && a.Outcome == answer.NotFound {
		return &silentError{exitNothing}
	}
	return err
}

// searched reports whether the documents were asked, so that people may be
// asked next.
func searched(a answer.Answer, question string) bool {
	_, problem := answer.Clean(question, 0)
	return problem.Kind == "" && a.Outcome != answer.Refused && a.Outcome != answer.Elsewhere && a.Reason != ask.ReasonCalendar
}

// asked is the JSON form of an answer; its fields are a contract.
type asked struct {
	Outcome     answer.Outcome `json:"outcome"`
	Probability float64        `json:"probability"`
	Text        string         `json:"text"`
	Sources     []askedSource  `json:"sources"`
	Reason      string         `json:"reason"`
	AsOf        string         `json:"as_of,omitempty"` // the day in the past that it is about
}

type askedSource struct {
	Document string  `json:"document"`
	Title    string  `json:"title"`
	URI      string  `json:"uri"`
	Place    string  `json:"place"`
	Quote    string  `json:"quote"`
	Score    float64 `json:"score"`

	ValidUntil   string `json:"valid_until,omitempty"` // with as_of, of what is not valid any more
	SupersededBy string `json:"superseded_by,omitempty"`
}

func answerJSON(a answer.Answer) asked {
	out := asked{Outcome: a.Outcome, Probability: a.Probability, Text: a.Body, Sources: []askedSource{}, Reason: a.Reason, AsOf: a.AsOf.String()}
	for _, s := range a.Sources {
		out.Sources = append(out.Sources, askedSource{
			Document: s.Document, Title: s.Title, URI: s.URI, Place: s.Place, Quote: s.Quote, Score: s.Score,
			ValidUntil: s.Ended.String(), SupersededBy: s.Now.Document,
		})
	}
	return out
}

// jsonEncoder keeps <, > and & as they are: the reader is a program, not a page.
func jsonEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e
}
