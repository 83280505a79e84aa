package second

import (
	"regexp"
	"strings"
)

// asShown writes what Kreuzberg read as the person at the desk sees it.
func asShown(kind, markdown string) string {
	switch kind {
	case "xls", "xlsb":
		return cellsAsShown(markdown)
	case "doc":
		return fieldCode.ReplaceAllString(markdown, "")
	}
	return markdown
}

// fieldCode matches the instructions of links and page numbers, which Kreuzberg 4.10.4
// leaves before their text.
var fieldCode = regexp.MustCompile(`HYPERLINK(?: \\{1,2}[a-z])*(?: "[^"\n]*")?(?: \\{1,2}[a-z](?: "[^"\n]*")?)* ?|PAGEREF \S+(?: \\{1,2}[a-z])* ?`)

// moment is a date with its time in a cell.
var moment = regexp.MustCompile(`^(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d)(:\d\d)(?:\.\d+)?$`)

// inGerman are truth values and errors. Numbers stay with their point: in a cell
// "3.12" may be a section.
var inGerman = map[string]string{
	"true": "WAHR", "false": "FALSCH",
	"#ERR: Null": "#NULL!", "#ERR: Div0": "#DIV/0!", "#ERR: Value": "#WERT!", "#ERR: Ref": "#BEZUG!",
	"#ERR: Name": "#NAME?", "#ERR: Num": "#ZAHL!", "#ERR: NA": "#NV",
}

// cellsAsShown goes through the rows of tables.
func cellsAsShown(markdown string) string {
	lines := strings.Split(markdown, "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(line, "|")
		for j, cell := range cells {
			if text := strings.TrimSpace(cell); text != "" {
				cells[j] = " " + cellAsShown(text) + " "
			}
		}
		lines[i] = strings.Join(cells, "|")
	}
	return strings.Join(lines, "\n")
}

func cellAsShown(text string) string {
	if german, known := inGerman[text]; known {
		return german
	}
	m := moment.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	day, seconds := m[3]+"."+m[2]+"."+m[1], strings.TrimSuffix(m[5], ":00")
	if m[4]+seconds == "00:00" {
		return day
	}
	return day + " " + m[4] + seconds
}
