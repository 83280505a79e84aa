package prompts

import "time"

// Approved is an answer that people have written and checked. Text, Owner and
// Source are safe Markdown.
type Approved struct {
	Text   string
	Owner  string
	Until  time.Time
	Source string
}

var approved = declare("answer/approved", Approved{
	Text: "Nein. In Prüfungen darf KIM nicht benutzt werden.", Owner: "Stabsstelle Digitalethik",
	Until: time.Date(2027, time.June, 30, 0, 0, 0, 0, time.UTC), Source: "Dienstanweisung KI, Abschnitt 2.2",
})

// Approved shows an answer that people have written and checked.
func (c *Catalogue) Approved(d Approved) string { return approved.render(c, d) }
