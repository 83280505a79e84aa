package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var lineNumber = regexp.MustCompile(`^(\d{1,4})(?:\s+(.*))?$`)

// dropLineNumbers takes the numbers of lines in the margin, as drafts have them,
// out of the text: numbers that grow by one, or by five, from line to line at
// the same place, while sentences go on.
func (s *pdfPage) dropLineNumbers() {
	rows := rowsOf(s.spans)
	const fewest = 5
	type numberedRow struct{ row, value int }
	var found []numberedRow
	for i, row := range rows {
		if m := lineNumber.FindStringSubmatch(row.spans[0].text); m != nil {
			value, _ := strconv.Atoi(m[1])
			found = append(found, numberedRow{i, value})
		}
	}
	if len(found) < fewest {
		return
	}
	step := found[1].value - found[0].value
	if step != 1 && step != 5 {
		return
	}
	inside := 0
	left := rows[found[0].row].spans[0].left
	for i, f := range found {
		first := rows[f.row].spans[0]
		width := float64(len(strconv.Itoa(f.value))) * first.size
		if i > 0 && f.value-found[i-1].value != step || first.left > left+width || first.left < left-width {
			return
		}
		text := lineNumber.FindStringSubmatch(first.text)[2]
		if text == "" && len(rows[f.row].spans) > 1 {
			text = rows[f.row].spans[1].text
		}
		if r, _ := utf8.DecodeRuneInString(text); unicode.IsLower(r) {
			inside++
		}
	}
	if 6*inside < len(found) || step == 1 && len(found)*4 < len(rows)*3 {
		return
	}
	at := map[int]int{}
	for _, f := range found {
		at[f.row] = f.value
	}
	s.spans = s.spans[:0:0]
	for i, row := range rows {
		spans := row.spans
		if value, is := at[i]; is {
			rest := strings.TrimSpace(spans[0].text[len(strconv.Itoa(value)):])
			if strings.HasPrefix(spans[0].text, "0") {
				rest = lineNumber.FindStringSubmatch(spans[0].text)[2]
			}
			if rest == "" {
				spans = spans[1:]
			} else {
				spans[0].left += float64(utf8.RuneCountInString(spans[0].text)-utf8.RuneCountInString(rest)) * 0.5 * spans[0].size
				spans[0].text = rest
			}
		}
		s.spans = append(s.spans, spans...)
	}
}
