package prompts

import "time"

// Coffee is a LeanCoffee.
type Coffee struct {
	Topics  []CoffeeTopic // in the order in which they are talked about
	Now     CoffeeTopic   // talked about now
	First   bool          // and the first one
	Longer  bool          // and has been given more time
	Counted bool          // votes stand at the topics
	Until   time.Time     // when time is up, in the house's zone
	Notes   []string      // safe; of no topic
}

// CoffeeTopic is one topic. All texts are safe.
type CoffeeTopic struct {
	Number int
	Text   string
	Also   []string // the same in others' words
	Votes  int
	Talked bool // about
	Notes  []string
}

// CoffeeVotes are one person's.
type CoffeeVotes struct {
	Topics []int
	Left   int
}

var (
	sampleTopic  = CoffeeTopic{Number: 2, Text: "Protokolle mit KI", Also: []string{"KI im Protokoll"}, Votes: 3, Talked: true, Notes: []string{"Muster teilen"}}
	sampleCoffee = Coffee{Topics: []CoffeeTopic{sampleTopic, {Number: 1, Text: "Gute Prompts", Votes: 1}}, Now: sampleTopic, First: true, Counted: true,
		Until: sampleDay, Notes: []string{"Nächstes Mal mehr Zeit"}}
)

var (
	coffeeOpen       = declare("leancoffee/open", struct{}{})
	coffeeOpened     = declare("leancoffee/opened", struct{}{})
	coffeeWhere      = declare("leancoffee/where", struct{}{})
	coffeeRunning    = declare("leancoffee/running", struct{}{})
	coffeeTopic      = declare("leancoffee/topic", sampleTopic, CoffeeTopic{Number: 1, Text: "Gute Prompts"})
	coffeeTopicShown = declare("leancoffee/topic_shown", sampleTopic, CoffeeTopic{Number: 1, Text: "Gute Prompts"})
	coffeeBallot     = declare("leancoffee/ballot", sampleCoffee)
	coffeeVoted      = declare("leancoffee/voted", CoffeeVotes{Topics: []int{2, 2}, Left: 1}, CoffeeVotes{Topics: []int{1, 2, 5}}, CoffeeVotes{Left: 3})
	coffeeTalk       = declare("leancoffee/talk", sampleCoffee, Coffee{Topics: sampleCoffee.Topics, Now: sampleTopic, Counted: true, Longer: true, Until: sampleDay})
	coffeeDecide     = declare("leancoffee/decide", sampleCoffee)
	coffeeChosen     = declare("leancoffee/chosen", struct{}{})
	coffeeNoted      = declare("leancoffee/noted", struct{}{})
	coffeeMinutes    = declare("leancoffee/minutes", sampleCoffee, Coffee{})
	coffeeNoTopics   = declare("leancoffee/no_topics", struct{}{})
	coffeeFull       = declare("leancoffee/full", struct{}{})
	coffeeNoTopic    = declare("leancoffee/no_topic", struct{}{})
	coffeeNoVotes    = declare("leancoffee/no_votes", struct{}{})
	coffeeWords      = declare("leancoffee/words", struct{}{})
	coffeePhase      = declare("leancoffee/phase", struct{}{})
	coffeeNone       = declare("leancoffee/none", struct{}{})
	coffeeFailed     = declare("leancoffee/failed", struct{}{})
	coffeeWordBallot = declare("leancoffee/word_ballot", struct{}{})
	coffeeWordCount  = declare("leancoffee/word_count", struct{}{})
	coffeeWordNext   = declare("leancoffee/word_next", struct{}{})
	coffeeWordGoOn   = declare("leancoffee/word_go_on", struct{}{})
	coffeeWordEnd    = declare("leancoffee/word_end", struct{}{})
)

// CoffeeOpen opens a LeanCoffee and says how topics come in.
func (c *Catalogue) CoffeeOpen() string { return coffeeOpen.render(c, struct{}{}) }

// CoffeeOpened says to who called for one that it stands in the channel.
func (c *Catalogue) CoffeeOpened() string { return coffeeOpened.render(c, struct{}{}) }

// CoffeeWhere says that one is held in a channel.
func (c *Catalogue) CoffeeWhere() string { return coffeeWhere.render(c, struct{}{}) }

// CoffeeRunning says that the channel has one.
func (c *Catalogue) CoffeeRunning() string { return coffeeRunning.render(c, struct{}{}) }

// CoffeeTopic tells who brought a topic its number.
func (c *Catalogue) CoffeeTopic(d CoffeeTopic) string { return coffeeTopic.render(c, d) }

// CoffeeTopicShown shows a topic that came without a name.
func (c *Catalogue) CoffeeTopicShown(d CoffeeTopic) string { return coffeeTopicShown.render(c, d) }

// CoffeeBallot shows all topics to be voted on.
func (c *Catalogue) CoffeeBallot(d Coffee) string { return coffeeBallot.render(c, d) }

// CoffeeVoted tells a person their votes.
func (c *Catalogue) CoffeeVoted(d CoffeeVotes) string { return coffeeVoted.render(c, d) }

// CoffeeTalk says what is talked about now, after the first count with all votes.
func (c *Catalogue) CoffeeTalk(d Coffee) string { return coffeeTalk.render(c, d) }

// CoffeeDecide asks whether to go on.
func (c *Catalogue) CoffeeDecide(d Coffee) string { return coffeeDecide.render(c, d) }

// CoffeeChosen tells a person that their word counts.
func (c *Catalogue) CoffeeChosen() string { return coffeeChosen.render(c, struct{}{}) }

// CoffeeNoted says that a note is kept.
func (c *Catalogue) CoffeeNoted() string { return coffeeNoted.render(c, struct{}{}) }

// CoffeeMinutes are the minutes.
func (c *Catalogue) CoffeeMinutes(d Coffee) string { return coffeeMinutes.render(c, d) }

// CoffeeNoTopics says that there is nothing to vote on.
func (c *Catalogue) CoffeeNoTopics() string { return coffeeNoTopics.render(c, struct{}{}) }

// CoffeeFull says that there are topics enough.
func (c *Catalogue) CoffeeFull() string { return coffeeFull.render(c, struct{}{}) }

// CoffeeNoTopic says that a number is no topic's.
func (c *Catalogue) CoffeeNoTopic() string { return coffeeNoTopic.render(c, struct{}{}) }

// CoffeeNoVotes says that all votes are given.
func (c *Catalogue) CoffeeNoVotes() string { return coffeeNoVotes.render(c, struct{}{}) }

// CoffeeWords says that words are missing, or too many.
func (c *Catalogue) CoffeeWords() string { return coffeeWords.render(c, struct{}{}) }

// CoffeePhase says that this is not the time for it.
func (c *Catalogue) CoffeePhase() string { return coffeePhase.render(c, struct{}{}) }

// CoffeeNone says that none is held where the person takes part.
func (c *Catalogue) CoffeeNone() string { return coffeeNone.render(c, struct{}{}) }

// CoffeeFailed says that the clock has stopped.
func (c *Catalogue) CoffeeFailed() string { return coffeeFailed.render(c, struct{}{}) }

// CoffeeWordBallot and the others are labels of buttons.
func (c *Catalogue) CoffeeWordBallot() string { return coffeeWordBallot.render(c, struct{}{}) }

// CoffeeWordCount is a label.
func (c *Catalogue) CoffeeWordCount() string { return coffeeWordCount.render(c, struct{}{}) }

// CoffeeWordNext is a label.
func (c *Catalogue) CoffeeWordNext() string { return coffeeWordNext.render(c, struct{}{}) }

// CoffeeWordGoOn is a label.
func (c *Catalogue) CoffeeWordGoOn() string { return coffeeWordGoOn.render(c, struct{}{}) }

// CoffeeWordEnd is a label.
func (c *Catalogue) CoffeeWordEnd() string { return coffeeWordEnd.render(c, struct{}{}) }
