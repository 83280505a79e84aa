package evaluate

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// WriteText writes the report for people.
func (r AnswersReport) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, a := range r.Answers {
		a.write(&b)
	}
	fmt.Fprintf(&b, "%d questions: %s\n", r.Questions, counted(r.Outcomes))
	fmt.Fprintf(&b, "the model says: %s\n", counted(r.Status))
	fmt.Fprintf(&b, "no prose because: %s\n", counted(r.Reasons))
	fmt.Fprintf(&b, "statements: %d given, %d kept; dropped: %s\n\n", r.Statements.Given, r.Statements.Kept, counted(r.Statements.Dropped))
	for _, name := range []string{shareProse, shareWhole, sharePrecision, shareRecall, shareRefused, shareWithheld, shareBeside} {
		fmt.Fprintf(&b, "%-20s %s\n", name, r.Shares[name])
	}
	fmt.Fprintf(&b, "\nseconds: %.1f median, %.1f at most; model %s, prompt %s\n", r.Seconds.Median, r.Seconds.Most, strings.Join(r.Models, ", "), strings.Join(r.Prompts, ", "))
	_, err := io.WriteString(w, b.String())
	return err
}

// write shows one answer with every statement beside its passage.
func (a Answered) write(b *strings.Builder) {
	fmt.Fprintf(b, "── %s: %s\n   answerable %v, %s, prose %v, model says %q", a.ID, a.Question, a.Answerable, a.Outcome, a.Prose, a.Status)
	if a.Reason != "" {
		fmt.Fprintf(b, ", %s", a.Reason)
	}
	fmt.Fprintf(b, ", %.1f s\n   %s\n", a.Seconds, strings.ReplaceAll(a.Text, "\n", "\n   "))
	for _, s := range a.Statements {
		mark := "kept   "
		if !s.Kept {
			mark = "dropped"
		}
		fmt.Fprintf(b, "   %s  %s\n", mark, s.Text)
		if s.Reason != "" {
			fmt.Fprintf(b, "            because: %s\n", s.Reason)
		}
		if s.Quote != "" {
			fmt.Fprintf(b, "            quote:   %s\n", s.Quote)
		}
		if s.Passage != "" {
			fmt.Fprintf(b, "            passage: %s\n", strings.Join(strings.Fields(s.Passage), " "))
		}
	}
	b.WriteByte('\n')
}

func counted(of map[string]int) string {
	if len(of) == 0 {
		return "–"
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(of)) {
		shown := name
		if shown == "" {
			shown = "nothing"
		}
		parts = append(parts, fmt.Sprintf("%d %s", of[name], shown))
	}
	return strings.Join(parts, ", ")
}
