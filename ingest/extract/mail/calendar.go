package mail

import (
	"bytes"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"lvr.example/sprechstunde/ingest/extract"
)

// calendars adds the invitations of a mail: what it is about, when and where,
// and what is said of it unless the mail says so itself.
func (m *message) calendars() {
	var said strings.Builder
	for _, block := range m.Doc.Blocks {
		said.WriteString(folded(block.Text))
	}
	for _, source := range m.events {
		for _, event := range eventsIn(source) {
			m.event(event, said.String())
		}
	}
}

// folded is a text without blanks, which programs set otherwise in the other part of a mail.
func folded(text string) string { return strings.Join(strings.Fields(text), "") }

// isCalendar reports invitations, also where programs attach them as files.
func isCalendar(part *enmime.Part, kind string) bool {
	return kind == "text/calendar" || kind == "application/ics" || strings.EqualFold(path.Ext(part.FileName), ".ics")
}

// isCalendarFile recognises calendars.
func isCalendarFile(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), []byte("BEGIN:VCALENDAR"))
}

// readCalendarFile reads a calendar as programs save it: each event below its name.
func readCalendarFile(f *extract.File) error {
	source, err := extract.Decode(f.Data, false)
	if err != nil {
		return err
	}
	f.Doc.Title = titleOf(f)
	m := &message{File: f}
	events := eventsIn(source)
	for _, event := range events {
		m.Heading(1, unescaped.Replace(event["SUMMARY"].value))
		m.event(event, "")
	}
	if len(events) == maxEvents {
		m.Beyond(strconv.Itoa(maxEvents) + " events are read")
	}
	return nil
}

// maxEvents bounds how many events of one calendar are read.
const maxEvents = 200

// eventsIn returns the events of a calendar (RFC 5545), by their properties.
func eventsIn(source string) []map[string]property {
	var events []map[string]property
	var open map[string]property
	cancelled := false
	depth := 0 // of alarms and the like within an event
	for _, line := range unfolded(source) {
		name, p, ok := parseProperty(line)
		switch {
		case !ok:
		case name == "METHOD" && open == nil:
			cancelled = strings.EqualFold(p.value, "CANCEL")
		case name == "BEGIN" && open == nil && (p.value == "VEVENT" || p.value == "VTODO"):
			if open = map[string]property{}; cancelled {
				open["STATUS"] = property{value: "CANCELLED"}
			}
		case name == "BEGIN" && open != nil:
			depth++
		case name == "END" && depth > 0 && open != nil && p.value != "VEVENT" && p.value != "VTODO":
			depth--
		case name == "END" && open != nil:
			if events = append(events, open); len(events) == maxEvents {
				return events
			}
			open, depth = nil, 0
		case open != nil && depth == 0 && open[name].value == "":
			open[name] = p
		}
	}
	return events
}

// unfolded joins lines that were broken for transport.
func unfolded(source string) []string {
	source = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(source)
	return strings.Split(strings.NewReplacer("\n ", "", "\n\t", "").Replace(source), "\n")
}

// property is a line of a calendar.
type property struct {
	value  string
	params string
}

func parseProperty(line string) (name string, p property, ok bool) {
	quoted := false
	for i, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ':' && !quoted:
			name, p.params, _ = strings.Cut(line[:i], ";")
			p.value = line[i+1:]
			return strings.ToUpper(strings.TrimSpace(name)), p, true
		}
	}
	return "", p, false
}

var unescaped = strings.NewReplacer(`\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";", `\\`, `\`)

// event adds one event. said is the [folded] text of the mail that it came with.
func (m *message) event(event map[string]property, said string) {
	add := func(label, text string) {
		if text = strings.TrimSpace(text); text != "" {
			m.Add(extract.Block{Kind: extract.Paragraph, Text: label + text})
		}
	}
	add("Termin: ", unescaped.Replace(event["SUMMARY"].value))
	add("Zeit: ", spanOf(event["DTSTART"], endOf(event)))
	add("Fällig: ", momentOf(event["DUE"]))
	add("Wiederholung: ", repetition(event["RRULE"].value))
	add("Ort: ", unescaped.Replace(event["LOCATION"].value))
	if strings.EqualFold(event["STATUS"].value, "CANCELLED") {
		add("", "Der Termin ist abgesagt.")
	}
	var unsaid []string
	for line := range strings.Lines(unescaped.Replace(event["DESCRIPTION"].value)) {
		if !strings.Contains(said, folded(line)) {
			unsaid = append(unsaid, strings.TrimSpace(line))
		}
	}
	add("", strings.Join(unsaid, "\n"))
}

// repetition says a rule of repetition in words where it is a plain one.
func repetition(rule string) string {
	words := map[string]string{"DAILY": "täglich", "WEEKLY": "wöchentlich", "MONTHLY": "monatlich", "YEARLY": "jährlich"}
	for part := range strings.SplitSeq(strings.ToUpper(rule), ";") {
		name, value, _ := strings.Cut(part, "=")
		switch {
		case name == "FREQ" && words[value] != "":
			rule = words[value]
		case name == "INTERVAL" && value != "1", name == "BYSETPOS":
			return "nach einer Regel (" + rule + ")"
		}
	}
	return rule
}

// endOf returns when an event ends, also where it says how long it takes.
func endOf(event map[string]property) property {
	end, start := event["DTEND"], event["DTSTART"]
	took := lasting.FindStringSubmatch(strings.ToUpper(event["DURATION"].value))
	if end.value != "" || took == nil {
		return end
	}
	days := 7*extract.Number(took[1]) + extract.Number(took[2])
	clock := time.Duration(extract.Number(took[3]))*time.Hour + time.Duration(extract.Number(took[4]))*time.Minute
	for _, layout := range []string{"20060102", "20060102T150405Z", "20060102T150405"} {
		if at, err := time.Parse(layout, strings.TrimSpace(start.value)); err == nil {
			return property{at.AddDate(0, 0, days).Add(clock).Format(layout), start.params}
		}
	}
	return end
}

var lasting = regexp.MustCompile(`^\+?P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d+S)?)?$`)

// spanOf writes when an event begins and ends.
func spanOf(start, end property) string {
	from, to := momentOf(start), momentOf(end)
	if isDay(start) && isDay(end) { // the day after the last one
		if last, err := time.Parse("20060102", end.value); err == nil {
			to = last.AddDate(0, 0, -1).Format("02.01.2006")
		}
	}
	day, clock, hasClock := strings.Cut(to, ", ")
	switch {
	case to == "" || to == from:
		return from
	case hasClock && strings.HasPrefix(from, day):
		return from + " bis " + clock
	}
	return from + " bis " + to
}

func isDay(p property) bool { return len(p.value) == len("20060102") }

// house is where times without a zone of their own are taken from.
var house = func() *time.Location {
	if zone, err := time.LoadLocation("Europe/Berlin"); err == nil {
		return zone
	}
	return time.UTC
}()

// momentOf writes a moment as people in Germany do.
func momentOf(p property) string {
	value := strings.TrimSpace(p.value)
	if at, err := time.Parse("20060102", value); err == nil {
		return at.Format("02.01.2006")
	}
	if at, err := time.Parse("20060102T150405Z", value); err == nil {
		return at.In(house).Format("02.01.2006, 15:04") + " Uhr"
	}
	if at, err := time.ParseInLocation("20060102T150405", value, p.zone()); err == nil {
		return at.In(house).Format("02.01.2006, 15:04") + " Uhr"
	}
	return ""
}

// zone returns the zone that a moment names, if it is one of the world's names;
// Outlook's own are taken for that of the house.
func (p property) zone() *time.Location {
	for part := range strings.SplitSeq(p.params, ";") {
		key, name, _ := strings.Cut(part, "=")
		if !strings.EqualFold(key, "TZID") {
			continue
		}
		if zone, err := time.LoadLocation(strings.Trim(name, `"`)); err == nil && zone != time.Local {
			return zone
		}
	}
	return house
}
