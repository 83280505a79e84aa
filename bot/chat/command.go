package chat

import "time"

// Command is a slash command, verified by the adapter.
type Command struct {
	ID        string // of this one call; says nothing of who called
	Text      string // behind the command's own name
	ChannelID string // where it was typed; nobody there sees it
	RootID    string // of the thread that it was typed in; empty: none
	UserID    string
	At        time.Time
}
