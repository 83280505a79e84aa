package talk

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"lvr.example/sprechstunde/bot/chat"
	"lvr.example/sprechstunde/bot/dialogue"
	"lvr.example/sprechstunde/bot/inbox"
)

// Commands are what was typed behind the slash command.
type Commands interface {
	// Commands are those of the questions, by their ids, that came by a command, as
	// long as what was typed is kept.
	Commands(ctx context.Context, ids []string) (map[string]inbox.Arrival, error)
}

// WithCommands returns posts with the questions that were put by a command: nobody
// sees those in the chat, but their answers stand there, and a talk goes on below
// them. Each stands right before its answer, as a post of who typed it, with
// chat.CommandPost as its id.
func WithCommands(posts chat.Posts, commands Commands, self chat.User) chat.Posts {
	return withCommands{Posts: posts, commands: commands, self: self}
}

type withCommands struct {
	chat.Posts
	commands Commands
	self     chat.User
}

func (w withCommands) Post(ctx context.Context, id string) (chat.Post, error) {
	question, typed := chat.CommandOf(id)
	if !typed {
		return w.Posts.Post(ctx, id)
	}
	found, err := w.commands.Commands(ctx, []string{question})
	if err != nil {
		return chat.Post{}, fmt.Errorf("read command (%s): %w", question, err)
	}
	if p, asked := commandPost(question, found[question]); asked {
		return p, nil
	}
	return chat.Post{}, fmt.Errorf("read command (%s): %w", question, inbox.ErrGone)
}

func (w withCommands) Thread(ctx context.Context, rootID string) ([]chat.Post, error) {
	if _, typed := chat.CommandOf(rootID); typed {
		return nil, nil
	}
	talk, err := w.Posts.Thread(ctx, rootID)
	if err != nil {
		return nil, err
	}
	return w.among(ctx, talk)
}

// Before returns nothing before a command, which goes on with nothing.
func (w withCommands) Before(ctx context.Context, channelID, postID string) ([]chat.Post, error) {
	if _, typed := chat.CommandOf(postID); typed {
		return nil, nil
	}
	talk, err := w.Posts.Before(ctx, channelID, postID)
	if err != nil {
		return nil, err
	}
	return w.among(ctx, talk)
}

// among puts the commands of a talk among its posts. Their answers begin threads.
func (w withCommands) among(ctx context.Context, talk []chat.Post) ([]chat.Post, error) {
	var ids []string
	for _, p := range talk {
		if id := inbox.QuestionOf(p.Marker); p.MadeBy(w.self) && p.RootID == "" && id != "" {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return talk, nil
	}
	found, err := w.commands.Commands(ctx, ids)
	if err != nil || len(found) == 0 {
		return talk, err
	}
	var whole []chat.Post
	for _, p := range talk {
		id := inbox.QuestionOf(p.Marker)
		if command, asked := commandPost(id, found[id]); asked && p.MadeBy(w.self) {
			command.ChannelID = p.ChannelID
			if !command.CreatedAt.Before(p.CreatedAt) { // by another clock
				command.CreatedAt = p.CreatedAt.Add(-time.Millisecond)
			}
			whole = append(whole, command)
			delete(found, id)
		}
		whole = append(whole, p)
	}
	return whole, nil
}

// commandPost is a question that was put by a command as a post; false: it was none.
func commandPost(id string, a inbox.Arrival) (chat.Post, bool) {
	typed := a.Fields[inbox.CommandText]
	act := dialogue.Commanded(typed)
	if typed == "" || !act.Kind.Searched() && act.Kind != dialogue.PersonWithQuestion {
		return chat.Post{}, false
	}
	return chat.Post{ID: chat.CommandPost(id), UserID: a.UserID, Text: cmp.Or(act.Text, typed), CreatedAt: a.At}, true
}
