package prompts

// Channel is how the bot acts in a channel.
type Channel struct {
	Bot  string // user name
	Mode string // off, mentions, threads, private, review
}

// Added says where the bot was added.
type Added struct {
	Bot    string
	Guests bool // read along
	People bool
}

// Review is a question whose answer is to be looked at. All texts are safe.
type Review struct{ Channel, Question string }

var channelModes = []string{"off", "mentions", "threads", "private", "review"}

var (
	channelAdded    = declare("channel/added", Added{Bot: "sprechstunde", People: true}, Added{Bot: "sprechstunde", Guests: true})
	channelShown    = declare("channel/shown", modes()...)
	channelSet      = declare("channel/set", modes()...)
	channelRefused  = declare("channel/refused", modes()...)
	channelNone     = declare("channel/none", struct{}{})
	channelOff      = declare("channel/off", struct{}{})
	channelReview   = declare("channel/review", Review{Channel: "allgemein", Question: "Darf ich Protokolle mit KI schreiben?"})
	channelReviewed = declare("channel/reviewed", struct{}{})
	channelWithheld = declare("channel/withheld", Where{People: true}, Where{})
	channelDone     = declare("channel/done", struct{}{})
	channelKept     = declare("channel/kept", struct{}{})
	wordPublish     = declare("channel/word_publish", struct{}{})
	wordWithhold    = declare("channel/word_withhold", struct{}{})
)

func modes() (all []Channel) {
	for _, mode := range channelModes {
		all = append(all, Channel{Bot: "sprechstunde", Mode: mode})
	}
	return all
}

// ChannelAdded introduces the bot in a channel that it was added to.
func (c *Catalogue) ChannelAdded(d Added) string { return channelAdded.render(c, d) }

// ChannelShown says how the bot acts in a channel, and how that is changed.
func (c *Catalogue) ChannelShown(d Channel) string { return channelShown.render(c, d) }

// ChannelSet says how the bot acts from now on.
func (c *Catalogue) ChannelSet(d Channel) string { return channelSet.render(c, d) }

// ChannelRefused says that only the channel's admins change that.
func (c *Catalogue) ChannelRefused(d Channel) string { return channelRefused.render(c, d) }

// ChannelNone says that there is no channel whose mode could be meant.
func (c *Catalogue) ChannelNone() string { return channelNone.render(c, struct{}{}) }

// ChannelOff says by direct message that the bot is silent in a channel.
func (c *Catalogue) ChannelOff() string { return channelOff.render(c, struct{}{}) }

// ChannelReview stands above an answer that is to be looked at.
func (c *Catalogue) ChannelReview(d Review) string { return channelReview.render(c, d) }

// ChannelReviewed says in the channel that an answer is looked at first.
func (c *Catalogue) ChannelReviewed() string { return channelReviewed.render(c, struct{}{}) }

// ChannelWithheld says in the channel that there will be no answer.
func (c *Catalogue) ChannelWithheld(d Where) string { return channelWithheld.render(c, d) }

// ChannelDone confirms to who looked at an answer that it stands in the channel.
func (c *Catalogue) ChannelDone() string { return channelDone.render(c, struct{}{}) }

// ChannelKept confirms that it does not.
func (c *Catalogue) ChannelKept() string { return channelKept.render(c, struct{}{}) }

// WordPublish is the button that puts an answer into its channel.
func (c *Catalogue) WordPublish() string { return wordPublish.render(c, struct{}{}) }

// WordWithhold is the one that does not.
func (c *Catalogue) WordWithhold() string { return wordWithhold.render(c, struct{}{}) }
