package pdf

import (
	"regexp"
	"strings"
)

var (
	leaderLine   = regexp.MustCompile(`(?:\.\s?){4,}\s*(?:[ivxlc]+|\d{1,4})\s*$|…{2,}\s*\d{1,4}\s*$|_{5,}\s*\d{1,4}\s*$`)
	numberAtEnd  = regexp.MustCompile(`\S.*\s\d{1,4}\s*$`)
	contentsHead = regexp.MustCompile(`(?i)^(?:inhalt|inhaltsverzeichnis|inhaltsübersicht|inhaltsangabe|verzeichnis der (?:abbildungen|tabellen|anlagen)|abbildungsverzeichnis|tabellenverzeichnis|contents|table of contents)\s*:?$`)
)

// withoutContents leaves out lists of contents: lines that lead to a page, and
// the heading over them.
func withoutContents(lines []pdfLine) []pdfLine {
	drop := make([]bool, len(lines))
	for i := range lines {
		drop[i] = leaderLine.MatchString(lines[i].plain())
	}
	for i := range lines {
		if contentsHead.MatchString(strings.TrimSpace(lines[i].plain())) {
			drop[i] = dropBelow(lines, drop, i+1)
		}
	}
	kept := lines[:0:0]
	for i := range lines {
		if !drop[i] {
			kept = append(kept, lines[i])
		}
	}
	if len(kept) == 0 {
		return lines // a list of contents alone
	}
	return kept
}

// dropBelow marks the lines below a heading that lead to pages, and reports
// whether there are any.
func dropBelow(lines []pdfLine, drop []bool, start int) bool {
	const few = 2
	if end := twoColumns(lines, start); end > start {
		for j := start; j < end; j++ {
			drop[j] = true
		}
		return true
	}
	found := 0
	for i := start; i < len(lines) && i < start+300; i++ {
		switch {
		case drop[i]:
			found++
		case numberAtEnd.MatchString(lines[i].plain()) && len(lines[i].plain()) < 160:
			found++
		default: // the first line of an entry of two lines
			if i+1 >= len(lines) || !drop[i+1] && !numberAtEnd.MatchString(lines[i+1].plain()) || lines[i+1].page != lines[i].page {
				if found >= few {
					for j := start; j < i; j++ {
						drop[j] = true
					}
				}
				return found >= few
			}
		}
	}
	if found >= few {
		for j := start; j < len(lines) && j < start+300; j++ {
			drop[j] = true
		}
	}
	return found >= few
}

// twoColumns returns where a list of contents ends whose entries stand in one
// column and the pages in another, one behind the other; start: there is none.
func twoColumns(lines []pdfLine, start int) int {
	const most, few = 100, 2
	entries, pages := 0, 0
	for i := start; i < len(lines) && i < start+most && lines[i].page == lines[start].page; i++ {
		isPage := pageAlone.MatchString(lines[i].plain())
		switch {
		case isPage:
			pages++
		case pages > 0:
			i = len(lines) // behind the pages
		default:
			entries++
		}
	}
	if pages < few || entries < pages || entries > 2*pages {
		return start
	}
	return start + entries + pages
}

var pageAlone = regexp.MustCompile(`^\s*(?:\d{1,4}|[ivxlc]{1,6})\s*$`)

// plain is the line's text, of a row all its cells.
func (l *pdfLine) plain() string {
	if l.table != 0 {
		return strings.TrimSpace(strings.Join(l.cells, " "))
	}
	return l.text
}
