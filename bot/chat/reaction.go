package chat

import (
	"context"
	"time"
)

// Reaction is a thumb that somebody has put under a post.
type Reaction struct {
	PostID string
	UserID string
	Up     bool // else down
	At     time.Time
}

// Reactions reads the thumbs that stand under posts now. Posts that are gone have
// none.
type Reactions interface {
	Reactions(ctx context.Context, postIDs []string) ([]Reaction, error)
}
