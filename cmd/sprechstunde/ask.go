package main

import (
	"context"
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
	"lvr.example/sprechstunde/cmd/internal/config"
	"lvr.example/sprechstunde/cmd/internal/house"
	"lvr.example/sprechstunde/cmd/internal/library"
	"lvr.example/sprechstunde/cmd/internal/neighbours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval"
)

func (c *cli) newAsk() *cobra.Command {
	var docs string
	var collections, after []string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "ask QUESTION",
		Short: "Answer one question at the terminal, without Mattermost",
		Long: `Answer one question at the terminal, without Mattermost. The first use ingests
the documents; later ones read only what changed. A source that cannot be read is
said on stderr, and the answer comes from what is in the index.

With --after the question is one that goes on from an earlier one, as in a talk;
give it several times for several, the oldest first.

Where Mattermost is configured, gate channels are checked as by ` + "`ingest`" + `.
Without --collections only what all staff may read is searched. Exit code 3 when
the documents say nothing about it.`,
		Example: "  sprechstunde ask \"Darf ich Fotos mit KI bearbeiten?\"\n" +
			"  sprechstunde ask \"Wie lange gilt die Freigabe?\" --docs ~/dokumente --json\n" +
			"  sprechstunde ask \"Darf ich Fotos mit KI bearbeiten?\" --model local\n" +
			"  sprechstunde ask \"und im Ausland?\" --after \"Wie viele Tage darf ich mobil arbeiten?\"",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			question := strings.Join(args, " ")
			if strings.TrimSpace(question) == "" {
				return usage("the question is empty")
			}
			return c.withSite(func(site *neighbours.Site) error {
				site.Impatient = true
				return c.ask(cmd, site, question, askOptions{docs, collections, after, asJSON})
			})
		},
	}
	cmd.Flags().StringVar(&docs, "docs", "", "folder of documents (default: the configured sources, else the example house)")
	cmd.Flags().StringSliceVar(&collections, "collections", nil, "search just these collections")
	cmd.Flags().StringArrayVar(&after, "after", nil, "an earlier question that this one goes on from")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.modelFlag(cmd)
	return cmd
}

type askOptions struct {
	docs        string
	collections []string
	after       []string // earlier questions, oldest first
	asJSON      bool
}

func (c *cli) ask(cmd *cobra.Command, site *neighbours.Site, question string, o askOptions) error {
	own, err := houseOf(site.Config, o.docs)
	if err != nil {
		return err
	}
	needs := app.DocumentsNeeds
	needs.Model = true
	return with(cmd.Context(), site, needs, func(n *neighbours.Set) error {
		lib, release, err := documents(cmd.Context(), n, o.docs)
		if errors.Is(err, app.ErrNoDocuments) {
			return &codedError{exitNothing, err}
		}
		if err != nil {
			return err
		}
		defer release()
		readers, err := chosenReaders(cmd, lib, o.collections)
		if err != nil {
			return err
		}
		return c.answer(cmd, n, lib, own, question, readers, o)
	})
}

// houseOf returns the house that answers. Beside a folder of one's own (docs) the
// example house has no say.
func houseOf(conf config.Config, docs string) (house.House, error) {
	if docs != "" {
		return house.Load(conf.Formats)
	}
	return house.Of(conf)
}

// documents opens what is searched: a folder (docs), or the house's index.
func documents(ctx context.Context, n *neighbours.Set, docs string) (lib *library.Library, release func(), err error) {
	if docs != "" {
		return app.FolderDocuments(ctx, n, docs)
	}
	lib, err = app.Documents(ctx, n)
	return lib, func() {}, err
}

func chosenReaders(cmd *cobra.Command, lib *library.Library, chosen []string) (retrieval.Readers, error) {
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

func (c *cli) answer(cmd *cobra.Command, n *neighbours.Set, lib *library.Library, own house.House, question string, r retrieval.Readers, o askOptions) error {
	site := n.Site
	texts, err := house.Texts(site.Config)
	if err != nil {
		return err
	}
	shelf, err := app.FilledShelf(cmd.Context(), app.Approvals{Site: site, Library: lib, Texts: texts, Versions: app.Versions(cmd.Context(), n)})
	if err != nil {
		return err
	}
	answerer, err := app.NewAnswerer(app.Answering{Site: site, Library: lib, House: own, Texts: texts, Model: n.Model, Approved: shelf})
	if err != nil {
		return err
	}
	a, err := answerer.Ask(cmd.Context(), question, r, o.after...)
	if err != nil {
		return err
	}
	if o.asJSON {
		err = encode(c.stdout, answerJSON(a))
	} else {
		options := answer.RenderOptions{Texts: texts, Now: site.Now()}
		if searched(a, question) {
			options.Next = answer.NextSession(own.Calendar, question, a.Outcome == answer.Answered, site.Now())
		}
		text := answer.Plain(a, options)
		if a.Understood != "" {
			text += "\n\n" + texts.Understood(prompts.Understood{Question: a.Understood})
		}
		_, err = fmt.Fprintln(c.stdout, text)
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
	Understood  string         `json:"understood,omitempty"` // with --after, the question with what it leans on
	AsOf        string         `json:"as_of,omitempty"`      // the day in the past that it is about
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
	out := asked{Outcome: a.Outcome, Probability: a.Probability, Text: a.Body, Sources: []askedSource{}, Reason: a.Reason, Understood: a.Understood, AsOf: a.AsOf.String()}
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
