package chat

import (
	"strings"
	"time"
)

// Command is a slash command, verified by the adapter.
type Command struct {
	ID        string // of this one call; says nothing of who called
	Text      string // behind the command's own name
	ChannelID string // where it was typed; nobody there sees it
	RootID    string // of the thread that it was typed in; empty: none
	UserID    string
	At        time.Time
}

// CommandPost is the id of the post as which a question that was put by a command
// stands in a talk, by the question's id.
func CommandPost(questionID string) string { return commandPost + questionID }

// CommandOf is the id of the question that such a post is; false: it is another post.
func CommandOf(postID string) (questionID string, typed bool) {
	return strings.CutPrefix(postID, commandPost)
}

const commandPost = "command/"
