package chat

import "context"

// File is what is attached to a post.
type File struct {
	Name    string
	Size    int64
	Content []byte // nil: larger than what was asked for
}

// Files reads attachments by the ids that posts name.
type Files interface {
	// File reads one of up to so many bytes; of a larger one all but its content. One
	// that is gone is inbox.ErrGone.
	File(ctx context.Context, id string, limit int64) (File, error)
}
