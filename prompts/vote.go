package prompts

// Report tells an owner that something was said to be wrong. Title and Place are
// safe Markdown, Passage is set as a block quote; Answer is what the bot had said, or
// empty where the owner may not read all of it.
type Report struct {
	Title, Place, Passage, Answer string
	Wrong, Outdated               bool // both: it was not said which
	Number                        int64
}

var (
	wordHelpful   = declare("vote/word_helpful", struct{}{})
	wordUnhelpful = declare("vote/word_unhelpful", struct{}{})
	wordMore      = declare("vote/word_more", struct{}{})
	wordSimpler   = declare("vote/word_simpler", struct{}{})
	wordAgain     = declare("vote/word_again", struct{}{})
	againNotYours = declare("vote/again_not_yours", struct{}{})
	wordSend      = declare("vote/word_send", struct{}{})
	voteHelpful   = declare("vote/helpful", struct{}{})
	voteUnhelpful = declare("vote/unhelpful", struct{}{})
	voteReason    = declare("vote/reason", struct{}{})
	voteNothing   = declare("vote/nothing", struct{}{})
	voteNobody    = declare("vote/nobody", struct{}{})
	voteReported  = declare("vote/reported", struct{}{})
	voteReport    = declare("vote/report", Report{
		Title: "KI-Leitlinie", Place: "Abschnitt 3.2", Passage: "> Protokolle dürfen mit KI entworfen werden.", Answer: "> **Protokolle dürfen mit KI entworfen werden.**", Number: 12,
	}, Report{Title: "KI-Leitlinie", Passage: "> Protokolle.", Outdated: true, Number: 12}, Report{Title: "KI-Leitlinie", Passage: "> Protokolle.", Wrong: true, Outdated: true, Number: 12})
	voteWhy         = declare("vote/why", struct{}{})
	voteFieldReason = declare("vote/field_reason", struct{}{})
	voteFieldTell   = declare("vote/field_tell", struct{}{})
	voteTellHelp    = declare("vote/tell_help", struct{}{})
	voteReasons     = map[string]text[struct{}]{
		"wrong":    declare("vote/reason_wrong", struct{}{}),
		"outdated": declare("vote/reason_outdated", struct{}{}),
		"source":   declare("vote/reason_source", struct{}{}),
		"brief":    declare("vote/reason_brief", struct{}{}),
		"other":    declare("vote/reason_other", struct{}{}),
	}
)

// WordHelpful is the button that says that an answer helped; its words count, too.
func (c *Catalogue) WordHelpful() string { return wordHelpful.render(c, struct{}{}) }

// WordUnhelpful is the button that says that it did not.
func (c *Catalogue) WordUnhelpful() string { return wordUnhelpful.render(c, struct{}{}) }

// WordMore is the button that shows further passages.
func (c *Catalogue) WordMore() string { return wordMore.render(c, struct{}{}) }

// WordSimpler is the button that says an answer in simpler words.
func (c *Catalogue) WordSimpler() string { return wordSimpler.render(c, struct{}{}) }

// WordAgain is the button that has a question answered anew.
func (c *Catalogue) WordAgain() string { return wordAgain.render(c, struct{}{}) }

// AgainNotYours says that only who asked may have that.
func (c *Catalogue) AgainNotYours() string { return againNotYours.render(c, struct{}{}) }

// WordSend sends a dialog off.
func (c *Catalogue) WordSend() string { return wordSend.render(c, struct{}{}) }

// VoteHelpful thanks for a good vote.
func (c *Catalogue) VoteHelpful() string { return voteHelpful.render(c, struct{}{}) }

// VoteUnhelpful thanks for a bad one and asks why, in words.
func (c *Catalogue) VoteUnhelpful() string { return voteUnhelpful.render(c, struct{}{}) }

// VoteReason thanks for the reason of a bad one.
func (c *Catalogue) VoteReason() string { return voteReason.render(c, struct{}{}) }

// VoteNothing says that there is no answer that a vote could be on.
func (c *Catalogue) VoteNothing() string { return voteNothing.render(c, struct{}{}) }

// VoteNobody says that there is nobody to tell what was said of a document.
func (c *Catalogue) VoteNobody() string { return voteNobody.render(c, struct{}{}) }

// VoteReported says that owners were told.
func (c *Catalogue) VoteReported() string { return voteReported.render(c, struct{}{}) }

// VoteReport tells an owner.
func (c *Catalogue) VoteReport(d Report) string { return voteReport.render(c, d) }

// VoteWhy stands above the dialog that asks for a reason.
func (c *Catalogue) VoteWhy() string { return voteWhy.render(c, struct{}{}) }

// VoteFieldReason is the label of the reasons, at most 24 bytes.
func (c *Catalogue) VoteFieldReason() string { return voteFieldReason.render(c, struct{}{}) }

// VoteFieldTell is the label of the box that has owners told, at most 24 bytes.
func (c *Catalogue) VoteFieldTell() string { return voteFieldTell.render(c, struct{}{}) }

// VoteTellHelp explains that box.
func (c *Catalogue) VoteTellHelp() string { return voteTellHelp.render(c, struct{}{}) }

// VoteReasonWord names a reason (wrong, outdated, source, brief; any else: other).
func (c *Catalogue) VoteReasonWord(reason string) string {
	word, known := voteReasons[reason]
	if !known {
		word = voteReasons["other"]
	}
	return word.render(c, struct{}{})
}
