package prompts

import "time"

// Knowledge is what hosts read of an answer of the house that they make of what they
// answered (texts knowledge/…). Texts, quotes and reasons are safe block quotes,
// everything else safe lines.
type Knowledge struct {
	Number    int64 // of the ticket
	Questions []string
	Text      string
	Owner     string
	Contact   string // user name of who looks after it; empty: nobody
	Quote     string // of its basis
	Source    string // of which the quote is; empty: not for all hosts, or gone
	Until     time.Time
	Instead   string   // name of the answer in whose place it will be; empty: none
	Host      string   // user name of whom to mention; empty: nobody
	Reason    string   // why a draft comes back
	Faults    []string // what is wrong with a draft
}

var (
	sampleKnowledge = Knowledge{
		Number: 12, Questions: []string{"Gibt es den Grundkurs auf Ukrainisch?", "Kurs auf Ukrainisch?"}, Text: "> Ja, ab Februar.\n> Bitte melden Sie sich an.",
		Owner: "Stabsstelle Digitalethik", Contact: "h.beispiel", Quote: "> Der Grundkurs wird ab Februar auf Ukrainisch angeboten.", Source: "Fortbildungsplan, Abschnitt 2",
		Until: sampleDay.AddDate(0, 6, 0), Instead: "alt.yaml", Host: "heide.host", Reason: "> Bitte kürzer.", Faults: []string{"Es fehlt eine Antwort.", "Bis wann gilt sie?"},
	}
	bareKnowledge = Knowledge{Number: 12, Questions: []string{"Darf ich das?"}, Text: "> Ja.", Owner: "Ethik", Quote: "> Das ist erlaubt.", Until: sampleDay, Faults: []string{"Es fehlt eine Antwort."}}
)

var knowledge = func() map[string]text[Knowledge] {
	all := map[string]text[Knowledge]{}
	for _, name := range []string{
		"draft", "lacks", "unanswered", "practice", "approved", "approved_contact", "returned", "send_back_how", "withdrawn", "withdrawn_contact",
		"own", "no_host", "decided", "basis_gone", "rival", "none_draft", "none_approved", "review", "review_contact", "ends", "ends_contact", "waits",
		"fault_questions", "fault_text", "fault_quote", "fault_owner", "fault_contact", "fault_until", "fault_long", "fault_twice", "fault_replaced",
		"title", "submit", "intro", "field_questions", "field_text", "field_quote", "field_owner", "field_until", "field_reason",
		"help_questions", "help_text", "help_quote", "help_owner", "help_until", "word_approve", "word_send_back", "word_edit",
	} {
		all[name] = declare("knowledge/"+name, sampleKnowledge, bareKnowledge)
	}
	return all
}()

// Knowledge renders a text about an answer that hosts make, for hosts and for who
// looks after it, or a label of its dialogs: the names of texts/knowledge. Another
// name is empty.
func (c *Catalogue) Knowledge(name string, d Knowledge) string {
	t, known := knowledge[name]
	if !known {
		return ""
	}
	return t.render(c, d)
}
