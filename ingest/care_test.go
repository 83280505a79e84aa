package ingest_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest"
	"lvr.example/sprechstunde/retrieval"
	"lvr.example/sprechstunde/retrieval/postgres"
)

// row returns what the index holds of a document.
func (h *house) row(path string) postgres.DocumentRow {
	h.t.Helper()
	rows, err := h.store.FindDocument(h.t.Context(), path)
	if err != nil || len(rows) != 1 {
		h.t.Fatalf("%s: %d rows, %v", path, len(rows), err)
	}
	return rows[0]
}

// facts writes where a document's fields come from: "valid_until 2026-12-31 text".
func (h *house) facts(path string) (lines []string) {
	h.t.Helper()
	for _, f := range h.row(path).Facts {
		lines = append(lines, f.Key+" "+f.Value+" "+f.Origin)
	}
	slices.Sort(lines)
	return lines
}

func TestEachFieldHasTheStrongestOrigin(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("collection.yaml", "name: alle\nrank: 3\nreaders: alle\nowner: Hauptamt (@h.amt)\nreview_date: 2027-01-01\nvalid_until: 2026-01-01\n")
	h.write("da.md", "---\nowner: Zentrum KI (@z.ki)\nvalid_from: 2026-02-01\n---\n# Dienstanweisung KI\n\nStand: März 2026\n\n"+
		"Diese Dienstanweisung tritt am 1. April 2026 in Kraft und am 31. Dezember 2026 außer Kraft.\n")
	h.write("da.md.meta.yaml", "# vom Hauptamt\nrank: 1\nreview_date: 01.07.2026\n")
	h.write("plain.md", "# Merkblatt\n\nEin Satz, der nichts von sich sagt.\n")
	report := h.sync()
	if report.New != 2 || len(report.Quarantined) > 0 || len(report.Skipped) > 0 || len(report.Warnings) > 0 {
		t.Errorf("%+v", report)
	}
	want := []string{
		"as_of 2026-03-01 text", "owner Zentrum KI (@z.ki) front matter", "rank 1 sidecar", "review_date 01.07.2026 sidecar",
		"valid_from 2026-02-01 front matter", "valid_until 2026-12-31 text",
	}
	if diff := cmp.Diff(want, h.facts("da.md")); diff != "" {
		t.Error(diff)
	}
	d := h.row("da.md").Document
	got := []string{d.Owner, d.Contact, d.ValidFrom.String(), d.ValidUntil.String(), d.ReviewOn.String(), d.AsOf.String()}
	if diff := cmp.Diff([]string{"Zentrum KI", "z.ki", "2026-02-01", "2026-12-31", "2026-07-01", "2026-03-01"}, got); diff != "" || d.Rank != 1 {
		t.Errorf("rank %d, %s", d.Rank, diff)
	}
	for _, f := range h.row("da.md").Facts {
		if said := f.Origin == "text"; said != (f.Sentence != "") {
			t.Errorf("sentence of %+v", f)
		}
	}
	if diff := cmp.Diff([]string{"owner Hauptamt (@h.amt) collection", "review_date 2027-01-01 collection", "valid_until 2026-01-01 collection"}, h.facts("plain.md")); diff != "" {
		t.Error(diff)
	}
	if d := h.row("plain.md").Document; d.Rank != 3 || d.Contact != "h.amt" {
		t.Errorf("%+v", d)
	}
	if again := h.sync(); again.Unchanged != 2 {
		t.Errorf("again: %+v", again)
	}
}

func TestSidecarReadsItsDocumentAnew(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	const text = "# Leitfaden\n\nAnträge stellt die Dienststelle.\n"
	h.write("a/leitfaden.md", text)
	h.write("b/anderes.md", "# Anderes\n\nEin Satz.\n")
	h.sync()
	*h.opened = nil
	h.write("a/leitfaden.md.meta.yaml", "owner: z.ki\n")
	if report := h.sync(); report.Changed != 1 || report.Unchanged != 1 {
		t.Errorf("added: %+v", report)
	}
	if got := h.row("a/leitfaden.md").Document.Contact; got != "z.ki" {
		t.Errorf("contact %q", got)
	}
	h.remove("a/leitfaden.md.meta.yaml")
	if report := h.sync(); report.Changed != 1 {
		t.Errorf("removed: %+v", report)
	}
	if got := h.row("a/leitfaden.md").Document.Contact; got != "" {
		t.Errorf("contact %q", got)
	}
	h.write("a/weg.pdf.meta.yaml", "owner: z.ki\n")
	report := h.sync()
	if report.Unchanged != 2 || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], "a/weg.pdf.meta.yaml describes no document") {
		t.Errorf("alone: %+v", report)
	}
}

func TestBrokenSidecarTakesNothingAway(t *testing.T) {
	t.Parallel()
	for content, problem := range map[string]string{
		"owner: z.ki\nvalid_until: bald\n":                  `ki.md.meta.yaml:2: valid_until: "bald" is not a date such as 2026-12-03`,
		"# Kopf\n\nrank: viel\n":                            `ki.md.meta.yaml:3: rank: "viel" is not a whole number from 1`,
		"owner: [a\nrank: 1\n":                              "ki.md.meta.yaml:",
		"x: &x [a]\ny: [*x, *x]\n":                          "ki.md.meta.yaml:1: ",
		strings.Repeat("a: ", 4000):                         "ki.md.meta.yaml:1: more values",
		"owner:\n  name: a\n":                               `ki.md.meta.yaml:1: "owner" must be a single value`,
		"rank: 1\ncollection: geheim\n":                     "ki.md.meta.yaml:2: collection: a sidecar cannot say who may read",
		"valid_from: 2026-02-01\nvalid_until: 2026-01-01\n": "ki.md.meta.yaml:2: valid_until 2026-01-01 lies before",
	} {
		t.Run(problem, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			reported := func(r ingest.Report) {
				t.Helper()
				if len(r.Quarantined) != 1 || r.Quarantined[0].Path != "ki.md" || !strings.HasPrefix(r.Quarantined[0].Reason, problem) {
					t.Errorf("reported %q, want %q", r.Quarantined, problem)
				}
				if texts, _ := h.serving(); !strings.Contains(texts["ki.md"], "Anträge") {
					t.Errorf("%v serves", texts)
				}
			}
			// New with a broken one: taken in without it.
			h.write("ki.md", "# KI\n\nAnträge stellt die Dienststelle.\n")
			h.write("ki.md.meta.yaml", content)
			reported(h.sync())
			reported(h.sync())
			h.write("ki.md.meta.yaml", "owner: z.ki\n")
			if r := h.sync(); len(r.Quarantined) != 0 || h.row("ki.md").Document.Contact != "z.ki" || !h.row("ki.md").Reason.IsZero() {
				t.Errorf("mended: %+v, %+v", r, h.row("ki.md"))
			}
			// Broken later: all stays as it was said before.
			h.write("ki.md.meta.yaml", content)
			h.write("ki.md", "# KI\n\nAnträge stellt jetzt das Amt.\n")
			reported(h.sync())
			reported(h.sync())
			if texts, _ := h.serving(); !strings.Contains(texts["ki.md"], "Dienststelle") || h.row("ki.md").Document.Contact != "z.ki" {
				t.Errorf("%v serves, %+v", texts, h.row("ki.md").Document)
			}
		})
	}
}

func TestSidecarWithUnknownKeyIsSaid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("ki.md", "# KI\n\nEin Satz.\n")
	h.write("ki.md.meta.yaml", "owner: z.ki\ngueltig_bis: 2026-12-31\n")
	report := h.sync()
	if len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], `ki.md.meta.yaml:2: unknown key "gueltig_bis" (known: title, owner,`) {
		t.Errorf("%q", report.Warnings)
	}
}

func TestTextTakesTheOldDocumentOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("alt.md", "---\nvalid_from: 2024-03-01\n---\n# Dienstanweisung Textsysteme\n\nAlte Regeln.\n")
	h.write("neu.md", "# Dienstanweisung KI\n\nNeue Regeln.\n\nGleichzeitig tritt die Dienstanweisung Textsysteme vom 1. März 2024 außer Kraft.\n")
	h.write("faq.md", "# FAQ\n\nDie Dienstanweisung Textsysteme vom 1. März 2024 soll außer Kraft treten.\n")
	if report := h.sync(); len(report.Warnings) > 0 {
		t.Errorf("%q", report.Warnings)
	}
	if by := h.row("alt.md").Document.SupersededBy; by != "neu.md" {
		t.Errorf("replaced by %q", by)
	}
	if diff := cmp.Diff([]string{"supersedes Dienstanweisung Textsysteme 2024-03-01 text"}, h.facts("neu.md")); diff != "" {
		t.Error(diff)
	}
}

func TestAContradictingSentenceIsNotUsed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("ki.md", "---\nvalid_from: 2026-05-01\n---\n# Dienstanweisung KI\n\nDiese Dienstanweisung gilt bis zum 31. Dezember 2025.\n")
	report := h.sync()
	if d := h.row("ki.md").Document; !d.ValidUntil.IsZero() || len(report.Warnings) != 1 || !strings.Contains(report.Warnings[0], "valid_until 2025-12-31") {
		t.Errorf("%v, %q", d.ValidUntil, report.Warnings)
	}
}

func TestOwnerOfWhatFailsIsKnown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("collection.yaml", "name: alle\nrank: 1\nreaders: alle\nowner: h.amt\n")
	h.write("leer.md", "")
	h.write("leer2.pdf", "%PDF-1.7 kaputt")
	h.write("leer2.pdf.meta.yaml", "owner: z.ki\n")
	h.write("datum.md", "---\nowner: p.amt\nvalid_until: bald\n---\n# X\n\nText.\n")
	h.sync()
	for path, want := range map[string]string{"leer.md": "h.amt", "leer2.pdf": "z.ki", "datum.md": "p.amt"} {
		if row := h.row(path); row.Document.Contact != want || row.State != retrieval.Quarantined {
			t.Errorf("%s: contact %q, %s", path, row.Document.Contact, row.State)
		}
	}
}

func TestRereadReadsWhatDidNotChange(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("gut.md", "# Gut\n\nEin Satz.\n")
	h.write("schlecht.pdf", "%PDF-1.7 kaputt")
	h.write("liegt.md", "# Liegt\n\nEin Satz.\n")
	h.sync()
	for _, path := range []string{"gut.md", "schlecht.pdf"} {
		if err := h.store.Reread(t.Context(), h.row(path).Document.ID); err != nil {
			t.Fatal(err)
		}
	}
	*h.opened = nil
	if report := h.sync(); report.Changed != 1 || report.Unchanged != 1 || len(report.Quarantined) != 1 {
		t.Errorf("%+v", report)
	}
	slices.Sort(*h.opened)
	if diff := cmp.Diff([]string{"gut.md", "schlecht.pdf"}, *h.opened); diff != "" {
		t.Error(diff)
	}
	*h.opened = nil
	if h.sync(); len(*h.opened) != 0 {
		t.Errorf("read once more: %v", *h.opened)
	}
}

func TestHiddenTextIsCounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.write("seite.html", `<html><body><main><h1>Seite</h1><p>Sichtbar.</p><p style="display:none">Versteckt.</p><!-- Kommentar --></main></body></html>`)
	h.sync()
	if got := h.row("seite.html").Hidden; got != 2 {
		t.Errorf("%d pieces of hidden text, want 2", got)
	}
}
