package e2e

import (
	"context"
	"testing"

	"lvr.example/sprechstunde/bot/mattermost/colleague"
)

// votes waits until so many votes say this of answers.
func (h *house) votes(helpful, unhelpful int) {
	h.t.Helper()
	h.await("votes", func(context.Context) (bool, error) {
		return h.count("SELECT count(*) FROM bot.vote WHERE helpful") == helpful && h.count("SELECT count(*) FROM bot.vote WHERE NOT helpful") == unhelpful, nil
	})
}

func (h *house) thumb(name string, m colleague.Message, emoji string, on bool) {
	h.t.Helper()
	if err := h.person(name).React(h.t.Context(), m.ID, emoji, on); err != nil {
		h.t.Fatal(err)
	}
}

// Thumbs count while the bot listens and also when they were put there, or taken
// away, while it was down.
func TestThumbsCountOnTheRealServer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	stop := h.open()
	channel := h.public(anna, bernd)
	question := h.asks(anna, channel, "", h.mention("Darf ich DeepL für dienstliche Texte nutzen?"))
	reply := h.reply(question)
	h.thumb(anna, reply, "+1", true)
	h.thumb(bernd, reply, "-1", true)
	h.votes(1, 1)
	h.thumb(bernd, reply, "-1", false)
	h.votes(1, 0)
	stop()

	h.thumb(anna, reply, "+1", false)
	h.thumb(bernd, reply, "+1_dark_skin_tone", true)
	h.thumb(bernd, reply, "tada", true)
	h.open()
	h.await("the thumb that nobody heard", func(context.Context) (bool, error) {
		return h.count("SELECT count(*) FROM bot.vote v JOIN bot.person p ON p.id = v.person_id WHERE helpful AND chat_user_id = $1", h.person(bernd).ID) == 1 &&
			h.count("SELECT count(*) FROM bot.vote") == 1, nil
	})

	direct := h.asks(anna, h.direct(anna), "", "Darf ich DeepL für dienstliche Texte nutzen?")
	answer := h.reply(direct)
	h.thumb(anna, answer, "thumbsdown", true)
	h.expect(anna, direct.ThreadID(), 1)
	h.replied(answerTo(anna, answer), "Was passt nicht?")
}

// answerTo is a message that the next reply follows.
func answerTo(name string, m colleague.Message) colleague.Message {
	m.Author = name
	return m
}
