package chunk

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSplitAlongHeadings(t *testing.T) {
	top, first, second := []string{"Leitlinie"}, []string{"Leitlinie", "3.2 Freigabe"}, []string{"Leitlinie", "Anhang"}
	got := Split([]Block{
		{Kind: Heading, Text: "Leitlinie", Level: 1, Anchor: "leitlinie"},
		{Kind: "paragraph", Text: "Vorwort.", Path: top},
		{Kind: Heading, Text: "3.2 Freigabe", Level: 2, Anchor: "32-freigabe", Path: top},
		{Kind: "paragraph", Text: "Nötig sind:", Path: first},
		{Kind: ListItem, Text: "Antrag", Marker: "1.", Path: first},
		{Kind: ListItem, Text: "Anlage", Path: first},
		{Kind: Heading, Text: "Anhang", Level: 2, Anchor: "anhang", Path: top},
	})
	want := []Passage{
		{Text: "Vorwort.", Headings: top, Anchor: "leitlinie"},
		{Text: "Nötig sind:\n1. Antrag\n- Anlage", Headings: first, Place: "Abschnitt 3.2 Freigabe", Anchor: "32-freigabe"},
		{Text: "Anhang", Headings: second, Place: "Abschnitt „Anhang“", Anchor: "anhang"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("passages (-want +got):\n%s", diff)
	}
}

func TestPlace(t *testing.T) {
	tests := map[string]string{
		"3.2 Freigabe":    "Abschnitt 3.2 Freigabe",
		"§ 4 Freigabe":    "§ 4 Freigabe",
		"Anlage 2":        "Anlage 2",
		"Anlagen":         "Abschnitt „Anlagen“",
		"IV. Schluss":     "Abschnitt IV. Schluss",
		"Wer darf das?":   "Abschnitt „Wer darf das?“",
		"2026 im Rückbli": "Abschnitt 2026 im Rückbli",
	}
	for heading, want := range tests {
		if got := place(heading); got != want {
			t.Errorf("place(%q) = %q, want %q", heading, got, want)
		}
	}
}

func TestTableHeaderIsRepeatedWhereATableIsCut(t *testing.T) {
	blocks := []Block{{Kind: TableRow, Text: "Stufe | Frist"}}
	for range 100 {
		blocks = append(blocks, Block{Kind: TableRow, Text: "Stufe mit einem langen Namen | 10 Tage", Header: "Stufe | Frist"})
	}
	passages := Split(blocks)
	if len(passages) < 3 {
		t.Fatalf("got %d passages", len(passages))
	}
	for i, p := range passages {
		if !strings.HasPrefix(p.Text, "Stufe | Frist\n") {
			t.Errorf("passage %d has no header", i)
		}
		if repeated := p.Repeated > 0; repeated != (i > 0) {
			t.Errorf("passage %d: Repeated = %d", i, p.Repeated)
		}
	}
}

func TestPagesArePlaces(t *testing.T) {
	got := Split([]Block{
		{Kind: Heading, Text: "A", Level: 1, Page: 1}, {Kind: Heading, Text: "2 B", Level: 2, Path: []string{"A"}, Page: 4},
		{Kind: "paragraph", Text: "Text", Path: []string{"A", "2 B"}, Page: 4},
	})
	if len(got) != 1 || got[0].Place != "Seite 4, Abschnitt 2 B" {
		t.Errorf("got %+v", got)
	}
}

func TestPassagesAreOfEqualLength(t *testing.T) {
	var blocks []Block
	for range 14 {
		blocks = append(blocks, Block{Kind: "paragraph", Text: strings.Repeat("Wort ", 19) + "Ende."})
	}
	passages := Split(blocks)
	if len(passages) != 2 {
		t.Fatalf("got %d passages", len(passages))
	}
	for _, p := range passages {
		if n := utf8.RuneCountInString(p.Text); n < 600 {
			t.Errorf("a passage of %d characters", n)
		}
	}
}

func TestCutPrefersSentences(t *testing.T) {
	text := strings.Repeat("x", 60) + ". Der zweite Satz ist länger als der Rest, der noch hineinpasst."
	got := cut(text, 100)
	if len(got) != 2 || !strings.HasPrefix(got[1], "Der zweite") {
		t.Errorf("got %q", got)
	}
}

// squeeze removes white space.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// blocksOf reads a script of blocks, one a line: "# " headings, "- " items,
// "| " rows, else paragraphs. Headings, and only they, begin with §.
func blocksOf(script string) []Block {
	var blocks []Block
	var path []string
	header := ""
	for text := range strings.SplitSeq(strings.ReplaceAll(script, "§", ""), "\n") {
		if strings.TrimSpace(text) == "" {
			header = ""
			continue
		}
		switch {
		case strings.HasPrefix(text, "# "), strings.HasPrefix(text, "## "):
			level := strings.IndexByte(text, ' ')
			path = path[:min(len(path), level-1)]
			text = "§ " + strings.TrimSpace(text[level:])
			blocks = append(blocks, Block{Kind: Heading, Text: text, Level: level, Path: append([]string(nil), path...)})
			path = append(path, text)
		case strings.HasPrefix(text, "|"):
			blocks = append(blocks, Block{Kind: TableRow, Text: text, Path: append([]string(nil), path...), Header: header})
			if header == "" {
				header = text
			}
		case strings.HasPrefix(text, "- "):
			if text = strings.TrimSpace(text[2:]); text != "" {
				blocks = append(blocks, Block{Kind: ListItem, Text: text, Path: append([]string(nil), path...)})
			}
		default:
			blocks = append(blocks, Block{Kind: "paragraph", Text: text, Path: append([]string(nil), path...)})
		}
	}
	return blocks
}

func FuzzSplit(f *testing.F) {
	f.Add("# A\n## B\ntext\n- x\n- y\n\n|a|b\n|c|d\n# C", 1)
	f.Add("Satz eins. Satz zwei: drei;\n- x", 300)
	f.Add("|kopf\n|zeile\n|zeile", 200)
	f.Fuzz(func(t *testing.T, script string, repeat int) {
		if !utf8.ValidString(script) || repeat < 0 || repeat > 500 || len(script) > 5000 {
			return
		}
		blocks := blocksOf(strings.Repeat(script, max(repeat, 1)))
		passages := Split(blocks)
		var want, got strings.Builder
		named := map[string]bool{}
		for _, b := range blocks {
			if b.Kind != Heading {
				want.WriteString(squeeze(marked(b)))
			}
		}
		for _, p := range passages {
			if strings.TrimSpace(p.Text) == "" {
				t.Fatal("empty passage")
			}
			body := p.Text[p.Repeated:]
			if utf8.RuneCountInString(body) > Max {
				t.Fatalf("passage of %d characters", utf8.RuneCountInString(body))
			}
			for _, h := range p.Headings {
				named[h] = true
			}
			if !strings.HasPrefix(body, "§") {
				got.WriteString(squeeze(body))
			}
		}
		if want.String() != got.String() {
			t.Fatalf("joined passages differ:\nwant %q\ngot  %q", want.String(), got.String())
		}
		for _, b := range blocks {
			if b.Kind == Heading && !named[b.Text] {
				t.Fatalf("heading %q is nowhere", b.Text)
			}
		}
	})
}
