package feedback_test

import (
	"context"
	"testing"
	"time"

	"lvr.example/sprechstunde/bot/bottest"
	"lvr.example/sprechstunde/bot/feedback"
	"lvr.example/sprechstunde/bot/inbox"
)

// thumbs is a house with an answer.
type thumbs struct {
	*bottest.House
	answer bottest.Made
}

func answeredIn(t *testing.T, channel string) *thumbs {
	t.Helper()
	h := bottest.NewHouse(t)
	text := protocols
	if channel == bottest.Everybody {
		text = "@sprechstunde " + text
	}
	return &thumbs{House: h, answer: h.Reply(func() { h.Says("anna", channel, "", text) })}
}

// happens lets time pass, something happen to thumbs, and the bot be told of it.
func (h *thumbs) happens(change func()) {
	h.Helper()
	h.Now = h.Now.Add(time.Second)
	since := h.Now
	change()
	h.Check(h.Intake.Reacted(context.Background(), since, h.answer.ID))
	h.Works()
}

func (h *thumbs) wants(user, vote string) {
	h.Helper()
	got := "none"
	if v, known := h.Votes.Of(inbox.QuestionOf(h.answer.Draft.Marker), user); known {
		got = map[bool]string{true: "helpful", false: "unhelpful"}[v.Helpful]
	}
	if got != vote {
		h.Errorf("the vote of %s is %s, want %s", user, got, vote)
	}
}

func TestThumbsAreVotesThatCanBeTakenBack(t *testing.T) {
	t.Parallel()
	h := answeredIn(t, bottest.Everybody)
	id := h.answer.ID
	h.Silent(func() { h.happens(func() { h.Chat.Thumb("anna", id, true) }) })
	h.wants("anna", "helpful")
	h.Silent(func() { h.happens(func() { h.Chat.Thumb("anna", id, false); h.Chat.Thumb("berta", id, true) }) })
	h.wants("anna", "unhelpful")
	h.wants("berta", "helpful")
	h.happens(func() { h.Chat.TakeThumb("anna", id, false) })
	h.wants("anna", "helpful") // the older thumb is left
	h.happens(func() { h.Chat.TakeThumb("anna", id, true) })
	h.wants("anna", "none")
	h.wants("berta", "helpful")
}

func TestAWordAfterAThumbIsTheOneVote(t *testing.T) {
	t.Parallel()
	h := answeredIn(t, bottest.Direct("anna"))
	id := h.answer.ID
	h.happens(func() { h.Chat.Thumb("anna", id, true) })
	h.Reply(func() { h.Says("anna", bottest.Direct("anna"), h.answer.RootID, "nicht hilfreich") })
	h.wants("anna", "unhelpful")
	h.Check(h.Intake.Reacted(context.Background(), time.Time{}, id)) // read again: the thumb is older
	h.wants("anna", "unhelpful")
	h.happens(func() { h.Chat.TakeThumb("anna", id, true) })
	h.wants("anna", "unhelpful") // it was no thumb
}

func TestAThumbDownIsAskedWhyOnceAndOnlyInADirectMessage(t *testing.T) {
	t.Parallel()
	h := answeredIn(t, bottest.Direct("anna"))
	id := h.answer.ID
	why := h.Reply(func() { h.happens(func() { h.Chat.Thumb("anna", id, false) }) })
	h.Wants(why, "Was passt nicht?", "**falsch**")
	if why.RootID != h.answer.RootID {
		t.Errorf("asked in thread %q", why.RootID)
	}
	h.Silent(func() { h.happens(func() { h.Chat.TakeThumb("anna", id, false) }) })
	h.Silent(func() { h.happens(func() { h.Chat.Thumb("anna", id, false) }) })
	h.Reply(func() { h.Says("anna", bottest.Direct("anna"), h.answer.RootID, "veraltet") })
	if v, _ := h.Votes.Of(inbox.QuestionOf(h.answer.Draft.Marker), "anna"); v.Reason != feedback.Outdated {
		t.Errorf("vote %+v", v)
	}
}

// What was known before counts no more: a catch-up brings back no vote of a person
// who was forgotten.
func TestAnOldThumbIsNotCountedAgain(t *testing.T) {
	t.Parallel()
	h := answeredIn(t, bottest.Everybody)
	id := h.answer.ID
	h.happens(func() { h.Chat.Thumb("anna", id, true) })
	h.Check(h.Votes.TakeBack(context.Background(), inbox.QuestionOf(h.answer.Draft.Marker), "anna"))
	h.happens(func() { h.Chat.Thumb("berta", id, false) })
	h.wants("anna", "none")
	h.wants("berta", "unhelpful")
}

func TestThumbsUnderOtherPostsCountNothing(t *testing.T) {
	t.Parallel()
	h := answeredIn(t, bottest.Everybody)
	hello := h.Reply(func() { h.Says("anna", bottest.Direct("anna"), "", "hallo") })
	h.Chat.Thumb("anna", hello.ID, true)
	h.Check(h.Intake.Reacted(context.Background(), time.Time{}, hello.ID, "unknown"))
	if _, known := h.Votes.Of(inbox.QuestionOf(hello.Draft.Marker), "anna"); known {
		t.Error("a greeting got a vote")
	}
}
