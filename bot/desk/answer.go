package desk

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// hostAnswerRunes is the length up to which a host's answer fits one message
// with what stands around it.
const hostAnswerRunes = 10000

// asksBack matches how hosts begin an answer that is a question.
var asksBack = regexp.MustCompile(`(?i)^\W*(?:rück|rueck|nach)frage\W*[:–-]\s*`)

// HostAnswer brings a host's answer, or a question back, to all who asked, as a
// person's, and says so below the card.
func (d *Desk) HostAnswer(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	if m.Origin == inbox.FromDialog {
		act = typed(m, act)
	}
	if m.RootID == "" && act.Subject.Ticket == 0 || m.Direct() {
		return d.says(m, "nowhere", d.cfg.Texts.HandoverAnswerNowhere()), nil
	}
	t, reply, ok, err := d.atCard(ctx, m, act)
	if err != nil || !ok {
		return reply, err
	}
	text, back := act.Text, act.Kind == dialogue.HostAsks
	if begin := asksBack.FindString(text); begin != "" {
		text, back = strings.TrimPrefix(text, begin), true
	}
	files, err := d.carry(ctx, m.Post.Files)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(files.files) > 0 {
		text = d.withFiles(text, m.Post.Files)
	}
	if refusal, unfit := d.unfit(m, act, t, text, back); unfit {
		return d.alsoRefused(refusal, files), nil
	}
	askers, err := d.askers(ctx, t)
	if err != nil {
		return inbox.Reply{}, err
	}
	if len(askers) == 0 {
		return d.says(m, "nobody", d.cfg.Texts.HandoverAnswerNobody(d.ticketText(t))), nil
	}
	after, err := d.cfg.Store.AddAnswer(ctx, officehours.HostAnswer{
		Number: t.Number, QuestionID: m.ID, PostID: m.Post.ID, HostID: m.UserID, Text: text, AskBack: back, At: d.cfg.Now(),
	})
	if errors.Is(err, officehours.ErrUnknown) {
		return inbox.Reply{}, err
	}
	if err != nil {
		return d.cannot(ctx, m, t, err)
	}
	return d.answered(ctx, m, after, askers, text, back, files)
}

// unfit refuses an answer that cannot go out, or says how one is written.
func (d *Desk) unfit(m chat.Message, act dialogue.Act, t officehours.Ticket, text string, back bool) (inbox.Reply, bool) {
	step := d.stepText(t)
	switch {
	case relayed(text) == "" && act.Subject.Ticket != 0:
		return d.says(m, "answer how", d.cfg.Texts.Hosts("answer_how", step)), true
	case relayed(text) == "" && back:
		return d.says(m, "empty", d.cfg.Texts.Hosts("ask_empty", step)), true
	case relayed(text) == "":
		return d.says(m, "empty", d.cfg.Texts.HandoverAnswerEmpty()), true
	case runes(text) > hostAnswerRunes:
		return d.says(m, "too long", d.cfg.Texts.HandoverAnswerTooLong(prompts.Length{Length: runes(text), Limit: hostAnswerRunes})), true
	}
	return inbox.Reply{}, false
}

// answered is what everybody hears of an answer.
func (d *Desk) answered(ctx context.Context, m chat.Message, t officehours.Ticket, askers []officehours.Asker, text string, back bool, files carried) (inbox.Reply, error) {
	who, err := d.signature(ctx, m.UserID)
	if err != nil {
		return inbox.Reply{}, err
	}
	step := d.stepText(t)
	step.Text, step.Who, step.AskBack, step.Askers = relayed(text), who, back, len(askers)
	name := "answer"
	if back {
		name = "askback"
	}
	drafts := d.tells(t, askers, name, step)
	for i := range drafts {
		drafts[i].Files = files.files
	}
	if err := d.withWaiting(ctx, t, askers, drafts); err != nil {
		return inbox.Reply{}, err
	}
	if d.cfg.Buttons && !back {
		on := inbox.Subject{Ticket: t.Number}
		for i := range drafts {
			drafts[i].Buttons = []inbox.Button{
				{Label: d.cfg.Texts.WordSettled(), Action: inbox.Settle, Subject: on, Primary: true, Spends: inbox.SpendsAll},
				{Label: d.cfg.Texts.WordOpen(), Action: inbox.Reopen, Subject: on, Spends: inbox.SpendsAll},
			}
			if askers[i].PostID != "" {
				drafts[i].Buttons = append(drafts[i].Buttons, d.channelButton(t))
			}
		}
	}
	reply := d.alsoRefused(d.says(m, "host answer", d.cfg.Texts.Hosts("answered", step)), files)
	if m.Origin == inbox.FromDialog { // the other hosts have not seen it
		if step.Who, err = d.name(ctx, m.UserID); err != nil {
			return inbox.Reply{}, err
		}
		drafts = append(drafts, d.says(m, "", d.cfg.Texts.Hosts("shown", step)).Drafts...)
	}
	reply.Drafts = append(drafts, reply.Drafts...)
	return reply, nil
}

// How an answer is signed.
const (
	SignNobody   = ""         // by one of the hosts
	SignFunction = "function" // with what the host does in the house
	SignName     = "name"
)

// signature is the host as the house shows one to those who asked; empty: somebody.
func (d *Desk) signature(ctx context.Context, userID string) (string, error) {
	if d.cfg.Hosts.Sign == SignNobody {
		return "", nil
	}
	user, err := d.cfg.Directory.User(ctx, userID, false)
	if errors.Is(err, inbox.ErrGone) {
		return "", nil
	}
	if err != nil {
		return "", chat.Unreachable(err)
	}
	if d.cfg.Hosts.Sign == SignFunction {
		return answer.Safe(user.Function), nil
	}
	return answer.Safe(user.Name), nil
}
