package main

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
)

func TestReportTable(t *testing.T) {
	t.Parallel()
	attempts := []attempt{
		{Report: ingest.Report{
			Source: "öffentlich", New: 1200, Changed: 3, Gone: 1, Unchanged: 9, Took: 1234 * time.Millisecond, Pending: 2,
			Quarantined: []ingest.Problem{{Path: "a/scan.pdf", Reason: "no text"}, {Path: "x.mp4", Code: "unsupported", Reason: "no reader"}, {Path: "y.mp4", Code: "unsupported", Reason: "no reader"}},
			Skipped:     map[string]int{"hidden": 2, "unsupported type .png": 5},
			Warnings:    []string{"b.md: unknown key"},
		}},
		{Report: ingest.Report{Source: "q", Changes: []ingest.Change{{Path: "weg.md", Kind: ingest.ChangeGone, Reason: "not listed"}}}},
		{Report: ingest.Report{Source: "wolke"}, failure: errors.New("list: status 503")},
	}
	var out strings.Builder
	if err := writeAttempts(&out, attempts, nil, false); err != nil {
		t.Fatal(err)
	}
	want := `source       new  changed  gone  unchanged  quarantined  skipped   took
öffentlich  1200        3     1          9            3        7  1.23s
q              0        0     0          0            0        0     0s
wolke          0        0     0          0            0        0     0s
quarantined  öffentlich/a/scan.pdf: no text
quarantined  öffentlich: 2 × no reader
skipped      öffentlich: 5 × unsupported type .png
skipped      öffentlich: 2 × hidden
warning      öffentlich: b.md: unknown key
note         öffentlich: 2 documents are found by their words only until the embedder is back and ingest runs again
gone         q/weg.md: not listed
failed       wolke: list: status 503
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	out.Reset()
	if err := writeAttempts(&out, attempts, nil, true); err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.Count(got, `"changes"`) != 1 || !strings.Contains(got, `"changes":[{"path":"weg.md","change":"gone","reason":"not listed"}]`) {
		t.Errorf("got %s", got)
	} else if strings.Count(got, `"failed"`) != 1 || !strings.Contains(got, `"failed":"list: status 503"`) || strings.Contains(got, "null") {
		t.Errorf("got %s", got)
	}
}

func TestWatchSaysOnlyNews(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	n := newNews(&out, true, nil, nil)
	refused := []ingest.Problem{{Path: "a.pdf", Reason: "no text"}}
	away := errors.New("list: status 503")
	for _, a := range []attempt{
		{Report: ingest.Report{Source: "s", New: 1, Quarantined: refused}},
		{Report: ingest.Report{Source: "s", Unchanged: 1, Quarantined: refused}},
		{Report: ingest.Report{Source: "s", Unchanged: 1}},
		{Report: ingest.Report{Source: "s", Unchanged: 1}},
		{Report: ingest.Report{Source: "s", Gone: 1}},
		{Report: ingest.Report{Source: "s"}, failure: away},
		{Report: ingest.Report{Source: "s"}, failure: away},
		{Report: ingest.Report{Source: "s", Unchanged: 1}},
	} {
		if err := n.tell(a.Report, a.failure); err != nil {
			t.Fatal(err)
		}
	}
	if lines := strings.Count(out.String(), "\n"); lines != 5 {
		t.Errorf("%d lines, want one for each piece of news:\n%s", lines, out.String())
	}
}
