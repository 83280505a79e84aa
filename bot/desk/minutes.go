package desk

import (
	"context"
	"slices"
	"time"

	"lvr.example/sprechstunde/bot/answer"
	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
	"lvr.example/sprechstunde/bot/officehours"
	"lvr.example/sprechstunde/prompts"
)

// Minutes are a draft of what came out of a session, without names: in short where they
// are asked for, and as a document for who asks and who looks after the format.
func (d *Desk) Minutes(ctx context.Context, m chat.Message, act dialogue.Act) (inbox.Reply, error) {
	session, reply, ok, err := d.sessionForHosts(ctx, m, act.Text, d.lastSessionOf)
	if err != nil || !ok {
		return reply, err
	}
	tickets, err := d.cfg.Store.Discussed(ctx, session.Format.ID, session.At)
	if err != nil {
		return inbox.Reply{}, err
	}
	at := session.At.In(d.cfg.Calendar.Zone())
	short := prompts.Items{Format: answer.Link(session.Format.Name, session.Format.Link), At: at}
	whole := prompts.Items{Format: session.Format.Name, At: at}
	for _, t := range tickets {
		last, _, err := d.lastAnswer(ctx, t)
		if err != nil {
			return inbox.Reply{}, err
		}
		item := prompts.Item{Number: t.Number, State: string(t.State), Short: answer.Safe(answer.InLine(t.Text, shortRunes)), Answer: answer.Safe(answer.InLine(last.Text, questionRunes))}
		short.Items = append(short.Items, item)
		item.Short, item.Answer = d.nameless(t.Text), d.nameless(last.Text)
		whole.Items = append(whole.Items, item)
	}
	reply = d.says(m, "minutes", d.cfg.Texts.HostsMinutes(short))
	if len(tickets) == 0 {
		return reply, nil
	}
	return d.alsoAsDocument(ctx, m, reply, session, d.cfg.Texts.HostsMinutesDocument(whole))
}

func (d *Desk) nameless(text string) string { return d.masked(text, d.cfg.Masker.Find(text)) }

// alsoAsDocument sends minutes to who asked for them and to who looks after the format.
func (d *Desk) alsoAsDocument(ctx context.Context, m chat.Message, reply inbox.Reply, session officehours.Session, text string) (inbox.Reply, error) {
	file := inbox.File{Name: "niederschrift-" + session.At.In(d.cfg.Calendar.Zone()).Format(time.DateOnly) + ".md", Content: []byte(text)}
	readers := []string{m.UserID}
	if owner := session.Format.Owner; owner != "" {
		id, reached, err := chat.StaffNamed(ctx, d.cfg.Directory, owner)
		switch {
		case err != nil:
			return inbox.Reply{}, err
		case !reached:
			d.cfg.Log.WarnContext(ctx, "nobody looks after a format any more: its owner is none of the house's staff", "format", session.Format.ID)
		case !slices.Contains(readers, id):
			readers = append(readers, id)
		}
	}
	for _, reader := range readers {
		reply.Drafts = append(reply.Drafts, inbox.Draft{
			ToUserID: reader, Files: []inbox.File{file},
			Text: d.cfg.Texts.HostsMinutesFile(prompts.Items{Format: answer.Safe(session.Format.Name), At: session.At.In(d.cfg.Calendar.Zone())}),
		})
	}
	return reply, nil
}
