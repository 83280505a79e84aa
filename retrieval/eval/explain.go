package eval

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"lvr.example/sprechstunde/retrieval"
)

// explained is how many hits an explanation lists.
const explained = 10

// Explain writes how the folder's documents are ranked for one question and
// what each signal gave to the judgement.
func Explain(ctx context.Context, w io.Writer, dir, question string, open Opener) error {
	folder, err := ReadFolder(dir)
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	house, closeHouse, err := open(ctx, folder)
	if err != nil {
		return fmt.Errorf("explain: open corpus: %w", err)
	}
	defer closeHouse()
	result, err := house.Fused.Search(ctx, retrieval.Query{Text: question, Limit: explained}, house.Readers)
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "fused\tkeyword\tvector\tread\tdocument")
	for _, h := range result.Hits {
		place := strings.TrimSpace(h.Document.Path + " " + h.Passage.Place)
		fmt.Fprintf(t, "%.3f\t%.2f\t%.3f\t%d\t%s\n", h.Score, h.Keyword, h.Vector, len([]rune(h.Reading())), place)
	}
	s := result.Sufficiency
	fmt.Fprintf(t, "\nband\t%s\t%.2f\t%s\n", s.Band, s.Probability, s.Reason)
	fmt.Fprintln(t, "\nsignal\tvalue\tweight\tgave")
	for _, p := range s.Parts {
		fmt.Fprintf(t, "%s\t%.3f\t%.2f\t%+.2f\n", p.Signal, p.Value, p.Weight, p.Value*p.Weight)
	}
	fmt.Fprintf(t, "\nasked for\t%s\nwithout partner\t%s\n", s.Signals.Asked, strings.Join(s.Missing, ", "))
	if err := t.Flush(); err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	return nil
}
