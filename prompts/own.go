package prompts

// Own counts what is kept of a person.
type Own struct {
	Questions, Replies, Handovers, Tickets, Answers, Votes int

	Approved  int  // answers of the house that the person has written, approved or looks after
	Coffee    bool // votes in a LeanCoffee that runs
	Channels  int  // whose answers the person looks at first
	Reminders int
}

// Topics are what a person may ask about. Collections are safe Markdown.
type Topics struct {
	Collections []string
	People      bool
}

var sampleOwnData = []Own{{Questions: 12, Replies: 9, Handovers: 2, Tickets: 1, Votes: 3, Coffee: true, Reminders: 1}, {Questions: 1, Answers: 2, Approved: 1, Channels: 2}}

var (
	ownData    = declare("own/data", sampleOwnData...)
	ownDataOff = declare("own/off", struct{}{})
	forgetAsk  = declare("own/forget_ask", struct{}{})
	forgotten  = declare("own/forgotten", sampleOwnData...)
	wordForget = declare("own/word_forget", struct{}{})
	topics     = declare("own/topics", Topics{Collections: []string{"Leitlinien", "Personal"}, People: true}, Topics{})

	wordShare    = declare("own/word_share", struct{}{})
	shared       = declare("own/shared", struct{}{})
	shareDone    = declare("own/share_done", struct{}{})
	shareRefused = declare("own/share_refused", struct{}{})
	shareNowhere = declare("own/share_nowhere", struct{}{})
)

// OwnData comes with the file of what is kept of a person.
func (c *Catalogue) OwnData(d Own) string { return ownData.render(c, d) }

// OwnDataOff says that neither can be done here.
func (c *Catalogue) OwnDataOff() string { return ownDataOff.render(c, struct{}{}) }

// ForgetAsk asks whether a person is to be forgotten.
func (c *Catalogue) ForgetAsk() string { return forgetAsk.render(c, struct{}{}) }

// Forgotten says what goes and what stays.
func (c *Catalogue) Forgotten(d Own) string { return forgotten.render(c, d) }

// WordForget is the button for yes.
func (c *Catalogue) WordForget() string { return wordForget.render(c, struct{}{}) }

// Topics says what can be asked about.
func (c *Catalogue) Topics(d Topics) string { return topics.render(c, d) }

// WordShare is the button that shows a command's answer in its channel.
func (c *Catalogue) WordShare() string { return wordShare.render(c, struct{}{}) }

// Shared stands above an answer that was shared.
func (c *Catalogue) Shared() string { return shared.render(c, struct{}{}) }

// ShareDone says that it was.
func (c *Catalogue) ShareDone() string { return shareDone.render(c, struct{}{}) }

// ShareRefused says that not everybody in the channel may read it.
func (c *Catalogue) ShareRefused() string { return shareRefused.render(c, struct{}{}) }

// ShareNowhere says that the bot is not in the channel.
func (c *Catalogue) ShareNowhere() string { return shareNowhere.render(c, struct{}{}) }
