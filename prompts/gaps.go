package prompts

import (
	"strconv"
	"time"
)

// Gaps is what many have asked in a month and found no answer to.
type Gaps struct {
	Month  time.Time
	Gaps   []InVain
	Format string    // safe: where its topics are proposed; empty: nowhere
	At     time.Time // its next session; zero: none
}

// MonthName says the month: "Februar 2026".
func (g Gaps) MonthName() string {
	return months[g.Month.Month()-1] + " " + strconv.Itoa(g.Month.Year())
}

// InVain is one topic. Words and Title are safe lines.
type InVain struct {
	Words   []string // each used by at least five people
	People  int      // rounded to fives, at least five
	Missing bool     // nothing was found; else what was found did not help
	Title   string   // of the document that comes nearest; empty: none
}

// Many says how many people a gap is about: no number for the smallest groups.
func (g InVain) Many() string {
	if g.People <= 5 {
		return "mehrere"
	}
	return "etwa " + strconv.Itoa(g.People)
}

var (
	sampleGaps = Gaps{
		Month: time.Date(2026, time.February, 1, 0, 0, 0, 0, time.UTC), Format: "WissenToGo", At: sampleDay,
		Gaps: []InVain{{Words: []string{"Grundkurs", "Ukrainisch"}, People: 15, Missing: true}, {Words: []string{"Protokolle"}, People: 5, Title: "DA KI"}, {Words: []string{"Bilder"}, People: 10, Missing: true, Title: "Umgang mit Bildern"}},
	}
	fewGaps = Gaps{Month: time.Date(2026, time.February, 1, 0, 0, 0, 0, time.UTC), Gaps: []InVain{{Words: []string{"Protokolle"}, People: 5}}}

	gapsReport = declare("gaps/report", sampleGaps, fewGaps)
	gapsOwner  = declare("gaps/owner", sampleGaps, fewGaps)
)

// Gaps tells hosts what many have asked in vain.
func (c *Catalogue) Gaps(d Gaps) string { return gapsReport.render(c, d) }

// GapsOwner tells it who looks after a document.
func (c *Catalogue) GapsOwner(d Gaps) string { return gapsOwner.render(c, d) }
