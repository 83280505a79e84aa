package extracttest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lvr.example/sprechstunde/ingest/extract"
	"lvr.example/sprechstunde/ingest/extract/formats"
)

// Case is a file and what people read in it.
type Case struct {
	Name    string // of the file; its ending decides
	Content string
	Want    string   // blocks as [Lines] gives them; "": not compared
	Has     []string // that must stand in the text
	Lacks   []string // that must not
	Remarks []string // codes with counts: "struck text 1"
}

// Check reads each case's file and compares.
func Check(t *testing.T, cases map[string]Case) {
	t.Helper()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Helper()
			docs, err := formats.Documents(c.Name, strings.NewReader(c.Content))
			if err != nil {
				t.Fatal(err)
			}
			got := Lines(docs)
			if want := strings.TrimSpace(c.Want); want != "" {
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
			for _, text := range c.Has {
				if !strings.Contains(got, text) {
					t.Errorf("%q is missing in\n%s", text, got)
				}
			}
			for _, text := range c.Lacks {
				if strings.Contains(got, text) {
					t.Errorf("%q should not stand in\n%s", text, got)
				}
			}
			if c.Remarks != nil {
				if diff := cmp.Diff(c.Remarks, Remarks(docs[0])); diff != "" {
					t.Errorf("remarks (-want +got):\n%s", diff)
				}
			}
		})
	}
}

// Lines writes documents as lines of text: "# " before headings, by level, "- "
// or the number before list items, "| " before rows with the header behind a
// double bar, "~ " before notes, "! " before why there is no text.
func Lines(docs []extract.Named) string {
	var lines []string
	for i, doc := range docs {
		if i > 0 {
			lines = append(lines, "= "+doc.Name)
		}
		if doc.Problem != nil {
			lines = append(lines, "! "+doc.Problem.Error())
		}
		for _, b := range doc.Blocks {
			text := strings.ReplaceAll(b.Text, "\n", " / ")
			switch b.Kind {
			case extract.Heading:
				text = strings.Repeat("#", b.Level) + " " + text
			case extract.ListItem:
				marker := b.Marker
				if marker == "" {
					marker = "-"
				}
				text = strings.Repeat("  ", max(b.Level-1, 0)) + marker + " " + text
			case extract.TableRow:
				text = "| " + text
				if b.Header != "" {
					text += " || " + b.Header
				}
			case extract.Note:
				text = "~ " + text
			}
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

// Remarks writes the codes and counts of a document's remarks.
func Remarks(doc extract.Named) []string {
	all := []string{}
	for _, r := range doc.Remarks {
		all = append(all, fmt.Sprintf("%s %d", r.Code, r.Count))
	}
	return all
}
