package answer

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval/german"
)

// display sets excerpts as the texts show them, each with its source below.
func (c *Composer) display(excerpts []excerpt, sources []Source, now time.Time) []string {
	quotes := make([]string, len(excerpts))
	for i, e := range excerpts {
		quotes[i] = c.cfg.Texts.Quote(prompts.Quote{
			Question: Safe(clip(e.question, 200)), Text: e.markdown(), Source: sourceText(c.cfg.Texts, sources[i], now),
		})
	}
	return quotes
}

// markdown is the excerpt as a Markdown quote, with the statement that answers
// in bold.
func (e excerpt) markdown() string {
	var lines []string
	if e.lead != "" && !isRow(e.bestText()) {
		lead := "> " + Safe(worded(e.lead))
		if !e.leadsOn {
			lead += ` \[…\]`
		}
		lines = append(lines, lead)
	}
	for i, p := range e.pieces {
		for k, line := range p.lines() {
			text := line.markdown(e.lead)
			switch {
			case text == "":
			case i > 0 && k == 0:
				lines = append(lines, `> \[…\] `+text)
			default:
				lines = append(lines, "> "+text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// segment is a part of a line of an excerpt.
type segment struct {
	text string
	best bool
}

type line []segment

// lines cuts the parts of a piece at line breaks that mean something.
func (p piece) lines() []line {
	all := []line{nil}
	for _, part := range []segment{{p.before, false}, {p.best, true}, {p.after, false}} {
		for i, text := range strings.Split(unwrapped(part.text), "\n") {
			if i > 0 {
				all = append(all, nil)
			}
			if strings.TrimSpace(text) != "" {
				all[len(all)-1] = append(all[len(all)-1], segment{text, part.best})
			}
		}
	}
	return all
}

// unwrapped joins lines that were broken for their length alone, as in files of plain
// text: behind a break in a sentence stands a small letter, or the line before is full.
func unwrapped(text string) string {
	lines := strings.Split(text, "\n")
	joined := lines[:1]
	for _, next := range lines[1:] {
		last := joined[len(joined)-1]
		if wraps(last, next) {
			joined[len(joined)-1] = strings.TrimRight(last, " ") + " " + strings.TrimLeft(next, " ")
		} else {
			joined = append(joined, next)
		}
	}
	return strings.Join(joined, "\n")
}

// fullLine is from how many runes a line without an end mark was broken for its length:
// plain text is set in 65 to 80 columns.
const fullLine = 60

func wraps(line, next string) bool {
	line, next = strings.TrimSpace(line), strings.TrimSpace(next)
	if line == "" || next == "" || isRow(line) || isRow(next) || german.ListItem(next) || strings.ContainsAny(line[len(line)-1:], ".!?:;") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(next)
	return unicode.IsLower(r) || utf8.RuneCountInString(line) >= fullLine
}

func (l line) markdown(head string) string {
	var parts []string
	for _, s := range l {
		text := s.text
		if isRow(text) {
			text = labelled(text, head)
		}
		text = Safe(worded(text))
		switch {
		case text == "":
		case s.best:
			parts = append(parts, "**"+text+"**")
		default:
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

// worded turns a line of a passage into one for people. Passages have words only (the
// markup of documents is read where they come in) with the marks of ingest/chunk: of a
// point in a list, and between the cells of a row.
func worded(line string) string {
	if strings.Trim(line, "|:=*_- \t") == "" {
		return "" // a rule between lines
	}
	if isRow(line) {
		cells := slices.DeleteFunc(cellsOf(line), func(cell string) bool { return cell == "" })
		return strings.Join(cells, " · ")
	}
	if point, is := strings.CutPrefix(line, "- "); is {
		return "– " + point
	}
	return line
}

func isRow(text string) bool { return strings.Contains(" "+text+" ", " | ") }

// labelled puts the heads of a table's columns before a row's cells, so that a
// row is understood on a phone, too. Empty cells are left out.
func labelled(row, head string) string {
	cells, heads := cellsOf(row), cellsOf(head)
	if len(heads) != len(cells) || row == head {
		return row
	}
	var parts []string
	for i, cell := range cells {
		switch {
		case cell == "":
		case heads[i] == "":
			parts = append(parts, cell)
		default:
			parts = append(parts, heads[i]+": "+cell)
		}
	}
	return strings.Join(parts, " | ")
}

func cellsOf(row string) []string {
	row = strings.TrimSpace(row)
	if strings.HasPrefix(row, "|") {
		row = strings.Trim(row, "|")
	}
	var cells []string
	for cell := range strings.SplitSeq(row, "|") {
		cells = append(cells, strings.TrimSpace(cell))
	}
	return cells
}
