package extract

import (
	"regexp"
	"strings"
)

// PageNumber stands for a page's number in the head or foot of pages while they
// are read, see [WithoutPageNumbers].
const PageNumber = "\uFFFC"

// pageCount matches a page's number with what is said around it.
var pageCount = regexp.MustCompile(`(?i)(?:\b(?:Seite|Blatt|Folie|Page|S\.)|[-–—])?\s*` + PageNumber + `(?:\s*(?:von|of|/|\|)\s*` + PageNumber + `)?(?:\s*[-–—])?`)

// WithoutPageNumbers returns a line of the head or foot of pages without the
// numbers of pages and their words: "Seite 3 von 9", "- 3 -".
func WithoutPageNumbers(line string) string {
	if !strings.Contains(line, PageNumber) {
		return line
	}
	line = pageCount.ReplaceAllString(line, " ")
	if !strings.ContainsFunc(line, IsLetterOrDigit) {
		return ""
	}
	return strings.Trim(line, " \t|–—-")
}
