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
	Of        string  // the one format that was asked for, safe; empty: several
	Beside    []Dated // of other formats on Day, where it has none
	Off       bool    // whether sessions are called off was asked
	Files     bool    // the sessions come as files besides
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
		Dates{Period: "im März 2026"}, Dates{},
		Dates{Sessions: []Dated{office}, Off: true, Files: true}, Dates{Day: sampleDay, CalledOff: []Dated{office}, Off: true},
		Dates{Period: "im März 2026", CalledOff: []Dated{office, ethics}, Off: true, Next: []Dated{office}}, Dates{Sessions: []Dated{office, ethics}, Off: true, Period: "im März 2026"},
		Dates{Day: sampleDay, Of: "WissenToGo", Beside: []Dated{office}, Next: []Dated{ethics}}, Dates{Period: "im März 2026", Of: "WissenToGo"})
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

// Facts are what is asked of formats besides their dates.
type Facts struct{ Rows []FactRow }

// FactRow is what is asked of one format; what is not asked for, or not known, is empty.
// Name is Markdown: a link or plain; texts of the house are safe sentences.
type FactRow struct {
	Name         string
	Place        string
	Online       string // whether one can take part from elsewhere
	Minutes      int
	Rhythm       Rhythm
	Registration string
	Hosts        string
	About        string // for whom and what for
	Seats        int
	Linked       bool  // its page is asked for, and is behind its name
	Next         Dated // its next session; At is zero: none, or it is told elsewhere
}

// Rhythm is how often a format meets.
type Rhythm struct {
	Every   int // so many weeks, or months; 0: not said
	Monthly bool
	Day     time.Weekday
	Nth     int // of the month the first, second …, or -1 the last such day
}

var facts = func() text[Facts] {
	next := Dated{Format: "Ethikrunde", At: sampleDay, Until: sampleDay.Add(time.Hour)}
	return declare("calendar/facts", Facts{Rows: []FactRow{{Name: "[Ethikrunde](https://intranet.example/ethik)", Place: "Raum 4.03", Minutes: 90, Rhythm: Rhythm{Every: 2, Monthly: true, Day: time.Monday, Nth: 3}, Next: next}}},
		Facts{Rows: []FactRow{{Name: "LeanCoffee", Online: "Nur vor Ort.", Registration: "Eine Anmeldung ist nicht nötig.", Hosts: "Zwei Gastgeber:innen sind da.", About: "Für alle Neugierigen.", Seats: 30, Linked: true}, {Name: "WissenToGo", Rhythm: Rhythm{Every: 1, Day: time.Wednesday}, Next: Dated{At: sampleDay}}}},
		Facts{Rows: []FactRow{{Name: "Runde", Rhythm: Rhythm{Every: 1, Monthly: true, Day: time.Friday, Nth: -1}}}}, Facts{Rows: []FactRow{{Name: "Treff", Rhythm: Rhythm{Every: 2, Day: time.Friday}}}})
}()

// Facts says what is asked of formats besides their dates.
func (c *Catalogue) Facts(d Facts) string { return facts.render(c, d) }

// FormatUnsaid is a format that documents say nothing of what was asked. Name is Markdown.
type FormatUnsaid struct {
	Name  string
	Hosts string // who is there, a safe sentence; empty: not said
}

var formatUnsaid = declare("calendar/unsaid", FormatUnsaid{Name: "[Ethikrunde](https://intranet.example/ethik)", Hosts: "Die Stabsstelle lädt ein."}, FormatUnsaid{Name: "LeanCoffee"})

// FormatUnsaid says that nothing is found of a format for what was asked.
func (c *Catalogue) FormatUnsaid(d FormatUnsaid) string { return formatUnsaid.render(c, d) }

// DatesSource is where the answer of the calendar comes from. Names are Markdown.
type DatesSource struct{ Names []string }

var datesSource = declare("calendar/source", DatesSource{Names: []string{"[Ethikrunde](https://intranet.example/ethik)", "LeanCoffee"}}, DatesSource{})

// DatesSource says that an answer comes from the house's calendar.
func (c *Catalogue) DatesSource(d DatesSource) string { return datesSource.render(c, d) }
