package prompts

import "time"

// Preview is what an asker sees before anything goes to people. Text is a safe
// block quote; At is in the house's time zone, as everywhere here.
type Preview struct {
	Text         string
	Again        bool   // it was shown before, and the asker has changed it
	Files        int    // that go along, as they are attached
	Answer       bool   // what the bot answered goes along
	AnswerMasked bool   // without what is of persons there
	Masked       bool   // what is of persons is
	Marked       bool   // something of persons stands there
	Name         string // that goes over; empty: none
	InChannel    bool   // the question was asked in a channel, under one's name
	Format       string // empty: an answer in writing
	Why          string // see [Catalogue.Why]; empty: the asker's choice
	At           time.Time
	Place        string
	Instead      string // how the preview began that this one took the place of
	Joins        int64  // ticket of others who ask the same; 0: none
	Others       string // its text: safe block quote
	Minutes      int    // for which "ja" counts
}

// Mask is what stands where something of a person is masked.
type Mask struct {
	Kind   string // mail, phone, name, address, number, account, plate, birth
	Number int    // which of its kind in the text, from 1
}

// Limit is how many tickets of one asker are open at a time, and which are.
type Limit struct {
	Limit   int
	Numbers []string
}

// Ticket is a question that went over, or one dated session without it.
type Ticket struct {
	Number int64
	Text   string // safe block quote: the question, or a person's answer
	Host   string // user name of whom to mention; empty: nobody
	Format string // empty: none meets any more
	At     time.Time
	Place  string
	Item   int    // place on the agenda, from 1; 0: none
	Name   string // of the asker, who wants it to be read; empty: none
	Answer string // of the bot, a line of safe Markdown; empty: it is not shown
	Many   int    // how many ask it, rounded; 0: several, or one
}

// Addition is what an asker writes to a ticket that is with people already.
type Addition struct {
	Number  int64
	Text    string // safe block quote
	Files   int    // that go along, as they are attached
	Masked  bool   // what is of persons is
	Nothing bool   // is left besides that
	Instead string // how the preview began that this one took the place of
	Minutes int    // for which "ja" counts
}

// Tickets are all of one asker.
type Tickets struct {
	Tickets []TicketState
	Closed  bool   // none of them waits for anybody any more
	Preview string // beginning of the text that waits for a yes, safe; empty: none does
}

// TicketState says where a ticket stands.
type TicketState struct {
	Number int64
	State  string // open, claimed, answered, settled, merged, withdrawn
	Format string // empty: none meets any more
	At     time.Time
	Answer string // how a person's last answer begins, safe; empty: none is kept
}

// Numbers are numbers of tickets.
type Numbers struct{ Numbers []string }

// Waiting says for how long a preview counts.
type Waiting struct{ Minutes int }

var (
	sampleTicket = Ticket{Number: 12, Text: "> Darf ich Protokolle mit KI schreiben?", Host: "heide.host",
		Format: "Offene KI-Sprechstunde", At: sampleDay, Place: "Raum 4.11", Item: 3}
	saidTicket = Ticket{Number: 12, Text: "> Darf ich Protokolle mit KI schreiben?", Answer: "„Ja, Protokolle dürfen Sie schreiben lassen.“ ([Dienstanweisung](https://intranet.example/da), § 3)", Name: "anna"}
	bareTicket = Ticket{Number: 12, Text: "> Darf ich Protokolle mit KI schreiben?"}
)

var (
	handoverPreview = declare("handover/preview", Preview{Text: "> Darf ich Protokolle mit KI schreiben?", InChannel: true,
		Format: "Offene KI-Sprechstunde", Why: "dort Fragen zu Regeln besprochen werden", At: sampleDay, Place: "Raum 4.11", Minutes: 30},
		Preview{Text: "> Darf ich Protokolle mit KI schreiben?", Minutes: 30, Name: "anna", Marked: true, Files: 2, Answer: true},
		Preview{Text: "> Darf \\[Name\\] das?", Masked: true, Instead: "Wie lange …", Format: "Ethikrunde", At: sampleDay, Minutes: 30,
			Joins: 7, Others: "> Dürfen wir das?"})
	handoverOnlyMasked  = declare("handover/only_masked", struct{}{})
	handoverAlready     = declare("handover/already", sampleTicket)
	handoverTooMany     = declare("handover/too_many", Limit{Limit: 2, Numbers: []string{"12", "14"}})
	handoverFull        = declare("handover/full", struct{}{})
	handoverLapsed      = declare("handover/lapsed", Waiting{Minutes: 30})
	handoverOtherOpen   = declare("handover/other_open", Addition{Text: "> Es sind sieben Personen.", Minutes: 30})
	handoverBegun       = declare("handover/begun", struct{}{})
	handoverEarlier     = declare("handover/earlier", struct{}{})
	handoverNoHosts     = declare("handover/no_hosts", Waiting{Minutes: 30})
	handoverJoined      = declare("handover/joined", sampleTicket, Ticket{Number: 12, Name: "anna", Many: 10})
	handoverJoinedHosts = declare("handover/joined_hosts", bareTicket, Ticket{Number: 12, Text: "> Und wir?", Many: 10})
	handoverMask        = declare("handover/mask", Mask{Kind: "mail", Number: 1}, Mask{Kind: "phone", Number: 1}, Mask{Kind: "name", Number: 2},
		Mask{Kind: "address", Number: 1}, Mask{Kind: "number", Number: 1}, Mask{Kind: "account", Number: 1}, Mask{Kind: "plate", Number: 1}, Mask{Kind: "birth", Number: 1})
	handoverHint          = declare("handover/hint", struct{}{})
	handoverNotYours      = declare("handover/not_yours", struct{}{})
	handoverClosed        = declare("handover/closed", sampleTicket, bareTicket)
	handoverTooLong       = declare("handover/too_long", Length{Length: 5000, Limit: 2000})
	handoverChangeEmpty   = declare("handover/change_empty", struct{}{})
	handoverNoneOpen      = declare("handover/none_open", Waiting{Minutes: 30})
	handoverDeclined      = declare("handover/declined", struct{}{})
	handoverAgreed        = declare("handover/agreed", sampleTicket, bareTicket)
	handoverCard          = declare("handover/card", sampleTicket, bareTicket, saidTicket)
	handoverAnswerEmpty   = declare("handover/answer_empty", struct{}{})
	handoverAnswerTooLong = declare("handover/answer_too_long", Length{Length: 20000, Limit: 12000})
	handoverAnswerNowhere = declare("handover/answer_nowhere", struct{}{})
	handoverAnswerNobody  = declare("handover/answer_nobody", sampleTicket)
	handoverSettled       = declare("handover/settled", sampleTicket)
	handoverReopened      = declare("handover/reopened", sampleTicket, bareTicket)
	handoverSettledHosts  = declare("handover/settled_hosts", sampleTicket)
	handoverReopenedHosts = declare("handover/reopened_hosts", sampleTicket, bareTicket)
	handoverNoTicket      = declare("handover/no_ticket", struct{}{})
	handoverWhichTicket   = declare("handover/which_ticket", Numbers{Numbers: []string{"12", "14"}})

	handoverPreviewAdd = declare("handover/preview_add", Addition{Number: 12, Text: "> Es sind sieben Personen.", Minutes: 30},
		Addition{Number: 12, Text: "> Es sind sieben Personen.", Minutes: 30, Masked: true, Instead: "Darf ich …", Files: 1},
		Addition{Number: 12, Text: "> \\[Name\\]", Minutes: 30, Masked: true, Nothing: true})
	handoverAdded           = declare("handover/added", sampleTicket, bareTicket)
	handoverAgreedAdd       = declare("handover/agreed_add", sampleTicket)
	handoverChangeHow       = declare("handover/change_how", struct{}{})
	handoverWithdrawn       = declare("handover/withdrawn", sampleTicket)
	handoverAddedNot        = declare("handover/added_not", Addition{Number: 12, Text: "Es geht um zwölf Azubis"})
	handoverAddedDropped    = declare("handover/added_dropped", struct{}{})
	handoverWaitsOn         = declare("handover/waits_on", sampleTicket)
	handoverNothingDeclined = declare("handover/nothing_declined", struct{}{})
	handoverSettledOpen     = declare("handover/settled_open", sampleTicket)
	handoverWithdrawnHosts  = declare("handover/withdrawn_hosts", sampleTicket)
	handoverNoWithdraw      = declare("handover/no_withdraw", struct{}{})
	handoverWhichWithdraw   = declare("handover/which_withdraw", Numbers{Numbers: []string{"12", "14"}})
	handoverStatus          = declare("handover/status", Tickets{}, Tickets{Tickets: []TicketState{
		{Number: 15, State: "open", Format: "Offene KI-Sprechstunde", At: sampleDay}, {Number: 14, State: "claimed"},
		{Number: 12, State: "answered"}, {Number: 9, State: "settled"}, {Number: 8, State: "withdrawn"}, {Number: 7, State: "merged"},
	}})

	wordPreview = declare("handover/word_preview", struct{}{})
	wordJoin    = declare("handover/word_join", struct{}{})
	wordYes     = declare("handover/word_yes", struct{}{})
	wordNo      = declare("handover/word_no", struct{}{})
	wordSettled = declare("handover/word_settled", struct{}{})
	wordOpen    = declare("handover/word_open", struct{}{})

	whys = map[string]text[struct{}]{
		"single":     declare("handover/why_single", struct{}{}),
		"rule":       declare("handover/why_rule", struct{}{}),
		"many":       declare("handover/why_many", struct{}{}),
		"discussion": declare("handover/why_discussion", struct{}{}),
		"automation": declare("handover/why_automation", struct{}{}),
		"values":     declare("handover/why_values", struct{}{}),
	}
)

// HandoverPreview shows exactly what would go to people.
func (c *Catalogue) HandoverPreview(d Preview) string { return handoverPreview.render(c, d) }

// HandoverOnlyMasked refuses a text of which nothing is left.
func (c *Catalogue) HandoverOnlyMasked() string { return handoverOnlyMasked.render(c, struct{}{}) }

// HandoverAlready says that a question is a ticket already.
func (c *Catalogue) HandoverAlready(d Ticket) string { return handoverAlready.render(c, d) }

// HandoverTooMany refuses one more ticket of an asker.
func (c *Catalogue) HandoverTooMany(d Limit) string { return handoverTooMany.render(c, d) }

// HandoverFull refuses one more ticket of the house.
func (c *Catalogue) HandoverFull() string { return handoverFull.render(c, struct{}{}) }

// HandoverLapsed tells an asker that a preview has lapsed.
func (c *Catalogue) HandoverLapsed(d Waiting) string { return handoverLapsed.render(c, d) }

// HandoverOtherOpen answers a word about an older preview while another is open.
func (c *Catalogue) HandoverOtherOpen(d Addition) string { return handoverOtherOpen.render(c, d) }

// HandoverBegun stands above a preview whose session has begun meanwhile.
func (c *Catalogue) HandoverBegun() string { return handoverBegun.render(c, struct{}{}) }

// HandoverEarlier stands above a preview that lies back, after a bare yes.
func (c *Catalogue) HandoverEarlier() string { return handoverEarlier.render(c, struct{}{}) }

// HandoverNoHosts says that the hosts' channel cannot be reached.
func (c *Catalogue) HandoverNoHosts(d Waiting) string { return handoverNoHosts.render(c, d) }

// HandoverJoined tells an asker which ticket of others they have joined.
func (c *Catalogue) HandoverJoined(d Ticket) string { return handoverJoined.render(c, d) }

// HandoverJoinedHosts shows the words of one who joined to the hosts.
func (c *Catalogue) HandoverJoinedHosts(d Ticket) string { return handoverJoinedHosts.render(c, d) }

// HandoverMask is what stands where something is masked.
func (c *Catalogue) HandoverMask(d Mask) string { return handoverMask.render(c, d) }

// HandoverHint says how a question is brought to people.
func (c *Catalogue) HandoverHint() string { return handoverHint.render(c, struct{}{}) }

// HandoverNotYours says that only the asker can hand a question over.
func (c *Catalogue) HandoverNotYours() string { return handoverNotYours.render(c, struct{}{}) }

// HandoverClosed says that nothing can be handed over in this house yet.
func (c *Catalogue) HandoverClosed(d Ticket) string { return handoverClosed.render(c, d) }

// HandoverTooLong refuses a changed text.
func (c *Catalogue) HandoverTooLong(d Length) string { return handoverTooLong.render(c, d) }

// HandoverChangeEmpty asks for the changed text.
func (c *Catalogue) HandoverChangeEmpty() string { return handoverChangeEmpty.render(c, struct{}{}) }

// HandoverNoneOpen answers a yes or no that comes too late.
func (c *Catalogue) HandoverNoneOpen(d Waiting) string { return handoverNoneOpen.render(c, d) }

// HandoverDeclined confirms a no.
func (c *Catalogue) HandoverDeclined() string { return handoverDeclined.render(c, struct{}{}) }

// HandoverAgreed tells the asker what became of a yes.
func (c *Catalogue) HandoverAgreed(d Ticket) string { return handoverAgreed.render(c, d) }

// HandoverCard shows a question to the hosts, without its asker.
func (c *Catalogue) HandoverCard(d Ticket) string { return handoverCard.render(c, d) }

// HandoverAnswerEmpty asks a host for the text of the answer.
func (c *Catalogue) HandoverAnswerEmpty() string { return handoverAnswerEmpty.render(c, struct{}{}) }

// HandoverAnswerTooLong refuses a host's answer.
func (c *Catalogue) HandoverAnswerTooLong(d Length) string { return handoverAnswerTooLong.render(c, d) }

// HandoverAnswerNowhere says that an answer stands below no card.
func (c *Catalogue) HandoverAnswerNowhere() string {
	return handoverAnswerNowhere.render(c, struct{}{})
}

// HandoverAnswerNobody says that the asker has gone.
func (c *Catalogue) HandoverAnswerNobody(d Ticket) string { return handoverAnswerNobody.render(c, d) }

// HandoverSettled thanks the asker for "geklärt".
func (c *Catalogue) HandoverSettled(d Ticket) string { return handoverSettled.render(c, d) }

// HandoverReopened tells the asker what "noch offen" does.
func (c *Catalogue) HandoverReopened(d Ticket) string { return handoverReopened.render(c, d) }

// HandoverSettledHosts tells the hosts that the asker is content.
func (c *Catalogue) HandoverSettledHosts(d Ticket) string { return handoverSettledHosts.render(c, d) }

// HandoverReopenedHosts tells the hosts that the question is still open.
func (c *Catalogue) HandoverReopenedHosts(d Ticket) string {
	return handoverReopenedHosts.render(c, d)
}

// HandoverNoTicket answers "geklärt" where nothing waits for it.
func (c *Catalogue) HandoverNoTicket() string { return handoverNoTicket.render(c, struct{}{}) }

// HandoverWhichTicket asks which of several answers is meant.
func (c *Catalogue) HandoverWhichTicket(d Numbers) string { return handoverWhichTicket.render(c, d) }

// HandoverPreviewAdd shows exactly what would go to people besides.
func (c *Catalogue) HandoverPreviewAdd(d Addition) string { return handoverPreviewAdd.render(c, d) }

// HandoverAdded shows it to the hosts; the ticket's text is what is added.
func (c *Catalogue) HandoverAdded(d Ticket) string { return handoverAdded.render(c, d) }

// HandoverAgreedAdd tells the asker that it went over.
func (c *Catalogue) HandoverAgreedAdd(d Ticket) string { return handoverAgreedAdd.render(c, d) }

// HandoverChangeHow says how the text of a preview is changed.
func (c *Catalogue) HandoverChangeHow() string { return handoverChangeHow.render(c, struct{}{}) }

// HandoverAddedNot says below what a host writes that an addition to its ticket has not
// gone over; Text is its beginning, safe.
func (c *Catalogue) HandoverAddedNot(d Addition) string { return handoverAddedNot.render(c, d) }

// HandoverAddedDropped says that an addition which waited went with its ticket.
func (c *Catalogue) HandoverAddedDropped() string { return handoverAddedDropped.render(c, struct{}{}) }

// HandoverWaitsOn says to a word that may mean anything that a ticket waits on.
func (c *Catalogue) HandoverWaitsOn(d Ticket) string { return handoverWaitsOn.render(c, d) }

// HandoverNothingDeclined answers a no where no preview waits.
func (c *Catalogue) HandoverNothingDeclined() string {
	return handoverNothingDeclined.render(c, struct{}{})
}

// HandoverSettledOpen confirms that a ticket is taken back because it is settled without
// an answer.
func (c *Catalogue) HandoverSettledOpen(d Ticket) string { return handoverSettledOpen.render(c, d) }

// HandoverWithdrawn confirms that a ticket is taken back.
func (c *Catalogue) HandoverWithdrawn(d Ticket) string { return handoverWithdrawn.render(c, d) }

// HandoverWithdrawnHosts tells the hosts so.
func (c *Catalogue) HandoverWithdrawnHosts(d Ticket) string {
	return handoverWithdrawnHosts.render(c, d)
}

// HandoverNoWithdraw says that there is nothing to take back.
func (c *Catalogue) HandoverNoWithdraw() string { return handoverNoWithdraw.render(c, struct{}{}) }

// HandoverWhichWithdraw asks which ticket is to be taken back.
func (c *Catalogue) HandoverWhichWithdraw(d Numbers) string {
	return handoverWhichWithdraw.render(c, d)
}

// HandoverStatus says where an asker's tickets stand.
func (c *Catalogue) HandoverStatus(d Tickets) string { return handoverStatus.render(c, d) }

// Labels of the buttons.

// WordPreview asks for a preview.
func (c *Catalogue) WordPreview() string { return wordPreview.render(c, struct{}{}) }

// WordJoin joins the ticket of others.
func (c *Catalogue) WordJoin() string { return wordJoin.render(c, struct{}{}) }

// WordYes hands over.
func (c *Catalogue) WordYes() string { return wordYes.render(c, struct{}{}) }

// WordNo hands nothing over.
func (c *Catalogue) WordNo() string { return wordNo.render(c, struct{}{}) }

// WordSettled settles a ticket.
func (c *Catalogue) WordSettled() string { return wordSettled.render(c, struct{}{}) }

// WordOpen opens a ticket again.
func (c *Catalogue) WordOpen() string { return wordOpen.render(c, struct{}{}) }

// Why says in half a sentence why a format suits a kind of question (single,
// rule, many, discussion, values; another one reads like single).
func (c *Catalogue) Why(kind string) string {
	why, known := whys[kind]
	if !known {
		why = whys["single"]
	}
	return why.render(c, struct{}{})
}
