package prompts

import "time"

// Step is what happened to a ticket, for its askers (texts wayback/…) and its hosts
// (hosts/…). Text and Question are safe block quotes, names are safe lines.
type Step struct {
	Number   int64  // under which the reader knows it
	Other    int64  // the ticket that it is merged into
	State    string // see TicketState
	Text     string // of a person: the answer, the question back, the reason
	Question string // what the reader had asked; empty: not kept any more
	Added    string // what the reader has written to it last, as Question is
	Who      string // the host, as the house shows one; empty: somebody of them
	Own      bool   // the reader is that host
	Host     string // user name of whom to mention; empty: nobody
	Format   string // empty: none meets any more
	At       time.Time
	Place    string
	Item     int // place on the agenda, from 1; 0: none
	Askers   int // how many hear of it

	AskBack    bool          // it is a question, no answer
	Supplement bool          // the reader has said that it was settled
	Reopened   bool          // it waits for an answer again
	Cancelled  bool          // its session is not held when it was to be
	Moved      bool          // it is held at another time
	InChannel  bool          // the reader asked in a channel
	Soon       bool          // within the hour, not tomorrow
	Word       string        // of a host, that lacks its "!"
	Refused    []RefusedFile // files that do not go along
}

// RefusedFile is a file that is not handed on.
type RefusedFile struct {
	Number int    // among those of its message, from 1
	Name   string // safe, as its sender calls it; empty: not known
	Reason string // many, large, empty, program, archive, active, locked, unknown, broken, gone, off
}

// Item is one ticket of a list for hosts.
type Item struct {
	Number int64
	State  string
	Short  string // the question as one safe line
	Since  time.Time
	At     time.Time // of its session; zero: none
	Who    string    // who has taken it
	Votes  string    // how many ask it, as it may be said; empty: one
	Pinned bool
	Draft  string // safe: what the documents say
	Answer string // safe: what a host has answered
}

// Items is a list of tickets for hosts.
type Items struct {
	Items  []Item
	More   int    // that are not listed
	Host   string // user name of whom to mention; empty: nobody
	Format string // of an agenda
	At     time.Time
	Place  string
}

// MergeChoice is what a ticket can be merged with.
type MergeChoice struct {
	Number int64
	Others []Item
}

// MoveChoice is where a ticket can go.
type MoveChoice struct {
	Number int64
	Dates  []MoveDate
}

// MoveDate is one session that a word names.
type MoveDate struct {
	Word   string
	Format string
	At     time.Time
}

var (
	sampleStep = Step{
		Number: 12, Other: 9, State: "answered", Text: "> Ja, wenn Sie es **kennzeichnen**.", Question: "> Darf ich Protokolle mit KI schreiben?",
		Who: "Heide Beispiel", Host: "heide.host", Format: "Offene KI-Sprechstunde", At: sampleDay, Place: "Raum 4.11", Item: 3, Askers: 1,
	}
	sampleRefused = refusedFor("many", "large", "empty", "program", "archive", "active", "locked", "unknown", "broken", "gone", "off")
	bareStep      = Step{Number: 12, State: "withdrawn"}
	askBackStep   = Step{Number: 12, Text: "> Um wie viele geht es?", Question: "> Darf ich das?", AskBack: true, Reopened: true, Added: "> Es geht um Chöre.", Refused: sampleRefused, Askers: 3, Soon: true, InChannel: true, Cancelled: true, At: sampleDay, Format: "LeanCoffee"}
	supplement    = Step{Number: 12, Text: "> Auch im Ausland.", Supplement: true, InChannel: true, Askers: 7, Own: true, Who: "Heide", State: "claimed"}
	sampleItems   = Items{Items: []Item{{Number: 12, State: "claimed", Short: "Darf ich Protokolle mit KI schreiben?", Since: sampleDay.AddDate(0, 0, -9), At: sampleDay, Who: "Heide", Votes: "mehrere", Pinned: true, Draft: "Ja, mit Hinweis (DA KI, Nr. 3).", Answer: "Ja."}, {Number: 14, State: "answered", Short: "Wie lange?", Since: sampleDay}, {Number: 15, State: "settled", Short: "Und nun?", Since: sampleDay}}, More: 3, Host: "heide.host", Format: "Offene KI-Sprechstunde", At: sampleDay, Place: "Raum 4.11"}
	noItems       = Items{Format: "Offene KI-Sprechstunde", At: sampleDay}
	sampleOthers  = MergeChoice{Number: 12, Others: []Item{{Number: 9, Short: "Darf ich Protokolle schreiben?"}}}
	sampleDates   = MoveChoice{Number: 12, Dates: []MoveDate{{Word: "12.03.", Format: "Offene KI-Sprechstunde", At: sampleDay}}}
)

// steps are the texts about one step of a ticket, by name.
var steps = func() map[string]text[Step] {
	all := map[string]text[Step]{}
	for _, name := range []string{
		"wayback/claimed", "wayback/given_back", "wayback/answer", "wayback/askback", "wayback/corrected", "wayback/retracted", "wayback/closed",
		"wayback/merged", "wayback/moved", "wayback/waiting", "wayback/reminder", "wayback/remind_on", "wayback/remind_off",
		"hosts/claimed", "hosts/taken", "hosts/given_back", "hosts/not_taken", "hosts/closed_already", "hosts/no_step", "hosts/merged_already", "hosts/nowhere",
		"hosts/merge_unknown", "hosts/merged", "hosts/merged_here", "hosts/moved", "hosts/closed", "hosts/close_how", "hosts/answered", "hosts/answer_how",
		"hosts/ask_empty", "hosts/slip", "hosts/to_asker", "hosts/unknown_word", "hosts/help", "hosts/corrected", "hosts/retracted", "hosts/correct_empty", "hosts/waiting", "hosts/postponed", "hosts/pinned",
		"hosts/agenda_none", "hosts/practice", "hosts/practice_text",
		"hosts/word_claim", "hosts/word_answer", "hosts/word_merge", "hosts/word_move", "hosts/word_give_back", "hosts/word_close", "hosts/word_answer_again",
		"hosts/not_host", "hosts/shown", "hosts/field_text", "hosts/field_ask", "hosts/field_into", "hosts/field_session", "hosts/word_send",
		"wayback/word_remind", "wayback/in_channel", "wayback/to_channel", "wayback/to_channel_not", "wayback/word_to_channel", "wayback/files_only",
		"wayback/approved", "wayback/review", "hosts/word_knowledge",
	} {
		all[name] = declare(name, sampleStep, bareStep, askBackStep, supplement)
	}
	return all
}()

var (
	hostsOpen            = declare("hosts/open", sampleItems, noItems)
	hostsDaily           = declare("hosts/daily", sampleItems, noItems)
	hostsAgenda          = declare("hosts/agenda", sampleItems, noItems)
	hostsMinutes         = declare("hosts/minutes", sampleItems, noItems)
	hostsMinutesFile     = declare("hosts/minutes_file", sampleItems)
	hostsMinutesDocument = declare("hosts/minutes_document", sampleItems)
	hostsMergeHow        = declare("hosts/merge_how", sampleOthers, MergeChoice{Number: 12})
	hostsMoveHow         = declare("hosts/move_how", sampleDates, MoveChoice{Number: 12})
)

func refusedFor(reasons ...string) (all []RefusedFile) {
	for i, reason := range reasons {
		all = append(all, RefusedFile{Number: i + 1, Name: "datei.xyz", Reason: reason})
	}
	return all
}

// FilesRefused names the files that do not go along, to their sender.
func (c *Catalogue) FilesRefused(d []RefusedFile) string {
	if len(d) == 0 {
		return ""
	}
	return filesRefused.render(c, Files{d})
}

// Files are those of one message that do not go along.
type Files struct{ Refused []RefusedFile }

var filesRefused = declare("handover/files_refused", Files{sampleRefused}, Files{[]RefusedFile{{Number: 2, Reason: "gone"}}})

// Tells renders a text about a step of a ticket to those who asked: claimed,
// given_back, answer, askback, corrected, retracted, closed, merged, moved, waiting,
// reminder, remind_on, remind_off, word_remind. Another name is empty.
func (c *Catalogue) Tells(name string, d Step) string { return c.step("wayback/"+name, d) }

// Hosts renders a text for hosts about a ticket: the names of texts/hosts whose data
// is a Step. Another name is empty.
func (c *Catalogue) Hosts(name string, d Step) string { return c.step("hosts/"+name, d) }

func (c *Catalogue) step(name string, d Step) string {
	t, known := steps[name]
	if !known {
		return ""
	}
	return t.render(c, d)
}

// HostsOpen lists what waits.
func (c *Catalogue) HostsOpen(d Items) string { return hostsOpen.render(c, d) }

// HostsDaily lists it in the morning.
func (c *Catalogue) HostsDaily(d Items) string { return hostsDaily.render(c, d) }

// HostsAgenda is what a session is about.
func (c *Catalogue) HostsAgenda(d Items) string { return hostsAgenda.render(c, d) }

// HostsMinutes is a draft of what came out of it.
func (c *Catalogue) HostsMinutes(d Items) string { return hostsMinutes.render(c, d) }

// HostsMinutesFile says what the document of the minutes is for.
func (c *Catalogue) HostsMinutesFile(d Items) string { return hostsMinutesFile.render(c, d) }

// HostsMinutesDocument is the minutes as a document.
func (c *Catalogue) HostsMinutesDocument(d Items) string { return hostsMinutesDocument.render(c, d) }

// HostsMergeHow asks with which ticket another is to be merged.
func (c *Catalogue) HostsMergeHow(d MergeChoice) string { return hostsMergeHow.render(c, d) }

// HostsMoveHow asks where a ticket is to go.
func (c *Catalogue) HostsMoveHow(d MoveChoice) string { return hostsMoveHow.render(c, d) }
