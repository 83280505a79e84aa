package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var lineNumber = regexp.MustCompile(`^(\d{1,4})(?:\s+(.*))?$`)

// numberedRow is a row with a number in its margin.
type numberedRow struct{ row, value int }

// dropLineNumbers takes the numbers of lines in the margin, as drafts have them,
// out of the text: numbers that grow by one, or by five, from line to line at
// the same place, while sentences go on.
func (s *pdfPage) dropLineNumbers() {
	rows := rowsOf(s.spans)
	if found := inLeftMargin(rows); areLineNumbers(rows, found, func(row visualRow) pdfSpan { return row.spans[0] }) {
		s.spans = withoutLeft(rows, found)
		return
	}
	if found := inRightMargin(rows); areLineNumbers(rows, found, lastSpan) {
		s.spans = s.spans[:0:0]
		at := rowsIn(found)
		for i, row := range rows {
			if _, is := at[i]; is {
				row.spans = row.spans[:len(row.spans)-1]
			}
			s.spans = append(s.spans, row.spans...)
		}
	}
}

func lastSpan(row visualRow) pdfSpan { return row.spans[len(row.spans)-1] }

// inLeftMargin returns the rows that begin with a number.
func inLeftMargin(rows []visualRow) (found []numberedRow) {
	for i, row := range rows {
		if m := lineNumber.FindStringSubmatch(row.spans[0].text); m != nil {
			value, _ := strconv.Atoi(m[1])
			found = append(found, numberedRow{i, value})
		}
	}
	return found
}

// inRightMargin returns the rows that end with a number that stands apart.
func inRightMargin(rows []visualRow) (found []numberedRow) {
	for i, row := range rows {
		if value, err := strconv.Atoi(strings.TrimSpace(lastSpan(row).text)); err == nil && len(row.spans) > 1 && value > 0 && value < 10_000 {
			found = append(found, numberedRow{i, value})
		}
	}
	return found
}

// areLineNumbers reports numbers that count the lines of a text: one below the
// other, on each line or on each fifth. Where each line has one, as rows of
// tables may, sentences go on from line to line.
func areLineNumbers(rows []visualRow, found []numberedRow, at func(visualRow) pdfSpan) bool {
	if len(found) < 2 {
		return false
	}
	step := found[1].value - found[0].value
	const fewest = 5
	switch {
	case step != 1 && step != 5, step == 1 && (len(found) < fewest || len(found)*4 < len(rows)*3):
		return false
	}
	place := at(rows[found[0].row])
	inside, regular := 0, found[0].value%step == 0
	for i, f := range found {
		span := at(rows[f.row])
		width := float64(len(strconv.Itoa(f.value))) * span.size
		if i > 0 && f.value-found[i-1].value != step || span.left > place.left+width || span.left < place.left-width {
			return false
		}
		regular = regular && (i == 0 || f.row-found[i-1].row == step)
		if goesOn(rows[f.row]) {
			inside++
		}
	}
	if step == 5 && regular && found[0].row == found[0].value-1 {
		return true // each stands on the line that it names
	}
	return len(found) >= fewest && 6*inside >= len(found)
}

// goesOn reports rows whose text, behind a number, begins in small letters.
func goesOn(row visualRow) bool {
	text := row.spans[0].text
	if m := lineNumber.FindStringSubmatch(text); m != nil {
		if text = m[2]; text == "" && len(row.spans) > 1 {
			text = row.spans[1].text
		}
	}
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLower(r)
}

func rowsIn(found []numberedRow) map[int]int {
	at := map[int]int{}
	for _, f := range found {
		at[f.row] = f.value
	}
	return at
}

// withoutLeft returns the spans of rows without the numbers that they begin with.
func withoutLeft(rows []visualRow, found []numberedRow) (spans []pdfSpan) {
	at := rowsIn(found)
	for i, row := range rows {
		own := row.spans
		if value, is := at[i]; is {
			rest := strings.TrimSpace(own[0].text[len(strconv.Itoa(value)):])
			if strings.HasPrefix(own[0].text, "0") {
				rest = lineNumber.FindStringSubmatch(own[0].text)[2]
			}
			if rest == "" {
				own = own[1:]
			} else {
				own[0].left += float64(utf8.RuneCountInString(own[0].text)-utf8.RuneCountInString(rest)) * 0.5 * own[0].size
				own[0].text = rest
			}
		}
		spans = append(spans, own...)
	}
	return spans
}
