package leancoffee

import (
	"strconv"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
	"lvr.example/sprechstunde/retrieval/german"
)

// stands tells where one stands, below its opening post. What earlier posts offer is
// over: its buttons are those that count.
func (r *Room) stands(c officehours.Coffee) inbox.Draft {
	text := r.text(c)
	var d inbox.Draft
	switch c.Phase {
	case officehours.Voting:
		d = r.below(c, r.cfg.Texts.CoffeeBallot(text))
		var buttons []inbox.Button
		for _, t := range c.Topics {
			b := r.button(strconv.Itoa(t.Number), inbox.CoffeeVote, c)
			b.Subject.Topic = t.Number
			buttons = append(buttons, b)
		}
		r.buttons(&d, append(buttons, r.button(r.cfg.Texts.CoffeeWordCount(), inbox.CoffeeCount, c), r.end(c))...)
	case officehours.Talking:
		d = r.below(c, r.cfg.Texts.CoffeeTalk(text))
		r.buttons(&d, r.button(r.cfg.Texts.CoffeeWordNext(), inbox.CoffeeNext, c), r.end(c))
	case officehours.Deciding:
		d = r.below(c, r.cfg.Texts.CoffeeDecide(text))
		r.buttons(&d, r.button(r.cfg.Texts.CoffeeWordGoOn(), inbox.CoffeeGoOn, c), r.button(r.cfg.Texts.CoffeeWordNext(), inbox.CoffeeNext, c), r.end(c))
	default:
		d = r.below(c, r.cfg.Texts.CoffeeMinutes(text))
	}
	d.Moot = []inbox.Choice{{Subject: inbox.Subject{Coffee: c.ID}}}
	return d
}

// text is what texts say of one: its topics in their order, the present one, and
// when time is up. Of the votes that are not counted it says nothing.
func (r *Room) text(c officehours.Coffee) prompts.Coffee {
	text := prompts.Coffee{Until: c.Until.In(r.cfg.Zone), Counted: c.Talked > 0}
	if now, ok := c.Topic(); ok {
		text.Now = topicText(now)
		text.First, text.Longer = c.Talked == 1 && !c.Longer, c.Longer
	}
	for i, t := range c.Topics {
		topic := topicText(t)
		topic.Talked = i < c.Talked
		for _, n := range c.Notes {
			if n.Topic == t.Number {
				topic.Notes = append(topic.Notes, answer.Safe(n.Text))
			}
		}
		text.Topics = append(text.Topics, topic)
	}
	for _, n := range c.Notes {
		if n.Topic == 0 {
			text.Notes = append(text.Notes, answer.Safe(n.Text))
		}
	}
	return text
}

func topicText(t officehours.CoffeeTopic) prompts.CoffeeTopic {
	text := prompts.CoffeeTopic{Number: t.Number, Votes: t.Votes}
	for i, words := range t.Texts {
		if i == 0 {
			text.Text = answer.Safe(words)
			continue
		}
		text.Also = append(text.Also, answer.Safe(words))
	}
	return text
}

// says is a short word below the message.
func (r *Room) says(m chat.Message, text string) inbox.Reply {
	d := m.Here(text)
	d.Machine = true
	return inbox.Reply{Outcome: "coffee", Lasting: true, Drafts: []inbox.Draft{d}}
}

func (r *Room) below(c officehours.Coffee, text string) inbox.Draft {
	return inbox.Draft{ChannelID: c.ChannelID, RootID: c.RootID, Text: text, Machine: true}
}

// buttons are put under a draft in a house that has any.
func (r *Room) buttons(d *inbox.Draft, buttons ...inbox.Button) {
	if r.cfg.Buttons {
		d.Buttons = buttons
	}
}

// button stays until the next post takes its place: a press may be refused, or be one
// voice of many.
func (r *Room) button(label string, a inbox.Action, c officehours.Coffee) inbox.Button {
	return inbox.Button{Label: label, Action: a, Subject: inbox.Subject{Coffee: c.ID}, Spends: inbox.SpendsDecided}
}

func (r *Room) end(c officehours.Coffee) inbox.Button {
	return r.button(r.cfg.Texts.CoffeeWordEnd(), inbox.CoffeeEnd, c)
}

// Two topics are the same if on average this share of the words of each stands in
// the other, and not much less of either.
const (
	sameTopic  = 0.75
	leastTopic = 0.6
)

// alike reports whether two topics are the same in other words.
func alike(a, b string) bool {
	ab, ba := held(a, b), held(b, a)
	return min(ab, ba) >= leastTopic && (ab+ba)/2 >= sameTopic
}

// held is the share of a's content words that b holds.
func held(a, b string) float64 {
	bag, sum, n := german.NewBag(b), 0.0, 0
	for _, w := range german.Words(a) {
		if !w.Stop {
			sum, n = sum+bag.Holds(w), n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}
