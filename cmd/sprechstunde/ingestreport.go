package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"lvr.example/sprechstunde/cmd/internal/sources"
	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/ingest/extract"
)

// attempt is what became of one source.
type attempt struct {
	ingest.Report
	failure error // that ended its sync before its time; nil: none did
}

// ingested is the JSON form of an attempt; its fields are a contract.
type ingested struct {
	Source      string         `json:"source"`
	New         int            `json:"new"`
	Changed     int            `json:"changed"`
	Gone        int            `json:"gone"`
	Unchanged   int            `json:"unchanged"`
	Pending     int            `json:"without_vectors"`
	Quarantined []quarantined  `json:"quarantined"`
	Skipped     map[string]int `json:"skipped"`
	LeftOut     []leftOut      `json:"left_out"`
	Warnings    []string       `json:"warnings"`
	Seconds     float64        `json:"seconds"`
	Changes     []change       `json:"changes,omitzero"` // of a dry run only
	Failed      string         `json:"failed,omitempty"` // why the sync ended before its time
}

type quarantined struct {
	Path   string `json:"path"`
	Code   string `json:"code"` // the kind of the reason: empty, too_large, … (package retrieval, ReasonCode)
	Reason string `json:"reason"`
}

// leftOut counts what serving documents have and the index does not.
type leftOut struct {
	Code      string `json:"code"`
	Count     int    `json:"count"`
	Documents int    `json:"documents"`
}

type change struct {
	Path   string `json:"path"`
	Change string `json:"change"` // new, changed, gone
	Reason string `json:"reason"`
}

// forgotten is a source that answers although the configuration does not name it.
type forgotten struct {
	Source    string `json:"source"`
	Documents int    `json:"documents"`
}

func (c *cli) showAttempts(attempts []attempt, others []sources.Standing, asJSON bool) error {
	if err := writeAttempts(c.stdout, attempts, others, asJSON); err != nil {
		return err
	}
	documents, failed := 0, 0
	var sourcesFailed []error
	for _, a := range attempts {
		documents += a.New + a.Changed + a.Unchanged
		failed += failures(a.Quarantined)
		if a.failure != nil {
			sourcesFailed = append(sourcesFailed, fmt.Errorf("source %s: %w", a.Source, a.failure))
		}
	}
	if len(sourcesFailed) > 0 {
		return errors.Join(sourcesFailed...)
	}
	if documents == 0 || failed > 0 {
		return &silentError{exitNothing}
	}
	return nil
}

// failures counts the documents that should have been read and were not. What is none is
// reported and no failure: a job that fails for it each night is soon looked at by nobody.
func failures(quarantined []ingest.Problem) (count int) {
	for _, p := range quarantined {
		if !p.Code.NoDocument() {
			count++
		}
	}
	return count
}

// writeAttempts writes what became of sources, and which others answer on although
// the configuration does not name them.
func writeAttempts(w io.Writer, attempts []attempt, others []sources.Standing, asJSON bool) error {
	others = slices.DeleteFunc(slices.Clone(others), func(s sources.Standing) bool { return !s.Forgotten() })
	if asJSON {
		all, unnamed := []ingested{}, []forgotten{}
		for _, a := range attempts {
			all = append(all, toIngested(a))
		}
		for _, s := range others {
			unnamed = append(unnamed, forgotten{s.Name, s.Documents})
		}
		return encode(w, map[string]any{"sources": all, "not_configured": unnamed})
	}
	writeTable(w, attempts)
	for _, a := range attempts {
		writeDetails(w, a)
	}
	for _, s := range others {
		fmt.Fprintf(w, "warning      %s: %s\n", s.Name, s.Reminder())
	}
	return nil
}

func toIngested(r attempt) ingested {
	out := ingested{
		Source: r.Source, New: r.New, Changed: r.Changed, Gone: r.Gone, Unchanged: r.Unchanged, Pending: r.Pending,
		Quarantined: []quarantined{}, LeftOut: []leftOut{}, Skipped: map[string]int{}, Warnings: append([]string{}, r.Warnings...), Seconds: r.Took.Seconds(),
	}
	maps.Copy(out.Skipped, r.Skipped)
	if r.failure != nil {
		out.Failed = r.failure.Error()
	}
	for _, p := range r.Quarantined {
		out.Quarantined = append(out.Quarantined, quarantined{p.Path, string(p.Code), p.Reason})
	}
	for _, l := range r.LeftOut {
		out.LeftOut = append(out.LeftOut, leftOut(l))
	}
	if r.Changes != nil {
		out.Changes = []change{}
	}
	for _, p := range r.Changes {
		out.Changes = append(out.Changes, change{p.Path, p.Kind, p.Reason})
	}
	return out
}

// writeTable writes a row of counts for each source.
func writeTable(w io.Writer, attempts []attempt) {
	rows := [][]string{{"source", "new", "changed", "gone", "unchanged", "quarantined", "skipped", "took"}}
	for _, r := range attempts {
		row := []string{r.Source}
		for _, n := range []int{r.New, r.Changed, r.Gone, r.Unchanged, len(r.Quarantined), skipped(r.Report)} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, append(row, r.Took.Round(10*time.Millisecond).String()))
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		line := row[0] + strings.Repeat(" ", widths[0]-utf8.RuneCountInString(row[0]))
		for i, cell := range row[1:] {
			line += fmt.Sprintf("  %*s", widths[i+1], cell)
		}
		fmt.Fprintln(w, line)
	}
}

func skipped(r ingest.Report) (n int) {
	for _, count := range r.Skipped {
		n += count
	}
	return n
}

// writeDetails says below the table why.
func writeDetails(w io.Writer, r attempt) {
	if r.failure != nil {
		fmt.Fprintf(w, "failed       %s: %v\n", r.Source, r.failure)
	}
	for _, c := range r.Changes {
		fmt.Fprintf(w, "%-11s  %s/%s: %s\n", c.Kind, r.Source, c.Path, c.Reason)
	}
	noDocuments := map[string]int{}
	for _, p := range r.Quarantined {
		if p.Code.NoDocument() {
			noDocuments[p.Reason]++
			continue
		}
		fmt.Fprintf(w, "quarantined  %s/%s: %s\n", r.Source, p.Path, p.Reason)
	}
	writeCounts(w, "quarantined", r.Source, noDocuments)
	writeCounts(w, "skipped", r.Source, r.Skipped)
	for _, l := range r.LeftOut {
		remark := extract.Remark{Code: extract.RemarkCode(l.Code), Count: l.Count}
		fmt.Fprintf(w, "left out     %s: %s, in %d documents\n", r.Source, remark, l.Documents)
	}
	for _, warning := range r.Warnings {
		fmt.Fprintf(w, "warning      %s: %s\n", r.Source, warning)
	}
	if r.Pending > 0 {
		fmt.Fprintf(w, "note         %s: %d documents are found by their words only until the embedder is back and ingest runs again\n", r.Source, r.Pending)
	}
}

// writeCounts says how many files have which reason, the most frequent first.
func writeCounts(w io.Writer, what, source string, counts map[string]int) {
	reasons := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	for _, reason := range reasons {
		fmt.Fprintf(w, "%-11s  %s: %d × %s\n", what, source, counts[reason], reason)
	}
}

// news writes of the syncs of a watch only what is new to the reader.
type news struct {
	w      io.Writer
	asJSON bool
	now    func() time.Time
	others []sources.Standing // sources of the index as they stood in the beginning
	told   map[string]string  // by source: what stood below its table
}

func newNews(w io.Writer, asJSON bool, others []sources.Standing, now func() time.Time) *news {
	return &news{w: w, asJSON: asJSON, others: others, now: now, told: map[string]string{}}
}

func (n *news) tell(r ingest.Report, failure error) error {
	a := attempt{r, failure}
	var details strings.Builder
	writeDetails(&details, a)
	before, again := n.told[r.Source]
	if again && before == details.String() && r.New+r.Changed+r.Gone == 0 {
		return nil
	}
	n.told[r.Source] = details.String()
	if !n.asJSON {
		fmt.Fprintln(n.w, n.now().Format(time.DateTime))
	}
	return writeAttempts(n.w, []attempt{a}, n.others, n.asJSON)
}
