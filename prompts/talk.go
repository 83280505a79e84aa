package prompts

// Where says what the house has: whether there are people whom a question can go to.
type Where struct{ People bool }

// KeptAsks is what is asked of what is kept of people. Empty: what it is.
type KeptAsks string

// What else may be.
const (
	KeptDays    KeptAsks = "days" // for how long
	KeptReaders KeptAsks = "readers"
	KeptName    KeptAsks = "name" // who learns who asked
	KeptUse     KeptAsks = "use"  // what is made of it
)

// Kept is what is said of what is kept of people.
type Kept struct {
	Asks    KeptAsks
	People  bool
	Days    int
	Channel bool // asked in a channel
}

// Offer is the last question, to be brought to people.
type Offer struct {
	People   bool
	Question string // safe, short; empty: there is none
}

// OnceMore is a short word that is to be said twice in a row: by its outcome.
type OnceMore struct {
	Said   string
	People bool
}

// Documents are documents found by their titles.
type Documents struct{ Sources []string }

// Forms are forms to fill in, safe, each with where it stands.
type Forms struct {
	Lines []string
	Named bool // by a document that is not the form itself
}

var (
	talkGreeting      = declare("talk/greeting", struct{}{})
	talkSmallTalk     = declare("talk/smalltalk", struct{}{})
	talkWelcome       = declare("talk/welcome", Where{People: true}, Where{})
	talkFirst         = declare("talk/first", struct{}{})
	talkIdentity      = declare("talk/identity", Where{People: true}, Where{})
	talkCapabilities  = declare("talk/capabilities", Where{People: true}, Where{})
	talkCommands      = declare("talk/commands", Where{People: true}, Where{})
	talkBye           = declare("talk/bye", struct{}{})
	talkOK            = declare("talk/ok", struct{}{})
	talkAnnounce      = declare("talk/announce", struct{}{})
	talkTest          = declare("talk/test", struct{}{})
	talkInsult        = declare("talk/insult", Where{People: true}, Where{})
	talkStillThere    = declare("talk/still_there", struct{}{})
	talkLanguage      = declare("talk/language", Where{People: true}, Where{})
	talkTask          = declare("talk/task", struct{}{})
	talkAboutBot      = declare("talk/about", struct{}{})
	talkGlad          = declare("talk/glad", struct{}{})
	talkFine          = declare("talk/fine", struct{}{})
	talkUnclear       = declare("talk/unclear", struct{}{})
	talkTrace         = declare("talk/trace", struct{}{})
	talkOverheard     = declare("talk/overheard", struct{}{})
	talkNotMeant      = declare("talk/not_meant", struct{}{})
	talkWrong         = declare("talk/wrong", Offer{People: true, Question: "Darf ich Protokolle mit KI schreiben?"}, Offer{})
	talkOutdated      = declare("talk/outdated", Offer{People: true, Question: "Darf ich Protokolle mit KI schreiben?"}, Offer{})
	talkAnswerTooLong = declare("talk/too_long", struct{}{})
	talkSimpler       = declare("talk/simpler", struct{}{})
	talkNotSimpler    = declare("talk/not_simpler", struct{}{})
	talkMoment        = declare("talk/moment", struct{}{})
	talkPrivacy       = declare("talk/privacy", Kept{People: true, Days: 30}, Kept{Days: 30}, Kept{Asks: KeptDays, People: true, Days: 30}, Kept{Asks: KeptReaders, People: true},
		Kept{Asks: KeptReaders, Channel: true}, Kept{Asks: KeptName, People: true}, Kept{Asks: KeptName}, Kept{Asks: KeptUse})
	talkOffer    = declare("talk/offer", Offer{People: true, Question: "Darf ich Protokolle mit KI schreiben?"}, Offer{})
	talkDocument = declare("talk/document", Documents{Sources: []string{"Dienstanweisung KI (DA 07/2026) · zuständig: Zentrum für Automation"}},
		Documents{Sources: []string{"Merkblatt A", "Merkblatt B"}})
	talkForms = declare("talk/forms", Forms{Lines: []string{"**Formular F-210** · Dienstanweisung Freigabe, Abschnitt 2"}, Named: true},
		Forms{Lines: []string{"Formular A", "Formular B"}})
	talkNoForm    = declare("talk/no_form", Where{People: true}, Where{})
	talkWhichForm = declare("talk/which_form", struct{}{})
	talkUnknown   = declare("talk/unknown_word", struct{}{})
	talkDiscreet  = declare("talk/discreet", struct{}{})
	talkOnceMore  = declare("talk/once_more", OnceMore{Said: "greeting"}, OnceMore{Said: "small talk"}, OnceMore{Said: "insult", People: true}, OnceMore{Said: "insult"}, OnceMore{Said: "ok"},
		OnceMore{Said: "thanks"}, OnceMore{Said: "task"}, OnceMore{Said: "test"}, OnceMore{Said: "announced"}, OnceMore{Said: "bye"}, OnceMore{Said: "took back"}, OnceMore{})
)

// Greeting greets, with two questions as examples.
func (c *Catalogue) Greeting() string { return talkGreeting.render(c, struct{}{}) }

// SmallTalk answers talk about nothing.
func (c *Catalogue) SmallTalk() string { return talkSmallTalk.render(c, struct{}{}) }

// Welcome greets who writes for the first time, and says what to do.
func (c *Catalogue) Welcome(d Where) string { return talkWelcome.render(c, d) }

// First stands below an answer to who writes for the first time.
func (c *Catalogue) First() string { return talkFirst.render(c, struct{}{}) }

// Identity says what the program is.
func (c *Catalogue) Identity(d Where) string { return talkIdentity.render(c, d) }

// Capabilities says what it can do.
func (c *Catalogue) Capabilities(d Where) string { return talkCapabilities.render(c, d) }

// Commands are the words behind the slash command.
func (c *Catalogue) Commands(d Where) string { return talkCommands.render(c, d) }

// Bye takes leave.
func (c *Catalogue) Bye() string { return talkBye.render(c, struct{}{}) }

// OK answers somebody who has taken note.
func (c *Catalogue) OK() string { return talkOK.render(c, struct{}{}) }

// Announce asks for the question that was announced.
func (c *Catalogue) Announce() string { return talkAnnounce.render(c, struct{}{}) }

// Test answers a test.
func (c *Catalogue) Test() string { return talkTest.render(c, struct{}{}) }

// StillThere answers who plays down what was led to people.
func (c *Catalogue) StillThere() string { return talkStillThere.render(c, struct{}{}) }

// Discreet answers who asks who learns of what was led to people.
func (c *Catalogue) Discreet() string { return talkDiscreet.render(c, struct{}{}) }

// OnceMore is what is said in the place of a short word that was just said; empty: there
// is none.
func (c *Catalogue) OnceMore(d OnceMore) string { return talkOnceMore.render(c, d) }

// Insult answers an insult calmly.
func (c *Catalogue) Insult(d Where) string { return talkInsult.render(c, d) }

// Language says in German that documents are German and how to reach people; see
// Languages.
func (c *Catalogue) Language(d Where) string { return talkLanguage.render(c, d) }

// Task says that it cannot do what it is asked to do.
func (c *Catalogue) Task() string { return talkTask.render(c, struct{}{}) }

// AboutBot answers where others speak of the program.
func (c *Catalogue) AboutBot() string { return talkAboutBot.render(c, struct{}{}) }

// Glad answers a yes to the question whether it helped.
func (c *Catalogue) Glad() string { return talkGlad.render(c, struct{}{}) }

// Fine answers a no to an offer.
func (c *Catalogue) Fine() string { return talkFine.render(c, struct{}{}) }

// Unclear asks for the answer that a preview waits for.
func (c *Catalogue) Unclear() string { return talkUnclear.render(c, struct{}{}) }

// Trace says in a channel that a direct message was written.
func (c *Catalogue) Trace() string { return talkTrace.render(c, struct{}{}) }

// Overheard stands above what is told alone because a channel can be read by others.
func (c *Catalogue) Overheard() string { return talkOverheard.render(c, struct{}{}) }

// NotMeant answers that the question was another one.
func (c *Catalogue) NotMeant() string { return talkNotMeant.render(c, struct{}{}) }

// Wrong answers that something is wrong.
func (c *Catalogue) Wrong(d Offer) string { return talkWrong.render(c, d) }

// Outdated answers that something is out of date.
func (c *Catalogue) Outdated(d Offer) string { return talkOutdated.render(c, d) }

// AnswerTooLong answers that an answer was too long.
func (c *Catalogue) AnswerTooLong() string { return talkAnswerTooLong.render(c, struct{}{}) }

// NotSimpler says that a model found no simpler words that its documents carry.
func (c *Catalogue) NotSimpler() string { return talkNotSimpler.render(c, struct{}{}) }

// Moment says that a model takes its time for the words of an answer.
func (c *Catalogue) Moment() string { return talkMoment.render(c, struct{}{}) }

// Simpler answers the wish for simpler words.
func (c *Catalogue) Simpler() string { return talkSimpler.render(c, struct{}{}) }

// Privacy says of what is kept of people what was asked.
func (c *Catalogue) Privacy(d Kept) string { return talkPrivacy.render(c, d) }

// Offer offers to bring the last question to people.
func (c *Catalogue) Offer(d Offer) string { return talkOffer.render(c, d) }

// Documents shows documents found by their titles.
func (c *Catalogue) Documents(d Documents) string { return talkDocument.render(c, d) }

// Forms names forms.
func (c *Catalogue) Forms(d Forms) string { return talkForms.render(c, d) }

// NoForm says that no form was found.
func (c *Catalogue) NoForm(d Where) string { return talkNoForm.render(c, d) }

// WhichForm asks what a form is wanted for.
func (c *Catalogue) WhichForm() string { return talkWhichForm.render(c, struct{}{}) }

// UnknownWord answers a command of one word that no document has.
func (c *Catalogue) UnknownWord() string { return talkUnknown.render(c, struct{}{}) }
