package chat

import (
	"strings"
)

// span is a stretch of bytes.
type span struct{ from, to int }

// spans are stretches in order, without overlap.
type spans []span

func (s spans) holds(i int) bool {
	for _, h := range s {
		if i >= h.from && i < h.to {
			return true
		}
	}
	return false
}

// hiddenParts returns the parts of a Markdown text that are not said by its
// author to anybody: fenced, indented and inline code, and quoted lines.
func hiddenParts(text string) spans {
	var hidden spans
	fence := ""       // of the open code block
	blank := true     // the line before was empty
	indented := false // the line before was indented code
	paragraph := -1   // where the open run of ordinary lines began
	flush := func(end int) {
		if paragraph >= 0 {
			hidden = append(hidden, codeSpans(text, paragraph, end)...)
			paragraph = -1
		}
	}
	for from := 0; from < len(text); {
		to := len(text)
		if n := strings.IndexByte(text[from:], '\n'); n >= 0 {
			to = from + n + 1
		}
		line := strings.TrimRight(text[from:to], "\r\n")
		bare := strings.TrimLeft(line, " ")
		indent := len(line) - len(bare)
		switch {
		case fence != "":
			hidden = append(hidden, span{from, to})
			if closes(bare, fence) && indent < 4 {
				fence = ""
			}
		case strings.TrimSpace(line) == "":
			flush(from)
		case (indent >= 4 || strings.HasPrefix(bare, "\t")) && (blank || indented):
			flush(from)
			hidden = append(hidden, span{from, to})
			indented = true
		case opens(bare) != "":
			flush(from)
			hidden = append(hidden, span{from, to})
			fence = opens(bare)
		case strings.HasPrefix(bare, ">"):
			flush(from)
			hidden = append(hidden, span{from, to})
		default:
			if paragraph < 0 {
				paragraph = from
			}
			indented = false
		}
		blank = strings.TrimSpace(line) == ""
		from = to
	}
	flush(len(text))
	return hidden
}

// opens returns the fence that a line opens a code block with, or nothing.
func opens(line string) string {
	for _, sign := range []string{"`", "~"} {
		n := len(line) - len(strings.TrimLeft(line, sign))
		if n >= 3 && (sign != "`" || !strings.Contains(line[n:], sign)) {
			return line[:n]
		}
	}
	return ""
}

func closes(line, fence string) bool {
	line = strings.TrimRight(line, " \t")
	return len(line) >= len(fence) && strings.Trim(line, fence[:1]) == ""
}

// codeSpans returns the inline code of one paragraph, the backticks included: a
// run of backticks opens it, the next run of the same length closes it.
func codeSpans(text string, from, to int) spans {
	var found spans
	for i := from; i < to; {
		if text[i] == '\\' {
			i += 2
			continue
		}
		n := ticks(text, i, to)
		if n == 0 {
			i++
			continue
		}
		end := i + n
		for j := end; j < to; {
			m := ticks(text, j, to)
			if m == n {
				end = j + m
				found = append(found, span{i, end})
				break
			}
			j += max(m, 1)
		}
		i = end
	}
	return found
}

func ticks(text string, from, to int) int {
	n := 0
	for from+n < to && text[from+n] == '`' {
		n++
	}
	return n
}
