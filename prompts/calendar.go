package prompts

import "time"

// Dates are what the calendar says to a question for dates. Times are in the
// house's time zone.
type Dates struct {
	Sessions  []Dated // in order
	More      int     // further ones
	Last      bool    // the last one before now was asked for
	Period    string  // "im Dezember 2026"; empty: none was asked about, or Day
	Day       time.Time
	Holiday   string  // that Day is; empty: none
	CalledOff []Dated // in the period
	Next      []Dated // where there is none in the period
}

// Dated is one session. Format is Markdown: a link or plain.
type Dated struct {
	Format string
	At     time.Time
	Until  time.Time // zero: not said
	Place  string
}

var dates = func() text[Dates] {
	office := Dated{Format: "[Offene KI-Sprechstunde](https://intranet.example/sprechstunde)", At: sampleDay, Until: sampleDay.Add(time.Hour), Place: "Raum 4.11"}
	ethics := Dated{Format: "Ethikrunde", At: sampleDay.AddDate(0, 0, 4)}
	return declare("calendar/dates", Dates{Sessions: []Dated{office}}, Dates{Sessions: []Dated{ethics}, Last: true},
		Dates{Sessions: []Dated{office, ethics}, More: 3}, Dates{Sessions: []Dated{office, ethics}, Period: "im März 2026", CalledOff: []Dated{office}},
		Dates{Day: sampleDay, Holiday: "Fronleichnam", CalledOff: []Dated{office}, Next: []Dated{office}}, Dates{Day: sampleDay, Next: []Dated{office, ethics}},
		Dates{Period: "im März 2026"}, Dates{})
}()

// Dates says when formats meet, the answer in the first line.
func (c *Catalogue) Dates(d Dates) string { return dates.render(c, d) }

// Compared tells formats of a house from each other.
type Compared struct{ Rows []FormatRow }

// FormatRow is one format. Name is Markdown: a link or plain.
type FormatRow struct {
	Name    string
	About   string    // for whom and what for, a sentence; empty: not said
	Minutes int       // 0: not said
	Next    time.Time // its next session, in the house's time zone; zero: none is known
}

var compared = declare("calendar/compared", Compared{Rows: []FormatRow{
	{Name: "[Offene KI-Sprechstunde](https://intranet.example/sprechstunde)", About: "Für alle mit einem eigenen Fall.", Minutes: 60, Next: sampleDay},
	{Name: "Zentrum", About: "Für alle mit einer Idee."}, {Name: "Ethikrunde"},
}})

// Compared says what each of some formats is for.
func (c *Catalogue) Compared(d Compared) string { return compared.render(c, d) }

var datesAsFile = declare("calendar/as_file", struct{}{})

// DatesAsFile says how to get dates as files for one's own calendar.
func (c *Catalogue) DatesAsFile() string { return datesAsFile.render(c, struct{}{}) }
